"""Chains of postings for tests, written as a clerk's list: stage, day, how many, what it follows, its papers."""

from datetime import date
from typing import Any

from pairbook.households.rules import PersonDraft
from pairbook.kernel.quantities import Quantity
from pairbook.register.actions import Attendance, attach_paper, list_people, record_entry
from tests.world import A_PAPER, a_draft, recorder_of

DOCTORS = {"category": "professional", "field": "medical"}
CADRES = {"category": "cadre", "field": "party_government"}


def a_chain(*lines: dict[str, Any]) -> list[int]:
    """The ids of these entries; `follows` is the place of an earlier line, counted from 1."""
    ids: list[int] = []
    for line in lines:
        ids.append(_recorded(line, ids))
    return ids


def _recorded(line: dict[str, Any], ids: list[int]) -> int:
    draft = a_draft(
        "secondment",
        line.get("stage", "in_post"),
        happened_on=date.fromisoformat(line["on"]),
        quantity=Quantity.of(line.get("persons", 5), "person"),
        details=DOCTORS | line.get("details", {}),
        follows_id=ids[line["follows"] - 1] if "follows" in line else None,
    )
    by = recorder_of(draft)
    entry_id = record_entry(draft, by=by)
    for sort in line.get("papers", "").split():
        attach_paper(entry_id, content=A_PAPER + sort.encode(), sort=sort, by=by)
    people = [Attendance(PersonDraft(name, household=name)) for name in line.get("people", "")]
    if people:
        list_people(entry_id, people, by=by)
    return entry_id


SELECTED = {"stage": "selected", "on": "2020-02-20", "papers": "posting_letter"}
ARRIVED = {
    "on": "2020-03-02",
    "follows": 1,
    "papers": "arrival_record role_decision",
    "details": {"term_months": 6, "batch": "一"},
}
RETURNED = {"stage": "returned", "on": "2020-09-01", "follows": 2, "papers": "appraisal"}
EXTENDED = {"stage": "extended", "on": "2020-08-20", "follows": 2, "details": {"extended_to": "2020-12-31"}}
