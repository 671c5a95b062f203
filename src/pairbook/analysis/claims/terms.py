"""The lists of terms in `data/`, read once, and the patterns made from them.

A pattern of many words is built as a tree of letters: Python tries the branches of an alternation one by one, and a
tree asks each letter once, which keeps a list of a thousand terms as quick as one of ten.
"""

import csv
import re
from functools import cache
from importlib.resources import files
from typing import Any

_END = ""


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a list, without its comment lines."""
    text = files(__package__).joinpath("data", f"{name}.csv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(csv.DictReader(lines))


def tree_pattern(words: list[str]) -> str:
    """A pattern that matches the longest of the words; a word that ends in * goes on to the end of its letters."""
    tree: dict[str, Any] = {}
    for word in words:
        branch = tree
        for letter in word:
            branch = branch.setdefault(letter, {})
        branch[_END] = {}
    return _branch_pattern(tree)


def _branch_pattern(branch: dict[str, Any]) -> str:
    is_end = _END in branch
    if len(branch) > _BRANCHES_MAX and branch.keys().isdisjoint((_END, " ", "*")):
        return _grouped(branch)
    choices = []
    for letter, below in branch.items():
        if letter == "*":
            choices.append("[a-z]*")
        elif letter == " ":
            choices.append(r"[ \n-]" + _branch_pattern(below))
        elif letter != _END:
            choices.append(re.escape(letter) + _branch_pattern(below))
    if not choices:
        return ""
    # [a-z]* matches everything and must stand last, or longer words under the same stem are never reached.
    choices.sort(key=lambda choice: choice == "[a-z]*")
    joined = choices[0] if len(choices) == 1 and not is_end else f"(?:{'|'.join(choices)})"
    return joined + "?" if is_end else joined


_BRANCHES_MAX = 32


def _grouped(branch: dict[str, Any]) -> str:
    """The same for a branch of hundreds of letters, by neighbours: one look leaves out all of a group."""
    letters = sorted(branch)
    groups = [letters[place : place + _BRANCHES_MAX] for place in range(0, len(letters), _BRANCHES_MAX)]
    choices = [
        f"(?=[{re.escape(group[0])}-{re.escape(group[-1])}])"
        + _branch_pattern({letter: branch[letter] for letter in group})
        for group in groups
    ]
    any_letter = "".join(re.escape(letter) for letter in letters)
    return f"(?=[{any_letter}])(?:{'|'.join(choices)})"


class Stems:
    """Leads a word as it was found back to the entry of its list, whole words before stems, long stems before short."""

    def __init__(self, words: list[str]) -> None:
        self._whole = {word for word in words if not word.endswith("*")}
        self._stems = {word[:-1] for word in words if word.endswith("*")}
        self._known: dict[str, str] = {}

    def entry_of(self, found: str) -> str:
        """The entry of the list that `found` came from."""
        entry = self._known.get(found)
        if entry is None:
            entry = self._known[found] = self._entry_of(" ".join(re.split(r"[ \n-]", found)))
        return entry

    def _entry_of(self, found: str) -> str:
        if found in self._whole:
            return found
        for length in range(len(found), 0, -1):
            if found[:length] in self._stems:
                return found[:length] + "*"
        return found
