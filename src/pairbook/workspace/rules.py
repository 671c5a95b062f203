"""Decisions of the workspace: what a new entry starts from, what may come next, which field a problem belongs to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, Protocol

from pairbook.kernel.access import Side
from pairbook.kernel.kinds import kinds_offering
from pairbook.kernel.money import Money, sum_money
from pairbook.kernel.problems import Problem
from pairbook.kernel.quantities import UNITS, Quantity
from pairbook.kernel.texts import Text
from pairbook.register.rules import Draft
from pairbook.register.shapes import COLUMNS, Record, Stage

Severity = Literal["serious", "attention"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something an auditor would ask about: the entry, and what is strange in it, with its numbers."""

    entry_id: int
    said: Text


@dataclass(frozen=True)
class Check:
    """A pattern auditors look for in entries of a kind. It lists, it refuses nothing: some of it has good reasons."""

    code: str
    label: Text
    severity: Severity
    source: Text
    """Where such findings were published, or which rule asks for it."""
    find: Callable[[Sequence[int]], list[Finding]]
    """The findings among the current entries of these pairings."""


@dataclass(frozen=True)
class Checks:
    """The checks a kind offers to the page on the quality of the book."""

    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """Something to be done about an entry by a day, and whose task it is."""

    entry_id: int
    due_on: date
    said: Text
    side: Side
    owner: Text = Text("", "")
    """The organisation that answers for it, where one is named."""


@dataclass(frozen=True)
class Dues:
    """What a kind says is to be done by a day: follow-ups, terms that end, goods that expire."""

    find: Callable[[Sequence[int], date], list[Due]]
    """What is due in these pairings, overdue or within the next 31 days of the day given; done ones left out."""


PAPER = Text("佐证材料", "Paper")
PAPER_SORT = Text("材料种类", "Sort of paper")

# What the audit trail's verbs are called on a page.
VERBS: dict[str, Text] = {
    "entry.record": Text("记录", "recorded"),
    "entry.correct": Text("更正", "corrected"),
    "entry.withdraw": Text("撤回", "withdrawn"),
    "entry.confirm": Text("确认", "confirmed"),
    "entry.dispute": Text("提出异议", "disputed"),
    "entry.attach": Text("附材料", "paper attached"),
    "entry.list_people": Text("列入名单", "people listed"),
    "match.accept": Text("与银行流水对上", "matched with the bank"),
    "match.take_back": Text("撤销与银行流水的对应", "match with the bank taken back"),
    "point.note": Text("记待办事项", "point to follow up noted"),
    "point.close": Text("办结待办事项", "point to follow up done"),
}


PointStanding = Literal["done", "overdue", "open"]


def point_standing(*, due_on: date, done_on: date | None, today: date) -> PointStanding:
    """How a point to follow up stands; it is overdue from the day after it was due."""
    if done_on is not None:
        return "done"
    return "overdue" if today > due_on else "open"


def people_counted(quantity: Quantity | None) -> int | None:
    """How many people an entry counts, of whom so many are listed; None where it counts something else."""
    # Person-times and pieces are no number of people: nobody can say how many a list still lacks.
    return int(quantity.amount) if quantity is not None and quantity.unit == "person" else None


def next_stages(record: Record, stage_code: str) -> list[Stage]:
    """The stages that can follow this one, in their order."""
    return [stage for stage in record.stages if stage_code in stage.follows]


def stages_of_side(record: Record, side: Side | None) -> list[Stage]:
    """The stages a side usually records: what it gave, when it assists; what it received or used, when assisted.

    A kind that moves nothing, such as visits, may be recorded by either side.
    """
    task = "giver" if side == "assisting" else "receiver"
    return [stage for stage in record.stages if stage.recorded_by == task or record.carries == "nothing"]


@dataclass(frozen=True, slots=True)
class StageOfLine:
    """A stage a line of a bank statement can be recorded as."""

    kind: str
    code: str
    label: Text


# What comes into and goes out of the account of who holds the money; a payee keeps books of its own.
_IN, _OUT = ("receive", "refund"), ("send", "use", "return")


def stages_of_line(sign: int, *, side: Side | None) -> list[StageOfLine]:
    """What a side can record a line as, of the kinds that carry money; `sign` is 1 for money in, -1 for money out."""
    return [
        StageOfLine(kind.code, stage.code, stage.label)
        for kind, record in kinds_offering(Record)
        if record.carries == "money"
        for stage in stages_of_side(record, side)
        if stage.move in (_IN if sign > 0 else _OUT)
    ]


def draft_of_line(draft: Draft, *, on: date, money: Money, number: str, party_id: int) -> Draft:
    """The draft with what a line of a bank statement says: a proposal, which a person completes and signs."""
    came_in = money.minor > 0
    return replace(
        draft,
        happened_on=on,
        money=money if came_in else -money,
        document_no=number[:120],
        giver_id=draft.giver_id if came_in else party_id,
        receiver_id=party_id if came_in else draft.receiver_id,
    )


@dataclass(frozen=True, slots=True)
class Sides:
    """Who stands on each side by default: the actor's own organisation on its side, the place on the other."""

    own_id: int
    own_side: Side | None
    assisting_id: int
    assisted_id: int

    @property
    def giver_id(self) -> int:
        """Who gives by default."""
        return self.own_id if self.own_side == "assisting" else self.assisting_id

    @property
    def receiver_id(self) -> int:
        """Who receives by default."""
        return self.own_id if self.own_side == "assisted" else self.assisted_id


def fresh_draft(
    *, pairing_id: int, kind: str, stage: Stage, sides: Sides, like: Draft | None, today: date
) -> Draft:
    """What the form of a new entry starts from: today, and the parties of the last such entry."""
    holds = stage.move in ("assign", "use", "return")
    receivers = {"use": None, "return": sides.giver_id, "refund": sides.receiver_id}
    giver_id = sides.receiver_id if holds else None if stage.move == "refund" else sides.giver_id
    return Draft(
        pairing_id=pairing_id,
        kind=kind,
        stage=stage.code,
        giver_id=like.giver_id if like else giver_id,
        receiver_id=like.receiver_id if like else receivers.get(stage.move, sides.receiver_id),
        happened_on=today,
        fund_id=like.fund_id if like else None,
        item_code=like.item_code if like else None,
        campaign_code=like.campaign_code if like else None,
    )


class Amount(Protocol):
    """Anything with an amount of money or a quantity, such as a row of entries."""

    @property
    def money(self) -> Money | None:
        """How much money."""

    @property
    def quantity(self) -> Quantity | None:
        """How many."""


def following_draft(
    followed: Draft, *, followed_id: int, record: Record, stage: Stage, taken: Sequence[Amount], today: date
) -> Draft:
    """What the form of the next stage starts from: what it holds of the entry it follows, less what was taken before.

    The part told apart is counted anew: nobody knows it of what is left.
    """
    giver_id, receiver_id = _parties_after(followed, stage)
    held = {detail.code for detail in record.details if detail.is_held_at(stage.code)}
    units = {UNITS[unit].base for unit in record.units_at(stage)}
    quantity = followed.quantity if record.quantity_at(stage) != "none" else None
    # Vacancies are followed by people: that is another number altogether.
    quantity = quantity if quantity and quantity.unit in units else None
    return replace(
        followed,
        stage=stage.code,
        giver_id=giver_id,
        receiver_id=receiver_id,
        happened_on=today,
        money=_money_left(
            followed.money if record.money_at(stage) != "none" else None,
            [one.money for one in taken if one.money],
        ),
        quantity=_quantity_left(quantity, [one.quantity for one in taken if one.quantity]),
        of_which=None,
        details={code: value for code, value in followed.details.items() if code in held},
        document_no="",
        note="",
        follows_id=followed_id,
    )


def _parties_after(followed: Draft, stage: Stage) -> tuple[int | None, int | None]:
    """Giver and receiver of what follows: whoever received it hands it on; a refund goes the way it came."""
    if stage.move == "use":
        return followed.receiver_id, None
    if stage.move == "assign":
        return followed.receiver_id, followed.receiver_id
    if stage.move in ("refund", "return"):
        return followed.receiver_id, followed.giver_id
    return followed.giver_id, followed.receiver_id


def is_used_up(record: Record, whole: Amount, taken: Sequence[Amount]) -> bool:
    """Whether what an entry carries has been taken to the last of it."""
    if record.carries == "money":
        return _money_left(whole.money, [one.money for one in taken if one.money]) is None
    if record.carries == "quantity":
        return _quantity_left(whole.quantity, [one.quantity for one in taken if one.quantity]) is None
    return False


def _money_left(whole: Money | None, taken: list[Money]) -> Money | None:
    if whole is None:
        return None
    left = whole - sum_money(taken, whole.currency)
    return left if left.minor > 0 else None


def _quantity_left(whole: Quantity | None, taken: list[Quantity]) -> Quantity | None:
    if whole is None:
        return None
    left = whole.steps - sum(one.steps for one in taken)
    return Quantity(left, whole.unit) if left > 0 else None


def field_of(problem: Problem, record: Record) -> str | None:
    """The form field a problem of an entry belongs beside, or None when it belongs to the whole."""
    for column, label in COLUMNS.items():
        if problem.place == label:
            return column
    for detail in record.details:
        if problem.place == detail.label:
            return f"detail_{detail.code}"
    if problem.place == PAPER:
        return "paper"
    return "paper_sort" if problem.place == PAPER_SORT else None
