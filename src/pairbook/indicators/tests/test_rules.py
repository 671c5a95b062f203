"""The address of a figure: one text form, stated defaults, misspelt parts told, unlike figures never added."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairbook.indicators.rules import (
    QUALIFIERS,
    Address,
    Indicator,
    Vocabulary,
    check_sum,
    is_borne_out,
    parse_address,
    span_words,
    split_scope,
)
from pairbook.kernel.periods import Period
from pairbook.kernel.problems import Refusal
from pairbook.kernel.texts import Text, same


def _indicator(code: str, **parts: Any) -> Indicator:
    given_: dict[str, Any] = {
        "code": code,
        "version": 1,
        "label": same(code),
        "unit": "CNY",
        "measure": "money",
        "rule": same("rule"),
        "reference": same("reference"),
    }
    return Indicator(**(given_ | parts))


INDICATORS = {
    one.code: one
    for one in (
        _indicator("funds.fiscal"),
        _indicator("funds.social"),
        _indicator("funds.total", parts=("funds.fiscal", "funds.social")),
        _indicator("goods.quantity", unit="", measure="quantity", apart_by="item"),
        _indicator("visits.leaders", unit="visit", measure="quantity"),
        _indicator("secondment.in_post", unit="person", measure="quantity", is_stock=True),
    )
}
STAGES = {
    "funds": ("planned", "allocated", "received", "spent"),
    "goods": ("sent", "received", "distributed"),
    "visits": ("held",),
    "secondment": ("in_post",),
}
WORDS = Vocabulary(
    indicators=INDICATORS,
    stages={code: STAGES[code.partition(".")[0]] for code in INDICATORS},
    headlines={code: "received" if "received" in STAGES[code.partition(".")[0]] else STAGES[code.partition(".")[0]][0]
               for code in INDICATORS},
    scopes=("jinghai-zhenyuan", "heping-huining"),
    items=("mask", "disinfectant"),
    campaigns=("covid-19", "flood-2021"),
    fields={"visits.leaders": ("leaders", "department", "working")},
)  # fmt: skip
SOCIAL = "jinghai-zhenyuan/funds.social@1/received/2020-01-01..2020-09-18"


def parsed(text: str, words: Vocabulary = WORDS) -> Address:
    """The address a text means, which must mean one."""
    address = parse_address(text, words)
    assert isinstance(address, Address), address
    return address


def told(text: str, words: Vocabulary = WORDS) -> list[str]:
    """What is told of a text that means no address: code and cure."""
    problems = parse_address(text, words)
    assert isinstance(problems, list), f"{problems} was understood"
    return [f"{problem.code}: {problem.cure.en}" for problem in problems]


days = st.dates(min_value=date(1981, 1, 1), max_value=date(2099, 12, 31))
maybe = st.none()


@st.composite
def addresses(draw: st.DrawFn) -> Address:
    code = draw(st.sampled_from(sorted(INDICATORS)))
    start, end = draw(st.none() | days), draw(st.none() | days)
    if start is not None and end is not None and end < start:
        start, end = end, start
    moments = st.datetimes(min_value=datetime(2017, 1, 1), max_value=datetime(2030, 1, 1)).map(
        lambda moment: moment.replace(tzinfo=timezone(timedelta(hours=8)))
    )
    return Address(
        scope=draw(st.sampled_from(["jinghai-zhenyuan", "120118", "CN"])),
        indicator=code,
        version=1,
        stage=draw(st.sampled_from(WORDS.stages[code])),
        start=start,
        end=end,
        # A stock with no days at all is today's.
        is_day=INDICATORS[code].is_stock and start is None and (end is None or draw(st.booleans())),
        known=draw(st.none() | days | moments),
        confirmed=draw(st.sampled_from([None, "both"])),
        direction=draw(st.sampled_from(["assisting_to_assisted", "assisted_to_assisting"])),
        item=draw(st.sampled_from([None, "mask"])),
        campaign=draw(st.sampled_from([None, "covid-19"])),
        tier=draw(st.sampled_from([None, "municipal", "district_and_town"])),
        nature=draw(st.sampled_from([None, "social"])),
        field=draw(st.sampled_from([None, "leaders"])) if code == "visits.leaders" else None,
        year=draw(st.sampled_from([None, 2019, 2020])),
        goods=draw(st.sampled_from([None, "included"])),
        currency=draw(st.sampled_from([None, "USD"])),
    )


@given(addresses())
def test_an_address_read_back_from_its_text_is_the_same(address: Address):
    assert parsed(address.text) == address


@given(addresses())
def test_the_text_of_an_address_is_stable(address: Address):
    assert parsed(address.text).text == address.text


@given(addresses(), addresses())
def test_different_addresses_have_different_texts(one: Address, other: Address):
    assert (one == other) == (one.text == other.text)


@pytest.mark.parametrize(
    "text",
    [
        SOCIAL,
        f"{SOCIAL}?known=2020-09-18&confirmed=both",
        "jinghai-zhenyuan/goods.quantity@1/received?item=mask&campaign=covid-19",
        "CN/funds.total@1/received/..2020-09-18",
        "120118/visits.leaders@1/held/2020-01-01..?direction=assisted_to_assisting",
        "jinghai-zhenyuan/secondment.in_post@1/in_post/2020-09-18",
        f"{SOCIAL}?known=2020-09-18T17:00:00%2B08:00",
    ],
)
def test_a_text_in_full_form_stays_as_it_is(text: str):
    assert parsed(text).text == text


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("jinghai-zhenyuan/funds.social", "jinghai-zhenyuan/funds.social@1/received"),
        ("/jinghai-zhenyuan/visits.leaders/", "jinghai-zhenyuan/visits.leaders@1/held"),
        ("jinghai-zhenyuan/funds.social/2020-01-01..2020-09-18", SOCIAL),
        ("jinghai-zhenyuan/funds.social/received/2020-09-18", SOCIAL),
        (f"{SOCIAL}?direction=assisting_to_assisted", SOCIAL),
        (f"{SOCIAL}?confirmed=both&known=2020-09-18", f"{SOCIAL}?known=2020-09-18&confirmed=both"),
        (f"{SOCIAL}?known=2020-09-18T17:00:00", f"{SOCIAL}?known=2020-09-18T17:00:00%2B08:00"),
    ],
)
def test_what_is_left_out_takes_its_stated_default(text: str, full: str):
    assert parsed(text).text == full


@pytest.mark.parametrize(
    ("span", "basis", "first", "last"),
    [
        ("2020-01-01..2020-09-18", "period", date(2020, 1, 1), date(2020, 9, 18)),
        ("2020-09-18", "period", date(2020, 1, 1), date(2020, 9, 18)),
        ("..2020-09-18", "cumulative", date(2018, 3, 5), date(2020, 9, 18)),
        ("2020-01-01..", "period", date(2020, 1, 1), date(2021, 3, 1)),
        ("", "cumulative", date(2018, 3, 5), date(2021, 3, 1)),
    ],
)
def test_the_days_left_out_are_the_first_entry_and_today(span: str, basis: str, first: date, last: date):
    address = parsed(f"jinghai-zhenyuan/funds.social/received/{span}")
    counted = address.period(first=date(2018, 3, 5), today=date(2021, 3, 1))
    assert (address.basis, counted) == (basis, Period.inclusive(first, last))


def test_a_stock_is_read_on_the_day():
    assert parsed("jinghai-zhenyuan/secondment.in_post/2020-09-18").basis == "on_day"


def test_known_on_a_day_means_its_end_in_shanghai():
    moment = parsed(f"{SOCIAL}?known=2020-09-18").known_at
    assert moment is not None and moment.astimezone(UTC).isoformat() == "2020-09-18T15:59:59.999999+00:00"


def test_known_left_out_means_now():
    assert parsed(SOCIAL).known_at is None


MISSPELT = [
    ("jinghai-zhenyuan/funds.sociall/received", "indicator", "There is no 'funds.sociall'; did you mean funds.social?"),
    ("jinghai-zhenyuan/funds.social/recieved", "stage", "There is no 'recieved'; did you mean received?"),
    ("jinghai-zhenyuan/funds.social@7", "indicator", "There is no 'funds.social@7'; did you mean funds.social@1?"),
    (f"{SOCIAL}?knwn=2020-09-18", "part", "There is no 'knwn'; did you mean known?"),
    (f"{SOCIAL}?campaign=covid19", "campaign", "There is no 'covid19'; did you mean covid-19?"),
    (f"{SOCIAL}?item=maks", "item", "There is no 'maks'; did you mean mask?"),
    (f"{SOCIAL}?tier=municpal", "tier", "There is no 'municpal'; did you mean municipal?"),
    (f"{SOCIAL}?direction=back", "direction", "There is no 'back'; known here: assisting_to_assisted, "),
    (f"{SOCIAL}?confirmed=yes", "confirmed", "There is no 'yes'; known here: both."),
    (f"{SOCIAL}?subset=registered-poor", "subset", "'registered-poor' has no meaning here."),
    (f"{SOCIAL}?field=leaders", "field", "'leaders' has no meaning here."),
    (f"{SOCIAL}?year=20", "year", "'20' has no meaning here."),
    (f"{SOCIAL}?currency=yuan", "currency", "There is no 'yuan'; known here: CNY, USD."),
    (f"{SOCIAL}?known=yesterday", "known", "Write 2020-09-18 or 2020-09-18T17:00:00."),
    ("jinghai-zhenyuan/funds.social/received/2020-09-31..", "span", "Write a day as 2020-09-18."),
    ("jinghai-zhenyuan/funds.social/received/2020-09-18..2020-01-01", "span", "The last day is before the first."),
    (f"{SOCIAL}/and/more", "span", "'and/more' has no meaning here."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "part", "cure"), MISSPELT)
def test_a_misspelt_part_is_told_with_what_was_perhaps_meant(text: str, part: str, cure: str):
    (line,) = told(text)
    assert line.startswith(f"address.{part}: {cure}")


def test_an_address_too_short_is_told_how_one_is_written():
    assert told("jinghai-zhenyuan")[0].startswith("address.short: Write pairing/indicator/stage/from..to")


def test_an_unknown_scope_is_told_with_the_nearest():
    words = replace(WORDS, is_scope=False)
    assert told("jinghai-zhenyan/funds.social", words) == [
        "address.scope: There is no 'jinghai-zhenyan'; did you mean jinghai-zhenyuan?"
    ]


def test_every_misspelt_part_is_told_at_once():
    assert len(told("jinghai-zhenyuan/funds.sociall/received/2020-13-01..?knwn=3&tier=x&year=1")) == 5


@pytest.mark.parametrize(
    "text",
    [
        "jinghai-zhenyuan/funds.social/received/2020-01-01..9999-12-31",
        "jinghai-zhenyuan/funds.social/received?known=0001-01-01T00:00:00",
        "jinghai-zhenyuan/funds.social/received?known=2020-09-18&known=2020-09-19",
    ],
)
def test_a_day_off_the_calendar_and_a_part_given_twice_are_told(text: str):
    assert len(told(text)) == 1


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_addresses(text: str):
    assert isinstance(parse_address(text, WORDS), (Address, list)) and isinstance(split_scope(text), str)


def _sum(*texts: str, units: tuple[str, ...] = ()) -> None:
    # The pairing has one child, 1 of the place's; every other pairing is apart.
    of_the_place = frozenset({1, 2})
    covers = {
        scope: of_the_place if scope in ("jinghai-zhenyuan", "120118", "621027", "CN") else frozenset({9})
        for scope in map(split_scope, texts)
    }
    check_sum([parsed(text) for text in texts], units or ("CNY",) * len(texts), INDICATORS, covers)


REST = "jinghai-zhenyuan/funds.social@1/received/2020-09-19..2020-12-31"
ADDED = [
    (SOCIAL, REST),
    (f"{SOCIAL}?tier=municipal", f"{SOCIAL}?tier=district"),
    (f"{SOCIAL}?campaign=covid-19", f"{SOCIAL}?campaign=flood-2021"),
    (SOCIAL, SOCIAL.replace("social", "fiscal")),
    (SOCIAL, SOCIAL.replace("jinghai-zhenyuan", "heping-huining")),
    (f"{SOCIAL}?year=2019", f"{SOCIAL}?year=2020"),
]
REFUSED = [
    ("stage", "stages differ", SOCIAL, SOCIAL.replace("received", "allocated")),
    ("direction", "opposite directions", SOCIAL, f"{REST}?direction=assisted_to_assisting"),
    ("known", "known at different moments", SOCIAL, f"{REST}?known=2020-09-18"),
    ("confirmed", "only what both sides confirmed", SOCIAL, f"{REST}?confirmed=both"),
    ("goods", "goods valued in money", SOCIAL, f"{REST}?goods=included"),
    ("currency", "currencies differ", SOCIAL, f"{REST}?currency=USD"),
    ("indicator", "no sum of them is defined", SOCIAL, SOCIAL.replace("social", "total")),
    ("item", "different items", "jinghai-zhenyuan/goods.quantity?item=mask",
     "jinghai-zhenyuan/goods.quantity?item=disinfectant"),
    ("overlap", "counted twice", SOCIAL, SOCIAL),
    ("overlap", "counted twice", SOCIAL, "jinghai-zhenyuan/funds.social@1/received/2020-09-18..2020-12-31"),
    ("overlap", "counted twice", SOCIAL, f"{SOCIAL}?tier=municipal"),
    ("overlap", "counted twice", SOCIAL, SOCIAL.replace("jinghai-zhenyuan", "120118")),
    ("overlap", "counted twice", SOCIAL, SOCIAL.replace("jinghai-zhenyuan", "CN")),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), ADDED)
def test_alike_figures_that_share_no_entry_add_up(one: str, other: str):
    _sum(one, other)
    _sum(other, one)


@pytest.mark.parametrize(("part", "reason", "one", "other"), REFUSED)
def test_a_sum_over_unlike_addresses_is_refused_with_the_reason(part: str, reason: str, one: str, other: str):
    for pair in ((one, other), (other, one)):
        with pytest.raises(Refusal, match=reason) as refused:
            _sum(*pair)
        assert refused.value.code == f"sum.{part}" and refused.value.reason.zh.startswith("不能相加")


def test_persons_and_visits_do_not_add_up():
    with pytest.raises(Refusal, match=r"units differ \(person \+ visit\)"):
        _sum(
            "jinghai-zhenyuan/secondment.in_post/2020-09-18",
            "jinghai-zhenyuan/visits.leaders",
            units=("person", "visit"),
        )


BORNE_OUT = [
    # qualifier, published, borne out by, not borne out by
    ("exact", 10, [10], [9, 11]),
    ("more_than", 10, [11, 25], [10, 9]),
    ("at_least", 10, [10, 11], [9]),
    ("at_most", 10, [10, 9], [11]),
    ("up_to", 360, [360, 300], [361]),
    ("nearly", 100, [95, 100], [94, 101]),
    ("about", 100, [95, 105], [94, 106]),
]


@pytest.mark.parametrize(("qualifier", "published", "holding", "failing"), BORNE_OUT)
def test_a_published_figure_holds_by_its_qualifier(
    qualifier: str, published: int, holding: list[int], failing: list[int]
):
    verdicts = [is_borne_out(Decimal(published), qualifier, Decimal(value)) for value in holding + failing]
    assert verdicts == [True] * len(holding) + [False] * len(failing)


def test_every_qualifier_is_in_the_table_above():
    assert {case[0] for case in BORNE_OUT} == set(QUALIFIERS)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (None, None, Text("开始以来", "since the beginning")),
        (None, date(2020, 9, 18), Text("截至2020年9月18日累计", "up to 18 September 2020")),
        (date(2020, 1, 1), None, Text("2020年1月1日以来", "since 1 January 2020")),
        (date(2020, 9, 18), date(2020, 9, 18), Text("2020年9月18日", "on 18 September 2020")),
        (date(2020, 1, 1), date(2020, 9, 18),
         Text("2020年1月1日至9月18日", "from 1 January to 18 September 2020")),
        (date(2019, 1, 1), date(2020, 9, 18),
         Text("2019年1月1日至2020年9月18日", "from 1 January 2019 to 18 September 2020")),
    ],
)  # fmt: skip
def test_the_days_are_told_in_words(start: date | None, end: date | None, words: Text):
    assert span_words(start, end) == words
