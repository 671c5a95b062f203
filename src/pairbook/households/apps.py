"""The room as a Django app, and the thresholds it offers."""

from django.apps import AppConfig

from pairbook.households.rules import PARAMETERS


class HouseholdsConfig(AppConfig):
    """Label `households`."""

    name = "pairbook.households"
    label = "households"
    default_auto_field = "django.db.models.BigAutoField"
    parameters = PARAMETERS
