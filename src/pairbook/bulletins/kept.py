"""The readings clerks corrected: those in force, the list of them, and test cases made of them."""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pairbook.analysis.claims.finding import find_figures
from pairbook.analysis.claims.labels import label_of
from pairbook.analysis.claims.shapes import Figure, Lang, figure_json
from pairbook.bulletins.corrections import (
    Place,
    Reading,
    digest_of,
    place_of,
    read_anew,
    reading_from_json,
    reading_of,
)
from pairbook.bulletins.models import ReadingCorrection
from pairbook.indicators.rules import QUALIFIERS
from pairbook.kernel.access import ROLE_LABELS, Actor, may
from pairbook.kernel.periods import day_of
from pairbook.kernel.texts import Text
from pairbook.pairings.reads import standing_in
from pairbook.parties.reads import post_on
from pairbook.web.numbers import plain


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """One correction with who made it."""

    id: int
    place: Place
    lang: Lang
    published_on: date
    was: Reading
    now: Reading
    note: str
    made_at: datetime
    made_by: str

    @property
    def was_words(self) -> Text:
        """How the program reads it, in words."""
        return reading_words(self.was)

    @property
    def now_words(self) -> Text:
        """How it is read now, in words."""
        return reading_words(self.now)


def may_correct(actor: Actor, pairing_id: int) -> bool:
    """Whether somebody may correct readings in a pairing."""
    return may(standing_in(pairing_id, actor), "reading.correct")


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a text that a clerk looks at."""

    place: Place
    lang: Lang
    found: Reading
    """How the program reads it."""
    counts: Reading
    """How checks read it today."""

    @property
    def found_words(self) -> Text:
        """How the program reads it, in words."""
        return reading_words(self.found)


def reading_words(reading: Reading) -> Text:
    """A reading in words: more than 400 persons, jobs taken up, 2020-01-01 to 2020-09-18."""
    if not reading.is_claim:
        return Text("不是数据", "no figure")
    qualifier = QUALIFIERS.get(reading.qualifier, Text("", ""))
    value = "—" if reading.value is None else plain(reading.value)
    if reading.value_high is not None:
        value = f"{value}–{plain(reading.value_high)}"
    unit, measure = (
        Text(*label_of(code)) if code else Text("", "") for code in (reading.unit, reading.measure)
    )
    days = " – ".join(day.isoformat() for day in (reading.first, reading.last) if day is not None)
    modality = Text(*label_of(reading.modality)) if reading.modality != "done" else Text("", "")
    zh = [f"{qualifier.zh}{value}{unit.zh}", measure.zh, days, modality.zh]
    en = [f"{qualifier.en} {value} {unit.en}".strip(), measure.en, days, modality.en]
    return Text("，".join(filter(None, zh)), ", ".join(filter(None, en)))


def number_of(text: str, figure_id: str, *, pairing_id: int, published: date) -> Number | None:
    """A number of a text by its id in a check; None where the text has no such number."""
    found = find_figures(text, published=published)
    figure = next((figure for figure in found.figures if figure.id == figure_id), None)
    if figure is None:
        return None
    place, reading = place_of(text, figure), reading_of(figure)
    return Number(place, found.lang, reading, readings_in_force(pairing_id).get(place.key, reading))


def readings_in_force(pairing_id: int) -> dict[tuple[str, int, int], Reading]:
    """The readings that checks of a pairing use, by sentence and place; one query."""
    rows = ReadingCorrection.objects.filter(pairing_id=pairing_id).order_by("pk")
    newest: dict[tuple[str, int, int], str] = {}
    for digest, start, end, now in rows.values_list("digest", "start", "end", "now"):
        newest[digest, start, end] = now
    return {key: reading_from_json(json.loads(now)) for key, now in newest.items() if now}


Key = tuple[str, int, int]


def readers_of(pairing_id: int, keys: Collection[Key]) -> dict[Key, Text]:
    """By which office and when each of these numbers was read anew; the public learns the post and not the person."""
    rows = ReadingCorrection.objects.filter(pairing_id=pairing_id, digest__in={key[0] for key in keys})
    newest = {(row.digest, row.start, row.end): row for row in rows.order_by("pk")}
    return {key: _reader(newest[key]) for key in keys if key in newest}


def _reader(row: ReadingCorrection) -> Text:
    day = day_of(row.made_at)
    post = post_on(row.made_by_id, day)
    if post is None:
        return Text(f"{day.isoformat()}经人工更正读法", f"read by a person on {day.isoformat()}")
    office, role = post[0], ROLE_LABELS[post[1]]
    return Text(
        f"{day.isoformat()}由{office.zh}{role.zh}更正读法",
        f"read by a person on {day.isoformat()}: {role.en}, {office.en}",
    )


def corrections_kept(pairing_id: int) -> list[CorrectionRow]:
    """The corrections in force, the newest first."""
    rows = ReadingCorrection.objects.filter(pairing_id=pairing_id).select_related("made_by").order_by("pk")
    newest = {(row.digest, row.start, row.end): row for row in rows}
    found = [_row(row) for row in newest.values() if row.now]
    return sorted(found, key=lambda row: row.id, reverse=True)


def _row(row: ReadingCorrection) -> CorrectionRow:
    return CorrectionRow(
        id=row.pk,
        place=Place(row.sentence, row.start, row.end),
        lang="zh" if row.lang == "zh" else "en",
        published_on=row.published_on,
        was=reading_from_json(json.loads(row.was)),
        now=reading_from_json(json.loads(row.now)),
        note=row.note,
        made_at=row.made_at,
        made_by=row.made_by.display_name or row.made_by.username,
    )


def correction_cases(rows: Sequence[CorrectionRow]) -> str:
    """The corrections as annotated texts in YAML, one for each sentence, in the form of the finder's corpus.

    The sentence stands alone there, so its other figures are told as they are read alone.
    """
    sentences: dict[str, list[CorrectionRow]] = {}
    for row in sorted(rows, key=lambda row: row.id):
        sentences.setdefault(digest_of(row.place.sentence), []).append(row)
    told = ["# Readings that clerks corrected, as annotated texts; each sentence stands alone."]
    for number, group in enumerate(sentences.values(), start=1):
        told += ["", *_case(number, group)]
    return "\n".join(told) + "\n"


def _case(number: int, group: Sequence[CorrectionRow]) -> Iterator[str]:
    first = group[0]
    sentence = first.place.sentence
    found = find_figures(sentence, lang=first.lang, published=first.published_on)
    readings = {(row.place.start, row.place.end): row.now for row in group}
    yield f"- id: correction-{number:03}"
    yield f"  lang: {first.lang}"
    yield f"  published: {first.published_on.isoformat()}"
    yield "  phenomena: [correction]"
    yield f"  text: {_quoted(sentence)}"
    yield "  figures:"
    for figure in found.figures:
        reading = readings.get((figure.start, figure.end))
        told = _annotation(read_anew(figure, reading) if reading else figure)
        # The same words twice in a sentence are told apart by how often they came before.
        occurrence = sentence.count(figure.text, 0, figure.start + len(figure.text))
        if occurrence > 1:
            told["occurrence"] = occurrence
        yield f"    - {{{', '.join(f'{name}: {_quoted(value)}' for name, value in told.items())}}}"
    yield "  relations: []"


_TOLD = (
    "id",
    "text",
    "value",
    "value_high",
    "unit",
    "qualifier",
    "measure",
    "is_claim",
    "period",
    "modality",
)


def _annotation(figure: Figure) -> dict[str, Any]:
    held = figure_json(figure)
    return {name: held[name] for name in _TOLD}


def _quoted(value: object) -> str:
    """A value as YAML: JSON is a part of it."""
    return json.dumps(value, ensure_ascii=False)
