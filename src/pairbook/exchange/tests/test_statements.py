"""Statements as banks and treasuries send them: heads by many names, amounts in many forms, and what is refused."""

import csv
import shutil
import subprocess
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairbook.exchange.statement_layouts import Layout, find_layout
from pairbook.exchange.statements import CSV_TYPE, ReadStatement, read_statement
from pairbook.exchange.tests.typed import typed
from pairbook.kernel.money import Money
from pairbook.kernel.problems import Rejected
from pairbook.register.reconciling import LineDraft

HEAD = ("交易日期", "凭证号", "摘要", "借方发生额", "贷方发生额", "余额", "对方户名")
ROWS: list[tuple[Any, ...]] = [
    ("2020-01-20", "0031", "捐款", "", "300,000.00", "300,000.00", "静海慈善"),
    ("2020-02-14", "记字第2020-0543号", "购设备", "120,000.00", "", "180,000.00", "设备公司"),
]
LINES = [
    LineDraft(2, date(2020, 1, 20), 30_000_000, "0031", "静海慈善", "捐款", 30_000_000),
    LineDraft(3, date(2020, 2, 14), -12_000_000, "记字第2020-0543号", "设备公司", "购设备", 18_000_000),
]


def a_csv(*rows: tuple[Any, ...], encoding: str = "utf-8", mark: str = ",") -> bytes:
    written = StringIO()
    csv.writer(written, delimiter=mark).writerows(rows)
    return written.getvalue().encode(encoding)


def read(*rows: tuple[Any, ...], head: tuple[Any, ...] = HEAD) -> ReadStatement:
    return read_statement(a_csv(head, *rows))


def codes(found: tuple[Any, ...]) -> list[str]:
    return [problem.code for problem in found]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_a_csv_is_read_whatever_its_encoding_and_its_mark(encoding, mark):
    found = read_statement(a_csv(HEAD, *ROWS, encoding=encoding, mark=mark))
    assert list(found.lines) == LINES and found.media_type == CSV_TYPE and not found.problems


def test_a_workbook_is_read_like_the_csv():
    cells = [(datetime(2020, 1, 20), "0031", "捐款", None, 300000, 300000.0, "静海慈善"), ROWS[1]]
    assert list(read_statement(typed(HEAD, *cells)).lines) == LINES


@pytest.mark.slow
@pytest.mark.parametrize("form", ["xlsx", "xls", "csv:Text - txt - csv (StarCalc):44,34,85"])
def test_a_re_save_by_another_program_changes_no_line(tmp_path: Path, form: str):
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    cells = [(datetime(2020, 1, 20), "0031", "捐款", None, 300000, 300000.0, "静海慈善"), ROWS[1]]
    sent = tmp_path / "statement.xlsx"
    sent.write_bytes(typed(HEAD, *cells))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [program, profile, "--headless", "--convert-to", form, "--outdir", str(tmp_path / "back")]
    subprocess.run([*command, str(sent)], check=True, capture_output=True, timeout=100)
    found = read_statement((tmp_path / "back" / f"statement.{form[:4].rstrip(':')}").read_bytes())
    assert list(found.lines) == LINES and not found.problems


def test_titles_above_the_head_tell_account_and_days():
    found = read_statement(
        a_csv(("账号：6222 0012 3456 7890",), ("起止日期", "2020-01-01 至 2020-03-31"), HEAD, *ROWS)
    )
    assert (found.account, found.days) == ("6222001234567890", (date(2020, 1, 1), date(2020, 3, 31)))


def test_a_head_of_two_rows_is_one_head():
    found = read_statement(
        a_csv(
            ("日期", "摘要", "发生额", "", "余额"),
            ("", "", "借方", "贷方", ""),
            ("20200120", "x", "", "5", "5"),
        )
    )
    assert [line.minor for line in found.lines] == [500]


def test_an_english_head_is_read():
    found = read(
        ("2020-05-03", "A-1", "5.00", "Tube mill"), head=("Date", "Reference", "Debit", "Counterparty")
    )
    assert [(line.minor, line.number, line.counterparty) for line in found.lines] == [
        (-500, "A-1", "Tube mill")
    ]


def test_a_treasury_list_of_payees_is_money_out_in_ten_thousands():
    found = read(
        ("2020.5.3", "样财预〔2020〕7号", "施工单位", "1.5"),
        head=("支付日期", "指标文号", "收款人", "金额（万元）"),
    )
    assert [(line.minor, line.counterparty) for line in found.lines] == [(-1_500_000, "施工单位")]


def test_an_amount_with_a_mark_for_in_or_out_is_read():
    found = read(("2020-05-03", "借", "5"), ("2020-05-04", "贷", "7"), head=("日期", "借贷标志", "交易金额"))
    assert [line.minor for line in found.lines] == [-500, 700]


def test_amounts_without_any_sign_are_asked_back():
    found = read(("2020-05-03", "5"), head=("日期", "金额"))
    assert codes(found.problems) == ["statement.direction"] and not found.lines


AMOUNTS = [
    ("1,234.56", 123_456), ("１，２３４．５６", 123_456), ("¥1,234.56", 123_456), ("(5.00)", -500), ("5.00-", -500),
    ("-5", -500), ("0.1", 10),
]  # fmt: skip


@pytest.mark.parametrize(("written", "minor"), AMOUNTS)
def test_an_amount_is_read_as_banks_write_it(written, minor):
    found = read(("2020-05-03", written), ("2020-05-03", "-1"), head=("日期", "金额"))
    assert found.lines[0].minor == minor


DAYS = [
    "20200503",
    "2020-05-03 10:22:33",
    "2020/5/3",
    "2020年5月3日",
    "20200503 102233",
    "２０２０－０５－０３",
]


@pytest.mark.parametrize("written", DAYS)
def test_a_day_is_read_as_banks_write_it(written):
    assert read((written, "", "", "", "5", "", "")).lines[0].on == date(2020, 5, 3)


REFUSED = [
    ("a day that is none", ("2020-02-30", "", "", "", "5", "", ""), "statement.day"),
    ("an amount to be read in two ways", ("2020-05-03", "", "", "", "1.234,5", "", ""), "statement.amount"),
    ("a third of a fen", ("2020-05-03", "", "", "", "0.333", "", ""), "statement.amount"),
    ("in and out at once", ("2020-05-03", "", "", "5", "5", "", ""), "statement.both"),
    ("an amount without a day", ("", "", "", "5", "", "", ""), "statement.day"),
]


@pytest.mark.parametrize(("row", "code"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_a_row_that_cannot_be_read_is_told_with_its_place(row, code):
    found = read(ROWS[0], row)
    assert codes(found.problems) == [code] and found.problems[0].place.en.startswith("row 3, ")


def test_a_total_that_comes_out_says_nothing():
    found = read(*ROWS, ("合计", "", "", "120000", "300000", "", ""))
    assert found.notes == () and len(found.lines) == 2


def test_a_total_that_does_not_come_out_is_told():
    found = read(*ROWS, ("合计", "", "", "120001", "300000", "", ""))
    assert codes(found.notes) == ["statement.total"] and found.notes[0].row == 4


def test_a_break_in_the_balance_is_told_with_its_row():
    found = read(*ROWS, ("2020-02-15", "", "", "1", "", "179,000.00", ""))
    assert [(note.code, note.row) for note in found.notes] == [("statement.balance", 4)]


def test_a_list_with_the_newest_line_first_has_no_break():
    assert read(*reversed(ROWS)).notes == ()


def test_the_foot_of_a_page_and_a_head_again_are_no_lines():
    found = read(ROWS[0], ("第 1 页", "", "", "", "", "", ""), HEAD, ROWS[1])
    assert len(found.lines) == 2 and codes(found.notes) == ["statement.not_a_line"]


def test_an_opening_balance_is_no_line():
    assert read(("", "", "承前页", "", "", "0.00", ""), *ROWS).lines[0].minor == 30_000_000


def test_a_file_without_a_head_is_asked_about_and_shown():
    found = read_statement(a_csv(("a", "b"), ("2020-05-03", "5")))
    assert codes(found.problems) == ["statement.head"] and found.top[1] == ("2020-05-03", "5")


def test_a_person_may_say_which_column_is_which():
    layout = Layout(1, {"day": (0,), "amount": (1,)}, direction="out")
    assert [line.minor for line in read_statement(a_csv(("a", "b"), ("2020-05-03", "5")), layout).lines] == [
        -500
    ]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", b"\0\1\2\3", b"\xff\xfe\x00"])
def test_what_is_no_list_is_refused(content):
    with pytest.raises(Rejected):
        read_statement(content)


def test_more_lines_than_a_statement_holds_are_refused():
    found = read(*[("2020-05-03", "", "", "", "5", "", "")] * 5_001)
    assert codes(found.problems) == ["statement.lines"]


def test_the_first_of_several_numbers_counts_and_the_others_stay_in_the_text():
    layout = find_layout([["日期", "流水号", "摘要", "凭证号", "收入"]])
    assert layout is not None and (layout.columns["number"], layout.columns["text"]) == ((3,), (2, 1))


_WORDS = st.text(st.characters(categories=("Lu", "Ll", "Lo"), max_codepoint=0x9FFF), max_size=8).map(
    lambda text: text.encode("gb18030", "ignore").decode("gb18030")
)


@given(
    st.lists(
        st.tuples(
            st.dates(date(2016, 1, 1), date(2035, 12, 31)),
            st.integers(-(10**11), 10**11).filter(bool),
            st.integers(1, 10**6),
            _WORDS,
        ),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from(["utf-8", "gb18030"]),
)
def test_whatever_is_written_is_read_back(written, encoding):
    rows, balance, expected = [], 0, []
    for place, (on, minor, number, who) in enumerate(written, start=2):
        balance += minor
        amount, left = f"{Money(abs(minor)).amount:,}", f"{Money(balance).amount:,}"
        out, into = ("", amount) if minor > 0 else (amount, "")
        rows.append((on.strftime("%Y%m%d"), f"N{number}", "", out, into, left, f"单位{who}甲"))
        expected.append(LineDraft(place, on, minor, f"N{number}", f"单位{who}甲", "", balance or None))
    found = read_statement(a_csv(HEAD, *rows, encoding=encoding))
    assert [(line.row, line.on, line.minor, line.number, line.counterparty) for line in found.lines] == [
        (line.row, line.on, line.minor, line.number, line.counterparty) for line in expected
    ]
    assert not found.problems and not found.notes and found.came_in.minor - found.went_out.minor == balance


def test_a_serial_day_of_a_workbook_is_its_day():
    serial = (date(2020, 5, 3) - date(1899, 12, 30)) // timedelta(days=1)
    found = read_statement(typed(("日期", "收入"), (float(serial), 5)))
    assert [line.on for line in found.lines] == [date(2020, 5, 3)]
