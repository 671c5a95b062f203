"""Sums of entries by every facet a figure can be asked by.

They come from running totals where the book is asked as it is now, and from the entries themselves where it is
asked as known at a past moment. Both give the same answer for now; `tests/test_sums.py` holds them to it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, Sum

from pairbook.kernel.kinds import kinds
from pairbook.kernel.periods import Period, next_month
from pairbook.register.models import Entry, Total

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
    entries = entries.filter(kind__in=_every_kind() if kind is None else [kind])
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
    found = []
    for row in rows:
        parts: list[Any] = [part or "" for part in row[:facets]]
        found.append(Sums(*parts, *[number or 0 for number in row[facets:]]))
    return found


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
        pairing_id__in=pairing_ids,
        kind__in=_every_kind(),
        happened_on__gte=month,
        happened_on__lt=next_month(month),
    ).current()
    return days.order_by(order).values_list("happened_on", flat=True)[0]


def _every_kind() -> list[str]:
    """The index goes by pairing, kind and day: naming every kind lets it find the days."""
    return [kind.code for kind in kinds()]
