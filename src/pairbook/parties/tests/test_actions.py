"""Adding places, organisations and posts."""

from datetime import date

import pytest

from pairbook.kernel import clock
from pairbook.kernel.problems import Rejected
from pairbook.kernel.reads import audit_lines
from pairbook.kernel.texts import Text
from pairbook.parties.actions import add_organisation, add_place, add_post, load_divisions
from pairbook.parties.models import Party
from pairbook.parties.reads import actor_of, parties_known, party_of_code
from tests.world import World


def test_the_divisions_are_loaded_once(world: World):
    assert load_divisions() == 0 and Party.objects.filter(code="120118").count() == 1


def test_an_organisation_lies_where_its_place_lies(world: World):
    facts = parties_known([world.giver_office])[world.giver_office]
    assert facts.lineage == {"CN", "120000", "120118"}


def test_a_village_lies_in_its_county(world: World):
    village = add_place(
        code="621027101201", name=Text("闫沟村", "Yangou"), level="village", parent_id=world.zhenyuan, by=None
    )
    assert parties_known([village])[village].lineage >= {"621027", "621027101201"}


def test_a_code_that_is_taken_is_refused(world: World):
    with pytest.raises(Rejected) as rejected:
        add_place(
            code="621027", name=Text("另一县", "Another"), level="county", parent_id=world.zhenyuan, by=None
        )
    assert [problem.code for problem in rejected.value.problems] == ["party.code"]


def test_a_wrong_credit_code_and_a_taken_code_are_told_at_once(world: World):
    with pytest.raises(Rejected) as rejected:
        add_organisation(
            code="jinghai-steel",
            name=Text("企业", "Mill"),
            type="enterprise",
            place_id=world.jinghai,
            credit_code="91110000802100433C",
            by=None,
        )
    assert {problem.code for problem in rejected.value.problems} == {"organisation.credit_code", "party.code"}


def test_an_officer_needs_an_organisation(world: World):
    assert world.giver.user_id is not None
    with pytest.raises(Rejected) as rejected:
        add_post(user_id=world.giver.user_id, role="officer", organisation_id=None, by=None)
    assert rejected.value.problems[0].code == "post.organisation"


def test_a_post_not_yet_begun_gives_no_standing(world: World):
    assert world.auditor.user_id is not None
    tomorrow = date.fromordinal(clock.today().toordinal() + 1)
    add_post(
        user_id=world.auditor.user_id,
        role="officer",
        organisation_id=world.receiver_office,
        since=tomorrow,
        by=None,
    )
    assert [post.role for post in actor_of(world.auditor.user_id).posts] == ["auditor"]


def test_adding_an_organisation_stands_in_the_audit_trail(world: World):
    number = add_organisation(
        code="school-2", name=Text("二中", "No. 2 School"), type="school", place_id=world.zhenyuan, by=None
    )
    assert [line.verb for line in audit_lines(f"party:{number}")] == ["organisation.add"]


def test_the_county_in_force_bears_the_code(world: World):
    place = party_of_code("120118")
    assert place is not None and place.name.zh == "静海区"
