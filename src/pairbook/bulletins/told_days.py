"""The days a text prints, as of which its numbers without a day may be told: 截至9月18日 in the head of a list."""

import re
from collections.abc import Iterator
from datetime import date

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH = rf"(?:{'|'.join(_MONTHS)})[a-z]*\.?"
_ZH = re.compile(r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
_EN = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}}) (?P<month>{_MONTH})|(?P<month2>{_MONTH}) (?P<day2>\d{{1,2}}))"
    r"(?:,? (?P<year>\d{4}))?\b"
)
_DAYS_BACK = 92
_DAYS_MAX = 3


def days_told(text: str, as_of: date) -> tuple[date, ...]:
    """The last few days of the quarter up to `as_of` that a text prints, the newest first."""
    found = {day for day in _days(text, as_of) if 0 < (as_of - day).days <= _DAYS_BACK}
    return tuple(sorted(found, reverse=True)[:_DAYS_MAX])


def _days(text: str, as_of: date) -> Iterator[date]:
    for found in _ZH.finditer(text):
        yield from _day(found["year"], int(found["month"]), int(found["day"]), as_of)
    for found in _EN.finditer(text):
        month = (found["month"] or found["month2"])[:3]
        yield from _day(found["year"], _MONTHS.index(month) + 1, int(found["day"] or found["day2"]), as_of)


def _day(year: str | None, month: int, day: int, as_of: date) -> Iterator[date]:
    try:
        yield date(int(year) if year else as_of.year, month, day)
    except ValueError:
        return
