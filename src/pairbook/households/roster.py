"""The roster under its actions: by what a person is found, and how a row is sealed and opened. Writes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from pairbook.households.keys import KeyRing, broken_seal, missing_key
from pairbook.households.models import Person
from pairbook.households.rules import PersonDraft
from pairbook.households.sealing import Broken, open_sealed, seal, token_of
from pairbook.kernel import clock
from pairbook.kernel.queries import rows_in


@dataclass(frozen=True, slots=True)
class Tokens:
    """By what a draft is matched with persons on the roster."""

    number: str | None
    name: str | None
    household: str | None

    @property
    def own(self) -> str:
        """The token the person is known by."""
        token = self.number or self.name
        assert token is not None, "a checked draft has a number or a household"
        return token


@dataclass(frozen=True, slots=True)
class Known:
    """What is told of a person, in clear; it lives no longer than the act."""

    name: str
    phone: str
    id_number: str


def tokens_of(draft: PersonDraft, ring: KeyRing) -> Tokens:
    """The tokens of a normalised draft."""
    household = token_of(draft.household, key=ring.token, sort="household") if draft.household else None
    return Tokens(
        number=token_of(draft.id_number, key=ring.token, sort="identity_number") if draft.id_number else None,
        name=name_token_of(draft.name, household, ring) if household else None,
        household=household,
    )


def name_token_of(name: str, household_token: str, ring: KeyRing) -> str:
    """The token of a name within a household."""
    return token_of(f"{name.casefold()}\0{household_token}", key=ring.token, sort="name_and_household")


def people_meant(tokens: Sequence[Tokens]) -> dict[str, list[Person]]:
    """The persons on the roster any of these tokens may mean, by token and by name token."""
    numbers = [its.number for its in tokens if its.number]
    names = [its.name for its in tokens if its.name]
    ids = {row[0] for row in rows_in("id", "households_person", "token", numbers)}
    ids |= {row[0] for row in rows_in("id", "households_person", "name_token", names)}
    found: dict[str, list[Person]] = {}
    for person in Person.objects.in_bulk(sorted(ids)).values():
        for token in {person.token, person.name_token} - {None}:
            found.setdefault(str(token), []).append(person)
    return found


def matches(its: Tokens, on_roster: dict[str, list[Person]]) -> list[Person]:
    """The person of these tokens: by number first, else by name and household where a number is missing.

    More than one where a household has two of the name and the list gives no number.
    """
    if its.number and its.number in on_roster:
        return on_roster[its.number]
    alike = on_roster.get(its.name or "", [])
    if its.number:
        # Somebody of this name and household with another number is somebody else.
        alike = [person for person in alike if person.token_basis == "name_and_household"]
    return alike


def new_person(draft: PersonDraft, its: Tokens, ring: KeyRing) -> Person:
    """A row for a person nobody has listed before, not written yet."""
    person = Person(
        token=its.own,
        token_basis="identity_number" if its.number else "name_and_household",
        name_token=its.name,
        household_token=its.household,
        token_key_id=ring.token_key_id,
        is_registered_poor=draft.is_registered_poor,
        place_id=draft.place_id,
        recorded_at=clock.now(),
        is_sample=clock.is_sample(),
    )
    seal_person(person, Known(draft.name, draft.phone, draft.id_number), ring)
    return person


def complete(person: Person, known: Known, draft: PersonDraft, its: Tokens, ring: KeyRing) -> list[str]:
    """Take over what the draft says newly; the names of the columns that changed."""
    before = (
        known.phone,
        known.id_number,
        person.household_token,
        person.place_id,
        person.is_registered_poor,
    )
    if its.household:
        person.household_token, person.name_token = its.household, its.name
    if its.number and person.token_basis == "name_and_household":
        person.token, person.token_basis = its.number, "identity_number"
    person.place_id = draft.place_id or person.place_id
    person.is_registered_poor = person.is_registered_poor or draft.is_registered_poor
    now = Known(known.name, draft.phone or known.phone, draft.id_number or known.id_number)
    after = (now.phone, now.id_number, person.household_token, person.place_id, person.is_registered_poor)
    columns = ("phone", "id_number", "household", "place", "is_registered_poor")
    changed = [column for column, old, new in zip(columns, before, after, strict=True) if old != new]
    if changed:
        seal_person(person, now, ring)
    return changed


def seal_person(person: Person, known: Known, ring: KeyRing) -> None:
    """The row's sealed columns hold what is known, under the present key; not written yet."""
    key = ring.encryption[0]
    person.key_id = ring.key_id
    person.sealed_name = seal(known.name, key=key, place=f"{person.token}/name")
    person.sealed_phone = seal(known.phone, key=key, place=f"{person.token}/phone")
    person.sealed_id_number = seal(known.id_number, key=key, place=f"{person.token}/id_number")


def opened(person: Person, ring: KeyRing) -> Known:
    """What is known of a person; Refusal where the key is missing or a sealed value was tampered with."""
    key = ring.by_id.get(person.key_id)
    if key is None:
        raise missing_key()
    try:
        return Known(
            name=open_sealed(person.sealed_name, key=key, place=f"{person.token}/name"),
            phone=open_sealed(person.sealed_phone, key=key, place=f"{person.token}/phone"),
            id_number=open_sealed(person.sealed_id_number, key=key, place=f"{person.token}/id_number"),
        )
    except Broken as error:
        raise broken_seal() from error
