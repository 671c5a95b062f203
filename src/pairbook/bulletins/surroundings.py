"""The words around a number: its sentence, its clause, what stands between it and its neighbours. No book is asked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pairbook.analysis.claims.shapes import Figure as Claim

# A line that was only wrapped does not end a sentence; a paragraph, an indented line and a row of a table do.
_LINE = r"(?<=[。；！？：.!?:])\n|\n(?=\s*\n)|\n(?=[ \t]*\u3000)|\n(?=[^\n]*[\t|])"
# So does the next point of a list.
_LINE += r"|\n(?=[ \t]*(?:[-*•·●■◆]|——|[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[.)）、．]) ?\D)"
_SENTENCE = re.compile(rf"[。；;！!？?]|\.(?=\s|$)|{_LINE}")
_CLAUSE = re.compile(rf"[，。；;！!？?]|,(?!\d)|\.(?=\s|$)|{_LINE}")
_PARAGRAPH = re.compile(r"\n\s*\n|(?<=[。！？])\n|\n(?=[ \t]*\u3000)")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The words around one claim, in small letters; Chinese is left as it is."""

    sentence: str
    """From the beginning of the sentence to its end."""
    at: int
    """Where the number begins in the sentence."""
    end: int
    before: str
    """What leads up to the number: of its clause, but not the number before it."""
    after: str
    """What follows the number in its clause, up to the next number."""
    clause: str
    earlier: tuple[str, ...] = ()
    """The sentences of the paragraph before this one, the nearest first."""

    @property
    def near(self) -> str:
        """The words that are the number's own."""
        return f"{self.before} {self.after}"

    @property
    def told_before(self) -> str:
        """The sentence up to the number."""
        return self.sentence[: self.at]


def surroundings_of(text: str, claims: Sequence[Claim]) -> dict[str, Surroundings]:
    """The words around each claim, by its id."""
    lowered = text.lower()
    # Some letters grow when they are made small; then offsets would no longer fit.
    plain = lowered if len(lowered) == len(text) else text
    found = {}
    for place, claim in enumerate(claims):
        previous = claims[place - 1].end if place else 0
        following = claims[place + 1].start if place + 1 < len(claims) else len(text)
        found[claim.id] = _around(plain, claim, previous, following)
    return found


def _around(text: str, claim: Claim, previous: int, following: int) -> Surroundings:
    first, last = _bounds(_SENTENCE, text, claim)
    clause_first, clause_last = _bounds(_CLAUSE, text, claim)
    return Surroundings(
        sentence=text[first:last],
        at=claim.start - first,
        end=claim.end - first,
        before=text[max(clause_first, previous) : claim.start],
        after=text[claim.end : min(clause_last, following)],
        clause=text[clause_first:clause_last],
        earlier=_earlier(text, first),
    )


def sentence_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence around a stretch of a text begins and ends; its closing mark is left out."""
    return _bounds_at(_SENTENCE, text, start, end)


def _bounds(marks: re.Pattern[str], text: str, claim: Claim) -> tuple[int, int]:
    return _bounds_at(marks, text, claim.start, claim.end)


def _bounds_at(marks: re.Pattern[str], text: str, start: int, end: int) -> tuple[int, int]:
    first = max(0, start - 600)
    for mark in marks.finditer(text, first, start):
        first = mark.end()
    found = marks.search(text, end, end + 600)
    return first, found.start() if found else min(len(text), end + 600)


def paragraph_start(text: str, first: int) -> int:
    """Where the paragraph begins that a sentence beginning at `first` stands in, as far as one looks back."""
    begin = max(0, first - 800)
    # A little more, so that the mark's own look ahead sees how the sentence begins.
    for mark in _PARAGRAPH.finditer(text, begin, first + 2):
        begin = min(mark.end(), first)
    return begin


def _earlier(text: str, first: int) -> tuple[str, ...]:
    told = [one for one in _SENTENCE.split(text[paragraph_start(text, first) : first]) if one.strip()]
    return tuple(reversed(told))
