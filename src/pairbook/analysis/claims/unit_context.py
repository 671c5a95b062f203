"""Units of numbers that have none beside them: said before the number, or the same as those of the number before."""

import re
from dataclasses import dataclass
from decimal import Decimal

from pairbook.analysis.claims.amounts_zh import MONEY_VERB
from pairbook.analysis.claims.nouns_en import noun_after
from pairbook.analysis.claims.patterns import words_of
from pairbook.analysis.claims.shapes import Lang
from pairbook.analysis.claims.tables import label_unit
from pairbook.analysis.claims.tokens import Number
from pairbook.analysis.claims.units import noun_pattern_zh, nouns_of, plural_of, singular_nouns, sort_of

_MONEY_ZH = re.compile(
    r"(?:资金|投资|金额|价值|收入|产值|销售额|交易额|成交额|折款|总额|款|经费|贷款|补助|投入|薪|筹资|筹集|债务)[^,，。;；\n\d]{0,6}$"
)
# 28.11亿扶贫资金, 25万的年薪: what the sum is of stands behind it.
_MONEY_BEHIND_ZH = re.compile(
    r"的?[\u3400-\u9fff]{0,6}(?:资金|善款|贷款|投资|捐款|年薪|月薪|薪资|经费|补助款|债务)"
)
_EARNED_ZH = re.compile("(?:挣|赚|领|拿)(?:[上了到]|回家)?$")
_HANDED_OVER = re.compile("(?:捐赠|赠送|送去|送上|发放|购置|购买|配备|添置)[^,，。;；]{0,18}$")
_EARNED_MIN = 100
# 对口支援年鉴·2018】: the year of a title.
_YEAR_IN_BRACKETS = re.compile(r"[·(（〔【\[](?:19|20)\d\d.?|.(?:19|20)\d\d[)）〕】\]]")
_N_OF = re.compile(r"\d of $")
_WORD_EN = re.compile(r"[a-z][a-z'-]*")
_REACH_ZH, _REACH_EN = 10, 70
_NUMBER_OF = re.compile(
    r"(?<![a-z])(?:numbers? of(?= [a-z])(?=(?:[^;.](?!that of|those of)){3,110}$)|(?:that"
    r"|those) of(?= [a-z])(?=[^;.\d]{3,60}$))"
)
_THE_NUMBER = re.compile(
    r"(?<![a-z])(?:the|this|that|their|its) (?:number|figure|total|population)s?(?! of)[^.;,]{0,40}$"
)
_POPULATION = re.compile(
    r"(?<![a-z])(?:(?:population|payroll|workforce|attendance|enrol+ment)"
    r"(?: of| was| is| to| has| stood at)?[^,;.\d]{0,24}|(?:employ(?:s|ed|ing)?|hires?|hired|recruited) )$"
)
_GROUP_OF = re.compile(
    r"(?<![a-z])(?:delegation|team|group|staff|workforce|crew|party|crowd|audience|cohort|contingent|membership|family"
    r"|class|batch) of (?:about |some |around |nearly |over |more than |at least |up to )?$"
)
_PEOPLE_DO = re.compile(
    r" (?:(?:will|would|have|has|had|also|then|since|already|later|now) ){0,3}(?:leave|left|go|went|gone|return(?:ed)?"
    r"|travel(?:led)?|stud(?:y|ied)|graduated?|enrol(?:led)?|signed up|found (?:work|jobs)|work|took up"
    r"|out of poverty|c[ao]me (?:home|back)|moved (?:home|back|away)"
    r"|on (?:its|the|their) (?:books|payroll|staff)|(?:was|were|been|are) (?:trained|employed|hired|taught"
    r"|treated|invited))(?![a-z])"
)
"""What only people do, where a number stands alone: a further 200 will leave."""
_OF_THEM = re.compile(r" of (?:them|these|those|whom)(?![a-z])(?! [a-z]+s(?![a-z]))")
_LARGE = re.compile("(?:million|billion|trillion|bn|mln)$")
_LEADS_ASIDE = words_of("with in by from at across among to for")
_ONE_OF = re.compile(r"(?<![a-z])one of (?:the )?$")


@dataclass(slots=True)
class LastUnits:
    """The units that a number without one may go on with."""

    unit: str = ""
    """Of the last thing that was counted."""
    sort: str = ""
    place: int = -1
    money: str = ""
    money_place: int = -1
    classifier: str = ""
    """With which it was counted, where a noun said what it was."""

    def remember(self, number: Number) -> None:
        """Take note of a number that has its unit."""
        if number.sort == "money":
            self.money, self.money_place = number.unit, number.start
        elif number.sort not in _NEVER_LEFT_OUT:
            self.unit, self.sort, self.place = number.unit, number.sort, number.start

    def remember_classifier(self, text: str, number: Number) -> None:
        """Take note of how a number is counted; one without a noun counts what the last one with this classifier did.

        新技术37项，27项填补空白: the 27 are of the same.
        """
        found = _CLASSIFIER.search(text[number.start : number.end])
        if found is None:
            return
        if number.noun:
            self.classifier = found[0]
        elif self.classifier == found[0] and self.unit:
            number.unit, number.sort = self.unit, self.sort
        else:
            self.classifier = ""


_CLASSIFIER = re.compile("[项所座处条款种间]$")
_NEVER_LEFT_OUT = words_of("rate times area length weight volume power")


def take_unit(text: str, number: Number, begin: int, lang: Lang, last: LastUnits) -> None:
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
        _take_zh(text, number, begin, last)
    else:
        _take_en(text, number, begin, last)


def _take_zh(text: str, number: Number, begin: int, last: LastUnits) -> None:
    if number.sort == "count" and _HANDED_OVER.search(text, max(begin, number.start - 20), number.start):
        number.unit, number.sort = "piece", "goods"
        return
    if number.sort == "count":
        # 个 counts whatever was named last: 贫困村从2015年的120个减少到8个.
        nouns = [
            found[0]
            for found in noun_pattern_zh().finditer(text, max(begin, number.start - 40), number.start)
        ]
        counted = [noun for noun in nouns if nouns_of("zh")[noun] not in ("person", "piece")]
        if text.endswith("在", 0, number.start):
            # 住在10多个山头上: nothing that was named before.
            number.unit = "other:item"
        elif counted:
            number.unit, number.noun = nouns_of("zh")[counted[-1]], counted[-1]
        else:
            number.unit = last.unit if last.sort not in ("", "person", "household") else "other:item"
        number.sort = sort_of(number.unit)
        return
    written = text[number.start : number.end]
    is_large = any(sign in written for sign in "万亿")
    if is_large and (
        _MONEY_ZH.search(text, max(begin, number.start - 16), number.start)
        or MONEY_VERB.search(text, max(begin, number.start - 8), number.start)
        or _MONEY_BEHIND_ZH.match(text, number.end)
    ):
        number.unit, number.sort = "CNY", "money"
        return
    if (
        number.low is not None
        and number.low >= _EARNED_MIN
        and _EARNED_ZH.search(text, max(begin, number.start - 3), number.start)
    ):
        number.unit, number.sort = "CNY", "money"
        return
    if _YEAR_IN_BRACKETS.fullmatch(text, number.start - 1, number.end + 1):
        number.why_not = "year"
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


# The numbers of paired townships, villages and schools stood at 24, 61 and 37: each has the noun of its place.
_LISTED = re.compile(
    r"(?<![a-z])(?:numbers?|totals?|counts?) of (?P<nouns>[a-z][a-z ,-]{4,90}?) (?:had |have |has |now |respectively )?"
    r"(?:stood|stands?|reached|were|was|are|is|came|rose|risen|grew|grown|totalled|climbed|fell)(?: at| to)? "
)
_NAMED_IN_ORDER = re.compile(r"(?:, and | and |, )")
_LIST_NUMBER = re.compile(r"(?<![\d.,])\d+(?:,\d{3})*")
_IS_PAIRED = re.compile(r"(?<![a-z])(?:paired|twinned|partnered|matched)(?: |$)")


def _take_listed(text: str, number: Number, begin: int) -> bool:
    """Give a number of a list the unit named in the same place of the list before it."""
    found = _LISTED.search(text, begin, number.start)
    if found is None:
        return False
    nouns = nouns_of("en")
    named = [part.split()[-1] for part in _NAMED_IN_ORDER.split(found["nouns"])]
    if len(named) < 2 or any(noun not in nouns for noun in named):
        return False
    told = list(_LIST_NUMBER.finditer(text, found.end(), number.start))
    number.noun = named[len(told) % len(named)]
    number.unit = nouns[number.noun]
    if number.unit in ("township", "village") and _IS_PAIRED.search(found["nouns"]):
        number.unit = "other:pair"
    number.sort = sort_of(number.unit)
    return True


def _take_en(text: str, number: Number, begin: int, last: LastUnits) -> None:
    if _take_listed(text, number, begin):
        return
    if last.unit and last.sort != "money" and _OF_THEM.match(text, number.end):
        number.unit, number.sort = last.unit, last.sort
        return
    counted = _NUMBER_OF.search(text, max(begin, number.start - 124), number.start)
    if counted is not None:
        named = noun_after(text, counted.end(), number.start, Decimal(2))
        if named.unit:
            number.unit, number.noun, number.sort = named.unit, named.noun, sort_of(named.unit)
            return
    if last.unit and last.place >= begin and _N_OF.search(text, max(begin, number.start - 5), number.start):
        number.unit, number.sort = last.unit, last.sort
        return
    if last.unit and _THE_NUMBER.search(text, max(begin, number.start - 70), number.start):
        number.unit, number.sort = last.unit, last.sort
        return
    noun = _noun_before(text, number, begin)
    if (
        _POPULATION.search(text, max(begin, number.start - 30), number.start)
        or _GROUP_OF.search(text, max(begin, number.start - 40), number.start)
        or (last.money_place > last.place and _PEOPLE_DO.match(text, number.end))
    ):
        number.unit, number.sort = "person", "person"
    elif (
        _goes_on_with_money(number, begin, last)
        and last.money_place >= text.rfind(noun or "\n", begin, number.start)
    ) or (last.money_place >= begin and _LARGE.search(text, number.start, number.end)):
        number.unit, number.sort = last.money, "money"
    elif (
        last.sort not in ("person", "household") or text.startswith(" on ", number.end)
    ) and _PEOPLE_DO.match(text, number.end):
        number.unit, number.sort = "person", "person"
    elif noun and (last.place < begin or not last.unit):
        number.unit, number.noun = nouns_of("en")[noun], noun
        number.sort = sort_of(number.unit)
    elif last.unit:
        number.unit, number.sort = last.unit, last.sort
    else:
        number.unit = "other:number"


def _goes_on_with_money(number: Number, begin: int, last: LastUnits) -> bool:
    """Whether the last number told was a sum of money, near enough for this one to be one too."""
    is_last = last.money_place > last.place and last.money_place >= begin - _MONEY_REACH
    return is_last and number.low is not None and number.low >= _SUM_MIN


_MONEY_REACH = 120
_SUM_MIN = 500
"""Smaller numbers without a noun count things more often than yuan."""


def _is_led_aside(words: list[str], place: int, plurals: list[int]) -> bool:
    """Whether a preposition leads a noun: workers transferred to the partner cities."""
    for back in range(place - 1, max(-1, place - 4), -1):
        if back in plurals:
            return False
        if words[back] in _LEADS_ASIDE:
            return True
    return False


def _noun_before(text: str, number: Number, begin: int) -> str:
    """The last counted noun before a number in its sentence: online orders passed the 100,000 mark."""
    nouns = nouns_of("en")
    words = _WORD_EN.findall(text, max(begin, number.start - _REACH_EN), number.start)
    if _ONE_OF.search(text, max(begin, number.start - 12), number.start):
        # Dongling Primary School, one of 23.
        known = singular_nouns()
        return next(
            (plural_of(word) for word in reversed(words) if word in known and word not in ("one", "work")), ""
        )
    plurals = [place for place, word in enumerate(words) if word in nouns]
    if plurals:
        # In "firms twinned with villages rose to 48" the firms are counted.
        own = [place for place in plurals if not _is_led_aside(words, place, plurals)]
        return str(words[(own or plurals)[-1]])
    return ""
