"""One entry: its voucher with the acts this actor may do now, and the answers of the other side."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pairbook.kernel import clock
from pairbook.kernel.access import Actor, may_see, may_with, must
from pairbook.kernel.problems import Problem, Rejected
from pairbook.kernel.reads import AuditLine, audit_lines
from pairbook.kernel.texts import Text
from pairbook.pairings.reads import pairing_of_code, standing_in
from pairbook.projects.reads import project_of_id
from pairbook.register.actions import confirm_entry, dispute_entry, withdraw_entry
from pairbook.register.known import record_of
from pairbook.register.people import OpenPoint, listed_in, points_of
from pairbook.register.reads import EntryOpened, open_entry
from pairbook.register.shapes import Record, Stage
from pairbook.register.statements.reads import bank_lines_of
from pairbook.workspace.forms.choosing import party_choices
from pairbook.workspace.forms.entries import DisputeForm, ReasonForm
from pairbook.workspace.forms.points import PointForm
from pairbook.workspace.rules import (
    VERBS,
    PointStanding,
    is_used_up,
    next_stages,
    people_counted,
    point_standing,
    stages_of_side,
)
from pairbook.workspace.views.acting import Desk, acting, page, sent_form, words


@dataclass(frozen=True, slots=True)
class EntryAtHand:
    """An entry an actor has opened, and the acts the page offers. The actions decide; this only hides."""

    desk: Desk
    opened: EntryOpened

    @property
    def record(self) -> Record:
        """How entries of its kind are recorded."""
        return record_of(self.opened.row.kind)

    @property
    def is_current(self) -> bool:
        """Whether it counts: neither replaced nor withdrawn."""
        return self.opened.state.replaced_by_id is None and not self.opened.state.is_withdrawal

    @property
    def is_ours(self) -> bool:
        """Whether the actor's side recorded it."""
        return self.desk.standing.side == self.opened.state.recorded_side

    @property
    def may_confirm(self) -> bool:
        """Whether the actor's answer is what it waits for."""
        return self._may_answer and not self.opened.state.is_confirmed

    @property
    def may_dispute(self) -> bool:
        """Whether the actor may say that the own figure differs."""
        return self._may_answer and self.opened.state.verdict != "disputed"

    @property
    def _may_answer(self) -> bool:
        return self.is_current and not self.is_ours and self.desk.may("entry.answer")

    @property
    def may_correct(self) -> bool:
        """Whether the actor may put a corrected version in its place, or withdraw it."""
        return self.is_current and self.is_ours and self.desk.may("entry.correct")

    @property
    def may_attach(self) -> bool:
        """Whether the actor may add a paper."""
        return self.is_current and self.desk.may("entry.attach")

    @property
    def next_stages(self) -> list[Stage]:
        """The stages this side can record as its continuation."""
        if not (self.is_current and self.desk.may("entry.record")):
            return []
        own = stages_of_side(self.record, self.desk.standing.side)
        return [
            stage
            for stage in next_stages(self.record, self.opened.row.stage)
            if stage in own and not self._is_used_up_by(stage)
        ]

    @property
    def names_people(self) -> bool:
        """Whether people can be listed at its stage."""
        return self.opened.row.stage in self.record.names_people

    @property
    def counted(self) -> int | None:
        """How many people it counts, or None where it counts something else."""
        return people_counted(self.opened.row.quantity)

    @property
    def may_list_people(self) -> bool:
        """Whether the actor may add people to its list."""
        return self.is_current and self.is_ours and self.may_here("person.register")

    @property
    def may_read_people(self) -> bool:
        """Whether the actor may read the names of its people for a purpose."""
        return self.may_here("person.read")

    @property
    def may_export_people(self) -> bool:
        """Whether the actor may take the names out of the book for a purpose."""
        return self.may_here("person.export")

    @property
    def may_note_points(self) -> bool:
        """Whether the actor may note a point to follow up."""
        return self.is_current and self.may_here("entry.record")

    @property
    def may_trace(self) -> bool:
        """Whether it carries money the actor may follow; a department sees its own entries and not the whole way."""
        return self.record.carries == "money" and not self.desk.standing.sees_own_only

    def may_here(self, act: str) -> bool:
        """Whether the actor may do this with what the entry's parties have a part in."""
        return may_with(self.desk.standing, act, organisation_ids=self.opened.state.organisation_ids)

    def may_close(self, point: OpenPoint) -> bool:
        """Whether the actor may say that a point is done."""
        facts = self.opened.state.facts
        parties = frozenset({point.owner_id, facts.giver_id, facts.receiver_id})
        is_open = point.done_on is None
        return is_open and may_with(self.desk.standing, "entry.record", organisation_ids=parties)

    def _is_used_up_by(self, stage: Stage) -> bool:
        """Whether all it brought has been taken, by this stage or by another that shares its limit."""
        sharing = {one.code for one in self.record.stages if one.limit == stage.limit}
        taken = [row for row in self.opened.after if row.stage in sharing]
        return stage.is_limited and is_used_up(self.record, self.opened.row, taken)


def entry_at_hand(actor: Actor, pairing_code: str, entry_id: int) -> EntryAtHand:
    """The entry opened by somebody who may see it; 404 when this pairing has none of this number."""
    pairing, opened = pairing_of_code(pairing_code), open_entry(entry_id)
    if pairing is None or opened is None or opened.state.facts.pairing_id != pairing.id:
        raise Http404
    standing = standing_in(pairing.id, actor)
    must(may_see(standing, organisation_ids=opened.state.organisation_ids), "register.read")
    assert standing is not None
    return EntryAtHand(Desk(pairing, standing), opened)


def entry_address(pairing_code: str, entry_id: int) -> str:
    """Where the entry's page is."""
    return reverse("workspace:entry", args=[pairing_code, entry_id])


@require_GET
@acting
def entry(request: HttpRequest, actor: Actor, pairing: str, entry_id: int) -> HttpResponse:
    """The voucher of an entry, what may be done with it now, and who did what to it."""
    return entry_page(request, actor, entry_at_hand(actor, pairing, entry_id))


def entry_page(
    request: HttpRequest,
    actor: Actor,
    at_hand: EntryAtHand,
    *,
    point_form: PointForm | None = None,
    problems: Iterable[Problem] = (),
) -> HttpResponse:
    """The page of an entry; with the form of a point as it was sent, where something is wrong with it."""
    opened = at_hand.opened
    if at_hand.may_note_points and point_form is None:
        point_form = PointForm(parties=party_choices(at_hand.desk.pairing.id))
    project = project_of_id(opened.state.facts.project_id or 0)
    context = {
        "hand": at_hand,
        "opened": opened,
        "project_url": reverse("workspace:project", args=[project.pairing_code, project.code])
        if project
        else "",
        "trail": [] if at_hand.desk.standing.sees_own_only else _trail(opened),
        "listed": len(listed_in([opened.row.id])) if at_hand.names_people else 0,
        "points": [_point_at_hand(point, at_hand) for point in points_of(opened.row.id)],
        "point_form": point_form,
        "bank": [] if at_hand.desk.standing.sees_own_only else bank_lines_of(opened.state.root_id, actor),
    }
    return page(request, actor, "entry", context, desk=at_hand.desk, problems=problems)


@dataclass(frozen=True, slots=True)
class PointAtHand:
    """A point to follow up as the entry's page shows it."""

    point: OpenPoint
    standing: PointStanding
    may_close: bool


def _point_at_hand(point: OpenPoint, at_hand: EntryAtHand) -> PointAtHand:
    standing = point_standing(due_on=point.due_on, done_on=point.done_on, today=clock.today())
    return PointAtHand(point, standing, at_hand.may_close(point))


def _trail(opened: EntryOpened) -> list[tuple[int, Text, AuditLine]]:
    """Who did what to each version, oldest first."""
    lines = [
        (version.id, VERBS.get(line.verb, Text(line.verb, line.verb)), line)
        for version, _ in opened.versions
        for line in audit_lines(f"entry:{version.id}")
    ]
    return sorted(lines, key=lambda one: one[2].at)


@require_POST
@acting
def entry_confirm(request: HttpRequest, actor: Actor, pairing: str, entry_id: int) -> HttpResponse:
    """Sign for the other side's entry."""
    entry_at_hand(actor, pairing, entry_id)
    confirm_entry(entry_id, by=actor)
    messages.success(
        request, words(Text("已确认：这条记录现在有双方签认。", "Confirmed: both sides have signed."))
    )
    return redirect(entry_address(pairing, entry_id))


@require_http_methods(["GET", "POST"])
@acting
def entry_dispute(request: HttpRequest, actor: Actor, pairing: str, entry_id: int) -> HttpResponse:
    """Say that the own figure differs: how much it is, and why."""
    at_hand = entry_at_hand(actor, pairing, entry_id)
    must(at_hand.desk.may("entry.answer") and not at_hand.is_ours, "entry.answer")
    facts = at_hand.opened.state.facts
    form = DisputeForm(sent_form(request), record=at_hand.record, unit=facts.unit, currency=facts.currency)
    problems = []
    if request.method == "POST" and form.is_valid():
        held = form.cleaned_data
        try:
            dispute_entry(
                entry_id,
                reason=held["reason"],
                by=actor,
                own_money=held.get("money") or None,
                own_quantity=held.get("quantity") or None,
            )
        except Rejected as rejected:
            problems = form.place_entry_problems(rejected.problems)
        else:
            said = Text(
                "已提出异议，等待对方更正或说明。", "Disputed; the other side now corrects or explains."
            )
            messages.success(request, words(said))
            return redirect(entry_address(pairing, entry_id))
    context = {"hand": at_hand, "row": at_hand.opened.row, "form": form}
    return page(request, actor, "entry_dispute", context, desk=at_hand.desk, problems=problems)


@require_http_methods(["GET", "POST"])
@acting
def entry_withdraw(request: HttpRequest, actor: Actor, pairing: str, entry_id: int) -> HttpResponse:
    """Withdraw an entry recorded in error; it stays readable and counts nowhere."""
    at_hand = entry_at_hand(actor, pairing, entry_id)
    must(at_hand.desk.may("entry.correct") and at_hand.is_ours, "entry.correct")
    form = ReasonForm(sent_form(request))
    problems = []
    if request.method == "POST" and form.is_valid():
        try:
            new_id = withdraw_entry(entry_id, reason=form.cleaned_data["reason"], by=actor)
        except Rejected as rejected:
            problems = rejected.problems
        else:
            messages.success(request, words(Text("已撤回。", "Withdrawn.")))
            return redirect(entry_address(pairing, new_id))
    context = {"hand": at_hand, "row": at_hand.opened.row, "form": form}
    return page(request, actor, "entry_withdraw", context, desk=at_hand.desk, problems=problems)
