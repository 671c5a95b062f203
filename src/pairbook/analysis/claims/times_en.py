"""Times in English: dates, years, months, quarters, last year, so far, over the past three years, by the end of May."""

import re
from datetime import date, timedelta

from pairbook.analysis.claims.numerals import of_english
from pairbook.analysis.claims.patterns import any_of, words_of
from pairbook.analysis.claims.terms import tree_pattern
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

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL = "january|february|march|april|may|june|july|august|september|october|november|december"
_MONTH = rf"(?:{_FULL}|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?(?![a-z]))"
# Without a day or year only what can hardly be a verb is a month: march and may need a word before them.
_LONE_MONTH = (
    "(?:(?:january|february|april|june|july|august|september|october|november|december)(?![a-z])|(?:"
    + "|".join(
        f"(?<={word} )"
        for word in [
            "in",
            "of",
            "since",
            "until",
            "by",
            "early",
            "late",
            "last",
            "next",
            "this",
            "from",
            "to",
            "and",
            "through",
            "during",
        ]
    )
    + "|(?<=mid-))(?:march|may)(?![a-z]))"
)
_YEAR = r"(?:19|20)\d\d"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d,.]*\d|%)"
_WORD = r"\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|a|an|several"
_ORD = r"first|second|third|fourth|last|1st|2nd|3rd|4th"
_WEEKDAY = r"monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_SEASON = r"spring|summer|autumn|fall|winter"
_THIS_YEAR = "(?:this|last|the|next) year"
_WHICH_YEAR = (
    rf"(?: (?:of|in) (?P<part_year>{_YEAR}|{_THIS_YEAR})|,? (?P<part_year2>{_YEAR}|this year|last year))?"
)
_UNIT = "years?|months?|weeks?|days?|decades?"
_SPAN_BEFORE = (
    "(?:"
    + "|".join(f"(?<={word} )" for word in ("in", "over", "within", "during", "in the", "over the"))
    + ")"
)
_UNITS_NOT_YEAR = "(?:yuan|percent|per cent|million|mu|kg|tons|tonnes|rmb|km|hectares)"

PATTERN = "".join(
    (
        # Blocks that begin with a letter, or with a digit, are left out at one look at other places.
        "(?P<time>(?:(?=[a-z])(?:",
        # September 18 to 20, 2020; Sept 18
        rf"(?P<md_month>{_MONTH})[ ](?P<md_day>{_DAY})(?:(?: ?- ?| to | and )",
        rf"(?:(?P<md_to_month>{_MONTH}) )?(?P<md_to_day>{_DAY}))?(?:,? (?P<md_year>{_YEAR}))?",
        # 18 September 2020
        rf")|(?=\d)(?:(?P<dm_day>{_DAY})(?: of)? (?P<dm_month>{_MONTH})(?![a-z])(?:,? (?P<dm_year>{_YEAR}))?",
        # 2022 (Jan-Oct), January to May 2023
        rf"|(?P<ym_year>{_YEAR}) ?\((?P<ym_from>{_MONTH}) ?(?:-|to) ?(?P<ym_to>{_MONTH})\)",
        rf")|(?=[a-z])(?:(?P<m_from>{_MONTH}) ?(?:-|to|through|and) ?(?P<m_to>{_MONTH})(?![a-z])",
        rf"(?:,? (?:of )?(?P<m_year>{_YEAR}|this year|last year))?",
        # September 2020; last June
        rf"|(?P<my_month>{_MONTH})(?:,? of|,)? (?P<my_year>{_YEAR}|last year|this year|next year)",
        rf"|(?P<which_month>last|next|this) (?P<wm_month>{_FULL})(?![a-z])",
        # 2016-2020, 2016 and 2020, 2018 to 2020
        rf")|(?=\d)(?:(?P<y_from>{_YEAR}) ?(?:-|to|through|and|until) ?(?P<y_to>{_YEAR}|\d\d(?!\d))(?![\d,.]*\d)",
        r"|(?P<iso>(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2})(?!\d)",
        # first half of 2020, first nine months, Q1 2023
        rf")|(?P<half_of_year>first|second|1st|2nd) half{_WHICH_YEAR}",
        rf"|(?P<quarter>{_ORD}) quarter(?: (?:of|in) (?P<q_year>{_YEAR}|{_THIS_YEAR})| (?P<q_year2>{_YEAR}))?",
        rf"|(?=[a-z])(?:first (?P<n_quarters>two|three|2|3) quarters(?: of (?P<nq_year>{_YEAR}|{_THIS_YEAR}))?",
        rf"|(?P<q_sign>q[1-4]|h[12])(?![a-z\d])(?:[ -]?(?P<qs_year>{_YEAR}))?",
        rf"|first (?P<n_months>{_WORD}) months(?: of (?P<nm_year>{_YEAR}|{_THIS_YEAR}))?",
        # so far this year, last year, this spring
        rf"|(?P<so_far>so far (?:this year|in (?:{_YEAR}|this year))|(?:this )?year[- ]to[- ]date|this year so far",
        "|since the (?:beginning|start) of (?:the|this) year|already this year|to date this year",
        "|up to now this year)",
        "|(?P<rel>last|this|next|previous|preceding|same|following|past|coming|that|current) ",
        rf"(?P<rel_unit>year|month|week|quarter|half-year|{_SEASON})(?![a-z-])",
        "|(?P<year_before>(?:a|one) year (?:earlier|before|ago)|year before|year[- ]earlier|year[- ]ago)",
        "|(?P<the_year>(?<=the )year(?! before| earlier| on| ago| ended)(?=[ .,;]))",
        # past three years, three years ago, (in) four years
        rf"|(?P<past>past|last|previous|recent|next|coming|following)(?P<past_n> (?:{_WORD}|few|couple of))? ",
        rf"(?P<past_unit>{_UNIT})(?![a-z-])",
        rf")|(?P<ago_n>{_WORD}) (?P<ago_unit>{_UNIT}) (?P<ago>ago|earlier|before|later)",
        rf"|(?P<span_n>{_SPAN_BEFORE}(?:{_WORD})) (?P<span_unit>years?|months?)(?![a-z-]| (?:time|old|of age))",
        "|(?=[a-z])(?:(?P<so_far_only>so far|to date|thus far|until now|up to now|till now|by now|as yet)",
        "|(?P<now>now|today|currently|at present|presently|at the moment|nowadays|these days)(?![a-z-])",
        rf"|(?P<weekday>{_WEEKDAY})(?![a-z])|(?P<yesterday>yesterday)",
        ")|(?P<plan>1[0-6]|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth)(?:th)? five[- ]year plan",
        "(?P<plan_period> period)?",
        rf"|(?=[a-z])(?P<month>{_LONE_MONTH})",
        rf"|(?=\d)(?P<bare>{_YEAR})(?![\d%]|[,.]\d|-\d|s |[ -]{_UNITS_NOT_YEAR}(?![a-z]))",
        r")(?P<early>(?<=\d) (?:financial|fiscal) year)?)(?![\d])",
    )
)
STARTS = tree_pattern(
    [
        *_FULL.split("|"),
        *_WEEKDAY.split("|"),
        *words_of(
            "jan feb mar apr jun jul aug sep oct nov dec tenth eleventh twelfth thirteenth fourteenth fifteenth"
        ),
        *words_of("now today currently presently nowadays yesterday q1 q2 q3 q4 h1 h2 1st 2nd recent"),
        *(
            f"{word} "
            for word in words_of("last this next previous preceding same following past coming current")
        ),
        *(
            "so far",
            "that year",
            "that month",
            "to date",
            "to now this",
            "thus far",
            "these days",
            "year before",
            "year ",
            "year-",
            "at present",
        ),
        *(
            "since the",
            "already this",
            "until now",
            "up to now",
            "till now",
            "by now",
            "as yet",
            "at the moment",
        ),
    ]
)
"""The words a time begins with; others begin with a digit, an ordinal or a number word."""
# The words before a time that say how it is meant: since 2016, by the end of May, early in 2020.
_LEADS = any_of(
    r"since_[a-z'_]{3,36}?_(?:in|on|of) since as_of as_at as_on by by_the_time until till up_to through before "
    r"after",
    "in_all_of in on during over within from for at between",
)
_LED_BY = re.compile(
    rf"(?:(?<![a-z\d])(?P<lead>{_LEADS})(?: early| late)?(?: the)? )?"
    r"(?P<edge>(?:the )?(?:very )?(?:end|beginning|start|close|turn|middle|eve) of (?:the )?|early (?:in )?"
    r"|late (?:in )?|mid-|end-)?"
    r"(?:the )?$"
)
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
_WEEKDAYS = {name: number for number, name in enumerate(_WEEKDAY.split("|"))}
_NUMERAL = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|first|second|third|fourth|twelve)\b"
)
_ANY_MONTH = re.compile(_MONTH)
_PLAN_FIRST_YEAR = 1951
"""The first five-year plan began in 1953, the tenth in 2001 after three single years."""

_AHEAD = re.compile(
    r"(?<![a-z])(?:will|expected|planned|plans|due|scheduled|to follow|to open|opens|aims|next|upcoming|to "
    r"be)(?![a-z])[^.]*$"
)

Read = tuple[Kind, date | None, date | None]


def read_time(found: re.Match[str], calendar: Calendar) -> Time | None:
    """The time a match of PATTERN tells; None when it tells none."""
    parts = {name: value for name, value in found.groupdict().items() if value is not None}
    parts["ahead"] = "yes" if _AHEAD.search(found.string, max(0, found.start() - 70), found.start()) else ""
    start = found.start("time")
    led = _LED_BY.search(found.string, max(0, start - 56), start)
    lead, edge = (led["lead"] or "", led["edge"] or "") if led else ("", "")
    parts["lead"] = lead
    if edge and led:
        start = led.start("edge") + (4 if edge.startswith("the ") else 0)
    read = _read(parts, calendar)
    if read is None:
        return None
    kind, first, last = read
    explicit = any(name in parts for name in ("bare", "iso", "md_year", "dm_year", "y_to", "ym_year"))
    explicit = explicit or any(
        parts.get(name, "")[:2] in ("19", "20")
        for name in (
            "my_year",
            "m_year",
            "part_year",
            "q_year",
            "qs_year",
            "nm_year",
            "part_year2",
            "q_year2",
            "nq_year",
        )
    )
    if explicit and (day := last or first):
        calendar.year = day.year
    kind, first, last = _led(kind, first, last, lead, edge.removeprefix("the "))
    text = found["time"]
    if kind == "day" and first is not None:
        calendar.day = first
    is_local = found.string.startswith(" alone", found.end("time"))
    is_back = bool(parts.keys() & {"past", "span_n"})
    is_number = bool(_NUMERAL.search(text)) or bool(
        parts.keys() & {"month", "my_month", "m_from", "wm_month"}
    )
    return Time(
        start, found.end("time"), kind, first, last, is_number, explicit, is_back=is_back, is_local=is_local
    )


def _led(kind: Kind, first: date | None, last: date | None, lead: str, edge: str) -> Read:
    """What the words before it make of a time: since 2016, by the end of May, at the beginning of the year."""
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
    return _MONTHS.index(written[:3]) + 1


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
        if not parts.get("lead") and not parts.get("plan_period"):
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
    in_year = int(year) if year else calendar.year_of_month(number, is_future=is_future)
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
    if "the_year" in parts:
        return "span", *year_span(calendar.year_at(0))
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
        year = re.search(_YEAR, parts["so_far"])
        in_year = int(year[0]) if year else calendar.year_at(0)
        first, last = year_span(in_year)
        return "span", first, published if published and in_year == published.year else last
    if "so_far_only" in parts or "now" in parts:
        return "as_of", None, published
    if "rel" in parts:
        return _related(parts["rel"], parts["rel_unit"], calendar)
    return None


def _related(which: str, unit: str, calendar: Calendar) -> Read | None:
    published = calendar.published
    if published is None:
        return None
    offset = {
        "last": -1,
        "the previous": -1,
        "the preceding": -1,
        "next": 1,
        "the following": 1,
        "the coming": 1,
    }.get(which, 0)
    if unit == "year":
        if which == "past":
            return "span", calendar.back(1), published
        if which in ("that", "same"):
            return "span", *year_span(calendar.year)
        return "span", *year_span(published.year + offset)
    if unit == "month":
        month = months_back(published.replace(day=1), -offset)
        return "span", month, month_end(month.year, month.month)
    if unit == "week":
        monday = published - timedelta(days=published.weekday()) + timedelta(weeks=offset)
        return "span", monday, monday + timedelta(days=6)
    if unit == "quarter":
        month = months_back(published.replace(day=1), -3 * offset)
        first = 3 * ((month.month - 1) // 3) + 1
        return "span", *months_span(month.year, first, first + 2)
    if unit in _SEASONS:
        return "span", *months_span(published.year + offset, *_SEASONS[unit])
    return None


def _counted(parts: dict[str, str], calendar: Calendar) -> Read | None:
    for name in ("past", "ago", "span"):
        if name == "past" and "past" in parts:
            return _past(parts, calendar)
        if name == "ago" and "ago" in parts:
            return _ago(parts, calendar)
        if name == "span" and "span_n" in parts:
            number = _count(parts["span_n"])
            begin = (
                calendar.back(number) if parts["span_unit"].startswith("year") else calendar.back(0, number)
            )
            return "span", begin, calendar.published
    return None


def _past(parts: dict[str, str], calendar: Calendar) -> Read | None:
    number = _count(parts.get("past_n", "1"))
    if not number or calendar.published is None:
        return "span", None, None
    unit = parts["past_unit"]
    months = number * (12 if unit.startswith("year") else 120 if unit.startswith("decade") else 1)
    if unit.startswith(("week", "day")):
        begin = calendar.published - timedelta(days=number * (7 if unit.startswith("week") else 1))
        return "span", begin, calendar.published
    if parts["past"] in ("next", "coming", "following"):
        return "span", calendar.published, months_back(calendar.published, -months)
    return "span", months_back(calendar.published, months), calendar.published


def _ago(parts: dict[str, str], calendar: Calendar) -> Read:
    number, unit = _count(parts["ago_n"]), parts["ago_unit"]
    if parts["ago"] == "later":
        return "ago", None, None
    if unit.startswith(("year", "decade")):
        return "ago", *year_span(calendar.year_at(-number * (10 if unit.startswith("decade") else 1)))
    if unit.startswith("month") and calendar.published:
        month = months_back(calendar.published.replace(day=1), number)
        return "ago", month, month_end(month.year, month.month)
    return "ago", None, None
