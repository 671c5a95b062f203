"""Totals and differences that a text tells beside what they are made of: the words call them like the last part."""

from collections.abc import Mapping
from dataclasses import replace

from pairbook.analysis.claims.shapes import Figure as Claim
from pairbook.analysis.claims.shapes import Found
from pairbook.bulletins.shapes import Measurable


def with_totals(found: Found, measurables: Mapping[str, Measurable]) -> Found:
    """The figures, each sum of unlike parts of one family measured as the family's total.

    Fiscal funds of 54.16 million and donations of 16.82 million, 70.98 million together, are no donations of 70.98
    million.
    """
    figures = {figure.id: figure for figure in found.figures}
    for relation in found.relations:
        whole, *parts = (figures.get(name) for name in relation.figures)
        if relation.type == "sum" and whole is not None:
            total = _total_of([part.measure or "" for part in parts if part is not None], measurables)
            if total is not None and _is_like_a_part(whole, total):
                figures[whole.id] = replace(whole, measure=total)
    return replace(found, figures=tuple(figures.values()))


def _is_like_a_part(whole: Claim, total: str) -> bool:
    return whole.measure != total and (whole.measure or "").partition(".")[0] == total.partition(".")[0]


def _total_of(measures: list[str], measurables: Mapping[str, Measurable]) -> str | None:
    """The measure that these parts make together; None where they are alike or of several families."""
    families = {measure.partition(".")[0] for measure in measures}
    if len(set(measures)) < 2 or len(families) != 1:
        return None
    family = families.pop()
    return next(
        (
            code
            for code in (f"{family}.total", f"{family}.placed")
            if code in measurables and code not in measures
        ),
        None,
    )
