"""Texts made plain and back again: offsets, wraps, tables, languages, encodings."""

from decimal import Decimal

import pytest

from pairbook.analysis.claims.decoding import decoded
from pairbook.analysis.claims.finding import find_figures
from pairbook.analysis.claims.tests.found import DAY, claims_in
from pairbook.analysis.claims.texts import _PLAIN, language_of, plain_text

WRAPPED = [
    ("累计投入援助资金超过18.7\n亿元，实施项目。", ["18.7\n亿元"]),
    ("投入资金1500\n余万元。", ["1500\n余万元"]),
    ("实施项目1\n，260个。", ["1\n，260个"]),
    ("全年共投入各类帮扶资金12\n34万元。", ["12\n34万元"]),
    ("It collected 12,\n600 books.", ["12,\n600"]),
    ("It cost 1.85 million\nyuan in all.", ["1.85 million\nyuan"]),
    ("It cost 54.\n16 million yuan.", ["54.\n16 million yuan"]),
    ("It spent the rest and\n16.82 million yuan.", ["16.82 million yuan"]),
]


@pytest.mark.parametrize(("text", "spans"), WRAPPED)
def test_a_line_break_does_not_cut_a_number(text: str, spans: list[str]):
    found = claims_in(text)
    assert [one.text for one in found] == spans
    assert all(text[one.start : one.end] == one.text for one in found)


def test_lines_that_end_a_cell_are_not_joined():
    assert [one.text for one in claims_in("贫困户\n3195户\n贫困人口\n8570人")] == ["3195户", "8570人"]


@pytest.mark.parametrize("text", ["", "\n\n", "İİ 5 mu ß", "１２", "a\r\nb 12 人\r\n", "\u3000\u00a0"])
def test_every_place_leads_back_to_the_text_as_given(text: str):
    plain = plain_text(text)
    assert plain.place(len(plain.plain), is_end=True) <= len(text)
    assert len(plain.plain) <= len(text)


def test_a_text_in_two_languages_is_read_in_both():
    text = "静海区投入资金500万元。\nIt sent 113 officials to the county."
    assert [one.unit for one in claims_in(text)] == ["CNY", "person"]


@pytest.mark.parametrize(
    ("text", "lang"), [("静海区 Jinghai", "zh"), ("Jinghai (静海) sent 40 teachers", "en"), ("1234", "en")]
)
def test_the_language_is_that_of_most_letters(text: str, lang: str):
    assert language_of(text) == lang


def test_the_language_given_is_that_of_the_answer():
    assert find_figures("1234", lang="zh").lang == "zh"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("静海".encode(), "静海"),
        (b"\xef\xbb\xbf" + "静海".encode(), "静海"),
        ("静海".encode("gb18030"), "静海"),
        (b"a\r\nb", "a\r\nb"),
        (b"\xff\xff\xff", None),
        (b"PK\x03\x04\x00", None),
    ],
)
def test_files_are_decoded_as_the_contract_says(content: bytes, text: str | None):
    assert decoded(content) == text


TABLE_ZH = (
    "结对帮扶主要指标（截至2020年8月31日）\n"
    "指标\t年度目标\t实际完成\t完成率\n"
    "财政援助资金（万元）\t6200\t6350\t102.4%\n"
    "选派专业技术人才（人）\t45\t48\t106.7%"
)
TABLE_EN = "Item  2018  2019\nFiscal funds (10,000 yuan)  4,820  5,115\nCadres seconded (persons)  4  5"


def test_a_chinese_table_is_read_by_its_labels():
    found = find_figures(TABLE_ZH, published=DAY)
    told = [(one.value, one.unit, one.measure, one.modality) for one in found.figures if one.is_claim]
    assert told == [
        (62_000_000, "CNY", "funds.fiscal", "target"),
        (63_500_000, "CNY", "funds.fiscal", "done"),
        (Decimal("102.4"), "percent", "other:completion-rate", "done"),
        (45, "person", "talent.professionals", "target"),
        (48, "person", "talent.professionals", "done"),
        (Decimal("106.7"), "percent", "other:completion-rate", "done"),
    ]
    assert [relation.holds for relation in found.relations] == [True, True]


def test_an_english_table_is_read_by_its_columns():
    found = claims_in(TABLE_EN)
    years = [one.period.first.year for one in found if one.period and one.period.first]
    assert [one.value for one in found] == [48_200_000, 51_150_000, 4, 5]
    assert [one.unit for one in found] == ["CNY", "CNY", "person", "person"]
    assert years == [2018, 2019, 2018, 2019]


def test_years_that_head_the_columns_of_a_csv_file_are_times():
    found = claims_in("Item,2018,2019,2020\nFiscal funds (10000 yuan),3200,4100,5416")
    assert [one.period.last.year for one in found if one.period and one.period.last] == [2018, 2019, 2020]


@pytest.mark.parametrize(
    ("before", "after", "is_one_line"),
    [
        (
            "Jinghai trained 360 farmers. More than 400 people from" + " the county" * 6,
            "Zhenyuan have found jobs.",
            True,
        ),
        (
            "Jinghai trained 360 farmers. More than 400 people from" + " the county" * 8,
            "have found jobs.",
            True,
        ),
        (
            "Jinghai trained 360 farmers and built 12 workshops" + " in the county" * 8,
            "Zhenyuan has 8 roads.",
            False,
        ),
    ],
    ids=["wide page", "small letter", "paragraph"],
)
def test_a_line_wider_than_a_page_ends_unless_the_next_goes_on(before: str, after: str, is_one_line: bool):
    assert ("\n" not in plain_text(f"{before}\n{after}").plain) is is_one_line


def test_a_title_above_a_long_paragraph_is_a_line_of_its_own():
    title = "两地携手共建产业园带动村民家门口就业增收"
    text = f"{title}\n今年以来，某区与某县围绕产业合作和劳务协作持续发力，共建园区3个，吸纳就业1200人。"
    assert f"{title}\n" in plain_text(text).plain


def test_traditional_characters_are_read_as_simplified_ones():
    assert plain_text("吸納脫貧勞動力").plain == "吸纳脱贫劳动力"


def test_no_sign_is_made_plain_by_one_that_is_not_plain_itself():
    # Signs are taken out one after the other, in any order.
    assert _PLAIN.keys().isdisjoint(_PLAIN.values())
