"""What numerals are worth: digits with their magnitude, Chinese numerals, English number words. Values are Decimal."""

import re
from decimal import Decimal
from functools import lru_cache

_DIGITS_ZH = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"两": 2}
_DIGITS_ZH |= {sign: value for value, sign in enumerate("零壹贰叁肆伍陆柒捌玖")} | {
    "貳": 2,
    "叄": 3,
    "陸": 6,
    "俩": 2,
    "仨": 3,
}
_TENS_ZH = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_GROUPS_ZH = {"万": 10_000, "亿": 100_000_000}

MAGNITUDES_EN = {
    "hundred": 100,
    "thousand": 1_000,
    "k": 1_000,
    "million": 1_000_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "mln": 1_000_000,
    "bil": 1_000_000_000,
    "billion": 1_000_000_000,
    "b": 1_000_000_000,
    "bn": 1_000_000_000,
    "bln": 1_000_000_000,
    "trillion": 1_000_000_000_000,
    "trn": 1_000_000_000_000,
    "tn": 1_000_000_000_000,
    "dozen": 12,
}
_ONES_EN = {
    word: value
    for value, word in enumerate(
        (
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
            ),
            *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
        )
    )
} | {"fourty": 40, "fourtee": 14}
_TENS_EN = {
    word: 10 * value
    for value, word in enumerate(
        ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), start=2
    )
}
WORDS_EN = {**_ONES_EN, **_TENS_EN}
ORDINALS_EN = (
    *(
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
    ),
    *(
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
    ),
    *("twentieth", "thirtieth", "fortieth", "fiftieth", "sixtieth", "hundredth"),
)
_NOT_DIGITS = re.compile(r"[^\d.]")


def of_digits(written: str) -> Decimal:
    """The number written in digits, with or without commas and blanks."""
    # Most numbers are plain, and of the others most have commas alone: the pattern is for the rest.
    plain = written.replace(",", "")
    return Decimal(plain if plain.isascii() and plain.isdigit() else _NOT_DIGITS.sub("", written))


@lru_cache(maxsize=128)
def of_magnitude_zh(written: str) -> Decimal:
    """What 万, 亿, 百万, 万亿 multiply by; 1 for nothing."""
    product = 1
    for sign in written:
        product *= _GROUPS_ZH.get(sign) or _TENS_ZH[sign]
    return Decimal(product)


def of_chinese(written: str) -> Decimal | None:
    """The number a Chinese numeral says (两千三百, 十五, 二〇二〇, 三点五, 1万2千); None when it says none."""
    whole, point, decimals = written.partition("点")
    if point:
        head = of_chinese(whole)
        if decimals[-1:] in _GROUPS_ZH:
            times = of_magnitude_zh(decimals[-1])
            plain = of_chinese(f"{whole}点{decimals[:-1]}")
            return None if plain is None else plain * times
        digits = "".join(str(_DIGITS_ZH[sign]) for sign in decimals if sign in _DIGITS_ZH)
        return None if head is None or not digits else head + Decimal(f"0.{digits}")
    if len(written) > 1 and all(sign in _DIGITS_ZH for sign in written):
        return Decimal("".join(str(_DIGITS_ZH[sign]) for sign in written))
    return _counted_zh(written)


def _counted_zh(written: str) -> Decimal | None:
    total = section = 0
    digit: int | None = None
    last = 1
    for sign in written:
        if sign in _DIGITS_ZH:
            if digit:
                return None
            digit = _DIGITS_ZH[sign]
            if digit == 0:
                # After 零 the next digit stands for itself: 一千零五 is 1005 and no 1500.
                last = 10
        elif sign in _TENS_ZH:
            last = _TENS_ZH[sign]
            section += (1 if digit is None or (digit == 0 and last == 10) else digit) * last
            digit = None
        elif sign in _GROUPS_ZH:
            last = _GROUPS_ZH[sign]
            section += digit or 0
            if not section and not total:
                section = 1
            total = (total + section) * last if last > 10_000 or not total else total + section * last
            section, digit = 0, None
        else:
            return None
    if digit:
        # 两千三 is 2300: a last digit without its own magnitude takes the next lower one.
        section += digit * (last // 10 if last >= 100 and written[-2:-1] not in ("零", "") else 1)
    return Decimal(total + section)


def of_english(written: str) -> Decimal | None:
    """The number English words say (twenty-five, two thousand three hundred and ten); None when they say none."""
    total, section = Decimal(0), Decimal(0)
    seen = False
    for word in re.split(r"[\s-]+", written):
        if word in ("and", "a", "an", ""):
            if word in ("a", "an") and not section:
                section, seen = Decimal(1), True
            continue
        if word in WORDS_EN:
            section += Decimal(WORDS_EN[word])
        elif word == "hundred":
            section = (section or Decimal(1)) * 100
        elif word == "half":
            section += Decimal("0.5")
        elif (times := magnitude_en(word)) > 1:
            total += (section or Decimal(1)) * times
            section = Decimal(0)
        else:
            return None
        seen = True
    return total + section if seen else None


def magnitude_en(word: str) -> Decimal:
    """What a magnitude word multiplies by, typing slips (millon, billlion) included; 1 for any other word."""
    word = word.rstrip(".").removesuffix("s") if len(word) > 2 else word
    if word in MAGNITUDES_EN:
        return Decimal(MAGNITUDES_EN[word])
    for start, name in (("mi", "million"), ("bi", "billion"), ("tr", "trillion"), ("th", "thousand")):
        if len(word) > 4 and word.startswith(start):
            return Decimal(MAGNITUDES_EN[name])
    return Decimal(1)
