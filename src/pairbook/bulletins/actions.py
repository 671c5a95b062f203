"""Writes of this room: keep a clerk's reading of a number, and take it back."""

import json
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from pairbook.bulletins.corrections import Place, Reading, check_reading, reading_json
from pairbook.bulletins.models import ReadingCorrection
from pairbook.kernel import clock
from pairbook.kernel.access import Actor, may, must
from pairbook.kernel.actions import canonical, write_audit
from pairbook.kernel.problems import Problem, Refusal, Rejected
from pairbook.kernel.texts import Text
from pairbook.pairings.reads import standing_in


@dataclass(frozen=True, slots=True)
class CorrectionDraft:
    """A clerk's reading of one number, not kept yet."""

    place: Place
    lang: str
    published_on: date
    was: Reading
    now: Reading
    note: str = ""


@transaction.atomic
def correct_reading(draft: CorrectionDraft, *, pairing_id: int, by: Actor) -> int:
    """The id of a correction that every check of this sentence uses from now on.

    The same correction sent twice is kept once; one that changes nothing is a problem.
    """
    _must(pairing_id, by)
    problems = check_reading(draft.now, draft.place, draft.note)
    if not problems and draft.now == draft.was:
        cure = Text(
            "与程序的读法相同，没有可更正的。",
            "This is how the program reads it; there is nothing to correct.",
        )
        problems.append(Problem("reading.same", Text("读法", "Reading"), cure))
    if problems:
        raise Rejected(problems)
    place = draft.place
    now = canonical(reading_json(draft.now))
    newest = _newest(pairing_id, place.key)
    if newest is not None and newest.now == now:
        return newest.pk
    return _kept(
        ReadingCorrection(
            pairing_id=pairing_id,
            sentence=place.sentence,
            digest=place.key[0],
            start=place.start,
            end=place.end,
            lang=draft.lang,
            published_on=draft.published_on,
            was=canonical(reading_json(draft.was)),
            now=now,
            note=draft.note.strip(),
        ),
        by,
        "reading.correct",
    )


@transaction.atomic
def take_back_reading(correction_id: int, *, by: Actor) -> int:
    """The id of the row that takes a correction back: the program's own reading counts again."""
    row = ReadingCorrection.objects.get(pk=correction_id)
    _must(row.pairing_id, by)
    newest = _newest(row.pairing_id, (row.digest, row.start, row.end))
    if newest is None or newest.pk != row.pk or not row.now:
        reason = Text("这条更正已被更新或撤回。", "This correction was replaced or taken back already.")
        raise Refusal("reading.not_newest", reason)
    taken = ReadingCorrection(
        pairing_id=row.pairing_id,
        sentence=row.sentence,
        digest=row.digest,
        start=row.start,
        end=row.end,
        lang=row.lang,
        published_on=row.published_on,
        was=row.was,
        now="",
    )
    return _kept(taken, by, "reading.take_back")


def _must(pairing_id: int, by: Actor) -> None:
    must(may(standing_in(pairing_id, by), "reading.correct"), "reading.correct")


def _newest(pairing_id: int, key: tuple[str, int, int]) -> ReadingCorrection | None:
    digest, start, end = key
    rows = ReadingCorrection.objects.filter(pairing_id=pairing_id, digest=digest, start=start, end=end)
    return rows.order_by("-pk").first()


def _kept(row: ReadingCorrection, by: Actor, verb: str) -> int:
    assert by.user_id is not None, "the public may not correct"
    row.made_at, row.made_by_id = clock.now(), by.user_id
    row.save(force_insert=True)
    body = {
        "sentence": row.sentence,
        "number": row.sentence[row.start : row.end],
        "was": json.loads(row.was),
        "now": json.loads(row.now) if row.now else None,
    }
    write_audit(verb, f"reading:{row.pk}", body, by=by.user_id)
    return row.pk
