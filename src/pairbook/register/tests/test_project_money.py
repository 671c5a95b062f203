"""A project's money fund by fund: the plan beside what the book holds, and what is above the plan."""

import pytest

from pairbook.kernel.money import Money
from pairbook.projects.shapes import FundingLine
from pairbook.register.actions import withdraw_entry
from pairbook.register.project_money import money_by_fund
from tests.world import World, a_fund, an_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def spent(world: World) -> World:
    """1,000 of the fiscal fund assigned, 600 paid, 100 paid back, 200 given back; 300 of a donation assigned."""
    received = an_entry(money=Money.of(1500))
    assigned = an_entry(stage="assigned", money=Money.of(1000), follows_id=received)
    payment = an_entry(stage="spent", money=Money.of(600), follows_id=assigned)
    an_entry(stage="refunded", money=Money.of(100), follows_id=payment)
    an_entry(stage="returned", money=Money.of(200), follows_id=assigned, project_id=world.project)
    an_entry(stage="assigned", money=Money.of(300), fund_id=world.social)
    return world


def told(world: World, *planned: FundingLine) -> list[tuple[str | int | None, ...]]:
    rows = money_by_fund(world.project, [world.pairing_id], planned)
    return [
        (
            one.fund.en,
            int(one.planned.amount) if one.planned else None,
            *(int(amount.amount) for amount in (one.assigned, one.spent, one.returned, one.left)),
        )
        for one in rows
    ]


def test_each_fund_has_its_plan_and_what_became_of_it(spent: World):
    plan = (
        FundingLine("assisting_social", Money.of(500), "social-2020"),
        FundingLine("assisting_fiscal", Money.of(1000), "fiscal-2020"),
    )
    assert told(spent, *plan) == [
        ("Fund social-2020", 500, 300, 0, 0, 300),
        ("Fund fiscal-2020", 1000, 1000, 500, 200, 300),
    ]


def test_a_fund_the_plan_does_not_name_is_told_as_above_it(spent: World):
    rows = money_by_fund(
        spent.project, [spent.pairing_id], [FundingLine("assisting_fiscal", Money.of(900), "fiscal-2020")]
    )
    assert [row.above_plan for row in rows] == [Money.of(100), Money.of(300)]
    assert [row.planned for row in rows] == [Money.of(900), None]


def test_money_raised_elsewhere_is_only_planned(world: World):
    (row,) = money_by_fund(
        world.project,
        [world.pairing_id],
        [
            FundingLine("self_raised", Money.of(50)),
        ],
    )
    assert (row.is_named, row.planned, row.assigned) == (False, Money.of(50), Money(0))


def test_a_fund_nobody_assigned_is_in_the_plan_alone(world: World):
    a_fund(world.pairing_id, "fiscal-2021", year=2021)
    line = FundingLine("assisting_fiscal", Money.of(70), "fiscal-2021")
    assert told(world, line) == [("Fund fiscal-2021", 70, 0, 0, 0, 0)]


def test_what_was_withdrawn_counts_no_more(world: World):
    withdraw_entry(an_entry(stage="assigned"), reason="录错", by=world.receiver)
    assert told(world) == []
