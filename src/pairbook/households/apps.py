"""The room as a Django app."""

from django.apps import AppConfig


class HouseholdsConfig(AppConfig):
    """Label `households`."""

    name = "pairbook.households"
    label = "households"
    default_auto_field = "django.db.models.BigAutoField"
