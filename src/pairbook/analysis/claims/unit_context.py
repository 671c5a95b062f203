"""Units of numbers that have none beside them: said before the number, or the same as those of the number before."""

import re

from pairbook.analysis.claims.shapes import Lang
from pairbook.analysis.claims.tables import label_unit
from pairbook.analysis.claims.tokens import Number
from pairbook.analysis.claims.units import noun_pattern_zh, nouns_of, sort_of

_MONEY_ZH = re.compile(
    r"(?:资金|投资|金额|价值|收入|产值|销售额|交易额|成交额|折款|总额|款|经费|贷款|补助|投入)[^,，。;；\n\d]{0,6}$"
)
_MONEY_EN = re.compile(
    r"(?<![a-z])(?:funds?|funding|investment|worth|valued at|sales|income|aid|grants?|donations?|revenue"
    r"|budget)[^.;\n\d]{0,20}$"
)
_WORD_EN = re.compile(r"[a-z][a-z'-]*")
_REACH_ZH, _REACH_EN = 10, 70
_LIKE_THE_LAST = re.compile(
    r" (?:of (?:whom|them|which|these|those)|more|others?|came|will|were|was|are|in all|ones?|western|eastern"
    r"|of the)(?![a-z])|[.,;)]| *$"
)


def take_unit(text: str, number: Number, begin: int, lang: Lang, last: tuple[str, str]) -> None:
    """Give the number a unit from the words before it, or note that nothing shows it to be a claim."""
    line = text.rfind("\n", begin, number.start) + 1
    said = (
        label_unit(text, max(line, begin, number.start - 40), number.start, lang)
        if number.low is not None
        else None
    )
    if said is not None and number.low is not None:
        unit, factor = said
        number.low *= factor * unit.factor
        number.unit, number.sort = unit.unit, unit.sort
        return
    if lang == "zh":
        _take_zh(text, number, begin)
    else:
        _take_en(text, number, begin, last)


def _take_zh(text: str, number: Number, begin: int) -> None:
    written = text[number.start : number.end]
    is_large = any(sign in written for sign in "万亿")
    if is_large and _MONEY_ZH.search(text, max(begin, number.start - 16), number.start):
        number.unit, number.sort = "CNY", "money"
        return
    noun = ""
    for found in noun_pattern_zh().finditer(text, max(begin, number.start - _REACH_ZH), number.start):
        if not re.search(r"[,，。;；\n\d]", text[found.end() : number.start]):
            noun = found[0]
    if noun:
        number.unit = nouns_of("zh")[noun]
        number.sort, number.noun = sort_of(number.unit), noun
    else:
        number.why_not = "bare"


def _take_en(text: str, number: Number, begin: int, last: tuple[str, str]) -> None:
    nouns = nouns_of("en")
    noun = ""
    for found in _WORD_EN.finditer(text, max(begin, number.start - _REACH_EN), number.start):
        if found[0] in nouns:
            noun = found[0]
    if last[0] and (not noun or _LIKE_THE_LAST.match(text, number.end)):
        number.unit, number.sort = last
        return
    if noun:
        number.unit, number.noun = nouns[noun], noun
        number.sort = sort_of(number.unit)
        return
    number.unit = "other:number"
