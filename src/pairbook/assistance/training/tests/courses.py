"""Courses for tests, written as a clerk's list: stage, first day, how many, what it follows, its papers, its list."""

from datetime import date
from typing import Any

from pairbook.households.rules import PersonDraft
from pairbook.kernel.quantities import Quantity
from pairbook.register.actions import Attendance, attach_paper, list_people, record_entry
from tests.world import A_PAPER, a_draft, recorder_of

Line = dict[str, Any]
FARMERS = {"audience": "farmer", "place": "in_assisting"}


def a_record(*lines: Line) -> list[int]:
    """The ids of these entries; `follows` is the place of an earlier line, counted from 1."""
    ids: list[int] = []
    for line in lines:
        ids.append(_recorded(line, ids))
    return ids


def _recorded(line: Line, ids: list[int]) -> int:
    stage = line.get("stage", "held")
    subject = {"subject": "养羊"} if stage in ("planned", "held") else {}
    draft = a_draft(
        "training",
        stage,
        happened_on=date.fromisoformat(line["on"]),
        quantity=Quantity.of(line.get("persons", 3), "person"),
        details=FARMERS | subject | line.get("details", {}),
        follows_id=ids[line["follows"] - 1] if "follows" in line else None,
    )
    by = recorder_of(draft)
    entry_id = record_entry(draft, by=by)
    for sort in line.get("papers", "").split():
        attach_paper(entry_id, content=A_PAPER + sort.encode(), sort=sort, by=by)
    people = [
        Attendance(PersonDraft(name, household=name), times) for name, times in line.get("people", {}).items()
    ]
    if people:
        list_people(entry_id, people, by=by)
    return entry_id


def listed(names: str, times: int | None = None) -> dict[str, int | None]:
    """A list of people, one character each, who all came so often."""
    return dict.fromkeys(names, times)


HELD = {
    "on": "2020-06-08",
    "papers": "sign_in",
    "details": {"days": 5, "sessions": 10},
    "people": listed("甲乙丙", 9),
}
CERTIFIED = {"stage": "certified", "on": "2020-06-12", "follows": 1}
EMPLOYED = {"stage": "employed", "on": "2020-09-01", "follows": 1, "persons": 1}
