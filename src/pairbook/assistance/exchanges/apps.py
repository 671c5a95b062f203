"""The kind as a Django app."""

from django.apps import AppConfig


class ExchangesConfig(AppConfig):
    """Label `exchanges`."""

    name = "pairbook.assistance.exchanges"
    label = "exchanges"
