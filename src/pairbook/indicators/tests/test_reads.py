"""Figures computed, listed, added and opened: three ways to the same number."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from pairbook.indicators.actions import note_published
from pairbook.indicators.measuring import indicators
from pairbook.indicators.opening import open_figure
from pairbook.indicators.reads import address_of, figure, figure_rows, figures, published_rows, sum_of
from pairbook.kernel import clock
from pairbook.kernel.money import Money
from pairbook.kernel.problems import Refusal, Rejected
from pairbook.kernel.quantities import Quantity
from pairbook.register.actions import correct_entry
from pairbook.register.reads import open_entry
from tests.world import (
    PROGRAMME,
    World,
    a_confirmed_entry,
    a_fund,
    an_entry,
    an_entry_with_a_paper,
    many_entries,
)


@pytest.fixture
def a_year(world: World) -> World:
    """A year of both natures, two tiers, a campaign, goods with and without a value, visits both ways."""
    town = a_fund(world.pairing_id, "town-2020", tier="township")
    an_entry_with_a_paper(money=Money.of(700))
    a_confirmed_entry(money=Money.of(300), happened_on=date(2020, 5, 31))
    an_entry(money=Money.of(50), fund_id=town, happened_on=date(2020, 6, 1))
    a_confirmed_entry(money=Money.of(40), fund_id=world.social, campaign_code="covid-19")
    an_entry("goods", quantity=Quantity.of(14_000, "piece"), money=Money.of(20), campaign_code="covid-19")
    an_entry("goods", quantity=Quantity.of("10.5", "t"), item_code="disinfectant")
    an_entry("visits")
    an_entry("visits", giver_id=world.zhenyuan, receiver_id=world.jinghai, by=world.receiver)
    an_entry("visits", details={"rank": "working", "purpose": "调研"})
    an_entry("visits", pairing_id=world.child_id)
    return world


VALUES = {
    "funds.fiscal": "1050",
    "funds.fiscal/received/2020-01-01..2020-05-31": "1000",
    "funds.fiscal/received/2020-05-31..2020-05-31": "300",
    "funds.fiscal/allocated": "1050",
    "funds.fiscal/spent": "0",
    "funds.fiscal?confirmed=both": "300",
    "funds.fiscal?tier=township": "50",
    "funds.fiscal?year=2019": "0",
    "funds.social": "40",
    "funds.social?goods=included": "60",
    "funds.total": "1090",
    "funds.total?goods=included": "1110",
    "funds.total?nature=social": "40",
    "funds.total?campaign=covid-19": "40",
    "funds.goods_value": "20",
    "goods.quantity?item=mask": "14000",
    "goods.quantity?item=disinfectant": "10500",
    "goods.quantity?item=disinfectant&campaign=covid-19": "0",
    "visits.leaders": "2",
    "visits.leaders?direction=assisted_to_assisting": "1",
}


def test_each_figure_counts_what_its_address_says(a_year: World):
    counted = {rest: figure(address_of(f"{PROGRAMME}/{rest}")).value for rest in VALUES}
    assert counted == {rest: Decimal(value) for rest, value in VALUES.items()}


def test_several_figures_at_once_are_the_same_figures(a_year: World):
    addresses = [address_of(f"{PROGRAMME}/{rest}") for rest in VALUES]
    assert figures(addresses) == [figure(address) for address in addresses]


@pytest.mark.parametrize(
    ("scope", "value"), [("CN", 2), ("120118", 2), ("621000", 2), ("daqiuzhuang-tunzi", 1)]
)
def test_a_scope_covers_the_pairings_in_it(a_year: World, scope: str, value: int):
    assert figure(address_of(f"{scope}/visits.leaders")).value == value


def test_another_pair_counts_nothing_of_it(a_year: World):
    assert figure(address_of("heping-huining/funds.total")).entries == 0


def test_a_figure_tells_how_much_is_signed_and_has_papers(a_year: World):
    fiscal = figure(address_of(f"{PROGRAMME}/funds.fiscal"))
    assert (fiscal.entries, fiscal.with_papers, fiscal.confirmed_value) == (3, 1, Decimal(300))
    assert fiscal.confirmed_share == Decimal(300) / Decimal(1050)


def test_of_nothing_no_share_is_signed(world: World):
    assert figure(address_of(f"{PROGRAMME}/funds.fiscal")).confirmed_share is None


def test_unlike_items_are_not_summed_unasked(a_year: World):
    with pytest.raises(Refusal) as refused:
        figure(address_of(f"{PROGRAMME}/goods.quantity"))
    assert refused.value.code == "figure.item" and "mask" in refused.value.reason.en


def test_visits_have_no_goods_to_include(a_year: World):
    with pytest.raises(Refusal) as refused:
        figure(address_of(f"{PROGRAMME}/visits.leaders?goods=included"))
    assert refused.value.code == "figure.goods"


def test_a_misspelt_address_is_rejected_with_every_problem(world: World):
    with pytest.raises(Rejected) as rejected:
        address_of("jinghai-zhenyan/funds.sociall/recieved?knwn=3")
    assert [problem.code for problem in rejected.value.problems] == [
        "address.scope",
        "address.indicator",
        "address.part",
    ]


@pytest.mark.parametrize("as_of", [date(2020, 5, 31), None])
def test_every_figure_of_the_list_is_the_figure_at_its_address(a_year: World, as_of: date | None):
    listed = figure_rows(PROGRAMME, as_of=as_of)
    assert listed and listed == [figure(address_of(one.address.text)) for one in listed]


def test_a_figure_of_the_list_opens_to_as_many_entries_as_it_says(a_year: World):
    # Every third: stages, items, campaigns and tiers all come among them.
    for one in figure_rows(PROGRAMME)[::3]:
        opened = open_figure(one.address)
        assert len(opened.entries) + len(opened.things) == one.entries > 0


def test_the_entries_behind_a_figure_add_up_to_it(a_year: World):
    opened = open_figure(address_of(f"{PROGRAMME}/funds.total?goods=included"))
    assert sum(row.money.amount for row in opened.entries if row.money) == opened.figure.value


def test_only_signed_entries_stand_behind_what_both_sides_signed(a_year: World):
    opened = open_figure(address_of(f"{PROGRAMME}/funds.total?confirmed=both"))
    assert {row.state for row in opened.entries} == {"both_sides"}
    assert len(opened.entries) == opened.figure.entries == 2


def test_the_list_tells_the_figure_of_a_campaign_and_of_a_tier_apart(a_year: World):
    parts = {
        (one.address.campaign, one.address.tier) for one in figure_rows(PROGRAMME, indicator="funds.total")
    }
    assert parts == {(None, None), ("covid-19", None), (None, "municipal"), (None, "township")}


def test_goods_of_different_items_are_never_in_one_figure(a_year: World):
    rows = figure_rows(PROGRAMME, indicator="goods.quantity")
    assert rows and all(one.address.item is not None for one in rows)


def test_a_list_as_of_a_day_runs_from_1_january(a_year: World):
    (one, *_) = figure_rows(PROGRAMME, as_of=date(2020, 5, 31), indicator="funds.fiscal")
    assert (one.basis, one.first, one.last) == ("period", date(2020, 1, 1), date(2020, 5, 31))


def test_a_list_without_a_day_is_cumulative(a_year: World):
    assert {one.basis for one in figure_rows(PROGRAMME) if one.address.stage} == {"cumulative"}


def test_an_empty_book_lists_no_figures(world: World):
    assert [one for one in figure_rows(PROGRAMME) if one.address.stage] == []


def test_an_opened_figure_is_cut_into_pages(world: World):
    many_entries(7, stage="allocated")
    address = address_of(f"{PROGRAMME}/funds.fiscal/allocated")
    pages = [open_figure(address, limit=3, offset=offset).entries for offset in (0, 3, 6)]
    assert [len(page) for page in pages] == [3, 3, 1]
    assert len({row.id for page in pages for row in page}) == 7


def test_an_opened_figure_asks_its_question_in_words(a_year: World):
    text = f"{PROGRAMME}/funds.social/received/2020-01-01..2020-09-18?known=2020-09-18&confirmed=both"
    sentence = open_figure(address_of(text)).sentence
    assert sentence.en == (
        "social funds received by Zhenyuan County from 1 January to 18 September 2020, "
        "confirmed by both sides, as the book knew it on 18 September 2020"
    )
    assert sentence.zh == "2020年1月1日至9月18日镇原县收到的社会帮扶资金，双方均已确认，以2020年9月18日所知"


@pytest.mark.parametrize(
    "code", ["funds.fiscal", "funds.social", "funds.total", "funds.goods_value", "visits.leaders"]
)
def test_a_figure_opens_with_its_rule_and_reference(a_year: World, code: str):
    opened = open_figure(address_of(f"{PROGRAMME}/{code}"))
    assert opened.rule.zh and opened.rule.en and opened.reference.zh and opened.reference.en


def test_fiscal_and_social_funds_add_up_to_the_defined_total(a_year: World):
    value, unit, parts = sum_of(
        [address_of(f"{PROGRAMME}/funds.{nature}") for nature in ("fiscal", "social")]
    )
    total = figure(address_of(f"{PROGRAMME}/funds.total"))
    assert (value, unit, len(parts)) == (total.value, "CNY", 2)


def test_what_was_sent_is_not_added_to_what_was_received(a_year: World):
    with pytest.raises(Refusal, match="stages differ"):
        sum_of([address_of(f"{PROGRAMME}/funds.fiscal/{stage}") for stage in ("allocated", "received")])


def test_a_figure_as_known_before_a_correction_comes_back(world: World):
    with clock.sample_clock(datetime(2020, 9, 1, tzinfo=UTC)):
        entry = an_entry(stage="allocated", money=Money.of(5_406))
        opened = open_entry(entry)
    assert opened is not None
    with clock.sample_clock(datetime(2020, 10, 1, tzinfo=UTC)):
        correct_entry(
            entry, replace(opened.state.draft, money=Money.of(5_416)), reason="追加", by=world.giver
        )
    text = f"{PROGRAMME}/funds.fiscal/allocated"
    assert [figure(address_of(f"{text}{known}")).value for known in ("?known=2020-09-18", "")] == [
        5_406,
        5_416,
    ]


@pytest.mark.parametrize(("qualifier", "value", "holds"), [("exact", 1090, True), ("more_than", 1090, False)])
def test_a_published_figure_is_held_against_the_book(a_year: World, qualifier: str, value: int, holds: bool):
    note_published(
        pairing_id=a_year.pairing_id,
        address=f"{PROGRAMME}/funds.total",
        value=Decimal(value),
        unit="CNY",
        qualifier=qualifier,
        source_title="A bulletin",
        by=None,
    )
    (row,) = published_rows(a_year.pairing_id)
    assert (row.holds, row.figure.value) == (holds, Decimal(1090))


def test_every_indicator_is_measured_by_one_kind(world: World):
    assert all(code == indicator.code for code, (_, indicator) in indicators().items())
