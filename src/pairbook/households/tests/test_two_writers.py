"""Two at once at the wall, with real threads and real commits: nobody twice, nobody under a key that is gone."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.conf import LazySettings
from django.db import connection

from pairbook.households.actions import read_people, register_people, rotate_person_key
from pairbook.households.keys import key_ring
from pairbook.households.models import Person
from pairbook.households.reads import is_roster_readable, roster_size
from pairbook.households.tests.people import a_person, errand_of
from tests.world import World

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def key_folder(settings: LazySettings, tmp_path: Path) -> None:
    """A home without keys for each test."""
    settings.PAIRBOOK_HOME = tmp_path
    settings.PAIRBOOK_PERSON_KEY = ""


def _at_once(*acts: Callable[[], object]) -> list[object]:
    gate = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            connection.ensure_connection()
            gate.wait(timeout=10)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_one_list_sent_twice_at_first_use_gives_the_same_persons_and_one_key(committed_book: World):
    people = [a_person(number) for number in range(1, 30)]
    errand = errand_of(committed_book)
    first, second = _at_once(*[lambda: register_people(people, errand=errand)] * 2)
    assert first == second and roster_size() == len(people) and is_roster_readable()


def test_whoever_is_registered_or_read_during_a_rotation_stays_readable(committed_book: World):
    errand = errand_of(committed_book)
    before = register_people([a_person(number) for number in range(1, 60)], errand=errand)
    _, added, shown = _at_once(
        rotate_person_key,
        lambda: register_people([a_person(number) for number in range(60, 90)], errand=errand),
        lambda: read_people(before, errand=errand, purpose="核对"),
    )
    assert isinstance(added, list) and isinstance(shown, list) and len(shown) == len(before)
    assert len(read_people([*before, *added], errand=errand, purpose="核对")) == 89
    ring = key_ring()
    assert ring is not None and set(Person.objects.values_list("key_id", flat=True)) <= set(ring.by_id)
