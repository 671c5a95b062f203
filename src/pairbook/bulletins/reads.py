"""The question of this room: a text held against the book, every figure of it, and against an earlier text."""

from dataclasses import dataclass, replace
from datetime import date

from pairbook.analysis.claims.finding import find_figures
from pairbook.analysis.claims.shapes import Found
from pairbook.bulletins.answers import Answers, Bench
from pairbook.bulletins.corrections import place_of, with_corrections
from pairbook.bulletins.earlier import Read, findings_against, shifts_within
from pairbook.bulletins.findings import conversions, findings_of, names_neither_side
from pairbook.bulletins.growth import is_growth, judged_growth, partner_of
from pairbook.bulletins.judging import judged, repeated
from pairbook.bulletins.kept import readers_of, readings_in_force
from pairbook.bulletins.known import gazetteer, known_of, limits_on
from pairbook.bulletins.parts import as_parts
from pairbook.bulletins.shapes import Checked, CheckedClaim, EarlierText
from pairbook.bulletins.surroundings import surroundings_of
from pairbook.bulletins.told_days import days_told
from pairbook.bulletins.totals import with_differences, with_totals
from pairbook.bulletins.whereabouts import whereabouts_of
from pairbook.indicators.reads import scope_of
from pairbook.kernel import clock
from pairbook.kernel.texts import Lang, Text


@dataclass(frozen=True, slots=True)
class Against:
    """An earlier text to compare with, and the day it was published."""

    text: str
    published: date | None = None


def check_text(
    text: str,
    *,
    pairing_code: str,
    as_of: date | None = None,
    published: date | None = None,
    lang: Lang | None = None,
    is_public: bool = False,
    against: Against | None = None,
) -> Checked:
    """Every claim of a text with its verdict, and what the claims say about each other and about an earlier text.

    `as_of` None is the day of publication, else today. `is_public` leaves out what the public may not see of few
    people. The pairing must exist. Of an earlier text without a day the words about time are read as of the same day.
    """
    day = as_of or published or clock.today()
    answers = Answers(scope_of(pairing_code), is_public=is_public)
    found, anew, read, bench = _read(text, day, published or day, lang, answers)
    others = tuple(figure for figure in found.figures if not figure.is_claim)
    notice = bench.whereabouts.notice if read.rows else None
    findings = (*findings_of(found, read.rows, read.arounds, bench.limits), *shifts_within(read))
    if notice is not None:
        findings = (names_neither_side(read.rows, notice), *findings)
    if against is None:
        return Checked(found.lang, day, text, tuple(read.rows), findings, None, anew, others, notice)
    then = against.published or day
    earlier, _, before, _ = _read(against.text, then, then, None, answers)
    findings += findings_against(read, before, answers.sentence)
    told = EarlierText(earlier.lang, then, against.text, tuple(row.claim for row in before.rows))
    return Checked(found.lang, day, text, tuple(read.rows), findings, told, anew, others, notice)


def _found(text: str, published: date, lang: Lang | None, pairing_id: int) -> tuple[Found, dict[str, Text]]:
    """The figures of a text as clerks corrected them, and who corrected which."""
    found = find_figures(text, lang=lang, published=published)
    readings = readings_in_force(pairing_id)
    if not readings:
        return found, {}
    places = {figure.id: place_of(text, figure).key for figure in found.figures}
    found, anew = with_corrections(text, found, readings)
    readers = readers_of(pairing_id, {places[name] for name in anew})
    return found, {name: readers[places[name]] for name in anew}


def _read(
    text: str, day: date, published: date, lang: Lang | None, answers: Answers
) -> tuple[Found, dict[str, Text], Read, Bench]:
    """The figures of a text, who read which of them anew, its claims judged, and what they were judged with."""
    assert answers.scope.pairing is not None, "a text is held against a pairing"
    found, anew = _found(text, published, lang, answers.scope.pairing.id)
    known = replace(known_of(answers.scope, day), told_days=days_told(text, day))
    found = with_totals(found, known.measurables)
    claims = {figure.id: figure for figure in found.figures if figure.is_claim}
    arounds = surroundings_of(text, list(claims.values()))
    bench = Bench(answers, known, limits_on(day), whereabouts_of(text, known, gazetteer()))
    again = conversions(found.relations, claims)
    checked: dict[str, CheckedClaim] = {}
    for name, claim in claims.items():
        first = checked.get(again.get(name, ""))
        if first is not None and claim.value and first.claim.value:
            checked[name] = repeated(claim, first, bench)
        else:
            checked[name] = judged(claim, arounds[name], bench)
    checked = with_differences(as_parts(checked, arounds, bench), found, bench)
    for name, claim in claims.items():
        if is_growth(claim) and bench.whereabouts.place_of(claim) is None:
            partner = partner_of(claim, list(claims.values()), arounds)
            own = checked[partner.id] if partner else None
            checked[name] = judged_growth(claim, arounds[name], own, bench)
    return found, anew, Read(list(checked.values()), arounds, bench.known), bench
