"""The months of a programme: which are to be signed and by whom, which are closed and what was corrected since."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from django.db.models import Count, F, Min, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from pairbook.kernel import clock
from pairbook.kernel.access import SIDES, Side
from pairbook.kernel.kinds import kinds_offering
from pairbook.kernel.periods import Period, month_of, next_month
from pairbook.kernel.texts import Text
from pairbook.pairings.models import Pairing
from pairbook.pairings.reads import family_ids
from pairbook.register.closings.shapes import (
    ClosedMonth,
    MonthsOfBook,
    MonthStanding,
    MonthsToSign,
    OpenKind,
    OpenMonth,
    Signature,
    WaitingMonth,
)
from pairbook.register.closings.statements import month_statements
from pairbook.register.models import Closing, Entry, MonthSignature, Total
from pairbook.register.months import check_closings, month_due, period_of
from pairbook.register.open_days import first_open_days
from pairbook.register.shapes import Record
from pairbook.register.sums import Sums, sums_by_month


def month_standing(pairing_id: int) -> MonthStanding:
    """How far a pairing is closed, and which month is next."""
    open_from = first_open_days([pairing_id]).get(pairing_id)
    holding = _holding(family_ids(pairing_id)).filter(month__gte=open_from or date.min)
    return MonthStanding(
        is_programme=not Pairing.objects.filter(pk=pairing_id, parent__isnull=False).exists(),
        due=month_due(first=holding.aggregate(Min("month"))["month__min"], open_from=open_from),
        open_from=open_from,
    )


def open_months(family: Sequence[int], held: MonthStanding, *, up_to: date | None = None) -> list[date]:
    """The months to close, oldest first: the one whose turn it is and those after it that hold something."""
    if held.due is None:
        return []
    later = _holding(family).filter(month__gt=held.due)
    if up_to is not None:
        later = later.filter(month__lte=up_to)
    return [held.due, *later.order_by("month").values_list("month", flat=True).distinct()]


def _holding(family: Sequence[int]) -> QuerySet[Total]:
    holding = Q(entries__gt=0) | ~Q(money_minor=0) | ~Q(quantity_steps=0)
    return Total.objects.filter(holding, pairing_id__in=family)


def months_of_book(pairing_id: int) -> MonthsOfBook:
    """All months of a programme with how far each is closed."""
    held, family = month_standing(pairing_id), family_ids(pairing_id)
    return MonthsOfBook(
        standing=held,
        due=None if held.due is None else _to_sign(pairing_id, family, held, held.due),
        waiting=() if held.due is None else tuple(_waiting(family, held.due)),
        closed=tuple(_closed_months(pairing_id, family)),
    )


def months_to_sign(pairing_id: int, up_to: date) -> MonthsToSign | None:
    """The month whose turn it is and those after it up to this one that hold something; None in an empty book."""
    held = month_standing(pairing_id)
    return None if held.due is None else _to_sign(pairing_id, family_ids(pairing_id), held, up_to)


def months_signed_by_one(pairing_id: int) -> dict[Side, tuple[date, ...]]:
    """For each side the months it signed as they stand now and the other side did not yet, oldest first."""
    held, family = month_standing(pairing_id), family_ids(pairing_id)
    signatures = _signatures(pairing_id, open_months(family, held))
    # Only now, as it reads the entries of the months.
    statements = month_statements(family, signatures)
    holding = {
        month: {one.side for digest, one in signed if digest == statements[month].sha256}
        for month, signed in signatures.items()
    }
    return {side: tuple(month for month, sides in holding.items() if sides == {side}) for side in SIDES}


def _waiting(family: Sequence[int], due: date) -> Iterator[WaitingMonth]:
    totals = Total.objects.filter(pairing_id__in=family, month__gt=due).order_by("month").values_list("month")
    for month, entries, confirmed in totals.annotate(Sum("entries"), Sum("confirmed_entries")):
        if entries:
            yield WaitingMonth(period_of(month), entries, max(entries - confirmed, 0))


def _to_sign(pairing_id: int, family: Sequence[int], held: MonthStanding, up_to: date) -> MonthsToSign:
    """The months up to the one named; the number of questions does not grow with theirs."""
    months = open_months(family, held, up_to=up_to)
    days = Period(months[0], next_month(months[-1]))
    statements, signatures = month_statements(family, months), _signatures(pairing_id, months)
    kinds, own, corrections = (
        _open_kinds(family, days),
        _of_their_own(family, days),
        _corrections(family, days),
    )
    return MonthsToSign(
        months=tuple(
            OpenMonth(
                month=month,
                statement=statements[month],
                signatures=tuple(
                    one for digest, one in signatures.get(month, []) if digest == statements[month].sha256
                ),
                lapsed=tuple(
                    one for digest, one in signatures.get(month, []) if digest != statements[month].sha256
                ),
                kinds=tuple(kinds.get(month, [])),
                entries=own[month],
                corrections=corrections[month],
            )
            for month in months
        ),
        reasons=tuple(
            check_closings(
                months,
                due=held.due,
                open_from=held.open_from,
                today=clock.today(),
                is_programme=held.is_programme,
            )
        ),
    )


def _of_their_own(family: Sequence[int], days: Period) -> Counter[date]:
    held = Entry.objects.filter(pairing_id__in=family, counts_on=None)
    return _by_month(held.in_days(days).standing_in_their_months(), "day")


def _corrections(family: Sequence[int], days: Period) -> Counter[date]:
    out = Entry.objects.filter(pairing_id__in=family).taken_out()
    # Of one corrected twice in this month, the first correction stood in it too, and took nothing out of a closed one.
    before = out.annotate(day=Coalesce("counts_on", "happened_on")).filter(Q(day__lt=days.start))
    return _by_month(
        before.filter(Q(taken_out_on__gte=days.start, taken_out_on__lt=days.end)), "taken_out_on"
    )


def _by_month(entries: QuerySet[Entry], day: str) -> Counter[date]:
    counts: Counter[date] = Counter()
    for on, count in entries.order_by().values_list(day).annotate(Count("id")):
        counts[month_of(on)] += count
    return counts


def _open_kinds(family: Sequence[int], days: Period) -> dict[date, list[OpenKind]]:
    entries = Entry.objects.filter(pairing_id__in=family).in_days(days).standing_in_their_months()
    in_dispute = entries.with_state().filter(Q(verdict="disputed")).order_by().values_list("kind", F("day"))
    disputed: Counter[tuple[str, date]] = Counter()
    for kind, day, count in in_dispute.annotate(Count("id")):
        disputed[kind, month_of(day)] += count
    return {
        month: list(
            _kinds_of_month(rows, {kind: disputed[kind, month] for kind in {row.kind for row in rows}})
        )
        for month, rows in sums_by_month(family, days).items()
    }


def _kinds_of_month(rows: Sequence[Sums], disputed: Mapping[str, int]) -> Iterator[OpenKind]:
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
                one_sided=max(count - confirmed - disputed[kind.code], 0),
                disputed=disputed[kind.code],
                without_papers=sum(
                    max(row.entries - row.with_papers, 0) for row in own if row.stage in expecting
                ),
            )


def _signatures(pairing_id: int, months: Iterable[date]) -> dict[date, list[tuple[str, Signature]]]:
    """The signatures under each of these months in the order they were given, with the digest of what was signed."""
    rows = (
        MonthSignature.objects.filter(pairing_id=pairing_id, month__in=months)
        .select_related("signed_by", "signed_for")
        .order_by("month", "id")
    )
    found: dict[date, list[tuple[str, Signature]]] = {}
    for row in rows:
        found.setdefault(row.month, []).append((row.statement_sha256, _signature(row)))
    return found


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
