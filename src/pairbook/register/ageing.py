"""Money that rests: sent and not arrived, arrived and not assigned, assigned and not paid; and since when.

Exact, entry by entry: what takes money names the one it takes from, so what is left of each entry has a day of its own
and nothing has to be assumed about which money went first. What is left now is kept with every entry (`ledger`); what
was left on an earlier day is that and what was taken since.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pairbook.kernel.periods import ONE_DAY
from pairbook.kernel.queries import as_day, day_given, marks_for, rows_in, rows_of
from pairbook.kernel.reads import threshold
from pairbook.kernel.texts import Text
from pairbook.register.accounts import RESTS_AFTER, TAKES, Place
from pairbook.register.known import money_kinds, moves_of_money
from pairbook.register.rules import idle_class, idle_since
from pairbook.register.sums import REPLACED_BEFORE, STANDING_BEFORE

Where = Place
WHERE: tuple[Where, ...] = ("on_the_way", "unassigned", "unspent")
WHERE_LABELS: dict[Where, Text] = {
    "on_the_way": Text("已拨付、未到账", "Allocated, not received"),
    "unassigned": Text("已到账、未安排", "Received, not assigned"),
    "unspent": Text("已安排、未支付", "Assigned, not spent"),
}


@dataclass(frozen=True, slots=True)
class Limits:
    """From how many months on money is idle, and idle for long."""

    first: int
    second: int


def ages(held: Limits) -> list[Text]:
    """What the classes of age are called, under the limits in force."""
    return [
        Text(f"不满{held.first}个月", f"under {held.first} months"),
        Text(f"{held.first}至{held.second}个月", f"{held.first} to {held.second} months"),
        Text(f"{held.second}个月以上", f"{held.second} months and more"),
    ]


@dataclass(frozen=True, slots=True)
class Resting:
    """What is left of one entry: where it rests, whose it is, since when, and how long that is."""

    entry_id: int
    where: Where
    pairing_id: int
    fund_id: int
    project_id: int
    """0 for none."""
    giver_id: int
    holder_id: int
    since: date
    minor: int
    currency: str
    age: int
    """0 below the first limit, 1 past it, 2 past the second."""


def limits(day: date) -> Limits:
    """The limits in force on a day."""
    first, second = (threshold(f"register.idle_months_{which}", day) for which in ("first", "second"))
    return Limits(first, second)


_NOW = "FROM register_rest rest WHERE rest.pairing_id IN ({pairings}) AND rest.since <= %s AND rest.minor > 0"
# What was taken after a day of what had come by then, and so still rested. Each taker names the thing it takes from,
# whose row stays when nothing of it is left.
_TAKEN = """
    FROM register_entry taker JOIN register_rest rest ON rest.thing_id = taker.follows_id
    WHERE taker.pairing_id IN ({pairings}) AND taker.kind IN ({kinds}) AND taker.happened_on > %s
        AND NOT taker.is_withdrawal AND ({takers}) AND rest.since <= %s
        AND NOT EXISTS (SELECT 1 FROM register_entry later WHERE later.replaces_id = taker.id)
"""
# In all, and of it what has rested since two days or longer.
_BY_AGE = """
    SUM({minor}), SUM(CASE WHEN rest.since <= %s THEN {minor} ELSE 0 END),
    SUM(CASE WHEN rest.since <= %s THEN {minor} ELSE 0 END)
"""


def resting(pairing_ids: Sequence[int], day: date) -> list[Resting]:
    """Everything that rests at the end of a day in these pairings, the longest first."""
    left = (_counted_then if _is_corrected_after(pairing_ids, day) else _left_then)(pairing_ids, day)
    columns = """
        id, kind, stage, pairing_id, fund_id, COALESCE(project_id, 0), giver_id, receiver_id, happened_on, currency
    """
    held, moves = limits(day), moves_of_money()
    found = []
    for entry_id, kind, stage, *ends, written, currency in rows_in(columns, "register_entry", "id", left):
        since = as_day(written)
        assert since is not None
        if since > day:
            continue
        age = idle_class(since, day, first_months=held.first, second_months=held.second)
        pairing_id, fund_id, project_id, giver_id, holder_id = ends
        found.append(
            Resting(
                entry_id,
                RESTS_AFTER[moves[kind, stage]],
                pairing_id,
                fund_id,
                project_id,
                giver_id,
                holder_id,
                since,
                left[entry_id],
                currency,
                age,
            )
        )
    return sorted(found, key=lambda one: (one.since, one.entry_id))


def _is_corrected_after(pairing_ids: Sequence[int], day: date) -> bool:
    """Whether a correction of a closed month counts only after a day: what is left now then says nothing of it."""
    if not pairing_ids:
        return False
    kinds = money_kinds()
    sql = f"""
        SELECT 1 FROM register_entry
        WHERE pairing_id IN ({marks_for(pairing_ids)}) AND kind IN ({marks_for(kinds)}) AND counts_on > %s LIMIT 1
    """
    return bool(rows_of(sql, [*pairing_ids, *kinds, day_given(day)]))


def _left_then(pairing_ids: Sequence[int], day: date) -> dict[int, int]:
    """By entry, what is left now of what had come by a day, and what was taken from it since."""
    left: dict[int, int] = {}
    if pairing_ids:
        now = f"SELECT rest.entry_id, rest.minor {_NOW.format(pairings=marks_for(pairing_ids))}"
        taken, given = _taken_since(pairing_ids, day)
        rows = rows_of(now, [*pairing_ids, day_given(day)])
        rows += rows_of(f"SELECT rest.entry_id, taker.money_minor {taken}", given)
        for entry_id, minor in rows:
            left[entry_id] = left.get(entry_id, 0) + minor
    return left


def _counted_then(pairing_ids: Sequence[int], day: date) -> dict[int, int]:
    """The same from the entries as they counted on a day: a closed month keeps the versions it was closed with."""
    kinds = money_kinds()
    sources = [stage for stage, move in moves_of_money().items() if move in RESTS_AFTER]
    takers = [stage for stage, move in moves_of_money().items() if move in TAKES]
    sql = f"""
        SELECT * FROM (
            SELECT entry.id,
                entry.money_minor - COALESCE((
                    SELECT SUM(taker.money_minor) FROM register_entry taker
                    WHERE taker.follows_id = COALESCE(entry.root_id, entry.id)
                        AND taker.happened_on < %s AND ({_any("taker", takers)})
                        AND {STANDING_BEFORE.format("taker")} AND NOT EXISTS (
                            SELECT 1 FROM register_entry later
                            WHERE later.replaces_id = taker.id AND {REPLACED_BEFORE}
                        )
                ), 0) AS rest
            FROM register_entry entry
            WHERE entry.pairing_id IN ({marks_for(pairing_ids)}) AND entry.kind IN ({marks_for(kinds)})
                AND entry.happened_on < %s AND ({_any("entry", sources)})
                AND {STANDING_BEFORE.format("entry")} AND NOT EXISTS (
                    SELECT 1 FROM register_entry later WHERE later.replaces_id = entry.id AND {REPLACED_BEFORE}
                )
        ) AS resting WHERE rest > 0
    """
    after = day_given(day + ONE_DAY)
    of_takers, of_sources = ([part for stage in stages for part in stage] for stages in (takers, sources))
    given = [after, *of_takers, after, after, *pairing_ids, *kinds, after, *of_sources, after, after]
    return {entry_id: int(minor) for entry_id, minor in rows_of(sql, given)}


def _any(name: str, stages: Sequence[tuple[str, str]]) -> str:
    return " OR ".join(f"({name}.kind = %s AND {name}.stage = %s)" for _ in stages) or "1 = 0"


def _taken_since(pairing_ids: Sequence[int], day: date) -> tuple[str, list[Any]]:
    """Where what was taken after a day had rested on it, as plain SQL, with what fills its marks."""
    kinds = money_kinds()
    takers = [stage for stage, move in moves_of_money().items() if move in TAKES]
    sql = _TAKEN.format(pairings=marks_for(pairing_ids), kinds=marks_for(kinds), takers=_any("taker", takers))
    stages = [part for stage in takers for part in stage]
    return sql, [*pairing_ids, *kinds, day_given(day), *stages, day_given(day)]


Ages = dict[Where, tuple[int, int, int]]
"""What rests in each place, by how long: below the first limit, past it, past the second."""


def ages_of(
    pairing_ids: Sequence[int], day: date, *, fund_ids: Iterable[int] | None = None, currency: str = "CNY"
) -> Ages:
    """What rests at the end of a day in these pairings, of these funds or of all, summed without naming an entry."""
    wanted = None if fund_ids is None else set(fund_ids)
    if _is_corrected_after(pairing_ids, day):
        rests = resting(pairing_ids, day)
        return by_age((one for one in rests if wanted is None or one.fund_id in wanted), currency)
    rows: list[tuple[Any, ...]] = []
    if pairing_ids:
        held = limits(day)
        idle = [day_given(idle_since(day, months)) for months in (held.first, held.second)]
        # In the order of the index, so that nothing is sorted.
        now = f"""
            SELECT rest.place, rest.fund_id, rest.currency, {_BY_AGE.format(minor="rest.minor")}
            {_NOW.format(pairings=marks_for(pairing_ids))}
            GROUP BY rest.pairing_id, rest.fund_id, rest.place, rest.currency
        """
        taken, given = _taken_since(pairing_ids, day)
        then = f"""
            SELECT rest.place, rest.fund_id, rest.currency, {_BY_AGE.format(minor="taker.money_minor")} {taken}
            GROUP BY rest.place, rest.fund_id, rest.currency
        """
        rows += rows_of(now, [*idle, *pairing_ids, day_given(day)])
        rows += rows_of(then, [*idle, *given])
    sums: dict[Where, list[int]] = {where: [0, 0, 0] for where in WHERE}
    for where, fund_id, counted, whole, first, second in rows:
        if counted == currency and (wanted is None or fund_id in wanted):
            for age, part in enumerate((whole - first, first - second, second)):
                sums[where][age] += int(part)
    return _as_ages(sums)


@dataclass(frozen=True, slots=True)
class Carried:
    """What a fund carries over the end of a year: of a project not finished, or of none."""

    fund_id: int
    project_id: int
    minor: int
    currency: str


def carried_over(pairing_ids: Sequence[int], year: int) -> list[Carried]:
    """What was received up to the end of a year and neither paid nor given back by then, by fund and project.

    A list and no movement: the money stays where it is, and the next year finds it there.
    """
    sums: dict[tuple[int, int, str], int] = {}
    for one in resting(pairing_ids, date(year, 12, 31)):
        if one.where != "on_the_way":
            key = (one.fund_id, one.project_id if one.where == "unspent" else 0, one.currency)
            sums[key] = sums.get(key, 0) + one.minor
    return [Carried(fund, project, minor, currency) for (fund, project, currency), minor in sums.items()]


def by_age(rows: Iterable[Resting], currency: str = "CNY") -> Ages:
    """What these rests come to in each place, by how long."""
    sums: dict[Where, list[int]] = {where: [0, 0, 0] for where in WHERE}
    for one in rows:
        if one.currency == currency:
            sums[one.where][one.age] += one.minor
    return _as_ages(sums)


def _as_ages(sums: dict[Where, list[int]]) -> Ages:
    return {where: (held[0], held[1], held[2]) for where, held in sums.items()}
