"""Addresses of the site. Every page lives under its language, so a link says what its reader will see."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from pairbook.workspace.urls import urlpatterns_sign

urlpatterns = i18n_patterns(
    *urlpatterns_sign,
    path("", include("pairbook.portal.urls")),
    path("work/", include("pairbook.workspace.urls")),
)
