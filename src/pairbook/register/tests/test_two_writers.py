"""Two writers at once, with real threads and real commits: what one takes, the other does not take again."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from functools import partial
from threading import Barrier

import pytest
from django.db import connection

from pairbook.kernel.money import Money
from pairbook.kernel.problems import Refusal, Rejected
from pairbook.register.actions import (
    attach_paper,
    confirm_entry,
    correct_entry,
    rebuild_totals,
    record_entries,
    record_entry,
    withdraw_entry,
)
from pairbook.register.closings.actions import sign_months
from pairbook.register.closings.reads import months_of_book, months_to_sign
from pairbook.register.closings.statements import month_statement
from pairbook.register.models import Account, Closing, Entry, MatchedEntry, MonthSignature, StatementLine
from pairbook.register.reconciling import LineDraft
from pairbook.register.rules import Draft
from pairbook.register.statements.actions import StatementDraft, accept_matches, keep_statement
from pairbook.register.statements.reads import reconciled
from pairbook.register.tracing import trace_funds
from tests.world import A_PAPER, World, a_draft, an_entry

pytestmark = pytest.mark.slow

BEFORE = {
    "assigned": "received",
    "spent": "assigned",
    "refunded": "spent",
    "reimbursed": "spent",
    "returned": "received",
}
"""What each stage takes from here."""

Act = Callable[[], object]


def at_once(*acts: Act) -> list[object]:
    """What each act gave, or how it was refused, when all begin in the same moment on connections of their own."""
    gate = Barrier(len(acts))

    def run(act: Act) -> object:
        try:
            connection.ensure_connection()
            gate.wait(timeout=10)
            return act()
        except (Rejected, Refusal) as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def _done(results: list[object]) -> list[object]:
    return [result for result in results if not isinstance(result, Exception)]


def test_two_receipts_that_together_exceed_a_dispatch_are_not_both_recorded(committed_book: World):
    sent = an_entry(stage="allocated")
    # A second dispatch leaves enough in transit: only the comparison with the dispatch itself can refuse.
    an_entry(stage="allocated")
    part = a_draft(follows_id=sent, money=Money.of(600))
    results = at_once(*[lambda: record_entry(part, by=committed_book.receiver)] * 2)
    assert len(_done(results)) == 1 and Entry.objects.filter(stage="received").count() == 1
    (refused,) = [result for result in results if isinstance(result, Rejected)]
    assert [problem.code for problem in refused.problems] == ["entry.more_than_sent"]


def test_two_payments_that_together_exceed_a_balance_are_not_both_recorded(committed_book: World):
    assigned = an_entry(stage="assigned")
    part = a_draft(stage="spent", money=Money.of(600), follows_id=assigned)
    results = at_once(*[lambda: record_entry(part, by=committed_book.receiver)] * 2)
    assert len(_done(results)) == 1 and not Account.objects.exclude(standing="outside").filter(balance__lt=0)


def test_an_assignment_and_a_return_that_together_exceed_a_receipt_are_not_both_recorded(
    committed_book: World,
):
    received = an_entry()
    # Another receipt leaves enough with the holder: only the limit of this one can refuse.
    an_entry()
    drafts = [
        a_draft(stage=stage, money=Money.of(600), follows_id=received) for stage in ("assigned", "returned")
    ]
    acts = [partial(record_entry, draft, by=committed_book.receiver) for draft in drafts]
    results = at_once(*acts, *acts)
    assert len(_done(results)) == 1 and rebuild_totals() == []
    codes = {problem.code for one in results if isinstance(one, Rejected) for problem in one.problems}
    assert codes == {"entry.more_than_left"}


@pytest.mark.parametrize("stage", ["assigned", "spent", "refunded", "reimbursed", "returned"])
def test_two_that_together_take_more_than_an_entry_brought_are_not_both_recorded(
    committed_book: World, stage: str
):
    first = a_draft(stage=stage, money=Money.of(600), follows_id=an_entry(stage=BEFORE[stage]))
    # Others leave enough on every account: only the limit of the entry itself can refuse.
    for _ in range(2):
        an_entry(stage=BEFORE[stage])
    results = at_once(*[partial(record_entry, first, by=committed_book.receiver)] * 3)
    assert len(_done(results)) == 1 and rebuild_totals() == []
    codes = {problem.code for one in results if isinstance(one, Rejected) for problem in one.problems}
    # A claim draws on no account; it is measured against the payment it settles.
    assert codes == {"entry.more_than_followed" if stage == "reimbursed" else "entry.more_than_left"}
    found = trace_funds([committed_book.fiscal])
    assert found.received == found.spent + found.returned + found.left


def test_a_payment_and_a_return_of_one_assignment_are_not_both_recorded(committed_book: World):
    assigned = an_entry(stage="assigned")
    an_entry(stage="assigned")
    drafts = [
        a_draft(stage=stage, money=Money.of(600), follows_id=assigned, project_id=committed_book.project)
        for stage in ("spent", "returned")
    ]
    results = at_once(*[partial(record_entry, draft, by=committed_book.receiver) for draft in drafts])
    assert len(_done(results)) == 1 and rebuild_totals() == []


def test_a_correction_and_a_payment_at_once_leave_no_more_paid_than_assigned(committed_book: World):
    assigned = an_entry(stage="assigned")
    less = a_draft(stage="assigned", money=Money.of(500), follows_id=_followed(assigned))
    payment = a_draft(stage="spent", money=Money.of(800), follows_id=assigned)
    results = at_once(
        lambda: correct_entry(assigned, less, reason="录入有误", by=committed_book.receiver),
        lambda: record_entry(payment, by=committed_book.receiver),
    )
    assert len(_done(results)) == 1 and rebuild_totals() == []
    found = trace_funds([committed_book.fiscal])
    assert found.received == found.spent + found.returned + found.left


def test_a_payment_withdrawn_while_another_is_made_leaves_what_is_left(committed_book: World):
    assigned = an_entry(stage="assigned")
    paid = an_entry(stage="spent", money=Money.of(300), follows_id=assigned)
    another = a_draft(stage="spent", money=Money.of(200), follows_id=assigned)
    results = at_once(
        lambda: withdraw_entry(paid, reason="重复登记", by=committed_book.receiver),
        lambda: record_entry(another, by=committed_book.receiver),
    )
    assert len(_done(results)) == 2 and rebuild_totals() == []


def test_many_writers_of_one_fund_create_and_lose_no_fen(committed_book: World):
    received = [an_entry() for _ in range(3)]

    def office(place: int) -> Act:
        def work() -> int:
            done = 0
            for number in range(9):
                money = Money(100 + 37 * place + number)
                with suppress(Rejected, Refusal):
                    assigned = an_entry(stage="assigned", money=money, follows_id=received[number % 3])
                    spent = an_entry(stage="spent", money=money, follows_id=assigned)
                    an_entry(stage="refunded", money=Money(50), follows_id=spent)
                    done += 1
            return done

        return work

    results = at_once(*[office(place) for place in range(4)])
    assert len(_done(results)) == 4 and sum(one for one in results if isinstance(one, int)) == 36
    found = trace_funds([committed_book.fiscal])
    assert (found.received, found.spent + found.left) == (300_000, 300_000) and rebuild_totals() == []


def _followed(entry: int) -> int:
    follows = Entry.objects.values_list("follows_id", flat=True).get(pk=entry)
    assert follows is not None
    return follows


def test_two_corrections_of_one_entry_are_not_both_recorded(committed_book: World):
    sent = an_entry(stage="allocated")

    def correct(yuan: int) -> Act:
        draft = a_draft(stage="allocated", money=Money.of(yuan))
        return lambda: correct_entry(sent, draft, reason="录入有误", by=committed_book.giver)

    results = at_once(correct(900), correct(800))
    assert len(_done(results)) == 1 and Entry.objects.filter(replaces_id=sent).count() == 1
    (refused,) = [result for result in results if isinstance(result, Refusal)]
    assert refused.code == "entry.replaced" and rebuild_totals() == []


def test_a_signature_and_a_correction_at_once_leave_a_book_that_adds_up(committed_book: World):
    sent = an_entry(stage="allocated")
    draft = a_draft(stage="allocated", money=Money.of(900))
    results = at_once(
        lambda: confirm_entry(sent, by=committed_book.receiver),
        lambda: correct_entry(sent, draft, reason="录入有误", by=committed_book.giver),
    )
    # The signature may come first and be superseded, or second and be sent to the current version.
    assert not isinstance(results[1], Exception) and rebuild_totals() == []


def test_two_writers_who_take_accounts_in_opposite_order_do_not_lock_each_other_out(committed_book: World):
    one = [
        a_draft(stage="allocated", fund_id=fund) for fund in (committed_book.fiscal, committed_book.social)
    ]

    def write(drafts: list[Draft]) -> Act:
        return lambda: [record_entries(drafts, by=committed_book.giver) for _ in range(12)]

    results = at_once(write(one), write(one[::-1]), write(one), write(one[::-1]))
    assert len(_done(results)) == 4 and Entry.objects.count() == 96 and rebuild_totals() == []


def test_two_first_entries_open_the_same_account_once(committed_book: World):
    draft = a_draft(stage="allocated")
    results = at_once(*[lambda: record_entry(draft, by=committed_book.giver)] * 4)
    assert len(set(_done(results))) == 4 and Account.objects.filter(standing="transit").count() == 1


def test_the_same_paper_may_be_attached_to_two_entries_at_once(committed_book: World):
    first, second = an_entry(stage="allocated"), an_entry(stage="allocated")

    def attach(entry: int) -> Act:
        return lambda: attach_paper(entry, content=A_PAPER, sort="other", by=committed_book.giver)

    assert len(set(at_once(attach(first), attach(second)))) == 1 and rebuild_totals() == []


def test_the_same_entry_is_signed_once_by_two_hands(committed_book: World):
    sent = an_entry(stage="allocated")
    results = at_once(*[lambda: confirm_entry(sent, by=committed_book.receiver)] * 2)
    refusals = [result.code for result in results if isinstance(result, Refusal)]
    assert refusals == ["entry.confirmed"] and rebuild_totals() == []


@pytest.mark.parametrize("stage", ["planned"])
def test_two_writers_who_move_nothing_both_write(committed_book: World, stage: str):
    draft = a_draft(stage=stage)
    results = at_once(*[lambda: record_entry(draft, by=committed_book.giver)] * 2)
    assert len(set(_done(results))) == 2 and rebuild_totals() == []


def test_a_closing_and_an_entry_of_its_month_do_not_slip_past_each_other(committed_book: World):
    an_entry(stage="allocated")
    due = months_of_book(committed_book.pairing_id).due
    assert due is not None
    sign = partial(sign_months, committed_book.pairing_id, due.statements)
    sign(by=committed_book.giver)
    draft = a_draft(stage="allocated")
    at_once(
        partial(sign, by=committed_book.receiver),
        *[lambda: record_entry(draft, by=committed_book.giver)] * 3,
    )
    # Either the closing came first and the entries were refused, or one came in and the signatures no longer agree.
    is_closed = Closing.objects.exists()
    assert (Entry.objects.count() == 1) if is_closed else (Entry.objects.count() > 1)
    if is_closed:
        family = [committed_book.pairing_id, committed_book.child_id]
        assert month_statement(family, due.first.month).sha256 == due.sha256


def test_a_closing_and_a_correction_at_once_leave_the_month_as_it_was_signed(committed_book: World):
    sent = an_entry(stage="allocated")
    due = months_of_book(committed_book.pairing_id).due
    assert due is not None
    sign = partial(sign_months, committed_book.pairing_id, due.statements)
    sign(by=committed_book.giver)
    draft = a_draft(stage="allocated", money=Money.of(900))
    results = at_once(
        partial(sign, by=committed_book.receiver),
        lambda: correct_entry(sent, draft, reason="录入有误", by=committed_book.giver),
    )
    assert isinstance(results[1], int) and rebuild_totals() == []
    corrected = Entry.objects.get(pk=results[1])
    assert (corrected.counts_on is not None) == Closing.objects.exists()


def _months_up_to_may(world: World) -> dict[date, str]:
    for month in (3, 4, 5):
        an_entry(stage="allocated", happened_on=date(2020, month, 2))
    due = months_to_sign(world.pairing_id, date(2020, 5, 1))
    assert due is not None
    return due.statements


def test_two_officers_who_sign_the_same_months_at_once_close_each_of_them_once(committed_book: World):
    sign = partial(sign_months, committed_book.pairing_id, _months_up_to_may(committed_book))
    sides = (committed_book.giver, committed_book.receiver)
    results = at_once(*[partial(sign, by=officer) for officer in sides * 2])
    # Of each side one hand signs; the other finds the months signed, or closed.
    assert len(_done(results)) == 2 and Closing.objects.count() == 3
    assert MonthSignature.objects.count() == 6


def test_several_months_signed_while_one_takes_an_entry_are_all_closed_or_none(committed_book: World):
    statements = _months_up_to_may(committed_book)
    sign = partial(sign_months, committed_book.pairing_id, statements)
    sign(by=committed_book.giver)
    draft = a_draft(stage="allocated", happened_on=date(2020, 4, 3))
    at_once(
        partial(sign, by=committed_book.receiver),
        *[lambda: record_entry(draft, by=committed_book.giver)] * 3,
    )
    entries = Entry.objects.count()
    assert (Closing.objects.count(), entries) == (3, 3) or (Closing.objects.count() == 0 and entries > 3)


def _a_statement(world: World, content: bytes = b"a list", day: int = 6) -> StatementDraft:
    line = LineDraft(1, date(2020, 3, day), 1000 * 100)
    days = (date(2020, 3, 1), date(2020, 3, 31))
    return StatementDraft(world.pairing_id, world.receiver_office, *days, content, "text/csv", (line,))


def test_one_statement_kept_twice_at_once_is_kept_once(committed_book: World):
    draft = _a_statement(committed_book)
    results = at_once(*[lambda: keep_statement(draft, by=committed_book.receiver)] * 2)
    assert len(_done(results)) == 1 and StatementLine.objects.count() == 1


def test_one_entry_matched_at_once_from_two_statements_is_matched_once(committed_book: World):
    an_entry()
    statements = [
        keep_statement(_a_statement(committed_book, content, day), by=committed_book.receiver)
        for content, day in ((b"one", 6), (b"two", 7))
    ]
    proposals = [(number, found.proposed[0].key) for number in statements if (found := reconciled(number))]
    results = at_once(
        *(partial(accept_matches, number, [key], by=committed_book.receiver) for number, key in proposals)
    )
    assert len(_done(results)) == 1 and MatchedEntry.objects.count() == 1
