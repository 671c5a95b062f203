"""Lays out the workbook that offices fill in: title, header, rows, total, lists to choose from, and who it belongs to.

Written as a stream, so a sheet of a hundred thousand rows takes no memory. What people typed is always stored as
text and never as a formula: a note that begins with `=` stays a note.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation

from pairbook.exchange.grids import column_letters
from pairbook.exchange.rows import tidy_text
from pairbook.exchange.rules import TEMPLATE, TEMPLATE_VERSION, Column
from pairbook.kernel.texts import Lang, Text

Value = str | date | Decimal | int | None

META_SHEET = "_pairbook"
LISTS_SHEET = Text("字典", "Lists")
TOTAL = Text("合计", "Total")
HEADER_ROW = 3
# So many empty rows below the data offer the lists too.
_ROOM_BELOW = 1_000
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_LINE_HEIGHT, _LINES_MAX = 16.5, 12

_FONT = "Microsoft YaHei"
_LINE = Side(style="thin", color="C9CDD3")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD_FILL = PatternFill("solid", fgColor="1F4E5F")
_SHOWN_FILL = PatternFill("solid", fgColor="EEF1F4")
_TOTAL_FILL = PatternFill("solid", fgColor="F5EBD7")


@dataclass(frozen=True, slots=True)
class SheetContent:
    """What one sheet holds."""

    kind: str
    name: str
    title: str
    note: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Value]]
    totals: Sequence[tuple[str, frozenset[str]]]
    """A total row for each stage: its name, and the columns that are summed."""
    lists: dict[str, list[str]]
    """What may be chosen, by column code."""


@dataclass(frozen=True, slots=True)
class Meta:
    """What the hidden sheet says, so that a returned workbook is known again."""

    pairing: str
    lang: Lang
    kinds: dict[str, str]
    """Sheet name by kind."""


def write_workbook(sheets: Sequence[SheetContent], meta: Meta) -> bytes:
    """The workbook as bytes."""
    # The stubs do not know the document's own properties.
    book: Any = Workbook(write_only=True)
    book.custom_doc_props.append(
        StringProperty(name="pairbook.template", value=f"{TEMPLATE}@{TEMPLATE_VERSION}")
    )
    places = _list_places(sheets)
    for content in sheets:
        _write_sheet(book, content, places, meta.lang)
    _write_lists(book, sheets, places, meta.lang)
    _write_meta(book, meta)
    # The total is a formula, so it follows what is typed; the program that opens the file computes it.
    book.calculation.fullCalcOnLoad = True
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write_sheet(book: Any, content: SheetContent, places: dict[tuple[str, str], str], lang: Lang) -> None:
    sheet = book.create_sheet(content.name)
    columns = content.columns
    width = len(columns)
    last_row = HEADER_ROW + len(content.rows)
    for place, column in enumerate(columns):
        sheet.column_dimensions[column_letters(place)].width = column.width
    # The header and the columns that say which entry, which stage and when stay in sight.
    sheet.freeze_panes = f"D{HEADER_ROW + 1}"
    sheet.sheet_view.showGridLines = False
    sheet.print_title_rows = f"1:{HEADER_ROW}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 8
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.oddFooter.center.text = "&P / &N"
    sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = 32, 20
    sheet.row_dimensions[HEADER_ROW].height = 34
    styles = _Styles(sheet)
    sheet.append([styles.title(content.title)])
    sheet.append([styles.note(content.note)])
    sheet.append([styles.heading(column, lang) for column in columns])
    sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = _LINE_HEIGHT, True
    for number, cells in enumerate(content.rows, start=HEADER_ROW + 1):
        # A row's height is fixed before the row is written; programs do not fit it to the text by themselves.
        lines = max(_lines(column, value) for column, value in zip(columns, cells, strict=True))
        if lines > 1:
            sheet.row_dimensions[number].height = _LINE_HEIGHT * min(lines, _LINES_MAX)
        sheet.append([styles.cell(column, value) for column, value in zip(columns, cells, strict=True)])
    for stage, summed in content.totals:
        sheet.append(list(_total_cells(styles, content, stage, summed, lang)))
    for row in (1, 2):
        sheet.merged_cells.add(f"A{row}:{column_letters(width - 1)}{row}")
    _add_validations(sheet, content, places, last_row, lang)


def _lines(column: Column, value: Value) -> int:
    """How many lines a text takes in its column; a Chinese character is as wide as two digits."""
    if not isinstance(value, str) or len(value) * 2 < column.width:
        return 1
    room = max(column.width - 2, 1)
    wide = sum(2 if ord(character) > 0x2E7F else 1 for character in value)
    return value.count("\n") - (-wide // room)


def _total_cells(
    styles: "_Styles", content: SheetContent, stage: str, summed: frozenset[str], lang: Lang
) -> Iterable[Any]:
    """The total of one stage: what was sent and what was received of it are the same thing and never added."""
    first, last = HEADER_ROW + 1, HEADER_ROW + len(content.rows)
    stages = next(column_letters(at) for at, column in enumerate(content.columns) if column.sort == "stage")
    for place, column in enumerate(content.columns):
        letters = column_letters(place)
        if place == 0:
            yield styles.total(column, TOTAL.in_(lang))
        elif column.sort == "stage":
            yield styles.total(column, stage)
        elif column.code in summed:
            where = f"${stages}${first}:${stages}${last}"
            formula = f'=SUMIF({where},"{stage}",{letters}{first}:{letters}{last})'
            yield styles.total(column, formula, is_formula=True)
        else:
            yield styles.total(column, None)


class _Styles:
    """Cells in their styles. One cell a column is styled once and its style is shared: styling each is slow."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._models: dict[str, Any] = {}

    def _new(self, value: Any = None) -> Any:
        cell: Any = WriteOnlyCell(self._sheet)
        if isinstance(value, str):
            # Not through `value`, which would take a text that begins with "=" for a formula. What looks like
            # the format's own escape of a character is escaped, or it would come back as that character.
            cell._value, cell.data_type = _ESCAPE.sub("_x005F_", value), "s"
        elif value is not None:
            cell.value = value
        return cell

    def title(self, text: str) -> Any:
        """The sheet's title."""
        cell = self._new(text)
        cell.font = Font(name=_FONT, size=16, bold=True)
        cell.alignment = Alignment(horizontal="center", vertical="center")
        return cell

    def note(self, text: str) -> Any:
        """The line under the title."""
        cell = self._new(text)
        cell.font = Font(name=_FONT, size=9, color="5A6472")
        cell.alignment = Alignment(horizontal="left", vertical="center")
        return cell

    def heading(self, column: Column, lang: Lang) -> Any:
        """A column's heading, with a star when it must be filled in."""
        cell = self._new(column.label.in_(lang) + ("*" if column.is_required else ""))
        is_shown = not column.is_read or column.code == "entry"
        cell.font = Font(name=_FONT, size=10, bold=True, color="5A6472" if is_shown else "FFFFFF")
        cell.fill = _SHOWN_FILL if is_shown else _HEAD_FILL
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.border = _BORDER
        return cell

    def cell(self, column: Column, value: Value) -> Any:
        """A cell of a row."""
        model = self._models.get(column.code)
        if model is None:
            model = self._models[column.code] = self._model(column)
        cell = self._new(tidy_text(value) if isinstance(value, str) else value)
        cell._style = model._style
        return cell

    def _model(self, column: Column) -> Any:
        cell = self._new()
        cell.font = Font(name=_FONT, size=10, color="5A6472" if not column.is_read else "1B2330")
        cell.border = _BORDER
        is_number = column.sort in ("money", "quantity", "whole") or column.code == "papers"
        is_day = column.sort == "day" or column.code == "recorded_at"
        cell.alignment = Alignment(
            horizontal="right" if is_number else "center" if is_day else "left",
            vertical="center",
            wrap_text=not is_number and not is_day,
            indent=0 if is_number or is_day else 1,
        )
        if column.sort == "money":
            cell.number_format = "#,##0.00"
        elif is_number:
            cell.number_format = "#,##0.####" if column.sort == "quantity" else "0"
        elif is_day:
            cell.number_format = "yyyy-mm-dd"
        else:
            cell.number_format = "@"
            # Editing such a cell keeps it text too.
            cell.quotePrefix = True
        if not column.is_read or column.code == "entry":
            cell.fill = _SHOWN_FILL
        return cell

    def total(self, column: Column, value: str | None, *, is_formula: bool = False) -> Any:
        """A cell of the total row."""
        cell = self._new(None if is_formula else value)
        if is_formula:
            cell.value = value
        cell.font = Font(name=_FONT, size=10, bold=True)
        cell.fill = _TOTAL_FILL
        cell.border = _BORDER
        cell.alignment = Alignment(horizontal="right" if is_formula else "left", vertical="center")
        if column.sort == "money":
            cell.number_format = "#,##0.00"
        elif column.sort == "quantity":
            cell.number_format = "#,##0.####"
        return cell


# --- lists ----------------------------------------------------------------------------------------------------------


def _list_places(sheets: Sequence[SheetContent]) -> dict[tuple[str, str], str]:
    """The column of the lists sheet for each list; equal lists of several kinds are written once."""
    places: dict[tuple[str, str], str] = {}
    seen: dict[tuple[str, tuple[str, ...]], str] = {}
    for content in sheets:
        for code, choices in content.lists.items():
            same = (code, tuple(choices))
            if same not in seen:
                seen[same] = column_letters(len(seen))
            places[content.kind, code] = seen[same]
    return places


def _write_lists(
    book: Any, sheets: Sequence[SheetContent], places: dict[tuple[str, str], str], lang: Lang
) -> None:
    sheet = book.create_sheet(LISTS_SHEET.in_(lang))
    written: dict[str, tuple[str, list[str]]] = {}
    for content in sheets:
        labels = {column.code: column.label.in_(lang) for column in content.columns}
        for code, choices in content.lists.items():
            written.setdefault(places[content.kind, code], (labels[code], choices))
    lists = list(written.values())
    for place in range(len(lists)):
        sheet.column_dimensions[column_letters(place)].width = 30
    sheet.freeze_panes = "A2"
    styles = _Styles(sheet)
    plain = Column("list", Text("", ""), "text")
    sheet.append(
        [styles.heading(plain, lang) if not lists else _list_heading(styles, label) for label, _ in lists]
    )
    height = max((len(choices) for _, choices in lists), default=0)
    for row in range(height):
        sheet.append(
            [styles.cell(plain, choices[row]) if row < len(choices) else None for _, choices in lists]
        )


def _list_heading(styles: _Styles, label: str) -> Any:
    return styles.heading(Column("list", Text(label, label), "text"), "zh")


def _add_validations(
    sheet: Any, content: SheetContent, places: dict[tuple[str, str], str], last_row: int, lang: Lang
) -> None:
    lists_sheet = LISTS_SHEET.in_(lang)
    first = HEADER_ROW + 1
    for place, column in enumerate(content.columns):
        letters = column_letters(place)
        where = f"{letters}{first}:{letters}{last_row + _ROOM_BELOW}"
        choices = content.lists.get(column.code)
        if choices:
            listed = places[content.kind, column.code]
            rule = DataValidation(
                type="list",
                formula1=f"'{lists_sheet}'!${listed}$2:${listed}${len(choices) + 1}",
                allow_blank=True,
            )
            # Other registered parties may be written too, so there the list only helps.
            rule.errorStyle = "warning" if column.sort == "party" else "stop"
            rule.errorTitle = column.label.in_(lang)
            rule.error = Text("请从列表里选。", "Choose from the list.").in_(lang)
            rule.showErrorMessage = True
        elif column.sort == "day":
            rule = DataValidation(
                type="date", operator="greaterThan", formula1="18264", allow_blank=True, errorStyle="warning"
            )
            rule.error = Text("请填写日期，如 2020-09-18。", "Write a date such as 2020-09-18.").in_(lang)
            rule.showErrorMessage = True
        else:
            continue
        rule.add(where)
        sheet.data_validations.append(rule)


def _write_meta(book: Any, meta: Meta) -> None:
    sheet = book.create_sheet(META_SHEET)
    sheet.sheet_state = "hidden"
    for key, value in (
        ("template", TEMPLATE),
        ("version", str(TEMPLATE_VERSION)),
        ("pairing", meta.pairing),
        ("lang", meta.lang),
        *((f"kind:{kind}", name) for kind, name in meta.kinds.items()),
    ):
        sheet.append([key, value])
