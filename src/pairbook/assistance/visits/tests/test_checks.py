"""Each check finds what it should, and is silent on a clean book."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pairbook.assistance.visits.reads import (
    meetings_by_body,
    no_joint_conference,
    rank_unclear,
    without_minutes,
)
from pairbook.kernel.actions import set_parameter
from pairbook.register.actions import attach_paper
from pairbook.workspace.rules import Finding
from tests.world import A_PAPER, World, an_entry

LED = {"rank": "leaders", "leader_post": "party_head", "category": "visit", "purpose": "调研"}
CONFERENCE = LED | {"category": "joint_conference"}
MEETING = {"rank": "leaders", "category": "topical_meeting", "purpose": "研究全年工作"}


def found(world: World, find: Callable[[Sequence[int]], list[Finding]]) -> list[int]:
    """The entries a check names in the pairing and its child."""
    return [finding.entry_id for finding in find([world.pairing_id, world.child_id])]


def a_visit(**details: Any) -> int:
    return an_entry("visits", details=LED | details)


def with_minutes(entry_id: int, world: World) -> int:
    attach_paper(entry_id, content=A_PAPER, sort="minutes", by=world.giver)
    return entry_id


def test_a_clean_book_has_no_finding(world: World):
    with_minutes(an_entry("visits", details=CONFERENCE), world)
    for find in (no_joint_conference, rank_unclear, without_minutes):
        assert found(world, find) == []


def test_a_year_without_a_joint_conference_is_told_at_its_last_entry(world: World):
    an_entry("visits", details=LED, happened_on=date(2019, 5, 1))
    last = an_entry("funds", "allocated", happened_on=date(2019, 12, 1))
    an_entry("visits", details=CONFERENCE, happened_on=date(2020, 5, 1))
    assert found(world, no_joint_conference) == [last]
    (finding,) = no_joint_conference([world.pairing_id])
    assert "2019" in finding.said.zh and "2019" in finding.said.en


def test_a_conference_in_either_direction_is_one(world: World):
    an_entry(
        "visits", details=CONFERENCE, giver_id=world.zhenyuan, receiver_id=world.jinghai, by=world.receiver
    )
    assert found(world, no_joint_conference) == []


def test_a_township_pair_needs_no_conference_of_its_own(world: World):
    an_entry("visits", details=LED, pairing_id=world.child_id)
    assert found(world, no_joint_conference) == []


def test_how_many_conferences_are_enough_is_a_parameter(world: World):
    entry = an_entry("visits", details=CONFERENCE)
    set_parameter(
        "visits.joint_conferences_min", value=2, valid_from=date(2020, 1, 1), source="某省考核办法", by=None
    )
    assert found(world, no_joint_conference) == [entry]


@pytest.mark.parametrize(
    ("details", "is_found"),
    [
        ({}, False),
        ({"leader_post": "government_head"}, False),
        ({"leader_post": ""}, True),
        ({"leader_post": "deputy"}, True),
        ({"leader_post": "deputy", "rank": "department"}, False),
        ({"leader_post": "", "category": "topical_meeting"}, False),
    ],
)
def test_a_leaders_visit_tells_whose_it_was(world: World, details: dict[str, str], is_found: bool):
    entry = a_visit(**details)
    assert found(world, rank_unclear) == ([entry] if is_found else [])


def test_a_visit_with_other_papers_still_lacks_its_minutes(world: World):
    bare = a_visit()
    attach_paper(bare, content=A_PAPER, sort="notice", by=world.giver)
    with_minutes(a_visit(), world)
    assert found(world, without_minutes) == [bare]


def test_topical_meetings_are_told_by_side_and_body(world: World):
    an_entry("visits", details=MEETING | {"body": "standing_committee"})
    an_entry("visits", details=MEETING | {"body": "standing_committee"}, happened_on=date(2020, 4, 1))
    an_entry("visits", details=MEETING, giver_id=world.zhenyuan, receiver_id=world.jinghai, by=world.receiver)
    an_entry("visits", details=CONFERENCE | {"body": "leading_group"})
    rows = meetings_by_body([world.pairing_id], date(2020, 12, 31))
    assert [(label.en, number) for label, number in rows] == [
        ("Assisting side: standing committee of the Party", Decimal(2)),
        ("Assisted side: body not told", Decimal(1)),
    ]
    assert sum(number for _, number in meetings_by_body([world.pairing_id], date(2020, 3, 31))) == 2
