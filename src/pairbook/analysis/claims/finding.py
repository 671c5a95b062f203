"""Finds the figures of a text: the whole pipeline from the text as given to figures and their relations."""

from datetime import date
from decimal import Decimal

from pairbook.analysis.claims.headlines import told_below
from pairbook.analysis.claims.measured import Measured
from pairbook.analysis.claims.moments_zh import year_summed_up
from pairbook.analysis.claims.parties import giver_in, main_sides, sides_in
from pairbook.analysis.claims.reading import Reader, Reading
from pairbook.analysis.claims.relations import relations_between
from pairbook.analysis.claims.sentences import sentences_of
from pairbook.analysis.claims.shapes import Basis, Figure, Found, Lang, Period
from pairbook.analysis.claims.tables import lay_out_tables
from pairbook.analysis.claims.texts import PlainText, language_of, plain_text
from pairbook.analysis.claims.times import Calendar, Time
from pairbook.analysis.claims.tokens import Number


def find_figures(text: str, *, lang: Lang | None = None, published: date | None = None) -> Found:
    """Every figure of the text, claims and others, in order; relative times are resolved against `published`."""
    plain = plain_text(text)
    spoken = lang or language_of(plain.plain)
    calendar = Calendar(published, this_year=year_summed_up(plain.plain, published))
    sentences = sentences_of(plain, spoken, calendar)
    lay_out_tables(plain.plain, sentences)
    for sentence in sentences:
        if any(not number.why_not for number in sentence.numbers):
            sentence.sides = sides_in(
                text[plain.place(sentence.start) : plain.place(sentence.end, is_end=True)], sentence.lang
            )
    sides = main_sides([sentence.sides for sentence in sentences if sentence.sides])
    if spoken == "en" and not sides[0]:
        sides = giver_in(text), ""
    reader = Reader(plain.plain, published, sides)
    readings: list[Reading | None] = []
    tokens: list[Time | Number] = []
    for sentence in sentences:
        for token, reading in reader.read(sentence):
            tokens.append(token)
            readings.append(reading)
    figures = [
        _figure(plain, place, token, reading)
        for place, (token, reading) in enumerate(zip(tokens, readings, strict=True), start=1)
    ]
    claims = [
        (figure.id, reading) for figure, reading in zip(figures, readings, strict=True) if reading is not None
    ]
    relations = tuple(relations_between(plain.plain, claims))
    if spoken == "zh":
        figures = told_below(text, figures)
    return Found(spoken, published, tuple(figures), relations)


_STOCKS = (
    "poverty.",
    "twinning.",
    "workshops.",
    "other:population",
    "other:households",
    "other:villages",
    "enterprises.count",
)


def _basis(measured: Measured, period: Period | None) -> Basis:
    if measured.measure == "other:growth":
        return "change"
    if measured.measure.startswith(_STOCKS) and "exited" not in measured.measure:
        return "stock"
    return "flow"


def _figure(plain: PlainText, place: int, token: Time | Number, reading: Reading | None) -> Figure:
    start, end = plain.place(token.start), plain.place(token.end, is_end=True)
    text = plain.given[start:end]
    name = f"f{place}"
    if reading is None:
        value, unit = (token.low, token.unit or None) if isinstance(token, Number) else (None, None)
        is_length = isinstance(token, Number) and token.why_not == "duration"
        return Figure(
            name,
            text,
            start,
            end,
            value if is_length else None,
            None,
            unit if is_length else None,
            "exact",
            None,
            False,
            None,
            None,
            "done",
            None,
            None,
            None,
            0.9,
        )
    number, measured = reading.number, reading.measured
    giver, receiver = reading.sides or (None, None)
    return Figure(
        name,
        text,
        start,
        end,
        _tidy(number.low),
        _tidy(number.high),
        number.unit,
        number.qualifier,
        measured.measure,
        True,
        reading.period,
        _basis(measured, reading.period),
        reading.modality,
        giver,
        receiver,
        measured.of,
        _confidence(reading),
    )


def _tidy(value: Decimal | None) -> Decimal | None:
    """The number without the noughts that multiplying left behind."""
    if value is None:
        return None
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()


def _confidence(reading: Reading) -> float:
    share = min(max(reading.measured.strength, 0.0), 100.0) / 100
    named = 0.45 if reading.measured.measure.startswith("other:") else 0.55
    return round(named + 0.4 * share, 2)
