"""An article as it comes back checked: paragraphs of words and marked figures, each with its note.

Also how often one may ask.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.cache import cache

from pairbook.bulletins.shapes import VERDICTS, Checked, CheckedClaim
from pairbook.indicators.rules import PART_LABELS, QUALIFIERS, value_words
from pairbook.kernel.texts import Text

SIGNS = {"holds": "✓", "differs": "≠", "not_in_book": "?", "cannot_tell": "~"}
CHECKS_MAX = 30
CHECKS_SECONDS = 600
_PARTS = PART_LABELS | {
    "unit": Text("单位", "Unit"),
    "rounding": Text("四舍五入", "Rounding"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure of the article with its sign, its number among the figures, and where it opens."""

    place: int
    words: str
    checked: CheckedClaim
    reader: Text | None = None
    """Which office read it anew, and when, where a clerk corrected the reading."""

    @property
    def sign(self) -> str:
        """The sign of its verdict, which does not rely on colour."""
        return SIGNS[self.checked.verdict]

    @property
    def verdict(self) -> Text:
        """Its verdict in words."""
        return VERDICTS[self.checked.verdict]

    @property
    def booked(self) -> Text | None:
        """What the book has."""
        value = self.checked.book_value
        return None if value is None else value_words(value, self.checked.unit)

    @property
    def elsewhere(self) -> Text | None:
        """The figure at which the book does have the number."""
        nearest = self.checked.nearest
        return None if nearest is None else value_words(nearest.value, nearest.unit)

    @property
    def parts(self) -> list[Text]:
        """In which parts of its address the number differs."""
        return [_PARTS[part] for part in (self.checked.differs_in or "").split(",") if part]

    @property
    def qualifier(self) -> Text:
        """How the number is meant, where its own words do not say so already: 400多名 does."""
        if any(word in self.words for word in "多余几"):
            return Text("", "")
        return QUALIFIERS.get(self.checked.claim.qualifier, Text("", ""))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph in order, words and marks, and its marks again for the notes beside it."""

    pieces: tuple[str | Mark, ...]
    marks: tuple[Mark, ...]


def paragraphs_of(checked: Checked) -> list[Paragraph]:
    """The article as given, cut at its line breaks; blank lines are left out."""
    paragraphs: list[Paragraph] = []
    line: list[str | Mark] = []
    for piece in _pieces(checked):
        if isinstance(piece, Mark):
            line.append(piece)
            continue
        first, *rest = piece.split("\n")
        line.append(first)
        for words in rest:
            paragraphs.append(_paragraph(line))
            line = [words]
    paragraphs.append(_paragraph(line))
    return [
        one for one in paragraphs if any(isinstance(piece, Mark) or piece.strip() for piece in one.pieces)
    ]


def _pieces(checked: Checked) -> Iterator[str | Mark]:
    at = 0
    for place, one in enumerate(checked.claims, start=1):
        yield checked.text[at : one.claim.start]
        yield Mark(
            place, checked.text[one.claim.start : one.claim.end], one, checked.corrected.get(one.claim.id)
        )
        at = one.claim.end
    yield checked.text[at:]


def _paragraph(line: list[str | Mark]) -> Paragraph:
    return Paragraph(tuple(line), tuple(piece for piece in line if isinstance(piece, Mark)))


def may_check(address: str) -> bool:
    """Whether somebody at this network address may have one more text checked now; counts it.

    The count is kept in the memory of the server, nothing of the text is.
    """
    key = f"check:{address}"
    cache.add(key, 0, CHECKS_SECONDS)
    try:
        return cache.incr(key) <= CHECKS_MAX
    except ValueError:
        # It ran out between the two lines.
        return cache.add(key, 1, CHECKS_SECONDS)
