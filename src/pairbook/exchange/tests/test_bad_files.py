"""Bad workbooks: each is told clearly by row, column, value and cure, and leaves nothing half-written."""

import zipfile
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import MAC_EPOCH

from pairbook.exchange import grids
from pairbook.exchange.grids import open_workbook
from pairbook.exchange.tests.typed import FUNDS, funds_row, imported, saved, told, typed, with_part
from pairbook.kernel.problems import Rejected
from pairbook.register.models import Entry
from tests.world import World

SHEET = "xl/worksheets/sheet1.xml"


def _rejected(content: bytes) -> str:
    with pytest.raises(Rejected) as caught:
        _all_cells(content)
    (problem,) = caught.value.problems
    assert problem.cure.zh and problem.cure.en
    return problem.code


def _all_cells(content: bytes) -> None:
    book = open_workbook(content)
    for name in book.names:
        book.grid(name)


def _packed(**parts: bytes) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name.replace("__", "/"), content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "workbook.empty"),
        (b"%PDF-1.7 ...", "workbook.pdf"),
        ("日期,金额\n2020-01-01,5".encode("gb18030"), "workbook.text"),
        (b"\x00\x01\x02\x03", "workbook.not_one"),
        (b"PK\x03\x04 cut short", "workbook.not_one"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an .et file", "workbook.not_one"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "_VBA_PROJECT".encode("utf-16-le"), "workbook.macros"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "workbook.password"),
        (_packed(readme=b"a zip"), "workbook.not_one"),
        (_packed(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "workbook.format"),
        (with_part(typed(FUNDS), "xl/vbaProject.bin", lambda _: b"macro"), "workbook.macros"),
        (typed(FUNDS)[:-400], "workbook.not_one"),
    ],
)
def test_what_is_no_workbook_is_told_what_to_do(content: bytes, code: str):
    assert _rejected(content) == code


def test_a_file_over_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(grids, "BYTES_MAX", 1000)
    assert _rejected(typed(FUNDS)) == "workbook.size"


def _cell(place: str) -> bytes:
    row = "".join(filter(str.isdigit, place))
    return f'<row r="{row}"><c r="{place}"><v>1</v></c></row></sheetData>'.encode()


@pytest.mark.parametrize(
    ("forge", "code"),
    [
        (lambda xml: xml.replace(b"</sheetData>", _cell("B1048576")), "workbook.rows"),
        (lambda xml: xml.replace(b"</sheetData>", _cell("XFD9")), "workbook.columns"),
        (lambda xml: xml.replace(b"</sheetData>", _cell("GR99999")), "workbook.columns"),
        (lambda xml: xml.replace(b' r="A1"', b' r = "A1"'), "workbook.damaged"),
        (lambda xml: b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + xml, "workbook.damaged"),
        (lambda xml: xml.decode().encode("utf-16"), "workbook.damaged"),
        (
            lambda xml: xml.replace(b"</sheetData>", b'<row r="1048576"><c><v>1</v></c></row></sheetData>'),
            "workbook.damaged",
        ),
    ],
)
def test_a_forged_extent_is_refused_before_memory_is_taken(forge: Any, code: str):
    assert _rejected(with_part(typed(FUNDS, funds_row()), SHEET, forge)) == code


def test_cells_that_leave_out_where_they_are_cannot_hide_a_far_row():
    xml = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    far = xml + b'<row r="1048576"><c><v>1</v></c></row></sheetData></worksheet>'
    assert _rejected(with_part(typed(FUNDS), SHEET, lambda _: far)) == "workbook.rows"


def test_a_bomb_is_refused():
    bomb = with_part(typed(FUNDS), "xl/media/image1.png", lambda _: b"\0" * 60_000_000)
    assert _rejected(bomb) == "workbook.too_large"


@pytest.mark.django_db
def test_a_forged_dimension_does_no_harm(world: World):
    def forge(xml: bytes) -> bytes:
        return xml.replace(b'<dimension ref="A1:I2"', b'<dimension ref="A1:XFD1048576"')

    content = with_part(typed(FUNDS, funds_row()), SHEET, forge)
    assert b"XFD1048576" in zipfile.ZipFile(BytesIO(content)).read(SHEET)
    assert imported(content, by=world.giver).new == 1


@pytest.mark.django_db
def test_a_million_formatted_rows_with_nothing_in_them_are_no_rows(world: World):
    empty = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (row, row) for row in range(3, 60_000))
    far = b'<row r="1048576"><c r="A1048576" s="0"/></row></sheetData>'
    content = with_part(
        typed(FUNDS, funds_row()), SHEET, lambda xml: xml.replace(b"</sheetData>", empty + far)
    )
    result = imported(content, by=world.giver)
    assert (result.rows, result.new) == (1, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        ({"amount": 12.345}, "workbook.money", "两位小数"),
        ({"amount": "12.345"}, "workbook.money", "两位小数"),
        ({"amount": "1.2E+07"}, "workbook.money", "缩写"),
        ({"amount": "很多"}, "workbook.money", "数字"),
        ({"amount": -5}, "entry.money_sign", "大于 0"),
        ({"amount": None}, "workbook.empty", "请填写金额"),
        ({"amount": "=F9*2"}, "workbook.formula", "没有算出的值"),
        ({"amount": date(2020, 1, 1)}, "workbook.number", "数字"),
        ({"day": "2020.9"}, "workbook.day", "写到日"),
        ({"day": "20-9-18"}, "workbook.day", "2020-09-18"),
        ({"day": "2020-02-30"}, "workbook.day", "没有这一天"),
        ({"day": 5}, "workbook.day", "2020-09-18"),
        ({"day": "2999-01-01"}, "entry.future", "还没有到"),
        ({"stage": "收妥"}, "workbook.stage", "拨付"),
        ({"giver": "谁也不认识"}, "workbook.party_unknown", "登记"),
        ({"fund": "另一笔"}, "workbook.fund_unknown", "字典"),
        ({"document": 123456789012345678}, "workbook.digits_lost", "15 位"),
        ({"follows": "没有的文号"}, "import.follows", "E123"),
    ],
)
def test_a_bad_cell_is_told_by_row_column_value_and_cure(
    world: World, changes: dict[str, Any], code: str, words: str
):
    result = imported(typed(FUNDS, funds_row(), funds_row(**changes)), by=world.giver)
    assert [problem.code for problem in result.problems] == [code], told(result)
    (problem,) = result.problems
    assert problem.row == 3 and words in problem.cure.zh
    assert problem.place.zh.startswith("第 3 行，") and problem.place.en.startswith("row 3, ")
    assert Entry.objects.count() == 0 and not result.is_written


@pytest.mark.django_db
def test_an_error_value_is_told_with_what_stands_there(world: World):
    book = Workbook()
    assert book.active is not None
    book.active.append(list(FUNDS))
    book.active.append(funds_row(amount="#REF!"))
    result = imported(saved(book), by=world.giver)
    assert [(problem.code, problem.value) for problem in result.problems] == [("workbook.error", "#REF!")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "note"),
    [
        (44092, "note.serial"),
        ("2020.9.18", "note.day"),
        ("2020年9月18日", "note.day"),
        ("２０２０－０９－１８", "note.day"),
        ("2020/9/18", "note.day"),
        (20200918, "note.day"),
        (datetime(2020, 9, 18, 8, 30), ""),
        (date(2020, 9, 18), ""),
    ],
)
def test_days_are_read_however_they_were_written_and_it_is_said(world: World, day: Any, note: str):
    result = imported(typed(FUNDS, funds_row(day=day)), by=world.giver)
    assert told(result) == []
    assert [one.code for one in result.notes] == ([note] if note else [])
    assert Entry.objects.get().happened_on == date(2020, 9, 18)


@pytest.mark.django_db
def test_a_1904_workbook_counts_its_days_from_1904(world: World):
    book = Workbook()
    book.epoch = MAC_EPOCH
    assert book.active is not None
    for row in (FUNDS, funds_row(day=42630)):
        book.active.append(list(row))
    content = saved(book)
    imported(content, by=world.giver)
    assert Entry.objects.get().happened_on == date(2020, 9, 18)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("amount", "heading", "minor"),
    [
        ("1,234.50", "金额（元）", 123_450),
        ("１２３４．５", "金额（元）", 123_450),
        ("0.12345万", "金额（元）", 123_450),
        (0.12345, "金额（万元）", 123_450),
        ("0.12345", "金额(万元)*", 123_450),
        (0.1 + 0.2, "金额", 30),
        ("'1234.5", "Amount (yuan)", 123_450),
    ],
)
def test_amounts_are_read_in_the_unit_the_heading_names(world: World, amount: Any, heading: str, minor: int):
    header = [heading if name == "金额（元）" else name for name in FUNDS]
    result = imported(typed(header, funds_row(amount=amount)), by=world.giver)
    assert told(result) == []
    assert Entry.objects.get().money_minor == minor


@pytest.mark.django_db
def test_the_unit_may_stand_above_the_header(world: World):
    header = ["金额" if name == "金额（元）" else name for name in FUNDS]
    imported(typed(("2020年资金登记表",), ("单位：万元",), (), header, funds_row(amount=5)), by=world.giver)
    assert Entry.objects.get().money_minor == 5_000_000


@pytest.mark.django_db
def test_a_second_header_is_found(world: World):
    result = imported(typed(FUNDS, funds_row(), FUNDS, funds_row()), by=world.giver)
    assert [(problem.code, problem.row) for problem in result.problems] == [("workbook.two_headers", 3)]
    assert Entry.objects.count() == 0


@pytest.mark.django_db
def test_two_columns_of_one_meaning_are_refused(world: World):
    result = imported(typed((*FUNDS, "时间"), [*funds_row(), "2020-03-02"]), by=world.giver)
    assert [problem.code for problem in result.problems] == ["workbook.column_twice"]


@pytest.mark.django_db
def test_a_column_nobody_knows_is_told(world: World):
    result = imported(typed((*FUNDS, "幸运数字"), [*funds_row(), 7]), by=world.giver)
    assert [(problem.code, problem.value) for problem in result.problems] == [
        ("workbook.column_unknown", "幸运数字")
    ]


@pytest.mark.django_db
def test_a_missing_column_is_told(world: World):
    result = imported(typed(FUNDS[1:], funds_row()[1:]), by=world.giver)
    assert "workbook.column_missing" in {problem.code for problem in result.problems}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("total", "expected"), [(1500, []), ("1,500.00", []), (1501, [("workbook.total", 4)])]
)
def test_a_total_row_must_add_up_and_is_no_entry(world: World, total: Any, expected: list[tuple[str, int]]):
    row = ["合计", None, None, None, None, total]
    result = imported(typed(FUNDS, funds_row(), funds_row(amount=500), row), by=world.giver)
    assert [(problem.code, problem.row) for problem in result.problems] == expected
    assert result.rows == 2


@pytest.mark.django_db
def test_subtotals_sum_what_stands_since_the_last(world: World):
    def subtotal(amount: int, word: str = "小计") -> list[Any]:
        return [word, None, None, None, None, amount]

    rows = [funds_row(), subtotal(1000), funds_row(amount=500), subtotal(500), subtotal(1500, "总计")]
    assert told(imported(typed(FUNDS, *rows), by=world.giver)) == []


@pytest.mark.django_db
def test_no_header_at_all_is_told(world: World):
    with pytest.raises(Rejected) as caught:
        imported(typed(("一", "二"), (1, 2)), by=world.giver)
    assert [problem.code for problem in caught.value.problems] == ["workbook.header"]


@pytest.mark.django_db
def test_a_stop_in_the_middle_leaves_nothing(world: World):
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        imported(typed(FUNDS, funds_row()), by=world.giver, on_progress=stop)
    assert Entry.objects.count() == 0
