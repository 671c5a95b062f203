"""The room as a Django app."""

from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    """Label `workspace`."""

    name = "pairbook.workspace"
    label = "workspace"
    default_auto_field = "django.db.models.BigAutoField"
