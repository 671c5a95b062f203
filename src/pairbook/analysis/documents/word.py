"""The words of a Word document: a line for each paragraph, and for each row of a table with its cells apart."""

import io
import zipfile
from collections.abc import Iterator

from docx import Document
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml.etree import LxmlError

from pairbook.analysis.documents.shapes import UNPACKED_BYTES_MAX, Unreadable

_PARTS_MAX = 3_000
# A page break before an address or an old way of storing a table; whatever else is wrong, it is no document.
_DAMAGE = (KeyError, ValueError, AttributeError, OSError, NotImplementedError, LxmlError, zipfile.BadZipFile)
_BREAKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_TEXT = qn("w:t")
# What was taken out or moved away, and the second copy of a text box that old programs read.
_LEFT_OUT = {
    qn("w:del"),
    qn("w:moveFrom"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}


def words_of_docx(content: bytes) -> str:
    """The words as a reader sees them, insertions taken and deletions left out; Unreadable for what is none."""
    try:
        _check_size(content)
        document = Document(io.BytesIO(content))
        return "\n".join(_lines(document.iter_inner_content())).strip()
    except _DAMAGE as error:
        raise Unreadable("damaged") from error


def _check_size(content: bytes) -> None:
    """Unreadable when the parts would unpack to more than is allowed; a part never gives more than it announces."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        # An encrypted document, or one of Word before 2007 under a new name.
        raise Unreadable("locked")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = packed.infolist()
    if len(parts) > _PARTS_MAX or sum(part.file_size for part in parts) > UNPACKED_BYTES_MAX:
        raise Unreadable("size")


def _lines(blocks: Iterator[Paragraph | Table]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield _words(block)
        else:
            yield from _rows(block)


def _rows(table: Table) -> Iterator[str]:
    for row in table.rows:
        cells = []
        seen = set()
        for cell in row.cells:
            # A cell that spans columns comes once for each of them.
            if cell._tc not in seen:
                seen.add(cell._tc)
                cells.append(" ".join(" ".join(_lines(cell.iter_inner_content())).split()))
        yield "\t".join(cells)


def _words(paragraph: Paragraph) -> str:
    """The text of a paragraph, in links, insertions and text boxes too."""
    found: list[str] = []
    for element in paragraph._p.iter():
        if element.tag == _TEXT or element.tag in _BREAKS:
            if any(above.tag in _LEFT_OUT for above in element.iterancestors()):
                continue
            found.append(_BREAKS.get(element.tag) or element.text or "")
    return "".join(found)
