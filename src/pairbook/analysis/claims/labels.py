"""What units, qualifiers, modalities and measures are called in Chinese and in English."""

from functools import cache

from pairbook.analysis.claims.terms import rows


@cache
def _labels() -> dict[str, tuple[str, str]]:
    return {row["code"]: (row["zh"], row["en"]) for row in rows("labels")}


def label_of(code: str) -> tuple[str, str]:
    """The Chinese and the English name of a code; a code without a name is its own, without `other:`."""
    plain = code.removeprefix("other:").replace("-", " ")
    return _labels().get(code, (plain, plain))


def labelled_measures() -> tuple[str, ...]:
    """The codes of the measures that have a name, those the book may keep first."""
    names = _labels()
    kept = [code for code in names if "." in code]
    return (*kept, *(code for code in names if code.startswith("other:") and code not in _UNITS))


_UNITS = frozenset(
    f"other:{unit}"
    for unit in ("percentage-point", "hectare", "times", "km", "workshop", "pair", "course", "head", "eur")
)
