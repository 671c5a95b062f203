"""The room as a Django app, and the thresholds it offers."""

from django.apps import AppConfig

from pairbook.projects.rules import PARAMETERS


class ProjectsConfig(AppConfig):
    """Label `projects`."""

    name = "pairbook.projects"
    label = "projects"
    default_auto_field = "django.db.models.BigAutoField"
    parameters = PARAMETERS
