"""`pairbook claims`: its document fits the schema, files are decoded as the contract says, and no book is needed."""

import io
import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from docx import Document
from jsonschema import Draft202012Validator

from pairbook.analysis.claims.tests.annotated import annotated_texts
from pairbook.config import cli

SCHEMA = Path(__file__).parents[4] / "tests" / "schemas" / "claims.json"
TEXT = "2020年，静海区落实财政帮扶资金5416万元（约合800万美元），\r\n选派干部人才113名。"


def told(path: Path, *words: str, capsys: pytest.CaptureFixture[str]) -> Any:
    """The document that the verb prints, after it was held against the schema."""
    assert cli.main(["claims", str(path), "--json", *words]) == 0
    document = json.loads(capsys.readouterr().out)
    validator = Draft202012Validator(
        json.loads(SCHEMA.read_text(encoding="utf-8")),
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )
    assert [error.message for error in validator.iter_errors(document)] == []
    return document


@pytest.mark.parametrize("text", list(annotated_texts()), ids=lambda text: text["id"])
def test_every_document_fits_the_schema(
    text: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    path = tmp_path / "article.txt"
    path.write_text(text["text"], encoding="utf-8")
    document = told(path, "--published", str(text["published"]), capsys=capsys)
    assert document["published"] == str(text["published"]) and document["lang"] == text["lang"]


@pytest.mark.parametrize(
    "content",
    [TEXT.encode(), b"\xef\xbb\xbf" + TEXT.encode(), TEXT.encode("gb18030")],
    ids=["utf-8", "byte-order mark", "gb18030"],
)
def test_offsets_count_characters_of_the_text_however_it_is_encoded(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    path = tmp_path / "article.txt"
    path.write_bytes(content)
    figures = told(path, capsys=capsys)["figures"]
    assert [TEXT[figure["start"] : figure["end"]] for figure in figures] == [
        *("2020年", "5416万元", "800万美元", "113名")
    ]


def test_the_words_of_a_word_document_are_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    document = Document()
    document.add_paragraph("静海区选派干部人才113名。")
    document.save(str(tmp_path / "article.docx"))
    (figure,) = told(tmp_path / "article.docx", capsys=capsys)["figures"]
    assert figure["text"] == "113名"


def test_a_document_that_cannot_be_read_is_a_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "article.pdf").write_bytes(b"%PDF-1.4 and nothing more")
    assert cli.main(["claims", str(tmp_path / "article.pdf"), "--json"]) == 2
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert problem["code"] == "claims.document" and "damaged" in problem["cure_en"]


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(TEXT.encode())))
    assert cli.main(["claims", "-", "--lang", "zh"]) == 0
    assert "财政援助资金" in capsys.readouterr().out


@pytest.mark.parametrize(("lang", "words"), [("zh", "财政援助资金"), ("en", "Fiscal funds")])
def test_people_get_a_table_in_their_language(
    lang: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert cli.main(["claims", str(path), "--lang", lang]) == 0
    assert words in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "words", "code"),
    [
        (None, (), "usage.file"),
        (b"\xff\xfe\x00\x01", (), "claims.encoding"),
        (b"text", ("--published", "18 May"), "usage.day"),
    ],
)
def test_bad_input_is_told_in_both_languages(
    content: bytes | None,
    words: tuple[str, ...],
    code: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
):
    path = tmp_path / "article.txt"
    if content is not None:
        path.write_bytes(content)
    assert cli.main(["claims", str(path), "--json", *words]) == 2
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert problem["code"] == code and problem["cure_zh"] != problem["cure_en"]


@pytest.mark.slow
def test_no_book_and_no_database_are_needed(tmp_path: Path):
    environment = {
        "PAIRBOOK_HOME": str(tmp_path / "none"),
        "PAIRBOOK_DATABASE": "postgresql://nobody@127.0.0.1:1/none",
        "PYTHONPATH": str(Path(cli.__file__).parents[2]),
        "PYTHONIOENCODING": "utf-8",
        "PATH": "",
    }
    done = subprocess.run(
        [sys.executable, "-m", "pairbook", "claims", "-"],
        input=TEXT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0 and "54,160,000" in done.stdout
    assert list(tmp_path.iterdir()) == []
