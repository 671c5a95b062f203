"""Charts: well-formed, safe under the policy, and never without their numbers."""

from datetime import date, timedelta
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairbook.web.charts import Bar, Point, Series, _ticks, bar_chart, cumulative_chart

SPRING = date(2020, 1, 21)


def a_line(*totals, label="received", **point):
    points = (Point(SPRING + timedelta(days=30 * at), total, **point) for at, total in enumerate(totals))
    return Series(label, tuple(points))


def drawn(*series, lang="en"):
    return cumulative_chart(series, title="So far", description="A & B", unit="yuan", lang=lang, key="money")


def bars(*given, lang="en"):
    return bar_chart(given, title="By use", description="Uses", unit="yuan", lang=lang, key="uses")


def elements(chart):
    return list(ElementTree.fromstring(f"<all>{chart.svg}</all>").iter())


@pytest.mark.parametrize(
    "chart",
    [drawn(a_line(1, 5)), drawn(a_line(1, 5), a_line(0, 3)), bars(Bar("<b>&", 5), Bar("c", 0, target=9))],
)
def test_a_drawing_is_well_formed_and_has_no_inline_style_or_script(chart):
    for element in elements(chart):
        assert element.tag not in ("style", "script", "foreignObject")
        assert not any(name == "style" or name.startswith("on") for name in element.attrib)


def test_a_drawing_is_named_by_its_title_and_description():
    picture = elements(drawn(a_line(1, 5)))[1]
    named = picture.attrib["aria-labelledby"].split()
    assert picture.attrib["role"] == "img"
    assert [child.attrib["id"] for child in picture[:2]] == named
    assert [child.text for child in picture[:2]] == ["So far", "A & B"]


def test_the_two_drawings_of_a_chart_share_no_id():
    ids = [element.attrib["id"] for element in elements(drawn(a_line(1, 5))) if "id" in element.attrib]
    assert len(ids) == len(set(ids)) == 4


def test_a_drawing_with_links_is_no_img_because_its_links_would_be_hidden():
    chart = drawn(a_line(1, 5, url="/en/a?b=1&c"))
    assert elements(chart)[1].attrib["role"] == "group"
    assert next(e.attrib["href"] for e in elements(chart) if e.tag == "a") == "/en/a?b=1&c"


def test_every_text_is_escaped():
    chart = bars(Bar('<script>alert("x")</script>', 5, url='"><script>'))
    assert "<script" not in chart.svg


def test_a_line_goes_in_steps_and_never_slopes():
    paths = [
        e.attrib["d"] for e in elements(drawn(a_line(1, 5, 7))) if e.attrib.get("class") == "line line-1"
    ]
    assert paths
    assert all("L" not in path for path in paths)


def test_the_table_beside_a_line_has_every_point_in_full_and_in_order():
    chart = drawn(a_line(10_000_000, Decimal("19605000.5")), a_line(1, 2, label="spent"))
    assert chart.head == ("Day", "Line", "What", "Total so far")
    assert [row[-1].text for row in chart.rows] == ["10,000,000", "1", "19,605,000.5", "2"]


def test_the_table_beside_bars_has_targets_where_there_are_any():
    chart = bars(Bar("a", 12_345, url="/en/a", target=20_000), Bar("b", 0), lang="zh")
    assert chart.head == ("项目", "数值", "目标")
    assert [[cell.text for cell in row] for row in chart.rows] == [["a", "12,345", "20,000"], ["b", "0", ""]]
    assert chart.rows[0][1].url == "/en/a"


def test_nothing_to_draw_draws_nothing():
    assert drawn(Series("received", ())).svg == ""
    assert bars().svg == ""


def test_a_single_day_and_a_zero_can_be_drawn():
    assert elements(drawn(a_line(0)))


def test_bars_of_nothing_have_no_length():
    lengths = [e.attrib["width"] for e in elements(bars(Bar("a", 0))) if e.attrib.get("class") == "bar"]
    assert set(lengths) == {"0.0"}


@given(st.integers(1, 10**16))
def test_an_axis_reaches_its_highest_number_in_few_steps(top):
    ticks = _ticks(Decimal(top))
    assert ticks[0] == 0
    assert ticks[-2] < top <= ticks[-1]
    assert 2 <= len(ticks) <= 6
