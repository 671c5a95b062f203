"""Figures of closed months stay; what was corrected since counts in the open month, and is told there."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from pairbook.indicators.opening import open_figure
from pairbook.indicators.reads import address_of, course_of, figure, scope_of
from pairbook.kernel import clock
from pairbook.kernel.money import Money
from pairbook.register.actions import correct_entry, withdraw_entry
from pairbook.register.known import entry_state
from tests.world import PROGRAMME, World, a_closed_month, an_entry

FISCAL = f"{PROGRAMME}/funds.fiscal@1/received/"
CLOSED, OPEN, YEAR = "2020-01-01..2020-03-31", "2020-04-01..2020-04-30", "2020-01-01..2020-12-31"


@pytest.fixture
def received(world: World) -> int:
    """1,000 yuan received in March, which was closed in June."""
    with clock.sample_clock(datetime(2020, 6, 1, tzinfo=UTC)):
        entry_id = an_entry()
        a_closed_month(date(2020, 3, 1))
    return entry_id


def _to_900(entry_id: int, world: World) -> int:
    state = entry_state(entry_id)
    assert state is not None
    draft = replace(state.draft, money=Money.of(900))
    with clock.sample_clock(datetime(2020, 6, 9, tzinfo=UTC)):
        return correct_entry(entry_id, draft, reason="录入有误", by=world.receiver)


@pytest.mark.parametrize(("days", "value"), [(CLOSED, 1000), (OPEN, -100), (YEAR, 900)])
def test_a_correction_moves_the_open_month_and_not_the_closed_one(
    received: int, world: World, days: str, value: int
):
    _to_900(received, world)
    assert figure(address_of(FISCAL + days)).value == value


@pytest.mark.parametrize(("days", "before", "after"), [(CLOSED, 1000, 1000), (OPEN, 0, -100)])
def test_what_was_known_before_the_correction_stays_known(
    received: int, world: World, days: str, before: int, after: int
):
    _to_900(received, world)
    known = [figure(address_of(f"{FISCAL}{days}?known=2020-06-0{day}")).value for day in (5, 9)]
    assert known == [before, after]


def test_an_opened_month_tells_old_new_and_difference(received: int, world: World):
    corrected = _to_900(received, world)
    opened = open_figure(address_of(FISCAL + OPEN))
    (row,) = opened.differences
    assert row.difference is not None and row.id == corrected
    assert (row.difference.old_money, row.difference.money) == (Money.of(1000), Money.of(-100))
    assert [one.id for one in opened.entries] == [corrected] and opened.listed == 1


def test_an_opened_closed_month_lists_what_it_was_closed_with(received: int, world: World):
    _to_900(received, world)
    opened = open_figure(address_of(FISCAL + CLOSED))
    assert [one.id for one in opened.entries] == [received] and opened.differences == ()


def test_a_withdrawal_of_a_closed_month_is_told_where_it_counts(received: int, world: World):
    with clock.sample_clock(datetime(2020, 6, 9, tzinfo=UTC)):
        withdrawn = withdraw_entry(received, reason="重复录入", by=world.receiver)
    opened = open_figure(address_of(FISCAL + OPEN))
    assert (opened.figure.value, opened.entries, opened.listed) == (Decimal(-1000), (), 0)
    assert [row.id for row in opened.differences] == [withdrawn]


def test_the_course_of_a_year_bends_on_the_day_the_correction_counts(received: int, world: World):
    _to_900(received, world)
    course = course_of(scope_of(PROGRAMME), address_of(FISCAL + YEAR), ["received"])["received"]
    assert [(point.day, point.value) for point in course] == [
        (date(2020, 3, 6), Decimal(1000)),
        (date(2020, 4, 1), Decimal(900)),
    ]
