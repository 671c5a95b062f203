"""Decisions on enterprises, as tables of cases."""

from datetime import date

import pytest

from pairbook.assistance.enterprises.rules import (
    Step,
    after_closing,
    empty_shells,
    linked_twice,
    months_later,
    reports_due,
    reports_soon,
    sorts_changed,
    unbelievable_shares,
    unpaid_agreements,
    without_paper,
    workshops_open,
)

MARCH = date(2020, 3, 2)


def a_step(stage: str = "landed", day: date = MARCH, *, id: int = 1, **changes: object) -> Step:
    """An entry of the kind, by default an aided workshop that opened on 2 March 2020."""
    held = {"root_id": id, "sort": "workshop_aided"} | changes
    return Step(id=id, stage=stage, day=day, **held)  # type: ignore[arg-type]


def after(stage: str, day: date, *, id: int = 9, follows_id: int = 1, **changes: object) -> Step:
    """An entry that follows the first one."""
    return a_step(stage, day, id=id, follows_id=follows_id, **changes)


def test_months_end_with_a_shorter_month():
    assert months_later(date(2020, 8, 31), 6) == date(2021, 2, 28)


def test_another_paper_does_not_stand_for_the_one_that_is_asked_for():
    bare = a_step(papers=frozenset({"other"}))
    assert without_paper([bare, a_step(id=2, papers=frozenset({"licence"}))], "landed", "licence") == [bare]


SIGNED = a_step("signed")
PAID_AT_ONCE = after("paid_in", date(2020, 5, 4), id=2)
LANDED = after("landed", date(2020, 6, 1), id=3)
PAID_THERE = after("paid_in", date(2020, 7, 1), id=4, follows_id=3)


@pytest.mark.parametrize(
    ("later", "today", "is_found"),
    [
        ([], date(2021, 3, 2), False),
        ([], date(2021, 3, 3), True),
        ([PAID_AT_ONCE], date(2021, 3, 3), False),
        ([LANDED], date(2021, 3, 3), True),
        ([LANDED, PAID_THERE], date(2021, 3, 3), False),
    ],
)
def test_money_follows_an_agreement_within_its_months(later: list[Step], today: date, is_found: bool):
    assert bool(unpaid_agreements([SIGNED, *later], today=today, months_max=12)) == is_found


@pytest.mark.parametrize(
    ("later", "sort", "today", "is_found"),
    [
        ([], "workshop_aided", date(2020, 9, 2), False),
        ([], "workshop_aided", date(2020, 9, 3), True),
        ([], "workshop_recognised", date(2020, 9, 3), True),
        ([], "firm", date(2020, 9, 3), False),
        ([after("working", date(2020, 7, 1))], "workshop_aided", date(2021, 1, 1), False),
        ([after("working", date(2020, 7, 1))], "workshop_aided", date(2021, 1, 2), True),
        ([after("closed", date(2020, 4, 1))], "workshop_aided", date(2021, 1, 2), False),
    ],
)
def test_an_open_workshop_reports_its_workers(later: list[Step], sort: str, today: date, is_found: bool):
    assert bool(empty_shells([a_step(sort=sort), *later], today=today, months_max=6)) == is_found


def test_a_report_is_due_so_many_months_after_the_last_one():
    (report,) = reports_due([a_step(), after("working", date(2020, 7, 1))], months_max=6)
    assert (report.last_on, report.due_on) == (date(2020, 7, 1), date(2021, 1, 1))


@pytest.mark.parametrize(("today", "is_soon"), [(date(2020, 8, 1), False), (date(2020, 8, 2), True)])
def test_a_report_is_asked_for_a_month_ahead(today: date, is_soon: bool):
    assert bool(reports_soon([a_step()], today=today, months_max=6)) == is_soon


@pytest.mark.parametrize(
    ("workers", "poor", "is_found"),
    [(40, 36, False), (40, 37, True), (9, 9, False), (10, 10, True), (40, 0, False)],
)
def test_a_share_above_the_limit_is_asked_about_once_there_are_enough_workers(
    workers: int, poor: int, is_found: bool
):
    report = after("working", date(2020, 7, 1), number=workers, poor=poor)
    assert bool(unbelievable_shares([report], share_percent_max=90, workers_min=10)) == is_found


def test_what_follows_an_entry_is_of_its_sort():
    changed = after("closed", date(2020, 7, 1), sort="workshop_recognised")
    assert sorts_changed([a_step(), changed, after("working", date(2020, 7, 1), id=8)]) == [
        (changed, "workshop_aided")
    ]


@pytest.mark.parametrize(
    ("day", "is_found"), [(date(2020, 6, 30), False), (date(2020, 7, 1), False), (date(2020, 7, 2), True)]
)
def test_nobody_works_where_nothing_is_open(day: date, is_found: bool):
    steps = [after("closed", date(2020, 7, 1), id=2), after("working", day, id=3)]
    assert bool(after_closing(steps)) == is_found


def test_a_household_is_counted_in_the_first_link_that_lists_it():
    links = [after("linked", date(2020, 4, day), id=day) for day in (1, 2, 3)]
    households = {1: ["a", "b"], 2: ["b", "c", "c"], 3: ["b", "c", "d"]}
    assert linked_twice(links, households) == [(links[1], 1, (1,)), (links[2], 2, (1, 2))]


def test_workshops_are_counted_by_sort_as_they_stand_open_on_a_day():
    steps = [
        a_step(),
        a_step(id=2, sort="workshop_recognised"),
        a_step(id=3, day=date(2020, 8, 1)),
        a_step(id=4, sort="firm"),
        after("closed", date(2020, 7, 1), follows_id=2),
    ]
    assert workshops_open(steps, date(2020, 6, 30)) == {"workshop_aided": 1, "workshop_recognised": 1}
    assert workshops_open(steps, date(2020, 8, 1)) == {"workshop_aided": 2, "workshop_recognised": 0}
