"""Which accounts an entry moves between and which row of running totals it counts in. Plain values."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Literal, NamedTuple

from pairbook.kernel.periods import month_of
from pairbook.register.rules import EntryFacts
from pairbook.register.shapes import Move

AccountStanding = Literal["outside", "transit", "held", "paid"]


class AccountKey(NamedTuple):
    """An account: whose, where it stands, and of what (fund or item, project, currency or unit)."""

    pairing_id: int
    party_id: int
    standing: AccountStanding
    fund_id: int
    item_code: str
    project_id: int
    measure: str

    @property
    def text(self) -> str:
        """The account in one unique line."""
        return (
            f"{self.pairing_id}/{self.party_id}/{self.standing}/{self.fund_id}/{self.item_code}"
            f"/{self.project_id}/{self.measure}"
        )


def movements(facts: EntryFacts, *, move: Move, carries: str) -> list[tuple[AccountKey, int]]:
    """The accounts an entry takes from and gives to, with signed amounts that sum to nothing.

    Rule: CONTRACT section 8. Sent: outside -> in transit. Received: in transit -> held. Money is assigned: held ->
    held under its project; spent: held under its project -> paid to the payee; refunded: the way back; returned: held
    (under its project, where it was assigned) -> the giver's outside. Goods are used: held -> the user's held.
    """
    if move == "none" or carries == "nothing":
        return []
    amount = facts.money_minor if carries == "money" else facts.quantity_steps
    assert amount is not None, "what moves has an amount"

    def account(party_id: int, standing: AccountStanding, project_id: int = 0) -> AccountKey:
        return AccountKey(
            facts.pairing_id,
            party_id,
            standing,
            facts.fund_id or 0,
            facts.item_code if carries == "quantity" else "",
            project_id,
            facts.currency if carries == "money" else facts.unit,
        )

    project_id = facts.project_id or 0
    if move == "send":
        source, target = account(facts.giver_id, "outside"), account(facts.giver_id, "transit")
    elif move == "receive":
        source, target = account(facts.giver_id, "transit"), account(facts.receiver_id, "held")
    elif move == "assign":
        source, target = account(facts.giver_id, "held"), account(facts.receiver_id, "held", project_id)
    elif move == "refund":
        source = account(facts.giver_id, "paid", project_id)
        target = account(facts.receiver_id, "held", project_id)
    elif move == "return":
        source, target = account(facts.giver_id, "held", project_id), account(facts.receiver_id, "outside")
    elif carries == "money":
        source = account(facts.giver_id, "held", project_id)
        target = account(facts.receiver_id, "paid", project_id)
    else:
        source, target = account(facts.giver_id, "held"), account(facts.receiver_id, "held", project_id)
    return [(source, -amount), (target, amount)]


Place = Literal["on_the_way", "unassigned", "unspent"]
RESTS_AFTER: dict[Move, Place] = {
    "send": "on_the_way",
    "receive": "unassigned",
    "assign": "unspent",
    "refund": "unspent",
}
"""Where money rests after a move, until something takes it from there."""
TAKES: tuple[Move, ...] = ("receive", "assign", "use", "return")
"""The moves that take from money that rests. A refund takes from a payment, and money paid rests nowhere."""


class RestRow(NamedTuple):
    """What is left of one thing for others to take, as its row holds it."""

    thing_id: int
    entry_id: int
    pairing_id: int
    fund_id: int | None
    place: Place
    since: date
    minor: int
    currency: str


class Rests:
    """What is left of every entry of money, counted from the current entries in any order."""

    def __init__(self) -> None:
        self._whole: dict[int, RestRow] = {}
        self._taken: dict[int, int] = {}

    def add(
        self, facts: EntryFacts, *, entry_id: int, thing_id: int, follows_id: int | None, move: Move
    ) -> None:
        """Count one current entry of money."""
        minor = facts.money_minor or 0
        if move in RESTS_AFTER:
            row = (facts.pairing_id, facts.fund_id, RESTS_AFTER[move], facts.happened_on, minor)
            self._whole[thing_id] = RestRow(thing_id, entry_id, *row, facts.currency)
        if move in TAKES and follows_id is not None:
            self._taken[follows_id] = self._taken.get(follows_id, 0) + minor

    def held(self) -> list[RestRow]:
        """Everything that others take from, with what is left of it; 0 where it is all gone."""
        rows = (row._replace(minor=row.minor - self._taken.get(one, 0)) for one, row in self._whole.items())
        return [row for row in rows if row.minor >= 0]

    def left(self) -> list[RestRow]:
        """Everything of which something is left."""
        return [row for row in self.held() if row.minor]


TotalKey = tuple[int, str, str, str, date, int, str, str, str, str, str, str, str, str]


def total_key(facts: EntryFacts) -> TotalKey:
    """The row of running totals an entry counts in: its month and every facet a figure can be asked by."""
    return (
        facts.pairing_id,
        facts.kind,
        facts.stage,
        facts.direction,
        month_of(facts.happened_on),
        facts.year,
        facts.nature,
        facts.tier,
        facts.category,
        facts.field,
        facts.item_code,
        facts.campaign_code,
        facts.currency,
        facts.unit,
    )


@dataclass(slots=True)
class Amounts:
    """What a row of totals holds: all, and of it what both sides confirmed; papers count entries that have one."""

    entries: int = 0
    money_minor: int = 0
    quantity_steps: int = 0
    subset_amount: int = 0
    with_papers: int = 0
    confirmed_entries: int = 0
    confirmed_minor: int = 0
    confirmed_steps: int = 0
    confirmed_subset: int = 0
    confirmed_with_papers: int = 0

    def add(
        self, facts: EntryFacts, *, sign: int = 1, is_confirmed: bool = False, has_papers: bool = False
    ) -> None:
        """Count one entry in (or, with sign -1, out)."""
        money, steps, papers = facts.money_minor or 0, facts.quantity_steps or 0, int(has_papers)
        subset = facts.subset_amount or 0
        self.entries += sign
        self.money_minor += sign * money
        self.quantity_steps += sign * steps
        self.subset_amount += sign * subset
        self.with_papers += sign * papers
        if is_confirmed:
            self.confirmed_entries += sign
            self.confirmed_minor += sign * money
            self.confirmed_steps += sign * steps
            self.confirmed_subset += sign * subset
            self.confirmed_with_papers += sign * papers


AMOUNTS = tuple(one.name for one in fields(Amounts))
"""The columns of amounts, in their order: the same in the table of totals and in every sum."""
