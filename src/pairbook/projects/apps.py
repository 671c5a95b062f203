"""The room as a Django app."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """Label `projects`."""

    name = "pairbook.projects"
    label = "projects"
    default_auto_field = "django.db.models.BigAutoField"
