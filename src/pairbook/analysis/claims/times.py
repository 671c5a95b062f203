"""Times told in a text, as periods: what both languages share. Days are inclusive."""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from pairbook.analysis.claims.shapes import Period

Kind = Literal["span", "as_of", "since", "ago", "day"]


@dataclass(slots=True)
class Time:
    """A time as it stands in the text (places of the plain text) and the period it means."""

    start: int
    end: int
    kind: Kind
    first: date | None
    last: date | None
    is_number: bool
    """Whether it is told in numerals: 2020年 is, 去年 is not."""
    is_back: bool = False
    """Whether it is counted back from the day of the text: 三年来, over the past three years."""
    is_local: bool = False
    """Whether it holds for the number right behind it and no further: 2016年的2830元, 全年目标."""
    is_of_thing: bool = False
    """Whether it is told of a thing that goes on to do something: a road finished last year cut the trip."""
    is_bound: bool = False
    """Whether it says what holds for one number only, such as the base of a comparison."""

    @property
    def period(self) -> Period:
        """The period it means."""
        return Period(self.first, self.last)


@dataclass(slots=True)
class Calendar:
    """What relative times refer to: the day of publication, and the year the text last spoke of."""

    published: date | None
    year: int | None = field(default=None)
    day: date | None = None
    """The last day the text named."""
    place: int = 0
    """Where the last time stands."""
    is_of_sentence: bool = False
    """Whether the year was told in the last time's sentence."""
    is_of_paragraph: bool = True
    """Whether the year was told in the last time's paragraph; months of a new one are the latest before the text."""
    first: date | None = None
    """The first day of the last time told, for what is told "since then"."""
    last: date | None = None
    """The last day of the last time told, for what was so "by then" or "three years later"."""
    is_edge: bool = False
    """Whether the last time was told as of a day: at the end of 2016."""
    this_year: int | None = None
    """The year that the text calls this one, where it is not that of the publication."""

    def __post_init__(self) -> None:
        if self.year is None and self.published is not None:
            self.year = self.this_year or self.published.year

    def year_at(self, offset: int) -> int | None:
        """The year of publication and so many years on or back."""
        return None if self.published is None else (self.this_year or self.published.year) + offset

    @property
    def today(self) -> date | None:
        """The day up to which "so far this year" reaches: that of publication, within the year called this one."""
        if self.published is None or self.this_year is None:
            return self.published
        return min(self.published, date(self.this_year, 12, 31))

    def year_of_month(self, month: int, *, is_future: bool = False, is_day: bool = False) -> int | None:
        """The year of a month told without one: the latest such month, or the next where the text looks ahead.

        A month may be of the year its paragraph told; a day is so only within the sentence.
        """
        if self.published is None:
            return self.year
        if is_future:
            return self.published.year + (month < self.published.month)
        is_told = self.is_of_sentence if is_day else self.is_of_paragraph
        if is_told and self.year is not None and self.year < self.published.year:
            return self.year
        return self.published.year - (month > self.published.month)

    def back(self, years: int = 0, months: int = 0) -> date | None:
        """The same day so many years and months before the publication."""
        return None if self.published is None else months_back(self.published, 12 * years + months)


def months_back(day: date, months: int) -> date:
    """The same day of an earlier month, or that month's last day."""
    index = day.year * 12 + day.month - 1 - months
    year, month = max(index // 12, 1), index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def day_or_none(year: int | None, month: int, day: int) -> date | None:
    """A day of the calendar, or None when there is no such day."""
    try:
        return None if year is None else date(year, month, day)
    except ValueError:
        return None


def year_span(first: int | None, last: int | None = None) -> tuple[date | None, date | None]:
    """Whole years."""
    last = first if last is None else last
    if first is None or last is None or not 1 <= first <= last <= 9999:
        return None, None
    return date(first, 1, 1), date(last, 12, 31)


def months_span(year: int | None, first: int, last: int) -> tuple[date | None, date | None]:
    """Whole months of a year."""
    if year is None or not (1 <= first <= last <= 12 and 1 <= year <= 9999):
        return None, None
    return date(year, first, 1), month_end(year, last)


def weekday_before(published: date, weekday: int) -> date:
    """The last such day of the week before the publication, or the day itself."""
    return published - timedelta(days=(published.weekday() - weekday) % 7)
