"""Periods: half-open inside, both days counted where a person says them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairbook.kernel.periods import Period, day_of, end_of_day, month_of, next_month, year_of, year_to

days = st.dates(min_value=date(1981, 1, 1), max_value=date(2100, 12, 31))


@given(days, days)
def test_both_days_of_an_inclusive_period_are_inside(one: date, other: date):
    period = Period.inclusive(min(one, other), max(one, other))
    assert one in period and other in period


@given(days, days, days)
def test_every_day_of_a_period_cut_in_two_lies_in_exactly_one_half(one: date, other: date, day: date):
    start, cut, end = sorted((one, other, one + timedelta(days=400)))
    halves = Period(start, cut), Period(cut, end)
    assert sum(day in half for half in halves) == (day in Period(start, end))


@given(days, days, days, days)
def test_overlapping_does_not_depend_on_who_is_asked(a: date, b: date, c: date, d: date):
    one, other = Period(min(a, b), max(a, b)), Period(min(c, d), max(c, d))
    assert one.overlaps(other) == other.overlaps(one)


@given(days)
def test_the_months_follow_each_other_without_a_gap(day: date):
    assert (
        month_of(next_month(day)) == next_month(day)
        and (next_month(day) - timedelta(days=1)).month == day.month
    )


def test_a_period_cannot_end_before_it_starts():
    with pytest.raises(ValueError, match="cannot end"):
        Period(date(2020, 2, 1), date(2020, 1, 1))


def test_a_year_ends_on_31_december():
    assert year_of(2020).last == date(2020, 12, 31)


def test_the_year_to_a_day_begins_on_1_january():
    assert year_to(date(2020, 9, 18)) == Period(date(2020, 1, 1), date(2020, 9, 19))


def test_the_end_of_a_day_is_its_end_in_shanghai():
    assert end_of_day(date(2020, 9, 18)).astimezone(UTC).isoformat() == "2020-09-18T15:59:59.999999+00:00"


def test_late_evening_utc_is_the_next_day_in_the_book():
    assert day_of(datetime(2020, 9, 18, 17, 0, tzinfo=UTC)) == date(2020, 9, 19)
