"""Money followed both ways, and what rests where: exact to the fen, by funds and by single entries."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairbook.kernel.money import Money
from pairbook.kernel.periods import Period
from pairbook.kernel.texts import Text
from pairbook.projects.actions import add_project
from pairbook.register.actions import correct_entry, rebuild_totals, withdraw_entry
from pairbook.register.ageing import ages_of, by_age, carried_over, resting
from pairbook.register.models import Entry, Rest
from pairbook.register.rules import idle_class, idle_since
from pairbook.register.tracing import (
    Trace,
    funds_traced,
    money_steps,
    still_to_come,
    trace_entry,
    trace_funds,
)
from tests.world import SENT_ON, World, a_draft, an_entry

YUAN = 100


def moved(stage: str, yuan: int, follows: int, **changes: Any) -> int:
    return an_entry(stage=stage, money=Money.of(yuan), follows_id=follows, **changes)


@pytest.fixture
def chain(world: World) -> dict[str, int]:
    """1,000 sent and received; 700 assigned, 600 paid, 100 paid back and 40 of it paid again; 200 given back."""
    sent = an_entry(stage="allocated")
    received = moved("received", 1000, sent)
    assigned = moved("assigned", 700, received)
    spent = moved("spent", 600, assigned)
    refunded = moved("refunded", 100, spent)
    again = moved("spent", 40, refunded, happened_on=SENT_ON + timedelta(days=20))
    settled = moved("reimbursed", 600, spent)
    returned = moved("returned", 200, received)
    return {
        "sent": sent, "received": received, "assigned": assigned, "spent": spent, "refunded": refunded,
        "again": again, "settled": settled, "returned": returned,
    }  # fmt: skip


def yuan(trace: Trace) -> tuple[int, ...]:
    amounts = (trace.received, trace.assigned, trace.spent, trace.returned, trace.left)
    return tuple(amount // YUAN for amount in amounts)


def adds_up(trace: Trace) -> bool:
    came, went = sum(one.minor for one in trace.sources), sum(one.minor for one in trace.uses)
    return (came, went, trace.left) == (
        trace.received,
        trace.spent,
        trace.received - trace.spent - trace.returned,
    )


def test_a_fund_is_followed_to_the_last_fen(world: World, chain):
    trace = trace_funds([world.fiscal])
    assert yuan(trace) == (1000, 700, 540, 200, 260) and adds_up(trace)
    assert trace.unassigned == 100 * YUAN and trace.left_by_project() == {world.project: 160 * YUAN}


CASES = [
    # what is traced, then received, assigned, spent, returned, left
    ("sent", (1000, 700, 540, 200, 260)),
    ("received", (1000, 700, 540, 200, 260)),
    ("assigned", (700, 700, 540, 0, 160)),
    ("spent", (600, 600, 540, 0, 60)),
    ("refunded", (100, 100, 40, 0, 60)),
    ("again", (40, 40, 40, 0, 0)),
    ("settled", (600, 600, 540, 0, 60)),
    ("returned", (200, 0, 0, 200, 0)),
]


@pytest.mark.parametrize(("which", "expected"), CASES, ids=[case[0] for case in CASES])
def test_the_money_of_an_entry_adds_up_both_ways(world: World, chain, which: str, expected: tuple[int, ...]):
    found = trace_entry(chain[which])
    assert found is not None and yuan(found.money) == expected and adds_up(found.money)
    assert {one.giver_id for one in found.money.sources} == {world.giver_office}


def test_a_promise_says_how_much_of_it_has_come_in_how_many_batches(world: World):
    agreed = an_entry(stage="agreed", money=Money.of(1000))
    for sent, arrived in ((400, 400), (300, 200)):
        batch = an_entry(stage="allocated", money=Money.of(sent), follows_id=agreed)
        an_entry(money=Money.of(arrived), follows_id=batch)
    found = trace_entry(agreed)
    assert found is not None
    told = {step.label.en: step.minor // YUAN for step in money_steps(found)}
    assert told == {
        "Allocated so far": 700,
        "Arrived so far": 600,
        "Still to come": 400,
        "Assigned to projects": 0,
        "Spent, less refunds": 0,
        "Left of what arrived": 600,
    }


def test_one_batch_goes_to_several_projects_and_says_to_which(world: World):
    other = add_project(pairing_id=world.pairing_id, code="other", name=Text("另一项目", "another"), by=None)
    received = an_entry(money=Money.of(1000))
    for project, amount in ((world.project, 600), (other, 300)):
        money = Money.of(amount)
        assigned = an_entry(stage="assigned", money=money, follows_id=received, project_id=project)
        an_entry(stage="spent", money=money, follows_id=assigned, project_id=project)
    found = trace_entry(received)
    assert found is not None
    assert {one.project_id: one.minor // YUAN for one in found.money.uses} == {world.project: 600, other: 300}
    assert [step.minor // YUAN for step in money_steps(found)] == [900, 900, 100]


@pytest.mark.parametrize("which", ["spent", "refunded", "again", "settled", "returned"])
def test_what_was_taken_from_a_receipt_promises_nothing(chain, which: str):
    found = trace_entry(chain[which])
    assert found is not None and money_steps(found) == [] and still_to_come(found) is None


def test_what_an_entry_follows_is_told_first_step_first(chain):
    found = trace_entry(chain["again"])
    assert found is not None
    path = [chain[one] for one in ("sent", "received", "assigned", "spent", "refunded")]
    assert [step.id for step in found.before] == path


def test_money_of_another_allocation_of_the_same_fund_is_no_part_of_the_way(chain):
    other = an_entry(stage="spent", money=Money.of(50))
    found = trace_entry(chain["sent"])
    assert found is not None and yuan(found.money)[0] == 1000
    assert other not in {step.id for step in found.after}


def test_a_corrected_entry_is_traced_as_it_is_now(world: World, chain):
    draft = a_draft(stage="spent", money=Money.of(650), follows_id=chain["assigned"])
    newer = correct_entry(chain["spent"], draft, reason="少记 50", by=world.receiver)
    found = trace_entry(chain["spent"])
    assert found is not None and found.entry.id == newer
    assert trace_funds([world.fiscal]).spent == 590 * YUAN


def test_what_was_withdrawn_is_on_no_way(world: World, chain):
    withdraw_entry(chain["returned"], reason="录错", by=world.receiver)
    assert trace_funds([world.fiscal]).returned == 0 and trace_entry(chain["returned"]) is None


def test_a_trace_ends_on_its_day(world: World, chain):
    spent_on = Entry.objects.get(pk=chain["spent"]).happened_on
    trace = trace_funds([world.fiscal], period=Period.inclusive(date(2020, 1, 1), spent_on))
    assert yuan(trace) == (1000, 700, 600, 0, 400)


def test_what_carries_no_money_has_no_trace(world: World):
    assert trace_entry(an_entry("visits")) is None and trace_entry(999_999) is None


def test_fiscal_and_social_money_are_traced_apart(world: World, chain):
    an_entry(fund_id=world.social)
    assert funds_traced([world.pairing_id], nature="fiscal") == [world.fiscal]
    assert yuan(trace_funds(funds_traced([world.pairing_id], nature="social")))[0] == 1000


def test_what_rests_is_told_entry_by_entry(world: World, chain):
    on_the_way = an_entry(stage="allocated", money=Money.of(80))
    rows = {
        one.entry_id: (one.where, one.minor // YUAN)
        for one in resting([world.pairing_id], date(2020, 12, 31))
    }
    assert rows == {
        on_the_way: ("on_the_way", 80),
        chain["received"]: ("unassigned", 100),
        chain["assigned"]: ("unspent", 100),
        chain["refunded"]: ("unspent", 60),
    }


def test_what_was_paid_later_still_rests_on_an_earlier_day(world: World, chain):
    assigned_on = Entry.objects.get(pk=chain["assigned"]).happened_on
    held = by_age(resting([world.pairing_id], assigned_on))
    assert held["unspent"][0] == 700 * YUAN and held["unassigned"][0] == 300 * YUAN


def test_what_was_all_taken_later_still_rests_on_an_earlier_day(world: World, chain):
    sent = Entry.objects.get(pk=chain["sent"])
    assert ages_of([world.pairing_id], sent.happened_on)["on_the_way"][0] == sent.money_minor
    assert not any(ages_of([world.pairing_id], date(2020, 12, 31))["on_the_way"])


def test_a_rest_that_should_say_nothing_is_missed_and_set_right(world: World, chain):
    Rest.objects.filter(minor=0).delete()
    assert {one.built for one in rebuild_totals(write=True)} == {(0,)}
    assert rebuild_totals() == []


def test_ages_are_those_of_the_entries_of_the_funds_asked_for(world: World, chain):
    an_entry(stage="allocated", money=Money.of(80), fund_id=world.social)
    for day in (SENT_ON, date(2020, 12, 31), date(2021, 12, 31), date(2023, 1, 1)):
        rows = resting([world.pairing_id], day)
        assert ages_of([world.pairing_id], day) == by_age(rows)
        fiscal = [one for one in rows if one.fund_id == world.fiscal]
        assert ages_of([world.pairing_id], day, fund_ids=[world.fiscal]) == by_age(fiscal)
    assert not any(map(any, ages_of([world.pairing_id], date(2023, 1, 1), currency="USD").values()))


def test_money_grows_old_by_the_limits_in_force(world: World, chain):
    for years, age in ((0, 0), (1, 1), (2, 2)):
        rows = resting([world.pairing_id], date(2020 + years, 12, 31))
        assert {one.age for one in rows} == {age}


def test_what_is_carried_over_is_what_is_left_at_the_end_of_the_year(world: World, chain):
    rows = {one.project_id: one.minor // YUAN for one in carried_over([world.pairing_id], 2020)}
    assert rows == {0: 100, world.project: 160}
    assert sum(rows.values()) * YUAN == trace_funds([world.fiscal]).left


@pytest.mark.parametrize(
    ("since", "day", "age"),
    [
        (date(2020, 3, 1), date(2021, 2, 28), 0),
        (date(2020, 3, 1), date(2021, 3, 1), 1),
        (date(2020, 2, 29), date(2021, 2, 28), 1),
        (date(2020, 3, 1), date(2022, 2, 28), 1),
        (date(2020, 3, 1), date(2022, 3, 1), 2),
    ],
)
def test_a_year_is_over_on_the_same_day_of_the_next(since: date, day: date, age: int):
    assert idle_class(since, day, first_months=12, second_months=24) == age


@given(st.dates(date(2015, 1, 1), date(2030, 12, 31)), st.integers(1, 36))
def test_the_last_idle_day_is_idle_and_the_next_is_not(day: date, months: int):
    last = idle_since(day, months)
    classes = [
        idle_class(last + timedelta(days=more), day, first_months=months, second_months=999)
        for more in (0, 1)
    ]
    assert classes == [1, 0]
