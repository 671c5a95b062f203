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
from pairbook.kernel.queries import as_day, day_given, marks_for, moment_given, rows_of
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
        SELECT kind, stage, {counts} FROM register_total WHERE pairing_id IN ({marks_for(pairing_ids)})
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


def sums_by_month(pairing_ids: Sequence[int], period: Period) -> dict[date, list[Sums]]:
    """The sums of each of these whole months by every facet; a month in which nothing counts is left out."""
    codes = _kinds(None)
    sql = _OF_TOTALS.format(by="month, ", pairings=marks_for(pairing_ids), kinds=marks_for(codes))
    found: dict[date, list[Sums]] = {}
    for month, *row in rows_of(sql, [*pairing_ids, day_given(period.start), day_given(period.end), *codes]):
        day, summed = as_day(month), Sums(*row)
        assert day is not None
        # Of a correction of a closed month there may be no entry more and a difference all the same.
        if any(getattr(summed, name) for name in AMOUNTS):
            found.setdefault(day, []).append(summed)
    return found


# Asked several times for each page of figures, so in plain SQL (decision 10). SUM of whole numbers is a decimal on
# PostgreSQL, hence the casts.
_OF_TOTALS = f"""
    SELECT {{by}}{", ".join(FACETS)}, {", ".join(f"CAST(SUM({name}) AS bigint)" for name in AMOUNTS)}
    FROM register_total
    WHERE pairing_id IN ({{pairings}}) AND month >= %s AND month < %s AND kind IN ({{kinds}})
    GROUP BY {{by}}{", ".join(FACETS)}
"""
# Totals name a missing item or campaign by an empty text, entries by a null reference.
_OF_ENTRIES = """
    SELECT kind, stage, direction, year, nature, tier, category, field,
        COALESCE(item_id, ''), COALESCE(campaign_id, ''), currency, unit,
        CAST(SUM(times) AS bigint),
        CAST(COALESCE(SUM(times * money_minor), 0) AS bigint),
        CAST(COALESCE(SUM(times * quantity_steps), 0) AS bigint),
        CAST(COALESCE(SUM(times * subset_amount), 0) AS bigint),
        CAST(SUM(times * papered) AS bigint),
        CAST(SUM(times * signed) AS bigint),
        CAST(COALESCE(SUM(times * money_minor * signed), 0) AS bigint),
        CAST(COALESCE(SUM(times * quantity_steps * signed), 0) AS bigint),
        CAST(COALESCE(SUM(times * subset_amount * signed), 0) AS bigint),
        CAST(SUM(times * papered * signed) AS bigint)
    FROM (
        SELECT entry.*,
            CASE WHEN (
                SELECT verdict FROM register_answer WHERE entry_id = entry.id {answered} ORDER BY id DESC LIMIT 1
            ) = 'confirmed' THEN 1 ELSE 0 END AS signed,
            CASE WHEN EXISTS (
                SELECT 1 FROM register_paper WHERE entry_id = entry.id {attached}
            ) THEN 1 ELSE 0 END AS papered
        FROM ({counted}) entry
    ) counted
    GROUP BY kind, stage, direction, year, nature, tier, category, field, item_id, campaign_id, currency, unit
"""
# What counts in a period, each once for (1) or once against (-1): entries on their own day; corrections of closed
# months on the day they count; and, on that day, what these take the place of, out again. So a closed month keeps what
# it counted and the open one has the difference (decision 13). A version replaced in an open month counts nowhere.
# The indexes go by pairing, kind and day: naming every kind lets them find the days.
_COUNTED = """
    SELECT entry.*, 1 AS times FROM register_entry entry
    WHERE entry.pairing_id IN ({pairings}) AND entry.kind IN ({kinds})
        AND entry.happened_on >= %s AND entry.happened_on < %s AND entry.counts_on IS NULL AND {stands}
    UNION ALL
    SELECT entry.*, 1 AS times FROM register_entry entry
    WHERE entry.pairing_id IN ({pairings}) AND entry.kind IN ({kinds})
        AND entry.counts_on >= %s AND entry.counts_on < %s AND {stands}
    UNION ALL
    SELECT entry.*, -1 AS times FROM register_entry later JOIN register_entry entry ON entry.id = later.replaces_id
    WHERE later.pairing_id IN ({pairings}) AND later.kind IN ({kinds})
        AND later.counts_on >= %s AND later.counts_on < %s {replaced}
"""
NOT_REPLACED = "(SELECT later.id FROM register_entry later WHERE later.replaces_id = {0}.id AND {1}) IS NULL"
"""That nothing replaces an entry, under a condition on what would (`later`).

No NOT EXISTS: PostgreSQL makes a join of that, which reads every correction of the book to tell of a hundred entries.
"""
_STANDS = "NOT entry.is_withdrawal {recorded} AND " + NOT_REPLACED.format(
    "entry", "later.counts_on IS NULL {replaced}"
)


def _counted(
    pairing_ids: Sequence[int], period: Period, known_at: datetime | None, codes: Sequence[str]
) -> tuple[str, list[Any]]:
    """What counts in a period as plain SQL, with what fills its marks."""
    moment = [] if known_at is None else [moment_given(known_at)]
    until = "" if known_at is None else "AND {} <= %s"
    replaced = until.format("later.recorded_at")
    stands = _STANDS.format(recorded=until.format("entry.recorded_at"), replaced=replaced)
    sql = _COUNTED.format(
        pairings=marks_for(pairing_ids), kinds=marks_for(codes), stands=stands, replaced=replaced
    )
    scope = [*pairing_ids, *codes, day_given(period.start), day_given(period.end)]
    return sql, [*scope, *moment, *moment, *scope, *moment, *moment, *scope, *moment]


STANDING_BEFORE = "NOT {0}.is_withdrawal AND ({0}.counts_on IS NULL OR {0}.counts_on < %s)"
"""Whether an entry counts before a day, as far as it is itself concerned; its mark takes the day."""
REPLACED_BEFORE = "(later.counts_on IS NULL OR later.counts_on < %s)"
"""Whether what replaces an entry (`later`) does so before a day; its mark takes the day."""


def _summed_totals(
    pairing_ids: Sequence[int], start: date, end: date, kinds: Sequence[str] | None
) -> list[Sums]:
    codes = _kinds(kinds)
    sql = _OF_TOTALS.format(by="", pairings=marks_for(pairing_ids), kinds=marks_for(codes))
    return [Sums(*row) for row in rows_of(sql, [*pairing_ids, day_given(start), day_given(end), *codes])]


def _summed_entries(
    pairing_ids: Sequence[int], period: Period, known_at: datetime | None, kinds: Sequence[str] | None
) -> list[Sums]:
    moment = [] if known_at is None else [moment_given(known_at)]
    until = "" if known_at is None else "AND {} <= %s"
    counted, given = _counted(pairing_ids, period, known_at, _kinds(kinds))
    sql = _OF_ENTRIES.format(
        answered=until.format("answered_at"), attached=until.format("attached_at"), counted=counted
    )
    # In the order of the marks: answered, attached, then what is counted.
    return [Sums(*row) for row in rows_of(sql, [*moment, *moment, *given])]


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
    # A report is of its own day; in which version it counts, the end of the period decides.
    sql = f"""
        SELECT id, COALESCE(follows_id, -id), stage FROM register_entry entry
        WHERE pairing_id IN ({marks_for(pairing_ids)}) AND kind = %s AND happened_on >= %s AND happened_on < %s
            AND {STANDING_BEFORE.format("entry")} {until.format("entry.recorded_at")}
            AND {NOT_REPLACED.format("entry", f"{REPLACED_BEFORE} {until.format('later.recorded_at')}")}
            AND stage IN ({marks_for((stage, *leaves))})
        ORDER BY happened_on, CASE WHEN stage = %s THEN 0 ELSE 1 END, id
    """
    end = day_given(period.end)
    given = [*pairing_ids, kind, day_given(period.start), end, end, *moment, end, *moment]
    # Of the same day a last report and the closing, the closing came after it.
    rows = rows_of(sql, [*given, stage, *leaves, stage])
    newest = {thing: (entry_id, at) for entry_id, thing, at in rows}
    return [entry_id for entry_id, at in newest.values() if at == stage]


def sums_of_entries(entry_ids: Sequence[int], *, known_at: datetime | None = None) -> list[Sums]:
    """Sums of just these entries, by every facet."""
    moment = [] if known_at is None else [moment_given(known_at)]
    until = "" if known_at is None else "AND {} <= %s"
    sql = _OF_ENTRIES.format(
        answered=until.format("answered_at"),
        attached=until.format("attached_at"),
        counted=f"SELECT entry.*, 1 AS times FROM register_entry entry WHERE id IN ({marks_for(entry_ids)})",
    )
    return [Sums(*row) for row in rows_of(sql, [*moment, *moment, *entry_ids])]


def small_groups(
    pairing_ids: Sequence[int], kind_codes: Sequence[str], limit: int
) -> set[tuple[str, str, str]]:
    """Kind, stage and direction of which some entry, in any version, counts or tells apart fewer than `limit`."""
    sql = f"""
        SELECT DISTINCT kind, stage, direction FROM register_entry
        WHERE pairing_id IN ({marks_for(pairing_ids)}) AND kind IN ({marks_for(kind_codes)}) AND (
            quantity_steps < %s OR subset_amount BETWEEN 1 AND %s OR quantity_steps - subset_amount BETWEEN 1 AND %s
        )
    """
    return {
        (kind, stage, direction)
        for kind, stage, direction in rows_of(sql, [*pairing_ids, *kind_codes, limit, limit - 1, limit - 1])
    }


def _kinds(codes: Sequence[str] | None) -> list[str]:
    return [one.code for one in all_kinds()] if codes is None else list(codes)


def _merged(parts: Iterable[Sums]) -> list[Sums]:
    merged: dict[tuple[Any, ...], list[int]] = {}
    for part in parts:
        key = tuple(getattr(part, name) for name in FACETS)
        amounts = merged.setdefault(key, [0] * len(AMOUNTS))
        for place, name in enumerate(AMOUNTS):
            amounts[place] += getattr(part, name)
    # Of a correction of a closed month there may be no entry more and a difference all the same.
    return [Sums(*key, *amounts) for key, amounts in merged.items() if any(amounts)]


def first_and_last_day(pairing_ids: Sequence[int]) -> tuple[date, date] | None:
    """The first and the last day on which something counts, or None for an empty book."""
    # By the totals first, of each pairing the ends of their index, so that only the entries of two months are read.
    end = """
        SELECT month FROM register_total
        WHERE pairing_id = pairing.id
            AND (entries <> 0 OR money_minor <> 0 OR quantity_steps <> 0 OR subset_amount <> 0)
        ORDER BY month {} LIMIT 1
    """
    months = f"""
        SELECT MIN(first), MAX(last) FROM (
            SELECT ({end.format("ASC")}) AS first, ({end.format("DESC")}) AS last
            FROM pairings_pairing pairing WHERE id IN ({marks_for(pairing_ids)})
        ) AS ends
    """
    ((first, last),) = rows_of(months, pairing_ids)
    first_month, last_month = as_day(first), as_day(last)
    if first_month is None or last_month is None:
        return None
    return _edge(pairing_ids, first_month, "MIN"), _edge(pairing_ids, last_month, "MAX")


def _edge(pairing_ids: Sequence[int], month: date, which: str) -> date:
    codes = _kinds(None)
    scope = f"pairing_id IN ({marks_for(pairing_ids)}) AND kind IN ({marks_for(codes)})"
    stands = _STANDS.format(recorded="", replaced="")
    sql = f"""
        SELECT {which}(day) FROM (
            SELECT happened_on AS day FROM register_entry entry
            WHERE {scope} AND happened_on >= %s AND happened_on < %s AND counts_on IS NULL AND {stands}
            UNION ALL
            SELECT counts_on AS day FROM register_entry entry
            WHERE {scope} AND counts_on >= %s AND counts_on < %s
        ) AS counted
    """
    given = [*pairing_ids, *codes, day_given(month), day_given(next_month(month))]
    ((day,),) = rows_of(sql, [*given, *given])
    edge = as_day(day)
    assert edge is not None, "a month with totals has entries"
    return edge
