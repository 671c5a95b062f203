"""Statements kept and matched: once each, by persons of the side whose account it is, and taken back with a reason."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.db.models import F
from hypothesis import given
from hypothesis import strategies as st

from pairbook.kernel.access import Actor
from pairbook.kernel.clock import now
from pairbook.kernel.money import Money
from pairbook.kernel.problems import Refusal, Rejected
from pairbook.register.actions import correct_entry, withdraw_entry
from pairbook.register.known import entry_state
from pairbook.register.models import MatchedLine, Statement, StatementLine
from pairbook.register.reconciling import LineDraft
from pairbook.register.statements.actions import (
    StatementDraft,
    accept_matches,
    keep_statement,
    match_by_hand,
    reject_match,
    take_back_match,
)
from pairbook.register.statements.reads import Reconciled, bank_lines_of, reconciled, statements_of, unbanked
from tests.world import SENT_ON, World, a_fund, an_entry

YUAN = 100
FIRST, LAST = SENT_ON, SENT_ON + timedelta(days=40)


def a_line(row: int, yuan: int, days: int = 4, number: str = "", text: str = "") -> LineDraft:
    return LineDraft(row, SENT_ON + timedelta(days=days), yuan * YUAN, number, text=text)


def a_statement(world: World, *lines: LineDraft, content: bytes = b"a list", by: Actor | None = None) -> int:
    draft = StatementDraft(
        world.pairing_id, world.receiver_office, FIRST, LAST, content, "text/csv", tuple(lines), "0017"
    )
    return keep_statement(draft, by=by or world.receiver)


def held(statement_id: int) -> Reconciled:
    found = reconciled(statement_id)
    assert found is not None and found.adds_up
    return found


def counts(statement_id: int) -> tuple[int, int, int, int]:
    found = held(statement_id)
    return (len(found.matched), len(found.proposed), len(found.only_in_statement), len(found.only_in_book))


@pytest.fixture
def received(world: World) -> int:
    return an_entry("funds", "received", document_no="回单 0017")


def test_a_kept_statement_proposes_and_matches_nothing_by_itself(world: World, received):
    statement = a_statement(world, a_line(1, 1000, number="17"), a_line(2, -25, text="手续费"))
    assert counts(statement) == (0, 1, 1, 0) and MatchedLine.objects.count() == 0


def test_the_same_file_comes_in_once(world: World):
    a_statement(world, a_line(1, 5))
    with pytest.raises(Rejected, match="kept already"):
        a_statement(world, a_line(1, 5))


def test_of_two_files_that_overlap_a_line_comes_in_once(world: World):
    a_statement(world, a_line(1, 5), a_line(2, 7))
    later = a_statement(world, a_line(1, 7), a_line(2, 9), content=b"another")
    assert [one.money.minor for one in (alone.line for alone in held(later).only_in_statement) if one] == [
        900
    ]
    assert held(later).statement.lines_known == 1


def test_two_lines_of_one_file_that_say_the_same_are_two(world: World):
    assert held(a_statement(world, a_line(1, 5), a_line(2, 5))).statement.lines == 2


def test_a_rejected_statement_leaves_nothing(world: World):
    with pytest.raises(Rejected):
        a_statement(world, a_line(1, 5, days=400))
    assert not Statement.objects.exists() and not StatementLine.objects.exists()


@pytest.mark.parametrize("name", ["giver", "department", "auditor", "administrator", "stranger", ""])
def test_only_an_officer_of_the_side_keeps_its_statement(world: World, name):
    with pytest.raises(Refusal):
        a_statement(world, a_line(1, 5), by=world.cast[name])


def test_only_an_officer_of_the_side_accepts(world: World, received):
    statement = a_statement(world, a_line(1, 1000, number="17"))
    with pytest.raises(Refusal):
        accept_matches(statement, [held(statement).proposed[0].key], by=world.giver)


def test_an_accepted_match_counts_and_shows_on_the_entry(world: World, received):
    statement = a_statement(world, a_line(1, 1000, number="17"))
    accept_matches(statement, [one.key for one in held(statement).certain], by=world.receiver)
    assert counts(statement) == (1, 0, 0, 0)
    assert [one.line.number for one in bank_lines_of(received, world.auditor)] == ["17"]
    assert bank_lines_of(received, world.giver) == []


def test_a_match_is_accepted_once(world: World, received):
    statement = a_statement(world, a_line(1, 1000))
    key = held(statement).proposed[0].key
    accept_matches(statement, [key], by=world.receiver)
    with pytest.raises(Refusal):
        accept_matches(statement, [key], by=world.receiver)


def test_a_match_taken_back_can_be_made_again(world: World, received):
    statement = a_statement(world, a_line(1, 1000))
    key = held(statement).proposed[0].key
    (match,) = accept_matches(statement, [key], by=world.receiver)
    take_back_match(match, reason="Wrong money", by=world.receiver)
    assert counts(statement) == (0, 1, 0, 0)
    accept_matches(statement, [key], by=world.receiver)
    assert list(MatchedLine.objects.order_by("turn").values_list("turn", flat=True)) == [0, 1]


def test_a_match_is_not_taken_back_without_a_reason(world: World, received):
    statement = a_statement(world, a_line(1, 1000))
    (match,) = accept_matches(statement, [held(statement).proposed[0].key], by=world.receiver)
    with pytest.raises(Rejected):
        take_back_match(match, reason=" ", by=world.receiver)


def test_what_was_rejected_stays_apart_until_the_rejection_is_taken_back(world: World, received):
    statement = a_statement(world, a_line(1, 1000))
    rejection = reject_match(statement, held(statement).proposed[0].key, by=world.receiver)
    assert counts(statement) == (0, 0, 1, 1) and len(held(statement).rejected) == 1
    take_back_match(rejection, reason="It was the same after all", by=world.receiver)
    assert counts(statement) == (0, 1, 0, 0)


def test_a_person_matches_by_hand_what_adds_up(world: World, received):
    statement = a_statement(world, a_line(1, 400), a_line(2, 600, days=30))
    lines = [one.line.id for one in held(statement).only_in_statement if one.line]
    match_by_hand(statement, lines, [received], by=world.receiver)
    assert counts(statement) == (1, 0, 0, 0)


def test_a_match_by_hand_that_does_not_add_up_is_refused(world: World, received):
    statement = a_statement(world, a_line(1, 999))
    (alone,) = held(statement).only_in_statement
    assert alone.line is not None and alone.said is not None
    with pytest.raises(Rejected, match="not the same"):
        match_by_hand(statement, [alone.line.id], [received], by=world.receiver)


def test_an_entry_is_matched_once_over_all_statements_of_a_party(world: World, received):
    one, other = a_statement(world, a_line(1, 1000)), a_statement(world, a_line(1, 1000, 5), content=b"2")
    accept_matches(one, [held(one).proposed[0].key], by=world.receiver)
    (alone,) = held(other).only_in_statement
    assert alone.line is not None
    with pytest.raises(Rejected, match="matched with other lines"):
        match_by_hand(other, [alone.line.id], [received], by=world.receiver)


def test_an_entry_of_a_child_is_matched_once_in_whichever_pairing_the_statement_is(world: World):
    fund = a_fund(world.child_id, "child")
    entry = an_entry("funds", "received", pairing_id=world.child_id, fund_id=fund)
    above = a_statement(world, a_line(1, 1000))
    accept_matches(above, [held(above).proposed[0].key], by=world.receiver)
    draft = StatementDraft(
        world.child_id, world.receiver_office, FIRST, LAST, b"c", "text/csv", (a_line(1, 1000),), "0017"
    )
    below = keep_statement(draft, by=world.receiver)
    assert counts(below) == (0, 0, 1, 0)
    (alone,) = held(below).only_in_statement
    assert alone.line is not None
    with pytest.raises(Rejected, match="matched with other lines"):
        match_by_hand(below, [alone.line.id], [entry], by=world.receiver)


def test_a_day_that_differs_is_told_with_the_proposal(world: World, received):
    (one,) = held(a_statement(world, a_line(1, 1000, 6))).proposed
    assert one.said is not None and "1,000.00 on 8 March 2020" in one.said.en


def test_the_giver_sees_what_left_its_account(world: World, received):
    draft = StatementDraft(
        world.pairing_id, world.giver_office, FIRST, LAST, b"g", "text/csv", (a_line(1, -1000, 3),)
    )
    statement = keep_statement(draft, by=world.giver)
    assert counts(statement) == (0, 1, 0, 0)
    assert [one.id for one in statements_of([world.pairing_id], side="assisted")] == []


def test_a_correction_after_the_match_is_told(world: World, received):
    statement = a_statement(world, a_line(1, 1000))
    accept_matches(statement, [held(statement).proposed[0].key], by=world.receiver)
    state = entry_state(received)
    assert state is not None
    correct_entry(received, replace(state.draft, money=Money.of(990)), reason="Misread", by=world.receiver)
    (match,) = held(statement).matched
    assert match.said is not None and "the book 990.00" in match.said.en


def test_a_withdrawal_after_the_match_is_told(world: World, received):
    statement = a_statement(world, a_line(1, 1000))
    accept_matches(statement, [held(statement).proposed[0].key], by=world.receiver)
    withdraw_entry(received, reason="Recorded twice", by=world.receiver)
    (match,) = held(statement).matched
    assert match.said is not None and "withdrawn" in match.said.en


def test_money_without_a_line_is_asked_about_where_a_statement_covers_its_day(world: World, received):
    assert unbanked([world.pairing_id]) == []
    a_statement(world, a_line(1, 5))
    assert [number for number, _, _ in unbanked([world.pairing_id])] == [received]


def test_money_of_the_last_days_may_stand_in_the_next_statement(world: World):
    an_entry("funds", "received", happened_on=LAST)
    a_statement(world, a_line(1, 5))
    assert unbanked([world.pairing_id]) == []


def test_lines_and_matches_are_never_changed(world: World, received):
    statement = a_statement(world, a_line(1, 1000))
    accept_matches(statement, [held(statement).proposed[0].key], by=world.receiver)
    for rows in (StatementLine.objects.all(), MatchedLine.objects.all(), Statement.objects.all()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            rows.update(id=F("id"))


@given(
    st.lists(st.tuples(st.sampled_from([-50, 5, 400, 600, 1000]), st.integers(0, 40)), min_size=1, max_size=6)
)
def test_whatever_the_lines_the_groups_add_up_to_the_statement(world: World, rows):
    with transaction.atomic():
        an_entry("funds", "received")
        lines = [a_line(row, yuan, days) for row, (yuan, days) in enumerate(rows, start=1)]
        found = held(a_statement(world, *lines, content=now().isoformat().encode()))
        parts = [found.sums[name] for name in ("matched", "proposed", "only_in_statement")]
        assert sum(part.count for part in parts) == len(rows) == found.statement.lines
        transaction.set_rollback(True)


def test_the_days_of_a_statement_are_in_order(world: World):
    draft = StatementDraft(
        world.pairing_id, world.receiver_office, LAST, date(2020, 1, 1), b"x", "text/csv", ()
    )
    with pytest.raises(Rejected):
        keep_statement(draft, by=world.receiver)
