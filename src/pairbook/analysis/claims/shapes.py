"""What the finder gives back: figures, the relations between them, and their JSON form (`pairbook claims --json`)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal, NamedTuple

Lang = Literal["zh", "en"]
Qualifier = Literal["exact", "more_than", "nearly", "about", "up_to", "at_least", "at_most", "range"]
Basis = Literal["flow", "stock", "change"]
Modality = Literal["done", "signed", "planned", "forecast", "target", "required"]
RelationType = Literal["sum", "part_sum", "share", "ratio", "growth"]

QUALIFIERS: tuple[Qualifier, ...] = (
    *("exact", "more_than", "nearly", "about", "up_to", "at_least", "at_most", "range"),
)


@dataclass(frozen=True, slots=True)
class Period:
    """Both days inclusive. Without a first day: as of the last. Without a last day: up to the day of the text."""

    first: date | None
    last: date | None


class Figure(NamedTuple):
    """One number of a text with all that was understood of it; `text[start:end]` of the text as given is `text`."""

    id: str
    text: str
    start: int
    end: int
    value: Decimal | None
    """In base units (yuan, persons, kg, pieces, mu); the low end of a range. None for dates, names and the like."""
    value_high: Decimal | None
    unit: str | None
    qualifier: Qualifier
    measure: str | None
    is_claim: bool
    period: Period | None
    basis: Basis | None
    modality: Modality
    giver: str | None
    receiver: str | None
    of: str | None
    """The measure that a share, a rate or a growth is of."""
    confidence: float
    """From 0 to 1: how much of the reading rests on words of the text and how much on what is usual."""


@dataclass(frozen=True, slots=True)
class Relation:
    """How figures of one text hang together, the total, share or growth first; `holds` as computed."""

    type: RelationType
    figures: tuple[str, ...]
    holds: bool
    computed: Decimal


@dataclass(frozen=True, slots=True)
class Found:
    """Everything found in one text."""

    lang: Lang
    published: date | None
    figures: tuple[Figure, ...]
    relations: tuple[Relation, ...]

    def as_json(self) -> dict[str, Any]:
        """The shape of the contract's section 5; values are JSON numbers."""
        return {
            "lang": self.lang,
            "published": _day(self.published),
            "figures": [figure_json(figure) for figure in self.figures],
            "relations": [
                {
                    "type": relation.type,
                    "figures": list(relation.figures),
                    "holds": relation.holds,
                    "computed": _number(relation.computed),
                }
                for relation in self.relations
            ],
        }


def figure_json(figure: Figure) -> dict[str, Any]:
    """One figure in that shape."""
    period = figure.period
    return {
        "id": figure.id,
        "text": figure.text,
        "start": figure.start,
        "end": figure.end,
        "value": _number(figure.value),
        "value_high": _number(figure.value_high),
        "unit": figure.unit,
        "qualifier": figure.qualifier,
        "measure": figure.measure,
        "is_claim": figure.is_claim,
        "period": None if period is None else {"from": _day(period.first), "to": _day(period.last)},
        "basis": figure.basis,
        "modality": figure.modality,
        "giver": figure.giver,
        "receiver": figure.receiver,
        "of": figure.of,
        "confidence": figure.confidence,
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _number(value: Decimal | None) -> int | float | None:
    """A number as JSON holds it: whole ones as integers, which no reader rounds."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
