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
