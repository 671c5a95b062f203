"""The kind as a Django app."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Label `jobs`."""

    name = "pairbook.assistance.jobs"
    label = "jobs"
