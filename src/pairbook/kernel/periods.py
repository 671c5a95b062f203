"""Periods: half-open in code, inclusive wherever a person reads or types them (CONTRACT section 1)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

BOOK_ZONE = ZoneInfo("Asia/Shanghai")
ONE_DAY = timedelta(days=1)
# Years somebody may name: no programme is older, and no day so late that the next one has no date.
YEAR_FIRST, YEAR_LAST = 1900, 2999


def is_in_calendar(day: date) -> bool:
    """Whether a day (or the day of a moment) is one a book can be asked about."""
    return YEAR_FIRST <= day.year <= YEAR_LAST


@dataclass(frozen=True, slots=True)
class Period:
    """All days from `start` up to, but not including, `end`."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a period cannot end ({self.end}) before it starts ({self.start})")

    @classmethod
    def inclusive(cls, first: date, last: date) -> "Period":
        """The period a person means by `first` to `last`, both days counted."""
        return cls(first, last + ONE_DAY)

    @property
    def last(self) -> date:
        """The last day inside; an empty period has none and must not be asked."""
        assert self.end > self.start, "an empty period has no last day"
        return self.end - ONE_DAY

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    def overlaps(self, other: "Period") -> bool:
        """Whether some day lies in both."""
        return self.start < other.end and other.start < self.end


def year_of(year: int) -> Period:
    """The calendar year."""
    return Period(date(year, 1, 1), date(year + 1, 1, 1))


def year_to(day: date) -> Period:
    """1 January of the day's year up to and with the day."""
    return Period.inclusive(date(day.year, 1, 1), day)


def month_of(day: date) -> date:
    """The first day of the day's month."""
    return day.replace(day=1)


def next_month(day: date) -> date:
    """The first day of the month after the day's."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last day of a shorter month."""
    month = day.year * 12 + day.month - 1 + months
    year, number = divmod(month, 12)
    return date(year, number + 1, min(day.day, monthrange(year, number + 1)[1]))


def end_of_day(day: date) -> datetime:
    """The last moment of a day in the book's zone: what `known=2020-09-18` means."""
    return datetime.combine(day, time.max, tzinfo=BOOK_ZONE)


def day_of(moment: datetime) -> date:
    """The calendar day of a moment in the book's zone."""
    return moment.astimezone(BOOK_ZONE).date()
