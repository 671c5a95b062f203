"""How a clerk reads a number of a text: the reading as plain values, the sentence it stands in, and putting it to use.

A correction belongs to its sentence and not to one text: the next bulletin that quotes the sentence is read right too.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any, cast

from pairbook.analysis.claims.shapes import QUALIFIERS, Figure, Found, Modality, Period, Qualifier
from pairbook.bulletins.surroundings import sentence_bounds
from pairbook.kernel.periods import is_in_calendar
from pairbook.kernel.problems import Problem
from pairbook.kernel.texts import Text

SENTENCE_MAX, NOTE_MAX = 1_500, 300
UNITS = (
    *(
        "CNY",
        "USD",
        "person",
        "person-time",
        "household",
        "village",
        "county",
        "township",
        "school",
        "hospital",
    ),
    *("enterprise", "project", "kg", "piece", "mu", "percent", "visit", "vacancy", "year", "month"),
)
MODALITIES = ("done", "signed", "planned", "forecast", "target", "required")
_UNIT = re.compile(r"other:[a-z0-9-]{1,40}")
_MEASURE = re.compile(r"[a-z]{1,20}\.[a-z_]{1,40}|other:[a-z0-9-]{1,40}")
_VALUE_MAX = Decimal(10) ** 15


@dataclass(frozen=True, slots=True)
class Reading:
    """What one number of a text says."""

    is_claim: bool
    value: Decimal | None = None
    value_high: Decimal | None = None
    unit: str | None = None
    qualifier: str = "exact"
    measure: str | None = None
    first: date | None = None
    last: date | None = None
    has_period: bool = False
    """Whether a time is told; it may have a first day, a last day or both."""
    modality: str = "done"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a number stands: its sentence, and its two ends in it."""

    sentence: str
    start: int
    end: int

    @property
    def key(self) -> tuple[str, int, int]:
        """What tells it from every other number of every sentence."""
        return digest_of(self.sentence), self.start, self.end

    @property
    def words(self) -> str:
        """The number as printed."""
        return self.sentence[self.start : self.end]

    @property
    def before(self) -> str:
        """The sentence up to the number."""
        return self.sentence[: self.start]

    @property
    def after(self) -> str:
        """The sentence behind the number."""
        return self.sentence[self.end :]


Readings = Mapping[tuple[str, int, int], Reading]


def digest_of(sentence: str) -> str:
    """The SHA-256 by which a sentence is found again; how its lines are wrapped makes no other sentence of it."""
    return sha256(" ".join(sentence.split()).encode()).hexdigest()


def place_of(text: str, figure: Figure) -> Place:
    """The sentence of a figure with its closing mark, and where the figure stands in it."""
    first, last = sentence_bounds(text, figure.start, figure.end)
    if text[last : last + 1] in tuple("。；;！!？?."):
        last += 1
    first += len(text[first : figure.start]) - len(text[first : figure.start].lstrip())
    return Place(text[first:last].rstrip(), figure.start - first, figure.end - first)


def reading_of(figure: Figure) -> Reading:
    """How the program reads a figure."""
    if not figure.is_claim:
        return Reading(is_claim=False)
    period = figure.period
    return Reading(
        is_claim=True,
        value=figure.value,
        value_high=figure.value_high,
        unit=figure.unit,
        qualifier=figure.qualifier,
        measure=figure.measure,
        first=period.first if period else None,
        last=period.last if period else None,
        has_period=period is not None,
        modality=figure.modality,
    )


def read_anew(figure: Figure, reading: Reading) -> Figure:
    """The figure as a clerk reads it."""
    if not reading.is_claim:
        return figure._replace(
            is_claim=False, measure=None, period=None, of=None, value=None, value_high=None
        )
    return figure._replace(
        is_claim=True,
        value=reading.value,
        value_high=reading.value_high,
        unit=reading.unit,
        qualifier=cast(Qualifier, reading.qualifier),
        measure=reading.measure,
        period=Period(reading.first, reading.last) if reading.has_period else None,
        basis=figure.basis or "flow",
        modality=cast(Modality, reading.modality),
        confidence=1.0,
    )


def with_corrections(text: str, found: Found, readings: Readings) -> tuple[Found, frozenset[str]]:
    """The figures with the readings clerks gave them, and the ids of those that were read anew.

    What the finder computed from the old number no longer stands.
    """
    figures, anew = [], set()
    for figure in found.figures:
        reading = readings.get(place_of(text, figure).key)
        if reading is not None:
            anew.add(figure.id)
            figure = read_anew(figure, reading)
        figures.append(figure)
    relations = tuple(one for one in found.relations if not anew & set(one.figures))
    return replace(found, figures=tuple(figures), relations=relations), frozenset(anew)


def reading_json(reading: Reading) -> dict[str, Any]:
    """A reading as it is kept."""
    days = {
        "from": reading.first and reading.first.isoformat(),
        "to": reading.last and reading.last.isoformat(),
    }
    return {
        "is_claim": reading.is_claim,
        "value": _text(reading.value),
        "value_high": _text(reading.value_high),
        "unit": reading.unit,
        "qualifier": reading.qualifier,
        "measure": reading.measure,
        "period": days if reading.has_period else None,
        "modality": reading.modality,
    }


def reading_from_json(held: Mapping[str, Any]) -> Reading:
    """The reading that was kept."""
    period = held["period"] or {}
    first, last = (date.fromisoformat(day) if (day := period.get(end)) else None for end in ("from", "to"))
    value, high = (
        Decimal(told) if (told := held[name]) is not None else None for name in ("value", "value_high")
    )
    return Reading(
        is_claim=held["is_claim"],
        value=value,
        value_high=high,
        unit=held["unit"],
        qualifier=held["qualifier"],
        measure=held["measure"],
        first=first,
        last=last,
        has_period=held["period"] is not None,
        modality=held["modality"],
    )


def _text(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


def check_reading(reading: Reading, place: Place, note: str) -> list[Problem]:
    """Everything that keeps a reading from being kept; empty means it may be."""
    found = []

    def wrong(code: str, where: Text, cure: Text) -> None:
        found.append(Problem(f"reading.{code}", where, cure))

    if len(place.sentence) > SENTENCE_MAX:
        cure = Text(
            "这一句太长，不能保存；请只核对这一句附近的文字。",
            "This sentence is too long to keep; check a shorter text.",
        )
        wrong("sentence", Text("句子", "Sentence"), cure)
    if len(note) > NOTE_MAX:
        wrong("note", Text("说明", "Note"), Text(f"最多 {NOTE_MAX} 字。", f"At most {NOTE_MAX} characters."))
    if reading.is_claim:
        found += _claim_problems(reading)
    return found


def _claim_problems(reading: Reading) -> Sequence[Problem]:
    checks = (
        (
            reading.value is None or not 0 <= reading.value <= _VALUE_MAX,
            "value",
            Text("数值", "Value"),
            Text(
                "请填写这个数，用基本单位（元、人、公斤）。",
                "Give the number, in base units (yuan, persons, kg).",
            ),
        ),
        (
            reading.value_high is not None and (reading.value is None or reading.value_high <= reading.value),
            "value_high",
            Text("到", "Up to"),
            Text(
                "上限要大于下限；不是范围就留空。",
                "The upper end lies above the lower; leave it empty if there is no range.",
            ),
        ),
        (
            reading.unit is not None and reading.unit not in UNITS and not _UNIT.fullmatch(reading.unit),
            "unit",
            Text("单位", "Unit"),
            Text("请从列表中选择单位。", "Choose a unit from the list."),
        ),
        (
            reading.measure is None or not _MEASURE.fullmatch(reading.measure),
            "measure",
            Text("说的是", "Measure"),
            Text("请选择这个数说的是什么。", "Choose what the number measures."),
        ),
        (
            reading.qualifier not in QUALIFIERS or reading.modality not in MODALITIES,
            "qualifier",
            Text("说法", "Qualifier"),
            Text("请从列表中选择。", "Choose from the list."),
        ),
        (
            not all(is_in_calendar(day) for day in (reading.first, reading.last) if day is not None)
            or (reading.first is not None and reading.last is not None and reading.last < reading.first),
            "last",
            Text("到哪天", "To day"),
            Text("结束日期早于开始日期。", "The last day is before the first."),
        ),
    )
    return [Problem(f"reading.{code}", where, cure) for is_wrong, code, where, cure in checks if is_wrong]
