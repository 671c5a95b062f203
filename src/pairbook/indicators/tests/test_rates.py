"""Rates: a figure by a figure, with both beside it; never added, and refused where there is nothing to divide by."""

from decimal import Decimal

import pytest

from pairbook.indicators.opening import open_figure
from pairbook.indicators.reads import address_of, figure, figure_rows, rate, sum_of
from pairbook.kernel.money import Money
from pairbook.kernel.problems import Refusal, Rejected
from tests.world import PROGRAMME, SENT_ON, World, a_confirmed_entry, an_entry

YEAR = "2020-01-01..2020-12-31"


def value(text: str) -> Decimal:
    return figure(address_of(f"{PROGRAMME}/{text}")).value


@pytest.fixture
def year(world: World) -> World:
    """1,000 received in 2020, 700 assigned, 600 paid of them and 100 paid back; 800 received in 2019."""
    received = an_entry()
    assigned = an_entry(stage="assigned", money=Money.of(700), follows_id=received)
    spent = an_entry(stage="spent", money=Money.of(600), follows_id=assigned, details={"used_at": "village"})
    an_entry(stage="refunded", money=Money.of(100), follows_id=spent, details={"used_at": "village"})
    an_entry(stage="spent", money=Money.of(100), follows_id=assigned, details={"used_at": "city"})
    an_entry(money=Money.of(800), happened_on=SENT_ON.replace(year=2019))
    return world


CASES = [
    (f"funds.spend_rate/{YEAR}", "60"),
    (f"funds.use_rate/{YEAR}", "70"),
    # 500 of 600 is 83.333…: two decimals, half up.
    (f"funds.county_share/{YEAR}", "83.33"),
    (f"funds.fiscal_growth/{YEAR}", "25"),
    ("funds.spend_rate/2020-12-31", "60"),
    (f"funds.spend_rate/{YEAR}?tier=municipal", "60"),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[case[0] for case in CASES])
def test_a_rate_is_its_figures_divided(year: World, text: str, expected: str):
    assert value(text) == Decimal(expected)


def test_a_rate_is_opened_to_the_figures_it_is_made_of(year: World):
    opened = open_figure(address_of(f"{PROGRAMME}/funds.spend_rate/{YEAR}"))
    assert [term.value for _, term in opened.terms] == [700, 100, 1000]
    assert "spend progress" in opened.sentence.en and opened.rule.zh


def test_growth_is_against_the_same_days_of_the_year_before(year: World):
    found = rate(address_of(f"{PROGRAMME}/funds.fiscal_growth/2020-02-29..2020-12-31"))
    assert [str(term.address.start) for term in found.terms] == ["2020-02-29", "2019-02-28"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("funds.spend_rate/2018-01-01..2018-12-31", "figure.no_base"),
        ("funds.fiscal_growth", "figure.needs_period"),
    ],
)
def test_a_rate_without_a_base_is_refused(year: World, text: str, code: str):
    with pytest.raises(Refusal) as refused:
        value(text)
    assert refused.value.code == code


def test_rates_are_never_added(year: World):
    rates = [address_of(f"{PROGRAMME}/funds.{one}/{YEAR}") for one in ("spend_rate", "use_rate")]
    with pytest.raises(Refusal) as refused:
        sum_of(rates)
    assert refused.value.code == "sum.rate"


def test_a_rate_has_no_stage_and_no_item(year: World):
    for text in (
        "funds.spend_rate/received",
        "funds.spend_rate?item=mask",
        "funds.spend_rate?goods=included",
    ):
        with pytest.raises(Rejected):
            address_of(f"{PROGRAMME}/{text}")


def test_a_rate_can_be_asked_of_what_both_sides_confirmed(year: World):
    a_confirmed_entry("funds", money=Money.of(500))
    assert value(f"funds.use_rate/{YEAR}?confirmed=both") == 0


def test_rates_are_listed_only_when_asked_for(year: World):
    listed = {row.address.indicator for row in figure_rows(PROGRAMME)}
    assert not listed & {"funds.spend_rate", "funds.use_rate"}
    (row,) = figure_rows(PROGRAMME, indicator="funds.use_rate")
    assert row.unit == "percent"
