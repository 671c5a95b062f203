"""Every check finds what it is for, and none finds anything in a clean book."""

from dataclasses import replace
from typing import Any

import pytest

from pairbook.assistance.secondment.checks import CHECKS
from pairbook.assistance.secondment.tests.postings import (
    ARRIVED,
    CADRES,
    EXTENDED,
    RETURNED,
    SELECTED,
    a_chain,
)
from pairbook.register.actions import correct_entry
from pairbook.register.known import entry_state
from pairbook.workspace.rules import Check
from tests.world import World

CLEAN = (
    SELECTED,
    ARRIVED | {"people": "甲乙"},
    EXTENDED,
    RETURNED | {"on": "2020-12-31", "people": "甲乙"},
)


def _with(like: dict[str, Any], **details: Any) -> dict[str, Any]:
    return like | {"details": like.get("details", {}) | details}


NEXT = {**_with(ARRIVED, batch="二", relieves="一"), "on": "2020-09-02", "follows": 3}
UNSELECTED = {column: value for column, value in ARRIVED.items() if column != "follows"}

# What is wrong, the check that finds it, the entries, and the place of the entry it is found at.
CASES: list[tuple[str, str, tuple[dict[str, Any], ...], int]] = [
    ("no selection", "no_letter", (UNSELECTED,), 1),
    ("a selection without its letter", "no_letter", (SELECTED | {"papers": ""}, ARRIVED, RETURNED), 2),
    (
        "dated by its selection",
        "dated_by_selection",
        (SELECTED, ARRIVED | {"on": "2020-02-20", "papers": ""}),
        2,
    ),
    ("nobody returned", "term_over", (SELECTED, ARRIVED), 2),
    ("some stay on unnoticed", "term_over", (SELECTED, ARRIVED, RETURNED | {"persons": 4}), 2),
    ("an extension that ran out", "term_over", (SELECTED, ARRIVED, EXTENDED), 2),
    (
        "in two posts at once",
        "two_posts",
        (
            SELECTED,
            ARRIVED | {"people": "甲乙"},
            SELECTED,
            ARRIVED | {"follows": 3, "on": "2020-04-01", "people": "乙丙"},
        ),
        4,
    ),
    ("nobody knows who returned", "unlisted_return", (SELECTED, ARRIVED | {"people": "甲乙"}, RETURNED), 3),
    (
        "a batch is relieved and still there",
        "relieved_still_there",
        (SELECTED, ARRIVED, SELECTED | {"on": "2020-08-20"}, NEXT),
        4,
    ),
    ("a return of another sort", "unlike", (SELECTED, ARRIVED, _with(RETURNED, field="education")), 3),
    (
        "sent for less than a month",
        "too_short",
        (SELECTED, _with(ARRIVED, term_months=0, ends_on="2020-03-20")),
        2,
    ),
    ("back within the month", "too_short", (SELECTED, ARRIVED, RETURNED | {"on": "2020-03-20"}), 3),
    (
        "a cadre of three months",
        "too_short",
        (_with(SELECTED, **CADRES), _with(ARRIVED, **CADRES, term_months=3), _with(RETURNED, **CADRES)),
        2,
    ),
    ("back without an appraisal", "no_appraisal", (SELECTED, ARRIVED, RETURNED | {"papers": ""}), 3),
    ("no term", "no_term", (SELECTED, ARRIVED | {"details": {}}), 2),
    (
        "an extension into the past",
        "extended_backwards",
        (SELECTED, ARRIVED, _with(EXTENDED, extended_to="2020-08-31")),
        3,
    ),
    ("a team without a name", "unnamed_team", (SELECTED, _with(ARRIVED, mode="team")), 2),
]


def _check(code: str) -> Check:
    return next(one for one in CHECKS.checks if one.code == f"secondment.{code}")


@pytest.mark.parametrize(
    ("code", "lines", "place"), [case[1:] for case in CASES], ids=[f"{case[1]}: {case[0]}" for case in CASES]
)
def test_a_check_finds_what_it_is_for(world: World, code: str, lines: tuple[dict[str, Any], ...], place: int):
    ids = a_chain(*lines)
    (finding,) = _check(code).find([world.pairing_id])
    assert finding.entry_id == ids[place - 1]
    assert finding.said.zh != finding.said.en


@pytest.mark.parametrize("check", CHECKS.checks, ids=lambda check: check.code)
def test_no_check_finds_anything_in_a_clean_book(world: World, check: Check):
    a_chain(*CLEAN)
    assert check.find([world.pairing_id]) == []


def test_every_check_is_tried(world: World):
    assert {f"secondment.{case[1]}" for case in CASES} == {check.code for check in CHECKS.checks}


@pytest.mark.parametrize("check", CHECKS.checks, ids=lambda check: check.code)
def test_a_check_says_what_it_is_and_where_it_comes_from_in_both_languages(check: Check):
    for text in (check.label, check.source):
        assert any("一" <= sign <= "鿿" for sign in text.zh) and text.en.isascii()


def test_one_who_moved_on_after_returning_is_in_one_post_at_a_time(world: World):
    there = (SELECTED, ARRIVED | {"people": "甲乙"}, RETURNED)
    a_chain(
        *there, SELECTED | {"on": "2020-09-01"}, ARRIVED | {"on": "2020-09-01", "follows": 4, "people": "乙"}
    )
    assert _check("two_posts").find([world.pairing_id]) == []


def test_a_relieved_batch_that_went_home_is_not_listed(world: World):
    a_chain(SELECTED, ARRIVED, SELECTED | {"on": "2020-08-20"}, RETURNED, NEXT)
    assert _check("relieved_still_there").find([world.pairing_id]) == []


def test_a_corrected_arrival_is_found_by_its_new_number(world: World):
    ids = a_chain(SELECTED, ARRIVED)
    state = entry_state(ids[1])
    assert state is not None
    corrected = correct_entry(ids[1], replace(state.draft, note="核对"), reason="核对", by=world.receiver)
    (finding,) = _check("term_over").find([world.pairing_id])
    assert finding.entry_id == corrected


def test_other_pairings_are_left_alone(world: World):
    a_chain(SELECTED, ARRIVED)
    assert _check("term_over").find([world.other_pairing_id]) == []
