"""Qualifiers, digits, magnitudes, rates and units, as tables of cases."""

from decimal import Decimal

import pytest

from pairbook.bulletins.exchange_rates import yuan_per_dollar
from pairbook.bulletins.growth import base_year, signed
from pairbook.bulletins.rules import (
    PARAMETERS,
    bears_growth,
    is_borne_out,
    is_misleading,
    is_reproduced,
    is_rounded,
    limits_of,
    magnitude_slip,
    may_be_same,
    rates_possible,
    surely_below,
    unit_fits,
)
from pairbook.bulletins.tests.known import LIMITS, claim_of, claims_of


@pytest.mark.parametrize(
    ("text", "booked", "is_true", "misleads"),
    [
        ("静海区捐赠消毒液10余吨。", "10400", True, False),
        ("静海区捐赠消毒液10余吨。", "9800", False, False),
        ("静海区捐赠消毒液10余吨。", "25000", True, True),
        ("Jinghai donated more than 10 tons of disinfectant.", "10000", False, False),
        ("Jinghai trained up to 360 farmers.", "360", True, False),
        ("Jinghai trained up to 360 farmers.", "107", True, True),
        ("Jinghai trained up to 360 farmers.", "361", False, False),
        ("静海区选派专业技术人才113名。", "113", True, False),
        ("静海区选派专业技术人才113名。", "112", False, False),
        ("静海区选派专业技术人才约110名。", "113", True, False),
        ("静海区选派专业技术人才近120名。", "113", False, False),
        ("静海区选派专业技术人才近115名。", "113", True, False),
        ("静海区选派专业技术人才不少于113名。", "113", True, False),
        ("静海区选派专业技术人才110至120名。", "113", True, False),
        ("静海区选派专业技术人才110至120名。", "121", False, False),
        ("One in seven of the county's rural people was poor.", "13.8", True, False),
        ("One in seven of the county's rural people was poor.", "12.5", False, False),
        ("One in three of the county's rural people was poor.", "31", False, False),
    ],
)
def test_a_qualifier_is_judged_by_the_books_value(text: str, booked: str, is_true: bool, misleads: bool):
    claim, _ = claim_of(text)
    value = Decimal(booked)
    assert (is_borne_out(claim, value), is_true and is_misleading(claim, value, LIMITS)) == (
        is_true,
        misleads,
    )


@pytest.mark.parametrize(
    ("text", "value", "is_source"),
    [
        ("到天津就业400多人。", "406", True),
        ("到天津就业400多人。", "900", False),
        ("到天津就业400多人。", "400", True),
        ("到天津就业406人。", "406", True),
        ("到天津就业406人。", "407", False),
    ],
)
def test_a_neighbour_must_lie_close_to_be_where_a_number_came_from(text: str, value: str, is_source: bool):
    assert is_reproduced(claim_of(text)[0], Decimal(value)) == is_source


@pytest.mark.parametrize(
    ("text", "booked", "is_it"),
    [
        ("静海区安排财政帮扶资金5420万元。", "54160000", False),
        ("Jinghai provided 54.2 million yuan in fiscal funds.", "54160000", True),
        ("Jinghai provided 54.3 million yuan in fiscal funds.", "54160000", False),
        ("Jinghai provided about 54.2 million yuan in fiscal funds.", "54160000", False),
        ("静海区选派专业技术人才113名。", "113.4", False),
    ],
)
def test_a_rounded_number_is_known_by_the_digits_printed(text: str, booked: str, is_it: bool):
    assert is_rounded(claim_of(text)[0], Decimal(booked)) == is_it


@pytest.mark.parametrize(
    ("text", "factor"),
    [
        ("静海区安排财政帮扶资金5416元。", 10_000),
        ("Jinghai provided 54.16 billion yuan in fiscal funds.", Decimal("0.001")),
        ("静海区安排财政帮扶资金5417元。", None),
    ],
)
def test_a_slip_of_magnitude_is_told_by_how_many_times(text: str, factor: Decimal | int | None):
    assert magnitude_slip(claim_of(text)[0], Decimal(54_160_000)) == factor


@pytest.mark.parametrize(
    ("text", "is_possible", "rate"),
    [
        ("静海区安排财政帮扶资金5416万元（约合800万美元）。", True, "6.77"),
        ("静海区安排财政帮扶资金5416万元（约合8000万美元）。", False, "0.68"),
        ("Jinghai provided 54.16 million yuan ($5.1 million) in fiscal funds.", False, "10.62"),
    ],
)
def test_a_conversion_is_judged_by_whether_its_rate_is_possible(text: str, is_possible: bool, rate: str):
    (yuan, _), (dollars, _) = claims_of(text)
    assert rates_possible(yuan, dollars, LIMITS) == (is_possible, Decimal(rate))


@pytest.mark.parametrize(("year", "is_possible"), [(2006, False), (2014, True), (2018, True), (2024, False)])
def test_a_rate_is_held_against_its_own_year(year: int, is_possible: bool):
    """1 million yuan for $160,000 is 6.25: right about 2014, off by more than a tenth in 2006 and 2024."""
    values = {one.code: one.value for one in PARAMETERS}
    limits = limits_of(values, yuan_per_dollar=yuan_per_dollar(year))
    (yuan, _), (dollars, _) = claims_of("财政帮扶资金100.00万元（约合16.00万美元）。")
    assert rates_possible(yuan, dollars, limits)[0] == is_possible


def test_years_outside_the_table_are_held_against_the_nearest():
    assert yuan_per_dollar(1990) == yuan_per_dollar(2005) and yuan_per_dollar(2100) == yuan_per_dollar(2025)


@pytest.mark.parametrize(
    ("claimed", "booked", "fits"),
    [
        ("person", "person", True),
        ("person", "person-time", False),
        ("household", "person", False),
        ("piece", "set", True),
        ("piece", "kg", False),
        ("USD", "CNY", False),
        ("other:workshop", "workshop", True),
        ("other:workshop", "CNY", False),
        (None, "piece", True),
    ],
)
def test_units_that_count_different_things_do_not_fit(claimed: str | None, booked: str, fits: bool):
    assert unit_fits(claimed, booked) == fits


@pytest.mark.parametrize(
    ("one", "other", "same", "below"),
    [
        ("财政帮扶资金5416万元。", "财政帮扶资金5406.5万元。", False, False),
        ("财政帮扶资金5406.5万元。", "财政帮扶资金5416万元。", False, True),
        ("Jinghai provided 54.2 million yuan.", "财政帮扶资金5416万元。", True, False),
        ("就业500多人。", "就业550余人。", True, False),
        ("就业480人。", "就业500多人。", False, True),
        ("就业近500人。", "就业500人。", True, False),
        ("就业约500人。", "就业520人。", True, False),
        ("就业300至500人。", "就业450人。", True, False),
        ("培训至多360人。", "培训200人。", True, False),
        ("就业22人。", "就业23人。", False, True),
    ],
)
def test_two_texts_may_tell_the_same_number(one: str, other: str, same: bool, below: bool):
    first, second = claim_of(one)[0], claim_of(other)[0]
    assert (may_be_same(first, second), surely_below(first, second)) == (same, below)


@pytest.mark.parametrize(
    ("text", "computed", "holds"),
    [
        ("2020年销售农产品同比增长12%。", "12.4", True),
        ("2020年销售农产品同比增长12%。", "12.6", False),
        ("2020年销售农产品同比增长12.5%。", "12.46", True),
        ("2020年销售农产品同比增长12%。", "-12", False),
        ("2020年销售农产品同比下降12%。", "-12.3", True),
        ("2020年销售农产品同比增长超过12%。", "15", True),
        ("Sales of farm produce fell by 12 percent on last year.", "-12", True),
    ],
)
def test_growth_is_held_to_its_last_digit_and_its_way(text: str, computed: str, holds: bool):
    claim, around = claim_of(text)
    assert bears_growth(claim, signed(claim, around), Decimal(computed)) == holds


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2020年销售农产品同比增长12%。", 2019),
        ("2020年销售农产品比2018年增长12%。", 2018),
        ("Sales of farm produce were up 12 percent on last year.", 2019),
        ("Sales of farm produce were up 12 percent from 2017.", 2017),
        ("2020年销售农产品增长12%。", None),
    ],
)
def test_growth_is_counted_from_the_year_the_words_name(text: str, year: int | None):
    claim, around = claim_of(text)
    assert base_year(claim, around, 2020) == year
