"""Documents to words: Word, PDF, pages, plain text; and each way in which one is refused."""

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pypdf import PdfWriter

from pairbook.analysis.documents.pdf import words_of_pdf
from pairbook.analysis.documents.reading import words_of_document
from pairbook.analysis.documents.shapes import PAGES_MAX, UNPACKED_BYTES_MAX, Unreadable
from pairbook.analysis.documents.web_page import words_of_page
from pairbook.analysis.documents.word import words_of_docx

ZH = (
    "2020年，静海区安排镇原县财政帮扶资金5416万元（约合800万美元），社会帮扶资金1682万元。疫情期间，"
    "静海区捐赠口罩1.4万只，并选派党政干部和专业技术人才113名。"
)
EN = "Jinghai provided Zhenyuan with 54.16 million yuan ($8 million) in fiscal funds."


def a_docx(*paragraphs: str, rows: tuple[tuple[str, ...], ...] = ()) -> bytes:
    document = Document()
    for words in paragraphs:
        document.add_paragraph(words)
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for row, told in zip(table.rows, rows, strict=True):
            for cell, words in zip(row.cells, told, strict=True):
                cell.text = words
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def a_pdf(words: str = "", *, pages: int = 1, password: str = "") -> bytes:
    """A PDF of the plainest sort, its words in one of the fonts that every reader has."""
    drawn = f"BT /F1 12 Tf 72 720 Td ({words}) Tj ET".encode("latin-1")
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>"
    )
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[" + b"3 0 R " * pages + b"]/Count %d>>" % pages,
        page,
        b"<</Length %d>>stream\n" % len(drawn) + drawn + b"\nendstream",
    ]
    content, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj%s endobj\n" % (number, body)
    start = len(content)
    content += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    content += b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % start
    if not password:
        return content
    writer, sealed = PdfWriter(io.BytesIO(content)), io.BytesIO()
    writer.encrypt(password, algorithm="RC4-128")
    writer.write(sealed)
    return sealed.getvalue()


def test_a_word_document_gives_a_line_for_each_paragraph_and_row():
    content = a_docx(ZH, EN, rows=(("Item", "Amount"), ("Masks", "14,000")))
    assert words_of_document("A.DOCX", content) == f"{ZH}\n{EN}\nItem\tAmount\nMasks\t14,000"


def test_a_cell_over_several_columns_is_told_once():
    document = Document()
    table = document.add_table(1, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Masks"
    table.cell(0, 2).text = "14,000"
    content = io.BytesIO()
    document.save(content)
    assert words_of_docx(content.getvalue()) == "Masks\t14,000"


def test_tracked_changes_are_read_as_accepted():
    document = Document()
    run = "<w:r><w:t>{}</w:t></w:r>"
    body = "".join(
        (
            run.format("It gave "),
            "<w:del><w:r><w:delText>5</w:delText></w:r></w:del>",
            f"<w:ins>{run.format('54')}</w:ins>",
            f"<w:moveFrom>{run.format(' visits')}</w:moveFrom>",
            f"<w:hyperlink>{run.format(' million yuan')}</w:hyperlink>",
        )
    )
    document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{body}</w:p>"))
    content = io.BytesIO()
    document.save(content)
    assert words_of_docx(content.getvalue()) == "It gave 54 million yuan"


def test_a_pdf_is_read():
    assert words_of_document("a.pdf", a_pdf("In 2020 it gave 54.16 million yuan.")) == (
        "In 2020 it gave 54.16 million yuan."
    )


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
@pytest.mark.slow
def test_a_pdf_of_a_word_processor_reads_as_it_was_typed(tmp_path: Path):
    (tmp_path / "a.docx").write_bytes(a_docx(ZH, EN))
    home = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "a.docx")], check=True, capture_output=True, timeout=120)
    assert words_of_document("a.pdf", (tmp_path / "a.pdf").read_bytes()) == f"{ZH}\n{EN}"


def test_a_page_is_read_without_its_tags_and_scripts():
    html = "<nav>Home</nav><h1>News</h1><script>var x = 5;</script><p>54.16&nbsp;million\nyuan</p><p>7 visits</p>"
    assert words_of_page(html) == "News\n\n54.16 million yuan\n\n7 visits"


def a_bomb() -> bytes:
    """A Word document of some kilobytes that unpacks to more than is allowed."""
    content = io.BytesIO(a_docx(EN))
    with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/media/image1.png", b"\0" * (UNPACKED_BYTES_MAX + 1))
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0", "sort"),
        ("none", b"words", "sort"),
        ("a.txt", b"a" * 400_000, "size"),
        ("a.txt", b"\xff\xfe\x00\x01", "encoding"),
        ("a.docx", b"PK\x03\x04 no zip", "damaged"),
        ("a.docx", b"\xd0\xcf\x11\xe0 sealed", "locked"),
        ("a.docx", a_bomb(), "size"),
        ("a.pdf", b"%PDF-1.4 and nothing more", "damaged"),
        ("a.pdf", a_pdf(), "scanned"),
        ("a.pdf", a_pdf("words", pages=PAGES_MAX + 1), "pages"),
        ("a.pdf", a_pdf("words", password="secret"), "locked"),
        ("a.pdf", b"%PDF" + b"a" * 6_000_000, "size"),
    ],
)
def test_a_document_that_cannot_be_read_says_why(name: str, content: bytes, fault: str):
    with pytest.raises(Unreadable) as refused:
        words_of_document(name, content)
    assert refused.value.fault == fault


def test_a_pdf_whose_fonts_name_no_letters_is_garbled():
    with pytest.raises(Unreadable) as refused:
        words_of_pdf(a_pdf("".join(map(chr, range(1, 9)))))
    assert refused.value.fault == "garbled"


@pytest.mark.parametrize("read", [words_of_docx, words_of_pdf])
def test_every_beginning_of_a_document_is_read_or_refused(read: Callable[[bytes], str]):
    whole = a_docx(EN) if read is words_of_docx else a_pdf(EN.replace("(", "").replace(")", ""))
    faults = set()
    for length in range(0, len(whole), max(1, len(whole) // 60)):
        try:
            read(whole[:length])
        except Unreadable as refused:
            faults.add(refused.fault)
    assert faults <= {"damaged", "scanned", "garbled"}
