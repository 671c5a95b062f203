"""What a kind declares of its entries: stages, papers, details, and the words of an entry's columns."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pairbook.kernel.texts import Text

Need = Literal["required", "optional", "none"]
Move = Literal["none", "send", "receive", "use"]
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


@dataclass(frozen=True, slots=True)
class Detail:
    """A field only one kind has."""

    code: str
    label: Text
    sort: Literal["text", "whole", "choice"] = "text"
    choices: tuple[tuple[str, Text], ...] = ()
    required: bool = False
    is_facet: bool = False
    """Whether figures can be asked for one choice of it (the part `field` of an address)."""
    is_public: bool = True


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
        return next((detail for detail in self.details if detail.is_facet), None)
