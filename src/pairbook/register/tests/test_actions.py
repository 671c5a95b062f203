"""Recording, answering, correcting, withdrawing and attaching; what is refused, and the trail each write leaves."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from pairbook.kernel.access import Actor
from pairbook.kernel.models import AuditEvent
from pairbook.kernel.money import Money
from pairbook.kernel.problems import Refusal, Rejected
from pairbook.kernel.quantities import Quantity
from pairbook.kernel.reads import audit_lines
from pairbook.kernel.texts import Text
from pairbook.projects.actions import add_project
from pairbook.register.actions import (
    add_campaign,
    add_fund,
    add_item,
    attach_paper,
    confirm_entries,
    confirm_entry,
    correct_entry,
    dispute_entry,
    rebuild_totals,
    record_entries,
    record_entry,
    withdraw_entry,
)
from pairbook.register.models import Account, Answer, Entry, Paper
from pairbook.register.reads import balances, open_entry
from tests.world import (
    A_PAPER,
    SENT_ON,
    World,
    a_confirmed_entry,
    a_draft,
    a_draft_with_its_chain,
    a_fund,
    an_entry,
    an_entry_with_a_paper,
    many_entries,
)


def codes_of(rejected: pytest.ExceptionInfo[Rejected]) -> list[str]:
    return [problem.code for problem in rejected.value.problems]


def held(standing: str, **asked: Any) -> int:
    """What the accounts of one standing hold together, in the smallest unit."""
    return sum(Account.objects.filter(standing=standing, **asked).values_list("balance", flat=True))


def state_of(entry_id: int) -> str:
    opened = open_entry(entry_id)
    assert opened is not None
    return opened.row.state


@pytest.mark.parametrize("role", ["", "auditor", "administrator", "stranger"])
def test_nobody_without_a_post_on_a_side_records(world: World, role: str):
    with pytest.raises(Refusal) as refused:
        record_entry(a_draft(stage="allocated"), by=world.cast[role])
    assert refused.value.forbidden and not Entry.objects.exists()


def test_a_department_records_what_its_own_organisation_received(world: World):
    draft = a_draft("visits", receiver_id=world.health_bureau)
    assert record_entry(draft, by=world.department)


def test_a_department_records_nothing_of_others(world: World):
    with pytest.raises(Rejected) as rejected:
        record_entry(a_draft("visits"), by=world.department)
    assert codes_of(rejected) == ["entry.own_part"]


def test_a_batch_with_one_bad_row_records_nothing_and_names_the_row(world: World):
    good, bad = a_draft(stage="allocated"), a_draft(stage="allocated", happened_on=None)
    with pytest.raises(Rejected) as rejected:
        record_entries([good, good, bad], by=world.giver)
    assert [problem.row for problem in rejected.value.problems] == [2] and not Entry.objects.exists()


def test_a_batch_comes_back_in_its_order(world: World):
    drafts = [a_draft(stage="allocated", money=Money(minor)) for minor in (300, 100, 200)]
    ids = record_entries(drafts, by=world.giver)
    assert [Entry.objects.get(pk=number).money_minor for number in ids] == [300, 100, 200]


def test_a_batch_over_the_copy_limit_is_recorded_like_any_other(world: World):
    ids = many_entries(60, stage="allocated", money=Money(100))
    assert len(ids) == 60 and held("transit") == 6_000 and not rebuild_totals()


def test_recording_tells_how_far_it_is(world: World):
    heard: list[int] = []
    record_entries([a_draft(stage="allocated")] * 3, by=world.giver, on_progress=heard.append)
    assert heard == [3]


def test_more_than_was_sent_cannot_be_received(world: World):
    sent = an_entry(stage="allocated")
    draft = a_draft(follows_id=sent, money=Money.of("1000.01"))
    with pytest.raises(Rejected) as rejected:
        record_entry(draft, by=world.receiver)
    assert "entry.more_than_sent" in codes_of(rejected)


def test_two_receipts_together_cannot_exceed_their_dispatch(world: World):
    sent = an_entry(stage="allocated")
    an_entry(stage="allocated")
    record_entry(a_draft(follows_id=sent, money=Money.of(700)), by=world.receiver)
    with pytest.raises(Rejected) as rejected:
        record_entry(a_draft(follows_id=sent, money=Money.of(301)), by=world.receiver)
    assert codes_of(rejected) == ["entry.more_than_sent"]


def test_a_receipt_in_parts_may_come_to_the_whole(world: World):
    sent = an_entry(stage="allocated")
    for part in (700, 300):
        record_entry(a_draft(follows_id=sent, money=Money.of(part)), by=world.receiver)
    assert (held("transit"), held("held")) == (0, 100_000)


def test_two_receipts_of_one_batch_are_added_before_they_are_compared(world: World):
    sent = an_entry(stage="allocated")
    half = a_draft(follows_id=sent, money=Money.of(600))
    with pytest.raises(Rejected) as rejected:
        record_entries([half, half], by=world.receiver)
    assert {problem.row for problem in rejected.value.problems} >= {1}


def test_a_shortage_stays_in_transit(world: World):
    sent = an_entry(stage="allocated")
    record_entry(a_draft(follows_id=sent, money=Money.of(900)), by=world.receiver)
    assert (held("outside"), held("transit"), held("held")) == (-100_000, 10_000, 90_000)


def test_what_was_not_received_cannot_be_spent(world: World):
    with pytest.raises(Rejected) as rejected:
        record_entry(a_draft(stage="spent"), by=world.receiver)
    assert codes_of(rejected) == ["entry.follows"]


def test_what_was_not_assigned_cannot_be_spent(world: World):
    received = an_entry()
    with pytest.raises(Rejected) as rejected:
        record_entry(a_draft(stage="spent", follows_id=received), by=world.receiver)
    assert codes_of(rejected) == ["entry.follows_stage"]


def test_social_money_is_not_spent_out_of_fiscal_money(world: World):
    assigned = an_entry(stage="assigned", fund_id=world.fiscal)
    with pytest.raises(Rejected) as rejected:
        record_entry(a_draft(stage="spent", fund_id=world.social, follows_id=assigned), by=world.receiver)
    assert codes_of(rejected) == ["entry.follows_fund"]


def test_what_was_assigned_lies_with_its_holder_under_the_project(world: World):
    an_entry(stage="assigned")
    assert held("held", party_id=world.receiver_office, project_id=world.project) == 100_000
    assert held("held", project_id=None) == 0


def test_what_was_spent_on_a_project_lies_with_the_payee(world: World):
    an_entry(stage="spent")
    assert held("paid", party_id=world.cooperative, project_id=world.project) == 100_000
    assert held("held") == 0


def test_all_that_is_taken_of_one_receipt_has_one_limit(world: World):
    received = an_entry()
    an_entry(stage="assigned", money=Money.of(700), follows_id=received)
    with pytest.raises(Rejected) as rejected:
        an_entry(stage="returned", money=Money.of(400), follows_id=received)
    assert codes_of(rejected) == ["entry.more_than_left"]


def test_what_a_payee_paid_back_may_be_spent_again(world: World):
    spent = an_entry(stage="spent")
    refunded = an_entry(stage="refunded", money=Money.of(300), follows_id=spent)
    later = SENT_ON + timedelta(days=30)
    an_entry(stage="spent", money=Money.of(300), follows_id=refunded, happened_on=later)
    assert (held("paid"), held("held")) == (100_000, 0) and rebuild_totals() == []


def test_no_more_is_paid_back_than_was_paid(world: World):
    spent = an_entry(stage="spent")
    with pytest.raises(Rejected) as rejected:
        an_entry(stage="refunded", money=Money.of(1001), follows_id=spent)
    assert "entry.more_than_left" in codes_of(rejected)


def test_a_settled_payment_moves_nothing_more(world: World):
    an_entry(stage="reimbursed")
    assert held("paid") == 100_000 and rebuild_totals() == []


def test_a_payment_is_settled_once(world: World):
    spent = an_entry(stage="spent")
    an_entry(stage="reimbursed", follows_id=spent)
    with pytest.raises(Rejected) as rejected:
        an_entry(stage="reimbursed", money=Money.of(1), follows_id=spent)
    assert codes_of(rejected) == ["entry.more_than_followed"]


def test_money_given_back_leaves_the_book_the_way_it_came(world: World):
    an_entry(stage="returned")
    assert held("outside") == held("held") == 0


def test_the_project_of_an_assignment_stays_once_money_was_paid_of_it(world: World):
    assigned = an_entry(stage="assigned")
    an_entry(stage="spent", follows_id=assigned)
    other = add_project(pairing_id=world.pairing_id, code="other", name=Text("另一项目", "another"), by=None)
    with pytest.raises(Rejected) as rejected:
        _corrected(assigned, world.receiver, project_id=other)
    assert codes_of(rejected) == ["entry.followed"]


def test_masks_do_not_make_up_for_disinfectant(world: World):
    an_entry("goods", quantity=Quantity.of(100, "piece"))
    with pytest.raises(Rejected) as rejected:
        record_entry(
            a_draft("goods", "distributed", item_code="disinfectant", quantity=Quantity.of(1, "kg")),
            by=world.receiver,
        )
    assert codes_of(rejected) == ["entry.balance"]


def test_a_plan_moves_no_money(world: World):
    an_entry(stage="planned")
    assert balances([world.pairing_id]) == []


def test_the_same_source_is_recorded_once(world: World):
    draft = a_draft(stage="allocated", source_key="a" * 64)
    record_entry(draft, by=world.giver)
    with pytest.raises(Exception, match=r"(?i)append-only|unique|duplicate"):
        record_entry(draft, by=world.giver)


def test_the_other_side_signs(world: World):
    sent = an_entry(stage="allocated")
    confirm_entry(sent, by=world.receiver)
    assert state_of(sent) == "both_sides"


@pytest.mark.parametrize(
    "answer",
    [
        lambda entry, by: confirm_entry(entry, by=by),
        lambda entry, by: dispute_entry(entry, reason="少收", own_money=Money(1), by=by),
    ],
    ids=["confirm", "dispute"],
)
@pytest.mark.parametrize(
    ("role", "code"),
    [
        ("giver", "entry.own_side"),
        ("department", "access.entry.answer"),
        ("auditor", "access.entry.answer"),
        ("administrator", "access.entry.answer"),
        ("stranger", "access.entry.answer"),
        ("", "access.entry.answer"),
    ],
)
def test_nobody_but_the_other_side_answers(
    world: World, answer: Callable[[int, Actor], None], role: str, code: str
):
    sent = an_entry(stage="allocated")
    with pytest.raises(Refusal) as refused:
        answer(sent, world.cast[role])
    assert (refused.value.code, refused.value.forbidden) == (code, True) and not Answer.objects.exists()


def test_an_entry_is_confirmed_once(world: World):
    sent = a_confirmed_entry(stage="allocated")
    with pytest.raises(Refusal) as refused:
        confirm_entry(sent, by=world.receiver)
    assert refused.value.code == "entry.confirmed"


def test_a_dispute_keeps_the_other_sides_amount_and_reason(world: World):
    sent = an_entry(stage="allocated")
    dispute_entry(sent, reason=" 少收一笔 ", own_money=Money.of(900), by=world.receiver)
    opened = open_entry(sent)
    assert opened is not None and opened.row.state == "disputed"
    assert (opened.answers[0].own_money, opened.answers[0].reason) == (Money.of(900), "少收一笔")


def test_a_dispute_without_an_amount_is_no_answer(world: World):
    sent = an_entry(stage="allocated")
    with pytest.raises(Rejected) as rejected:
        dispute_entry(sent, reason="少收", by=world.receiver)
    assert codes_of(rejected) == ["entry.own_money"] and state_of(sent) == "one_side"


def test_the_last_answer_counts(world: World):
    sent = an_entry(stage="allocated")
    dispute_entry(sent, reason="少收", own_money=Money.of(900), by=world.receiver)
    confirm_entry(sent, by=world.receiver)
    assert state_of(sent) == "both_sides" and not rebuild_totals()


def test_a_signature_may_be_taken_back_by_a_dispute(world: World):
    sent = a_confirmed_entry(stage="allocated")
    dispute_entry(sent, reason="少收", own_money=Money.of(900), by=world.receiver)
    assert state_of(sent) == "disputed" and not rebuild_totals()


def test_many_are_confirmed_together_or_not_at_all(world: World):
    theirs, own = an_entry(stage="allocated"), an_entry()
    with pytest.raises(Refusal):
        confirm_entries([theirs, own], by=world.receiver)
    assert state_of(theirs) == "one_side"
    assert confirm_entries([theirs], by=world.receiver) == 1


def _corrected(entry_id: int, by: Actor, **changes: Any) -> int:
    opened = open_entry(entry_id)
    assert opened is not None
    return correct_entry(entry_id, replace(opened.state.draft, **changes), reason="录入有误", by=by)


def test_a_correction_replaces_and_the_first_version_stays(world: World):
    first = an_entry(stage="allocated")
    second = _corrected(first, world.giver, money=Money.of(950))
    opened = open_entry(second)
    assert opened is not None
    assert [(row.id, row.money, reason) for row, reason in opened.versions] == [
        (first, Money.of(1000), ""),
        (second, Money.of(950), "录入有误"),
    ]


def test_a_correction_moves_balances_by_the_difference(world: World):
    first = an_entry(stage="allocated")
    _corrected(first, world.giver, money=Money.of(950))
    assert (held("outside"), held("transit")) == (-95_000, 95_000) and not rebuild_totals()


def test_a_corrected_entry_waits_for_the_other_sides_answer_again(world: World):
    first = a_confirmed_entry(stage="allocated")
    second = _corrected(first, world.giver, money=Money.of(950))
    assert state_of(second) == "one_side" and not rebuild_totals()


def test_a_correction_keeps_the_papers(world: World):
    first = an_entry_with_a_paper(stage="allocated")
    second = _corrected(first, world.giver, money=Money.of(950))
    opened = open_entry(second)
    assert opened is not None and len(opened.papers) == 1 and not rebuild_totals()


def test_a_correction_of_a_corrected_entry_is_sent_to_the_current_one(world: World):
    first = an_entry(stage="allocated")
    second = _corrected(first, world.giver, money=Money.of(950))
    third = _corrected(second, world.giver, money=Money.of(960))
    with pytest.raises(Refusal) as refused:
        _corrected(first, world.giver, money=Money.of(940))
    assert refused.value.code == "entry.replaced" and not refused.value.forbidden
    assert str(third) in refused.value.reason.zh and str(third) in refused.value.reason.en


@pytest.mark.parametrize(
    "act",
    [
        lambda entry, world: confirm_entry(entry, by=world.receiver),
        lambda entry, world: dispute_entry(entry, reason="x", own_money=Money(1), by=world.receiver),
        lambda entry, world: withdraw_entry(entry, reason="x", by=world.giver),
        lambda entry, world: attach_paper(entry, content=A_PAPER, sort="other", by=world.giver),
    ],
    ids=["confirm", "dispute", "withdraw", "attach"],
)
def test_nothing_is_done_to_a_version_that_was_replaced(world: World, act: Callable[[int, World], None]):
    first = an_entry(stage="allocated")
    _corrected(first, world.giver, money=Money.of(950))
    with pytest.raises(Refusal) as refused:
        act(first, world)
    assert refused.value.code == "entry.replaced"


@pytest.mark.parametrize(
    ("role", "code"),
    [
        ("receiver", "entry.other_side"),
        ("department", "entry.other_side"),
        ("auditor", "access.entry.correct"),
        ("administrator", "access.entry.correct"),
        ("stranger", "access.entry.correct"),
        ("", "access.entry.correct"),
    ],
)
def test_nobody_but_the_recording_side_corrects(world: World, role: str, code: str):
    sent = an_entry(stage="allocated")
    with pytest.raises(Refusal) as refused:
        _corrected(sent, world.cast[role], money=Money.of(950))
    assert (refused.value.code, refused.value.forbidden) == (code, True)


def test_a_department_does_not_correct_what_its_county_office_recorded(world: World):
    received = an_entry()
    with pytest.raises(Refusal) as refused:
        _corrected(received, world.department, money=Money.of(950))
    assert refused.value.forbidden


def test_a_correction_says_why(world: World):
    first = an_entry(stage="allocated")
    with pytest.raises(Rejected) as rejected:
        correct_entry(first, a_draft(stage="allocated", money=Money(5)), reason=" ", by=world.giver)
    assert codes_of(rejected) == ["entry.reason"]


def test_a_correction_that_changes_nothing_is_asked_back(world: World):
    first = an_entry(stage="allocated")
    with pytest.raises(Rejected) as rejected:
        _corrected(first, world.giver)
    assert codes_of(rejected) == ["entry.unchanged"]


def test_a_correction_is_checked_like_a_new_entry(world: World):
    first = an_entry(stage="allocated")
    with pytest.raises(Rejected) as rejected:
        _corrected(first, world.giver, money=None)
    assert codes_of(rejected) == ["entry.money"]


def test_a_dispatch_is_not_corrected_below_what_was_received_of_it(world: World):
    sent = an_entry(stage="allocated")
    record_entry(a_draft(follows_id=sent, money=Money.of(900)), by=world.receiver)
    with pytest.raises(Rejected) as rejected:
        _corrected(sent, world.giver, money=Money.of(899))
    assert codes_of(rejected) == ["entry.below_received"]


def test_a_dispatch_may_be_corrected_to_just_what_was_received(world: World):
    sent = an_entry(stage="allocated")
    record_entry(a_draft(follows_id=sent, money=Money.of(900)), by=world.receiver)
    _corrected(sent, world.giver, money=Money.of(900))
    assert held("transit") == 0


def test_a_dispatch_nobody_valued_bounds_no_value_of_its_receipt(world: World):
    sent = an_entry("goods", "sent")
    record_entry(a_draft("goods", follows_id=sent, money=Money.of(900)), by=world.receiver)
    later = correct_entry(sent, a_draft("goods", "sent", note="加急"), reason="补记备注", by=world.giver)
    assert later > sent


@pytest.mark.parametrize("changes", [{"fund_id": "social"}, {"giver_id": "enterprise"}])
def test_a_dispatch_received_already_keeps_its_fund_and_giver(world: World, changes: dict[str, str]):
    sent, _other = an_entry(stage="allocated"), an_entry(stage="allocated")
    record_entry(a_draft(follows_id=sent), by=world.receiver)
    with pytest.raises(Rejected) as rejected:
        _corrected(sent, world.giver, **{part: getattr(world, name) for part, name in changes.items()})
    assert codes_of(rejected) == ["entry.followed"]


@pytest.mark.parametrize("changes", [{"stage": "planned"}, {"happened_on": date(2020, 12, 1)}])
def test_a_dispatch_received_already_keeps_its_stage_and_comes_before_its_receipt(
    world: World, changes: dict[str, Any]
):
    # The other dispatch keeps enough in transit for the balance to allow it; the link must not.
    sent, _other = an_entry(stage="allocated"), an_entry(stage="allocated")
    record_entry(a_draft(follows_id=sent), by=world.receiver)
    with pytest.raises(Rejected) as rejected:
        _corrected(sent, world.giver, **changes)
    assert codes_of(rejected) == ["entry.followed"]


def test_an_entry_cannot_be_corrected_to_follow_itself(world: World):
    planned = an_entry(stage="planned")
    with pytest.raises(Rejected) as rejected:
        _corrected(planned, world.giver, stage="allocated", follows_id=planned)
    assert codes_of(rejected) == ["entry.follows_itself"]


def test_a_wrong_link_can_be_corrected(world: World):
    wrong, right = an_entry(stage="allocated"), an_entry(stage="allocated")
    received = record_entry(a_draft(follows_id=wrong), by=world.receiver)
    moved = _corrected(received, world.receiver, follows_id=right)
    opened = open_entry(moved)
    assert opened is not None and [row.id for row in opened.before] == [right]


def test_a_receipt_is_not_corrected_below_what_was_spent_of_it(world: World):
    received = an_entry()
    an_entry(stage="assigned", money=Money.of(600), follows_id=received)
    with pytest.raises(Rejected) as rejected:
        _corrected(received, world.receiver, money=Money.of(500))
    assert codes_of(rejected) == ["entry.below_received"]


def test_what_follows_an_entry_still_follows_it_after_a_correction(world: World):
    sent = an_entry(stage="allocated")
    received = record_entry(a_draft(follows_id=sent), by=world.receiver)
    second = _corrected(sent, world.giver, note="第二批")
    opened = open_entry(received)
    assert opened is not None and [row.id for row in opened.before] == [second]


def test_a_receipt_may_name_any_version_of_its_dispatch(world: World):
    sent = an_entry(stage="allocated")
    _corrected(sent, world.giver, money=Money.of(800))
    with pytest.raises(Rejected) as rejected:
        record_entry(a_draft(follows_id=sent, money=Money.of(801)), by=world.receiver)
    assert "entry.more_than_sent" in codes_of(rejected)
    assert record_entry(a_draft(follows_id=sent, money=Money.of(800)), by=world.receiver)


def test_a_withdrawn_entry_counts_nowhere_but_stays_readable(world: World):
    sent = a_confirmed_entry(stage="allocated")
    withdraw_entry(sent, reason="重复录入", by=world.giver)
    opened = open_entry(sent)
    assert opened is not None and len(opened.versions) == 2
    assert balances([world.pairing_id]) == [] and not rebuild_totals()


def test_an_entry_that_others_follow_is_not_withdrawn(world: World):
    sent = an_entry(stage="allocated")
    received = record_entry(a_draft(follows_id=sent), by=world.receiver)
    with pytest.raises(Refusal) as refused:
        withdraw_entry(sent, reason="重复录入", by=world.giver)
    assert refused.value.code == "entry.has_followers" and str(received) in refused.value.reason.en


def test_a_withdrawn_receipt_may_be_received_anew(world: World):
    sent = an_entry(stage="allocated")
    received = record_entry(a_draft(follows_id=sent), by=world.receiver)
    withdraw_entry(received, reason="录错", by=world.receiver)
    assert record_entry(a_draft(follows_id=sent), by=world.receiver) and not rebuild_totals()


def test_a_withdrawal_says_why(world: World):
    with pytest.raises(Rejected) as rejected:
        withdraw_entry(an_entry(stage="allocated"), reason="", by=world.giver)
    assert codes_of(rejected) == ["entry.reason"]


def test_a_withdrawal_is_final(world: World):
    withdrawal = withdraw_entry(an_entry(stage="allocated"), reason="重复录入", by=world.giver)
    with pytest.raises(Refusal) as refused:
        withdraw_entry(withdrawal, reason="又", by=world.giver)
    assert refused.value.code == "entry.withdrawn"


def test_what_was_withdrawn_cannot_be_followed(world: World):
    sent = an_entry(stage="allocated")
    withdraw_entry(sent, reason="重复录入", by=world.giver)
    with pytest.raises(Rejected) as rejected:
        record_entry(a_draft(follows_id=sent), by=world.receiver)
    assert codes_of(rejected) == ["entry.follows_unknown"]


def test_an_entry_nobody_recorded_cannot_be_answered(world: World):
    with pytest.raises(Refusal) as refused:
        confirm_entry(999_999, by=world.receiver)
    assert refused.value.code == "entry.unknown"


def test_either_side_attaches_papers(world: World):
    sent = an_entry(stage="allocated")
    attach_paper(sent, content=A_PAPER, sort="allocation", by=world.giver)
    attach_paper(sent, content=A_PAPER, sort="other", by=world.receiver)
    opened = open_entry(sent)
    assert opened is not None and [paper.sort.code for paper in opened.papers] == ["allocation", "other"]
    assert opened.row.papers_missing == () and not rebuild_totals()


def test_the_same_paper_is_attached_once(world: World):
    sent = an_entry_with_a_paper(stage="allocated")
    with pytest.raises(Refusal) as refused:
        attach_paper(sent, content=A_PAPER, sort="allocation", by=world.giver)
    assert refused.value.code == "paper.attached"


@pytest.mark.parametrize(
    ("content", "sort", "code"),
    [
        (A_PAPER, "love_letter", "paper.sort"),
        (b"MZ", "allocation", "evidence.type"),
        (b"", "other", "evidence.empty"),
    ],
)
def test_what_is_no_paper_is_not_attached(world: World, content: bytes, sort: str, code: str):
    with pytest.raises(Rejected) as rejected:
        attach_paper(an_entry(stage="allocated"), content=content, sort=sort, by=world.giver)
    assert codes_of(rejected) == [code] and not Paper.objects.exists()


@pytest.mark.parametrize("role", ["", "auditor", "administrator", "stranger", "department"])
def test_nobody_else_attaches_papers(world: World, role: str):
    sent = an_entry(stage="allocated")
    with pytest.raises(Refusal) as refused:
        attach_paper(sent, content=A_PAPER, sort="other", by=world.cast[role])
    assert refused.value.forbidden


@pytest.mark.parametrize(
    ("add", "code"),
    [
        (lambda world: a_fund(world.pairing_id, "fiscal-2020"), "fund.code"),
        (lambda world: add_item(code="mask", name=Text("口罩", "masks"), unit="piece", by=None), "item.code"),
        (lambda world: add_campaign(code="covid-19", name=Text("疫情", "COVID"), by=None), "campaign.code"),
    ],
    ids=["fund", "item", "campaign"],
)
def test_a_code_is_given_once(world: World, add: Callable[[World], object], code: str):
    with pytest.raises(Rejected) as rejected:
        add(world)
    assert codes_of(rejected) == [code]


def test_two_pairings_may_use_the_same_fund_code(world: World):
    assert add_fund(
        pairing_id=world.other_pairing_id,
        code="fiscal-2020",
        name=Text("财政", "Fiscal"),
        nature="fiscal",
        year=2020,
        by=None,
    )


def _dispatch_then(world: World, act: Callable[[int], object]) -> list[tuple[str, str]]:
    """What an act on a fresh dispatch adds to the trail: verb and subject, the entry's number left out."""
    sent = an_entry(stage="allocated")
    last = AuditEvent.objects.latest("id").pk
    act(sent)
    added = AuditEvent.objects.filter(pk__gt=last).order_by("id")
    return [(event.verb, event.subject.partition(":")[0]) for event in added]


@pytest.mark.parametrize(
    ("act", "trail"),
    [
        (lambda sent, world: confirm_entry(sent, by=world.receiver), ["entry.confirm"]),
        (lambda sent, world: dispute_entry(sent, reason="x", own_money=Money(1), by=world.receiver), ["entry.dispute"]),
        (lambda sent, world: _corrected(sent, world.giver, money=Money(5)), ["entry.correct"]),
        (lambda sent, world: withdraw_entry(sent, reason="x", by=world.giver), ["entry.withdraw"]),
        (lambda sent, world: record_entry(a_draft(follows_id=sent), by=world.receiver), ["entry.record"]),
        (lambda sent, world: many_entries(3, stage="allocated"), ["entry.record"] * 3),
        (lambda sent, world: attach_paper(sent, content=A_PAPER, sort="other", by=world.giver),
         ["evidence.store", "entry.attach"]),
    ],
    ids=["confirm", "dispute", "correct", "withdraw", "record", "record many", "attach"],
)  # fmt: skip
def test_every_write_leaves_its_line_in_the_trail(
    world: World, act: Callable[[int, World], object], trail: list[str]
):
    assert [verb for verb, _ in _dispatch_then(world, lambda sent: act(sent, world))] == trail


def test_the_trail_holds_everything_that_was_written(world: World):
    sent = an_entry(stage="allocated", document_no="津财〔2020〕1号")
    (line,) = audit_lines(f"entry:{sent}")
    body = json.loads(line.body)
    assert (body["money_minor"], body["happened_on"], body["document_no"]) == (
        100_000,
        "2020-03-05",
        "津财〔2020〕1号",
    )


def test_a_refused_write_leaves_no_line(world: World):
    before = AuditEvent.objects.count()
    with pytest.raises(Rejected):
        record_entry(a_draft(stage="spent"), by=world.receiver)
    assert AuditEvent.objects.count() == before


def test_a_balance_that_went_astray_is_found_and_set_right(world: World):
    an_entry()
    Account.objects.filter(standing="held").update(balance=7)
    (difference,) = rebuild_totals(write=True)
    assert (difference.held, difference.built) == ((7,), (100_000,))
    assert not rebuild_totals() and held("held") == 100_000


def test_setting_right_stands_in_the_trail(world: World):
    an_entry()
    Account.objects.filter(standing="held").update(balance=7)
    rebuild_totals(write=True)
    assert [line.verb for line in audit_lines("register")] == ["register.rebuild"]


def test_the_chain_of_a_kind_can_be_recorded_to_its_end(world: World):
    draft = a_draft_with_its_chain("goods", "distributed", happened_on=SENT_ON + timedelta(days=9))
    entry = record_entry(draft, by=world.receiver)
    opened = open_entry(entry)
    assert opened is not None and [row.stage for row in opened.before] == ["sent", "received"]
    assert opened.row.happened_on == date(2020, 3, 11)
