"""The pages of twinnings, places and lists: what a reader sees on a day, what opens, what is not there."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pairbook.kernel.texts import Text
from pairbook.pairings.actions import close_pairing, open_pairing
from pairbook.pairings.reads import pairing_of_id
from pairbook.parties.actions import add_place, load_poverty_list, note_place_measure
from pairbook.parties.reads import party_of_code
from pairbook.portal.places import place_told
from pairbook.portal.twinnings import twinnings_told
from tests.world import PROGRAMME, World, an_entry

DAY = date(2020, 9, 18)


def told(path: str, *, lang: str = "en", status: int = 200, **parameters: str) -> str:
    response = Client().get(f"/{'zh-hans' if lang == 'zh' else 'en'}{path}", parameters)
    assert isinstance(response, HttpResponse) and response.status_code == status
    return unescape(response.content.decode())


def pairs(*, lang: str = "en") -> str:
    return told(f"/p/{PROGRAMME}/pairs/", lang=lang, as_of="2020-09-18")


def _firms(world: World, count: int) -> None:
    """So many pairs of the mill with a village each, all of one township."""
    township = party_of_code("621027101")
    assert township is not None
    for number in range(1, count + 1):
        name = Text(f"第{number}村", f"Village {number}")
        village = add_place(
            code=f"621027101{number:03}", name=name, level="village", parent_id=township.id, by=None
        )
        open_pairing(
            code=f"firm-{number}",
            level="enterprise_village",
            assisting_id=world.enterprise,
            assisted_id=village,
            start_on=date(2019, 4, 10),
            agreement=Text("三方协议", "Three-party agreement"),
            signed_on=date(2019, 4, 8),
            parent_id=world.pairing_id,
            by=None,
        )


@pytest.fixture
def published(world: World) -> World:
    """The national list, and what was published of Zhenyuan in two years."""
    load_poverty_list()
    for day, value in ((date(2017, 1, 1), 67_732), (date(2019, 12, 31), 8_570)):
        note_place_measure(
            place_id=world.zhenyuan,
            code="poverty.persons",
            as_of=day,
            value=Decimal(value),
            source="县公布 / As the county published",
            publisher="天津日报 / Tianjin Daily",
            published_on=date(2020, 5, 11),
            by=None,
        )
    return world


@pytest.mark.parametrize(
    ("number", "address"),
    [
        ("3 pairs", "twinning.enterprise_village_pairs@1/2020-09-18"),
        ("1 enterprise", "twinning.enterprises@1/2020-09-18"),
        ("3 villages", "twinning.villages_covered@1/2020-09-18"),
        ("1 township", "twinning.townships_covered@1/2020-09-18"),
    ],
)
def test_pairs_stand_apart_from_the_places_they_reach_and_both_open(world: World, number: str, address: str):
    _firms(world, 3)
    assert f'/f/{PROGRAMME}/{address}" data-panel>{number}</a>' in pairs()


def test_a_pair_shows_its_agreement_and_the_day_it_was_signed(world: World):
    _firms(world, 1)
    assert "Three-party agreement, signed 2019-04-08" in pairs()


def test_a_pair_with_entries_shows_them_and_the_last_day(world: World):
    an_entry("visits", pairing_id=world.child_id, happened_on=date(2020, 3, 2))
    shown = pairs()
    assert "1 entry in 2020" in shown and "last entry 2020-03-02" in shown


@pytest.mark.parametrize(("lang", "words"), [("zh", "沉睡，自2018-05-01"), ("en", "asleep since 2018-05-01")])
def test_a_pair_without_any_entry_is_asleep_since_it_began(world: World, lang: str, words: str):
    assert f'<span class="state state-open">{words}' in pairs(lang=lang)


def test_a_pair_not_yet_begun_is_not_shown(world: World):
    assert "Daqiuzhuang" not in told(f"/p/{PROGRAMME}/pairs/", as_of="2018-04-30")


def test_a_pair_shows_how_it_ended_and_still_counts_before(world: World):
    close_pairing(world.child_id, end_on=date(2020, 6, 30), reason="期满 / It ran out", by=None)
    assert "ended on 2020-06-30: It ran out" in pairs()
    assert "ended on" not in told(f"/p/{PROGRAMME}/pairs/", as_of="2020-06-30")


def test_a_day_that_is_none_is_told(world: World):
    assert "Below is still" in told(f"/p/{PROGRAMME}/pairs/", as_of="2020-02-31")


def test_many_pairs_are_closed_at_first_and_grouped_by_township(world: World):
    _firms(world, 9)
    levels = {level.code: level for level in twinnings_told(pairing_of_id(world.pairing_id), DAY).levels}
    assert levels["township"].is_short and not levels["enterprise_village"].is_short
    assert pairs().count('<li class="grouping">') == 1


def test_the_page_of_pairs_asks_no_more_when_there_are_more(world: World):
    def asked(look: Callable[[], str]) -> int:
        with CaptureQueriesContext(connection) as queries:
            look()
        return len(queries)

    _firms(world, 1)
    pairs()
    few = asked(pairs)
    for number in range(1, 9):
        _more(world, number)
    assert asked(pairs) <= few <= 20


def _more(world: World, number: int) -> None:
    open_pairing(
        code=f"more-{number}",
        level="school",
        assisting_id=world.giver_office,
        assisted_id=world.receiver_office,
        start_on=date(2019, 9, 1),
        parent_id=world.pairing_id,
        by=None,
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("code", ["CN", "620000", "621000", "621027", "621027101"])
def test_every_level_of_place_has_a_page(published: World, code: str, lang: str):
    assert code in told(f"/place/{code}/", lang=lang)


@pytest.mark.parametrize(
    "path",
    [
        "/place/999999/",
        "/place/120223/",
        "/place/999999/list/national-2014/",
        "/place/CN/list/national-2011/",
    ],
)
def test_a_place_or_list_that_is_not_there_is_not_found(world: World, path: str):
    told(path, status=404)


def test_a_place_shows_what_it_lies_in_and_its_pairings(world: World):
    shown = told("/place/621027/")
    assert '<a href="/en/place/621000/">Qingyang City</a>' in shown
    assert f'<a href="/en/p/{PROGRAMME}/">Jinghai District — Zhenyuan County</a>' in shown


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("621027", "off the list from 2020-11-21"),
        ("621027", "China Daily website"),
        ("620422", "only the year is known"),
    ],
)
def test_a_place_shows_when_it_left_the_list_and_who_said_so(published: World, code: str, words: str):
    assert words in told(f"/place/{code}/")


def test_a_place_without_a_list_shows_none(published: World):
    assert "poverty list" not in told("/place/120118/")


def test_a_place_shows_what_was_published_with_its_source_and_each_number_opens(published: World):
    shown = told("/place/621027/")
    assert '/f/621027/poverty.persons@1/2017-01-01" data-panel>67,732 persons</a>' in shown
    assert "As the county published · Tianjin Daily" in shown and 'class="drawing drawing-wide"' in shown


def test_a_value_published_once_is_no_course(world: World):
    note_place_measure(
        place_id=world.zhenyuan,
        code="poverty.persons",
        as_of=DAY,
        value=Decimal(1),
        source="县公布 / The county",
        by=None,
    )
    page = place_told("621027")
    assert page is not None and len(page.published) == 1 and page.courses == ()


def test_two_numbers_of_one_publication_share_a_line(published: World):
    note_place_measure(
        place_id=published.zhenyuan,
        code="poverty.incidence",
        as_of=date(2019, 12, 31),
        value=Decimal("1.75"),
        source="县公布 / As the county published",
        publisher="天津日报 / Tianjin Daily",
        published_on=date(2020, 5, 11),
        by=None,
    )
    page = place_told("621027")
    assert page is not None
    assert [[one and one[0].words.en for one in row.numbers] for row in page.published] == [
        ["67,732 persons", None],
        ["8,570 persons", "1.75 percent"],
    ]


def test_the_list_on_a_day_stands_by_province_with_its_caution_and_opens(published: World):
    shown = told("/place/CN/list/national-2014/", as_of="2020-09-18")
    assert '/f/CN/poverty.counties_remaining@1/2020-09-18" data-panel>52 counties</a>' in shown
    assert "Zhenyuan County" in shown and "Huining" not in shown and "off by a year" in shown


def test_the_list_says_how_many_left_on_which_day(published: World):
    shown = told("/place/621000/list/national-2014/", as_of="2016-01-01")
    assert (
        '<a href="?as_of=2020-11-21">2020-11-21</a></td><td class="number">1</td><td class="number">0</td>'
        in shown
    )


@pytest.mark.parametrize(
    ("day", "words"), [("2021-01-01", "No county of this place"), ("2014-01-01", "No county of this place")]
)
def test_a_day_without_counties_on_the_list_says_so(published: World, day: str, words: str):
    assert words in told("/place/CN/list/national-2014/", as_of=day)


def test_a_book_without_the_list_says_how_it_comes_in(world: World):
    assert "pairbook migrate" in told("/place/CN/list/national-2014/")
