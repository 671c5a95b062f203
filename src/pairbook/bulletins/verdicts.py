"""A verdict with its figure as the reader may see it."""

from pairbook.analysis.claims.shapes import Figure as Claim
from pairbook.bulletins import reasons
from pairbook.bulletins.answers import Bench
from pairbook.bulletins.shapes import CheckedClaim, Nearest, Verdict
from pairbook.indicators.measuring import Figure
from pairbook.indicators.rules import Address
from pairbook.kernel.texts import Text

Answer = tuple[Verdict, Text, str | None, Nearest | None]
"""A verdict, why, in which part it differs, and where the number is found instead."""


def as_shown(claim: Claim, address: Address, figure: Figure, bench: Bench, answer: Answer) -> CheckedClaim:
    """The answer with its figure; where the public does not see the figure, only why not."""
    shown = bench.answers.shown(address)
    if shown is not None and shown.withheld is not None:
        return CheckedClaim(claim, "cannot_tell", reasons.withheld(shown.withheld))
    verdict, reason, differs_in, nearest = answer
    return CheckedClaim(claim, verdict, reason, address, figure.value, figure.unit, differs_in, nearest)
