"""Unit prices against agreed values, and last days: tables of cases, no database."""

from datetime import date
from decimal import Decimal

import pytest

from pairbook.assistance.goods.rules import is_borne_out, is_expired, read_price
from pairbook.kernel.money import Money
from pairbook.kernel.quantities import Quantity


@pytest.mark.parametrize(
    ("written", "price"),
    [
        ("3", "3"),
        ("3.50", "3.50"),
        ("¥1,800.00", "1800.00"),
        ("３.５元", "3.5"),
        ("0.333", "0.333"),
        ("0", None),
        ("-3", None),
        ("about 3", None),
        ("3.5.0", None),
        ("", None),
    ],
)
def test_a_price_is_read_exactly_or_not_at_all(written: str, price: str | None):
    assert read_price(written) == (None if price is None else Decimal(price))


@pytest.mark.parametrize(
    ("price", "quantity", "unit", "value", "is_right"),
    [
        ("3", 5_000, "piece", "15000", True),
        ("3", 5_000, "piece", "15000.01", True),  # 3.000002 is 3.00 to the cent
        ("3", 5_000, "piece", "15100", False),
        ("3.02", 5_000, "piece", "15100", True),
        ("6.00", 5, "t", "30000", True),  # the price of a kilogram
        ("6000", 5, "t", "30000", False),  # the price of the tonne that was typed
        ("0.33", 3, "piece", "1", True),
        ("0.334", 3, "piece", "1", False),
        ("4000", 30, "set", "123000", False),
    ],
)
def test_a_value_is_the_price_times_the_quantity(
    price: str, quantity: int, unit: str, value: str, is_right: bool
):
    assert is_borne_out(Decimal(price), Quantity.of(quantity, unit), Money.of(value)) == is_right


@pytest.mark.parametrize(
    ("day", "is_over"), [("2020-12-30", False), ("2020-12-31", False), ("2021-01-01", True)]
)
def test_on_its_last_day_a_lot_may_still_be_used(day: str, is_over: bool):
    assert is_expired(date(2020, 12, 31), date.fromisoformat(day)) == is_over
    assert not is_expired(None, date.fromisoformat(day))
