"""A figure in another currency: at the rate somebody states, or at the book's reference rate for its last day."""

from datetime import date
from decimal import Decimal

from pairbook.indicators.currencies import (
    RATE_PER,
    REFERENCE_CODES,
    Converted,
    Rate,
    RateAsked,
    check_currencies,
    converted,
    foreign_of,
    no_reference,
    read_rate,
)
from pairbook.kernel.problems import Rejected
from pairbook.kernel.reads import thresholds


def conversion_of(value: Decimal, *, unit: str, day: date, asked: RateAsked) -> Converted:
    """An amount of a figure whose last day is `day`, in the currency asked for; Rejected with what is wrong."""
    problems = check_currencies(unit, asked.currency)
    if problems:
        raise Rejected(problems)
    foreign = foreign_of(unit, asked.currency)
    if asked.rate.strip() or asked.source.strip() or asked.on.strip():
        rate, problems = read_rate(asked, foreign=foreign, day=day)
    else:
        rate = reference_rate(foreign, day)
        problems = [] if rate else [no_reference(foreign)]
    if rate is None:
        raise Rejected(problems)
    return converted(value, unit=unit, target=asked.currency, rate=rate)


def reference_rate(currency: str, day: date) -> Rate | None:
    """The reference rate of a currency in force on a day, or None where the book has none."""
    code = REFERENCE_CODES.get(currency)
    held = next((one for one in thresholds(day) if one.parameter.code == code), None)
    if held is None or not held.value:
        return None
    yuan = Decimal(held.value) / RATE_PER
    return Rate(currency, yuan, held.valid_from, held.source, held.is_verified, is_reference=True)
