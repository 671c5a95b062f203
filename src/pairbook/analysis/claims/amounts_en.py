"""English amounts: what a match of the grammar's number patterns says, with its unit, range and noun."""

import re
from decimal import Decimal

from pairbook.analysis.claims import numerals
from pairbook.analysis.claims.exclusions_en import DIGITS, ONES, WORDS
from pairbook.analysis.claims.nouns_en import noun_after
from pairbook.analysis.claims.patterns import any_of
from pairbook.analysis.claims.shapes import Qualifier
from pairbook.analysis.claims.tokens import Number
from pairbook.analysis.claims.units import (
    CURRENCY_SIGNS,
    Unit,
    singular,
    sort_of,
    spelled,
    unit_pattern,
    units_of,
)

MAGNITUDE = (
    any_of(
        "mil+[aei]?[oi]+n+s? mill?on milions? bil+[aei]?[oi]*n+s? tril+[aei]?[oi]*n+s? thousands? thousend "
        "hundred mln bln mn bn mil bil",
        "trn dozen",
    )
    + r"(?![a-z])|(?<=\d)[mkb](?![a-z\d])|(?<=\d) m(?= (?:yuan|rmb|dollars|euros|people))"
)
CURRENCY = (
    r"us ?\$|hk\$|nt\$|mop\$|(?<![a-z])s\$|a\$|c\$|\$|¥|€|£"
    r"|(?:rmb|cny|usd|eur|gbp|hkd|mop|sgd|jpy|aud|cad)(?=[ ¥]?\d)(?: ?¥)?"
)
_RANGE = re.compile(
    rf"(?: ?(?:-|~|—){{1,2}} ?| to | and | or )(?:(?P<currency>{CURRENCY}) ?)?(?P<whole>{DIGITS}"
    rf"|{WORDS}(?![a-z]))(?:[ -]?(?P<times>{MAGNITUDE}))?"
)
_BETWEEN = re.compile(r"between(?: about| around| roughly| some)? $")
_OPEN_RANGE = re.compile(
    r"(?:anything|anywhere|ranging|ranged|ranges|varying|varied|vary|varies) from (?:about |around )?$"
)
_CHANGES = re.compile(
    r"(?:r[oi]se|risen|grew|grow|increas|drop|fell|fall|cut|reduc|climb|soar|surg|jump|expand|declin|shr[aiu]nk"
    r"|went|lift|rais|compar|improv|down|up|slash|plung|mov|chang|trimm|brought|bring|narrow|widen|swell|edged"
    r"|doubl|tripl)[a-z]*"
    r"(?: [^.;\n]{0,50})? from (?:about |around |some |nearly |over |more than )?$"
)
_TIMES_RATIO = re.compile(
    " " + any_of("the as that those what more higher greater larger bigger its faster of than") + "(?![a-z])"
)
_VAGUE = {
    "dozens": 24,
    "scores": 40,
    "hundreds": 200,
    "thousands": 2_000,
    "tens of thousands": 20_000,
    "hundreds of thousands": 200_000,
    "millions": 2_000_000,
    "tens of millions": 20_000_000,
    "hundreds of millions": 200_000_000,
    "billions": 2_000_000_000,
    "hundred": 200,
    "thousand": 2_000,
    "hundred thousand": 200_000,
    "million": 2_000_000,
    "dozen": 24,
}
_MULTIPLIED = {"doub": 2, "twic": 2, "trip": 3, "treb": 3, "quad": 4, "quin": 5}
_PART_OF = {
    "half": 2,
    "halves": 2,
    "quarter": 4,
    "third": 3,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}


def bare_number(text: str, found: re.Match[str], end: int) -> Number:
    """Four digits that look like a year and count something: 2,019 households without its comma."""
    low = Decimal(found["bare"])
    return _number(text, found.start("bare"), found.end("bare"), end, low, None, None, "exact")


def no_claim(found: re.Match[str], why: str) -> Number:
    """A numeral that is part of something else; for durations their length."""
    begin, close = found.span()
    low, unit = None, ""
    if why == "duration":
        words = re.match(rf"({DIGITS}|[a-z]+(?:[ -](?:{ONES}))?)", found[0])
        low = _value(words[1]) if words else None
        unit = "year" if "year" in found[0] else "month" if "month" in found[0] else "other:time"
    elif why == "list_mark":
        begin += len(found[0]) - len(found[0].lstrip())
    elif f"{why}_digits" in found.re.groupindex:
        begin = found.start(f"{why}_digits")
    return Number(begin, close, low, None, "exact", unit, "", "", why)


def _value(written: str) -> Decimal | None:
    return numerals.of_digits(written) if written[0].isdigit() else numerals.of_english(written)


def _rate(found: re.Match[str], low: Decimal) -> Number:
    return Number(found.start(), found.end(), low, None, "exact", "percent", "rate", "", "")


def _one_in(text: str, found: re.Match[str], end: int) -> Number | None:
    above, below = _value(found["above"]), _value(found["below"])
    is_count = found[0].count(" out of ") and _counts_things(text, found, end)
    if above is None or below is None or not above < below <= 1000 or below < 3 or is_count:
        return None if above is None else _spelled(text, found, end, "above")
    return _rate(found, (above * 100 / below).quantize(Decimal("0.01")).normalize())


def _counts_things(text: str, found: re.Match[str], end: int) -> bool:
    """Whether "four out of eleven" counts counties or villages and is no rate among people."""
    return noun_after(text, found.end(), end, Decimal(2)).unit not in ("", "person", "household")


def _part(text: str, found: re.Match[str], end: int) -> Number | None:
    above = _value(found["part_of"]) or Decimal(1)
    below = _PART_OF[found["part_name"] if found["part_name"] == "halves" else found["part_name"].rstrip("s")]
    if above >= below:
        return None
    return _rate(found, (above * 100 / below).quantize(Decimal("0.01")).normalize())


def _half(text: str, found: re.Match[str], end: int) -> Number | None:
    if found["half_unit"]:
        unit = units_of("en")[found["half_unit"]]
        return _number(text, found.start(), found.end(), end, Decimal("0.5"), None, unit, "exact")
    return _rate(found, Decimal(50))


def _multiplied(text: str, found: re.Match[str], end: int) -> Number | None:
    word = found[0]
    low = numerals.of_english(word[:-4]) if word.endswith("fold") else Decimal(_MULTIPLIED[word[:4]])
    return (
        None
        if low is None
        else Number(found.start(), found.end(), low, None, "exact", "other:times", "times", "", "")
    )


def _vague(text: str, found: re.Match[str], end: int) -> Number | None:
    word = found[0].removeprefix(found["vague_few"] or "").strip()
    if text.startswith(" of ", found.end()):
        # Tens of millions of yuan: the unit is part of the sum.
        unit, close = _unit_at(text, found.end() + len(" of"))
        if unit is not None and unit.sort == "money":
            return _number(text, found.start(), close, end, Decimal(_VAGUE[word]), None, unit, "at_least")
    return _number(text, found.start(), found.end(), end, Decimal(_VAGUE[word]), None, None, "at_least")


def _dozen(text: str, found: re.Match[str], end: int) -> Number | None:
    word = found[0]
    low = Decimal(6 if word.startswith("half") else 24 if found["dozen_few"] else 12)
    start = found.start() + len(found["dozen_few"] or "")
    return _number(text, start, found.end(), end, low, None, None, "about")


def _spelled(text: str, found: re.Match[str], end: int, group: str = "spelled") -> Number | None:
    written = found[group]
    low = numerals.of_english(written)
    if low is None:
        return None
    close = found.end(group)
    if group == "spelled" and found["words_odd"]:
        close = found.end("words_odd")
    unit, unit_end = _unit_at(text, close)
    high = None
    second = _second_of_range(text, found.start(group), unit_end if unit else close, low, unit, Decimal(1))
    if second is not None:
        low, high, unit, unit_end, close = second
    number = _number(
        text,
        found.start(group),
        unit_end if unit else close,
        end,
        low,
        high,
        unit,
        "range" if high else "exact",
    )
    if group == "spelled" and found["words_odd"]:
        number.qualifier = "more_than"
    if low == 1 and high is None and unit is None and not _is_counted_one(text, found.start(group), number):
        return None
    return number


_ONE_OF = re.compile(
    r"(?:no|any|every|each|this|that|the|which|another|some|by|or|first|last|only|other|new|old|big|small|good) $"
)


def _is_counted_one(text: str, start: int, number: Number) -> bool:
    """Whether "one" counts a thing (one vocational college) and is no pronoun (one of the, the one, at one)."""
    if re.search(r"(?:just|only) $", text[max(0, start - 6) : start]) and text.startswith(
        (" remain", " is left", " was left"), number.end
    ):
        return True
    if text.startswith(" of ", number.end):
        return False
    return bool(number.noun) and not _ONE_OF.search(text, max(0, start - 9), start)


def _digits(text: str, found: re.Match[str], end: int) -> Number | None:
    raw = numerals.of_digits(found["whole"])
    close = found.end()
    magnitude = (found["times"] or "").strip()
    times = numerals.magnitude_en(magnitude) if magnitude else Decimal(1)
    unit, unit_end = _unit_at(text, close)
    if magnitude == "m" and not found["currency"] and (unit is None or unit.sort != "money"):
        # 300m is a length unless money is meant.
        unit, unit_end, times = Unit("other:m", Decimal(1), "length"), close, Decimal(1)
    low = -raw * times if found["sign"] == "-" else raw * times
    high: Decimal | None = None
    second = _second_of_range(text, found.start(), unit_end if unit else close, raw, unit, times)
    if second is not None:
        low, high, unit, unit_end, close = second
    qualifier: Qualifier = "range" if high is not None else "exact"
    if found["odd"] or found["plus_sign"]:
        qualifier = "at_least" if found["plus_sign"] else "more_than"
    if found["currency"]:
        currency = CURRENCY_SIGNS.get(found["currency"].replace(" ", ""), "CNY")
        if unit is None or unit.sort != "money":
            return Number(found.start(), close, low, high, qualifier, currency, "money", "", "")
        unit = Unit(currency if unit.unit == "USD" else unit.unit, Decimal(1), "money")
    if unit is None and high is None:
        change = _unit_of_change(text, found.start(), close)
        if change is not None:
            return Number(
                found.start(),
                close,
                low * change.factor,
                None,
                qualifier,
                change.unit,
                change.sort,
                "",
                "",
            )
    number = _number(text, found.start(), unit_end if unit else close, end, low, high, unit, qualifier)
    return number


def _unit_of_change(text: str, start: int, close: int) -> Unit | None:
    """The unit of a number whose change is told with it once: rose from 300 to 420 kg."""
    second = _RANGE.match(text, close)
    if (
        second is None
        or not second[0].startswith(" to ")
        or not _CHANGES.search(text, max(0, start - 80), start)
    ):
        return None
    return _unit_at(text, second.end())[0]


def _unit_at(text: str, place: int) -> tuple[Unit | None, int]:
    at = place + 1 if text[place : place + 1] in (" ", "-", "\n") else place
    found = unit_pattern("en").match(text, at)
    if found is None:
        return None, place
    unit = units_of("en")[spelled(found[0])]
    if found[0] == "times" and not _TIMES_RATIO.match(text, found.end()):
        return None, place
    return unit, found.end()


def _second_of_range(
    text: str, start: int, close: int, raw: Decimal, unit: Unit | None, times: Decimal
) -> tuple[Decimal, Decimal, Unit | None, int, int] | None:
    """The rest of a range such as 4,500-6,800 yuan or between 500 and 1,000 yuan; None where there is none."""
    second = _RANGE.match(text, close)
    if second is None:
        return None
    is_and = second[0].startswith(" and")
    if is_and and not _BETWEEN.search(text, max(0, start - 24), start):
        return None
    high_raw = _value(second["whole"])
    if high_raw is None:
        return None
    if second[0].startswith(" or ") and not raw < high_raw <= raw + 1 <= _ASPECTS_MAX:
        # Two or three ponds; but 500 yuan or 8 percent.
        return None
    is_open = _OPEN_RANGE.search(text, max(0, start - 30), start)
    if second[0].startswith(" to ") and not is_open and _CHANGES.search(text, max(0, start - 80), start):
        return None
    high_times = numerals.magnitude_en(second["times"].strip()) if second["times"] else Decimal(1)
    high_unit, high_end = _unit_at(text, second.end())
    if unit is not None and (high_unit is None or high_unit.unit != unit.unit):
        return None
    if (
        high_unit is None
        and unit is None
        and "-" in second[0]
        and times == 1
        and high_raw - raw < 2
        and raw < 13
    ):
        return None
    low = raw * (high_times if times == 1 and raw <= high_raw and unit is None else times)
    high = high_raw * high_times
    if high <= low:
        return None
    return low, high, high_unit or unit, high_end, second.end()


def _number(
    text: str,
    start: int,
    close: int,
    end: int,
    low: Decimal,
    high: Decimal | None,
    unit: Unit | None,
    qualifier: Qualifier,
) -> Number:
    """A number with its unit, or with the noun that it counts."""
    if unit is not None:
        if unit.sort == "time":
            code = unit.unit
            return Number(start, close, low, high, qualifier, code, "", "", "duration")
        if unit.factor != 1:
            low, high = low * unit.factor, None if high is None else high * unit.factor
        return Number(start, close, low, high, qualifier, unit.unit, unit.sort, "", "")
    noun, code, phrase_end = noun_after(text, close, end, low)
    if code == "name" or (code == "other:aspect" and low <= _ASPECTS_MAX):
        # 7-seater, 2-up: the number describes a thing and counts none; in three aspects only orders what is told.
        return Number(start, close, low, high, qualifier, "", "", "", "name")
    if noun in ("years", "months", "weeks", "days", "hours", "minutes", "decades"):
        return Number(start, close, low, high, qualifier, singular(noun), "", "", "duration")
    return Number(start, close, low, high, qualifier, code, sort_of(code), noun, "", phrase_end=phrase_end)


_ASPECTS_MAX = 10

READERS = {
    "one_in": _one_in,
    "part": _part,
    "half": _half,
    "multiplied": _multiplied,
    "vague": _vague,
    "dozen": _dozen,
    "digits": _digits,
    "words": _spelled,
}
