"""Patterns of padded training: tables of cases, no database."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairbook.assistance.training.rules import (
    Course,
    attended_twice,
    crowded_days,
    seldom_present,
    unlisted_persons,
)

SORT = ("assisting_to_assisted", "farmer", "in_assisting")
JUNE = date(2020, 6, 8)


def _course(entry_id: int = 1, **changes: Any) -> Course:
    held: dict[str, Any] = {
        "sort": SORT,
        "giver_id": 1,
        "started_on": JUNE,
        "days": 5,
        "sessions": 10,
        "persons": 3,
    }
    return Course(entry_id=entry_id, **(held | changes))


@pytest.mark.parametrize(("days", "last"), [(1, "2020-06-08"), (5, "2020-06-12"), (0, "2020-06-08")])
def test_a_course_runs_from_its_first_day_for_its_days(days: int, last: str):
    assert _course(days=days).period.last == date.fromisoformat(last)


@pytest.mark.parametrize(
    ("people", "unlisted"), [({}, 0), ({1: None}, 2), ({1: None, 2: 3, 3: 9}, 0)], ids=["none", "some", "all"]
)
def test_only_where_a_list_was_made_can_somebody_be_missing_on_it(
    people: dict[int, int | None], unlisted: int
):
    assert unlisted_persons(_course(people=people)) == unlisted


@pytest.mark.parametrize(
    ("sessions", "times", "seldom"),
    [(10, 4, 1), (10, 5, 0), (9, 4, 1), (9, 5, 0), (None, 0, 0), (10, None, 0), (0, 0, 0)],
)
def test_under_half_of_the_sessions_is_seldom(sessions: int | None, times: int | None, seldom: int):
    assert seldom_present(_course(sessions=sessions, people={1: times}), 50) == seldom


@pytest.mark.parametrize(
    ("after", "is_both"), [(0, True), (4, True), (5, False), (-1, True), (-5, False)], ids=str
)
def test_two_courses_meet_only_where_a_day_lies_in_both(after: int, is_both: bool):
    other = _course(2, started_on=JUNE + timedelta(days=after), people={7: None, 8: None})
    found = list(attended_twice([_course(people={7: None, 9: None}), other]))
    assert [people for _, _, people in found] == ([1] if is_both else [])


@pytest.mark.parametrize(("most", "found"), [(299, [1, 2]), (300, [])])
def test_a_day_is_crowded_when_one_organisation_trains_more_than_is_believable(most: int, found: list[int]):
    there = [
        _course(1, persons=180),
        _course(2, persons=120),
        _course(3, persons=250, giver_id=2),
        _course(4, persons=250, started_on=JUNE + timedelta(days=5)),
    ]
    assert [course.entry_id for course, _ in crowded_days(there, most)] == found


@given(st.lists(st.integers(min_value=0, max_value=20), max_size=6))
def test_no_day_is_more_crowded_than_all_courses_together(starts: list[int]):
    there = [_course(place, started_on=JUNE + timedelta(days=start)) for place, start in enumerate(starts)]
    assert list(crowded_days(there, 3 * len(starts))) == []
