"""Which days the parts of a Chinese time mean: 去年下半年, 上月底, 9月18日, 三年来, by the calendar of the text."""

import re
from datetime import date

from pairbook.analysis.claims.numerals import of_chinese
from pairbook.analysis.claims.times import (
    Calendar,
    Kind,
    day_or_none,
    month_end,
    months_back,
    months_span,
    year_span,
)

_PARTS = {"上半年": (1, 6), "下半年": (7, 12), "前三季度": (1, 9), "前三个季度": (1, 9)}
_PARTS |= {"前两季度": (1, 6), "前二季度": (1, 6), "前两个季度": (1, 6), "前二个季度": (1, 6)}
_PARTS |= {
    f"{ordinal}{sign}季度": (3 * n + 1, 3 * n + 3)
    for n, pair in enumerate(("一1", "二2", "三3", "四4"))
    for sign in pair
    for ordinal in ("", "第")
}
YEARS = {
    "今年": 0,
    "本年": 0,
    "本年度": 0,
    "全年": 0,
    "去年": -1,
    "上年": -1,
    "上年度": -1,
    "上一年": -1,
    "上一年度": -1,
    "前年": -2,
    "明年": 1,
    "后年": 2,
}
_TENTHS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31)}
PLAN_FIRST_YEAR = 2001
"""The tenth five-year plan began in 2001."""


_IN_TITLE = re.compile("《[^》]{0,40}$")


def is_in_title(text: str, place: int) -> bool:
    """Whether a place stands in the title of a book or a paper: 《2018年财政报告》."""
    return _IN_TITLE.search(text, max(0, place - 42), place) is not None


# 2021年工作总结, published in January 2022, calls 2021 this year.
_SUMMARY = re.compile(r"((?:19|20)\d\d)年度?[^。;；\n]{0,16}总结")
_TITLE_REACH, _LATE_MONTHS = 300, 2


def year_summed_up(text: str, published: date | None) -> int | None:
    """The year that a summary calls this one though it came out early in the next; None for other texts."""
    if published is None or published.month > _LATE_MONTHS:
        return None
    found = _SUMMARY.search(text, 0, _TITLE_REACH)
    is_of_last_year = found is not None and int(found[1]) == published.year - 1
    return published.year - 1 if is_of_last_year else None


def number_of(written: str) -> int:
    """The number written in digits or in Chinese; 0 where it is none."""
    value = int(written) if written.isdigit() else of_chinese(written)
    return int(value) if value is not None else 0


def _year(written: str, calendar: Calendar) -> int | None:
    if written[0].isdigit() or written[0] in "一二":
        return number_of(written)
    if written in ("当年", "同年", "往年"):
        return calendar.year
    if written == "全年":
        return calendar.year
    if written == "次年":
        return None if calendar.year is None else calendar.year + 1
    return calendar.year_at(YEARS.get(written, 0))


def days_of(
    parts: dict[str, str], calendar: Calendar, is_future: bool
) -> tuple[Kind, date | None, date | None]:
    """The kind of a time with its first and last day, None where the calendar does not tell them."""
    if parts["begin_year"]:
        return _months_over_years(parts, calendar)
    if parts["half_year"] or parts["half_year2"]:
        return "span", calendar.back(0, 6), calendar.published
    if parts["from_year"]:
        return _years(parts)
    if parts["year"]:
        return _in_year(parts, _year(parts["year"], calendar), calendar)
    if parts["md_month"]:
        return _month_and_day(parts, calendar, is_future)
    if parts["m_from"]:
        first, last = number_of(parts["m_from"]), number_of(parts["m_to"])
        return "span", *months_span(calendar.year_of_month(last, is_future=is_future), first, last)
    if parts["month"]:
        month = number_of(parts["month"])
        return _in_month(calendar.year_of_month(month, is_future=is_future), month, parts["m_tail"])
    if parts["rel_month"]:
        return _month_from_now(parts, calendar)
    if parts["rel_week"]:
        return _week_from_now(parts, calendar)
    if parts["iso"]:
        year, month, day = (int(part) for part in re.split(r"[-./]", parts["iso"]))
        return "day", day_or_none(year, month, day), day_or_none(year, month, day)
    if parts["part"]:
        return "span", *_part_of_year(parts["part"], calendar.year)
    if parts["edge"]:
        return _edge(parts["edge"], calendar)
    if parts["thus"]:
        return "as_of", None, calendar.day or calendar.published
    if parts["now"]:
        return "as_of", None, calendar.published
    if parts["today"] or parts["day_only"]:
        return _day_only(parts, calendar)
    if parts["plan"]:
        first_year = PLAN_FIRST_YEAR + 5 * (number_of(parts["plan"]))
        if parts["plan_tail"] == "以来":
            return "since", year_span(first_year)[0], None
        return "span", *year_span(first_year, first_year + 4)
    if parts["bare_years"]:
        first_year, last_year = (int(year) for year in re.findall(r"\d{4}", parts["bare_years"]))
        return "span", *year_span(first_year, last_year)
    return _counted_back(parts, calendar, is_future)


_STEPS = {"上": -1, "本": 0, "下": 1}


def _month_from_now(parts: dict[str, str], calendar: Calendar) -> tuple[Kind, date | None, date | None]:
    if calendar.published is None:
        return "span", None, None
    month = months_back(calendar.published.replace(day=1), -_STEPS[parts["rel_month"][0]])
    return _in_month(month.year, month.month, parts["rm_tail"])


def _week_from_now(parts: dict[str, str], calendar: Calendar) -> tuple[Kind, date | None, date | None]:
    """A week from Monday to Sunday, or a day of it."""
    if calendar.published is None:
        return "span", None, None
    published = calendar.published.toordinal()
    monday = published - calendar.published.weekday() + 7 * _STEPS[parts["rel_week"]]
    if parts["rel_weekday"]:
        day = date.fromordinal(monday + "一二三四五六日".index(parts["rel_weekday"].replace("天", "日")))
        return "day", day, day
    return "span", date.fromordinal(monday), date.fromordinal(monday + 6)


def _months_over_years(parts: dict[str, str], calendar: Calendar) -> tuple[Kind, date | None, date | None]:
    """From a month of one year to a month of another."""
    begin, end = _year(parts["begin_year"], calendar), _year(parts["end_year"], calendar)
    from_month, to_month = number_of(parts["begin_month"]), number_of(parts["end_month"])
    first, _ = months_span(begin, from_month, from_month)
    _, last = months_span(end, to_month, to_month)
    return "span", first, last


def _years(parts: dict[str, str]) -> tuple[Kind, date | None, date | None]:
    first, last = number_of(parts["from_year"]), number_of(parts["to_year"])
    begin, end = year_span(first, last)
    if parts["to_year_month"] and end:
        end = month_end(last, number_of(parts["to_year_month"]))
    return "span", begin, end


def _in_year(
    parts: dict[str, str], year: int | None, calendar: Calendar
) -> tuple[Kind, date | None, date | None]:
    tail = parts["y_tail"]
    if parts["ym_from"]:
        return "span", *months_span(year, number_of(parts["ym_from"]), number_of(parts["ym_to"]))
    if parts["ym"]:
        month = number_of(parts["ym"])
        if parts["yd"]:
            first = day_or_none(year, month, number_of(parts["yd"]))
            last = day_or_none(year, month, number_of(parts["yd_to"])) if parts["yd_to"] else first
            return "day", first, last
        return _in_month(year, month, tail)
    if parts["y_part"]:
        return "span", *_part_of_year(parts["y_part"], year)
    if tail in ("底", "末", "年底", "年末"):
        return "as_of", None, year_span(year)[1]
    if tail == "初":
        return "as_of", None, year_span(year)[0]
    return "span", *year_span(year)


def _in_month(year: int | None, month: int, tail: str | None) -> tuple[Kind, date | None, date | None]:
    first, last = months_span(year, month, month)
    if tail in ("底", "末", "月底"):
        return "as_of", None, last
    if tail == "初":
        return "as_of", None, first
    if tail in _TENTHS and first and last:
        begin, end = _TENTHS[tail]
        return "span", first.replace(day=begin), first.replace(day=min(end, last.day))
    return "span", first, last


def _part_of_year(part: str, year: int | None) -> tuple[date | None, date | None]:
    if part.endswith("个月"):
        return months_span(year, 1, min(number_of(part[1:-2]), 12))
    return months_span(year, *_PARTS.get(part, (1, 12)))


def _month_and_day(
    parts: dict[str, str], calendar: Calendar, is_future: bool
) -> tuple[Kind, date | None, date | None]:
    month = number_of(parts["md_month"])
    year = calendar.year_of_month(month, is_future=is_future)
    first = day_or_none(year, month, number_of(parts["md_day"]))
    if not parts["md_to_day"]:
        return "day", first, first
    to_month = number_of(parts["md_to_month"]) if parts["md_to_month"] else month
    return "day", first, day_or_none(year, to_month, number_of(parts["md_to_day"]))


def _edge(word: str, calendar: Calendar) -> tuple[Kind, date | None, date | None]:
    first, last = year_span(calendar.year)
    if word in ("年底", "年末"):
        return "as_of", None, last
    if word == "年初":
        return "as_of", None, first
    if word == "年内" or word.endswith("前"):
        return "span", first, last
    return "as_of", None, calendar.published


def _day_only(parts: dict[str, str], calendar: Calendar) -> tuple[Kind, date | None, date | None]:
    published = calendar.published
    if published is None:
        return "day", None, None
    if parts["today"]:
        day = months_back(published, 0)
        if parts["today"].startswith("当") and calendar.day is not None:
            # 开幕当天: the day told last.
            day = calendar.day
        elif parts["today"].startswith("昨"):
            day = date.fromordinal(published.toordinal() - 1)
        return "day", day, day
    number = int(parts["day_only"])
    in_month = published if number <= published.day else months_back(published.replace(day=1), 1)
    day_found = day_or_none(in_month.year, in_month.month, number)
    return "day", day_found, day_found


def _counted_back(
    parts: dict[str, str], calendar: Calendar, is_future: bool
) -> tuple[Kind, date | None, date | None]:
    number = number_of(parts["back"] or parts["back2"])
    is_year = "年" in (parts["back_unit"] or parts["back2_unit"])
    is_ahead = parts["back_tail"] == "内" and is_future
    if is_ahead or (parts["near"] or parts["near2"]) in ("今后", "未来"):
        return "span", calendar.published, calendar.back(-number) if is_year else calendar.back(0, -number)
    if parts["back_tail"] in ("前", "之前"):
        year = calendar.year_at(-number) if is_year else None
        return "ago", *year_span(year)
    return "span", calendar.back(number) if is_year else calendar.back(0, number), calendar.published
