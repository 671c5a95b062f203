"""Which places a text names, and whether a number of it is another place's."""

import pytest

from pairbook.bulletins.gazetteer import Gazetteer
from pairbook.bulletins.shapes import Named
from pairbook.bulletins.tests.known import KNOWN, claims_of
from pairbook.bulletins.whereabouts import Whereabouts, whereabouts_of
from pairbook.kernel.texts import Text


def a_place(zh: str, en: str) -> Named:
    return Named("320000" if zh.endswith("省") else "320100", Text(zh, en))


GAZETTEER = Gazetteer.of(
    [
        ("province", a_place("江苏省", "Jiangsu")),
        ("province", a_place("甘肃省", "Gansu")),
        ("prefecture", a_place("榆林市", "Yulin City")),
        ("prefecture", a_place("白银市", "Baiyin City")),
        ("county", a_place("静宁县", "Jingning County")),
        ("county", a_place("宁县", "Ning County")),
        ("county", a_place("古浪县", "Gulang County")),
        ("county", a_place("环县", "Huan County")),
        ("county", a_place("城区", "Urban District")),
    ]
)


def places_in(text: str) -> Whereabouts:
    return whereabouts_of(text, KNOWN, GAZETTEER)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("在静宁县和宁县实施", ["静宁县", "宁县"]),
        ("江苏某集团公司在江苏投资", ["江苏"]),
        ("古浪县的事，古浪人来办", ["古浪县", "古浪"]),
        ("古浪人来办", []),
        ("城区建设用白银买来", []),
        ("发布会在榆林召开，榆林签约", ["榆林"]),
        ("Diebu and Ning counties of the poor county", ["Diebu and Ning counties"]),
        ("Fujian Province helps the County; Gulang County thrives", ["Fujian Province", "Gulang County"]),
        ("Jiangsu University and Jiangsu", ["Jiangsu"]),
    ],
)
def test_places_are_found_by_full_names_and_by_short_ones_that_are_no_words(text: str, found: list[str]):
    assert [text[spot.start : spot.end] for spot in GAZETTEER.spots(text)] == found


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("静海区为镇原县安排资金100万元。", None),
        ("静海区帮扶镇原县。北辰区帮扶环县，安排资金100万元。", "环县"),
        ("静海区帮扶镇原县。\n\n环县\n安排资金100万元。", "环县"),
        ("静海区帮扶镇原县，200人到江苏就业。", None),
        ("静海区帮扶镇原县。其中到环县、江苏就业200人。", None),
        ("静海区帮扶镇原县。\n\n武清区：为静宁县帮助720人到天津就业。", "静宁县"),
        ("甘肃8个县贫困人口减少到10万人。镇原县是其中之一。", "8个县"),
        ("镇原县的定点帮扶单位投入资金300万元。", "定点帮扶、驻村帮扶等其他帮扶"),
        ("静海区对口帮扶镇原县，定点帮扶单位也来了。\n\n静海区投入资金300万元。", None),
        ("江苏省帮扶榆林市，投入资金300万元。", "榆林市"),
        ("东部8个省市投入资金300亿元。", "东部8个省市"),
        ("天津市帮扶甘肃省，投入资金300亿元。", "甘肃省"),
        ("投入财政资金300万元。", None),
        ("Gulang county got 300 million yuan. Jinghai helps Zhenyuan.", "Gulang county"),
        ("Eight eastern provinces gave 300 million yuan.", "Eight eastern provinces"),
    ],
)
def test_a_number_of_another_place_is_told_apart(text: str, place: str | None):
    claims = [claim for claim, _ in claims_of(text) if (claim.value or 0) > 100]
    found = places_in(text).place_of(claims[-1])
    assert (found.name.zh if found else None) == place


def test_a_text_that_names_a_side_needs_no_notice():
    assert places_in("镇原县的事").notice is None
    told = places_in("江苏省的事").notice
    assert told is not None and "江苏省" in told.zh and "Jiangsu" in told.en


@pytest.mark.parametrize(
    ("text", "is_namesake"),
    [
        ("Zhenyuan County in Jiangsu", True),
        ("Zhenyuan County in Gansu, beside Jiangsu", False),
        ("Zhenyuan County, helped by Jinghai as by Jiangsu", False),
        ("Zhenyuan County", False),
    ],
)
def test_a_namesake_in_another_province_is_no_side(text: str, is_namesake: bool):
    assert places_in(text).is_of_a_namesake is is_namesake
    assert places_in(text).names_a_side is not is_namesake


@pytest.mark.parametrize(
    ("text", "may_be"),
    [("镇原县种植苹果。", True), ("静海区为镇原县种植苹果。", False), ("镇原县在帮扶下种植苹果。", False)],
)
def test_a_text_on_the_assisted_side_alone_may_tell_of_no_help(text: str, may_be: bool):
    assert places_in(text).may_be_no_help is may_be
