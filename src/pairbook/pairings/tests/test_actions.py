"""Opening, closing and handing over pairings."""

from datetime import date
from typing import Any

import pytest

from pairbook.kernel.problems import Refusal, Rejected
from pairbook.kernel.reads import audit_lines
from pairbook.kernel.texts import Text
from pairbook.pairings.actions import close_pairing, open_pairing, show_day
from pairbook.pairings.reads import pairing_of_id, programmes
from tests.world import World


def _open(world: World, **changes: Any) -> int:
    parts: dict[str, Any] = {
        "code": "school-pair",
        "level": "school",
        "assisting_id": world.giver_office,
        "assisted_id": world.receiver_office,
        "start_on": date(2019, 9, 1),
        "parent_id": world.pairing_id,
        "by": None,
    }
    return open_pairing(**(parts | changes))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"code": "jinghai-zhenyuan"}, "pairing.code"),
        ({"start_on": date(2016, 9, 1)}, "pairing.start"),
        ({"level": "household"}, "pairing.households"),
        ({"covers_households": 3}, "pairing.households"),
        ({"signed_on": date(2019, 8, 30)}, "pairing.agreement"),
    ],
)
def test_a_pairing_with_a_problem_is_not_opened(world: World, changes: dict[str, Any], code: str):
    with pytest.raises(Rejected) as rejected:
        _open(world, **changes)
    assert [problem.code for problem in rejected.value.problems] == [code]


def test_an_agreement_is_kept_with_the_day_it_was_signed(world: World):
    agreement = Text("结对帮扶协议书", "Agreement of the pair")
    row = pairing_of_id(_open(world, agreement=agreement, signed_on=date(2019, 8, 30)))
    assert (row.agreement, row.signed_on) == (agreement, date(2019, 8, 30))


def test_nobody_is_paired_with_itself(world: World):
    with pytest.raises(Rejected) as rejected:
        _open(world, assisted_id=world.giver_office)
    assert rejected.value.problems[0].code == "pairing.parties"


def test_a_child_is_no_programme_of_its_own(world: World):
    child = _open(world)
    assert child not in [row.id for row in programmes()]


def test_a_closed_pairing_keeps_its_reason_and_its_last_day(world: World):
    close_pairing(world.child_id, end_on=date(2020, 12, 31), reason="并镇", by=None)
    row = pairing_of_id(world.child_id)
    assert (row.end_on, row.end_reason) == (date(2020, 12, 31), "并镇")


def test_a_pairing_handed_over_names_its_successor(world: World):
    successor = _open(world, code="new-pair")
    close_pairing(world.child_id, end_on=date(2020, 12, 31), reason="移交", successor_id=successor, by=None)
    assert pairing_of_id(world.child_id).successor_code == "new-pair"
    assert audit_lines(f"pairing:{world.child_id}")[-1].verb == "pairing.hand_over"


def test_a_closed_pairing_cannot_be_closed_again(world: World):
    close_pairing(world.child_id, end_on=date(2020, 12, 31), reason="并镇", by=None)
    with pytest.raises(Refusal) as refused:
        close_pairing(world.child_id, end_on=date(2021, 12, 31), reason="并镇", by=None)
    assert refused.value.code == "pairing.closed"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reason": "  "}, "pairing.reason"),
        ({"end_on": date(2018, 4, 30)}, "pairing.end"),
    ],
)
def test_a_pairing_is_not_closed_with_a_problem(world: World, changes: dict[str, Any], code: str):
    parts: dict[str, Any] = {"end_on": date(2020, 12, 31), "reason": "并镇", "by": None}
    with pytest.raises(Rejected) as rejected:
        close_pairing(world.child_id, **(parts | changes))
    assert [problem.code for problem in rejected.value.problems] == [code]
    assert pairing_of_id(world.child_id).end_on is None


def test_a_pairing_cannot_be_handed_over_to_itself(world: World):
    with pytest.raises(Rejected) as rejected:
        close_pairing(
            world.child_id, end_on=date(2020, 12, 31), reason="移交", successor_id=world.child_id, by=None
        )
    assert rejected.value.problems[0].code == "pairing.successor"


def test_the_day_the_portal_shows_can_be_chosen(world: World):
    show_day(world.pairing_id, day=date(2020, 9, 18), by=None)
    assert pairing_of_id(world.pairing_id).shown_on == date(2020, 9, 18)
