"""Each check finds in the book what it is for, says it with its numbers, and is silent on a clean book."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pytest

from pairbook.assistance.enterprises.checks import CHECKS, DUES, PARAMETERS
from pairbook.assistance.enterprises.reads import workshops_by_sort
from pairbook.households.rules import PersonDraft
from pairbook.indicators.opening import open_figure
from pairbook.indicators.reads import address_of
from pairbook.kernel.actions import set_parameter
from pairbook.kernel.clock import sample_clock, today
from pairbook.kernel.kinds import kind_of
from pairbook.kernel.money import Money
from pairbook.kernel.periods import BOOK_ZONE
from pairbook.kernel.quantities import Quantity
from pairbook.register.actions import Attendance, attach_paper, list_people
from pairbook.workspace.rules import Checks, Dues, Finding
from tests.world import A_PAPER, PROGRAMME, World, a_draft, an_entry, recorder_of, the_world

BY_CODE = {check.code: check for check in CHECKS.checks}
_PAPERS = {
    "signed": "agreement",
    "landed": "licence",
    "paid_in": "bank_proof",
    "working": "wage_roll",
    "linked": "link_contract",
    "closed": "closing_notice",
}
_UNITS = {"working": "person", "linked": "household"}


@pytest.fixture
def july(world: World) -> Iterator[World]:
    """The cast on 1 July 2020."""
    with sample_clock(datetime(2020, 7, 1, 10, tzinfo=BOOK_ZONE)):
        yield world


def a_step(
    stage: str = "landed",
    day: str = "2020-03-02",
    *,
    sort: str = "workshop_aided",
    number: int = 30,
    poor: int | None = None,
    has_paper: bool = True,
    **changes: Any,
) -> int:
    """The id of an entry of the kind with the paper its stage expects, unless told otherwise."""
    details = {"category": sort}
    if stage in ("signed", "landed"):
        details["name"] = "巧手车间"
    if stage == "linked":
        details["link"] = "wage"
    unit = _UNITS.get(stage)
    entry = an_entry(
        "enterprises",
        stage,
        happened_on=date.fromisoformat(day),
        details=details,
        quantity=Quantity.of(number, unit) if unit else None,
        of_which=None if poor is None or unit is None else Quantity.of(poor, unit),
        money=Money.of(1000) if stage in ("signed", "paid_in") else None,
        **changes,
    )
    if has_paper:
        by = recorder_of(a_draft("enterprises", stage))
        attach_paper(entry, content=A_PAPER, sort=_PAPERS[stage], by=by)
    return entry


def with_households(entry: int, *numbers: str) -> int:
    """The same entry, one person of each household listed."""
    people = [Attendance(PersonDraft(f"户主{number}", household=number)) for number in numbers]
    list_people(entry, people, by=the_world().receiver)
    return entry


def a_clean_book() -> tuple[int, int]:
    """A firm and a workshop as they should be, with everything before and after them."""
    signed = a_step("signed", sort="firm")
    firm = a_step(sort="firm", follows_id=signed)
    a_step("paid_in", "2020-04-01", sort="firm", follows_id=firm)
    with_households(a_step("linked", "2020-04-02", sort="firm", follows_id=firm), "甲", "乙")
    workshop = a_step()
    a_step("working", "2020-05-06", number=30, poor=12, follows_id=workshop)
    return firm, workshop


def found(code: str) -> list[Finding]:
    """What a check finds in the book."""
    return BY_CODE[code].find([the_world().pairing_id])


def _no_licence() -> int:
    return a_step(has_paper=False)


def _unproven() -> int:
    return a_step("paid_in", sort="firm", has_paper=False)


def _nothing_paid() -> int:
    return a_step("signed", "2019-06-30", sort="firm")


def _empty() -> int:
    return a_step(day="2019-12-30")


def _all_poor() -> int:
    return a_step("working", "2020-05-07", number=30, poor=30, follows_id=a_step())


def _no_contract() -> int:
    return a_step("linked", "2020-04-03", number=18, has_paper=False)


def _household_twice() -> int:
    return with_households(a_step("linked", "2020-04-03"), "乙", "丙")


def _after_closing() -> int:
    workshop = a_step()
    a_step("closed", "2020-04-01", follows_id=workshop)
    return a_step("working", "2020-05-07", number=30, follows_id=workshop)


def _sort_differs() -> int:
    return a_step("working", "2020-05-07", sort="firm", follows_id=a_step())


CASES: tuple[tuple[str, Callable[[], int], str], ...] = (
    ("enterprises.no_licence", _no_licence, "Landed (workshop, aided) without a licence"),
    ("enterprises.paid_in_unproven", _unproven, "without bank proof"),
    (
        "enterprises.nothing_paid_in",
        _nothing_paid,
        "Signed on 30 June 2019; nothing paid in for more than 12",
    ),
    ("enterprises.empty_shell", _empty, "Open, it never reported a worker: more than 6 months"),
    ("enterprises.poor_share", _all_poor, "30 workers, 30 of them registered poor: 100%"),
    ("enterprises.link_without_contract", _no_contract, "18 households linked"),
    ("enterprises.household_twice", _household_twice, "1 of the households listed"),
    ("enterprises.working_after_closing", _after_closing, "Closed on 1 April 2020, yet 30 workers"),
    ("enterprises.sort_differs", _sort_differs, "Told as 'firm' here, and as 'workshop, aided'"),
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


def test_a_finding_names_no_household(july: World):
    a_clean_book()
    _household_twice()
    assert not any("户主" in one.said.zh for one in found("enterprises.household_twice"))


def test_a_check_looks_only_into_the_pairings_it_is_asked_about(july: World):
    _no_licence()
    assert BY_CODE["enterprises.no_licence"].find([july.other_pairing_id]) == []


def test_a_threshold_set_anew_from_a_document_decides(july: World):
    a_clean_book()
    code = "enterprises.report_months_max"
    assert found("enterprises.empty_shell") == []
    set_parameter(code, value=1, valid_from=date(2020, 6, 1), source="某文件", by=None)
    (finding,) = found("enterprises.empty_shell")
    assert "its last report of workers is of 6 May 2020" in finding.said.en


def test_a_workshop_is_asked_for_its_next_report(july: World):
    _, workshop = a_clean_book()
    (due,) = DUES.find([july.pairing_id], date(2020, 10, 15))
    assert (due.entry_id, due.due_on, due.side) == (workshop, date(2020, 11, 6), "assisted")
    assert due.owner.en and "its last report of workers is of 6 May 2020" in due.said.en
    assert DUES.find([july.pairing_id], today()) == []


def test_workshops_are_told_by_sort(july: World):
    a_clean_book()
    a_step(sort="workshop_recognised")
    rows = workshops_by_sort([july.pairing_id], today())
    assert [(label.en, int(count)) for label, count in rows] == [
        ("workshop, aided", 1),
        ("workshop, recognised", 1),
    ]


def test_the_workers_of_a_workshop_open_to_its_newest_report_until_it_closes(july: World):
    _, workshop = a_clean_book()
    newest = a_step("working", "2020-06-01", number=28, follows_id=workshop)
    a_step("closed", "2020-06-15", follows_id=workshop)
    for known in ("", "?known=2020-07-01"):
        before = open_figure(address_of(f"{PROGRAMME}/workshops.workers/2020-06-14{known}"))
        after = open_figure(address_of(f"{PROGRAMME}/workshops.workers/2020-06-15{known}"))
        assert before.figure.value == 28 and [one.id for one in before.entries] == [newest]
        assert after.figure.value == 0 and not after.entries


def test_the_kind_offers_its_checks_and_its_dues():
    kind = kind_of("enterprises")
    assert kind is not None and kind.offer(Checks) is CHECKS and kind.offer(Dues) is DUES
    assert not any(one.is_verified for one in PARAMETERS.parameters)
