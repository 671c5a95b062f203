"""Numbers, amounts, days and periods as people write them in Chinese and in English. No Django.

Nothing here rounds silently. A short form (5416万, 54.16 million) is used only where it says exactly the
same number; where it would need more than four decimals the number is written out in full.
"""

from calendar import monthrange
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Literal

Lang = Literal["zh", "en"]

COMPACT_DECIMALS_MAX = 4

# Powers of ten, largest first: the first that fits without too many decimals is used.
_COMPACT: dict[Lang, tuple[tuple[int, str], ...]] = {
    "zh": ((8, "亿"), (4, "万")),
    "en": ((9, " billion"), (6, " million")),
}

# Words and minor digits of the currencies a page has met; any other is shown by its ISO 4217 code.
_CURRENCIES: dict[str, tuple[str, str, int]] = {
    "CNY": ("元", "yuan", 2),
    "USD": ("美元", "US dollars", 2),
    "EUR": ("欧元", "euros", 2),
    "HKD": ("港元", "Hong Kong dollars", 2),
    "GBP": ("英镑", "pounds", 2),
    "JPY": ("日元", "yen", 0),
}

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def plain(value: Decimal | int) -> str:
    """The number with thousands separators and no idle zeros, the same in both languages: 54,160,000."""
    return f"{_without_idle_zeros(Decimal(value)):,f}"


def compact(value: Decimal | int, lang: Lang) -> str:
    """The number in 万 and 亿, or in millions and billions, where that says exactly the same; else `plain`."""
    number = Decimal(value)
    for power, word in _COMPACT[lang]:
        if abs(number) < 10**power:
            continue
        short = _without_idle_zeros(_with_point_shifted(number, power))
        if _decimals(short) <= COMPACT_DECIMALS_MAX:
            # 12345.6万 is customary without separators, 1,234.5 million with them.
            return f"{short:f}{word}" if lang == "zh" else f"{short:,f}{word}"
    return plain(number)


def money(amount: Decimal | int, lang: Lang, *, currency: str = "CNY") -> str:
    """An amount as a sentence tells it: 5416万元, 54.16 million yuan."""
    word = currency_word(currency, lang)
    number = compact(amount, lang)
    return f"{number}{word}" if lang == "zh" else f"{number} {word}"


def money_full(amount: Decimal | int, lang: Lang, *, currency: str = "CNY") -> str:
    """An amount to the last minor unit, with its currency: 54,160,000.00 元."""
    return f"{money_digits(amount, currency=currency)} {currency_word(currency, lang)}"


def money_digits(amount: Decimal | int, *, currency: str = "CNY") -> str:
    """An amount to the last minor unit without a word, for columns whose heading names the currency."""
    minor_digits = _CURRENCIES.get(currency, ("", "", 2))[2]
    number = _without_idle_zeros(Decimal(amount))
    return f"{number:,.{max(minor_digits, _decimals(number))}f}"


def currency_word(currency: str, lang: Lang) -> str:
    """What a currency is called; its code where no word is known."""
    zh, en, _ = _CURRENCIES.get(currency, (currency, currency, 2))
    return zh if lang == "zh" else en


def percent(part: Decimal | int, whole: Decimal | int, lang: Lang) -> str:
    """How much of `whole` is `part`; says 约 or "about" when decimals were dropped; a dash without a whole.

    Rounded down, so that 100% always means all of it.
    """
    if not whole:
        return "—"
    per_thousand = Fraction(part) * 1000 / Fraction(whole)
    shown = int(per_thousand)
    about = "" if shown == per_thousand else ("约" if lang == "zh" else "about ")
    return f"{about}{plain(Decimal(shown) / 10)}%"


def day_in_words(day: date, lang: Lang) -> str:
    """2020年9月18日 or 18 September 2020."""
    if lang == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def moment_in_words(moment: datetime, lang: Lang) -> str:
    """The day in words and the time to the minute, in whatever zone the moment carries."""
    between = " " if lang == "zh" else ", "
    return f"{day_in_words(moment.date(), lang)}{between}{moment:%H:%M}"


def period_in_words(first: date, last: date, lang: Lang) -> str:
    """Both days counted; a whole year or month by its name, and no part of a date said twice."""
    if first == last:
        return day_in_words(first, lang)
    ends_month = last.day == monthrange(last.year, last.month)[1]
    if first.day == 1 and ends_month and first.year == last.year:
        if (first.month, last.month) == (1, 12):
            return f"{first.year}年" if lang == "zh" else f"{first.year}"
        if first.month == last.month:
            month = _MONTHS[first.month - 1]
            return f"{first.year}年{first.month}月" if lang == "zh" else f"{month} {first.year}"
    if lang == "zh":
        end = f"{last.month}月{last.day}日" if first.year == last.year else day_in_words(last, lang)
        return f"{day_in_words(first, lang)}至{end}"
    start = day_in_words(first, lang) if first.year != last.year else _day_and_month(first)
    return f"{start} to {day_in_words(last, lang)}"


def _day_and_month(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]}"


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int), "infinity and NaN are no numbers of a book"
    return max(0, -exponent)


def _with_point_shifted(number: Decimal, places: int) -> Decimal:
    """The number divided by a power of ten. Division and scaleb() would cut at the context's 28 digits."""
    sign, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int), "infinity and NaN are no numbers of a book"
    return Decimal((sign, digits, exponent - places))


def _without_idle_zeros(number: Decimal) -> Decimal:
    """The same number, exactly, without zeros after the point and without an exponent.

    Decimal.normalize() would cut at 28 digits, so the digits are trimmed by hand.
    """
    sign, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int), "infinity and NaN are no numbers of a book"
    if not any(digits):
        return Decimal(0)
    while exponent < 0 and digits[-1] == 0:
        digits, exponent = digits[:-1], exponent + 1
    if exponent > 0:
        digits, exponent = digits + (0,) * exponent, 0
    return Decimal((sign, digits, exponent))
