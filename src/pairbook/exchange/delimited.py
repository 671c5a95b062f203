"""Opens CSV that offices and banks send: whatever the encoding and the mark between cells, within limits."""

import csv
from collections.abc import Iterator
from io import StringIO

from pairbook.exchange.grids import BYTES_MAX, Cell, Grid
from pairbook.exchange.rules import COLUMNS_MAX, ROWS_MAX
from pairbook.kernel.problems import Problem, Rejected
from pairbook.kernel.texts import Text

_WIDE = (b"\xff\xfe", b"\xfe\xff")
_MARKS = ",\t;"


def is_text(content: bytes) -> bool:
    """Whether this is CSV, by its bytes; workbooks and what is neither are left to `open_workbook` to judge."""
    if content.startswith(_WIDE):
        return True
    return bool(content) and not content.startswith((b"PK", b"%PDF-")) and b"\0" not in content[:4096]


def text_grids(content: bytes, *, sort: str, place: Text) -> Iterator[Grid]:
    """The cells of a CSV, one grid for each mark that may part them; the right one names its columns.

    Rejected when it cannot be read: a problem of this sort (`roster`) at this place.
    """
    if len(content) > BYTES_MAX:
        cure = Text("文件超过 30 MB，请分成几个。", "The file is over 30 MB; split it.")
        raise Rejected([Problem(f"{sort}.size", place, cure)])
    text = _decoded(content)
    for mark in _MARKS:
        try:
            rows: list[list[Cell]] = [
                list(row) for row in csv.reader(StringIO(text or "", newline=""), delimiter=mark)
            ]
        except csv.Error as error:
            raise Rejected([_not_readable(sort, place)]) from error
        if text is None or len(rows) > ROWS_MAX or max(map(len, rows), default=0) > COLUMNS_MAX:
            raise Rejected([_not_readable(sort, place)])
        yield Grid(place.zh, rows, {}, is_1904=False)


def _decoded(content: bytes) -> str | None:
    """Excel writes CSV in the machine's own encoding, which in China is GB 18030 or a part of it."""
    for encoding in ("utf-16",) if content.startswith(_WIDE) else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeError:
            continue
    return None


def _not_readable(sort: str, place: Text) -> Problem:
    cure = Text(
        "读不出这个文件；请用 Excel 或 WPS 打开，另存为 .xlsx 再上传。",
        "This file cannot be read; open it in Excel or WPS and save it as .xlsx.",
    )
    return Problem(f"{sort}.not_readable", place, cure)
