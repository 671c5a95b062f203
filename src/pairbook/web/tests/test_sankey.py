"""The picture of a flow: whole, readable on a phone, and never without its numbers."""

import re
from decimal import Decimal
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from pairbook.web.charts import Chart
from pairbook.web.sankey import Band, Node, sankey

NODES = (
    Node("city", "City finance bureau", 0, "/city"),
    Node("fund", "Fund of 2020", 1, "/fund"),
    Node("goats", "Black goats & forage", 2, "/goats"),
    Node("rest", "not assigned yet", 2, is_rest=True),
)
BANDS = (
    Band("city", "fund", Decimal(1000), "/a"),
    Band("fund", "goats", Decimal(700), "/b"),
    Band("fund", "rest", Decimal(300), "/c"),
)


def drawn(nodes=NODES, bands=BANDS, lang="en") -> Chart:
    return sankey(
        nodes, bands, heads=("Givers", "Funds", "Projects"), title="Follow <the> money",
        description="Who & what", unit="yuan", lang=lang, key="money",
    )  # fmt: skip


def svgs(chart: Chart) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(f"<all>{chart.svg}</all>").iter("svg"))


def test_it_is_drawn_whole_for_a_desk_and_step_by_step_for_a_phone():
    wide, *steps = svgs(drawn())
    assert "flow-wide" in wide.get("class", "") and len(steps) == 2
    assert all(float(step.get("width", "0")) <= 350 for step in steps)


def test_every_band_and_node_is_a_link_with_its_words():
    (wide, *_) = svgs(drawn())
    links = {one.get("href"): one.get("aria-label") for one in wide.iter("a")}
    assert links["/b"] == "Fund of 2020 → Black goats & forage 700"
    assert links["/fund"] == "Fund of 2020 1,000" and set(links) == {
        "/city",
        "/fund",
        "/goats",
        "/a",
        "/b",
        "/c",
    }


def test_the_same_numbers_stand_as_rows():
    rows = [[cell.text for cell in row] for row in drawn().rows]
    assert rows == [
        ["City finance bureau", "Fund of 2020", "1,000"],
        ["Fund of 2020", "Black goats & forage", "700"],
        ["Fund of 2020", "not assigned yet", "300"],
    ]


def test_every_picture_has_a_title_and_a_description_of_its_own():
    ids = re.findall(r'id="([^"]+)"', drawn().svg)
    assert len(ids) == len(set(ids)) == 6


def test_a_long_name_is_cut_in_the_picture_and_whole_in_its_title():
    name = "镇原县" * 30
    nodes = (*NODES[:2], Node("goats", name, 2), NODES[3])
    (wide, *_) = svgs(drawn(nodes))
    texts = ["".join(one.itertext()) for one in wide.iter("text")]
    assert name not in texts and any(text.endswith("…") for text in texts)
    assert any(name in "".join(one.itertext()) for one in wide.iter("title"))


def test_without_money_there_is_no_picture():
    assert drawn(bands=()).svg == "" and drawn(bands=()).rows == ()


@settings(max_examples=30)
@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=12))
def test_bands_are_as_wide_as_their_amounts_and_fill_their_nodes(amounts: list[int]):
    nodes = [Node("one", "one", 0), *[Node(f"n{at}", f"n{at}", 1) for at in range(len(amounts))]]
    bands = [Band("one", f"n{at}", Decimal(amount)) for at, amount in enumerate(amounts)]
    chart = sankey(nodes, bands, heads=("a", "b"), title="t", description="d", unit="", lang="zh", key="k")
    (wide, *_) = svgs(chart)
    heights = [float(one.get("height", "0")) for one in wide.iter("rect")]
    assert abs(heights[0] - 400) < 0.5 or heights[0] >= 2
    assert all(height >= 2 for height in heights)
