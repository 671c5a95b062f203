"""A workbook that went out comes back unchanged: the same kind by kind, in both languages, and after a re-save."""

import shutil
import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pairbook.exchange.reads import workbook
from pairbook.exchange.tests.typed import edited, imported
from pairbook.kernel.kinds import kinds_offering
from pairbook.kernel.money import Money
from pairbook.kernel.problems import Rejected
from pairbook.kernel.texts import Lang, Text
from pairbook.register.reads import EntryFilter
from pairbook.register.shapes import Record
from tests.world import PROGRAMME, World, a_confirmed_entry, an_entry, an_entry_with_a_paper

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

KINDS = [kind.code for kind, _ in kinds_offering(Record)]
NOTES = ("=1+1", "  多行\n说明 ", "'quoted", "+86 138", "@here", "１２３ full width", "\x07bell", "_x0041_")


@pytest.fixture
def filled(world: World) -> World:
    """A book with entries of every kind, and notes that try what a cell can do."""
    for kind in KINDS:
        a_confirmed_entry(kind)
        an_entry_with_a_paper(kind)
    for number, note in enumerate(NOTES):
        an_entry(
            "funds",
            "allocated",
            note=note,
            document_no=f"津静财〔2020〕{number}号",
            money=Money.of("1000.05"),
        )
    an_entry("funds", "allocated", money=Money.of("90000000000000"), document_no="123456789012345678")
    return world


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_what_was_exported_comes_back_unchanged(filled: World, kind: str, lang: Lang):
    content = workbook(None, None, PROGRAMME, lang)
    result = imported(content, kind, by=filled.giver)
    assert (result.new, result.corrected, result.problems, result.notes) == (0, 0, (), ())
    assert result.unchanged == result.rows >= 2


@pytest.mark.parametrize("suffix", ["xlsx", "xls"])
def test_a_re_save_by_another_program_changes_nothing(filled: World, tmp_path: Path, suffix: str):
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    sent = tmp_path / "book.xlsx"
    sent.write_bytes(workbook(None, None, PROGRAMME, "zh"))
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
    back = (tmp_path / "back" / f"book.{suffix}").read_bytes()
    for kind in KINDS:
        result = imported(back, kind, by=filled.giver)
        assert (result.new, result.corrected, result.problems) == (0, 0, ())
        assert result.unchanged == result.rows >= 2


def test_a_note_stays_text_and_never_becomes_a_formula(filled: World):
    book = load_workbook(BytesIO(workbook(["funds"], None, PROGRAMME, "zh")))
    notes = [cell for row in book["资金"].iter_rows(min_row=4) for cell in row if cell.value == "=1+1"]
    assert [cell.data_type for cell in notes] == ["s"]
    assert notes[0].number_format == "@"


def test_the_sheet_looks_as_offices_expect(filled: World):
    book = load_workbook(BytesIO(workbook(None, None, PROGRAMME, "zh")))
    sheet = book["资金"]
    headings = [cell.value for cell in sheet[3]]
    assert "静海区—镇原县" in sheet["A1"].value and "单位：元" in sheet["A2"].value
    assert "A1:" in str(sheet.merged_cells)
    assert headings[:4] == ["记录号", "阶段*", "日期*", "给出单位*"]
    assert headings[-4:] == ["确认情况", "材料份数", "登记单位", "登记日期"]
    assert sheet.freeze_panes == "D4"
    assert isinstance(sheet["C4"].value.date(), date)
    totals = [row for row in sheet.iter_rows(min_row=4) if row[0].value == "合计"]
    assert {row[1].value for row in totals} == {"拨付", "到账"}
    assert all(str(row[headings.index("金额（元）*")].value).startswith("=SUMIF") for row in totals)
    assert {rule.type for rule in sheet.data_validations.dataValidation} == {"list", "date"}
    assert book["_pairbook"].sheet_state == "hidden"
    assert book.custom_doc_props["pairbook.template"].value == "entries@1"  # type: ignore[attr-defined]


def test_only_the_entries_wanted_go_out(filled: World):
    wanted = EntryFilter(pairing_ids=(filled.pairing_id,), kind="funds", stages=("received",))
    book = load_workbook(BytesIO(workbook(None, wanted, PROGRAMME, "zh")))
    assert book.sheetnames == ["资金", "字典", "_pairbook"]
    assert {row[1].value for row in book["资金"].iter_rows(min_row=4)} == {"到账"}


def test_names_two_parties_share_carry_their_code(filled: World, monkeypatch: pytest.MonkeyPatch):
    from pairbook.parties.actions import add_organisation

    add_organisation(
        code="other-office",
        name=Text("镇原县协作办", "Another"),
        type="office",
        place_id=filled.zhenyuan,
        by=None,
    )
    content = workbook(["funds"], None, PROGRAMME, "zh")
    names = {row[4].value for row in load_workbook(BytesIO(content))["资金"].iter_rows(min_row=4)}
    assert "镇原县协作办 [zhenyuan-office]" in names
    fresh = edited(content, _without_numbers)
    result = imported(fresh, by=filled.giver, dry_run=True)
    assert "workbook.ambiguous" not in {problem.code for problem in result.problems}


def _without_numbers(book: object) -> None:
    sheet = book["资金"]  # type: ignore[index]
    for row in sheet.iter_rows(min_row=4, max_col=1):
        if str(row[0].value).startswith("E"):
            row[0].value = None


def test_a_kind_nobody_has_is_refused(filled: World):
    with pytest.raises(Rejected):
        workbook(["hopes"], None, PROGRAMME, "zh")
