"""When an entry may be recorded, what it moves, and which running total it counts in: tables of cases, no database."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pairbook.kernel.money import Money
from pairbook.kernel.quantities import Quantity
from pairbook.kernel.texts import Text, same
from pairbook.pairings.rules import PairingFacts
from pairbook.parties.rules import PartyFacts
from pairbook.register.accounts import Amounts, movements, total_key
from pairbook.register.rules import (
    Draft,
    EntryFacts,
    Followed,
    FundFacts,
    Known,
    check_dispute,
    check_draft,
    check_taken,
    facts_of,
)
from pairbook.register.shapes import Move, Record, Stage
from tests.world import record_of_kind


def _party(number: int, code: str, *lineage: str) -> PartyFacts:
    return PartyFacts(number, code, same(code), "organisation", frozenset({"CN", *lineage}))


JINGHAI = _party(1, "120118", "120000", "120118")
ZHENYUAN = _party(2, "621027", "620000", "621000", "621027")
OFFICE = _party(3, "jinghai-office", "120000", "120118")
MILL = _party(4, "jinghai-steel", "120000", "120118")
BUREAU = _party(5, "zhenyuan-office", "620000", "621000", "621027")
COOPERATIVE = _party(6, "zhenyuan-rabbits", "620000", "621000", "621027")
ELSEWHERE = _party(7, "shanghai-bank", "310000")
PAIR = PairingFacts(1, "jinghai-zhenyuan", JINGHAI, ZHENYUAN, date(2017, 1, 1), date(2020, 12, 31))
FISCAL = FundFacts(1, 1, "fiscal", "municipal", 2020, "CNY")
SOCIAL = FundFacts(2, 1, "social", "", 2020, "CNY")
TODAY = date(2021, 3, 1)

DISPATCH = Followed(
    id=40,
    root_id=40,
    pairing_id=1,
    kind="funds",
    stage="allocated",
    direction="assisting_to_assisted",
    happened_on=date(2020, 3, 1),
    giver_id=3,
    receiver_id=5,
    fund_id=1,
    item_code=None,
    campaign_code=None,
    project_id=None,
    money_minor=100_000,
    quantity_steps=None,
    unit="",
)
RECEIPT = replace(DISPATCH, id=41, root_id=41, stage="received")
ASSIGNMENT = replace(
    DISPATCH, id=42, root_id=42, stage="assigned", giver_id=5, receiver_id=5, project_id=1
)  # fmt: skip
PAYMENT = replace(ASSIGNMENT, id=43, root_id=43, stage="spent", receiver_id=6)
LOAD = replace(
    DISPATCH, id=50, root_id=50, kind="goods", stage="sent", fund_id=None, item_code="mask", money_minor=None,
    quantity_steps=14_000, unit="piece",
)  # fmt: skip

RECEIVED = Stage("received", Text("到账", "Received"), move="receive")

_FUNDS: dict[str, Any] = {"kind": "funds", "money": Money.of(1000), "fund_id": 1}
_GOODS: dict[str, Any] = {"kind": "goods", "quantity": Quantity.of(100, "piece"), "item_code": "mask"}
_VISIT: dict[str, Any] = {"kind": "visits", "details": {"rank": "leaders", "purpose": "调研"}}
GOOD: dict[str, dict[str, Any]] = {
    "allocated": _FUNDS,
    "received": _FUNDS | {"follows_id": 40},
    "issued": _FUNDS | {"document_no": "津财预〔2020〕1号"},
    "assigned": _FUNDS | {"giver_id": 5, "receiver_id": 5, "project_id": 1, "follows_id": 41},
    "spent": _FUNDS | {"giver_id": 5, "receiver_id": 6, "project_id": 1, "follows_id": 42},
    "refunded": _FUNDS | {"giver_id": 6, "receiver_id": 5, "project_id": 1, "follows_id": 43},
    "reimbursed": _FUNDS | {"giver_id": 5, "receiver_id": 6, "project_id": 1, "follows_id": 43},
    "returned": _FUNDS | {"giver_id": 5, "receiver_id": 3, "follows_id": 41},
    "sent": _GOODS,
    "distributed": _GOODS | {"giver_id": 5, "receiver_id": 6},
    "held": _VISIT,
}


def _draft(like: str, /, **changes: Any) -> Draft:
    """The good draft of a stage, with changes."""
    shared: dict[str, Any] = {
        "pairing_id": 1,
        "stage": like,
        "giver_id": 3,
        "receiver_id": 5,
        "happened_on": date(2020, 3, 9),
    }
    return Draft(**(shared | GOOD[like] | changes))


def _known(draft: Draft, **changes: Any) -> Known:
    """What the book knows when such a draft comes in; parties are found by their numbers above."""
    parties = {party.id: party for party in (JINGHAI, ZHENYUAN, OFFICE, MILL, BUREAU, COOPERATIVE, ELSEWHERE)}
    known = Known(
        pairing=PAIR,
        record=record_of_kind(draft.kind),
        giver=parties.get(draft.giver_id or 0),
        receiver=parties.get(draft.receiver_id or 0),
        fund={1: FISCAL, 2: SOCIAL}.get(draft.fund_id or 0),
        item_unit={"mask": "piece", "disinfectant": "kg"}.get(draft.item_code or ""),
        campaign_exists=draft.campaign_code == "covid-19",
        project_pairing_id={1: 1, 2: 99}.get(draft.project_id or 0),
        followed={40: DISPATCH, 41: RECEIPT, 42: ASSIGNMENT, 43: PAYMENT, 50: LOAD}.get(
            draft.follows_id or 0
        ),
        today=TODAY,
    )
    return replace(known, **changes)


def _codes(draft: Draft, **known: Any) -> list[str]:
    return [problem.code.removeprefix("entry.") for problem in check_draft(draft, _known(draft, **known))]


@pytest.mark.parametrize("stage", GOOD)
def test_a_good_draft_has_no_problem(stage: str):
    assert _codes(_draft(stage)) == []


# 147.765 x 6.7675 = 1,000.0 yuan to the fen.
ABROAD = {
    "original_currency": "USD", "original_amount": "147.765", "exchange_rate": "6.7675", "rate_source": "某行牌价",
}  # fmt: skip

CASES: list[tuple[str, str, dict[str, Any], list[str]]] = [
    # what is wrong, stage of the good draft, what is changed in it, problems expected
    ("a stage the kind has not", "allocated", {"stage": "teleported"}, ["stage"]),
    ("no day", "allocated", {"happened_on": None}, ["date"]),
    ("a day to come", "allocated", {"happened_on": date(2021, 3, 2)}, ["future", "after_pairing"]),
    ("before the pairing", "allocated", {"happened_on": date(2016, 12, 31)}, ["before_pairing"]),
    ("on the pairing's first day", "allocated", {"happened_on": date(2017, 1, 1)}, []),
    ("on the pairing's last day", "allocated", {"happened_on": date(2020, 12, 31)}, []),
    ("after the pairing", "allocated", {"happened_on": date(2021, 1, 1)}, ["after_pairing"]),
    ("no giver", "allocated", {"giver_id": None}, ["giver_unknown"]),
    ("a receiver nobody registered", "allocated", {"receiver_id": 999}, ["receiver_unknown"]),
    ("neither party", "allocated", {"giver_id": None, "receiver_id": None}, ["giver_unknown", "receiver_unknown"]),
    ("to itself", "allocated", {"receiver_id": 3}, ["same_party"]),
    ("within one side", "allocated", {"receiver_id": 4}, ["one_side_only"]),
    ("a giver of no side", "allocated", {"giver_id": 7}, ["no_side"]),
    ("a receiver of no side", "allocated", {"receiver_id": 7}, ["no_side"]),
    ("a payee of no side", "spent", {"receiver_id": 7}, []),
    ("a payee on the same side", "spent", {"receiver_id": 2}, []),
    ("no amount", "allocated", {"money": None}, ["money"]),
    ("an amount of nothing", "allocated", {"money": Money(0)}, ["money_sign"]),
    ("less than nothing", "allocated", {"money": Money(-1)}, ["money_sign"]),
    ("dollars of a yuan fund", "allocated", {"money": Money.of(5, "USD")}, ["currency"]),
    ("money for a visit", "held", {"money": Money(1)}, ["no_money"]),
    ("goods without a quantity", "sent", {"quantity": None}, ["quantity"]),
    ("goods of no quantity", "sent", {"quantity": Quantity(0, "piece")}, ["quantity_sign"]),
    ("masks by weight", "sent", {"quantity": Quantity.of(3, "kg")}, ["unit"]),
    ("no fund", "allocated", {"fund_id": None}, ["fund"]),
    ("a fund nobody registered", "allocated", {"fund_id": 77}, ["fund_unknown"]),
    ("goods without an item", "sent", {"item_code": None}, ["item"]),
    ("an item not in the catalogue", "sent", {"item_code": "gold"}, ["item_unknown"]),
    ("a campaign nobody registered", "sent", {"campaign_code": "sars"}, ["campaign_unknown"]),
    ("a campaign", "sent", {"campaign_code": "covid-19"}, []),
    ("a project of another pairing", "allocated", {"project_id": 2}, ["project_unknown"]),
    ("a project nobody registered", "allocated", {"project_id": 3}, ["project_unknown"]),
    ("a project of the pairing", "allocated", {"project_id": 1}, []),
    ("a visit without its leader's rank", "held", {"details": {"purpose": "调研"}}, ["rank"]),
    ("a rank that is none", "held", {"details": {"rank": "king", "purpose": "调研"}}, ["rank"]),
    ("half a household", "distributed", {"details": {"households": "0.5"}}, ["households"]),
    ("fewer households than none", "distributed", {"details": {"households": -1}}, ["households"]),
    ("households of goods not yet distributed", "sent", {"details": {"households": 3}}, ["households"]),
    ("a visit without either detail", "held", {"details": {}}, ["rank", "purpose"]),
    ("a receipt of nothing sent", "received", {"follows_id": None}, ["follows"]),
    ("a receipt of an unknown entry", "received", {"follows_id": 77}, ["follows_unknown"]),
    ("a receipt of money following a load", "received", {"follows_id": 50}, ["follows_stage"]),
    ("received before it was sent", "received", {"happened_on": date(2020, 2, 29)}, ["follows_day"]),
    ("received on the day it was sent", "received", {"happened_on": date(2020, 3, 1)}, []),
    ("social money received of fiscal", "received", {"fund_id": 2}, ["follows_fund"]),
    ("received from somebody else", "received", {"giver_id": 4}, ["follows_giver"]),
    ("issued by no document", "issued", {"document_no": " "}, ["document"]),
    ("assigned to no project", "assigned", {"project_id": None}, ["project"]),
    ("assigned to another office", "assigned", {"receiver_id": 6}, []),
    ("assigned by who does not hold it", "assigned", {"giver_id": 2}, ["follows_holder"]),
    ("spent of a receipt", "spent", {"follows_id": 41}, ["follows_stage"]),
    ("spent of nothing", "spent", {"follows_id": None}, ["follows"]),
    ("spent by another office", "spent", {"giver_id": 2}, ["follows_holder"]),
    ("spent on no project", "spent", {"project_id": None}, ["project", "follows_project"]),
    ("refunded to another office", "refunded", {"receiver_id": 2}, ["follows_payer"]),
    ("refunded by a payee of no side", "refunded", {"giver_id": 7}, ["follows_holder"]),
    ("settled for no project", "reimbursed", {"project_id": None}, ["project", "follows_project"]),
    ("returned to its own side", "returned", {"receiver_id": 2}, ["one_side_only"]),
    ("returned for a project it is not held under", "returned", {"project_id": 1}, ["follows_project"]),
    ("returned of what a project holds", "returned", {"follows_id": 42, "project_id": 1}, []),
    ("dollars without a rate", "allocated", {"details": {"original_currency": "USD", "original_amount": "150"}},
     ["exchange_rate", "rate_source"]),
    ("dollars at another rate", "allocated", {"details": ABROAD | {"exchange_rate": "6.7"}}, ["conversion"]),
    ("dollars that come to the amount", "allocated", {"details": ABROAD}, []),
    ("a rate of nothing", "allocated", {"details": ABROAD | {"exchange_rate": "0"}}, ["exchange_rate"]),
    ("a rate in words", "allocated", {"details": ABROAD | {"exchange_rate": "sixish"}}, ["exchange_rate"]),
    ("a rate at a payment", "spent", {"details": {"exchange_rate": "6"}}, ["exchange_rate", "original_currency",
     "original_amount", "rate_source"]),
    ("several things at once", "allocated", {"happened_on": None, "money": None, "fund_id": None, "receiver_id": 3},
     ["date", "same_party", "money", "fund"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("stage", "changes", "codes"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_each_wrong_draft_is_told_what_is_wrong(stage: str, changes: dict[str, Any], codes: list[str]):
    assert _codes(_draft(stage, **changes)) == codes


def test_goods_received_are_the_item_that_was_sent():
    draft = _draft(
        "sent", stage="received", item_code="disinfectant", quantity=Quantity.of(1, "kg"), follows_id=50
    )
    assert _codes(draft) == ["follows_item"]


# One kind whose entries name an item at one stage only: a herd is of an item, the agreement before it of none.
_AGREED = Stage("agreed", Text("签约", "Agreed"), item="none")
_KEPT = Stage("kept", Text("存栏", "Kept"), follows=("agreed",), item="required")
HERDS = Record(stages=(_AGREED, _KEPT), headline="kept", item="optional")


@pytest.mark.parametrize(
    ("stage", "item", "codes"),
    [
        ("agreed", None, []),
        ("agreed", "mask", ["entry.no_item"]),
        ("kept", "mask", []),
        ("kept", None, ["entry.item"]),
    ],
)
def test_a_stage_can_ask_for_an_item_of_its_own(stage: str, item: str | None, codes: list[str]):
    draft = replace(_draft("held"), stage=stage, item_code=item, details={})
    assert [problem.code for problem in check_draft(draft, _known(draft, record=HERDS))] == codes


def test_a_form_asks_for_what_some_stage_asks_for():
    assert HERDS.item_asked == "optional"
    assert Record(stages=(_KEPT,), headline="kept").item_asked == "required"


def test_a_fund_of_another_pairing_is_unknown_here():
    draft = _draft("allocated")
    assert _codes(draft, fund=replace(FISCAL, pairing_id=99)) == ["fund_unknown"]


def test_a_pairing_that_lives_has_no_last_day():
    draft = _draft("allocated", happened_on=TODAY)
    assert _codes(draft, pairing=replace(PAIR, end_on=None)) == []


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_every_problem_has_a_place_and_a_cure_in_both_languages(
    case: tuple[str, str, dict[str, Any], list[str]],
):
    draft = _draft(case[1], **case[2])
    for problem in check_draft(draft, _known(draft)):
        assert all((problem.place.zh, problem.place.en, problem.cure.zh, problem.cure.en))


@pytest.mark.parametrize(
    ("taken_minor", "codes"), [(0, []), (99_999, []), (100_000, []), (100_001, ["entry.more_than_sent"])]
)
def test_no_more_money_is_received_than_was_sent(taken_minor: int, codes: list[str]):
    problems = check_taken(
        taken_minor=taken_minor,
        taken_steps=0,
        followed=DISPATCH,
        record=record_of_kind("funds"),
        stage=RECEIVED,
        currency="CNY",
    )
    assert [problem.code for problem in problems] == codes


@pytest.mark.parametrize(("taken_steps", "codes"), [(14_000, []), (14_001, ["entry.more_than_sent"])])
def test_no_more_goods_are_received_than_were_sent(taken_steps: int, codes: list[str]):
    problems = check_taken(
        taken_minor=0,
        taken_steps=taken_steps,
        followed=LOAD,
        record=record_of_kind("goods"),
        stage=RECEIVED,
        currency="CNY",
    )
    assert [problem.code for problem in problems] == codes


def test_goods_may_be_worth_more_on_arrival_than_on_dispatch():
    assert not check_taken(
        taken_minor=9,
        taken_steps=14_000,
        followed=LOAD,
        record=record_of_kind("goods"),
        stage=RECEIVED,
        currency="CNY",
    )


def test_a_surplus_is_told_to_the_yuan_and_names_the_dispatch():
    (problem,) = check_taken(
        taken_minor=120_050,
        taken_steps=0,
        followed=DISPATCH,
        record=record_of_kind("funds"),
        stage=RECEIVED,
        currency="CNY",
    )
    assert "200.5" in problem.cure.en and "entry 40" in problem.cure.en


def test_money_is_spent_in_the_direction_it_came_by():
    draft = _draft("spent")
    followed = replace(ASSIGNMENT, direction="assisted_to_assisting")
    assert facts_of(draft, _known(draft, followed=followed)).direction == "assisted_to_assisting"


@pytest.mark.parametrize(
    ("stage", "changes", "direction"),
    [
        ("allocated", {}, "assisting_to_assisted"),
        ("allocated", {"giver_id": 5, "receiver_id": 3}, "assisted_to_assisting"),
        ("spent", {}, "assisting_to_assisted"),
        ("held", {"giver_id": 2, "receiver_id": 1}, "assisted_to_assisting"),
    ],
)
def test_the_direction_follows_from_the_giver(stage: str, changes: dict[str, Any], direction: str):
    draft = _draft(stage, **changes)
    assert facts_of(draft, _known(draft)).direction == direction


def test_money_takes_nature_tier_and_year_from_its_fund():
    draft = _draft("allocated", happened_on=date(2019, 12, 30))
    facts = facts_of(draft, _known(draft))
    assert (facts.nature, facts.tier, facts.year) == ("fiscal", "municipal", 2020)


def test_goods_are_social_and_of_the_year_of_their_day():
    draft = _draft("sent", happened_on=date(2019, 12, 30))
    facts = facts_of(draft, _known(draft))
    assert (facts.nature, facts.year) == ("social", 2019)


def test_each_visit_counts_as_one():
    draft = _draft("held")
    facts = facts_of(draft, _known(draft))
    assert (facts.quantity_steps, facts.unit, facts.field) == (1, "visit", "leaders")


def _facts(stage: str, /, **changes: Any) -> EntryFacts:
    draft = _draft(stage, **changes)
    return facts_of(draft, _known(draft))


MOVES: list[tuple[Move, str, str]] = [
    ("send", "3/outside", "3/transit"),
    ("receive", "3/transit", "5/held"),
    ("assign", "3/held", "5/held"),
    ("use", "3/held", "5/paid"),
    ("refund", "3/paid", "5/held"),
    ("return", "3/held", "5/outside"),
]


@pytest.mark.parametrize(("move", "source", "target"), MOVES)
def test_an_entry_takes_from_one_account_and_gives_to_another(move: Move, source: str, target: str):
    (taken, given_) = movements(_facts("allocated"), move=move, carries="money")
    assert [f"{key.party_id}/{key.standing}" for key, _ in (taken, given_)] == [source, target]
    assert (taken[1], given_[1]) == (-100_000, 100_000)


def test_money_is_paid_out_of_what_was_assigned_to_its_project():
    (assigned, _), (payee, _) = movements(_facts("spent"), move="use", carries="money")
    assert (assigned.project_id, payee.project_id) == (1, 1)


def test_goods_are_used_out_of_what_is_held():
    (held, _), (user, _) = movements(_facts("distributed"), move="use", carries="quantity")
    assert (held.standing, user.standing, held.project_id) == ("held", "held", 0)


@pytest.mark.parametrize(("project", "account"), [(None, 0), (1, 1)])
def test_money_is_given_back_out_of_where_it_lay(project: int | None, account: int):
    (held, _), _ = movements(_facts("returned", project_id=project), move="return", carries="money")
    assert held.project_id == account


@pytest.mark.parametrize("stage", ["allocated", "sent", "held"])
def test_what_moves_nothing_touches_no_account(stage: str):
    assert movements(_facts(stage), move="none", carries="money") == []


def test_fiscal_and_social_money_lie_in_different_accounts():
    (fiscal, social) = (
        {key.text for key, _ in movements(_facts("allocated", fund_id=fund), move="send", carries="money")}
        for fund in (1, 2)
    )
    assert not fiscal & social


def test_an_entry_counts_in_the_month_it_happened():
    assert total_key(_facts("allocated", happened_on=date(2020, 2, 29)))[4] == date(2020, 2, 1)


@settings(max_examples=20)
@given(st.lists(st.tuples(st.integers(1, 10**9), st.booleans(), st.booleans()), max_size=12))
def test_counting_out_undoes_counting_in(entries: list[tuple[int, bool, bool]]):
    amounts = Amounts()
    for sign in (1, -1):
        for minor, is_confirmed, has_papers in entries:
            facts = replace(_facts("allocated"), money_minor=minor)
            amounts.add(facts, sign=sign, is_confirmed=is_confirmed, has_papers=has_papers)
    assert amounts == Amounts()


@pytest.mark.parametrize(
    ("kind", "stage", "unit", "is_typed"),
    [
        ("goods", "sent", "kg", True),
        ("visits", "held", "person-time", True),
        ("visits", "held", "visit", False),
        ("funds", "allocated", "piece", False),
    ],
)
def test_what_an_entry_counts_as_one_of_is_nobodys_typing(kind: str, stage: str, unit: str, is_typed: bool):
    record = record_of_kind(kind)
    found = record.stage(stage)
    assert found is not None and record.is_typed(found, unit) == is_typed


@pytest.mark.parametrize(
    ("kind", "given_", "codes"),
    [
        ("funds", {"own_money": Money(0)}, []),
        ("funds", {}, ["entry.own_money"]),
        ("funds", {"own_money": Money(5), "reason": "  "}, ["entry.dispute_reason"]),
        ("goods", {"own_quantity": Quantity.of(90, "piece")}, []),
        ("funds", {"own_money": Money(-5)}, ["entry.own_money"]),
        ("funds", {"own_money": Money(5, "USD")}, ["entry.own_money"]),
        ("goods", {}, ["entry.own_quantity"]),
        ("goods", {"own_quantity": Quantity(-1, "piece")}, ["entry.own_quantity"]),
        ("goods", {"own_quantity": Quantity.of(90, "kg")}, ["entry.own_unit"]),
        ("visits", {}, []),
    ],
)
def test_a_dispute_gives_its_own_amount_and_the_reason(kind: str, given_: dict[str, Any], codes: list[str]):
    parts: dict[str, Any] = {"own_money": None, "own_quantity": None, "reason": "少收", "unit": "piece"}
    problems = check_dispute(record=record_of_kind(kind), currency="CNY", **(parts | given_))
    assert [problem.code for problem in problems] == codes
