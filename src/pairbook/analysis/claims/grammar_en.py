"""The English grammar of numbers: one pattern finds times, numerals that count nothing, and numbers with units."""

import re
from collections.abc import Iterator
from functools import cache

from pairbook.analysis.claims import exclusions_en, numerals, times_en, wording_en
from pairbook.analysis.claims.amounts_en import CURRENCY, MAGNITUDE, READERS, bare_number, no_claim
from pairbook.analysis.claims.exclusions_en import (
    DIALLED_WORDS,
    DIGITS,
    NUMBERED_WORDS,
    ONES,
    SMALL,
    TEENS,
    TENS,
    WORDS,
)
from pairbook.analysis.claims.nouns_en import WORD
from pairbook.analysis.claims.patterns import any_of, named, words_of
from pairbook.analysis.claims.terms import rows, tree_pattern
from pairbook.analysis.claims.times import Calendar, Time
from pairbook.analysis.claims.tokens import Number
from pairbook.analysis.claims.units import nouns_of

_PART = any_of("thirds? quarters? fifths? sixths? sevenths? eighths? ninths? tenths? halves")
_AFTER_PART = any_of(
    r"_of _more _less [.,;)] _in_(?:19|20)\d\d _to_ _from_ _compared _were _was _had _have _lived _came _are _is",
    r"\s*$ _since _by _over _after _as",
)
_NOT_ONE_IN = any_of(
    "years? months? days? weeks? counties villages townships provinces percent million projects"
)
_VAGUE_WORDS = any_of(
    "tens_of_thousands tens_of_millions hundreds_of_thousands hundreds_of_millions thousands hundreds dozens "
    "scores millions",
    "billions",
)

_NUMBER_FIRST = "|".join(
    (
        named(
            "one_in",
            rf"(?<![.,-])(?P<above>\d{{1,3}}|{SMALL}) (?:in|out of)(?: every)? (?P<below>\d{{1,3}}|{SMALL}|a "
            rf"hundred)"
            rf"(?![a-z\d,.-]*\d|[a-z-])(?! {_NOT_ONE_IN})",
        ),
        named(
            "part",
            rf"(?P<part_of>an?|one|two|three|four|five|six|seven"
            rf"|nine)[ -](?P<part_name>{_PART})(?![a-z])(?={_AFTER_PART})",
            first="aotfsn",
        ),
        named(
            "half",
            r"half an? (?P<half_unit>hectare|kilomet(?:er|re)|tonn?e?|kilo(?:gram)?|mu|mile)(?![a-z])",
            r"(?:one-)?half(?= (?:of|the|their|its|all|his|her|our|were|was|are|came)(?![a-z])|[.,;]| a "
            r"percentage)",
            first="ho",
        ),
        named(
            "multiplied",
            any_of("doubled doubling tripled tripling trebled quadrupled quintupled") + "(?![a-z])",
            "(?:twice|double|triple)(?= (?:as|the|that|those|what|its)(?![a-z]))",
            "(?:two|three|four|five|six|seven|eight|nine|ten)fold(?![a-z])",
            first="dtqfsen",
        ),
        named(
            "vague",
            rf"{_VAGUE_WORDS}(?= of|[ .,;])",
            r"(?P<vague_few>several|a few|some) (?:hundred thousand|hundred|thousand|dozen|million)(?![a-z])",
            first="thdsmba",
        ),
        named(
            "dozen", r"(?:half a dozen|a dozen|(?P<dozen_few>a few |several )?dozen)(?![a-z])", first="ahsd"
        ),
    )
)
_NUMBER_LAST = "|".join(
    (
        named(
            "digits",
            rf"(?:(?P<currency>{CURRENCY}) "
            rf"?)?(?P<sign>(?<![\w)%])[+-])?(?P<whole>{DIGITS})(?:[ -]?(?P<times>{MAGNITUDE}))?"
            r"(?P<odd>[ -]odd(?![a-z])|-some(?![a-z])|-plus(?![a-z]))?(?P<plus_sign>\+(?!\d))?",
        ),
        named("words", rf"(?P<spelled>{WORDS})(?P<words_odd>-odd)?(?![a-z])"),
    )
)
# Where a time, an exclusion or a number may begin; the long pattern is tried at these places alone.
_START_WORDS = (
    *ONES.split("|"),
    *TEENS.split("|"),
    *TENS.split("|"),
    *numerals.ORDINALS_EN,
    *" ".join(NUMBERED_WORDS).split(),
    *(word.replace("_", " ") for word in DIALLED_WORDS.split()),
    *words_of(
        "half dozen dozens scores hundreds thousands tens millions billions several twice doubl tripl trebl"
    ),
    *words_of(
        "quadrup quintup no nos aged age ages some rmb cny usd eur gbp hkd mop sgd jpy aud cad us hk nt s"
    ),
)
_START_WITH_LETTER = (
    rf"{tree_pattern(list(_START_WORDS))}|{wording_en.STARTS}|an? (?=[hmtbdfqyo])|[ivx]{{1,4}}[.)]\s"
)
_START_WITH_SIGN = r"(?=[\d\[〔(#№$¥€£①-⑳\"+-])(?:(?<!\d)\d|[+-](?=\d)|[^\d+-])"


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Where something may begin; names and times; what counts something and what does not."""
    listed = [row["name"] for row in rows("names") if row["lang"] == "en"]
    first_words = tree_pattern(
        sorted({name.split()[0].split("-")[0] for name in listed if name[0].isalpha()})
    )
    name = f"(?P<name>(?:{tree_pattern(listed)})(?![a-z]))"
    starts = f"(?<![a-z])(?:{_START_WITH_LETTER}|(?:{first_words})(?![a-z]))|{_START_WITH_SIGN}"
    # Times have many groups, and every match pays for all groups of its pattern: other numerals need not.
    times = f"{name}|{wording_en.PATTERN}"
    numbers = f"{_NUMBER_FIRST}|{exclusions_en.PATTERN}|{_NUMBER_LAST}"
    return re.compile(starts), re.compile(times), re.compile(numbers)


# \Z and not $, which would look past a line break: "and" at the end of a line is no part of the number below.
_LETTERS_BEFORE = re.compile(r"[a-z][a-z]*-?\Z")


def tokens(text: str, start: int, end: int, calendar: Calendar) -> Iterator[Time | Number]:
    """Times and numbers of a stretch of English, in order."""
    starts, times, numbers = _patterns()
    place = start
    for begin in starts.finditer(text, start, end):
        at = begin.start()
        if at < place:
            continue
        found = times.match(text, at, end) or numbers.match(text, at, end)
        if found is None:
            continue
        token = _token(text, found, place, end, calendar)
        if token is None:
            place = found.end()
        else:
            yield token
            place = token.end


def _token(text: str, found: re.Match[str], place: int, end: int, calendar: Calendar) -> Time | Number | None:
    # lastgroup is the group that closed last: the outer one of each alternative.
    name = found.lastgroup or ""
    if text[found.start()].isdigit() and (code := _code(text, found, place)):
        return code
    if name == "time":
        return times_en.read_time(found, calendar) if _is_time(text, found) else bare_number(text, found, end)
    if name in READERS:
        return READERS[name](text, found, end)
    if (
        name == "name"
        and found[0].startswith("two ")
        and not _TWO_KNOWN.search(text, max(0, found.start() - 12), found.start())
    ):
        # Two counties are counted, the two counties are known.
        counted = re.compile(_NUMBER_LAST).match(text, found.start(), end)
        return None if counted is None else READERS["words"](text, counted, end)
    if name == "name" and found[0].startswith(("one ", "no one")):
        # Set phrases of "one" are no numbers to anybody.
        return None
    return no_claim(found, name)


_TWO_KNOWN = re.compile(r"(?:the|our|these|those|both|between|of|its|their|all) $|[\"(]$|^$")


def _code(text: str, found: re.Match[str], place: int) -> Number | None:
    """COVID-19, G327, PM2.5: digits that letters run into."""
    last = text[found.start() - 1 : found.start()]
    if not (last.isalpha() or last == "-"):
        return None
    letters = _LETTERS_BEFORE.search(text, max(place, found.start() - 12), found.start())
    if letters is not None and letters[0] in _RUN_ON and _SHARE.match(text, found.start()):
        # Up6.1% over 2012: the blank was lost in print.
        return None
    if letters is None or letters[0] in ("mid-", "end-", "us-", "pre-", "post-", "non-", "some-", "over-"):
        return None
    digits = _REST_OF_CODE.match(text, found.start())
    close = digits.end() if digits else found.end()
    return Number(letters.start(), close, None, None, "exact", "", "", "", "code")


_RUN_ON = words_of("up down by of to from reached over")
_SHARE = re.compile(r"\d+(?:\.\d+)? ?(?:%|percent)")
_REST_OF_CODE = re.compile(r"\d[\w-]*(?:\.\d+)?")


_LEADS_A_YEAR = re.compile(
    r"(?:\b(?:in|since|by|of|from|to|until|till|during|for|and|early|late|mid|before|after|through|than"
    r"|year|the)|[(/|-])\s?$"
)


def _is_time(text: str, found: re.Match[str]) -> bool:
    """Whether four digits are a year: a preposition before them, or nothing behind them that is counted."""
    if found["bare"] is None:
        return True
    if _LEADS_A_YEAR.search(text[max(0, found.start() - 8) : found.start()]):
        return True
    word = WORD.match(text, found.end())
    return word is None or word[1] not in nouns_of("en")
