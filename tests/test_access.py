"""Every address of the site, tried by everybody: the public, both officers, a department, the auditor, the
administrator and the stranger, who is an officer of another pair.

The table below is what may be relied on. A page added without a line in it fails the first test.
"""

from collections.abc import Iterator
from datetime import date

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import override

from pairbook.kernel.access import Actor
from pairbook.kernel.money import Money
from pairbook.kernel.problems import Rejected
from pairbook.kernel.texts import Text
from pairbook.projects.actions import post_notice, propose_project, register_asset, set_goal
from pairbook.projects.opening import open_project
from pairbook.projects.shapes import AssetDraft, FundingLine, GoalDraft, Measure, NoticeDraft, ProjectFields
from pairbook.register.actions import attach_paper, note_point, record_entry
from pairbook.register.reconciling import LineDraft
from pairbook.register.statements.actions import StatementDraft, accept_matches, keep_statement
from pairbook.register.statements.reads import reconciled
from tests.world import PROGRAMME, World, a_draft, an_entry, sign_in

pytestmark = pytest.mark.slow

CAST = ("", "giver", "receiver", "department", "auditor", "administrator", "stranger")

# `own` is an entry of the receiver's department, `office` one it has no part in. 302 leads the public to the sign-in
# page; an act that was done leads on with 302 too. POST lines send an empty form: 200 is the form with its problems.
TABLE = """
GET   zh-hans/sign-in/                                   | 200 302 302 302 302 302 302
GET   en/sign-out/                                       | 405 405 405 405 405 405 405
POST  en/sign-out/                                       | 302 302 302 302 302 302 302
GET   en/                                                | 200 200 200 200 200 200 200
GET   en/f/{programme}/funds.fiscal/received             | 200 200 200 200 200 200 200
GET   en/p/{programme}/                                  | 200 200 200 200 200 200 200
GET   en/p/{programme}/kinds/funds/                      | 200 200 200 200 200 200 200
GET   en/p/{programme}/campaigns/covid-19/               | 200 200 200 200 200 200 200
GET   en/p/{programme}/sum/                              | 200 200 200 200 200 200 200
GET   en/p/{programme}/entries/                          | 200 200 200 200 200 200 200
GET   en/p/{programme}/entries/{office}/                 | 200 200 200 200 200 200 200
GET   en/p/{programme}/money/                            | 200 200 200 200 200 200 200
GET   en/p/{programme}/pairs/                            | 200 200 200 200 200 200 200
GET   en/p/{programme}/check/                            | 200 200 200 200 200 200 200
POST  en/p/{programme}/check/                            | 200 200 200 200 200 200 200
GET   en/p/{programme}/check/report/                     | 405 405 405 405 405 405 405
POST  en/p/{programme}/check/report/                     | 200 200 200 200 200 200 200
GET   en/p/{programme}/published/                        | 200 200 200 200 200 200 200
GET   en/p/{programme}/projects/                         | 200 200 200 200 200 200 200
GET   en/p/{programme}/projects/rabbits/                 | 200 200 200 200 200 200 200
GET   en/p/{programme}/projects/office/                  | 404 404 404 404 404 404 404
GET   en/p/{programme}/notices/{notice}/                 | 200 200 200 200 200 200 200
GET   en/place/621027/                                   | 200 200 200 200 200 200 200
GET   en/place/CN/list/national-2014/                    | 200 200 200 200 200 200 200
GET   en/work/                                           | 302 200 200 200 200 200 200
GET   en/work/papers/{paper}/                            | 302 200 200 403 200 403 403
GET   en/work/papers/{own_paper}/                        | 302 200 200 200 200 403 403
GET   en/work/set-up/                                    | 302 403 403 403 403 200 403
GET   en/work/set-up/organisations/                      | 302 403 403 403 403 200 403
POST  en/work/set-up/organisations/                      | 302 403 403 403 403 200 403
GET   en/work/set-up/places/                             | 302 403 403 403 403 200 403
POST  en/work/set-up/places/                             | 302 403 403 403 403 200 403
GET   en/work/set-up/thresholds/                         | 302 403 403 403 403 200 403
POST  en/work/set-up/thresholds/                         | 302 403 403 403 403 200 403
GET   en/work/set-up/places/find/                        | 302 403 403 403 403 200 403
GET   en/work/set-up/places/621027/                      | 302 403 403 403 403 200 403
POST  en/work/set-up/places/621027/                      | 302 403 403 403 403 200 403
GET   en/work/set-up/users/                              | 302 403 403 403 403 200 403
POST  en/work/set-up/users/                              | 302 403 403 403 403 200 403
GET   en/work/set-up/pairings/                           | 302 403 403 403 403 200 403
POST  en/work/set-up/pairings/                           | 302 403 403 403 403 200 403
GET   en/work/set-up/pairings/{programme}/               | 302 403 403 403 403 200 403
POST  en/work/set-up/pairings/{programme}/               | 302 403 403 403 403 200 403
GET   en/work/{programme}/registers/                     | 302 200 200 200 200 403 403
GET   en/work/{programme}/closing/                       | 302 200 200 403 200 403 403
POST  en/work/{programme}/closing/                       | 302 200 200 403 403 403 403
GET   en/work/{programme}/quality/                       | 302 200 200 403 200 403 403
GET   en/work/{programme}/due/                           | 302 200 200 200 200 403 403
GET   en/work/{programme}/readings/                      | 302 200 200 200 200 403 403
GET   en/work/{programme}/readings/cases.yaml            | 302 200 200 200 200 403 403
GET   en/work/{programme}/readings/correct/              | 302 302 302 302 403 403 403
POST  en/work/{programme}/readings/correct/              | 302 302 302 302 403 403 403
GET   en/work/{programme}/readings/1/take-back/          | 405 405 405 405 405 405 405
POST  en/work/{programme}/readings/1/take-back/          | 302 404 404 404 403 403 403
GET   en/work/{programme}/idle/                          | 302 200 200 403 200 403 403
GET   en/work/{programme}/entries/{office}/trace/        | 302 200 200 403 200 403 403
GET   en/work/{programme}/entries/{own}/trace/           | 302 200 200 403 200 403 403
GET   en/work/{programme}/lists/                         | 302 200 200 403 200 403 403
POST  en/work/{programme}/lists/                         | 302 404 404 403 403 403 403
GET   en/work/{programme}/assets/                                | 302 200 200 200 200 403 403
GET   en/work/{programme}/projects/                              | 302 200 200 200 200 403 403
GET   en/work/{programme}/projects/new/                          | 302 403 200 200 403 403 403
POST  en/work/{programme}/projects/new/                          | 302 403 200 200 403 403 403
GET   en/work/{programme}/projects/import/                       | 302 403 200 200 403 403 403
POST  en/work/{programme}/projects/import/                       | 302 403 200 200 403 403 403
GET   en/work/{programme}/projects/template/                     | 302 403 200 200 403 403 403
GET   en/work/{programme}/projects/export/                       | 302 200 200 200 200 403 403
GET   en/work/{programme}/projects/office/                       | 302 200 200 403 200 403 403
GET   en/work/{programme}/projects/own/                          | 302 200 200 200 200 403 403
GET   en/work/{programme}/projects/none/                         | 302 404 404 404 404 404 404
GET   en/work/{programme}/projects/office/change/                | 302 403 200 403 403 403 403
POST  en/work/{programme}/projects/own/change/                   | 302 403 200 200 403 403 403
GET   en/work/{programme}/projects/office/steps/checked/         | 302 403 200 403 403 403 403
POST  en/work/{programme}/projects/own/steps/checked/            | 302 403 200 403 403 403 403
GET   en/work/{programme}/projects/office/steps/consented/       | 302 200 403 403 403 403 403
GET   en/work/{programme}/projects/own/steps/tendered/           | 302 403 200 200 403 403 403
GET   en/work/{programme}/projects/office/take-back/             | 302 403 200 403 403 403 403
POST  en/work/{programme}/projects/own/take-back/                | 302 403 200 200 403 403 403
GET   en/work/{programme}/projects/own/papers/{step}/            | 302 403 200 200 403 403 403
POST  en/work/{programme}/projects/own/papers/{step}/            | 302 403 200 200 403 403 403
GET   en/work/{programme}/projects/office/goals/                 | 302 403 200 403 403 403 403
POST  en/work/{programme}/projects/own/goals/                    | 302 403 200 200 403 403 403
GET   en/work/{programme}/projects/own/goals/{goal}/             | 302 403 200 200 403 403 403
POST  en/work/{programme}/projects/own/goals/{goal}/             | 302 403 200 200 403 403 403
GET   en/work/{programme}/projects/office/notices/               | 302 403 200 403 403 403 403
POST  en/work/{programme}/projects/own/notices/                  | 302 403 200 200 403 403 403
GET   en/work/{programme}/projects/own/notices/{notice}/         | 302 200 200 200 200 403 403
GET   en/work/{programme}/projects/office/assets/                | 302 403 200 403 403 403 403
POST  en/work/{programme}/projects/own/assets/                   | 302 403 200 200 403 403 403
GET   en/work/{programme}/projects/own/assets/{asset}/holder/    | 302 403 200 200 403 403 403
POST  en/work/{programme}/projects/own/assets/{asset}/status/    | 302 403 200 200 403 403 403
GET   en/work/{programme}/projects/own/assets/{asset}/income/    | 302 403 200 200 403 403 403
GET   en/work/{programme}/entries/{office}/              | 302 200 200 403 200 403 403
GET   en/work/{programme}/entries/{own}/                 | 302 200 200 200 200 403 403
GET   en/work/{programme}/entries/{office}/confirm/      | 405 405 405 405 405 405 405
POST  en/work/{programme}/entries/{office}/confirm/      | 302 403 302 403 403 403 403
GET   en/work/{programme}/entries/{office}/dispute/      | 302 403 200 403 403 403 403
POST  en/work/{programme}/entries/{office}/dispute/      | 302 403 200 403 403 403 403
GET   en/work/{programme}/entries/{office}/correct/      | 302 200 403 403 403 403 403
POST  en/work/{programme}/entries/{office}/correct/      | 302 200 403 403 403 403 403
GET   en/work/{programme}/entries/{office}/withdraw/     | 302 200 403 403 403 403 403
POST  en/work/{programme}/entries/{office}/withdraw/     | 302 200 403 403 403 403 403
GET   en/work/{programme}/entries/{office}/attach/       | 302 200 200 403 403 403 403
POST  en/work/{programme}/entries/{own}/attach/          | 302 200 200 200 403 403 403
GET   en/work/{programme}/entries/{handed}/people/       | 302 200 200 403 200 403 403
GET   en/work/{programme}/entries/{own_handed}/people/   | 302 200 200 200 200 403 403
GET   en/work/{programme}/entries/{office}/people/       | 302 404 404 403 404 403 403
POST  en/work/{programme}/entries/{handed}/people/       | 302 403 200 403 403 403 403
POST  en/work/{programme}/entries/{own_handed}/people/   | 302 403 200 200 403 403 403
GET   en/work/{programme}/entries/{handed}/people/read/  | 302 302 302 403 302 403 403
POST  en/work/{programme}/entries/{handed}/people/read/  | 302 200 200 403 200 403 403
POST  en/work/{programme}/entries/{own_handed}/people/read/   | 302 200 200 200 200 403 403
GET   en/work/{programme}/entries/{handed}/people/export/     | 302 302 302 403 302 403 403
POST  en/work/{programme}/entries/{handed}/people/export/     | 302 200 200 403 403 403 403
POST  en/work/{programme}/entries/{own_handed}/people/export/ | 302 200 200 200 403 403 403
GET   en/work/{programme}/entries/{own_handed}/people/template/ | 302 403 200 200 403 403 403
GET   en/work/{programme}/entries/{office}/points/       | 302 302 302 403 302 403 403
POST  en/work/{programme}/entries/{office}/points/       | 302 200 200 403 403 403 403
POST  en/work/{programme}/entries/{own}/points/          | 302 200 200 200 403 403 403
GET   en/work/{programme}/points/{point}/close/          | 302 200 200 403 403 403 403
POST  en/work/{programme}/points/{point}/close/          | 302 200 200 403 403 403 403
POST  en/work/{programme}/points/{own_point}/close/      | 302 200 200 200 403 403 403
GET   en/work/{programme}/statements/                    | 302 200 200 403 200 403 403
GET   en/work/{programme}/statements/new/                | 302 200 200 403 403 403 403
POST  en/work/{programme}/statements/new/                | 302 200 200 403 403 403 403
GET   en/work/{programme}/statements/{statement}/        | 302 403 200 403 200 403 403
GET   en/work/{programme}/statements/{statement}/file/   | 302 403 200 403 200 403 403
GET   en/work/{programme}/statements/{statement}/decide/ | 405 405 405 405 405 405 405
POST  en/work/{programme}/statements/{statement}/decide/ | 302 403 409 403 403 403 403
GET   en/work/{programme}/statements/{statement}/match/  | 405 405 405 405 405 405 405
POST  en/work/{programme}/statements/{statement}/match/  | 302 403 200 403 403 403 403
GET   en/work/{programme}/statements/{statement}/matches/{match}/ | 302 403 200 403 403 403 403
POST  en/work/{programme}/statements/{statement}/matches/{match}/ | 302 403 200 403 403 403 403
GET   en/work/{programme}/funds/                         | 302 200 200 200 200 403 403
GET   en/work/{programme}/funds/confirm/                 | 405 405 405 405 405 405 405
POST  en/work/{programme}/funds/confirm/                 | 302 302 302 403 403 403 403
GET   en/work/{programme}/funds/new/                     | 302 200 200 200 403 403 403
POST  en/work/{programme}/funds/new/                     | 302 200 200 200 403 403 403
GET   en/work/{programme}/funds/import/                  | 302 200 200 403 403 403 403
POST  en/work/{programme}/funds/import/                  | 302 200 200 403 403 403 403
GET   en/work/{programme}/funds/export/                  | 302 200 200 200 200 403 403
"""


def _lines() -> list[tuple[str, str, list[int]]]:
    lines = []
    for line in filter(None, map(str.strip, TABLE.splitlines())):
        asked, _, answers = line.partition("|")
        method, address = asked.split()
        lines.append((method, address, [int(status) for status in answers.split()]))
    return lines


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from _patterns(one)
        else:
            yield one


@pytest.fixture
def places(world: World) -> dict[str, object]:
    """What the addresses of the table name."""
    office = an_entry("funds", "allocated")
    own = an_entry("funds", "allocated", receiver_id=world.health_bureau)
    office_paper = attach_paper(office, content=b"%PDF-1.4 of the office", sort="other", by=world.giver)
    own_paper = attach_paper(own, content=b"%PDF-1.4 of the department", sort="other", by=world.giver)
    a_project(world, "office", world.receiver, world.receiver_office)
    project_id = a_project(world, "own", world.department, world.health_bureau)
    notice = NoticeDraft("before", "公示", ("portal",), "", date(2020, 1, 6), date(2020, 1, 20))
    asset = AssetDraft(
        "public", Text("设备", "Equipment"), Measure(1000, "套"), date(2020, 1, 6), Money(1), (A_SOURCE,)
    )

    def point(owner_id: int) -> int:
        return note_point(office, text="Bring it", owner_id=owner_id, due_on=date(2020, 5, 1), by=world.giver)

    draft = StatementDraft(
        world.pairing_id,
        world.receiver_office,
        date(2020, 3, 1),
        date(2020, 3, 31),
        b"a statement",
        "text/csv",
        (LineDraft(1, date(2020, 3, 9), 100_000),),
    )
    an_entry("funds", "received", happened_on=date(2020, 3, 9))
    statement = keep_statement(draft, by=world.receiver)
    found = reconciled(statement)
    assert found is not None

    return {
        "programme": PROGRAMME,
        "statement": statement,
        "match": accept_matches(statement, [found.proposed[0].key], by=world.receiver)[0],
        # Stages that list people; and points on the office's entry, the own one the department's task.
        "handed": an_entry("goods", "distributed"),
        "own_handed": an_entry("goods", "distributed", receiver_id=world.health_bureau),
        "point": point(world.receiver_office),
        "own_point": point(world.health_bureau),
        "office": office,
        "own": own,
        "paper": office_paper,
        "own_paper": own_paper,
        "step": open_project(project_id).steps[0].id,
        "goal": set_goal(project_id, A_GOAL, by=world.department),
        "notice": post_notice(project_id, notice, spent=Money(0), by=world.department),
        "asset": register_asset(project_id, asset, by=world.department),
    }


A_GOAL = GoalDraft("quantity", Text("设备", "Equipment"), Measure(1000, "套"))
A_SOURCE = FundingLine("own_fiscal", Money(1))


def a_project(world: World, code: str, by: Actor, responsible_id: int) -> int:
    """A proposed project that one organisation is responsible for."""
    fields = ProjectFields(name=Text(code, code), responsible_id=responsible_id)
    return propose_project(pairing_id=world.pairing_id, code=code, fields=fields, on=date(2020, 1, 6), by=by)


def test_every_address_of_the_site_is_in_the_table(places):
    resolver = get_resolver()
    tried = set()
    for _, address, _ in _lines():
        # Addresses begin with their language, and are read while it is the active one.
        with override(address.split("/")[0]):
            tried.add(resolver.resolve("/" + address.format(**places)).func)
    missing = {str(one.pattern) for one in _patterns(resolver) if one.callback not in tried}
    assert not missing, f"no line in the table for {sorted(missing)}"


@pytest.mark.parametrize("name", CAST, ids=lambda name: name or "public")
def test_everybody_gets_the_answers_of_the_table(name, places, world, client):
    found, expected = [], []
    for method, address, answers in _lines():
        # Signed in anew for each line, since one of them signs out.
        sign_in(client, world.cast[name])
        send = client.get if method == "GET" else client.post
        status = send("/" + address.format(**places)).status_code
        found.append(f"{method} {address} {status}")
        expected.append(f"{method} {address} {answers[CAST.index(name)]}")
    assert found == expected


def test_a_stranger_is_refused_before_anything_is_told(places, world, client):
    sign_in(client, world.stranger)
    page = client.get(f"/en/work/{PROGRAMME}/entries/{places['office']}/").content.decode()
    assert "Zhenyuan" not in page


def test_the_public_finds_no_paper_of_an_unknown_number(world, client):
    assert client.get("/en/work/papers/" + "0" * 64 + "/").status_code == 302


def test_nobody_confirms_an_entry_of_the_own_side(world, client):
    entry_id = an_entry("funds", "allocated")
    sign_in(client, world.giver)
    assert client.post(f"/en/work/{PROGRAMME}/entries/{entry_id}/confirm/").status_code == 403


def test_a_department_records_only_its_own_part(world, client):
    with pytest.raises(Rejected):
        record_entry(a_draft("funds", "allocated"), by=world.department)
