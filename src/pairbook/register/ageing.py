"""Money that rests: sent and not arrived, arrived and not assigned, assigned and not paid; and since when.

Exact, entry by entry: what takes money names the one it takes from, so what is left of each entry has a day of its own
and nothing has to be assumed about which money went first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from pairbook.kernel.periods import ONE_DAY
from pairbook.kernel.queries import as_day, day_given, rows_of
from pairbook.kernel.reads import threshold
from pairbook.kernel.texts import Text
from pairbook.register.rules import idle_class
from pairbook.register.sums import REPLACED_BEFORE, STANDING_BEFORE
from pairbook.register.tracing import money_kinds, moves_of_money

Where = Literal["on_the_way", "unassigned", "unspent"]
WHERE: tuple[Where, ...] = ("on_the_way", "unassigned", "unspent")
WHERE_LABELS: dict[Where, Text] = {
    "on_the_way": Text("已拨付、未到账", "Allocated, not received"),
    "unassigned": Text("已到账、未安排", "Received, not assigned"),
    "unspent": Text("已安排、未支付", "Assigned, not spent"),
}
_WHERE_AFTER: dict[str, Where] = {
    "send": "on_the_way",
    "receive": "unassigned",
    "assign": "unspent",
    "refund": "unspent",
}
# A refund takes from a payment, and money paid rests nowhere.
_TAKING = ("receive", "assign", "use", "return")


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


@cache
def _stages(moves: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple(stage for stage, move in moves_of_money().items() if move in moves)


def limits(day: date) -> Limits:
    """The limits in force on a day."""
    first, second = (threshold(f"register.idle_months_{which}", day) for which in ("first", "second"))
    return Limits(first, second)


def resting(pairing_ids: Sequence[int], day: date) -> list[Resting]:
    """Everything that rests at the end of a day in these pairings, the longest first; one question."""
    kinds, sources, takers = money_kinds(), _stages(tuple(_WHERE_AFTER)), _stages(_TAKING)
    if not pairing_ids or not kinds:
        return []
    sql = f"""
        SELECT * FROM (
            SELECT entry.id, entry.kind, entry.stage, entry.pairing_id, entry.fund_id,
                COALESCE(entry.project_id, 0), entry.giver_id, entry.receiver_id, entry.happened_on, entry.currency,
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
            WHERE entry.pairing_id IN ({_marks(pairing_ids)}) AND entry.kind IN ({_marks(kinds)})
                AND entry.happened_on < %s AND ({_any("entry", sources)})
                AND {STANDING_BEFORE.format("entry")} AND NOT EXISTS (
                    SELECT 1 FROM register_entry later WHERE later.replaces_id = entry.id AND {REPLACED_BEFORE}
                )
        ) AS resting WHERE rest > 0 ORDER BY happened_on, id
    """
    # As it counts on that day: a closed month keeps the versions it was closed with.
    after = day_given(day + ONE_DAY)
    given = [
        after,
        *_parts(takers),
        after,
        after,
        *pairing_ids,
        *kinds,
        after,
        *_parts(sources),
        after,
        after,
    ]
    held, moves = limits(day), moves_of_money()
    found = []
    for row in rows_of(sql, given):
        (
            entry_id,
            kind,
            stage,
            pairing_id,
            fund_id,
            project_id,
            giver_id,
            receiver_id,
            written,
            currency,
            rest,
        ) = row
        since = as_day(written)
        assert since is not None
        age = idle_class(since, day, first_months=held.first, second_months=held.second)
        where = _WHERE_AFTER[moves[kind, stage]]
        ends = (giver_id, receiver_id)
        found.append(
            Resting(entry_id, where, pairing_id, fund_id, project_id, *ends, since, int(rest), currency, age)
        )
    return found


def _marks(values: Sequence[object]) -> str:
    return ", ".join(["%s"] * len(values))


def _any(name: str, stages: Sequence[tuple[str, str]]) -> str:
    return " OR ".join(f"({name}.kind = %s AND {name}.stage = %s)" for _ in stages) or "1 = 0"


def _parts(stages: Sequence[tuple[str, str]]) -> list[str]:
    return [part for stage in stages for part in stage]


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


def by_age(rows: Iterable[Resting], currency: str = "CNY") -> dict[Where, tuple[int, int, int]]:
    """What rests in each place, by how long: below the first limit, past it, past the second."""
    sums: dict[Where, list[int]] = {where: [0, 0, 0] for where in WHERE}
    for one in rows:
        if one.currency == currency:
            sums[one.where][one.age] += one.minor
    return {where: (held[0], held[1], held[2]) for where, held in sums.items()}
