"""Times of an English text that hold for no number: what is compared with, when it was said, when a thing began.

Here too two times that mark the ends of one stretch become one: from October last year to March.
"""

import re
from itertools import pairwise

from pairbook.analysis.claims.clauses_en import is_aside
from pairbook.analysis.claims.patterns import Phrases, any_of, words_between, words_of
from pairbook.analysis.claims.periods import Told
from pairbook.analysis.claims.times import Time
from pairbook.analysis.claims.tokens import Number

# A time after these is the base of a comparison: from 2017, than a year earlier, over 2010.
_BASE = re.compile(
    r"(?:from|than|with|against|for|of|over|on|the figure for|compared to)(?: the| in| that in| that of|"
    r" all of| about)? $"
)
_BASE_AGO = re.compile("(?:from|than|with|against|over|on|for|of|to)(?: the| in)? $")
_COMPARED = re.compile(
    "(?<![a-z])"
    + any_of(
        "up down rose increase[sd]? higher lower more less fewer compared against times growth percent % "
        "addition "
        "percentage_points grew gr[oe]w risen fell fallen decrease[sd]? decline[sd]? drop(?:ped)? surging "
        "jump(?:ed)?",
        "expand(?:ed|ing) climb(?:ed|ing) equivalent",
    )
    + r"(?![a-z])(?:[^,.;]|(?<=\d)[,.](?=\d)){0,40}$"
)
SET_AGAINST = re.compile(
    r"(?<![a-z])(?:against|compared (?:with|to)|versus|than|down from|up from|as (?:much|many|high|large|big) "
    r"as|what (?:it|they|he|she|we|you|i) [a-z]+|that of|those of)(?:[^,.;]|(?<=\d)(?:[,.](?=\d)|,(?= (?:\d"
    r"|$)))){0,36}$"
)
_LEVEL_BEFORE = re.compile(
    r"(?<![a-z])(?:above|below|short of|ahead of|on a par with|up on|down on|beyond) "
    r"(?:(?:the|that of|its|their|those of) )?(?:(?:level|figure|total)s? (?:of|in|for) )?$"
)
SAME_PERIOD = re.compile(r"(?<![a-z])same (?:period|months?|time|quarter|half)(?: of| in| a)?(?: the)? $")
# Officials said on Tuesday, figures released Monday: the day of the saying.
_SAID = re.compile(
    r"(?<![a-z])(?:"
    + any_of(
        "said says told announced reported according_to noted added released issued published statement "
        "press_conference news_conference briefing interview revealed disclosed reporters learned quoted cited"
    )
    + r")(?![a-z])[^.;\"]{0,70}$"
)
_HEARD = re.compile(r"[^.;]{0,90}?(?<![a-z])(?:said|told|says)(?![a-z])")
_DATELINE_BEFORE = re.compile(r"(?:^|\n)[^.\n]{0,40}, $")
_DATELINE_AFTER = re.compile(r"\.? ?(?:\((?:xinhua|cgtn|ecns|reuters|ap|afp|china daily)|-- |— |-- )")
# The scheme, launched in 2018, has reached …: the year is that of the launch alone.
_BEGAN = Phrases(
    "launched founded established set_up started opened begun formed created registered introduced initiated",
    "born built named adopted relocated inaugurated",
    behind="(?: back)? (?:in|on) (?:the )?$",
)
# According to a plan released in September: the time is the paper's.
_ISSUED = words_of("released signed issued published adopted announced approved reached")
_OF_PAPER = re.compile(
    r"(?<![a-z])(?:plan|agreement|contract|document|guideline|report|notice|memorandum|strategy|scheme)s?"
    rf" (?:that was |was )?(?:{'|'.join(sorted(_ISSUED))})(?: back)?"
    r"(?: (?:in|on|at the))?(?: early| late)? $"
)
# Under Decree No. 8 of 2021: the year is part of the paper's name.
# Near the classroom we built in 2022: the year is the classroom's.
_THEY_DID_IT = re.compile(
    r"(?<![a-z])(?:the|an?) [a-z]+ (?:that |which )?(?:we|they|he|she) (?:had )?"
    r"(?:[a-z]+ed|built|bought|made|set up|gave) in $"
)
_OF_DECREE = re.compile(r"(?<![a-z])(?:no\.? ?\d+|decree|document|law|rules?|regulations?|convention) of $")
_SINCE_THEN = re.compile(r",?[^.;\d]{0,60}?(?<![a-z])(?:has|have|now|is|are)(?![a-z])")
ATTRIBUTE = re.compile(
    r"[a-z] (?:finished|built|opened|launched|completed|signed|held|founded|established|introduced|started"
    r"|issued"
    r"|released|founded|adopted|made|planted)(?: (?:in|on|at|by))?(?: the)? $"
)
_FINITE_NEXT = re.compile(
    r" (?:has|have|had|was|were|is|are|cut|let|brought|gave|made|employs|covers|helped|allows|now"
    r"|[a-z]+s(?= \d)|[a-z]+ed)(?![a-z])"
)
_GROWTH_HEAD = re.compile(
    "(?<![a-z])(?:"
    + any_of(
        "up down increase rise growth drop fall decline decrease gain jump surge(?:d|ing)? surging rose "
        "grew grown "
        "increased fell dropped declined expanded climbed jumped soared by"
    )
    + r")(?: of| by)?(?: about| some| nearly| almost| more than| over| a)? ?$"
)
_GROWTH_TAIL = re.compile(
    r"(?:,| more| less| fewer| higher| lower| faster| up| down| over| above| below| year-on-year| increase|"
    r" growth| rise"
    r"| drop| fall| addition)(?![a-z])"
)
_TO_NOW = ("to date", "up to now", "until now", "till now", "up to the present")
_FROM_OR_BETWEEN = re.compile(r"(?<![a-z])(?:from|between)(?: the| early| late)*\s?$")


def is_bound(text: str, sentence: tuple[int, int], time: Time, numbers: list[Number]) -> bool:
    """Whether a time tells only what is compared with, when it was said, or when a thing described began."""
    start = sentence[0]
    before = text[max(start, time.start - 28) : time.start]
    if _DATELINE_AFTER.match(text, time.end) and _DATELINE_BEFORE.search(
        text, max(0, time.start - 48), time.start
    ):
        return True
    if "same " in before and SAME_PERIOD.search(before):
        return True
    if before.endswith("the ") and text.startswith("now ", time.start):
        # The now 54-year-old Liu.
        return True
    if time.kind == "ago":
        return bool(_BASE_AGO.search(before)) or _is_compared(text, start, time)
    if time.kind == "day" and _SAID.search(text, max(start, time.start - 110), time.start):
        return True
    if time.kind == "day" and (heard := _HEARD.match(text, time.end, sentence[1])):
        return not any(time.end < number.start < heard.end() for number in numbers)
    if _THEY_DID_IT.search(text, max(start, time.start - 50), time.start):
        return True
    if _OF_DECREE.search(before) and time.kind == "span":
        return True
    words = words_between(text, *sentence)
    is_issued = not _ISSUED.isdisjoint(words)
    if is_issued and _OF_PAPER.search(text, max(start, time.start - 60), time.start):
        return True
    is_since = time.kind == "since"
    if (
        not is_since
        and _BEGAN.search(text, max(start, time.start - 30), time.start, words)
        and _SINCE_THEN.match(text, time.end)
    ):
        return True
    if SET_AGAINST.search(text, max(start, time.start - 60), time.start) or _LEVEL_BEFORE.search(before):
        return True
    if is_aside(text, sentence, time, numbers):
        return True
    if ATTRIBUTE.search(before) and _FINITE_NEXT.match(text, time.end):
        # A road finished last year cut the trip: last year is told of the road.
        time.is_of_thing = True
    is_stretch = time.first is not None and time.last is not None and time.first.year < time.last.year
    if is_stretch and before.endswith(" from "):
        # A growth rate of 19 percent from 2014 to 2019: the years are the stretch and no base.
        return False
    is_based = bool(_BASE.search(before)) and not before.endswith("in all of ")
    return is_based and (time.kind != "day" or before.endswith("from ")) and _is_compared(text, start, time)


def _is_compared(text: str, start: int, time: Time) -> bool:
    return _COMPARED.search(text, max(start, time.start - 60), time.start) is not None


def is_growth(told: Told, number: Number) -> bool:
    """Whether a number tells by how much something changed, so that a time behind it is the base."""
    if _GROWTH_HEAD.search(*told.before(number.start, 40)):
        return True
    return number.sort in ("rate", "times") and _GROWTH_TAIL.match(told.text, number.end) is not None


def join_ends(text: str, times: list[Time]) -> None:
    """Make one stretch of two times with "from … to" or "between … and": from October last year to March."""
    for first, second in pairwise(times):
        link = text[first.end : second.start]
        if link not in (
            " ",
            " to ",
            " and ",
            " until ",
            " till ",
            " through ",
            "-",
            " - ",
            " to the ",
            " up to ",
        ):
            continue
        if link == " " and text.startswith(_TO_NOW, second.start):
            # From 1 April 2018 to date.
            if first.first and second.last:
                first.is_bound, second.kind, second.first = True, "span", first.first
            continue
        if (
            "-" not in link
            and first.kind != "since"
            and not _FROM_OR_BETWEEN.search(text, max(0, first.start - 14), first.start)
        ):
            continue
        if first.first is None or second.last is None or first.first > second.last:
            continue
        first.is_bound = True
        second.kind, second.first = "span", first.first
