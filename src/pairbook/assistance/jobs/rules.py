"""Decisions on placements: which of them an auditor would ask about, which follow-ups are due. Plain values only."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pairbook.kernel.texts import Text

DESTINATIONS: dict[str, Text] = {
    "in_assisting": Text("帮扶地", "the assisting place"),
    "nearby": Text("省内就近", "near home"),
    "elsewhere": Text("其他地区", "elsewhere"),
}
CHANNELS: dict[str, Text] = {
    "fair": Text("招聘会", "job fair"),
    "organised": Text("有组织输转", "organised transfer"),
    "workshop": Text("帮扶车间", "assistance workshop"),
    "public_post": Text("公益性岗位", "public-welfare post"),
    "project": Text("帮扶项目用工", "work on an assistance project"),
    "self_found": Text("自行联系", "self-found"),
}
# Workshops and public-welfare posts are set up in the county; nobody holds one elsewhere (DOMAIN 2.4).
LOCAL_CHANNELS = ("workshop", "public_post")
# The months after which somebody is asked again, and the stage that records the answer.
FOLLOW_UPS: dict[int, str] = {3: "stable_3", 6: "stable_6", 12: "stable_12"}
_AHEAD = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Job:
    """An entry of the kind, as far as these decisions need it."""

    id: int
    root_id: int
    """Its first version, which entries that follow it name."""
    stage: str
    day: date
    number: int
    """People, vacancies, or one fair."""
    follows_id: int | None = None
    destination: str = ""
    channel: str = ""
    papers: frozenset[str] = frozenset()


def months_later(day: date, months: int) -> date:
    """The same day some months later, or the last one of a shorter month."""
    place = day.month - 1 + months
    year, month = day.year + place // 12, place % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@dataclass(frozen=True, slots=True)
class Placement:
    """A placement with what was recorded of it afterwards, by day."""

    job: Job
    after: tuple[Job, ...]

    def number(self, stage: str, *, until: date = date.max) -> int:
        """How many people were recorded at a later stage, up to a day."""
        return sum(one.number for one in self.after if one.stage == stage and one.day <= until)

    @property
    def is_over(self) -> bool:
        """Whether everybody has left."""
        return self.number("left") >= self.job.number

    @property
    def months_followed(self) -> int:
        """The last follow-up that was recorded, in months; 0 for none."""
        return max((months for months, stage in FOLLOW_UPS.items() if self.number(stage)), default=0)

    @property
    def next_follow_up(self) -> tuple[int, date] | None:
        """The months and the day of the next follow-up; None when it is over or the last one was made."""
        coming = [months for months in FOLLOW_UPS if months > self.months_followed]
        if self.is_over or not coming:
            return None
        return coming[0], months_later(self.job.day, coming[0])


def placements(jobs: Iterable[Job]) -> list[Placement]:
    """Every placement, in the order given, with what follows it."""
    held = list(jobs)
    after: dict[int, list[Job]] = defaultdict(list)
    for job in held:
        if job.follows_id is not None:
            after[job.follows_id].append(job)
    return [
        Placement(job, tuple(sorted(after[job.root_id], key=lambda one: (one.day, one.id))))
        for job in held
        if job.stage == "placed"
    ]


def without_paper(jobs: Iterable[Job], stages: Sequence[str], paper: str) -> list[Job]:
    """Entries of these stages that lack a sort of paper, whatever else is attached."""
    return [job for job in jobs if job.stage in stages and paper not in job.papers]


@dataclass(frozen=True, slots=True)
class TooEarly:
    """A follow-up recorded before its months were over."""

    job: Job
    placed_on: date
    earliest: date


def stable_too_early(jobs: Iterable[Job], *, months_min: Callable[[date], int]) -> list[TooEarly]:
    """Follow-ups dated before the months they speak of had passed.

    `months_min` gives the months of the first one on a day: a threshold that may change. The later two are named by
    theirs.
    """
    found = []
    for placement in placements(jobs):
        for job in placement.after:
            months = next((months for months, stage in FOLLOW_UPS.items() if stage == job.stage), None)
            if months is None:
                continue
            needed = months_min(job.day) if job.stage == "stable_3" else months
            earliest = months_later(placement.job.day, needed)
            if job.day < earliest:
                found.append(TooEarly(job, placement.job.day, earliest))
    return found


def posts_outside(jobs: Iterable[Job]) -> list[Job]:
    """Placements by workshop or public-welfare post that name a destination outside the county's province."""
    return [
        job
        for job in jobs
        if job.stage == "placed" and job.channel in LOCAL_CHANNELS and job.destination != "nearby"
    ]


def unpaid_posts(jobs: Iterable[Job], *, today: date, months: int) -> list[Job]:
    """Public-welfare posts held for so many months of which no pay record is attached to any follow-up."""
    return [
        placement.job
        for placement in placements(jobs)
        if placement.job.channel == "public_post"
        and months_later(placement.job.day, months) <= today
        and not any("wages" in job.papers for job in placement.after)
        and placement.number("left", until=months_later(placement.job.day, months)) < placement.job.number
    ]


def destinations_changed(jobs: Iterable[Job]) -> list[tuple[Job, str]]:
    """Later entries that name another destination than their placement, with the placement's.

    Then the three classes would still add up at each stage, but the same people would be kept in a class that nobody
    placed them in.
    """
    return [
        (job, placement.job.destination)
        for placement in placements(jobs)
        for job in placement.after
        if job.destination != placement.job.destination
    ]


@dataclass(frozen=True, slots=True)
class TooMany:
    """A follow-up by which more people stayed and left than were placed."""

    job: Job
    stayed: int
    left: int
    placed: int


def stayed_and_left(jobs: Iterable[Job]) -> list[TooMany]:
    """Follow-ups at which those still there and those gone by that day are more than the people placed."""
    found = []
    for placement in placements(jobs):
        for job in placement.after:
            if job.stage == "left":
                continue
            stayed = placement.number(job.stage)
            left = placement.number("left", until=job.day)
            if stayed + left > placement.job.number:
                found.append(TooMany(job, stayed, left, placement.job.number))
    return found


@dataclass(frozen=True, slots=True)
class Crowded:
    """A fair or an offer with more intentions than vacancies."""

    job: Job
    vacancies: int
    intentions: int


def intentions_above_vacancies(jobs: Iterable[Job]) -> list[Crowded]:
    """Offers and fairs at which more people stated an intention than there were vacancies; a fair with its offers."""
    held = list(jobs)
    offered, stated = _by_followed(held, "offered"), _by_followed(held, "intention")
    found = []
    for job in held:
        own = [job] if job.stage == "offered" else offered[job.root_id] if job.stage == "held" else []
        vacancies = sum(one.number for one in own)
        roots = {job.root_id, *(one.root_id for one in own)}
        intentions = sum(one.number for root in roots for one in stated[root])
        # Nothing is known of a fair whose vacancies nobody recorded.
        if vacancies and intentions > vacancies:
            found.append(Crowded(job, vacancies, intentions))
    return found


def _by_followed(jobs: Iterable[Job], stage: str) -> dict[int, list[Job]]:
    found: dict[int, list[Job]] = defaultdict(list)
    for job in jobs:
        if job.stage == stage and job.follows_id is not None:
            found[job.follows_id].append(job)
    return found


@dataclass(frozen=True, slots=True)
class PlacedTwice:
    """A placement whose people were still in an earlier one, as far as the lists tell."""

    job: Job
    earlier_ids: tuple[int, ...]
    people: int


def placed_twice(jobs: Iterable[Job], listed: Iterable[tuple[int, int]]) -> list[PlacedTwice]:
    """Placements that list somebody who is in an earlier placement and is not known to have left it by then.

    `listed` are entry and person. Where the leavers were only counted, the earlier placement is taken as left once
    everybody has gone.
    """
    people: dict[int, set[int]] = defaultdict(set)
    for entry_id, person_id in listed:
        people[entry_id].add(person_id)
    held = sorted(placements(jobs), key=lambda one: (one.job.day, one.job.id))
    jobs_of: dict[int, list[Placement]] = defaultdict(list)
    found = []
    for placement in held:
        twice: set[int] = set()
        earlier: set[int] = set()
        for person in people[placement.job.id]:
            there = [one for one in jobs_of[person] if not _has_left(person, one, placement.job.day, people)]
            jobs_of[person].append(placement)
            if there:
                twice.add(person)
                earlier |= {one.job.id for one in there}
        if twice:
            found.append(PlacedTwice(placement.job, tuple(sorted(earlier)), len(twice)))
    return found


def _has_left(person: int, placement: Placement, day: date, people: dict[int, set[int]]) -> bool:
    gone = [job for job in placement.after if job.stage == "left" and job.day <= day]
    return placement.number("left", until=day) >= placement.job.number or any(
        person in people[job.id] for job in gone
    )


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A follow-up that waits to be recorded: of how many people at most, after how many months, by when."""

    job: Job
    months: int
    due_on: date
    people: int


def follow_ups_due(jobs: Iterable[Job], *, today: date, late_months_max: int) -> list[FollowUp]:
    """The next follow-up of each placement that is overdue or due within 31 days of today.

    One overdue for longer than `late_months_max` is left out: who was not asked then cannot be asked any more.
    """
    return [
        one
        for one in _waiting(jobs)
        if one.due_on <= today + _AHEAD and months_later(one.due_on, late_months_max) >= today
    ]


def never_followed(jobs: Iterable[Job], *, today: date, late_months_max: int) -> list[FollowUp]:
    """The next follow-up of each placement that is overdue for longer than `late_months_max`."""
    return [one for one in _waiting(jobs) if months_later(one.due_on, late_months_max) < today]


def _waiting(jobs: Iterable[Job]) -> Iterator[FollowUp]:
    for placement in placements(jobs):
        coming = placement.next_follow_up
        if coming is not None:
            months, due_on = coming
            yield FollowUp(placement.job, months, due_on, placement.job.number - placement.number("left"))
