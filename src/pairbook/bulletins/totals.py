"""Totals and differences that a text tells beside what they are made of: the words call them like the last part."""

from collections.abc import Mapping
from dataclasses import replace

from pairbook.analysis.claims.shapes import Figure as Claim
from pairbook.analysis.claims.shapes import Found
from pairbook.bulletins import reasons
from pairbook.bulletins.answers import Bench
from pairbook.bulletins.shapes import CheckedClaim, Measurable


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
                figures[whole.id] = whole._replace(measure=total)
    return replace(found, figures=tuple(figures.values()))


def with_differences(
    checked: Mapping[str, CheckedClaim], found: Found, bench: Bench
) -> dict[str, CheckedClaim]:
    """The claims again, those that tell the difference of two numbers that hold as borne out by them."""
    kept = dict(checked)
    for relation in found.relations:
        rows = [checked.get(name) for name in relation.figures]
        if relation.type != "sum" or not relation.holds or len(rows) != 3 or None in rows:
            continue
        first, last, gone = (row for row in rows if row is not None)
        if gone.verdict != "cannot_tell" or {first.verdict, last.verdict} != {"holds"}:
            continue
        told = [reasons.told_words(row.claim, row.unit or first.unit) for row in (gone, first, last)]
        reason = reasons.difference(told[0], told[1], told[2], bench.known)
        kept[gone.claim.id] = replace(
            gone,
            verdict="holds",
            reason=reason,
            address=last.address,
            book_value=gone.claim.value,
            unit=last.unit,
        )
    return kept


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
