"""The kind as a Django app."""

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    """Label `visits`."""

    name = "pairbook.assistance.visits"
    label = "visits"
