"""Sums of entries by every facet a figure can be asked by.

They come from running totals where the book is asked as it is now, and from the entries themselves where it is
asked as known at a past moment. Both give the same answer for now; `tests/test_sums.py` holds them to it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pairbook.kernel.kinds import kinds as all_kinds
from pairbook.kernel.periods import Period, next_month
from pairbook.kernel.queries import as_day, day_given, moment_given, rows_of
from pairbook.register.accounts import AMOUNTS

FACETS = (
    "kind",
    "stage",
    "direction",
    "year",
    "nature",
    "tier",
    "category",
    "field",
    "item_code",
    "campaign_code",
    "currency",
    "unit",
)


@dataclass(frozen=True, slots=True)
class StageCount:
    """How many entries of a stage a book holds, how many of them both sides confirmed and how many have papers."""

    kind: str
    stage: str
    entries: int
    confirmed_entries: int
    with_papers: int


def stage_counts(pairing_ids: Sequence[int]) -> list[StageCount]:
    """The entries of each stage in these pairings, counted from the running totals and by nothing else."""
    names = ("entries", "confirmed_entries", "with_papers")
    counts = ", ".join(f"CAST(SUM({name}) AS bigint)" for name in names)
    sql = f"""
        SELECT kind, stage, {counts} FROM register_total WHERE pairing_id IN ({_marks(pairing_ids)})
        GROUP BY kind, stage
    """
    return [StageCount(*row) for row in rows_of(sql, pairing_ids)]


@dataclass(frozen=True, slots=True)
class Sums:
    """What the entries of one set of facets add up to in a period."""

    kind: str
    stage: str
    direction: str
    year: int
    nature: str
    tier: str
    category: str
    field: str
    item_code: str
    campaign_code: str
    currency: str
    unit: str
    entries: int
    money_minor: int
    quantity_steps: int
    subset_amount: int
    with_papers: int
    confirmed_entries: int
    confirmed_minor: int
    confirmed_steps: int
    confirmed_subset: int
    confirmed_with_papers: int


def sums(
    pairing_ids: Sequence[int],
    period: Period,
    *,
    known_at: datetime | None = None,
    kinds: Sequence[str] | None = None,
) -> list[Sums]:
    """Sums of a period by every facet a figure can be asked by, of these kinds or of all.

    `known_at` None asks the book as it is now.
    Whole months come from the running totals; days of a begun month, and any past moment, from the entries.
    """
    if known_at is not None:
        return _summed_entries(pairing_ids, period, known_at, kinds)
    first, last = period.start, period.end
    whole_start = first if first.day == 1 else next_month(first)
    whole_end = last.replace(day=1)
    if whole_start >= whole_end:
        return _summed_entries(pairing_ids, period, None, kinds)
    parts = _summed_totals(pairing_ids, whole_start, whole_end, kinds)
    if first < whole_start:
        parts += _summed_entries(pairing_ids, Period(first, whole_start), None, kinds)
    if whole_end < last:
        parts += _summed_entries(pairing_ids, Period(whole_end, last), None, kinds)
    return _merged(parts)


# Asked several times for each page of figures, so in plain SQL (decision 10). SUM of whole numbers is a decimal on
# PostgreSQL, hence the casts.
_OF_TOTALS = f"""
    SELECT {", ".join(FACETS)}, {", ".join(f"CAST(SUM({name}) AS bigint)" for name in AMOUNTS)}
    FROM register_total
    WHERE pairing_id IN ({{pairings}}) AND month >= %s AND month < %s AND kind IN ({{kinds}})
    GROUP BY {", ".join(FACETS)}
"""
# Totals name a missing item or campaign by an empty text, entries by a null reference.
_OF_ENTRIES = """
    SELECT kind, stage, direction, year, nature, tier, category, field,
        COALESCE(item_id, ''), COALESCE(campaign_id, ''), currency, unit,
        COUNT(*),
        CAST(COALESCE(SUM(money_minor), 0) AS bigint),
        CAST(COALESCE(SUM(quantity_steps), 0) AS bigint),
        CAST(COALESCE(SUM(subset_amount), 0) AS bigint),
        CAST(SUM(papered) AS bigint),
        CAST(SUM(signed) AS bigint),
        CAST(COALESCE(SUM(money_minor * signed), 0) AS bigint),
        CAST(COALESCE(SUM(quantity_steps * signed), 0) AS bigint),
        CAST(COALESCE(SUM(subset_amount * signed), 0) AS bigint),
        CAST(SUM(papered * signed) AS bigint)
    FROM (
        SELECT entry.*,
            CASE WHEN (
                SELECT verdict FROM register_answer WHERE entry_id = entry.id {answered} ORDER BY id DESC LIMIT 1
            ) = 'confirmed' THEN 1 ELSE 0 END AS signed,
            CASE WHEN EXISTS (
                SELECT 1 FROM register_paper WHERE entry_id = entry.id {attached}
            ) THEN 1 ELSE 0 END AS papered
        FROM register_entry entry
        WHERE {current}
    ) counted
    GROUP BY kind, stage, direction, year, nature, tier, category, field, item_id, campaign_id, currency, unit
"""
# The index goes by pairing, kind and day: naming every kind lets it find the days.
_CURRENT = """
    pairing_id IN ({pairings}) AND kind IN ({kinds}) AND happened_on >= %s AND happened_on < %s
    AND NOT is_withdrawal {recorded}
    AND NOT EXISTS (SELECT 1 FROM register_entry later WHERE later.replaces_id = entry.id {replaced})
"""


def _summed_totals(
    pairing_ids: Sequence[int], start: date, end: date, kinds: Sequence[str] | None
) -> list[Sums]:
    codes = _kinds(kinds)
    sql = _OF_TOTALS.format(pairings=_marks(pairing_ids), kinds=_marks(codes))
    return [Sums(*row) for row in rows_of(sql, [*pairing_ids, day_given(start), day_given(end), *codes])]


def _summed_entries(
    pairing_ids: Sequence[int], period: Period, known_at: datetime | None, kinds: Sequence[str] | None
) -> list[Sums]:
    codes = _kinds(kinds)
    moment = [] if known_at is None else [moment_given(known_at)]
    until = "" if known_at is None else "AND {} <= %s"
    current = _CURRENT.format(
        pairings=_marks(pairing_ids),
        kinds=_marks(codes),
        recorded=until.format("recorded_at"),
        replaced=until.format("later.recorded_at"),
    )
    sql = _OF_ENTRIES.format(
        answered=until.format("answered_at"), attached=until.format("attached_at"), current=current
    )
    days = [day_given(period.start), day_given(period.end)]
    # In the order of the marks: answered, attached, then the condition with its own two moments.
    return [
        Sums(*row) for row in rows_of(sql, [*moment, *moment, *pairing_ids, *codes, *days, *moment, *moment])
    ]


def latest_ids(
    pairing_ids: Sequence[int],
    period: Period,
    kind: str,
    stage: str,
    *,
    leaves: Sequence[str] = (),
    known_at: datetime | None = None,
) -> list[int]:
    """Of each thing that entries of a stage follow, its newest report in the period; one that follows none counts.

    A thing whose newest entry is of one of the stages `leaves` (closed) is there no more and has no report.
    """
    moment = [] if known_at is None else [moment_given(known_at)]
    until = "" if known_at is None else "AND {} <= %s"
    current = _CURRENT.format(
        pairings=_marks(pairing_ids),
        kinds="%s",
        recorded=until.format("recorded_at"),
        replaced=until.format("later.recorded_at"),
    )
    sql = f"""
        SELECT id, COALESCE(follows_id, -id), stage FROM register_entry entry
        WHERE {current} AND stage IN ({_marks((stage, *leaves))})
        ORDER BY happened_on, CASE WHEN stage = %s THEN 0 ELSE 1 END, id
    """
    days = [day_given(period.start), day_given(period.end)]
    # Of the same day a last report and the closing, the closing came after it.
    rows = rows_of(sql, [*pairing_ids, kind, *days, *moment, *moment, stage, *leaves, stage])
    newest = {thing: (entry_id, at) for entry_id, thing, at in rows}
    return [entry_id for entry_id, at in newest.values() if at == stage]


def sums_of_entries(entry_ids: Sequence[int], *, known_at: datetime | None = None) -> list[Sums]:
    """Sums of just these entries, by every facet."""
    moment = [] if known_at is None else [moment_given(known_at)]
    until = "" if known_at is None else "AND {} <= %s"
    sql = _OF_ENTRIES.format(
        answered=until.format("answered_at"),
        attached=until.format("attached_at"),
        current=f"id IN ({_marks(entry_ids)})",
    )
    return [Sums(*row) for row in rows_of(sql, [*moment, *moment, *entry_ids])]


def small_groups(
    pairing_ids: Sequence[int], kind_codes: Sequence[str], limit: int
) -> set[tuple[str, str, str]]:
    """Kind, stage and direction of which some entry, in any version, counts or tells apart fewer than `limit`."""
    sql = f"""
        SELECT DISTINCT kind, stage, direction FROM register_entry
        WHERE pairing_id IN ({_marks(pairing_ids)}) AND kind IN ({_marks(kind_codes)}) AND (
            quantity_steps < %s OR subset_amount BETWEEN 1 AND %s OR quantity_steps - subset_amount BETWEEN 1 AND %s
        )
    """
    return {
        (kind, stage, direction)
        for kind, stage, direction in rows_of(sql, [*pairing_ids, *kind_codes, limit, limit - 1, limit - 1])
    }


def _marks(values: Sequence[object]) -> str:
    # An empty list asks for nothing, which SQL writes as an IN of NULL.
    return ", ".join(["%s"] * len(values)) or "NULL"


def _kinds(codes: Sequence[str] | None) -> list[str]:
    return [one.code for one in all_kinds()] if codes is None else list(codes)


def _merged(parts: Iterable[Sums]) -> list[Sums]:
    merged: dict[tuple[Any, ...], list[int]] = {}
    for part in parts:
        key = tuple(getattr(part, name) for name in FACETS)
        amounts = merged.setdefault(key, [0] * len(AMOUNTS))
        for place, name in enumerate(AMOUNTS):
            amounts[place] += getattr(part, name)
    return [Sums(*key, *amounts) for key, amounts in merged.items() if amounts[0]]


def first_and_last_day(pairing_ids: Sequence[int]) -> tuple[date, date] | None:
    """The days of the first and last entries that count, or None for an empty book."""
    # By the totals first, of each pairing the ends of their index, so that only the entries of two months are read.
    end = """
        SELECT month FROM register_total WHERE pairing_id = pairing.id AND entries > 0 ORDER BY month {} LIMIT 1
    """
    months = f"""
        SELECT MIN(first), MAX(last) FROM (
            SELECT ({end.format("ASC")}) AS first, ({end.format("DESC")}) AS last
            FROM pairings_pairing pairing WHERE id IN ({_marks(pairing_ids)})
        ) AS ends
    """
    ((first, last),) = rows_of(months, pairing_ids)
    first_month, last_month = as_day(first), as_day(last)
    if first_month is None or last_month is None:
        return None
    return _edge(pairing_ids, first_month, "MIN"), _edge(pairing_ids, last_month, "MAX")


def _edge(pairing_ids: Sequence[int], month: date, which: str) -> date:
    codes = _kinds(None)
    current = _CURRENT.format(pairings=_marks(pairing_ids), kinds=_marks(codes), recorded="", replaced="")
    sql = f"SELECT {which}(happened_on) FROM register_entry entry WHERE {current}"
    ((day,),) = rows_of(sql, [*pairing_ids, *codes, day_given(month), day_given(next_month(month))])
    edge = as_day(day)
    assert edge is not None, "a month with totals has entries"
    return edge
