"""Which side of a pairing a party is on, and by which post a person acts."""

from datetime import date

import pytest

from pairbook.kernel.access import Actor, Post
from pairbook.kernel.texts import same
from pairbook.pairings.rules import PairingFacts, check_dates, home_side_of, side_of, strongest_standing
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
