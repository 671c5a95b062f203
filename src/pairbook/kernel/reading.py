"""Reads what people write in a form or in a cell: days, amounts, quantities, whole numbers.

Each function gives the value, or the cure as a Text; the caller knows the place and makes the Problem. Nothing is
rounded or guessed: what can be read in two ways is asked back. Full-width digits and signs read as their plain ones.
"""

import re
from datetime import date
from decimal import Decimal
from unicodedata import normalize

from pairbook.kernel.money import MINOR_UNITS, Money
from pairbook.kernel.periods import YEAR_FIRST, YEAR_LAST
from pairbook.kernel.quantities import UNITS, Quantity, unit_named
from pairbook.kernel.texts import Text

AMOUNT_UNITS: dict[str, Text] = {
    "yuan": Text("元", "yuan"),
    "wan": Text("万元", "10,000 yuan (万元)"),
    "yi": Text("亿元", "100 million yuan (亿元)"),
}
_TIMES = {"yuan": 1, "wan": 10_000, "yi": 100_000_000}
_UNIT_OF_WORD = {
    "元": "yuan",
    "yuan": "yuan",
    "rmb": "yuan",
    "cny": "yuan",
    "万元": "wan",
    "万": "wan",
    "亿元": "yi",
    "亿": "yi",
}

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2}))")
_DAY_IN_CHINESE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})[日号]")
_DAY_IN_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH_ONLY = re.compile(r"\d{4}(?:[-/.]\d{1,2}|年\d{1,2}月|年)?")
# Commas group by three or not at all: 12,34 may be a slip of the finger or a decimal comma.
_NUMBER = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?")
_NUMBER_AND_UNIT = re.compile(r"([+-]?[\d,]*\.?\d*)\s*(\D*)")
_SHORTENED = re.compile(r"[+-]?\d+(\.\d+)?e[+-]?\d+", re.IGNORECASE)


def plain(written: str) -> str:
    """What was written with full-width digits, letters and signs made plain and outer blanks gone."""
    return normalize("NFKC", written).replace("\u2212", "-").strip()


def read_day(written: str) -> date | Text:
    """The day written as 2020-09-18, 2020/9/18, 2020.9.18, 2020年9月18日 or 20200918, or the cure."""
    text = re.sub(r"\s+", "", plain(written))
    for form in (_DAY, _DAY_IN_CHINESE, _DAY_IN_DIGITS):
        if found := form.fullmatch(text):
            year, month, day = (int(part) for part in found.groups() if part is not None)
            try:
                # A day outside these years is a slip of the pen, and the last of all days has no next one.
                return date(year if YEAR_FIRST <= year <= YEAR_LAST else 0, month, day)
            except ValueError:
                return Text("日历上没有这一天，请核对。", "There is no such day in the calendar; check it.")
    if _MONTH_ONLY.fullmatch(text):
        return Text("请写到日，如 2020-09-18。", "Give the day too, such as 2020-09-18.")
    return Text("请按 2020-09-18 的样子填写日期。", "Write the date like 2020-09-18.")


def read_amount(written: str, *, unit: str = "yuan", currency: str = "CNY") -> Money | Text:
    """The money written as 1,234.56, 5416万 or 1.2亿元, in `unit` (a key of AMOUNT_UNITS) where it names none."""
    text = plain(written).removeprefix("¥").strip()
    number, word = _number_and_word(text)
    if word:
        named = _UNIT_OF_WORD.get(word.lower())
        if named is None:
            return Text(
                f"不认识“{word}”；请写元、万元或亿元。",
                f"'{word}' is no unit of money; write 元, 万元 or 亿元.",
            )
        if unit not in ("yuan", named):
            chosen = AMOUNT_UNITS[unit]
            return Text(
                f"金额里写了“{word}”，单位又选了“{chosen.zh}”；请只留一个。",
                f"The amount says {word} and the unit says {chosen.en}; keep one of them.",
            )
        unit = named
    amount = _read_number(number)
    if isinstance(amount, Text):
        return amount
    try:
        return Money.of(amount * _TIMES[unit], currency)
    except ValueError:
        return _inexact_money(amount * _TIMES[unit], currency)


def _inexact_money(amount: Decimal, currency: str) -> Text:
    if amount * MINOR_UNITS[currency] == (amount * MINOR_UNITS[currency]).to_integral_value():
        return Text("数额大得账本放不下，请核对单位。", "This is more than a book can hold; check the unit.")
    return Text("金额最多到分（两位小数），请核对。", "An amount has at most two decimals (fen); check it.")


def read_quantity(written: str, *, unit: str = "") -> Quantity | Text:
    """The quantity written as 14,000, 10.5 or 10.5吨, in `unit` where it names none, or the cure."""
    number, word = _number_and_word(plain(written))
    named = unit_named(word) if word else None
    if word and named is None:
        return Text(f"不认识单位“{word}”。", f"'{word}' is not a known unit.")
    if named is not None and unit and named.code != unit:
        return Text(
            f"数量里写了“{word}”，单位又是“{UNITS[unit].label.zh}”；请只留一个。",
            f"The quantity says {word} and the unit says {UNITS[unit].label.en}; keep one of them.",
        )
    code = named.code if named is not None else unit
    if code not in UNITS:
        return Text("请选择单位。", "Choose the unit.")
    amount = _read_number(number)
    if isinstance(amount, Text):
        return amount
    try:
        return Quantity.of(amount, code)
    except ValueError:
        label = UNITS[code].label
        return Text(
            f"这个数按“{label.zh}”不能准确记账，请核对小数和单位。",
            f"This cannot be kept exactly in {label.en}; check the decimals and the unit.",
        )


def read_day_text(written: str) -> str | Text:
    """The ISO text of a day somebody wrote, or what to write instead."""
    day = read_day(written)
    return day if isinstance(day, Text) else day.isoformat()


def read_whole(written: str) -> int | Text:
    """The whole number written, such as 1,200, or the cure."""
    amount = _read_number(plain(written))
    if isinstance(amount, Text):
        return amount
    if amount != amount.to_integral_value():
        return Text("请填写整数。", "Write a whole number.")
    return int(amount)


def read_thousandths(written: str) -> int | Text:
    """The number written, such as 12.5 or 85%, in whole thousandths; the cure where it is finer than that."""
    amount = _read_number(plain(written).removesuffix("%"))
    if isinstance(amount, Text):
        return amount
    if amount * 1000 != (amount * 1000).to_integral_value():
        return Text("最多三位小数，请核对。", "At most three decimals; check the number.")
    return int(amount * 1000)


def _number_and_word(text: str) -> tuple[str, str]:
    """The number and the unit after it; a text that begins otherwise is all number, to be refused as one."""
    found = _NUMBER_AND_UNIT.fullmatch(text)
    return (found[1], found[2].strip()) if found and found[1] else (text, "")


def read_number(written: str) -> Decimal | Text:
    """The number written, such as 1,234.56, or the cure."""
    return _read_number(plain(written))


def read_number_text(written: str) -> str | Text:
    """The exact decimal text of the number written, or the cure."""
    number = read_number(written)
    return number if isinstance(number, Text) else format(number, "f")


def _read_number(text: str) -> Decimal | Text:
    found = _NUMBER.fullmatch(text)
    if found and len(text) <= 40:
        return Decimal(found[1] + found[2].replace(",", "") + (found[3] or ""))
    if _SHORTENED.fullmatch(text):
        return Text(
            "数字被表格软件缩写了（如 1.2E+07）；请写出全部数字。",
            "A spreadsheet shortened this number (such as 1.2E+07); write all its digits.",
        )
    if text and set(text) <= set("0123456789,.+-"):
        return Text(
            "数字写法有歧义；请写成 1234.56 或 1,234.56。",
            "This can be read in two ways; write 1234.56 or 1,234.56.",
        )
    return Text("请填写数字，如 1234.56。", "Write a number, such as 1234.56.")
