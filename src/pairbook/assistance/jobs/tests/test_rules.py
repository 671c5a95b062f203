"""Decisions on placements, as tables of cases."""

from datetime import date

import pytest

from pairbook.assistance.jobs.rules import (
    Job,
    destinations_changed,
    follow_ups_due,
    intentions_above_vacancies,
    months_later,
    never_followed,
    placed_twice,
    posts_outside,
    stable_too_early,
    stayed_and_left,
    unpaid_posts,
    without_paper,
)

MARCH = date(2020, 3, 2)
WAGES = frozenset({"wages"})


def a_job(
    number: int = 40, stage: str = "placed", *, id: int = 1, day: date = MARCH, **changes: object
) -> Job:
    """An entry of the kind, by default 40 people placed in the assisting place on 2 March 2020."""
    held = {"root_id": id, "destination": "in_assisting"} | changes
    return Job(id=id, stage=stage, day=day, number=number, **held)  # type: ignore[arg-type]


def after(number: int, stage: str, day: date, *, id: int = 9, **changes: object) -> Job:
    """An entry that follows placement 1."""
    return a_job(number, stage, id=id, day=day, follows_id=1, **changes)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2020, 3, 2), 3, date(2020, 6, 2)),
        (date(2019, 11, 30), 3, date(2020, 2, 29)),
        (date(2020, 10, 31), 6, date(2021, 4, 30)),
        (date(2020, 12, 31), 12, date(2021, 12, 31)),
    ],
)
def test_months_are_those_of_the_calendar(day: date, months: int, later: date):
    assert months_later(day, months) == later


def test_another_paper_does_not_stand_for_the_one_that_is_asked_for():
    bare, papered = a_job(), a_job(id=2, papers=frozenset({"contract"}))
    mixed = after(30, "stable_3", date(2020, 6, 2), papers=frozenset({"contract", "other"}))
    assert without_paper([bare, papered], ["placed"], "contract") == [bare]
    assert without_paper([papered, mixed], ["stable_3"], "wages") == [mixed]


@pytest.mark.parametrize(
    ("stage", "day", "is_early"),
    [
        ("stable_3", date(2020, 6, 1), True),
        ("stable_3", date(2020, 6, 2), False),
        ("stable_6", date(2020, 9, 1), True),
        ("stable_6", date(2020, 9, 2), False),
        ("stable_12", date(2021, 3, 2), False),
        ("left", date(2020, 3, 3), False),
    ],
)
def test_nobody_is_stable_before_the_months_are_over(stage: str, day: date, is_early: bool):
    found = stable_too_early([a_job(), after(30, stage, day)], months_min=lambda day: 3)
    assert bool(found) == is_early


def test_the_months_of_the_first_follow_up_are_those_in_force_on_its_day():
    jobs = [a_job(), after(30, "stable_3", date(2020, 6, 2))]
    (found,) = stable_too_early(jobs, months_min=lambda day: 4 if day.year == 2020 else 3)
    assert found.earliest == date(2020, 7, 2)


@pytest.mark.parametrize(
    ("channel", "destination", "is_found"),
    [
        ("public_post", "in_assisting", True),
        ("public_post", "elsewhere", True),
        ("public_post", "nearby", False),
        ("workshop", "in_assisting", True),
        ("workshop", "nearby", False),
        ("organised", "in_assisting", False),
        ("", "elsewhere", False),
    ],
)
def test_local_posts_are_near_home(channel: str, destination: str, is_found: bool):
    assert bool(posts_outside([a_job(channel=channel, destination=destination)])) == is_found


@pytest.mark.parametrize(
    ("later", "today", "is_found"),
    [
        ([], date(2020, 6, 1), False),
        ([], date(2020, 6, 2), True),
        ([after(40, "stable_3", date(2020, 6, 2))], date(2020, 7, 1), True),
        ([after(40, "stable_3", date(2020, 6, 2), papers=WAGES)], date(2020, 7, 1), False),
        ([after(40, "left", date(2020, 3, 20))], date(2020, 7, 1), False),
        ([after(39, "left", date(2020, 3, 20))], date(2020, 7, 1), True),
    ],
)
def test_a_public_welfare_post_of_three_months_has_been_paid(later: list[Job], today: date, is_found: bool):
    jobs = [a_job(channel="public_post", destination="nearby"), *later]
    assert bool(unpaid_posts(jobs, today=today, months=3)) == is_found


def test_a_follow_up_keeps_the_destination_of_its_placement():
    kept = after(30, "stable_3", date(2020, 6, 2), id=2)
    moved = after(5, "left", date(2020, 6, 9), id=3, destination="nearby")
    assert destinations_changed([a_job(), kept, moved]) == [(moved, "in_assisting")]


@pytest.mark.parametrize(
    ("stayed", "left", "left_on", "is_found"),
    [
        (36, 4, date(2020, 5, 1), False),
        (36, 5, date(2020, 5, 1), True),
        (36, 5, date(2020, 7, 1), False),
    ],
)
def test_no_more_stay_and_leave_than_were_placed(stayed: int, left: int, left_on: date, is_found: bool):
    jobs = [a_job(), after(stayed, "stable_3", date(2020, 6, 2), id=2), after(left, "left", left_on, id=3)]
    assert bool(stayed_and_left(jobs)) == is_found


def test_two_follow_ups_of_one_placement_are_taken_together():
    jobs = [a_job()] + [after(21, "stable_3", date(2020, 6, 2), id=id) for id in (2, 3)]
    assert {(one.job.id, one.stayed) for one in stayed_and_left(jobs)} == {(2, 42), (3, 42)}


FAIR, OFFER = a_job(1, "held", id=1), a_job(50, "offered", id=2, follows_id=1)


@pytest.mark.parametrize(
    ("intentions", "found"),
    [
        ([a_job(50, "intention", id=3, follows_id=2)], []),
        ([a_job(51, "intention", id=3, follows_id=2)], [1, 2]),
        ([a_job(51, "intention", id=3, follows_id=1)], [1]),
        ([a_job(30, "intention", id=3, follows_id=1), a_job(30, "intention", id=4, follows_id=2)], [1]),
        ([a_job(51, "intention", id=3)], []),
    ],
)
def test_more_intentions_than_vacancies_are_asked_about(intentions: list[Job], found: list[int]):
    assert [one.job.id for one in intentions_above_vacancies([FAIR, OFFER, *intentions])] == found


def test_of_a_fair_without_vacancies_nothing_is_said():
    assert intentions_above_vacancies([FAIR, a_job(9, "intention", id=3, follows_id=1)]) == []


@pytest.mark.parametrize(
    ("left", "listed_as_left", "people"),
    [
        ([], [], 2),
        ([after(1, "left", date(2020, 7, 1), id=3)], [(3, 71)], 1),
        ([after(1, "left", date(2020, 9, 1), id=3)], [(3, 71)], 2),
        ([after(40, "left", date(2020, 7, 1), id=3)], [], 0),
    ],
)
def test_nobody_is_in_two_jobs_at_once(left: list[Job], listed_as_left: list[tuple[int, int]], people: int):
    jobs = [a_job(), a_job(2, id=2, day=date(2020, 8, 3)), *left]
    found = placed_twice(jobs, [(1, 71), (1, 72), (1, 73), (2, 71), (2, 72), *listed_as_left])
    assert sum(one.people for one in found) == people
    assert {one.earlier_ids for one in found} <= {(1,)}


@pytest.mark.parametrize(
    ("later", "today", "due"),
    [
        ([], date(2020, 5, 1), []),
        ([], date(2020, 5, 2), [(3, 40)]),
        ([after(6, "left", date(2020, 4, 1))], date(2020, 6, 2), [(3, 34)]),
        ([after(40, "left", date(2020, 4, 1))], date(2020, 6, 2), []),
        ([after(36, "stable_3", date(2020, 6, 2))], date(2020, 6, 2), []),
        ([after(36, "stable_3", date(2020, 6, 2))], date(2020, 8, 20), [(6, 40)]),
        ([after(36, "stable_6", date(2020, 9, 2))], date(2021, 2, 20), [(12, 40)]),
        ([after(36, "stable_12", date(2021, 3, 2))], date(2021, 12, 1), []),
        ([], date(2021, 6, 2), [(3, 40)]),
        ([], date(2021, 6, 3), []),
    ],
)
def test_people_are_followed_up_at_3_6_and_12_months(
    later: list[Job], today: date, due: list[tuple[int, int]]
):
    found = follow_ups_due([a_job(), *later], today=today, late_months_max=12)
    assert [(one.months, one.people) for one in found] == due


@pytest.mark.parametrize(("today", "is_found"), [(date(2021, 6, 2), False), (date(2021, 6, 3), True)])
def test_a_follow_up_too_late_to_be_made_is_asked_about(today: date, is_found: bool):
    assert bool(never_followed([a_job()], today=today, late_months_max=12)) == is_found
