"""The kind as a Django app."""

from django.apps import AppConfig


class ProduceConfig(AppConfig):
    """Label `produce`."""

    name = "pairbook.assistance.produce"
    label = "produce"
