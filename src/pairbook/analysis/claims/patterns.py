"""Small tools for writing long patterns so that they can be read, and for asking only those that may match.

Most patterns seldom match. To look up the words of an English sentence once spares the search for all phrases of which
no word stands in it.
"""

import re
from functools import lru_cache


def any_of(*choices: str) -> str:
    """One of the choices, each a pattern; words in one string are parted by blanks, `_` stands for a blank."""
    words = [word.replace("_", " ") for choice in choices for word in choice.split()]
    return f"(?:{'|'.join(words)})"


def named(name: str, *choices: str, first: str = "") -> str:
    """One of the choices, each a whole pattern, as a group of that name.

    `first` names the letters it may begin with: one look then spares the trying of all choices.
    """
    guard = f"(?=[{first}])" if first else ""
    return f"{guard}(?P<{name}>{'|'.join(choices)})"


def words_of(*lists: str) -> frozenset[str]:
    """The words of lists parted by blanks."""
    return frozenset(word for listed in lists for word in listed.split())


_WORD = re.compile("[a-z]+")
_LOOK_AROUND = re.compile(r"\(\?<?[=!].*?\)")


# A sentence is asked for its words many times in a row, and then no more.
@lru_cache(maxsize=2)
def words_between(text: str, start: int, end: int) -> frozenset[str]:
    """The English words between two places."""
    return frozenset(_WORD.findall(text, start, end))


class Phrases:
    """Phrases that begin where a word begins, asked for only where the longest word of one of them stands.

    Lists are written as for `any_of`; each phrase needs a word that is written out. `behind` is what follows them.
    """

    def __init__(self, *listed: str, behind: str = "(?![a-z])") -> None:
        self._pattern = re.compile(f"(?<![a-z]){any_of(*listed)}{behind}")
        self._words = frozenset(_longest_word(phrase) for one in listed for phrase in one.split())

    def search(self, text: str, start: int, end: int, among: frozenset[str]) -> re.Match[str] | None:
        """The first phrase between two places of a sentence that has these words."""
        if self._words.isdisjoint(among):
            return None
        return self._pattern.search(text, start, end)


def _longest_word(phrase: str) -> str:
    words = [word for word in _LOOK_AROUND.sub("", phrase).split("_") if _WORD.fullmatch(word)]
    if not words:
        raise ValueError(f"{phrase!r} has no word that is written out.")
    # Of equals the last: "one" tells more of "we are one of" than "are".
    return max(reversed(words), key=len)
