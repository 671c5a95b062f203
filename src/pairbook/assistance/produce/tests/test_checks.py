"""Each check of sales finds what it should and is silent on a clean book; recognitions that end are due."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pairbook.assistance.produce.checks import CHECKS
from pairbook.assistance.produce.reads import recognitions_that_end, sales_by_channel
from pairbook.assistance.produce.tests.entries import a_listing, a_sale, of_apples
from pairbook.kernel.money import Money
from pairbook.kernel.problems import Rejected
from pairbook.kernel.quantities import Quantity
from pairbook.register.actions import withdraw_entry
from tests.world import World, an_entry

pytestmark = pytest.mark.usefixtures("world")


def _found(world: World, code: str) -> list[int]:
    check = next(one for one in CHECKS.checks if one.code == f"produce.{code}")
    return [finding.entry_id for finding in check.find([world.pairing_id])]


def _households(count: int, **changes: Any) -> int:
    return an_entry("produce", "gained", quantity=Quantity.of(count, "household"), **changes)


def _paid_twice_on_one_invoice() -> list[int]:
    a_sale(document_no="No.12200041")
    return [a_sale(document_no="no. 12200041")]


def _told_as_recognised_before_it_was() -> list[int]:
    early = a_sale(happened_on=date(2020, 3, 1), of_which=Money.of(100))
    a_listing("甲牌苹果", happened_on=date(2020, 3, 2))
    a_sale(happened_on=date(2020, 3, 2), of_which=Money.of(100), document_no="2")
    return [early]


def _told_as_recognised_after_it_ran_out() -> list[int]:
    a_listing("甲牌苹果", valid_until="2020-06-30")
    a_sale(happened_on=date(2020, 6, 30), of_which=Money.of(100))
    return [a_sale(happened_on=date(2020, 7, 1), of_which=Money.of(100), document_no="2")]


def _told_as_recognised_after_it_left_the_list() -> list[int]:
    listed = a_listing("甲牌苹果")
    an_entry(
        "produce", "expired", follows_id=listed, happened_on=date(2020, 7, 1), details={"product": "甲牌苹果"}
    )
    return [a_sale(happened_on=date(2020, 7, 1), of_which=Money.of(100))]


def _one_dear_load() -> list[int]:
    for number in range(4):
        of_apples(yuan=7_000, kg=1_000, document_no=str(number))
    return [of_apples(yuan=11_000, kg=1_000, document_no="dear")]


def _more_households_than_sales_feed() -> list[int]:
    a_sale(money=Money.of(19_999))
    return [_households(100)]


CASES: list[tuple[str, Callable[[], list[int]]]] = [
    ("no_proof", lambda: [a_sale(papers=())]),
    ("no_proof", lambda: [a_sale(papers=("payment",))]),
    ("no_proof", lambda: [a_sale(papers=("invoice",))]),
    ("invoice_twice", _paid_twice_on_one_invoice),
    ("not_recognised", lambda: [a_sale(of_which=Money.of(100))]),
    ("not_recognised", _told_as_recognised_before_it_was),
    ("not_recognised", _told_as_recognised_after_it_ran_out),
    ("not_recognised", _told_as_recognised_after_it_left_the_list),
    ("listed_twice", lambda: [a_listing("甲牌 苹果"), a_listing("甲牌苹果")][1:]),
    ("odd_price", _one_dear_load),
    ("households", lambda: [_households(1)]),
    ("households", _more_households_than_sales_feed),
]


@pytest.mark.parametrize(("code", "make"), CASES, ids=[code for code, _ in CASES])
def test_a_check_finds_what_it_should(world: World, code: str, make: Callable[[], list[int]]):
    assert make() == _found(world, code)


def test_a_clean_book_is_silent(world: World):
    a_listing("甲牌苹果")
    a_listing("甲牌苹果脆片")
    for number in range(4):
        of_apples(yuan=7_000, kg=1_000, document_no=str(number), of_which=Money.of(7_000))
    a_sale(document_no="订单 4")
    _households(100)
    assert [found for check in CHECKS.checks for found in check.find([world.pairing_id])] == []


def test_a_withdrawn_sale_is_asked_about_no_more(world: World):
    withdraw_entry(a_sale(papers=()), reason="重复录入", by=world.giver)
    assert _found(world, "no_proof") == []


def test_what_is_found_is_said_in_both_languages(world: World):
    for _, make in CASES:
        make()
    for check in CHECKS.checks:
        for finding in check.find([world.pairing_id]):
            assert finding.said.zh.endswith("。") and finding.said.en.endswith(".")


def test_more_than_was_contracted_is_not_paid(world: World):
    contract = an_entry("produce", "contracted", money=Money.of(1_000))
    an_entry("produce", "paid", money=Money.of(600), follows_id=contract)
    with pytest.raises(Rejected) as refused:
        an_entry("produce", "paid", money=Money.of(401), follows_id=contract)
    assert [problem.code for problem in refused.value.problems] == ["entry.more_than_followed"]


def test_a_product_leaves_the_list_once(world: World):
    listed, details = a_listing("甲牌苹果"), {"product": "甲牌苹果"}
    an_entry("produce", "expired", follows_id=listed, details=details)
    with pytest.raises(Rejected):
        an_entry("produce", "expired", follows_id=listed, details=details)


@pytest.mark.parametrize(
    ("valid_until", "is_due"), [("2020-09-17", True), ("2020-10-19", True), ("2020-10-20", False)]
)
def test_a_recognition_is_due_a_month_before_it_ends(world: World, valid_until: str, is_due: bool):
    a_listing("甲牌苹果", valid_until=valid_until)
    due = recognitions_that_end([world.pairing_id], date(2020, 9, 18))
    assert [one.due_on.isoformat() for one in due] == [valid_until] * is_due
    assert all(one.side == "assisted" and one.owner.zh for one in due)


def test_a_product_off_the_list_is_due_no_more(world: World):
    listed = a_listing("甲牌苹果", valid_until="2020-09-30")
    an_entry("produce", "expired", follows_id=listed, details={"product": "甲牌苹果"})
    assert recognitions_that_end([world.pairing_id], date(2020, 9, 18)) == []


def test_channels_are_told_apart_for_the_year_the_largest_first(world: World):
    for day, channel, yuan in (
        (date(2019, 12, 31), "hall", 9_000),
        (date(2020, 1, 1), "hall", 300),
        (date(2020, 9, 18), "canteen", 500),
        (date(2020, 9, 19), "canteen", 70),
    ):
        a_sale(happened_on=day, money=Money.of(yuan), details={"how": "bought", "channel": channel})
    rows = sales_by_channel([world.pairing_id], date(2020, 9, 18))
    assert [(label.en, value) for label, value in rows] == [("canteen", Decimal(500)), ("hall", Decimal(300))]
