"""The question of this room: a text held against the book, every figure of it."""

from datetime import date

from pairbook.analysis.claims.finding import find_figures
from pairbook.bulletins.answers import Answers, Bench
from pairbook.bulletins.findings import conversions, findings_of
from pairbook.bulletins.growth import is_growth, judged_growth, partner_of
from pairbook.bulletins.judging import judged, repeated
from pairbook.bulletins.known import known_of, limits_on
from pairbook.bulletins.shapes import Checked, CheckedClaim
from pairbook.bulletins.surroundings import surroundings_of
from pairbook.indicators.reads import scope_of
from pairbook.kernel import clock
from pairbook.kernel.texts import Lang


def check_text(
    text: str,
    *,
    pairing_code: str,
    as_of: date | None = None,
    published: date | None = None,
    lang: Lang | None = None,
    is_public: bool = False,
) -> Checked:
    """Every claim of a text with its verdict, and what the claims say about each other.

    `as_of` None is the day of publication, else today. `is_public` leaves out what the public may not see of few
    people. The pairing must exist.
    """
    day = as_of or published or clock.today()
    found = find_figures(text, lang=lang, published=published or day)
    claims = {figure.id: figure for figure in found.figures if figure.is_claim}
    arounds = surroundings_of(text, list(claims.values()))
    scope = scope_of(pairing_code)
    bench = Bench(Answers(scope, is_public=is_public), known_of(scope, day), limits_on(day))
    again = conversions(found.relations, claims)
    checked: dict[str, CheckedClaim] = {}
    for name, claim in claims.items():
        first = checked.get(again.get(name, ""))
        if first is not None and claim.value and first.claim.value:
            checked[name] = repeated(claim, first, bench)
        else:
            checked[name] = judged(claim, arounds[name], bench)
    for name, claim in claims.items():
        if is_growth(claim):
            partner = partner_of(claim, list(claims.values()), arounds)
            checked[name] = judged_growth(
                claim, arounds[name], checked[partner.id] if partner else None, bench
            )
    rows = tuple(checked.values())
    return Checked(found.lang, day, text, rows, findings_of(found, rows, arounds, bench.limits))
