"""Each check finds what it should, and is silent on a clean book; lots are due before they expire."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

import pytest

from pairbook.assistance.goods import households, reads
from pairbook.households.rules import PersonDraft
from pairbook.kernel.actions import set_parameter
from pairbook.kernel.clock import sample_clock
from pairbook.kernel.money import Money
from pairbook.kernel.periods import end_of_day
from pairbook.kernel.quantities import Quantity
from pairbook.register.actions import Attendance, dispute_entry, list_people
from pairbook.workspace.rules import Finding
from tests.world import World, an_entry

CHECKS = (
    reads.value_unfounded,
    reads.price_disagrees,
    reads.not_arrived,
    reads.not_distributed,
    reads.expired,
    households.more_than_listed,
    households.household_twice,
)
VALUED = {"unit_price": "3.00", "valued_by": "双方", "valued_on_basis": "发票"}
TODAY = date(2020, 9, 18)


@pytest.fixture(autouse=True)
def _on_18_september(world: World) -> Iterator[None]:
    with sample_clock(end_of_day(TODAY)):
        yield


def found(world: World, find: Callable[[Sequence[int]], list[Finding]]) -> list[int]:
    """The entries a check names."""
    findings = find([world.pairing_id, world.child_id])
    assert all(finding.said.zh and finding.said.en for finding in findings)
    return [finding.entry_id for finding in findings]


def pieces(number: int) -> Quantity:
    return Quantity.of(number, "piece")


def received(number: int = 100, **changes: Any) -> int:
    """A receipt of masks on 5 March, of a dispatch of as many."""
    return an_entry("goods", quantity=pieces(number), **changes)


def handed_out(receipt: int, number: int, *, day: date = date(2020, 3, 20), **details: Any) -> int:
    return an_entry(
        "goods", "distributed", follows_id=receipt, quantity=pieces(number), happened_on=day, details=details
    )


def listed(entry: int, world: World, *names: str) -> int:
    """The entry with these people on its list, named by household and number: `王1` and `王2` are of one household."""
    list_people(
        entry, [Attendance(PersonDraft(f"{name}甲", household=name[0])) for name in names], by=world.receiver
    )
    return entry


def test_a_clean_book_has_no_finding(world: World):
    lot = VALUED | {"expires_on": "2020-12-31"}
    sent = an_entry("goods", "sent", quantity=pieces(100), money=Money.of(300), details=lot)
    receipt = received(100, money=Money.of(300), details=lot, follows_id=sent)
    listed(handed_out(receipt, 60, households=2), world, "王", "李")
    listed(handed_out(receipt, 40, households=1), world, "赵")
    assert [find.__name__ for find in CHECKS if found(world, find)] == []


@pytest.mark.parametrize(
    ("details", "said"),
    [
        (VALUED, ""),
        ({"valued_by": "双方"}, "on what basis"),
        ({"valued_on_basis": "发票"}, "who valued it"),
        ({}, "who valued it or on what basis"),
    ],
)
def test_a_value_says_whose_it_is_and_what_it_rests_on(world: World, details: dict[str, str], said: str):
    entry = an_entry("goods", "sent", money=Money.of(300), details=details)
    findings = reads.value_unfounded([world.pairing_id])
    assert [(finding.entry_id, said in finding.said.en) for finding in findings] == (
        [(entry, True)] if said else []
    )


def test_goods_nobody_valued_need_no_basis(world: World):
    received()
    assert found(world, reads.value_unfounded) == []


@pytest.mark.parametrize(
    ("price", "is_found"), [("3", False), ("3.00", False), ("2.5", True), ("see the invoice", True)]
)
def test_a_unit_price_that_is_not_the_values_is_found(world: World, price: str, is_found: bool):
    entry = an_entry(
        "goods", "sent", quantity=pieces(100), money=Money.of(300), details=VALUED | {"unit_price": price}
    )
    assert found(world, reads.price_disagrees) == ([entry] if is_found else [])


@pytest.mark.parametrize(
    ("sent_on", "arrived", "details", "is_found"),
    [
        (date(2020, 3, 2), 100, {}, False),
        (date(2020, 3, 2), 96, {}, True),
        (date(2020, 3, 2), 96, {"loss_cause": "broken"}, False),
        (date(2020, 3, 2), 0, {}, True),
        (date(2020, 9, 1), 0, {}, False),
    ],
)
def test_a_load_received_short_is_explained(
    world: World, sent_on: date, arrived: int, details: dict[str, str], is_found: bool
):
    sent = an_entry("goods", "sent", quantity=pieces(100), happened_on=sent_on)
    if arrived:
        received(arrived, follows_id=sent, details=details)
    assert found(world, reads.not_arrived) == ([sent] if is_found else [])


def test_a_disputed_dispatch_is_known_to_be_short(world: World):
    sent = an_entry("goods", "sent", quantity=pieces(100))
    dispute_entry(sent, reason="一箱少 4 件", own_quantity=pieces(96), by=world.receiver)
    assert found(world, reads.not_arrived) == []


def test_what_an_office_keeps_too_long_is_found(world: World):
    receipt = received(100)
    handed_out(receipt, 60)
    kept_by_the_user = received(100, receiver_id=world.cooperative)
    assert found(world, reads.not_distributed) == [receipt] and kept_by_the_user
    assert "40 pieces" in reads.not_distributed([world.pairing_id])[0].said.en
    handed_out(receipt, 40)
    assert found(world, reads.not_distributed) == []


def test_how_long_is_too_long_is_a_parameter(world: World):
    received(100)
    set_parameter("goods.days_held_max", value=365, valid_from=TODAY, source="某省办法", by=None)
    assert found(world, reads.not_distributed) == []


def test_what_was_handed_out_after_its_last_day_is_found(world: World):
    receipt = received(100, details={"expires_on": "2020-03-31"})
    handed_out(receipt, 50, day=date(2020, 3, 31))
    late = handed_out(receipt, 50, day=date(2020, 4, 1))
    assert found(world, reads.expired) == [late]


def test_a_lot_left_over_when_it_expired_is_found_by_the_day_of_its_dispatch(world: World):
    sent = an_entry("goods", "sent", quantity=pieces(100), details={"expires_on": "2020-09-17"})
    receipt = received(100, follows_id=sent)
    handed_out(receipt, 70)
    assert found(world, reads.expired) == [receipt]
    assert "30 pieces" in reads.expired([world.pairing_id])[0].said.en


@pytest.mark.parametrize(
    ("names", "told", "is_found"), [("王李", 2, False), ("王李", 3, True), ("", 3, False), ("王李", 0, False)]
)
def test_more_households_than_the_list_has_are_found(world: World, names: str, told: int, is_found: bool):
    entry = listed(handed_out(received(), 60, households=told), world, *names)
    assert found(world, households.more_than_listed) == ([entry] if is_found else [])


def test_a_household_listed_again_for_the_same_lot_is_found(world: World):
    lot, other = received(100), received(100)
    listed(handed_out(lot, 40), world, "王", "李")
    again = listed(handed_out(lot, 40, day=date(2020, 4, 1)), world, "李", "赵")
    listed(handed_out(other, 40), world, "王", "李", "赵")
    assert found(world, households.household_twice) == [again]
    assert "1 of the households" in households.household_twice([world.pairing_id])[0].said.en


def test_two_people_of_one_household_on_one_list_are_found(world: World):
    entry = handed_out(received(), 40)
    people = [Attendance(PersonDraft(name, household="户1")) for name in ("王一", "王二")]
    list_people(entry, people, by=world.receiver)
    assert found(world, households.household_twice) == [entry]


@pytest.mark.parametrize(
    ("expires_on", "is_due"),
    [("2020-09-17", True), ("2020-09-18", True), ("2020-10-19", True), ("2020-10-20", False), (None, False)],
)
def test_a_lot_is_due_a_month_before_its_last_day(world: World, expires_on: str | None, is_due: bool):
    receipt = received(100, details={"expires_on": expires_on} if expires_on else {})
    dues = reads.lots_to_distribute([world.pairing_id], TODAY)
    assert [(due.entry_id, due.side) for due in dues] == ([(receipt, "assisted")] if is_due else [])


def test_a_lot_handed_out_to_the_last_is_not_due(world: World):
    handed_out(received(100, details={"expires_on": "2020-09-30"}), 100)
    assert reads.lots_to_distribute([world.pairing_id], TODAY) == []


def test_a_due_lot_names_who_has_it_and_how_much_is_left(world: World):
    handed_out(received(100, details={"expires_on": "2020-09-30"}), 75)
    (due,) = reads.lots_to_distribute([world.pairing_id], TODAY)
    assert "25 pieces" in due.said.en and "2020年9月30日" in due.said.zh and due.owner.zh


def test_households_are_told_by_item(world: World):
    receipt = received(100)
    handed_out(receipt, 40, households=4)
    handed_out(receipt, 40, households=3, day=date(2020, 4, 1))
    (row,) = households.households_by_item([world.pairing_id], TODAY)
    assert (row[0].zh, int(row[1])) == ("口罩", 7)
    assert int(households.households_by_item([world.pairing_id], date(2020, 3, 31))[0][1]) == 4
