"""The room as a Django app."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Label `portal`."""

    name = "pairbook.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"
