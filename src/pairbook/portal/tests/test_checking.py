"""The page that checks an article: what comes back, what is read, what is refused, and that nothing is kept."""

import io
from datetime import date
from html import unescape

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document

from pairbook.bulletins.files import text_of_file
from pairbook.kernel.money import Money
from pairbook.kernel.quantities import Quantity
from pairbook.portal.checking import CHECKS_MAX
from pairbook.portal.forms import TEXT_MAX
from tests.world import PROGRAMME, World, a_confirmed_entry, an_entry

ADDRESS = f"/en/p/{PROGRAMME}/check/"
ARTICLE = (
    "In 2020, Jinghai provided Zhenyuan with 54.16 million yuan in fiscal funds.\r\nIt donated 5,000 masks."
)


@pytest.fixture(autouse=True)
def fresh_count() -> None:
    """Each test asks for the first time."""
    cache.clear()


@pytest.fixture
def year(world: World) -> World:
    """Fiscal money and masks of one year."""
    a_confirmed_entry("funds", money=Money.of(54_160_000))
    an_entry("goods", quantity=Quantity.of(14_000, "piece"))
    return world


def sent(**fields: object) -> HttpResponse:
    response = Client().post(ADDRESS, {"as_of": "2020-12-31", **fields})
    assert isinstance(response, HttpResponse)
    return response


def words(response: HttpResponse) -> str:
    return unescape(response.content.decode())


def test_an_article_comes_back_with_every_figure_marked(year: World):
    told = words(sent(text=ARTICLE))
    assert 'class="mark mark-holds"' in told and 'class="mark mark-differs"' in told
    assert "Of 2 figures, 1 holds, 1 differs." in told
    assert "has 14,000 pieces and not 5,000 pieces" in told
    assert f"/f/{PROGRAMME}/funds.fiscal@1/received/2020-01-01..2020-12-31" in told


def test_an_earlier_article_is_compared(year: World):
    earlier = "In 2020, Jinghai provided Zhenyuan with 55 million yuan in fiscal funds."
    told = words(sent(text=ARTICLE, earlier=earlier, earlier_on="2020-12-31"))
    assert (
        "Contradiction:" in told
        and "was 55 million yuan in the earlier text and is 54.16 million yuan" in told
    )
    assert "tell no figure in common" in words(sent(text=ARTICLE, earlier="Nothing."))


def test_an_earlier_article_may_be_a_file(year: World):
    earlier = b"In 2020, Jinghai provided Zhenyuan with 55 million yuan in fiscal funds."
    told = words(
        sent(text=ARTICLE, earlier_file=SimpleUploadedFile("then.txt", earlier), earlier_on="2020-12-31")
    )
    assert "was 55 million yuan in the earlier text" in told
    wrong = words(sent(text=ARTICLE, earlier_file=SimpleUploadedFile("then.doc", earlier)))
    assert "save others (.doc) as .docx" in wrong and "checked-part" not in wrong


def test_the_words_of_an_article_are_shown_as_words(year: World):
    response = sent(text="<script>alert(1)</script> Jinghai provided 54.16 million yuan in fiscal funds.")
    assert b"<script>alert" not in response.content and b"&lt;script&gt;alert" in response.content


def test_a_file_is_read_in_its_own_encoding(year: World):
    content = "2020年，静海区安排镇原县财政帮扶资金5416万元。".encode("gb18030")
    told = words(sent(file=SimpleUploadedFile("article.txt", content)))
    assert "5416万元</a>" in told and "Of 1 figure, 1 holds." in told


def test_a_word_document_is_read_with_its_tables(year: World):
    document = Document()
    document.add_paragraph("In 2020, Jinghai provided Zhenyuan with 54.16 million yuan in fiscal funds.")
    content = io.BytesIO()
    document.save(content)
    told = words(sent(file=SimpleUploadedFile("article.docx", content.getvalue())))
    assert "54.16 million yuan</a>" in told and "Of 1 figure, 1 holds." in told


def test_a_file_that_cannot_be_read_is_told_beside_its_field(world: World):
    told = words(sent(file=SimpleUploadedFile("article.docx", b"PK no zip")))
    assert "This file cannot be read" in told and "checked-part" not in told


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"text": " "}, "Paste an article, or choose a file."),
        ({"text": "a" * (TEXT_MAX + 1)}, "At most 60,000 characters"),
        ({"text": ARTICLE, "as_of": "soon"}, "2020-09-18"),
    ],
)
def test_what_cannot_be_checked_is_told_beside_the_field(world: World, fields: dict[str, str], wrong: str):
    response = sent(**fields)
    assert wrong in words(response) and "checked-part" not in words(response)


def report(kind: str, **fields: str) -> HttpResponse:
    sent = {"text": ARTICLE, "as_of": "2020-12-31", "format": kind, **fields}
    response = Client().post(f"{ADDRESS}report/", sent)
    assert isinstance(response, HttpResponse)
    return response


def test_a_report_is_one_file_that_needs_nothing_else(year: World):
    response = report(
        "html", earlier="In 2020, Jinghai provided Zhenyuan with 55 million yuan in fiscal funds."
    )
    told = words(response)
    assert response["Content-Disposition"] == f'attachment; filename="{PROGRAMME}-2020-12-31-en.html"'
    assert "has 14,000 pieces and not 5,000 pieces" in told and "Contradiction:" in told
    assert "<script" not in told and "<link" not in told and 'href="/' not in told
    assert f'href="http://testserver/en/f/{PROGRAMME}/funds.fiscal@1' in told


def test_a_report_is_a_word_document(year: World):
    response = report("docx")
    told = text_of_file("report.docx", response.content)
    assert isinstance(told, str) and "Of 2 figures, 1 holds, 1 differs." in told
    assert "2\t5,000\t≠ differs\t14,000 pieces" in told
    assert f"http://testserver/en/f/{PROGRAMME}/funds.fiscal@1" in told


def test_the_words_of_an_article_are_words_in_its_report(world: World):
    assert b"<script" not in report("html", text="<script>alert(1)</script> 5 masks").content


def test_a_report_on_nothing_shows_the_form_with_its_problem(world: World):
    response = report("docx", text="")
    assert "Paste an article, or choose a file." in words(response) and "Content-Disposition" not in response


def test_reports_count_as_checks(world: World):
    answers = [report("html", text="No figures.").status_code for _ in range(CHECKS_MAX + 1)]
    assert answers[-1] == 429 and set(answers[:-1]) == {200}


def test_a_form_without_its_token_is_refused(world: World):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(ADDRESS, {"text": ARTICLE}).status_code == 403


def test_nothing_of_a_text_is_kept(year: World):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        sent(text=ARTICLE)
    verbs = {query["sql"].split()[0].upper() for query in asked.captured_queries}
    assert not verbs & {"INSERT", "UPDATE", "DELETE"}


def test_who_asks_too_often_is_told_to_wait(world: World):
    answers = [sent(text="No figures.").status_code for _ in range(CHECKS_MAX + 1)]
    assert answers == [200] * CHECKS_MAX + [429]


ELSEWHERE = "In 2020, Jiangsu gave Guizhou 54.16 million yuan in fiscal funds."


def test_a_text_about_other_places_is_told_so_above_its_figures(year: World):
    told = words(sent(text=ELSEWHERE))
    notice = "The text names neither Jinghai District nor Zhenyuan County; it tells of Jiangsu, Guizhou"
    assert notice in told and told.index(notice) < told.index("mark-not_in_book")
    assert "mark-differs" not in told and "mark-holds" not in told


@pytest.mark.parametrize("kind", ["html", "docx"])
def test_its_report_says_so_too(year: World, kind: str):
    response = report(kind, text=ELSEWHERE)
    told = words(response) if kind == "html" else text_of_file("report.docx", response.content)
    assert isinstance(told, str) and "it tells of Jiangsu, Guizhou" in told


def test_a_text_without_figures_is_told_so(world: World):
    assert "No figures were found" in words(sent(text="Nothing here."))


def test_few_people_are_not_given_away(world: World):
    an_entry(
        "jobs",
        "placed",
        happened_on=date(2020, 3, 1),
        quantity=Quantity.of(2, "person"),
        details={"destination": "in_assisting"},
    )
    told = words(sent(text="In 2020, 2 workers from Zhenyuan found jobs in Tianjin."))
    assert "mark-cannot_tell" in told and "too few people" in told.lower()
    wrong = words(sent(text="In 2020, 3 workers from Zhenyuan found jobs in Tianjin."))
    assert "mark-cannot_tell" in wrong and "too few people" in wrong.lower()
