"""The kind as a Django app."""

from django.apps import AppConfig


class IndustryConfig(AppConfig):
    """Label `industry`."""

    name = "pairbook.assistance.industry"
    label = "industry"
