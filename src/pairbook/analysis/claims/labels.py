"""What units, qualifiers, modalities and measures are called in Chinese and in English."""

from functools import cache

from pairbook.analysis.claims.shapes import Lang
from pairbook.analysis.claims.terms import rows
from pairbook.analysis.claims.units import nouns_of, singular

_CLASSIFIERS = "个张间座台辆条项篇份次节套处名支株眼"
"""They lead the names of units and have no place in the name of a measure: 座大棚 are counted, 大棚 were built."""


@cache
def _labels() -> dict[str, tuple[str, str]]:
    return {row["code"]: (row["zh"], row["en"]) for row in rows("labels")}


@cache
def _noun_for(unit: str, lang: Lang) -> str:
    """The first noun of the list that makes the unit; empty where none does."""
    return next((noun.replace("-", " ") for noun, made in nouns_of(lang).items() if made == unit), "")


def label_of(code: str) -> tuple[str, str]:
    """The Chinese and the English name of a code.

    A code that no list names holds a word of the text: its Chinese name quotes it as an unnamed other sort.
    """
    labels = _labels()
    if code in labels or not code.startswith("other:"):
        return labels.get(code, (code, code))
    plain = code.removeprefix("other:").replace("-", " ")
    # What is counted in a unit without a measure of its own is measured in its plural.
    unit = f"other:{singular(code.removeprefix('other:'))}"
    if unit in labels:
        zh, en = labels[unit]
        return zh.lstrip(_CLASSIFIERS) or zh, en[:1].upper() + en[1:]
    return _noun_for(code, "zh") or _noun_for(unit, "zh") or f"其他（{plain}）", plain


def labelled_measures() -> tuple[str, ...]:
    """The codes of the measures that have a name, those the book may keep first."""
    names = _labels()
    kept = [code for code in names if "." in code]
    return (*kept, *(code for code in names if code.startswith("other:") and code not in _UNITS))


_UNITS = frozenset(
    f"other:{unit}"
    for unit in ("percentage-point", "hectare", "times", "km", "workshop", "pair", "course", "head", "eur")
)
