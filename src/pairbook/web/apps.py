"""The room as a Django app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Label `web`."""

    name = "pairbook.web"
    label = "web"
