"""Who is in post on a day, until when, and how long that is: decisions over plain values.

An arrival brings so many people; what follows it takes them home or gives them a later end of term. A rotation is a
return and another arrival: a post filled by two people one after the other counts two persons, never both at once.
"""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from pairbook.kernel.periods import ONE_DAY, Period
from pairbook.kernel.texts import Text


@dataclass(frozen=True, slots=True)
class Term:
    """Some people in post and the last day of their term; None where no term is told."""

    persons: int
    last_on: date | None


@dataclass(frozen=True, slots=True)
class Step:
    """What followed an arrival: so many people returned, or, with a day, had their term extended to it."""

    entry_id: int
    happened_on: date
    persons: int
    sort: tuple[str, str, str]
    papers: frozenset[str] = frozenset()
    extended_to: date | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """The selection an arrival follows."""

    happened_on: date
    papers: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """People who arrived at a post together, and what has become of them."""

    entry_id: int
    sort: tuple[str, str, str]
    """Direction, category and field: what figures tell apart."""
    started_on: date
    persons: int
    last_on: date | None = None
    """The last day of the term they were sent for, where one is told."""
    home: Text = Text("", "")
    host_id: int = 0
    mode: str = ""
    team: str = ""
    batch: str = ""
    relieves: str = ""
    selection: Selection | None = None
    papers: frozenset[str] = frozenset()
    steps: tuple[Step, ...] = ()

    @property
    def direction(self) -> str:
        """Which way the people went."""
        return self.sort[0]

    @property
    def category(self) -> str:
        """Cadre or professional."""
        return self.sort[1]

    @property
    def returns(self) -> tuple[Step, ...]:
        """The returns among the steps."""
        return tuple(step for step in self.steps if step.extended_to is None)

    @property
    def latest_end(self) -> date | None:
        """The latest end of term anybody of it was given; None where none is told."""
        told = [self.last_on, *(step.extended_to for step in self.steps)]
        return max((day for day in told if day is not None), default=None)


def end_of_term(started_on: date, months: int) -> date:
    """The last day of a term of so many months: six months from 25 March end on 24 September."""
    years, month = divmod(started_on.month - 1 + months, 12)
    year, month = started_on.year + years, month + 1
    return date(year, month, min(started_on.day, monthrange(year, month)[1])) - ONE_DAY


def whole_months(started_on: date, last_on: date) -> int:
    """How many whole months there are from the first day to the last, both counted."""
    months = (last_on.year - started_on.year) * 12 + last_on.month - started_on.month + 1
    while months > 0 and end_of_term(started_on, months) > last_on:
        months -= 1
    return max(months, 0)


def terms_on(posting: Posting, day: date) -> list[Term]:
    """The people of a posting in post on a day, those whose term ends soonest first.

    Who returns, or is extended, is not told by name: it is taken to be those whose term ends first.
    """
    if posting.started_on > day:
        return []
    terms = [Term(posting.persons, posting.last_on)]
    for step in sorted(posting.steps, key=lambda step: (step.happened_on, step.entry_id)):
        if step.happened_on <= day:
            terms, taken = _without(terms, step.persons)
            if step.extended_to is not None and taken:
                terms.append(Term(taken, step.extended_to))
                terms.sort(key=lambda term: term.last_on or date.max)
    return terms


def _without(terms: Sequence[Term], persons: int) -> tuple[list[Term], int]:
    """The terms less so many people, the first ones first, and how many were taken."""
    left, taken = [], 0
    for term in terms:
        here = min(term.persons, persons - taken)
        taken += here
        if term.persons > here:
            left.append(replace(term, persons=term.persons - here))
    return left, taken


def persons_on(posting: Posting, day: date) -> int:
    """How many people of a posting are in post on a day."""
    return sum(term.persons for term in terms_on(posting, day))


def ended_terms(posting: Posting, day: date) -> list[Term]:
    """The people still in post on a day although their term ended before it."""
    return [term for term in terms_on(posting, day) if term.last_on is not None and term.last_on < day]


def band_of(months: int, limits: Sequence[int]) -> int:
    """Which band a term falls in: the number of limits it reaches."""
    return sum(months >= limit for limit in limits)


def short_stays(posting: Posting, months_min: int) -> Iterator[tuple[int, int]]:
    """Entry and whole months of stays too short to count: sent for less, or back before."""
    planned = posting.latest_end
    if planned is not None and whole_months(posting.started_on, planned) < months_min:
        yield posting.entry_id, whole_months(posting.started_on, planned)
        return
    for step in posting.returns:
        # The day of the return is counted: six months from 25 March are served when one returns on 24 September.
        months = whole_months(posting.started_on, step.happened_on)
        if months < months_min:
            yield step.entry_id, months


def is_dated_by_its_selection(posting: Posting) -> bool:
    """Whether the arrival bears the day of the selection and no record of arrival: a day of appointment, perhaps."""
    selection = posting.selection
    return (
        selection is not None
        and selection.happened_on == posting.started_on
        and "arrival_record" not in posting.papers
    )


def lacks_letter(posting: Posting) -> bool:
    """Whether it follows no selection, or one without a posting letter."""
    return posting.selection is None or "posting_letter" not in posting.selection.papers


def relieved_but_there(postings: Sequence[Posting], day: date) -> Iterator[tuple[Posting, Posting, int]]:
    """Arrivals that relieve a batch at the same host, the posting of that batch, and how many of it are still there.

    Such people would count beside those who took their place.
    """
    batches: dict[tuple[object, ...], list[Posting]] = {}
    for posting in postings:
        if posting.batch:
            batches.setdefault((posting.batch, posting.host_id, posting.sort), []).append(posting)
    for newer in postings:
        for older in batches.get((newer.relieves, newer.host_id, newer.sort), ()):
            if older.entry_id != newer.entry_id and persons_on(older, day):
                yield newer, older, persons_on(older, day)


def doubly_posted(
    postings: Sequence[Posting], listed: Mapping[int, Sequence[int]]
) -> Iterator[tuple[int, int, int]]:
    """Two arrivals some of whose listed people were in both posts at once: the later, the earlier, how many people."""
    stays: dict[int, list[tuple[Period, int]]] = {}
    for posting in sorted(postings, key=lambda one: (one.started_on, one.entry_id)):
        for person, period in _stays(posting, listed).items():
            stays.setdefault(person, []).append((period, posting.entry_id))
    both = Counter[tuple[int, int]]()
    for held in stays.values():
        for (there, earlier), (here, later) in combinations(held, 2):
            both[later, earlier] += there.overlaps(here)
    yield from ((later, earlier, people) for (later, earlier), people in sorted(both.items()) if people)


def unlisted_returns(
    postings: Sequence[Posting], listed: Mapping[int, Sequence[int]]
) -> Iterator[tuple[Posting, Step]]:
    """Returns that do not say who returned, although the arrival says who came."""
    for posting in postings:
        if listed.get(posting.entry_id):
            yield from ((posting, step) for step in posting.returns if not listed.get(step.entry_id))


def _stays(posting: Posting, listed: Mapping[int, Sequence[int]]) -> dict[int, Period]:
    """When each listed person was in post; who is on no list of returns left with the last return that has no list."""
    left_on: dict[int, date] = {}
    unlisted = date.max
    for step in posting.returns:
        people = listed.get(step.entry_id, ())
        left_on |= dict.fromkeys(people, step.happened_on)
        if not people:
            unlisted = step.happened_on if unlisted == date.max else max(unlisted, step.happened_on)
    return {
        person: Period(posting.started_on, left_on.get(person, unlisted))
        for person in listed.get(posting.entry_id, ())
    }
