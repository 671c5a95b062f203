"""The prose of the year, as tables of cases: what is told, in which order, and what is left out."""

from datetime import date

import pytest

from pairbook.kernel.texts import Lang, Text
from pairbook.portal.rules import Fact, Phrase, Told, tell_year

GIVER, RECEIVER = Text("静海区", "Jinghai"), Text("镇原县", "Zhenyuan")
DAY = date(2020, 9, 18)
MONEY = Phrase(
    Text("{receiver}收到{giver}{parts}", "{parts} reached {receiver} from {giver}"),
    (
        Told("fiscal", Text("财政资金{0}", "{0} of fiscal funds")),
        Told("social", Text("社会资金{0}", "{0} of social funds")),
    ),
)
OF_IT = Phrase(
    Text("其中{parts}用于{campaign}", "of this, {parts} was for the {campaign}"),
    (Told("total?campaign=*", Text("{0}", "{0}")),),
    goes_on=True,
)
FOR_CAMPAIGN = Phrase(
    Text("为{campaign}运抵{parts}", "{parts} arrived for the {campaign}"),
    (Told("goods?item=*&campaign=*", Text("{item}{0}", "{0} {item}")),),
)
GOODS = Phrase(
    Text("收到{parts}", "gifts in kind brought {parts}"),
    (Told("goods?item=*", Text("{item}{0}", "{0} {item}")),),
)
VISITS = Phrase(
    Text("{giver}领导{parts}赴{receiver}", "leaders of {giver} made {parts} to {receiver}"),
    (Told("visits?direction=*", Text("{0}", "{0}")),),
)
PHRASES = (MONEY, OF_IT, FOR_CAMPAIGN, GOODS, VISITS)


def a_fact(indicator: str, zh: str, en: str, **parts: object) -> Fact:
    given: dict[str, object] = {"place": 0, "direction": "assisting_to_assisted", **parts}
    return Fact(indicator=indicator, number=Text(zh, en), **given)  # type: ignore[arg-type]


def an_item(code: str, zh: str, en: str, number: str, **parts: object) -> Fact:
    return a_fact("goods", number, number, item=code, item_name=Text(zh, en), **parts)


FISCAL = a_fact("fiscal", "5416万元", "54.16 million yuan")
SOCIAL = a_fact("social", "1682万元", "16.82 million yuan")
COVID = {"campaign": "covid", "campaign_name": Text("疫情防控", "COVID-19 response")}
COVID_MONEY = a_fact("total", "180万元", "1.8 million yuan", **COVID)
MASKS = an_item("mask", "口罩", "masks", "14,000", **COVID)
ALL_MASKS = an_item("mask", "口罩", "masks", "14,000")
BOOKS = an_item("book", "图书", "books", "3,200")
THERE = a_fact("visits", "7次", "7 visits")
BACK = a_fact("visits", "2次", "2 visits", direction="assisted_to_assisting")

CASES = [
    ("nothing in the book", [], "", ""),
    (
        "both sorts of money in one clause",
        [FISCAL, SOCIAL],
        "2020年截至9月18日，镇原县收到静海区财政资金5416万元、社会资金1682万元。",
        (
            "Between 1 January and 18 September 2020, 54.16 million yuan of fiscal funds and 16.82 million yuan of "
            "social funds reached Zhenyuan from Jinghai."
        ),
    ),
    (
        "one sort of money alone",
        [SOCIAL],
        "2020年截至9月18日，镇原县收到静海区社会资金1682万元。",
        "Between 1 January and 18 September 2020, 16.82 million yuan of social funds reached Zhenyuan from Jinghai.",
    ),
    (
        "a campaign's share goes on in the sentence, its goods begin another",
        [SOCIAL, COVID_MONEY, MASKS],
        "2020年截至9月18日，镇原县收到静海区社会资金1682万元；其中180万元用于疫情防控。为疫情防控运抵口罩14,000。",
        (
            "Between 1 January and 18 September 2020, 16.82 million yuan of social funds reached Zhenyuan from "
            "Jinghai; of this, 1.8 million yuan was for the COVID-19 response. 14,000 masks arrived "
            "for the COVID-19 response."
        ),
    ),
    (
        "an item told with its campaign is not told again",
        [MASKS, ALL_MASKS, BOOKS],
        "2020年截至9月18日，为疫情防控运抵口罩14,000。收到图书3,200。",
        (
            "Between 1 January and 18 September 2020, 14,000 masks arrived for the COVID-19 response. "
            "Gifts in kind brought 3,200 books."
        ),
    ),
    (
        "both directions in one sentence, ours first, names turned round",
        [BACK, THERE],
        "2020年截至9月18日，静海区领导7次赴镇原县；镇原县领导2次赴静海区。",
        (
            "Between 1 January and 18 September 2020, leaders of Jinghai made 7 visits to Zhenyuan; "
            "leaders of Zhenyuan made 2 visits to Jinghai."
        ),
    ),
    (
        "too many items: the three that came most often, and how many more",
        [an_item(f"i{n}", f"物{n}", f"things {n}", str(n), entries=n) for n in range(1, 7)],
        "2020年截至9月18日，收到物66、物55、物44等6种。",
        (
            "Between 1 January and 18 September 2020, gifts in kind brought 6 things 6, 5 things 5, 4 things 4 "
            "and 3 other items."
        ),
    ),
]


def told(facts: list[Fact], lang: Lang, day: date = DAY) -> str:
    pieces = tell_year(PHRASES, facts, giver=GIVER, receiver=RECEIVER, day=day, lang=lang)
    return "".join(piece.words for piece in pieces)


@pytest.mark.parametrize(("facts", "zh", "en"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_year_is_told(facts: list[Fact], zh: str, en: str):
    assert told(facts, "zh") == zh
    assert told(facts, "en") == en


def test_the_last_day_of_a_year_tells_the_whole_year():
    assert told([THERE], "zh", date(2020, 12, 31)).startswith("2020年，")
    assert told([THERE], "en", date(2020, 12, 31)).startswith("In 2020, leaders")


def test_only_numbers_can_be_opened_and_each_names_its_figure():
    facts = [a_fact("fiscal", "1元", "1 yuan", place=4), a_fact("social", "2元", "2 yuan", place=7)]
    pieces = tell_year(PHRASES, facts, giver=GIVER, receiver=RECEIVER, day=DAY, lang="en")
    assert [(piece.words, piece.place) for piece in pieces if piece.place is not None] == [
        ("1 yuan", 4),
        ("2 yuan", 7),
    ]


def test_a_name_in_braces_is_no_instruction():
    odd = an_item("odd", "物{0}", "things {campaign}", "5")
    assert "5 things {campaign}" in told([odd], "en")
