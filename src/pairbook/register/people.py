"""People that entries list by token, and the points to follow up that entries hold."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import QuerySet

from pairbook.kernel.texts import Text
from pairbook.register.known import NUMBER_MAX
from pairbook.register.models import Entry, Participant, Point
from pairbook.register.reads import EntryFilter


@dataclass(frozen=True, slots=True)
class Listed:
    """The people entries list: different persons, and how many times somebody was listed once more."""

    persons: Decimal
    repeats: Decimal
    confirmed_repeats: Decimal


NOBODY = Listed(Decimal(0), Decimal(0), Decimal(0))


class ListingEntry(NamedTuple):
    """An entry that lists people and counts on some day, by all that a figure of persons can be asked by."""

    id: int
    kind: str
    stage: str
    direction: str
    happened_on: date
    nature: str
    tier: str
    category: str
    field: str
    item_id: str | None
    campaign_id: str | None
    year: int
    currency: str
    unit: str
    verdict: str | None
    counts_on: date | None
    """The day a correction of a closed month counts; other entries count on their own day."""
    taken_out_on: date | None
    """The day from which a correction takes it out of a closed month; it goes on counting before."""


Listing = dict[str, list[tuple[ListingEntry, list[int]]]]
"""By kind, the entries that list people, each with its people."""

_FACETS = (
    ("direction", "direction"),
    ("nature", "nature"),
    ("tier", "tier"),
    ("field", "field"),
    ("item_code", "item_id"),
    ("campaign_code", "campaign_id"),
    ("year", "year"),
    ("currency", "currency"),
    ("unit", "unit"),
)
_VERDICTS = {"both_sides": "confirmed", "disputed": "disputed", "one_side": None}
_ASKED = ("stages", "period", "known_at", "category", "state", "ids", *(wanted for wanted, _ in _FACETS))
_UNASKED = EntryFilter(pairing_ids=())


class People:
    """The people listed in the entries of some pairings: asked once in two questions, for all figures of a page.

    A page has a hundred figures of persons, and most books list few people: a question for each figure took half of
    the page's time.
    """

    def __init__(self, pairing_ids: Sequence[int]) -> None:
        self._pairing_ids = tuple(pairing_ids)
        self._listed: dict[datetime | None, Listing] = {}

    def has_any(self, kind: str, known_at: datetime | None) -> bool:
        """Whether some entry of a kind lists people: elsewhere nobody can be listed twice."""
        return kind in self._at(known_at)

    def listed(self, wanted: EntryFilter, *, leaves: Sequence[str] = ()) -> Listed:
        """The people listed in the entries of one kind that match `wanted`, a filter by facets of these pairings.

        Who was listed as leaving (`leaves` are stages) is there once less.
        """
        assert wanted.pairing_ids == self._pairing_ids and wanted.kind is not None
        others = {name: getattr(_UNASKED, name) for name in _ASKED}
        assert replace(wanted, pairing_ids=(), kind=None, **others) == _UNASKED, "only facets are asked for"
        here, confirmed = Counter[int](), Counter[int]()
        for entry, persons in self._at(wanted.known_at).get(wanted.kind, ()):
            if times := _times(entry, wanted):
                change = dict.fromkeys(persons, -times if entry.stage in leaves else times)
                here.update(change)
                if entry.verdict == "confirmed":
                    confirmed.update(change)
        return Listed(
            persons=Decimal(sum(times > 0 for times in here.values())),
            repeats=Decimal(sum(max(times - 1, 0) for times in here.values())),
            confirmed_repeats=Decimal(sum(max(times - 1, 0) for times in confirmed.values())),
        )

    def _at(self, known_at: datetime | None) -> Listing:
        if known_at not in self._listed:
            self._listed[known_at] = self._read(known_at)
        return self._listed[known_at]

    def _read(self, known_at: datetime | None) -> Listing:
        rows = Participant.objects.filter(entry__pairing_id__in=self._pairing_ids).order_by()
        if known_at is not None:
            rows = rows.filter(listed_at__lte=known_at)
        persons: dict[int, list[int]] = {}
        for entry_id, person_id in rows.values_list("entry_id", "person_id"):
            persons.setdefault(entry_id, []).append(person_id)
        if not persons:
            return {}
        # Named by a question and not by their numbers: SQLite takes 32,766 of those.
        entries = Entry.objects.filter(pk__in=rows.values("entry_id")).standing_before(date.min, known_at)
        entries = entries.with_state(known_at).with_taken_out(known_at)
        found: Listing = {}
        for row in entries.values_list(*ListingEntry._fields):
            entry = ListingEntry(*row)
            found.setdefault(entry.kind, []).append((entry, persons[entry.id]))
        return found


def _times(entry: ListingEntry, wanted: EntryFilter) -> int:
    """How often an entry counts: once where it matches, once less where it is taken out again (decision 13)."""
    if not _matches(entry, wanted):
        return 0
    if wanted.period is None:
        return int(entry.taken_out_on is None)
    days = (entry.counts_on or entry.happened_on, entry.taken_out_on)
    comes, goes = (day is not None and day in wanted.period for day in days)
    return comes - goes


def _matches(entry: ListingEntry, wanted: EntryFilter) -> bool:
    """Whether an entry has every facet asked for, its day left aside, as `matching_entries` asks the database."""
    return (
        (not wanted.stages or entry.stage in wanted.stages)
        and (not wanted.category or entry.category in wanted.category)
        and (wanted.ids is None or entry.id in wanted.ids)
        and (wanted.state is None or entry.verdict == _VERDICTS[wanted.state])
        and all(
            (value := getattr(wanted, name)) is None or value == getattr(entry, held)
            for name, held in _FACETS
        )
    )


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """One person an entry lists, without a name: for checks that compare entries."""

    entry_id: int
    person_id: int
    times: int | None


def listed_in(entry_ids: Iterable[int]) -> list[ListedPerson]:
    """The people these entries list, by entry and in the order they were listed."""
    rows = Participant.objects.filter(entry_id__in=list(entry_ids)).order_by("entry_id", "id")
    return [ListedPerson(*row) for row in rows.values_list("entry_id", "person_id", "times")]


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """A point to follow up that is not done."""

    id: int
    entry_id: int
    text: str
    owner: Text
    owner_id: int
    due_on: date
    done_on: date | None
    done_note: str


def points_of(entry_id: int) -> list[OpenPoint]:
    """The points of an entry (any version of it), by day due; done ones too."""
    root = Entry.objects.filter(pk=entry_id).values_list("root_id", flat=True).first() or entry_id
    return _points(Point.objects.filter(entry_id=root))


def point_of(point_id: int) -> OpenPoint | None:
    """The point of this number, or None."""
    return next(iter(_points(Point.objects.filter(pk=point_id))), None) if point_id <= NUMBER_MAX else None


def open_points(pairing_ids: Sequence[int], *, until: date) -> list[OpenPoint]:
    """The points of these pairings' entries not done and due by a day, the longest overdue first."""
    rows = Point.objects.filter(entry__pairing_id__in=pairing_ids, done_on=None, due_on__lte=until)
    return _points(rows)


def _points(rows: QuerySet[Point]) -> list[OpenPoint]:
    return [
        OpenPoint(
            id=row.pk,
            entry_id=row.entry_id,
            text=row.text,
            owner=Text(row.owner.name_zh, row.owner.name_en),
            owner_id=row.owner_id,
            due_on=row.due_on,
            done_on=row.done_on,
            done_note=row.done_note,
        )
        for row in rows.select_related("owner").order_by("due_on", "id")
    ]
