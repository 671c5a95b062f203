"""Who stands where in a pairing, and what belongs to it."""

from datetime import date, datetime
from typing import Any

import pytest

from pairbook.kernel.clock import sample_clock
from pairbook.kernel.periods import BOOK_ZONE, end_of_day
from pairbook.kernel.texts import Text
from pairbook.pairings.actions import close_pairing, open_pairing
from pairbook.pairings.reads import (
    family_ids,
    pairings_of_place,
    programme_ids_of_place,
    programmes_of,
    standing_in,
    twinning_counts,
    twinnings_on,
)
from pairbook.parties.actions import add_place
from pairbook.parties.reads import party_of_code
from tests.world import World

STANDINGS = [
    ("", None, None),
    ("giver", "officer", "assisting"),
    ("receiver", "officer", "assisted"),
    ("department", "department", "assisted"),
    ("auditor", "auditor", "assisted"),
    ("administrator", "administrator", None),
    ("stranger", None, None),
]


@pytest.mark.parametrize(("username", "role", "side"), STANDINGS)
def test_everybody_stands_where_their_office_stands(
    world: World, username: str, role: str | None, side: str | None
):
    standing = standing_in(world.pairing_id, world.cast[username])
    assert (standing and standing.role, standing and standing.side) == (role, side)


def test_the_officer_of_another_pair_of_the_same_provinces_is_at_home_only_there(world: World):
    assert [row.id for row in programmes_of(world.stranger)] == [world.other_pairing_id]


def test_an_officer_of_the_county_stands_in_its_township_pair_too(world: World):
    standing = standing_in(world.child_id, world.receiver)
    assert standing is not None and (standing.role, standing.side) == ("officer", "assisted")


def test_a_pairing_is_counted_with_its_children(world: World):
    assert family_ids(world.pairing_id) == [world.pairing_id, world.child_id]


@pytest.mark.parametrize(
    ("place", "pairs"),
    [
        ("120118", {"pairing_id"}),
        ("621000", {"pairing_id"}),
        ("CN", {"pairing_id", "other_pairing_id"}),
        ("310000", set()),
    ],
)
def test_a_place_covers_the_programmes_it_has_a_part_in(world: World, place: str, pairs: set[str]):
    assert set(programme_ids_of_place(place)) == {getattr(world, name) for name in pairs}


DAY = date(2020, 9, 18)


def _village(number: int) -> int:
    township = party_of_code("621027101")
    assert township is not None
    code = f"621027101{number:03}"
    name = Text(f"第{number}村", f"Village {number}")
    return add_place(code=code, name=name, level="village", parent_id=township.id, by=None)


def _child(world: World, code: str, **changes: Any) -> int:
    parts: dict[str, Any] = {
        "level": "enterprise_village",
        "assisting_id": world.enterprise,
        "start_on": date(2019, 4, 10),
        "parent_id": world.pairing_id,
        "by": None,
    }
    with sample_clock(datetime(2019, 4, 11, 9, tzinfo=BOOK_ZONE)):
        return open_pairing(code=code, **(parts | changes))


def test_a_pair_with_a_village_reaches_its_township_which_is_counted_once(world: World):
    _child(world, "firm-village", assisted_id=_village(1))
    counts = twinning_counts(world.pairing_id, DAY)
    assert dict(counts.pairs) == {"township": 1, "enterprise_village": 1}
    assert (counts.townships_covered, counts.villages_covered, counts.enterprises) == (1, 1, 1)


def test_households_are_counted_and_none_is_named(world: World):
    _child(
        world,
        "officials",
        level="household",
        assisting_id=world.giver_office,
        assisted_id=_village(1),
        covers_households=12,
    )
    assert twinning_counts(world.pairing_id, DAY).households == 12


@pytest.mark.parametrize(
    ("day", "count"),
    [(date(2019, 4, 9), 0), (date(2019, 4, 10), 1), (date(2020, 6, 30), 1), (date(2020, 7, 1), 0)],
)
def test_a_pair_counts_from_its_first_day_to_its_last(world: World, day: date, count: int):
    child = _child(world, "firm-village", assisted_id=_village(1))
    close_pairing(child, end_on=date(2020, 6, 30), reason="期满", by=None)
    assert twinning_counts(world.pairing_id, day).enterprises == count


def test_pairs_told_later_do_not_count_as_known_before(world: World):
    child = _child(world, "firm-village", assisted_id=_village(1))
    close_pairing(child, end_on=date(2019, 6, 30), reason="期满", by=None)

    def known(day: date) -> int:
        return twinning_counts(world.pairing_id, date(2019, 12, 31), known_at=end_of_day(day)).enterprises

    # Known since 11 April 2019; its end is told only now.
    assert [known(date(2019, 4, 10)), known(date(2019, 4, 11))] == [0, 1]
    assert twinning_counts(world.pairing_id, date(2019, 12, 31)).enterprises == 0


def test_twinnings_stand_by_level_and_say_what_they_reach(world: World):
    _child(world, "firm-village", assisted_id=_village(1))
    rows = twinnings_on(world.pairing_id, DAY)
    assert [row.pairing.level for row in rows] == ["township", "enterprise_village"]
    assert [place.name.zh for place in rows[1].villages] == ["第1村"]


def test_twinnings_are_read_in_the_same_number_of_questions_however_many(
    world: World, django_assert_max_num_queries
):
    for number in range(1, 8):
        _child(world, f"firm-{number}", assisted_id=_village(number))
    with django_assert_max_num_queries(6):
        twinnings_on(world.pairing_id, DAY)


def test_a_place_names_its_own_pairs_and_the_programmes_inside_it(world: World):
    assert [row.id for row in pairings_of_place("621027")] == [world.pairing_id]
    assert [row.id for row in pairings_of_place("621027101")] == [world.child_id]
    assert [row.id for row in pairings_of_place("120000")] == [world.pairing_id, world.other_pairing_id]
