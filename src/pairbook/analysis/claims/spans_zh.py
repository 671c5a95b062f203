"""Spans of time that a Chinese sentence only implies: the years of a change, an unnamed beginning, a year before."""

import re
from datetime import date

from pairbook.analysis.claims.periods import Told
from pairbook.analysis.claims.shapes import Period
from pairbook.analysis.claims.times import Time, months_back, year_span
from pairbook.analysis.claims.tokens import Number

# 年均增长8.1% after 由2016年的…增加到2020年的… is of all the years between.
_YEARLY = re.compile(
    "年均(?:增长|增加|递增|增幅|增速|下降|递减|减少)[^,，。;；\\d]{0,4}$|累计(?:达到?|投入|为|有)?$"
)


def names_funds(text: str, before: Time, time: Time) -> bool:
    """Whether a year only names the funds or tasks of which an earlier day is told: 截至6月28日，2022年度资金…."""
    if before.kind != "as_of" or before.last is None or time.last is None:
        return False
    return text[time.start : time.end].endswith("年度") and before.last.year == time.last.year


def began_untold(told: Told, place: int) -> bool:
    """Whether a sentence tells that its account began on a day that it does not name."""
    if any(time.end <= place for time in told.free):
        return False
    return told.since_untold_at <= place


def over_years(told: Told, number: Number) -> Period | None:
    """All the years of a change told just before: 由2016年的…增加到2020年的…，年均增长11.7%; …，三年减贫4.47万人."""
    if len(told.free) < 2:
        return None
    ends = [time for time in told.free if time.end <= number.start and not time.is_back and time.last]
    if len(ends) < 2 or ends[0].last is None or ends[-1].last is None:
        return None
    first, last = ends[0].last.year, ends[-1].last
    if first >= last.year:
        return None
    if _YEARLY.search(*told.before(number.start, 12)):
        return Period(year_span(first)[0], last)
    back = [time for time in told.free if ends[-1].end <= time.start < number.start and time.is_back]
    is_between = (
        back
        and back[-1].first is not None
        and back[-1].last is not None
        and back[-1].last.year - back[-1].first.year == last.year - first
    )
    return Period(year_span(first + 1)[0], last) if is_between else None


def year_before(day: date | None) -> date | None:
    """The same day a year before; None where none is told."""
    return None if day is None else months_back(day, 12)
