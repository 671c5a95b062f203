"""Questions of the pages of places: where one lies, its standing on lists, what was published of it, its pairings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from pairbook.indicators.outside import outside_path
from pairbook.kernel.texts import Text
from pairbook.pairings.reads import PairingRow, pairings_of_place
from pairbook.pairings.rules import PAIRING_LEVELS
from pairbook.parties.reads import (
    ListDay,
    MeasureRow,
    PlaceOpened,
    StatusRow,
    list_days,
    measures_of,
    open_place,
    places_on_list,
    statuses_of,
)
from pairbook.parties.rules import PLACE_LEVELS, PLACE_LISTS, PLACE_MEASURES, PlaceList


@dataclass(frozen=True, slots=True)
class Published:
    """One publication: the day its numbers are of, a number for each indicator or none, and its source."""

    as_of: date
    numbers: tuple[tuple[MeasureRow, str] | None, ...]
    """In the order of `Measured.labels`, each with the path of the figure it opens."""
    source: str
    publisher: str
    published_on: date | None


@dataclass(frozen=True, slots=True)
class Course:
    """The values of one indicator, day by day, of each day the last published."""

    label: Text
    unit: str
    rows: tuple[tuple[MeasureRow, str], ...]


@dataclass(frozen=True, slots=True)
class PlacePage:
    """What the book tells of a place."""

    place: PlaceOpened
    level: Text
    statuses: tuple[tuple[StatusRow, Text], ...]
    """Each with the name of its list."""
    labels: tuple[Text, ...]
    published: tuple[Published, ...]
    courses: tuple[Course, ...]
    pairings: tuple[tuple[PairingRow, Text], ...]
    """Each with its level."""


def place_told(code: str) -> PlacePage | None:
    """The page of the place in force with this code, or None."""
    place = open_place(code)
    if place is None:
        return None
    measures = measures_of(place.id)
    codes = [one for one in PLACE_MEASURES if any(row.code == one for row in measures)]
    return PlacePage(
        place=place,
        level=PLACE_LEVELS[place.level],
        statuses=tuple((row, PLACE_LISTS[row.list_code].name) for row in statuses_of(place.id)),
        labels=tuple(PLACE_MEASURES[one].label for one in codes),
        published=tuple(_published(place, measures, codes)),
        courses=tuple(_courses(place, measures, codes)),
        pairings=tuple((row, PAIRING_LEVELS[row.level]) for row in pairings_of_place(code)),
    )


def _published(
    place: PlaceOpened, measures: Sequence[MeasureRow], codes: Sequence[str]
) -> Iterator[Published]:
    def publication(row: MeasureRow) -> tuple[date, date, str, str]:
        return row.as_of, row.published_on or date.max, row.source, row.publisher

    for _, group in groupby(sorted(measures, key=publication), key=publication):
        held = {row.code: row for row in group}
        first = next(iter(held.values()))
        numbers = tuple((held[one], _path(place, held[one])) if one in held else None for one in codes)
        yield Published(first.as_of, numbers, first.source, first.publisher, first.published_on)


def _courses(place: PlaceOpened, measures: Sequence[MeasureRow], codes: Sequence[str]) -> Iterator[Course]:
    for code in codes:
        by_day = {row.as_of: row for row in measures if row.code == code}
        # One value is no course.
        if len(by_day) > 1:
            rows = tuple((row, _path(place, row)) for row in by_day.values())
            yield Course(PLACE_MEASURES[code].label, PLACE_MEASURES[code].unit, rows)


def _path(place: PlaceOpened, row: MeasureRow) -> str:
    return outside_path(row.code, place.code, row.as_of)


@dataclass(frozen=True, slots=True)
class ListPage:
    """The places of a list inside a place on a day, by province."""

    place: PlaceOpened
    list_code: str
    about: PlaceList
    day: date
    count: int
    path: str
    """The figure that the count opens."""
    provinces: tuple[tuple[Text, tuple[StatusRow, ...]], ...]
    days: tuple[ListDay, ...]
    """The days on which the list changed here."""


def list_told(code: str, list_code: str, day: date) -> ListPage | None:
    """The page of a list inside a place on a day; None where there is no such place or list."""
    place = open_place(code)
    if place is None or list_code not in PLACE_LISTS:
        return None
    rows = places_on_list(list_code, code, day)
    return ListPage(
        place=place,
        list_code=list_code,
        about=PLACE_LISTS[list_code],
        day=day,
        count=len(rows),
        path=outside_path("poverty.counties_remaining", code, day),
        provinces=tuple(
            (province, tuple(held)) for province, held in groupby(rows, key=lambda row: row.province)
        ),
        days=tuple(list_days(list_code, code)),
    )
