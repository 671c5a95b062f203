"""What the first paragraphs of a Chinese report tell of the time of all that follows: its lead, an event's day."""

import re
from dataclasses import dataclass
from datetime import date

from pairbook.analysis.claims.periods import Told
from pairbook.analysis.claims.shapes import Period
from pairbook.analysis.claims.times import Time

# 记者从省农业农村厅获悉，2023年，…: the time behind it is that of the whole report.
_TOLD_BY = re.compile(
    "(?:获悉|悉|了解到?|介绍|显示|透露|通报|公布|发布|消息|报道|讯|电|表明|统计)(?:[,，:：“(]|\\s)[^\n;；]{0,60}$"
)
_CLAUSE_BEGINS = frozenset(",，:：、。“\n ")
_AT_THE_EVENT = re.compile(
    "现场|[此本](?:次|轮)(?!审计|调查|抽查|普查|核查|评估)|这次|本场|当天|当日|会上|活动中"
)
_EVENT_DAYS_MAX = 31
_PARAGRAPHS_OF_LEAD = 2
_TOLD_BY_REACH = 120


@dataclass(slots=True)
class Lead:
    """What a report has told in its first paragraphs."""

    time: Time | None = None
    """The time with which its first figures are told."""
    event_on: date | None = None
    """The day of the meeting, fair or gift that it reports."""
    paragraphs: int = 0
    """How many paragraphs with figures have begun."""
    is_paragraph_begun: bool = False
    """Whether this paragraph has told a figure."""

    is_at_event: bool = False
    """Whether this paragraph tells of the event."""

    def begin_paragraph(self) -> None:
        """The next paragraph begins."""
        self.is_paragraph_begun = self.is_at_event = False

    def take(self, told: Told, published: date | None) -> None:
        """Read a sentence: the first one with figures may tell the time of the report."""
        is_first = not self.paragraphs
        if told.numbers and not self.is_paragraph_begun:
            self.is_paragraph_begun = True
            self.paragraphs += 1
        if self.event_on is None and self.paragraphs <= _PARAGRAPHS_OF_LEAD:
            self.event_on = _event_day(told, published)
        if is_first and told.numbers and self.time is None:
            self.time = next((time for time in told.free if _is_of_report(told, time, published)), None)

    def introduce(self, time: Time) -> None:
        """A first paragraph without figures told the time of what follows."""
        if self.time is None and not self.paragraphs:
            self.time = time

    def event(self, told: Told, place: int) -> Period | None:
        """The day of the event for what the sentence tells of it; None else."""
        if self.event_on is None:
            return None
        self.is_at_event = self.is_at_event or _AT_THE_EVENT.search(told.text, told.start, place) is not None
        if not self.is_at_event:
            return None
        return Period(self.event_on, self.event_on)


def _event_day(told: Told, published: date | None) -> date | None:
    days = (
        time.first
        for time in told.times
        if time.kind == "day" and time.first == time.last and "-" not in told.text[time.start : time.end]
    )
    return next(
        (
            day
            for day in days
            if day is not None and (published is None or 0 <= (published - day).days <= _EVENT_DAYS_MAX)
        ),
        None,
    )


def _is_of_report(told: Told, time: Time, published: date | None) -> bool:
    if (
        time.kind not in ("span", "as_of")
        or time.is_back
        or time.is_local
        or time.end > told.numbers[0].start
    ):
        return False
    ended = time.last or time.first
    if ended is None or (published is not None and ended.year < published.year - 1):
        return False
    opens_clause = time.start == told.start or told.text[time.start - 1] in _CLAUSE_BEGINS
    opens_clause = opens_clause or told.text.endswith(("截至", "截止"), told.start, time.start)
    begin = max(0, time.start - _TOLD_BY_REACH)
    return opens_clause and _TOLD_BY.search(told.text, begin, time.start) is not None
