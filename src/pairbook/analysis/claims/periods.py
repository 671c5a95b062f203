"""Which of the times a text tells holds for which number: what both languages share, and how Chinese tells it.

A number takes the time told for it in its own sentence; else the account goes on with the time of the sentences before,
unless the sentence speaks of a state (which is of the day of the text), of what is expected, or of an epidemic's time.
What English shows by tense, clauses and prepositions is in `periods_en.py`.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from pairbook.analysis.claims.patterns import words_between
from pairbook.analysis.claims.shapes import Lang, Modality, Period
from pairbook.analysis.claims.times import Time, year_span
from pairbook.analysis.claims.tokens import Cell, Number

# A time after these is the base of a comparison: 比上年.
_BASE = re.compile("(?:比|较|同|与|是|为|相当于|超过|高于|低于)$")
_BASE_OF_CHANGE = re.compile("[由从]$")
_RESULT = re.compile("(?:提高|上升|增加|增长|下降|降低|减少|扩大|上涨|跃升|提升|降|增|升)[到至为]\\s?$")
_FROM = re.compile("[由从]")
_FROM_HERE = re.compile("[由从](?:[^,，。;；]{0,12}的)?$")
_TO_HERE = re.compile(
    "(?:提高|上升|增加|增长|下降|降低|减少|扩大|发展|降|增|升|减)(?:到|至|为)(?:[^,，。;；]{0,12}的)?$"
)
_FROM_TO = re.compile("from .* to |[由从].*(?:降|增|升|减|提高|上升|下降|增长)[^,，]*[至到]")
_EPIDEMIC = re.compile("疫情|灾后|灾情")
_RESPECTIVELY = re.compile("分别|respectively")
ADDED_UP, NEWLY = re.compile("(?:累计|总数|总量)(?:达到?|有|为|共|已)?$"), re.compile("新增|新引进|新建")
_STATES = re.compile("现有|现已|已有")
_OF_STOCKS = frozenset(("rate", "person", "household", "village", "county"))
_LEFT_OVER = re.compile(r"(?:还剩|仅剩|只剩|剩余|尚有|仍有|尚余)[^,，。;；\d]{0,6}$")
# 党的十八大以来, 近年来, 工作开展以来: no day is told from which on.
_SINCE_UNTOLD = re.compile(
    "近[些几]年来?|近年来|多年来|历年来|长期以来|以来|(?:春节|国庆|中秋|节日)(?:前后|期间|假期|前夕)"
)
_EVERY_YEAR = re.compile(
    "每年|每月|每天|每周|每季|常年|长年|平均每|(?<![\\d今去前当全上半近一])年(?=产(?![业品值])|加工|出栏|接待|可|均(?!增)|用工|发电|处理|周转)|(?:根据|按照|依照)[^,，。;；]{0,6}协议"
)
_APART = re.compile("[,，;；]")


@dataclass(frozen=True)
class Told:
    """A sentence with its numbers and the times that do not merely name what is compared with."""

    text: str
    start: int
    end: int
    numbers: list[Number]
    times: list[Time]
    free: list[Time]

    def before(self, place: int, reach: int) -> tuple[str, int, int]:
        """The last so many letters of the sentence before a place, to be searched."""
        return self.text, max(self.start, place - reach), place

    @cached_property
    def words(self) -> frozenset[str]:
        """The English words of the sentence."""
        return words_between(self.text, self.start, self.end)

    @cached_property
    def epidemic_at(self) -> int:
        """Where the sentence speaks of an epidemic's or a disaster's time; its end where it does not."""
        found = _EPIDEMIC.search(self.text, self.start, self.end)
        return found.end() if found else self.end + 1

    @cached_property
    def since_untold_at(self) -> int:
        """Where a Chinese sentence says that its account began on a day that it does not name; behind its end else."""
        found = _SINCE_UNTOLD.search(self.text, self.start, self.end)
        return found.end() if found else self.end + 1

    @cached_property
    def every_year_at(self) -> int:
        """Where a Chinese sentence tells what is so every year; behind its end where it does not."""
        found = _EVERY_YEAR.search(self.text, self.start, self.end)
        return found.end() if found else self.end + 1

    @cached_property
    def state_at(self) -> int:
        """Where the sentence says that something is so now; behind its end where it does not."""
        found = _STATES.search(self.text, self.start, self.end)
        return found.end() if found else self.end + 61


@dataclass(slots=True)
class Timeline:
    """The time in force, carried from sentence to sentence of a paragraph."""

    lang: Lang
    published: date | None
    current: Time | None = None

    def begin_paragraph(self) -> None:
        """A new paragraph begins without a time."""
        self.current = None

    def periods(
        self,
        text: str,
        sentence: tuple[int, int],
        times: list[Time],
        numbers: list[Number],
        modalities: list[Modality],
    ) -> list[Period | None]:
        """The period of each number of a sentence, in order."""
        for time in times:
            time.is_bound = self._is_base(text, time)
        free = [time for time in times if not time.is_bound]
        told = Told(text, *sentence, numbers, times, free)
        dealt = dealt_out(told)
        if dealt is not None:
            self._carry(told)
            return dealt
        ends = ends_of_change(told)
        if ends is not None:
            self.current = Time(0, 0, "as_of", None, free[0].last, False)
            return ends
        found = [self._period(told, number, said) for number, said in zip(numbers, modalities, strict=True)]
        _take_ends(told, found)
        self._carry(told)
        return found

    def _carry(self, told: Told) -> None:
        """Remember the time that later sentences go on with."""
        if any(number.cell for number in told.numbers):
            return
        carried = [time for time in told.free if not time.is_local and time.kind != "ago"]
        if carried:
            self.current = carried[-1]
        elif told.free and told.free[-1].is_local:
            self.current = None

    def _is_base(self, text: str, time: Time) -> bool:
        """Whether a time only names what is compared with."""
        before = text[max(0, time.start - 24) : time.start]
        if text.startswith(("电", "讯"), time.end):
            # 新华社北京3月6日电 dates the dispatch.
            return True
        if text.startswith("的", time.end):
            return before[-1:] in ("是", "为")
        return bool(_BASE.search(before[-6:])) and not text.startswith("年的", time.end)

    def _period(self, told: Told, number: Number, modality: Modality) -> Period | None:
        if number.cell is not None:
            return self._in_table(number.cell)
        time = self._time_told(told, number)
        if time is None:
            return self._untold(told, number, modality)
        if (
            time.is_back
            and self.published
            and _RESULT.search(told.text, max(time.end, number.start - 40), number.start)
        ):
            return Period(None, self.published)
        stock = self._stock_in_year(told, number, time, modality)
        if stock is not None:
            return stock
        is_added_up = time.kind == "span" and ADDED_UP.search(*told.before(number.start, 6))
        if is_added_up and time.last and NEWLY.search(told.text, told.start, number.start):
            return Period(None, time.last)
        return period_of(time)

    def _stock_in_year(self, told: Told, number: Number, time: Time, modality: Modality) -> Period | None:
        """The end of the year for what is left then, of the year before for what fell to it: 2018年…从9.3%降到3.1%."""
        first, last = time.first, time.last
        if first is None or last is None or (first, last) != year_span(last.year):
            if modality == "target" and time.kind == "as_of" and last is not None:
                # 力争到2025年 is for that year, 到2025年底 is as of its last day.
                is_year = told.text[time.start : time.end].endswith("年") and last == year_span(last.year)[1]
                return Period(*year_span(last.year)) if is_year else None
            return None
        if number.sort not in _OF_STOCKS or _tells(told.text, time, number):
            return None
        role = _role_in_change(told, number)
        if role == "base":
            return Period(None, first - timedelta(days=1))
        is_left = _LEFT_OVER.search(*told.before(number.start, 12)) is not None
        is_over = self.published is None or last <= self.published
        return Period(None, last) if is_over and (role or is_left) else None

    def _untold(self, told: Told, number: Number, modality: Modality) -> Period | None:
        """The period of a number whose sentence tells no time for it."""
        if told.epidemic_at <= number.start:
            return None
        if self.published and told.state_at <= number.end + 60:
            return Period(None, self.published)
        if _BASE_OF_CHANGE.search(*told.before(number.start, 40)):
            return None
        if self.published and self.current is None and _RESULT.search(*told.before(number.start, 60)):
            return Period(None, self.published)
        if modality in ("required", "forecast", "target"):
            return None
        return period_of(self.current)

    def _in_table(self, cell: Cell) -> Period | None:
        """The time of a row or column, else that of the heading; a target is for its whole year."""
        time = cell.time or self.current
        if (
            time is not None
            and cell.modality == "target"
            and cell.time is None
            and time.kind == "as_of"
            and time.last
        ):
            return Period(*year_span(time.last.year))
        return period_of(time)

    def _time_told(self, told: Told, number: Number) -> Time | None:
        """The time of a number told in its own sentence."""
        before = [time for time in told.free if time.end <= number.start]
        after = [
            time
            for time in told.free
            if time.start >= number.end and time.kind != "ago" and not time.is_local
        ]
        while before and self._is_elsewhere(told, before, number):
            before.pop()
        if before:
            return self._between(told, before[-1], number, after)
        if after and not _APART.search(told.text[number.end : after[0].start]):
            return after[0]
        return None

    def _between(self, told: Told, last: Time, number: Number, after: list[Time]) -> Time:
        """The time before a number, unless the words between or behind speak for another."""
        between = told.text[last.end : number.start]
        is_reached = last.kind == "ago" and self.published and _RESULT.search(between)
        return Time(0, 0, "as_of", None, self.published, False) if is_reached else last

    def _is_elsewhere(self, told: Told, before: list[Time], number: Number) -> bool:
        """Whether the last time before a number was told for another number: 三年前的41%提高到57.5%."""
        time = before[-1]
        distance = number.start - time.end
        if distance <= 3:
            return False
        if time.kind == "ago":
            return len(before) > 1 or (distance > 60 and time.start - told.start > 3)
        return time.is_local


def period_of(time: Time | None) -> Period | None:
    """The period of a time; None where none is told."""
    if time is None or (time.first is None and time.last is None):
        return None
    return Period(time.first, time.last)


def ends_of_change(told: Told) -> list[Period | None] | None:
    """The two ends of a change over years: between 2014 and 2017 … fell from 1,904 to 611."""
    if len(told.numbers) != 2 or not told.free or told.free[0].end > told.numbers[0].start:
        return None
    time, (first, second) = told.free[0], told.numbers
    if time.kind != "span" or time.first is None or time.last is None or time.first.year == time.last.year:
        return None
    if not _FROM_TO.search(told.text[max(time.end, first.start - 30) : second.start]):
        return None
    return [Period(None, time.first.replace(month=12, day=31)), Period(None, time.last)]


def _take_ends(told: Told, found: list[Period | None]) -> None:
    """Give the ends of a later change the times of an earlier one: 由2013年底的…减少到2019年底的…，发生率由…降到…."""
    ends: dict[str, Period | None] = {}
    if len(told.numbers) < 4 or not _FROM.search(told.text, told.start, told.end):
        # Two changes have four ends.
        return
    for place, number in enumerate(told.numbers):
        role = _role_in_change(told, number)
        if not role:
            continue
        if any(_tells(told.text, time, number) for time in told.free):
            ends[role] = found[place]
        elif role in ends:
            found[place] = ends[role]


def _tells(text: str, time: Time, number: Number) -> bool:
    """Whether a time stands right before a number and so is told for it."""
    return time.end <= number.start and text[time.end : number.start] in ("", "的")


def _role_in_change(told: Told, number: Number) -> str:
    before = told.before(number.start, 60)
    if _FROM_HERE.search(*before):
        return "base"
    return "result" if _TO_HERE.search(*before) else ""


def dealt_out(told: Told) -> list[Period | None] | None:
    """Years dealt out to numbers in order: 2016年至2020年分别为…, in 2020 and 2021 came to … respectively."""
    if not told.numbers or not told.free:
        return None
    first, last = told.numbers[0].start, told.numbers[-1].end
    if not _RESPECTIVELY.search(told.text, max(0, first - 40), last + 20):
        return None
    named = [time for time in told.free if time.end <= first and time.kind == "span"]
    for time in named:
        if time.first is None or time.last is None:
            continue
        years = range(time.first.year, time.last.year + 1)
        if 2 <= len(years) <= len(told.numbers):
            rest: list[Period | None] = [Period(time.first, time.last)] * (len(told.numbers) - len(years))
            return [Period(*year_span(year)) for year in years] + rest
    if len(named) == len(told.numbers) and len(named) > 1:
        return [period_of(time) for time in named]
    return None
