"""Quantities: customary units convert without loss, unlike things do not add up."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairbook.kernel.quantities import STEPS_MAX, UNITS, Quantity, unit_named

# Source of each: State Council order of 1984 on legal units (斤, 亩), and 1 ha = 10,000 m² = 15 亩.
CONVERSIONS = [
    ("2", "jin", "kg", "1"),
    ("1", "t", "jin", "2000"),
    ("1", "jin", "liang", "10"),
    ("1", "ha", "mu", "15"),
    ("1", "ha", "m2", "10000"),
    ("3", "mu", "m2", "2000"),
    ("0.0003", "mu", "m2", "0.2"),
    ("73300", "mu", "m2", "48866666.66666666666666666667"),
    ("10.5", "t", "kg", "10500"),
    ("0.5", "l", "ml", "500"),
]


@pytest.mark.parametrize(("amount", "unit", "other", "expected"), CONVERSIONS)
def test_customary_units_convert(amount: str, unit: str, other: str, expected: str):
    assert Quantity.of(amount, unit).amount_in(other) == Decimal(expected)


@given(st.sampled_from(sorted(UNITS)), st.integers(min_value=1, max_value=10**9))
def test_whole_amounts_of_every_unit_come_back_exactly(unit: str, amount: int):
    assert Quantity.of(amount, unit).amount_in(unit) == amount


@given(
    st.integers(min_value=0, max_value=10**9),
    st.lists(st.sampled_from(["kg", "jin", "liang", "t", "g"]), max_size=8),
)
def test_the_order_of_adding_weights_does_not_matter(amount: int, units: list[str]):
    start = Quantity.of(amount, "kg")
    there = back = start
    for unit in units:
        there = there + Quantity.of(amount, unit)
    for unit in reversed(units):
        back = back + Quantity.of(amount, unit)
    assert there == back


@pytest.mark.parametrize(("amount", "unit"), [("0.5", "person"), ("1.2", "piece"), ("0.0005", "kg")])
def test_an_amount_finer_than_the_unit_is_refused(amount: str, unit: str):
    with pytest.raises(ValueError, match="finer than the book can hold"):
        Quantity.of(amount, unit)


def test_an_amount_too_large_for_the_column_is_refused():
    with pytest.raises(ValueError, match="more than a book can hold"):
        Quantity.of(STEPS_MAX, "t")


def test_persons_and_person_times_do_not_add_up():
    with pytest.raises(ValueError, match="different things"):
        Quantity.of(3, "person") + Quantity.of(3, "person-time")


def test_a_weight_cannot_be_told_in_mu():
    with pytest.raises(ValueError, match="cannot be told in"):
        Quantity.of(3, "kg").amount_in("mu")


@pytest.mark.parametrize(
    ("written", "code"),
    [("公斤", "kg"), ("千克", "kg"), ("斤", "jin"), ("亩", "mu"), (" KG ", "kg"), ("人次", "person-time")],
)
def test_units_are_known_by_the_words_people_write(written: str, code: str):
    unit = unit_named(written)
    assert unit is not None and unit.code == code


def test_a_bag_is_no_unit():
    assert unit_named("袋") is None


@pytest.mark.parametrize("unit", sorted(UNITS))
def test_every_unit_has_a_base_unit_it_is_a_whole_number_of_steps_of(unit: str):
    base = UNITS[UNITS[unit].base]
    assert base.base == base.code and UNITS[unit].steps >= 1
