"""Follow the money on the public page: one sentence, a picture and tables that say the same, open down to entries."""

import re
from datetime import date

import pytest

from pairbook.kernel.money import Money
from pairbook.pairings.reads import pairing_of_code
from pairbook.portal.money import money_told, project_flow
from pairbook.register.actions import correct_entry
from pairbook.register.reads import EntryFilter, entry_rows
from tests.world import PROGRAMME, World, a_draft, an_entry

BASE = f"/en/p/{PROGRAMME}"


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


def cells_of(response) -> str:
    """The words of a page, each cell by itself."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def money(world: World) -> World:
    """1,000 yuan of the city, 700 of them assigned, 600 paid; 400 of a donor that nobody assigned."""
    received = an_entry()
    assigned = an_entry(stage="assigned", money=Money.of(700), follows_id=received)
    an_entry(stage="spent", money=Money.of(600), follows_id=assigned)
    sent = an_entry(stage="allocated", giver_id=world.enterprise, fund_id=world.social, money=Money.of(400))
    an_entry(giver_id=world.enterprise, fund_id=world.social, money=Money.of(400), follows_id=sent)
    return world


def page(client, query: str = ""):
    return client.get(f"{BASE}/money/?as_of=2020-12-31{query}")


def test_one_sentence_says_who_gave_what_became_of_it_and_what_is_left(money, client):
    told = text_of(page(client))
    assert (
        "By 31 December 2020, 1,400 yuan of 2 givers had arrived: 600 yuan went to 1 payee for 1 project"
        in told
    )
    assert (
        "800 yuan is left, of which 100 yuan is assigned to projects and not paid yet and 400 yuan"
        not in told
    )
    assert (
        "800 yuan is left, of which 100 yuan is assigned to projects and not paid yet and 700 yuan is not"
        in told
    )


def test_every_band_opens_the_entries_it_is_made_of(money, world, client):
    links = re.findall(r'href="([^"]+/entries/\?[^"]+)"', page(client).content.decode())
    assert links
    for link in set(links):
        rows = client.get(link.replace("&amp;", "&"))
        assert rows.status_code == 200 and re.findall(r"/entries/\d+/", rows.content.decode())


def test_the_money_of_one_nature_or_fund_can_be_followed_alone(money, client):
    assert "1,000 yuan of 1 giver had" in text_of(page(client, "&of=fiscal"))
    assert "400 yuan of 1 giver had" in text_of(page(client, "&of=social-2020"))


def test_before_any_money_arrived_the_page_says_what_will_be_here(money, client):
    told = client.get(f"{BASE}/money/?as_of=2019-01-01")
    assert told.status_code == 200 and "No money had arrived by this day" in text_of(told)


def test_the_picture_adds_up_at_every_node(money, world):
    pairing = pairing_of_code(PROGRAMME)
    assert pairing is not None
    told = money_told(pairing, date(2020, 12, 31), of="", lang="en")
    into: dict[str, int] = {}
    out: dict[str, int] = {}
    for source, target, amount in told.chart.rows:
        number = int(amount.text.replace(",", ""))
        out[source.text] = out.get(source.text, 0) + number
        into[target.text] = into.get(target.text, 0) + number
    assert all(into[node] == out[node] for node in into.keys() & out.keys())


def test_one_project_has_its_own_flow(money, world):
    pairing = pairing_of_code(PROGRAMME)
    assert pairing is not None
    flow = project_flow(pairing, world.project, lang="en")
    assert flow is not None and [row[2].text for row in flow.rows] == ["700", "600", "100"]
    assert project_flow(pairing, 999_999, lang="en") is None


def test_money_at_rest_is_told_by_its_age(money, client):
    assert "Received, not assigned" in text_of(client.get(f"{BASE}/money/?as_of=2022-12-31"))


def test_entries_can_be_narrowed_to_a_fund_a_project_and_a_party(money, world, client):
    def count(query: str) -> int:
        content = client.get(f"{BASE}/entries/?{query}").content.decode()
        return len(set(re.findall(r"/entries/(\d+)/", content)))

    assert (count(f"fund={world.social}"), count(f"project={world.project}")) == (2, 2)
    assert count("party=enterprise-none") == count("") == 6


def test_a_receipt_says_what_became_of_it(money, world, client):
    (received,) = entry_rows(
        EntryFilter(pairing_ids=(world.pairing_id,), fund_id=world.fiscal, stages=("received",))
    )
    told = cells_of(client.get(f"{BASE}/entries/{received.id}/"))
    assert "What became of this money" in told
    assert "Assigned to projects 700.00 yuan 70%" in told and "Left of what arrived 400.00 yuan 40%" in told
    assert "A Zhenyuan rabbit cooperative 600.00 yuan" in told


def test_an_agreement_says_how_much_of_it_has_come(world, client):
    agreed = an_entry(stage="agreed", money=Money.of(1000))
    batch = an_entry(stage="allocated", money=Money.of(400), follows_id=agreed)
    an_entry(money=Money.of(300), follows_id=batch)
    told = cells_of(client.get(f"{BASE}/entries/{agreed}/"))
    assert "Arrived so far 300.00 yuan 30%" in told and "Still to come 700.00 yuan 70%" in told


def test_what_carries_no_money_has_no_such_part(world, client):
    told = cells_of(client.get(f"{BASE}/entries/{an_entry('visits')}/"))
    assert "What became of this money" not in told


def test_a_replaced_entry_leaves_it_to_the_one_in_force(money, world, client):
    sent = an_entry(stage="allocated")
    correct_entry(sent, a_draft(stage="allocated", money=Money.of(900)), reason="录入有误", by=world.giver)
    assert "What became of this money" not in cells_of(client.get(f"{BASE}/entries/{sent}/"))
