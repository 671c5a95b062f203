"""Small papers for the sample: one PDF page each, drawn by hand, the same bytes every time.

Chinese is set in STSong-Light and Latin in Helvetica, two fonts every reader knows and none embeds, so a paper is
about 2 KB and needs no library. A reader without Chinese still shows every number, date and amount.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pairbook.kernel.texts import Text

_WIDTH, _HEIGHT = 420, 298  # A6 landscape, in points
_LEFT, _TOP, _LINE = 32, 262, 19
_SONG = "STSong-Light"
_RUNS = re.compile(r"[ -~]+|[^ -~]+")


@dataclass(frozen=True, slots=True)
class PaperSheet:
    """What a paper says: its title, its number, and lines of a label with a value."""

    title: Text
    number: str
    lines: Sequence[tuple[Text, str]]


def pdf_of(paper: PaperSheet) -> bytes:
    """The paper as a PDF file."""
    return _file_of("\n".join(_marks(paper)))


def _marks(paper: PaperSheet) -> Iterator[str]:
    yield "0.86 0.30 0.26 RG 0.86 0.30 0.26 rg 1.2 w"
    yield f"{_WIDTH - 118} {_TOP - 8} 88 24 re S"
    yield _text(_WIDTH - 110, _TOP - 1, 12, "样例 SAMPLE")
    yield "0.13 0.16 0.20 rg 0.55 0.60 0.66 RG 0.6 w"
    yield _text(_LEFT, _TOP, 16, paper.title.zh)
    yield _text(_LEFT, _TOP - 15, 9, paper.title.en.capitalize())
    yield _text(_LEFT, _TOP - 34, 10, f"编号 No. {paper.number}")
    height = _TOP - 44
    for label, value in paper.lines:
        yield f"{_LEFT} {height} m {_WIDTH - _LEFT} {height} l S"
        yield _text(_LEFT, height - 13, 9, f"{label.zh} {label.en}")
        yield _text(_LEFT + 130, height - 13, 10, value)
        height -= _LINE
    yield f"{_LEFT} {height} m {_WIDTH - _LEFT} {height} l S"
    yield "0.45 0.50 0.56 rg"
    yield _text(_LEFT, 16, 8, "本页由样例程序生成，不是任何单位的凭证 Made for the sample; it proves nothing")


def _text(left: int, height: int, size: int, words: str) -> str:
    runs = " ".join(
        f"/{'L' if run.isascii() else 'C'} {size} Tf {_shown(run)} Tj" for run in _RUNS.findall(words)
    )
    return f"BT 1 0 0 1 {left} {height} Tm {runs} ET"


def _shown(run: str) -> str:
    if run.isascii():
        return "(" + re.sub(r"([\\()])", r"\\\1", run) + ")"
    return f"<{run.encode('utf-16-be').hex()}>"


def _file_of(content: str) -> bytes:
    resources = "/Resources<</Font<</L 5 0 R/C 6 0 R>>>>"
    page = f"/MediaBox[0 0 {_WIDTH} {_HEIGHT}]/Contents 4 0 R"
    system = "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
    shape = "/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93"
    parts = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R{page}{resources}>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        f"<</Type/Font/Subtype/Type0/BaseFont/{_SONG}/Encoding/UniGB-UCS2-H/DescendantFonts[7 0 R]>>",
        f"<</Type/Font/Subtype/CIDFontType0/BaseFont/{_SONG}/DW 1000/FontDescriptor 8 0 R{system}>>",
        f"<</Type/FontDescriptor/FontName/{_SONG}/Flags 6{shape}>>",
    )
    file = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
    starts = []
    for number, part in enumerate(parts, start=1):
        starts.append(len(file))
        file += f"{number} 0 obj\n{part}\nendobj\n".encode("ascii")
    rows = "".join(f"{start:010d} 00000 n \n" for start in starts)
    count = len(parts) + 1
    end = (
        f"xref\n0 {count}\n0000000000 65535 f \n{rows}"
        f"trailer<</Size {count}/Root 1 0 R>>\nstartxref\n{len(file)}\n%%EOF\n"
    )
    return file + end.encode("ascii")
