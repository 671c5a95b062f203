"""Terms and who is in post: tables of cases, no database."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairbook.assistance.secondment.rules import (
    Posting,
    Step,
    Term,
    band_of,
    end_of_term,
    persons_on,
    terms_on,
    whole_months,
)

SORT = ("assisting_to_assisted", "professional", "medical")
MARCH, SPRING, SUMMER = date(2020, 3, 2), date(2020, 9, 1), date(2020, 12, 31)


def _posting(*steps: Step, last_on: date | None = SPRING) -> Posting:
    return Posting(entry_id=1, sort=SORT, started_on=MARCH, persons=10, last_on=last_on, steps=steps)


def _returned(day: str, persons: int) -> Step:
    return Step(9, date.fromisoformat(day), persons, SORT)


def _extended(day: str, persons: int, until: date = SUMMER) -> Step:
    return Step(8, date.fromisoformat(day), persons, SORT, extended_to=until)


@pytest.mark.parametrize(
    ("started_on", "months", "last_on"),
    [
        ("2020-03-25", 6, "2020-09-24"),
        ("2020-03-01", 1, "2020-03-31"),
        ("2020-01-31", 1, "2020-02-28"),
        ("2019-09-02", 12, "2020-09-01"),
        ("2018-03-20", 36, "2021-03-19"),
        ("2020-12-01", 1, "2020-12-31"),
    ],
)
def test_a_term_ends_the_day_before_it_would_begin_again(started_on: str, months: int, last_on: str):
    assert end_of_term(date.fromisoformat(started_on), months) == date.fromisoformat(last_on)


@pytest.mark.parametrize(
    ("started_on", "last_on", "months"),
    [
        ("2020-03-25", "2020-09-24", 6),
        ("2020-03-25", "2020-09-23", 5),
        ("2020-08-28", "2021-07-15", 10),
        ("2020-03-02", "2020-03-20", 0),
        ("2020-03-02", "2020-03-01", 0),
        ("2020-03-02", "2019-03-01", 0),
    ],
)
def test_only_whole_months_of_a_stay_are_counted(started_on: str, last_on: str, months: int):
    assert whole_months(date.fromisoformat(started_on), date.fromisoformat(last_on)) == months


@given(st.dates(date(2015, 1, 1), date(2030, 12, 31)), st.integers(min_value=1, max_value=60))
def test_a_term_of_so_many_months_is_so_many_months_long(started_on: date, months: int):
    assert whole_months(started_on, end_of_term(started_on, months)) == months


@pytest.mark.parametrize(("months", "band"), [(0, 0), (1, 1), (5, 1), (6, 2), (11, 2), (12, 3), (36, 3)])
def test_a_term_falls_in_the_band_whose_limit_it_reaches(months: int, band: int):
    assert band_of(months, (1, 6, 12)) == band


TERMS: list[tuple[str, Posting, str, list[Term]]] = [
    ("before the arrival", _posting(), "2020-03-01", []),
    ("on the day of arrival", _posting(), "2020-03-02", [Term(10, SPRING)]),
    ("after the end, nobody returned", _posting(), "2021-01-01", [Term(10, SPRING)]),
    ("some returned", _posting(_returned("2020-06-01", 4)), "2020-06-01", [Term(6, SPRING)]),
    ("not yet returned", _posting(_returned("2020-06-01", 4)), "2020-05-31", [Term(10, SPRING)]),
    ("some extended", _posting(_extended("2020-08-20", 3)), "2020-09-01", [Term(7, SPRING), Term(3, SUMMER)]),
    (
        "the extended stay when the others return",
        _posting(_extended("2020-08-20", 3), _returned("2020-09-01", 7)),
        "2020-09-02",
        [Term(3, SUMMER)],
    ),
    (
        "extended twice",
        _posting(_extended("2020-08-20", 10), _extended("2020-12-20", 10, date(2021, 3, 1))),
        "2020-12-31",
        [Term(10, date(2021, 3, 1))],
    ),
    ("no term told", _posting(last_on=None), "2020-09-02", [Term(10, None)]),
    ("all returned", _posting(_returned("2020-09-01", 10)), "2020-09-01", []),
]


@pytest.mark.parametrize(
    ("posting", "day", "terms"), [case[1:] for case in TERMS], ids=[case[0] for case in TERMS]
)
def test_who_is_in_post_on_a_day_and_until_when(posting: Posting, day: str, terms: list[Term]):
    assert terms_on(posting, date.fromisoformat(day)) == terms


@given(st.lists(st.integers(min_value=1, max_value=4), max_size=3), st.integers(min_value=0, max_value=10))
def test_extensions_move_nobody_in_or_out_of_post(returns: list[int], extended: int):
    steps = [_returned("2020-09-01", persons) for persons in returns if sum(returns) <= 10]
    if extended:
        steps.append(_extended("2020-08-20", extended))
    left = 10 - sum(step.persons for step in steps if step.extended_to is None)
    assert persons_on(_posting(*steps), date(2020, 9, 2)) == left
