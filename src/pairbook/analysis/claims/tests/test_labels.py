"""Names of codes in both languages."""

import pytest

from pairbook.analysis.claims.labels import label_of
from pairbook.analysis.claims.terms import rows


@pytest.mark.parametrize(
    ("code", "zh", "en"),
    [
        ("funds.fiscal", "财政援助资金", "Fiscal funds"),
        ("other:greenhouse", "座大棚", "greenhouses"),
        ("other:greenhouses", "大棚", "Greenhouses"),
        ("other:cities", "市", "Cities"),
        ("other:mattress", "其他（mattress）", "mattress"),
    ],
)
def test_a_code_has_a_name_in_both_languages(code: str, zh: str, en: str):
    assert label_of(code) == (zh, en)


def test_no_code_of_the_lists_is_shown_by_its_code():
    codes = {row["unit"] for row in rows("units")}
    codes |= {row["unit"] for row in rows("nouns") if row["lang"] == "zh"}
    codes |= {row["measure"] for row in rows("measures")} - {"jobs", "talent", "training"}
    shown = {code for code in codes if code and label_of(code)[0].startswith(("other:", "其他（"))}
    assert shown == set()


def test_no_code_is_named_twice():
    codes = [row["code"] for row in rows("labels")]
    assert sorted(codes) == sorted(set(codes))
