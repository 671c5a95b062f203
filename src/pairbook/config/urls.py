"""Addresses of the site. Every page lives under its language, so a link says what its reader will see."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = i18n_patterns(
    path("", include("pairbook.portal.urls")),
    path("work/", include("pairbook.workspace.urls")),
)
