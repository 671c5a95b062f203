"""The room as a Django app."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """Label `indicators`."""

    name = "pairbook.indicators"
    label = "indicators"
    default_auto_field = "django.db.models.BigAutoField"
