"""Decisions on industry programmes: when a base wants a look, and how far back a threshold in months reaches."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date


def months_after(day: date, months: int) -> date:
    """The same day so many months later (or earlier, with a minus); the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """A base as checks need it: what stands in the book of it up to today."""

    entry_id: int
    programme_id: int
    started_on: date
    ended_on: date | None = None
    last_report_on: date | None = None
    """The day of its newest stock-taking."""
    has_output: bool = False
    """Whether its project, or the programme over it, told any output since it started."""
    has_people: bool = False
    """Whether anybody is told to gain by its programme."""

    @property
    def report_due_from(self) -> date:
        """The day the time to the next stock-taking runs from."""
        return self.last_report_on or self.started_on

    def is_at_work(self, day: date) -> bool:
        """Whether it was at work on the day."""
        return self.started_on <= day and (self.ended_on is None or day < self.ended_on)


def is_without_output(base: Base, *, today: date, months_max: int) -> bool:
    """Whether a base at work has told no output so many months after it started."""
    return (
        base.is_at_work(today) and not base.has_output and today > months_after(base.started_on, months_max)
    )


def is_report_old(base: Base, *, today: date, months_max: int) -> bool:
    """Whether a base at work took stock too long ago, or never."""
    return base.is_at_work(today) and today > months_after(base.report_due_from, months_max)


def is_without_people(base: Base, *, today: date, months_max: int) -> bool:
    """Whether nobody is told to gain so many months after the base started; closed bases too had to help somebody.

    Rule: DOMAIN 3.6, "no benefit linkage": money went to firms and no household was linked.
    """
    return not base.has_people and today > months_after(base.started_on, months_max)
