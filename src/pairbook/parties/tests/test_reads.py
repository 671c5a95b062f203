"""A code names a place only in a year: Jinghai was 静海县 120223 before it became 静海区 120118."""

import pytest

from pairbook.parties.reads import party_ids_named, party_of_code, place_in_year
from tests.world import World

# Source: the ministry's yearly tables of division codes, as carried in parties/data/divisions.csv.
IN_YEAR = [
    ("120223", 2014, "静海县"),
    ("120223", 2016, None),
    ("120118", 2014, None),
    ("120118", 2016, "静海区"),
    ("621027", 2001, None),
    ("621027", 2020, "镇原县"),
    ("622827", 2001, "镇原县"),
    ("622827", 2020, None),
]


@pytest.mark.parametrize(("code", "year", "name"), IN_YEAR)
def test_a_code_names_a_place_in_its_years_only(world: World, code: str, year: int, name: str | None):
    place = place_in_year(code, year)
    assert (place.name.zh if place else None) == name


def test_a_code_out_of_force_names_nobody_today(world: World):
    assert party_of_code("120223") is None


def test_a_name_finds_the_place_in_force_and_not_its_past(world: World):
    assert party_ids_named(["镇原县"]) == {"镇原县": [world.zhenyuan]}


def test_a_party_is_found_by_code_and_by_either_name(world: World):
    words = ["zhenyuan-office", "镇原县协作办", "Zhenyuan Cooperation Office"]
    assert set(map(tuple, party_ids_named(words).values())) == {(world.receiver_office,)}


def test_a_name_nobody_bears_finds_nobody(world: World):
    assert party_ids_named(["镇园县"]) == {"镇园县": []}
