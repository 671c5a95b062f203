"""The public pages, in both languages: what they show, what they refuse, what they keep to themselves."""

from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from django.db import connection
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pairbook.indicators.actions import note_published
from pairbook.kernel.money import Money
from pairbook.kernel.quantities import Quantity
from pairbook.pairings.actions import close_pairing
from pairbook.register.actions import correct_entry, dispute_entry
from tests.world import (
    PROGRAMME,
    World,
    a_confirmed_entry,
    a_draft,
    an_entry,
    an_entry_with_a_paper,
    answerer_of,
    many_entries,
    recorder_of,
)

DAY = date(2020, 9, 18)
PAGES = ("", "entries/", "pairs/", "published/", "sum/")
FISCAL = f"{PROGRAMME}/funds.fiscal@1/received/2020-01-01..2020-09-18"
SOCIAL = f"{PROGRAMME}/funds.social@1/received/2020-01-01..2020-09-18"


@pytest.fixture
def year(world: World) -> World:
    """A small year: fiscal and social money, masks for a campaign, a visit, one paper, one published figure."""
    a_confirmed_entry("funds", money=Money.of(54_160_000))
    an_entry_with_a_paper("funds", money=Money.of(16_820_000), fund_id=world.social)
    an_entry("goods", quantity=Quantity.of(14_000, "piece"), campaign_code="covid-19")
    a_confirmed_entry("visits", giver_id=world.jinghai, receiver_id=world.zhenyuan)
    note_published(
        pairing_id=world.pairing_id,
        address=FISCAL,
        value=Decimal(54_160_000),
        unit="CNY",
        qualifier="exact",
        source_title="新闻发布会 / News conference",
        published_on=DAY,
        by=None,
    )
    return world


def page(path: str, *, lang: str = "en", **parameters: str) -> HttpResponse:
    response = Client().get(f"/{'zh-hans' if lang == 'zh' else 'en'}{path}", parameters)
    assert isinstance(response, HttpResponse)
    return response


def words(response: HttpResponseBase) -> str:
    assert isinstance(response, HttpResponse)
    return unescape(response.content.decode())


def home(**parameters: str) -> HttpResponse:
    return page(f"/p/{PROGRAMME}/", **parameters)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("below", PAGES)
def test_every_page_stands_without_any_entry(world: World, lang: str, below: str):
    assert page(f"/p/{PROGRAMME}/{below}", lang=lang).status_code == 200


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("below", PAGES)
def test_every_page_stands_with_a_year(year: World, lang: str, below: str):
    assert page(f"/p/{PROGRAMME}/{below}", lang=lang).status_code == 200


def test_programmes_name_the_two_places(world: World):
    assert "静海区 — 镇原县" in words(page("/", lang="zh"))
    assert "Jinghai District — Zhenyuan County" in words(page("/"))


def test_an_empty_book_says_what_to_do_first(empty_book: object):
    assert "bootstrap.py demo" in words(page("/"))


@pytest.mark.parametrize(
    ("lang", "number", "clause"),
    [
        ("zh", ">5416万元</a>", "镇原县收到静海区财政帮扶资金"),
        ("en", ">54.16 million yuan</a>", "of fiscal funds and"),
    ],
)
def test_home_tells_the_year_with_numbers_that_open(year: World, lang: str, number: str, clause: str):
    told = words(home(lang=lang, as_of=str(DAY)))
    assert number in told and clause in told
    assert f"/f/{FISCAL}" in told


def test_home_of_a_year_without_entries_offers_the_last_day_that_has(year: World):
    told = words(home(as_of="2018-06-01"))
    assert "no entries of 2018" in told and "?as_of=2020-03-0" in told


def test_a_day_that_is_none_is_told_and_the_default_shown(year: World):
    told = words(home(as_of="2020-02-31"))
    assert "no such day in the calendar" in told and "Below is still" in told


def test_home_offers_the_days_with_published_figures(year: World):
    assert "?as_of=2020-09-18" in words(home())


def test_home_tells_what_was_published_of_its_day_at_its_own_stage(year: World):
    planned = FISCAL.replace("received", "allocated").replace("09-18", "04-07")
    note_published(
        pairing_id=year.pairing_id,
        address=planned,
        value=Decimal(54_160_000),
        unit="CNY",
        qualifier="exact",
        source_title="新闻发布会 / News conference",
        published_on=date(2020, 4, 7),
        by=None,
    )
    sentence = "Fiscal funds allocated by Jinghai District from 1 January to 7 April 2020"
    assert sentence in words(home(as_of="2020-04-07"))
    assert sentence not in words(home(as_of="2020-04-08"))


def test_home_asks_no_more_of_the_database_when_the_book_grows(year: World):
    home(as_of=str(DAY))
    with CaptureQueriesContext(connection) as few:
        home(as_of=str(DAY))
    many_entries(300, stage="allocated")
    with CaptureQueriesContext(connection) as many:
        home(as_of=str(DAY))
    assert len(many) <= len(few) <= 60


@pytest.mark.parametrize(
    ("lang", "sentence"), [("zh", "镇原县收到的社会帮扶资金"), ("en", "Social funds received by")]
)
def test_a_figure_opens_to_its_entries_and_papers(year: World, lang: str, sentence: str):
    told = words(page(f"/f/{SOCIAL}", lang=lang))
    assert sentence in told and "16,820,000" in told and "SHA-256" in told


def test_a_figure_is_shown_in_another_currency_beside_itself(year: World):
    asked = {"in": "USD", "rate": "6.8", "rate_source": "PBOC", "rate_on": "2020-09-18"}
    told = words(page(f"/f/{FISCAL}", **asked))
    assert "about 7,964,705.88 US dollars" in told and "54,160,000 yuan" in told
    assert "at 6.8 yuan for one US dollar; rate of 2020-09-18; source: PBOC" in told
    assert f'<code class="address-text">{FISCAL}</code>' in told


def test_who_asks_for_another_currency_comes_back_to_the_answer(year: World):
    # The answer stands below all entries: without the mark the page opens at its top, as if nothing had come of it.
    told = page(f"/f/{FISCAL}").content.decode()
    assert f'{FISCAL}#other-currency"' in told and 'id="other-currency"' in told


def test_a_rate_without_its_source_is_not_taken(year: World):
    told = words(page(f"/f/{FISCAL}", **{"in": "USD", "rate": "6.8"}))
    assert "Say where the rate is from" in told and "7,964,705.88" not in told


def test_what_is_no_money_has_no_currency(year: World):
    told = words(
        page(f"/f/{PROGRAMME}/goods.quantity@1/received/2020-01-01..2020-09-18", item="mask", **{"in": "USD"})
    )
    assert "In another currency" not in told


def test_a_part_is_enough_where_scripts_run(year: World):
    part = words(Client().get(f"/en/f/{SOCIAL}", headers={"HX-Request": "true"}))
    assert "opening-number" in part and "<html" not in part


def test_a_figure_says_how_another_stage_moves_it(year: World):
    an_entry("funds", "allocated", money=Money.of(1_200_000), fund_id=year.social)
    assert "+1.2 million yuan" in words(page(f"/f/{SOCIAL}"))


def test_other_days_lead_to_the_address_that_has_them(year: World):
    response = page(f"/f/{SOCIAL}", **{"from": "2020-01-01", "to": "2020-06-30", "known_on": "2020-07-01"})
    assert response.status_code == 302
    assert response["Location"].endswith("/received/2020-01-01..2020-06-30?known=2020-07-01")


def test_a_figure_known_before_it_was_recorded_is_zero_and_still_a_page(year: World):
    told = words(page(f"/f/{SOCIAL}", known="2020-01-01"))
    assert "The book holds no such entries" in told


@pytest.mark.parametrize(
    ("address", "status", "cure"),
    [
        ("jinghai-zhenyan/funds.social/received", 404, "did you mean jinghai-zhenyuan?"),
        (f"{PROGRAMME}/funds.sociall/received", 400, "did you mean funds.social?"),
        (f"{PROGRAMME}/funds.social/recieved", 400, "did you mean received?"),
        (f"{PROGRAMME}/funds.social/received/2020-01-01..2020-09-38", 400, "Write a day as"),
        (f"{PROGRAMME}/goods.quantity/received", 409, "Unlike items are not summed"),
        (f"{PROGRAMME}/visits.leaders/held?goods=included", 409, "no goods to include"),
    ],
)
def test_a_bad_address_gets_a_reason_and_a_cure(year: World, address: str, status: int, cure: str):
    response = page(f"/f/{address}")
    assert response.status_code == status and cure in words(response)


def test_alike_figures_are_added_up(year: World):
    told = words(Client().get(f"/en/p/{PROGRAMME}/sum/", {"a": [FISCAL, SOCIAL]}))
    assert "Together 70.98 million yuan" in told


def test_unlike_figures_are_not_added_and_the_reason_is_told(year: World):
    allocated = FISCAL.replace("received", "allocated")
    response = Client().get(f"/en/p/{PROGRAMME}/sum/", {"a": [allocated, SOCIAL]})
    assert response.status_code == 409 and "stages differ" in words(response)


def test_a_published_figure_stands_beside_the_book(year: World):
    told = words(page(f"/p/{PROGRAMME}/published/", lang="zh"))
    assert "相符" in told and "新闻发布会" in told and "News conference" not in told


def test_a_published_figure_the_book_does_not_bear_out_is_said_to_differ(year: World):
    a_confirmed_entry("funds", money=Money.of(5))
    assert "differs" in words(page(f"/p/{PROGRAMME}/published/"))


def test_the_page_of_a_kind_lists_no_entry_after_its_day(year: World):
    later = an_entry("funds", "allocated", happened_on=date(2021, 3, 1), document_no="津财预〔2021〕9号")
    told = words(page(f"/p/{PROGRAMME}/kinds/funds/", as_of="2020-09-18"))
    assert f"/entries/{later}/" not in told
    assert f"/entries/{later}/" in words(page(f"/p/{PROGRAMME}/kinds/funds/", as_of="2021-12-31"))


def test_entries_are_filtered_and_summed_by_what_is_alike(year: World):
    told = words(page(f"/p/{PROGRAMME}/entries/", stage="funds.received"))
    assert "2 entries match" in told and "70,980,000.00 yuan" in told


def test_entries_that_do_not_exist_are_met_with_a_way_on(year: World):
    told = words(page(f"/p/{PROGRAMME}/entries/", kind="goods", state="disputed"))
    assert "Nothing matches" in told and "See all entries" in told


@pytest.mark.parametrize(
    ("name", "value", "cure"),
    [
        ("kind", "gold", "There is no such choice"),
        ("from", "yesterday", "Write the date like"),
        ("page", "99999999999999", "entries"),
        ("page", "-1", "entries"),
    ],
)
def test_a_filter_that_cannot_be_read_is_told_and_left_out(year: World, name: str, value: str, cure: str):
    response = page(f"/p/{PROGRAMME}/entries/", **{name: value})
    assert response.status_code == 200 and cure in words(response)


def test_an_entry_shows_both_signatures_and_no_note(year: World):
    entry = a_confirmed_entry("funds", note="电话 13800000000")
    told = words(page(f"/p/{PROGRAMME}/entries/{entry}/"))
    assert "Jinghai Cooperation Office" in told and "Zhenyuan Cooperation Office" in told
    assert "13800000000" not in told


def test_a_corrected_note_is_not_shown_either(year: World):
    draft = a_draft("visits", note="张三")
    entry = an_entry("visits", note="张三")
    later = correct_entry(entry, a_draft("visits", note="李四"), reason="typing error", by=recorder_of(draft))
    told = words(page(f"/p/{PROGRAMME}/entries/{later}/"))
    assert "typing error" in told and "张三" not in told and "李四" not in told


def test_a_replaced_entry_points_to_the_one_in_force(year: World):
    draft = a_draft("funds", "planned")
    entry = an_entry("funds", "planned")
    later = correct_entry(
        entry, a_draft("funds", "planned", money=Money.of(1200)), reason="digits", by=recorder_of(draft)
    )
    assert f"/entries/{later}/" in words(page(f"/p/{PROGRAMME}/entries/{entry}/"))
    assert "1,000.00 yuan</del>" in words(page(f"/p/{PROGRAMME}/entries/{later}/"))


def test_a_disputed_entry_shows_the_other_sides_figure(year: World):
    draft = a_draft("funds", "planned")
    entry = an_entry("funds", "planned")
    dispute_entry(entry, reason="we count 900", own_money=Money.of(900), by=answerer_of(draft))
    told = words(page(f"/p/{PROGRAMME}/entries/{entry}/"))
    assert "we count 900" in told and "900.00 yuan" in told


def test_an_entry_of_another_pairing_is_not_found_here(year: World):
    entry = an_entry("visits")
    assert page(f"/p/heping-huining/entries/{entry}/").status_code == 404


def test_a_pairing_that_is_not_in_the_book_is_not_found(world: World):
    assert page("/p/nowhere/").status_code == 404


def test_the_tree_keeps_pairs_that_ended(year: World):
    close_pairing(year.child_id, end_on=date(2020, 6, 30), reason="期满 / It ran out", by=None)
    told = words(page(f"/p/{PROGRAMME}/pairs/"))
    assert "Daqiuzhuang Town" in told and "2020-06-30" in told and "It ran out" in told


def test_pages_take_no_writes(world: World):
    assert Client().post(f"/en/p/{PROGRAMME}/").status_code == 405
