"""Questions to the register: lists of entries, one entry opened with its chain, what waits, balances, catalogues."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.db.models import Count, Max, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from pairbook.kernel.kinds import kind_of, kinds, kinds_offering
from pairbook.kernel.money import Money
from pairbook.kernel.periods import Period, month_of
from pairbook.kernel.quantities import Quantity
from pairbook.kernel.queries import rows_in
from pairbook.kernel.texts import Text, same
from pairbook.projects.known import funds_that_ask
from pairbook.register.chains import later_ids
from pairbook.register.known import EntryState, entry_state, part_of_row, record_of, stage_of
from pairbook.register.models import Account, Answer, Campaign, Entry, EntryQuerySet, Fund, Item, Paper
from pairbook.register.months import period_of
from pairbook.register.rules import answering_side
from pairbook.register.shapes import COLUMNS, PaperKind, Record
from pairbook.web.languages import typed_in_both
from pairbook.web.numbers import money_full

OTHER_PAPER = PaperKind("other", Text("其他材料", "Other paper"))


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
    of_which: Money | Quantity | None
    subset_label: Text | None
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
    withheld: Text | None = None
    """Why its quantity is not shown to this reader."""
    difference: "Difference | None" = None
    """What it changes in a closed month and where that counts; None where it corrects no closed month."""
    taken_out_on: date | None = None
    """Of a version of a closed month corrected since: the day from which the correction counts."""

    @property
    def money_is(self) -> str:
        """Whether its amount is cash or an agreed valuation."""
        return record_of(self.kind).money_is


@dataclass(frozen=True, slots=True)
class Difference:
    """What a correction or withdrawal of an entry of a closed month changes: the month stays, the rest counts later."""

    month: date
    """The closed month that keeps the old amount."""
    counts_on: date
    """The day from which the difference counts."""
    corrects_id: int
    """The version the month was closed with."""
    old_money: Money | None
    new_money: Money | None
    old_quantity: Quantity | None
    new_quantity: Quantity | None

    @property
    def days(self) -> Period:
        """The days of the closed month."""
        return period_of(self.month)

    @property
    def money(self) -> Money | None:
        """New less old; None where currencies differ or neither has an amount."""
        old, new = self.old_money, self.new_money
        one = old or new
        if one is None or (old and new and old.currency != new.currency):
            return None
        return Money((new.minor if new else 0) - (old.minor if old else 0), one.currency)

    @property
    def quantity(self) -> Quantity | None:
        """New less old; None where units differ or neither has a quantity."""
        old, new = self.old_quantity, self.new_quantity
        one = old or new
        if one is None or (old and new and old.unit != new.unit):
            return None
        return Quantity((new.steps if new else 0) - (old.steps if old else 0), one.unit)


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
    category: tuple[str, ...] = ()
    """Any of these; empty for all."""
    field: str | None = None
    item_code: str | None = None
    campaign_code: str | None = None
    year: int | None = None
    currency: str | None = None
    unit: str | None = None
    fund_id: int | None = None
    project_id: int | None = None
    party_id: int | None = None
    state: str | None = None
    without_papers: bool = False
    with_papers: bool = False
    words: str = ""
    own_of: int | None = None
    """Only entries this organisation gave, received or recorded."""
    recorded_side: str | None = None
    """Only entries this side recorded, so that the other side's answer is what they wait for."""
    ids: tuple[int, ...] | None = None


def _asked(wanted: EntryFilter) -> EntryQuerySet:
    """Every version that has what is asked for, on whatever day, replaced ones too; states are not looked at."""
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
        "unit": wanted.unit,
        "fund_id": wanted.fund_id,
        "project_id": wanted.project_id,
        "recorded_side": wanted.recorded_side,
    }
    entries = entries.filter(**{column: value for column, value in exact.items() if value is not None})
    if wanted.ids is not None:
        entries = entries.filter(pk__in=wanted.ids)
    if wanted.category:
        entries = entries.filter(category__in=wanted.category)
    if wanted.stages:
        entries = entries.filter(stage__in=wanted.stages)
    if wanted.period is not None and wanted.kind is None:
        # The index goes by pairing, kind and day: naming every kind lets it find the days.
        entries = entries.filter(kind__in=[kind.code for kind in kinds()])
    if wanted.party_id is not None:
        entries = entries.filter(Q(giver_id=wanted.party_id) | Q(receiver_id=wanted.party_id))
    if wanted.own_of is not None:
        own = wanted.own_of
        entries = entries.filter(Q(giver_id=own) | Q(receiver_id=own) | Q(recorded_for_id=own))
    if wanted.words:
        entries = entries.filter(Q(document_no__icontains=wanted.words) | Q(note__icontains=wanted.words))
    return entries


def _has_later_days(wanted: EntryFilter) -> bool:
    """Whether some entry of these pairings counts on another day than its own; most books have none."""
    return Entry.objects.filter(pairing_id__in=wanted.pairing_ids, counts_on__isnull=False).exists()


def _in_state(entries: EntryQuerySet, wanted: EntryFilter) -> EntryQuerySet:
    entries = entries.with_state(wanted.known_at)
    if wanted.state == "both_sides":
        entries = entries.filter(Q(verdict="confirmed"))
    elif wanted.state == "disputed":
        entries = entries.filter(Q(verdict="disputed"))
    elif wanted.state == "one_side":
        entries = entries.filter(Q(verdict=None))
    if wanted.without_papers:
        entries = entries.filter(Q(has_papers=False))
    if wanted.with_papers:
        entries = entries.filter(Q(has_papers=True))
    return entries


def matching_entries(wanted: EntryFilter) -> EntryQuerySet:
    """The entries that match, as they stand or as they were known.

    Of a period those that count in it and still do at its end: of a closed month the versions it was closed with.
    What they add up to is less by what `taken_out_entries` names.
    """
    entries, period = _asked(wanted), wanted.period
    if period is None:
        entries = entries.current(wanted.known_at)
    elif _has_later_days(wanted):
        entries = entries.in_days(period).standing_before(period.end, wanted.known_at)
    else:
        # Without the second day an index gives the rows in their order.
        entries = entries.filter(happened_on__gte=period.start, happened_on__lt=period.end)
        entries = entries.current(wanted.known_at)
    return _in_state(entries, wanted)


def taken_out_entries(wanted: EntryFilter) -> EntryQuerySet:
    """The versions that match and that a correction in the period takes out of an earlier, closed month."""
    period = wanted.period
    entries = _asked(wanted).taken_out(wanted.known_at)
    if period is None or not _has_later_days(wanted):
        return entries.none()
    counted = Q(counts_on=None, happened_on__lt=period.start) | Q(counts_on__lt=period.start)
    within = Q(taken_out_on__gte=period.start, taken_out_on__lt=period.end)
    return _in_state(entries.filter(counted, within), wanted)


def entry_rows(
    wanted: EntryFilter, *, limit: int = 50, offset: int = 0, oldest_first: bool = False
) -> list[EntryRow]:
    """Entries that match, newest first, `limit` of them after `offset`."""
    order = ("happened_on", "id") if oldest_first else ("-happened_on", "-id")
    # First only the numbers are sorted, then only the rows shown are read whole.
    chosen = list(
        matching_entries(wanted).order_by(*order).values_list("id", flat=True)[offset : offset + limit]
    )
    entries = Entry.objects.filter(pk__in=chosen).with_state(wanted.known_at).order_by(*order)
    return _rows(entries, known_at=wanted.known_at)


def entry_count(wanted: EntryFilter) -> int:
    """How many entries match."""
    return matching_entries(wanted).count()


def entry_sums(wanted: EntryFilter) -> tuple[dict[str, Money], dict[str, Quantity]]:
    """What the matching entries add up to, by currency and by unit; unlike units are never added."""
    money: dict[str, int] = {}
    goods: dict[str, int] = {}
    for sign, entries in _with_signs(wanted):
        for sums, measure, column in (
            (money, "currency", "money_minor"),
            (goods, "unit", "quantity_steps"),
        ):
            held = entries.filter(**{f"{column}__isnull": False}).values_list(measure).annotate(Sum(column))
            for name, amount in held:
                sums[name] = sums.get(name, 0) + sign * amount
    return (
        {currency: Money(amount, currency) for currency, amount in money.items()},
        {unit: Quantity(amount, unit) for unit, amount in goods.items()},
    )


def _with_signs(wanted: EntryFilter) -> tuple[tuple[int, EntryQuerySet], tuple[int, EntryQuerySet]]:
    """What matches, and with the sign -1 what is taken out again."""
    return (1, matching_entries(wanted).order_by()), (-1, taken_out_entries(wanted).order_by())


@dataclass(frozen=True, slots=True)
class AlikeSum:
    """What alike entries add up to: one kind, stage, direction, item, currency and unit."""

    kind: str
    stage: str
    kind_label: Text
    stage_label: Text
    direction: str
    item: Text | None
    entries: int
    money: Money | None
    quantity: Quantity | None
    withheld: Text | None = None


def alike_sums(wanted: EntryFilter) -> list[AlikeSum]:
    """What the matching entries add up to; unlike ones stay apart, by kind and stage in their order.

    Things without an agreed value stand in one row with those that have one: their quantity is one quantity.
    """
    grouped = _grouped(wanted, "kind", "stage", "direction", "item_id", "unit", "currency")
    names = {item.code: item.name for item in items()}
    found: dict[tuple[Any, ...], AlikeSum] = {}
    for kind_code, stage_code, direction, item, unit, currency, count, minor, steps, _ in sorted(
        grouped, key=lambda row: row[5], reverse=True
    ):
        kind = kind_of(kind_code)
        assert kind is not None, "an entry has a kind"
        order = (
            kind.place,
            kind.code,
            record_of(kind_code).stage_place(stage_code),
            direction,
            item or "",
            unit,
        )
        valueless = not currency and next((key for key in found if key[:-1] == order), None)
        row = AlikeSum(
            kind=kind_code,
            stage=stage_code,
            kind_label=kind.label,
            stage_label=stage_of(kind_code, stage_code).label,
            direction=direction,
            item=names.get(item or ""),
            entries=count,
            money=None if minor is None else Money(minor, currency),
            quantity=None if steps is None else Quantity(steps, unit),
        )
        if valueless:
            there = found[valueless]
            row = replace(
                there,
                entries=there.entries + count,
                quantity=there.quantity + row.quantity if there.quantity and row.quantity else there.quantity,
            )
            found[valueless] = row
        else:
            found[(*order, currency)] = row
    return [found[key] for key in sorted(found)]


def _grouped(wanted: EntryFilter, *columns: str) -> list[tuple[Any, ...]]:
    """What matches, grouped by columns: number, money, quantity and part, each less what is taken out again."""
    groups: dict[tuple[Any, ...], list[int | None]] = {}
    for sign, entries in _with_signs(wanted):
        _add_groups(groups, sign, entries, columns)
    return [(*key, *amounts) for key, amounts in groups.items()]


def _add_groups(
    groups: dict[tuple[Any, ...], list[int | None]], sign: int, entries: EntryQuerySet, columns: Sequence[str]
) -> None:
    rows = entries.values_list(*columns).annotate(
        Count("id"), Sum("money_minor"), Sum("quantity_steps"), Sum("subset_amount")
    )
    for row in rows:
        amounts = groups.setdefault(row[: len(columns)], [0, None, None, None])
        for place, amount in enumerate(row[len(columns) :]):
            if amount is not None:
                amounts[place] = (amounts[place] or 0) + sign * amount


@dataclass(frozen=True, slots=True)
class DaySum:
    """What the entries of one stage add up to on one day."""

    day: date
    stage: str
    entries: int
    money_minor: int
    quantity_steps: int
    subset_amount: int


def day_sums(wanted: EntryFilter) -> list[DaySum]:
    """The matching entries summed by the day they count and stage, oldest day first.

    On the day of a correction of a closed month stands the difference.
    """
    period = wanted.period
    groups: dict[tuple[Any, ...], list[int | None]] = {}
    if period is None or not _has_later_days(wanted):
        _add_groups(groups, 1, matching_entries(wanted).order_by(), ("happened_on", "stage"))
    else:
        # Every version on its day, also one taken out again within the period.
        standing = _asked(wanted).in_days(period).standing_before(date.min, wanted.known_at)
        counted = _in_state(standing.annotate(day=Coalesce("counts_on", "happened_on")), wanted)
        _add_groups(groups, 1, counted.order_by(), ("day", "stage"))
        within = Q(taken_out_on__gte=period.start, taken_out_on__lt=period.end)
        out = _in_state(_asked(wanted).taken_out(wanted.known_at).filter(within), wanted)
        _add_groups(groups, -1, out.order_by(), ("taken_out_on", "stage"))
    return [
        DaySum(day, stage, entries or 0, minor or 0, steps or 0, part or 0)
        for (day, stage), (entries, minor, steps, part) in sorted(groups.items(), key=lambda group: group[0])
    ]


def days_of_amount(wanted: EntryFilter, amount: Money | Quantity, *, limit: int = 20) -> list[date]:
    """The days on which one matching entry has exactly this amount, the newest first."""
    entries = matching_entries(wanted)
    if isinstance(amount, Money):
        entries = entries.filter(money_minor=amount.minor, currency=amount.currency)
    else:
        entries = entries.filter(quantity_steps=amount.steps, unit=amount.unit)
    return list(entries.order_by("-happened_on").values_list("happened_on", flat=True).distinct()[:limit])


def _rows(entries: EntryQuerySet, *, known_at: datetime | None = None) -> list[EntryRow]:
    found = list(
        entries.with_taken_out(known_at).select_related(
            "pairing", "giver", "receiver", "fund", "item", "campaign", "project", "recorded_for"
        )
    )
    sorts: dict[int, list[str]] = {}
    for entry_id, sort in _papers([entry.pk for entry in found], known_at).values_list("entry_id", "sort"):
        sorts.setdefault(entry_id, []).append(sort)
    differences = _differences([entry for entry in found if entry.counts_on is not None])
    return [
        replace(
            _row(entry, sorts.get(entry.pk, [])),
            difference=differences.get(entry.pk),
            # A correction replaced before its own month was closed is left nowhere.
            taken_out_on=None if entry.taken_out_on == entry.counts_on else entry.taken_out_on,
        )
        for entry in found
    ]


def _differences(corrections: Sequence[Entry]) -> dict[int, Difference]:
    """What each of these corrections of closed months changes, by its number."""
    if not corrections:
        return {}
    roots = {entry.root_id for entry in corrections}
    versions = list(Entry.objects.filter(Q(pk__in=roots) | Q(root_id__in=roots)).order_by("id"))
    found = {}
    for entry in corrections:
        assert entry.counts_on is not None
        # What an earlier correction in the same open month said counts nowhere; what was closed before it does.
        old = [
            version
            for version in versions
            if (version.root_id or version.pk) == entry.root_id
            and version.pk < entry.pk
            and version.counts_on != entry.counts_on
        ][-1]
        is_gone = entry.is_withdrawal
        found[entry.pk] = Difference(
            month=month_of(old.counts_on or old.happened_on),
            counts_on=entry.counts_on,
            corrects_id=old.pk,
            old_money=_money(old),
            new_money=None if is_gone else _money(entry),
            old_quantity=_quantity(old),
            new_quantity=None if is_gone else _quantity(entry),
        )
    return found


def _money(entry: Entry) -> Money | None:
    return None if entry.money_minor is None else Money(entry.money_minor, entry.currency)


def _quantity(entry: Entry) -> Quantity | None:
    return None if entry.quantity_steps is None else Quantity(entry.quantity_steps, entry.unit)


def _papers(entry_ids: Iterable[int], known_at: datetime | None) -> QuerySet[Paper]:
    papers = Paper.objects.filter(entry_id__in=list(entry_ids))
    return papers if known_at is None else papers.filter(attached_at__lte=known_at)


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
        money=_money(entry),
        quantity=_quantity(entry),
        of_which=part_of_row(entry),
        subset_label=_subset_label(entry),
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


def _subset_label(entry: Any) -> Text | None:
    subset = record_of(entry.kind).subset
    return subset.label if subset and entry.subset_amount is not None else None


def _details(entry: Any) -> tuple[tuple[Text, Text], ...]:
    held = json.loads(entry.details)
    shown = []
    for detail in record_of(entry.kind).details:
        if held.get(detail.code) in (None, ""):
            continue
        value = held[detail.code]
        label = dict(detail.choices).get(str(value)) or Text(*typed_in_both(str(value)))
        shown.append((detail.label, label))
    return tuple(shown)


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
    further: tuple[EntryRow, ...]
    """What follows that, and so on: the first few of each stage, oldest first."""
    counts: Mapping[str, int]
    """How many entries follow it, directly or further on, by stage."""
    versions: tuple[tuple[EntryRow, str], ...]
    """Every version with the reason it was made, first version first; one when never corrected."""

    @property
    def counts_in_figures(self) -> bool:
        """Whether it is the version in force and no withdrawal."""
        return self.state.replaced_by_id is None and not self.row.is_withdrawal

    @property
    def stage_line(self) -> tuple["StageMark", ...]:
        """Every stage of the kind in its order, with the entries of this chain that stand at it."""
        own = (*self.before, self.row)
        chain = (*own, *self.after, *self.further)
        marks = []
        for stage in record_of(self.row.kind).stages:
            rows = tuple(row for row in chain if row.stage == stage.code)
            standing = "here" if stage.code == self.row.stage else "done" if rows else "todo"
            count = sum(row.stage == stage.code for row in own) + self.counts.get(stage.code, 0)
            marks.append(StageMark(stage.label, standing, rows, count))
        return tuple(marks)

    @property
    def corrections(self) -> tuple["Correction", ...]:
        """What each later version changed, oldest first."""
        return tuple(
            Correction(row=later, reason=reason, changes=tuple(_changes(earlier, later)))
            for (earlier, _), (later, reason) in pairwise(self.versions)
        )


@dataclass(frozen=True, slots=True)
class StageMark:
    """One stage on the line of stages: done, here or todo, and the entries that stand at it."""

    label: Text
    standing: str
    rows: tuple[EntryRow, ...]
    """The first of them."""
    count: int


@dataclass(frozen=True, slots=True)
class Change:
    """One column a correction changed; `is_office` means that the public is not shown what stood there."""

    label: Text
    old: Text
    new: Text
    is_office: bool = False


@dataclass(frozen=True, slots=True)
class Correction:
    """A later version of an entry, why it was made and what it changed; nothing changed in a withdrawal."""

    row: EntryRow
    reason: str
    changes: tuple[Change, ...]


_NOTHING = Text("（空）", "(nothing)")


def _changes(earlier: EntryRow, later: EntryRow) -> Iterator[Change]:
    if later.is_withdrawal:
        return
    for column, (old, new) in {
        column: (words(earlier), words(later)) for column, words in _COMPARED.items()
    }.items():
        if old != new:
            yield Change(COLUMNS[column], old or _NOTHING, new or _NOTHING, is_office=column == "note")
    before, after = dict(earlier.details), dict(later.details)
    for label in dict.fromkeys((*before, *after)):
        if before.get(label) != after.get(label):
            yield Change(label, before.get(label, _NOTHING), after.get(label, _NOTHING))


def _money_words(money: Money | None) -> Text | None:
    if money is None:
        return None
    return Text(
        money_full(money.amount, "zh", currency=money.currency),
        money_full(money.amount, "en", currency=money.currency),
    )


def _part_words(part: Money | Quantity | None) -> Text | None:
    return part.words if isinstance(part, Quantity) else _money_words(part)


_COMPARED: dict[str, Callable[[EntryRow], Text | None]] = {
    "stage": lambda row: row.stage_label,
    "follows": lambda row: same(str(row.follows_id)) if row.follows_id else None,
    "happened_on": lambda row: same(row.happened_on.isoformat()),
    "giver": lambda row: row.giver,
    "receiver": lambda row: row.receiver,
    "money": lambda row: _money_words(row.money),
    "quantity": lambda row: row.quantity.words if row.quantity else None,
    "of_which": lambda row: _part_words(row.of_which),
    "fund": lambda row: row.fund,
    "item": lambda row: row.item,
    "campaign": lambda row: row.campaign,
    "project": lambda row: row.project,
    "document_no": lambda row: same(row.document_no) if row.document_no else None,
    "note": lambda row: same(row.note) if row.note else None,
}


_TOLD_OF_A_STAGE = 5


def open_entry(entry_id: int) -> EntryOpened | None:
    """One entry opened, or None when there is none of this number."""
    state = entry_state(entry_id)
    entry = Entry.objects.with_state().filter(pk=entry_id).first() if state is not None else None
    if entry is None or state is None:
        return None
    (row,) = _rows(Entry.objects.with_state().filter(pk=entry_id))
    versions = (
        Entry.objects.with_state().filter(Q(pk=state.root_id) | Q(root_id=state.root_id)).order_by("id")
    )
    reasons = dict(versions.values_list("id", "reason"))
    after = _rows(
        Entry.objects.filter(follows_id=state.root_id)
        .current()
        .with_state()
        .order_by("happened_on", "id")[:50]
    )
    later = later_ids(state.root_id)
    direct = {one.id for one in after}
    further = [one for ids in later.values() for one in ids[:_TOLD_OF_A_STAGE] if one not in direct]
    return EntryOpened(
        row=row,
        state=state,
        reason=entry.reason,
        answers=tuple(_answers(entry)),
        papers=tuple(papers_of(entry_id)),
        before=tuple(_before(state.follows_id)),
        after=tuple(after),
        further=tuple(_rows(Entry.objects.filter(pk__in=further).with_state().order_by("happened_on", "id"))),
        counts={stage: len(ids) for stage, ids in later.items()},
        versions=tuple((version, reasons[version.id]) for version in _rows(versions)),
    )


_CORRECTIONS_LOOKED_AT = 2000


def corrections_among(wanted: EntryFilter, *, limit: int = 20) -> list[Correction]:
    """Corrections of entries that match, or matched before they were corrected, newest first; states are not asked."""
    # Corrections are few: they are found first, then asked whether what they replaced matches.
    # A correction stays in its pairing and kind, so its own columns are asked and a small index answers.
    later = Entry.objects.filter(replaces__isnull=False, pairing_id__in=wanted.pairing_ids)
    if wanted.kind is not None:
        later = later.filter(kind=wanted.kind)
    if wanted.known_at is not None:
        later = later.filter(recorded_at__lte=wanted.known_at)
    found = dict(later.order_by("-id").values_list("id", "replaces_id")[:_CORRECTIONS_LOOKED_AT])
    matching = _matched_once(wanted, [earlier for earlier in found.values() if earlier])
    chosen = {one: earlier for one, earlier in found.items() if earlier in matching}
    chosen = dict(list(chosen.items())[:limit])
    wanted_ids = {*chosen, *chosen.values()}
    versions = Entry.objects.with_state(wanted.known_at).filter(pk__in=wanted_ids)
    rows = {row.id: row for row in _rows(versions, known_at=wanted.known_at)}
    reasons = dict(Entry.objects.filter(pk__in=chosen).values_list("id", "reason"))
    return [
        Correction(row=rows[one], reason=reasons[one], changes=tuple(_changes(rows[earlier or 0], rows[one])))
        for one, earlier in chosen.items()
    ]


def _matched_once(wanted: EntryFilter, replaced: Sequence[int]) -> set[int]:
    """Which of these replaced versions match, on their own day or, in a closed month, on that of their correction."""
    asked, period = _asked(wanted).filter(pk__in=replaced), wanted.period
    if period is None:
        return set(asked.values_list("id", flat=True))
    within = Q(taken_out_on__gte=period.start, taken_out_on__lt=period.end)
    of_days = set(asked.in_days(period).values_list("id", flat=True))
    return of_days | {entry.pk for entry in asked.taken_out(wanted.known_at).filter(within).only("id")}


def differences_in(wanted: EntryFilter) -> list[EntryRow]:
    """The corrections and withdrawals that in the period change what earlier, closed months counted; newest first.

    Each row has its `difference`. Its old amount stays in the closed month, so a list of the period adds up with them.
    """
    by_day = {(entry.root_id or entry.pk, entry.taken_out_on) for entry in taken_out_entries(wanted)}
    if not by_day:
        return []
    later = Entry.objects.filter(root_id__in={root for root, _ in by_day}, counts_on__isnull=False)
    if wanted.known_at is not None:
        later = later.filter(recorded_at__lte=wanted.known_at)
    newest: dict[tuple[int | None, date | None], int] = {}
    for entry_id, root_id, day in later.order_by("id").values_list("id", "root_id", "counts_on"):
        if (root_id, day) in by_day:
            newest[root_id, day] = entry_id
    rows = Entry.objects.with_state(wanted.known_at).filter(pk__in=newest.values()).order_by("-id")
    return _rows(rows, known_at=wanted.known_at)


def papers_of_many(
    rows: Sequence[EntryRow], *, limit: int = 12, known_at: datetime | None = None
) -> list[tuple[EntryRow, PaperRow]]:
    """The papers of these entries, in the entries' order, in one query."""
    order = {row.id: place for place, row in enumerate(rows)}
    papers = _papers(order, known_at).select_related("evidence").order_by("id")
    found = sorted(papers, key=lambda paper: order[paper.entry_id])[:limit]
    return [
        (row, _paper_row(paper, row.kind, row.stage))
        for paper in found
        for row in [rows[order[paper.entry_id]]]
    ]


def _paper_row(paper: Paper, kind: str, stage: str) -> PaperRow:
    known = {one.code: one for one in stage_of(kind, stage).papers}
    return PaperRow(
        sort=known.get(paper.sort, OTHER_PAPER),
        sha256=paper.evidence_id,
        media_type=paper.evidence.media_type,
        bytes_count=paper.evidence.bytes_count,
        attached_at=paper.attached_at,
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
    rows = Paper.objects.filter(entry_id=entry_id).select_related("evidence").order_by("id")
    return [_paper_row(paper, entry.kind, entry.stage) for paper in rows]


def entries_with_paper(digest: str) -> list[int]:
    """The entries a paper is attached to; who may see one of them may see the paper."""
    return list(
        Paper.objects.filter(evidence_id=digest).order_by("entry_id").values_list("entry_id", flat=True)
    )


def _before(root_id: int | None) -> list[EntryRow]:
    chain: list[EntryRow] = []
    seen: set[int] = set()
    while root_id is not None and root_id not in seen:
        seen.add(root_id)
        versions = Entry.objects.filter(Q(pk=root_id) | Q(root_id=root_id)).with_state().order_by("-id")[:1]
        (row,) = _rows(versions)
        chain.insert(0, row)
        root_id = row.follows_id
    return chain


def waiting_for(side: str, pairing_ids: Sequence[int], *, limit: int = 20) -> tuple[list[EntryRow], int]:
    """Entries of the other side this side has not answered, oldest first, and how many there are."""
    recorded = answering_side(side)
    entries = Entry.objects.filter(pairing_id__in=pairing_ids, recorded_side=recorded).current().with_state()
    unanswered = entries.filter(Q(verdict=None))
    return _rows(unanswered.order_by("happened_on", "id")[:limit]), unanswered.count()


def disputed_of(side: str, pairing_ids: Sequence[int], *, limit: int = 20) -> tuple[list[EntryRow], int]:
    """This side's entries the other side disputes, oldest first, and how many there are."""
    entries = Entry.objects.filter(pairing_id__in=pairing_ids, recorded_side=side).current().with_state()
    disputed = entries.filter(Q(verdict="disputed"))
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
    bare = entries.current().with_state().filter(Q(has_papers=False))
    return _rows(bare.order_by("happened_on", "id")[:limit]), bare.count()


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
    # Plain columns, and each name read once: a large book has ten thousand accounts of a few hundred parties.
    rows = list(
        Account.objects.filter(pairing_id__in=pairing_ids)
        .exclude(balance=0)
        .order_by("standing", "party_id", "key")
        .values_list("party_id", "standing", "fund_id", "item_id", "project_id", "measure", "balance")
    )
    parties = _names("parties_party", "id", (row[0] for row in rows))
    funds = _names("register_fund", "id", (row[2] for row in rows))
    things = _names("register_item", "code", (row[3] for row in rows))
    projects = _names("projects_project", "id", (row[4] for row in rows))
    return [
        BalanceRow(
            party=parties[party_id],
            standing=standing,
            fund=funds.get(fund_id),
            item=things.get(item_id),
            project=projects.get(project_id),
            money=None if item_id else Money(balance, measure),
            quantity=Quantity(balance, measure) if item_id else None,
        )
        for party_id, standing, fund_id, item_id, project_id, measure, balance in rows
    ]


def _names(table: str, key: str, keys: Iterable[Any]) -> dict[Any, Text]:
    """By key, the names of these rows of a table; of no key none."""
    rows = rows_in(f"{key}, name_zh, name_en", table, key, set(keys) - {None})
    return {found: Text(zh, en) for found, zh, en in rows}


@dataclass(frozen=True, slots=True)
class FundRow:
    """A fund as lists show it."""

    id: int
    pairing_id: int
    code: str
    name: Text
    nature: str
    tier: str
    year: int
    currency: str
    asks_consent: bool
    """Whether its giver asks to be asked before a project that takes from it is approved."""


@dataclass(frozen=True, slots=True)
class NamedRow:
    """An item or a campaign as lists show it; `unit` is empty for a campaign."""

    code: str
    name: Text
    unit: str = ""


def funds_of(pairing_ids: Sequence[int]) -> list[FundRow]:
    """The funds of a pairing, by year and code."""
    rows = Fund.objects.filter(pairing_id__in=pairing_ids).order_by("year", "code")
    asked = funds_that_ask()
    return [
        FundRow(
            id=row.pk,
            pairing_id=row.pairing_id,
            code=row.code,
            name=Text(row.name_zh, row.name_en),
            nature=row.nature,
            tier=row.tier,
            year=row.year,
            currency=row.currency,
            asks_consent=(row.pairing_id, row.code) in asked,
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


@dataclass(frozen=True, slots=True)
class Activity:
    """What was recorded in one pairing itself, its children not counted."""

    entries: int
    """Of the period asked."""
    last_on: date
    """The day of the last entry up to the end of the period, whatever its year."""


def activity_of(pairing_ids: Sequence[int], period: Period) -> dict[int, Activity]:
    """How lively each of these pairings was in a period; one in which nothing was ever recorded is left out."""
    entries = Entry.objects.filter(pairing_id__in=pairing_ids, happened_on__lt=period.end).current()
    of_period = Count("id", filter=Q(happened_on__gte=period.start))
    rows = entries.order_by().values("pairing_id").annotate(count=of_period, last=Max("happened_on"))
    return {row["pairing_id"]: Activity(row["count"], row["last"]) for row in rows}
