"""Every qualifier of the English table is found where it stands right before a number."""

import re

import pytest

from pairbook.analysis.claims.qualifiers import _BEFORE_EN, outer_qualifier

_NOT_BESIDE = re.compile(r"\(\?<?![^)]*\)")


def _phrases() -> list[tuple[str, str]]:
    """Each qualifier with a phrase that says it, as it is written in a text."""
    return [
        (said, phrase.replace("\\.?", ".").replace("\\.", "."))
        for said, choices in _BEFORE_EN.items()
        for phrase in _NOT_BESIDE.sub("", choices).removeprefix("(?:").removesuffix(")").split("|")
    ]


@pytest.mark.parametrize(("said", "phrase"), _phrases())
def test_a_qualifier_right_before_a_number_is_not_overlooked(said: str, phrase: str):
    text = f"it had {phrase} 300 of these"
    place = text.index("300")
    assert outer_qualifier(text, place, place + 3, "en") == said
