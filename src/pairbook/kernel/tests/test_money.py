"""Money: exact in, exact out, and its parts sum to the whole."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairbook.kernel.money import MINOR_MAX, Money, sum_money

amounts = st.integers(min_value=-MINOR_MAX, max_value=MINOR_MAX)
weights = st.lists(st.integers(min_value=0, max_value=10**6), min_size=1, max_size=20).filter(any)


@given(amounts, weights)
def test_shares_sum_to_the_whole(minor: int, parts: list[int]):
    assert sum_money(Money(minor).split(parts)) == Money(minor)


@given(amounts, weights)
def test_no_share_is_a_whole_fen_off_its_due(minor: int, parts: list[int]):
    shares = Money(minor).split(parts)
    assert all(
        abs(share.minor * sum(parts) - minor * weight) < sum(parts)
        for share, weight in zip(shares, parts, strict=True)
    )


@given(st.lists(amounts.map(Money), max_size=20), st.randoms(use_true_random=False))
def test_a_sum_does_not_depend_on_the_order(values: list[Money], random):
    shuffled = random.sample(values, len(values))
    assert sum_money(shuffled) == sum_money(values)


@given(amounts)
def test_an_amount_in_yuan_reads_back_as_the_same_money(minor: int):
    assert Money.of(Money(minor).amount) == Money(minor)


@given(amounts, amounts)
def test_taking_away_undoes_adding(one: int, other: int):
    assert Money(one) + Money(other) - Money(other) == Money(one)


@pytest.mark.parametrize("written", ["1.005", "0.001", "12.3456"])
def test_an_amount_with_three_decimals_is_not_rounded_but_refused(written: str):
    with pytest.raises(ValueError, match="smaller than the currency has"):
        Money.of(written)


@pytest.mark.parametrize("written", ["", "twelve", "1,000", "NaN", "Infinity", "１．５元"])
def test_what_is_no_amount_is_refused(written: str):
    with pytest.raises(ValueError, match=r"is not an amount|parts smaller"):
        Money.of(written)


def test_an_amount_too_large_for_the_column_is_refused():
    with pytest.raises(ValueError, match="more than a book can hold"):
        Money.of(Decimal(MINOR_MAX) + 1)


def test_an_amount_may_be_written_with_trailing_noughts():
    assert Money.of("12.500") == Money(1250)


def test_money_of_different_currencies_does_not_add_up():
    with pytest.raises(ValueError, match="do not add up without a rate"):
        Money(1, "CNY") + Money(1, "USD")


def test_money_of_different_currencies_has_no_order():
    with pytest.raises(ValueError, match="do not add up"):
        sorted([Money(2, "CNY"), Money(1, "USD")])


def test_a_float_is_no_money():
    with pytest.raises(AssertionError):
        Money(1.0)  # type: ignore[arg-type]


def test_yen_has_no_minor_unit():
    with pytest.raises(ValueError, match="smaller than the currency has"):
        Money.of("1.5", "JPY")


def test_nothing_sums_to_nothing_of_the_currency_asked_for():
    assert sum_money([], "USD") == Money(0, "USD")


@pytest.mark.parametrize("parts", [[], [0, 0], [1, -1]])
def test_weights_that_share_nothing_out_are_refused(parts: list[int]):
    with pytest.raises(ValueError, match="weights"):
        Money(100).split(parts)
