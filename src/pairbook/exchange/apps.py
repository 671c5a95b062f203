"""The room as a Django app."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Label `exchange`."""

    name = "pairbook.exchange"
    label = "exchange"
    default_auto_field = "django.db.models.BigAutoField"
