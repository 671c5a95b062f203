"""When a base wants a look: tables of cases, no database."""

from dataclasses import replace
from datetime import date

import pytest

from pairbook.assistance.industry.rules import (
    Base,
    is_report_old,
    is_without_output,
    is_without_people,
    months_after,
)

GOATS = Base(entry_id=1, programme_id=9, started_on=date(2020, 3, 10))


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2020, 3, 10), 6, date(2020, 9, 10)),
        (date(2020, 8, 31), 6, date(2021, 2, 28)),
        (date(2019, 12, 1), 1, date(2020, 1, 1)),
        (date(2020, 11, 30), 13, date(2021, 12, 30)),
        (date(2020, 1, 31), -2, date(2019, 11, 30)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_the_month(day: date, months: int, later: date):
    assert months_after(day, months) == later


@pytest.mark.parametrize(
    ("changes", "today", "wants_a_look"),
    [
        ({}, date(2021, 3, 10), False),
        ({}, date(2021, 3, 11), True),
        ({"has_output": True}, date(2021, 3, 11), False),
        ({"ended_on": date(2020, 12, 1)}, date(2021, 3, 11), False),
    ],
)
def test_a_base_has_a_year_to_its_first_output(changes: dict[str, object], today: date, wants_a_look: bool):
    base = replace(GOATS, **changes)  # type: ignore[arg-type]
    assert is_without_output(base, today=today, months_max=12) == wants_a_look


@pytest.mark.parametrize(
    ("changes", "today", "is_old"),
    [
        ({}, date(2020, 9, 10), False),
        ({}, date(2020, 9, 11), True),
        ({"last_report_on": date(2020, 8, 31)}, date(2021, 2, 28), False),
        ({"last_report_on": date(2020, 8, 31)}, date(2021, 3, 1), True),
        ({"last_report_on": date(2020, 8, 31), "ended_on": date(2020, 12, 1)}, date(2022, 1, 1), False),
    ],
)
def test_stock_is_taken_every_half_year(changes: dict[str, object], today: date, is_old: bool):
    base = replace(GOATS, **changes)  # type: ignore[arg-type]
    assert is_report_old(base, today=today, months_max=6) == is_old


@pytest.mark.parametrize(
    ("changes", "wants_a_look"),
    [({}, True), ({"has_people": True}, False), ({"ended_on": date(2021, 1, 1)}, True)],
)
def test_somebody_gains_within_a_year_and_closing_is_no_excuse(
    changes: dict[str, object], wants_a_look: bool
):
    base = replace(GOATS, **changes)  # type: ignore[arg-type]
    assert is_without_people(base, today=date(2021, 3, 11), months_max=12) == wants_a_look
