"""The 832 counties: how many were on the list on which day, what was known when, and what is odd about the table."""

from datetime import date, datetime

import pytest

from pairbook.kernel.clock import sample_clock
from pairbook.kernel.periods import BOOK_ZONE, end_of_day
from pairbook.kernel.reads import audit_lines
from pairbook.parties.actions import load_poverty_list
from pairbook.parties.models import Party
from pairbook.parties.poverty_list import LIST_CODE
from pairbook.parties.reads import holds_list, places_on_list, places_taken_off, statuses_of
from tests.world import World


def _load_on(day: date) -> int:
    with sample_clock(datetime(day.year, day.month, day.day, 9, tzinfo=BOOK_ZONE)):
        return load_poverty_list()


@pytest.fixture
def listed(world: World) -> World:
    """A book that was told of the list today."""
    load_poverty_list()
    return world


# Source: parties/data/poverty_counties.csv; the sums of its years are told in parties/data/NOTICE.
REMAINING = [
    ("before there was a list", "CN", date(2014, 12, 30), 0),
    ("the list as drawn up", "CN", date(2014, 12, 31), 832),
    ("the day before the first leave", "CN", date(2016, 12, 30), 832),
    ("28 left in 2016", "CN", date(2016, 12, 31), 804),
    ("125 left in 2017", "CN", date(2017, 12, 31), 679),
    ("282 left in 2018", "CN", date(2018, 12, 31), 397),
    ("345 left in 2019", "CN", date(2019, 12, 31), 52),
    ("the day of the news conference", "CN", date(2020, 9, 18), 52),
    ("in Gansu on that day", "620000", date(2020, 9, 18), 8),
    ("in Qingyang on that day", "621000", date(2020, 9, 18), 1),
    ("Zhenyuan itself on that day", "621027", date(2020, 9, 18), 1),
    ("in Tianjin there never was one", "120000", date(2020, 9, 18), 0),
    ("the day before Zhenyuan left", "621027", date(2020, 11, 20), 1),
    ("the day Zhenyuan left", "621027", date(2020, 11, 21), 0),
    ("the other 51 until the year ended", "CN", date(2020, 12, 30), 51),
    ("none after 2020", "CN", date(2020, 12, 31), 0),
]


@pytest.mark.parametrize(
    ("scope", "day", "count"), [case[1:] for case in REMAINING], ids=[c[0] for c in REMAINING]
)
def test_so_many_counties_were_on_the_list(listed: World, scope: str, day: date, count: int):
    assert len(places_on_list(LIST_CODE, scope, day)) == count


# The caution of the table: 283 and 344 are commonly quoted for 2018 and 2019.
EXITS = [
    ("CN", date(2016, 1, 1), date(2016, 12, 31), 28),
    ("CN", date(2017, 1, 1), date(2017, 12, 31), 125),
    ("CN", date(2018, 1, 1), date(2018, 12, 31), 282),
    ("CN", date(2019, 1, 1), date(2019, 12, 31), 345),
    ("CN", date(2020, 1, 1), date(2020, 12, 31), 52),
    ("CN", date(2020, 1, 1), date(2020, 11, 21), 1),
    ("CN", date(2020, 11, 22), date(2020, 12, 30), 0),
    ("620000", date(2020, 1, 1), date(2020, 12, 31), 8),
]


@pytest.mark.parametrize(("scope", "first", "last", "count"), EXITS)
def test_so_many_counties_left_in_a_period(listed: World, scope: str, first: date, last: date, count: int):
    assert len(places_taken_off(LIST_CODE, scope, first, last)) == count


def test_loading_again_notes_nothing(listed: World):
    assert load_poverty_list() == 0


def test_a_book_told_year_by_year_notes_each_exit_once(world: World):
    years = [date(2017, 1, 3), date(2018, 1, 2), date(2020, 11, 23), date(2021, 1, 4)]
    assert [_load_on(day) for day in years] == [832, 125, 282 + 345 + 1, 51]


def test_the_list_as_known_on_a_day_leaves_out_what_was_told_later(world: World):
    _load_on(date(2020, 1, 2))
    _load_on(date(2020, 11, 23))
    before = end_of_day(date(2020, 9, 18))
    assert len(places_on_list(LIST_CODE, "621027", date(2020, 12, 1), known_at=before)) == 1
    assert len(places_on_list(LIST_CODE, "621027", date(2020, 12, 1))) == 0


def test_a_book_knows_nothing_of_the_list_before_it_was_told(world: World):
    assert not holds_list(LIST_CODE)
    _load_on(date(2020, 1, 2))
    assert holds_list(LIST_CODE) and not holds_list(LIST_CODE, known_at=end_of_day(date(2020, 1, 1)))


def test_there_is_no_list_before_it_was_drawn_up(world: World):
    assert _load_on(date(2014, 12, 30)) == 0


def test_the_announcement_of_zhenyuan_names_its_source_and_day(listed: World):
    (row,) = statuses_of(listed.zhenyuan)
    assert row.delisted_on == date(2020, 11, 21)
    assert "镇原县" in row.announcement.zh and "Zhenyuan" in row.announcement.en
    assert "2020" in row.source and not row.note


def test_a_county_of_which_only_the_year_is_known_says_so(listed: World):
    (row,) = places_on_list(LIST_CODE, "620422", date(2017, 1, 1))
    assert "only the year is known" in row.note


@pytest.mark.parametrize("code", ["632800-dachaidan", "632800-lenghu", "632800-mangya"])
def test_a_committee_without_a_civil_code_is_a_place_in_its_prefecture(listed: World, code: str):
    assert Party.objects.get(code=code).lineage == f"/CN/630000/632800/{code}/"


def test_a_county_divided_since_names_where_its_parts_went(listed: World):
    (row,) = places_on_list(LIST_CODE, "130705", date(2015, 6, 1))
    assert "桥东区" in row.note and "Qiaodong District" in row.note


def test_loading_stands_in_the_audit_trail_once(listed: World):
    assert [line.verb for line in audit_lines(LIST_CODE)] == ["place_status.load"]
