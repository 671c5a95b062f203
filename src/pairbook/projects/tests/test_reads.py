"""What the library tells: its list, a project opened, its assets."""

from datetime import date

import pytest

from pairbook.kernel.access import Actor
from pairbook.kernel.money import Money
from pairbook.kernel.texts import Text
from pairbook.projects.actions import (
    attach_step_paper,
    describe_project,
    hold_asset,
    mark_asset,
    post_notice,
    record_step,
    register_asset,
    report_goal,
    report_income,
    take_back_step,
)
from pairbook.projects.assets import asset_lists, assets_of
from pairbook.projects.models import Goal, ProjectStep
from pairbook.projects.opening import open_project
from pairbook.projects.reads import LibraryFilter, library, project_of_code, projects_with_paper
from pairbook.projects.shapes import AssetDraft, FundingLine, HoldingDraft, IncomeDraft, Measure, NoticeDraft
from pairbook.projects.tests.samples import PROPOSED_ON, a_project_at, a_proposal, some_fields
from tests.world import A_PAPER, World, an_officer

LATER = date(2020, 12, 1)


@pytest.fixture
def second(world: World) -> Actor:
    """Another officer of the assisted side."""
    return an_officer("receiver-2", world.receiver_office)


def listed(world: World, **wanted) -> list[str]:
    return [row.code for row in library(LibraryFilter(pairing_ids=(world.pairing_id,), **wanted))]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, ["library-01", "rabbits"]),
        ({"state": "checked"}, ["library-01"]),
        ({"state": "listed"}, ["rabbits"]),
        ({"state": "proposed"}, []),
        ({"year": 2020}, ["library-01"]),
        ({"year": 2021}, []),
        ({"use": "breeding"}, ["library-01"]),
        ({"fund_code": "fiscal-2020"}, ["library-01"]),
        ({"fund_code": "social-2020"}, []),
        ({"place_code": "621000"}, ["library-01"]),
        ({"place_code": "120118"}, []),
        ({"own_of": -1}, []),
        ({"is_open": True}, ["rabbits"]),
    ],
)
def test_the_library_is_filtered_by_where_projects_stand(world: World, second: Actor, wanted, expected):
    a_project_at("checked", second=second)
    assert listed(world, **wanted) == expected


def test_the_library_asks_no_more_of_many_projects(world: World, django_assert_max_num_queries):
    for number in range(6):
        a_proposal(f"many-{number}")
    with django_assert_max_num_queries(5):
        assert len(library(LibraryFilter(pairing_ids=(world.pairing_id,)))) == 7


def test_a_project_says_where_it_stands_and_what_may_come(world: World, second: Actor):
    opened = open_project(a_project_at("library_in", second=second))
    assert [mark.standing for mark in opened.line].count("done") == 4
    assert [step.code for step in opened.next_steps] == ["library_out", "planned"]
    assert opened.step is not None and opened.step.code == "library_in"


def test_a_project_out_of_the_library_has_no_steps_to_come(world: World, second: Actor):
    project_id = a_project_at("library_in", second=second)
    record_step(project_id, "library_out", on=LATER, by=second, reason="用地未落实")
    assert [mark.step.code for mark in open_project(project_id).line][-1] == "library_out"


def test_the_approval_shows_whose_consent_it_rests_on(world: World, second: Actor):
    opened = open_project(a_project_at("approved", second=second))
    (approved,) = [row for row in opened.steps if row.step.code == "approved"]
    assert approved.consent_for == Text("静海区合作交流办", "Jinghai Cooperation Office")


def test_a_step_taken_back_stays_readable(world: World, second: Actor):
    project_id = a_project_at("checked", second=second)
    take_back_step(project_id, reason="记早了", by=second)
    opened = open_project(project_id)
    assert [(row.is_taken_back, row.takes_back) for row in opened.steps] == [
        (False, False),
        (True, False),
        (False, True),
    ]
    assert opened.state == "proposed"


def test_versions_say_what_changed(world: World):
    project_id = a_proposal()
    fields = some_fields(persons=410, tasks="修缮窑洞 24 孔 / Twenty-four cave dwellings repaired")
    describe_project(project_id, fields, reason="核实", by=world.receiver)
    old, new = open_project(project_id).versions
    assert old.changes == () and old.fields.persons == 400
    assert [(change.label.en, change.new.en) for change in new.changes] == [
        ("Tasks", "Twenty-four cave dwellings repaired"),
        ("Persons who benefit", "410"),
    ]


def test_what_is_missing_is_listed(world: World, second: Actor):
    project_id = a_project_at("library_in", second=second)
    missing = [text.en for text in open_project(project_id).missing]
    assert missing[0] == "no prior notice before it entered the library"
    assert missing[1].startswith("steps without their papers: proposed, checked, consent given")


def test_papers_and_notices_take_what_was_missing_away(world: World, second: Actor):
    project_id = a_proposal()
    step = ProjectStep.objects.get(project_id=project_id)
    digest = attach_step_paper(step.pk, content=A_PAPER, sort="application", by=world.receiver)
    draft = NoticeDraft("before", "公示", ("portal", "village"), "", PROPOSED_ON, date(2020, 1, 20))
    post_notice(project_id, draft, spent=Money(0), by=world.receiver)
    opened = open_project(project_id)
    assert opened.missing == () and opened.notices[0].days == 15
    assert [key.code for key in projects_with_paper(digest)] == ["library-01"]


def test_a_goal_is_held_against_its_result(world: World):
    project_id = a_proposal()
    goal = Goal.objects.get(project_id=project_id)
    for result in (4_000_000, 5_100_000):
        report_goal(goal.pk, thousandths=result, as_of=LATER, by=world.receiver)
    (row,) = open_project(project_id).goals
    assert [one.is_reached for one in row.results] == [False, True]
    assert row.result is not None and row.result.result == Measure(5_100_000, "只 / head")


def _asset(project_id: int, by: Actor, name: str = "兔舍") -> int:
    draft = AssetDraft(
        "operating",
        Text(name, name),
        Measure(20_000, "孔"),
        date(2020, 2, 1),
        Money.of(500),
        (FundingLine("assisting_fiscal", Money.of(500), "fiscal-2020"),),
    )
    return register_asset(project_id, draft, by=by)


def test_idle_and_unheld_assets_are_listed(world: World):
    project_id = a_proposal()
    idle, held, lost, wrong = (_asset(project_id, world.receiver, name) for name in "甲乙丙丁")
    for asset, status in ((idle, "idle"), (lost, "lost"), (wrong, "withdrawn")):
        mark_asset(asset, status, since=LATER, by=world.receiver)
    holding = HoldingDraft(LATER, "household", carer_id=world.cooperative)
    hold_asset(held, holding, by=world.receiver)
    lists = asset_lists([project_id])
    assert [row.id for row in lists.all.rows] == [idle, held, lost]
    assert [row.id for row in lists.idle.rows] == [idle]
    assert [row.id for row in lists.unheld.rows] == [idle]
    assert lists.all.value == Money.of(1500)


def test_the_newest_income_of_a_year_counts(world: World):
    project_id = a_proposal()
    asset = _asset(project_id, world.receiver)
    for fen in (100, 90):
        income = IncomeDraft(2020, Money(fen), (("kept", Money(fen)),))
        report_income(asset, income, by=world.receiver)
    (row,) = assets_of([project_id])
    assert [(one.year, one.money) for one in row.incomes] == [(2020, Money(90))]


def test_a_project_is_found_by_its_code(world: World):
    key = project_of_code(world.pairing_id, "rabbits")
    assert key is not None and key.responsible_id is None
    assert project_of_code(world.pairing_id, "none") is None
