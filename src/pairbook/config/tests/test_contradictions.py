"""Texts that contradict each other or the book (`cases/contradictions.yaml`): each is explained in one sentence."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pairbook.analysis.claims.tests.annotated import annotated_texts
from pairbook.bulletins.reads import Against, check_text
from pairbook.bulletins.shapes import Checked
from pairbook.config import cli
from pairbook.config.tests.test_check import PAIRING, schema_errors
from tests.books import KeptSample
from tests.cases import cases_in

pytestmark = pytest.mark.slow
CASES = cases_in(Path(__file__).parent / "cases" / "contradictions.yaml")


def checked(text: str, published: date, earlier: str = "", earlier_published: date | None = None) -> Checked:
    against = Against(earlier, earlier_published) if earlier else None
    return check_text(text, pairing_code=PAIRING, published=published, against=against)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_contradiction_is_explained_in_one_sentence(sample: KeptSample, case: dict[str, Any]):
    found = checked(case["text"], case["published"], case.get("earlier", ""), case.get("earlier_published"))
    one = next(one for one in found.claims if one.claim.text == case["claim"])
    assert one.verdict == case["verdict"], one.reason
    reason = one.reason
    if "finding" in case:
        (finding,) = [finding for finding in found.findings if finding.type == case["finding"]]
        assert finding.holds == case["holds"]
        reason = finding.reason
    assert case["says"]["zh"] in reason.zh and case["says"]["en"] in reason.en
    assert reason.zh.count("。") == 1 and reason.zh.endswith("。")


# Two texts of which nothing against either follows.
AGREEING = (
    ("静海区到位镇原县财政资金4070.5万元。", "静海区到位镇原县财政资金4100万元。"),
    ("近日，静海区向镇原县捐赠口罩5000只。", "近日，静海区向镇原县捐赠口罩3000只。"),
    ("爱玛科技集团向镇原县捐赠50万元。", "天津某公司向镇原县捐赠30万元。"),
    ("静海区捐赠防疫资金180万元。", "镇原县180人到天津就业。"),
    ("静海区向镇原县捐赠口罩1.4万只。", "静海区向镇原县捐赠消毒液10吨。"),
    ("静海区选派专业技术人才107名。", "静海区选派党政干部6名、专业技术人才107名。"),
    ("2020年，静海区到位镇原县财政资金4070.5万元。", "2020年，镇原县力争到位财政资金4000万元。"),
    ("Nothing is told here.", "静海区到位镇原县财政资金4100万元。"),
)


@pytest.mark.parametrize(("earlier", "text"), AGREEING)
def test_texts_that_may_both_be_true_are_not_set_against_each_other(
    sample: KeptSample, earlier: str, text: str
):
    found = checked(text, date(2020, 9, 18), earlier, date(2020, 5, 18))
    assert [finding.reason.zh for finding in found.findings if finding.earlier and not finding.holds] == []


@pytest.mark.parametrize("text", list(annotated_texts()), ids=lambda text: text["id"])
def test_a_text_does_not_contradict_itself(sample: KeptSample, text: dict[str, Any]):
    findings = checked(text["text"], text["published"], text["text"], text["published"]).findings
    assert [finding.reason.zh for finding in findings if finding.earlier and not finding.holds] == []


def test_growth_that_the_earlier_text_does_not_bear_out_is_told(sample: KeptSample):
    earlier = "2021年镇原县农产品销售2936万元。"
    for told, holds in (("652.7%", True), ("8%", False)):
        text = f"2022年镇原县农产品销售2.21亿元，比2021年增长{told}。"
        findings = checked(text, date(2022, 12, 31), earlier, date(2021, 12, 31)).findings
        (finding,) = [one for one in findings if one.type == "growth" and one.earlier]
        assert finding.holds == holds and "652.72%" in finding.reason.en


def test_the_command_compares_with_an_earlier_file(
    sample: KeptSample, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    (tmp_path / "now.txt").write_text("2020年，静海区到位镇原县财政帮扶资金5300万元。", encoding="utf-8")
    (tmp_path / "then.txt").write_text("静海区到位镇原县财政帮扶资金5416万元。", encoding="utf-8")
    command = [
        "check",
        str(tmp_path / "now.txt"),
        "--pairing",
        PAIRING,
        "--published",
        "2020-12-31",
        "--json",
    ]
    more = ["--against", str(tmp_path / "then.txt"), "--against-published", "2020-09-18"]
    assert cli.main([*command, *more]) == 1
    document = json.loads(capsys.readouterr().out)
    assert schema_errors(document) == []
    (finding,) = [one for one in document["findings"] if one["type"] == "running_total"]
    claims = {claim["id"]: claim["value"] for claim in document["earlier"]["claims"]}
    assert [claims[name] for name in finding["earlier"]] == [54_160_000] and not finding["holds"]
