"""Opens a workbook somebody sent, without trusting it: what sort of file it is, how large it really is, its cells.

The reader (calamine) allocates a dense rectangle from the first to the last cell, so one forged cell at XFD1048576
would take all memory. Therefore the sheets' XML is scanned here first, within limits. The same scan finds what the
reader drops in silence: formulas nobody computed, and errors such as #REF!.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Literal
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from pairbook.exchange.rules import COLUMNS_MAX, ROWS_MAX
from pairbook.kernel.problems import Problem, Rejected
from pairbook.kernel.texts import Text

Cell = str | float | int | bool | date | datetime | time | timedelta
FORMULA_WITHOUT_VALUE = "="

BYTES_MAX = 30 * 1024 * 1024
_PARTS_MAX = 2_000
_PART_BYTES_MAX = 200 * 1024 * 1024
_ALL_BYTES_MAX = 400 * 1024 * 1024
# XML of tables packs 10 to 60 times; beyond this, above a size that could hurt, somebody packed a bomb.
_RATIO_MAX, _RATIO_FROM_BYTES = 250, 20 * 1024 * 1024
# The rectangle the reader would allocate.
_CELLS_MAX = 4_000_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORKBOOK = Text("工作簿", "Workbook")
_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one sheet. Rows and columns count from 0; a row may be shorter than another."""

    name: str
    rows: list[list[Cell]]
    holes: dict[tuple[int, int], str]
    """Cells the reader gives as empty that are not: FORMULA_WITHOUT_VALUE, or the error that stands there."""
    is_1904: bool


class OpenedWorkbook:
    """A workbook whose size was checked: its sheets by name."""

    def __init__(self, book: CalamineWorkbook, parts: "_Parts | None") -> None:
        self._book = book
        self._parts = parts
        self.names: list[str] = list(book.sheet_names)

    def grid(self, name: str) -> Grid:
        """The cells of a sheet."""
        with _reading():
            sheet = self._book.get_sheet_by_name(name)
            # An .xls was not scanned before; what it can hold at most is not yet harmful.
            if sheet.total_height > ROWS_MAX:
                raise Rejected([_too_many_rows(sheet.total_height)])
            if sheet.total_width > COLUMNS_MAX:
                raise Rejected([_too_many_columns(sheet.total_width)])
            rows: list[list[Cell]] = [list(row) for row in sheet.iter_rows()]
        holes = self._parts.holes(name) if self._parts else {}
        return Grid(name, rows, holes, self._parts is not None and self._parts.is_1904)


def open_workbook(content: bytes) -> OpenedWorkbook:
    """The workbook in these bytes; Rejected, with what to do, when it is none or goes beyond a limit."""
    if len(content) > BYTES_MAX:
        raise Rejected(
            [_whole("size", "文件超过 30 MB，请分成几个工作簿。", "The file is over 30 MB; split it.")]
        )
    sort = _sort_of(content)
    parts = _Parts(content) if sort == "xlsx" else None
    with _reading():
        book = CalamineWorkbook.from_filelike(BytesIO(content))
    return OpenedWorkbook(book, parts)


def _sort_of(content: bytes) -> Literal["xlsx", "xls"]:
    if not content:
        raise Rejected([_whole("empty", "文件是空的，请重新选择。", "The file is empty; choose it again.")])
    if content.startswith(_OLE):
        if "_VBA_PROJECT".encode("utf-16-le") in content:
            raise Rejected([_macros()])
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise Rejected([_password()])
        return "xls"
    if content.startswith(b"PK\x03\x04"):
        return "xlsx"
    if content.startswith(b"%PDF-"):
        raise Rejected(
            [
                _whole(
                    "pdf",
                    "这是 PDF，不是工作簿；请要原来的 Excel 文件。",
                    "This is a PDF, not a workbook; ask for the Excel file it was made from.",
                )
            ]
        )
    if b"\0" not in content[:4096]:
        raise Rejected(
            [
                _whole(
                    "text",
                    "这是文本（如 CSV），不是工作簿；请用 Excel 或 WPS 打开，另存为 .xlsx 再导入。",
                    "This is text (such as CSV), not a workbook; open it in Excel or WPS and save it as .xlsx.",
                )
            ]
        )
    raise Rejected([_not_one()])


class _Parts:
    """The zip parts of an .xlsx, checked: sizes, macros, and the true extent of every sheet."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise Rejected([_not_one()]) from error
        self._check_sizes()
        names = set(self._zip.namelist())
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise Rejected([_macros()])
        if "xl/workbook.xml" not in names:
            raise Rejected(
                [_other_format() if "mimetype" in names or "xl/workbook.bin" in names else _not_one()]
            )
        self._sheets = self._sheet_parts(names)
        for part in self._sheets.values():
            _check_extent(self._part(part))

    def _check_sizes(self) -> None:
        listed = self._zip.infolist()
        whole = sum(part.file_size for part in listed)
        bomb = any(
            part.file_size > _RATIO_FROM_BYTES and part.file_size > _RATIO_MAX * max(part.compress_size, 1)
            for part in listed
        )
        if bomb or len(listed) > _PARTS_MAX or whole > _ALL_BYTES_MAX:
            raise Rejected([_too_large()])

    def _part(self, name: str) -> bytes:
        """A part's bytes. Read with a limit of its own: the sizes a zip declares may be forged."""
        try:
            with self._zip.open(name) as stream:
                content = stream.read(_PART_BYTES_MAX + 1)
        except (
            zipfile.BadZipFile,
            KeyError,
            EOFError,
            OSError,
            RuntimeError,
            NotImplementedError,
            ValueError,
        ) as error:
            raise Rejected([_damaged()]) from error
        if len(content) > _PART_BYTES_MAX:
            raise Rejected([_too_large()])
        # A document type would let entities hide cells from the scan; no spreadsheet program writes one.
        if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"<!DOCTYPE" in content[:4096]:
            raise Rejected([_damaged()])
        return content

    def _sheet_parts(self, names: set[str]) -> dict[str, str]:
        """The part of each worksheet, by its name."""
        try:
            book = ElementTree.fromstring(self._part("xl/workbook.xml"))
            relations = ElementTree.fromstring(self._part("xl/_rels/workbook.xml.rels"))
        except (ElementTree.ParseError, UnicodeError, LookupError) as error:
            raise Rejected([_damaged()]) from error
        targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
        settings = next((one for one in book if one.tag.endswith("}workbookPr")), None)
        self.is_1904 = settings is not None and settings.get("date1904", "0") in ("1", "true")
        parts: dict[str, str] = {}
        for sheet in book.iter():
            if sheet.tag.endswith("}sheet"):
                target = targets.get(sheet.get(_OFFICE), "")
                part = target.lstrip("/") if target.startswith(("/", "xl/")) else f"xl/{target}"
                if part in names:
                    parts[sheet.get("name", "")] = part
        return parts

    def holes(self, name: str) -> dict[tuple[int, int], str]:
        """Where a sheet has formulas without a value or errors."""
        part = self._sheets.get(name)
        return dict(_holes(self._part(part))) if part else {}


# `<c r="B7" …>`, with whatever prefix and order of attributes; a cell that ends in `/>` is empty.
_CELL = re.compile(rb'<(?:\w+:)?c\s(?:[^>]*?\s)?r="([A-Z]{1,3})(\d{1,7})"[^>]*?(/?)>')
_ANY_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_REFERENCE = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br\s*=")
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_ROW_NUMBER = re.compile(rb"<(?:\w+:)?row\s[^>]*?\br\s*=\s*[\"'](\d{1,9})")


def _check_extent(xml: bytes) -> None:
    """Refuse a sheet whose cells reach beyond the limits, whatever its `dimension` says."""
    cells = len(_ANY_CELL.findall(xml)) if xml.count(b"<") < 40 * _CELLS_MAX else _CELLS_MAX + 1
    if cells > _CELLS_MAX:
        raise Rejected([_too_large()])
    found = _CELL.findall(xml)
    if len(found) == cells:
        held = [(column, row) for column, row, end in found if not end]
        height = max((int(row) for row in {row for _, row in held}), default=0)
        width = max((_column_number(column) for column in {column for column, _ in held}), default=0)
    elif _REFERENCE.search(xml) is None:
        # Cells may leave out where they are; then they stand one after the other.
        numbers = [int(number) for number in _ROW_NUMBER.findall(xml)]
        pieces = _ROW.split(xml)
        height = max(len(pieces), *numbers, 0)
        width = max(len(_ANY_CELL.findall(piece)) for piece in pieces)
    else:
        raise Rejected([_damaged()])
    if height > ROWS_MAX:
        raise Rejected([_too_many_rows(height)])
    if width > COLUMNS_MAX or height * width > _CELLS_MAX:
        raise Rejected([_too_many_columns(width)])


_NO_VALUE = re.compile(
    rb"<(?:\w+:)?c\s([^>]*[^/])>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)"
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_ERROR = re.compile(
    rb'<(?:\w+:)?c\s([^>]*\bt="e"[^>]*)>\s*(?:<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>))?'
    rb"\s*<(?:\w+:)?v>([^<]*)</"
)
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')


def _holes(xml: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    if b"<f" in xml or b":f" in xml:
        for match in _NO_VALUE.finditer(xml):
            # A formula whose text came out empty says so by its type; that is a value.
            if b't="str"' not in match[1] and (place := _PLACE.search(match[1])):
                yield (int(place[2]) - 1, _column_number(place[1]) - 1), FORMULA_WITHOUT_VALUE
    if b't="e"' in xml:
        for match in _ERROR.finditer(xml):
            if place := _PLACE.search(match[1]):
                yield (int(place[2]) - 1, _column_number(place[1]) - 1), match[2].decode("utf-8", "replace")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def column_letters(place: int) -> str:
    """How a spreadsheet names the column at this place, from 0."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


class _reading:  # noqa: N801  (used as a statement)
    """Turns whatever the reader raises into a problem; its panics are no ordinary exceptions."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, sort: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, PasswordError):
            raise Rejected([_password()]) from error
        if isinstance(error, CalamineError) or (sort is not None and sort.__name__ == "PanicException"):
            raise Rejected([_not_one()]) from error


def _whole(code: str, zh: str, en: str) -> Problem:
    return Problem(f"workbook.{code}", _WORKBOOK, Text(zh, en))


def _not_one() -> Problem:
    return _whole(
        "not_one",
        "打不开：不是 Excel 工作簿，或已损坏。请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”再导入。",
        "It cannot be opened: no Excel workbook, or a damaged one. Open it in Excel or WPS and save it as .xlsx.",
    )


def _other_format() -> Problem:
    return _whole(
        "format",
        "这是 .ods 或 .xlsb 等格式；请另存为“Excel 工作簿（.xlsx）”再导入。",
        "This is .ods, .xlsb or a like format; save it as an Excel workbook (.xlsx).",
    )


def _damaged() -> Problem:
    return _whole(
        "damaged",
        "工作簿已损坏，或由不常见的程序写成；请用 Excel 或 WPS 打开并重新保存。",
        "The workbook is damaged or was written by an unusual program; open it in Excel or WPS and save it again.",
    )


def _password() -> Problem:
    return _whole(
        "password", "工作簿设了密码；请去掉密码再保存。", "The workbook has a password; save it without one."
    )


def _macros() -> Problem:
    return _whole(
        "macros",
        "工作簿带有宏，不予接收；请另存为不带宏的 .xlsx。",
        "The workbook holds macros and is not taken; save it as .xlsx without macros.",
    )


def _too_large() -> Problem:
    return _whole(
        "too_large",
        "展开后过大，不像一张登记表；请只留数据另存，或分成几个工作簿。",
        "Unpacked it is far larger than a register; keep only the data, or split it.",
    )


def _too_many_rows(rows: int) -> Problem:
    return _whole(
        "rows",
        f"最后一个有内容的单元格在第 {rows} 行，超过 {ROWS_MAX} 行；请删去下方多余的行，或分成几个工作簿。",
        f"The last filled cell is in row {rows}, over {ROWS_MAX} rows; delete stray rows below the data, or split it.",
    )


def _too_many_columns(columns: int) -> Problem:
    return _whole(
        "columns",
        f"数据排到第 {columns} 列（至多 {COLUMNS_MAX} 列），或空格过多；请删去数据右侧、下方多余的单元格再保存。",
        f"Cells reach column {columns} (at most {COLUMNS_MAX}) or lie too far apart; "
        "delete stray cells to the right of and below the data.",
    )
