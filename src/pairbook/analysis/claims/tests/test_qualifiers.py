"""Every qualifier of the tables is found where it stands right before a number."""

import re

import pytest

from pairbook.analysis.claims.qualifiers import _BEFORE_EN, _BEFORE_ZH, outer_qualifier
from pairbook.analysis.claims.shapes import Lang

_NOT_WRITTEN = re.compile(r"\(\?<?[=!][^)]*\)|\[[^]]*\]\{\d,\d\}|\\|\?")


def _phrases() -> list[tuple[Lang, str, str]]:
    """Each qualifier of a language with a phrase that says it, as it is written in a text."""
    tables: list[tuple[Lang, dict[str, str]]] = [("zh", _BEFORE_ZH), ("en", _BEFORE_EN)]
    return [
        (lang, said, phrase)
        for lang, table in tables
        for said, choices in table.items()
        for phrase in _NOT_WRITTEN.sub("", choices.removeprefix("(?:").removesuffix(")")).split("|")
    ]


@pytest.mark.parametrize(("lang", "said", "phrase"), _phrases())
def test_a_qualifier_right_before_a_number_is_not_overlooked(lang: Lang, said: str, phrase: str):
    text = f"当地有{phrase}300人" if lang == "zh" else f"it had {phrase} 300 of these"
    place = text.index("300")
    assert outer_qualifier(text, place, place + 3, lang) == said
