"""The way of an entry's money and what rests where, as offices and auditors see it."""

import re

import pytest

from pairbook.kernel.money import Money
from tests.world import PROGRAMME, World, an_entry, sign_in

BASE = f"/en/work/{PROGRAMME}"


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def auditor(world: World, client):
    return sign_in(client, world.auditor)


@pytest.fixture
def spent(world: World) -> int:
    received = an_entry()
    assigned = an_entry(stage="assigned", money=Money.of(700), follows_id=received)
    return an_entry(stage="spent", money=Money.of(600), follows_id=assigned)


def test_a_payment_is_followed_back_to_its_source(spent, auditor):
    page = text_of(auditor.get(f"{BASE}/entries/{spent}/trace/"))
    assert "Received 600.00 yuan" in page and "Left 0.00 yuan" in page
    assert page.index("Funds · Allocated") < page.index("Funds · Received") < page.index("Funds · Assigned")


def test_a_voucher_of_money_leads_to_its_way_and_one_of_a_visit_does_not(spent, auditor, world):
    assert f"/entries/{spent}/trace/" in auditor.get(f"{BASE}/entries/{spent}/").content.decode()
    visit = an_entry("visits")
    assert "/trace/" not in auditor.get(f"{BASE}/entries/{visit}/").content.decode()
    assert auditor.get(f"{BASE}/entries/{visit}/trace/").status_code == 404


def test_what_rests_is_listed_down_to_its_entries(spent, auditor):
    page = text_of(auditor.get(f"{BASE}/idle/?as_of=2022-12-31"))
    assert "Received, not assigned – – 300.00 300.00" in page
    assert "Assigned, not spent – – 100.00 100.00" in page
    narrowed = text_of(auditor.get(f"{BASE}/idle/?as_of=2022-12-31&where=unspent"))
    assert "Show all" in narrowed and "Carried over at the end of 2021" in narrowed


def test_a_day_that_is_none_is_told(spent, auditor):
    assert "notice-attention" in auditor.get(f"{BASE}/idle/?as_of=soon").content.decode()


def test_an_account_of_a_payee_is_called_by_its_name(spent, auditor):
    assert "paid to" in text_of(auditor.get(f"{BASE}/lists/"))
