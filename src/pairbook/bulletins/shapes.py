"""What a checked text is made of, and what must be known of the book before a claim can be understood in its terms."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from pairbook.analysis.claims.shapes import Figure as Claim
from pairbook.indicators.rules import Address
from pairbook.kernel.texts import Lang, Text

Verdict = Literal["holds", "differs", "not_in_book", "cannot_tell"]
VERDICTS: dict[Verdict, Text] = {
    "holds": Text("相符", "holds"),
    "differs": Text("不符", "differs"),
    "not_in_book": Text("账上没有", "is not in the book"),
    "cannot_tell": Text("无法判断", "cannot be told"),
}


_SEVERAL = {"holds": "hold", "differs": "differ", "is not in the book": "are not in the book"}


def _told(words: str, count: int) -> str:
    return words if count == 1 else _SEVERAL.get(words, words)


@dataclass(frozen=True, slots=True)
class Nearest:
    """The address near the claimed one at which the book does have the number."""

    address: Address
    value: Decimal
    unit: str
    differs_in: str


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """One claim with its verdict."""

    claim: Claim
    verdict: Verdict
    reason: Text
    address: Address | None = None
    """What the claim was understood to be, in the book's terms; None where the book has no such terms."""
    book_value: Decimal | None = None
    unit: str = ""
    differs_in: str | None = None
    """Parts of an address (`stage`, `span`, `stage,span`), or `unit`, `currency`, `indicator`, `rounding`."""
    nearest: Nearest | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about several claims of one text, or about how one is told."""

    type: str
    claims: tuple[str, ...]
    holds: bool
    reason: Text
    earlier: tuple[str, ...] = ()
    """The claims of the earlier text it is about."""


@dataclass(frozen=True, slots=True)
class EarlierText:
    """The text a checked one was compared with."""

    lang: Lang
    as_of: date
    text: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """A text held against the book."""

    lang: Lang
    as_of: date
    text: str
    claims: tuple[CheckedClaim, ...]
    findings: tuple[Finding, ...]
    earlier: EarlierText | None = None
    corrected: Mapping[str, Text] = field(default_factory=dict)
    """The claims that are read as a clerk corrected them, each with the office that did so and the day."""
    other_numbers: tuple[Claim, ...] = ()
    """The numbers that claim nothing."""
    notice: Text | None = None
    """What is to be known before its verdicts are read."""

    @property
    def summary(self) -> Text:
        """How many claims hold, differ, are not in the book or cannot be told, in a sentence."""
        counts = [(self.count(verdict), words) for verdict, words in VERDICTS.items()]
        zh = "，".join(f"{count} 处{words.zh}" for count, words in counts if count)
        en = ", ".join(f"{count} {_told(words.en, count)}" for count, words in counts if count)
        total = len(self.claims)
        return Text(f"{total} 处数字中，{zh}。", f"Of {total} {'figure' if total == 1 else 'figures'}, {en}.")

    def count(self, verdict: Verdict) -> int:
        """How many claims have this verdict."""
        return sum(one.verdict == verdict for one in self.claims)


@dataclass(frozen=True, slots=True)
class Measurable:
    """One indicator as far as addresses are made of it."""

    code: str
    version: int
    unit: str
    label: Text
    kind: str
    """Empty for what no entry holds."""
    is_stock: bool
    headline: str | None
    stages: tuple[str, ...] = ()
    fields: tuple[tuple[str, Text], ...] = ()
    tiers: tuple[str, ...] = ()
    subset: str | None = None
    parts: tuple[str, ...] = ()
    is_by_item: bool = False
    takes_goods: bool = False
    is_persons: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """Something texts call by a name: an item, a campaign, a place."""

    code: str
    name: Text
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What the book knows that claims are understood by, gathered once for a text."""

    pairing: str
    assisting: Named
    assisted: Named
    above_assisting: tuple[Named, ...]
    """The places above the assisting side, the country left out."""
    above_assisted: tuple[Named, ...]
    items: tuple[Named, ...]
    campaigns: tuple[Named, ...]
    measurables: Mapping[str, Measurable]
    is_sample: bool
    as_of: date
    opened: date
    last_day: date
    published: tuple[Address, ...] = ()
    """Where figures of the programme were published before."""
    told_days: tuple[date, ...] = ()
    """Days not long past that the text prints, the newest first."""

    @property
    def published_days(self) -> list[date]:
        """The days up to which figures were published."""
        return sorted({address.end for address in self.published if address.end is not None})

    @property
    def book(self) -> Text:
        """What reasons call the book."""
        return Text("本样例账", "this sample book") if self.is_sample else Text("本账", "this book")
