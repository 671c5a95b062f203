"""People that entries list by token, and the points to follow up that entries hold."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from pairbook.kernel.texts import Text
from pairbook.register.known import NUMBER_MAX
from pairbook.register.models import Entry, EntryQuerySet, Participant, Point
from pairbook.register.reads import EntryFilter, matching_entries, taken_out_entries


@dataclass(frozen=True, slots=True)
class Listed:
    """The people entries list: different persons, and how many times somebody was listed once more."""

    persons: Decimal
    repeats: Decimal
    confirmed_repeats: Decimal


NOBODY = Listed(Decimal(0), Decimal(0), Decimal(0))


def people_listed(wanted: EntryFilter, *, leaves: Sequence[str] = ()) -> Listed:
    """The people listed in matching entries; who was listed as leaving (`leaves` are stages) is there once less."""
    here, confirmed = Counter[int](), Counter[int]()
    _count(matching_entries(wanted), wanted, 1, here, confirmed, leaves)
    if wanted.period is not None:
        _count(taken_out_entries(wanted), wanted, -1, here, confirmed, leaves)
    return Listed(
        persons=Decimal(sum(times > 0 for times in here.values())),
        repeats=Decimal(sum(max(times - 1, 0) for times in here.values())),
        confirmed_repeats=Decimal(sum(max(times - 1, 0) for times in confirmed.values())),
    )


def _count(
    entries: EntryQuerySet,
    wanted: EntryFilter,
    times: int,
    here: Counter[int],
    confirmed: Counter[int],
    leaves: Sequence[str],
) -> None:
    listed = Participant.objects.filter(entry_id__in=entries.values("id"))
    if wanted.known_at is not None:
        listed = listed.filter(listed_at__lte=wanted.known_at)
    rows = list(listed.values_list("entry_id", "person_id"))
    # Most entries are numbers alone: only where people are listed is it asked which entries list them.
    having = entries.filter(pk__in=listed.values("entry_id")) if rows else Entry.objects.none()
    signs = {
        entry.pk: (-times if entry.stage in leaves else times, entry.verdict)
        for entry in having.only("id", "stage")
    }
    for entry_id, person_id in rows:
        sign, verdict = signs[entry_id]
        here[person_id] += sign
        if verdict == "confirmed":
            confirmed[person_id] += sign


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """One person an entry lists, without a name: for checks that compare entries."""

    entry_id: int
    person_id: int
    times: int | None


def kinds_listing_people(pairing_ids: Sequence[int]) -> frozenset[str]:
    """The kinds some entry of which lists people in these pairings: elsewhere nobody can be listed twice."""
    rows = Participant.objects.filter(entry__pairing_id__in=pairing_ids).order_by()
    return frozenset(rows.values_list("entry__kind", flat=True).distinct())


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
