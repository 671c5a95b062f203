"""What is due, and what of training is refused."""

from datetime import date

import pytest

from pairbook.assistance.training.reads import dues
from pairbook.assistance.training.tests.courses import CERTIFIED, EMPLOYED, HELD, Line, a_record, listed
from pairbook.kernel.problems import Rejected
from pairbook.kernel.quantities import Quantity
from pairbook.register.actions import record_entry
from tests.world import World, a_draft

PLAN: Line = {"stage": "planned", "on": "2020-05-20", "persons": 50, "details": {"starts_on": "2020-06-08"}}


@pytest.mark.parametrize(
    ("day", "is_due"),
    [("2020-05-07", False), ("2020-05-08", True), ("2020-06-08", True), ("2021-01-01", True)],
)
def test_a_planned_course_is_due_from_31_days_before_it_begins(world: World, day: str, is_due: bool):
    (plan,) = a_record(PLAN)
    found = dues([world.pairing_id], date.fromisoformat(day))
    assert [(due.entry_id, due.due_on) for due in found] == ([(plan, date(2020, 6, 8))] if is_due else [])


def test_a_course_that_was_held_is_due_no_more(world: World):
    a_record(PLAN, HELD | {"follows": 1})
    assert dues([world.pairing_id], date(2020, 9, 1)) == []


# What is wrong, the entries before it, the entry that is refused, and why.
REFUSED = [
    ("more certified than attended", (HELD,), CERTIFIED | {"persons": 4}, "entry.more_than_followed"),
    ("employed without a course", (), {"stage": "employed", "on": "2020-09-01"}, "entry.follows"),
    ("an outcome before the course began", (HELD,), EMPLOYED | {"on": "2020-06-07"}, "entry.follows_day"),
    ("a list longer than the number", (), HELD | {"persons": 2}, "entry.more_listed"),
    ("no subject", (), HELD | {"details": {"subject": ""}}, "entry.subject"),
    ("days of an outcome", (HELD,), EMPLOYED | {"details": {"days": 3}}, "entry.days"),
]


@pytest.mark.parametrize(
    ("before", "line", "code"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_what_cannot_be_is_refused(world: World, before: tuple[Line, ...], line: Line, code: str):
    with pytest.raises(Rejected) as refused:
        a_record(*before, line)
    assert code in {problem.code for problem in refused.value.problems}


def test_two_outcomes_of_one_course_are_each_bounded_by_it(world: World):
    a_record(HELD, CERTIFIED, EMPLOYED | {"persons": 3})
    with pytest.raises(Rejected):
        a_record(HELD | {"people": listed("丁戊己")}, EMPLOYED | {"persons": 2}, EMPLOYED | {"persons": 2})


def test_a_course_is_not_told_in_person_times(world: World):
    draft = a_draft("training", quantity=Quantity.of(5, "person-time"))
    with pytest.raises(Rejected) as refused:
        record_entry(draft, by=world.giver)
    assert {problem.code for problem in refused.value.problems} == {"entry.unit"}
