"""The room as a Django app, and the thresholds it offers."""

from django.apps import AppConfig

from pairbook.bulletins.rules import PARAMETERS


class BulletinsConfig(AppConfig):
    """Label `bulletins`."""

    name = "pairbook.bulletins"
    label = "bulletins"
    default_auto_field = "django.db.models.BigAutoField"
    parameters = PARAMETERS
