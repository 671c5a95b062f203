"""Each check finds what it should, and is silent on a clean book; planned events are due before their day."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pairbook.assistance.exchanges.reads import (
    events_by_category,
    held_twice,
    planned_events,
    too_many_participants,
    without_papers,
)
from pairbook.kernel.actions import set_parameter
from pairbook.kernel.quantities import Quantity
from pairbook.workspace.rules import Finding
from tests.world import World, an_entry, an_entry_with_a_paper

CLINIC = {"category": "remote_clinic", "field": "medical", "subject": "疑难病例 会诊"}
DAY = date(2020, 4, 10)


def found(world: World, find: Callable[[Sequence[int]], list[Finding]]) -> list[int]:
    """The entries a check names."""
    return [finding.entry_id for finding in find([world.pairing_id, world.child_id])]


def people(number: int) -> Quantity:
    return Quantity.of(number, "person-time")


def a_clinic(**changes: Any) -> int:
    details = CLINIC | changes.pop("details", {})
    return an_entry("exchanges", **{"happened_on": DAY, "details": details, **changes})


def test_a_clean_book_has_no_finding(world: World):
    for day in (DAY, date(2020, 5, 10)):
        an_entry_with_a_paper("exchanges", happened_on=day, details=CLINIC, quantity=people(500))
    for find in (without_papers, held_twice, too_many_participants):
        assert found(world, find) == []


def test_an_event_no_paper_proves_is_found(world: World):
    bare = a_clinic()
    an_entry_with_a_paper("exchanges", happened_on=DAY, details=CLINIC)
    an_entry("exchanges", "planned")
    assert found(world, without_papers) == [bare]


@pytest.mark.parametrize(
    ("changes", "is_found"),
    [
        ({}, True),
        ({"details": {"subject": "疑难病例会诊"}}, True),
        ({"details": {"subject": "影像会诊"}}, False),
        ({"happened_on": date(2020, 4, 11)}, False),
        ({"receiver_id": "cooperative"}, False),
        ({"giver_id": "receiver_office", "receiver_id": "giver_office", "by": "receiver"}, True),
    ],
)
def test_one_event_recorded_twice_is_found(world: World, changes: dict[str, Any], is_found: bool):
    first = a_clinic()
    second = a_clinic(
        **{key: getattr(world, value) if isinstance(value, str) else value for key, value in changes.items()}
    )
    assert found(world, held_twice) == ([second] if is_found else [])
    assert not is_found or str(first) in held_twice([world.pairing_id])[0].said.en


def test_a_crowd_too_large_for_one_event_is_found(world: World):
    a_clinic(quantity=people(500))
    crowded = a_clinic(quantity=people(501), happened_on=date(2020, 5, 1))
    a_clinic(happened_on=date(2020, 6, 1))
    assert found(world, too_many_participants) == [crowded]
    set_parameter("exchanges.participants_max", value=600, valid_from=DAY, source="某省办法", by=None)
    assert found(world, too_many_participants) == []


@pytest.mark.parametrize(
    ("planned_for", "is_due"),
    [("2020-03-31", True), ("2020-05-11", True), ("2020-05-12", False), (None, False)],
)
def test_a_planned_event_is_due_a_month_before_its_day(world: World, planned_for: str | None, is_due: bool):
    details = CLINIC | ({"planned_for": planned_for} if planned_for else {})
    planned = an_entry("exchanges", "planned", details=details)
    dues = planned_events([world.pairing_id], DAY)
    assert [(due.entry_id, due.side) for due in dues] == ([(planned, "assisting")] if is_due else [])


def test_a_planned_event_that_was_held_is_not_due(world: World):
    planned = an_entry("exchanges", "planned", details=CLINIC | {"planned_for": "2020-04-10"})
    a_clinic(follows_id=planned)
    assert planned_events([world.pairing_id], DAY) == []


def test_events_are_told_by_type(world: World):
    a_clinic()
    a_clinic(happened_on=date(2020, 5, 10))
    an_entry("exchanges", details=CLINIC | {"category": "research"}, happened_on=DAY)
    an_entry("exchanges", "planned", details=CLINIC)
    rows = events_by_category([world.pairing_id], DAY)
    assert [(label.en, number) for label, number in rows] == [
        ("remote clinic", Decimal(1)),
        ("joint research", Decimal(1)),
    ]
