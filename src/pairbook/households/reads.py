"""Questions that need no key: who read whom, how many persons and households; never a name."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from pairbook.households.keys import key_ring
from pairbook.households.models import Person
from pairbook.kernel.models import AuditEvent
from pairbook.kernel.problems import Refusal
from pairbook.kernel.queries import rows_in

_READING_VERBS = ("person.read", "person.export")


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of names: who read how many, when, and what for."""

    at: datetime
    by: str
    verb: str
    pairing_id: int
    purpose: str
    person_ids: tuple[int, ...]
    tokens: tuple[str, ...]

    @property
    def people(self) -> int:
        """How many persons were read."""
        return len(self.person_ids)

    @property
    def is_export(self) -> bool:
        """Whether the names left the book in a file."""
        return self.verb == "person.export"


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What counts are made of: a person without a name."""

    id: int
    token: str
    household_token: str | None
    is_registered_poor: bool
    place_id: int | None


@dataclass(frozen=True, slots=True)
class PeopleCounts:
    """How many there are among some persons, each counted once."""

    persons: int
    registered_poor: int
    """Of the persons; a subset, never added to them."""
    households: int
    """Known households; those of `without_household` are not among them."""
    registered_poor_households: int
    """Households with a registered poor person among these persons."""
    without_household: int
    """Persons whose household is not known."""


def readings(*, pairing_id: int | None = None, person_id: int | None = None) -> list[Reading]:
    """Who read names, newest first: in a pairing, or those of one person, or all."""
    events = AuditEvent.objects.filter(verb__in=_READING_VERBS).select_related("by").order_by("-id")
    if pairing_id is not None:
        events = events.filter(subject=f"pairing:{pairing_id}")
    found = [_reading(event) for event in events]
    return [one for one in found if person_id is None or person_id in one.person_ids]


def _reading(event: AuditEvent) -> Reading:
    body = json.loads(event.body)
    return Reading(
        at=event.at,
        by=(event.by.display_name or event.by.username) if event.by else "",
        verb=event.verb,
        pairing_id=int(event.subject.removeprefix("pairing:")),
        purpose=body["purpose"],
        person_ids=tuple(body["ids"]),
        tokens=tuple(body["tokens"]),
    )


def person_facts(person_ids: Iterable[int]) -> dict[int, PersonFacts]:
    """What counts are made of, by person, in one query; whoever is not on the roster is missing."""
    columns = "id, token, household_token, is_registered_poor, place_id"
    return {
        row[0]: PersonFacts(row[0], row[1], row[2], bool(row[3]), row[4])
        for row in rows_in(columns, "households_person", "id", person_ids)
    }


def people_counts(person_ids: Iterable[int]) -> PeopleCounts:
    """How many persons, households and registered poor there are among these; repeated ids count once."""
    people = list(person_facts(person_ids).values())
    poor = [person for person in people if person.is_registered_poor]
    return PeopleCounts(
        persons=len(people),
        registered_poor=len(poor),
        households=len({person.household_token for person in people} - {None}),
        registered_poor_households=len({person.household_token for person in poor} - {None}),
        without_household=sum(person.household_token is None for person in people),
    )


def namesakes_in_a_household() -> list[tuple[int, ...]]:
    """The persons that share name and household, in groups: two people, or one recorded twice, which is to be checked.

    It comes about when a person was listed once by number alone and once by name and household alone.
    """
    shared = (
        Person.objects.exclude(name_token=None)
        .order_by()
        .values("name_token")
        .annotate(people=Count("id"))
        .filter(people__gt=1)
    )
    groups: dict[str, list[int]] = {}
    rows = Person.objects.filter(name_token__in=shared.values("name_token")).order_by("id")
    for name_token, person_id in rows.values_list("name_token", "id"):
        groups.setdefault(str(name_token), []).append(person_id)
    return [tuple(group) for group in groups.values()]


def roster_size() -> int:
    """How many persons are on the roster."""
    return Person.objects.count()


def is_roster_readable() -> bool:
    """Whether the keys at hand open every person; a restored book waits for its key file."""
    used = set(Person.objects.order_by().values_list("key_id", "token_key_id").distinct())
    if not used:
        return True
    try:
        ring = key_ring()
    except Refusal:
        return False
    return ring is not None and all(
        key_id in ring.by_id and token_key_id == ring.token_key_id for key_id, token_key_id in used
    )
