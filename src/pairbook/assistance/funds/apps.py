"""The kind as a Django app."""

from django.apps import AppConfig


class FundsConfig(AppConfig):
    """Label `funds`."""

    name = "pairbook.assistance.funds"
    label = "funds"
