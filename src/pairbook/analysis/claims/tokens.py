"""What one pass over a text yields besides times: numbers, and numerals that are part of something else."""

from dataclasses import dataclass
from decimal import Decimal

from pairbook.analysis.claims.shapes import Modality, Qualifier
from pairbook.analysis.claims.times import Time


@dataclass(frozen=True, slots=True)
class Cell:
    """What the row and the column of a table say of a number in it."""

    spans: tuple[tuple[int, int], ...]
    """Where the label of the row and the head of the column stand."""
    time: Time | None
    modality: Modality
    title: tuple[int, int] | None = None
    """The line above the table, which names what all of it is about."""


@dataclass(slots=True)
class Number:
    """A number with what the words right next to it say. Places are those of the plain text."""

    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    qualifier: Qualifier
    unit: str
    """Empty where no word says what is counted."""
    sort: str
    """money, person, rate, … of the unit; empty where no word says."""
    noun: str
    """The counted noun, where one was found."""
    why_not: str
    """Why it is no claim: ordinal, name, duration, list, code …; empty for a claim."""
    is_conversion: bool = False
    """Whether it only repeats the number before it in another unit or currency."""
    cell: Cell | None = None
    phrase_end: int = 0
    """Where the noun phrase ends that it counts; 0 where none is told."""
