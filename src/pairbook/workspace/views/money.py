"""Pages about money across entries: the way of one entry's money, and what rests where and since when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from pairbook.kernel import clock
from pairbook.kernel.access import Actor, must
from pairbook.kernel.money import Money
from pairbook.kernel.reading import read_day
from pairbook.kernel.texts import Text
from pairbook.register.ageing import (
    WHERE,
    WHERE_LABELS,
    Resting,
    Where,
    ages,
    by_age,
    carried_over,
    limits,
    resting,
)
from pairbook.register.reads import EntryFilter, EntryRow, entry_rows
from pairbook.register.tracing import EntryTrace, Names, names_in, names_of, still_to_come, trace_entry
from pairbook.workspace.views.acting import acting, desk_of, page
from pairbook.workspace.views.entries import entry_at_hand

_ROWS = 100


@require_GET
@acting
def entry_trace(request: HttpRequest, actor: Actor, pairing: str, entry_id: int) -> HttpResponse:
    """The money of one entry followed both ways: what it came from, what became of it, what is left."""
    at_hand = entry_at_hand(actor, pairing, entry_id)
    must(not at_hand.desk.standing.sees_own_only, "register.read")
    found = trace_entry(entry_id)
    if found is None:
        raise Http404
    names, currency = names_in(found.money), found.money.currency
    rows = {row.id: row for row in _rows_of(found)}
    context = {
        "row": at_hand.opened.row,
        "before": [rows[step.id] for step in found.before],
        "here": rows[found.entry.id],
        "after": [rows[step.id] for step in found.after],
        "money": [(label, Money(minor, currency)) for label, minor in _told(found)],
        "sources": [
            (names.parties[one.giver_id].name, names.funds[one.fund_id].name, Money(one.minor, currency))
            for one in found.money.sources
        ],
        "uses": [
            (
                names.projects[one.project_id].name,
                names.parties[one.payee_id].name,
                Money(one.minor, currency),
            )
            for one in found.money.uses
            if one.minor
        ],
    }
    return page(request, actor, "entry_trace", context, desk=at_hand.desk)


def _rows_of(found: EntryTrace) -> list[EntryRow]:
    steps = (*found.before, found.entry, *found.after)
    wanted = EntryFilter(
        pairing_ids=tuple({step.pairing_id for step in steps}), ids=tuple(step.id for step in steps)
    )
    return entry_rows(wanted, limit=len(steps))


def _told(found: EntryTrace) -> Iterable[tuple[Text, int]]:
    money, to_come = found.money, still_to_come(found)
    yield Text("到账", "Received"), money.received
    if to_come is not None:
        yield Text("尚未到账", "Still to come"), to_come
    yield Text("安排到项目", "Assigned to projects"), money.assigned
    yield Text("支出（已扣退款）", "Spent, less refunds"), money.spent
    yield Text("退回", "Given back"), money.returned
    yield Text("结余", "Left"), money.left


@dataclass(frozen=True, slots=True)
class IdleGroup:
    """What rests in one place, of one fund and project: how much by age, and since when the oldest."""

    where: Where
    label: Text
    fund_id: int
    project_id: int
    fund: Text
    project: Text | None
    amounts: tuple[Money, Money, Money]
    oldest: date


@require_GET
@acting
def idle(request: HttpRequest, actor: Actor, pairing: str) -> HttpResponse:
    """Where money rests and since when, by fund and project, down to the entries it is left of."""
    desk = desk_of(actor, pairing)
    must(not desk.standing.sees_own_only, "register.read")
    read = read_day(request.GET.get("as_of", "")) if request.GET.get("as_of") else clock.today()
    day = clock.today() if isinstance(read, Text) else read
    everything = resting(desk.family, day)
    names = names_of(
        fund_ids={one.fund_id for one in everything}, project_ids={one.project_id for one in everything}
    )
    wanted = [one for one in everything if _is_asked(one, request)]
    shown = Paginator(wanted, _ROWS).get_page(request.GET.get("page"))
    left = {one.entry_id: Money(one.minor, one.currency) for one in shown.object_list}
    rows = entry_rows(EntryFilter(pairing_ids=desk.family, ids=tuple(left)), limit=_ROWS, oldest_first=True)
    held = limits(day)
    carried = carried_over(desk.family, day.year - 1)
    carried_names = names_of(
        fund_ids={one.fund_id for one in carried}, project_ids={one.project_id for one in carried}
    )
    context = {
        "day": day,
        "problem": read if isinstance(read, Text) else None,
        "limits": held,
        "sums": [
            (where, WHERE_LABELS[where], [Money(minor) for minor in minors], Money(sum(minors)))
            for where, minors in by_age(everything).items()
        ],
        "ages": ages(held),
        "groups": _groups(everything, names),
        "rows": [(row, left[row.id]) for row in rows],
        "shown": shown,
        "is_narrowed": len(wanted) < len(everything),
        "carried": [
            (
                carried_names.funds[one.fund_id].name,
                carried_names.projects[one.project_id].name,
                Money(one.minor, one.currency),
            )
            for one in carried
        ],
        "carried_year": str(day.year - 1),
    }
    return page(request, actor, "idle", context, desk=desk)


def _is_asked(one: Resting, request: HttpRequest) -> bool:
    """Whether the list was narrowed to what holds this row."""
    asked = {name: request.GET.get(name, "") for name in ("where", "fund", "project", "age")}
    held = {"where": one.where, "fund": str(one.fund_id), "project": str(one.project_id), "age": str(one.age)}
    return all(not value or value == held[name] for name, value in asked.items())


def _groups(rows: Iterable[Resting], names: Names) -> list[IdleGroup]:
    grouped: dict[tuple[Where, int, int], list[Resting]] = {}
    for one in rows:
        grouped.setdefault((one.where, one.fund_id, one.project_id), []).append(one)

    def amount(held: list[Resting], age: int) -> Money:
        return Money(sum(one.minor for one in held if one.age == age), held[0].currency)

    return [
        IdleGroup(
            where=where,
            label=WHERE_LABELS[where],
            fund_id=fund,
            project_id=project,
            fund=names.funds[fund].name,
            project=names.projects[project].name if project else None,
            amounts=(amount(held, 0), amount(held, 1), amount(held, 2)),
            oldest=min(one.since for one in held),
        )
        for (where, fund, project), held in sorted(
            grouped.items(), key=lambda group: (WHERE.index(group[0][0]), group[1][0].since)
        )
    ]
