"""Properties: a figure that is written in the usual ways is read back, and no text breaks the finder."""

from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from pairbook.analysis.claims.finding import find_figures
from pairbook.analysis.claims.numerals import of_chinese, of_english
from pairbook.analysis.claims.shapes import Figure


class Written(NamedTuple):
    """A figure as it is written, and what should be read."""

    text: str
    value: Decimal
    unit: str
    qualifier: str


_UNITS_ZH = {
    "元": "CNY",
    "人": "person",
    "户": "household",
    "人次": "person-time",
    "亩": "mu",
    "公斤": "kg",
    "美元": "USD",
}
_UNITS_EN = {"yuan": "CNY", "mu": "mu", "kg": "kg", "percent": "percent", "US dollars": "USD"}
_QUALIFIERS_ZH = [
    ("", "", "exact"),
    ("超过", "", "more_than"),
    ("近", "", "nearly"),
    ("约", "", "about"),
    ("", "左右", "about"),
]
_QUALIFIERS_ZH += [
    ("", "以上", "at_least"),
    ("至少", "", "at_least"),
    ("不超过", "", "up_to"),
    ("突破", "", "more_than"),
]
_QUALIFIERS_EN = [("", "exact"), ("more than ", "more_than"), ("nearly ", "nearly"), ("about ", "about")]
_QUALIFIERS_EN += [("at least ", "at_least"), ("up to ", "up_to"), ("over ", "more_than"), ("some ", "about")]

numbers = st.one_of(st.integers(1, 9_999_999).map(Decimal), st.decimals("0.1", "9999.99", places=2))


def _grouped(value: Decimal, *, has_commas: bool) -> str:
    plain = f"{value:,f}" if has_commas else f"{value:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


@st.composite
def written_zh(draw: st.DrawFn) -> Written:
    """A figure in Chinese: 超过1,234.5万元, 三千二百余人, １２户."""
    value, unit = draw(numbers), draw(st.sampled_from(sorted(_UNITS_ZH)))
    magnitude, times = draw(st.sampled_from([("", 1), ("万", 10_000), ("亿", 100_000_000)]))
    before, after, qualifier = draw(st.sampled_from(_QUALIFIERS_ZH))
    more = (
        draw(st.sampled_from(["", "余", "多"])) if qualifier == "exact" and (magnitude or value >= 10) else ""
    )
    digits = _grouped(value, has_commas=draw(st.booleans()))
    if draw(st.booleans()):
        digits = digits.translate(str.maketrans("0123456789.,", "０１２３４５６７８９．，"))
    text = f"{before}{digits}{magnitude}{more}{unit}{after}"
    return Written(text, value * times, _UNITS_ZH[unit], "more_than" if more else qualifier)


@st.composite
def written_en(draw: st.DrawFn) -> Written:
    """A figure in English: nearly 1.2 million yuan, 40-billion-yuan is a matter of its own."""
    value, unit = draw(numbers), draw(st.sampled_from(sorted(_UNITS_EN)))
    words = [("", 1), ("thousand ", 1_000), ("million ", 1_000_000), ("billion ", 1_000_000_000)]
    magnitude, times = draw(st.sampled_from(words if unit != "percent" else words[:1]))
    before, qualifier = draw(st.sampled_from(_QUALIFIERS_EN))
    text = f"{before}{_grouped(value, has_commas=draw(st.booleans()))} {magnitude}{unit}"
    return Written(text, value * times, _UNITS_EN[unit], qualifier)


def _claims(text: str) -> list[Figure]:
    return [figure for figure in find_figures(text).figures if figure.is_claim]


@given(written_zh())
def test_a_chinese_figure_is_read_back(written: Written):
    text = f"该县投入{written.text}。"
    (figure,) = _claims(text)
    assert (figure.value, figure.unit, figure.qualifier) == (written.value, written.unit, written.qualifier)
    assert figure.text in written.text and text[figure.start : figure.end] == figure.text


@given(written_en())
def test_an_english_figure_is_read_back(written: Written):
    text = f"The county spent {written.text}."
    (figure,) = _claims(text)
    assert (figure.value, figure.unit, figure.qualifier) == (written.value, written.unit, written.qualifier)
    assert figure.text in written.text and text[figure.start : figure.end] == figure.text


@given(st.integers(1, 99_999_999))
def test_chinese_numerals_are_read_back(value: int):
    assert of_chinese(chinese(value)) == value


@given(st.integers(1, 999_999_999))
def test_english_number_words_are_read_back(value: int):
    assert of_english(english(value)) == value


_ALPHABET = "0123456789.,，。%$¥-—~至到〔〕()（）\n\r\t 一二两三十百千万亿余多几元人名户个家年月日约近超第“”"
_ALPHABET += "abcdefghij MILLION yuan percent hundred dozen half of one in ten 2020 last year ½㎡①İß"
texts = st.one_of(
    st.text(), st.text(_ALPHABET, max_size=60), st.lists(st.sampled_from(_ALPHABET.split())).map(" ".join)
)


@settings(max_examples=300)
@given(texts)
def test_no_text_breaks_the_finder_and_every_span_is_the_text(text: str):
    found = find_figures(text)
    for figure in found.figures:
        assert text[figure.start : figure.end] == figure.text and figure.text.strip()
    places = [(figure.start, figure.end) for figure in found.figures]
    assert places == sorted(places)
    assert all(left[1] <= right[0] for left, right in pairwise(places))


_PIECES = (
    *(
        "2020",
        "2020年",
        "9月18日",
        "12",
        "1,234",
        "3.5",
        "5%",
        "第3批",
        "人",
        "户",
        "元",
        "万元",
        "余",
        "多",
        "个",
    ),
    *(
        "家企业",
        "名干部",
        "培训",
        "资金",
        "投入",
        "财政",
        "到",
        "至",
        "-",
        "—",
        "~",
        "、",
        "，",
        "。",
        "（",
        "）",
    ),
    *(
        "“",
        "”",
        "其中",
        "占",
        "增长",
        "下降到",
        "去年",
        "今年",
        "以来",
        "一",
        "两",
        "三百",
        "十余",
        "数百",
        "每",
        "人均",
    ),
    *(
        "约合",
        "亩",
        "〔2017〕6号",
        "成",
        "倍",
        "翻一番",
        "一半",
        "号",
        "次",
        "场",
        "期",
        "批",
        "年",
        "月",
        "日",
        "前",
    ),
    *(
        "近",
        "左右",
        "以上",
        "million",
        "yuan",
        "$",
        "people",
        "square-meter",
        "two",
        "hundred",
        "dozen",
        "of",
        "in",
    ),
    *(
        "from",
        "to",
        "and",
        "percent",
        "no.",
        "room",
        "tel",
        "COVID-19",
        "G327",
        "\n",
        "|",
        "+",
        "/",
        ":",
        "aged",
    ),
    *("last year", "so far", "mu", "(", ")", "one", "every", "half", "a", "quarter"),
)


@settings(max_examples=300)
@given(st.lists(st.tuples(st.sampled_from(_PIECES), st.sampled_from(["", "", " "])), max_size=14))
def test_no_digit_is_passed_over(words: list[tuple[str, str]]):
    text = "".join(word + blank for word, blank in words)
    covered = {place for figure in find_figures(text).figures for place in range(figure.start, figure.end)}
    assert [text[place:] for place, sign in enumerate(text) if sign.isdigit() and place not in covered] == []


def chinese(value: int) -> str:
    """A whole number in Chinese numerals, as schools teach it."""
    if value >= 10_000:
        head, rest = divmod(value, 10_000)
        tail = chinese(rest) if rest else ""
        return f"{chinese(head)}万{'零' if rest and rest < 1_000 else ''}{tail}"
    told, is_gap = "", False
    for place in (1000, 100, 10, 1):
        digit, value = divmod(value, place)
        if digit:
            told += "零" if is_gap and told else ""
            told += "零一二三四五六七八九"[digit] + {1000: "千", 100: "百", 10: "十", 1: ""}[place]
            is_gap = False
        else:
            is_gap = bool(told)
    return told


_SMALL = [
    *(
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    ),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
_TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def english(value: int) -> str:
    """A whole number in English words."""
    for times, name in ((1_000_000, "million"), (1_000, "thousand")):
        if value >= times:
            head, rest = divmod(value, times)
            return f"{english(head)} {name}" + (f" {english(rest)}" if rest else "")
    if value >= 100:
        head, rest = divmod(value, 100)
        return f"{_SMALL[head]} hundred" + (f" and {english(rest)}" if rest else "")
    if value < 20:
        return _SMALL[value]
    return _TENS[value // 10] + (f"-{_SMALL[value % 10]}" if value % 10 else "")
