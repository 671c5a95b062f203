"""Which papers prove a sale, which prices are odd, which invoices repeat: tables of cases, no database."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from pairbook.assistance.produce.rules import (
    Sale,
    document_key,
    is_thin,
    lacks_invoice,
    lacks_payment,
    odd_prices,
    repeated_invoices,
)

APPLES = Sale(
    entry_id=1,
    paid_on=date(2020, 9, 2),
    producer_id=7,
    yuan=Decimal(7_000),
    recognised_yuan=Decimal(0),
    item="apple",
    quantity=Decimal(1_000),
    document_no="发票 20200902",
)


def _at_prices(*prices: str, **changes: object) -> list[Sale]:
    """Sales of 1,000 kg of apples at these prices for a kg, numbered from 1."""
    return [
        replace(APPLES, entry_id=number, yuan=Decimal(price) * 1_000, **changes)  # type: ignore[arg-type]
        for number, price in enumerate(prices, start=1)
    ]


@pytest.mark.parametrize(
    ("papers", "is_proved", "is_paid"),
    [
        ({"invoice", "payment"}, True, True),
        ({"payment"}, False, True),
        ({"invoice"}, True, False),
        (set(), False, False),
    ],
)
def test_a_sale_is_proved_by_its_invoice_and_by_its_payment(papers: set[str], is_proved: bool, is_paid: bool):
    sale = replace(APPLES, papers=frozenset(papers))
    assert (not lacks_invoice(sale), not lacks_payment(sale)) == (is_proved, is_paid)


@pytest.mark.parametrize(
    ("prices", "odd"),
    [
        (("7.0", "7.2", "6.8", "7.1"), []),
        (("7.0", "7.0", "7.0", "10.5"), []),  # half more is still within the margin
        (("7.0", "7.0", "7.0", "10.6"), [4]),
        (("7.0", "7.0", "7.0", "3.4"), [4]),
        (("7.0", "7.0", "30.0"), []),  # three sales tell no usual price
    ],
)
def test_a_price_is_held_against_the_usual_one_of_its_year(prices: tuple[str, ...], odd: list[int]):
    assert [one.sale.entry_id for one in odd_prices(_at_prices(*prices), percent_max=50)] == odd


def test_prices_of_another_year_or_product_are_no_measure():
    usual = _at_prices("7.0", "7.0", "7.0")
    last_year = _at_prices("30.0", paid_on=date(2019, 9, 2))
    lilies = _at_prices("65.0", item="day-lily")
    assert odd_prices([*usual, *last_year, *lilies], percent_max=50) == []


def test_how_far_a_price_is_off_is_told_with_its_sign():
    (dear,) = odd_prices(_at_prices("7.0", "7.0", "7.0", "14.0"), percent_max=50)
    (cheap,) = odd_prices(_at_prices("7.0", "7.0", "7.0", "0.7"), percent_max=50)
    assert (dear.percent, cheap.percent) == (100, -90)


def test_a_sale_without_quantity_has_no_price():
    assert replace(APPLES, quantity=None).price is None and replace(APPLES, item="").price is None


@pytest.mark.parametrize(
    ("one", "other"), [("No.12200041", "no. 12200041"), ("发票 ００１２", "发票0012"), (" A 1 ", "a1")]
)
def test_numbers_are_compared_without_blanks_width_and_case(one: str, other: str):
    assert document_key(one) == document_key(other)


def test_each_later_use_of_an_invoice_names_the_first():
    sales = [replace(APPLES, entry_id=number) for number in (1, 2, 3)]
    unnumbered = [replace(APPLES, entry_id=number, document_no="") for number in (4, 5)]
    assert [
        (later.entry_id, first.entry_id) for later, first in repeated_invoices([*sales, *unnumbered])
    ] == [
        (2, 1),
        (3, 1),
    ]


@pytest.mark.parametrize(("sold", "thin"), [(0, True), (19_999, True), (20_000, False)])
def test_a_hundred_households_need_sales_behind_each(sold: int, thin: bool):
    assert is_thin(sold_yuan=Decimal(sold), households=Decimal(100), yuan_min=200) == thin
