"""What the public sees of the project library: approved projects without persons, their money, notices, assets."""

import re
from datetime import date, timedelta

import pytest

from pairbook.kernel.access import Actor
from pairbook.kernel.money import Money
from pairbook.kernel.texts import Text
from pairbook.projects.actions import post_notice, propose_project, record_step, set_goal
from pairbook.projects.shapes import FundingLine, GoalDraft, Measure, NoticeDraft, ProjectFields
from tests.world import PROGRAMME, World, an_entry, an_officer

BASE = f"/en/p/{PROGRAMME}"
DAY = date(2020, 1, 6)


def text_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def second(world: World) -> Actor:
    """Another officer of the assisted side, by name."""
    return an_officer("wang-xiaoming", world.receiver_office)


@pytest.fixture
def proposal(world: World) -> int:
    """A whole proposal with a goal."""
    fields = ProjectFields(
        name=Text("肉兔养殖基地", "Rabbit farm"),
        use="breeding",
        nature="new",
        year=2020,
        place_id=world.zhenyuan,
        starts_on=date(2020, 3, 1),
        ends_on=date(2020, 10, 31),
        responsible_id=world.receiver_office,
        tasks="修缮窑洞",
        participation="农户入社",
        mechanism="分红",
        households=120,
        persons=400,
        poor_persons=260,
        funding=(FundingLine("own_fiscal", Money.of(9000)),),
    )
    project_id = propose_project(
        pairing_id=world.pairing_id, code="r-1", fields=fields, on=DAY, by=world.receiver
    )
    goal = GoalDraft("quantity", Text("存栏", "Rabbits kept"), Measure(5_000_000, "只 / head"))
    set_goal(project_id, goal, by=world.receiver)
    return project_id


@pytest.fixture
def approved(proposal: int, second: Actor) -> int:
    """The same, once approved."""
    for days, step in enumerate(("checked", "approved"), start=1):
        record_step(proposal, step, on=DAY + timedelta(days=days), by=second)
    return proposal


def test_a_proposal_is_not_public_yet(world: World, proposal, client):
    assert "r-1" not in text_of(client.get(f"{BASE}/projects/"))
    assert client.get(f"{BASE}/projects/r-1/").status_code == 404


def test_an_approved_project_is_public_without_a_person(world: World, approved, client):
    assert "Rabbit farm" in text_of(client.get(f"{BASE}/projects/"))
    page = text_of(client.get(f"{BASE}/projects/r-1/"))
    assert "Rabbits kept" in page and "400 persons" in page
    assert "wang-xiaoming" not in page


def test_a_project_only_listed_has_its_page(world: World, client):
    assert "Rabbit breeding" in text_of(client.get(f"{BASE}/projects/rabbits/"))


def test_what_was_spent_opens_down_to_its_entries(world: World, approved, client):
    an_entry("funds", "received", money=Money.of(900))
    entry = an_entry("funds", "spent", money=Money.of(700), project_id=approved)
    other = an_entry("funds", "spent", money=Money.of(200))
    page = text_of(client.get(f"{BASE}/projects/r-1/"))
    assert f"{BASE}/entries/?project={approved}" in page and "700.00 yuan" in page
    rows = text_of(client.get(f"{BASE}/entries/?project={approved}"))
    found = re.findall(r"/entries/(\d+)/", rows)
    assert str(entry) in found and str(other) not in found
    assert f"{BASE}/projects/r-1/" in text_of(client.get(f"{BASE}/entries/{entry}/"))


def test_an_entry_does_not_lead_to_a_project_that_is_not_public(world: World, proposal, client):
    an_entry("funds", "received", money=Money.of(900))
    entry = an_entry("funds", "spent", money=Money.of(700), project_id=proposal)
    assert "/projects/r-1/" not in text_of(client.get(f"{BASE}/entries/{entry}/"))


@pytest.mark.parametrize(("boards", "status"), [(("portal", "village"), 200), (("village",), 404)])
def test_a_prior_notice_is_public_where_it_hangs_on_the_portal(
    world: World, proposal, client, boards, status
):
    notice = NoticeDraft("before", "拟入库公示 / Prior notice", boards, "", DAY, date(2020, 1, 20))
    number = post_notice(proposal, notice, spent=Money(0), by=world.receiver)
    assert client.get(f"{BASE}/notices/{number}/").status_code == status


def test_a_notice_keeps_its_figures_and_says_what_the_book_has_now(world: World, approved, client):
    notice = NoticeDraft("before", "公示 / Notice", ("portal",), "", DAY, date(2020, 1, 20))
    number = post_notice(approved, notice, spent=Money(0), by=world.receiver)
    an_entry("funds", "received", money=Money.of(900))
    an_entry("funds", "spent", money=Money.of(700), project_id=approved)
    page = text_of(client.get(f"{BASE}/notices/{number}/"))
    assert "0.00 yuan <span" in page and "The book today: planned 9,000.00 yuan" in page
    assert "700.00 yuan" in page


def test_a_notice_of_another_pairing_is_not_found(world: World, approved, client):
    notice = NoticeDraft("before", "公示", ("portal",), "", DAY, date(2020, 1, 20))
    number = post_notice(approved, notice, spent=Money(0), by=world.receiver)
    assert client.get(f"/en/p/heping-huining/notices/{number}/").status_code == 404


def test_projects_are_listed_by_year(world: World, approved, client):
    assert "Rabbit farm" in text_of(client.get(f"{BASE}/projects/?year=2020"))
    assert "Rabbit farm" not in text_of(client.get(f"{BASE}/projects/?year=2021"))


def test_the_money_of_a_project_is_told_fund_by_fund_beside_its_plan(world: World, approved, client):
    an_entry(stage="assigned", project_id=approved)
    page = text_of(client.get(f"{BASE}/projects/r-1/"))
    assert "Fund fiscal-2020" in page and "assigned above the plan by 1,000.00 yuan" in page
    assert "surplus" not in page


def test_money_a_settled_project_still_has_is_called_surplus(world: World, approved, second, client):
    an_entry(stage="assigned", project_id=approved)
    steps = ("library_in", "planned", "tendered", "contracted", "started", "finished", "accepted", "settled")
    for days, step in enumerate(steps, start=10):
        record_step(approved, step, on=DAY + timedelta(days=days), by=second, reason="按程序办理")
    assert "surplus: the project is settled" in text_of(client.get(f"{BASE}/projects/r-1/"))
