"""What the tests ask of the finder: the claims of a text, and the numbers in it that claim nothing."""

from datetime import date

from pairbook.analysis.claims.finding import find_figures
from pairbook.analysis.claims.shapes import Figure

DAY = date(2020, 9, 18)


def claims_in(text: str, published: date | None = DAY) -> list[Figure]:
    """The claims of a text, in order."""
    return [figure for figure in find_figures(text, published=published).figures if figure.is_claim]


def others_in(text: str) -> list[str]:
    """The numbers of a text that claim nothing, as they stand there."""
    return [figure.text for figure in find_figures(text, published=DAY).figures if not figure.is_claim]
