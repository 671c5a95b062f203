"""Addresses of the room, below /LANG/work/; signing in and out stand beside it, below /LANG/."""

from django.urls import URLPattern, path

from pairbook.workspace.views import (
    entries,
    home,
    lists,
    money,
    papers,
    people,
    places,
    points,
    quality,
    recording,
    registers,
    setting_up,
    signing,
    workbooks,
)

app_name = "workspace"

# Fixed words come before <slug:pairing>: a pairing called `papers` could not be reached, nothing else suffers.
urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("papers/<str:digest>/", papers.paper, name="paper"),
    path("set-up/", setting_up.set_up, name="set_up"),
    path("set-up/organisations/", setting_up.organisation_list, name="set_up_organisations"),
    path("set-up/places/", setting_up.place_list, name="set_up_places"),
    path("set-up/thresholds/", setting_up.threshold_list, name="set_up_thresholds"),
    path("set-up/places/find/", places.place_find, name="set_up_place_find"),
    path("set-up/places/<slug:code>/", places.place_page, name="set_up_place"),
    path("set-up/users/", setting_up.user_list, name="set_up_users"),
    path("set-up/pairings/", setting_up.pairing_list, name="set_up_pairings"),
    path("set-up/pairings/<slug:pairing>/", setting_up.pairing_page, name="set_up_pairing"),
    path("<slug:pairing>/lists/", lists.lists, name="lists"),
    path("<slug:pairing>/registers/", quality.registers, name="registers"),
    path("<slug:pairing>/quality/", quality.quality, name="quality"),
    path("<slug:pairing>/due/", quality.due, name="due"),
    path("<slug:pairing>/idle/", money.idle, name="idle"),
    path("<slug:pairing>/entries/<int:entry_id>/", entries.entry, name="entry"),
    path("<slug:pairing>/entries/<int:entry_id>/trace/", money.entry_trace, name="entry_trace"),
    path("<slug:pairing>/entries/<int:entry_id>/confirm/", entries.entry_confirm, name="entry_confirm"),
    path("<slug:pairing>/entries/<int:entry_id>/dispute/", entries.entry_dispute, name="entry_dispute"),
    path("<slug:pairing>/entries/<int:entry_id>/correct/", recording.entry_correct, name="entry_correct"),
    path("<slug:pairing>/entries/<int:entry_id>/withdraw/", entries.entry_withdraw, name="entry_withdraw"),
    path("<slug:pairing>/entries/<int:entry_id>/attach/", papers.entry_attach, name="entry_attach"),
    path("<slug:pairing>/entries/<int:entry_id>/people/", people.entry_people, name="entry_people"),
    path(
        "<slug:pairing>/entries/<int:entry_id>/people/read/",
        people.entry_people_read,
        name="entry_people_read",
    ),
    path(
        "<slug:pairing>/entries/<int:entry_id>/people/export/",
        people.entry_people_export,
        name="entry_people_export",
    ),
    path(
        "<slug:pairing>/entries/<int:entry_id>/people/template/",
        people.entry_people_template,
        name="entry_people_template",
    ),
    path("<slug:pairing>/entries/<int:entry_id>/points/", points.entry_point_note, name="entry_point_note"),
    path("<slug:pairing>/points/<int:point_id>/close/", points.entry_point_close, name="entry_point_close"),
    path("<slug:pairing>/<slug:kind>/", registers.register, name="register"),
    path("<slug:pairing>/<slug:kind>/confirm/", registers.entries_confirm, name="entries_confirm"),
    path("<slug:pairing>/<slug:kind>/new/", recording.entry_new, name="entry_new"),
    path("<slug:pairing>/<slug:kind>/import/", workbooks.workbook_import, name="import"),
    path("<slug:pairing>/<slug:kind>/export/", workbooks.workbook_export, name="export"),
]

urlpatterns_sign: list[URLPattern] = [
    path("sign-in/", signing.sign_in, name="sign_in"),
    path("sign-out/", signing.sign_out, name="sign_out"),
]
