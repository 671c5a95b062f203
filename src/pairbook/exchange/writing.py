"""Lays out the workbook that offices fill in: title, header, rows, total, lists to choose from, and who it belongs to.

The layout is openpyxl's; the rows are put in by `markup`. What people typed is always stored as text and never as a
formula: a note that begins with `=` stays a note.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation

from pairbook.exchange.grids import column_letters
from pairbook.exchange.markup import Value, cell_markup, escaped_text, row_markup, with_rows
from pairbook.exchange.rules import TEMPLATE, TEMPLATE_VERSION, Column
from pairbook.kernel.texts import Lang, Text

META_SHEET = "_pairbook"
LISTS_SHEET = Text("字典", "Lists")
TOTAL = Text("合计", "Total")
HEADER_ROW = 3
# So many empty rows below the data offer the lists too.
_ROOM_BELOW = 1_000
LINE_HEIGHT, _LINES_MAX = 16.5, 12

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
    totals: Sequence[tuple[str, dict[str, Decimal]]]
    """A total row for each stage: its name, and the sums by column."""
    lists: dict[str, list[str]]
    """What may be chosen, by column code."""
    has_both_heads: bool = False
    """Whether the headings stand in both languages."""


@dataclass(frozen=True, slots=True)
class Meta:
    """What the hidden sheet says, so that a returned workbook is known again."""

    pairing: str
    lang: Lang
    kinds: dict[str, str]
    """Sheet name by kind, or by the part of the project library."""


def write_workbook(sheets: Sequence[SheetContent], meta: Meta) -> bytes:
    """The workbook as bytes."""
    # The stubs do not know the document's own properties.
    book: Any = Workbook(write_only=True)
    book.custom_doc_props.append(
        StringProperty(name="pairbook.template", value=f"{TEMPLATE}@{TEMPLATE_VERSION}")
    )
    places = _list_places(sheets)
    rows: dict[str, Callable[[], Iterable[str]]] = {}
    for number, content in enumerate(sheets, start=1):
        rows[f"xl/worksheets/sheet{number}.xml"] = _write_sheet(book, content, places, meta.lang)
    _write_lists(book, sheets, places, meta.lang)
    _write_meta(book, meta)
    # The total is a formula, so it follows what is typed; the program that opens the file computes it.
    book.calculation.fullCalcOnLoad = True
    stream = BytesIO()
    book.save(stream)
    return with_rows(stream.getvalue(), rows)


def _write_sheet(
    book: Any, content: SheetContent, places: dict[tuple[str, str], str], lang: Lang
) -> Callable[[], Iterable[str]]:
    """Lays a sheet out, down to its header; the answer makes the rows below."""
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
    sheet.row_dimensions[HEADER_ROW].height = 62 if content.has_both_heads else 34
    styles = Styles(sheet)
    sheet.append([styles.title(content.title)])
    sheet.append([styles.note(content.note)])
    sheet.append([styles.heading(column, lang, in_both=content.has_both_heads) for column in columns])
    sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = LINE_HEIGHT, True
    for row in (1, 2):
        sheet.merged_cells.add(f"A{row}:{column_letters(width - 1)}{row}")
    _add_validations(sheet, content, places, last_row, lang)
    ids = {column.code: styles.id_of(column) for column in columns}
    total_ids = {column.code: styles.total_id_of(column) for column in columns}
    return lambda: _row_markups(content, ids, total_ids, lang)


def _row_markups(
    content: SheetContent, ids: dict[str, int], total_ids: dict[str, int], lang: Lang
) -> Iterator[str]:
    columns = [(column_letters(at), ids[column.code]) for at, column in enumerate(content.columns)]
    number = HEADER_ROW
    for number, cells in enumerate(content.rows, start=HEADER_ROW + 1):
        # Programs do not fit a row's height to its text by themselves.
        lines = max(
            lines_in(column.width, value) for column, value in zip(content.columns, cells, strict=True)
        )
        yield row_markup(
            number,
            [
                cell_markup(f"{letters}{number}", style, value)
                for (letters, style), value in zip(columns, cells, strict=True)
            ],
            height=LINE_HEIGHT * min(lines, _LINES_MAX) if lines > 1 else None,
        )
    for at, (stage, sums) in enumerate(content.totals, start=number + 1):
        yield row_markup(at, _total_cells(content, at, stage, sums, total_ids, lang))


def lines_in(width: int, value: Value) -> int:
    """How many lines a text takes in a column; a Chinese character is as wide as two digits."""
    if not isinstance(value, str) or len(value) * 2 < width:
        return 1
    # Widths are of the book's standard letter; the rows are set a little smaller.
    wide = sum(2 if ord(character) > 0x2E7F else 1 for character in value)
    return value.count("\n") - (-wide // width)


def _total_cells(
    content: SheetContent, number: int, stage: str, sums: dict[str, Decimal], ids: dict[str, int], lang: Lang
) -> Iterator[str]:
    """The total of one stage: what was sent and what was received of it are the same thing and never added.

    A sheet without stages has one total, of all its rows.
    """
    first, last = HEADER_ROW + 1, HEADER_ROW + len(content.rows)
    stages = next(
        (column_letters(at) for at, column in enumerate(content.columns) if column.sort == "stage"), ""
    )
    for place, column in enumerate(content.columns):
        letters, style = column_letters(place), ids[column.code]
        here = f"{letters}{number}"
        if place == 0:
            yield cell_markup(here, style, TOTAL.in_(lang))
        elif column.sort == "stage":
            yield cell_markup(here, style, stage)
        elif column.code in sums:
            where = f"${stages}${first}:${stages}${last}"
            summed = f"{letters}{first}:{letters}{last}"
            formula = f'SUMIF({where},"{stage}",{summed})' if stages else f"SUM({summed})"
            yield cell_markup(here, style, sums[column.code], formula=formula)
        else:
            yield cell_markup(here, style, None)


class Styles:
    """Cells of the layout in their styles, and the numbers of the styles that the rows below share."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet

    def _new(self, value: Any = None) -> Any:
        cell: Any = WriteOnlyCell(self._sheet)
        if isinstance(value, str):
            # Not through `value`, which would take a text that begins with "=" for a formula.
            cell._value, cell.data_type = escaped_text(value), "s"
        elif value is not None:
            cell.value = value
        return cell

    def title(self, text: str) -> Any:
        """The sheet's title."""
        cell = self._new(text)
        cell.font = Font(name=_FONT, size=16, bold=True)
        cell.alignment = Alignment(horizontal="center", vertical="center")
        return cell

    def note(self, text: str, *, wraps: bool = False) -> Any:
        """The line under the title; several lines where it wraps."""
        cell = self._new(text)
        cell.font = Font(name=_FONT, size=9, color="5A6472")
        cell.alignment = Alignment(horizontal="left", vertical="center", wrap_text=wraps)
        return cell

    def heading(self, column: Column, lang: Lang, *, in_both: bool = False) -> Any:
        """A column's heading, with a star when it must be filled in."""
        star = "*" if column.is_required else ""
        label = column.label
        cell = self._new(f"{label.zh}{star}\n{label.en}" if in_both else label.in_(lang) + star)
        is_shown = not column.is_read or column.code == "entry"
        cell.font = Font(name=_FONT, size=10, bold=True, color="5A6472" if is_shown else "FFFFFF")
        cell.fill = _SHOWN_FILL if is_shown else _HEAD_FILL
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.border = _BORDER
        return cell

    def listed(self, text: str) -> Any:
        """A cell of the lists."""
        cell = self._new(text)
        cell.font = Font(name=_FONT, size=10)
        cell.number_format = "@"
        cell.border = _BORDER
        return cell

    def id_of(self, column: Column) -> int:
        """The style of a column's cells."""
        return int(self._model(column).style_id)

    def total_id_of(self, column: Column) -> int:
        """The style of a column's cells in total rows."""
        return int(self._total(column).style_id)

    def _model(self, column: Column) -> Any:
        cell = self._new()
        cell.font = Font(name=_FONT, size=10, color="5A6472" if not column.is_read else "1B2330")
        cell.border = _BORDER
        is_number = column.sort in ("money", "quantity", "whole", "thousandths") or column.code == "papers"
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
            cell.number_format = "#,##0.####" if column.sort in ("quantity", "thousandths") else "0"
        elif is_day:
            cell.number_format = "yyyy-mm-dd"
        else:
            cell.number_format = "@"
            # Editing such a cell keeps it text too.
            cell.quotePrefix = True
        if not column.is_read or column.code == "entry":
            cell.fill = _SHOWN_FILL
        return cell

    def _total(self, column: Column) -> Any:
        cell = self._new()
        is_number = column.sort in ("money", "quantity")
        cell.font = Font(name=_FONT, size=10, bold=True)
        cell.fill = _TOTAL_FILL
        cell.border = _BORDER
        cell.alignment = Alignment(
            horizontal="right" if is_number else "left", vertical="center", indent=0 if is_number else 1
        )
        if is_number:
            cell.number_format = "#,##0.00" if column.sort == "money" else "#,##0.####"
        return cell


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
    styles = Styles(sheet)
    sheet.append([_list_heading(styles, label) for label, _ in lists])
    height = max((len(choices) for _, choices in lists), default=0)
    for row in range(height):
        sheet.append([styles.listed(choices[row]) if row < len(choices) else None for _, choices in lists])


def _list_heading(styles: Styles, label: str) -> Any:
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
            rule.errorStyle = "warning" if column.sort in ("party", "text") else "stop"
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
