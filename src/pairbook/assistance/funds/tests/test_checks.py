"""Idle money, money only one side vouches for, money without papers: found, and due before the limit."""

from datetime import date, timedelta

import pytest

from pairbook.assistance.funds.checks import idle, idle_long, money_to_move, one_sided, undocumented
from pairbook.kernel import clock
from pairbook.kernel.money import Money
from pairbook.kernel.periods import months_after
from tests.world import World, a_confirmed_entry, an_entry, an_entry_with_a_paper


def received(world: World, months_ago: int, **changes) -> int:
    return an_entry(happened_on=months_after(clock.today(), -months_ago), **changes)


@pytest.mark.parametrize(
    ("months", "is_idle", "is_long"), [(11, False, False), (13, True, False), (25, False, True)]
)
def test_money_is_idle_by_its_age(world: World, months: int, is_idle: bool, is_long: bool):
    entry = received(world, months)
    pairings = [world.pairing_id]
    assert [one.entry_id for one in idle(pairings)] == ([entry] if is_idle else [])
    assert [one.entry_id for one in idle_long(pairings)] == ([entry] if is_long else [])


def test_what_rests_of_money_is_said_with_its_amount(world: World):
    entry = received(world, 13)
    an_entry(stage="assigned", money=Money.of(400), follows_id=entry, happened_on=clock.today())
    (found,) = idle([world.pairing_id])
    assert "600.00 yuan" in found.said.en and "received, not assigned" in found.said.en


def test_money_is_due_a_month_before_the_limit_to_whoever_holds_it(world: World):
    entry = received(world, 11)
    (due,) = money_to_move([world.pairing_id], clock.today())
    assert (due.entry_id, due.side) == (entry, "assisted")
    assert money_to_move([world.pairing_id], clock.today() - timedelta(days=90)) == []


def test_money_under_way_is_due_to_its_giver(world: World):
    an_entry(stage="allocated", happened_on=months_after(clock.today(), -12))
    (due,) = money_to_move([world.pairing_id], clock.today())
    assert due.side == "assisting"


def test_what_the_other_side_did_not_answer_in_time_is_found(world: World):
    a_confirmed_entry("funds", "allocated")
    late = an_entry(stage="allocated")
    an_entry(stage="allocated", happened_on=clock.today())
    assert [one.entry_id for one in one_sided([world.pairing_id])] == [late]


def test_money_without_any_paper_is_found(world: World):
    an_entry_with_a_paper("funds", "allocated")
    bare = an_entry(stage="allocated", happened_on=date(2020, 5, 1))
    assert [one.entry_id for one in undocumented([world.pairing_id])] == [bare]
