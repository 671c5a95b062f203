"""The words of a PDF: pages in order, lines that only wrapped put together, letters as people type them."""

import io
import re
import unicodedata

from pypdf import PdfReader
from pypdf.errors import FileNotDecryptedError, PyPdfError, WrongPasswordError

from pairbook.analysis.documents.shapes import PAGES_MAX, Unreadable

_CJK = "\u3400-\u9fff"
# Browsers write some characters as radicals (U+2F1D for U+53E3) and some letters as one (U+FB01 for fi).
_SAME = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06]")
# Word processors set a blank between Chinese and digits that nobody typed.
_SET_APART = re.compile(rf"(?<=[{_CJK}]) (?=\d)|(?<=[\d%]) (?=[{_CJK}])")
_NO_LETTER = re.compile("[\ue000-\uf8ff\ufffd\x00-\x08\x0e-\x1f]")
_GARBLED_SHARE = 0.03
_ENDS = re.compile(r"[。！？!?：:；;.]['\"”」）)]*$")
_LIST = re.compile(r"(?:[-*•·●■◆▪①-⑳]|[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）、.．])")
_FULL_LINE = 0.8


def words_of_pdf(content: bytes) -> str:
    """The words of all pages; Unreadable where there are none, where they are locked or no letters at all."""
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("locked")
        if len(reader.pages) > PAGES_MAX:
            raise Unreadable("pages")
        pages = [page.extract_text() for page in reader.pages]
    except (FileNotDecryptedError, WrongPasswordError) as error:
        raise Unreadable("locked") from error
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError) as error:
        # A file that breaks the format may trip the library anywhere.
        raise Unreadable("damaged") from error
    text = "\n".join(pages)
    letters = sum(not letter.isspace() for letter in text)
    if not letters:
        raise Unreadable("scanned")
    if len(_NO_LETTER.findall(text)) > letters * _GARBLED_SHARE:
        raise Unreadable("garbled")
    return "\n".join(_page(page) for page in pages).strip()


def _page(text: str) -> str:
    """One page as typed: usual letters, no blanks that were only set, paragraphs whole."""
    usual = _NO_LETTER.sub("", _SAME.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text))
    lines = [_SET_APART.sub("", line.rstrip()) for line in usual.split("\n")]
    longest = max(map(_width, lines))
    told: list[str] = []
    before = ""
    for line in lines:
        if told and _is_wrapped(before, line, longest):
            told[-1] = _SET_APART.sub("", told[-1] + _seam(told[-1], line) + line.strip())
        else:
            told.append(line)
        before = line
    return "\n".join(told)


def _is_wrapped(before: str, line: str, longest: int) -> bool:
    """Whether a line goes on with the one before, which was full and ended no sentence."""
    if not before.strip() or not line.strip() or _ENDS.search(before) or _LIST.match(line.strip()):
        return False
    return _width(before) >= longest * _FULL_LINE


def _seam(before: str, line: str) -> str:
    is_chinese = re.search(f"[{_CJK}，、（“]$", before) or re.match(f"[{_CJK}，、）”]", line.strip())
    return "" if is_chinese else " "


def _width(line: str) -> int:
    """How wide a line is set: a Chinese character as two letters."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line)
