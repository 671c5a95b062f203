"""`trace`: where money came from and what became of it (CONTRACT section 7)."""

from argparse import Namespace
from datetime import date
from decimal import Decimal
from typing import Any

from pairbook.config.commands.answers import json_number, read_day_given, table, tell_json
from pairbook.kernel.money import MINOR_UNITS
from pairbook.kernel.periods import Period
from pairbook.kernel.problems import Problem, Rejected
from pairbook.kernel.texts import Lang, Text
from pairbook.pairings.reads import family_ids, pairing_of_code, programmes
from pairbook.register.reads import funds_of
from pairbook.register.shapes import COLUMNS, NATURES
from pairbook.register.tracing import Names, Trace, funds_traced, names_in, trace_entry, trace_funds
from pairbook.web.numbers import currency_word, plain

_FIRST, _LAST = date.min, date(9999, 12, 30)


def trace(arguments: Namespace) -> int:
    """Fiscal or social money, one fund, or the money of one entry, followed both ways."""
    problems: list[Problem] = []
    pairing = pairing_of_code(arguments.pairing)
    if pairing is None:
        known = "、".join(row.code for row in programmes())
        cure = Text(f"账本里有：{known}。", f"This book holds: {known}.")
        problems.append(Problem("trace.pairing", COLUMNS["pairing"], cure, value=arguments.pairing))
    first = read_day_given(arguments.first, "--from", problems)
    last = read_day_given(arguments.as_of, "--as-of", problems)
    if first and last and last < first:
        cure = Text("结束日期早于开始日期。", "The last day is before the first.")
        problems.append(Problem("trace.days", Text("--as-of", "--as-of"), cure, value=str(last)))
    if pairing is None or problems:
        raise Rejected(problems)
    period = Period.inclusive(first or _FIRST, last or _LAST) if first or last else None
    family = family_ids(pairing.id)
    found = _traced(arguments.what, family, period)
    if found is None:
        codes = ", ".join(["fiscal", "social", *(fund.code for fund in funds_of(family))])
        cure = Text(
            f"请写：{codes}，或一条资金记录的编号。",
            f"Write one of: {codes}; or the number of an entry of money.",
        )
        raise Rejected([Problem("trace.what", Text("追踪对象", "What to trace"), cure, value=arguments.what)])
    names = names_in(found)
    if arguments.json:
        tell_json(trace_json(found, names))
    else:
        print(_told(found, names, arguments.lang))
    return 0


def _traced(what: str, family: list[int], period: Period | None) -> Trace | None:
    if what in NATURES:
        return trace_funds(funds_traced(family, nature=what), period=period)
    funds = funds_traced(family, code=what)
    if funds:
        return trace_funds(funds, period=period)
    number = what.removeprefix("E")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    found = trace_entry(int(number), period=period)
    return found.money if found is not None and found.entry.pairing_id in family else None


def trace_json(found: Trace, names: Names) -> dict[str, Any]:
    """A trace in the shape of CONTRACT section 7: amounts in yuan, givers, funds, projects and payees by code."""

    def yuan(minor: int) -> int | float:
        return json_number(_amount(minor, found.currency))

    return {
        "received": yuan(found.received),
        "assigned": yuan(found.assigned),
        "spent": yuan(found.spent),
        "returned": yuan(found.returned),
        "left": yuan(found.left),
        "sources": [
            {
                "giver": names.parties[one.giver_id].code,
                "fund": names.funds[one.fund_id].code,
                "amount": yuan(one.minor),
                "entries": one.entries,
            }
            for one in found.sources
        ],
        "uses": [
            {
                "project": names.projects[project].code,
                "payee": names.parties[payee].code,
                "amount": yuan(minor),
                "entries": entries,
            }
            for (project, payee), (minor, entries) in uses_by_payee(found).items()
        ],
    }


def uses_by_payee(found: Trace) -> dict[tuple[int, int], tuple[int, list[int]]]:
    """What each payee got for each project, out of whatever funds were traced."""
    uses: dict[tuple[int, int], tuple[int, list[int]]] = {}
    for one in found.uses:
        key = (one.project_id, one.payee_id)
        minor, entries = uses.get(key, (0, []))
        uses[key] = (minor + one.minor, [*entries, *one.entries])
    return uses


def _amount(minor: int, currency: str) -> Decimal:
    return Decimal(minor) / MINOR_UNITS[currency]


def _told(found: Trace, names: Names, lang: Lang) -> str:
    """The same for reading: what there was, where it came from, what became of it."""
    said = _Words(lang)
    party = {one: named.name.in_(lang) for one, named in names.parties.items()}
    project = {one: named.name.in_(lang) for one, named in names.projects.items()}
    fund = {one: named.name.in_(lang) for one, named in names.funds.items()}

    def number(minor: int) -> str:
        return plain(_amount(minor, found.currency))

    def part(heads: list[str], rows: list[list[str]]) -> str:
        return table(heads, rows, numbers=(len(heads) - 2,))

    money = [(said.received, found.received), (said.assigned, found.assigned), (said.spent, found.spent)]
    money += [(said.returned, found.returned), (said.left, found.left)]
    unit = currency_word(found.currency, lang)
    parts = [table([said.money, unit], [[label, number(minor)] for label, minor in money], numbers=(1,))]
    parts.append(
        part(
            [said.giver, said.fund, said.received, said.entries],
            [
                [party[one.giver_id], fund[one.fund_id], number(one.minor), _ids(one.entries)]
                for one in found.sources
            ],
        )
    )
    parts.append(
        part(
            [said.project, said.payee, said.spent, said.entries],
            [
                [project[where], party[payee], number(minor), _ids(entries)]
                for (where, payee), (minor, entries) in uses_by_payee(found).items()
            ],
        )
    )
    if found.returns:
        parts.append(
            part(
                [said.back, said.project, said.returned, said.entries],
                [
                    [party[one.giver_id], project[one.project_id], number(one.minor), _ids(one.entries)]
                    for one in found.returns
                ],
            )
        )
    return "\n\n".join(parts)


class _Words:
    """The words of the tables in one language."""

    def __init__(self, lang: Lang) -> None:
        self.money = Text("收支", "Money").in_(lang)
        self.received = Text("到账", "Received").in_(lang)
        self.assigned = Text("其中已安排到项目", "Of it, assigned to projects").in_(lang)
        self.spent = Text("支出（已扣退款）", "Spent, less refunds").in_(lang)
        self.returned = Text("退回", "Returned").in_(lang)
        self.left = Text("结余", "Left").in_(lang)
        self.giver = COLUMNS["giver"].in_(lang)
        self.fund = COLUMNS["fund"].in_(lang)
        self.project = COLUMNS["project"].in_(lang)
        self.payee = Text("收款方", "Payee").in_(lang)
        self.back = Text("退给", "Given back to").in_(lang)
        self.entries = Text("记录", "Entries").in_(lang)


def _ids(entries: list[int]) -> str:
    shown = ", ".join(str(one) for one in entries[:4])
    return f"{shown}, … ({len(entries)})" if len(entries) > 4 else shown
