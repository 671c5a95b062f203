"""Questions to the postings in the book: who is in post by length of term and by team, and whose term ends soon."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from pairbook.assistance.secondment.rules import (
    Posting,
    Selection,
    Step,
    Term,
    band_of,
    end_of_term,
    persons_on,
    terms_on,
    whole_months,
)
from pairbook.kernel.reads import threshold
from pairbook.kernel.texts import Text
from pairbook.register.models import Entry, Paper
from pairbook.web.languages import typed_in_both
from pairbook.workspace.rules import Due

_COLUMNS = (
    "id", "root_id", "follows_id", "stage", "direction", "category", "field", "happened_on", "quantity_steps",
    "details", "giver__name_zh", "giver__name_en", "receiver_id",
)  # fmt: skip
_DUE_WITHIN = timedelta(days=31)
BANDS = ("secondment.band_short_months", "secondment.band_medium_months", "secondment.band_long_months")


def postings(pairing_ids: Sequence[int]) -> list[Posting]:
    """Every current arrival of these pairings with what it follows and what follows it, oldest first."""
    entries = Entry.objects.filter(pairing_id__in=pairing_ids, kind="secondment").current()
    rows = [
        dict(zip(_COLUMNS, row, strict=True))
        for row in entries.order_by("happened_on", "id").values_list(*_COLUMNS)
    ]
    papers = _paper_sorts([row["id"] for row in rows])
    selections = {
        row["root_id"] or row["id"]: Selection(row["happened_on"], papers[row["id"]])
        for row in rows
        if row["stage"] == "selected"
    }
    steps: dict[int, list[Step]] = {}
    for row in rows:
        if row["stage"] in ("extended", "returned") and row["follows_id"] is not None:
            steps.setdefault(row["follows_id"], []).append(_step(row, papers[row["id"]]))
    return [
        replace(
            _posting(row, papers[row["id"]]),
            selection=selections.get(row["follows_id"] or 0),
            steps=tuple(steps.get(row["root_id"] or row["id"], ())),
        )
        for row in rows
        if row["stage"] == "in_post"
    ]


def _paper_sorts(entry_ids: Sequence[int]) -> dict[int, frozenset[str]]:
    sorts: dict[int, set[str]] = {entry_id: set() for entry_id in entry_ids}
    for entry_id, sort in Paper.objects.filter(entry_id__in=entry_ids).values_list("entry_id", "sort"):
        sorts[entry_id].add(sort)
    return {entry_id: frozenset(found) for entry_id, found in sorts.items()}


def _sort(row: dict[str, Any]) -> tuple[str, str, str]:
    return row["direction"], row["category"], row["field"]


def _step(row: dict[str, Any], papers: frozenset[str]) -> Step:
    extended_to = json.loads(row["details"]).get("extended_to")
    return Step(
        entry_id=row["id"],
        happened_on=row["happened_on"],
        persons=row["quantity_steps"],
        sort=_sort(row),
        papers=papers,
        extended_to=date.fromisoformat(extended_to) if extended_to else None,
    )


def _posting(row: dict[str, Any], papers: frozenset[str]) -> Posting:
    details = json.loads(row["details"])
    return Posting(
        entry_id=row["id"],
        sort=_sort(row),
        started_on=row["happened_on"],
        persons=row["quantity_steps"],
        last_on=_planned_end(row["happened_on"], details),
        home=Text(row["giver__name_zh"], row["giver__name_en"]),
        host_id=row["receiver_id"],
        mode=details.get("mode", ""),
        team=details.get("team", ""),
        batch=details.get("batch", ""),
        relieves=details.get("relieves", ""),
        papers=papers,
    )


def _planned_end(started_on: date, details: dict[str, Any]) -> date | None:
    """The last day of the term: as told, or so many months after the arrival."""
    if details.get("ends_on"):
        return date.fromisoformat(details["ends_on"])
    months = details.get("term_months")
    return end_of_term(started_on, months) if months else None


def people_by_term(pairing_ids: Sequence[int], day: date, *, direction: str) -> list[tuple[Text, Decimal]]:
    """People in post on the day by the whole length of their term; a band nobody is in says 0."""
    limits = sorted(threshold(code, day) for code in BANDS)
    bands = [0] * (len(limits) + 1)
    untold = 0
    for posting in postings(pairing_ids):
        for term in terms_on(posting, day) if posting.direction == direction else ():
            if term.last_on is None:
                untold += term.persons
            else:
                bands[band_of(_length(posting, term), limits)] += term.persons
    return [
        *zip(_band_labels(limits), map(Decimal, bands), strict=True),
        (Text("未填期限", "no term told"), Decimal(untold)),
    ]


def _length(posting: Posting, term: Term) -> int:
    assert term.last_on is not None
    return whole_months(posting.started_on, term.last_on)


def _band_labels(limits: Sequence[int]) -> list[Text]:
    first, last = limits[0], limits[-1]
    between = [
        Text(f"{lower}个月以上、不满{upper}个月", f"{_months(lower)} or more, under {_months(upper)}")
        for lower, upper in pairwise(limits)
    ]
    return [
        Text(f"不满{first}个月", f"under {_months(first)}"),
        *between,
        Text(f"{last}个月以上", f"{_months(last)} or more"),
    ]


def _months(number: int) -> str:
    return "1 month" if number == 1 else f"{number} months"


def people_by_team(pairing_ids: Sequence[int], day: date) -> list[tuple[Text, Decimal]]:
    """People in post on the day in each group-style team, one row a team, the largest first."""
    teams: dict[str, int] = {}
    for posting in postings(pairing_ids):
        if posting.mode == "team" and persons_on(posting, day):
            teams[posting.team] = teams.get(posting.team, 0) + persons_on(posting, day)
    ordered = sorted(teams.items(), key=lambda one: (-one[1], one[0]))
    return [
        (Text(*typed_in_both(name)) if name else Text("（未填队名）", "(no name told)"), Decimal(people))
        for name, people in ordered
    ]


def dues(pairing_ids: Sequence[int], day: date) -> list[Due]:
    """Terms of people still in post that ended or end within 31 days: to be relieved, extended or returned."""
    found = []
    for posting in postings(pairing_ids):
        for term in terms_on(posting, day):
            if term.last_on is not None and term.last_on <= day + _DUE_WITHIN:
                found.append(_due(posting, term, term.last_on))
    return sorted(found, key=lambda due: (due.due_on, due.entry_id))


def _due(posting: Posting, term: Term, due_on: date) -> Due:
    return Due(
        entry_id=posting.entry_id,
        due_on=due_on,
        said=Text(
            f"{term.persons}人派驻期满：请安排轮换、延期或返回。",
            f"The term of {term.persons} {'person' if term.persons == 1 else 'people'} ends: "
            "arrange relief, an extension or the return.",
        ),
        side="assisting" if posting.direction == "assisting_to_assisted" else "assisted",
        owner=posting.home,
    )
