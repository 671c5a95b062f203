"""Closed months as the book has them: the first open day, what stood in a month, how far each month is signed."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.db.models import Count, Min, Q, Sum
from django.db.models.functions import Coalesce

from pairbook.kernel import clock
from pairbook.kernel.access import SIDES, Side
from pairbook.kernel.kinds import kinds_offering
from pairbook.kernel.periods import Period, month_of, next_month
from pairbook.kernel.problems import Problem
from pairbook.kernel.queries import as_day, rows_of
from pairbook.kernel.texts import Text
from pairbook.pairings.models import Pairing
from pairbook.pairings.reads import family_ids
from pairbook.register.models import Closing, Entry, MonthSignature, Total
from pairbook.register.months import check_closing, month_due, month_text, period_of
from pairbook.register.shapes import Record
from pairbook.register.sums import sums

# Asked with every entry, so in plain SQL (decision 10). A pairing is closed with those above it.
_LAST_CLOSED = """
    WITH RECURSIVE above (asked, id, parent_id) AS (
        SELECT id, id, parent_id FROM pairings_pairing WHERE {which}
        UNION ALL
        SELECT above.asked, pairing.id, pairing.parent_id
        FROM above JOIN pairings_pairing pairing ON pairing.id = above.parent_id
    )
    SELECT above.asked, MAX(closing.month) FROM above
    JOIN register_closing closing ON closing.pairing_id = above.id GROUP BY above.asked
"""


def first_open_days(pairing_ids: Iterable[int]) -> dict[int, date]:
    """The first day after the last closed month, by pairing; one of which no month is closed is left out."""
    wanted = list(pairing_ids)
    if not wanted:
        return {}
    rows = rows_of(_LAST_CLOSED.format(which=f"id IN ({', '.join(['%s'] * len(wanted))})"), wanted)
    return {pairing_id: next_month(day) for pairing_id, month in rows if (day := as_day(month)) is not None}


def closed_up_to(pairing_code: str) -> Period | None:
    """The last closed month of the pairing with this code; None where there is none. One question, for every page."""
    rows = rows_of(_LAST_CLOSED.format(which="code = %s"), [pairing_code])
    return next((period_of(day) for _, month in rows if (day := as_day(month)) is not None), None)


@dataclass(frozen=True, slots=True)
class MonthStatement:
    """What stands in the book for a month: what both sides sign."""

    text: str
    entries: int

    @property
    def sha256(self) -> str:
        """Its digest."""
        return sha256(self.text.encode()).hexdigest()


_SAID = ("kind", "stage", "direction", "nature", "item_code", "currency", "unit")
_SUMMED = ("entries", "money_minor", "quantity_steps")


def month_statement(pairing_ids: Sequence[int], month: date) -> MonthStatement:
    """What these pairings hold for a month: how many entries, a digest of which, and the sums of alike ones.

    Answers and papers are no part of it: they may still come when the month is closed.
    """
    days = period_of(month)
    groups: dict[tuple[str, ...], list[int]] = {}
    for row in sums(pairing_ids, days):
        amounts = groups.setdefault(tuple(getattr(row, name) for name in _SAID), [0] * len(_SUMMED))
        for place, name in enumerate(_SUMMED):
            amounts[place] += getattr(row, name)
    body = {
        "month": month_text(month),
        "entries": sum(amounts[0] for amounts in groups.values()),
        "entries_sha256": _digest_of_entries(pairing_ids, month),
        "columns": [*_SAID, *_SUMMED],
        # Where corrections outweigh each other nothing is left but their answers, which are no part of it.
        "sums": [[*key, *amounts] for key, amounts in sorted(groups.items()) if any(amounts)],
    }
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return MonthStatement(text, sum(amounts[0] for amounts in groups.values()))


def _digest_of_entries(pairing_ids: Sequence[int], month: date) -> str:
    days = period_of(month)
    entries = Entry.objects.filter(pairing_id__in=pairing_ids)
    counted = entries.in_days(days).standing_before(days.end).order_by("id").values_list("id", flat=True)
    out = (
        entries.taken_out()
        .filter(Q(taken_out_on__gte=days.start, taken_out_on__lt=days.end))
        .order_by("id")
        .values_list("id", flat=True)
    )
    digest = sha256()
    for sign, ids in (("+", counted), ("-", out)):
        for entry_id in ids.iterator(chunk_size=5000):
            digest.update(f"{sign}{entry_id}\n".encode())
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class MonthStanding:
    """How far a programme is closed."""

    is_programme: bool
    """False for a pairing below another, which is closed with that one."""
    due: date | None
    """The month whose turn it is; None where nothing is recorded."""
    open_from: date | None
    """The first open day; None where no month is closed."""


def month_standing(pairing_id: int) -> MonthStanding:
    """How far a pairing is closed, and which month is next."""
    family = family_ids(pairing_id)
    open_from = first_open_days([pairing_id]).get(pairing_id)
    holding = Q(entries__gt=0) | ~Q(money_minor=0) | ~Q(quantity_steps=0)
    months = Total.objects.filter(holding, pairing_id__in=family, month__gte=open_from or date.min)
    return MonthStanding(
        is_programme=not Pairing.objects.filter(pk=pairing_id, parent__isnull=False).exists(),
        due=month_due(first=months.aggregate(Min("month"))["month__min"], open_from=open_from),
        open_from=open_from,
    )


@dataclass(frozen=True, slots=True)
class Signature:
    """A side's signature under a month."""

    side: Side
    at: datetime
    by: str
    signed_for: Text


@dataclass(frozen=True, slots=True)
class OpenKind:
    """The entries of one kind in an open month, and what of them is not settled."""

    code: str
    label: Text
    entries: int
    one_sided: int
    disputed: int
    without_papers: int
    """Of those whose stage expects papers."""


@dataclass(frozen=True, slots=True)
class WaitingMonth:
    """A month whose turn comes later: how many entries it has, and how many of them are not signed by both sides."""

    days: Period
    entries: int
    unsigned: int


@dataclass(frozen=True, slots=True)
class OpenMonth:
    """The month whose turn it is: what stands in it, what is not settled, who signed it as it stands now."""

    month: date
    statement: MonthStatement
    signatures: tuple[Signature, ...]
    lapsed: tuple[Signature, ...]
    """Signatures under what stood there before something was recorded; they hold no more."""
    reasons: tuple[Problem, ...]
    """What keeps it from being signed now."""
    kinds: tuple["OpenKind", ...]
    """What each kind has in it, and what of that is not settled. It may be closed all the same: it is only told."""
    entries: int
    """How many entries are of its own days; the statement counts with the differences of corrections."""
    corrections: int
    """How many entries of closed months were corrected or withdrawn in it."""

    @property
    def days(self) -> Period:
        """Its days."""
        return period_of(self.month)

    @property
    def unsettled(self) -> int:
        """How many entries are signed by one side only, or disputed."""
        return sum(one.one_sided + one.disputed for one in self.kinds)

    @property
    def without_papers(self) -> int:
        """How many entries lack papers their stage expects."""
        return sum(one.without_papers for one in self.kinds)

    @property
    def awaited(self) -> tuple[Side, ...]:
        """The sides that have not signed what stands there now."""
        return tuple(side for side in SIDES if side not in {one.side for one in self.signatures})


@dataclass(frozen=True, slots=True)
class ClosedMonth:
    """A closed month: when, what stood in it, who signed, and what was corrected since."""

    month: date
    entries: int
    closed_at: datetime
    statement_sha256: str
    signatures: tuple[Signature, ...]
    corrected: int
    """How many of its entries were corrected or withdrawn since; that counts in later months."""

    @property
    def both_signatures(self) -> list[Signature]:
        """The signatures that closed it, the assisting side's first."""
        return [next(one for one in self.signatures if one.side == side) for side in SIDES]

    @property
    def days(self) -> Period:
        """Its days."""
        return period_of(self.month)


@dataclass(frozen=True, slots=True)
class MonthsOfBook:
    """The months of a programme: closed ones newest first, the one whose turn it is, and how many wait after it."""

    standing: MonthStanding
    due: OpenMonth | None
    waiting: tuple[WaitingMonth, ...]
    """The months after it that have entries, oldest first."""
    closed: tuple[ClosedMonth, ...]


def months_of_book(pairing_id: int) -> MonthsOfBook:
    """All months of a programme with how far each is closed."""
    held, family = month_standing(pairing_id), family_ids(pairing_id)
    return MonthsOfBook(
        standing=held,
        due=None if held.due is None else _open_month(pairing_id, family, held),
        waiting=() if held.due is None else tuple(_waiting(family, held.due)),
        closed=tuple(_closed_months(pairing_id, family)),
    )


def month_to_sign(pairing_id: int, side: Side) -> Period | None:
    """The month the other side signed as it stands now and this side did not yet; None where there is none."""
    held = month_standing(pairing_id)
    if held.due is None:
        return None
    signatures = _signatures(pairing_id, held.due)
    if all(one.side == side for _, one in signatures):
        return None
    # Only now, as it reads the month's entries.
    sha256 = month_statement(family_ids(pairing_id), held.due).sha256
    signed = {one.side for digest, one in signatures if digest == sha256}
    return period_of(held.due) if signed and side not in signed else None


def _waiting(family: Sequence[int], due: date) -> Iterator[WaitingMonth]:
    totals = Total.objects.filter(pairing_id__in=family, month__gt=due).order_by("month").values_list("month")
    for month, entries, confirmed in totals.annotate(Sum("entries"), Sum("confirmed_entries")):
        if entries:
            yield WaitingMonth(period_of(month), entries, max(entries - confirmed, 0))


def _open_month(pairing_id: int, family: Sequence[int], held: MonthStanding) -> OpenMonth:
    assert held.due is not None
    days, statement = period_of(held.due), month_statement(family, held.due)
    signatures = _signatures(pairing_id, held.due)
    return OpenMonth(
        month=held.due,
        statement=statement,
        signatures=tuple(one for sha256, one in signatures if sha256 == statement.sha256),
        lapsed=tuple(one for sha256, one in signatures if sha256 != statement.sha256),
        reasons=tuple(
            check_closing(
                held.due,
                due=held.due,
                open_from=held.open_from,
                today=clock.today(),
                is_programme=held.is_programme,
            )
        ),
        kinds=tuple(_open_kinds(family, days)),
        entries=_of_its_own(family, days),
        corrections=_corrections(family, days),
    )


def _of_its_own(family: Sequence[int], days: Period) -> int:
    held = Entry.objects.filter(pairing_id__in=family, counts_on=None)
    return held.in_days(days).standing_before(days.end).count()


def _corrections(family: Sequence[int], days: Period) -> int:
    out = Entry.objects.filter(pairing_id__in=family).taken_out()
    # Of one corrected twice in this month, the first correction stood in it too, and took nothing out of a closed one.
    before = out.annotate(day=Coalesce("counts_on", "happened_on")).filter(Q(day__lt=days.start))
    return before.filter(Q(taken_out_on__gte=days.start, taken_out_on__lt=days.end)).count()


def _open_kinds(family: Sequence[int], days: Period) -> Iterator[OpenKind]:
    rows = sums(family, days)
    entries = Entry.objects.filter(pairing_id__in=family).in_days(days).standing_before(days.end)
    in_dispute = entries.with_state().filter(Q(verdict="disputed")).order_by().values_list("kind")
    disputed = dict(in_dispute.annotate(Count("id")))
    for kind, record in kinds_offering(Record):
        own = [row for row in rows if row.kind == kind.code]
        expecting = {stage.code for stage in record.stages if stage.papers}
        count, confirmed = (
            sum(getattr(row, name) for row in own) for name in ("entries", "confirmed_entries")
        )
        if own:
            yield OpenKind(
                code=kind.code,
                label=kind.label,
                entries=count,
                one_sided=max(count - confirmed - disputed.get(kind.code, 0), 0),
                disputed=disputed.get(kind.code, 0),
                without_papers=sum(
                    max(row.entries - row.with_papers, 0) for row in own if row.stage in expecting
                ),
            )


def _signatures(pairing_id: int, month: date) -> list[tuple[str, Signature]]:
    rows = (
        MonthSignature.objects.filter(pairing_id=pairing_id, month=month)
        .select_related("signed_by", "signed_for")
        .order_by("id")
    )
    return [(row.statement_sha256, _signature(row)) for row in rows]


def _signature(row: MonthSignature) -> Signature:
    return Signature(
        side="assisting" if row.side == "assisting" else "assisted",
        at=row.signed_at,
        by=row.signed_by.display_name,
        signed_for=Text(row.signed_for.name_zh, row.signed_for.name_en),
    )


def _closed_months(pairing_id: int, family: Sequence[int]) -> list[ClosedMonth]:
    """The closed months newest first, in three questions."""
    signed: dict[tuple[date, str], list[Signature]] = {}
    rows = MonthSignature.objects.filter(pairing_id=pairing_id).select_related("signed_by", "signed_for")
    for row in rows.order_by("id"):
        signed.setdefault((row.month, row.statement_sha256), []).append(_signature(row))
    corrected: dict[date, int] = {}
    out = Entry.objects.filter(pairing_id__in=family).taken_out()
    for entry in out.only("counts_on", "happened_on"):
        day = entry.counts_on or entry.happened_on
        # A correction corrected again before its month was closed took nothing out of a closed one.
        if day != entry.taken_out_on:
            corrected[month_of(day)] = corrected.get(month_of(day), 0) + 1
    return [
        ClosedMonth(
            month=one.month,
            entries=one.entries,
            closed_at=one.closed_at,
            statement_sha256=one.statement_sha256,
            signatures=tuple(signed.get((one.month, one.statement_sha256), ())),
            corrected=corrected.get(one.month, 0),
        )
        for one in Closing.objects.filter(pairing_id=pairing_id).order_by("-month")
    ]
