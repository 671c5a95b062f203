"""A list of people that an office sends: an Excel workbook or CSV, read into the people of one entry.

Offices send the lists they have, so the header is found by name and other columns are left aside. A problem says the
row, the cell and the cure, and never what stood there: names and numbers go behind the privacy wall and nowhere else.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Any

from pairbook.exchange.delimited import is_text, text_grids
from pairbook.exchange.grids import Cell, open_workbook
from pairbook.exchange.rows import Table, Unread, find_table, place_of, unbroken_text, unread_hole, word_key
from pairbook.exchange.rules import Column
from pairbook.households.rules import COLUMNS as PERSON_COLUMNS
from pairbook.households.rules import PersonDraft, check_people, normal_draft
from pairbook.kernel import clock
from pairbook.kernel.problems import Problem, Rejected
from pairbook.kernel.reading import read_whole
from pairbook.kernel.texts import Text
from pairbook.register.actions import Attendance

TIMES = Text("出勤次数", "Times attended")
TIMES_MAX = 9_999

_POOR_WORDS = (
    "建档立卡", "建档立卡户", "是否建档立卡", "建档立卡贫困户", "是否建档立卡贫困户", "建档立卡脱贫户",
    "脱贫户", "是否脱贫户", "脱贫人口", "是否脱贫人口", "registered poor", "poor",
)  # fmt: skip
ROSTER_COLUMNS: tuple[Column, ...] = (
    Column(
        "name", PERSON_COLUMNS["name"], "text", is_required=True, width=16,
        words=("名字", "学员姓名", "人员姓名", "务工人员姓名", "领取人", "full name"),
    ),
    Column(
        "id_number", PERSON_COLUMNS["id_number"], "text", width=24,
        words=("身份证", "身份证号码", "公民身份号码", "居民身份证号", "居民身份证号码", "证件号码", "证件号",
               "id number", "id no", "id card"),
    ),
    Column(
        "phone", PERSON_COLUMNS["phone"], "text", width=17,
        words=("手机", "手机号", "手机号码", "联系电话", "联系方式", "电话号码", "mobile", "telephone", "phone number"),
    ),
    Column(
        "household", PERSON_COLUMNS["household"], "text", width=18,
        words=("户号", "户编码", "家庭编号", "农户编号", "household", "household no"),
    ),
    Column("is_registered_poor", PERSON_COLUMNS["is_registered_poor"], "text", width=18, words=_POOR_WORDS),
    Column(
        "times", TIMES, "whole", width=12,
        words=("出勤", "次数", "出勤天数", "参加次数", "签到次数", "培训次数",
               "attendance", "times", "sessions", "days"),
    ),
)  # fmt: skip
# What offices write; whoever is watched so as not to fall back (监测户) is not thereby on the register.
_YES = {"是", "有", "√", "✓", "✔", "对", "y", "yes", "true", "1", "建档立卡", "建档立卡户", "建档立卡贫困户", "贫困户",
        "脱贫户", "脱贫人口", "已脱贫"}  # fmt: skip
_NO = {
    "否",
    "无",
    "×",
    "✗",
    "x",
    "n",
    "no",
    "false",
    "0",
    "非",
    "不是",
    "非建档立卡户",
    "一般户",
    "一般农户",
    "-",
    "/",
}
# Programs that fear for long numbers export them as ="6210…".
_GUARDED = re.compile(r'="([^"]*)"')
_LOST = re.compile("[?？\ufffd]")
_FILE = Text("名单文件", "List")


@dataclass(frozen=True, slots=True)
class Roster:
    """The people of a list, in its order."""

    people: tuple[Attendance, ...]
    ignored: tuple[str, ...]
    """Headings of columns that were left aside."""
    table: Table

    def placed(self, problems: Iterable[Problem]) -> list[Problem]:
        """Problems with these people as the register tells them, by the rows and cells of the list."""
        return [_at_cell(problem, self.table) for problem in problems]


def read_roster(content: bytes) -> Roster:
    """The people of a list; Rejected with everything that is wrong with it, by row and cell."""
    table = _table_of(content)
    ignored = [problem for problem in table.problems if problem.code == "workbook.column_unknown"]
    faults = [problem for problem in table.problems if problem not in ignored]
    if not table.headings.places.keys() & {"id_number", "household"}:
        faults.append(_unmarked())
    if not table.rows and not faults:
        faults.append(_nobody())
    if faults:
        raise Rejected(faults)
    people, unread = _read_rows(table)
    found = [*unread.items(), *_person_problems(people, unread, table)]
    if found:
        order = table.headings.places
        found.sort(key=lambda one: (one[0][0], order.get(one[0][1], -1)))
        raise Rejected(problem for _, problem in found)
    return Roster(tuple(people), tuple(problem.value for problem in ignored), table)


_At = tuple[int, str]
"""A cell: the row of the list, and the code of the column."""


def _read_rows(table: Table) -> tuple[list[Attendance], dict[_At, Problem]]:
    """The rows as people, and by row and column the cells that could not be read."""
    people: list[Attendance] = []
    unread: dict[_At, Problem] = {}
    for row, cells in table.rows:
        values: dict[str, Any] = {}
        for code, column in table.columns.items():
            try:
                values[code] = _value(code, _text(cells.get(code, ""), table.holes.get((row, code))))
            except Unread as found:
                place = place_of(table, row, code, column.label)
                unread[row, code] = Problem(f"roster.{found.code}", place, found.cure, row)
        times = values.pop("times", None)
        people.append(Attendance(PersonDraft(**({"name": ""} | values)), times))
    return people, unread


def _text(cell: Cell, hole: str | None) -> str:
    if hole is not None:
        raise unread_hole(hole)
    if isinstance(cell, date | time | timedelta):
        cure = Text(
            "表格软件把这一格变成了日期；请把该列设为文本后重新填写。",
            "A spreadsheet made a day of it; format the column as text and write it again.",
        )
        raise Unread("made_a_day", cure)
    text = unbroken_text(cell)
    guarded = _GUARDED.fullmatch(text)
    return guarded[1] if guarded else text


def _value(code: str, text: str) -> Any:
    if code == "is_registered_poor":
        return _yes_or_no(text)
    if code == "times":
        return _times(text)
    if code == "name" and _LOST.search(text):
        cure = Text(
            "有字没能保存下来（成了问号）；请用 UTF-8 或 .xlsx 重新保存名单。",
            "Letters were lost and became question marks; save the list anew, as UTF-8 or as .xlsx.",
        )
        raise Unread("letters_lost", cure)
    return text


def _yes_or_no(text: str) -> bool:
    word = word_key(text)
    if word and word not in _YES | _NO:
        raise Unread("yes_or_no", Text("请填“是”或“否”。", "Write yes or no."))
    return word in _YES


def _times(text: str) -> int | None:
    if not text:
        return None
    times = read_whole(text)
    if isinstance(times, Text) or not 0 <= times <= TIMES_MAX:
        cure = Text(
            f"请填 0 到 {TIMES_MAX} 的整数，如 5；没有统计就留空。",
            f"Write a whole number from 0 to {TIMES_MAX}, such as 5, or leave it empty where nobody counted.",
        )
        raise Unread("times", cure)
    return times


def _person_problems(
    people: Sequence[Attendance], unread: Mapping[_At, Problem], table: Table
) -> Iterator[tuple[_At, Problem]]:
    """What the rules of persons say of the rows, less what only follows from a cell that could not be read."""
    drafts = [normal_draft(one.person) for one in people]
    for found in check_people(drafts, today=clock.today()):
        problem, code = _at_cell(found, table), _code_of(found)
        row = problem.row or 0
        is_unmarked = found.code == "person.unmarked" and (row, "id_number") in unread
        if not is_unmarked and (row, code) not in unread:
            yield (row, code), problem


def _at_cell(problem: Problem, table: Table) -> Problem:
    """A problem with one of the people, by the row and cell of the list."""
    if problem.row is None:
        return problem
    row, _ = table.rows[problem.row]
    # What the rules have masked may be shown; anything else may be somebody's name or number in the wrong column.
    value = problem.value if "*" in problem.value else ""
    return replace(
        problem, place=place_of(table, row, _code_of(problem), problem.place), row=row, value=value
    )


def _code_of(problem: Problem) -> str:
    return next((column.code for column in ROSTER_COLUMNS if column.label == problem.place), "")


def _table_of(content: bytes) -> Table:
    if is_text(content):
        read = text_grids(content, sort="roster", place=_FILE)
        found = [table for grid in read if (table := find_table(grid, ROSTER_COLUMNS))][:1]
    else:
        opened = open_workbook(content)
        grids = (opened.grid(name) for name in opened.names)
        found = [table for grid in grids if (table := find_table(grid, ROSTER_COLUMNS))]
    if len(found) == 1:
        return found[0]
    cure = (
        Text("有几张表都像名单；请只留一张。", "Several sheets look like a list of people; keep one.")
        if found
        else Text(
            "前 10 行里找不到表头；表头应有姓名，和身份证号或户编号。",
            "No header was found in the first 10 rows; it should name: Name, and Identity number or Household number.",
        )
    )
    raise Rejected([Problem("roster.header", Text("表头", "Header"), cure)])


def _whole(code: str, zh: str, en: str) -> Problem:
    return Problem(f"roster.{code}", _FILE, Text(zh, en))


def _unmarked() -> Problem:
    cure = Text(
        "缺少“身份证号”或“户编号”列，至少要有一列，否则同名的人分不开。",
        "It needs a column 'Identity number' or 'Household number', or people of one name cannot be told apart.",
    )
    return Problem("roster.unmarked", Text("表头", "Header"), cure)


def _nobody() -> Problem:
    return _whole(
        "empty",
        "表头下面没有人员；请每人填一行。",
        "Nobody is listed below the header; give each person a row.",
    )
