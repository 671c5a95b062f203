"""Annotated texts and how well a finder of figures does on them: for the test of the scores and for the bench.

What is judged follows the corpus's README: non-claims by their place alone and by overlap; of two measures or units
that both begin with other: the words are not judged; everything else exactly.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from tests.cases import cases_in

ASPECTS = ("span and value", "unit", "qualifier", "claim or not", "measure", "period", "modality")
CORPUS = Path(__file__).parent / "corpus"

Finder = Callable[[str, str, date], list[dict[str, Any]]]
"""Text, language, day of publication: figures in the shape of `pairbook claims --json`."""


@dataclass
class Score:
    """Right answers out of all, by aspect."""

    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def judge(self, aspect: str, is_right: bool, told: str) -> None:
        """Count one answer."""
        self.asked[aspect] += 1
        self.right[aspect] += is_right
        if not is_right:
            self.misses.append(f"{aspect}: {told}")

    def percent(self, aspect: str) -> float:
        """Right answers of a hundred; 100 where nothing was asked."""
        return 100 * self.right[aspect] / self.asked[aspect] if self.asked[aspect] else 100.0

    def add(self, other: "Score") -> None:
        """Take in the answers of another text."""
        self.right.update(other.right)
        self.asked.update(other.asked)
        self.misses.extend(other.misses)


def annotated_texts(folder: Path = CORPUS, files: str = "*.yaml") -> Iterator[dict[str, Any]]:
    """The texts of every YAML file of a folder, or of those with such a name."""
    for path in sorted(folder.glob(files)):
        yield from cases_in(path)


def score_text(annotated: dict[str, Any], find: Finder) -> Score:
    """How well the figures of one text were found."""
    text, score = annotated["text"], Score()
    found = find(text, annotated["lang"], annotated["published"])
    matched: set[int] = set()
    for wanted in annotated["figures"]:
        start = _place(text, wanted)
        end = start + len(wanted["text"])
        there = [number for number, one in enumerate(found) if one["start"] < end and one["end"] > start]
        matched.update(there)
        claims = [found[number] for number in there if found[number]["is_claim"]]
        told = f"{annotated['id']} {wanted['text']!r}"
        if not wanted["is_claim"]:
            score.judge("claim or not", not claims, f"{told} is no claim")
            continue
        score.judge("claim or not", bool(claims), f"{told} is a claim")
        exact = [one for one in claims if (one["start"], one["end"]) == (start, end)]
        _judge(score, wanted, next(iter(exact or claims), None), start, told)
    for number, one in enumerate(found):
        if one["is_claim"] and number not in matched:
            score.judge("claim or not", False, f"{annotated['id']} {one['text']!r} is not annotated")
    return score


def _place(text: str, wanted: dict[str, Any]) -> int:
    place = -1
    for _ in range(wanted.get("occurrence", 1)):
        place = text.index(wanted["text"], place + 1)
    return place


def _judge(score: Score, wanted: dict[str, Any], one: dict[str, Any] | None, start: int, told: str) -> None:
    if one is None:
        for aspect in ASPECTS:
            if aspect != "claim or not":
                score.judge(aspect, False, f"{told} was not found")
        return
    is_place = (one["start"], one["end"]) == (start, start + len(wanted["text"]))
    is_value = _is_near(one["value"], wanted["value"]) and _is_near(one["value_high"], wanted["value_high"])
    score.judge("span and value", is_place and is_value, f"{told}: {one['text']!r} {one['value']}")
    for aspect in ("unit", "qualifier", "measure", "modality"):
        right = _same(one[aspect], wanted[aspect])
        score.judge(aspect, right, f"{told}: {one[aspect]}, not {wanted[aspect]}")
    period = _days(wanted["period"])
    score.judge("period", one["period"] == period, f"{told}: {one['period']}, not {period}")


def _is_near(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) < 0.006


def _same(one: str | None, other: str | None) -> bool:
    if one and other and one.startswith("other:") and other.startswith("other:"):
        return True
    return one == other


def _days(period: dict[str, Any] | None) -> dict[str, str | None] | None:
    if period is None:
        return None
    return {name: None if day is None else str(day) for name, day in period.items()}
