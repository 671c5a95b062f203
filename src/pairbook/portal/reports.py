"""A checked text as a document to send: one page that needs nothing else, or a Word document."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from docx import Document
from docx.document import Document as Made
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph as Line

from pairbook.bulletins.shapes import VERDICTS, Checked, Finding, Verdict
from pairbook.indicators.rules import Address
from pairbook.kernel.texts import Lang, Text
from pairbook.portal.checking import SIGNS, Mark, Paragraph, paragraphs_of

_COLOURS: dict[Verdict, RGBColor] = {
    "holds": RGBColor(0x1D, 0x59, 0x43),
    "differs": RGBColor(0xA8, 0x43, 0x0C),
    "not_in_book": RGBColor(0x44, 0x44, 0x44),
    "cannot_tell": RGBColor(0x44, 0x44, 0x44),
}
# Names that office programs know; one that is not installed is replaced by the program itself.
_FONTS = {"zh": ("Times New Roman", "SimSun"), "en": ("Cambria", "SimSun")}
_SAMPLE = Text("样例数据：单条记录均为虚构。", "Sample data: single records are invented.")
_COLUMNS = (
    Text("序号", "No."),
    Text("文中的数", "In the text"),
    Text("核对", "Verdict"),
    Text("账本", "The book"),
    Text("不同之处", "Differs in"),
    Text("这个数另见", "Found instead"),
)
_WIDTHS_CM = (1.2, 3.6, 2.8, 3.4, 2.6, 3.4)


@dataclass(frozen=True, slots=True)
class Report:
    """A checked text with what a page or a document says of it."""

    checked: Checked
    day: date
    paragraphs: Sequence[Paragraph]

    @property
    def marks(self) -> list[Mark]:
        """The figures of the text in order."""
        return [mark for paragraph in self.paragraphs for mark in paragraph.marks]

    @property
    def against(self) -> list[Finding]:
        """What is wrong between figures of the text."""
        return [one for one in self.checked.findings if not one.holds and not one.earlier]

    @property
    def compared(self) -> list[Finding]:
        """What the text says beside an earlier one, contradictions first."""
        return sorted((one for one in self.checked.findings if one.earlier), key=lambda one: one.holds)


def report_of(checked: Checked, day: date) -> Report:
    """The report on a checked text."""
    return Report(checked, day, paragraphs_of(checked))


def report_docx(
    report: Report, *, sides: Text, link: Callable[[Address], str], lang: Lang, is_sample: bool
) -> bytes:
    """The report as a Word document: the text with its signs, the reasons, the table. `link` opens an address."""
    document = Document()
    _dress(document, lang)
    document.core_properties.author = "Pairbook"
    title = Text("文章核对报告", "Report on a checked text").in_(lang)
    document.core_properties.title = title
    document.add_heading(title, 1)
    document.add_paragraph(sides.in_(lang))
    if is_sample:
        document.add_paragraph(_SAMPLE.in_(lang))
    as_of = Text(f"以{report.day.isoformat()}为准。", f"As of {report.day.isoformat()}.").in_(lang)
    document.add_paragraph(f"{report.checked.summary.in_(lang)} {as_of}")
    if report.checked.notice is not None:
        document.add_paragraph().add_run(report.checked.notice.in_(lang)).bold = True
    _legend(document.add_paragraph(), lang)
    _article(document, report, lang)
    _findings(document, report, lang)
    _table(document, report, lang)
    _addresses(document, report, link, lang)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _dress(document: Made, lang: Lang) -> None:
    latin, chinese = _FONTS[lang]
    for name in ("Normal", "Heading 1", "Heading 2"):
        style = document.styles[name]
        style.font.name = latin
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), chinese)
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme"):
            style.element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)
        if name != "Normal":
            style.font.color.rgb = RGBColor(0, 0, 0)
    document.styles["Normal"].font.size = Pt(11)
    document.styles["Heading 1"].font.size = Pt(20)
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.2)


def _legend(line: Line, lang: Lang) -> None:
    for verdict, words in VERDICTS.items():
        run = line.add_run(f"{SIGNS[verdict]} {words.in_(lang)}    ")
        run.font.color.rgb = _COLOURS[verdict]


def _article(document: Made, report: Report, lang: Lang) -> None:
    document.add_heading(Text("文章", "The text").in_(lang), 2)
    for paragraph in report.paragraphs:
        line = document.add_paragraph()
        line.paragraph_format.space_before = Pt(10)
        for piece in paragraph.pieces:
            if isinstance(piece, str):
                line.add_run(piece)
                continue
            colour = _COLOURS[piece.checked.verdict]
            words = line.add_run(piece.words)
            words.bold, words.font.color.rgb = True, colour
            sign = line.add_run(f" {piece.sign}{piece.place}")
            sign.font.superscript, sign.font.color.rgb = True, colour
        for mark in paragraph.marks:
            note = document.add_paragraph()
            note.paragraph_format.left_indent = Cm(1)
            note.paragraph_format.space_after = Pt(2)
            sign = note.add_run(f"{mark.sign}{mark.place} ")
            sign.font.size, sign.font.color.rgb = Pt(9.5), _COLOURS[mark.checked.verdict]
            reader = f"  {mark.reader.in_(lang)}" if mark.reader else ""
            note.add_run(f"{mark.words}  {mark.checked.reason.in_(lang)}{reader}").font.size = Pt(9.5)


def _findings(document: Made, report: Report, lang: Lang) -> None:
    for heading, findings in (
        (Text("数与数之间", "Between the figures"), report.against),
        (Text("与先前的文章相比", "Beside the earlier article"), report.compared),
    ):
        if findings:
            document.add_heading(heading.in_(lang), 2)
            for finding in findings:
                line = document.add_paragraph(style="List Bullet")
                if finding.earlier:
                    word = (
                        Text("不矛盾：", "No contradiction: ")
                        if finding.holds
                        else Text("矛盾：", "Contradiction: ")
                    )
                    line.add_run(word.in_(lang)).bold = True
                line.add_run(finding.reason.in_(lang))


def _table(document: Made, report: Report, lang: Lang) -> None:
    document.add_heading(Text("逐数列表", "Figure by figure").in_(lang), 2)
    table = document.add_table(1, len(_COLUMNS), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS_CM, strict=True):
        column.width = Cm(width)
    for cell, heading in zip(table.rows[0].cells, _COLUMNS, strict=True):
        cell.paragraphs[0].add_run(heading.in_(lang)).bold = True
    for mark in report.marks:
        parts = Text("、", ", ").in_(lang).join(part.in_(lang) for part in mark.parts)
        told = (
            str(mark.place),
            " ".join(mark.words.split()),
            f"{mark.sign} {mark.verdict.in_(lang)}",
            mark.booked.in_(lang) if mark.booked else "",
            parts,
            mark.elsewhere.in_(lang) if mark.elsewhere else "",
        )
        for cell, words in zip(table.add_row().cells, told, strict=True):
            cell.text = words
    for row in table.rows:
        for cell, width in zip(row.cells, _WIDTHS_CM, strict=True):
            cell.width = Cm(width)
            for line in cell.paragraphs:
                line.paragraph_format.space_after = Pt(0)
                for run in line.runs:
                    run.font.size = Pt(9.5)


def _addresses(document: Made, report: Report, link: Callable[[Address], str], lang: Lang) -> None:
    """Where each figure of the book opens, in print."""
    opened = [
        (mark.place, mark.checked.address) for mark in report.marks if mark.booked and mark.checked.address
    ]
    if not opened:
        return
    document.add_heading(Text("这些数在账本里的地址", "Where these figures open in the book").in_(lang), 2)
    for place, address in opened:
        line = document.add_paragraph()
        line.paragraph_format.space_after = Pt(0)
        line.add_run(f"{place}  {link(address)}").font.size = Pt(8.5)
