"""The access table: role and side decide each act; the public does none of them."""

import pytest

from pairbook.kernel.access import PUBLIC, SIDES, Actor, Post, Side, Standing, may, may_see, must
from pairbook.kernel.problems import Refusal

#                      officer department auditor administrator
TABLE = {
    "register.read":   "yes    yes        yes     no",
    "paper.read":      "yes    yes        yes     no",
    "register.export": "yes    yes        yes     no",
    "entry.record":    "yes    yes        no      no",
    "entry.correct":   "yes    yes        no      no",
    "entry.attach":    "yes    yes        no      no",
    "entry.answer":    "yes    no         no      no",
    "register.import": "yes    no         no      no",
    "catalogue.add":   "yes    no         no      no",
    "person.read":     "yes    yes        yes     no",
    "person.export":   "yes    yes        no      no",
    "person.register": "yes    yes        no      no",
    "project.propose": "yes    yes        no      no",
    "project.carry_out": "yes   yes       no      no",
    "project.decide":  "yes    no         no      no",
    "project.consent": "yes    no         no      no",
    "book.set_up":     "no     no         no      yes",
}  # fmt: skip
ROLES = ("officer", "department", "auditor", "administrator")
CASES = [
    (act, role, answer == "yes")
    for act, answers in TABLE.items()
    for role, answer in zip(ROLES, answers.split(), strict=True)
]


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize(("act", "role", "expected"), CASES)
def test_the_table_says_who_may_do_what(act: str, role: str, expected: bool, side: Side):
    assert may(Standing(role, side, 1), act) is expected


@pytest.mark.parametrize("act", TABLE)
def test_the_public_may_do_none_of_it(act: str):
    assert not may(None, act)


@pytest.mark.parametrize("role", ["officer", "department"])
@pytest.mark.parametrize("act", TABLE)
def test_whoever_works_for_a_side_may_do_nothing_without_one(role: str, act: str):
    assert not may(Standing(role, None, 1), act)


@pytest.mark.parametrize(
    ("role", "owns", "expected"),
    [
        ("officer", False, True),
        ("auditor", False, True),
        ("department", True, True),
        ("department", False, False),
        ("administrator", True, False),
    ],
)
def test_a_department_sees_its_own_part_only(role: str, owns: bool, expected: bool):
    standing = Standing(role, "assisted", 7)
    assert may_see(standing, organisation_ids=frozenset({7 if owns else 8})) is expected


def test_the_public_sees_no_office_view():
    assert not may_see(None, organisation_ids=frozenset({7}))


def test_a_refused_act_is_forbidden_and_named():
    with pytest.raises(Refusal) as refused:
        must(False, "entry.record")
    assert refused.value.code == "access.entry.record" and refused.value.forbidden


def test_an_administrator_is_known_by_the_post():
    assert Actor(1, posts=(Post(0, "administrator"),)).is_administrator and not PUBLIC.is_administrator
