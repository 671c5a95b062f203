"""What people write is read exactly, or asked back."""

from datetime import date

import pytest

from pairbook.kernel.money import Money
from pairbook.kernel.quantities import Quantity
from pairbook.kernel.reading import read_amount, read_day, read_quantity, read_thousandths, read_whole
from pairbook.kernel.texts import Text


@pytest.mark.parametrize(
    "written",
    [
        "2020-09-18",
        "2020-9-18",
        "2020/9/18",
        "2020.9.18",
        "2020年9月18日",
        "20200918",
        "２０２０．９．１８",
        " 2020 年 9 月 18 日 ",
    ],
)
def test_a_day_is_read_in_every_customary_form(written):
    assert read_day(written) == date(2020, 9, 18)


@pytest.mark.parametrize(
    "written", ["2020-02-30", "2020-9", "2020", "18.9.2020", "9/18/20", "2020-9/18", "43892", "x", ""]
)
def test_a_day_that_is_none_is_asked_back(written):
    assert isinstance(read_day(written), Text)


@pytest.mark.parametrize(
    ("written", "unit", "fen"),
    [
        ("1,234.56", "yuan", 123_456),
        ("１，２３４．５６", "yuan", 123_456),
        ("54160000", "yuan", 5_416_000_000),
        ("5416万", "yuan", 5_416_000_000),
        ("5416 万元", "wan", 5_416_000_000),
        ("5416", "wan", 5_416_000_000),
        ("0.00001", "wan", 10),
        ("1.2亿", "yuan", 12_000_000_000),
        ("¥12.5", "yuan", 1_250),
        ("-3", "yuan", -300),
        ("0", "yuan", 0),
    ],
)
def test_an_amount_is_read_to_the_fen(written, unit, fen):
    assert read_amount(written, unit=unit) == Money(fen)


@pytest.mark.parametrize(
    ("written", "unit", "said"),
    [
        ("12.345", "yuan", "two decimals"),
        ("12,34", "yuan", "two ways"),
        ("1.234,56", "yuan", "two ways"),
        ("1.2E+07", "yuan", "shortened"),
        ("约300", "yuan", "Write a number"),
        ("300箱", "yuan", "no unit of money"),
        ("300元", "wan", "keep one"),
        ("9" * 30, "yuan", "more than a book can hold"),
        ("nan", "yuan", "Write a number"),
        ("", "yuan", "Write a number"),
    ],
)
def test_an_amount_that_cannot_be_sure_is_asked_back(written, unit, said):
    cure = read_amount(written, unit=unit)
    assert isinstance(cure, Text) and said in cure.en


def test_a_quantity_takes_its_unit_from_the_text_or_from_beside_it():
    assert read_quantity("14,000", unit="piece") == Quantity.of(14_000, "piece")
    assert read_quantity("10.5吨") == read_quantity("10.5", unit="t") == Quantity.of("10.5", "t")


@pytest.mark.parametrize(
    ("written", "unit", "said"),
    [
        ("3", "", "Choose the unit"),
        ("3 bags", "", "not a known unit"),
        ("3kg", "t", "keep one"),
        ("0.5", "piece", "exactly"),
    ],
)
def test_a_quantity_that_cannot_be_sure_is_asked_back(written, unit, said):
    cure = read_quantity(written, unit=unit)
    assert isinstance(cure, Text) and said in cure.en


def test_a_whole_number_has_no_parts():
    assert read_whole("1,200") == 1200
    assert isinstance(read_whole("1.5"), Text)


@pytest.mark.parametrize(
    ("written", "thousandths"), [("85%", 85_000), ("12.5", 12_500), ("１，２００", 1_200_000), ("0.001", 1)]
)
def test_a_number_is_read_in_whole_thousandths(written, thousandths):
    assert read_thousandths(written) == thousandths


@pytest.mark.parametrize("written", ["0.0001", "12,34", "many", ""])
def test_a_number_finer_than_thousandths_is_asked_back(written):
    assert isinstance(read_thousandths(written), Text)
