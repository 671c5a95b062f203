"""Numbers that differ from the book's and yet are not false by it: one firm's workers, a county's own doing, a list
of which only the years are known.
"""

import re
from dataclasses import replace
from datetime import date

from pairbook.analysis.claims.shapes import Figure as Claim
from pairbook.bulletins import exemptions
from pairbook.bulletins.addresses import ON_THE_LIST
from pairbook.bulletins.answers import Bench
from pairbook.bulletins.surroundings import Surroundings
from pairbook.bulletins.verdicts import Answer
from pairbook.bulletins.words import is_by_how_much, tells_of_one_village
from pairbook.indicators.measuring import Figure
from pairbook.indicators.rules import value_words
from pairbook.parties.poverty_list import LISTED_ON

_WORKERS = re.compile("[余多]?名?(?:工人|员工|职工)|[- ]?(?:strong|workers|employees|staff)\\b")
_PLANT = re.compile(
    "车间|公司|工厂|集团|农场|加工厂|企业|流水线|\\b(?:plant|factory|company|workshop|farm|firm|group)\\b|employs"
)
_SEVERAL_PLANTS = re.compile(
    "全县|全区|各|共|累计|\\d[余多]?[个家](?:帮扶|扶贫|就业)*(?:车间|企业|工厂)|\\b(?:workshops|plants|factories|companies"
    "|firms|farms|enterprises|altogether|in all|total)\\b"
)


def unless_not_false(claim: Claim, around: Surroundings, figure: Figure, bench: Bench) -> Answer | None:
    """That it cannot be told whether a number that differs is wrong, and why; None where it is."""
    known = bench.known
    if not bench.known.measurables[figure.address.indicator].kind and is_by_how_much(around):
        return "cannot_tell", exemptions.by_how_much(known), None, None
    if figure.address.indicator in ON_THE_LIST:
        return _of_the_list(claim, figure, bench)
    if tells_of_one_village(around):
        return "cannot_tell", exemptions.one_village(known), None, None
    if (claim.measure or "").startswith("jobs.") and _tells_of_one_plant(around):
        return "cannot_tell", exemptions.one_employer(known), None, None
    if bench.whereabouts.may_be_no_help and figure.address.scope == known.pairing:
        return "cannot_tell", exemptions.own_doing(known), None, None
    return None


def _tells_of_one_plant(around: Surroundings) -> bool:
    if not _WORKERS.match(around.sentence, around.end) and "employ" not in around.before:
        return False
    return bool(_PLANT.search(around.sentence)) and not _SEVERAL_PLANTS.search(around.told_before)


def _of_the_list(claim: Claim, figure: Figure, bench: Bench) -> Answer | None:
    """Of most counties only the year they left in is known, so within that year a count lies between two."""
    address, answers = figure.address, bench.answers
    assert claim.value is not None and address.end is not None, "a count of the list is read up to a day"
    place = answers.place_name(address.scope)
    first = replace(address, indicator=ON_THE_LIST[0], start=None, end=LISTED_ON, is_day=True)
    listed = answers.at(first)
    if listed is not None and claim.value > listed.value:
        told = value_words(listed.value, listed.unit)
        return "cannot_tell", exemptions.another_list(place, told, bench.known), None, None
    year = address.end.year
    before = replace(address, start=None, end=date(year - 1, 12, 31), is_day=True, indicator=ON_THE_LIST[0])
    ends = [answers.at(replace(before, end=day)) for day in (before.end, address.end, date(year, 12, 31))]
    if None in ends:
        return None
    start, now, end = (one.value for one in ends if one is not None)
    is_remaining = address.indicator == ON_THE_LIST[0]
    low, high = (end, start) if is_remaining else (start - now, start - end)
    if now == start or not low <= claim.value <= high:
        return None
    left = value_words(start - end, figure.unit)
    return "cannot_tell", exemptions.only_years_known(place, year, left, bench.known), None, None
