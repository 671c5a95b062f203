"""Each check of industry finds what it should and is silent on a clean book; stock to take; chains at a glance."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from pairbook.assistance.industry.checks import CHECKS
from pairbook.assistance.industry.reads import in_stock, partners_by_role, produced_in_year, stock_to_take
from pairbook.assistance.industry.tests.entries import (
    STARTED_ON,
    a_base,
    a_chain,
    a_closing,
    a_stock_taking,
    an_output,
    people,
)
from pairbook.kernel import clock
from pairbook.kernel.problems import Rejected
from pairbook.register.actions import attach_paper, withdraw_entry
from tests.world import A_PAPER, World, an_entry, an_entry_with_a_paper

pytestmark = pytest.mark.usefixtures("world")
SEPTEMBER = date(2020, 9, 18)


def _found(world: World, code: str) -> list[int]:
    check = next(one for one in CHECKS.checks if one.code == f"industry.{code}")
    return [finding.entry_id for finding in check.find([world.pairing_id])]


def _nobody_gains() -> list[int]:
    _, goats, forage = a_chain()
    first = a_base(goats)
    a_base(forage)
    return [first]


def _somebody_gains_elsewhere(world: World) -> None:
    _, goats, forage = a_chain()
    a_base(goats)
    people(20, forage, date(2020, 6, 30))


def _output_before_it_started() -> list[int]:
    _, goats, _ = a_chain()
    an_output(goats, STARTED_ON - timedelta(days=1))
    return [a_base(goats)]


def _no_output_at_all() -> list[int]:
    _, goats, forage = a_chain()
    an_output(forage, SEPTEMBER)
    return [a_base(goats)]


def _a_partner_with_another_paper(world: World) -> list[int]:
    entry_id = an_entry("industry", "partnered")
    attach_paper(entry_id, content=A_PAPER, sort="other", by=world.giver)
    return [entry_id]


def _an_old_stock_taking() -> list[int]:
    _, goats, _ = a_chain()
    base = a_base(goats)
    a_stock_taking(base, goats, date(2020, 8, 31))
    return [base]


def _stock_never_taken() -> list[int]:
    _, goats, forage = a_chain()
    return [a_base(goats), a_base(forage)]


def _people_told_twice() -> list[int]:
    _, goats, forage = a_chain()
    people(2, forage, date(2020, 5, 31), listed=("甲一", "乙二"))
    people(3, goats, date(2019, 6, 30))
    return [people(3, goats, date(2020, 6, 30), listed=("甲一",))]


CASES: list[tuple[str, Callable[[World], list[int]]]] = [
    ("no_people", lambda world: _nobody_gains()),
    ("no_output", lambda world: _no_output_at_all()),
    ("no_output", lambda world: _output_before_it_started()),
    ("no_agreement", lambda world: [an_entry("industry", "partnered")]),
    ("no_agreement", _a_partner_with_another_paper),
    ("old_stock", lambda world: _an_old_stock_taking()),
    ("old_stock", lambda world: _stock_never_taken()),
    ("counted_twice", lambda world: _people_told_twice()),
]


@pytest.mark.parametrize(("code", "make"), CASES, ids=[code for code, _ in CASES])
def test_a_check_finds_what_it_should(world: World, code: str, make: Callable[[World], list[int]]):
    assert make(world) == _found(world, code)


def test_a_clean_book_is_silent(world: World):
    chain, goats, _ = a_chain()
    today = clock.today()
    base = a_base(goats)
    a_stock_taking(base, goats, today)
    an_output(chain, today)
    an_entry_with_a_paper("industry", "partnered", project_id=chain)
    people(2, chain, date(2020, 6, 30), listed=("甲一", "乙二"))
    people(40, chain, date(2021, 6, 30))
    assert [found for check in CHECKS.checks for found in check.find([world.pairing_id])] == []


def test_people_told_anywhere_in_the_chain_link_the_whole_of_it(world: World):
    _somebody_gains_elsewhere(world)
    assert _found(world, "no_people") == []


def test_a_closed_base_is_asked_neither_for_output_nor_for_stock(world: World):
    _, goats, _ = a_chain()
    a_closing(a_base(goats), goats, date(2020, 12, 1))
    assert _found(world, "no_output") == _found(world, "old_stock") == []


def test_a_withdrawn_partner_is_asked_about_no_more(world: World):
    withdraw_entry(an_entry("industry", "partnered"), reason="重复录入", by=world.giver)
    assert _found(world, "no_agreement") == []


def test_what_is_found_is_said_in_both_languages(world: World):
    _nobody_gains()
    people(3, world.project, date(2020, 6, 30))
    people(3, world.project, date(2020, 7, 31))
    an_entry("industry", "partnered")
    found = [finding for check in CHECKS.checks for finding in check.find([world.pairing_id])]
    assert len(found) >= 5
    assert all(one.said.zh.endswith("。") and one.said.en.endswith(".") for one in found)


def test_a_base_closes_and_a_partner_leaves_once(world: World):
    _, goats, _ = a_chain()
    base = a_base(goats)
    a_closing(base, goats, SEPTEMBER)
    with pytest.raises(Rejected) as refused:
        a_closing(base, goats, SEPTEMBER)
    assert [problem.code for problem in refused.value.problems] == ["entry.more_than_followed"]


def test_a_stock_taking_is_of_the_item_of_its_base(world: World):
    _, goats, _ = a_chain()
    with pytest.raises(Rejected) as refused:
        an_entry("industry", "stocked", follows_id=a_base(goats), project_id=goats)
    assert "entry.follows_item" in [problem.code for problem in refused.value.problems]


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2020, 8, 9), []),
        (date(2020, 8, 10), [date(2020, 9, 10)]),
        (date(2020, 12, 1), [date(2020, 9, 10)]),
    ],
)
def test_a_first_stock_taking_is_due_half_a_year_after_the_start(world: World, day: date, due: list[date]):
    _, goats, _ = a_chain()
    a_base(goats)
    assert [one.due_on for one in stock_to_take([world.pairing_id], day)] == due


def test_stock_taken_is_due_half_a_year_later(world: World):
    _, goats, _ = a_chain()
    a_stock_taking(a_base(goats), goats, date(2020, 8, 31))
    assert stock_to_take([world.pairing_id], SEPTEMBER) == []
    (due,) = stock_to_take([world.pairing_id], date(2021, 2, 1))
    assert (due.due_on, due.side) == (date(2021, 2, 28), "assisted")


def test_partners_are_told_by_programme_and_role_until_they_leave(world: World):
    chain, goats, _ = a_chain()
    details = {"field": "breeding", "role": "technique"}
    for project in (chain, goats):
        an_entry("industry", "partnered", project_id=project, details=details, happened_on=STARTED_ON)
    gone = an_entry("industry", "partnered", project_id=goats, details=details, happened_on=STARTED_ON)
    an_entry("industry", "left", follows_id=gone, project_id=goats, details=details, happened_on=SEPTEMBER)

    def told(day: date) -> list[tuple[str, Decimal]]:
        return [(label.en.split(":")[0], count) for label, count in partners_by_role([world.pairing_id], day)]

    assert told(SEPTEMBER - timedelta(days=1)) == [("Goats and forage · technique", Decimal(3))]
    assert told(SEPTEMBER) == [("Goats and forage · technique", Decimal(2))]
    assert told(STARTED_ON - timedelta(days=1)) == []


def test_herds_and_output_are_told_by_programme_and_item(world: World):
    chain, goats, _ = a_chain()
    base = a_base(goats)
    a_stock_taking(base, goats, date(2020, 4, 30), 280)
    a_stock_taking(base, goats, date(2020, 8, 31), 300)
    an_output(goats, date(2019, 12, 31))
    an_output(goats, date(2020, 7, 1), 80)
    an_output(chain, SEPTEMBER, 20)
    ids, goats_of_chain = [world.pairing_id], "Goats and forage · black goats"
    assert [(label.en, value) for label, value in in_stock("head")(ids, SEPTEMBER)] == [
        (goats_of_chain, Decimal(300))
    ]
    assert [(label.en, value) for label, value in produced_in_year("head")(ids, SEPTEMBER)] == [
        (goats_of_chain, Decimal(100))
    ]
    assert in_stock("mu")(ids, SEPTEMBER) == produced_in_year("kg")(ids, SEPTEMBER) == []
