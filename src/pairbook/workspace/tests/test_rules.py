"""What a new entry starts from, and which stage may come next."""

from dataclasses import replace
from datetime import date

import pytest

from pairbook.kernel.money import Money
from pairbook.kernel.quantities import Quantity
from pairbook.kernel.texts import Text
from pairbook.register.rules import Draft
from pairbook.register.shapes import Detail, Record, Stage
from pairbook.workspace.rules import (
    Sides,
    following_draft,
    fresh_draft,
    is_used_up,
    next_stages,
    people_counted,
    point_standing,
    stages_of_side,
)

TODAY = date(2020, 9, 18)
SENT = Stage("sent", Text("发出", "Sent"), move="send")
RECEIVED = Stage(
    "received", Text("收到", "Received"), move="receive", follows=("sent",), recorded_by="receiver"
)
USED = Stage("used", Text("使用", "Used"), move="use", follows=("received",), recorded_by="receiver")
RECORD = Record(stages=(SENT, RECEIVED, USED), headline="received", carries="money", money="required")
SIDES = Sides(own_id=7, own_side="assisting", assisting_id=1, assisted_id=2)


def a_sent(yuan: int = 1000) -> Draft:
    return Draft(
        pairing_id=1,
        kind="funds",
        stage="sent",
        giver_id=7,
        receiver_id=8,
        happened_on=date(2020, 9, 1),
        money=Money.of(yuan),
        document_no="no. 1",
    )


def test_the_next_stage_is_the_one_that_follows():
    assert next_stages(RECORD, "sent") == [RECEIVED]


def test_each_side_records_its_own_stages():
    assert stages_of_side(RECORD, "assisting") == [SENT]
    assert stages_of_side(RECORD, "assisted") == [RECEIVED, USED]


def test_a_fresh_draft_is_of_today_and_from_the_own_organisation():
    draft = fresh_draft(pairing_id=1, kind="funds", stage=SENT, sides=SIDES, like=None, today=TODAY)
    assert (draft.happened_on, draft.giver_id, draft.receiver_id) == (TODAY, 7, 2)


def test_the_next_stage_starts_with_what_is_left():
    draft = following_draft(
        a_sent(), followed_id=5, record=RECORD, stage=RECEIVED, taken=[a_sent(400)], today=TODAY
    )
    assert (draft.money, draft.follows_id, draft.document_no) == (Money.of(600), 5, "")


def test_what_is_used_is_given_by_who_received_it():
    draft = following_draft(a_sent(), followed_id=5, record=RECORD, stage=USED, taken=[], today=TODAY)
    assert (draft.giver_id, draft.receiver_id) == (8, None)


def test_the_next_stage_starts_with_the_details_it_holds():
    lot, term = Detail("lot", Text("批号", "Lot")), Detail("term", Text("期限", "Term"), stages=("sent",))
    record = replace(RECORD, details=(lot, term))
    sent = replace(a_sent(), details={"lot": "A-1", "term": 6}, of_which=Money.of(300))
    draft = following_draft(sent, followed_id=5, record=record, stage=RECEIVED, taken=[], today=TODAY)
    assert (draft.details, draft.of_which) == ({"lot": "A-1"}, None)


@pytest.mark.parametrize(
    ("stage", "money", "quantity"),
    [
        (Stage("counted", Text("清点", "Counted"), units=("piece",)), None, Quantity.of(40, "piece")),
        (Stage("met", Text("见面", "Met"), units=("person",)), None, None),
        (Stage("paid", Text("付款", "Paid"), money="required", quantity="none"), Money.of(1000), None),
    ],
)
def test_the_next_stage_starts_with_an_amount_of_its_own_sort(
    stage: Stage, money: Money | None, quantity: Quantity | None
):
    record = Record(stages=(SENT, stage), headline="sent", quantity="optional", units=("piece",))
    sent = replace(a_sent(), quantity=Quantity.of(40, "piece"))
    draft = following_draft(sent, followed_id=5, record=record, stage=stage, taken=[], today=TODAY)
    assert (draft.money, draft.quantity) == (money, quantity)


def test_what_was_received_to_the_last_of_it_is_used_up():
    assert is_used_up(RECORD, a_sent(), [a_sent(400), a_sent(600)])
    assert not is_used_up(RECORD, a_sent(), [a_sent(999)])


@pytest.mark.parametrize(
    ("done_on", "today", "standing"),
    [
        (None, date(2020, 4, 30), "open"),
        (None, date(2020, 5, 1), "open"),
        (None, date(2020, 5, 2), "overdue"),
        (date(2020, 6, 1), date(2020, 7, 1), "done"),
    ],
)
def test_a_point_is_overdue_from_the_day_after_it_was_due(done_on, today, standing):
    assert point_standing(due_on=date(2020, 5, 1), done_on=done_on, today=today) == standing


@pytest.mark.parametrize(
    ("quantity", "people"),
    [
        (Quantity.of(40, "person"), 40),
        (Quantity.of(40, "person-time"), None),
        (Quantity.of(40, "piece"), None),
        (None, None),
    ],
)
def test_only_persons_are_counted_as_people_a_list_may_lack(quantity, people):
    assert people_counted(quantity) == people
