"""Points to follow up on the pages: noting, closing, what is wrong beside its field, and the sign of an overdue one."""

import re
from datetime import date, timedelta

import pytest

from pairbook.kernel import clock
from pairbook.register.actions import note_point
from pairbook.register.people import points_of
from tests.world import PROGRAMME, World, an_entry, sign_in

WORK = f"/en/work/{PROGRAMME}"


def text_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def held(world: World) -> int:
    return an_entry("visits")


@pytest.fixture
def giver(world: World, client):
    return sign_in(client, world.giver)


def a_point(
    entry_id: int, world: World, *, owner_id: int | None = None, due_on: date = date(2020, 5, 1)
) -> int:
    owner_id = owner_id or world.receiver_office
    return note_point(entry_id, text="送来口罩清单", owner_id=owner_id, due_on=due_on, by=world.giver)


def test_a_point_is_noted_on_the_page_of_its_entry(world, held, giver):
    sent = {"text": "送来口罩清单", "owner": world.receiver_office, "due_on": "2020年5月1日"}
    page = text_of(giver.post(f"{WORK}/entries/{held}/points/", sent, follow=True))
    (point,) = points_of(held)
    assert (point.text, point.owner_id, point.due_on) == (
        "送来口罩清单",
        world.receiver_office,
        date(2020, 5, 1),
    )
    assert "The point to follow up is noted" in page and "送来口罩清单" in page


def test_everything_wrong_stands_beside_its_field_and_nothing_typed_is_lost(held, giver):
    page = text_of(giver.post(f"{WORK}/entries/{held}/points/", {"due_on": "soon", "text": ""}))
    for said in ("Give: to be done", "Choose whose task it is", "Write the date like 2020-09-18"):
        assert page.count(said) == 2, f"{said}: in the list on top and beside its field"
    assert 'value="soon"' in page and '<details class="more" open>' in page and points_of(held) == []


def test_a_point_cannot_be_due_before_what_it_follows(world, held, giver):
    sent = {"text": "送来", "owner": world.receiver_office, "due_on": "2019-01-01"}
    page = text_of(giver.post(f"{WORK}/entries/{held}/points/", sent))
    assert page.count("It cannot be due before the day it was agreed") == 2


def test_an_overdue_point_is_marked_by_word_and_sign(world, held, giver):
    a_point(held, world)
    a_point(held, world, due_on=clock.today() + timedelta(days=1))
    page = text_of(giver.get(f"{WORK}/entries/{held}/"))
    assert page.count('<span class="state state-late">overdue</span>') == 1
    assert page.count('<span class="state state-open">open</span>') == 1


def test_a_point_is_closed_with_its_day_and_what_was_done(world, held, giver):
    point = a_point(held, world)
    today = clock.today().isoformat()
    page = giver.post(f"{WORK}/points/{point}/close/", {"done_on": today, "note": "已送来"}, follow=True)
    assert points_of(held)[0].done_note == "已送来"
    assert "state-full" in text_of(page) and "已送来" in text_of(page)
    assert f"points/{point}/close/" not in text_of(page)


def test_a_day_that_cannot_be_is_told_beside_its_field(world, held, giver):
    point = a_point(held, world)
    for day, said in (
        ("", "Give the day"),
        ("2019-01-01", "It was done after it was agreed"),
        ("soon", "Write the"),
    ):
        assert text_of(giver.post(f"{WORK}/points/{point}/close/", {"done_on": day})).count(said) == 2


def test_a_point_done_is_not_done_again(world, held, giver):
    point = a_point(held, world)
    sent = {"done_on": clock.today().isoformat()}
    giver.post(f"{WORK}/points/{point}/close/", sent)
    assert giver.post(f"{WORK}/points/{point}/close/", sent).status_code == 409


def test_whose_task_it_is_closes_it_without_seeing_the_entry(world, held, client):
    point = a_point(held, world, owner_id=world.health_bureau)
    sign_in(client, world.department)
    page = text_of(client.get(f"{WORK}/points/{point}/close/"))
    assert "送来口罩清单" in page and f"/entries/{held}/" not in page
    answer = client.post(f"{WORK}/points/{point}/close/", {"done_on": clock.today().isoformat()})
    assert answer.url == "/en/work/" and points_of(held)[0].done_on == clock.today()


def test_a_point_of_another_pairing_or_none_is_not_found(world, held, giver):
    point = a_point(held, world)
    for address in (f"/en/work/heping-huining/points/{point}/close/", f"{WORK}/points/{10**20}/close/"):
        assert giver.get(address).status_code == 404


def test_points_stay_with_an_entry_that_is_corrected(world, held, giver):
    a_point(held, world)
    page = giver.get(f"{WORK}/entries/{held}/correct/").context["form"]
    sent = {name: page[name].value() or "" for name in page.fields} | {"note": "另注", "reason": "补注"}
    new = giver.post(f"{WORK}/entries/{held}/correct/", sent).url
    assert "送来口罩清单" in text_of(giver.get(new))


def test_an_auditor_reads_points_and_notes_none(world, held, client):
    a_point(held, world)
    page = text_of(sign_in(client, world.auditor).get(f"{WORK}/entries/{held}/"))
    assert "送来口罩清单" in page and "Note a point" not in page and "/close/" not in page


def test_the_public_sees_no_point(world, held, client):
    a_point(held, world)
    assert "送来口罩清单" not in text_of(client.get(f"/en/p/{PROGRAMME}/entries/{held}/"))


def test_the_trail_of_an_entry_says_what_was_noted_and_done_in_words(world, held, giver):
    point = a_point(held, world)
    giver.post(f"{WORK}/points/{point}/close/", {"done_on": clock.today().isoformat()})
    page = text_of(giver.get(f"{WORK}/entries/{held}/"))
    assert (
        "point to follow up noted" in page and "point to follow up done" in page and "point.note" not in page
    )
