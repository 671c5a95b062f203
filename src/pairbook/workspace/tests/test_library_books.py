"""The workbook of the library on its pages: the export of what is listed, the empty sheet, a previewed import."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from pairbook.exchange.tests.typed import typed
from pairbook.projects.reads import project_of_code
from pairbook.projects.tests.samples import a_proposal
from tests.world import PROGRAMME, World, sign_in

pytestmark = pytest.mark.django_db

BASE = f"/en/work/{PROGRAMME}/projects/"
SHEET = (("编号", "项目名称", "英文名称", "申报日期"), ("2020-v1", "村道", "Village road", "2020-02-03"))


def _sent(*rows: Any) -> SimpleUploadedFile:
    return SimpleUploadedFile("village.xlsx", typed(*rows))


def test_proposals_are_previewed_and_then_imported_by_their_ticket(world: World, client: Any):
    receiver = sign_in(client, world.receiver)
    page = receiver.post(f"{BASE}import/", {"workbook": _sent(*SHEET)})
    assert page.context["result"].new == 1
    assert project_of_code(world.pairing_id, "2020-v1") is None
    answer = receiver.post(f"{BASE}import/", {"ticket": page.context["ticket"]}, follow=True)
    assert project_of_code(world.pairing_id, "2020-v1") is not None
    assert "Imported. Proposed: 1; in the library already: 0." in answer.content.decode()


def test_a_bad_row_is_shown_with_its_cure(world: World, client: Any):
    page = sign_in(client, world.receiver).post(
        f"{BASE}import/", {"workbook": _sent(*SHEET, ("镇原/七", "x", "x", "2020-02-03"))}
    )
    assert "row 3, Project code (A3)" in page.content.decode()
    assert "Import only the good rows" in page.content.decode()


def test_the_preview_lists_each_row_with_what_comes_of_it(world: World, client: Any):
    rows = (*SHEET, ("镇原/七", "x", "x", "2020-02-03"))
    page = sign_in(client, world.receiver).post(f"{BASE}import/", {"workbook": _sent(*rows)}).content.decode()
    assert "<strong>2020-v1</strong> Village road" in page and "proposed, to be checked" in page
    # Said beside its row and not once more in a list of problems.
    assert page.count("row 3, Project code (A3)") == 1 and "Rows with problems" not in page


def test_the_preview_tells_first_what_wants_a_look(world: World, client: Any):
    upload = _sent(*SHEET, ("镇原/七", "x", "x", "2020-02-03"))
    page = sign_in(client, world.receiver).post(f"{BASE}import/", {"workbook": upload})
    assert [one.outcome for one in page.context["seen"]] == ["refused", "new"]


def test_what_is_no_workbook_is_told_on_the_page(world: World, client: Any):
    upload = SimpleUploadedFile("village.xlsx", b"nothing of the kind")
    page = sign_in(client, world.receiver).post(f"{BASE}import/", {"workbook": upload})
    assert page.status_code == 200 and "not a workbook" in page.content.decode()


def test_the_export_holds_what_the_filter_shows(world: World, client: Any):
    a_proposal("open-01")
    officer = sign_in(client, world.giver)
    every = load_workbook(BytesIO(officer.get(f"{BASE}export/").content))["Projects"]
    none = load_workbook(BytesIO(officer.get(f"{BASE}export/", {"state": "reviewed"}).content))["Projects"]
    assert "open-01" in {row[0].value for row in every.iter_rows(min_row=4)}
    assert not [row for row in none.iter_rows(min_row=4) if row[0].value]


def test_a_department_exports_its_own_projects(world: World, client: Any):
    a_proposal("office-01")
    a_proposal("own-01", responsible_id=world.health_bureau)
    book = load_workbook(BytesIO(sign_in(client, world.department).get(f"{BASE}export/").content))
    listed = {row[0].value for row in book["Projects"].iter_rows(min_row=4) if row[0].value}
    assert listed == {"own-01", "Total"}


def test_the_empty_sheet_has_room_to_fill_in(world: World, client: Any):
    book = load_workbook(BytesIO(sign_in(client, world.receiver).get(f"{BASE}template/").content))
    assert book.sheetnames == ["Projects", "Project funding", "Performance goals", "Lists", "_pairbook"]


@pytest.mark.parametrize("below", ["new/", "import/"])
def test_the_negative_list_stands_with_its_reasons_where_projects_are_proposed(
    world: World, client: Any, below: str
):
    page = sign_in(client, world.receiver).get(f"{BASE}{below}").content.decode()
    assert "Assistance money builds no offices, halls or guest houses." in page and "unverified" in page
