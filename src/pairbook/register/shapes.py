"""What a kind declares of its entries: stages, papers, details, and the words of an entry's columns."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pairbook.kernel.quantities import UNITS
from pairbook.kernel.texts import Text

Need = Literal["required", "optional", "none"]
Move = Literal["none", "send", "receive", "assign", "use", "refund", "return"]
Direction = Literal["assisting_to_assisted", "assisted_to_assisting"]
DIRECTIONS: dict[str, Text] = {
    "assisting_to_assisted": Text("帮扶方→受援方", "assisting to assisted"),
    "assisted_to_assisting": Text("受援方→帮扶方", "assisted to assisting"),
}
NATURES: dict[str, Text] = {"fiscal": Text("财政", "fiscal"), "social": Text("社会", "social")}
TIERS: dict[str, Text] = {
    "municipal": Text("市级", "municipal"),
    "district": Text("区级", "district"),
    "township": Text("镇级", "township"),
    # Published plans give the two as one sum; splitting it would invent a figure.
    "district_and_town": Text("区、镇两级", "district and town"),
}
STATES: dict[str, Text] = {
    "one_side": Text("一方已记", "one side"),
    "both_sides": Text("双方确认", "both sides"),
    "disputed": Text("有异议", "disputed"),
}


# The words for an entry's columns, the same in forms, workbooks, problems and vouchers.
COLUMNS: dict[str, Text] = {
    "stage": Text("阶段", "Stage"),
    "happened_on": Text("日期", "Date"),
    "giver": Text("给出单位", "From"),
    "receiver": Text("接收单位", "To"),
    "fund": Text("资金", "Fund"),
    "item": Text("物资", "Item"),
    "quantity": Text("数量", "Quantity"),
    "unit": Text("单位", "Unit"),
    "money": Text("金额（元）", "Amount (yuan)"),
    "of_which": Text("其中", "Of which"),
    "nature": Text("性质", "Nature"),
    "campaign": Text("专项行动", "Campaign"),
    "project": Text("项目", "Project"),
    "follows": Text("承接记录", "Follows entry"),
    "document_no": Text("文号/凭证号", "Document no."),
    "note": Text("备注", "Note"),
    "pairing": Text("结对", "Pairing"),
    "reason": Text("更正原因", "Reason for correction"),
}


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A sort of paper: its code and what people call it."""

    code: str
    label: Text


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a kind: what it moves, what it may follow, which papers prove it."""

    code: str
    label: Text
    move: Move = "none"
    follows: tuple[str, ...] = ()
    must_follow: bool = False
    papers: tuple[PaperKind, ...] = ()
    said: Text = Text("", "")
    """How a sentence says it of an amount, with {giver} and {receiver}: "received by {receiver}"."""
    recorded_by: Literal["giver", "receiver"] = "giver"
    """Whose task it is to record this stage, so that the other side can confirm it."""
    is_bounded: bool = False
    """Whether all entries of this stage that follow one entry may together not exceed it; receipts never may."""
    is_across: bool = True
    """Whether it goes from one side to the other. Otherwise both parties may be on one side, and it counts as help
    to the assisted side."""
    money: Need | None = None
    """Whether an amount is asked for at this stage; None as for the kind."""
    quantity: Need | None = None
    item: Need | None = None
    units: tuple[str, ...] = ()
    """The units of this stage; empty as for the kind."""
    counts: str | None = None
    """The unit each entry of this stage counts as one of, "" for none; None as for the kind."""
    project: Need | None = None
    """Whether a project is asked for at this stage; None as for the kind."""
    needs_document: bool = False
    """Whether its document number must be given: what is issued is issued by a document."""

    @property
    def is_limited(self) -> bool:
        """Whether what follows one entry at this stage is limited by it."""
        return self.is_bounded or self.move == "receive"

    @property
    def limit(self) -> str:
        """The limit it shares: all that takes from one entry takes from one amount; else each stage has its own."""
        return self.code if self.move in ("none", "send") else "taken"


@dataclass(frozen=True, slots=True)
class Detail:
    """A field only one kind has."""

    code: str
    label: Text
    sort: Literal["text", "whole", "number", "choice", "day"] = "text"
    """A day is kept as its ISO text, a number as its exact decimal text."""
    choices: tuple[tuple[str, Text], ...] = ()
    required: bool = False
    facet: Literal["", "field", "category"] = ""
    """Whether figures tell its choices apart: `field` is a part of an address, `category` decides which indicator
    counts the entry (cadres or professionals)."""
    stages: tuple[str, ...] = ()
    """The stages that hold it; empty for all."""
    is_public: bool = True

    def is_held_at(self, stage: str) -> bool:
        """Whether entries of this stage hold it."""
        return not self.stages or stage in self.stages


@dataclass(frozen=True, slots=True)
class Subset:
    """A part of what an entry counts, such as the registered poor among the workers: never added to the whole."""

    code: str
    """What the part `subset` of an address says."""
    label: Text
    of: Literal["quantity", "money"] = "quantity"
    stages: tuple[str, ...] = ()
    """The stages that tell it; empty for all."""

    def is_held_at(self, stage: str) -> bool:
        """Whether entries of this stage tell it."""
        return not self.stages or stage in self.stages


@dataclass(frozen=True, slots=True)
class Conversion:
    """How the amount of an entry follows from one in another currency: the codes of the details that say so.

    Either all of them are given or none, and the amount is the original one times the rate, to the fen, half up.
    """

    currency: str
    original: str
    rate: str
    source: str
    """Who published the rate, and for which day."""

    @property
    def codes(self) -> tuple[str, str, str, str]:
        """The details it needs, in their order."""
        return (self.currency, self.original, self.rate, self.source)


@dataclass(frozen=True)
class Record:
    """How entries of a kind are recorded: its offer to the register."""

    stages: tuple[Stage, ...]
    headline: str
    carries: Literal["money", "quantity", "nothing"] = "nothing"
    """What moves between accounts when an entry moves something."""
    money: Need = "none"
    money_is: Literal["cash", "valuation"] = "cash"
    """Whether the amount is money, or what both sides agree a thing is worth; the two are never added unasked."""
    quantity: Need = "none"
    units: tuple[str, ...] = ()
    counts: str = ""
    """The unit each entry counts as one of, where no quantity is typed."""
    fund: Need = "none"
    item: Need = "none"
    nature: str = ""
    """The nature entries take when no fund names one."""
    project: Need = "none"
    details: tuple[Detail, ...] = ()
    subset: Subset | None = None
    conversion: Conversion | None = None
    names_people: tuple[str, ...] = ()
    """The stages whose people can be listed by token, so that persons are told from person-times."""

    def stage(self, code: str) -> Stage | None:
        """The stage with this code, or None."""
        return self._by_code.get(code)

    def stage_place(self, code: str) -> int:
        """Where a stage stands in the order of stages."""
        return [stage.code for stage in self.stages].index(code)

    @cached_property
    def _by_code(self) -> dict[str, Stage]:
        return {stage.code: stage for stage in self.stages}

    @cached_property
    def facet(self) -> Detail | None:
        """The detail by which figures can be told apart, or None."""
        return next((detail for detail in self.details if detail.facet == "field"), None)

    @cached_property
    def category(self) -> Detail | None:
        """The detail that decides which indicators count an entry, or None."""
        return next((detail for detail in self.details if detail.facet == "category"), None)

    def money_at(self, stage: Stage) -> Need:
        """Whether an amount is asked for at a stage."""
        return self.money if stage.money is None else stage.money

    def quantity_at(self, stage: Stage) -> Need:
        """Whether a quantity is asked for at a stage."""
        return self.quantity if stage.quantity is None else stage.quantity

    def item_at(self, stage: Stage) -> Need:
        """Whether an item is asked for at a stage."""
        return self.item if stage.item is None else stage.item

    def project_at(self, stage: Stage) -> Need:
        """Whether a project is asked for at a stage."""
        return self.project if stage.project is None else stage.project

    def units_at(self, stage: Stage) -> tuple[str, ...]:
        """The units a quantity may be typed in at a stage."""
        return stage.units or self.units

    def is_typed(self, stage: Stage, unit: str) -> bool:
        """Whether somebody typed a quantity in this base unit: the one an entry counts as is nobody's typing."""
        bases = {UNITS[code].base for code in self.units_at(stage)}
        return self.quantity_at(stage) != "none" and unit in bases

    def counts_at(self, stage: Stage) -> str:
        """The unit an entry of a stage counts as one of; empty for none."""
        return self.counts if stage.counts is None else stage.counts

    @cached_property
    def money_asked(self) -> Need:
        """Whether forms and sheets ask for an amount: required where every stage requires it."""
        return _over_all(self.money_at(stage) for stage in self.stages)

    @cached_property
    def quantity_asked(self) -> Need:
        """Whether forms and sheets ask for a quantity."""
        return _over_all(self.quantity_at(stage) for stage in self.stages)

    @cached_property
    def item_asked(self) -> Need:
        """Whether forms and sheets ask for an item."""
        return _over_all(self.item_at(stage) for stage in self.stages)

    @cached_property
    def project_asked(self) -> Need:
        """Whether forms and sheets ask for a project."""
        return _over_all(self.project_at(stage) for stage in self.stages)

    @cached_property
    def all_units(self) -> tuple[str, ...]:
        """Every unit some stage is typed in."""
        return tuple(dict.fromkeys(unit for stage in self.stages for unit in self.units_at(stage)))


def _over_all(needs: Iterator[Need]) -> Need:
    found = set(needs)
    return found.pop() if len(found) == 1 else "optional"
