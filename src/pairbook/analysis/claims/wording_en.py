"""How English tells times: the pattern that finds them, the words they begin with, and the words that lead them."""

import re

from pairbook.analysis.claims.patterns import any_of, words_of
from pairbook.analysis.claims.terms import tree_pattern

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
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
YEAR = r"(?:19|20)\d\d"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d,.]*\d|%)"
_WORD = r"\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|a|an|several"
_ORD = r"first|second|third|fourth|last|1st|2nd|3rd|4th"
WEEKDAY = r"monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_SEASON = r"spring|summer|autumn|fall|winter"
_THIS_YEAR = "(?:this|last|the|next) year"
_WHICH_YEAR = (
    rf"(?: (?:of|in) (?P<part_year>{YEAR}|{_THIS_YEAR})|,? (?P<part_year2>{YEAR}|this year|last year))?"
)
_UNIT = "years?|months?|weeks?|days?|decades?"
# In the 24 months; within six months measures a length and tells no time.
_SPAN_BEFORE = (
    "(?:" + "|".join(rf"(?<=\b{word} )" for word in ("in", "over", "during", "in the", "over the")) + ")"
)
_UNITS_NOT_YEAR = "(?:yuan|percent|per cent|million|mu|kg|tons|tonnes|rmb|km|hectares)"

# Of the numerals only years begin a time, and numbers that months, lengths of time, halves and quarters follow.
_FIRST = rf"(?=[a-z]|{YEAR}|\d{{1,3}}(?:st|nd|rd|th)? [adfhjmnoqswy])"

PATTERN = "".join(
    (
        # Blocks that begin with a letter, or with a digit, are left out at one look at other places.
        rf"(?P<time>{_FIRST}(?:(?=[a-z])(?:",
        # September 18 to 20, 2020; Sept 18
        rf"(?P<md_month>{_MONTH})[ ](?P<md_day>{_DAY})(?:(?: ?- ?| to | and )",
        rf"(?:(?P<md_to_month>{_MONTH}) )?(?P<md_to_day>{_DAY}))?(?:,? (?P<md_year>{YEAR}))?",
        # 18 September 2020
        rf")|(?=\d)(?:(?P<dm_day>{_DAY})(?: of)? (?P<dm_month>{_MONTH})(?![a-z])(?:,? (?P<dm_year>{YEAR}))?",
        # 2022 (Jan-Oct), January to May 2023
        rf"|(?P<ym_year>{YEAR}) ?\((?P<ym_from>{_MONTH}) ?(?:-|to) ?(?P<ym_to>{_MONTH})\)",
        rf")|(?=[a-z])(?:(?P<m_from>{_MONTH}) ?(?:-|to|through|and) ?(?P<m_to>{_MONTH})(?![a-z])",
        rf"(?:,? (?:of )?(?P<m_year>{YEAR}|this year|last year))?",
        # September 2020; last June
        rf"|(?P<my_month>{_MONTH})(?:,? of|,)? (?P<my_year>{YEAR}|last year|this year|next year)",
        rf"|(?P<which_month>last|next|this) (?P<wm_month>{_FULL})(?![a-z])",
        # 2016-2020, 2016 and 2020, 2018 to 2020
        rf")|(?=\d)(?:(?P<y_from>{YEAR}) ?(?:-|to|through|and|until) ?(?P<y_to>{YEAR}|(?<=-)\d\d(?!\d))",
        r"(?![\d,.]*\d|-\d)",
        r"|(?P<iso>(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2})(?!\d)",
        # first half of 2020, first nine months, Q1 2023
        rf")|(?P<half_of_year>first|second|1st|2nd) half{_WHICH_YEAR}",
        rf"|(?P<quarter>{_ORD}) quarter(?: (?:of|in) (?P<q_year>{YEAR}|{_THIS_YEAR})| (?P<q_year2>{YEAR}))?",
        rf"|(?=[a-z])(?:first (?P<n_quarters>two|three|2|3) quarters(?: of (?P<nq_year>{YEAR}|{_THIS_YEAR}))?",
        rf"|(?P<season>{_SEASON})(?: of)? (?P<season_year>{YEAR})",
        rf"|(?P<q_sign>q[1-4]|h[12])(?![a-z\d])(?:[ -]?(?P<qs_year>{YEAR}))?",
        rf"|first (?P<n_months>{_WORD}) months(?:(?: of| in|,)? (?P<nm_year>{YEAR}|{_THIS_YEAR}))?",
        # so far this year, last year, this spring
        rf"|(?P<so_far>so far (?:this year|in (?:{YEAR}|this year))|(?:this )?year[- ]to[- ]date|this year",
        " so far",
        "|since the (?:beginning|start) of (?:the|this) year|already this year|to date this year",
        "|up to now this year)",
        "|(?P<rel>last|this|next|previous|preceding|same|following|past|coming|that|current) ",
        rf"(?P<rel_unit>year|month|week|quarter|half-year|{_SEASON})(?![a-z-])",
        "|(?P<same_period>(?:(?<=during the )|(?<=in the ))same period)(?! (?:of|in|last|a year))",
        "|(?P<year_before>(?:a|one) year (?:earlier|before|ago)|year before|year[- ]earlier|year[- ]ago)",
        "|(?P<the_year>(?<=the )year(?! before| earlier| on| ago| ended",
        rf"| (?:to|through|up to) (?:the end of )?{_MONTH})(?=[ .,;]))",
        # past three years, three years ago, (in) four years
        rf"|(?P<past>past|last|previous|recent|next|coming|following)(?P<past_n> (?:{_WORD}|few|couple of))?",
        "(?P<past_half> and a half)? ",
        rf"(?P<past_unit>{_UNIT})(?![a-z-])",
        # the 12 months to January
        rf")|(?:(?P<to_n>{_WORD}) months|(?P<to_one_year>year)) (?:to|ending|ended|through|up to)(?: in)?",
        rf"(?: the end of)? (?:(?P<to_day>{_DAY}) )?(?P<to_month>{_MONTH})",
        rf"(?![a-z])(?: (?P<to_day2>{_DAY}))?(?:,? (?P<to_year>{YEAR}))?",
        rf"|(?P<ny_n>{_WORD}) years (?:to|ending|ended)(?: in)? (?P<ny_year>{YEAR})",
        rf"|(?P<ago_n>{_WORD}) (?P<ago_unit>{_UNIT}) (?P<ago>ago|earlier|before|later)",
        rf"|(?P<span_n>{_SPAN_BEFORE}(?:{_WORD}))(?P<span_half> and a half)? (?P<span_unit>years?|months?|decades?)",
        "(?![a-z-]| (?:time|old|of age))",
        "|(?=[a-z])(?:(?P<so_far_only>so far|to date|to this point|thus far|until now|up to now",
        "|till now|by now|as yet)",
        "|(?P<since_then>(?:ever )?since then|ever since)",
        "|(?P<year_end>(?:the )?year[- ]end|the end of the year)(?![a-z-])",
        "|(?P<then>(?<=by )then(?![a-z]))",
        "|(?P<now>now|today|currently|at present|presently|at the moment|nowadays|these days)(?![a-z-])",
        rf"|(?P<weekday>{WEEKDAY})(?![a-z])|(?P<yesterday>yesterday)",
        ")|(?P<plan>1[0-6]|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth)(?:th)? five[- ]year plan",
        "(?P<plan_period> period)?",
        rf"|(?=[a-z])(?P<month>{_LONE_MONTH})",
        r"|(?=\d)(?P<tens>(?:19|20)\d0)s(?![a-z])",
        rf"|(?=\d)(?P<bare>{YEAR})(?![\d%]|,(?!{YEAR}(?!\d))\d|\.\d|-\d|s |[ -]{_UNITS_NOT_YEAR}(?![a-z]))",
        r")(?P<early>(?<=\d) (?:financial|fiscal) year)?)(?![\d])",
    )
)
STARTS = tree_pattern(
    [
        *_FULL.split("|"),
        *WEEKDAY.split("|"),
        *words_of(
            "jan feb mar apr jun jul aug sep oct nov dec tenth eleventh twelfth thirteenth fourteenth fifteenth"
        ),
        *_SEASON.split("|"),
        *words_of("now today currently presently nowadays yesterday then q1 q2 q3 q4 h1 h2 1st 2nd recent"),
        *(
            f"{word} "
            for word in words_of("last this next previous preceding same following past coming current")
        ),
        *(
            "so far",
            "that year",
            "that month",
            "to date",
            "to this point",
            "to now this",
            "thus far",
            "these days",
            "year before",
            "year",
            "year-",
            "at present",
        ),
        *(
            "since the",
            "since then",
            "ever since",
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
    r"since_[a-z\d'\"“”_-]{3,110}?_(?:in|on|at|of(?<!the_end_of)(?<!the_beginning_of)(?<!the_start_of))",
    "since as_of as_at as_on by by_the_time until till up_to through"
    r" before "
    r"after",
    "in_all_of in on during over within from for at between",
)
_LED_BY = re.compile(
    rf"[(\"]?(?:(?P<lead>{_LEADS})(?: early| late)?(?: the)? )?"
    r"(?P<edge>(?:the )?(?:very )?(?:end|beginning|start|close|turn|middle|eve) of (?:the )?|early (?:in )?"
    r"|late (?:in )?"
    r"|mid-|end-)?(?:the )?"
)
_LEADING_WORDS, _LEADING_WORDS_PLAIN = 20, 12
"""How far back what leads a time may begin; only a since with its own words takes more than eleven."""
_LAST_LEADING_WORDS = words_of(
    "since of at on by time until till to through before after in during over within from for between early "
    "late the",
    "as mid- end-",
)
_ALONE = words_of("in during over within from for between by until till through before after")


def led_by(text: str, start: int) -> tuple[str, str, int]:
    """The word that leads a time, the edge of it that is meant (end of, early), and where the edge begins."""
    low = max(0, start - 130)
    last = text[max(text.rfind(" ", low, start - 1), text.rfind("\n", low, start - 1), low - 1) + 1 : start]
    word = last.strip(' ("')
    has_since = text.find("since", low, start) >= 0
    if word in _ALONE and not has_since:
        # One preposition is the usual case and needs no pattern.
        return word, "", start
    if word not in _LAST_LEADING_WORDS:
        return "", "", start
    places, place = [start], start - 1
    for _ in range(_LEADING_WORDS if has_since else _LEADING_WORDS_PLAIN):
        place = max(text.rfind(" ", low, place), text.rfind("\n", low, place))
        if place < 0:
            places += [0] if low == 0 else []
            break
        places.append(place + 1)
    for begin in reversed(places):
        found = _LED_BY.fullmatch(text, begin, start)
        if found:
            return found["lead"] or "", found["edge"] or "", found.start("edge")
    return "", "", start
