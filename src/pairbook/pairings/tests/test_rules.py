"""Which side of a pairing a party is on, and by which post a person acts."""

from datetime import date

import pytest

from pairbook.kernel.access import Actor, Post
from pairbook.kernel.texts import same
from pairbook.pairings.rules import (
    PAIRING_LEVELS,
    PairingFacts,
    TwinningFacts,
    asleep_since,
    check_dates,
    check_households,
    check_signed,
    count_twinnings,
    home_side_of,
    side_of,
    strongest_standing,
)
from pairbook.parties.rules import PartyFacts

_numbers = iter(range(1, 1000))


def _party(code: str, *lineage: str) -> PartyFacts:
    return PartyFacts(next(_numbers), code, same(code), "place", frozenset({"CN", *lineage}))


JINGHAI = _party("120118", "120000", "120118")
ZHENYUAN = _party("621027", "620000", "621000", "621027")
PAIR = PairingFacts(1, "jinghai-zhenyuan", JINGHAI, ZHENYUAN, date(2017, 1, 1), None)
XIFENG = _party("621002", "620000", "621000", "621002")
# Two counties of one prefecture: what lies above both is on neither side.
NEIGHBOURS = PairingFacts(2, "xifeng-zhenyuan", XIFENG, ZHENYUAN, date(2017, 1, 1), None)

SIDES = [
    ("the assisting place itself", JINGHAI, PAIR, "assisting"),
    ("an office in the assisting place", _party("office", "120000", "120118"), PAIR, "assisting"),
    ("the city above the assisting place", _party("120000", "120000"), PAIR, "assisting"),
    ("an enterprise elsewhere in that city", _party("mill", "120000", "120101"), PAIR, "assisting"),
    ("the assisted place itself", ZHENYUAN, PAIR, "assisted"),
    ("a village of the assisted place", _party("village", "620000", "621000", "621027"), PAIR, "assisted"),
    ("the prefecture above the assisted place", _party("621000", "620000", "621000"), PAIR, "assisted"),
    ("a bank elsewhere in the assisted province", _party("bank", "620000", "620100"), PAIR, "assisted"),
    ("the country, which is above both", _party("CN"), PAIR, None),
    ("a place of a third province", _party("310000", "310000"), PAIR, None),
    ("the prefecture above both neighbours", _party("621000", "620000", "621000"), NEIGHBOURS, None),
    ("a third county of that prefecture", _party("621022", "620000", "621000", "621022"), NEIGHBOURS, None),
    ("one of the neighbours", _party("school", "620000", "621000", "621002"), NEIGHBOURS, "assisting"),
]


@pytest.mark.parametrize(
    ("party", "pairing", "side"), [case[1:] for case in SIDES], ids=[case[0] for case in SIDES]
)
def test_a_party_is_on_the_side_its_place_tells(party: PartyFacts, pairing: PairingFacts, side: str | None):
    assert side_of(party, pairing) == side


@pytest.mark.parametrize(
    ("party", "side"),
    [
        (_party("office", "120000", "120118"), "assisting"),
        (_party("120000", "120000"), "assisting"),
        (_party("office of another district", "120000", "120101"), None),
        (_party("621000", "620000", "621000"), "assisted"),
        (_party("office of another county", "620000", "621000", "621022"), None),
        (_party("CN"), None),
    ],
)
def test_people_act_only_for_a_side_their_office_lies_in_or_above(party: PartyFacts, side: str | None):
    assert home_side_of(party, PAIR) == side


def test_of_several_posts_the_strongest_acts():
    actor = Actor(1, posts=(Post(7, "auditor"), Post(8, "officer")))
    standing = strongest_standing(actor, {7: "assisted", 8: "assisting"})
    assert standing is not None and (standing.role, standing.side) == ("officer", "assisting")


def test_a_post_on_neither_side_gives_no_standing():
    assert strongest_standing(Actor(1, posts=(Post(7, "officer"),)), {7: None}) is None


def test_an_administrator_stands_in_every_pairing():
    standing = strongest_standing(Actor(1, posts=(Post(0, "administrator"),)), {})
    assert standing is not None and standing.role == "administrator"


@pytest.mark.parametrize(
    ("start_on", "end_on", "parent", "codes"),
    [
        (date(2018, 1, 1), None, None, []),
        (date(2018, 1, 1), date(2018, 1, 1), None, []),
        (date(2018, 1, 1), date(2017, 12, 31), None, ["pairing.end"]),
        (date(2016, 12, 31), None, PAIR, ["pairing.start"]),
        (date(2017, 1, 1), None, PAIR, []),
        (date(2016, 1, 1), date(2015, 1, 1), PAIR, ["pairing.end", "pairing.start"]),
    ],
)
def test_the_days_of_a_pairing_are_in_order(
    start_on: date, end_on: date | None, parent: PairingFacts | None, codes: list[str]
):
    problems = check_dates(start_on=start_on, end_on=end_on, parent=parent)
    assert [problem.code for problem in problems] == codes


@pytest.mark.parametrize(
    ("level", "households", "codes"),
    [
        ("household", 1, []),
        ("household", 101, []),
        ("household", None, ["pairing.households"]),
        ("household", 0, ["pairing.households"]),
        ("household", 100_001, ["pairing.households"]),
        ("village", None, []),
        ("village", 12, ["pairing.households"]),
    ],
)
def test_only_a_household_pair_covers_households(level: str, households: int | None, codes: list[str]):
    assert [problem.code for problem in check_households(level, households)] == codes


@pytest.mark.parametrize(
    ("signed_on", "has_agreement", "codes"),
    [
        (None, False, []),
        (None, True, []),
        (date(2019, 4, 8), True, []),
        (date(2019, 4, 8), False, ["pairing.agreement"]),
    ],
)
def test_an_agreement_with_a_day_has_a_title(signed_on: date | None, has_agreement: bool, codes: list[str]):
    problems = check_signed(signed_on=signed_on, has_agreement=has_agreement)
    assert [problem.code for problem in problems] == codes


def _twinning(level: str, assisting: int, assisted: int, *places: str, households: int = 0) -> TwinningFacts:
    """A pair; of its places, those with a T are townships and those with a V villages."""
    return TwinningFacts(
        level=level,
        assisting_id=assisting,
        assisted_id=assisted,
        townships=frozenset(place for place in places if place.startswith("T")),
        villages=frozenset(place for place in places if place.startswith("V")),
        covers_households=households,
    )


FIRM_A, FIRM_B, TOWN, SCHOOL, CHARITY, BUREAU = 1, 2, 3, 4, 5, 6
VILLAGE_1, VILLAGE_2, TOWNSHIP_1, COUNTY_SCHOOL, COUNTY_HOSPITAL = 11, 12, 13, 14, 15

# Each case: what it is, the pairs, and what they come to. What is not named is none.
TWINNINGS = [
    ("nothing is paired", [], {}),
    (
        "one firm, one village: the village's township is reached too",
        [_twinning("enterprise_village", FIRM_A, VILLAGE_1, "T1", "V1")],
        {"enterprises": 1, "villages_covered": 1, "townships_covered": 1},
    ),
    (
        "two firms for one village are two firms and one village",
        [
            _twinning("enterprise_village", FIRM_A, VILLAGE_1, "T1", "V1"),
            _twinning("enterprise_village", FIRM_B, VILLAGE_1, "T1", "V1"),
        ],
        {"enterprises": 2, "villages_covered": 1, "townships_covered": 1},
    ),
    (
        "one firm for two villages of one township is one firm and two villages",
        [
            _twinning("enterprise_village", FIRM_A, VILLAGE_1, "T1", "V1"),
            _twinning("enterprise_village", FIRM_A, VILLAGE_2, "T1", "V2"),
        ],
        {"enterprises": 1, "villages_covered": 2, "townships_covered": 1},
    ),
    (
        "a village pair and a firm's pair reach the same village once",
        [
            _twinning("village", TOWN, VILLAGE_1, "T1", "V1"),
            _twinning("enterprise_village", FIRM_A, VILLAGE_1, "T1", "V1"),
        ],
        {"villages": 1, "enterprises": 1, "villages_covered": 1, "townships_covered": 1},
    ),
    (
        "a township pair reaches no village",
        [_twinning("township", TOWN, TOWNSHIP_1, "T1")],
        {"townships": 1, "townships_covered": 1},
    ),
    (
        "two partners of one township are one township",
        [_twinning("township", TOWN, TOWNSHIP_1, "T1"), _twinning("township", CHARITY, TOWNSHIP_1, "T1")],
        {"townships": 1, "townships_covered": 1},
    ),
    (
        "a school and a hospital of the county reach no township",
        [_twinning("school", SCHOOL, COUNTY_SCHOOL), _twinning("hospital", BUREAU, COUNTY_HOSPITAL)],
        {"schools": 1, "hospitals": 1},
    ),
    (
        "an association counts as one, however many villages it helps",
        [
            _twinning("social_organisation", CHARITY, VILLAGE_1, "T1", "V1"),
            _twinning("social_organisation", CHARITY, VILLAGE_2, "T2", "V2"),
        ],
        {"social_organisations": 1, "villages_covered": 2, "townships_covered": 2},
    ),
    (
        "households of officials are added up",
        [
            _twinning("household", BUREAU, VILLAGE_1, "T1", "V1", households=12),
            _twinning("household", BUREAU, VILLAGE_2, "T1", "V2", households=8),
        ],
        {"households": 20, "villages_covered": 2, "townships_covered": 1},
    ),
]
_COUNTED = (
    "townships",
    "villages",
    "schools",
    "hospitals",
    "enterprises",
    "social_organisations",
    "households",
    "townships_covered",
    "villages_covered",
)


@pytest.mark.parametrize(
    ("twinnings", "expected"), [case[1:] for case in TWINNINGS], ids=[case[0] for case in TWINNINGS]
)
def test_pairs_are_counted_apart_from_the_places_they_reach(
    twinnings: list[TwinningFacts], expected: dict[str, int]
):
    counts = count_twinnings(twinnings)
    assert {name: getattr(counts, name) for name in _COUNTED if getattr(counts, name)} == expected
    assert sum(counts.pairs.values()) == len(twinnings)


def test_levels_of_pairs_stand_in_their_order():
    pairs = count_twinnings(
        [_twinning("school", SCHOOL, COUNTY_SCHOOL), _twinning("village", TOWN, VILLAGE_1)]
    )
    assert list(pairs.pairs) == [level for level in PAIRING_LEVELS if level in ("village", "school")]


# The start, the last entry, the day asked, and since when it has been asleep.
ASLEEP = [
    ("begun lately, nothing yet", date(2019, 4, 10), None, date(2019, 12, 31), None),
    ("a year to the day is not yet asleep", date(2019, 4, 10), None, date(2020, 4, 9), None),
    ("a day more is", date(2019, 4, 10), None, date(2020, 4, 10), date(2019, 4, 10)),
    ("active within the year", date(2018, 3, 20), date(2020, 1, 10), date(2020, 9, 18), None),
    ("active long ago", date(2018, 3, 20), date(2018, 10, 9), date(2020, 9, 18), date(2018, 10, 9)),
    (
        "entered for a day before it began",
        date(2019, 4, 10),
        date(2019, 4, 1),
        date(2020, 9, 18),
        date(2019, 4, 10),
    ),
]


@pytest.mark.parametrize(
    ("start_on", "last_on", "day", "since"), [case[1:] for case in ASLEEP], ids=[case[0] for case in ASLEEP]
)
def test_a_pair_in_which_nothing_was_recorded_for_a_year_is_asleep(
    start_on: date, last_on: date | None, day: date, since: date | None
):
    assert asleep_since(start_on=start_on, last_on=last_on, day=day) == since
