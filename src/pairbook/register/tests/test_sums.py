"""Sums by facet: the running totals and the entries themselves give one answer, and the past comes back exactly."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pairbook.kernel import clock
from pairbook.kernel.money import Money
from pairbook.kernel.periods import Period, year_of
from pairbook.kernel.quantities import Quantity
from pairbook.register.actions import confirm_entry, correct_entry, withdraw_entry
from pairbook.register.reads import open_entry
from pairbook.register.sums import Sums, first_and_last_day, stage_counts, sums
from tests.world import (
    World,
    a_confirmed_entry,
    a_draft,
    an_entry,
    an_entry_with_a_paper,
    answerer_of,
    recorder_of,
)

days = st.dates(min_value=date(2019, 11, 15), max_value=date(2020, 6, 20))


def _at(day: int, hour: int = 9) -> datetime:
    """A moment in March 2020."""
    return datetime(2020, 3, day, hour, tzinfo=UTC)


def _total(rows: list[Sums], **facets: str) -> int:
    return sum(
        row.money_minor for row in rows if all(getattr(row, name) == value for name, value in facets.items())
    )


@pytest.fixture
def half_a_year(world: World) -> World:
    """Entries of every sort on scattered days: signed, with papers, corrected, withdrawn, in the child pairing too."""
    for number, day in enumerate((3, 30, 31, 60, 92, 178)):
        happened_on = date(2019, 12, 1) + timedelta(days=day)
        build = (an_entry, a_confirmed_entry, an_entry_with_a_paper)[number % 3]
        fund = (world.fiscal, world.social)[number % 2]
        build(happened_on=happened_on, money=Money.of(100 + number), fund_id=fund)
        build(
            "goods",
            happened_on=happened_on,
            quantity=Quantity.of(number + 1, "piece"),
            campaign_code="covid-19",
        )
        build("visits", happened_on=happened_on)
    an_entry("visits", pairing_id=world.child_id, happened_on=date(2020, 2, 2))
    _correct(
        a_confirmed_entry(stage="allocated", happened_on=date(2020, 1, 31)), happened_on=date(2020, 2, 1)
    )
    withdraw_entry(an_entry("visits", happened_on=date(2020, 3, 31)), reason="重复", by=world.giver)
    return world


def _correct(entry_id: int, **changes: object) -> int:
    opened = open_entry(entry_id)
    assert opened is not None
    draft = replace(opened.state.draft, **changes)  # type: ignore[arg-type]
    return correct_entry(entry_id, draft, reason="录入有误", by=recorder_of(draft))


@settings(max_examples=25)
@given(days, days)
def test_totals_and_entries_give_the_same_sums_for_any_period(half_a_year: World, one: date, other: date):
    period = Period(min(one, other), max(one, other))
    scope = [half_a_year.pairing_id, half_a_year.child_id]
    by_totals = sums(scope, period)
    by_entries = sums(scope, period, known_at=clock.now())
    assert sorted(by_totals, key=repr) == sorted(by_entries, key=repr)


@settings(max_examples=15)
@given(days, days, days)
def test_a_period_is_the_sum_of_its_parts(half_a_year: World, one: date, cut: date, other: date):
    start, middle, end = sorted((one, cut, other))
    scope = [half_a_year.pairing_id]
    parts = _total(sums(scope, Period(start, middle))) + _total(sums(scope, Period(middle, end)))
    assert parts == _total(sums(scope, Period(start, end)))


def test_one_kind_can_be_asked_alone(half_a_year: World):
    rows = sums([half_a_year.pairing_id], year_of(2020), kinds=["visits"])
    assert {row.kind for row in rows} == {"visits"}


def test_a_child_is_counted_only_where_it_is_asked_for(half_a_year: World):
    def visits(scope: list[int]) -> int:
        return sum(row.entries for row in sums(scope, year_of(2020), kinds=["visits"]))

    assert visits([half_a_year.pairing_id, half_a_year.child_id]) == visits([half_a_year.pairing_id]) + 1


def test_fiscal_and_social_money_never_share_a_row(half_a_year: World):
    rows = [
        row
        for row in sums([half_a_year.pairing_id], year_of(2020), kinds=["funds"])
        if row.stage == "received"
    ]
    # 100 to 105 yuan on six days, fiscal and social by turns; the first two days are still of 2019.
    fiscal, social = _total(rows, nature="fiscal"), _total(rows, nature="social")
    assert (fiscal, social) == ((102 + 104) * 100, (103 + 105) * 100)


def test_the_entries_of_a_stage_are_counted_as_sums_count_them(half_a_year: World):
    scope = [half_a_year.pairing_id, half_a_year.child_id]
    rows = sums(scope, Period(date(2019, 1, 1), date(2021, 1, 1)))
    for count in stage_counts(scope):
        alike = [row for row in rows if (row.kind, row.stage) == (count.kind, count.stage)]
        assert (count.entries, count.confirmed_entries, count.with_papers) == (
            sum(row.entries for row in alike),
            sum(row.confirmed_entries for row in alike),
            sum(row.with_papers for row in alike),
        )
    assert sum(count.entries for count in stage_counts(scope)) == sum(row.entries for row in rows) > 0


def test_the_first_and_last_day_are_those_of_entries_that_count(half_a_year: World):
    assert first_and_last_day([half_a_year.pairing_id]) == (date(2019, 12, 4), date(2020, 5, 27))


def test_an_empty_book_has_no_first_day(world: World):
    assert first_and_last_day([world.pairing_id]) is None and sums([world.pairing_id], year_of(2020)) == []


def test_the_state_before_a_correction_comes_back_exactly(world: World):
    with clock.sample_clock(_at(10)):
        first = a_confirmed_entry(stage="allocated")
        before = sums([world.pairing_id], year_of(2020))
    with clock.sample_clock(_at(12)):
        _correct(first, money=Money.of(777))
    assert sums([world.pairing_id], year_of(2020), known_at=_at(11)) == before
    assert _total(sums([world.pairing_id], year_of(2020))) == 77_700


def test_the_state_before_a_withdrawal_comes_back_exactly(world: World):
    with clock.sample_clock(_at(10)):
        first = an_entry(stage="allocated")
        before = sums([world.pairing_id], year_of(2020))
    with clock.sample_clock(_at(12)):
        withdraw_entry(first, reason="重复", by=world.giver)
    assert sums([world.pairing_id], year_of(2020), known_at=_at(11)) == before
    assert sums([world.pairing_id], year_of(2020)) == []


def test_a_signature_counts_from_its_moment(world: World):
    draft = a_draft(stage="allocated")
    with clock.sample_clock(_at(10)):
        sent = an_entry(stage="allocated")
    with clock.sample_clock(_at(12)):
        confirm_entry(sent, by=answerer_of(draft))
    known = [sums([world.pairing_id], year_of(2020), known_at=_at(day)) for day in (9, 11, 13)]
    assert [[row.confirmed_entries for row in rows] for rows in known] == [[], [0], [1]]


def test_a_paper_counts_from_its_moment(world: World):
    with clock.sample_clock(_at(10)):
        an_entry_with_a_paper(stage="allocated")
    (row,) = sums([world.pairing_id], year_of(2020), known_at=_at(10))
    assert row.with_papers == 1 and sums([world.pairing_id], year_of(2020), known_at=_at(10, hour=8)) == []
