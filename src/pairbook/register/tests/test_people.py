"""People counted for a page of figures: what is chosen in memory is what the database would choose."""

from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pairbook.households.rules import PersonDraft
from pairbook.kernel import clock
from pairbook.kernel.periods import Period
from pairbook.kernel.quantities import Quantity
from pairbook.register.actions import Attendance, confirm_entry, correct_entry, list_people
from pairbook.register.models import Participant
from pairbook.register.people import Listed, People
from pairbook.register.reads import EntryFilter, matching_entries
from tests.world import World, a_draft, an_entry, answerer_of, recorder_of

DOCTORS = {"category": "professional", "field": "medical"}
CADRES = {"category": "cadre", "field": "party_government"}


def _posted(stage: str, names: str, *, day: str, details: dict[str, str] = DOCTORS, **changes: Any) -> int:
    parts = {
        "happened_on": date.fromisoformat(day),
        "details": details,
        "quantity": Quantity.of(9, "person"),
        **changes,
    }
    entry_id = an_entry("secondment", stage, **parts)
    by = recorder_of(a_draft("secondment", stage))
    list_people(entry_id, [Attendance(PersonDraft(name, household=name)) for name in names], by=by)
    return entry_id


@pytest.fixture
def posted(world: World) -> list[int]:
    """Postings of five people, some of them again: confirmed, returned, in the child pairing, and once corrected."""
    with clock.sample_clock(datetime(2020, 8, 1, 9, tzinfo=UTC)):
        first = _posted("in_post", "甲乙丙", day="2020-03-02")
        second = _posted("in_post", "乙丙丁", day="2020-04-02", details=CADRES)
        child = _posted("in_post", "甲戊", day="2020-05-02", pairing_id=world.child_id)
    with clock.sample_clock(datetime(2020, 9, 1, 9, tzinfo=UTC)):
        again = _posted("in_post", "甲乙", day="2020-06-02")
        gone = _posted("returned", "丙", day="2020-07-02", follows_id=first)
        for entry_id in (first, again):
            confirm_entry(entry_id, by=answerer_of(a_draft("secondment", "in_post")))
        draft = a_draft(
            "secondment",
            "in_post",
            happened_on=date(2020, 4, 3),
            quantity=Quantity.of(9, "person"),
            details=CADRES,
        )
        corrected = correct_entry(second, draft, reason="日期有误", by=recorder_of(draft))
    return [first, corrected, child, again, gone]


def _one_by_one(wanted: EntryFilter, leaves: tuple[str, ...]) -> Listed:
    """The same counted entry by entry as the database gives them."""
    here, confirmed = Counter[int](), Counter[int]()
    for entry in matching_entries(wanted):
        rows = Participant.objects.filter(entry_id=entry.pk)
        if wanted.known_at is not None:
            rows = rows.filter(listed_at__lte=wanted.known_at)
        for person in rows.values_list("person_id", flat=True):
            here[person] += -1 if entry.stage in leaves else 1
            confirmed[person] += (-1 if entry.stage in leaves else 1) * (entry.verdict == "confirmed")
    again = [sum(times - 1 for times in counted.values() if times > 1) for counted in (here, confirmed)]
    return Listed(Decimal(sum(times > 0 for times in here.values())), *map(Decimal, again))


ASKED: tuple[dict[str, Any], ...] = (
    {},
    {"stages": ("in_post",)},
    {"stages": ("in_post", "returned")},
    {"category": ("cadre",)},
    {"category": ("cadre", "professional"), "stages": ("in_post",)},
    {"field": "medical"},
    {"direction": "assisting_to_assisted"},
    {"direction": "assisted_to_assisting"},
    {"period": Period(date(2020, 4, 3), date(2020, 6, 2))},
    {"period": Period(date(2020, 4, 2), date(2020, 6, 3)), "year": 2020},
    {"year": 2019},
    {"unit": "person"},
    {"unit": "household"},
    {"item_code": "mask"},
    {"campaign_code": "covid-19"},
    {"tier": "municipal"},
    {"state": "both_sides"},
    {"state": "one_side"},
    {"known_at": datetime(2020, 8, 15, tzinfo=UTC)},
    {"known_at": datetime(2020, 8, 15, tzinfo=UTC), "state": "both_sides"},
)


@pytest.mark.parametrize("asked", ASKED, ids=repr)
@pytest.mark.parametrize("leaves", [(), ("returned",)])
def test_people_are_those_the_database_would_choose(world, posted, asked, leaves):
    pairing_ids = (world.pairing_id, world.child_id)
    wanted = EntryFilter(pairing_ids=pairing_ids, kind="secondment", **asked)
    assert People(pairing_ids).listed(wanted, leaves=leaves) == _one_by_one(wanted, leaves)


def test_only_entries_named_by_number_count(world, posted):
    wanted = EntryFilter(pairing_ids=(world.pairing_id,), kind="secondment", ids=(posted[0],))
    assert People((world.pairing_id,)).listed(wanted) == Listed(Decimal(3), Decimal(0), Decimal(0))


def test_people_are_asked_for_once_whatever_the_number_of_figures(world, posted):
    people = People((world.pairing_id,))
    with CaptureQueriesContext(connection) as asked:
        for stage in ("selected", "in_post", "extended", "returned"):
            people.listed(EntryFilter(pairing_ids=(world.pairing_id,), kind="secondment", stages=(stage,)))
    assert len(asked) == 2


def test_a_kind_without_lists_has_none(world, posted):
    people = People((world.pairing_id,))
    assert people.has_any("secondment", None) and not people.has_any("jobs", None)
