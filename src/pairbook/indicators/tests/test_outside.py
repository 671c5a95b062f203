"""Figures that no entry holds: what they count, of which day they are, what stands behind them, when they refuse."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from pairbook.indicators.outside import OUTSIDE, outside_path, shown_beside
from pairbook.kernel.clock import sample_clock
from pairbook.kernel.periods import BOOK_ZONE, end_of_day
from pairbook.kernel.problems import Refusal
from pairbook.kernel.quantities import UNITS
from pairbook.kernel.texts import Text
from pairbook.pairings.actions import open_pairing
from pairbook.pairings.reads import pairing_of_id
from pairbook.parties.actions import add_place, load_poverty_list, note_place_measure
from pairbook.parties.reads import party_of_code
from tests.world import PROGRAMME, World

DAY = date(2020, 9, 18)


def _value(code: str, scope: str, day: date | None = DAY, *, start: date | None = None) -> Decimal:
    return OUTSIDE[code].read(scope, start=start, end=day, is_day=start is None, known_at=None).value


@pytest.fixture
def listed(world: World) -> World:
    """A book with the national list, and what was published of Zhenyuan."""
    load_poverty_list()
    for code, day, value in (
        ("poverty.households", date(2017, 1, 1), "18933"),
        ("poverty.households", date(2019, 12, 31), "3195"),
        ("poverty.incidence", date(2019, 12, 31), "1.75"),
    ):
        note_place_measure(
            place_id=world.zhenyuan,
            code=code,
            as_of=day,
            value=Decimal(value),
            source="县级公布 / As published by the county",
            publisher="天津日报 / Tianjin Daily",
            published_on=date(2020, 5, 11),
            by=None,
        )
    return world


@pytest.fixture
def paired(world: World) -> World:
    """Two firms for one village, and officials with twelve households of it."""
    township = party_of_code("621027101")
    assert township is not None
    name = Text("闫沟村", "Yangou")
    village = add_place(code="621027101201", name=name, level="village", parent_id=township.id, by=None)
    for code, level, assisting, households in (
        ("firm-a", "enterprise_village", world.enterprise, None),
        ("firm-b", "enterprise_village", world.giver_office, None),
        ("officials", "household", world.giver_office, 12),
    ):
        open_pairing(
            code=code,
            level=level,
            assisting_id=assisting,
            assisted_id=village,
            start_on=date(2019, 4, 10),
            agreement=Text("村企结对协议", "Agreement of firm and village"),
            signed_on=date(2019, 4, 8),
            covers_households=households,
            parent_id=world.pairing_id,
            by=None,
        )
    return world


def test_every_indicator_tells_its_rule_its_source_and_a_known_unit_in_both_languages():
    for code, one in OUTSIDE.items():
        assert one.code == code and one.version == 1 and UNITS[one.unit].base == one.unit
        texts = (one.label, one.rule, one.reference)
        assert all(text.zh and text.en and text.zh != text.en for text in texts), code


# Source: parties/data/poverty_counties.csv, and the news conference of 18 September 2020 for 52.
REMAINING = [
    ("CN", DAY, 52),
    ("620000", DAY, 8),
    ("621000", DAY, 1),
    ("621027", DAY, 1),
    ("621027", date(2020, 11, 21), 0),
]


@pytest.mark.parametrize(("scope", "day", "count"), REMAINING)
def test_counties_still_on_the_list_are_counted_in_any_place(
    listed: World, scope: str, day: date, count: int
):
    assert _value("poverty.counties_remaining", scope, day) == count


def test_behind_the_number_of_counties_stands_each_with_its_announcement(listed: World):
    opened = OUTSIDE["poverty.counties_remaining"].read(
        "621000", start=DAY, end=DAY, is_day=True, known_at=None
    )
    (thing,) = opened.things
    assert (thing.name.zh, thing.link_code, thing.since) == ("甘肃省镇原县", "621027", date(2014, 12, 31))
    assert thing.until == date(2020, 11, 20) and "Gansu announced" in thing.note.en


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        (date(2019, 1, 1), date(2019, 12, 31), 345),
        (date(2020, 1, 1), DAY, 0),
        (date(2020, 1, 1), date(2020, 12, 31), 52),
        (None, date(2019, 12, 31), 780),
        (None, None, 832),
    ],
)
def test_counties_that_left_are_a_flow(listed: World, start: date | None, end: date | None, count: int):
    assert _value("poverty.counties_exited", "CN", end, start=start) == count


MEASURES = [
    ("poverty.households", date(2017, 1, 1), "18933"),
    ("poverty.households", DAY, "3195"),
    ("poverty.incidence", DAY, "1.75"),
]


@pytest.mark.parametrize(("code", "day", "value"), MEASURES)
def test_a_published_measure_is_the_last_up_to_the_day(listed: World, code: str, day: date, value: str):
    assert _value(code, "621027", day) == Decimal(value)


def test_behind_a_published_measure_stand_its_day_and_its_source(listed: World):
    opened = OUTSIDE["poverty.households"].read("621027", start=DAY, end=DAY, is_day=True, known_at=None)
    (thing,) = opened.things
    assert thing.since == date(2019, 12, 31)
    assert "3,195 households as of 2019-12-31" in thing.note.en and "Tianjin Daily" in thing.source.en


REFUSED = [
    ("poverty.counties_remaining", PROGRAMME, "figure.scope"),
    ("poverty.households", "nowhere", "figure.scope"),
    ("poverty.households", "620000", "figure.not_published"),
    ("poverty.persons", "621027", "figure.not_published"),
]


@pytest.mark.parametrize(("code", "scope", "reason"), REFUSED)
def test_what_cannot_be_told_is_refused_and_not_zero(listed: World, code: str, scope: str, reason: str):
    with pytest.raises(Refusal) as refused:
        _value(code, scope)
    assert refused.value.code == reason


def test_without_the_list_no_number_of_counties_is_told(world: World):
    with pytest.raises(Refusal) as refused:
        _value("poverty.counties_remaining", "CN")
    assert refused.value.code == "figure.no_list"


# The pairs of `paired` and the township pair of the cast.
TWINNINGS = [
    ("twinning.township_pairs", 1),
    ("twinning.enterprise_village_pairs", 2),
    ("twinning.household_pairs", 1),
    ("twinning.school_pairs", 0),
    ("twinning.townships", 1),
    ("twinning.villages", 0),
    ("twinning.schools", 0),
    ("twinning.enterprises", 2),
    ("twinning.social_orgs", 0),
    ("twinning.villages_covered", 1),
    ("twinning.townships_covered", 1),
    ("twinning.households", 12),
]


@pytest.mark.parametrize("scope", [PROGRAMME, "621027", "120000"])
@pytest.mark.parametrize(("code", "count"), TWINNINGS)
def test_twinnings_are_counted_in_a_programme_or_in_a_place(paired: World, code: str, count: int, scope: str):
    assert _value(code, scope) == count


@pytest.mark.parametrize(
    "code", [code for code in OUTSIDE if code.startswith("twinning.") and code != "twinning.households"]
)
def test_as_many_things_stand_behind_a_twinning_figure_as_it_says(paired: World, code: str):
    opened = OUTSIDE[code].read(PROGRAMME, start=DAY, end=DAY, is_day=True, known_at=None)
    assert len(opened.things) == opened.value


def test_a_village_reached_names_who_helps_there_and_under_which_agreement(paired: World):
    opened = OUTSIDE["twinning.villages_covered"].read(
        PROGRAMME, start=DAY, end=DAY, is_day=True, known_at=None
    )
    (thing,) = opened.things
    assert thing.link_code == "621027101201" and "A Jinghai tube mill" in thing.note.en
    assert thing.source.en == "Agreement of firm and village, signed 2019-04-08"


def test_a_pair_told_later_is_not_known_before(paired: World):
    before = end_of_day(date(2020, 9, 18))
    opened = OUTSIDE["twinning.enterprises"].read(PROGRAMME, start=DAY, end=DAY, is_day=True, known_at=before)
    assert opened.value == 0


def test_beside_a_programme_stand_only_figures_that_have_an_answer(world: World):
    assert shown_beside(pairing_of_id(world.pairing_id), day=DAY) == []


def test_beside_a_programme_stand_the_country_and_the_assisted_county(listed: World):
    assert shown_beside(pairing_of_id(listed.pairing_id), day=DAY) == [
        ("CN", "poverty.counties_remaining"),
        ("621027", "poverty.households"),
        ("621027", "poverty.incidence"),
    ]


def test_beside_a_programme_nothing_stands_that_was_not_yet_published_or_told(listed: World):
    row = pairing_of_id(listed.pairing_id)
    assert shown_beside(row, day=date(2016, 12, 31)) == [("CN", "poverty.counties_remaining")]
    assert shown_beside(row, day=DAY, known_at=end_of_day(DAY)) == []


def test_known_at_reads_the_list_as_it_stood_then(world: World):
    with sample_clock(datetime(2020, 1, 2, 9, tzinfo=BOOK_ZONE)):
        load_poverty_list()
    load_poverty_list()
    day = date(2020, 12, 31)
    read = OUTSIDE["poverty.counties_remaining"].read
    assert read("CN", start=day, end=day, is_day=True, known_at=end_of_day(DAY)).value == 52
    assert read("CN", start=day, end=day, is_day=True, known_at=None).value == 0


@pytest.mark.parametrize(
    ("code", "scope", "start", "path"),
    [
        ("twinning.enterprises", PROGRAMME, None, "jinghai-zhenyuan/twinning.enterprises@1/2020-09-18"),
        ("poverty.counties_remaining", "CN", None, "CN/poverty.counties_remaining@1/2020-09-18"),
        (
            "poverty.counties_exited",
            "CN",
            date(2020, 1, 1),
            "CN/poverty.counties_exited@1/2020-01-01..2020-09-18",
        ),
        ("poverty.counties_exited", "CN", None, "CN/poverty.counties_exited@1/..2020-09-18"),
    ],
)
def test_a_number_outside_the_entries_has_an_address(code: str, scope: str, start: date | None, path: str):
    assert outside_path(code, scope, DAY, start=start) == path
