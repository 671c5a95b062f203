"""Recording, answering, correcting and withdrawing through the actions."""
import pytest
from django.db import connection

from tests.world import *


@pytest.mark.django_db
@pytest.mark.parametrize("kind,stage",[("funds",None),("funds","spent"),("goods",None),("goods","distributed"),("visits",None),("funds","planned")])
def test_a(kind,stage):
    an_entry(kind,stage); a_confirmed_entry(kind,stage); an_entry_with_a_paper(kind,stage)
def test_b(committed_book):
    an_entry()
    print(connection.settings_dict["NAME"])
def test_c(empty_book):
    from pairbook.pairings.reads import programmes
    assert programmes()==[]
def test_d(world):
    many_entries(100,stage="allocated")
