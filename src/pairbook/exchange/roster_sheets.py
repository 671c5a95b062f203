"""The workbooks of a list of people: the empty one to fill in, and the export that leaves the book for a purpose."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from pairbook.exchange.grids import column_letters
from pairbook.exchange.markup import Value, cell_markup, row_markup, with_rows
from pairbook.exchange.rosters import ROSTER_COLUMNS, TIMES
from pairbook.exchange.rules import NO, YES, Column
from pairbook.exchange.writing import HEADER_ROW, LINE_HEIGHT, Styles, lines_in
from pairbook.households.actions import PersonShown
from pairbook.households.rules import COLUMNS
from pairbook.kernel import clock
from pairbook.kernel.texts import Lang, Text

_SHEET = Text("名单", "People")
_ROOM, _ROOM_MAX = 50, 2_000
_EXPORTED: tuple[Column, ...] = (
    Column("name", COLUMNS["name"], "text", width=16),
    Column("phone", COLUMNS["phone"], "text", width=17),
    Column("id_last_four", Text("身份证号后四位", "Last four of the identity number"), "text", width=18),
    Column("is_registered_poor", COLUMNS["is_registered_poor"], "text", width=18),
    Column("times", TIMES, "whole", width=12),
)


def roster_template(lang: Lang, *, people: int = 0) -> bytes:
    """An empty list to fill in, with room ruled for so many people; more rows may be written below."""
    note = Text(
        "每人一行，只列一次。姓名必填；身份证号和户编号至少填一项；建档立卡填“是”或“否”；没有统计出勤就留空。",
        "One row a person, once. Name is required, and an identity or household number. Registered poor: yes or no. "
        "Times attended stays empty where nobody counted.",
    )
    room: list[list[Value]] = [[None] * len(ROSTER_COLUMNS)] * min(max(people, _ROOM), _ROOM_MAX)
    return _written(Text("人员名单", "List of people").in_(lang), note.in_(lang), ROSTER_COLUMNS, room, lang)


def roster_workbook(people: Iterable[tuple[PersonShown, int | None]], lang: Lang, *, purpose: str) -> bytes:
    """The people as a workbook, each with how often they attended; it says what it was exported for."""
    today = clock.today()
    note = Text(
        f"内含个人信息，限本用途使用，用后删除。导出日期：{today}　用途：{purpose}",
        f"Personal data: for this purpose only, to be deleted afterwards.  Exported on {today}.  Purpose: {purpose}",
    )
    rows = [
        [
            person.name,
            person.phone,
            person.id_last_four,
            (YES if person.is_registered_poor else NO).in_(lang),
            times,
        ]
        for person, times in people
    ]
    return _written(
        Text("人员名单（导出）", "List of people, exported").in_(lang), note.in_(lang), _EXPORTED, rows, lang
    )


def _written(
    title: str, note: str, columns: Sequence[Column], rows: Sequence[Sequence[Value]], lang: Lang
) -> bytes:
    # The stubs do not know the document's own properties.
    book: Any = Workbook(write_only=True)
    sheet = book.create_sheet(_SHEET.in_(lang))
    for place, column in enumerate(columns):
        dimension = sheet.column_dimensions[column_letters(place)]
        # The whole column, also below the ruled rows: an identity number typed as a number would lose its end.
        dimension.width, dimension.number_format = column.width, "0" if column.sort == "whole" else "@"
    sheet.freeze_panes = f"B{HEADER_ROW + 1}"
    sheet.print_title_rows = f"1:{HEADER_ROW}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    # One line more than counted: programs break lines in their own places.
    lines = 1 + lines_in(sum(column.width for column in columns), note)
    sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = 32, LINE_HEIGHT * lines
    sheet.row_dimensions[HEADER_ROW].height = 34
    styles = Styles(sheet)
    sheet.append([styles.title(title)])
    sheet.append([styles.note(note, wraps=True)])
    sheet.append([styles.heading(column, lang) for column in columns])
    for row in (1, 2):
        sheet.merged_cells.add(f"A{row}:{column_letters(len(columns) - 1)}{row}")
    _offer_yes_and_no(sheet, columns, lang)
    ids = [styles.id_of(column) for column in columns]
    stream = BytesIO()
    book.save(stream)
    made: Callable[[], Iterable[str]] = partial(_row_markups, rows, ids)
    return with_rows(stream.getvalue(), {"xl/worksheets/sheet1.xml": made})


def _row_markups(rows: Sequence[Sequence[Value]], ids: Sequence[int]) -> Iterator[str]:
    for number, values in enumerate(rows, start=HEADER_ROW + 1):
        yield row_markup(
            number,
            [
                cell_markup(f"{column_letters(place)}{number}", style, value)
                for place, (style, value) in enumerate(zip(ids, values, strict=True))
            ],
        )


def _offer_yes_and_no(sheet: Any, columns: Sequence[Column], lang: Lang) -> None:
    for place, column in enumerate(columns):
        if column.code == "is_registered_poor":
            letters = column_letters(place)
            listed = f'"{YES.in_(lang)},{NO.in_(lang)}"'
            rule = DataValidation(type="list", formula1=listed, allow_blank=True, errorStyle="warning")
            rule.add(f"{letters}{HEADER_ROW + 1}:{letters}{HEADER_ROW + _ROOM_MAX}")
            sheet.data_validations.append(rule)
