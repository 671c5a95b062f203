"""Numbers and days as people write them: tables of cases, and the promise that nothing is rounded."""

from datetime import date, datetime, timedelta
from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairbook.web import numbers

WORDS = {"亿": 8, "万": 4, " billion": 9, " million": 6}

amounts = st.one_of(
    st.integers(-(10**15), 10**15).map(Decimal),
    st.integers(-(10**15), 10**15).map(lambda fen: Decimal(fen).scaleb(-2)),
    # Round numbers are what people publish, and what short forms are for.
    st.builds(
        lambda digits, zeros: Decimal(digits) * 10**zeros, st.integers(-99_999, 99_999), st.integers(0, 9)
    ),
)


def read_back(text: str) -> Decimal:
    for word, power in WORDS.items():
        if text.endswith(word):
            return Decimal(text.removesuffix(word).replace(",", "")).scaleb(power)
    return Decimal(text.replace(",", ""))


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (54_160_000, "5416万", "54.16 million"),
        (16_820_000, "1682万", "16.82 million"),
        (1_800_000, "180万", "1.8 million"),
        (240_400_000, "2.404亿", "240.4 million"),
        (14_000, "1.4万", "14,000"),
        (9_999, "9,999", "9,999"),
        (10_001, "1.0001万", "10,001"),
        (123_456_000, "12345.6万", "123.456 million"),
        (1_234_567_800, "123456.78万", "1,234.5678 million"),
        (Decimal("54160000.01"), "54,160,000.01", "54,160,000.01"),
        (-1_800_000, "-180万", "-1.8 million"),
        (Decimal("1E+7"), "1000万", "10 million"),
        (0, "0", "0"),
    ],
)
def test_short_forms_are_those_of_reports(value, zh, en):
    assert (numbers.compact(value, "zh"), numbers.compact(value, "en")) == (zh, en)


@given(amounts, st.sampled_from(["zh", "en"]))
def test_a_short_form_reads_back_as_the_same_number(value, lang):
    assert read_back(numbers.compact(value, lang)) == value


@given(amounts)
def test_a_plain_form_reads_back_as_the_same_number(value):
    assert read_back(numbers.plain(value)) == value


@given(amounts, st.sampled_from(["zh", "en"]))
def test_a_short_form_has_at_most_four_decimals_unless_the_number_itself_has_more(value, lang):
    digits = numbers.compact(value, lang).split(" ")[0].rstrip("万亿")
    assert len(digits.partition(".")[2]) <= 4


def test_more_digits_than_the_arithmetic_context_are_kept():
    with localcontext() as context:
        context.prec = 6
        assert numbers.compact(Decimal("123456789012340000"), "zh") == "1234567890.1234亿"


@pytest.mark.parametrize(
    ("amount", "zh", "en"),
    [
        (54_160_000, "5416万元", "54.16 million yuan"),
        (Decimal("1234.50"), "1,234.5元", "1,234.5 yuan"),
    ],
)
def test_money_in_a_sentence_carries_its_currency(amount, zh, en):
    assert (numbers.money(amount, "zh"), numbers.money(amount, "en")) == (zh, en)


def test_money_in_full_has_two_decimals_for_yuan_and_none_for_yen():
    assert numbers.money_full(54_160_000, "zh") == "54,160,000.00 元"
    assert numbers.money_full(54_160_000, "en") == "54,160,000.00 yuan"
    assert numbers.money_full(9_035, "en", currency="JPY") == "9,035 yen"


def test_a_part_of_a_fen_is_shown_and_not_rounded_away():
    assert numbers.money_digits(Decimal("0.125")) == "0.125"


def test_an_unknown_currency_is_shown_by_its_code():
    assert numbers.money(5, "en", currency="CHF") == "5 CHF"


@pytest.mark.parametrize(
    ("part", "whole", "zh", "en"),
    [
        (41, 41, "100%", "100%"),
        (1, 4, "25%", "25%"),
        (39, 41, "约95.1%", "about 95.1%"),
        (999_999, 1_000_000, "约99.9%", "about 99.9%"),
        (0, 0, "—", "—"),
    ],
)
def test_a_share_says_when_it_is_rounded(part, whole, zh, en):
    assert (numbers.percent(part, whole, "zh"), numbers.percent(part, whole, "en")) == (zh, en)


@given(st.integers(0, 10**12), st.integers(1, 10**12))
def test_only_all_of_it_is_a_hundred_percent(part, whole):
    assert (numbers.percent(min(part, whole), whole, "en") == "100%") == (part >= whole)


@given(st.dates())
def test_a_day_in_chinese_reads_back(day):
    year, month, rest = numbers.day_in_words(day, "zh").replace("年", "-").replace("月", "-").split("-")
    assert date(int(year), int(month), int(rest.rstrip("日"))) == day


def test_a_moment_has_its_time_to_the_minute():
    at = datetime(2020, 9, 18, 8, 5, 59)
    assert numbers.moment_in_words(at, "zh") == "2020年9月18日 08:05"
    assert numbers.moment_in_words(at, "en") == "18 September 2020, 08:05"


@pytest.mark.parametrize(
    ("first", "last", "zh", "en"),
    [
        ("2020-09-18", "2020-09-18", "2020年9月18日", "18 September 2020"),
        ("2020-01-01", "2020-09-18", "2020年1月1日至9月18日", "1 January to 18 September 2020"),
        ("2019-11-01", "2020-09-18", "2019年11月1日至2020年9月18日", "1 November 2019 to 18 September 2020"),
        ("2020-01-01", "2020-12-31", "2020年", "2020"),
        ("2020-02-01", "2020-02-29", "2020年2月", "February 2020"),
        ("2020-01-01", "2020-03-31", "2020年1月1日至3月31日", "1 January to 31 March 2020"),
    ],
)
def test_a_period_says_no_part_of_a_date_twice(first, last, zh, en):
    days = date.fromisoformat(first), date.fromisoformat(last)
    assert (numbers.period_in_words(*days, "zh"), numbers.period_in_words(*days, "en")) == (zh, en)


def test_the_last_day_there_is_can_end_a_period():
    assert numbers.period_in_words(date.max - timedelta(days=40), date.max, "en").endswith("31 December 9999")
