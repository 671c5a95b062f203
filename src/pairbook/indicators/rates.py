"""Rates: a figure as a share of another, or against its own of the year before; opened to both, added to nothing."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from pairbook.indicators.measuring import Figure, indicators, rates
from pairbook.indicators.rules import Address, Term
from pairbook.kernel.problems import Refusal
from pairbook.kernel.texts import Text

_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Rated:
    """A rate with the figures it is made of: what it is a share of comes last."""

    figure: Figure
    terms: tuple[Figure, ...]


def rated(address: Address, read: Callable[[Address], Figure]) -> Rated:
    """The rate at an address; `read` gives the figures it is made of. Refused where there is nothing to divide by.

    In percent with two decimals, half up: the figures themselves stand beside it and are exact.
    """
    rate = rates()[address.indicator]
    of, to = _terms(address, rate.of, read), _terms(address, rate.to, read)
    part, whole = (_less(term) for term in (of, to))
    if not whole:
        raise Refusal(
            "figure.no_base",
            Text(
                f"“{rate.label.zh}”没有可比的基数：{to[0].label.zh}在这段时间为 0。",
                f"There is nothing to compare with: {to[0].label.en} were 0 in that time.",
            ),
        )
    share = (part / whole - (1 if rate.is_growth else 0)) * 100
    base = of[0]
    return Rated(
        figure=replace(
            base,
            address=address,
            label=rate.label,
            unit=rate.unit,
            value=share.quantize(_HUNDREDTH, ROUND_HALF_UP),
            is_headline_stage=True,
            confirmed_value=None,
            goods_value=None,
            part_value=None,
        ),
        terms=(*of, *to),
    )


def _terms(address: Address, term: Term, read: Callable[[Address], Figure]) -> tuple[Figure, ...]:
    """The figures of one term: what counts, then what is taken off it."""
    _, indicator = indicators()[term.indicator]
    there = address.changed(indicator=term.indicator, version=indicator.version)
    if term.years_before:
        if address.start is None or address.end is None:
            raise Refusal(
                "figure.needs_period",
                Text("增长率要写明起止日期。", "A growth rate needs a period: write from..to."),
            )
        there = there.changed(
            start=_years_before(address.start, term.years_before),
            end=_years_before(address.end, term.years_before),
        )
    return tuple(read(there.changed(stage=stage)) for stage in (term.stage, *term.minus))


def _less(term: tuple[Figure, ...]) -> Decimal:
    return term[0].value - sum((one.value for one in term[1:]), Decimal(0))


def _years_before(day: date, years: int) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - years, day=28 if is_leap_day else day.day)
