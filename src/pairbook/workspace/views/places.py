"""Places in the set-up: find one, and note what was announced or published of it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from pairbook.kernel.access import Actor
from pairbook.kernel.problems import Problem, Rejected
from pairbook.kernel.texts import Text
from pairbook.parties.actions import note_place_measure, note_place_status
from pairbook.parties.reads import PlaceOpened, measures_of, open_place, parties_known, statuses_of
from pairbook.parties.rules import PLACE_LISTS, PLACE_MEASURES
from pairbook.workspace.forms.places import FindPlaceForm, MeasureForm, StatusForm
from pairbook.workspace.views.acting import acting, must_set_up, page, words

_FIELD_OF = {
    "place_status.source": "source",
    "place_status.delisted": "delisted",
    "place_measure.source": "source",
    "place_measure.value": "value",
    "noted.replaces": "replaces",
}


@require_GET
@acting
def place_find(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The way to a place by its name or code."""
    must_set_up(actor)
    form = FindPlaceForm(request.GET if "place" in request.GET else None)
    if form.is_valid():
        found = parties_known([form.cleaned_data["place"]])[form.cleaned_data["place"]]
        return redirect("workspace:set_up_place", code=found.code)
    return page(request, actor, "set_up_place_find", {"form": form})


@require_http_methods(["GET", "POST"])
@acting
def place_page(request: HttpRequest, actor: Actor, code: str) -> HttpResponse:
    """What is noted of a place, with a form for its standing on a list and one for a published number."""
    must_set_up(actor)
    place = open_place(code)
    if place is None:
        raise Http404
    sent = request.POST.get("list", "")
    statuses, measures = statuses_of(place.id), measures_of(place.id)
    status = StatusForm(request.POST if sent == "status" else None, held=statuses)
    measure = MeasureForm(request.POST if sent == "measure" else None, held=measures)
    problems: list[Problem] = []
    try:
        if _noted(place, status, measure, sent, by=actor.user_id):
            messages.success(request, words(Text("已登记。", "Noted.")))
            return redirect(request.path)
    except Rejected as rejected:
        form = status if sent == "status" else measure
        problems = form.place_problems(rejected.problems, _FIELD_OF)
    context = {
        "place": place,
        "status_form": status,
        "measure_form": measure,
        "sent": sent,
        "statuses": [(row, PLACE_LISTS[row.list_code].name) for row in statuses],
        "measures": [(row, PLACE_MEASURES[row.code].label) for row in measures],
    }
    return page(request, actor, "set_up_place", context, problems=problems)


def _noted(
    place: PlaceOpened, status: StatusForm, measure: MeasureForm, sent: str, *, by: int | None
) -> bool:
    """Whether what was sent could be read and was noted."""
    if sent == "status" and status.is_valid():
        held = status.cleaned_data
        note_place_status(
            place_id=place.id,
            list_code=held["list_code"],
            listed_on=held["listed"],
            delisted_on=held["delisted"],
            announcement=Text(held["announcement_zh"], held["announcement_en"] or held["announcement_zh"]),
            publisher=held["publisher"],
            source=held["source"],
            note=held["note"],
            replaces_id=int(held["replaces"]) if held["replaces"] else None,
            by=by,
        )
        return True
    if sent == "measure" and measure.is_valid():
        held = measure.cleaned_data
        note_place_measure(
            place_id=place.id,
            code=held["code"],
            as_of=held["as_of"],
            value=held["value"],
            source=held["source"],
            publisher=held["publisher"],
            published_on=held["published"],
            replaces_id=int(held["replaces"]) if held["replaces"] else None,
            by=by,
        )
        return True
    return False
