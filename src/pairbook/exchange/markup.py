"""Rows as the XML that a sheet holds, put into a workbook whose layout another library wrote.

openpyxl lays a sheet out well but takes half a minute for 20,000 rows; a row is simple text, so it is written here.
It also lets a total carry its value beside its formula, for previews that compute nothing.
"""

import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from io import BytesIO
from xml.sax.saxutils import escape

from pairbook.exchange.rows import tidy_text

Value = str | date | Decimal | int | None

_EPOCH = date(1899, 12, 30)
# The format's own escape of a character, `_x0041_`: typed by a person it is escaped, or it would come back as "A".
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_END = b"</sheetData>"
_DIMENSION = re.compile(rb'<dimension ref="[^"]*"\s*/>')


def cell_markup(place: str, style: int, value: Value, *, formula: str = "") -> str:
    """A cell such as `<c r="B7" s="3">…</c>`. Text is always stored as text, whatever it begins with."""
    start = f'<c r="{place}" s="{style}"'
    number = format(value, "f") if isinstance(value, Decimal) else str(value)
    if formula:
        return f"{start}><f>{escape(formula)}</f><v>{number}</v></c>"
    if value is None or value == "":
        return f"{start}/>"
    if isinstance(value, str):
        text = escape(escaped_text(value))
        return f'{start} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    if isinstance(value, date):
        return f"{start}><v>{(value - _EPOCH).days}</v></c>"
    return f"{start}><v>{number}</v></c>"


def escaped_text(text: str) -> str:
    """A text as a cell holds it."""
    return _ESCAPE.sub("_x005F_", tidy_text(text))


def row_markup(number: int, cells: Iterable[str], *, height: float | None = None) -> str:
    """A row of cells; `height` in points where it is not the sheet's own."""
    ht = f' ht="{height}" customHeight="1"' if height else ""
    return f'<row r="{number}"{ht}>{"".join(cells)}</row>'


def with_rows(book: bytes, rows: Mapping[str, Callable[[], Iterable[str]]]) -> bytes:
    """The workbook with rows added at the end of these sheet parts, written as a stream."""
    stream = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(book)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name not in rows:
                target.writestr(name, content)
                continue
            # The extent written before the rows were known is wrong; without one, programs find it themselves.
            head, end, tail = _DIMENSION.sub(b"", content).partition(_END)
            with target.open(name, "w") as part:
                part.write(head)
                for row in rows[name]():
                    part.write(row.encode())
                part.write(end + tail)
    return stream.getvalue()
