"""Acts of the library: who may do them, what they leave in the book, and what the tables refuse."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from pairbook.kernel.access import Actor
from pairbook.kernel.models import AuditEvent
from pairbook.kernel.money import Money
from pairbook.kernel.problems import Refusal, Rejected
from pairbook.kernel.reads import offered_parameters
from pairbook.kernel.texts import Text
from pairbook.projects.actions import (
    attach_step_paper,
    describe_project,
    hold_asset,
    mark_asset,
    note_consent_wish,
    post_notice,
    propose_project,
    record_step,
    register_asset,
    report_goal,
    report_income,
    set_goal,
    take_back_step,
)
from pairbook.projects.known import asked_funds
from pairbook.projects.models import (
    ConsentWish,
    Goal,
    Notice,
    Project,
    ProjectStep,
    ProjectVersion,
    StepPaper,
)
from pairbook.projects.shapes import (
    AssetDraft,
    FundingLine,
    HoldingDraft,
    IncomeDraft,
    Measure,
    NoticeDraft,
)
from pairbook.projects.tests.samples import (
    A_GOAL,
    PROPOSED_ON,
    WAY,
    a_project_at,
    a_proposal,
    some_fields,
)
from tests.world import A_PAPER, World, an_officer

LATER = date(2020, 12, 1)


@pytest.fixture
def second(world: World) -> Actor:
    """Another officer of the assisted side: the second pair of eyes."""
    return an_officer("receiver-2", world.receiver_office)


def an_asset(**changes) -> AssetDraft:
    return replace(
        AssetDraft(
            sort="operating",
            name=Text("兔舍", "Rabbit sheds"),
            size=Measure(20_000, "孔 / caves"),
            acquired_on=date(2020, 2, 1),
            value=Money.of(500),
            sources=(FundingLine("assisting_fiscal", Money.of(500), "fiscal-2020"),),
        ),
        **changes,
    )


def a_notice(**changes) -> NoticeDraft:
    draft = NoticeDraft("before", "拟入库公示", ("village",), "屯字镇", PROPOSED_ON, date(2020, 1, 16))
    return replace(draft, **changes)


def test_a_proposal_is_a_project_with_a_version_and_a_step(world: World):
    project = Project.objects.get(pk=a_proposal())
    assert project.name_en == "Rabbit farm" and project.started_on is None
    assert [row.step for row in project.steps.all()] == ["proposed"]
    assert [row.number for row in project.versions.all()] == [1]


def test_each_act_leaves_a_line_in_the_trail(world: World):
    project_id = a_proposal()
    verbs = AuditEvent.objects.filter(subject=f"project:{project_id}").values_list("verb", flat=True)
    assert list(verbs) == ["project.add", "project.describe", "project.step", "project.set_goal"]


def test_a_use_on_the_negative_list_leaves_nothing(world: World):
    with pytest.raises(Rejected, match="negative list"):
        a_proposal(use="office_buildings")
    assert not Project.objects.filter(code="library-01").exists()


def test_the_whole_way_ends_in_the_review(world: World, second: Actor):
    project_id = a_project_at("reviewed", second=second)
    assert [row.step for row in ProjectStep.objects.filter(project_id=project_id)] == list(WAY)


def test_the_step_started_says_when_work_began(world: World, second: Actor):
    project_id = a_project_at("started", second=second)
    step = ProjectStep.objects.get(project_id=project_id, step="started")
    assert Project.objects.get(pk=project_id).started_on == step.happened_on
    take_back_step(project_id, reason="日期有误", by=second)
    assert Project.objects.get(pk=project_id).started_on is None


def test_the_approval_names_the_consent_it_rests_on(world: World, second: Actor):
    project_id = a_project_at("approved", second=second)
    row = ProjectStep.objects.get(project_id=project_id, step="approved")
    assert row.consent is not None and row.consent.recorded_for_id == world.giver_office


def test_a_fund_that_asks_for_consent_is_not_approved_without(world: World, second: Actor):
    project_id = a_project_at("checked", second=second)
    with pytest.raises(Rejected, match="consent"):
        record_step(project_id, "approved", on=LATER, by=second)


SOCIAL = (FundingLine("assisting_social", Money.of(100_000), "social-2020"),)


def _ask(world: World, asks: bool = True, *, pairing_id: int | None = None) -> None:
    note_consent_wish(pairing_id=pairing_id or world.pairing_id, fund_code="social-2020", asks=asks, by=None)


def test_a_project_is_not_approved_without_consent_where_its_fund_asks(world: World, second: Actor):
    project_id = a_project_at("checked", second=second, funding=SOCIAL)
    # Asked for when the project was checked already.
    _ask(world)
    with pytest.raises(Rejected, match="consent"):
        record_step(project_id, "approved", on=LATER, by=second)
    record_step(project_id, "consented", on=LATER, by=world.giver)
    assert record_step(project_id, "approved", on=LATER, by=second)


def test_a_fund_that_asks_no_longer_lets_projects_be_approved(world: World, second: Actor):
    _ask(world)
    _ask(world, asks=False)
    assert record_step(
        a_project_at("checked", second=second, funding=SOCIAL), "approved", on=LATER, by=second
    )


def test_a_fund_of_another_programme_asks_nothing_here(world: World, second: Actor):
    _ask(world, pairing_id=world.other_pairing_id)
    assert record_step(
        a_project_at("checked", second=second, funding=SOCIAL), "approved", on=LATER, by=second
    )


@pytest.mark.parametrize("whose", ["pairing_id", "child_id"])
def test_a_fund_asks_of_projects_above_and_below_its_pairing(world: World, whose: str):
    _ask(world, pairing_id=getattr(world, whose))
    asked = asked_funds([world.pairing_id, world.child_id, world.other_pairing_id])
    assert [code for codes in asked.values() for code in codes] == ["social-2020"] * 2


def test_what_a_fund_asks_is_no_change_of_what_a_project_says(world: World, second: Actor):
    project_id = a_project_at("consented", second=second, funding=SOCIAL)
    _ask(world)
    fields = some_fields(funding=SOCIAL, households=130)
    assert describe_project(project_id, fields, by=world.receiver, reason="重新核实") == 2


def test_a_wish_noted_twice_is_one_row(world: World):
    _ask(world)
    _ask(world)
    assert ConsentWish.objects.count() == 1


def test_no_goal_no_library(world: World, second: Actor):
    project_id = a_proposal(goal=False, funding=(FundingLine("own_fiscal", Money.of(1)),))
    record_step(project_id, "checked", on=LATER, by=second)
    with pytest.raises(Rejected, match="goal"):
        record_step(project_id, "approved", on=LATER, by=second)


@pytest.mark.parametrize(
    ("name", "step"),
    [
        ("receiver", "checked"),
        ("giver", "checked"),
        ("department", "checked"),
        ("auditor", "checked"),
        ("stranger", "checked"),
        ("administrator", "checked"),
        ("", "checked"),
        ("receiver", "consented"),
    ],
)
def test_a_step_is_recorded_by_whose_task_it_is(world: World, second: Actor, name: str, step: str):
    project_id = a_proposal() if step == "checked" else a_project_at("checked", second=second)
    with pytest.raises(Refusal) as refused:
        record_step(project_id, step, on=LATER, by=world.cast[name])
    assert refused.value.forbidden


def test_a_department_proposes_only_what_it_answers_for(world: World):
    own = some_fields(responsible_id=world.health_bureau)
    propose_project(pairing_id=world.pairing_id, code="own", fields=own, on=PROPOSED_ON, by=world.department)
    with pytest.raises(Refusal):
        propose_project(
            pairing_id=world.pairing_id, code="x", fields=some_fields(), on=PROPOSED_ON, by=world.department
        )


def test_a_code_is_used_once(world: World):
    a_proposal()
    with pytest.raises(Rejected, match="taken"):
        a_proposal()


def test_a_change_is_a_new_version_with_its_reason(world: World):
    project_id = a_proposal()
    describe_project(project_id, some_fields(persons=410), reason="核实人口", by=world.receiver)
    rows = ProjectVersion.objects.filter(project_id=project_id).order_by("number")
    assert [(row.persons, row.reason) for row in rows] == [(400, ""), (410, "核实人口")]


def test_planned_money_that_was_consented_to_is_not_changed(world: World, second: Actor):
    project_id = a_project_at("consented", second=second)
    with pytest.raises(Rejected, match="agreed to"):
        describe_project(project_id, some_fields(funding=()), reason="减少", by=world.receiver)


def test_a_project_that_left_the_library_begins_anew(world: World, second: Actor):
    project_id = a_project_at("planned", second=second)
    record_step(project_id, "library_out", on=LATER, by=second, reason="用地未落实")
    record_step(project_id, "proposed", on=LATER, by=second)
    with pytest.raises(Refusal):
        record_step(project_id, "library_in", on=LATER, by=world.receiver, reason="x")


def test_only_the_last_step_is_taken_back_and_with_a_reason(world: World, second: Actor):
    project_id = a_project_at("checked", second=second)
    with pytest.raises(Rejected):
        take_back_step(project_id, reason=" ", by=second)
    take_back_step(project_id, reason="记早了", by=second)
    record_step(project_id, "checked", on=LATER, by=second)
    rows = ProjectStep.objects.filter(project_id=project_id).order_by("number")
    assert [(row.step, row.takes_back_id is not None) for row in rows] == [
        ("proposed", False),
        ("checked", False),
        ("checked", True),
        ("checked", False),
    ]


def test_the_other_side_takes_back_nothing_of_this_side(world: World, second: Actor):
    project_id = a_project_at("consented", second=second)
    with pytest.raises(Refusal):
        take_back_step(project_id, reason="x", by=second)
    take_back_step(project_id, reason="x", by=world.giver)


def test_a_paper_stands_with_its_step_once(world: World, second: Actor):
    project_id = a_proposal()
    step = ProjectStep.objects.get(project_id=project_id)
    digest = attach_step_paper(step.pk, content=A_PAPER, sort="application", by=world.receiver)
    assert StepPaper.objects.get().evidence_id == digest
    with pytest.raises(Refusal):
        attach_step_paper(step.pk, content=A_PAPER, sort="application", by=world.receiver)
    with pytest.raises(Rejected):
        attach_step_paper(step.pk, content=A_PAPER, sort="contract", by=world.receiver)


def test_a_goal_has_results_and_the_units_own_evaluation(world: World):
    project_id = a_proposal()
    goal = Goal.objects.get(project_id=project_id)
    report_goal(goal.pk, thousandths=4_800_000, as_of=LATER, evaluation="基本完成", by=world.receiver)
    assert goal.results.get().result_thousandths == 4_800_000
    with pytest.raises(Rejected):
        report_goal(goal.pk, thousandths=None, as_of=None, by=world.receiver)


def test_a_notice_keeps_the_money_as_published(world: World):
    project_id = a_proposal()
    post_notice(project_id, a_notice(), spent=Money.of(20), by=world.receiver)
    row = Notice.objects.get()
    assert (row.planned_minor, row.spent_minor) == (Money.of(1_000_000).minor, 2_000)


def test_a_short_notice_says_why(world: World):
    project_id = a_proposal()
    with pytest.raises(Rejected, match="10 days"):
        post_notice(project_id, a_notice(last_on=date(2020, 1, 8)), spent=Money(0), by=world.receiver)


def test_the_fewest_days_of_a_notice_are_a_threshold_of_the_book():
    assert "projects.notice_days_min" in {one.code for one in offered_parameters()}


def test_an_asset_is_in_use_until_it_is_said_to_be_idle(world: World):
    asset_id = register_asset(a_proposal(), an_asset(), by=world.receiver)
    mark_asset(asset_id, "idle", since=LATER, note="无人承包", by=world.receiver)
    with pytest.raises(Rejected):
        mark_asset(asset_id, "in_use", since=date(2020, 11, 1), by=world.receiver)


def test_a_project_is_handed_over_once_its_assets_have_owner_and_carer(world: World, second: Actor):
    project_id = a_project_at("settled", second=second)
    asset_id = register_asset(project_id, an_asset(), by=second)
    with pytest.raises(Rejected, match="looks after"):
        record_step(project_id, "handed_over", on=LATER, by=second)
    holding = HoldingDraft(
        date(2020, 3, 1), "village", world.zhenyuan, world.cooperative, world.cooperative, "镇资字1号"
    )
    hold_asset(asset_id, holding, by=second)
    record_step(project_id, "handed_over", on=LATER, by=second)


def test_income_and_its_shares_agree(world: World):
    asset_id = register_asset(a_proposal(), an_asset(), by=world.receiver)
    report_income(asset_id, IncomeDraft(2020, Money(100), (("kept", Money(100)),)), by=world.receiver)
    with pytest.raises(Rejected):
        report_income(asset_id, IncomeDraft(2020, Money(100)), by=world.receiver)


TABLES = (
    "projectversion",
    "plannedfunding",
    "projectstep",
    "steppaper",
    "goal",
    "goalresult",
    "notice",
    "asset",
    "assetsource",
    "holding",
    "assetstatus",
    "assetincome",
    "incomeshare",
)


@pytest.fixture
def filled(world: World, second: Actor) -> None:
    """A library with a row in each of its tables."""
    project_id = a_project_at("settled", second=second)
    step = ProjectStep.objects.filter(project_id=project_id)[0]
    attach_step_paper(step.pk, content=A_PAPER, sort="other", by=second)
    goal_id = set_goal(project_id, A_GOAL, by=second)
    report_goal(goal_id, thousandths=1, as_of=LATER, by=second)
    post_notice(project_id, a_notice(), spent=Money(0), by=second)
    asset_id = register_asset(project_id, an_asset(), by=second)
    hold_asset(asset_id, HoldingDraft(LATER, "household"), by=second)
    report_income(asset_id, IncomeDraft(2020, Money(1), (("kept", Money(1)),)), by=second)


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("act", ["update", "delete", "replace or truncate"])
@pytest.mark.parametrize("name", TABLES)
def test_no_row_of_the_library_is_changed_or_removed(name: str, act: str):
    table = f"projects_{name}"
    statements = {
        "update": f"UPDATE {table} SET id = id",
        "delete": f"DELETE FROM {table}",
        "replace or truncate": f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
        if connection.vendor == "sqlite"
        else f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {table} CASCADE",
    }
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statements[act])
