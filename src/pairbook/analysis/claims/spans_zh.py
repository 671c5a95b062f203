"""Spans of time that a Chinese sentence only implies: the years of a change, an unnamed beginning, a year before."""

import re
from datetime import date

from pairbook.analysis.claims.moments_zh import is_in_title
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


_NAMES_A_PAPER = re.compile("(?:签署|签订|编制|制定|印发|出台|审议|通过)[^,，。;；\\d]{0,14}$")
_OF_A_PAPER = re.compile("[^,，。;；\\d]{0,24}(?:协议|规划|方案|纲要|意见|备忘录)")
_JOINS = re.compile(r"\s?(?:到|至|[-—~]{1,2})\s?")
_LISTS = re.compile("[、和与及]")
_OF_AN_EVENT = re.compile(
    "度?(?:(?!举办|召开|开展|组织|举行|参加|承办|主办|实施)[^,，。;；\\d、]){0,40}?"
    "(?:仪式|会议|大会|推进会|座谈会|联席会|培训班|研修班|论坛|招聘会|展销会|签约会|行动|活动|宣传周)(?![\\d一二三四五六七八九十])"
)
_HOLDS = re.compile("(?:举办|召开|开展|组织|举行|参加|承办|主办)了?$")
_TAKES_PLACE = re.compile("(?:在[^,，。;；]{1,14}?)?(?:举办|举行|召开|开幕|启动|闭幕|落幕)")
_THOSE_YEARS = re.compile("[,，、]?(?:的|这|其)?")
_LATELY = re.compile("近|过去|最近|尤其")
_RUNNING = re.compile("连续$")


def names_an_event(text: str, time: Time) -> bool:
    """Whether a year only names an event that was held: 举办2025年“春风行动”招聘会."""
    is_held = _HOLDS.search(text, max(0, time.start - 4), time.start) is not None
    return is_held and _is_a_year(time) and _OF_AN_EVENT.match(text, time.end) is not None


def _is_a_year(time: Time) -> bool:
    return time.last is not None and (time.first, time.last) == year_span(time.last.year)


def told_together(text: str, times: list[Time]) -> list[Time]:
    """The times of a sentence with those in titles left out and those put together that tell one span.

    2月初到3月下旬 is one time, so are 2018年、2019年 and 2013年至2016年四年间.
    """
    found: list[Time] = []
    for time in times:
        if is_in_title(text, time.start):
            continue
        before = found[-1] if found else None
        if _names_a_paper(text, time):
            continue
        named = _OF_AN_EVENT.match(text, time.end) if _is_a_year(time) else None
        if named is not None and (before is not None or _TAKES_PLACE.match(text, named.end())):
            # 10月22日出席…2018年幫扶項目簽約儀式: the year is of its name.
            continue
        joined = None if before is None else _joined(text, before, time)
        if joined is not None:
            found[-1] = joined
        elif not (time.is_back and any(_is_told_by(text, span, time) for span in found)):
            found.append(time)
    return found


def _names_a_paper(text: str, time: Time) -> bool:
    """Whether years are of an agreement's or a plan's name: 签署了2012—2020年东西扶贫协作框架协议."""
    return (
        _years_between(time) > 0
        and _NAMES_A_PAPER.search(text, max(0, time.start - 24), time.start) is not None
        and _OF_A_PAPER.match(text, time.end) is not None
    )


def _joined(text: str, one: Time, other: Time) -> Time | None:
    """The span from one time to the next where only a word for "to" stands between; None else."""
    begin = one.first or one.last
    if begin is None or other.last is None or other.last <= begin or one.is_back or other.is_back:
        return None
    gap = text[one.end : other.start]
    is_to = _JOINS.fullmatch(gap) is not None and one.kind in ("span", "as_of", "day")
    is_listed = (
        _LISTS.fullmatch(gap) is not None
        and one.kind == other.kind == "span"
        and one.last is not None
        and other.first is not None
        and other.first.year == one.last.year + 1
        and text.find("分别", other.end, other.end + 60) < 0
    )
    return (
        Time(one.start, other.end, "span", begin, other.last, one.is_number) if is_to or is_listed else None
    )


def _is_told_by(text: str, earlier: Time, back: Time) -> bool:
    """Whether a length counted back only repeats a time told before: 去年12月5日开馆以来，短短一个多月，…."""
    if earlier.kind == "since":
        return _LATELY.match(text, back.start) is None
    return _is_same_length(text, earlier, back)


def _years_between(time: Time) -> int:
    """How many years its last day is after its first, by the calendar; -1 where one of them is not told."""
    return -1 if time.first is None or time.last is None else time.last.year - time.first.year


def _is_same_length(text: str, span: Time, back: Time) -> bool:
    """Whether years counted only tell how many a span told before has: 2013年至2016年四年间."""
    years = _years_between(span) + 1
    if span.kind != "span" or years < 2 or years != _years_between(back):
        return False
    is_next = _THOSE_YEARS.fullmatch(text, span.end, back.start) is not None
    return is_next or _RUNNING.search(text, max(span.end, back.start - 2), back.start) is not None


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
