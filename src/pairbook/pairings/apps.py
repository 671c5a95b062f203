"""The room as a Django app."""

from django.apps import AppConfig


class PairingsConfig(AppConfig):
    """Label `pairings`."""

    name = "pairbook.pairings"
    label = "pairings"
    default_auto_field = "django.db.models.BigAutoField"
