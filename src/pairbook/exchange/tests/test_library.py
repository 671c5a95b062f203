"""The library's workbook: what went out comes back unchanged, and proposals of villages come in, or say why not."""

import shutil
import subprocess
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from pairbook.exchange.actions import ImportResult
from pairbook.exchange.proposals import ProposalsResult, import_projects
from pairbook.exchange.reads import library_workbook, workbook
from pairbook.exchange.tests.typed import edited, typed
from pairbook.kernel.access import Actor
from pairbook.kernel.money import Money
from pairbook.kernel.problems import Refusal
from pairbook.kernel.texts import Lang, Text
from pairbook.projects.actions import add_project, describe_project, register_asset
from pairbook.projects.opening import ProjectOpened, open_project
from pairbook.projects.reads import project_of_code
from pairbook.projects.shapes import AssetDraft, FundingLine, Measure
from pairbook.projects.tests.samples import PROPOSED_ON, a_project_at, a_proposal, some_fields
from tests.world import PROGRAMME, World, an_officer, the_world

pytestmark = pytest.mark.django_db

VILLAGE = (
    "编号", "项目名称", "项目类型", "建设性质", "年度", "实施地点", "责任单位", "建设内容", "受益户数", "受益人数",
    "东西部协作资金（万元）", "自筹资金（元）",
)  # fmt: skip


def a_row(code: str = "2021-07", **changes: Any) -> list[Any]:
    """A row of VILLAGE that may be proposed as it stands."""
    row: dict[str, Any] = {
        "code": code,
        "name": "闫沟村肉兔圈舍",
        "use": "养殖",
        "nature": "新建",
        "year": 2021,
        "place": "镇原县",
        "responsible": "镇原县协作办",
        "tasks": "修缮窑洞 20 孔",
        "households": 60,
        "persons": 210,
        "fiscal": 54.5,
        "own": "20,000",
    }
    return list((row | changes).values())


def proposed(content: bytes, *, by: Actor | None = None, **options: Any) -> ProposalsResult:
    """What came of a workbook of proposals, by default the receiver's officer's."""
    return import_projects(content, pairing_code=PROGRAMME, by=by or the_world().receiver, **options)


def from_village(*rows: Sequence[Any]) -> bytes:
    """A sheet as a village sends it."""
    return typed(VILLAGE, *rows, sheet="Sheet1")


def opened(code: str) -> ProjectOpened:
    """The project of this code."""
    key = project_of_code(the_world().pairing_id, code)
    assert key is not None
    return open_project(key.id)


def codes(result: ImportResult) -> list[str]:
    """What kind of problems there are."""
    return [problem.code for problem in result.problems]


@pytest.fixture
def filled(world: World) -> World:
    """A library with a project at its end, one only proposed, one of two funds of a source, and one only listed."""
    second = an_officer("second", world.receiver_office)
    done = a_project_at("settled", code="done-01", second=second, tasks="一行\r\n两行 / two lines")
    asset = AssetDraft(
        "operating",
        Text("兔舍", "Hutches"),
        Measure(20_000, "间 / rooms"),
        PROPOSED_ON,
        Money.of(900_000),
        (FundingLine("assisting_fiscal", Money.of(900_000), "fiscal-2020"),),
    )
    register_asset(done, asset, by=world.receiver)
    a_proposal("open-01", participation="'quoted", households=None, persons=None, poor_persons=None)
    funds = (
        FundingLine("assisting_social", Money.of("100.05"), "social-2020", asks_consent=True),
        FundingLine("assisting_social", Money.of("0.01")),
    )
    a_proposal("open-02", funding=funds)
    return world


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_library_that_went_out_comes_back_unchanged(filled: World, lang: Lang):
    result = proposed(library_workbook(PROGRAMME, lang))
    assert (result.new, result.unchanged, result.problems, result.notes) == (0, 4, (), ())


def test_a_larger_library_asks_no_more_of_the_database(filled: World):
    with CaptureQueriesContext(connection) as few:
        content = library_workbook(PROGRAMME, "zh")
        proposed(content, dry_run=True)
    for number in range(6):
        a_proposal(f"more-{number}")
    with CaptureQueriesContext(connection) as many:
        content = library_workbook(PROGRAMME, "zh")
        assert proposed(content, dry_run=True).unchanged == 10
    assert len(many) == len(few)


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["xlsx", "xls"])
def test_a_re_save_by_another_program_changes_nothing(filled: World, tmp_path: Path, suffix: str):
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    sent = tmp_path / "library.xlsx"
    sent.write_bytes(library_workbook(PROGRAMME, "zh"))
    command = [
        program,
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        suffix,
    ]
    subprocess.run(
        [*command, "--outdir", str(tmp_path / "back"), str(sent)],
        check=True,
        capture_output=True,
        timeout=100,
    )
    result = proposed((tmp_path / "back" / f"library.{suffix}").read_bytes())
    assert (result.new, result.unchanged, result.problems) == (0, 4, ())


def test_a_whole_export_holds_the_library_too(filled: World):
    result = proposed(workbook(None, None, PROGRAMME, "zh"))
    assert (result.new, result.unchanged, result.problems) == (0, 4, ())


def test_a_library_moves_to_another_code_with_its_funds_and_goals(filled: World):
    def rename(book: Any) -> None:
        for name in ("项目", "项目资金来源", "绩效目标"):
            for (cell,) in book[name].iter_rows(min_row=4, max_col=1):
                cell.value = f"new-{cell.value}" if cell.value in ("done-01", "open-02") else cell.value

    result = proposed(edited(library_workbook(PROGRAMME, "zh"), rename))
    assert (result.new, result.unchanged, result.problems) == (2, 2, ())
    for code in ("done-01", "open-02"):
        old, new = opened(code), opened(f"new-{code}")
        assert old.version is not None and new.version is not None
        assert new.version.fields.funding == old.version.fields.funding
        assert [goal.target for goal in new.goals] == [goal.target for goal in old.goals]
        assert new.state == "proposed"


def test_headings_stand_in_both_languages(filled: World):
    sheet = load_workbook(BytesIO(library_workbook(PROGRAMME, "en")))["Projects"]
    assert [cell.value for cell in sheet[3]][:2] == [
        "项目编号*\nProject code",
        "项目名称（中文）*\nName in Chinese",
    ]


def test_a_village_sheet_is_proposed_in_its_own_units(world: World):
    result = proposed(from_village(a_row()))
    assert (result.new, result.problems, result.is_written) == (1, (), True)
    assert {note.code for note in result.notes} >= {"note.proposed_today", "note.one_name"}
    project = opened("2021-07")
    assert project.version is not None
    fields = project.version.fields
    assert {line.source: line.money for line in fields.funding} == {
        "assisting_fiscal": Money.of(545_000),
        "self_raised": Money.of(20_000),
    }
    assert (fields.use, fields.place_id, fields.persons) == ("breeding", world.zhenyuan, 210)
    assert [step.step.code for step in project.steps] == ["proposed"]


def test_the_same_file_twice_adds_nothing(world: World):
    content = from_village(a_row("2021-07"), a_row("2021-08"))
    proposed(content)
    again = proposed(content)
    assert (again.new, again.unchanged, again.problems) == (0, 2, ())


def test_the_same_file_adds_nothing_after_the_project_was_changed_on_its_page(world: World):
    project_id = a_proposal("open-03")
    content = library_workbook(PROGRAMME, "zh")
    describe_project(project_id, some_fields(households=130), by=world.receiver, reason="补了十户")
    assert proposed(content).problems == ()


def test_a_project_of_the_library_is_not_changed_by_a_file(world: World):
    proposed(from_village(a_row()))
    result = proposed(from_village(a_row(persons=300)))
    assert codes(result) == ["project.differs"]
    assert (
        "受益人数" in result.problems[0].cure.zh and result.problems[0].place.zh == "第 2 行，受益人数（J2）"
    )


def test_one_bad_row_and_nothing_is_written(world: World):
    content = from_village(a_row("2021-07"), a_row("2021-08", use="楼堂馆所"))
    result = proposed(content)
    assert codes(result) == ["workbook.use_unknown"] and not result.is_written
    assert project_of_code(world.pairing_id, "2021-07") is None


def test_the_good_rows_are_taken_when_asked(world: World):
    result = proposed(from_village(a_row("2021-07"), a_row("2021-08", year="明年")), partial=True)
    assert (result.new, result.refused_rows, result.is_written) == (1, 1, True)


def test_a_dry_run_writes_nothing(world: World):
    result = proposed(from_village(a_row()), dry_run=True)
    assert (result.new, result.is_written) == (1, False)
    assert project_of_code(world.pairing_id, "2021-07") is None


@pytest.mark.parametrize(
    ("changes", "code", "column"),
    [
        ({"code": None}, "workbook.empty", "A2"),
        ({"code": "镇原/七"}, "project.code", "A2"),
        ({"name": "名" * 200}, "project.name", "B2"),
        ({"use": "修建楼堂馆所"}, "project.use", "C2"),
        ({"year": 21}, "project.year", "E2"),
        ({"place": "无名村"}, "workbook.party_unknown", "F2"),
        ({"households": 300}, "project.persons", "J2"),
        ({"households": -3}, "project.households", "I2"),
        ({"fiscal": "五十万"}, "workbook.money", "K2"),
        ({"fiscal": -1}, "project.source_money", "K2"),
    ],
)
def test_what_is_wrong_is_told_by_its_cell(world: World, changes: dict[str, Any], code: str, column: str):
    result = proposed(from_village(a_row(**changes)))
    assert codes(result) == [code]
    assert f"{column}）" in result.problems[0].place.zh and f"{column})" in result.problems[0].place.en


def test_a_use_on_the_negative_list_is_refused_with_its_reason(world: World):
    result = proposed(from_village(a_row(use="修建楼堂馆所")))
    assert "负面清单" in result.problems[0].cure.zh and "negative list" in result.problems[0].cure.en


def test_all_problems_of_a_row_are_told_at_once(world: World):
    result = proposed(from_village(a_row(use="修建楼堂馆所", place="无名村", persons=5)))
    assert sorted(codes(result)) == ["project.persons", "project.use", "workbook.party_unknown"]


def test_a_code_twice_in_a_file_is_told(world: World):
    assert codes(proposed(from_village(a_row(), a_row()))) == ["project.code_twice"]


def test_a_wrong_total_is_told(world: World):
    total: list[Any] = ["合计", *[None] * 9, 100, 20_000]
    assert codes(proposed(from_village(a_row(), total))) == ["workbook.total"]


def test_funds_that_differ_from_the_amounts_of_the_project_are_told(world: World):
    def raise_amount(book: Any) -> None:
        for (cell,) in book["项目"].iter_rows(min_row=4, max_col=1):
            cell.value = f"new-{cell.value}" if cell.value == "open-04" else cell.value
        for row in book["项目资金来源"].iter_rows(min_row=4):
            if row[0].value == "open-04":
                row[0].value, row[4].value = "new-open-04", row[4].value + 1
        book["绩效目标"].delete_rows(4, 5)

    a_proposal("open-04")
    result = proposed(edited(library_workbook(PROGRAMME, "zh"), raise_amount))
    assert set(codes(result)) == {"project.funding_differs"}


def test_a_goal_of_no_project_is_told_with_its_sheet(world: World):
    def add_goal(book: Any) -> None:
        for place, value in enumerate(("none-01", None, "数量指标", "存栏", None, 5, "只"), start=1):
            book["绩效目标"].cell(4, place).value = value

    result = proposed(edited(library_workbook(PROGRAMME, "zh", is_template=True), add_goal))
    assert codes(result) == ["project.code_unknown"]
    assert result.problems[0].place.zh.startswith("“绩效目标”第 4 行")


def test_a_part_may_stand_before_its_programme(world: World):
    content = typed(
        ("编号", "项目名称", "所属项目"),
        ("part-1", "兔舍", "chain"),
        ("chain", "肉兔产业链", None),
        sheet="项目",
    )
    assert proposed(content).problems == ()
    assert opened("part-1").parent == ("chain", Text("肉兔产业链", "肉兔产业链"))


def test_a_department_proposes_only_its_own(world: World):
    result = proposed(from_village(a_row()), by=world.department)
    assert [problem.place.zh for problem in result.problems] == ["第 2 行，责任单位（G2）"]
    assert proposed(from_village(a_row(responsible="镇原县卫健局")), by=world.department).new == 1


def test_a_department_learns_nothing_of_others_projects(world: World):
    proposed(from_village(a_row()))
    result = proposed(from_village(a_row(responsible="镇原县卫健局")), by=world.department)
    assert codes(result) == ["project.code"]


def test_the_giving_side_proposes_nothing(world: World):
    with pytest.raises(Refusal):
        proposed(from_village(a_row()), by=world.giver)


def test_a_project_that_is_only_listed_goes_out_and_comes_back(world: World):
    add_project(pairing_id=world.pairing_id, code="listed-01", name=Text("只列名", "Only listed"), by=None)
    result = proposed(library_workbook(PROGRAMME, "zh"))
    assert (result.new, result.problems) == (0, ())


def seen(result: ProposalsResult) -> list[tuple[int, str, str]]:
    """What is told of each row before it is written."""
    return [(one.row, one.code, one.outcome) for one in result.proposals]


def test_a_preview_tells_each_row_whatever_becomes_of_it(world: World):
    a_proposal("2021-01", name=Text("闫沟村肉兔圈舍", "Yangou hutches"))
    sheet = from_village(
        a_row("2021-07"),
        a_row("2021-08", use="办公楼"),
        a_row("2021-07"),
        a_row("bad code!"),
        a_row("2021-01"),
    )
    result = proposed(sheet, dry_run=True)
    assert [(row, outcome) for row, _, outcome in seen(result)] == [
        (2, "new"),
        (3, "refused"),
        (4, "refused"),
        (5, "refused"),
        (6, "refused"),
    ]
    # Every problem with a row stands beside its row too, and nothing else does.
    beside = [problem for one in result.proposals for problem in one.problems]
    assert {*beside} == {problem for problem in result.problems if problem.row is not None}


def test_a_preview_tells_the_money_of_each_row_fund_by_fund(world: World):
    (one,) = proposed(from_village(a_row()), dry_run=True).proposals
    assert [(line.source, line.money) for line in one.funding] == [
        ("assisting_fiscal", Money.of(545_000)),
        ("self_raised", Money.of(20_000)),
    ]
    assert one.planned == Money.of(565_000)


def test_what_the_library_holds_is_told_as_unchanged(world: World):
    sheet = from_village(a_row())
    proposed(sheet)
    assert seen(proposed(sheet, dry_run=True)) == [(2, "2021-07", "unchanged")]
