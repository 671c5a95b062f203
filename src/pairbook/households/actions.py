"""Every write at the privacy wall. Reading a name is one too, for it leaves a line in the audit trail.

Whoever calls knows the pairing; this room stands below it and knows persons only. So each act is told the caller's
standing in the pairing, and which organisations have a part in what the persons stand in.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from pairbook.households.keys import KeyRing, is_in_setting, key_ring, missing_key, new_ring, store_ring
from pairbook.households.models import Person
from pairbook.households.roster import (
    Known,
    complete,
    matches,
    name_token_of,
    new_person,
    opened,
    people_meant,
    seal_person,
    tokens_of,
)
from pairbook.households.rules import (
    COLUMNS,
    PersonDraft,
    check_name,
    check_people,
    check_purpose,
    last_four,
    masked_name,
    masked_phone,
    normal_draft,
    normal_name,
)
from pairbook.kernel import clock
from pairbook.kernel.access import Actor, Standing, may_with, must
from pairbook.kernel.actions import write_audit
from pairbook.kernel.problems import Problem, Refusal, Rejected
from pairbook.kernel.texts import Text
from pairbook.parties.reads import parties_known

_AT_ONCE = 500
_SEALED = ("sealed_name", "sealed_phone", "sealed_id_number", "key_id")
_CHANGEABLE = (
    "token",
    "token_basis",
    "name_token",
    "household_token",
    *_SEALED,
    "is_registered_poor",
    "place_id",
)


@dataclass(frozen=True, slots=True)
class Errand:
    """Who comes to the wall, and with what right: the standing in the pairing that the persons are asked for in.

    `organisation_ids` are the parties that gave, received or recorded what the persons stand in; a line department
    must be one of them.
    """

    by: Actor
    pairing_id: int
    standing: Standing | None
    organisation_ids: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class PersonShown:
    """A person read from behind the wall. Of the identity number the last four alone are ever shown."""

    id: int
    token: str
    name: str
    phone: str
    id_last_four: str
    household_token: str | None
    is_registered_poor: bool
    place_id: int | None
    recorded_at: datetime

    @property
    def masked_name(self) -> str:
        """The name as lists show it: 张*."""
        return masked_name(self.name)

    @property
    def masked_phone(self) -> str:
        """The phone number as lists show it: 138****1234."""
        return masked_phone(self.phone)


def register_people(drafts: Sequence[PersonDraft], *, errand: Errand) -> list[int]:
    """The ids of the persons of a list, in its order: found by token on the roster, or added to it.

    All of them or, with any problem, none; the problems of Rejected carry the row of the list. What a list says
    newly of a person found (phone, household, place, an identity number) replaces or completes what was known; once
    registered poor, a person stays so. The trail holds tokens and counts, no name and no number.
    """
    _must(errand, "person.register")
    normal = [normal_draft(draft) for draft in drafts]
    problems = check_people(normal, today=clock.today()) + _place_problems(normal)
    if problems:
        raise Rejected(problems)
    return _register(normal, errand) if normal else []


def _place_problems(drafts: Sequence[PersonDraft]) -> list[Problem]:
    known = parties_known(draft.place_id for draft in drafts if draft.place_id is not None)
    cure = Text("请选择名录里的地区。", "Choose a place of the book.")
    return [
        Problem("person.place", COLUMNS["place"], cure, row=row)
        for row, draft in enumerate(drafts)
        if draft.place_id is not None
        and (draft.place_id not in known or known[draft.place_id].sort != "place")
    ]


@transaction.atomic
def _register(drafts: Sequence[PersonDraft], errand: Errand) -> list[int]:
    _hold_roster()
    ring = _ring_to_write_with()
    tokens = [tokens_of(draft, ring) for draft in drafts]
    on_roster = people_meant(tokens)
    problems: list[Problem] = []
    people: list[Person] = []
    fresh: list[Person] = []
    changed: dict[Person, list[str]] = {}
    for row, (draft, its) in enumerate(zip(drafts, tokens, strict=True)):
        alike = matches(its, on_roster)
        if not alike:
            fresh.append(new_person(draft, its, ring))
            people.append(fresh[-1])
            continue
        person, known = alike[0], opened(alike[0], ring)
        people.append(person)
        if found := _mismatch(alike, known, draft):
            problems.append(found.at_row(row))
        elif columns := complete(person, known, draft, its, ring):
            changed[person] = columns
    problems += _met_twice(people)
    if problems:
        raise Rejected(problems)
    Person.objects.bulk_create(fresh, batch_size=_AT_ONCE)
    _write_again(changed, _CHANGEABLE)
    body = {
        "people": len(people),
        "added": [person.token for person in fresh],
        "changed": {person.token: columns for person, columns in changed.items()},
    }
    write_audit("person.register", f"pairing:{errand.pairing_id}", body, by=errand.by.user_id)
    return [person.pk for person in people]


def _met_twice(people: Sequence[Person]) -> list[Problem]:
    """Two rows that look like two persons and are one on the roster: once by number, once by name and household."""
    first: dict[int, int] = {}
    problems = []
    for row, person in enumerate(people):
        # A row not written yet has no number: it is nobody who was there before.
        if person.pk and first.setdefault(person.pk, row) != row:
            place = first[person.pk] + 1
            cure = Text(
                f"与名单中第 {place} 人在名册上是同一人；每人只列一次。",
                f"On the roster this is the same person as number {place} of the list; name each person once.",
            )
            problems.append(Problem("person.repeated", COLUMNS["name"], cure, row=row))
    return problems


def _mismatch(alike: Sequence[Person], known: Known, draft: PersonDraft) -> Problem | None:
    """Why a person found on the roster may not be the one the list means, or None."""
    if len(alike) > 1:
        cure = Text(
            "这一户里有同名的人；请填写身份证号。",
            "There are two of this name in the household; give the identity number.",
        )
        return Problem("person.ambiguous", COLUMNS["id_number"], cure)
    if known.name.casefold() == draft.name.casefold():
        return None
    cure = Text(
        "这个身份证号已登记在另一个姓名下；请核对证件。若姓名登记有误，请先更正姓名。",
        "This identity number is on the roster under another name; check the card. If the name was recorded wrongly, "
        "correct it first.",
    )
    return Problem("person.other_name", COLUMNS["name"], cure)


@transaction.atomic
def rename_person(person_id: int, *, name: str, errand: Errand) -> None:
    """The person's name is now this one: a slip of the pen set right, or a name changed by law."""
    _must(errand, "person.register")
    _hold_roster()
    ring = _ring_to_write_with()
    (person,) = _people([person_id])
    known = opened(person, ring)
    now = normal_name(name)
    if problems := check_name(now) + _taken_name_problems(person, now, ring):
        raise Rejected(problems)
    if person.household_token:
        person.name_token = name_token_of(now, person.household_token, ring)
        if person.token_basis == "name_and_household":
            person.token = person.name_token
    seal_person(person, Known(now, known.phone, known.id_number), ring)
    _write_again([person], _CHANGEABLE)
    body = {"token": person.token, "id": person.pk}
    write_audit("person.rename", f"pairing:{errand.pairing_id}", body, by=errand.by.user_id)


def _taken_name_problems(person: Person, name: str, ring: KeyRing) -> list[Problem]:
    if person.token_basis != "name_and_household" or person.household_token is None:
        return []
    token = name_token_of(name, person.household_token, ring)
    if not Person.objects.filter(token=token).exclude(pk=person.pk).exists():
        return []
    cure = Text(
        "这一户里已有同名的人，请核对。", "The household has a person of this name already; check it."
    )
    return [Problem("person.name_taken", COLUMNS["name"], cure)]


def read_people(person_ids: Sequence[int], *, errand: Errand, purpose: str) -> list[PersonShown]:
    """The persons in clear, in the order of the ids; one line in the trail says who read whom, and what for.

    Refusal without the right to, Rejected without a purpose. The line is kept before anything is shown, so this
    cannot be asked inside another transaction, which could take the line back.
    """
    return _shown(person_ids, errand, purpose, "person.read")


def export_people(person_ids: Sequence[int], *, errand: Errand, purpose: str) -> list[PersonShown]:
    """The same to be written to a file that leaves the book; a right of its own, and a line of its own."""
    return _shown(person_ids, errand, purpose, "person.export")


def _shown(person_ids: Sequence[int], errand: Errand, purpose: str, act: str) -> list[PersonShown]:
    _must(errand, act)
    if problems := check_purpose(purpose):
        raise Rejected(problems)
    if not person_ids:
        return []
    with transaction.atomic(durable=True):
        ring = key_ring()
        people = _people(person_ids)
        if ring is None or any(person.key_id not in ring.by_id for person in people):
            # A rotation in another process may have ended between the two questions: ask for the keys once more.
            ring = _ring_at_hand()
        shown = [_as_shown(person, opened(person, ring)) for person in people]
        body = {
            "purpose": purpose.strip(),
            "people": len(people),
            "ids": [person.pk for person in people],
            "tokens": [person.token for person in people],
        }
        write_audit(act, f"pairing:{errand.pairing_id}", body, by=errand.by.user_id)
    return shown


def _as_shown(person: Person, known: Known) -> PersonShown:
    return PersonShown(
        id=person.pk,
        token=person.token,
        name=known.name,
        phone=known.phone,
        id_last_four=last_four(known.id_number),
        household_token=person.household_token,
        is_registered_poor=person.is_registered_poor,
        place_id=person.place_id,
        recorded_at=person.recorded_at,
    )


def rotate_person_key(*, by: int | None = None) -> int:
    """How many persons are now sealed with a new key; all of them in one transaction, or none.

    The file keeps the older keys, so that older backups can still be read. Keys in PAIRBOOK_PERSON_KEY are not ours
    to write: there the new one is put first by hand, and this seals everything with it.
    """
    with transaction.atomic():
        _hold_roster()
        held = _ring_to_write_with()
        used = set(Person.objects.order_by().values_list("key_id", flat=True).distinct())
        if not used <= set(held.by_id):
            raise missing_key()
        ring = _ring_after(held, used)
        count = 0
        for start in range(0, len(ids := _all_ids()), _AT_ONCE):
            people = _people(ids[start : start + _AT_ONCE])
            for person in people:
                seal_person(person, opened(person, ring), ring)
            _write_again(people, _SEALED)
            count += len(people)
        body = {"people": count, "from": sorted(used - {ring.key_id}), "to": ring.key_id}
        write_audit("person.rotate", "people", body, by=by)
    return count


def _write_again(people: Iterable[Person], columns: Sequence[str]) -> None:
    """The named columns of these rows are written.

    Measured with 10,000 persons, this takes a tenth of `bulk_update`'s time on SQLite and half of it on PostgreSQL.
    """
    marks = ", ".join(f"{column} = %s" for column in columns)
    rows = [[*(getattr(person, column) for column in columns), person.pk] for person in people]
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE households_person SET {marks} WHERE id = %s", rows)


def _ring_after(held: KeyRing, used: set[str]) -> KeyRing:
    """The ring to seal with from now on: stored before the first row is, so that a stop leaves no row without a key."""
    if not is_in_setting():
        ring = held.with_new_key()
        store_ring(ring)
        return ring
    if used <= {held.key_id}:
        raise Refusal(
            "person.key_in_setting",
            Text(
                "密钥在 PAIRBOOK_PERSON_KEY 里：请先在最前面加上“encryption”和 64 位十六进制的新密钥（旧的留在后面），"
                "再运行一次。",
                "The keys are in PAIRBOOK_PERSON_KEY: put the word encryption and a new key of 64 hexadecimal digits "
                "before the others, which stay, and run this again.",
            ),
        )
    return held


def _all_ids() -> list[int]:
    return list(Person.objects.order_by("pk").values_list("pk", flat=True))


def _hold_roster() -> None:
    """One writer at a time: nobody is added twice, or sealed with a key that is being replaced. Reading goes on."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE households_person IN SHARE ROW EXCLUSIVE MODE")


def _ring_to_write_with() -> KeyRing:
    """The keys at hand, made at first use; Refusal where the roster was made with another token key.

    Under another token key nobody would be found again, and everybody counted twice.
    """
    token_key_ids = set(Person.objects.order_by().values_list("token_key_id", flat=True).distinct())
    ring = key_ring()
    if ring is None and not token_key_ids:
        return new_ring()
    if ring is None or token_key_ids - {ring.token_key_id}:
        raise missing_key()
    return ring


def _ring_at_hand() -> KeyRing:
    ring = key_ring()
    if ring is None:
        raise missing_key()
    return ring


def _people(person_ids: Sequence[int]) -> list[Person]:
    """The persons of these ids in their order; Refusal when one is not on the roster."""
    found = Person.objects.in_bulk(list(dict.fromkeys(person_ids)))
    if len(found) < len(set(person_ids)):
        raise Refusal("person.unknown", Text("名册上没有这个人。", "There is no such person on the roster."))
    return [found[person_id] for person_id in person_ids]


def _must(errand: Errand, act: str) -> None:
    must(may_with(errand.standing, act, organisation_ids=errand.organisation_ids), act)
