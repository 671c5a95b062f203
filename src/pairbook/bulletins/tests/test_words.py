"""What the words beside a number make of it, as tables of cases."""

from dataclasses import replace
from datetime import date

import pytest

from pairbook.bulletins import words
from pairbook.bulletins.addresses import understood
from pairbook.bulletins.tests.known import KNOWN, claim_of, claims_of


@pytest.mark.parametrize(
    ("text", "is_another"),
    [
        ("镇原县是甘肃23个深度贫困县之一。", True),
        ("镇原县是最后8个深度贫困县之一。", False),
        ("镇原县是全国52个未摘帽贫困县之一。", False),
    ],
)
def test_counties_of_another_list_are_told_from_those_still_on_this_one(text: str, is_another: bool):
    assert words.counts_another_list(claim_of(text)[1]) is is_another


@pytest.mark.parametrize(
    ("text", "is_fall"), [("贫困人口减少59162人。", True), ("贫困人口减少到8570人。", False)]
)
def test_by_how_much_is_told_from_what_was_left(text: str, is_fall: bool):
    assert words.is_by_how_much(claim_of(text)[1]) is is_fall


@pytest.mark.parametrize(
    ("text", "is_village"),
    [
        ("镇原县方山乡贾山村贫困发生率下降到11.93%。", True),
        ("贾山村在镇原县方山乡。全村贫困发生率下降到11.93%。", True),
        ("In Jiashan Village of Zhenyuan County 11.93 percent were poor.", True),
        ("镇原县结对帮扶村里干部，全县贫困发生率下降到1.75%。", False),
        ("静海区与镇原县86个贫困村结对，贫困发生率下降到1.75%。", False),
        ("镇原县贫困发生率下降到1.75%。", False),
    ],
)
def test_a_village_is_told_from_the_whole_county(text: str, is_village: bool):
    around = claims_of(text)[-1][1]
    assert words.tells_of_one_village(around) is is_village


@pytest.mark.parametrize(
    ("text", "is_named"),
    [("截至7月8日，到位财政资金5020万元。", True), ("今年以来，到位财政资金5020万元。", False)],
)
def test_a_day_that_is_printed_is_told_from_the_day_of_the_text(text: str, is_named: bool):
    assert words.names_day(claim_of(text)[1], date(2025, 7, 8)) is is_named


@pytest.mark.parametrize(
    ("text", "published", "has_month"),
    [
        ("到位镇原县财政资金5020万元。", date(2025, 7, 8), True),
        ("今年以来，到位镇原县财政资金5020万元。", date(2025, 7, 8), True),
        ("截至7月8日，到位镇原县财政资金5020万元。", date(2025, 7, 8), False),
        ("到位镇原县财政资金5020万元。", date(2025, 7, 18), False),
    ],
)
def test_early_in_a_month_a_number_without_a_day_may_be_that_of_the_month_before(
    text: str, published: date, has_month: bool
):
    claim, around = claim_of(text, published=published)
    meant = understood(claim, around, replace(KNOWN, as_of=published))
    assert meant is not None
    ends = [reading.address.end for reading in meant.readings]
    assert (date(2025, 6, 30) in ends) is has_month


@pytest.mark.parametrize(
    ("text", "campaign"),
    [
        ("疫情期间，静海区向镇原县捐赠180万元。", "COVID-19"),
        ("面对疫情，静海区向镇原县捐赠180万元。", "COVID-19"),
        ("面对疫情影响，静海区财政资金到位5416万元。", None),
    ],
)
def test_an_epidemic_beside_a_gift_is_its_occasion(text: str, campaign: str | None):
    claim, around = claim_of(text)
    meant = understood(claim, around, KNOWN)
    assert meant is not None
    assert {reading.address.campaign for reading in meant.readings} - {None} == ({campaign} - {None})
