"""The command line on the sample: every JSON answer fits its schema, and every wrong call is told kindly."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from jsonschema import Draft202012Validator
from pytest_django.plugin import DjangoDbBlocker

from pairbook.config import cli
from pairbook.config.sample.load import PAIRING
from pairbook.exchange.tests.typed import FUNDS, funds_row, typed
from pairbook.households.actions import Errand, register_people
from pairbook.households.tests.people import LI, ZHANG
from pairbook.kernel.models import User
from pairbook.pairings.reads import pairing_of_code, standing_in
from pairbook.parties.reads import actor_of
from pairbook.register.models import Entry, StatementLine
from tests.books import KeptSample, copied_book

pytestmark = pytest.mark.slow

SCHEMAS = Path(__file__).parents[4] / "tests" / "schemas"
SAMPLE_FOLDER = Path(__file__).parents[1] / "sample"
SOCIAL = f"{PAIRING}/funds.social/received/2020-01-01..2020-09-18"
FISCAL = f"{PAIRING}/funds.fiscal/received/2020-01-01..2020-09-18"


class Answer(NamedTuple):
    """What a command left behind."""

    status: int
    out: str
    err: str

    def json(self, schema: str) -> Any:
        """Standard output as one JSON document that fits a schema."""
        document = json.loads(self.out)
        text = (SCHEMAS / f"{schema}.json").read_text(encoding="utf-8")
        validator = Draft202012Validator(json.loads(text), format_checker=Draft202012Validator.FORMAT_CHECKER)
        assert [error.message for error in validator.iter_errors(document)] == []
        return document


class Run:
    """Runs commands and catches what they print."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *words: str) -> Answer:
        try:
            status = cli.main([*words])
        except SystemExit as ended:
            status = int(ended.code or 0)
        return Answer(status, *self._capsys.readouterr())


@pytest.fixture(scope="module")
def sample_book(
    kept_sample: KeptSample, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """A book of its own with the sample in it, one for all tests of this file."""
    with django_db_blocker.unblock(), copied_book(kept_sample.book, tmp_path_factory.mktemp("cli")):
        yield


@pytest.fixture
def run(sample_book: None, db: None, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command on the sample, in a transaction that is rolled back."""
    return Run(capsys)


def test_figures_have_the_shape_of_the_contract(run: Run):
    rows = run("figures", PAIRING, "--as-of", "2020-09-18", "--json").json("figures")
    by_address = {row["address"]: row for row in rows}
    assert len(by_address) == len(rows) > 50
    fiscal = by_address[f"{PAIRING}/funds.fiscal@1/received/2020-01-01..2020-09-18"]
    assert fiscal["value"] == 54_160_000 and isinstance(fiscal["value"], int)
    assert (fiscal["unit"], fiscal["basis"], fiscal["is_headline_stage"]) == ("CNY", "period", True)
    assert (fiscal["from"], fiscal["to"], fiscal["known_at"]) == ("2020-01-01", "2020-09-18", None)
    assert any(row["campaign"] and row["item"] for row in rows)


def test_figures_as_known_then_are_the_published_ones_too(run: Run):
    words = ("figures", PAIRING, "--as-of", "2020-09-18", "--known-at", "2020-09-18", "--json")
    rows = run(*words, "--indicator", "funds.social").json("figures")
    (headline,) = [
        row for row in rows if row["is_headline_stage"] and row["campaign"] is None and row["tier"] is None
    ]
    assert (headline["value"], headline["known_at"]) == (16_820_000, "2020-09-18")


@pytest.mark.parametrize(("lang", "words"), [("zh", "财政帮扶资金"), ("en", "fiscal funds")])
def test_figures_for_people_stand_in_a_table(run: Run, lang: str, words: str):
    answer = run("figures", PAIRING, "--as-of", "2020-09-18", "--lang", lang)
    assert answer.status == 0 and words in answer.out and "54,160,000" in answer.out


def test_an_address_opens_down_to_its_papers(run: Run):
    opened = run("open", SOCIAL, "--json").json("open")
    assert opened["value"] == 16_820_000 and opened["count"] == len(opened["entries"])
    assert sum(entry["money"] for entry in opened["entries"]) == opened["value"]
    assert any(entry["papers"] for entry in opened["entries"])
    told = run("open", SOCIAL, "--lang", "zh", "--limit", "3").out
    assert "16,820,000 元" in told and "--limit" in told


def test_a_figure_is_shown_in_another_currency_at_a_stated_rate(run: Run):
    rate = ("--in", "usd", "--rate", "6.8", "--rate-source", "新闻稿")
    opened = run("open", FISCAL, *rate, "--json").json("open")
    assert opened["value"] == 54_160_000 and opened["unit"] == "CNY"
    assert opened["converted"]["value"] == 7_964_705.88
    assert opened["converted"]["rate"]["on"] == "2020-09-18" and opened["converted"]["rate"]["verified"]
    told = run("open", FISCAL, *rate, "--lang", "zh", "--limit", "0").out
    assert "约 7,964,705.88 美元 (按 1美元＝6.8元折算；汇率日期 2020-09-18；出处：新闻稿)" in told
    assert run("open", FISCAL, SOCIAL, *rate, "--json").json("sum")["converted"]["value"] == 10_438_235.29
    assert run("open", FISCAL, "--json").json("open")["converted"] is None


def test_several_addresses_give_their_sum_or_the_reason_there_is_none(run: Run):
    summed = run("open", FISCAL, SOCIAL, "--json").json("sum")
    assert summed["value"] == 54_160_000 + 16_820_000
    unlike = run("open", FISCAL, FISCAL.replace("received", "allocated"), "--json")
    assert unlike.status == 1
    assert unlike.json("refused")["refused"]["code"] == "sum.stage"
    assert "stages differ" in run("open", FISCAL, FISCAL.replace("received", "allocated"), "--lang", "en").err


@pytest.mark.parametrize(
    "words",
    [
        ("figures", "jinghai-zhenyan"),
        ("figures", PAIRING, "--as-of", "18.9.2020"),
        ("figures", PAIRING, "--known-at", "yesterday at noon"),
        ("figures", PAIRING, "--indicator", "funds.sociall"),
        ("open", f"{PAIRING}/funds.sociall/received"),
        ("open", "nothing"),
        ("open", FISCAL, "--in", "USD", "--rate", "6.8"),
        ("open", FISCAL, "--in", "EUR"),
        ("open", FISCAL, "--rate", "6.8", "--rate-source", "x"),
        ("import", "funds", "no-such-file.xlsx"),
        ("import", "hopes", __file__),
        ("import", "funds", __file__, "--by", "giver"),
        ("export", "xlsx", "hopes"),
        ("restore", "no-such-file.zip"),
    ],
)
def test_wrong_usage_is_two_with_the_problems_in_both_places(run: Run, words: tuple[str, ...]):
    answer = run(*words, "--json")
    assert answer.status == 2 and answer.err.strip()
    assert answer.json("problems")["problems"]
    assert "Traceback" not in answer.err


@pytest.mark.parametrize(
    "words", [(), ("figure", PAIRING), ("figures",), ("export", "iati"), ("figures", "--what")]
)
def test_what_the_parser_refuses_is_two(run: Run, words: tuple[str, ...]):
    answer = run(*words)
    assert answer.status == 2 and "usage: pairbook" in answer.err and not answer.out


def test_export_and_import_go_round(run: Run, tmp_path: Path):
    file = tmp_path / "book.xlsx"
    assert run("export", "xlsx", str(file), "--json").json("export")["pairing"] == PAIRING
    for kind in ("funds", "goods", "visits"):
        answer = run("import", kind, str(file), "--dry-run", "--json")
        result = answer.json("import")
        assert answer.status == 0 and result["unchanged"] == result["rows"] > 0
        assert (result["new"], result["corrected"], result["problems"]) == (0, 0, [])


def test_the_library_goes_round_and_proposals_come_in(run: Run, tmp_path: Path):
    book, village = tmp_path / "library.xlsx", tmp_path / "village.xlsx"
    assert run("export", "xlsx", "projects", str(book)).status == 0
    back = run("import", "projects", str(book), "--dry-run", "--json").json("import")
    assert (back["new"], back["problems"]) == (0, []) and back["unchanged"] == back["rows"] > 10
    village.write_bytes(
        typed(("项目编号", "项目名称", "自筹（元）"), ("2021-v1", "村道", 5000), sheet="村报")
    )
    (seen,) = run("import", "projects", str(village), "--dry-run", "--json").json("import")["proposals"]
    assert (seen["code"], seen["outcome"], seen["funding"][0]["money"]) == ("2021-v1", "new", 5000)
    assert (
        "村道  raised locally, and others 5,000.00  proposed"
        in run("import", "projects", str(village), "--dry-run").out
    )
    taken = run("import", "projects", str(village), "--by", "receiver", "--json").json("import")
    assert (taken["new"], taken["written"]) == (1, True)


def test_an_import_with_problems_is_one_and_writes_nothing(run: Run, tmp_path: Path):
    file = tmp_path / "typed.xlsx"
    file.write_bytes(typed(FUNDS, funds_row(amount="12.345", day="2020.9.1")))
    answer = run("import", "funds", str(file), "--by", "giver", "--json")
    result = answer.json("import")
    assert answer.status == 1 and not result["written"]
    assert {problem["row"] for problem in result["problems"]} == {2}
    told = run("import", "funds", str(file), "--by", "giver", "--lang", "zh")
    assert "第 2 行，金额（F2）" in told.err and "没有写入" in told.out


def test_who_imports_must_be_named_when_several_may(run: Run, tmp_path: Path):
    file = tmp_path / "typed.xlsx"
    file.write_bytes(typed(FUNDS, funds_row()))
    answer = run("import", "funds", str(file), "--json")
    (problem,) = answer.json("problems")["problems"]
    assert problem["code"] == "usage.by" and "giver, receiver" in problem["cure_en"]


def test_rebuild_finds_nothing_to_mend(run: Run):
    answer = run("rebuild", "--check", "--json")
    assert answer.status == 0 and answer.json("rebuild") == {"written": False, "differences": []}


def test_backup_says_what_it_holds(run: Run, tmp_path: Path):
    file = tmp_path / "book.zip"
    answer = run("backup", str(file), "--json")
    said = answer.json("backup")
    assert answer.status == 0 and said["rows"]["register_entry"] > 200 and said["papers"] > 100
    again = run("restore", str(file), "--json")
    assert again.status == 1 and again.json("refused")["refused"]["code"] == "restore.not_empty"


@pytest.fixture
def roster(run: Run) -> None:
    """Two persons on the roster of the sample, rolled back with everything else."""
    officer, pairing = actor_of(User.objects.get(username="giver").pk), pairing_of_code(PAIRING)
    assert pairing is not None
    errand = Errand(officer, pairing.id, standing_in(pairing.id, officer))
    register_people([ZHANG, LI], errand=errand)


@pytest.mark.usefixtures("roster")
def test_the_key_to_names_is_replaced_and_a_backup_says_where_it_is_not(run: Run, tmp_path: Path):
    answer = run("rotate-person-key", "--json")
    assert answer.status == 0 and answer.json("rotate-person-key") == {"people": 88}
    told = run("rotate-person-key", "--lang", "zh")
    assert told.status == 0 and "88 人" in told.out
    assert "person-key" in run("backup", str(tmp_path / "book.zip"), "--lang", "en").err


def test_a_stop_by_hand_is_130_without_a_traceback(run: Run, monkeypatch: pytest.MonkeyPatch):
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pairbook.config.commands.asking.figure_rows", stop)
    answer = run("figures", PAIRING, "--lang", "en")
    assert answer.status == 130 and answer.err.strip() == "Stopped; nothing half-written is left."


def test_an_unforeseen_error_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch):
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the moon is in the way")

    monkeypatch.delenv("PAIRBOOK_DEBUG", raising=False)
    monkeypatch.setattr("pairbook.config.commands.asking.figure_rows", fail)
    answer = run("figures", PAIRING, "--lang", "en")
    assert (answer.status, answer.err) == (1, "This did not work: RuntimeError: the moon is in the way\n")
    monkeypatch.setenv("PAIRBOOK_DEBUG", "1")
    with pytest.raises(RuntimeError):
        cli.main(["figures", PAIRING])


def test_a_book_that_is_not_set_up_says_what_to_run(tmp_path: Path):
    answer = _in_a_process("figures", PAIRING, "--lang", "en", home=tmp_path)
    assert answer.returncode == 2 and "pairbook migrate" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_help_needs_no_database_and_speaks_both_languages(tmp_path: Path):
    answer = _in_a_process("--help", "--lang=zh", home=tmp_path)
    assert answer.returncode == 0 and "备份整本账" in answer.stdout
    assert list(tmp_path.iterdir()) == []


def _in_a_process(*words: str, home: Path) -> "subprocess.CompletedProcess[str]":
    environment = {
        "PAIRBOOK_HOME": str(home),
        "PYTHONPATH": str(Path(cli.__file__).parents[2]),
        "PYTHONIOENCODING": "utf-8",
        "PATH": "",
    }
    command = [sys.executable, "-m", "pairbook", *words]
    return subprocess.run(
        command, capture_output=True, text=True, env=environment, timeout=60, encoding="utf-8"
    )


STAGES = (
    *("planned", "agreed", "issued", "allocated", "received"),
    *("assigned", "spent", "refunded", "reimbursed", "returned"),
)


def _adds_up(found: Any) -> bool:
    came, went = (sum(one["amount"] for one in found[name]) for name in ("sources", "uses"))
    left = found["received"] - found["spent"] - found["returned"]
    return (came, went, left) == (found["received"], found["spent"], found["left"])


@pytest.mark.parametrize(("nature", "received"), [("fiscal", 54_160_000), ("social", 16_820_000)])
def test_the_published_money_is_followed_from_its_givers_to_its_payees(run: Run, nature: str, received: int):
    found = run("trace", nature, "--pairing", PAIRING, "--as-of", "2020-09-18", "--json").json("trace")
    assert found["received"] == received and _adds_up(found)
    assert 0 < found["spent"] < found["assigned"] < received and found["left"] > 0


def test_money_of_both_natures_reached_the_projects_that_were_published(run: Run):
    projects = {
        use["project"]
        for nature in ("fiscal", "social")
        for use in run("trace", nature, "--pairing", PAIRING, "--as-of", "2020-09-18", "--json").json(
            "trace"
        )["uses"]
    }
    # Black goats, forage, meat rabbits, medicinal plants, the mask company, produce sales.
    assert {"2020-01", "2020-02", "2020-03", "2020-04", "2020-05", "2020-06"} <= projects


@pytest.mark.parametrize(
    "stage",
    ["planned", "issued", "allocated", "received", "assigned", "spent", "refunded", "reimbursed", "returned"],
)
def test_the_money_of_any_entry_adds_up(run: Run, stage: str):
    for entry in Entry.objects.filter(kind="funds", stage=stage).order_by("id")[:3]:
        found = run("trace", str(entry.pk), "--pairing", PAIRING, "--json").json("trace")
        assert _adds_up(found) and found["received"] > 0


def test_a_fund_is_traced_in_a_period(run: Run):
    days = ("--from", "2020-03-01", "--as-of", "2020-03-31")
    found = run("trace", "2020-municipal", "--pairing", PAIRING, *days, "--json").json("trace")
    assert (found["received"], found["spent"]) == (20_500_000, 4_250_000) and _adds_up(found)


def test_a_trace_is_told_as_tables_in_both_languages(run: Run):
    zh = run("trace", "2020-covid", "--pairing", PAIRING, "--lang", "zh").out
    en = run("trace", "2020-covid", "--pairing", PAIRING, "--lang", "en").out
    assert "1,800,000" in zh and "疫情防控" in zh and "退给" in zh
    assert "1,800,000" in en and "COVID-19 response" in en and "Given back to" in en


@pytest.mark.parametrize(
    "words",
    [
        ("trace", "treasure", "--pairing", PAIRING),
        ("trace", "fiscal", "--pairing", "nowhere"),
        ("trace", "999999999", "--pairing", PAIRING),
        ("trace", "fiscal", "--pairing", PAIRING, "--as-of", "18 September"),
        ("trace", "fiscal", "--pairing", PAIRING, "--from", "2020-09-18", "--as-of", "2020-01-01"),
    ],
)
def test_what_cannot_be_traced_is_told(run: Run, words: tuple[str, ...]):
    answer = run(*words, "--json")
    assert answer.status == 2 and answer.json("problems")["problems"]


BANK = SAMPLE_FOLDER / "data/statements/zy-charity-2020.csv"


def test_a_statement_is_held_against_the_book_and_nothing_is_written(run: Run):
    lines = StatementLine.objects.count()
    found = run("reconcile", str(BANK), "--pairing", PAIRING, "--json").json("reconcile")
    strengths = {one["strength"] for one in found["proposed"]}
    assert strengths == {"certain", "likely", "possible"} and StatementLine.objects.count() == lines
    assert len(found["matched"]) == 3 and any(len(one["lines"]) == 2 for one in found["proposed"])


def test_the_groups_of_a_statement_add_up_to_its_turnover(run: Run):
    found = run("reconcile", str(BANK), "--json").json("reconcile")
    for what in ("lines", "came_in", "went_out"):
        assert sum(part[what] for part in found["sums"].values()) == pytest.approx(found[what])


def test_a_statement_is_told_as_tables_in_both_languages(run: Run):
    zh, en = (run("reconcile", str(BANK), "--lang", lang).out for lang in ("zh", "en"))
    assert "只在账本：3" in zh and "银行记 2020年3月20日 300,050.00" in zh
    assert "Only in the book: 3" in en and "The bank has 300,050.00 on 20 March 2020" in en


@pytest.mark.parametrize("party", ["镇原同善会（样例）", "Zhenyuan Tongshan Charity (sample)"])
def test_whose_account_it_is_is_said_by_name(run: Run, party: str):
    found = run("reconcile", str(BANK), "--party", party, "--json").json("reconcile")
    assert found["party"] == run("reconcile", str(BANK), "--json").json("reconcile")["party"]


@pytest.mark.parametrize(
    "words",
    [
        ("nothing-here.csv",),
        (str(BANK), "--pairing", "nowhere"),
        (str(BANK), "--party", "nobody"),
        (str(BANK), "--fund", "none"),
        (str(SAMPLE_FOLDER / "data/items.csv"),),
    ],
)
def test_what_cannot_be_reconciled_is_told(run: Run, words: tuple[str, ...]):
    answer = run("reconcile", *words, "--json")
    assert answer.status == 2 and answer.json("problems")["problems"]
