"""An amount shown in another currency at a stated rate: beside the figure, never as the figure itself.

A rate says how many yuan one unit of a foreign currency costs, on which day and who says so. No Django.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from pairbook.kernel.money import MINOR_UNITS
from pairbook.kernel.parameters import Parameter
from pairbook.kernel.problems import Problem
from pairbook.kernel.reading import read_day, read_number_text
from pairbook.kernel.texts import Text, same
from pairbook.web.numbers import currency_word, money_full, plain

HOME = "CNY"
RATE_PER = 10_000
"""Reference rates are kept as yuan for so many units, so that four decimals stay whole numbers."""

RATE_USD = Parameter(
    code="indicators.rate_usd",
    label=Text("参考汇率：1万美元合人民币", "Reference rate: yuan for 10,000 US dollars"),
    value=68_974,
    unit=Text("元", "yuan"),
    valid_from=date(2020, 1, 1),
    source=Text(
        "2020年国民经济和社会发展统计公报所载全年平均汇率（未见原文）",
        "Average rate of 2020 as the national statistical communiqué gives it (document not seen)",
    ),
)
PARAMETERS = (RATE_USD,)
"""Reference rates, in the list of thresholds: set anew from a document, dated, with its source."""
REFERENCE_CODES = {"USD": RATE_USD.code}

_PLACES = {
    "in": Text("货币", "Currency"),
    "rate": Text("汇率", "Rate"),
    "rate_source": Text("汇率出处", "Source of the rate"),
    "rate_on": Text("汇率日期", "Day of the rate"),
}
_RATE_MAX = Decimal(1_000_000)
_SOURCE_MAX = 200


@dataclass(frozen=True, slots=True)
class Rate:
    """How many yuan one unit of a foreign currency costs, on which day, and who says so."""

    currency: str
    yuan: Decimal
    on: date
    source: Text
    is_verified: bool = True
    is_reference: bool = False
    """Whether it is the book's own, in force since its day, and not one that somebody stated."""

    @property
    def words(self) -> Text:
        """The rate as it is stated beside what it gives, with its day and source."""
        mark = Text("", "") if self.is_verified else Text("，未核实", ", unverified")
        number = plain(self.yuan)
        zh, en = currency_word(self.currency, "zh"), _one_of(self.currency)
        day = (
            Text(f"参考汇率，自 {self.on} 起采用", f"reference rate since {self.on}")
            if self.is_reference
            else Text(f"汇率日期 {self.on}", f"rate of {self.on}")
        )
        return Text(
            f"按 1{zh}＝{number}元折算；{day.zh}；出处：{self.source.zh}{mark.zh}",
            f"at {number} yuan for one {en}; {day.en}; source: {self.source.en}{mark.en}",
        )


def _one_of(currency: str) -> str:
    return currency_word(currency, "en").removesuffix("s")


@dataclass(frozen=True, slots=True)
class Converted:
    """An amount in another currency, rounded to its smallest unit, with the rate it was computed at."""

    value: Decimal
    currency: str
    rate: Rate

    @property
    def words(self) -> Text:
        """The amount with its currency: about 7,964,705.88 US dollars."""
        return Text(
            f"约 {money_full(self.value, 'zh', currency=self.currency)}",
            f"about {money_full(self.value, 'en', currency=self.currency)}",
        )


@dataclass(frozen=True, slots=True)
class RateAsked:
    """What somebody wrote: the currency to show, and a rate with its source and day, or nothing of it."""

    currency: str
    rate: str = ""
    source: str = ""
    on: str = ""


def foreign_of(unit: str, target: str) -> str:
    """The currency of the two that is not the yuan."""
    return unit if target == HOME else target


def check_currencies(unit: str, target: str) -> list[Problem]:
    """What keeps an amount in `unit` from being shown in `target`."""
    if unit not in MINOR_UNITS:
        cure = Text("这个数不是金额，不能折算。", "This figure is no amount of money; it has no currency.")
        return [Problem("conversion.unit", _PLACES["in"], cure, value=target)]
    others = ", ".join(code for code in MINOR_UNITS if code != unit)
    if target not in MINOR_UNITS or target == unit:
        cure = Text(f"请写另一种货币：{others}。", f"Name another currency: {others}.")
        return [Problem("conversion.currency", _PLACES["in"], cure, value=target)]
    if HOME not in (unit, target):
        cure = Text(
            "两种货币中须有一种是人民币（CNY）。", "One of the two currencies must be the yuan (CNY)."
        )
        return [Problem("conversion.yuan", _PLACES["in"], cure, value=target)]
    return []


def read_rate(asked: RateAsked, *, foreign: str, day: date) -> tuple[Rate | None, list[Problem]]:
    """The rate somebody stated, or what is wrong with it; a rate without a day is that of the figure's last day."""
    problems = []
    number = read_number_text(asked.rate)
    yuan = Decimal(0) if isinstance(number, Text) else Decimal(number)
    if isinstance(number, Text) or not 0 < yuan <= _RATE_MAX:
        cure = Text("请写一个单位外币合多少元，如 6.8。", "Write how many yuan one unit costs, such as 6.8.")
        problems.append(Problem("conversion.rate", _PLACES["rate"], cure, value=asked.rate))
    source = asked.source.strip()
    if not source or len(source) > _SOURCE_MAX:
        cure = Text(
            f"请写明汇率出自哪里（不超过 {_SOURCE_MAX} 字），如 中国外汇交易中心。",
            f"Say where the rate is from (at most {_SOURCE_MAX} characters), such as the central bank.",
        )
        problems.append(Problem("conversion.source", _PLACES["rate_source"], cure, value=source[:40]))
    on = read_day(asked.on) if asked.on.strip() else day
    if isinstance(on, Text):
        problems.append(Problem("conversion.on", _PLACES["rate_on"], on, value=asked.on))
    if problems or isinstance(on, Text):
        return None, problems
    return Rate(foreign, yuan, on, same(source)), []


def no_reference(foreign: str) -> Problem:
    """There is no reference rate to fall back on."""
    cure = Text(
        "账本没有这种货币的参考汇率；请写明汇率和出处。",
        "The book has no reference rate of this currency; give a rate and its source.",
    )
    return Problem("conversion.no_reference", _PLACES["rate"], cure, value=foreign)


def converted(value: Decimal, *, unit: str, target: str, rate: Rate) -> Converted:
    """The amount in the other currency, rounded half up to its smallest unit."""
    exact = value * rate.yuan if unit == rate.currency else value / rate.yuan
    smallest = Decimal(1) / MINOR_UNITS[target]
    return Converted(exact.quantize(smallest, ROUND_HALF_UP), target, rate)
