"""Whether the book's value bears out what a text says, how far off is misleading, which exchange rates are possible."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from pairbook.analysis.claims.shapes import Figure as Claim
from pairbook.indicators import rules as indicator_rules
from pairbook.kernel.parameters import Parameter
from pairbook.kernel.texts import Text

_OURS = Text("本项目拟定，尚无文件依据", "our own; no document is known yet")
MISLEADING_PERCENT = Parameter(
    code="bulletins.misleading_percent",
    label=Text("“超过”与实际相差多少算误导", "How far beyond 'more than' misleads"),
    value=150,
    unit=Text("%（实际为所说数的百分比）", "percent of the number told"),
    valid_from=date(2000, 1, 1),
    source=_OURS,
)
RATE_WITHIN_PERCENT = Parameter(
    code="bulletins.rate_within_percent",
    label=Text("美元换算可偏离年平均汇率多少", "How far a dollar rate may lie from the average of its year"),
    value=10,
    unit=Text("%", "percent"),
    valid_from=date(2000, 1, 1),
    source=_OURS,
)
PERSONS_MIN = Parameter(
    code="bulletins.household_persons_min",
    label=Text("一户至少多少人", "Persons of a household, at least"),
    value=1,
    unit=Text("人", "persons"),
    valid_from=date(2000, 1, 1),
    source=_OURS,
)
PERSONS_MAX = Parameter(
    code="bulletins.household_persons_max",
    label=Text("户均至多多少人", "Persons of a household on average, at most"),
    value=7,
    unit=Text("人", "persons"),
    valid_from=date(2000, 1, 1),
    source=_OURS,
)
PARAMETERS = (MISLEADING_PERCENT, RATE_WITHIN_PERCENT, PERSONS_MIN, PERSONS_MAX)
"""The thresholds this room offers to the lists of the book."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The thresholds in force on the day of a text."""

    misleading: Decimal
    """How many times a number the book's may be before "more than" misleads."""
    rate: tuple[Decimal, Decimal]
    """Yuan for a US dollar in the year of the text, least and most."""
    household: tuple[Decimal, Decimal]
    """Persons of a household on average, least and most."""


def limits_of(values: Mapping[str, int], *, yuan_per_dollar: Decimal) -> Limits:
    """The limits from the values of the thresholds, by code, and the average rate of the text's year."""
    misleading, within, few, many = (Decimal(values[one.code]) for one in PARAMETERS)
    reach = yuan_per_dollar * within / 100
    low, high = (
        (yuan_per_dollar + by).quantize(Decimal("0.01"), rounding)
        for by, rounding in ((-reach, ROUND_FLOOR), (reach, ROUND_CEILING))
    )
    return Limits(misleading=misleading / 100, rate=(low, high), household=(few, many))


def is_borne_out(claim: Claim, booked: Decimal) -> bool:
    """Whether the book's value bears out a claim with its qualifier, a range by both its ends."""
    assert claim.value is not None, "a claim without a number is not judged"
    if claim.value_high is not None:
        return claim.value <= booked <= claim.value_high
    if _is_same_fraction(claim, booked):
        return True
    return indicator_rules.is_borne_out(claim.value, claim.qualifier, booked)


def _is_same_fraction(claim: Claim, booked: Decimal) -> bool:
    """Whether a share told in words, one in seven, is the nearest such to the book's percentage.

    Halves, thirds and the like are too wide apart for that: nobody says a third of 29 percent.
    """
    if claim.unit != "percent" or not claim.value or booked <= 0 or re.search(r"\d", claim.text):
        return False
    parts = (100 / claim.value).quantize(Decimal(1))
    is_one_of_so_many = parts >= 5 and abs(100 / parts - claim.value) < Decimal("0.01")
    return is_one_of_so_many and abs(100 / booked - parts) < Decimal("0.5")


def is_misleading(claim: Claim, booked: Decimal, limits: Limits) -> bool:
    """Whether a qualifier is true and yet so far off that it misleads: "more than 10" for 25."""
    if claim.value is None or claim.value_high is not None:
        return False
    if claim.qualifier in ("more_than", "at_least"):
        return booked > claim.value * limits.misleading
    if claim.qualifier in ("up_to", "at_most"):
        return booked * limits.misleading < claim.value
    return False


def is_reproduced(claim: Claim, value: Decimal) -> bool:
    """Whether a neighbouring figure is where a number may come from: stricter than being borne out.

    Of "more than 400" anything above would do, so a neighbour must lie within a tenth, as published ones do.
    """
    if value == claim.value:
        # A text that says "more than 400" of exactly 400 took its number from there.
        return True
    if claim.qualifier == "exact" or claim.value is None or not is_borne_out(claim, value):
        return False
    return claim.value_high is not None or abs(value - claim.value) * 10 <= claim.value


_DECIMALS = re.compile(r"\d[\d,，]*(?:[.．](\d+))?")


def last_digit(claim: Claim) -> Decimal:
    """What one unit of the last digit printed is worth in base units: 10,000 of 54.16 million."""
    found = _DECIMALS.search(claim.text)
    if found is None or not claim.value:
        return Decimal(0)
    printed = Decimal(re.sub(r"[,，]", "", found[0]).replace("．", "."))
    if not printed:
        return Decimal(0)
    return (claim.value / printed).normalize() * Decimal(1).scaleb(-len(found[1] or ""))


def is_rounded(claim: Claim, booked: Decimal) -> bool:
    """Whether an exact-sounding number is the book's, rounded to the digits printed: 54.2 million for 54.16."""
    if claim.value is None or claim.qualifier != "exact" or booked == claim.value:
        return False
    digit = last_digit(claim)
    # A count printed to the last person is not a rounding of another count.
    return digit > 1 and abs(booked - claim.value) * 2 <= digit


def bounds(claim: Claim) -> tuple[Decimal, Decimal | None]:
    """The least and the most a claim says, to half its last digit printed; None where it sets no upper bound."""
    assert claim.value is not None, "a claim without a number says nothing"
    value, half = claim.value, last_digit(claim) / 2
    match claim.qualifier:
        case "more_than" | "at_least":
            return value, None
        case "at_most" | "up_to":
            return Decimal(0), value + half
        case "nearly":
            return value * (1 - _ROUGHLY), value
        case "about":
            return value * (1 - _ROUGHLY), value * (1 + _ROUGHLY)
    return value - half, (claim.value_high if claim.value_high is not None else value) + half


def may_be_same(one: Claim, other: Claim) -> bool:
    """Whether two claims may tell the same number: 54.2 million and 54.16 million, "more than 400" and 412."""
    if one.value == other.value:
        return True
    (low, high), (other_low, other_high) = bounds(one), bounds(other)
    return (high is None or other_low < high) and (other_high is None or low < other_high)


def surely_below(one: Claim, other: Claim) -> bool:
    """Whether the first number is smaller whatever its words leave open."""
    high = bounds(one)[1]
    return high is not None and one.value != other.value and high <= bounds(other)[0]


def bears_growth(claim: Claim, told: Decimal, computed: Decimal) -> bool:
    """Whether a computed growth bears out the one told (below nothing for a fall), to the last digit printed."""
    assert claim.value is not None
    if told and computed and (told > 0) != (computed > 0):
        return False
    if claim.qualifier == "exact" and claim.value_high is None:
        return abs(abs(computed) - claim.value) * 2 <= last_digit(claim)
    return is_borne_out(claim, abs(computed))


# Between two texts "about" and "nearly" are read wider than against the book, which is exact.
_ROUGHLY = Decimal("0.1")
_MAGNITUDES = tuple(Decimal(10) ** power for power in (1, 2, 3, 4, 6, 8))


def magnitude_slip(claim: Claim, booked: Decimal) -> Decimal | None:
    """By how many times a number misses the book's where only 万, 亿, million or thousand can be wrong; else None."""
    if not booked or not claim.value or claim.qualifier not in ("exact", "about") or booked < 100:
        return None
    for power in _MAGNITUDES:
        for factor in (power, 1 / power):
            if claim.value * factor == booked:
                return factor
    return None


def rates_possible(yuan: Claim, dollars: Claim, limits: Limits) -> tuple[bool, Decimal]:
    """Whether an amount in yuan and one in dollars, as far as their printed digits go, may be the same money."""
    assert yuan.value is not None and dollars.value is not None
    if not dollars.value:
        return False, Decimal(0)
    half_yuan, half_dollars = last_digit(yuan) / 2, last_digit(dollars) / 2
    lowest = (yuan.value - half_yuan) / (dollars.value + half_dollars)
    below = dollars.value - half_dollars
    highest = (yuan.value + half_yuan) / below if below > 0 else limits.rate[1]
    rate = (yuan.value / dollars.value).quantize(Decimal("0.01"))
    return lowest <= limits.rate[1] and highest >= limits.rate[0], rate


# Units that count different things. A number in pieces may be one of sets or heads, never one of kilograms.
_APART = frozenset(
    ("CNY", "USD", "person", "person-time", "household", "kg", "mu", "percent", "enterprise", "project")
)
_ONE_BY_ONE = frozenset(("piece", "set", "head", "event", "visit", "base", "product", "pair", "organisation"))


def unit_fits(claimed: str | None, booked: str) -> bool:
    """Whether a number in the claimed unit may be one in the book's; a unit the text leaves open fits all but money."""
    if claimed == booked:
        return True
    if claimed is None or claimed.startswith("other:"):
        return booked not in ("CNY", "USD", "percent")
    if claimed in _APART or booked in _APART:
        return False
    return claimed in _ONE_BY_ONE or booked in _ONE_BY_ONE
