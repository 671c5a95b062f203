"""Decisions on enterprises: which of them an auditor would ask about, which report comes next. Plain values only."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pairbook.kernel.texts import Text

SORTS: dict[str, Text] = {
    "firm": Text("落地企业", "firm"),
    "park": Text("共建园区", "co-built park"),
    "workshop_aided": Text("帮扶车间（援建）", "workshop, aided"),
    "workshop_recognised": Text("帮扶车间（认定）", "workshop, recognised"),
}
WORKSHOPS = ("workshop_aided", "workshop_recognised")
LINKS: dict[str, Text] = {
    "wage": Text("务工", "wages"),
    "order": Text("订单", "orders"),
    "dividend": Text("分红", "dividends"),
    "share": Text("入股", "shares"),
    "lease": Text("租赁", "leases"),
}
_AHEAD = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Step:
    """An entry of the kind, as far as these decisions need it."""

    id: int
    root_id: int
    """Its first version, which entries that follow it name."""
    stage: str
    day: date
    sort: str
    number: int = 0
    """Workers or households."""
    poor: int = 0
    """Of the number, the registered poor."""
    follows_id: int | None = None
    papers: frozenset[str] = frozenset()


def months_later(day: date, months: int) -> date:
    """The same day some months later, or the last one of a shorter month."""
    place = day.month - 1 + months
    year, month = day.year + place // 12, place % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def without_paper(steps: Iterable[Step], stage: str, paper: str) -> list[Step]:
    """Entries of a stage that lack a sort of paper, whatever else is attached."""
    return [step for step in steps if step.stage == stage and paper not in step.papers]


def following(steps: Iterable[Step]) -> Mapping[int, Sequence[Step]]:
    """What follows each entry, by the entry's first version and by day."""
    found: dict[int, list[Step]] = defaultdict(list)
    for step in sorted(steps, key=lambda one: (one.day, one.id)):
        if step.follows_id is not None:
            found[step.follows_id].append(step)
    return found


def unpaid_agreements(steps: Iterable[Step], *, today: date, months_max: int) -> list[Step]:
    """Agreements older than so many months of which nothing was paid in, neither directly nor after landing."""
    held = list(steps)
    after = following(held)

    def is_paid(root_id: int) -> bool:
        return any(
            step.stage == "paid_in" or (step.stage == "landed" and is_paid(step.root_id))
            for step in after.get(root_id, ())
        )

    return [
        step
        for step in held
        if step.stage == "signed" and months_later(step.day, months_max) < today and not is_paid(step.root_id)
    ]


@dataclass(frozen=True, slots=True)
class Report:
    """The next report of workers of an open workshop: when the last one was (None for never), when the next is due."""

    landed: Step
    last_on: date | None
    due_on: date


def reports_due(steps: Iterable[Step], *, months_max: int) -> list[Report]:
    """The next report of each open workshop: so many months after its last one, or after it opened."""
    held = list(steps)
    after = following(held)
    found = []
    for step in held:
        if step.stage != "landed" or step.sort not in WORKSHOPS:
            continue
        later = after.get(step.root_id, ())
        if any(one.stage == "closed" for one in later):
            continue
        last = max((one.day for one in later if one.stage == "working"), default=None)
        found.append(Report(step, last, months_later(last or step.day, months_max)))
    return found


def empty_shells(steps: Iterable[Step], *, today: date, months_max: int) -> list[Report]:
    """Open workshops that have reported no worker for longer than so many months."""
    return [one for one in reports_due(steps, months_max=months_max) if one.due_on < today]


def reports_soon(steps: Iterable[Step], *, today: date, months_max: int) -> list[Report]:
    """Reports overdue or due within 31 days of today."""
    return [one for one in reports_due(steps, months_max=months_max) if one.due_on <= today + _AHEAD]


def unbelievable_shares(steps: Iterable[Step], *, share_percent_max: int, workers_min: int) -> list[Step]:
    """Reports in which more of the workers are poor than one would believe, of so many workers or more."""
    return [
        step
        for step in steps
        if step.stage == "working"
        and step.number >= workers_min
        and step.poor * 100 > step.number * share_percent_max
    ]


def sorts_changed(steps: Iterable[Step]) -> list[tuple[Step, str]]:
    """Entries of another sort than the one they follow, with that one's: then one workshop counts in two places."""
    held = list(steps)
    sort_of = {step.root_id: step.sort for step in held}
    return [
        (step, sort_of[step.follows_id])
        for step in held
        if step.follows_id in sort_of and sort_of[step.follows_id] != step.sort
    ]


def after_closing(steps: Iterable[Step]) -> list[tuple[Step, date]]:
    """Workers reported after the enterprise closed, with the day it did."""
    after = following(steps)
    found = []
    for later in after.values():
        closed = min((one.day for one in later if one.stage == "closed"), default=None)
        found += [
            (one, closed)
            for one in later
            if one.stage == "working" and closed is not None and one.day > closed
        ]
    return found


def linked_twice(
    steps: Iterable[Step], households: Mapping[int, Iterable[str]]
) -> list[tuple[Step, int, tuple[int, ...]]]:
    """Links that list households which an earlier link lists too: how many of them, and in which entries.

    `households` are the tokens of the households each entry lists.
    """
    seen: dict[str, list[int]] = defaultdict(list)
    found = []
    for step in sorted(steps, key=lambda one: (one.day, one.id)):
        if step.stage != "linked":
            continue
        tokens = set(households.get(step.id, ()))
        twice = {token for token in tokens if seen[token]}
        if twice:
            earlier = sorted({entry_id for token in twice for entry_id in seen[token]})
            found.append((step, len(twice), tuple(earlier)))
        for token in tokens:
            seen[token].append(step.id)
    return found


def workshops_open(steps: Iterable[Step], day: date) -> dict[str, int]:
    """How many workshops of each sort are open on a day."""
    held = list(steps)
    after = following(held)
    counts = dict.fromkeys(WORKSHOPS, 0)
    for step in held:
        is_closed = any(one.stage == "closed" and one.day <= day for one in after.get(step.root_id, ()))
        if step.stage == "landed" and step.sort in counts and step.day <= day and not is_closed:
            counts[step.sort] += 1
    return counts
