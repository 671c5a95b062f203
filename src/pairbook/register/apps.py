"""The room as a Django app."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """Label `register`."""

    name = "pairbook.register"
    label = "register"
    default_auto_field = "django.db.models.BigAutoField"
