"""The kind as a Django app."""

from django.apps import AppConfig


class EnterprisesConfig(AppConfig):
    """Label `enterprises`."""

    name = "pairbook.assistance.enterprises"
    label = "enterprises"
