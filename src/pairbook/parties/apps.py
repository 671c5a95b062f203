"""The room as a Django app."""

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    """Label `parties`."""

    name = "pairbook.parties"
    label = "parties"
    default_auto_field = "django.db.models.BigAutoField"
