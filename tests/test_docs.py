"""What the documents say is so: their commands run, their links lead somewhere, their words are the code's words."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from pairbook.config.cli import main
from tests.books import KeptSample, copied_book

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
PAGES = [
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "bench").glob("*.md")),
]
SOURCE = "\n".join(
    path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "src/pairbook").rglob("*"))
    if path.suffix in {".py", ".html"} and "tests" not in path.parts
)
# Verbs of bootstrap.py itself; every other it passes on to `pairbook`.
OWN_VERBS = {"test", "format"}
# These go on until they are stopped, or ask questions.
NOT_RUN = {"demo", "serve", "createadmin"}


def commands_in(path: Path) -> list[str]:
    """What a page tells its reader to type after `python3 bootstrap.py`."""
    found = re.findall(r"python3 bootstrap\.py ([a-z][^\n`]*)", path.read_text(encoding="utf-8"))
    # In a block a command is followed by two blanks and what it does.
    return [re.split(r"\s{2,}", command)[0].strip() for command in found]


TOLD = sorted({command for path in PAGES for command in commands_in(path)})
SHOWN = [
    words
    for words in map(shlex.split, commands_in(ROOT / "README.md"))
    if words[0] not in OWN_VERBS | NOT_RUN
]


@pytest.fixture(scope="module")
def sample_book(
    kept_sample: KeptSample, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The sample programme, as the reader of README has it after the first command."""
    with django_db_blocker.unblock(), copied_book(kept_sample.book, tmp_path_factory.mktemp("docs")):
        yield


@pytest.mark.usefixtures("sample_book")
def test_the_commands_of_readme_run_one_after_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    for folder in ("docs", "src"):
        # Its reader stands in the folder of the project, where the examples lie.
        (tmp_path / folder).symlink_to(ROOT / folder)
    assert SHOWN and {shlex.join(words): main(words) for words in SHOWN} == dict.fromkeys(
        map(shlex.join, SHOWN), 0
    )


@pytest.mark.parametrize("command", TOLD)
def test_every_command_a_page_tells_is_a_verb_there_is(command: str, capsys: pytest.CaptureFixture[str]):
    verb = command.split()[0]
    if verb in OWN_VERBS:
        assert f"bootstrap.py {verb}" in (ROOT / "bootstrap.py").read_text(encoding="utf-8")
        return
    with pytest.raises(SystemExit) as ended:
        main([verb, "--help"])
    assert ended.value.code == 0 and capsys.readouterr().out


def test_the_help_of_bootstrap_lists_every_verb_in_the_words_of_the_command(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("COLUMNS", "200")
    with pytest.raises(SystemExit):
        main(["--lang", "en", "--help"])
    line = re.compile(r"^    ([a-z-]+)\s{2,}(\S.*)$", re.MULTILINE)
    told = subprocess.run(
        [sys.executable, str(ROOT / "bootstrap.py"), "--help"], capture_output=True, text=True, check=True
    )
    assert dict(line.findall(told.stdout)) == dict(line.findall(capsys.readouterr().out))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_links_of_a_page_lead_to_files_that_are_there(path: Path):
    targets = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", path.read_text(encoding="utf-8"))
    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_the_decision_records_are_numbered_without_a_gap():
    records = sorted((ROOT / "docs/decisions").glob("*.md"))
    assert [int(path.name[:4]) for path in records] == list(range(1, len(records) + 1))


@pytest.mark.parametrize("path", sorted((ROOT / "docs/decisions").glob("*.md")), ids=lambda path: path.stem)
def test_a_decision_record_gives_context_choice_and_price(path: Path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith(f"# {int(path.name[:4])}. ")
    assert [line for line in lines if line.startswith("## ")] == ["## Context", "## Choice", "## Price"]


def _rows(heading: str) -> list[list[str]]:
    """The rows of the table under a heading of the glossary."""
    text = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    part = text.partition(f"## {heading}")[2].partition("\n## ")[0]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in part.splitlines()
        if line.startswith("|")
    ]
    return rows[2:]


WORDS = [(row[0].strip("`"), row[1], row[2]) for row in _rows("The words of the book")]


@pytest.mark.parametrize(("code", "chinese", "english"), WORDS, ids=[row[0] for row in WORDS])
def test_a_word_of_the_glossary_is_said_in_the_book(code: str, chinese: str, english: str):
    said = [code, english, *re.split(r"\s*/\s*", chinese)]
    assert any(re.search(rf"(?<![A-Za-z]){re.escape(word)}", SOURCE, re.IGNORECASE) for word in said if word)


def test_each_word_of_the_glossary_stands_there_once():
    codes = [code for code, _, _ in WORDS]
    assert len(set(codes)) == len(codes) > 30


def test_every_kind_of_problem_a_changelog_or_readme_needs_is_there():
    for page in ("README.md", "ARCHITECTURE.md", "GLOSSARY.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE"):
        assert (ROOT / page).stat().st_size > 200
