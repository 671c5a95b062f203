"""The kind as a Django app."""

from django.apps import AppConfig


class SecondmentConfig(AppConfig):
    """Label `secondment`."""

    name = "pairbook.assistance.secondment"
    label = "secondment"
