"""Which of the times a Chinese text tells holds for which number, where Chinese has a way of its own.

Chinese verbs have no tense: a sentence without a time goes on with the one before, unless it says what is so every
year. A heading's time holds for all that stands under it. A day or a month told in the middle of a sentence is that
of its own clause; one that opens the sentence is the time of the account.
"""

import re
from dataclasses import dataclass, field, replace

from pairbook.analysis.claims.headlines import headline_of
from pairbook.analysis.claims.leads_zh import Lead
from pairbook.analysis.claims.periods import ADDED_UP, NEWLY, Timeline, Told
from pairbook.analysis.claims.shapes import Modality, Period
from pairbook.analysis.claims.spans_zh import (
    began_untold,
    names_an_event,
    names_funds,
    over_years,
    told_together,
    year_before,
)
from pairbook.analysis.claims.times import Time, year_span
from pairbook.analysis.claims.tokens import Number

_INTENDED = frozenset(("planned", "target", "forecast", "required"))
_EACH = re.compile("每[名个位家所][^,，。;；\\d]{1,12}(?:至少|不少于|不低于)")
_AIM_ENDS = "务标划数为是:："
_OF_THE_YEAR = re.compile("(?:年度|全年)(?:目标|计划)?(?:任务|目标|计划)(?:数|为|是|[:：])?$")
# 三年间, and not 近三年 or 三年来, which reach to the day of the text.
_IN_THOSE = re.compile("[\\d两一二三四五六七八九十]{1,3}年(?!以?来|多来)")
_WILL_BE = re.compile("(?:资金|款项)?(?:将|拟|计划|预计|力争|确保)[在于]?")
_HAS_BECOME = re.compile("已(?!知)[^,，。;；\\d]{0,12}$|^[^,，。;；\\d]{0,8}已(?!知)")

# 二期明年6月建成后预计年产…: when it is built, and no time of what it will yield.
_IS_BUILT = re.compile(
    r"[^,，。;；\d]{0,4}(?:建成|投产|竣工|完工|投用|投入使用|开业|达产|通车)[^,，。;；\d]{0,3}后"
    r"|[^,，。;；\d]{0,4}(?:投产|投用|投入使用|投入运营|开业|通车)[,，](?=年|日产|月产|可|现|目前|已|带动|吸纳)"
)
_SINCE_YEAR_BEFORE = re.compile(
    "比[上去]年(?:年?[末底])?[^,，。;；\\d]{0,6}(?:减少|下降|降低|增加|增长|提高|上升)了?[^。;；]{0,12}$"
)
_STILL_THERE = re.compile("(?:还有|尚有|仍有|还剩|仍剩|尚剩)[^,，。;；]{0,24}$")
_SENTENCE_MARK = re.compile("[。！？!?；;，,]")
_WAS = re.compile("[由从](?:[^,，。;；]{0,12}的)?$")
_CAME_TO = re.compile(
    "(?:提高|上升|增加|增长|下降|降低|减少|扩大|发展|降|增|升|减)[到至为](?:[^,，。;；]{0,12}的)?$"
)
_OF_A_STORY = re.compile("[去前上]年|[昨今]天|现在|如今|当前|眼下")
_THEN_EXPECTED = re.compile("[,，]?(?:全年|全县|全市|全区|全省|我县)?预计")
_CLAUSE_COMMA = re.compile("[,，;；]")
_OF_A_LIST = re.compile("[^,，。;；\\d]{0,4}[、和与及][^,，。;；\\d]{0,4}")
_IN_A_PART = re.compile("其中[^,，。;；]{0,10}$")
_CLAUSE_MARK = re.compile("[。；;，,、]")
_FROM_THEN = "届时"
_AWAY = re.compile("[之以]?外|远|路程|车程")
_OPENS_WITHIN = 8
"""So far into its sentence a time may stand and still open it: 其中，2019年…; （二）上半年…."""
_HEADING_MAX = 60
_YEAR_DAYS = 360
_NEARLY_OVER_DAYS = 31


@dataclass(slots=True)
class ChineseTimeline(Timeline):
    """The time in force in a Chinese text."""

    heading: Time | None = None
    opening: Time | None = None
    """The time with which the text opens: 1—8月，… and 截至11月25日，… are told of the whole report."""
    has_begun: bool = False
    lead: Lead = field(default_factory=Lead)
    opens_account: bool = False
    """Whether the time in force opened its sentence, and not one that somebody spoke."""
    is_intended: bool = False
    """Whether the time in force was told of a plan: what was done then is not told by it."""

    def periods(
        self,
        text: str,
        sentence: tuple[int, int],
        times: list[Time],
        numbers: list[Number],
        modalities: list[Modality],
    ) -> list[Period | None]:
        """The period of each number of a sentence, in order."""
        before = self.current
        times = told_together(text, times)
        if before is not None:
            times = [time for time in times if not names_an_event(text, time)]
        times = [time for n, time in enumerate(times) if not (n and names_funds(text, times[n - 1], time))]
        is_of_year_before = False
        for time in times:
            if text.startswith("同期", time.end) and before is not None and text[time.start] in "去上":
                # 去年同期 is the time of the account a year before, and the account goes on without it.
                time.first, time.last = year_before(before.first), year_before(before.last)
                is_of_year_before = True
        found = Timeline.periods(self, text, sentence, times, numbers, modalities)
        if is_of_year_before:
            self.current = before
        if self.current is not None and self.current is not before:
            # 今年计划再脱贫1.2万人 tells the year of the plan; 2020年，… that of the account.
            is_of_plan = text[self.current.end : self.current.end + 1] not in (",", "，")
            self.is_intended = is_of_plan and bool(modalities) and _INTENDED.issuperset(modalities)
        return found

    def begin_paragraph(self) -> None:
        """A new paragraph begins with the time of the heading above it, else with that of the report."""
        current = self.current
        introduces = (
            not self.lead.is_paragraph_begun
            and current is not None
            and not current.is_back
            and self.opens_account
            and self._is_account(current)
        )
        if introduces and current is not None:
            self.lead.introduce(current)
        # A paragraph without figures that a year opens is the account of what follows.
        self.current = (current if introduces else None) or self.heading or self.opening or self.lead.time
        self.lead.begin_paragraph()
        self.is_intended = False

    def _is_account(self, time: Time) -> bool:
        """Whether a span has begun and is as long as an account: a year, or its months so far."""
        first, last = time.first, time.last
        if first is None or (self.published is not None and first > self.published):
            return False
        if last is None:
            return time.kind == "since"
        return time.kind == "span" and (not _is_short(time) or (first.month, first.day) == (1, 1))

    def _is_so_far(self, time: Time) -> bool:
        """Whether it is the year up to the day of the text: 今年以来."""
        return (
            time.last == self.published
            and time.first is not None
            and (time.first.month, time.first.day) == (1, 1)
        )

    def _carry(self, told: Told) -> None:
        if not _is_headline(told):
            self.lead.take(told, self.published)
        if not self.has_begun and not self._is_heading(told):
            self.has_begun = True
            self.opening = next((time for time in told.free if self._is_of_report(told, time)), None)
        of_whole = [time for time in told.free if not _IN_A_PART.search(*told.before(time.start, 14))]
        if of_whole and len(of_whole) < len(told.free):
            told = replace(told, free=of_whole)
        before = self.current
        if before is not None and began_untold(told, told.end) and not told.free:
            before = self.current = None
        Timeline._carry(self, told)
        carried = self.current
        if carried is None or carried is before or _is_quoted(told, carried):
            # 2016年的2830元 is told of one number and “明年再投入”，他说 in a quotation: neither ends the account.
            self.current = before
        elif self._is_heading(told):
            self.heading = carried if carried.kind in ("span", "as_of") else None
        elif _is_short(carried) and not _opens(told, carried) and not self._is_so_far(carried):
            opening = [time for time in told.free if _opens(told, time) and not time.is_local]
            self.current = opening[-1] if opening else before
        if self.current is not None and self.current is not before:
            self.opens_account = not _is_spoken(told, self.current)

    def _is_of_report(self, told: Told, time: Time) -> bool:
        """Whether a time opens the text as that of a report: no day, and no last year's winter of a story.

        A report tells of the year it comes from or the one before; 2016年底 in a text of 2020 opens a look back.
        """
        begin = told.start + (told.text.startswith("截至", told.start) * 2)
        ended = time.last or time.first
        is_recent = self.published is None or ended is None or ended.year >= self.published.year - 1
        return (
            time.start == begin
            and time.kind in ("span", "as_of")
            and is_recent
            and not (time.is_local or time.is_back)
            and _OF_A_STORY.match(told.text, time.start) is None
        )

    def _is_heading(self, told: Told) -> bool:
        """Whether it is a line of its own, without a mark of a sentence and without a number of its own."""
        text = told.text
        is_line = (told.start == 0 or text[told.start - 1] == "\n") and text[told.end - 1] == "\n"
        return (
            is_line
            and not told.numbers
            and told.end - told.start <= _HEADING_MAX
            and _SENTENCE_MARK.search(text, told.start, told.end) is None
        )

    def _is_base(self, text: str, time: Time) -> bool:
        if time.is_back and time.kind != "ago" and text.startswith("的", time.end):
            # 4年来的进展
            return True
        is_named_only = _IS_BUILT.match(text, time.end) is not None or text[max(0, time.start - 1)] == "占"
        return is_named_only or Timeline._is_base(self, text, time)

    def _period(self, told: Told, number: Number, modality: Modality) -> Period | None:
        if number.sort == "length" and _AWAY.match(told.text, number.end):
            # 1700公里外: as far away on any day.
            return None
        begun = self._from_then_on(told, number)
        if begun is not None:
            return begun
        several = over_years(told, number) or self._years_before(told, number)
        if several is not None:
            return several
        if modality == "required" and _EACH.search(told.text, told.start, number.start):
            # 每个街道至少帮扶3个村 is told of no time.
            return None
        if number.sort == "person":
            # 1.87万户7.62万人: what is told of the households is told of their members.
            households = next((one for one in told.numbers if one.end == number.start), None)
            if households is not None:
                return self._period(told, households, modality)
        is_aim = told.text[max(0, number.start - 1)] in _AIM_ENDS
        if (
            is_aim
            and _OF_THE_YEAR.search(*told.before(number.start, 12))
            and (year := self._year_of(told, number))
        ):
            return Period(*year_span(year))
        if self._is_every_year(told, number):
            return None
        period = Timeline._period(self, told, number, modality)
        if period is None or period.last is None:
            return period
        ends_year = period == Period(None, year_span(period.last.year)[1])
        if ends_year and _SINCE_YEAR_BEFORE.search(*told.before(number.start, 30)):
            # 2019年末…551万人，比上年末减少1109万人: the change is that of the year.
            return Period(*year_span(period.last.year))
        if modality in _INTENDED and period.last == self.published:
            # 目前…，计划投入200万元: what is to come is not of the day of the text.
            return None
        if (
            modality == "forecast"
            and self.published
            and period.last < self.published
            and not self._is_expected_of(told, number)
        ):
            # 9月底建成，预计年产值可达2亿元: what is expected is not of a day gone by.
            return None
        is_ahead = self.published is not None and (period.last - self.published).days > _NEARLY_OVER_DAYS
        if is_ahead and period == Period(None, year_span(period.last.year)[1]):
            time = self._time_told(told, number)
            if time is not None and told.text[time.start : time.end].endswith("年"):
                # 到2025年 is for that year, 到2025年底 as of its last day.
                return Period(*year_span(period.last.year))
        return self._end_of_change(told, number, period)

    def _is_expected_of(self, told: Told, number: Number) -> bool:
        """Whether a whole year gone by is what is estimated: 2021年，预计实现…, 预计全年完成…."""
        time = self._time_told(told, number)
        if time is None or _is_short(time):
            return False
        return _THEN_EXPECTED.match(told.text, time.end) is not None or told.text.endswith(
            "预计", told.start, time.start
        )

    def _is_every_year(self, told: Told, number: Number) -> bool:
        """Whether a clause behind the time tells what is so every year: 2010年建起养鸡场，每年带来租金3万元."""
        if told.every_year_at > number.start:
            return False
        time = self._time_told(told, number)
        return (
            time is not None
            and not (time.is_back or _is_of_years(time))
            and time.end < told.every_year_at
            and _CLAUSE_COMMA.search(told.text, time.end, told.every_year_at) is not None
        )

    def _end_of_change(self, told: Told, number: Number, period: Period) -> Period | None:
        """Of a change up to a day (截至9月底，…由24.6%降到0.43%) only what it came to is of that day."""
        was = _WAS.search(*told.before(number.start, 16)) is not None
        if not was and _CAME_TO.search(*told.before(number.start, 30)) is None:
            return period
        time = self._time_told(told, number)
        if time is None or period.last is None or time.last != period.last or _is_beside(told, time, number):
            return period
        if was:
            is_by_then = period.first is None or "年底" in told.text[time.start : time.end]
            return None if is_by_then else period
        if self.published and (period.first, period.last) == year_span(period.last.year):
            # In December what a rate of the year has come to is that of its end.
            is_near = 0 < (period.last - self.published).days <= _NEARLY_OVER_DAYS
            return Period(None, period.last) if is_near else period
        return period

    def _from_then_on(self, told: Told, number: Number) -> Period | None:
        """From the time told before 届时 on: 预计9月投入运营，届时年周转2.5万吨."""
        then = told.text.find(_FROM_THEN, told.start, number.start)
        if then < 0:
            return None
        named = [time for time in told.free if time.end <= then and time.first is not None]
        return Period(named[-1].first, None) if named else None

    def _is_elsewhere(self, told: Told, before: list[Time], number: Number) -> bool:
        time = before[-1]
        if time.is_local and time.kind == "span":
            # 全年计划财政援助资金5800万元: the first number behind it, within its clause.
            own = next(one for one in told.numbers if one.start >= time.end)
            if _OF_A_LIST.fullmatch(told.text, own.end, number.start):
                # 2017年的2000万元、6个项目
                return False
            return own is not number or _CLAUSE_MARK.search(told.text, time.end, number.start) is not None
        if _IN_A_PART.search(*told.before(time.start, 14)) and ";" in told.text[time.end : number.start]:
            # 截至目前…，其中9月1日以来…；东部…: the part ends at the semicolon.
            return True
        return Timeline._is_elsewhere(self, told, before, number)

    def _years_before(self, told: Told, number: Number) -> Period | None:
        """Years counted back from the year's end that the account has come to: 到2019年底…。三年间减贫…."""
        then = self.current
        if then is None or then.kind != "as_of":
            return None
        back = [time for time in told.free if time.end <= number.start]
        if not back or not back[-1].is_back or then.last is None:
            return None
        first, last = back[-1].first, back[-1].last
        if first is None or last is None or then.last != year_span(then.last.year)[1] or then.last >= last:
            return None
        if not _IN_THOSE.match(told.text, back[-1].start):
            return None
        return Period(year_span(then.last.year - (last.year - first.year) + 1)[0], then.last)

    def _year_of(self, told: Told, number: Number) -> int | None:
        """The year that the account is in."""
        time = self._time_told(told, number) or self.current
        day = None if time is None else time.last or time.first
        day = day or self.published
        return None if day is None else day.year

    def _untold(self, told: Told, number: Number, modality: Modality) -> Period | None:
        if began_untold(told, number.start):
            return None
        if self.is_intended and modality == "done":
            has_become = self.published and _HAS_BECOME.search(told.text[number.end : told.end])
            return Period(None, self.published) if has_become else None
        if told.every_year_at <= number.start:
            return None
        is_of_lead = self.current is not None and self.current is self.lead.time
        if modality == "forecast" and (year := self._year_nearly_over()):
            # 2018年，…。预计：…, in a report of December.
            return Period(*year_span(year))
        if is_of_lead and self.current is not self.heading and modality in _INTENDED:
            # What a report says is to come is not of the time that it reports.
            return None
        if (self.current is None or is_of_lead) and modality == "done":
            event = self.lead.event(told, number.start)
            if event is not None:
                return event
        if (
            (self.current is None or is_of_lead)
            and self.published
            and _STILL_THERE.search(*told.before(number.start, 28))
        ):
            return Period(None, self.published)
        if self.heading is not None and self.current is self.heading:
            # Under 2021年工作安排 an aim is one of that year.
            period: Period | None = Period(self.heading.first, self.heading.last)
        else:
            period = Timeline._untold(self, told, number, modality)
        if period and period.last and ADDED_UP.search(*told.before(number.start, 6)):
            # Under a year, 新建12个，累计96个: what there is at its end.
            return Period(None, period.last) if NEWLY.search(told.text, told.start, number.start) else period
        return period

    def _year_nearly_over(self) -> int | None:
        """The year of the account where it is as good as over on the day of the text, or over."""
        if self.current is None or self.current.last is None or self.published is None:
            return None
        is_year = (self.current.first, self.current.last) == year_span(self.current.last.year)
        days = (self.current.last - self.published).days
        return self.current.last.year if is_year and abs(days) <= 2 * _NEARLY_OVER_DAYS else None

    def _between(self, told: Told, last: Time, number: Number, after: list[Time]) -> Time:
        """470万元将在年内支出 is told by the time behind it, whatever stands before."""
        is_to_come = after and _WILL_BE.fullmatch(told.text, number.end, after[0].start)
        return after[0] if is_to_come else Timeline._between(self, told, last, number, after)


def _is_beside(told: Told, time: Time, number: Number) -> bool:
    """Whether a time stands right before a number and so is told for it alone: 由2013年底的24.6%."""
    return told.text[time.end : number.start] in ("", "的")


def _is_quoted(told: Told, time: Time) -> bool:
    """Whether a time is told in words that the sentence quotes to their end."""
    opened = told.text.rfind("“", told.start, time.start)
    return (
        opened > told.text.rfind("”", told.start, time.start) and told.text.find("”", time.end, told.end) >= 0
    )


def _opens(told: Told, time: Time) -> bool:
    return time.start - told.start <= _OPENS_WITHIN


def _is_of_years(time: Time) -> bool:
    """Whether it is a span of several years."""
    return time.first is not None and time.last is not None and time.first.year < time.last.year


def _is_spoken(told: Told, time: Time) -> bool:
    """Whether a quotation has begun before a time and goes on behind it."""
    return told.text.rfind("“", told.start, time.start) > told.text.rfind("”", told.start, time.start)


def _is_headline(told: Told) -> bool:
    """Whether it is the first line of the text and no sentence: 231.9亿元、1155个……数字中看成效."""
    return told.start == 0 and told.end - 1 == headline_of(told.text)


def _is_short(time: Time) -> bool:
    """Whether it is a day, a month or a part of a year."""
    if time.kind == "day":
        return True
    first, last = time.first, time.last
    return time.kind == "span" and first is not None and last is not None and (last - first).days < _YEAR_DAYS
