"""Which of the times a text tells holds for which number.

A number takes the time told for it in its own sentence; else the account goes on with the time of the sentences before,
unless the sentence speaks of a state (which is of the day of the text), of what is expected, or of an epidemic's time.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from pairbook.analysis.claims.patterns import any_of
from pairbook.analysis.claims.shapes import Lang, Modality, Period
from pairbook.analysis.claims.times import Time, year_span
from pairbook.analysis.claims.tokens import Cell, Number

_ROUGHLY = "(?: about| around| nearly| over| more than| just| only)?"
# A time after these is the base of a comparison: 比上年, from 2017, than a year earlier.
_BASE_ZH = re.compile("(?:比|较|同|与|是|为|相当于|超过|高于|低于)$")
_BASE_EN = re.compile(
    "(?:from|than|with|against|for|of|the figure for|compared to)(?: the| in| that in| that of| all of)? $"
)
_BASE_AGO_EN = re.compile("(?:from|than|with|against|over|on|for|of)(?: the| in)? $")
_SAID_ON = re.compile(
    r"(?<![a-z])(?:said|says|told|announced|reported|according to|noted"
    r"|added)(?![a-z])[^.;]{0,48} on $"
)
_COMPARED_EN = re.compile(
    any_of(
        "up down rose increase higher lower more less fewer compared against times growth percent % "
        "percentage_points"
    )
    + r"(?:[^,.;]|(?<=\d)[,.](?=\d)){0,36}$"
)
_CHANGED = (
    "(?:r[oi]se|risen|rising|grew|gr[oe]w|fell|fall|drop|cut|reduc|increas|declin|climb|lift|rais|shrunk|narrow"
    "|expand|"
    "soar|surg|jump)[a-z]*"
)
_BASE_OF_CHANGE = re.compile(
    r"(?:(?:r[oi]se|grew|fell|drop|cut|reduc|increas|declin|down|up|climb|lift|percent)[a-z]*[^.;]{0,20} from "
    r"(?:about |around )?|[由从])$"
)
_BASE_AFTER_RESULT = re.compile(r" to [^;]{2,30} from (?:about |around )?$")
_RESULT = re.compile(
    rf"(?:(?<![a-z]){_CHANGED}(?:[^.;]|(?<=\d)\.(?=\d)){{0,46}} to{_ROUGHLY}|, to{_ROUGHLY}"
    r"|(?:提高|上升|增加|增长|下降|降低|减少|扩大|上涨|跃升|提升|降|增|升)[到至为])\s?$"
)
_FROM = re.compile("[由从]|(?<![a-z])from ")
_FROM_HERE = re.compile("(?:[由从](?:[^,，。;；]{0,12}的)?|(?<![a-z])from )$")
_TO_HERE = re.compile(
    "(?:(?:提高|上升|增加|增长|下降|降低|减少|扩大|发展|降|增|升|减)(?:到|至|为)(?:[^,，。;；]{0,12}的)?"
    "|from [^;]{1,48} to )$"
)
_FROM_TO = re.compile("from .* to |[由从].*(?:降|增|升|减|提高|上升|下降|增长)[^,，]*[至到]")
_EPIDEMIC = re.compile("疫情|灾后|灾情|during the|since the|after the|in the wake of")
_RESPECTIVELY = re.compile("分别|respectively")
_ADDED_UP, _NEWLY = re.compile("累计(?:达|有|为|共|已)?$"), re.compile("新增|新引进|新建")
_STATES = re.compile(
    "(?<![a-z])"
    + any_of(
        "employs? stands?_at operates? ha(?:s|ve)_hired hold_jobs now are_home_to is_home_to we_are_one_of "
        "boasts? remains",
        "ha(?:s|ve)_taken_on ha(?:s|ve)_already",
    )
    + "(?![a-z])|现有|现已|已有"
)
_PAST = re.compile(
    r"(?<![a-z])(?:was|were|had|did|sent|held|made|gave|took|came|went|sold|bought|built|spent"
    r"|[a-z]{2,}ed)(?![a-z])(?! to )"
)
_TIMELESS = re.compile(
    "(?<![a-z])"
    + any_of("is are has have earns? makes? receives? averages pays? costs grows? stands? can may sells?")
    + "(?![a-z])"
)
_PERFECT = re.compile("(?<![a-z])ha(?:s|ve) ")
_STRAIGHT_ON = re.compile(r" ?(?:\(|in |by |during |over |at the |as of |since |in all of )?(?:the )?")
_SET_AGAINST = re.compile(
    r"(?<![a-z])(?:against|compared (?:with|to)|versus|than|down from|up from|as (?:much|many|high|large|big) "
    r"as)(?:[^,.;]|(?<=\d)(?:[,.](?=\d)|,(?= (?:\d|$)))){0,36}$"
)
# A time in a relative clause is told of the thing it describes: the fair, whose 2018 edition.
_RELATIVE = re.compile(r"(?<![a-z])whose(?![a-z])")
_LEVEL_BEFORE = re.compile(
    r"(?<![a-z])(?:above|below|short of|ahead of|on a par with|up on|down on|beyond) "
    r"(?:(?:the|that of|its|their|those of) )?(?:(?:level|figure|total)s? (?:of|in|for) )?$"
)
# Compared with 11, 20 and 9 in 2016: the time is told once for all that is compared with.
_LIST_THEN = re.compile(r"(?:(?:,| and|, and) \d[\d,.]*)+ (?:in|at|during|by) (?:the )?")
# The scheme, launched in 2018, has reached …: the year is that of the launch alone.
_BEGAN = re.compile(
    r"(?<![a-z])(?:launched|founded|established|set up|started|opened|begun|formed|created|registered) in (?:the )?$"
)
_SINCE_THEN = re.compile(r",[^.;\d]{0,60}?(?<![a-z])(?:has|have|now|is|are)(?![a-z])")
_OF_STOCKS = frozenset(("rate", "person", "household", "village", "county"))
_LEFT_OVER = re.compile(r"(?:还剩|仅剩|只剩|剩余|尚有|仍有|尚余)[^,，。;；\d]{0,6}$")
_LINE_OF_THOUGHT_MAX = 45
_APART, _LOOSE, _BROKEN = re.compile("[,，;；]"), re.compile("[,;]| and "), re.compile("[,;.(]")


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
    def epidemic_at(self) -> int:
        """Where the sentence speaks of an epidemic's or a disaster's time; its end where it does not."""
        found = _EPIDEMIC.search(self.text, self.start, self.end)
        return found.end() if found else self.end + 1

    @cached_property
    def state_at(self) -> int:
        """Where the sentence says that something is so now; behind its end where it does not."""
        found = _STATES.search(self.text, self.start, self.end)
        return found.end() if found else self.end + 61

    @cached_property
    def is_past(self) -> bool:
        """Whether its first verb of a known tense is in the past."""
        timeless = _TIMELESS.search(self.text, self.start, self.end)
        if timeless is None:
            return True
        return _PAST.search(self.text, self.start, timeless.start()) is not None


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
        elif told.free and told.free[-1].is_local and self.lang == "zh":
            self.current = None

    def _is_base(self, text: str, time: Time) -> bool:
        """Whether a time only names what is compared with."""
        before = text[max(0, time.start - 24) : time.start]
        if self.lang == "zh":
            if text.startswith(("电", "讯"), time.end):
                # 新华社北京3月6日电 dates the dispatch.
                return True
            if text.startswith("的", time.end):
                return before[-1:] in ("是", "为")
            return bool(_BASE_ZH.search(before[-6:])) and not text.startswith("年的", time.end)
        is_compared = bool(_COMPARED_EN.search(text, max(0, time.start - 60), time.start))
        if time.kind == "ago":
            return bool(_BASE_AGO_EN.search(before)) or is_compared
        if time.kind == "day" and _SAID_ON.search(text, max(0, time.start - 70), time.start):
            return True
        if _BEGAN.search(before) and _SINCE_THEN.match(text, time.end):
            return True
        if _SET_AGAINST.search(text, max(0, time.start - 60), time.start) or _LEVEL_BEFORE.search(before):
            return True
        is_based = bool(_BASE_EN.search(before)) and not before.endswith(("in all of ", " on "))
        return is_based and is_compared

    def _period(self, told: Told, number: Number, modality: Modality) -> Period | None:
        if number.cell is not None:
            return self._in_table(number.cell)
        time = self._time_told(told, number)
        if time is None:
            return self._untold(told, number, modality)
        if self.lang == "en" and _BASE_AFTER_RESULT.search(*told.before(number.start, 50)):
            return period_of(self._right_behind(told, number))
        if (
            time.is_back
            and self.published
            and _RESULT.search(told.text, max(time.end, number.start - 40), number.start)
        ):
            return Period(None, self.published)
        if self.lang == "zh":
            stock = self._stock_in_year(told, number, time, modality)
            if stock is not None:
                return stock
        is_added_up = time.kind == "span" and _ADDED_UP.search(*told.before(number.start, 6))
        if is_added_up and time.last and _NEWLY.search(told.text, told.start, number.start):
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
        if self.published and _RESULT.search(*told.before(number.start, 60)):
            is_perfect = _PERFECT.search(told.text, told.start, number.start) is not None
            if self.current is None or (self.lang == "en" and is_perfect):
                return Period(None, self.published)
        if modality in ("required", "forecast", "target") or not self._goes_on(told):
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

    def _goes_on(self, told: Told) -> bool:
        """Whether a sentence without a time goes on with the account before it: English shows it by its tense."""
        if self.lang == "zh" or self.current is None or told.is_past:
            return True
        # The perfect goes on with "since": since 2014 …; donations have exceeded ….
        return self.current.kind == "since" and _PERFECT.search(told.text, told.start, told.end) is not None

    def _time_told(self, told: Told, number: Number) -> Time | None:
        """The time of a number told in its own sentence."""
        behind = self._right_behind(told, number)
        if behind is not None:
            return behind
        before = [time for time in told.free if time.end <= number.start]
        after = [
            time
            for time in told.free
            if time.start >= number.end
            and time.kind != "ago"
            and not time.is_local
            and not _RELATIVE.search(told.text, number.end, time.start)
        ]
        while before and self._is_elsewhere(told, before, number):
            before.pop()
        if before:
            return self._between(told, before[-1], number, after)
        if after and (self.lang == "en" or not _APART.search(told.text[number.end : after[0].start])):
            return after[0]
        return None

    def _between(self, told: Told, last: Time, number: Number, after: list[Time]) -> Time:
        """The time before a number, unless the words between or behind speak for another."""
        between = told.text[last.end : number.start]
        of_the_day = Time(0, 0, "as_of", None, self.published, False)
        if self.lang == "zh":
            return of_the_day if last.kind == "ago" and self.published and _RESULT.search(between) else last
        if self.published and _LOOSE.search(between) and _STATES.search(between):
            return of_the_day
        if after and _APART.search(between):
            behind = told.text[number.end : after[0].start]
            if len(behind) < _LINE_OF_THOUGHT_MAX and not _BROKEN.search(behind):
                return after[0]
        return last

    def _is_elsewhere(self, told: Told, before: list[Time], number: Number) -> bool:
        """Whether the last time before a number was told for another number: 三年前的41%提高到57.5%."""
        time = before[-1]
        distance = number.start - time.end
        if distance <= 3:
            return False
        if time.kind == "ago":
            return len(before) > 1 or (distance > 60 and time.start - told.start > 3)
        return time.is_local and self.lang == "zh"

    def _right_behind(self, told: Told, number: Number) -> Time | None:
        """A time that directly follows a number belongs to it: 64.5 million yuan a year earlier, a quarter in 2014."""
        if self.lang == "zh":
            return None
        following = next((time for time in told.times if time.start >= number.end), None)
        if following is None:
            return None
        between = told.text[number.end : following.start]
        if _LIST_THEN.fullmatch(between) and _SET_AGAINST.search(*told.before(number.start, 60)):
            return following
        if len(between) <= 12 and _STRAIGHT_ON.fullmatch(between):
            return following
        return following if following.kind == "ago" and len(between) <= 2 else None


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
    """Whether a time stands right beside a number and so is told for it."""
    if time.end <= number.start:
        return text[time.end : number.start] in ("", "的")
    return time.start - number.end <= 14 and _STRAIGHT_ON.fullmatch(text, number.end, time.start) is not None


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
