"""Questions the workspace asks across rooms: lists by the page, what can be followed, how far the book is signed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pairbook.households.reads import PeopleCounts, people_counts, readings
from pairbook.kernel import clock
from pairbook.kernel.money import Money
from pairbook.kernel.quantities import Quantity
from pairbook.register.known import entry_state, taken_by_limit
from pairbook.register.models import Entry
from pairbook.register.people import ListedPerson, listed_in
from pairbook.register.reads import (
    EntryFilter,
    EntryRow,
    disputed_of,
    entry_count,
    entry_rows,
    waiting_for,
    without_papers,
)
from pairbook.register.rules import Draft
from pairbook.register.shapes import Record, Stage
from pairbook.register.sums import stage_counts
from pairbook.workspace.quality import ToDo, to_do

FOLLOWABLE_MAX = 200


class EntryList(Sequence[EntryRow]):
    """The entries that match, read a page at a time, as Django's Paginator wants them."""

    def __init__(self, wanted: EntryFilter) -> None:
        self._wanted = wanted
        self._count: int | None = None

    def __len__(self) -> int:
        if self._count is None:
            self._count = entry_count(self._wanted)
        return self._count

    def __getitem__(self, part):  # type: ignore[no-untyped-def]
        assert isinstance(part, slice), "a page is a slice"
        start = part.start or 0
        return entry_rows(self._wanted, limit=(part.stop or len(self)) - start, offset=start)


@dataclass(frozen=True, slots=True)
class Followable:
    """An entry the next stage can continue, and what is left of it."""

    row: EntryRow
    money_left: Money | None
    quantity_left: Quantity | None


def followable_entries(
    pairing_id: int, kind: str, record: Record, stages: Sequence[Stage]
) -> list[Followable]:
    """Entries that some of these stages can follow, newest first; what was received in full is left out.

    At most FOLLOWABLE_MAX of them: older ones are continued from their own page.
    """
    codes = tuple(dict.fromkeys(code for stage in stages for code in stage.follows))
    if not codes:
        return []
    rows = entry_rows(EntryFilter(pairing_ids=(pairing_id,), kind=kind, stages=codes), limit=FOLLOWABLE_MAX)
    roots = {
        entry_id: root_id or entry_id
        for entry_id, root_id in Entry.objects.filter(pk__in=[row.id for row in rows]).values_list(
            "id", "root_id"
        )
    }
    taken = taken_by_limit(roots.values())
    found = []
    for row in rows:
        minor, steps = taken.get((roots[row.id], "taken"), (0, 0))
        money = Money(row.money.minor - minor, row.money.currency) if row.money else None
        quantity = Quantity(row.quantity.steps - steps, row.quantity.unit) if row.quantity else None
        sent = record.stage(row.stage)
        left = quantity.steps if record.carries == "quantity" and quantity else money.minor if money else 1
        if sent is not None and sent.move != "none" and left <= 0:
            continue
        found.append(Followable(row, money, quantity))
    return found


def last_draft_like(pairing_id: int, kind: str, stage: str, *, own_of: int | None = None) -> Draft | None:
    """The newest entry of this kind and stage as a draft, or None when there is none yet."""
    wanted = EntryFilter(pairing_ids=(pairing_id,), kind=kind, stages=(stage,), own_of=own_of)
    for row in entry_rows(wanted, limit=1):
        state = entry_state(row.id)
        return state.draft if state else None
    return None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Entries that wait for one act: the first few, and how many there are."""

    rows: list[EntryRow]
    count: int


@dataclass(frozen=True, slots=True)
class Desktop:
    """What waits in one programme, and how far its book can be trusted."""

    to_confirm: Waiting
    to_answer: Waiting
    to_document: Waiting
    to_follow_up: tuple[ToDo, ...]
    """What is overdue or due within a month, the oldest first."""
    entries: int
    confirmed: int
    with_papers: int
    disputed: int

    @property
    def one_sided(self) -> int:
        """Entries neither confirmed nor disputed."""
        return self.entries - self.confirmed - self.disputed

    @property
    def nothing_waits(self) -> bool:
        """Whether nothing waits for this side."""
        return not (
            self.to_confirm.count or self.to_answer.count or self.to_document.count or self.to_follow_up
        )


_NOTHING = Waiting([], 0)


def desktop_of_side(side: str, pairing_ids: tuple[int, ...], *, limit: int = 5) -> Desktop:
    """What waits for the officers of one side."""
    return _desktop(
        pairing_ids,
        Waiting(*waiting_for(side, pairing_ids, limit=limit)),
        Waiting(*disputed_of(side, pairing_ids, limit=limit)),
        Waiting(*without_papers(side, pairing_ids, limit=limit)),
        to_do(pairing_ids, clock.today(), side=side),
    )


def desktop_of_reader(pairing_ids: tuple[int, ...], *, limit: int = 5) -> Desktop:
    """What an auditor looks at: entries with one signature, in dispute, without papers, of both sides."""
    one_sided = EntryFilter(pairing_ids=pairing_ids, state="one_side")
    disputed = EntryFilter(pairing_ids=pairing_ids, state="disputed")
    return _desktop(
        pairing_ids,
        Waiting(entry_rows(one_sided, limit=limit, oldest_first=True), entry_count(one_sided)),
        Waiting(entry_rows(disputed, limit=limit, oldest_first=True), entry_count(disputed)),
        Waiting(*without_papers(None, pairing_ids, limit=limit)),
        to_do(pairing_ids, clock.today()),
    )


def desktop_of_department(
    organisation_id: int, side: str, pairing_ids: tuple[int, ...], *, limit: int = 5
) -> Desktop:
    """What waits for a line department: its own entries only. It does not confirm; its office does."""

    def own(**part: object) -> EntryFilter:
        return EntryFilter(pairing_ids=pairing_ids, own_of=organisation_id, **part)  # type: ignore[arg-type]

    disputed, bare = own(state="disputed", recorded_side=side), own(without_papers=True, recorded_side=side)
    entries = entry_count(own())
    return Desktop(
        to_confirm=_NOTHING,
        to_answer=Waiting(entry_rows(disputed, limit=limit, oldest_first=True), entry_count(disputed)),
        to_document=Waiting(entry_rows(bare, limit=limit, oldest_first=True), entry_count(bare)),
        to_follow_up=tuple(to_do(pairing_ids, clock.today(), side=side, own_of=organisation_id)),
        entries=entries,
        confirmed=entry_count(own(state="both_sides")),
        with_papers=entries - entry_count(own(without_papers=True)),
        disputed=entry_count(own(state="disputed")),
    )


def _desktop(
    pairing_ids: tuple[int, ...],
    to_confirm: Waiting,
    to_answer: Waiting,
    to_document: Waiting,
    to_follow_up: Sequence[ToDo],
) -> Desktop:
    # From the running totals, so that this page costs the same in a book of any size.
    rows = stage_counts(pairing_ids)
    return Desktop(
        to_confirm=to_confirm,
        to_answer=to_answer,
        to_document=to_document,
        to_follow_up=tuple(to_follow_up),
        entries=sum(row.entries for row in rows),
        confirmed=sum(row.confirmed_entries for row in rows),
        with_papers=sum(row.with_papers for row in rows),
        disputed=entry_count(EntryFilter(pairing_ids=pairing_ids, state="disputed")),
    )


@dataclass(frozen=True, slots=True)
class NamesRead:
    """One reading of the names of an entry's people."""

    at: datetime
    by: str
    is_export: bool
    purpose: str
    people: int
    """How many of this entry's people were among those read."""


@dataclass(frozen=True, slots=True)
class PeopleOfEntry:
    """The people an entry lists, without a name; and who read their names."""

    listed: list[ListedPerson]
    counts: PeopleCounts
    readings: list[NamesRead]
    """Newest first; those through another entry of the pairing that lists the same people too."""

    @property
    def person_ids(self) -> list[int]:
        """The people, in the order they were listed."""
        return [one.person_id for one in self.listed]


def people_of_entry(entry_id: int, pairing_id: int) -> PeopleOfEntry:
    """The people an entry lists and the readings of their names within the pairing."""
    listed = listed_in([entry_id])
    ids = {one.person_id for one in listed}
    read = [
        NamesRead(one.at, one.by, one.is_export, one.purpose, len(ids & set(one.person_ids)))
        for one in readings(pairing_id=pairing_id)
        if not ids.isdisjoint(one.person_ids)
    ]
    return PeopleOfEntry(listed, people_counts(ids), read)
