"""The room as a Django app, and the thresholds it offers."""

from django.apps import AppConfig

from pairbook.register.rules import PARAMETERS


class RegisterConfig(AppConfig):
    """Label `register`."""

    name = "pairbook.register"
    label = "register"
    default_auto_field = "django.db.models.BigAutoField"
    parameters = PARAMETERS
