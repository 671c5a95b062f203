"""The page on which both sides close a month, and what other pages say of closed ones."""

import re
from datetime import date

import pytest

from pairbook.register.models import Closing
from tests.world import PROGRAMME, World, a_closed_month, a_draft, an_entry, sign_in

WORK = f"/en/work/{PROGRAMME}"
PAGE = f"{WORK}/closing/"


def text_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def _sent(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(shown)" value="([^"]+)"', page))


@pytest.fixture
def sent(world: World) -> int:
    """1,000 yuan allocated in March."""
    return an_entry(stage="allocated")


def test_both_officers_close_a_month_on_the_page(sent: int, world: World, client):
    for officer, said in ((world.giver, "signature is awaited"), (world.receiver, "the month is closed")):
        form = _sent(text_of(sign_in(client, officer).get(PAGE)))
        assert said in text_of(client.post(PAGE, form, follow=True))
    assert Closing.objects.get().month == date(2020, 3, 1)


def test_whose_side_signed_is_not_asked_again(sent: int, world: World, client):
    sign_in(client, world.giver)
    client.post(PAGE, _sent(text_of(client.get(PAGE))))
    page = text_of(client.get(PAGE))
    assert _sent(page) == {} and "the assisted side has not signed" in page


def test_the_desk_of_the_other_side_says_that_a_month_waits_for_its_signature(
    sent: int, world: World, client
):
    sign_in(client, world.giver).post(PAGE, _sent(text_of(client.get(PAGE))))
    desks = [text_of(sign_in(client, officer).get("/en/work/")) for officer in (world.giver, world.receiver)]
    assert ["Sign the statement of a month" in desk for desk in desks] == [False, True]
    # What is recorded now makes the signature lapse, and there is nothing to sign beside it.
    an_entry(stage="allocated")
    assert "Sign the statement of a month" not in text_of(client.get("/en/work/"))


def test_the_page_lists_what_is_not_settled(sent: int, world: World, client):
    page = text_of(sign_in(client, world.auditor).get(PAGE))
    assert f"{WORK}/funds/?from=2020-03-01&amp;to=2020-03-31&amp;state=one_side" in page
    assert "Next to close: March 2020" in page and _sent(page) == {}


@pytest.mark.parametrize("shown", ["", "soon", "2020-03", "0000-01:" + "0" * 64])
def test_a_month_that_is_not_shown_is_not_signed(sent: int, world: World, client, shown: str):
    page = text_of(sign_in(client, world.giver).post(PAGE, {"shown": shown}))
    assert "Sign the months this page shows" in page and not Closing.objects.exists()


def test_an_empty_book_says_what_will_be_here(world: World, client):
    assert "There is no month to close yet" in text_of(sign_in(client, world.giver).get(PAGE))


def test_a_pairing_below_leads_to_the_one_above(sent: int, world: World, client):
    page = text_of(sign_in(client, world.giver).get("/en/work/daqiuzhuang-tunzi/closing/"))
    assert PAGE in page and _sent(page) == {}


def test_the_form_of_an_entry_refuses_a_closed_day_beside_the_day(sent: int, world: World, client):
    a_closed_month(date(2020, 3, 1))
    sign_in(client, world.giver)
    page = text_of(client.get(f"{WORK}/visits/new/"))
    assert "Closed up to" in page and "March 2020" in page
    draft = a_draft("visits")
    form = {"stage": draft.stage, "happened_on": "2020-03-09", "giver": draft.giver_id}
    assert "2020-03 is closed and takes no more entries" in text_of(client.post(f"{WORK}/visits/new/", form))


def test_the_register_of_the_open_month_tells_the_difference(sent: int, world: World, client):
    a_closed_month(date(2020, 3, 1))
    sign_in(client, world.giver)
    page = text_of(client.post(f"{WORK}/entries/{sent}/withdraw/", {"reason": "Recorded twice"}, follow=True))
    assert "withdrawn after its month was closed" in page and "-1,000.00 yuan" in page
    page = text_of(client.get(f"{WORK}/funds/?from=2020-04-01&to=2020-04-30"))
    assert "Corrections of closed months that count here" in page and "-1,000.00 yuan" in page
    closed = text_of(client.get(f"{WORK}/funds/?from=2020-03-01&to=2020-03-31"))
    assert "as the month was closed" in closed


def test_a_withdrawal_of_a_closed_month_is_told_apart_from_the_entries_of_the_open_one(
    sent: int, world: World, client
):
    a_closed_month(date(2020, 3, 1))
    sign_in(client, world.giver)
    client.post(f"{WORK}/entries/{sent}/withdraw/", {"reason": "Recorded twice"})
    page = text_of(client.get(PAGE))
    assert (
        "The book holds 0 entries of this month. Besides, 1 correction of a closed month counts in it" in page
    )


def test_the_foot_of_the_portal_says_up_to_when_the_book_is_closed(sent: int, world: World, client):
    assert "The book is closed up to" not in text_of(client.get(f"/en/p/{PROGRAMME}/"))
    a_closed_month(date(2020, 3, 1))
    for page in (f"/en/p/{PROGRAMME}/", f"/en/f/{PROGRAMME}/funds.fiscal/allocated"):
        assert "The book is closed up to March 2020" in text_of(client.get(page))


@pytest.fixture
def two_months(sent: int) -> int:
    """1,000 yuan allocated in March and in April."""
    return an_entry(stage="allocated", happened_on=date(2020, 4, 2))


def test_both_officers_close_several_months_on_the_page(two_months: int, world: World, client):
    for officer, said in ((world.giver, "2 months signed"), (world.receiver, "2 months are closed")):
        page = text_of(sign_in(client, officer).get(PAGE, {"to": "2020-04"}))
        assert "2 months that have entries, 2 entries in all" in page
        assert said in text_of(client.post(f"{PAGE}?to=2020-04", _sent(page), follow=True))
    assert Closing.objects.count() == 2


def test_the_other_side_is_led_to_the_months_that_were_signed(two_months: int, world: World, client):
    page = text_of(sign_in(client, world.giver).get(PAGE, {"to": "2020-04"}))
    client.post(PAGE, _sent(page))
    assert "Our side has signed 2 months" in text_of(client.get(PAGE))
    desk = text_of(sign_in(client, world.receiver).get("/en/work/"))
    assert "Sign the statements of 2 months" in desk and f"{PAGE}?to=2020-04" in desk
    assert "The other side has signed 2 months" in text_of(client.get(PAGE))


def test_a_refusal_of_several_months_names_the_month_and_shows_them_anew(
    two_months: int, world: World, client
):
    form = _sent(text_of(sign_in(client, world.giver).get(PAGE, {"to": "2020-04"})))
    an_entry(stage="allocated", happened_on=date(2020, 4, 3))
    page = text_of(client.post(f"{PAGE}?to=2020-04", form))
    assert "<q>2020-04</q>" in page and "3 entries in all" in page and not Closing.objects.exists()


@pytest.mark.parametrize("to", ["", "2020-05", "2020-13", "soon"])
def test_up_to_a_month_that_is_not_offered_shows_the_one_whose_turn_it_is(
    two_months: int, world: World, client, to: str
):
    assert "Next to close: March 2020" in text_of(sign_in(client, world.giver).get(PAGE, {"to": to}))
