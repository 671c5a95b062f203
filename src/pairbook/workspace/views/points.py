"""Points to follow up: noting one on an entry's page, and closing one on a page of its own."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from pairbook.kernel import clock
from pairbook.kernel.access import Actor, may_see, may_with, must
from pairbook.kernel.problems import Rejected
from pairbook.kernel.texts import Text
from pairbook.pairings.reads import pairing_of_code, standing_in
from pairbook.register.actions import close_point, note_point
from pairbook.register.people import point_of
from pairbook.register.reads import open_entry
from pairbook.workspace.forms.choosing import party_choices
from pairbook.workspace.forms.points import ClosingPointForm, PointForm
from pairbook.workspace.rules import point_standing
from pairbook.workspace.views.acting import Desk, acting, page, sent_form, words
from pairbook.workspace.views.entries import entry_address, entry_at_hand, entry_page


@require_http_methods(["GET", "POST"])
@acting
def entry_point_note(request: HttpRequest, actor: Actor, pairing: str, entry_id: int) -> HttpResponse:
    """Note a point on an entry; with problems the entry's page shows the form again.

    Asked for, as by a change of the language after problems, it leads to the entry.
    """
    at_hand = entry_at_hand(actor, pairing, entry_id)
    if request.method == "GET":
        return redirect(entry_address(pairing, entry_id))
    must(at_hand.may_here("entry.record"), "entry.record")
    form = PointForm(request.POST, parties=party_choices(at_hand.desk.pairing.id))
    problems = []
    if form.is_valid():
        held = form.cleaned_data
        try:
            note_point(
                entry_id,
                text=held["text"],
                owner_id=int(held["owner"]),
                due_on=held["due_on"],
                by=actor,
            )
        except Rejected as rejected:
            problems = form.place_problems(rejected.problems)
        else:
            messages.success(request, words(Text("待办事项已记下。", "The point to follow up is noted.")))
            return redirect(entry_address(pairing, entry_id))
    return entry_page(request, actor, at_hand, point_form=form, problems=problems)


@require_http_methods(["GET", "POST"])
@acting
def entry_point_close(request: HttpRequest, actor: Actor, pairing: str, point_id: int) -> HttpResponse:
    """Say that a point is done: when, and what came of it.

    A page of its own, for whose task it is need have no other part in the entry, nor see it.
    """
    row, point = pairing_of_code(pairing), point_of(point_id)
    opened = open_entry(point.entry_id) if point else None
    if row is None or point is None or opened is None or opened.state.facts.pairing_id != row.id:
        raise Http404
    standing = standing_in(row.id, actor)
    facts = opened.state.facts
    parties = frozenset({point.owner_id, facts.giver_id, facts.receiver_id})
    must(may_with(standing, "entry.record", organisation_ids=parties), "entry.record")
    assert standing is not None, "only somebody of a standing may do something"
    may_open = may_see(standing, organisation_ids=opened.state.organisation_ids)
    back = entry_address(pairing, opened.state.current_id) if may_open else reverse("workspace:home")
    form = ClosingPointForm(sent_form(request), initial={"done_on": clock.today().isoformat()})
    problems = []
    if request.method == "POST" and form.is_valid():
        try:
            close_point(
                point_id, done_on=form.cleaned_data["done_on"], note=form.cleaned_data["note"], by=actor
            )
        except Rejected as rejected:
            problems = form.place_problems(rejected.problems)
        else:
            messages.success(request, words(Text("已办结。", "Done.")))
            return redirect(back)
    today = clock.today()
    context = {
        "point": point,
        "standing": point_standing(due_on=point.due_on, done_on=point.done_on, today=today),
        "form": form,
        "back": back,
        "may_open": may_open,
    }
    return page(request, actor, "point_close", context, desk=Desk(row, standing), problems=problems)
