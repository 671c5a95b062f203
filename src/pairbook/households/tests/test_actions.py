"""Registering and reading persons: what is found, what is refused, what the trail and the tables hold."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import IntegrityError, connection, transaction

from pairbook.households import keys
from pairbook.households.actions import (
    export_people,
    read_people,
    register_people,
    rename_person,
    rotate_person_key,
)
from pairbook.households.keys import KeyRing, key_path, key_ring, store_ring
from pairbook.households.models import Person
from pairbook.households.reads import (
    is_roster_readable,
    namesakes_in_a_household,
    people_counts,
    person_facts,
    readings,
    roster_size,
)
from pairbook.households.rules import PersonDraft
from pairbook.households.sealing import new_key
from pairbook.households.tests.people import LI, ZHANG, a_person, an_id_number, errand_of
from pairbook.kernel.models import AuditEvent
from pairbook.kernel.problems import Refusal, Rejected
from tests.world import World


@pytest.fixture(autouse=True)
def key_folder(settings: LazySettings, tmp_path: Path) -> Path:
    """A home without keys for each test."""
    settings.PAIRBOOK_HOME = tmp_path
    settings.PAIRBOOK_PERSON_KEY = ""
    return tmp_path


def _registered(world: World, *drafts: PersonDraft) -> list[int]:
    return register_people(drafts, errand=errand_of(world))


def _problems(world: World, *drafts: PersonDraft) -> list[tuple[int | None, str]]:
    with pytest.raises(Rejected) as rejected:
        _registered(world, *drafts)
    return [(problem.row, problem.code) for problem in rejected.value.problems]


def _refused(act: "object") -> str:
    with pytest.raises(Refusal) as refused:
        act()  # type: ignore[operator]
    return refused.value.code


# --- registering -------------------------------------------------------------------------------------


def test_a_person_listed_again_is_the_same_person(world: World):
    zhang, li = _registered(world, ZHANG, LI)
    assert _registered(world, LI, replace(ZHANG, name="张 秀英", household="")) == [li, zhang]
    assert roster_size() == 2


def test_one_without_a_number_is_known_by_name_and_household_and_the_row_says_so(world: World):
    (person_id,) = _registered(world, replace(ZHANG, id_number=""))
    assert Person.objects.get(pk=person_id).token_basis == "name_and_household"
    assert _registered(world, replace(ZHANG, id_number="", household="6210270009")) != [person_id]


def test_one_known_by_name_is_the_same_when_the_number_comes_later(world: World):
    (before,) = _registered(world, replace(ZHANG, id_number=""))
    assert _registered(world, ZHANG) == [before]
    assert Person.objects.get(pk=before).token_basis == "identity_number"
    assert _registered(world, replace(ZHANG, household="")) == [before]
    assert _registered(world, replace(ZHANG, id_number="")) == [before]
    (shown,) = read_people([before], errand=errand_of(world), purpose="核对")
    assert shown.id_last_four == ZHANG.id_number[-4:]


def test_a_number_under_another_name_is_a_problem(world: World):
    _registered(world, ZHANG)
    assert _problems(world, LI, replace(ZHANG, name="张三")) == [(1, "person.other_name")]
    assert roster_size() == 1


def test_two_of_one_name_in_a_household_are_told_apart_by_number_only(world: World):
    twin = replace(ZHANG, id_number=an_id_number(9))
    first, second = _registered(world, ZHANG, twin)
    assert first != second and namesakes_in_a_household() == [(first, second)]
    assert _problems(world, replace(ZHANG, id_number="")) == [(0, "person.ambiguous")]


def test_one_recorded_under_two_marks_is_listed_when_a_list_names_both(world: World):
    by_number, by_name = _registered(world, replace(ZHANG, household=""), replace(ZHANG, id_number=""))
    assert namesakes_in_a_household() == []
    assert _registered(world, ZHANG) == [by_number]
    assert namesakes_in_a_household() == [(by_number, by_name)]


def test_one_person_on_two_rows_under_two_marks_is_found_on_the_roster(world: World):
    _registered(world, ZHANG)
    by_number, by_name = replace(ZHANG, household=""), replace(ZHANG, id_number="")
    assert _problems(world, by_number, by_name) == [(1, "person.repeated")]


def test_with_any_problem_nobody_is_registered(world: World):
    assert _problems(world, ZHANG, replace(LI, id_number="1.23E+17")) == [(1, "person.id_shortened")]
    assert _problems(world, ZHANG, replace(LI, place_id=world.giver_office)) == [(1, "person.place")]
    assert roster_size() == 0 and not key_path().exists()


def test_what_a_later_list_says_is_taken_over_and_poor_stays_poor(world: World):
    _registered(world, ZHANG)
    later = replace(
        ZHANG, phone="13700001111", household="H9", is_registered_poor=False, place_id=world.zhenyuan
    )
    (person_id,) = _registered(world, later)
    (shown,) = read_people([person_id], errand=errand_of(world), purpose="核对")
    assert (shown.phone, shown.place_id, shown.is_registered_poor) == ("13700001111", world.zhenyuan, True)
    assert (shown.masked_name, shown.masked_phone) == ("张*", "137****1111")
    body = json.loads(AuditEvent.objects.filter(verb="person.register").latest("id").body)
    assert body["changed"] == {shown.token: ["phone", "household", "place"]} and body["added"] == []


def test_a_name_is_corrected_and_found_by_the_new_one(world: World):
    (person_id,) = _registered(world, replace(ZHANG, id_number=""))
    rename_person(person_id, name="张秀瑛", errand=errand_of(world))
    assert _registered(world, replace(ZHANG, id_number="", name="张秀瑛")) == [person_id]
    (other,) = _registered(world, replace(ZHANG, id_number=""))
    with pytest.raises(Rejected):
        rename_person(other, name="张秀瑛", errand=errand_of(world))


# --- what is kept ------------------------------------------------------------------------------------


def test_no_table_holds_a_name_a_number_or_a_phone(world: World):
    ids = _registered(world, ZHANG, LI, replace(a_person(3), id_number=""))
    read_people(ids, errand=errand_of(world), purpose="核对补贴名单")
    rotate_person_key()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM households_person")
        held = repr(cursor.fetchall())
        cursor.execute("SELECT * FROM kernel_auditevent WHERE verb LIKE 'person.%%'", [])
        held += repr(cursor.fetchall())
    assert "核对补贴名单" in held and held.count("person.register") == 1
    for draft in (ZHANG, LI, a_person(3)):
        for told in filter(None, (draft.name, draft.id_number, draft.phone, draft.id_number[6:14])):
            assert told not in held
    assert ZHANG.household not in held


def test_the_same_name_is_sealed_to_different_texts(world: World):
    _registered(
        world, replace(ZHANG, household="A"), replace(ZHANG, id_number=an_id_number(9), household="B")
    )
    assert len(set(Person.objects.values_list("sealed_name", flat=True))) == 2


@pytest.mark.parametrize("column", ["sealed_name", "sealed_phone", "sealed_id_number"])
def test_a_value_moved_to_another_row_does_not_open(world: World, column: str):
    zhang, li = _registered(world, ZHANG, LI)
    Person.objects.filter(pk=li).update(**{column: getattr(Person.objects.get(pk=zhang), column)})
    assert _refused(lambda: read_people([li], errand=errand_of(world), purpose="x")) == "person.seal_broken"


@pytest.mark.parametrize("junk", ["", "no base64 !", "AAAA"])
def test_a_damaged_value_is_told_as_such(world: World, junk: str):
    (zhang,) = _registered(world, ZHANG)
    Person.objects.filter(pk=zhang).update(sealed_name=junk)
    assert (
        _refused(lambda: read_people([zhang], errand=errand_of(world), purpose="x")) == "person.seal_broken"
    )


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM households_person",
        "UPDATE households_person SET token = 'x'",
        "UPDATE households_person SET recorded_at = '2019-01-01'",
        "UPDATE households_person SET token_key_id = ''",
    ],
)
def test_the_database_keeps_persons_and_their_tokens(world: World, statement: str):
    _registered(world, ZHANG)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_person_is_not_replaced_or_truncated(committed_book: World):
    _registered(committed_book, ZHANG)
    statement = (
        "INSERT OR REPLACE INTO households_person SELECT * FROM households_person"
        if connection.vendor == "sqlite"
        else "TRUNCATE households_person CASCADE"
    )
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


# --- reading -----------------------------------------------------------------------------------------


def test_persons_are_read_in_the_order_asked_for(world: World):
    zhang, li = _registered(world, ZHANG, LI)
    shown = read_people([li, zhang, li], errand=errand_of(world), purpose="核对")
    assert [(one.name, one.phone) for one in shown] == [
        (LI.name, LI.phone),
        (ZHANG.name, ZHANG.phone),
        (LI.name, LI.phone),
    ]
    assert ZHANG.id_number[:14] not in repr(shown)


def test_each_reading_says_who_read_whom_and_what_for(world: World):
    zhang, li = _registered(world, ZHANG, LI)
    read_people([zhang, li], errand=errand_of(world), purpose=" 核对培训名单 ")
    export_people(
        [li], errand=errand_of(world, world.department, organisation_ids=_own(world)), purpose="报送"
    )
    last, first = readings(pairing_id=world.pairing_id)
    assert (first.by, first.purpose, first.people, first.is_export) == ("receiver", "核对培训名单", 2, False)
    assert (last.by, last.purpose, last.person_ids, last.is_export) == ("department", "报送", (li,), True)
    assert first.tokens == tuple(person_facts([zhang, li])[one].token for one in (zhang, li))
    assert readings(person_id=zhang) == [first] and readings(pairing_id=world.other_pairing_id) == []


def _own(world: World) -> frozenset[int]:
    return frozenset({world.health_bureau, world.giver_office})


def test_without_a_purpose_nothing_is_shown_or_noted(world: World):
    (zhang,) = _registered(world, ZHANG)
    with pytest.raises(Rejected):
        read_people([zhang], errand=errand_of(world), purpose=" ")
    assert readings() == []


#               register read  export
WHO_MAY = {
    "giver":         "yes yes yes",
    "receiver":      "yes yes yes",
    "department":    "yes yes yes",
    "auditor":       "no  yes no",
    "administrator": "no  no  no",
    "stranger":      "no  no  no",
    "":              "no  no  no",
}  # fmt: skip


@pytest.mark.parametrize(("username", "answers"), WHO_MAY.items())
def test_who_may_come_to_the_wall(world: World, username: str, answers: str):
    (zhang,) = _registered(world, ZHANG)
    errand = errand_of(world, world.cast[username], organisation_ids=_own(world))
    acts = (
        lambda: register_people([LI], errand=errand),
        lambda: read_people([zhang], errand=errand, purpose="核对"),
        lambda: export_people([zhang], errand=errand, purpose="核对"),
    )
    for act, answer in zip(acts, answers.split(), strict=True):
        if answer == "yes":
            assert act()
        else:
            assert _refused(act).startswith("access.person.")
    assert len(readings()) == answers.split()[1:].count("yes")


def test_a_department_meets_nobody_of_others(world: World):
    (zhang,) = _registered(world, ZHANG)
    errand = errand_of(world, world.department, organisation_ids=frozenset({world.receiver_office}))
    assert _refused(lambda: read_people([zhang], errand=errand, purpose="x")) == "access.person.read"
    assert _refused(lambda: register_people([LI], errand=errand)) == "access.person.register"


def test_nobody_is_read_who_is_not_on_the_roster(world: World):
    assert _refused(lambda: read_people([987654], errand=errand_of(world), purpose="x")) == "person.unknown"


def test_a_reading_cannot_be_taken_back_by_the_transaction_around_it(committed_book: World):
    (zhang,) = _registered(committed_book, ZHANG)
    with pytest.raises(RuntimeError), transaction.atomic():
        read_people([zhang], errand=errand_of(committed_book), purpose="核对")
    assert readings() == []


def test_persons_and_households_are_counted_without_names(world: World):
    wife = replace(LI, id_number=an_id_number(8), name="王芳", household=ZHANG.household)
    ids = _registered(world, ZHANG, LI, wife, replace(a_person(5), household=""))
    key_path().unlink()
    counts = people_counts([*ids, ids[0]])
    assert (counts.persons, counts.households, counts.without_household) == (4, 2, 1)
    assert (counts.registered_poor, counts.registered_poor_households) == (1, 1)


# --- keys --------------------------------------------------------------------------------------------


def test_the_key_file_is_made_at_first_use_for_its_owner_alone(world: World):
    assert not key_path().exists()
    _registered(world, ZHANG)
    assert key_path().stat().st_mode & 0o077 == 0
    assert [path.name for path in key_path().parent.iterdir()] == ["person-key"]


def test_without_the_key_names_are_refused_and_no_new_key_is_made(world: World):
    (zhang,) = _registered(world, ZHANG)
    key_path().unlink()
    acts = (
        lambda: read_people([zhang], errand=errand_of(world), purpose="x"),
        lambda: _registered(world, LI),
        lambda: rename_person(zhang, name="张三", errand=errand_of(world)),
        rotate_person_key,
    )
    assert {_refused(act) for act in acts} == {"person.key_missing"}
    assert not key_path().exists() and not is_roster_readable() and readings() == []


@pytest.mark.parametrize("part", ["token", "encryption"])
def test_with_another_key_nobody_is_registered_or_read_as_nonsense(world: World, part: str):
    (zhang,) = _registered(world, ZHANG)
    ring = key_ring()
    assert ring is not None
    other = KeyRing(new_key(), ring.encryption) if part == "token" else KeyRing(ring.token, (new_key(),))
    store_ring(other)
    assert not is_roster_readable()
    assert _refused(lambda: _registered(world, ZHANG)) == "person.key_missing"
    if part == "encryption":
        assert (
            _refused(lambda: read_people([zhang], errand=errand_of(world), purpose="x"))
            == "person.key_missing"
        )
    store_ring(ring)
    assert is_roster_readable() and _registered(world, ZHANG) == [zhang]


@pytest.mark.parametrize(
    "text", ["", "token 12", "token zz\nencryption zz", f"encryption {'0' * 64}", "\xff", "key", "a b"]
)
def test_a_file_that_is_no_key_is_told_as_such(world: World, text: str):
    key_path().write_text(text, encoding="latin-1")
    assert _refused(lambda: _registered(world, ZHANG)) == "person.key_unreadable"
    assert not is_roster_readable() or roster_size() == 0


def test_after_a_rotation_everything_is_sealed_anew_and_read_as_before(world: World):
    ids = _registered(world, ZHANG, LI)
    before = dict(Person.objects.values_list("id", "sealed_name"))
    old = key_ring()
    assert rotate_person_key() == 2
    ring = key_ring()
    assert ring is not None and old is not None and ring.token == old.token
    assert ring.encryption[1:] == old.encryption
    assert set(Person.objects.values_list("key_id", flat=True)) == {ring.key_id}
    assert not set(before.values()) & set(Person.objects.values_list("sealed_name", flat=True))
    shown = read_people(ids, errand=errand_of(world), purpose="核对")
    assert [one.name for one in shown] == [ZHANG.name, LI.name]
    assert _registered(world, LI, ZHANG) == ids[::-1]
    body = json.loads(AuditEvent.objects.get(verb="person.rotate").body)
    assert body == {"people": 2, "from": [old.key_id], "to": ring.key_id}


def test_a_rotation_that_stops_in_the_middle_leaves_every_name_readable(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    ids = _registered(world, ZHANG, LI)
    Person.objects.filter(pk=ids[1]).update(sealed_phone="AAAA")
    assert _refused(rotate_person_key) == "person.seal_broken"
    assert read_people(ids[:1], errand=errand_of(world), purpose="核对")[0].name == ZHANG.name
    assert not AuditEvent.objects.filter(verb="person.rotate").exists()


def test_keys_may_come_from_the_setting_and_are_rotated_there_by_hand(world: World, settings: LazySettings):
    words = f"token {new_key().hex()} encryption {new_key().hex()}"
    settings.PAIRBOOK_PERSON_KEY = words
    (zhang,) = _registered(world, ZHANG)
    assert not keys.key_path().exists()
    assert _refused(rotate_person_key) == "person.key_in_setting"
    settings.PAIRBOOK_PERSON_KEY = f"encryption {new_key().hex()} {words}"
    assert rotate_person_key() == 1
    assert read_people([zhang], errand=errand_of(world), purpose="核对")[0].name == ZHANG.name
