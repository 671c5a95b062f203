"""Reads the numbers of sentence after sentence: what each measures, when, how, and between whom."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from pairbook.analysis.claims.cues import Surroundings, boundary, clause_of, weigh, weigh_cell
from pairbook.analysis.claims.intents_zh import Intent
from pairbook.analysis.claims.lists_en import (
    described_in,
    has_own_verb,
    is_joined,
    list_end,
    tells_where,
)
from pairbook.analysis.claims.measured import Measured
from pairbook.analysis.claims.measures import measure_of
from pairbook.analysis.claims.measures_zh import cues_of_one, dealt_out
from pairbook.analysis.claims.modality import modality_of, said_in
from pairbook.analysis.claims.periods import Timeline, Told
from pairbook.analysis.claims.periods_en import EnglishTimeline, as_state
from pairbook.analysis.claims.periods_zh import ChineseTimeline
from pairbook.analysis.claims.qualifiers import outer_qualifier
from pairbook.analysis.claims.sentences import Sentence
from pairbook.analysis.claims.shapes import Modality, Period
from pairbook.analysis.claims.tenses_en import tense_of
from pairbook.analysis.claims.times import Time
from pairbook.analysis.claims.tokens import Number
from pairbook.analysis.claims.unit_context import LastUnits, take_unit
from pairbook.analysis.claims.units import singular


@dataclass(slots=True)
class Reading:
    """A number as it is being understood, and what was decided about it."""

    number: Number
    measured: Measured
    modality: Modality
    period: Period | None
    sides: tuple[str, str] | None
    is_part: bool
    """Whether the number is a part of the one before it (其中, of whom)."""

    @property
    def measure(self) -> str:
        """What the number measures."""
        return self.measured.measure


class Reader:
    """Reads sentence after sentence; remembers what later sentences go on from."""

    def __init__(self, text: str, published: date | None, sides: tuple[str, str]) -> None:
        self._text = text
        self._published = published
        self._sides = sides
        self._timeline: dict[str, Timeline] = {
            "zh": ChineseTimeline("zh", published),
            "en": EnglishTimeline("en", published),
        }
        self._last: dict[str, Measured] = {}
        self._last_units = LastUnits()
        self._told: dict[tuple[Decimal | None, str], Measured] = {}
        self._intent = Intent()

    def read(self, sentence: Sentence) -> list[tuple[Time | Number, Reading | None]]:
        """What stands in a sentence, in order: times told in numerals, numbers, and the reading of those that claim."""
        text, lang = self._text, sentence.lang
        if sentence.start == 0 or text[sentence.start - 1] == "\n":
            self._intent.begin_paragraph()
            if not sentence.in_table:
                self._timeline[lang].begin_paragraph()
            self._last = {}
        if lang == "zh" and all(number.why_not for number in sentence.numbers):
            self._intent.take(text, sentence.start, sentence.end)
        if not sentence.numbers and not sentence.times:
            return []
        claims: list[Number] = []
        for number in sentence.numbers:
            if not number.why_not:
                self._complete(number, sentence)
            if not number.why_not:
                number.is_conversion = bool(claims) and self._converts(claims[-1], number)
                if number.is_conversion and number.sort == "money":
                    # $1.74 billion in brackets is no currency to go on with.
                    self._last_units.money = claims[-1].unit
                claims.append(number)
        arounds = self._surroundings(sentence, claims)
        said = said_in(text, sentence.start, sentence.end, lang) if claims else []
        modalities = [
            number.cell.modality
            if number.cell
            else modality_of(text, (number.start, number.end), said, sentence.end, around.own[0], lang)
            for number, around in zip(claims, arounds, strict=True)
        ]
        periods = self._timeline[lang].periods(
            text, (sentence.start, sentence.end), sentence.times, claims, modalities
        )
        if lang == "en":
            modalities = [
                self._of_a_time_to_come(said, period, number, sentence)
                for said, period, number in zip(modalities, periods, claims, strict=True)
            ]
        if lang == "zh":
            modalities = [
                self._of_what_is_to_come(said, period)
                for said, period in zip(modalities, periods, strict=True)
            ]
        readings = {}
        previous: Reading | None = None
        for number, around, modality, period in zip(claims, arounds, modalities, periods, strict=True):
            sides = sentence.sides if sentence.sides != self._sides else None
            measured = self._measured(number, around, previous, sentence)
            if lang == "en":
                period = as_state(period, measured.measure)
                if modality == "signed" and measured.measure == "other:growth":
                    # Deals signed were up 14 percent: that is so.
                    modality = "done"
            previous = Reading(number, measured, modality, period, sides, around.is_part)
            readings[id(number)] = previous
        told: list[Time | Number] = [*(time for time in sentence.times if time.is_number), *sentence.numbers]
        told.sort(key=lambda token: token.start)
        return [(token, readings.get(id(token))) for token in told]

    def _of_what_is_to_come(self, modality: Modality, period: Period | None) -> Modality:
        """What no word calls planned is so under such a heading, and on a day that was still to come."""
        if modality != "done":
            return modality
        if period is not None and self._published is not None and period.last is not None:
            ahead = ((period.first or period.last) - self._published).days
            # 年末 in December is as good as over.
            if ahead > (0 if period.first else _NEARLY_OVER_DAYS):
                return "planned"
            if period.last == self._published:
                return "done"
        return self._intent.modality

    def _of_a_time_to_come(
        self, modality: Modality, period: Period | None, number: Number, sentence: Sentence
    ) -> Modality:
        """What no word calls planned is so of a time that had not begun: in 2025, sales to reach 300 million yuan."""
        if modality != "done" or period is None or period.last is None or self._published is None:
            return modality
        ahead = ((period.first or period.last) - self._published).days
        if ahead <= (0 if period.first else _NEARLY_OVER_DAYS):
            return "done"
        told = Told(self._text, sentence.start, sentence.end, [number], sentence.times, [])
        return "planned" if tense_of(told, number) in ("", "future") else "done"

    def _surroundings(self, sentence: Sentence, claims: list[Number]) -> list[Surroundings]:
        """The words around each number; one that only converts another shares its words."""
        text, lang = self._text, sentence.lang
        bounds = (sentence.start, sentence.end)
        firsts = [number for number in claims if not number.is_conversion]
        edges = [(sentence.start, False)]
        for left, right in pairwise(firsts):
            place, has_verb = boundary(text, left.end, right.start, lang)
            edges.append((place, has_verb or (lang == "en" and has_own_verb(text, right))))
        close_at = text.find(";", firsts[-1].end, sentence.end) if lang == "zh" and firsts else -1
        edges.append((close_at if close_at >= 0 else sentence.end, False))
        joined = [lang == "en" and is_joined(text, left, right) for left, right in pairwise(firsts)]
        found: list[Surroundings] = []
        nouns = dealt_out(text, firsts, sentence.start) if lang == "zh" and len(firsts) > 1 else {}
        place = 0
        for number in claims:
            if number.is_conversion:
                found.append(found[-1])
                continue
            (begin, has_verb), (close, _) = edges[place], edges[place + 1]
            if lang == "en" and place and begin == number.start:
                # Where no mark parts two numbers the words between speak of both: eight cities gave 30 million yuan.
                begin = firsts[place - 1].phrase_end or firsts[place - 1].end
            if lang == "en" and place and _rises_to(text, firsts[place - 1], number):
                begin, has_verb = found[-1].own[0], False
            is_members_next = place + 1 < len(firsts) and firsts[place + 1].start == number.end
            if lang == "zh" and is_members_next and number.sort == "household":
                # 270户600人全部脱贫: what is told of the persons is told of their households.
                close = edges[place + 2][0]
            own = (begin, close)
            around = Surroundings(bounds, own, clause_of(text, number.start, number.end, own, lang))
            around.is_shared = not has_verb
            around.is_alone = lang == "en" and len(firsts) == 1
            if lang == "en":
                end, last_member = list_end(text, firsts, joined, place)
                around.verb_of_list = (end, edges[last_member + 1][0]) if end else (0, 0)
                around.described = described_in(text, number, bounds[1])
            if place and joined[place - 1] and number.sort != "money":
                last = found[-1]
                around.chain = (last.chain[0] if last.chain else firsts[place - 1].start, number.start)
                around.chain_clause = last.chain_clause if last.chain else last.clause[0]
            if lang == "en" and place + 1 < len(firsts):
                following = firsts[place + 1]
                around.shares_next = joined[place]
                around.next_end = following.phrase_end
                reach = place + 1
                while reach < len(firsts) and tells_where(text, firsts[reach]):
                    # What is said behind "in 120 villages" is said of those who live there too.
                    reach += 1
                if edges[reach][0] != close:
                    around.own = (begin, edges[reach][0])
                    around.clause = clause_of(text, number.start, number.end, around.own, lang)
            if number.cell is not None:
                weigh_cell(around, number.cell, sentence.cues, sentence.cue_starts)
            else:
                cues, starts = sentence.cues, sentence.cue_starts
                if place in nouns:
                    cues = cues_of_one(cues, nouns, place, number.end)
                    starts = [start for start, _, _ in cues]
                weigh(
                    around,
                    number.start,
                    number.end,
                    cues,
                    starts,
                    lang,
                    number.phrase_end if number.sort in ("person", "household") else 0,
                )
            found.append(around)
            place += 1
        return found

    def _complete(self, number: Number, sentence: Sentence) -> None:
        """The qualifier outside the number, and its unit where only the words before it say it."""
        outer = outer_qualifier(self._text, number.start, number.end, sentence.lang)
        if outer is not None and number.qualifier != "range":
            number.qualifier = outer
        if not number.unit:
            take_unit(self._text, number, sentence.start, sentence.lang, self._last_units)
        if number.unit and not number.why_not:
            if sentence.lang == "zh":
                self._last_units.remember_classifier(self._text, number)
            self._last_units.remember(number)

    def _converts(self, first: Number, number: Number) -> bool:
        """Whether a number only says the one before it in another unit or currency, as in brackets."""
        if (
            first.sort != number.sort
            or first.unit == number.unit
            or number.sort not in ("money", "area", "weight", "length")
        ):
            return False
        if not _CONVERTS.fullmatch(self._text, first.end, number.start):
            return False
        if number.qualifier == "exact" and first.qualifier != "range":
            number.qualifier = first.qualifier
        return True

    def _measured(
        self, number: Number, around: Surroundings, previous: Reading | None, sentence: Sentence
    ) -> Measured:
        sort = number.sort if number.sort != "thing" else number.unit
        is_rate = sort in ("rate", "times")
        before = self._last.get("" if is_rate else sort)
        if is_rate and sentence.lang == "en" and previous and previous.measure == "poverty.incidence":
            before = previous.measured
        elif sort == "rate" and "incidence" in self._last and self._is_the_rate(number):
            before = self._last["incidence"]
        measured = self._same_as(number, previous, around)
        if measured is None:
            around.is_part = previous is not None and self._is_next_part(previous, number)
            measured = measure_of(self._text, number, around, before, sentence.lang, self._sides)
        told = self._told.get((number.low, number.unit))
        if told is not None and not is_rate and (measured.strength < 60 or self._is_pointed_at(number)):
            # A number told before, with its unit, is told again.
            measured = told
        number.unit = _unit_of(number, measured)
        self._told.setdefault((number.low, number.unit), measured)
        if measured.measure == "poverty.incidence":
            self._last["incidence"] = measured
        elif sort == "rate" and measured.measure != "other:growth":
            self._last.pop("incidence", None)
        if not is_rate and not measured.measure.startswith("other:growth"):
            self._last[sort] = self._last[""] = measured
        return measured

    def _is_pointed_at(self, number: Number) -> bool:
        """Whether the word before a number says that it was told: these 1,200 people."""
        if number.low is None or number.low < _TOLD_AGAIN_MIN:
            return False
        return _POINTED_AT.search(self._text, max(0, number.start - 8), number.start) is not None

    def _is_the_rate(self, number: Number) -> bool:
        """Whether a rate is called that of the sentence before: by 2019 the rate had fallen to 0.9 percent."""
        return _THE_RATE.search(self._text, max(0, number.start - 60), number.start) is not None

    def _is_next_part(self, previous: Reading, number: Number) -> bool:
        """Whether a number goes on with the parts of a total: of whom 212 were poor and 74 are disabled."""
        gap = self._text[previous.number.end : number.start]
        return previous.is_part and previous.number.unit == number.unit and not _PARTS_END.search(gap)

    def _same_as(self, number: Number, previous: Reading | None, around: Surroundings) -> Measured | None:
        """The measure of a number that goes with the one before it: its conversion, the other end of a change, the
        persons of its households.
        """
        if previous is None:
            return None
        if number.is_conversion:
            return previous.measured
        gap = self._text[previous.number.end : number.start]
        if number.sort == "money" and previous.number.sort == "money" and _JOINED_SUMS.fullmatch(gap):
            # Fiscal assistance of 43 million yuan and 39 million yuan was sent to two counties.
            behind = _OF_ITS_OWN.match(self._text, number.end)
            return None if behind else previous.measured
        if number.sort == "rate" and previous.measure == "other:growth" and gap.strip(" ,") == "or":
            return previous.measured
        if previous.number.unit == number.unit and _CHANGES_TO.fullmatch(gap):
            return previous.measured
        if previous.number.sort == "household" and number.unit == "person" and _GOES_WITH.fullmatch(gap):
            measure = _PERSONS_OF.get(previous.measured.measure)
            return None if measure is None else Measured(measure, previous.measured.strength)
        if previous.number.unit == "person" and number.sort == "household" and gap in _OF_HOUSEHOLDS:
            measure = _HOUSEHOLDS_OF.get(previous.measured.measure)
            return None if measure is None else Measured(measure, previous.measured.strength)
        return None


def _rises_to(text: str, rate: Number, number: Number) -> bool:
    """Whether a number is what something grew to, said behind the rate: income rose 9 percent, to 14,300 yuan."""
    is_rate = rate.sort in ("rate", "times") and number.sort not in ("rate", "times")
    return is_rate and _TO_WHAT.fullmatch(text, rate.end, number.start) is not None


_TO_WHAT = re.compile(
    r"(?: (?:year on year|year-on-year|from [^,;.\d]{0,24}(?:\d{4})?))?,? to (?:about |around |over "
    r"|more than |nearly |some )?"
)
_POINTED_AT = re.compile("(?:这|上述|以上|该批?|(?<![a-z])(?:the|these|those) )$")
_NEARLY_OVER_DAYS = 31
_TOLD_AGAIN_MIN = 100
"""Small numbers are the same by chance: the eight counties need not be the eight told before."""
_PARTS_END = re.compile(r"[;；。.\n]|其中")
_THE_RATE = re.compile(
    r"(?<![a-z])(?:the|this|that) (?:rate|share|proportion|incidence) (?!of)[^.;,\d]{0,40}$"
)
_JOINED_SUMS = re.compile(r",? and (?:about |over |nearly |more than |some )?")
_OF_ITS_OWN = re.compile(
    r" (?:in|of|from|worth|as) |[^.,;]{0,40}(?:donat|social|invest|sales|loan|allocat|earmark)"
)
_CHANGES_TO = re.compile(
    r"[^,，。;；]{0,14}?(?:提高|上升|增加|增长|下降|降低|减少|扩大|上涨|跃升|攀升|回落|缩减|提升|降|增|升"
    r"|减)(?:到|至|为)了?[^,，。;；]{0,8}"
    r"|[^.;\d]{0,25}? (?:to|from) (?:about |around |nearly |over |more than |just |only )?"
)
_GOES_WITH = re.compile(
    r"[^.;\d]{1,24} \((?:about |some |or )?|[、,，]?\s?(?:共|计|共计|涉及|惠及|贫困人口|人口|带动)?"
    r"|(?: \(|, )?(?: ?(?:with|and|or|count|of|comprising|totalling|have|had|had a total of|numbering)"
    r"(?: a total of)?)? ?|[^.;\d]{0,30} (?:count|with|and|comprising|totalling|have|had) ?"
)
_PERSONS_OF = {
    "poverty.households": "poverty.persons",
    "households.benefited": "persons.benefited",
    "other:households-lifted": "persons.lifted",
    "other:monitored-households": "other:monitored-persons",
    "other:households": "other:population",
    "other:households-relocated": "other:persons-relocated",
}
_OF_HOUSEHOLDS = frozenset(
    (" people in ", " persons in ", " people from ", " persons from ", " people of ", " people living in ")
)
_HOUSEHOLDS_OF = {persons: households for households, persons in _PERSONS_OF.items()}
_CONVERTS = re.compile(
    r"(?:左右|以上)?[ ,，]{0,2}\(? ?(?:(?:也就是|约?折?合|大?约|约合|折合约?|约为|折算约?|相当于约?|等于"
    r"|即)?(?:人民币)?"
    r"|(?:or |about |around |some |roughly |approximately |nearly |equal to |equivalent to |worth |i\.e\. "
    r"|approx\. |almost |more than |over ){0,3})"
)


def _unit_of(number: Number, measured: Measured) -> str:
    """Things are pieces only when handed over, times are visits only when leaders visit."""
    if number.unit == "visit" and measured.measure != "visits.leaders":
        return "other:visit" if measured.measure == "other:visits" else "other:time"
    if number.unit == "other:post":
        return "vacancy"
    if (
        number.unit == "piece"
        and number.noun not in ("", "pieces")
        and number.noun.isascii()
        and measured.measure != "goods.quantity"
    ):
        return f"other:{singular(number.noun)}"
    return number.unit
