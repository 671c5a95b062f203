"""The kind as a Django app."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    """Label `training`."""

    name = "pairbook.assistance.training"
    label = "training"
