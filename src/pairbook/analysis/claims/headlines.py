"""A Chinese headline tells figures of the text below it: what it leaves out is said there."""

import re

from pairbook.analysis.claims.shapes import Figure

_HEADLINE_MAX = 120
_ENDS_SENTENCE = re.compile(r"[。！？!?.;；:：]\s*$")


def headline_of(text: str) -> int:
    """Where the headline of a text ends: its first line where that is no sentence; 0 where there is none."""
    line, below, _ = text.partition("\n")
    is_headline = (
        below and line.strip() and len(line) <= _HEADLINE_MAX and _ENDS_SENTENCE.search(line) is None
    )
    return len(line) if is_headline else 0


def told_below(text: str, figures: list[Figure]) -> list[Figure]:
    """The figures, those of the headline with the period and the measure that the text tells for the same number."""
    end = headline_of(text)
    below: dict[tuple[object, ...], Figure] = {}
    for figure in figures:
        if figure.is_claim and figure.start >= end:
            below.setdefault(_number(figure), figure)
    return [
        _told_as(figure, below[_number(figure)])
        if figure.is_claim and figure.end <= end and _number(figure) in below
        else figure
        for figure in figures
    ]


def _number(figure: Figure) -> tuple[object, ...]:
    return figure.value, figure.value_high, figure.unit


def _told_as(figure: Figure, again: Figure) -> Figure:
    if figure.measure is None or again.measure is None or figure.modality != again.modality:
        return figure
    if figure.measure.startswith("other:"):
        figure = figure._replace(measure=again.measure, of=again.of, basis=again.basis)
    return figure if figure.period else figure._replace(period=again.period)
