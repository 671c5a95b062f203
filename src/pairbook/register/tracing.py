"""Where money came from and what became of it: of funds by their name, of one entry along what follows what.

Exact and never shared out: a fund keeps its name to the last payee, and every entry that takes money names the one it
takes from. So a fund is traced by adding up its own entries, and an entry by walking its links both ways.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Sum

from pairbook.kernel.money import Money
from pairbook.kernel.periods import Period
from pairbook.kernel.queries import as_day, day_given, marks_for, rows_of
from pairbook.kernel.texts import Text
from pairbook.parties.reads import parties_known
from pairbook.projects.models import Project
from pairbook.register.known import money_kinds, moves_of_money
from pairbook.register.models import Entry, Fund
from pairbook.register.sums import NOT_REPLACED, REPLACED_BEFORE, STANDING_BEFORE


class Step(NamedTuple):
    """One entry of money as a trace reads it."""

    id: int
    root_id: int
    kind: str
    stage: str
    happened_on: date
    giver_id: int
    receiver_id: int
    fund_id: int
    project_id: int
    minor: int
    follows_id: int | None
    pairing_id: int


@dataclass(slots=True)
class Source:
    """What one giver gave to one fund, as far as it arrived."""

    giver_id: int
    fund_id: int
    minor: int = 0
    entries: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Assignment:
    """What of one fund was assigned to one project."""

    fund_id: int
    project_id: int
    minor: int = 0
    entries: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Use:
    """What one payee got of one fund for one project, less what it paid back."""

    fund_id: int
    project_id: int
    payee_id: int
    minor: int = 0
    entries: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Return:
    """What of one fund went back to one giver, out of what a project held (0: out of what none held)."""

    fund_id: int
    project_id: int
    giver_id: int
    minor: int = 0
    entries: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Trace:
    """Money followed from its sources to its uses. All amounts in the smallest unit of one currency.

    Received is always spent + returned + left. A refund lessens what was spent; a settled payment moves nothing more.
    """

    currency: str = "CNY"
    allocated: int = 0
    received: int = 0
    assigned: int = 0
    spent: int = 0
    returned: int = 0
    sources: list[Source] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)
    returns: list[Return] = field(default_factory=list)

    @property
    def left(self) -> int:
        """What was received and neither spent nor given back; what is assigned is part of it."""
        return self.received - self.spent - self.returned

    @property
    def in_transit(self) -> int:
        """What was allocated and has not arrived."""
        return self.allocated - self.received

    @property
    def unassigned(self) -> int:
        """Of what is left, what no project has."""
        return self.received - self.assigned - sum(one.minor for one in self.returns if not one.project_id)

    def left_by_project(self) -> dict[int, int]:
        """What each project still has, in the order in which it was first assigned anything."""
        left: dict[int, int] = {}
        for one in self.assignments:
            left[one.project_id] = left.get(one.project_id, 0) + one.minor
        gone_rows: list[Use | Return] = [*self.uses, *self.returns]
        for gone in gone_rows:
            if gone.project_id:
                left[gone.project_id] = left.get(gone.project_id, 0) - gone.minor
        return left


_COLUMNS = """
    entry.id, COALESCE(entry.root_id, entry.id), entry.kind, entry.stage, entry.happened_on, entry.giver_id,
    entry.receiver_id, entry.fund_id, COALESCE(entry.project_id, 0), entry.money_minor, entry.follows_id,
    entry.pairing_id
"""
_ALWAYS = date.max


def _standing(before: date) -> tuple[str, list[Any]]:
    """Which version of an entry stands, as it counts before a day (a closed month keeps its own), and its marks."""
    sql = f"{STANDING_BEFORE.format('entry')} AND {NOT_REPLACED.format('entry', REPLACED_BEFORE)}"
    return sql, [day_given(before), day_given(before)]


def trace_funds(fund_ids: Sequence[int], *, period: Period | None = None) -> Trace:
    """What these funds of one currency received, and what became of it; of a period, what happened in it."""
    funds = list(Fund.objects.filter(pk__in=fund_ids).values_list("id", "pairing_id", "currency"))
    currencies = {currency for _, _, currency in funds}
    assert len(currencies) <= 1, "money of two currencies is two traces"
    steps = _steps_of_funds([one for one, _, _ in funds], {pairing for _, pairing, _ in funds}, period)
    return _added_up(steps, *currencies)


def funds_traced(
    pairing_ids: Sequence[int], *, nature: str | None = None, code: str | None = None, currency: str = "CNY"
) -> list[int]:
    """The funds of these pairings of a nature, or the one of a code, in one currency."""
    funds = Fund.objects.filter(pairing_id__in=pairing_ids)
    if code is not None:
        return list(funds.filter(code=code).order_by("id").values_list("id", flat=True))
    funds = (
        funds.filter(currency=currency) if nature is None else funds.filter(currency=currency, nature=nature)
    )
    return list(funds.order_by("id").values_list("id", flat=True))


def _steps_of_funds(
    fund_ids: Sequence[int], pairing_ids: Iterable[int], period: Period | None
) -> Iterator[Step]:
    pairings, kinds = sorted(pairing_ids), money_kinds()
    if not fund_ids or not kinds:
        return
    scope = f"""
        entry.pairing_id IN ({marks_for(pairings)}) AND entry.kind IN ({marks_for(kinds)})
        AND entry.fund_id IN ({marks_for(fund_ids)})
    """
    given: list[Any] = [*pairings, *kinds, *fund_ids]
    if period is None:
        standing, marks = _standing(_ALWAYS)
        yield from _ordered(f"{scope} AND {standing}", [*given, *marks])
        return
    start, end = day_given(period.start), day_given(period.end)
    standing, marks = _standing(period.end)
    # The index goes by pairing, kind and day; a fund needs none of its own (PERFORMANCE: each costs more than the row).
    days = "entry.happened_on >= %s AND entry.happened_on < %s AND entry.counts_on IS NULL"
    yield from _ordered(f"{days} AND {scope} AND {standing}", [start, end, *given, *marks])
    days = "entry.counts_on >= %s AND entry.counts_on < %s"
    yield from _ordered(f"{days} AND {scope} AND {standing}", [start, end, *given, *marks])
    # What a correction in the period takes out of an earlier, closed month.
    standing, marks = _standing(period.start)
    source = "register_entry adjusting JOIN register_entry entry ON entry.id = adjusting.replaces_id"
    days = f"""
        adjusting.pairing_id IN ({marks_for(pairings)}) AND adjusting.kind IN ({marks_for(kinds)})
        AND adjusting.counts_on >= %s AND adjusting.counts_on < %s AND entry.happened_on < %s
    """
    out = [*pairings, *kinds, start, end, start, *given, *marks]
    for step in _ordered(f"{days} AND {scope} AND {standing}", out, source):
        yield step._replace(minor=-step.minor)


def _ordered(condition: str, given: Sequence[Any], source: str = "register_entry entry") -> Iterator[Step]:
    sql = f"SELECT {_COLUMNS} FROM {source} WHERE {condition} ORDER BY entry.happened_on, entry.id"
    for row in rows_of(sql, given):
        yield _step(row)


def _step(row: tuple[Any, ...]) -> Step:
    day = as_day(row[4])
    assert day is not None
    return Step._make((*row[:4], day, *row[5:]))


def _added_up(steps: Iterable[Step], currency: str = "CNY") -> Trace:
    trace = Trace(currency=currency)
    sources: dict[tuple[int, int], Source] = {}
    assignments: dict[tuple[int, int], Assignment] = {}
    uses: dict[tuple[int, int, int], Use] = {}
    returns: dict[tuple[int, int, int], Return] = {}
    moves = moves_of_money()
    for step in steps:
        row: Source | Assignment | Use | Return | None = None
        fund, project, sign = step.fund_id, step.project_id, 1
        match moves[step.kind, step.stage]:
            case "send":
                trace.allocated += step.minor
            case "receive":
                trace.received += step.minor
                row = sources.setdefault((step.giver_id, fund), Source(step.giver_id, fund))
            case "assign":
                trace.assigned += step.minor
                row = assignments.setdefault((fund, project), Assignment(fund, project))
            case "use":
                trace.spent += step.minor
                payee = step.receiver_id
                row = uses.setdefault((fund, project, payee), Use(fund, project, payee))
            case "refund":
                trace.spent -= step.minor
                payee, sign = step.giver_id, -1
                row = uses.setdefault((fund, project, payee), Use(fund, project, payee))
            case "return":
                trace.returned += step.minor
                back = step.receiver_id
                row = returns.setdefault((fund, project, back), Return(fund, project, back))
        if row is not None:
            row.minor += sign * step.minor
            row.entries.append(step.id)
    trace.sources, trace.assignments = list(sources.values()), list(assignments.values())
    trace.uses, trace.returns = list(uses.values()), list(returns.values())
    return trace


def spent_by_project(pairing_ids: Sequence[int], *, currency: str = "CNY") -> dict[int, Money]:
    """What was paid for each project of these pairings, less what payees paid back; one question."""
    signs = {
        stage: 1 if move == "use" else -1
        for stage, move in moves_of_money().items()
        if move in ("use", "refund")
    }
    entries = Entry.objects.filter(pairing_id__in=pairing_ids, currency=currency, project_id__isnull=False)
    rows = (
        entries.filter(kind__in=money_kinds(), stage__in={stage for _, stage in signs})
        .current()
        .order_by()
        .values_list("kind", "stage", "project_id")
        .annotate(Sum("money_minor"))
    )
    spent: dict[int, int] = {}
    for kind, stage, project_id, minor in rows:
        spent[project_id] = spent.get(project_id, 0) + signs.get((kind, stage), 0) * minor
    return {project_id: Money(minor, currency) for project_id, minor in spent.items()}


@dataclass(frozen=True, slots=True)
class EntryTrace:
    """The money of one entry: what it follows back to the first promise, what came of it, and both added up."""

    entry: Step
    before: tuple[Step, ...]
    """First step first."""
    after: tuple[Step, ...]
    """In the order of their days."""
    money: Trace


def trace_entry(entry_id: int, *, period: Period | None = None) -> EntryTrace | None:
    """One entry of money followed both ways, up to the last day of a period; None where it carries no money.

    Each entry stands in the version that counted on that day: a closed month keeps its own. Of what was promised or
    sent, what arrived is followed. Of what was taken from a receipt, just that part: it was
    received from the receipt's giver, and is spent, returned or left. A settlement is followed as its payment is.
    """
    day = period.end if period else _ALWAYS
    found = _entry_step(entry_id, day)
    if found is None:
        return None
    before = tuple(_above(found, day))
    start = found
    if moves_of_money()[found.kind, found.stage] == "none" and before and _takes(before[-1]):
        start = before[-1]
    below = [step for step in _below(start, day) if period is None or step.happened_on in period]
    if period is not None and start.happened_on not in period:
        start = start._replace(minor=0)
    return EntryTrace(found, before, tuple(below), _money_of(start, before, below))


@dataclass(frozen=True, slots=True)
class MoneyStep:
    """How much of an entry's money stands at one step of its way."""

    label: Text
    minor: int


def money_steps(found: EntryTrace) -> list[MoneyStep]:
    """What of an entry's money came, was assigned, was spent, went back and is left; what is nothing is left out.

    Of a promise also what was allocated of it, and what is still to come: an agreement is kept in several batches.
    What a payment took is all spent: of one that took from a receipt only what came after is told.
    """
    money, to_come = found.money, still_to_come(found)
    move = moves_of_money()[found.entry.kind, found.entry.stage]
    if move in ("use", "refund", "return") or _is_settlement(found):
        return []
    steps = []
    if move == "none":
        steps.append(MoneyStep(Text("已拨付", "Allocated so far"), money.allocated))
    if to_come is not None:
        steps.append(MoneyStep(Text("已到账", "Arrived so far"), money.received))
        steps.append(MoneyStep(Text("尚未到账", "Still to come"), to_come))
    if move != "assign":
        steps.append(MoneyStep(Text("安排到项目", "Assigned to projects"), money.assigned))
    return [
        *steps,
        MoneyStep(Text("支出（已扣退款）", "Spent, less refunds"), money.spent),
        *([MoneyStep(Text("退回给出单位", "Given back"), money.returned)] if money.returned else []),
        MoneyStep(Text("还剩", "Left of what arrived"), money.left),
    ]


def still_to_come(found: EntryTrace) -> int | None:
    """How much of what was promised or sent has not arrived; None of what arrived, and of what was taken from it."""
    is_before = moves_of_money()[found.entry.kind, found.entry.stage] in ("none", "send")
    if not is_before or _is_settlement(found):
        return None
    return max(found.entry.minor - found.money.received, 0)


def _is_settlement(found: EntryTrace) -> bool:
    """Whether the entry moves nothing because it settles a payment, and not because it promises one."""
    entry, before = found.entry, found.before
    return moves_of_money()[entry.kind, entry.stage] == "none" and bool(before) and _takes(before[-1])


def _takes(step: Step) -> bool:
    return moves_of_money()[step.kind, step.stage] in ("assign", "use", "refund", "return")


def _money_of(start: Step, before: Sequence[Step], below: Sequence[Step]) -> Trace:
    currency = Fund.objects.values_list("currency", flat=True).get(pk=start.fund_id)
    if not _takes(start):
        return _added_up((start, *below), currency)
    # The part this entry took came from its receipt, and from nowhere else.
    moves = moves_of_money()
    receipt = next(step for step in before if moves[step.kind, step.stage] == "receive")
    part = receipt._replace(minor=start.minor)
    above = (
        []
        if moves[start.kind, start.stage] == "assign"
        else [step._replace(minor=start.minor) for step in before if moves[step.kind, step.stage] == "assign"]
    )
    if moves[start.kind, start.stage] == "refund":
        # It was spent and came back: what is followed is what was done with it since.
        start = start._replace(minor=0)
    return _added_up((part, *above, start, *below), currency)


def _entry_step(entry_id: int, before: date) -> Step | None:
    """The version, as it counts before a day, of the thing this entry is a version of, where it carries money."""
    standing, marks = _standing(before)
    sql = f"""
        SELECT {_COLUMNS} FROM register_entry entry
        WHERE (entry.id = (SELECT COALESCE(root_id, id) FROM register_entry WHERE id = %s)
            OR entry.root_id = (SELECT COALESCE(root_id, id) FROM register_entry WHERE id = %s))
            AND {standing}
    """
    steps = [
        _step(row)
        for row in rows_of(sql, [entry_id, entry_id, *marks])
        if row[7] is not None and row[9] is not None
    ]
    return next((step for step in steps if (step.kind, step.stage) in moves_of_money()), None)


def _above(step: Step, before: date) -> list[Step]:
    """What a step follows, first step first."""
    chain: list[Step] = []
    while step.follows_id is not None:
        found = _entry_step(step.follows_id, before)
        assert found is not None, "what is followed is not withdrawn"
        chain.insert(0, found)
        step = found
    return chain


def _below(step: Step, before: date) -> list[Step]:
    """Everything that follows a step, and what follows that, in the order of their days: one question."""
    standing, marks = _standing(before)
    sql = f"""
        WITH RECURSIVE below (root) AS (
            SELECT CAST(%s AS bigint)
            UNION ALL
            SELECT COALESCE(entry.root_id, entry.id)
            FROM below JOIN register_entry entry ON entry.follows_id = below.root
            WHERE {standing}
        )
        SELECT {_COLUMNS} FROM below JOIN register_entry entry ON entry.follows_id = below.root
        WHERE {standing} ORDER BY entry.happened_on, entry.id
    """
    return [_step(row) for row in rows_of(sql, [step.root_id, *marks, *marks])]


@dataclass(frozen=True, slots=True)
class Named:
    """What an id of a trace is called."""

    code: str
    name: Text


@dataclass(frozen=True, slots=True)
class Names:
    """The codes and names behind the ids of a trace; of the project 0, that there is none."""

    parties: dict[int, Named]
    funds: dict[int, Named]
    projects: dict[int, Named]


_NO_PROJECT = Named("", Text("未安排到项目", "no project"))


def names_in(trace: Trace, steps: Iterable[Step] = ()) -> Names:
    """The names of everybody and everything a trace and these steps speak of, in three questions."""
    held = list(steps)
    parties = {one.giver_id for one in trace.sources} | {one.giver_id for one in trace.returns}
    parties |= {use.payee_id for use in trace.uses}
    parties |= {party for step in held for party in (step.giver_id, step.receiver_id)}
    rows: list[Assignment | Use | Return | Step] = [*trace.assignments, *trace.uses, *trace.returns, *held]
    funds = {one.fund_id for one in trace.sources} | {one.fund_id for one in rows}
    projects = {one.project_id for one in rows}
    return names_of(party_ids=parties, fund_ids=funds, project_ids=projects)


def names_of(*, fund_ids: Iterable[int], project_ids: Iterable[int], party_ids: Iterable[int] = ()) -> Names:
    """The names of these parties, funds and projects."""
    return Names(
        parties={one: Named(facts.code, facts.name) for one, facts in parties_known(party_ids).items()},
        funds=_named(Fund.objects.filter(pk__in=list(fund_ids))),
        projects={0: _NO_PROJECT, **_named(Project.objects.filter(pk__in=list(project_ids)))},
    )


def _named(rows: Any) -> dict[int, Named]:
    columns = rows.values_list("id", "code", "name_zh", "name_en")
    return {one: Named(code, Text(zh, en)) for one, code, zh, en in columns}
