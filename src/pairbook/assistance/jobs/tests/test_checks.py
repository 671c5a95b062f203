"""Each check finds in the book what it is for, says it with its numbers, and is silent on a clean book."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pytest

from pairbook.assistance.jobs.checks import CHECKS, DUES, PARAMETERS
from pairbook.assistance.jobs.reads import placed_by_channel
from pairbook.households.rules import PersonDraft
from pairbook.indicators.reads import address_of, figure
from pairbook.kernel.actions import set_parameter
from pairbook.kernel.clock import sample_clock, today
from pairbook.kernel.kinds import kind_of
from pairbook.kernel.periods import BOOK_ZONE
from pairbook.kernel.problems import Rejected
from pairbook.kernel.quantities import Quantity
from pairbook.register.actions import Attendance, attach_paper, list_people
from pairbook.workspace.rules import Checks, Dues, Finding
from tests.world import A_PAPER, PROGRAMME, World, an_entry, the_world

BY_CODE = {check.code: check for check in CHECKS.checks}


@pytest.fixture
def july(world: World) -> Iterator[World]:
    """The cast on 1 July 2020."""
    with sample_clock(datetime(2020, 7, 1, 10, tzinfo=BOOK_ZONE)):
        yield world


def a_job(
    number: int,
    stage: str = "placed",
    day: str = "2020-03-02",
    *,
    papers: str = "contract wages",
    destination: str = "in_assisting",
    channel: str = "",
    **changes: Any,
) -> int:
    """The id of an entry of the kind with the papers its stage expects, as far as they are named."""
    details = {} if stage in ("held", "offered", "intention") else {"destination": destination}
    unit = "vacancy" if stage == "offered" else "person"
    quantity = None if stage == "held" else Quantity.of(number, unit)
    if channel:
        details["channel"] = channel
    entry = an_entry(
        "jobs",
        stage,
        happened_on=date.fromisoformat(day),
        quantity=quantity,
        details=details,
        **changes,
    )
    expected = {"placed": "contract"}.get(stage, "wages" if stage.startswith("stable") else "other")
    if expected in papers.split():
        attach_paper(entry, content=A_PAPER, sort=expected, by=the_world().receiver)
    return entry


def with_people(entry: int, *names: str) -> int:
    """The same entry, its people listed."""
    people = [Attendance(PersonDraft(name, household=name)) for name in names]
    list_people(entry, people, by=the_world().receiver)
    return entry


def a_clean_book() -> tuple[int, int]:
    """Two placements as they should be, with everything before and after them; one is a public-welfare post."""
    fair = a_job(1, "held")
    offer = a_job(60, "offered", follows_id=fair)
    intention = a_job(50, "intention", follows_id=offer)
    placed = with_people(a_job(40, follows_id=intention, channel="fair"), "张三", "李四")
    a_job(36, "stable_3", "2020-06-02", follows_id=placed)
    a_job(4, "left", "2020-05-11", follows_id=placed)
    post = a_job(10, channel="public_post", destination="nearby")
    a_job(10, "stable_3", "2020-06-03", destination="nearby", follows_id=post)
    return placed, post


def found(code: str) -> list[Finding]:
    """What a check finds in the book."""
    return BY_CODE[code].find([the_world().pairing_id])


def _no_contract() -> int:
    return a_job(7, papers="")


def _no_wages() -> int:
    return a_job(5, "stable_3", "2020-06-03", papers="contract", follows_id=a_job(7))


def _too_early() -> int:
    return a_job(5, "stable_3", "2020-06-01", follows_id=a_job(7))


def _twice() -> int:
    return with_people(a_job(2, day="2020-06-22"), "张三", "王五")


def _outside() -> int:
    return a_job(7, channel="workshop")


def _unpaid() -> int:
    return a_job(7, channel="public_post", destination="nearby")


def _too_many() -> int:
    placed = a_job(7)
    a_job(3, "left", "2020-05-11", follows_id=placed)
    return a_job(5, "stable_3", "2020-06-03", follows_id=placed)


def _moved() -> int:
    return a_job(5, "stable_3", "2020-06-03", destination="nearby", follows_id=a_job(7))


def _crowded() -> int:
    offer = a_job(5, "offered")
    a_job(6, "intention", follows_id=offer)
    return offer


def _forgotten() -> int:
    return a_job(7, day="2019-03-02")


CASES: tuple[tuple[str, Callable[[], int], str], ...] = (
    ("jobs.no_contract", _no_contract, "7 placed, without"),
    ("jobs.stable_without_wages", _no_wages, "5 recorded as stable"),
    ("jobs.stable_too_early", _too_early, "not before 2 June 2020: 1 day early"),
    ("jobs.placed_twice", _twice, "1 of the list"),
    ("jobs.post_outside", _outside, "'assistance workshop', the destination 'the assisting place'"),
    ("jobs.phantom_posts", _unpaid, "7 in public-welfare posts for 3 months"),
    ("jobs.stayed_and_left", _too_many, "7 placed; by this day 5 still there and 3 gone, 1 too many"),
    ("jobs.destination_differs", _moved, "'near home', at the placement it was 'the assisting place'"),
    ("jobs.intentions_above_vacancies", _crowded, "5 vacancies, but 6 intentions"),
    ("jobs.never_followed", _forgotten, "The 3-month follow-up of 7 was due on 2 June 2019"),
)


@pytest.mark.parametrize(("code", "spoil", "said"), CASES, ids=[case[0] for case in CASES])
def test_a_check_finds_what_it_is_for_and_nothing_else(
    july: World, code: str, spoil: Callable[[], int], said: str
):
    a_clean_book()
    strange = spoil()
    findings = found(code)
    assert [one.entry_id for one in findings] == [strange]
    assert said in findings[0].said.en and findings[0].said.zh


def test_every_check_has_its_case():
    assert {code for code, _, _ in CASES} == set(BY_CODE)


@pytest.mark.parametrize("code", BY_CODE)
def test_a_check_is_silent_on_a_clean_book(july: World, code: str):
    a_clean_book()
    assert found(code) == []


def test_a_finding_names_nobody(july: World):
    a_clean_book()
    _twice()
    assert not any("张三" in one.said.zh for one in found("jobs.placed_twice"))


def test_a_check_looks_only_into_the_pairings_it_is_asked_about(july: World):
    _no_contract()
    assert BY_CODE["jobs.no_contract"].find([july.other_pairing_id]) == []


def test_a_threshold_set_anew_from_a_document_decides(july: World):
    a_job(5, "stable_3", "2020-06-03", follows_id=a_job(7))
    assert found("jobs.stable_too_early") == []
    set_parameter("jobs.stable_months_min", value=4, valid_from=date(2020, 6, 1), source="某文件", by=None)
    assert len(found("jobs.stable_too_early")) == 1


def test_a_placement_waits_for_its_next_follow_up_by_the_labour_desk(july: World):
    placed, post = a_clean_book()
    late = a_job(7, day="2020-03-20")
    due = DUES.find([july.pairing_id], date(2020, 8, 5))
    assert [(one.entry_id, one.due_on.isoformat()) for one in due] == [
        (placed, "2020-09-02"),
        (post, "2020-09-02"),
        (late, "2020-06-20"),
    ]
    assert {one.side for one in due} == {"assisted"} and due[0].owner.en
    assert "36 people placed 6 months ago" in due[0].said.en


def test_a_place_without_destination_cannot_be_recorded(july: World):
    with pytest.raises(Rejected) as refused:
        an_entry("jobs", details={})
    assert [problem.code for problem in refused.value.problems] == ["entry.destination"]


def test_the_three_destinations_add_up_to_the_total(july: World):
    for number, destination in ((3, "in_assisting"), (5, "nearby"), (7, "elsewhere")):
        placed = a_job(number, destination=destination)
        a_job(number - 1, "stable_3", "2020-06-03", destination=destination, follows_id=placed)
    for stage in ("placed", "stable_3"):
        parts = [
            figure(address_of(f"{PROGRAMME}/jobs.placed_{one}/{stage}")).value
            for one in ("in_assisting", "nearby", "elsewhere")
        ]
        assert sum(parts) == figure(address_of(f"{PROGRAMME}/jobs.placed/{stage}")).value > 0


def test_placements_are_told_by_channel_and_year(july: World):
    a_clean_book()
    a_job(9, day="2019-12-31", channel="fair")
    a_job(2)
    rows = placed_by_channel([july.pairing_id], today())
    assert [(label.en, int(people)) for label, people in rows] == [
        ("job fair", 40),
        ("public-welfare post", 10),
        ("not stated", 2),
    ]


def test_the_kind_offers_its_checks_and_its_dues():
    kind = kind_of("jobs")
    assert kind is not None and kind.offer(Checks) is CHECKS and kind.offer(Dues) is DUES
    assert not any(one.is_verified for one in PARAMETERS.parameters)
