"""The verdict on one claim: what it may mean is tried first, then where else its number may have been taken from.

Asked lazily, since most claims hold at their first reading; `Answers` shares the sums among all claims of a text.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from pairbook.analysis.claims.shapes import Figure as Claim
from pairbook.bulletins import exemptions, reasons
from pairbook.bulletins.addresses import (
    Neighbour,
    Reading,
    Understood,
    neighbours,
    other_days,
    understood,
)
from pairbook.bulletins.answers import Answers, Bench
from pairbook.bulletins.doubts import unless_not_false
from pairbook.bulletins.occasions import as_one_entry, unless_one_of_many
from pairbook.bulletins.places import wider_place
from pairbook.bulletins.rules import (
    Limits,
    is_borne_out,
    is_misleading,
    is_reproduced,
    is_rounded,
    magnitude_slip,
    rates_possible,
    unit_fits,
)
from pairbook.bulletins.shapes import CheckedClaim, Known, Named, Nearest
from pairbook.bulletins.surroundings import Surroundings
from pairbook.bulletins.verdicts import Answer, as_shown
from pairbook.bulletins.words import names_one_giver
from pairbook.indicators.measuring import Figure
from pairbook.indicators.rules import Address
from pairbook.kernel.texts import Text

_RATES = ("other:growth", "other:share", "other:completion-rate", "other:ratio", "other:rate")
_NOT_DONE = ("target", "forecast", "required", "planned")
_GIFTS = ("funds.social", "funds.total", "funds.goods_value", "goods.quantity")


def judged(claim: Claim, around: Surroundings, bench: Bench) -> CheckedClaim:
    """The claim with its verdict."""
    known = bench.known
    if (place := bench.whereabouts.place_of(claim)) is not None:
        return _of_nothing_here(claim, around, place, bench)
    if claim.measure in _RATES:
        return CheckedClaim(claim, "cannot_tell", reasons.a_rate(known))
    meant = understood(claim, around, known)
    if meant is None and (place := wider_place(around, claim.measure or "", known)) is not None:
        return CheckedClaim(claim, "cannot_tell", exemptions.other_scope(place, known, None))
    if meant is None or claim.value is None:
        return CheckedClaim(claim, "not_in_book", reasons.no_indicator(_name_of(claim), known))
    if meant.measurable.is_by_item and meant.readings[0].address.item is None:
        return CheckedClaim(claim, "not_in_book", reasons.no_item(known))
    if meant.wider is not None:
        return _of_another_place(claim, meant, bench)
    if claim.modality in _NOT_DONE and not _is_told_undone(meant):
        return _of_the_future(claim, meant, bench)
    return _held(claim, around, meant, bench)


def _of_nothing_here(claim: Claim, around: Surroundings, place: Named, bench: Bench) -> CheckedClaim:
    """A number of another place, or, in a text that names neither side, of one around them."""
    known = bench.known
    if place not in (*known.above_assisting, *known.above_assisted):
        return CheckedClaim(claim, "not_in_book", exemptions.other_place(place, known))
    meant = understood(claim, around, known)
    if meant is None or (meant.measurable.is_by_item and meant.readings[0].address.item is None):
        return CheckedClaim(claim, "cannot_tell", exemptions.other_scope(place, known, None))
    return _of_another_place(claim, replace(meant, wider=meant.wider or place), bench)


def _of_the_future(claim: Claim, meant: Understood, bench: Bench) -> CheckedClaim:
    """A target or forecast: borne out by what is planned, where the book has such a stage; never held to differ."""
    if "planned" not in meant.measurable.stages:
        reason = reasons.only_a_target(meant.measurable.label, bench.known)
        return CheckedClaim(claim, "cannot_tell", reason)
    for reading in meant.readings:
        planned = bench.answers.at(reading.address.changed(stage="planned"))
        if planned is not None and _bears_out(claim, planned, bench.limits):
            return as_shown(claim, planned.address, planned, bench, _holding(claim, planned, bench))
    return CheckedClaim(claim, "cannot_tell", reasons.no_plan_like_it(meant.measurable.label, bench.known))


def _name_of(claim: Claim) -> Text:
    return Text(*reasons.measure_words(claim.measure or ""))


def _is_told_undone(meant: Understood) -> bool:
    """Whether the claim was put at a stage before the headline, such as planned."""
    headline = meant.measurable.headline
    return any(reading.address.stage != headline for reading in meant.readings) or not meant.measurable.kind


def _of_another_place(claim: Claim, meant: Understood, bench: Bench) -> CheckedClaim:
    assert meant.wider is not None
    figure = bench.answers.shown(meant.readings[0].address)
    has_own = figure is not None and bool(figure.entries) and figure.withheld is None
    own = figure.words if figure is not None and has_own else None
    return CheckedClaim(claim, "cannot_tell", exemptions.other_scope(meant.wider, bench.known, own))


def _held(claim: Claim, around: Surroundings, meant: Understood, bench: Bench) -> CheckedClaim:
    """The verdict on a claim that has readings in this book."""
    readings = _standing(meant.readings, bench.answers)
    bearing = [
        figure
        for address in _cash_then_goods(readings, bench)
        if (figure := bench.answers.at(address)) and _bears_out(claim, figure, bench.limits)
    ]
    if bearing and (as_of := _year_that_is_not_there(claim, bearing[0], bench)) is not None:
        address = bearing[0].address
        reason = exemptions.not_of_that_year(bench.answers.sentence(address), as_of, bench.known)
        return CheckedClaim(claim, "not_in_book", reason, address=address)
    if bearing:
        # "Up to 360" is borne out by much: the reading that does not make it misleading is the one meant.
        fair = [figure for figure in bearing if not is_misleading(claim, figure.value, bench.limits)]
        figure = (fair or bearing)[0]
        return as_shown(claim, figure.address, figure, bench, _holding(claim, figure, bench))
    base = next(
        (one.address for one in readings if bench.answers.at(one.address) is not None), readings[0].address
    )
    figure = bench.answers.at(base)
    if figure is None:
        why = bench.answers.why_not(base)
        assert why is not None
        return CheckedClaim(claim, "not_in_book", why, address=base)
    if claim.measure in _GIFTS and names_one_giver(around):
        reason = exemptions.one_giver(bench.known)
        return CheckedClaim(claim, "cannot_tell", reason, address=base)
    if (once := as_one_entry(claim, around, meant, figure, bench)) is not None:
        return once
    answer = _differing(claim, figure, readings, bench)
    if answer[0] == "differs" and answer[2] in (None, "span"):
        answer = unless_not_false(claim, around, figure, bench) or answer
    if answer[0] == "differs" and answer[2] is None:
        answer = unless_one_of_many(claim, around, meant, figure, bench) or answer
    return as_shown(claim, base, figure, bench, answer)


def _year_that_is_not_there(claim: Claim, figure: Figure, bench: Bench) -> date | None:
    """Of a number told as of the end of a year and published of an earlier one: of which day it is; else None."""
    last = claim.period.last if claim.period else None
    if last is None or (last.month, last.day) != (12, 31):
        return None
    as_of = bench.answers.published_as_of(figure.address)
    return as_of if as_of is not None and (last - as_of).days > 1 else None


def _standing(readings: tuple[Reading, ...], answers: Answers) -> list[Reading]:
    """The readings that stand: those the words narrow where they have entries, else the others."""
    narrow = [one for one in readings if one.is_narrow and _has_entries(one.address, answers)]
    return narrow or [one for one in readings if not one.is_narrow]


def _has_entries(address: Address, answers: Answers) -> bool:
    figure = answers.at(address)
    return figure is not None and bool(figure.entries)


def _cash_then_goods(readings: list[Reading], bench: Bench) -> Iterator[Address]:
    for reading in readings:
        yield reading.address
    for reading in readings:
        if bench.known.measurables[reading.address.indicator].takes_goods:
            with_goods = reading.address.changed(goods="included")
            figure = bench.answers.at(with_goods)
            # Without goods it is the cash figure over again.
            if figure is not None and figure.goods_value:
                yield with_goods


def _bears_out(claim: Claim, figure: Figure, limits: Limits) -> bool:
    if not figure.entries and not (claim.value == 0 and figure.value == 0):
        return False
    if claim.unit == "USD" and figure.unit == "CNY":
        return _is_converted(claim, figure, limits)
    return unit_fits(claim.unit, figure.unit) and is_borne_out(claim, figure.value)


def _is_converted(claim: Claim, figure: Figure, limits: Limits) -> bool:
    """Whether an amount told in dollars alone may be the book's in yuan."""
    assert claim.value is not None
    rate = figure.value / claim.value if claim.value else Decimal(0)
    return limits.rate[0] <= rate <= limits.rate[1]


def _holding(claim: Claim, figure: Figure, bench: Bench) -> Answer:
    sentence = bench.answers.sentence(figure.address)
    if claim.unit == "USD" and figure.unit == "CNY":
        assert claim.value
        rate = (figure.value / claim.value).quantize(Decimal("0.01"))
        told = reasons.told_words(claim, "USD")
        return "holds", reasons.in_dollars(told, figure.words, sentence, rate, bench.known), None, None
    takes_goods = bench.known.measurables[figure.address.indicator].takes_goods
    money = ("goods" if figure.address.goods else "cash") if takes_goods else ""
    # A sentence about an address with goods says so itself.
    reason = reasons.holds(claim, figure.words, sentence, bench.known, is_cash=money == "cash")
    return "holds", reason, None, None


def _differing(claim: Claim, figure: Figure, readings: list[Reading], bench: Bench) -> Answer:
    """What differs: the unit alone, a neighbouring address, rounding, magnitude; or nothing near explains it."""
    known, answers = bench.known, bench.answers
    told, sentence = reasons.told_words(claim, figure.unit), answers.sentence(figure.address)
    fits = unit_fits(claim.unit, figure.unit)
    if not fits and (same := _same_in_another_unit(claim, readings, bench)) is not None:
        part = "currency" if {claim.unit, same.unit} == {"CNY", "USD"} else "unit"
        told = reasons.told_words(claim, same.unit)
        reason = reasons.wrong_unit(told, same.words, answers.sentence(same.address), known)
        return "differs", reason, part, None
    nearest = next(_explaining(claim, readings, bench), None)
    if nearest is not None:
        elsewhere = answers.sentence(nearest.address)
        booked = figure.words if figure.entries else None
        reason = reasons.differs(told, booked, sentence, known, elsewhere=elsewhere)
        return "differs", reason, nearest.differs_in, nearest
    if not figure.entries:
        return "not_in_book", reasons.nothing_there(sentence, known), None, None
    if not fits:
        return "cannot_tell", reasons.unlike_units(told, figure.words, sentence, known), "unit", None
    if is_rounded(claim, figure.value):
        return "differs", reasons.rounded(told, figure.words, sentence, known), "rounding", None
    factor = magnitude_slip(claim, figure.value)
    if factor is not None:
        return "differs", reasons.slipped(told, figure.words, sentence, known, factor), "unit", None
    if claim.qualifier != "exact":
        as_told = reasons.as_told(claim, figure.unit)
        return "differs", reasons.not_borne_out(as_told, figure.words, sentence, known), None, None
    return "differs", reasons.differs(told, figure.words, sentence, known, elsewhere=None), None, None


def _same_in_another_unit(claim: Claim, readings: list[Reading], bench: Bench) -> Figure | None:
    """The figure that is this number but for its unit: of a reading, or of money also of what is mistaken for it."""
    base = readings[0].address
    beside = neighbours(base, bench.known.measurables[base.indicator], bench.known)
    near = [address for address, part in beside if part == "indicator"] if claim.unit == "USD" else []
    for address in (*(reading.address for reading in readings), *near):
        figure = bench.answers.at(address)
        if figure is not None and figure.entries and figure.value == claim.value:
            return figure
    return None


def _explaining(claim: Claim, readings: list[Reading], bench: Bench) -> Iterator[Nearest]:
    """The neighbouring figures at which the number is found, those that differ in one part first."""
    seen, base = {reading.address for reading in readings}, readings[0].address
    for address, part in _around(readings, bench.known):
        if address in seen or _may_be_chance(claim, address, part, base, bench.known):
            continue
        seen.add(address)
        figure = bench.answers.at(address)
        if figure is None or not figure.entries:
            continue
        is_job = {claim.unit, figure.unit} == {"person", "vacancy"}
        if part != "unit" and not is_job and not unit_fits(claim.unit, figure.unit):
            continue
        if is_reproduced(claim, figure.value):
            shown = bench.answers.shown(address)
            if shown is not None and shown.withheld is None:
                yield Nearest(address, figure.value, figure.unit, part)


# A small number recurs by chance in some other year: two firms then and two greenhouses now.
_TELLING_MIN = 10


def _may_be_chance(claim: Claim, address: Address, part: str, base: Address, known: Known) -> bool:
    """Whether finding a number there says nothing: a small one, of another year or of days the text cannot know."""
    if "span" not in part or claim.value is None or claim.value >= _TELLING_MIN:
        return False
    end = address.end
    is_of_year = base.end is not None and end is not None and base.end.year == end.year and end <= known.as_of
    return not is_of_year and address not in known.published


def _around(readings: list[Reading], known: Known) -> Iterator[Neighbour]:
    base = readings[0].address
    measurable = known.measurables[base.indicator]
    yield from neighbours(base, measurable, known)
    if measurable.takes_goods and base.goods is None:
        yield base.changed(goods="included"), "goods"
    yield from other_days(base, measurable, known)


def repeated(claim: Claim, first: CheckedClaim, bench: Bench) -> CheckedClaim:
    """An amount told again in another currency: it goes with the amount it repeats, if the rate is possible."""
    yuan, dollars = sorted((first.claim, claim), key=lambda one: one.unit != "CNY")
    is_possible, rate = rates_possible(yuan, dollars, bench.limits)
    told = reasons.told_words(claim, claim.unit or "")
    other = reasons.told_words(first.claim, first.claim.unit or "")
    if not is_possible:
        reason = reasons.impossible_rate(told, other, rate, bench.limits.rate)
        return CheckedClaim(
            claim, "differs", reason, first.address, first.book_value, first.unit, "currency", None
        )
    reason = reasons.converted(other, rate, first.verdict)
    return CheckedClaim(
        claim,
        first.verdict,
        reason,
        first.address,
        first.book_value,
        first.unit,
        first.differs_in,
        first.nearest,
    )
