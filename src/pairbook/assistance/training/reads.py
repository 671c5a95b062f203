"""Questions to the courses in the book: those held with their lists, and those planned that are not held yet."""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from pairbook.assistance.training.rules import Course, Outcome, is_overdue
from pairbook.kernel.texts import Text
from pairbook.register.models import Entry, Paper
from pairbook.register.people import listed_in
from pairbook.workspace.rules import Due

OUTCOMES = ("certified", "employed", "started_business")
_COLUMNS = (
    "id", "root_id", "follows_id", "stage", "direction", "category", "field", "happened_on", "quantity_steps",
    "details", "giver_id", "giver__name_zh", "giver__name_en",
)  # fmt: skip
_DUE_WITHIN = timedelta(days=31)
_Row = dict[str, Any]


def _rows(pairing_ids: Sequence[int]) -> list[_Row]:
    entries = Entry.objects.filter(pairing_id__in=pairing_ids, kind="training").current()
    return [
        dict(zip(_COLUMNS, row, strict=True))
        for row in entries.order_by("happened_on", "id").values_list(*_COLUMNS)
    ]


def courses(pairing_ids: Sequence[int]) -> list[Course]:
    """Every course held in these pairings with its papers, its list and what came of it, oldest first."""
    rows = _rows(pairing_ids)
    held = [row for row in rows if row["stage"] == "held"]
    ids = [row["id"] for row in held]
    papers: dict[int, set[str]] = {entry_id: set() for entry_id in ids}
    for entry_id, sort in Paper.objects.filter(entry_id__in=ids).values_list("entry_id", "sort"):
        papers[entry_id].add(sort)
    people: dict[int, dict[int, int | None]] = {entry_id: {} for entry_id in ids}
    for one in listed_in(ids):
        people[one.entry_id][one.person_id] = one.times
    outcomes: dict[int, list[Outcome]] = {}
    for row in rows:
        if row["stage"] in OUTCOMES:
            outcome = Outcome(row["id"], row["happened_on"], _sort(row))
            outcomes.setdefault(row["follows_id"], []).append(outcome)
    return [
        _course(
            row,
            papers=frozenset(papers[row["id"]]),
            people=people[row["id"]],
            outcomes=tuple(outcomes.get(row["root_id"] or row["id"], ())),
        )
        for row in held
    ]


def _sort(row: _Row) -> tuple[str, str, str]:
    return row["direction"], row["category"], row["field"]


def _course(row: _Row, **gathered: Any) -> Course:
    details = json.loads(row["details"])
    return Course(
        entry_id=row["id"],
        sort=_sort(row),
        giver_id=row["giver_id"],
        started_on=row["happened_on"],
        days=details.get("days") or 1,
        sessions=details.get("sessions") or None,
        persons=row["quantity_steps"],
        **gathered,
    )


def dues(pairing_ids: Sequence[int], day: date) -> list[Due]:
    """Courses planned to begin before a day, or within 31 days of it, and not held yet."""
    rows = _rows(pairing_ids)
    followed = {row["follows_id"] for row in rows if row["stage"] == "held"}
    found = []
    for row in rows:
        starts_on = json.loads(row["details"]).get("starts_on")
        is_open = row["stage"] == "planned" and (row["root_id"] or row["id"]) not in followed
        if is_open and starts_on and is_overdue(date.fromisoformat(starts_on), day, within=_DUE_WITHIN):
            found.append(_due(row, date.fromisoformat(starts_on)))
    return sorted(found, key=lambda due: (due.due_on, due.entry_id))


def _due(row: _Row, starts_on: date) -> Due:
    return Due(
        entry_id=row["id"],
        due_on=starts_on,
        said=Text(
            f"计划培训{row['quantity_steps']}人：开班后请记录，不办的请撤回计划。",
            f"Planned for {row['quantity_steps']}: record it once held, or withdraw the plan.",
        ),
        side="assisting" if row["direction"] == "assisting_to_assisted" else "assisted",
        owner=Text(row["giver__name_zh"], row["giver__name_en"]),
    )
