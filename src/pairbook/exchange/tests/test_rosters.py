"""Lists of people as offices send them: read by their header, told by row and cell, and no name ever in a problem."""

import shutil
import subprocess
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from pairbook.exchange.roster_sheets import roster_template, roster_workbook
from pairbook.exchange.rosters import read_roster
from pairbook.exchange.tests.typed import edited, typed, with_part
from pairbook.exchange.writing import HEADER_ROW
from pairbook.households.actions import PersonShown
from pairbook.households.rules import PersonDraft
from pairbook.households.tests.people import LI, ZHANG, an_id_number
from pairbook.kernel.problems import Problem, Rejected
from pairbook.kernel.texts import Lang, Text
from pairbook.register.actions import Attendance

HEADER = ("姓名", "身份证号", "电话", "户编号", "建档立卡（含脱贫）", "出勤次数")
# LibreOffice's filter: comma, quotes, and the encoding by its number, 76 for UTF-8 and 85 for GB 18030.
_CSV = "csv:Text - txt - csv (StarCalc):44,34,{}"
PEOPLE = [Attendance(ZHANG, 5), Attendance(LI)]


def row_of(one: Attendance) -> list[Any]:
    person = one.person
    poor = "是" if person.is_registered_poor else "否"
    return [person.name, person.id_number, person.phone, person.household, poor, one.times]


def a_list(*rows: Any, header: Any = HEADER) -> bytes:
    return typed(header, *rows)


def a_csv(*rows: Any, header: Any = HEADER, encoding: str = "utf-8", mark: str = ",") -> bytes:
    lines = [mark.join("" if cell is None else str(cell) for cell in row) for row in (header, *rows)]
    return "\r\n".join(lines).encode(encoding)


def filled_in(template: bytes) -> bytes:
    def fill(book: Any) -> None:
        for number, one in enumerate(PEOPLE, start=HEADER_ROW + 1):
            for place, value in enumerate(row_of(one), start=1):
                book.active.cell(number, place).value = value

    return edited(template, fill)


def told(content: bytes) -> list[str]:
    """Every problem of a list in Chinese, with its value."""
    with pytest.raises(Rejected) as rejected:
        read_roster(content)
    return [f"{one.told('zh')} [{one.value}]" for one in rejected.value.problems]


def codes(content: bytes) -> list[tuple[int | None, str]]:
    with pytest.raises(Rejected) as rejected:
        read_roster(content)
    return [(one.row, one.code) for one in rejected.value.problems]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_template_filled_in_comes_back_as_the_people_written(lang: Lang):
    assert list(read_roster(filled_in(roster_template(lang))).people) == PEOPLE


@pytest.mark.slow
@pytest.mark.parametrize("form", ["xlsx", "xls", _CSV.format(76), _CSV.format(85)])
def test_a_re_save_by_another_program_changes_nobody(tmp_path: Path, form: str):
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    sent = tmp_path / "people.xlsx"
    sent.write_bytes(filled_in(roster_template("zh")))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [program, profile, "--headless", "--convert-to", form, "--outdir", str(tmp_path / "back")]
    subprocess.run([*command, str(sent)], check=True, capture_output=True, timeout=100)
    content = (tmp_path / "back" / f"people.{form[:4].rstrip(':')}").read_bytes()
    assert list(read_roster(content).people) == PEOPLE


def test_the_whole_column_of_numbers_is_text_below_the_ruled_rows_too():
    sheet = load_workbook(BytesIO(roster_template("zh"))).active
    assert sheet is not None
    assert [sheet.column_dimensions[letters].number_format for letters in "ABCDEF"] == ["@"] * 5 + ["0"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_a_csv_is_read_in_the_encoding_of_the_machine_it_comes_from(encoding: str, mark: str):
    content = a_csv(*map(row_of, PEOPLE), encoding=encoding, mark=mark)
    assert list(read_roster(content).people) == PEOPLE


def test_a_csv_that_guards_its_numbers_is_read_without_the_guards():
    content = a_csv(["张秀英", f'="{ZHANG.id_number}"', "", "", "", ""])
    (one,) = read_roster(content).people
    assert one.person.id_number == ZHANG.id_number


def test_the_header_of_an_office_is_known_by_other_words_and_below_a_title():
    content = typed(
        ("镇原县农技培训签到册",),
        ("序号", "姓 名", "公民身份号码", "联系电话", "性别", "是否脱贫户", "培训次数"),
        (1, "张秀英", ZHANG.id_number, 13812341234, "女", "√", 5.0),
        ("合计", None, None, None, None, None, None),
    )
    found = read_roster(content)
    assert list(found.people) == [
        Attendance(PersonDraft("张秀英", ZHANG.id_number, "13812341234", is_registered_poor=True), 5)
    ]
    assert found.ignored == ("序号", "性别")


@pytest.mark.parametrize(
    ("cells", "place", "code"),
    [
        ({1: "身份证丢了"}, "第 2 行，身份证号（B2）", "person.id_shape"),
        ({1: 621027199003070000}, "第 2 行，身份证号（B2）", "roster.digits_lost"),
        ({1: "6.21027E+17"}, "第 2 行，身份证号（B2）", "person.id_shortened"),
        ({1: ZHANG.id_number[:17] + "0"}, "第 2 行，身份证号（B2）", "person.id_check"),
        ({2: "1381234"}, "第 2 行，电话（C2）", "person.phone"),
        ({1: None, 3: None}, "第 2 行，户编号（D2）", "person.unmarked"),
        ({3: datetime(2024, 2, 3)}, "第 2 行，户编号（D2）", "roster.made_a_day"),
        ({0: None}, "第 2 行，姓名（A2）", "person.name"),
        ({0: "张?英"}, "第 2 行，姓名（A2）", "roster.letters_lost"),
        ({0: "621027"}, "第 2 行，姓名（A2）", "person.name"),
        ({4: "监测户"}, "第 2 行，建档立卡（E2）", "roster.yes_or_no"),
        ({5: "三次"}, "第 2 行，出勤次数（F2）", "roster.times"),
        ({5: 2.5}, "第 2 行，出勤次数（F2）", "roster.times"),
        ({5: -1}, "第 2 行，出勤次数（F2）", "roster.times"),
        ({5: date(2024, 2, 3)}, "第 2 行，出勤次数（F2）", "roster.made_a_day"),
        ({5: "=A1"}, "第 2 行，出勤次数（F2）", "roster.formula"),
    ],
)
def test_each_cell_that_is_wrong_is_told_where_it_stands(cells: dict[int, Any], place: str, code: str):
    row = row_of(PEOPLE[0])
    for at, value in cells.items():
        row[at] = value
    with pytest.raises(Rejected) as rejected:
        read_roster(a_list(row))
    assert [(one.place.zh, one.code) for one in rejected.value.problems] == [(place, code)]


def test_everything_wrong_is_told_at_once_in_the_order_of_the_rows():
    twice = row_of(PEOPLE[0])
    wrong = ["李国强", "62102719", "", "6210270002", "也许", "很多"]
    assert codes(a_list(row_of(PEOPLE[0]), wrong, twice)) == [
        (3, "person.id_shape"),
        (3, "roster.yes_or_no"),
        (3, "roster.times"),
        (4, "person.repeated"),
    ]


def test_no_problem_shows_a_name_or_a_whole_number_in_whatever_column_it_stands():
    number = ZHANG.id_number
    shifted = ["621027", "张秀英", number, "", number, number]
    lines = " ".join(
        told(a_list(["张秀英", number[:17] + "0", number, "6210270001", "张秀英", "张秀英"], shifted))
    )
    assert "张秀英" not in lines and number[:17] not in lines and "2行" in lines.replace(" ", "")


def test_a_problem_of_the_register_is_told_by_the_row_and_cell_of_the_list():
    found = read_roster(a_list([None] * 6, *map(row_of, PEOPLE), header=(*HEADER, "备注")))
    cure = Text("此人已在名单上。", "This person is on the list.")
    (placed,) = found.placed([Problem("person.repeated", Text("姓名", "Name"), cure, row=1)])
    assert (placed.place.zh, placed.row) == ("第 4 行，姓名（A4）", 4)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "workbook.empty"),
        (b"%PDF-1.4 a scan", "workbook.pdf"),
        (b"PK\x03\x04 not a zip", "workbook.not_one"),
        (b"\x89PNG\r\n\x1a\n\0\0", "workbook.not_one"),
        (b"\xff\xff\xff no encoding", "roster.not_readable"),
        ("随便写的一段话".encode(), "roster.header"),
        (a_list(header=("姓名", "电话")), "roster.unmarked"),
        (a_list(header=("身份证号", "电话")), "workbook.column_missing"),
        (a_list(header=("姓名", "身份证号", "身份证")), "workbook.column_twice"),
        (a_list(), "roster.empty"),
        (a_csv(), "roster.empty"),
        (a_list(HEADER), "workbook.two_headers"),
        (with_part(a_list(row_of(PEOPLE[0])), "xl/vbaProject.bin", lambda _: b"x"), "workbook.macros"),
        (a_csv(["x" * 200_000, "", "", "", "", ""]), "roster.not_readable"),
        (a_csv(["张秀英"] * 300), "roster.not_readable"),
    ],
)
def test_a_file_that_is_no_list_of_people_is_told_as_what_it_is(content: bytes, code: str):
    assert [found for _, found in codes(content)] == [code]


def test_two_lists_in_one_workbook_are_asked_back():
    def copy(book: Any) -> None:
        book.copy_worksheet(book.active)

    assert codes(edited(a_list(row_of(PEOPLE[0])), copy)) == [(None, "roster.header")]


SHOWN = PersonShown(
    id=1,
    token="t",
    name="张秀英",
    phone="13812341234",
    id_last_four="0018",
    household_token="h",
    is_registered_poor=True,
    place_id=None,
    recorded_at=datetime(2024, 1, 1),
)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_export_holds_what_reading_shows_and_says_what_it_is_for(lang: Lang):
    content = roster_workbook([(SHOWN, 5)], lang, purpose="核对工资")
    rows = list(load_workbook(BytesIO(content)).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert rows[HEADER_ROW] == ("张秀英", "13812341234", "0018", "是" if lang == "zh" else "yes", 5)
    assert "核对工资" in str(rows[1][0])


def test_no_name_or_purpose_becomes_a_formula():
    content = roster_workbook([(replace(SHOWN, name="=1+1", phone="+86"), None)], "zh", purpose="=1+1")
    sheet = load_workbook(BytesIO(content)).active
    assert sheet is not None
    assert not [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_an_export_sent_back_gives_no_number_that_it_does_not_hold():
    content = roster_workbook([(SHOWN, 5)], "zh", purpose="核对")
    assert codes(content) == [(None, "roster.unmarked")]


def test_a_person_of_the_list_is_numbered_as_the_list_counts():
    found = an_id_number(7)
    assert codes(a_list(["王一", found, "", "", "", ""], [None] * 6, ["王一", found, "", "", "", ""])) == [
        (4, "person.repeated")
    ]
