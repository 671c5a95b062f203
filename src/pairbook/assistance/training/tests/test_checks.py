"""Every check finds what it is for, and none finds anything in a clean book."""

from typing import Any

import pytest

from pairbook.assistance.training.checks import CHECKS
from pairbook.assistance.training.tests.courses import CERTIFIED, EMPLOYED, HELD, Line, a_record, listed
from pairbook.workspace.rules import Check
from tests.world import World

CLEAN = (
    HELD,
    HELD | {"on": "2020-06-13"},
    CERTIFIED,
    EMPLOYED,
    HELD | {"on": "2020-06-08", "people": listed("丁", 10), "persons": 1},
)


def _with(like: Line, **details: Any) -> Line:
    return like | {"details": like.get("details", {}) | details}


# What is wrong, the check that finds it, the entries, and the place of the entry it is found at.
CASES: list[tuple[str, str, tuple[Line, ...], int]] = [
    ("padded by two", "count_above_list", (HELD | {"persons": 5},), 1),
    (
        "at two courses at once",
        "attended_twice",
        (HELD, HELD | {"on": "2020-06-12", "people": listed("丙丁戊", 9)}),
        2,
    ),
    ("one came four times of ten", "few_sessions", (HELD | {"people": {"甲": 10, "乙": 4, "丙": None}},), 1),
    ("nobody signed in", "no_sign_in", (HELD | {"papers": "photos"},), 1),
    ("301 in a day", "crowded_day", (HELD | {"persons": 301, "people": {}},), 1),
    ("certified before the end", "early_outcome", (HELD, CERTIFIED | {"on": "2020-06-11"}), 2),
    ("an outcome of another audience", "unlike_outcome", (HELD, _with(EMPLOYED, audience="cadre")), 2),
]


def _check(code: str) -> Check:
    return next(one for one in CHECKS.checks if one.code == f"training.{code}")


@pytest.mark.parametrize(
    ("code", "lines", "place"), [case[1:] for case in CASES], ids=[f"{case[1]}: {case[0]}" for case in CASES]
)
def test_a_check_finds_what_it_is_for(world: World, code: str, lines: tuple[Line, ...], place: int):
    ids = a_record(*lines)
    (finding,) = _check(code).find([world.pairing_id])
    assert finding.entry_id == ids[place - 1]
    assert finding.said.zh != finding.said.en


@pytest.mark.parametrize("check", CHECKS.checks, ids=lambda check: check.code)
def test_no_check_finds_anything_in_a_clean_book(world: World, check: Check):
    a_record(*CLEAN)
    assert check.find([world.pairing_id]) == []


@pytest.mark.parametrize("check", CHECKS.checks, ids=lambda check: check.code)
def test_a_check_says_what_it_is_and_where_it_comes_from_in_both_languages(check: Check):
    for text in (check.label, check.source):
        assert any("一" <= sign <= "鿿" for sign in text.zh) and text.en.isascii()


def test_every_check_is_tried():
    assert {f"training.{case[1]}" for case in CASES} == {check.code for check in CHECKS.checks}


def test_a_course_nobody_listed_is_not_said_to_be_padded(world: World):
    a_record(HELD | {"persons": 40, "people": {}})
    assert _check("count_above_list").find([world.pairing_id]) == []


def test_other_pairings_are_left_alone(world: World):
    a_record(HELD | {"persons": 5})
    assert _check("count_above_list").find([world.other_pairing_id]) == []
