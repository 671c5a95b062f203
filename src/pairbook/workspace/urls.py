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
    project_acts,
    projects,
    quality,
    readings,
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
    path("<slug:pairing>/readings/", readings.reading_list, name="reading_list"),
    path("<slug:pairing>/readings/cases.yaml", readings.reading_cases, name="reading_cases"),
    path("<slug:pairing>/readings/correct/", readings.reading_correct, name="reading_correct"),
    path(
        "<slug:pairing>/readings/<int:correction_id>/take-back/",
        readings.reading_take_back,
        name="reading_take_back",
    ),
    path("<slug:pairing>/idle/", money.idle, name="idle"),
    path("<slug:pairing>/assets/", projects.asset_list, name="asset_list"),
    path("<slug:pairing>/projects/", projects.project_list, name="project_list"),
    path("<slug:pairing>/projects/new/", project_acts.project_propose, name="project_propose"),
    path("<slug:pairing>/projects/<str:code>/", projects.project, name="project"),
    path("<slug:pairing>/projects/<str:code>/change/", project_acts.project_change, name="project_change"),
    path(
        "<slug:pairing>/projects/<str:code>/steps/<slug:step>/",
        project_acts.project_step,
        name="project_step",
    ),
    path(
        "<slug:pairing>/projects/<str:code>/take-back/",
        project_acts.project_take_back,
        name="project_take_back",
    ),
    path(
        "<slug:pairing>/projects/<str:code>/papers/<int:step_id>/",
        project_acts.project_attach,
        name="project_attach",
    ),
    path("<slug:pairing>/projects/<str:code>/goals/", project_acts.goal_new, name="goal_new"),
    path(
        "<slug:pairing>/projects/<str:code>/goals/<int:goal_id>/",
        project_acts.goal_report,
        name="goal_report",
    ),
    path("<slug:pairing>/projects/<str:code>/notices/", project_acts.notice_new, name="notice_new"),
    path(
        "<slug:pairing>/projects/<str:code>/notices/<int:notice_id>/",
        projects.notice_sheet,
        name="notice_sheet",
    ),
    path("<slug:pairing>/projects/<str:code>/assets/", project_acts.asset_new, name="asset_new"),
    path(
        "<slug:pairing>/projects/<str:code>/assets/<int:asset_id>/<slug:act>/",
        project_acts.asset_act,
        name="asset_act",
    ),
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
