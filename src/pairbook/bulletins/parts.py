"""Parts of a total told in one sentence: each may be that of one tier or field without the sentence saying so."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations

from pairbook.bulletins import reasons
from pairbook.bulletins.answers import Bench
from pairbook.bulletins.shapes import CheckedClaim
from pairbook.bulletins.surroundings import Surroundings
from pairbook.indicators.rules import value_words

_NARROWING = ("tier", "field", "subset")


def as_parts(
    checked: Mapping[str, CheckedClaim], arounds: Mapping[str, Surroundings], bench: Bench
) -> dict[str, CheckedClaim]:
    """The claims again, those that are a part of a total that holds with the part's own figure.

    On top of 51.5 million planned, 2.565 million more was raised, which makes 54.065 million: the first is the
    municipal money, though it is not called so.
    """
    return {name: _as_part(row, checked, arounds, bench) for name, row in checked.items()}


def _as_part(
    row: CheckedClaim,
    checked: Mapping[str, CheckedClaim],
    arounds: Mapping[str, Surroundings],
    bench: Bench,
) -> CheckedClaim:
    nearest, claim, value = row.nearest, row.claim, row.claim.value
    if (
        value is None
        or row.verdict != "differs"
        or nearest is None
        or row.differs_in not in _NARROWING
        or row.address is None
    ):
        return row
    if getattr(row.address, row.differs_in) is not None or claim.qualifier != "exact":
        return row
    sentence = arounds[claim.id].sentence
    held = [
        one.claim.value
        for one in checked.values()
        if one.verdict == "holds" and one.claim.value and arounds[one.claim.id].sentence == sentence
    ]
    if not any(value + one == other or value + other == one for one, other in combinations(held, 2)):
        return row
    booked = value_words(nearest.value, nearest.unit)
    is_cash = nearest.unit == "CNY" and not nearest.address.goods
    reason = reasons.holds(
        claim, booked, bench.answers.sentence(nearest.address), bench.known, is_cash=is_cash
    )
    return replace(
        row,
        verdict="holds",
        reason=reason,
        address=nearest.address,
        book_value=nearest.value,
        unit=nearest.unit,
        differs_in=None,
        nearest=None,
    )
