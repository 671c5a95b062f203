"""Patterns of padded training, decided over plain values: who is listed, how often they came, what ran at once.

A course begins on the day of its entry and lasts as many days as it says, one where it says nothing.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations

from pairbook.kernel.periods import ONE_DAY, Period


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a course for so many: a certificate, a job, a business of their own."""

    entry_id: int
    happened_on: date
    sort: tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A course that was held."""

    entry_id: int
    sort: tuple[str, str, str]
    """Direction, audience and place: what figures tell apart."""
    giver_id: int
    started_on: date
    days: int
    sessions: int | None
    persons: int
    papers: frozenset[str] = frozenset()
    people: dict[int, int | None] = field(default_factory=dict)
    """Whoever is listed, by token, and how many sessions each attended; None where nobody counted."""
    outcomes: tuple[Outcome, ...] = ()

    @property
    def period(self) -> Period:
        """The days it ran."""
        return Period(self.started_on, self.started_on + max(self.days, 1) * ONE_DAY)


def unlisted_persons(course: Course) -> int:
    """How many of those counted are not on the list; 0 where no list was made, for then nothing can be compared."""
    return course.persons - len(course.people) if course.people else 0


def seldom_present(course: Course, share_percent: int) -> int:
    """How many of those listed attended less than this share of the sessions."""
    if not course.sessions:
        return 0
    counted = [times for times in course.people.values() if times is not None]
    return sum(times * 100 < share_percent * course.sessions for times in counted)


def attended_twice(courses: Sequence[Course]) -> Iterator[tuple[int, int, int]]:
    """Two courses that ran at the same time and list the same people: the later, the earlier, how many people."""
    attended: dict[int, list[Course]] = {}
    for course in sorted(courses, key=lambda one: (one.started_on, one.entry_id)):
        for person in course.people:
            attended.setdefault(person, []).append(course)
    both = Counter[tuple[int, int]]()
    for held in attended.values():
        for earlier, later in combinations(held, 2):
            if earlier.period.overlaps(later.period):
                both[later.entry_id, earlier.entry_id] += 1
    yield from ((later, earlier, people) for (later, earlier), people in sorted(both.items()))


def crowded_days(courses: Sequence[Course], people_max: int) -> Iterator[tuple[Course, int]]:
    """Courses on whose first day their organiser trained more people than is believable, and how many it trained."""
    by_giver: dict[int, list[Course]] = {}
    for course in courses:
        by_giver.setdefault(course.giver_id, []).append(course)
    for course in courses:
        # The most people are there at once on the first day of some course.
        there = sum(one.persons for one in by_giver[course.giver_id] if course.started_on in one.period)
        if there > people_max:
            yield course, there


def early_outcomes(course: Course) -> Iterator[Outcome]:
    """What is said to have come of a course before its last day."""
    return (outcome for outcome in course.outcomes if outcome.happened_on < course.period.last)


def unlike_outcomes(course: Course) -> Iterator[Outcome]:
    """What came of a course but is told of another direction, audience or place."""
    return (outcome for outcome in course.outcomes if outcome.sort != course.sort)


def is_overdue(starts_on: date, day: date, *, within: timedelta) -> bool:
    """Whether a planned course should have begun by a day, or should within some days of it."""
    return starts_on <= day + within
