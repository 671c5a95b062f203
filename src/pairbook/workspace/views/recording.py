"""Recording a new entry and correcting one: the same form, made from what the kind declares."""

from dataclasses import replace
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from pairbook.kernel import clock
from pairbook.kernel.access import Actor, must
from pairbook.kernel.actions import read_upload
from pairbook.kernel.problems import Problem, Rejected
from pairbook.kernel.texts import Text
from pairbook.parties.reads import party_ids_named
from pairbook.register.actions import correct_entry
from pairbook.register.known import gather, stage_of
from pairbook.register.reads import EntryOpened, open_entry
from pairbook.register.rules import Draft, check_draft
from pairbook.register.shapes import Record, Stage
from pairbook.register.statements.reads import BankSaid, line_of, may_read_statement, statement_of
from pairbook.workspace.actions import record_entry_with_paper
from pairbook.workspace.forms.choosing import entry_choices
from pairbook.workspace.forms.entries import EntryForm, initial_of
from pairbook.workspace.reads import last_draft_like
from pairbook.workspace.rules import (
    Sides,
    draft_of_line,
    following_draft,
    fresh_draft,
    next_stages,
    stages_of_side,
)
from pairbook.workspace.views.acting import Desk, acting, desk_of, page, recording_kind, sent_form, words
from pairbook.workspace.views.entries import entry_address, entry_at_hand


@require_http_methods(["GET", "POST"])
@acting
def entry_new(request: HttpRequest, actor: Actor, pairing: str, kind: str) -> HttpResponse:
    """Record an entry; with `follows` the next stage of that entry, everything of it filled in."""
    desk = desk_of(actor, pairing, "entry.record")
    found, record = recording_kind(kind)
    followed = _followed(request, actor, pairing, kind)
    stage = _stage_wanted(request, desk, record, followed)
    line = _line_wanted(request, actor, desk)
    draft = _starting_draft(desk, kind, record, stage, followed, line)
    choices = entry_choices(
        desk.pairing, kind, record, stage=stage, draft=draft, followed=followed.row if followed else None
    )
    form = EntryForm(
        sent_form(request),
        request.FILES or None,
        record=record,
        stage=stage,
        choices=choices,
        initial=initial_of(draft, record, choices),
    )
    problems: list[Problem] = []
    if request.method == "POST":
        entry_id, problems = _record(form, actor, desk.pairing.id, kind)
        if entry_id is not None:
            said = Text("已记录，等待对方确认。", "Recorded; it now waits for the other side.")
            messages.success(request, words(said))
            return redirect(entry_address(pairing, entry_id))
    context = {
        "kind": found,
        "stage": stage,
        "followed": followed.row if followed else None,
        "form": form,
        "line": line,
    }
    return page(request, actor, "entry_new", context, desk=desk, problems=problems)


def _followed(request: HttpRequest, actor: Actor, pairing: str, kind: str) -> EntryOpened | None:
    """The entry named in the address that the new one follows, in its current version."""
    number = request.GET.get("follows", "")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    opened = entry_at_hand(actor, pairing, int(number)).opened
    if opened.state.replaced_by_id is not None:
        opened = open_entry(opened.state.current_id) or opened
    return opened if opened.row.kind == kind and not opened.state.is_withdrawal else None


def _stage_wanted(request: HttpRequest, desk: Desk, record: Record, followed: EntryOpened | None) -> Stage:
    # What the form sent counts before its address: the stage may have been changed on the page.
    named = record.stage(request.POST.get("stage", "") or request.GET.get("stage", ""))
    after = next_stages(record, followed.row.stage) if followed else []
    own = stages_of_side(record, desk.standing.side)
    return named or next(iter([*after, *own, *record.stages]))


def _line_wanted(request: HttpRequest, actor: Actor, desk: Desk) -> BankSaid | None:
    """The line of a bank statement named in the address, where the actor may see it."""
    number = request.GET.get("line", "")
    line = line_of(int(number)) if number.isascii() and number.isdigit() and len(number) < 19 else None
    statement = statement_of(line.statement_id) if line else None
    if line is None or statement is None or statement.pairing_id != desk.pairing.id:
        return None
    may_see = may_read_statement(actor, statement.pairing_id, statement.side)
    return BankSaid(line, statement) if may_see else None


def _starting_draft(
    desk: Desk,
    kind: str,
    record: Record,
    stage: Stage,
    followed: EntryOpened | None,
    line: BankSaid | None,
) -> Draft:
    draft = _draft_before(desk, kind, record, stage, followed)
    if line is None:
        return draft
    told = line.line
    draft = draft_of_line(
        draft, on=told.on, money=told.money, number=told.number, party_id=line.statement.party_id
    )
    if followed is not None:
        return draft
    # The fund of some earlier entry would be a guess; the name the bank gives is none where one party bears it.
    parties = party_ids_named([told.counterparty]).get(told.counterparty, []) if told.counterparty else []
    other = parties[0] if len(parties) == 1 else None
    if told.money.minor > 0:
        draft = replace(draft, giver_id=other or draft.giver_id)
    else:
        draft = replace(draft, receiver_id=other or draft.receiver_id)
    return replace(draft, fund_id=line.statement.fund_id, campaign_code=None)


def _draft_before(desk: Desk, kind: str, record: Record, stage: Stage, followed: EntryOpened | None) -> Draft:
    if followed is not None and followed.row.stage in stage.follows:
        sharing = {one.code for one in record.stages if one.limit == stage.limit}
        taken = [row for row in followed.after if row.stage in sharing]
        return following_draft(
            followed.state.draft,
            followed_id=followed.state.id,
            record=record,
            stage=stage,
            taken=taken,
            today=clock.today(),
        )
    sides = Sides(
        own_id=desk.standing.organisation_id,
        own_side=desk.standing.side,
        assisting_id=desk.pairing.assisting_id,
        assisted_id=desk.pairing.assisted_id,
    )
    like = last_draft_like(desk.pairing.id, kind, stage.code, own_of=desk.own_of)
    return fresh_draft(
        pairing_id=desk.pairing.id, kind=kind, stage=stage, sides=sides, like=like, today=clock.today()
    )


def _record(form: EntryForm, actor: Actor, pairing_id: int, kind: str) -> tuple[int | None, list[Problem]]:
    """The new entry's id, or the problems that belong beside no field."""
    is_readable = form.is_valid()
    draft = form.draft(pairing_id=pairing_id, kind=kind)
    if not is_readable:
        return None, form.place_entry_problems(_what_rules_say(draft, actor))
    try:
        upload = form.cleaned_data.get("paper")
        content = read_upload(upload) if upload else None
        sort = form.cleaned_data.get("paper_sort") or "other"
        return record_entry_with_paper(draft, content=content, sort=sort, by=actor), []
    except Rejected as rejected:
        return None, form.place_entry_problems(rejected.problems)


def _what_rules_say(draft: Draft, actor: Actor, *, replaced_on: date | None = None) -> list[Problem]:
    """All that is wrong besides what could not be read, so that nobody mends a form twice."""
    return check_draft(draft, replace(gather([draft], actor).known[0], replaced_on=replaced_on))


@require_http_methods(["GET", "POST"])
@acting
def entry_correct(request: HttpRequest, actor: Actor, pairing: str, entry_id: int) -> HttpResponse:
    """Put a corrected version in an entry's place, with the reason; the old one stays, struck through."""
    at_hand = entry_at_hand(actor, pairing, entry_id)
    desk, opened, record = at_hand.desk, at_hand.opened, at_hand.record
    must(desk.may("entry.correct") and at_hand.is_ours, "entry.correct")
    old = opened.state.draft
    followed = opened.before[-1] if opened.before else None
    choices = entry_choices(desk.pairing, old.kind, record, stage=None, draft=old, followed=followed)
    form = EntryForm(
        sent_form(request),
        record=record,
        stage=record.stage(request.POST.get("stage", "")) or stage_of(old.kind, old.stage),
        choices=choices,
        is_correction=True,
        initial=initial_of(old, record, choices),
    )
    problems: list[Problem] = []
    if request.method == "POST":
        new_id, problems = _correct(form, actor, entry_id, old)
        if new_id is not None:
            said = Text(
                "已更正；新的版本等待对方确认。", "Corrected; the new version waits for the other side."
            )
            messages.success(request, words(said))
            return redirect(entry_address(pairing, new_id))
    context = {"hand": at_hand, "row": opened.row, "form": form}
    return page(request, actor, "entry_correct", context, desk=desk, problems=problems)


def _correct(form: EntryForm, actor: Actor, entry_id: int, old: Draft) -> tuple[int | None, list[Problem]]:
    is_readable = form.is_valid()
    draft = form.draft(pairing_id=old.pairing_id, kind=old.kind)
    if not is_readable:
        said = _what_rules_say(draft, actor, replaced_on=old.happened_on)
        return None, form.place_entry_problems(said)
    try:
        return correct_entry(entry_id, draft, reason=form.cleaned_data.get("reason") or "", by=actor), []
    except Rejected as rejected:
        return None, form.place_entry_problems(rejected.problems)
