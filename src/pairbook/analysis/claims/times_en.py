"""Times in English: dates, years, months, quarters, last year, so far, over the past three years, by the end of May."""

import re
from datetime import date, timedelta

from pairbook.analysis.claims.numerals import of_english
from pairbook.analysis.claims.patterns import words_of
from pairbook.analysis.claims.times import (
    Calendar,
    Kind,
    Time,
    day_or_none,
    month_end,
    months_back,
    months_span,
    weekday_before,
    year_span,
)
from pairbook.analysis.claims.wording_en import MONTHS, PATTERN, WEEKDAY, YEAR, led_by

_PLANS = {"tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15}
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 12)}
_ORDINALS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "last": 4,
}
_WEEKDAYS = {name: number for number, name in enumerate(WEEKDAY.split("|"))}
_NUMERAL = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|first|second|third|fourth|twelve)\b"
)
_YEAR_PARTS = words_of(
    "bare iso md_year dm_year y_to ym_year my_year m_year part_year part_year2 q_year q_year2 qs_year nm_year nq_year"
)
_MONTH_DAYS = 32
_PLAN_FIRST_YEAR = 1951
"""The first five-year plan began in 1953, the tenth in 2001 after three single years."""

_AHEAD = re.compile(
    r"(?<![a-z])(?:will|expected|planned|plans|shall|must|should|hopes?|aims?|target|due|scheduled"
    r"|to follow|to open|opens"
    r"|aims|next|upcoming|to "
    r"be)(?![a-z])(?:(?! was | were | has | have )[^.;])*$"
)

Read = tuple[Kind, date | None, date | None]


_ONWARD = re.compile(r" on(?:wards?)?(?=[ ,.])")
_RESETTING = words_of("rel so_far the_year now my_year")
"""A year told by its place: later months without a year are of it."""
_SENTENCE_ENDS = re.compile(r"[.!?][\"”)]? |\n")
_SET_AGAINST = re.compile(r"(?<![a-z])(?:with|than|against|to|over|on)(?: the| in| that (?:of|in))? $")
_COMPARING = words_of("than from over on against with")


def _look_again(parts: dict[str, str], calendar: Calendar, day: date | None) -> None:
    """Months told after "this year" or "last year" are the latest again, unless it is only compared with."""
    is_of_year = parts.get("rel_unit", "year") == "year" and parts.get("rel", "this") in (
        "this",
        "current",
        "last",
    )
    if day is not None and is_of_year and parts["lead"] not in _COMPARING and calendar.published:
        calendar.year = calendar.published.year


_MONTH_PARTS = words_of("month wm_month m_from md_month dm_month")
_NAMED_MONTHS = words_of("month my_month m_from wm_month")


# The names of the groups that tell a time, as they follow each other in any pattern that PATTERN is part of.
_NAMES = tuple(re.findall(r"\(\?P<(\w+)>", PATTERN))[1:]
assert re.compile(PATTERN).groups == len(_NAMES) + 1, "every group of a time has a name"


def read_time(found: re.Match[str], calendar: Calendar) -> Time | None:
    """The time a match of PATTERN tells; None when it tells none."""
    first_group = found.re.groupindex["time"]
    said = found.groups()[first_group : first_group + len(_NAMES)]
    parts = {name: value for name, value in zip(_NAMES, said, strict=True) if value is not None}
    start = found.start("time")
    if not parts.keys().isdisjoint(_MONTH_PARTS):
        parts["ahead"] = "yes" if _AHEAD.search(found.string, max(0, start - 70), start) else ""
    lead, edge, edge_start = led_by(found.string, start)
    parts["lead"] = lead
    if edge:
        start = edge_start + (4 if edge.startswith("the ") else 0)
    gap = found.string[calendar.place : start]
    calendar.is_of_paragraph = calendar.is_of_paragraph and "\n" not in gap
    calendar.is_of_sentence = calendar.is_of_sentence and _SENTENCE_ENDS.search(gap) is None
    calendar.place = found.end("time")
    read = _read(parts, calendar)
    if read is None:
        return None
    kind, first, last = read
    years = parts.keys() & _YEAR_PARTS
    is_base = "bare" in parts and (
        lead in _COMPARING or _SET_AGAINST.search(found.string, max(0, start - 16), start) is not None
    )
    if years and not is_base and (day := last or first) and any(parts[name][0].isdigit() for name in years):
        calendar.year, calendar.is_of_paragraph, calendar.is_of_sentence = day.year, True, True
    elif not parts.keys().isdisjoint(_RESETTING):
        _look_again(parts, calendar, last or first)
    if lead == "from" and _ONWARD.match(found.string, found.end("time")):
        lead = "since"
    kind, first, last = _led(kind, first, last, lead, edge.removeprefix("the "))
    is_close = kind == "span" and last is not None and found.string.startswith(" with ", found.end("time"))
    if is_close and _ENDED.search(found.string, max(0, start - 14), start):
        # It ended 2016 with 412 members.
        kind, first = "as_of", None
    text = found["time"]
    if kind == "day" and first is not None:
        calendar.day = first
    calendar.first = first or calendar.first
    calendar.last, calendar.is_edge = last or calendar.last, kind == "as_of"
    # Now is told of what is so now, and of nothing that comes after.
    is_local = found.string.startswith(" alone", found.end("time")) or "now" in parts
    is_back = "past" in parts or "span_n" in parts
    is_number = not parts.keys().isdisjoint(_NAMED_MONTHS) or _NUMERAL.search(text) is not None
    return Time(start, found.end("time"), kind, first, last, is_number, is_back=is_back, is_local=is_local)


_ENDED = re.compile(r"(?<![a-z])(?:ended|closed|finished|end|close) (?:the )?$")


def _led(kind: Kind, first: date | None, last: date | None, lead: str, edge: str) -> Read:
    """What the words before it make of a time: since 2016, by the end of May, at the beginning of the year."""
    if (
        edge == "mid-"
        and kind == "span"
        and lead in ("by", "as of", "until", "till", "up to")
        and first
        and last
    ):
        middle = first + (last - first) / 2
        return (
            "as_of",
            None,
            middle.replace(day=15) if (last - first).days < _MONTH_DAYS else month_end(first.year, 6),
        )
    if edge.startswith(("end", "close", "late", "eve")):
        first = None if kind in ("span", "as_of") else first
        kind = "as_of"
        if edge.startswith("late") and last is not None:
            first, kind = months_back(last.replace(day=1), 2), "span"
    elif edge.startswith(("beginning", "start", "turn", "early")) and first is not None:
        kind, first, last = "as_of", None, first
    if lead.startswith("since") and kind != "since":
        begin = first or last
        if begin is not None:
            return "since", begin, None
    if (
        lead
        in ("as of", "as at", "as on", "by", "by the time", "until", "till", "up to", "through", "before")
        and last is not None
    ):
        return "as_of", None, last
    if lead == "after":
        return "since", last, None
    return kind, first, last


def _month(written: str) -> int:
    return MONTHS.index(written[:3]) + 1


def _count(written: str) -> int:
    written = written.strip()
    if written.isdigit():
        return int(written)
    if written in ("few", "several", "couple of"):
        return 0
    value = of_english(written)
    return 1 if value is None else int(value)


def _year(written: str | None, calendar: Calendar) -> int | None:
    if written is None:
        return calendar.year
    if written[:1].isdigit():
        return int(written)
    if written == "the year":
        return calendar.year
    return calendar.year_at({"last year": -1, "next year": 1}.get(written, 0))


def _read(parts: dict[str, str], calendar: Calendar) -> Read | None:
    if "md_month" in parts:
        return _day(
            parts["md_month"],
            parts["md_day"],
            parts.get("md_year"),
            parts.get("md_to_day"),
            parts.get("md_to_month"),
            calendar,
            bool(parts["ahead"]),
        )
    if "dm_month" in parts:
        return _day(
            parts["dm_month"],
            parts["dm_day"],
            parts.get("dm_year"),
            None,
            None,
            calendar,
            bool(parts["ahead"]),
        )
    for reader in (_of_months, _of_years, _of_parts, _of_relatives, _counted):
        read = reader(parts, calendar)
        if read is not None:
            return read
    if "plan" in parts:
        number = _PLANS.get(parts["plan"]) or int(parts["plan"])
        if parts.get("lead") not in ("during", "over", "for") and not parts.get("plan_period"):
            return "span", None, None
        return "span", *year_span(_PLAN_FIRST_YEAR + 5 * number, _PLAN_FIRST_YEAR + 5 * number + 4)
    if "weekday" in parts and calendar.published:
        day = weekday_before(calendar.published, _WEEKDAYS[parts["weekday"]])
        return "day", day, day
    if "yesterday" in parts and calendar.published:
        day = calendar.published - timedelta(days=1)
        return "day", day, day
    return None


def _day(
    month: str,
    day: str,
    year: str | None,
    to_day: str | None,
    to_month: str | None,
    calendar: Calendar,
    is_future: bool,
) -> Read:
    number = _month(month)
    in_year = int(year) if year else calendar.year_of_month(number, is_future=is_future, is_day=True)
    first = day_or_none(in_year, number, int(re.sub(r"\D", "", day)))
    if to_day is None:
        return "day", first, first
    last = day_or_none(in_year, _month(to_month) if to_month else number, int(re.sub(r"\D", "", to_day)))
    return "day", first, last


def _of_months(parts: dict[str, str], calendar: Calendar) -> Read | None:
    if "ym_year" in parts:
        return "span", *months_span(int(parts["ym_year"]), _month(parts["ym_from"]), _month(parts["ym_to"]))
    if "m_from" in parts:
        last = _month(parts["m_to"])
        year = (
            _year(parts["m_year"], calendar)
            if "m_year" in parts
            else calendar.year_of_month(last, is_future=bool(parts["ahead"]))
        )
        return "span", *months_span(year, _month(parts["m_from"]), last)
    if "my_month" in parts:
        month = _month(parts["my_month"])
        return "span", *months_span(_year(parts["my_year"], calendar), month, month)
    if "month" in parts or "wm_month" in parts:
        month = _month(parts.get("month") or parts["wm_month"])
        year = calendar.year_of_month(month, is_future=bool(parts["ahead"]))
        if parts.get("which_month") == "next" and calendar.published:
            year = calendar.published.year + (month <= calendar.published.month)
        return "span", *months_span(year, month, month)
    if "iso" in parts:
        year, month, day = (int(part) for part in re.split(r"[-/.]", parts["iso"]))
        return "day", day_or_none(year, month, day), day_or_none(year, month, day)
    return None


def _of_years(parts: dict[str, str], calendar: Calendar) -> Read | None:
    if "y_from" in parts:
        first = int(parts["y_from"])
        last = int(parts["y_to"]) if len(parts["y_to"]) == 4 else first // 100 * 100 + int(parts["y_to"])
        return ("span", *year_span(first, last)) if first <= last else None
    if "bare" in parts:
        return "span", *year_span(int(parts["bare"]))
    if "tens" in parts:
        return "span", *year_span(int(parts["tens"]), int(parts["tens"]) + 9)
    if "the_year" in parts:
        return "span", *year_span(calendar.year)
    if "year_end" in parts:
        return "as_of", None, year_span(calendar.year)[1]
    if "year_before" in parts:
        return "ago", *year_span(None if calendar.year is None else calendar.year - 1)
    return None


def _of_parts(parts: dict[str, str], calendar: Calendar) -> Read | None:
    if "half_of_year" in parts:
        year = _year(parts.get("part_year") or parts.get("part_year2"), calendar)
        return "span", *months_span(year, *((1, 6) if _ORDINALS[parts["half_of_year"]] == 1 else (7, 12)))
    if "quarter" in parts:
        number = _ORDINALS[parts["quarter"]]
        year = _year(parts.get("q_year") or parts.get("q_year2"), calendar)
        return "span", *months_span(year, 3 * number - 2, 3 * number)
    if "n_quarters" in parts:
        return "span", *months_span(_year(parts.get("nq_year"), calendar), 1, 3 * _count(parts["n_quarters"]))
    if "season" in parts:
        return "span", *months_span(int(parts["season_year"]), *_SEASONS[parts["season"]])
    if "q_sign" in parts:
        sign, number = parts["q_sign"][0], int(parts["q_sign"][1])
        months = (3 * number - 2, 3 * number) if sign == "q" else (6 * number - 5, 6 * number)
        return "span", *months_span(_year(parts.get("qs_year"), calendar), *months)
    if "n_months" in parts:
        return "span", *months_span(
            _year(parts.get("nm_year"), calendar), 1, min(max(_count(parts["n_months"]), 1), 12)
        )
    return None


def _of_relatives(parts: dict[str, str], calendar: Calendar) -> Read | None:
    published = calendar.published
    if "so_far" in parts:
        year = re.search(YEAR, parts["so_far"])
        in_year = int(year[0]) if year else calendar.year_at(0)
        first, last = year_span(in_year)
        return "span", first, published if published and in_year == published.year else last
    if "so_far_only" in parts or "now" in parts:
        return "as_of", None, published
    if "then" in parts and calendar.last is not None:
        return "as_of", None, calendar.last
    if "since_then" in parts:
        return "since", calendar.first, None
    if "same_period" in parts:
        return "span", calendar.first, calendar.last
    if "rel" in parts:
        return _related(parts["rel"], parts["rel_unit"], calendar)
    return None


def _related(which: str, unit: str, calendar: Calendar) -> Read | None:
    published = calendar.published
    if published is None:
        return None
    offset = {"last": -1, "previous": -1, "preceding": -1, "next": 1, "following": 1, "coming": 1}.get(
        which, 0
    )
    if unit == "year":
        if which in ("previous", "preceding", "following") and calendar.year is not None:
            # Of the year last told, not of the year of publication.
            return "span", *year_span(calendar.year + offset)
        if which == "past":
            return "span", calendar.back(1), published
        if which in ("that", "same"):
            told = calendar.year if calendar.last is None else calendar.last.year
            return "span", *year_span(told)
        return "span", *year_span(published.year + offset)
    if unit == "month":
        month = months_back(published.replace(day=1), -offset)
        return "span", month, month_end(month.year, month.month)
    if unit == "week":
        monday = published - timedelta(days=published.weekday()) + timedelta(weeks=offset)
        return "span", monday, monday + timedelta(days=6)
    if unit == "quarter" and which == "same":
        return None
    if unit == "quarter":
        month = months_back(published.replace(day=1), -3 * offset)
        first = 3 * ((month.month - 1) // 3) + 1
        return "span", *months_span(month.year, first, first + 2)
    if unit in _SEASONS:
        return "span", *months_span(published.year + offset, *_SEASONS[unit])
    return None


def _counted(parts: dict[str, str], calendar: Calendar) -> Read | None:
    if "ny_n" in parts:
        last = int(parts["ny_year"])
        return "span", *year_span(last - max(_count(parts["ny_n"]), 1) + 1, last)
    if "to_month" in parts:
        return _months_to(parts, calendar)
    for name in ("past", "ago", "span"):
        if name == "past" and "past" in parts:
            return _past(parts, calendar)
        if name == "ago" and "ago" in parts:
            return _ago(parts, calendar)
        if name == "span" and "span_n" in parts:
            number = _count(parts["span_n"])
            years = {"y": number, "d": 10 * number}.get(parts["span_unit"][0], 0)
            half = 6 if "span_half" in parts and years else 0
            return "span", calendar.back(years, half if years else number), calendar.published
    return None


def _months_to(parts: dict[str, str], calendar: Calendar) -> Read:
    """So many months that end with a month: the 12 months to January."""
    month = _month(parts["to_month"])
    published = calendar.published
    year = int(parts["to_year"]) if "to_year" in parts else None
    if year is None and published is not None:
        year = published.year - (month > published.month)
    if year is None:
        return "span", None, None
    begin = months_back(date(year, month, 1), _count(parts.get("to_n", "12")) - 1)
    return "span", begin, month_end(year, month)


def _past(parts: dict[str, str], calendar: Calendar) -> Read | None:
    # The past year is one, the past years are several.
    number = _count(parts.get("past_n", "several" if parts["past_unit"].endswith("s") else "1"))
    if not number or calendar.published is None:
        return "span", None, None
    unit = parts["past_unit"]
    months = number * (12 if unit.startswith("year") else 120 if unit.startswith("decade") else 1)
    if "past_half" in parts and unit.startswith("year"):
        months += 6
    if unit.startswith(("week", "day")):
        begin = calendar.published - timedelta(days=number * (7 if unit.startswith("week") else 1))
        return "span", begin, calendar.published
    if parts["past"] in ("next", "coming", "following"):
        return "span", calendar.published, months_back(calendar.published, -months)
    return "span", months_back(calendar.published, months), calendar.published


def _later(number: int, unit: str, calendar: Calendar) -> Read:
    """So many years or months after the time told before."""
    begin = calendar.last
    if begin is None or not number or not unit.startswith(("year", "month", "decade")):
        return "ago", None, None
    months = number * {"y": 12, "m": 1, "d": 120}[unit[0]]
    day = months_back(begin, -months)
    if calendar.published is not None and day > calendar.published:
        return "ago", None, None
    if calendar.is_edge:
        return "as_of", None, day
    if unit.startswith("month"):
        return "span", *months_span(day.year, day.month, day.month)
    return "span", *year_span(day.year)


def _ago(parts: dict[str, str], calendar: Calendar) -> Read:
    number, unit = _count(parts["ago_n"]), parts["ago_unit"]
    if parts["ago"] == "later":
        return _later(number, unit, calendar)
    if unit.startswith(("year", "decade")):
        return "ago", *year_span(calendar.year_at(-number * (10 if unit.startswith("decade") else 1)))
    if unit.startswith("month") and calendar.published:
        month = months_back(calendar.published.replace(day=1), number)
        return "ago", month, month_end(month.year, month.month)
    return "ago", None, None
