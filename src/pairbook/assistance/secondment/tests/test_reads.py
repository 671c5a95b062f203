"""Terms by length, teams, and what is due: on the books of the tests."""

from datetime import date, timedelta
from typing import Any

import pytest

from pairbook.assistance.secondment.reads import dues, people_by_team, people_by_term
from pairbook.assistance.secondment.tests.postings import (
    ARRIVED,
    CADRES,
    EXTENDED,
    RETURNED,
    SELECTED,
    a_chain,
)
from pairbook.kernel.actions import set_parameter
from pairbook.kernel.problems import Rejected
from pairbook.kernel.quantities import Quantity
from pairbook.register.actions import record_entry
from tests.world import World, a_draft

Line = dict[str, Any]
DAY = date(2020, 5, 18)
THERE = "assisting_to_assisted"


def _by_term(world: World, day: date = DAY, direction: str = THERE) -> list[int]:
    return [int(people) for _, people in people_by_term([world.pairing_id], day, direction=direction)]


def test_people_in_post_are_told_by_the_length_of_their_term(world: World):
    a_chain(
        SELECTED | {"persons": 9},
        ARRIVED | {"details": {"term_months": 6}, "persons": 3},
        ARRIVED | {"details": {"term_months": 12}, "persons": 2},
        ARRIVED | {"details": {"term_months": 1}, "on": "2020-05-01"} | {"persons": 1},
        ARRIVED | {"details": {}, "persons": 1},
        ARRIVED | {"details": {"ends_on": "2020-03-20"}, "persons": 2},
    )
    assert _by_term(world) == [2, 1, 3, 2, 1]
    assert _by_term(world, direction="assisted_to_assisting") == [0] * 5


def test_bands_follow_the_parameters_in_force_on_the_day(world: World):
    a_chain(SELECTED, ARRIVED)
    set_parameter(
        "secondment.band_medium_months", value=7, valid_from=date(2020, 6, 1), source="文件", by=None
    )
    assert (_by_term(world), _by_term(world, date(2020, 6, 1))) == ([0, 0, 5, 0, 0], [0, 5, 0, 0, 0])


def test_an_extension_moves_people_to_a_longer_band(world: World):
    a_chain(SELECTED, ARRIVED, EXTENDED | {"persons": 2, "details": {"extended_to": "2021-03-01"}})
    assert _by_term(world, date(2020, 8, 31)) == [0, 0, 3, 2, 0]


def test_teams_are_told_one_a_row_with_their_people(world: World):
    team = {"mode": "team", "team": "教育组团 / Education team", "term_months": 36}
    a_chain(
        SELECTED | {"persons": 50},
        ARRIVED | {"details": team, "persons": 25},
        ARRIVED | {"details": team | {"team": "医疗组团"}, "persons": 9},
        ARRIVED | {"persons": 3},
    )
    rows = people_by_team([world.pairing_id], DAY)
    assert [(label.en, int(people)) for label, people in rows] == [("Education team", 25), ("医疗组团", 9)]
    assert people_by_team([world.pairing_id], date(2020, 3, 1)) == []


END = date(2020, 9, 1)


@pytest.mark.parametrize(
    ("day", "is_due"),
    [(END - timedelta(days=32), False), (END - timedelta(days=31), True), (END + timedelta(days=40), True)],
)
def test_a_term_is_due_from_31_days_before_its_end(world: World, day: date, is_due: bool):
    ids = a_chain(SELECTED, ARRIVED)
    found = dues([world.pairing_id], day)
    assert [(due.entry_id, due.due_on, due.side) for due in found] == (
        [(ids[1], END, "assisting")] if is_due else []
    )


def test_nothing_is_due_of_those_who_returned_or_were_extended(world: World):
    a_chain(SELECTED, ARRIVED, EXTENDED | {"persons": 2}, RETURNED | {"persons": 3})
    assert dues([world.pairing_id], END) == []
    (due,) = dues([world.pairing_id], date(2020, 12, 1))
    assert "2人" in due.said.zh and due.due_on == date(2020, 12, 31) and due.owner.zh == "静海区合作交流办"


# What is wrong, the entries before it, the entry that is refused, and why.
REFUSED = [
    ("more in post than selected", (SELECTED,), ARRIVED | {"persons": 6}, "entry.more_than_followed"),
    ("more returned than came", (SELECTED, ARRIVED), RETURNED | {"persons": 6}, "entry.more_than_followed"),
    ("a return of nobody's arrival", (SELECTED,), {"stage": "returned", "on": "2020-09-01"}, "entry.follows"),
    ("an extension without a day", (SELECTED, ARRIVED), EXTENDED | {"details": {}}, "entry.extended_to"),
    (
        "a term on a return",
        (SELECTED, ARRIVED),
        RETURNED | {"details": {"term_months": 3}},
        "entry.term_months",
    ),
    ("an arrival before its selection", (SELECTED,), ARRIVED | {"on": "2020-02-19"}, "entry.follows_day"),
    ("no category", (SELECTED,), ARRIVED | {"details": CADRES | {"category": ""}}, "entry.category"),
]


@pytest.mark.parametrize(
    ("before", "line", "code"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_what_cannot_be_is_refused(world: World, before: tuple[Line, ...], line: Line, code: str):
    with pytest.raises(Rejected) as refused:
        a_chain(*before, line)
    assert code in {problem.code for problem in refused.value.problems}


def test_people_in_post_are_not_counted_in_person_times(world: World):
    draft = a_draft("secondment", quantity=Quantity.of(5, "person-time"))
    with pytest.raises(Rejected) as refused:
        record_entry(draft, by=world.receiver)
    assert {problem.code for problem in refused.value.problems} == {"entry.unit"}
