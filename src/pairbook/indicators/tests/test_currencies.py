"""An amount in another currency: which rates are taken, what they give, and what is refused."""

from datetime import date
from decimal import Decimal

import pytest

from pairbook.indicators.conversion import conversion_of
from pairbook.indicators.currencies import RATE_USD, Converted, RateAsked
from pairbook.kernel.actions import set_parameter
from pairbook.kernel.problems import Rejected
from pairbook.kernel.texts import same
from tests.world import World

pytestmark = pytest.mark.django_db

DAY = date(2020, 9, 18)
VALUE = Decimal(54_160_000)


def _in(currency: str, *, unit: str = "CNY", value: Decimal = VALUE, **asked: str) -> Converted:
    return conversion_of(value, unit=unit, day=DAY, asked=RateAsked(currency, **asked))


@pytest.mark.parametrize(
    ("currency", "unit", "value", "rate", "expected"),
    [
        ("USD", "CNY", "54160000", "6.8", "7964705.88"),
        ("USD", "CNY", "0.03", "6", "0.01"),  # Half a cent goes up.
        ("JPY", "CNY", "1000", "0.0644", "15528"),  # The yen has no smaller unit.
        ("CNY", "USD", "100.01", "6.8", "680.07"),
        ("EUR", "CNY", "0", "8", "0.00"),
    ],
)
def test_an_amount_is_converted_and_rounded_to_the_smallest_unit(
    world: World, currency: str, unit: str, value: str, rate: str, expected: str
):
    found = _in(currency, unit=unit, value=Decimal(value), rate=rate, source="央行")
    assert found.value == Decimal(expected) and str(found.value) == expected


def test_a_stated_rate_is_told_with_its_day_and_source(world: World):
    found = _in("USD", rate="6.7591", source="外汇交易中心", on="2020年9月18日")
    assert found.rate.words.en == "at 6.7591 yuan for one US dollar; rate of 2020-09-18; source: 外汇交易中心"


def test_without_a_rate_the_reference_rate_stands_and_says_it_is_unverified(world: World):
    found = _in("USD")
    assert found.rate.yuan == Decimal("6.8974") and not found.rate.is_verified
    assert "未核实" in found.rate.words.zh and "unverified" in found.rate.words.en


def test_a_reference_rate_set_anew_holds_from_its_day(world: World):
    for value, day in ((67_591, DAY), (71_000, date(2024, 1, 1))):
        set_parameter(
            RATE_USD.code, value=value, valid_from=day, source="公告", by=world.administrator.user_id
        )
    rate = _in("USD").rate
    assert (rate.yuan, rate.on, rate.source, rate.is_verified) == (Decimal("6.7591"), DAY, same("公告"), True)


@pytest.mark.parametrize(
    ("currency", "unit", "asked", "code"),
    [
        ("USD", "person", {}, "conversion.unit"),
        ("XYZ", "CNY", {}, "conversion.currency"),
        ("CNY", "CNY", {}, "conversion.currency"),
        ("EUR", "USD", {}, "conversion.yuan"),
        ("EUR", "CNY", {}, "conversion.no_reference"),
        ("USD", "CNY", {"rate": "6.8"}, "conversion.source"),
        ("USD", "CNY", {"rate": "0", "source": "x"}, "conversion.rate"),
        ("USD", "CNY", {"rate": "six", "source": "x"}, "conversion.rate"),
        ("USD", "CNY", {"rate": "6.8", "source": "x", "on": "2020-02-30"}, "conversion.on"),
    ],
)
def test_what_cannot_be_converted_is_told(
    world: World, currency: str, unit: str, asked: dict[str, str], code: str
):
    with pytest.raises(Rejected) as rejected:
        conversion_of(VALUE, unit=unit, day=DAY, asked=RateAsked(currency, **asked))
    assert [problem.code for problem in rejected.value.problems] == [code]
