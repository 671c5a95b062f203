"""Questions to the register: one entry with its chain, lists, what waits, sums by facet, balances.

Sums come from running totals where the book is asked as it is now, and from the entries themselves where it is
asked as known at a past moment. Both give the same answer for now; `tests/test_reads.py` holds them to it.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from pairbook.kernel import clock
from pairbook.kernel.kinds import kind_of, kinds_offering
from pairbook.kernel.money import Money
from pairbook.kernel.periods import Period, next_month
from pairbook.kernel.quantities import Quantity
from pairbook.kernel.texts import Text
from pairbook.pairings.reads import pairings_known
from pairbook.parties.reads import parties_known
from pairbook.projects.models import Project
from pairbook.register.models import Account, Answer, Campaign, Entry, EntryQuerySet, Fund, Item, Paper, Total
from pairbook.register.rules import (
    Draft,
    EntryFacts,
    Followed,
    FundFacts,
    Known,
    PaperKind,
    Record,
    Stage,
    answering_side,
)

OTHER_PAPER = PaperKind("other", Text("其他材料", "Other paper"))


def record_of(kind_code: str) -> Record:
    """How entries of a kind are recorded."""
    kind = kind_of(kind_code)
    record = kind.offer(Record) if kind else None
    assert record is not None, f"{kind_code} is no kind that records entries"
    return record


def stage_of(kind_code: str, stage_code: str) -> Stage:
    """A stage of a kind."""
    stage = record_of(kind_code).stage(stage_code)
    assert stage is not None, f"{kind_code} has no stage {stage_code}"
    return stage


# --- what the checks need to know -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EntryState:
    """One entry with everything an action needs to know of it."""

    id: int
    root_id: int
    facts: EntryFacts
    draft: Draft
    follows_id: int | None
    recorded_side: str
    recorded_for_id: int
    is_withdrawal: bool
    replaced_by_id: int | None
    current_id: int
    verdict: str | None
    has_papers: bool

    @property
    def is_confirmed(self) -> bool:
        """Whether both sides signed."""
        return self.verdict == "confirmed"

    @property
    def organisation_ids(self) -> frozenset[int]:
        """The parties whose own entry this is."""
        return frozenset({self.facts.giver_id, self.facts.receiver_id, self.recorded_for_id})


def entry_state(entry_id: int) -> EntryState | None:
    """An entry as it stands, or None."""
    entry = Entry.objects.with_state().filter(pk=entry_id).first()
    if entry is None:
        return None
    root_id = entry.root_id or entry.pk
    replaced_by = Entry.objects.filter(replaces_id=entry_id).values_list("id", flat=True).first()
    current_id = entry_id
    if replaced_by is not None:
        current_id = Entry.objects.filter(root_id=root_id).order_by("-id").values_list("id", flat=True)[0]
    return EntryState(
        id=entry.pk,
        root_id=root_id,
        facts=facts_of_row(entry),
        draft=_draft_of_row(entry),
        follows_id=entry.follows_id,
        recorded_side=entry.recorded_side,
        recorded_for_id=entry.recorded_for_id,
        is_withdrawal=entry.is_withdrawal,
        replaced_by_id=replaced_by,
        current_id=current_id,
        verdict=entry.verdict,
        has_papers=entry.has_papers,
    )


def facts_of_row(entry: Entry) -> EntryFacts:
    """The columns of a stored entry that totals and movements depend on."""
    return EntryFacts(
        pairing_id=entry.pairing_id,
        kind=entry.kind,
        stage=entry.stage,
        direction=entry.direction,
        happened_on=entry.happened_on,
        year=entry.year,
        giver_id=entry.giver_id,
        receiver_id=entry.receiver_id,
        nature=entry.nature,
        tier=entry.tier,
        field=entry.field,
        fund_id=entry.fund_id,
        item_code=entry.item_id or "",
        campaign_code=entry.campaign_id or "",
        project_id=entry.project_id,
        money_minor=entry.money_minor,
        currency=entry.currency,
        quantity_steps=entry.quantity_steps,
        unit=entry.unit,
    )


def _draft_of_row(entry: Entry) -> Draft:
    return Draft(
        pairing_id=entry.pairing_id,
        kind=entry.kind,
        stage=entry.stage,
        giver_id=entry.giver_id,
        receiver_id=entry.receiver_id,
        happened_on=entry.happened_on,
        money=None if entry.money_minor is None else Money(entry.money_minor, entry.currency),
        quantity=None if entry.quantity_steps is None else Quantity(entry.quantity_steps, entry.unit),
        fund_id=entry.fund_id,
        item_code=entry.item_id,
        campaign_code=entry.campaign_id,
        project_id=entry.project_id,
        document_no=entry.document_no,
        note=entry.note,
        details=json.loads(entry.details),
        follows_id=entry.follows_id,
    )


def gather_known(drafts: Sequence[Draft], *, correcting: EntryState | None = None) -> list[Known]:
    """For each draft everything its check needs to know, in a fixed number of queries."""
    pairings = pairings_known([draft.pairing_id for draft in drafts])
    parties = parties_known(
        {party for draft in drafts for party in (draft.giver_id, draft.receiver_id) if party}
    )
    funds = {
        fund.pk: FundFacts(fund.pk, fund.pairing_id, fund.nature, fund.tier, fund.year, fund.currency)
        for fund in _of(Fund.objects, {draft.fund_id for draft in drafts})
    }
    units = {item.pk: item.unit for item in _of(Item.objects, {draft.item_code for draft in drafts})}
    campaigns = {row.pk for row in _of(Campaign.objects, {draft.campaign_code for draft in drafts})}
    projects = {
        row.pk: row.pairing_id for row in _of(Project.objects, {draft.project_id for draft in drafts})
    }
    followed = _followed({draft.follows_id for draft in drafts if draft.follows_id})
    today = clock.today()
    return [
        Known(
            pairing=pairings[draft.pairing_id],
            record=record_of(draft.kind),
            giver=parties.get(draft.giver_id or 0),
            receiver=parties.get(draft.receiver_id or 0),
            fund=funds.get(draft.fund_id or 0),
            item_unit=units.get(draft.item_code or ""),
            campaign_exists=draft.campaign_code in campaigns,
            project_pairing_id=projects.get(draft.project_id or 0),
            followed=followed.get(draft.follows_id or 0),
            today=today,
        )
        for draft in drafts
    ]


def _of(manager: Any, keys: Iterable[Any]) -> Any:
    wanted = set(keys) - {None, ""}
    return manager.filter(pk__in=wanted) if wanted else ()


def _followed(entry_ids: set[int]) -> dict[int, Followed]:
    """The current version of the thing each of these entries is a version of, by the id that was named."""
    if not entry_ids:
        return {}
    root_of = {
        entry_id: root_id or entry_id
        for entry_id, root_id in Entry.objects.filter(pk__in=entry_ids).values_list("id", "root_id")
    }
    roots = set(root_of.values())
    current = {
        entry.root_id or entry.pk: Followed(
            id=entry.pk,
            root_id=entry.root_id or entry.pk,
            pairing_id=entry.pairing_id,
            kind=entry.kind,
            stage=entry.stage,
            direction=entry.direction,
            happened_on=entry.happened_on,
            giver_id=entry.giver_id,
            receiver_id=entry.receiver_id,
            fund_id=entry.fund_id,
            item_code=entry.item_id,
            campaign_code=entry.campaign_id,
            project_id=entry.project_id,
            money_minor=entry.money_minor,
            quantity_steps=entry.quantity_steps,
        )
        for entry in Entry.objects.filter(Q(pk__in=roots) | Q(root_id__in=roots)).current()
    }
    return {entry_id: current[root] for entry_id, root in root_of.items() if root in current}


def taken_of(roots: Iterable[int], *, without: Sequence[int] = ()) -> dict[int, tuple[int, int]]:
    """For each dispatch (by its first version) the money and quantity received of it so far."""
    receiving = Q(pk__in=[])
    for kind, record in kinds_offering(Record):
        stages = [stage.code for stage in record.stages if stage.move == "receive"]
        receiving |= Q(kind=kind.code, stage__in=stages)
    rows = (
        Entry.objects.filter(receiving, follows_id__in=list(roots))
        .exclude(pk__in=without)
        .current()
        .values("follows_id")
        .annotate(minor=Sum("money_minor"), steps=Sum("quantity_steps"))
        .order_by()
    )
    return {row["follows_id"]: (row["minor"] or 0, row["steps"] or 0) for row in rows}


# --- lists for pages --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry as lists and vouchers show it."""

    id: int
    pairing_code: str
    kind: str
    kind_label: Text
    stage: str
    stage_label: Text
    direction: str
    happened_on: date
    giver: Text
    receiver: Text
    money: Money | None
    quantity: Quantity | None
    fund: Text | None
    item: Text | None
    campaign: Text | None
    project: Text | None
    document_no: str
    note: str
    details: tuple[tuple[Text, Text], ...]
    state: str
    """one_side, both_sides or disputed; a key of `rules.STATES`."""
    papers: int
    papers_missing: tuple[PaperKind, ...]
    recorded_side: str
    recorded_for: Text
    recorded_at: datetime
    is_withdrawal: bool
    is_correction: bool
    follows_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFilter:
    """Which entries are asked for; a part left out means all."""

    pairing_ids: tuple[int, ...]
    kind: str | None = None
    stages: tuple[str, ...] = ()
    direction: str | None = None
    period: Period | None = None
    known_at: datetime | None = None
    nature: str | None = None
    tier: str | None = None
    field: str | None = None
    item_code: str | None = None
    campaign_code: str | None = None
    year: int | None = None
    currency: str | None = None
    fund_id: int | None = None
    project_id: int | None = None
    party_id: int | None = None
    state: str | None = None
    without_papers: bool = False
    words: str = ""
    own_of: int | None = None
    """Only entries this organisation gave, received or recorded."""


def _matching(wanted: EntryFilter) -> EntryQuerySet:
    entries = Entry.objects.filter(pairing_id__in=wanted.pairing_ids)
    exact = {
        "kind": wanted.kind,
        "direction": wanted.direction,
        "nature": wanted.nature,
        "tier": wanted.tier,
        "field": wanted.field,
        "item_id": wanted.item_code,
        "campaign_id": wanted.campaign_code,
        "year": wanted.year,
        "currency": wanted.currency,
        "fund_id": wanted.fund_id,
        "project_id": wanted.project_id,
    }
    entries = entries.filter(**{column: value for column, value in exact.items() if value is not None})
    if wanted.stages:
        entries = entries.filter(stage__in=wanted.stages)
    if wanted.period is not None:
        entries = entries.filter(happened_on__gte=wanted.period.start, happened_on__lt=wanted.period.end)
    if wanted.party_id is not None:
        entries = entries.filter(Q(giver_id=wanted.party_id) | Q(receiver_id=wanted.party_id))
    if wanted.own_of is not None:
        own = wanted.own_of
        entries = entries.filter(Q(giver_id=own) | Q(receiver_id=own) | Q(recorded_for_id=own))
    if wanted.words:
        entries = entries.filter(Q(document_no__icontains=wanted.words) | Q(note__icontains=wanted.words))
    entries = entries.current(wanted.known_at).with_state(wanted.known_at)
    if wanted.state == "both_sides":
        entries = entries.filter(verdict="confirmed")
    elif wanted.state == "disputed":
        entries = entries.filter(verdict="disputed")
    elif wanted.state == "one_side":
        entries = entries.filter(verdict=None)
    if wanted.without_papers:
        entries = entries.filter(has_papers=False)
    return entries


def entry_rows(
    wanted: EntryFilter, *, limit: int = 50, offset: int = 0, oldest_first: bool = False
) -> list[EntryRow]:
    """Entries that match, newest first, `limit` of them after `offset`."""
    order = ("happened_on", "id") if oldest_first else ("-happened_on", "-id")
    return _rows(_matching(wanted).order_by(*order)[offset : offset + limit])


def entry_count(wanted: EntryFilter) -> int:
    """How many entries match."""
    return _matching(wanted).count()


def entry_sums(wanted: EntryFilter) -> tuple[dict[str, Money], dict[str, Quantity]]:
    """What the matching entries add up to, by currency and by unit; unlike units are never added."""
    entries = _matching(wanted).order_by()
    money = entries.filter(money_minor__isnull=False).values("currency").annotate(total=Sum("money_minor"))
    goods = entries.filter(quantity_steps__isnull=False).values("unit").annotate(total=Sum("quantity_steps"))
    return (
        {row["currency"]: Money(row["total"], row["currency"]) for row in money},
        {row["unit"]: Quantity(row["total"], row["unit"]) for row in goods},
    )


def _rows(entries: QuerySet[Entry]) -> list[EntryRow]:
    found = list(
        entries.select_related(
            "pairing", "giver", "receiver", "fund", "item", "campaign", "project", "recorded_for"
        )
    )
    sorts: dict[int, list[str]] = {}
    for entry_id, sort in Paper.objects.filter(entry_id__in=[entry.pk for entry in found]).values_list(
        "entry_id", "sort"
    ):
        sorts.setdefault(entry_id, []).append(sort)
    return [_row(entry, sorts.get(entry.pk, [])) for entry in found]


def _named(thing: Any) -> Text | None:
    return Text(thing.name_zh, thing.name_en) if thing is not None else None


def _row(entry: Any, paper_sorts: list[str]) -> EntryRow:
    kind = kind_of(entry.kind)
    stage = stage_of(entry.kind, entry.stage)
    assert kind is not None
    verdict = getattr(entry, "verdict", None)
    return EntryRow(
        id=entry.pk,
        pairing_code=entry.pairing.code,
        kind=entry.kind,
        kind_label=kind.label,
        stage=entry.stage,
        stage_label=stage.label,
        direction=entry.direction,
        happened_on=entry.happened_on,
        giver=Text(entry.giver.name_zh, entry.giver.name_en),
        receiver=Text(entry.receiver.name_zh, entry.receiver.name_en),
        money=None if entry.money_minor is None else Money(entry.money_minor, entry.currency),
        quantity=None if entry.quantity_steps is None else Quantity(entry.quantity_steps, entry.unit),
        fund=_named(entry.fund),
        item=_named(entry.item),
        campaign=_named(entry.campaign),
        project=_named(entry.project),
        document_no=entry.document_no,
        note=entry.note,
        details=_details(entry),
        state={"confirmed": "both_sides", "disputed": "disputed"}.get(verdict or "", "one_side"),
        papers=len(paper_sorts),
        papers_missing=tuple(paper for paper in stage.papers if paper.code not in paper_sorts),
        recorded_side=entry.recorded_side,
        recorded_for=Text(entry.recorded_for.name_zh, entry.recorded_for.name_en),
        recorded_at=entry.recorded_at,
        is_withdrawal=entry.is_withdrawal,
        is_correction=entry.replaces_id is not None,
        follows_id=entry.follows_id,
    )


def _details(entry: Any) -> tuple[tuple[Text, Text], ...]:
    held = json.loads(entry.details)
    shown = []
    for detail in record_of(entry.kind).details:
        if held.get(detail.code) in (None, ""):
            continue
        value = held[detail.code]
        label = dict(detail.choices).get(str(value)) or Text(str(value), str(value))
        shown.append((detail.label, label))
    return tuple(shown)


# --- one entry, whole -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer of the other side."""

    side: str
    verdict: str
    own_money: Money | None
    own_quantity: Quantity | None
    reason: str
    answered_at: datetime
    answered_for: Text


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper of an entry. The public sees sort, day and fingerprint; the content is for offices."""

    sort: PaperKind
    sha256: str
    media_type: str
    bytes_count: int
    attached_at: datetime


@dataclass(frozen=True, slots=True)
class EntryOpened:
    """One entry with both signatures, its papers, its chain of stages and its history of corrections."""

    row: EntryRow
    state: EntryState
    reason: str
    answers: tuple[AnswerRow, ...]
    papers: tuple[PaperRow, ...]
    before: tuple[EntryRow, ...]
    """What it follows, first stage first."""
    after: tuple[EntryRow, ...]
    """What follows it, oldest first."""
    versions: tuple[tuple[EntryRow, str], ...]
    """Every version with the reason it was made, first version first; one when never corrected."""


def open_entry(entry_id: int) -> EntryOpened | None:
    """One entry opened, or None when there is none of this number."""
    entry = Entry.objects.with_state().filter(pk=entry_id).first()
    state = entry_state(entry_id)
    if entry is None or state is None:
        return None
    (row,) = _rows(Entry.objects.with_state().filter(pk=entry_id))
    versions = (
        Entry.objects.with_state().filter(Q(pk=state.root_id) | Q(root_id=state.root_id)).order_by("id")
    )
    reasons = dict(versions.values_list("id", "reason"))
    return EntryOpened(
        row=row,
        state=state,
        reason=entry.reason,
        answers=tuple(_answers(entry)),
        papers=tuple(papers_of(entry_id)),
        before=tuple(_before(state.follows_id)),
        after=tuple(
            _rows(
                Entry.objects.filter(follows_id=state.root_id)
                .current()
                .with_state()
                .order_by("happened_on", "id")[:50]
            )
        ),
        versions=tuple((version, reasons[version.id]) for version in _rows(versions)),
    )


def _answers(entry: Entry) -> list[AnswerRow]:
    answers = Answer.objects.filter(entry_id=entry.pk).select_related("answered_for").order_by("id")
    return [
        AnswerRow(
            side=answer.side,
            verdict=answer.verdict,
            own_money=None
            if answer.own_money_minor is None
            else Money(answer.own_money_minor, entry.currency or "CNY"),
            own_quantity=None
            if answer.own_quantity_steps is None
            else Quantity(answer.own_quantity_steps, entry.unit),
            reason=answer.reason,
            answered_at=answer.answered_at,
            answered_for=Text(answer.answered_for.name_zh, answer.answered_for.name_en),
        )
        for answer in answers
    ]


def papers_of(entry_id: int) -> list[PaperRow]:
    """The papers of an entry, in the order they were attached."""
    entry = Entry.objects.only("kind", "stage").get(pk=entry_id)
    known = {paper.code: paper for paper in (*stage_of(entry.kind, entry.stage).papers, OTHER_PAPER)}
    rows = Paper.objects.filter(entry_id=entry_id).select_related("evidence").order_by("id")
    return [
        PaperRow(
            sort=known.get(paper.sort, OTHER_PAPER),
            sha256=paper.evidence_id,
            media_type=paper.evidence.media_type,
            bytes_count=paper.evidence.bytes_count,
            attached_at=paper.attached_at,
        )
        for paper in rows
    ]


def entries_with_paper(digest: str) -> list[int]:
    """The entries a paper is attached to; who may see one of them may see the paper."""
    return list(
        Paper.objects.filter(evidence_id=digest).order_by("entry_id").values_list("entry_id", flat=True)
    )


def _before(root_id: int | None) -> list[EntryRow]:
    chain: list[EntryRow] = []
    while root_id is not None:
        versions = Entry.objects.filter(Q(pk=root_id) | Q(root_id=root_id)).with_state().order_by("-id")[:1]
        (row,) = _rows(versions)
        chain.insert(0, row)
        root_id = row.follows_id
    return chain


# --- what waits -------------------------------------------------------------------------------------------------


def waiting_for(side: str, pairing_ids: Sequence[int], *, limit: int = 20) -> tuple[list[EntryRow], int]:
    """Entries of the other side this side has not answered, oldest first, and how many there are."""
    recorded = answering_side(side)
    entries = Entry.objects.filter(pairing_id__in=pairing_ids, recorded_side=recorded).current().with_state()
    unanswered = entries.filter(verdict=None)
    return _rows(unanswered.order_by("happened_on", "id")[:limit]), unanswered.count()


def disputed_of(side: str, pairing_ids: Sequence[int], *, limit: int = 20) -> tuple[list[EntryRow], int]:
    """This side's entries the other side disputes, oldest first, and how many there are."""
    entries = Entry.objects.filter(pairing_id__in=pairing_ids, recorded_side=side).current().with_state()
    disputed = entries.filter(verdict="disputed")
    return _rows(disputed.order_by("happened_on", "id")[:limit]), disputed.count()


def without_papers(
    side: str | None, pairing_ids: Sequence[int], *, limit: int = 20
) -> tuple[list[EntryRow], int]:
    """Entries whose stage expects papers and that have none, oldest first, and how many; of one side or of both."""
    expecting = Q(pk__in=[])
    for kind, record in kinds_offering(Record):
        expecting |= Q(kind=kind.code, stage__in=[stage.code for stage in record.stages if stage.papers])
    entries = Entry.objects.filter(expecting, pairing_id__in=pairing_ids)
    if side is not None:
        entries = entries.filter(recorded_side=side)
    bare = entries.current().with_state().filter(has_papers=False)
    return _rows(bare.order_by("happened_on", "id")[:limit]), bare.count()


# --- sums by facet ----------------------------------------------------------------------------------------------


FACETS = (
    "kind",
    "stage",
    "direction",
    "year",
    "nature",
    "tier",
    "field",
    "item_code",
    "campaign_code",
    "currency",
    "unit",
)


@dataclass(frozen=True, slots=True)
class Sums:
    """What the entries of one set of facets add up to in a period."""

    kind: str
    stage: str
    direction: str
    year: int
    nature: str
    tier: str
    field: str
    item_code: str
    campaign_code: str
    currency: str
    unit: str
    entries: int
    money_minor: int
    quantity_steps: int
    with_papers: int
    confirmed_entries: int
    confirmed_minor: int
    confirmed_steps: int
    confirmed_with_papers: int


# Totals name a missing item or campaign by an empty text, entries by a null reference.
_COLUMN_OF = {"item_code": "item_id", "campaign_code": "campaign_id"}
_AMOUNTS = (
    "entries",
    "money_minor",
    "quantity_steps",
    "with_papers",
    "confirmed_entries",
    "confirmed_minor",
    "confirmed_steps",
    "confirmed_with_papers",
)


def sums(
    pairing_ids: Sequence[int], period: Period, *, known_at: datetime | None = None, kind: str | None = None
) -> list[Sums]:
    """Sums of a period by every facet a figure can be asked by; `known_at` None asks the book as it is now.

    Whole months come from the running totals; days of a begun month, and any past moment, from the entries.
    """
    if known_at is not None:
        return _summed_entries(pairing_ids, period, known_at, kind)
    first, last = period.start, period.end
    whole_start = first if first.day == 1 else next_month(first)
    whole_end = last.replace(day=1)
    if whole_start >= whole_end:
        return _summed_entries(pairing_ids, period, None, kind)
    parts = _summed_totals(pairing_ids, whole_start, whole_end, kind)
    if first < whole_start:
        parts += _summed_entries(pairing_ids, Period(first, whole_start), None, kind)
    if whole_end < last:
        parts += _summed_entries(pairing_ids, Period(whole_end, last), None, kind)
    return _merged(parts)


def _summed_totals(pairing_ids: Sequence[int], start: date, end: date, kind: str | None) -> list[Sums]:
    totals = Total.objects.filter(pairing_id__in=pairing_ids, month__gte=start, month__lt=end)
    if kind is not None:
        totals = totals.filter(kind=kind)
    rows = totals.order_by().values_list(*FACETS).annotate(*[Sum(name) for name in _AMOUNTS])
    return [Sums(*row) for row in rows]


def _summed_entries(
    pairing_ids: Sequence[int], period: Period, known_at: datetime | None, kind: str | None
) -> list[Sums]:
    entries = Entry.objects.filter(
        pairing_id__in=pairing_ids, happened_on__gte=period.start, happened_on__lt=period.end
    )
    if kind is not None:
        entries = entries.filter(kind=kind)
    signed, papered = Q(verdict="confirmed"), Q(has_papers=True)
    rows = (
        entries.current(known_at)
        .with_state(known_at)
        .order_by()
        .values_list(*[_COLUMN_OF.get(name, name) for name in FACETS])
        .annotate(
            n1=Count("id"),
            n2=Sum("money_minor"),
            n3=Sum("quantity_steps"),
            n4=Count("id", filter=papered),
            n5=Count("id", filter=signed),
            n6=Sum("money_minor", filter=signed),
            n7=Sum("quantity_steps", filter=signed),
            n8=Count("id", filter=signed & papered),
        )
    )
    facets = len(FACETS)
    return [
        Sums(*[part or "" for part in row[:facets]], *[number or 0 for number in row[facets:]])
        for row in rows
    ]


def _merged(parts: Iterable[Sums]) -> list[Sums]:
    merged: dict[tuple[Any, ...], list[int]] = {}
    for part in parts:
        key = tuple(getattr(part, name) for name in FACETS)
        amounts = merged.setdefault(key, [0] * len(_AMOUNTS))
        for place, name in enumerate(_AMOUNTS):
            amounts[place] += getattr(part, name)
    return [Sums(*key, *amounts) for key, amounts in merged.items() if amounts[0]]


def first_and_last_day(pairing_ids: Sequence[int]) -> tuple[date, date] | None:
    """The days of the first and last entries that count, or None for an empty book."""
    # By the running totals first, so that only the entries of two months are read.
    months = list(
        Total.objects.filter(pairing_id__in=pairing_ids, entries__gt=0)
        .order_by("month")
        .values_list("month", flat=True)
    )
    if not months:
        return None
    first = _edge(pairing_ids, months[0], "happened_on")
    last = _edge(pairing_ids, months[-1], "-happened_on")
    return first, last


def _edge(pairing_ids: Sequence[int], month: date, order: str) -> date:
    days = Entry.objects.filter(
        pairing_id__in=pairing_ids, happened_on__gte=month, happened_on__lt=next_month(month)
    ).current()
    return days.order_by(order).values_list("happened_on", flat=True)[0]


# --- balances and catalogues ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """What one account holds."""

    party: Text
    standing: str
    fund: Text | None
    item: Text | None
    project: Text | None
    money: Money | None
    quantity: Quantity | None


def balances(pairing_ids: Sequence[int]) -> list[BalanceRow]:
    """The accounts of a pairing that are not empty, outside accounts last."""
    rows = (
        Account.objects.filter(pairing_id__in=pairing_ids)
        .exclude(balance=0)
        .select_related("party", "fund", "item", "project")
        .order_by("standing", "party_id", "key")
    )
    return [
        BalanceRow(
            party=Text(row.party.name_zh, row.party.name_en),
            standing=row.standing,
            fund=_named(row.fund),
            item=_named(row.item),
            project=_named(row.project),
            money=Money(row.balance, row.measure) if row.item_id is None else None,
            quantity=Quantity(row.balance, row.measure) if row.item_id is not None else None,
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class FundRow:
    """A fund as lists show it."""

    id: int
    code: str
    name: Text
    nature: str
    tier: str
    year: int
    currency: str


@dataclass(frozen=True, slots=True)
class NamedRow:
    """An item or a campaign as lists show it; `unit` is empty for a campaign."""

    code: str
    name: Text
    unit: str = ""


def funds_of(pairing_ids: Sequence[int]) -> list[FundRow]:
    """The funds of a pairing, by year and code."""
    rows = Fund.objects.filter(pairing_id__in=pairing_ids).order_by("year", "code")
    return [
        FundRow(
            row.pk, row.code, Text(row.name_zh, row.name_en), row.nature, row.tier, row.year, row.currency
        )
        for row in rows
    ]


def items() -> list[NamedRow]:
    """The catalogue of items, by code."""
    return [
        NamedRow(row.pk, Text(row.name_zh, row.name_en), row.unit) for row in Item.objects.order_by("code")
    ]


def campaigns() -> list[NamedRow]:
    """The campaigns, by code."""
    return [NamedRow(row.pk, Text(row.name_zh, row.name_en)) for row in Campaign.objects.order_by("code")]
