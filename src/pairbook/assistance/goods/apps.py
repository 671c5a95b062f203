"""The kind as a Django app."""

from django.apps import AppConfig


class GoodsConfig(AppConfig):
    """Label `goods`."""

    name = "pairbook.assistance.goods"
    label = "goods"
