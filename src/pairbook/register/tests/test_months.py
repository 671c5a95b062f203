"""When a month may be closed, what it lets in, and where a correction of it counts: tables of cases, no database."""

from datetime import date

import pytest

from pairbook.register.months import (
    SignedBy,
    check_closing,
    check_closings,
    check_day_open,
    counting_day,
    is_complete,
    list_of_months,
    month_due,
)

MARCH, APRIL, MAY = date(2020, 3, 1), date(2020, 4, 1), date(2020, 5, 1)


@pytest.mark.parametrize(
    ("day", "open_from", "replaced_on", "codes"),
    [
        (date(2020, 3, 31), None, None, []),
        (date(2020, 3, 31), APRIL, None, ["entry.closed"]),
        (APRIL, APRIL, None, []),
        (None, APRIL, None, []),
        # A correction of a closed month keeps its day.
        (date(2020, 3, 31), APRIL, date(2020, 3, 31), []),
        (date(2020, 3, 30), APRIL, date(2020, 3, 31), ["entry.closed_day"]),
        (date(2020, 4, 2), APRIL, date(2020, 3, 31), ["entry.closed_day"]),
        # A correction of an open month may not move into a closed one.
        (date(2020, 3, 31), APRIL, date(2020, 4, 2), ["entry.closed"]),
        (date(2020, 4, 3), APRIL, date(2020, 4, 2), []),
    ],
)
def test_a_closed_month_takes_no_entry_and_its_entries_keep_their_day(day, open_from, replaced_on, codes):
    found = check_day_open(day, open_from=open_from, replaced_on=replaced_on)
    assert [problem.code for problem in found] == codes


@pytest.mark.parametrize(
    ("replaced_on", "open_from", "counts_on"),
    [
        (date(2020, 3, 31), None, None),
        (date(2020, 3, 31), APRIL, APRIL),
        (date(2020, 3, 31), MAY, MAY),
        (date(2020, 4, 1), APRIL, None),
    ],
)
def test_a_correction_of_a_closed_month_counts_from_the_first_open_day(replaced_on, open_from, counts_on):
    assert counting_day(replaced_on, open_from=open_from) == counts_on


@pytest.mark.parametrize(
    ("month", "due", "open_from", "today", "codes"),
    [
        (MARCH, MARCH, None, date(2020, 4, 1), []),
        (MARCH, MARCH, None, date(2020, 3, 31), ["closing.not_over"]),
        (APRIL, MARCH, None, date(2020, 6, 1), ["closing.earlier_open"]),
        (MARCH, APRIL, APRIL, date(2020, 6, 1), ["closing.closed"]),
        (APRIL, APRIL, APRIL, date(2020, 6, 1), []),
        (MARCH, None, None, date(2020, 6, 1), ["closing.nothing"]),
        (date(2020, 2, 1), MARCH, None, date(2020, 6, 1), ["closing.nothing"]),
        (MAY, APRIL, APRIL, date(2020, 5, 2), ["closing.earlier_open", "closing.not_over"]),
    ],
)
def test_months_are_closed_in_their_order_once_they_are_over(month, due, open_from, today, codes):
    found = check_closing(month, due=due, open_from=open_from, today=today)
    assert [problem.code for problem in found] == codes


def test_a_pairing_below_another_is_closed_with_that_one():
    found = check_closing(MARCH, due=MARCH, open_from=None, today=MAY, is_programme=False)
    assert [problem.code for problem in found] == ["closing.programme"]


@pytest.mark.parametrize(
    ("first", "open_from", "due"),
    [(None, None, None), (MARCH, None, MARCH), (MAY, APRIL, MAY), (None, MAY, MAY)],
)
def test_it_is_the_turn_of_the_first_open_month_with_entries(first, open_from, due):
    assert month_due(first=first, open_from=open_from) == due


@pytest.mark.parametrize(
    ("signed", "complete"),
    [
        ([], False),
        ([SignedBy("assisting", 1, "b")], False),
        ([SignedBy("assisting", 1, "b"), SignedBy("assisted", 2, "b")], True),
        ([SignedBy("assisting", 1, "a"), SignedBy("assisted", 2, "b")], False),
        ([SignedBy("assisting", 1, "b"), SignedBy("assisted", 1, "b")], False),
        ([SignedBy("assisting", 1, "b"), SignedBy("assisting", 2, "b")], False),
        ([SignedBy("assisting", 1, "a"), SignedBy("assisting", 1, "b"), SignedBy("assisted", 2, "b")], True),
        # Both signed the same once, but not what stands now.
        ([SignedBy("assisting", 1, "a"), SignedBy("assisted", 2, "a")], False),
    ],
)
def test_a_month_is_closed_when_both_sides_signed_what_stands_by_two_people(signed, complete):
    assert is_complete(signed, "b") == complete


@pytest.mark.parametrize(
    ("months", "due", "today", "codes"),
    [
        ([MARCH, APRIL], MARCH, date(2020, 6, 1), []),
        ([MARCH, APRIL], MARCH, date(2020, 4, 30), ["closing.not_over"]),
        ([MARCH, APRIL], MARCH, date(2020, 3, 31), ["closing.not_over", "closing.not_over"]),
        ([APRIL, MAY], MARCH, date(2020, 6, 1), ["closing.earlier_open"]),
    ],
)
def test_several_months_may_be_signed_from_the_one_whose_turn_it_is(months, due, today, codes):
    found = check_closings(months, due=due, open_from=None, today=today)
    assert [problem.code for problem in found] == codes


def test_a_pairing_below_is_told_once_where_months_are_closed():
    found = check_closings(
        [MARCH, APRIL], due=MARCH, open_from=None, today=date(2020, 6, 1), is_programme=False
    )
    assert [problem.code for problem in found] == ["closing.programme"]


def test_a_list_of_months_names_each_with_its_digest():
    assert list_of_months({APRIL: "b", MARCH: "a"}) == "2020-03 a\n2020-04 b\n"
