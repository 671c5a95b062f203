"""The pages of the project library: proposing by a form, steps, goals, notices, assets, and who sees what."""

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pairbook.kernel.access import Actor
from pairbook.kernel.money import Money
from pairbook.kernel.texts import Text
from pairbook.projects.actions import (
    describe_project,
    propose_project,
    record_step,
    set_goal,
)
from pairbook.projects.opening import open_project
from pairbook.projects.reads import project_of_code
from pairbook.projects.shapes import FundingLine, GoalDraft, Measure, ProjectFields
from pairbook.register.actions import attach_paper, confirm_entry, withdraw_entry
from pairbook.register.tracing import spent_by_project
from tests.world import A_PAPER, PROGRAMME, World, an_entry, an_officer, sign_in

BASE = f"/en/work/{PROGRAMME}"
DAY = date(2020, 1, 6)


def text_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def fields(world: World, **changes) -> ProjectFields:
    told = {
        "name": Text("肉兔养殖基地", "Rabbit farm"),
        "use": "breeding",
        "nature": "new",
        "year": 2020,
        "place_id": world.zhenyuan,
        "starts_on": date(2020, 3, 1),
        "ends_on": date(2020, 10, 31),
        "responsible_id": world.receiver_office,
        "tasks": "修缮窑洞",
        "participation": "农户入社",
        "mechanism": "分红",
        "households": 120,
        "persons": 400,
        "poor_persons": 260,
        "funding": (FundingLine("assisting_fiscal", Money.of(9000), "fiscal-2020"),),
    }
    return ProjectFields(**{**told, **changes})


@pytest.fixture
def proposal(world: World) -> int:
    """A whole proposal of the receiver's officer, with a goal."""
    project_id = propose_project(
        pairing_id=world.pairing_id, code="r-1", fields=fields(world), on=DAY, by=world.receiver
    )
    set_goal(
        project_id,
        GoalDraft("quantity", Text("存栏", "Rabbits"), Measure(5_000_000, "只 / head")),
        by=world.receiver,
    )
    return project_id


@pytest.fixture
def second(world: World) -> Actor:
    """Another officer of the assisted side."""
    return an_officer("receiver-2", world.receiver_office)


def through(project_id: int, world: World, second: Actor, *steps: str) -> None:
    day = DAY
    for step in steps:
        day += timedelta(days=1)
        by = world.giver if step == "consented" else second
        record_step(project_id, step, on=day, by=by, reason="按程序办理")


WRITTEN = {
    "code": "r-2",
    "happened_on": "2020-01-06",
    "name_zh": "肉兔",
    "name_en": "Rabbits",
    "use": "breeding",
    "year": "2020",
    "place": "621027",
    "persons": "１２０",
    "source_0": "assisting_fiscal",
    "fund_0": "fiscal-2020",
    "money_0": "54万",
}


def test_a_project_is_proposed_by_the_form(world: World, client):
    responsible = {"responsible": str(world.receiver_office)}
    answer = sign_in(client, world.receiver).post(f"{BASE}/projects/new/", WRITTEN | responsible)
    assert answer["Location"] == f"{BASE}/projects/r-2/"
    key = project_of_code(world.pairing_id, "r-2")
    assert key is not None
    opened = open_project(key.id)
    assert opened.planned == Money.of(540_000) and opened.state == "proposed"
    assert opened.version is not None and opened.version.fields.persons == 120


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"use": "vehicles"}, "Assistance money buys no vehicles"),
        ({"happened_on": "2020-13-01"}, "no such day"),
        ({"money_0": "12,34"}, "read in two ways"),
        ({"money_0": ""}, "Give the amount."),
        ({"source_0": ""}, "Choose the source."),
        ({"place": "Atlantis"}, "No place or organisation of this name"),
        ({"code": "rabbits"}, "taken"),
        ({"source_1": "assisting_fiscal", "fund_1": "fiscal-2020", "money_1": "1"}, "stands here twice"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(world: World, client, changes, said):
    page = sign_in(client, world.receiver).post(f"{BASE}/projects/new/", WRITTEN | changes)
    assert page.status_code == 200 and said in text_of(page)
    assert page.context["form"].errors


def test_the_library_tells_how_many_stand_where(world: World, second, proposal, client):
    page = text_of(sign_in(client, world.receiver).get(f"{BASE}/projects/"))
    assert "Proposed 1" in page and "Listed only 1" in page and "9,000.00" in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("state=proposed", True),
        ("state=started", False),
        ("year=2020", True),
        ("use=planting", False),
        ("fund=fiscal-2020", True),
        ("place=621000", True),
        ("place=120118", False),
    ],
)
def test_the_library_is_filtered(world: World, proposal, client, query, shown):
    page = text_of(sign_in(client, world.receiver).get(f"{BASE}/projects/?{query}"))
    assert (f"{BASE}/projects/r-1/" in page) is shown


def test_what_is_spent_is_asked_of_the_register(world: World, proposal, client):
    an_entry("funds", "received", money=Money.of(700))
    an_entry("funds", "spent", money=Money.of(700), project_id=proposal)
    receiver = sign_in(client, world.receiver)
    assert "700.00" in text_of(receiver.get(f"{BASE}/projects/"))
    page = text_of(receiver.get(f"{BASE}/projects/r-1/"))
    assert "700.00 yuan" in page and f"what=project:{proposal}" in page


def test_what_is_spent_counts_current_entries_whatever_their_state(world: World, proposal):
    an_entry("funds", "received", money=Money.of(900))
    first, second, third = (
        an_entry("funds", "spent", money=Money.of(yuan), project_id=proposal) for yuan in (100, 200, 300)
    )
    confirm_entry(first, by=world.giver)
    attach_paper(second, content=A_PAPER, sort="other", by=world.receiver)
    withdraw_entry(third, reason="重复录入", by=world.receiver)
    assert spent_by_project([world.pairing_id]) == {proposal: Money.of(300)}


def test_an_entry_leads_to_its_project(world: World, proposal, client):
    an_entry("funds", "received", money=Money.of(700))
    entry = an_entry("funds", "spent", money=Money.of(700), project_id=proposal)
    page = text_of(sign_in(client, world.receiver).get(f"{BASE}/entries/{entry}/"))
    assert f"{BASE}/projects/r-1/" in page


def test_a_department_sees_its_own_projects_only(world: World, proposal, client):
    own = fields(world, responsible_id=world.health_bureau)
    propose_project(pairing_id=world.pairing_id, code="h-1", fields=own, on=DAY, by=world.department)
    department = sign_in(client, world.department)
    page = text_of(department.get(f"{BASE}/projects/"))
    assert "h-1" in page and "r-1" not in page
    assert department.get(f"{BASE}/projects/r-1/").status_code == 403


def test_the_proposer_is_offered_no_check_and_the_other_officer_is(world: World, second, proposal, client):
    address = f"{BASE}/projects/r-1/"
    assert "steps/checked/" not in text_of(sign_in(client, world.receiver).get(address))
    assert "steps/checked/" in text_of(sign_in(client, second).get(address))


def test_a_step_is_recorded_with_its_paper(world: World, second, proposal, client):
    paper = SimpleUploadedFile("check.pdf", A_PAPER)
    sent = {"happened_on": "2020-01-07", "paper": paper, "paper_sort": "check"}
    answer = sign_in(client, second).post(f"{BASE}/projects/r-1/steps/checked/", sent)
    assert answer.status_code == 302
    (_, checked) = open_project(proposal).steps
    assert [one.sort.code for one in checked.papers] == ["check"]
    page = client.get(f"/en/work/papers/{checked.papers[0].sha256}/")
    assert page.status_code == 200 and page.content == A_PAPER
    assert sign_in(client, world.department).get(page.request["PATH_INFO"]).status_code == 403


def test_a_paper_that_cannot_be_kept_leaves_no_step(world: World, second, proposal, client):
    sent = {"happened_on": "2020-01-07", "paper": SimpleUploadedFile("x.exe", b"MZ"), "paper_sort": "check"}
    page = sign_in(client, second).post(f"{BASE}/projects/r-1/steps/checked/", sent)
    assert "no PDF" in text_of(page) and open_project(proposal).state == "proposed"


def test_the_giver_is_told_what_waits_for_its_consent(world: World, second, proposal, client):
    through(proposal, world, second, "checked")
    assert "Consent to 1 project" in text_of(sign_in(client, world.giver).get("/en/work/"))
    client.post(f"{BASE}/projects/r-1/steps/consented/", {"happened_on": "2020-01-08"})
    assert open_project(proposal).state == "consented"
    assert "Consent to" not in text_of(client.get("/en/work/"))


def test_an_approval_without_consent_says_so(world: World, second, proposal, client):
    through(proposal, world, second, "checked")
    sent = {"happened_on": "2020-01-08"}
    page = sign_in(client, second).post(f"{BASE}/projects/r-1/steps/approved/", sent)
    assert "the assisting side gives it first" in text_of(page)


def test_a_change_shows_what_changed_and_the_old_version(world: World, proposal, client):
    changed = fields(world, persons=420)
    describe_project(proposal, changed, reason="核实 / counted again", by=world.receiver)
    receiver = sign_in(client, world.receiver)
    page = text_of(receiver.get(f"{BASE}/projects/r-1/"))
    assert "<del>400</del> <ins>420</ins>" in page and "counted again" in page
    assert "This is version 1" in text_of(receiver.get(f"{BASE}/projects/r-1/?version=1"))


def test_the_form_of_a_change_starts_from_what_is_there(world: World, proposal, client):
    receiver = sign_in(client, world.receiver)
    form = receiver.get(f"{BASE}/projects/r-1/change/").context["form"]
    sent = {bound.html_name: bound.value() for row in form.plain_rows for bound in row}
    sent |= {bound.html_name: bound.value() or "" for row in form.source_rows for bound in row}
    sent = {name: "" if value is None else value for name, value in sent.items() if value is not False}
    page = receiver.post(f"{BASE}/projects/r-1/change/", sent | {"reason": "x"})
    assert "what the book says already" in text_of(page)
    answer = receiver.post(f"{BASE}/projects/r-1/change/", sent | {"reason": "x", "persons": "421"})
    assert answer.status_code == 302
    assert open_project(proposal).version.fields.persons == 421  # type: ignore[union-attr]


def test_a_step_is_taken_back_with_its_reason(world: World, second, proposal, client):
    through(proposal, world, second, "checked")
    client = sign_in(client, second)
    assert client.post(f"{BASE}/projects/r-1/take-back/", {"reason": ""}).status_code == 200
    assert client.post(f"{BASE}/projects/r-1/take-back/", {"reason": "记早了"}).status_code == 302
    assert open_project(proposal).state == "proposed"


def test_a_goal_is_set_and_reported(world: World, proposal, client):
    receiver = sign_in(client, world.receiver)
    goal = {"sort": "satisfaction", "text_zh": "满意度", "text_en": "Satisfied", "target": "90", "unit": "%"}
    assert receiver.post(f"{BASE}/projects/r-1/goals/", goal).status_code == 302
    added = open_project(proposal).goals[-1]
    result = {"result": "96.5%", "as_of": "2020-12-01", "evaluation": "完成"}
    assert receiver.post(f"{BASE}/projects/r-1/goals/{added.id}/", result).status_code == 302
    assert open_project(proposal).goals[-1].result.is_reached  # type: ignore[union-attr]


def test_a_notice_is_posted_and_printed(world: World, proposal, client):
    receiver = sign_in(client, world.receiver)
    notice = {
        "sort": "before",
        "text": "拟入库公示 / Prior notice",
        "boards": ["portal", "village"],
        "first_on": "2020-01-06",
        "last_on": "2020-01-08",
    }
    page = receiver.post(f"{BASE}/projects/r-1/notices/", notice)
    assert "10 days in principle" in text_of(page)
    assert (
        receiver.post(f"{BASE}/projects/r-1/notices/", notice | {"last_on": "2020-01-16"}).status_code == 302
    )
    (posted,) = open_project(proposal).notices
    sheet = text_of(receiver.get(f"{BASE}/projects/r-1/notices/{posted.id}/"))
    assert "Prior notice of the project: Rabbit farm" in sheet and "9,000.00 yuan" in sheet


def test_an_asset_is_registered_held_marked_and_reported(world: World, proposal, client):
    receiver = sign_in(client, world.receiver)
    asset = {
        "sort": "operating",
        "name_zh": "兔舍",
        "name_en": "Sheds",
        "size": "20",
        "unit": "孔 / caves",
        "acquired_on": "2020-03-01",
        "value": "100.03",
        "source_0": "assisting_fiscal",
        "money_0": "100.02",
    }
    page = receiver.post(f"{BASE}/projects/r-1/assets/", asset)
    assert "differ by 0.01 yuan" in text_of(page)
    assert receiver.post(f"{BASE}/projects/r-1/assets/", asset | {"money_0": "100.03"}).status_code == 302
    (row,) = open_project(proposal).assets
    acts = f"{BASE}/projects/r-1/assets/{row.id}"
    assert "Sheds: no owner" in text_of(receiver.get(f"{BASE}/projects/r-1/"))
    held = {
        "since": "2020-03-02",
        "ownership": "village",
        "owner": str(world.zhenyuan),
        "carer": str(world.cooperative),
    }
    income = {"year": "2020", "money": "10", "share_households": "6", "share_kept": "4"}
    for act, sent in (
        ("holder", held),
        ("status", {"status": "idle", "since": "2020-05-01"}),
        ("income", income),
    ):
        assert receiver.post(f"{acts}/{act}/", sent).status_code == 302, act
    listed = text_of(receiver.get(f"{BASE}/assets/"))
    assert "Idle assets <span" in listed and "Every asset has an owner" in listed
    assert receiver.get(f"{acts}/nothing/").status_code == 404


def test_the_library_speaks_chinese(world: World, proposal, client):
    page = text_of(sign_in(client, world.receiver).get(f"/zh-hans/work/{PROGRAMME}/projects/r-1/"))
    assert "肉兔养殖基地" in page and "下一步由他人办理" in page
