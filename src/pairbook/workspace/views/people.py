"""The people of an entry: how many are listed, a list taken in, and their names for a stated purpose."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from pairbook.exchange.roster_sheets import roster_template, roster_workbook
from pairbook.exchange.rosters import Roster, read_roster
from pairbook.households.actions import Errand, PersonShown, export_people, read_people
from pairbook.kernel import clock
from pairbook.kernel.access import Actor, must
from pairbook.kernel.actions import read_upload
from pairbook.kernel.problems import Problem, Rejected
from pairbook.kernel.texts import Text
from pairbook.register.actions import list_people
from pairbook.web.languages import current_lang
from pairbook.workspace.forms.people import PeopleForm, PurposeForm
from pairbook.workspace.reads import PeopleOfEntry, people_of_entry
from pairbook.workspace.views.acting import acting, page, words
from pairbook.workspace.views.entries import EntryAtHand, entry_at_hand

Names = list[tuple[PersonShown, int | None]]
Asking = Callable[..., list[PersonShown]]

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Names are for one look: no cache keeps them, neither the browser's nor any on the way.
_NOT_KEPT = "private, no-store"
_TOLD_MAX = 200


@require_http_methods(["GET", "POST"])
@acting
def entry_people(request: HttpRequest, actor: Actor, pairing: str, entry_id: int) -> HttpResponse:
    """How many people an entry lists, and by post a list that comes to it: all of it, or everything wrong with it."""
    at_hand = _at_hand(actor, pairing, entry_id)
    if request.method == "GET":
        return _page(request, actor, at_hand)
    must(at_hand.may_list_people, "person.register")
    form = PeopleForm(request.POST, request.FILES)
    problems: list[Problem] = []
    if form.is_valid():
        try:
            found = read_roster(read_upload(form.cleaned_data["people"]))
            count = _list(entry_id, found, actor)
        except Rejected as rejected:
            problems = rejected.problems
        else:
            messages.success(request, _told(found, count))
            return redirect(_address(pairing, entry_id))
    return _page(request, actor, at_hand, people_form=form, problems=problems)


def _list(entry_id: int, found: Roster, actor: Actor) -> int:
    try:
        return list_people(entry_id, found.people, by=actor)
    except Rejected as rejected:
        raise Rejected(found.placed(rejected.problems)) from rejected


def _told(found: Roster, count: int) -> str:
    new = len(found.people)
    said = Text(
        f"已列入 {new} 人，名单现有 {count} 人。",
        f"{new} {'person' if new == 1 else 'people'} listed; the list now holds {count}.",
    )
    if not found.ignored:
        return words(said)
    zh, en = "、".join(found.ignored), ", ".join(found.ignored)
    return words(Text(f"{said.zh}这些列没有读入：{zh}。", f"{said.en} These columns were left aside: {en}."))


@require_http_methods(["GET", "POST"])
@acting
def entry_people_read(request: HttpRequest, actor: Actor, pairing: str, entry_id: int) -> HttpResponse:
    """The names, on this answer only, once the purpose is written down; asked for, it leads back to the counts."""
    at_hand = _at_hand(actor, pairing, entry_id)
    if request.method == "GET":
        return redirect(_address(pairing, entry_id))
    must(at_hand.may_read_people, "person.read")
    form = PurposeForm(request.POST)
    names = _names(actor, at_hand, form, read_people)
    if names is None:
        return _page(request, actor, at_hand, purpose_form=form)
    shown = {"names": names, "purpose": form.cleaned_data["purpose"]}
    answer = _page(request, actor, at_hand, **shown)
    answer.headers["Cache-Control"] = _NOT_KEPT
    return answer


@require_http_methods(["GET", "POST"])
@acting
def entry_people_export(request: HttpRequest, actor: Actor, pairing: str, entry_id: int) -> HttpResponse:
    """The names as a workbook, once the purpose is written down; the workbook says it too."""
    at_hand = _at_hand(actor, pairing, entry_id)
    if request.method == "GET":
        return redirect(_address(pairing, entry_id))
    must(at_hand.may_export_people, "person.export")
    form = PurposeForm(request.POST)
    names = _names(actor, at_hand, form, export_people)
    if names is None:
        return _page(request, actor, at_hand, purpose_form=form)
    content = roster_workbook(names, current_lang(), purpose=form.cleaned_data["purpose"])
    return _download(content, f"pairbook-{pairing}-{entry_id}-people-{clock.today().isoformat()}.xlsx")


@require_GET
@acting
def entry_people_template(request: HttpRequest, actor: Actor, pairing: str, entry_id: int) -> HttpResponse:
    """The empty list to fill in, with room for the people the entry counts."""
    at_hand = _at_hand(actor, pairing, entry_id)
    must(at_hand.may_list_people, "person.register")
    content = roster_template(current_lang(), people=at_hand.counted or 0)
    return _download(content, f"pairbook-{pairing}-{entry_id}-people.xlsx")


def _at_hand(actor: Actor, pairing: str, entry_id: int) -> EntryAtHand:
    """The entry opened by somebody who may read its people; 404 where its stage lists none."""
    at_hand = entry_at_hand(actor, pairing, entry_id)
    if not at_hand.names_people:
        raise Http404
    must(at_hand.may_read_people, "person.read")
    return at_hand


def _people(at_hand: EntryAtHand) -> PeopleOfEntry:
    return people_of_entry(at_hand.opened.row.id, at_hand.desk.pairing.id)


def _names(actor: Actor, at_hand: EntryAtHand, form: PurposeForm, ask: Asking) -> Names | None:
    """The people with their names, for the purpose in the form; None, and the form says why, where it holds none."""
    if not form.is_valid():
        return None
    listed = _people(at_hand)
    desk, parties = at_hand.desk, at_hand.opened.state.organisation_ids
    errand = Errand(actor, desk.pairing.id, desk.standing, parties)
    try:
        people = ask(listed.person_ids, errand=errand, purpose=form.cleaned_data["purpose"])
    except Rejected as rejected:
        unplaced = form.place_problems(rejected.problems)
        assert not unplaced, "the purpose alone can be wrong"
        return None
    return [(person, one.times) for person, one in zip(people, listed.listed, strict=True)]


def _page(
    request: HttpRequest,
    actor: Actor,
    at_hand: EntryAtHand,
    *,
    people_form: PeopleForm | None = None,
    purpose_form: PurposeForm | None = None,
    problems: Sequence[Problem] = (),
    **shown: Any,
) -> HttpResponse:
    context = {
        "hand": at_hand,
        "row": at_hand.opened.row,
        "people": _people(at_hand),
        "people_form": people_form or PeopleForm(),
        "purpose_form": purpose_form or PurposeForm(),
        "all_problems": len(problems),
    }
    return page(
        request, actor, "entry_people", context | shown, desk=at_hand.desk, problems=problems[:_TOLD_MAX]
    )


def _download(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=_XLSX,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": _NOT_KEPT,
        },
    )


def _address(pairing: str, entry_id: int) -> str:
    return reverse("workspace:entry_people", args=[pairing, entry_id])
