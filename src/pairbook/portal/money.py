"""Follow the money: what a programme's money is told by, from giver over fund and project to payee.

Knows no kind by name: money is what kinds carry that say so, and what happens to it is told by what a stage does to it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse

from pairbook.kernel.money import MINOR_UNITS, Money
from pairbook.kernel.periods import Period
from pairbook.kernel.texts import Lang, Text
from pairbook.pairings.reads import PairingRow, family_ids
from pairbook.register.ageing import WHERE_LABELS, Where, ages, ages_of, limits
from pairbook.register.known import moves_of_money
from pairbook.register.reads import FundRow, funds_of
from pairbook.register.shapes import NATURES
from pairbook.register.tracing import (
    Assignment,
    Names,
    Return,
    Trace,
    Use,
    funds_traced,
    names_in,
    trace_funds,
)
from pairbook.web.charts import Chart
from pairbook.web.numbers import currency_word, day_in_words, money
from pairbook.web.sankey import Band, Node, sankey

_FIRST = date.min
# More than so many names in one column cannot be read; the smallest are drawn as one, and all stand in the tables.
NODES_MAX = 20
HEADS = (
    Text("给出单位", "Givers"),
    Text("资金", "Funds"),
    Text("项目", "Projects"),
    Text("收款方", "Payees"),
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the sentence on top; a number opens the entries it counts."""

    words: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class ProjectMoney:
    """What one project has: assigned, spent, given back, left."""

    id: int
    name: Text
    assigned: Money
    spent: Money
    returned: Money
    left: Money
    payees: int
    url: str


@dataclass(frozen=True, slots=True)
class GiverMoney:
    """What one giver gave to one fund, as far as it arrived."""

    name: Text
    fund: Text
    received: Money
    entries: int
    url: str


@dataclass(frozen=True, slots=True)
class RestingTold:
    """What rests in one place, by how long it has."""

    label: Text
    amounts: tuple[Money, ...]
    url: str


@dataclass(frozen=True, slots=True)
class MoneyTold:
    """A programme's money up to a day: in one sentence, as a picture, as tables."""

    trace: Trace
    sentence: tuple[Piece, ...]
    chart: Chart
    givers: tuple[GiverMoney, ...]
    projects: tuple[ProjectMoney, ...]
    funds: tuple[FundRow, ...]
    """What can be chosen."""
    ages: tuple[Text, ...]
    resting: tuple[RestingTold, ...]
    """What has arrived nowhere yet, is assigned to no project or not paid, by how long."""


def money_told(pairing: PairingRow, day: date, *, of: str, lang: Lang) -> MoneyTold:
    """The money of a programme up to a day; `of` a nature or the code of one fund, empty for all in yuan."""
    family = family_ids(pairing.id)
    funds = tuple(funds_of(family))
    ids = funds_traced(
        family, nature=of if of in NATURES else None, code=of if of and of not in NATURES else None
    )
    trace = trace_funds(ids, period=Period.inclusive(_FIRST, day))
    names, links = names_in(trace), Links(pairing.code, day)
    rests = ages_of(family, day, fund_ids=ids, currency=trace.currency)
    return MoneyTold(
        trace=trace,
        sentence=tuple(_sentence(trace, links, day, lang)),
        chart=flow_chart(trace, names, links, lang=lang),
        givers=tuple(_givers(trace, names, links)),
        projects=tuple(_projects(trace, names, links)),
        funds=funds,
        ages=tuple(ages(limits(day))),
        resting=tuple(
            RestingTold(
                WHERE_LABELS[where],
                tuple(Money(minor, trace.currency) for minor in minors),
                links.entries(move=_RESTS_AFTER[where]),
            )
            for where, minors in rests.items()
        ),
    )


_RESTS_AFTER: dict[Where, str] = {"on_the_way": "send", "unassigned": "receive", "unspent": "assign"}


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses of lists of entries: of one fund, project or party, of what was done to money, up to a day."""

    pairing_code: str
    day: date | None = None

    def entries(self, *, move: str = "", **wanted: object) -> str:
        """The list of the entries asked for."""
        stages = [f"{kind}.{stage}" for (kind, stage), one in moves_of_money().items() if one == move]
        parts = {"stage": stages[0] if len(stages) == 1 else "", "to": self.day or "", **wanted}
        query = urlencode({name: value for name, value in parts.items() if value})
        return f"{reverse('portal:entries', args=[self.pairing_code])}?{query}"


def flow_chart(
    trace: Trace, names: Names, links: Links, *, lang: Lang, key: str = "money", has_givers: bool = True
) -> Chart:
    """The Sankey of a trace; without givers it begins with the funds, as for one project.

    What is left is drawn where it lies: with the fund while no project has it, with the project until it is paid.
    """
    flow = _Flow(trace, names, links, lang)
    flow.assignments()
    if has_givers:
        flow.sources()
    flow.uses()
    flow.returns()
    flow.rests()
    first = 0 if has_givers else 1
    heads = [head.in_(lang) for head in HEADS[first:]]
    nodes = [
        Node(node.key, node.label, node.column - first, node.url, node.is_rest)
        for node in flow.nodes.values()
    ]
    said = Text(
        "每条带子的宽度是金额；从左到右：谁给的、记在哪笔资金、安排到哪个项目、付给了谁。",
        "Each band is as wide as its amount; from left to right: who gave, in which fund, for which project, to whom.",
    )
    return sankey(
        nodes,
        flow.drawn_bands(),
        heads=heads,
        title=Text("资金流向", "Follow the money").in_(lang),
        description=said.in_(lang),
        unit=currency_word(trace.currency, lang),
        lang=lang,
        key=key,
    )


@dataclass
class _Flow:
    """Nodes and bands gathered from a trace."""

    trace: Trace
    names: Names
    links: Links
    lang: Lang
    nodes: dict[str, Node] = field(default_factory=dict)
    amounts: dict[tuple[str, str], Decimal] = field(default_factory=dict)
    urls: dict[tuple[str, str], str] = field(default_factory=dict)
    tones: dict[tuple[str, str], int] = field(default_factory=dict)

    def sources(self) -> None:
        """Givers to funds; the smallest givers of many are one node."""
        gave: dict[int, int] = {}
        for one in self.trace.sources:
            gave[one.giver_id] = gave.get(one.giver_id, 0) + one.minor
        named = _largest(gave)
        for one in self.trace.sources:
            party = self.names.parties[one.giver_id]
            giver = self._node("giver", one.giver_id if one.giver_id in named else 0, 0)
            url = self.links.entries(move="receive", fund=one.fund_id, party=party.code)
            self._band(giver, self._node("fund", one.fund_id, 1), one.minor, url)

    def assignments(self) -> None:
        """Funds to projects."""
        for one in self.trace.assignments:
            url = self.links.entries(move="assign", fund=one.fund_id, project=one.project_id)
            fund = self._node("fund", one.fund_id, 1)
            self._band(fund, self._node("project", one.project_id, 2), one.minor, url)

    def uses(self) -> None:
        """Projects to payees."""
        got: dict[int, int] = {}
        for one in self.trace.uses:
            got[one.payee_id] = got.get(one.payee_id, 0) + one.minor
        named = _largest(got)
        for one in self.trace.uses:
            party = self.names.parties[one.payee_id]
            url = self.links.entries(move="use", project=one.project_id, party=party.code)
            payee = self._node("payee", one.payee_id if one.payee_id in named else 0, 3)
            self._band(self._node("project", one.project_id, 2), payee, one.minor, url)

    def returns(self) -> None:
        """What went back, from where it lay."""
        for one in self.trace.returns:
            source = ("project", one.project_id, 2) if one.project_id else ("fund", one.fund_id, 1)
            target = self._rest("returned", 3 if one.project_id else 2)
            url = self.links.entries(move="return", fund=one.fund_id)
            self._band(self._node(*source), target, one.minor, url)

    def rests(self) -> None:
        """What is left: with funds, and with projects."""
        came: dict[int, int] = {}
        for source in self.trace.sources:
            came[source.fund_id] = came.get(source.fund_id, 0) + source.minor
        for one in self.trace.assignments:
            came[one.fund_id] = came.get(one.fund_id, 0) - one.minor
        for back in self.trace.returns:
            if not back.project_id:
                came[back.fund_id] = came.get(back.fund_id, 0) - back.minor
        for fund, minor in came.items():
            if minor > 0 and any(source.fund_id == fund for source in self.trace.sources):
                url = self.links.entries(move="receive", fund=fund)
                self._band(self._node("fund", fund, 1), self._rest("unassigned", 2), minor, url)
        for project, minor in self.trace.left_by_project().items():
            if minor > 0:
                url = self.links.entries(move="assign", project=project)
                self._band(self._node("project", project, 2), self._rest("unspent", 3), minor, url)

    def drawn_bands(self) -> list[Band]:
        """The bands that hold something; a refund can leave nothing."""
        return [
            Band(*ends, amount, self.urls[ends], self.tones[ends])
            for ends, amount in self.amounts.items()
            if amount > 0
        ]

    def _node(self, sort: str, number: int, column: int) -> str:
        key = f"{sort}-{number}"
        if key not in self.nodes:
            label, url = self._called(sort, number)
            self.nodes[key] = Node(key, label.in_(self.lang), column, url)
        return key

    def _called(self, sort: str, number: int) -> tuple[Text, str]:
        if not number:
            others = Text("其余单位", "others")
            return others, self.links.entries(move="receive" if sort == "giver" else "use")
        if sort == "fund":
            return self.names.funds[number].name, self.links.entries(fund=number)
        if sort == "project":
            return self.names.projects[number].name, self.links.entries(project=number)
        named = self.names.parties[number]
        move = "receive" if sort == "giver" else "use"
        return named.name, self.links.entries(move=move, party=named.code)

    def _rest(self, sort: str, column: int) -> str:
        key = f"{sort}-{column}"
        move = {"unassigned": "receive", "unspent": "assign", "returned": "return"}[sort]
        self.nodes.setdefault(
            key, Node(key, RESTS[sort].in_(self.lang), column, self.links.entries(move=move), is_rest=True)
        )
        return key

    def _band(self, source: str, target: str, minor: int, url: str) -> None:
        ends = (source, target)
        amount = Decimal(minor) / MINOR_UNITS[self.trace.currency]
        self.amounts[ends] = self.amounts.get(ends, Decimal(0)) + amount
        self.urls.setdefault(ends, url)
        self.tones.setdefault(ends, 1)


RESTS = {
    "unassigned": Text("未安排到项目", "not assigned yet"),
    "unspent": Text("已安排、未支付", "assigned, not paid yet"),
    "returned": Text("退回给出单位", "given back"),
}


def _largest(amounts: dict[int, int]) -> set[int]:
    if len(amounts) <= NODES_MAX:
        return set(amounts)
    return set(sorted(amounts, key=lambda one: -amounts[one])[: NODES_MAX - 1])


def _projects(trace: Trace, names: Names, links: Links) -> Iterator[ProjectMoney]:
    def of(rows: Iterable[Assignment | Use | Return], project: int) -> Money:
        return Money(sum(one.minor for one in rows if one.project_id == project), trace.currency)

    for project, left in trace.left_by_project().items():
        yield ProjectMoney(
            id=project,
            name=names.projects[project].name,
            assigned=of(trace.assignments, project),
            spent=of(trace.uses, project),
            returned=of(trace.returns, project),
            left=Money(left, trace.currency),
            payees=len({one.payee_id for one in trace.uses if one.project_id == project}),
            url=links.entries(project=project),
        )


def _givers(trace: Trace, names: Names, links: Links) -> Iterator[GiverMoney]:
    for one in sorted(trace.sources, key=lambda source: -source.minor):
        party = names.parties[one.giver_id]
        yield GiverMoney(
            name=party.name,
            fund=names.funds[one.fund_id].name,
            received=Money(one.minor, trace.currency),
            entries=len(one.entries),
            url=links.entries(move="receive", fund=one.fund_id, party=party.code),
        )


def _sentence(trace: Trace, links: Links, day: date, lang: Lang) -> Iterator[Piece]:
    """Who gave, what became of it, what is left: one sentence."""

    def told(minor: int, move: str) -> Piece:
        words = money(Decimal(minor) / MINOR_UNITS[trace.currency], lang, currency=trace.currency)
        return Piece(words, links.entries(move=move))

    givers = len({one.giver_id for one in trace.sources})
    payees = len({one.payee_id for one in trace.uses})
    projects = len({one.project_id for one in trace.uses})
    on = day_in_words(day, lang)
    held = trace.left - trace.unassigned
    if lang == "zh":
        yield Piece(f"截至{on}，{givers}家单位给的")
        yield told(trace.received, "receive")
        yield Piece("已经到账：")
        yield told(trace.spent, "use")
        yield Piece(f"付给了{payees}个收款方，用于{projects}个项目；")
        if trace.returned:
            yield told(trace.returned, "return")
            yield Piece("退回了给出单位；")
        yield Piece(f"还剩{money(_yuan(trace, trace.left), lang)}，其中")
        yield told(held, "assign")
        yield Piece("已安排到项目、尚未支付，")
        yield told(trace.unassigned, "receive")
        yield Piece("还没有安排。")
        return
    yield Piece(f"By {on}, ")
    yield told(trace.received, "receive")
    yield Piece(f" of {_counted(givers, 'giver')} had arrived: ")
    yield told(trace.spent, "use")
    yield Piece(f" went to {_counted(payees, 'payee')} for {_counted(projects, 'project')}; ")
    if trace.returned:
        yield told(trace.returned, "return")
        yield Piece(" was given back; ")
    yield Piece(f"{money(_yuan(trace, trace.left), lang)} is left, of which ")
    yield told(held, "assign")
    yield Piece(" is assigned to projects and not paid yet and ")
    yield told(trace.unassigned, "receive")
    yield Piece(" is not assigned.")


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _yuan(trace: Trace, minor: int) -> Decimal:
    return Decimal(minor) / MINOR_UNITS[trace.currency]


def project_flow(
    pairing: PairingRow, project_id: int, *, lang: Lang, day: date | None = None, key: str = "project-money"
) -> Chart | None:
    """The money of one project from its funds to its payees, for the project's own page; None where it has none."""
    family: Sequence[int] = family_ids(pairing.id)
    period = None if day is None else Period.inclusive(_FIRST, day)
    whole = trace_funds(funds_traced(family), period=period)
    own = Trace(
        currency=whole.currency,
        assignments=[one for one in whole.assignments if one.project_id == project_id],
        uses=[one for one in whole.uses if one.project_id == project_id],
        returns=[one for one in whole.returns if one.project_id == project_id],
    )
    if not own.assignments:
        return None
    return flow_chart(own, names_in(own), Links(pairing.code, day), lang=lang, key=key, has_givers=False)
