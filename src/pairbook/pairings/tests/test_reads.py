"""Who stands where in a pairing, and what belongs to it."""

import pytest

from pairbook.pairings.reads import (
    family_ids,
    programme_ids_of_place,
    programmes_of,
    standing_in,
)
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
