"""Phrases are found where they stand, and asked for only where one of their words does."""

import pytest

from pairbook.analysis.claims.patterns import Phrases, words_between

TEXT = "the village is home to 300 people, one of 23 that still have no road."


def _first(phrases: Phrases) -> str | None:
    found = phrases.search(TEXT, 0, len(TEXT), words_between(TEXT, 0, len(TEXT)))
    return found and found[0]


@pytest.mark.parametrize(
    ("listed", "found"),
    [
        ("is_home_to", "is home to"),
        ("has_been still_ha(?:s|ve)", "still have"),
        ("(?<=,_)one_of(?=_\\d)", "one of"),
        ("illage", None),
        ("peopl", None),
    ],
)
def test_a_phrase_is_found_at_whole_words(listed: str, found: str | None):
    assert _first(Phrases(listed)) == found


def test_a_phrase_whose_longest_word_is_not_among_the_words_is_not_looked_for():
    assert Phrases("is_home_to").search(TEXT, 0, len(TEXT), frozenset(("is", "to"))) is None


def test_a_phrase_without_a_word_written_out_is_refused():
    with pytest.raises(ValueError, match="written out"):
        Phrases("employs?")
