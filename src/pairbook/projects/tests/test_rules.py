"""The rules of the library as tables of cases, without a database."""

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from pairbook.kernel.access import Standing
from pairbook.kernel.money import Money
from pairbook.kernel.problems import Refusal
from pairbook.kernel.texts import Text
from pairbook.projects.rules import (
    check_asset,
    check_change,
    check_fields,
    check_income,
    check_notice,
    check_step,
    current_round,
    is_reached,
    may_act,
    missing_fields,
    next_steps,
    notices_missing,
    refuse_step,
    standing_steps,
    state_of,
)
from pairbook.projects.shapes import (
    FIELDS,
    MAIN_LINE,
    STEPS,
    AssetDraft,
    FundingLine,
    IncomeDraft,
    Measure,
    NoticeDraft,
    NoticeFacts,
    ProjectFacts,
    ProjectFields,
    StepFacts,
)
from pairbook.projects.uses import USES

TODAY = date(2020, 12, 31)
DAY = date(2020, 3, 2)
FIELDS_WHOLE = ProjectFields(
    name=Text("肉兔养殖基地", "Rabbit farm"),
    use="breeding",
    nature="new",
    year=2020,
    place_id=1,
    starts_on=date(2020, 3, 1),
    ends_on=date(2020, 10, 31),
    responsible_id=2,
    tasks="修缮窑洞",
    participation="农户入社",
    mechanism="分红",
    households=120,
    persons=400,
    poor_persons=0,
    funding=(FundingLine("own_fiscal", Money.of(900_000)),),
)
FACTS = ProjectFacts(FIELDS_WHOLE, goals=1, assets_unheld=0)


def steps(*codes: str, by: int = 1, on: date = DAY) -> list[StepFacts]:
    return [StepFacts(number, code, on, by) for number, code in enumerate(codes, start=1)]


def codes(problems) -> list[str]:
    return [problem.code for problem in problems]


def test_a_project_nobody_stops_goes_along_the_main_line():
    for before, after in pairwise(MAIN_LINE):
        assert STEPS[after] in next_steps(before)


def test_every_step_can_be_reached_and_none_follows_one_that_is_not_there():
    reached, fresh = {""}, {""}
    while fresh:
        fresh = {step.code for state in fresh for step in next_steps(state)} - reached
        reached |= fresh
    assert reached == {"", *STEPS}


@pytest.mark.parametrize(
    ("history", "step"),
    [
        ((), "checked"),
        (("proposed",), "approved"),
        (("proposed", "checked"), "library_in"),
        (("proposed", "checked", "approved"), "planned"),
        (("proposed", "checked", "approved", "library_in"), "started"),
        (("proposed", "turned_down"), "checked"),
        (MAIN_LINE[:7], "library_out"),
        (MAIN_LINE, "proposed"),
    ],
)
def test_no_step_is_skipped_or_taken_after_the_end(history: tuple[str, ...], step: str):
    with pytest.raises(Refusal, match="comes after") as refused:
        refuse_step(STEPS[step], steps(*history), by_id=9)
    assert refused.value.code == "project.order" and not refused.value.forbidden


@pytest.mark.parametrize(
    ("step", "by", "refused"),
    [("checked", 1, True), ("checked", 2, False), ("turned_down", 1, False)],
)
def test_whoever_proposed_does_not_check(step: str, by: int, refused: bool):
    if not refused:
        refuse_step(STEPS[step], steps("proposed", by=1), by_id=by)
        return
    with pytest.raises(Refusal) as said:
        refuse_step(STEPS[step], steps("proposed", by=1), by_id=by)
    assert said.value.code == "project.four_eyes" and said.value.forbidden


def test_only_the_last_proposal_counts_for_four_eyes():
    history = [
        *steps("proposed", by=1),
        StepFacts(2, "turned_down", DAY, 2),
        StepFacts(3, "proposed", DAY, 3),
    ]
    refuse_step(STEPS["checked"], history, by_id=1)
    assert len(current_round(history)) == 1


def test_a_step_taken_back_counts_no_more():
    history = [*steps("proposed", "checked"), StepFacts(3, "checked", DAY, 1, takes_back=2)]
    assert state_of(history) == "proposed" and len(standing_steps(history)) == 1


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (None, ["project.happened_on"]),
        (date(2020, 3, 1), ["project.happened_on"]),
        (date(2021, 1, 1), ["project.happened_on"]),
        (DAY, []),
        (TODAY, []),
    ],
)
def test_steps_follow_in_the_order_of_their_days(on: date | None, expected: list[str]):
    found = check_step(
        STEPS["planned"],
        on=on,
        reason="",
        history=steps("proposed", "checked", "approved", "library_in"),
        project=FACTS,
        today=TODAY,
    )
    assert codes(found) == expected


@pytest.mark.parametrize("step", ["library_in", "library_out", "turned_down"])
def test_entry_exit_and_refusal_say_why(step: str):
    found = check_step(STEPS[step], on=DAY, reason=" ", history=(), project=FACTS, today=TODAY)
    assert codes(found) == ["project.reason"]


@pytest.mark.parametrize("step", ["approved", "library_in"])
def test_a_project_without_a_goal_does_not_enter(step: str):
    bare = replace(FACTS, goals=0)
    found = check_step(STEPS[step], on=DAY, reason="入库", history=(), project=bare, today=TODAY)
    assert codes(found) == ["project.goals"]


@pytest.mark.parametrize(
    ("line", "history", "expected"),
    [
        (FundingLine("own_fiscal", Money.of(1)), ("proposed", "checked"), []),
        (FundingLine("assisting_fiscal", Money.of(1)), ("proposed", "checked"), ["project.consent"]),
        (FundingLine("assisting_social", Money.of(1)), ("proposed", "checked"), []),
        (
            FundingLine("assisting_social", Money.of(1), "x", True),
            ("proposed", "checked"),
            ["project.consent"],
        ),
        (FundingLine("assisting_fiscal", Money.of(1)), ("proposed", "checked", "consented"), []),
        # A consent to the proposal before the last one is no consent to this one.
        (
            FundingLine("assisting_fiscal", Money.of(1)),
            ("proposed", "checked", "consented", "turned_down", "proposed", "checked"),
            ["project.consent"],
        ),
    ],
)
def test_money_that_asks_for_consent_is_not_approved_without(line, history, expected):
    project = replace(FACTS, fields=replace(FIELDS_WHOLE, funding=(line,)))
    found = check_step(
        STEPS["approved"], on=DAY, reason="", history=steps(*history), project=project, today=TODAY
    )
    assert codes(found) == expected


def test_assets_without_owner_or_carer_keep_a_project_from_being_handed_over():
    project = replace(FACTS, assets_unheld=2)
    found = check_step(STEPS["handed_over"], on=DAY, reason="", history=(), project=project, today=TODAY)
    assert codes(found) == ["project.unheld"]


EMPTY: dict[str, Any] = {
    "name": Text("", ""),
    "use": "",
    "nature": "",
    "year": None,
    "place_id": None,
    "starts_on": None,
    "ends_on": None,
    "responsible_id": None,
    "tasks": "",
    "participation": " ",
    "mechanism": "",
    "households": None,
    "persons": None,
    "poor_persons": None,
    "funding": (),
}


@pytest.mark.parametrize("column", EMPTY)
def test_each_field_of_the_library_is_asked_for(column: str):
    found = missing_fields(replace(FIELDS_WHOLE, **{column: EMPTY[column]}))
    assert codes(found) == [f"project.{column.removesuffix('_id')}"]
    assert found[0].place in FIELDS.values()


def test_nobody_registered_poor_is_an_answer():
    assert missing_fields(FIELDS_WHOLE) == []


@pytest.mark.parametrize("use", [use for use in USES.values() if use.refused], ids=lambda use: use.code)
def test_a_use_on_the_negative_list_is_refused_with_its_reason_and_source(use):
    (found,) = check_fields(replace(FIELDS_WHOLE, use=use.code), on=DAY)
    (line,) = use.refused
    assert found.code == "project.use" and line.reason.en in found.cure.en and line.source.en in found.cure.en
    assert ("to be verified" in found.cure.en) is not line.is_verified


def test_the_negative_list_is_dated():
    found = check_fields(replace(FIELDS_WHOLE, use="vehicles"), on=date(2016, 12, 31))
    assert found == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"name": Text("肉兔", "")}, ["project.name"]),
        ({"use": "castles"}, ["project.use"]),
        ({"nature": "old"}, ["project.nature"]),
        ({"ends_on": date(2020, 2, 1)}, ["project.ends_on"]),
        ({"persons": 100}, ["project.persons"]),
        ({"poor_persons": 401}, ["project.poor_persons"]),
        ({"funding": (FundingLine("own_fiscal", Money(0)),)}, ["project.source_money"]),
        ({"funding": (FundingLine("lottery", Money(1)),)}, ["project.source"]),
        ({"funding": (FundingLine("own_fiscal", Money(1)),) * 2}, ["project.source_twice"]),
        (
            {"funding": (FundingLine("own_fiscal", Money(1)), FundingLine("self_raised", Money(1, "USD")))},
            ["project.source_currency"],
        ),
    ],
)
def test_fields_are_checked_as_they_are_written(changes, expected):
    assert codes(check_fields(replace(FIELDS_WHOLE, **changes), on=DAY)) == expected


@pytest.mark.parametrize(
    ("changes", "state", "reason", "expected"),
    [
        ({}, "proposed", "x", ["project.unchanged"]),
        ({"tasks": "更多"}, "proposed", "", ["project.reason"]),
        ({"funding": ()}, "proposed", "x", []),
        ({"funding": ()}, "library_in", "x", ["project.funding", "project.funding"]),
        ({"use": "planting"}, "consented", "x", ["project.use"]),
        ({"place_id": 7}, "started", "x", ["project.place"]),
        ({"ends_on": date(2020, 12, 1)}, "started", "x", []),
        ({"tasks": ""}, "started", "x", ["project.tasks"]),
        ({"use": "planting"}, "library_out", "x", []),
    ],
)
def test_what_was_agreed_to_is_not_changed_beside_the_agreement(changes, state, reason, expected):
    after = replace(FIELDS_WHOLE, **changes)
    assert codes(check_change(FIELDS_WHOLE, after, state=state, reason=reason)) == expected


@pytest.mark.parametrize(
    ("last", "reason", "expected"),
    [
        (date(2020, 3, 11), "", []),
        (date(2020, 3, 10), "", ["notice.last_on"]),
        (date(2020, 3, 10), "疫情应急 / urgent", []),
        (date(2020, 3, 1), "疫情应急 / urgent", ["notice.last_on"]),
        (None, "", ["notice.last_on"]),
    ],
)
def test_a_notice_hangs_ten_days_or_says_why_not(last: date | None, reason: str, expected: list[str]):
    draft = NoticeDraft("before", "公示", ("village",), first_on=DAY, last_on=last, reason=reason)
    assert codes(check_notice(draft, days_min=10)) == expected


def test_a_notice_says_what_and_where():
    found = check_notice(NoticeDraft("x", " ", (), first_on=DAY, last_on=TODAY), days_min=10)
    assert codes(found) == ["notice.sort", "notice.text", "notice.boards"]


@pytest.mark.parametrize(
    ("state", "notices", "count"),
    [
        ("proposed", [], 0),
        ("library_in", [], 1),
        ("reviewed", [], 2),
        ("library_in", [NoticeFacts("before", DAY, date(2020, 3, 11))], 0),
        ("library_in", [NoticeFacts("before", DAY, date(2020, 3, 5))], 1),
    ],
)
def test_missing_and_short_notices_are_listed(state, notices, count):
    assert len(notices_missing(state, notices, days_min=10)) == count


AN_ASSET = AssetDraft(
    sort="operating",
    name=Text("兔舍", "Rabbit sheds"),
    size=Measure(1_200_000, "平方米 / m²"),
    acquired_on=DAY,
    value=Money.of("100.03"),
    sources=(
        FundingLine("assisting_fiscal", Money.of("60.02"), "fiscal-2020"),
        FundingLine("self_raised", Money.of("40.01")),
    ),
)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"value": Money.of("100.04")}, ["asset.sources"]),
        ({"value": Money(0)}, ["asset.value"]),
        ({"value": None}, ["asset.value"]),
        ({"sources": ()}, ["asset.sources"]),
        ({"sort": "x"}, ["asset.sort"]),
        ({"size": Measure(1, " ")}, ["asset.size"]),
        ({"acquired_on": date(2021, 1, 1)}, ["asset.acquired_on"]),
    ],
)
def test_the_sources_of_an_asset_sum_to_its_value_to_the_last_fen(changes, expected):
    assert codes(check_asset(replace(AN_ASSET, **changes), today=TODAY)) == expected


@pytest.mark.parametrize(
    ("income", "expected"),
    [
        (IncomeDraft(2020, Money(100), (("households", Money(60)), ("kept", Money(40)))), []),
        (IncomeDraft(2020, Money(0)), []),
        (IncomeDraft(2020, Money(100), (("households", Money(60)),)), ["income.sources"]),
        (IncomeDraft(2019, Money(0)), ["income.year"]),
        (IncomeDraft(2021, Money(0)), ["income.year"]),
        (IncomeDraft(2020, None), ["income.money"]),
        (IncomeDraft(2020, Money(1), (("feast", Money(1)),)), ["income.shares"]),
    ],
)
def test_a_years_income_is_distributed_to_the_last_fen(income, expected):
    assert codes(check_income(income, acquired_on=DAY, today=TODAY)) == expected


@pytest.mark.parametrize(
    ("sort", "result", "expected"),
    [("quantity", 99, False), ("quantity", 100, True), ("cost", 101, False), ("cost", 100, True)],
)
def test_a_goal_is_reached_from_its_own_side(sort: str, result: int, expected: bool):
    assert is_reached(sort, target=Measure(100, "x"), result=Measure(result, "x")) is expected


@pytest.mark.parametrize(
    ("standing", "act", "side", "expected"),
    [
        (Standing("officer", "assisted", 1), "project.decide", "assisted", True),
        (Standing("officer", "assisting", 1), "project.decide", "assisted", False),
        (Standing("officer", "assisting", 1), "project.consent", "assisting", True),
        (Standing("officer", "assisted", 1), "project.consent", "assisting", False),
        (Standing("department", "assisted", 2), "project.propose", "assisted", True),
        (Standing("department", "assisted", 3), "project.propose", "assisted", False),
        (Standing("department", "assisted", 2), "project.decide", "assisted", False),
        (Standing("auditor", "assisted", 2), "project.propose", "assisted", False),
        (None, "project.propose", "assisted", False),
    ],
)
def test_role_side_and_organisation_decide_together(standing, act, side, expected):
    assert may_act(standing, act, responsible_id=2, side=side) is expected
