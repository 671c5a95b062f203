"""The room as a Django app."""

from django.apps import AppConfig

from pairbook.indicators.currencies import PARAMETERS


class IndicatorsConfig(AppConfig):
    """Label `indicators`."""

    name = "pairbook.indicators"
    label = "indicators"
    default_auto_field = "django.db.models.BigAutoField"
    parameters = PARAMETERS
