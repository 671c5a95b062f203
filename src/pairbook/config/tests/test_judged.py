"""Articles with slips, and articles about other places (`cases/judged.yaml`): what each figure is judged to be."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from pairbook.bulletins.reads import check_text
from pairbook.config.tests.test_check import PAIRING
from tests.books import KeptSample

pytestmark = pytest.mark.slow
CASES = yaml.safe_load((Path(__file__).parent / "cases" / "judged.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["about"] for case in CASES])
def test_each_figure_is_judged_as_it_should_be(sample: KeptSample, case: dict[str, Any]):
    found = check_text(case["text"], pairing_code=PAIRING, published=date.fromisoformat(case["published"]))
    told = [
        [" ".join(one.claim.text.split()), one.verdict, *filter(None, [one.differs_in])]
        for one in found.claims
    ]
    assert told == case["claims"]
    assert [one.type for one in found.findings if not one.holds] == case["against"]
    assert case.get("notice", "") in (found.notice.zh if found.notice else "")
    assert ("notice" in case) == (found.notice is not None)


@pytest.mark.parametrize("case", CASES, ids=[case["about"] for case in CASES])
def test_each_reason_is_one_sentence(sample: KeptSample, case: dict[str, Any]):
    found = check_text(case["text"], pairing_code=PAIRING, published=date.fromisoformat(case["published"]))
    assert [one.reason.zh for one in found.claims if one.reason.zh.count("。") != 1] == []
