"""Growth told of a figure, held against the book: the figure's own number, and that of the same days a year before."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from pairbook.analysis.claims.shapes import Figure as Claim
from pairbook.analysis.claims.shapes import Period
from pairbook.bulletins import reasons
from pairbook.bulletins.addresses import understood
from pairbook.bulletins.answers import Bench
from pairbook.bulletins.rules import bears_growth
from pairbook.bulletins.shapes import CheckedClaim
from pairbook.bulletins.surroundings import Surroundings
from pairbook.indicators.measuring import Figure, rates
from pairbook.indicators.rules import Address

GROWTH = "other:growth"
_ON_LAST_YEAR = re.compile(
    "同比|[比较]上年|[比较]去年|[比较]上一年"
    "|year[- ]on[- ]year|(?:on|than|from|over|compared (?:with|to)|against) "
    "(?:(?:that|those|the same period|the same months) (?:of|in) )?(?:last year|the (?:previous|preceding) year"
    "|a year (?:earlier|before|ago))"
)
_ON_A_YEAR = re.compile(
    r"[比较](\d{4})年|(?:on|than|from|over|compared (?:with|to)) (?:that (?:of|in) )?(\d{4})\b"
)
_FELL = re.compile(
    "下降|减少|降低|回落|下滑|\\b(?:fell|fall|down|decreas|declin|dropp|drop|reduc|shrank|less than)",
    re.IGNORECASE,
)


def is_growth(claim: Claim) -> bool:
    """Whether a claim is growth in percent of something that is named."""
    return (
        claim.measure == GROWTH
        and claim.unit == "percent"
        and claim.of is not None
        and claim.value is not None
    )


def base_year(claim: Claim, around: Surroundings, year: int) -> int | None:
    """The year a growth is counted from, given the year it is of; None where the words do not say."""
    near = around.clause + around.after
    told = _ON_A_YEAR.search(near)
    if told is not None:
        return int(told[1] or told[2])
    return year - 1 if _ON_LAST_YEAR.search(near) else None


def signed(claim: Claim, around: Surroundings) -> Decimal:
    """The growth as told, below nothing where the words say that it fell."""
    assert claim.value is not None
    return -claim.value if _FELL.search(around.before[-16:] + around.after[:4]) else claim.value


def partner_of(claim: Claim, claims: Sequence[Claim], arounds: Mapping[str, Surroundings]) -> Claim | None:
    """The amount of the same sentence whose growth is told: the last of its measure before, else the first after."""
    near = [
        one
        for one in claims
        if one.measure == claim.of
        and one.value is not None
        and one.value_high is None
        and arounds[one.id].sentence == arounds[claim.id].sentence
    ]
    before = [one for one in near if one.start < claim.start]
    return before[-1] if before else next(iter(near), None)


def judged_growth(
    claim: Claim, around: Surroundings, partner: CheckedClaim | None, bench: Bench
) -> CheckedClaim:
    """The verdict on growth of a figure that the book has for both years; else what is missing to tell."""
    known, answers = bench.known, bench.answers
    now = _address(claim, around, partner, bench)
    if now is None or now.end is None or (now.start is None and not now.is_day):
        return CheckedClaim(claim, "cannot_tell", reasons.a_rate(known))
    year = base_year(claim, around, now.end.year)
    if year is None:
        return CheckedClaim(claim, "cannot_tell", reasons.no_base_told(known))
    before = same_days_in(now, year)
    figures = [answers.shown(now), answers.shown(before)]
    for figure, address in zip(figures, (now, before), strict=True):
        if figure is not None and figure.withheld is not None:
            return CheckedClaim(claim, "cannot_tell", reasons.withheld(figure.withheld))
        if figure is None or not figure.entries or not figure.value:
            return CheckedClaim(claim, "cannot_tell", reasons.no_base(answers.sentence(address), known))
    return _held(claim, around, figures, bench)


def _held(claim: Claim, around: Surroundings, figures: Sequence[Figure | None], bench: Bench) -> CheckedClaim:
    now, before = (figure for figure in figures if figure is not None)
    computed = (now.value - before.value) * 100 / before.value
    holds = bears_growth(claim, signed(claim, around), computed)
    reason = reasons.growth(
        signed(claim, around),
        computed,
        (bench.answers.sentence(now.address), now.words),
        (bench.answers.sentence(before.address), before.words),
        bench.known,
        holds=holds,
    )
    rounded = computed.quantize(Decimal("0.01"))
    address = _rate_address(now.address) or now.address
    return CheckedClaim(claim, "holds" if holds else "differs", reason, address, rounded, "percent")


def _address(
    claim: Claim, around: Surroundings, partner: CheckedClaim | None, bench: Bench
) -> Address | None:
    """The address of the figure that grew: its own claim's, else what the growth's words make of it."""
    if partner is not None:
        # An amount told of a city, or of something the book does not keep, has no growth in this book either.
        return partner.address if partner.verdict in ("holds", "differs") else None
    told = claim._replace(
        measure=claim.of, unit=None, period=_own_period(claim, around, bench.known.as_of.year)
    )
    meant = understood(told, around, bench.known)
    if meant is None or meant.wider is not None:
        return None
    return meant.readings[0].address


def _own_period(claim: Claim, around: Surroundings, year: int) -> Period | None:
    """The growth's own time: "on last year" names the year it is counted from and not the one it is of."""
    period = claim.period
    is_base = period is not None and period.first is not None and period.first.year == year - 1
    if is_base and re.search("last year|previous year|去年|上年", around.clause):
        return None
    return period


def same_days_in(address: Address, year: int) -> Address:
    """The same days of another year."""
    assert address.end is not None
    by = year - address.end.year
    start = None if address.start is None else _moved(address.start, by)
    return address.changed(start=start, end=_moved(address.end, by))


def _moved(day: date, years: int) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + years, day=28 if is_leap_day else day.day)


def _rate_address(now: Address) -> Address | None:
    """The address at which the book itself gives this growth, where a kind offers it."""
    for rate in rates().values():
        is_it = rate.is_growth and (rate.of.indicator, rate.of.stage) == (now.indicator, now.stage)
        if (
            is_it
            and rate.to.years_before == 1
            and not (now.item or now.campaign or now.tier or now.field or now.goods)
        ):
            return now.changed(indicator=rate.code, version=rate.version, stage=None)
    return None
