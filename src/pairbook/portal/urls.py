"""Addresses of the public pages. They are quoted in print, so they change never."""

from django.urls import path

from pairbook.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.programmes, name="programmes"),
    path("f/<path:address>", views.figure, name="figure"),
    path("p/<slug:pairing>/", views.home, name="home"),
    path("p/<slug:pairing>/kinds/<slug:kind>/", views.kind, name="kind"),
    path("p/<slug:pairing>/campaigns/<str:campaign>/", views.campaign, name="campaign"),
    path("p/<slug:pairing>/sum/", views.figure_sum, name="sum"),
    path("p/<slug:pairing>/entries/", views.entries, name="entries"),
    path("p/<slug:pairing>/entries/<int:entry_id>/", views.entry, name="entry"),
    path("p/<slug:pairing>/money/", views.money, name="money"),
    path("p/<slug:pairing>/pairs/", views.pairing_tree, name="pairing_tree"),
    path("p/<slug:pairing>/projects/", views.projects, name="projects"),
    path("p/<slug:pairing>/projects/<str:code>/", views.project, name="project"),
    path("p/<slug:pairing>/notices/<int:notice_id>/", views.notice, name="notice"),
    path("p/<slug:pairing>/check/", views.check, name="check"),
    path("p/<slug:pairing>/check/report/", views.check_report, name="check_report"),
    path("p/<slug:pairing>/published/", views.published, name="published"),
    path("place/<slug:code>/", views.place, name="place"),
    path("place/<slug:code>/list/<slug:list_code>/", views.place_list, name="place_list"),
]
