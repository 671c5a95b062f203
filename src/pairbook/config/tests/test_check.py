"""`pairbook check` on the sample: an article told by the facts, conflicts of published texts, slips of each part."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pairbook.bulletins.reads import check_text
from pairbook.bulletins.shapes import Checked, CheckedClaim
from pairbook.config import cli
from tests.books import KeptSample
from tests.cases import cases_in

PAIRING = "jinghai-zhenyuan"
SCHEMA = Path(__file__).parents[4] / "tests" / "schemas" / "check.json"
pytestmark = pytest.mark.slow


def checked(text: str, day: str = "2020-09-18", **more: Any) -> Checked:
    return check_text(text, pairing_code=PAIRING, published=date.fromisoformat(day), **more)


def only(text: str, day: str = "2020-09-18", **more: Any) -> CheckedClaim:
    (claim,) = checked(text, day, **more).claims
    return claim


ARTICLE_EN = """On September 18, 2020, Jinghai District held a news conference. This year, leaders of Jinghai
visited Zhenyuan County 7 times. Jinghai provided Zhenyuan with 54.16 million yuan ($8 million) in fiscal funds
and 16.82 million yuan in social funds. To fight COVID-19, it donated 1.8 million yuan, 14,000 masks and more
than 10 tons of disinfectant.

Jinghai has sent 113 cadres and professionals in medical care, education, agriculture, commerce, water affairs and
tourism to Zhenyuan. Up to 360 officials, professionals and farmers were trained in Jinghai. More than 400 people from
Zhenyuan have found jobs in Tianjin since the outbreak. Zhenyuan is one of 52 counties still on the national poverty
list."""
ARTICLE_ZH = """2020年以来，静海区主要领导赴镇原县调研对接7次，安排财政帮扶资金5416万元（约合800万美元），
社会帮扶资金1682万元。疫情期间，静海区捐赠防疫资金180万元、口罩1.4万只、消毒液10余吨。
静海区选派党政干部和专业技术人才113名，培训镇原县干部、专业技术人员
和农民多达360人。疫情发生以来，镇原县400多名贫困劳动力到天津就业。镇原县是全国52个未摘帽贫困县之一。"""


@pytest.mark.parametrize("text", [ARTICLE_EN, ARTICLE_ZH], ids=["en", "zh"])
def test_an_article_told_by_the_facts_holds_throughout(sample: KeptSample, text: str):
    found = checked(text)
    assert [(one.claim.text, one.reason.en) for one in found.claims if one.verdict != "holds"] == []
    assert len(found.claims) == 11 and [one for one in found.findings if not one.holds] == []


ARTICLES = cases_in(Path(__file__).parent / "cases" / "articles.yaml")


@pytest.mark.parametrize("article", ARTICLES, ids=[one["about"] for one in ARTICLES])
def test_the_facts_hold_in_whatever_manner_they_are_told(sample: KeptSample, article: dict[str, str]):
    found = checked(article["text"], article["published"])
    assert [(one.claim.text, one.reason.en) for one in found.claims if one.verdict != "holds"] == []
    assert len(found.claims) >= 11


EARLIER = """截至4月7日，静海区已拨付镇原县财政资金4070.5万元，社会捐助642.3万元，
到天津就业192人，就近就业121人，其他地区就业1195人。
2019年底，镇原县有贫困户3195户8570人，贫困发生率1.75%。87家企业与86个贫困村结对，覆盖19个乡镇，干部结对认亲101户。"""


def test_earlier_figures_hold_at_their_own_days_and_stages(sample: KeptSample):
    found = checked(EARLIER, "2020-05-18")
    assert [(one.claim.text, one.reason.zh) for one in found.claims if one.verdict != "holds"] == []
    assert len(found.claims) == 12


def test_the_parts_of_a_total_are_each_their_own(sample: KeptSample):
    found = checked("2020年，静海区选派113名干部人才到镇原县，其中党政干部6名、专业技术人才107名。")
    assert [one.verdict for one in found.claims] == ["holds"] * 3


# A true number told of the wrong thing: the part that is wrong, and the address at which the number is found.
SLIPS = (
    (
        "2020年，静海区到位镇原县社会帮扶资金1754万元。",
        "stage",
        "funds.social@1/allocated/2020-01-01..2020-09-18",
    ),
    (
        "静海区选派干部和专业技术人才52名到镇原县。",
        "direction",
        "talent.total@1/in_post/2020-09-18?direction",
    ),
    ("镇原县选派干部和专业技术人才113名到静海区。", "direction", "talent.total@1/in_post/2020-09-18"),
    (
        "静海区捐赠镇原县社会帮扶资金180万元。",
        "campaign",
        "funds.social@1/received/2020-01-01..2020-09-18?campaign",
    ),
    ("2020年，静海区安排镇原县财政帮扶资金1682万元。", "indicator", "funds.social@1/received"),
    (
        "2020年，静海区到位镇原县社会帮扶资金642.3万元。",
        "span",
        "funds.social@1/received/2020-01-01..2020-04-07",
    ),
    ("2020年，静海区区级财政帮扶资金5150万元。", "tier", "funds.fiscal@1/received"),
)


@pytest.mark.parametrize(("text", "part", "nearest"), SLIPS)
def test_a_number_told_of_the_wrong_thing_differs_in_that_part(
    sample: KeptSample, text: str, part: str, nearest: str
):
    one = only(text)
    assert (one.verdict, one.differs_in) == ("differs", part)
    assert one.nearest is not None and one.nearest.address.text.startswith(f"{PAIRING}/{nearest}")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("2020年，静海区安排镇原县财政帮扶资金5416元。", "unit"),
        ("2020年，静海区安排镇原县财政帮扶资金5416万美元。", "currency"),
        ("Jinghai provided Zhenyuan with 54.2 million yuan in fiscal funds in 2020.", "rounding"),
        ("镇原县有贫困户8570户。", "unit"),
        ("静海区向镇原县捐赠口罩14000公斤。", "unit"),
        ("2020年，静海区安排镇原县财政帮扶资金5417万元。", None),
    ],
)
def test_a_wrong_unit_or_number_never_holds(sample: KeptSample, text: str, part: str | None):
    one = only(text)
    assert (one.verdict, one.differs_in) == ("differs", part)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("镇原县农民人均可支配收入9500元。", "not_in_book"),
        ("静海区向镇原县捐赠救护车3辆。", "not_in_book"),
        ("今年力争实现农产品销售2.23亿元。", "cannot_tell"),
        ("爱玛科技集团向镇原县捐赠50万元。", "cannot_tell"),
        ("镇原县农产品销售同比增长12%。", "cannot_tell"),
    ],
)
def test_what_the_book_cannot_answer_is_said_so(sample: KeptSample, text: str, verdict: str):
    assert only(text).verdict == verdict


# Told of one occasion, or perhaps of one: the total of the year is no answer to it.
OCCASIONS = (
    ("近日，静海区向镇原县捐赠口罩5000只。", "holds", "2020-02-06"),
    ("2月27日，静海区向镇原县捐赠口罩4000只。", "holds", "2020-02-27..2020-02-27?"),
    ("3月2日，静海区向镇原县捐赠口罩4000只。", "differs", "2020-01-01..2020-03-02?"),
    ("Recently, Jinghai donated 5,000 masks to Zhenyuan.", "holds", "2020-02-06"),
    ("This year much was done. Recently, Jinghai donated 5,000 masks to Zhenyuan.", "holds", "2020-02-06"),
    ("近日，静海区向镇原县捐赠口罩5001只。", "cannot_tell", "2020-01-01..2020-09-18"),
    ("近日，静海区向镇原县捐赠口罩15000只。", "differs", "2020-01-01..2020-09-18"),
    ("记者近日获悉，静海区向镇原县捐赠口罩5001只。", "differs", "2020-01-01..2020-09-18"),
    ("This year much was done. Recently, Jinghai donated 5,001 masks to Zhenyuan.", "differs", "2020-01-01"),
    ("静海区向镇原县捐赠口罩5000只。", "cannot_tell", "2020-01-01..2020-09-18"),
    ("静海区向镇原县捐赠口罩5001只。", "differs", "2020-01-01..2020-09-18"),
    ("静海区共向镇原县捐赠口罩5000只。", "differs", "2020-01-01..2020-09-18"),
    ("2020年，静海区向镇原县捐赠口罩5000只。", "differs", "2020-01-01..2020-09-18"),
)


@pytest.mark.parametrize(("text", "verdict", "span"), OCCASIONS)
def test_one_occasion_is_not_held_against_the_total(sample: KeptSample, text: str, verdict: str, span: str):
    one = only(text)
    assert one.verdict == verdict and one.address is not None and f"/{span}" in one.address.text, one.reason


GROWTH = (
    ("2022年农产品销售2.21亿元，比2021年增长652.7%。", "holds", "652.72%"),
    (
        "In 2022, sales of farm produce were 221 million yuan, up 652.7 percent on last year.",
        "holds",
        "652.72%",
    ),
    ("2022年农产品销售2.21亿元，比2021年增长8%。", "differs", "652.72%"),
    ("2022年农产品销售2.21亿元，同比下降652.7%。", "differs", "增长652.72%，不是下降"),
    ("2023年，镇原县农产品销售约1.25亿元，同比下降43.4%。", "holds", "43.36%"),
    ("2020年，静海区安排镇原县财政帮扶资金5416万元，比2019年增长8.5%。", "cannot_tell", "没有2019年"),
    ("2022年农产品销售2.21亿元，增长8%。", "cannot_tell", "没有说与哪一年比"),
)


@pytest.mark.parametrize(("text", "verdict", "words"), GROWTH)
def test_growth_is_judged_by_the_two_numbers_of_the_book(
    sample: KeptSample, text: str, verdict: str, words: str
):
    one = next(one for one in checked(text, "2023-12-31").claims if one.claim.measure == "other:growth")
    assert one.verdict == verdict and words in one.reason.zh, one.reason


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("2020年，静海区安排镇原县财政帮扶资金5416万元（约合8000万美元）。", "impossible_rate"),
        ("静海区向镇原县捐赠消毒液超过4吨。", "misleading_qualifier"),
        ("镇原县有贫困户8570户3195人。", "household_person_ratio"),
        (
            "2020年，静海区安排镇原县财政帮扶资金5416万元。\n2020年，静海区安排镇原县财政帮扶资金5461万元。",
            "told_differently",
        ),
        ("财政帮扶资金共5500万元，其中市级5600万元。", "part_sum"),
    ],
)
def test_what_the_claims_of_a_text_say_about_each_other(sample: KeptSample, text: str, sort: str):
    assert sort in [finding.type for finding in checked(text).findings if not finding.holds]


def schema_errors(document: Any) -> list[str]:
    """What a document of this verb has that its schema does not allow."""
    validator = Draft202012Validator(
        json.loads(SCHEMA.read_text(encoding="utf-8")),
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )
    return [error.message for error in validator.iter_errors(document)]


def run(text: str, path: Path, *words: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, Any]:
    """The verb's status and its document, which was held against the schema."""
    file = path / "article.txt"
    file.write_text(text, encoding="utf-8")
    status = cli.main(
        ["check", str(file), "--pairing", PAIRING, "--published", "2020-09-18", "--json", *words]
    )
    document = json.loads(capsys.readouterr().out)
    assert schema_errors(document) == []
    return status, document


def test_the_document_fits_the_schema_and_status_1_means_that_a_claim_differs(
    sample: KeptSample, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    status, document = run(ARTICLE_EN, tmp_path, capsys=capsys)
    assert status == 0 and document["as_of"] == "2020-09-18" and len(document["claims"]) == 11
    status, document = run("静海区选派镇原县干部人才52名。" + EARLIER, tmp_path, capsys=capsys)
    assert status == 1 and "differs" in [claim["verdict"] for claim in document["claims"]]


@pytest.mark.parametrize(("lang", "words"), [("zh", "本样例账"), ("en", "This sample book")])
def test_people_get_reasons_in_their_language(
    sample: KeptSample, lang: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    file = tmp_path / "article.txt"
    file.write_text(ARTICLE_EN, encoding="utf-8")
    assert cli.main(["check", str(file), "--published", "2020-09-18", "--lang", lang]) == 0
    assert words in capsys.readouterr().out


def test_an_unknown_pairing_is_told(sample: KeptSample, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file = tmp_path / "article.txt"
    file.write_text(ARTICLE_EN, encoding="utf-8")
    assert cli.main(["check", str(file), "--pairing", "nowhere", "--json"]) == 2
    assert PAIRING in json.loads(capsys.readouterr().out)["problems"][0]["cure_en"]
