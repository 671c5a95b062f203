"""What is noted of a place from a publication: what is refused, what a correction leaves, what stands on a day."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from pairbook.kernel.clock import sample_clock
from pairbook.kernel.periods import BOOK_ZONE, end_of_day
from pairbook.kernel.problems import Rejected
from pairbook.kernel.reads import audit_lines
from pairbook.kernel.texts import Text
from pairbook.parties.actions import note_place_measure, note_place_status
from pairbook.parties.models import PlaceMeasure, PlaceStatus
from pairbook.parties.reads import measure_on, measures_of, places_on_list, statuses_of
from tests.world import World


def _measure(world: World, value: str, as_of: date, *, at: date = date(2020, 1, 6), **changes: Any) -> int:
    parts: dict[str, Any] = {
        "place_id": world.zhenyuan,
        "code": "poverty.persons",
        "source": "县统计公报 / County report",
        "by": None,
    }
    with sample_clock(datetime(at.year, at.month, at.day, 9, tzinfo=BOOK_ZONE)):
        return note_place_measure(as_of=as_of, value=Decimal(value), **(parts | changes))


def _status(world: World, **changes: Any) -> int:
    parts: dict[str, Any] = {
        "place_id": world.zhenyuan,
        "list_code": "national-2014",
        "listed_on": date(2014, 12, 31),
        "announcement": Text("名单公布", "The list announced"),
        "source": "政府网 / government website",
        "by": None,
    }
    return note_place_status(**(parts | changes))


# A stock is read as last published: the day asked, the value, and the day it is of.
ON_DAY = [
    (date(2016, 12, 31), None, None),
    (date(2017, 1, 1), "67732", date(2017, 1, 1)),
    (date(2019, 12, 30), "67732", date(2017, 1, 1)),
    (date(2019, 12, 31), "8570", date(2019, 12, 31)),
    (date(2025, 6, 30), "8570", date(2019, 12, 31)),
]


@pytest.mark.parametrize(("day", "value", "as_of"), ON_DAY)
def test_a_measure_on_a_day_is_the_last_published(
    world: World, day: date, value: str | None, as_of: date | None
):
    _measure(world, "67732", date(2017, 1, 1))
    _measure(world, "8570", date(2019, 12, 31))
    found = measure_on(world.zhenyuan, "poverty.persons", day)
    assert (found and found.value, found and found.as_of) == (value and Decimal(value), as_of)


def test_a_rate_keeps_its_hundredths(world: World):
    _measure(world, "1.75", date(2019, 12, 31), code="poverty.incidence")
    (row,) = measures_of(world.zhenyuan)
    assert (row.value, row.words.zh, row.words.en) == (Decimal("1.75"), "1.75 %", "1.75 percent")


def test_a_corrected_measure_stands_and_the_first_is_still_known_for_its_day(world: World):
    first = _measure(world, "8750", date(2019, 12, 31), at=date(2020, 1, 6))
    _measure(world, "8570", date(2019, 12, 31), at=date(2020, 3, 2), replaces_id=first)
    then = measure_on(
        world.zhenyuan, "poverty.persons", date(2020, 9, 18), known_at=end_of_day(date(2020, 2, 1))
    )
    now = measure_on(world.zhenyuan, "poverty.persons", date(2020, 9, 18))
    assert then is not None and now is not None
    assert [int(then.value), int(now.value)] == [8750, 8570]


def test_of_two_sources_of_one_day_the_last_published_counts(world: World):
    day = date(2019, 12, 31)
    _measure(world, "8570", day, source="报纸 / A newspaper", published_on=date(2020, 5, 15))
    _measure(world, "8600", day, source="简报 / A bulletin", published_on=date(2020, 1, 10))
    found = measure_on(world.zhenyuan, "poverty.persons", day)
    assert found is not None and found.value == 8570


REFUSED_MEASURES = [
    ("an unknown indicator", {"code": "poverty.gap"}, "10", "place_measure.code"),
    ("half a person", {}, "10.5", "place_measure.value"),
    ("fewer than nobody", {}, "-1", "place_measure.value"),
    ("a rate finer than a hundredth", {"code": "poverty.incidence"}, "1.755", "place_measure.value"),
    ("a rate above the whole", {"code": "poverty.incidence"}, "100.01", "place_measure.value"),
    ("no source", {"source": " "}, "10", "place_measure.source"),
    ("a row nobody noted replaced", {"replaces_id": 999_999}, "10", "noted.replaces"),
]


@pytest.mark.parametrize(
    ("changes", "value", "code"),
    [case[1:] for case in REFUSED_MEASURES],
    ids=[c[0] for c in REFUSED_MEASURES],
)
def test_a_measure_with_a_problem_is_not_noted(world: World, changes: dict[str, Any], value: str, code: str):
    with pytest.raises(Rejected) as rejected:
        _measure(world, value, date(2019, 12, 31), **changes)
    assert [problem.code for problem in rejected.value.problems] == [code]


def test_the_same_publication_is_noted_once(world: World):
    _measure(world, "8570", date(2019, 12, 31))
    with pytest.raises(Rejected) as rejected:
        _measure(world, "8571", date(2019, 12, 31))
    assert rejected.value.problems[0].code == "noted.replaces"


def test_a_row_is_replaced_once(world: World):
    first = _measure(world, "8750", date(2019, 12, 31))
    _measure(world, "8570", date(2019, 12, 31), replaces_id=first)
    with pytest.raises(Rejected):
        _measure(world, "8571", date(2019, 12, 31), replaces_id=first)


REFUSED_STATUSES = [
    ({"list_code": "national-2011"}, "place_status.list"),
    ({"delisted_on": date(2014, 12, 31)}, "place_status.delisted"),
    ({"source": ""}, "place_status.source"),
    ({"announcement": Text("", "")}, "place_status.source"),
]


@pytest.mark.parametrize(("changes", "code"), REFUSED_STATUSES)
def test_a_status_with_a_problem_is_not_noted(world: World, changes: dict[str, Any], code: str):
    with pytest.raises(Rejected) as rejected:
        _status(world, **changes)
    assert code in [problem.code for problem in rejected.value.problems]


def test_a_county_that_leaves_gets_a_newer_row(world: World):
    first = _status(world)
    _status(world, delisted_on=date(2020, 11, 21), replaces_id=first)
    assert [row.delisted_on for row in statuses_of(world.zhenyuan)] == [date(2020, 11, 21)]
    assert places_on_list("national-2014", "CN", date(2020, 11, 21)) == []


def test_noting_stands_in_the_audit_trail(world: World):
    _status(world)
    _measure(world, "8570", date(2019, 12, 31))
    verbs = [line.verb for line in audit_lines(f"party:{world.zhenyuan}")]
    assert verbs[-2:] == ["place_status.note", "place_measure.note"]


def test_the_database_refuses_to_change_or_remove_what_was_noted(world: World):
    status, measure = _status(world), _measure(world, "8570", date(2019, 12, 31))
    for table, number in ((PlaceStatus, status), (PlaceMeasure, measure)):
        rows = table._default_manager.filter(pk=number)
        for act in (lambda rows=rows: rows.update(source="elsewhere"), rows.delete):
            with pytest.raises(DatabaseError), transaction.atomic():
                act()
