"""Numbers told of one occasion, which are held against single entries and not against the total of a year."""

from pairbook.analysis.claims.shapes import Figure as Claim
from pairbook.analysis.claims.shapes import Period
from pairbook.bulletins import reasons
from pairbook.bulletins.addresses import Understood
from pairbook.bulletins.answers import Bench
from pairbook.bulletins.rules import unit_fits
from pairbook.bulletins.shapes import CheckedClaim, Nearest
from pairbook.bulletins.surroundings import Surroundings
from pairbook.bulletins.verdicts import Answer, as_shown
from pairbook.bulletins.words import sums_up, tells_one_occasion
from pairbook.indicators.measuring import Figure


def as_one_entry(
    claim: Claim, around: Surroundings, meant: Understood, figure: Figure, bench: Bench
) -> CheckedClaim | None:
    """The verdict on what the words tell of one occasion, where one entry has that number; else None."""
    if not tells_one_occasion(around, claim):
        return None
    single = _single(claim, figure, meant, bench)
    if single is None:
        return None
    known, answers = bench.known, bench.answers
    told, sentence = reasons.told_words(claim, single.unit), answers.sentence(single.address)
    if _is_told_then(claim.period, single):
        answer: Answer = "holds", reasons.one_of_many(told, sentence, figure.words, known), None, None
        return as_shown(claim, single.address, single, bench, answer)
    # It happened, though not on the day the text gives: there the claim would have been borne out.
    shown = answers.shown(single.address)
    if shown is None or shown.withheld is not None:
        return None
    reason = reasons.another_day(told, sentence, answers.sentence(figure.address), figure.words, known)
    nearest = Nearest(single.address, single.value, single.unit, "span")
    return as_shown(claim, figure.address, figure, bench, ("differs", reason, "span", nearest))


def _is_told_then(period: Period | None, single: Figure) -> bool:
    """Whether the day of an entry lies in the time that is told, where one is."""
    if period is None:
        return True
    return (period.first or single.first) <= single.first <= (period.last or single.first)


def _single(claim: Claim, figure: Figure, meant: Understood, bench: Bench) -> Figure | None:
    """The figure of a day that is this number by one entry, or None."""
    measurable = meant.measurable
    if claim.qualifier != "exact" or claim.value is None or measurable.is_stock or not measurable.kind:
        return None
    if not unit_fits(claim.unit, figure.unit):
        return None
    for address in bench.answers.single(figure.address, claim.value):
        found = bench.answers.at(address)
        if found is not None and found.value == claim.value:
            return found
    return None


def unless_one_of_many(
    claim: Claim, around: Surroundings, meant: Understood, figure: Figure, bench: Bench
) -> Answer | None:
    """That it cannot be told where the number may be that of one occasion and not of the whole; else None."""
    assert claim.value is not None
    if meant.measurable.is_stock or claim.value > figure.value or sums_up(around):
        return None
    told = reasons.told_words(claim, figure.unit)
    sentence = bench.answers.sentence(figure.address)
    # Beside a whole year that is told, "recently" alone is too little to set the year aside.
    period = claim.period
    is_open = period is None or (period.first is not None and period.first == period.last)
    if is_open and tells_one_occasion(around, claim):
        return "cannot_tell", reasons.one_occasion(told, figure.words, sentence, bench.known), None, None
    single = _single(claim, figure, meant, bench) if claim.period is None else None
    shown = bench.answers.shown(single.address) if single is not None else None
    if single is None or shown is None or shown.withheld is not None:
        return None
    day = bench.answers.sentence(single.address)
    return "cannot_tell", reasons.one_or_all(told, day, figure.words, bench.known), None, None
