"""Closed months: both sides sign, nothing dated in them comes in, and a correction counts in the open month."""

import json
from dataclasses import replace
from datetime import date, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from pairbook.households.tests.people import ZHANG
from pairbook.kernel.clock import sample_clock
from pairbook.kernel.money import Money
from pairbook.kernel.periods import BOOK_ZONE, Period, year_of
from pairbook.kernel.problems import Refusal, Rejected
from pairbook.kernel.reads import audit_lines
from pairbook.register.actions import (
    Attendance,
    attach_paper,
    confirm_entry,
    correct_entry,
    dispute_entry,
    list_people,
    rebuild_totals,
    record_entry,
    withdraw_entry,
)
from pairbook.register.closings.actions import SignedMonths, sign_months
from pairbook.register.closings.reads import (
    months_of_book,
    months_signed_by_one,
    months_to_sign,
)
from pairbook.register.closings.statements import month_statement
from pairbook.register.known import entry_state
from pairbook.register.models import Closing, Entry, MonthSignature
from pairbook.register.open_days import closed_up_to, first_open_days
from pairbook.register.reads import (
    EntryFilter,
    alike_sums,
    day_sums,
    differences_in,
    entry_count,
    entry_rows,
    entry_sums,
    open_entry,
)
from pairbook.register.sums import first_and_last_day, sums
from pairbook.register.tracing import trace_entry, trace_funds
from tests.world import (
    A_PAPER,
    PROGRAMME,
    World,
    a_closed_month,
    a_draft,
    a_draft_with_its_chain,
    an_entry,
    an_entry_with_a_paper,
    recorder_of,
)

MARCH, APRIL, MAY = date(2020, 3, 1), date(2020, 4, 1), date(2020, 5, 1)
IN_MARCH, IN_APRIL = Period(MARCH, APRIL), Period(APRIL, date(2020, 5, 1))


@pytest.fixture
def sent(world: World) -> int:
    """1,000 yuan allocated in March, which is closed."""
    entry_id = an_entry(stage="allocated")
    a_closed_month(MARCH)
    return entry_id


def _sent(period: Period, world: World) -> int:
    """Yuan allocated in a period."""
    rows = sums([world.pairing_id, world.child_id], period)
    return sum(row.money_minor for row in rows if row.stage == "allocated") // 100


def _corrected(entry_id: int, world: World, **changes: object) -> int:
    state = entry_state(entry_id)
    assert state is not None
    draft = replace(state.draft, **changes)  # type: ignore[arg-type]
    return correct_entry(entry_id, draft, reason="录入有误", by=recorder_of(draft))


def _wanted(world: World, period: Period) -> EntryFilter:
    return EntryFilter(pairing_ids=(world.pairing_id,), kind="funds", stages=("allocated",), period=period)


def test_one_side_alone_closes_nothing(world: World):
    an_entry(stage="allocated")
    statement = month_statement([world.pairing_id, world.child_id], MARCH)
    done = sign_months(world.pairing_id, {MARCH: statement.sha256}, by=world.giver)
    assert done == SignedMonths(signed=(MARCH,), closed=())
    assert Closing.objects.count() == 0 and record_entry(a_draft(stage="allocated"), by=world.giver)


def test_both_sides_close_a_month_with_what_stood_in_it(sent: int, world: World):
    (closed,) = months_of_book(world.pairing_id).closed
    assert (closed.month, closed.entries, len(closed.signatures)) == (MARCH, 1, 2)
    assert closed_up_to(PROGRAMME) == IN_MARCH
    verbs = [line.verb for line in audit_lines(f"pairing:{world.pairing_id}")]
    assert verbs.count("month.sign") == 2 and verbs.count("month.close") == 1


def test_what_is_recorded_between_two_signatures_makes_the_first_lapse(world: World):
    an_entry(stage="allocated")
    family = [world.pairing_id, world.child_id]
    sign_months(world.pairing_id, {MARCH: month_statement(family, MARCH).sha256}, by=world.giver)
    an_entry(stage="allocated")
    due = months_of_book(world.pairing_id).due
    assert due is not None and (len(due.first.signatures), len(due.first.lapsed)) == (0, 1)
    done = sign_months(world.pairing_id, due.statements, by=world.receiver)
    assert not done.closed and Closing.objects.count() == 0


def test_nobody_signs_what_was_not_shown(world: World):
    an_entry(stage="allocated")
    with pytest.raises(Rejected) as rejected:
        sign_months(world.pairing_id, {MARCH: "0" * 64}, by=world.giver)
    assert [problem.code for problem in rejected.value.problems] == ["closing.changed"]


def test_a_side_signs_the_same_once(world: World):
    an_entry(stage="allocated")
    digest = month_statement([world.pairing_id, world.child_id], MARCH).sha256
    sign_months(world.pairing_id, {MARCH: digest}, by=world.giver)
    with pytest.raises(Refusal) as refused:
        sign_months(world.pairing_id, {MARCH: digest}, by=world.giver)
    assert refused.value.code == "closing.signed"


@pytest.mark.parametrize("who", ["department", "auditor", "administrator", "stranger", "public"])
def test_only_officers_of_the_pairing_sign(world: World, who: str):
    an_entry(stage="allocated")
    with pytest.raises(Refusal) as refused:
        sign_months(world.pairing_id, {MARCH: "0" * 64}, by=getattr(world, who))
    assert refused.value.forbidden


def test_a_month_waits_for_the_one_before_it(world: World):
    an_entry(stage="allocated", happened_on=date(2020, 2, 3))
    with pytest.raises(Rejected) as rejected:
        sign_months(world.pairing_id, {MARCH: "0" * 64}, by=world.giver)
    assert [problem.code for problem in rejected.value.problems] == ["closing.earlier_open"]


@pytest.mark.parametrize("pairing", ["pairing_id", "child_id"])
def test_a_closed_month_takes_no_entry_of_the_pairing_or_of_one_below(sent: int, world: World, pairing: str):
    draft = a_draft("visits", pairing_id=getattr(world, pairing), happened_on=date(2020, 3, 31))
    with pytest.raises(Rejected) as rejected:
        record_entry(draft, by=world.giver)
    assert [problem.code for problem in rejected.value.problems] == ["entry.closed"]
    assert record_entry(replace(draft, happened_on=APRIL), by=world.giver)


def test_another_programme_stays_open(sent: int, world: World):
    assert first_open_days([world.pairing_id, world.child_id, world.other_pairing_id]) == {
        world.pairing_id: APRIL,
        world.child_id: APRIL,
    }


def test_an_entry_of_an_open_month_cannot_be_moved_into_a_closed_one(sent: int, world: World):
    later = an_entry(stage="allocated", happened_on=date(2020, 4, 2))
    with pytest.raises(Rejected) as rejected:
        _corrected(later, world, happened_on=date(2020, 3, 30))
    assert [problem.code for problem in rejected.value.problems] == ["entry.closed"]


def test_a_correction_leaves_the_closed_month_and_counts_its_difference_in_the_open_one(
    sent: int, world: World
):
    _corrected(sent, world, money=Money.of(900))
    found = [_sent(period, world) for period in (IN_MARCH, IN_APRIL, year_of(2020))]
    assert found == [1000, -100, 900] and rebuild_totals() == []


def test_a_withdrawal_takes_its_amount_out_of_the_open_month(sent: int, world: World):
    withdraw_entry(sent, reason="重复录入", by=world.giver)
    found = [_sent(period, world) for period in (IN_MARCH, IN_APRIL, year_of(2020))]
    assert found == [1000, -1000, 0] and rebuild_totals() == []
    (row,) = differences_in(_wanted(world, IN_APRIL))
    assert row.is_withdrawal and row.difference is not None and row.difference.money == Money.of(-1000)


def test_a_correction_of_a_correction_counts_once(sent: int, world: World):
    _corrected(_corrected(sent, world, money=Money.of(900)), world, money=Money.of(800))
    assert [_sent(period, world) for period in (IN_MARCH, IN_APRIL)] == [1000, -200]
    assert rebuild_totals() == []


def test_a_correction_whose_month_is_closed_is_left_there_too(sent: int, world: World):
    corrected = _corrected(sent, world, money=Money.of(900))
    a_closed_month(APRIL)
    _corrected(corrected, world, money=Money.of(850))
    may = Period(date(2020, 5, 1), date(2020, 6, 1))
    assert [_sent(period, world) for period in (IN_MARCH, IN_APRIL, may)] == [1000, -100, -50]
    assert rebuild_totals() == []


def test_the_days_of_a_begun_month_say_the_same_as_its_total(sent: int, world: World):
    _corrected(sent, world, money=Money.of(900))
    begun = [Period(date(2020, 3, 2), date(2020, 3, 20)), Period(APRIL, date(2020, 4, 2))]
    assert [_sent(period, world) for period in begun] == [1000, -100]


def test_a_correction_says_what_it_changes_in_which_month(sent: int, world: World):
    opened = open_entry(_corrected(sent, world, money=Money.of(900)))
    assert opened is not None
    said = opened.row.difference
    assert said is not None and (said.month, said.counts_on, said.corrects_id) == (MARCH, APRIL, sent)
    assert (said.old_money, said.new_money, said.money) == (Money.of(1000), Money.of(900), Money.of(-100))


def test_the_closed_month_lists_the_version_it_was_closed_with(sent: int, world: World):
    corrected = _corrected(sent, world, money=Money.of(900))
    listed = [
        [row.id for row in entry_rows(_wanted(world, period))]
        for period in (IN_MARCH, IN_APRIL, year_of(2020))
    ]
    assert listed == [[sent], [corrected], [corrected]]
    (row,) = entry_rows(_wanted(world, IN_MARCH))
    assert row.taken_out_on == APRIL


@pytest.mark.parametrize("period", [IN_MARCH, IN_APRIL, year_of(2020)], ids=["march", "april", "year"])
def test_a_list_adds_up_to_its_sums_whichever_way_they_are_asked(sent: int, world: World, period: Period):
    an_entry(stage="allocated", happened_on=date(2020, 4, 20), money=Money.of(7))
    _corrected(sent, world, money=Money.of(900))
    wanted, due = _wanted(world, period), _sent(period, world)
    money, _ = entry_sums(wanted)
    listed = sum(row.money.minor for row in entry_rows(wanted) if row.money) // 100
    taken_out = sum(
        row.difference.old_money.minor
        for row in differences_in(wanted)
        if row.difference and row.difference.old_money
    )
    assert money["CNY"] == Money.of(due) and listed - taken_out // 100 == due
    assert sum(one.money_minor for one in day_sums(wanted)) // 100 == due
    assert [one.money for one in alike_sums(wanted)] == [Money.of(due)]


def test_traces_of_a_closed_month_stay_as_they_were(world: World):
    received = an_entry()
    a_closed_month(MARCH)
    _corrected(received, world, money=Money.of(900))
    until = Period(date(2017, 1, 1), APRIL)
    trace, of_entry = trace_funds([world.fiscal], period=until), trace_entry(received, period=until)
    assert of_entry is not None and (trace.received, of_entry.money.received) == (100_000, 100_000)
    assert trace_funds([world.fiscal]).received == 90_000
    assert trace_funds([world.fiscal], period=IN_APRIL).received == -10_000


def test_a_month_of_nothing_but_a_difference_is_the_books_last(sent: int, world: World):
    withdraw_entry(sent, reason="重复录入", by=world.giver)
    assert first_and_last_day([world.pairing_id]) == (date(2020, 3, 5), APRIL)


def test_months_without_entries_are_closed_along(sent: int, world: World):
    an_entry(stage="allocated", happened_on=date(2020, 9, 1))
    a_closed_month(date(2020, 9, 1))
    months = Closing.objects.order_by("month").values_list("month", flat=True)
    assert list(months) == [MARCH, date(2020, 9, 1)]
    with pytest.raises(Rejected):
        record_entry(a_draft("visits", happened_on=date(2020, 6, 1)), by=world.giver)


def test_answers_and_papers_may_come_after_the_month_is_closed(sent: int, world: World):
    confirm_entry(sent, by=world.receiver)
    attach_paper(sent, content=A_PAPER, sort="other", by=world.giver)
    (row,) = sums([world.pairing_id], IN_MARCH)
    assert (row.confirmed_entries, row.with_papers) == (1, 1) and rebuild_totals() == []


def test_answers_and_papers_of_a_correction_count_where_it_counts(sent: int, world: World):
    confirm_entry(sent, by=world.receiver)
    corrected = _corrected(sent, world, money=Money.of(900))
    confirm_entry(corrected, by=world.receiver)
    attach_paper(corrected, content=A_PAPER, sort="other", by=world.giver)
    (march,), (april,) = sums([world.pairing_id], IN_MARCH), sums([world.pairing_id], IN_APRIL)
    assert (march.confirmed_minor, april.confirmed_minor) == (100_000, -10_000)
    assert (march.with_papers, april.with_papers) == (0, 1) and rebuild_totals() == []


def test_a_closed_month_lists_nobody_more_and_its_correction_does(world: World):
    handed = an_entry("goods", "distributed")
    a_closed_month(MARCH)
    with pytest.raises(Refusal) as refused:
        list_people(handed, [Attendance(ZHANG)], by=world.receiver)
    assert refused.value.code == "entry.closed"
    corrected = _corrected(handed, world, note="名单补录")
    assert list_people(corrected, [Attendance(ZHANG)], by=world.receiver) == 1


def test_a_day_of_a_closed_entry_stays(sent: int, world: World):
    with pytest.raises(Rejected) as rejected:
        _corrected(sent, world, happened_on=date(2020, 4, 9))
    assert [problem.code for problem in rejected.value.problems] == ["entry.closed_day"]


def test_the_months_open_things_are_told_before_it_is_signed(world: World):
    an_entry_with_a_paper(stage="allocated")
    an_entry(stage="allocated")
    due = months_of_book(world.pairing_id).due
    assert due is not None and not due.reasons
    assert (due.first.month, due.first.statement.entries, due.one_sided, due.without_papers) == (
        MARCH,
        2,
        2,
        1,
    )
    assert [one.code for one in due.first.kinds] == ["funds"]
    assert due.first.awaited == ("assisting", "assisted")


@pytest.mark.parametrize("table", ["register_closing", "register_monthsignature"])
@pytest.mark.parametrize("act", ["UPDATE {} SET month = '2020-01-01'", "DELETE FROM {}"])
def test_the_database_refuses_to_change_what_was_signed(sent: int, table: str, act: str):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act.format(table))


def test_counts_go_by_the_day_an_entry_counts(sent: int, world: World):
    _corrected(sent, world, money=Money.of(900))
    counts = [entry_count(_wanted(world, period)) for period in (IN_MARCH, IN_APRIL, year_of(2020))]
    assert counts == [1, 1, 1] and Entry.objects.filter(counts_on=APRIL).count() == 1


def test_a_receipt_in_the_open_month_may_follow_what_was_sent_in_a_closed_one(sent: int, world: World):
    receipt = a_draft_with_its_chain(follows_id=sent, happened_on=date(2020, 4, 3))
    assert record_entry(receipt, by=world.receiver) and rebuild_totals() == []


@pytest.fixture
def three_months(world: World) -> dict[date, str]:
    """1,000 yuan allocated in March, in April and in May; the digest of each month's statement."""
    for month in (MARCH, APRIL, MAY):
        an_entry(stage="allocated", happened_on=month)
    return _statements(world)


def _statements(world: World, up_to: date = MAY) -> dict[date, str]:
    due = months_to_sign(world.pairing_id, up_to)
    assert due is not None
    return due.statements


def _closed(world: World) -> list[date]:
    return [one.month for one in months_of_book(world.pairing_id).closed][::-1]


def test_both_sides_close_several_months_by_one_act_each(three_months: dict[date, str], world: World):
    done = [sign_months(world.pairing_id, three_months, by=by) for by in (world.giver, world.receiver)]
    months = (MARCH, APRIL, MAY)
    assert done == [SignedMonths(months, ()), SignedMonths(months, months)]
    closed = Closing.objects.values_list("month", "statement_sha256")
    assert dict(closed) == three_months


def test_signed_together_is_what_is_signed_month_by_month(three_months: dict[date, str], world: World):
    family = [world.pairing_id, world.child_id]
    assert three_months == {month: month_statement(family, month).sha256 for month in (MARCH, APRIL, MAY)}


def test_the_trail_says_which_months_were_signed_by_one_act(three_months: dict[date, str], world: World):
    sign_months(world.pairing_id, three_months, by=world.giver)
    bodies = [
        json.loads(line.body)
        for line in audit_lines(f"pairing:{world.pairing_id}")
        if line.verb == "month.sign"
    ]
    assert len(bodies) == 3 and len({body["list"] for body in bodies}) == 1


def test_a_month_that_changed_keeps_all_from_being_signed_and_is_named(
    three_months: dict[date, str], world: World
):
    an_entry(stage="allocated", happened_on=APRIL)
    with pytest.raises(Rejected) as rejected:
        sign_months(world.pairing_id, three_months, by=world.giver)
    found = [(problem.code, problem.value) for problem in rejected.value.problems]
    assert found == [("closing.changed", "2020-04")] and not MonthSignature.objects.exists()


def test_a_month_that_holds_something_since_is_not_passed_over(world: World):
    for month in (MARCH, MAY):
        an_entry(stage="allocated", happened_on=month)
    shown = _statements(world)
    an_entry(stage="allocated", happened_on=APRIL)
    with pytest.raises(Rejected) as rejected:
        sign_months(world.pairing_id, shown, by=world.giver)
    assert [problem.value for problem in rejected.value.problems] == ["2020-04"]


def test_a_month_that_is_not_over_keeps_all_from_being_signed(three_months: dict[date, str], world: World):
    with sample_clock(datetime(2020, 5, 20, tzinfo=BOOK_ZONE)), pytest.raises(Rejected) as rejected:
        sign_months(world.pairing_id, three_months, by=world.giver)
    found = [(problem.code, problem.value) for problem in rejected.value.problems]
    assert found == [("closing.not_over", "2020-05")] and not MonthSignature.objects.exists()


def test_the_other_side_may_sign_fewer_months_than_were_signed(three_months: dict[date, str], world: World):
    sign_months(world.pairing_id, three_months, by=world.giver)
    done = sign_months(world.pairing_id, {MARCH: three_months[MARCH]}, by=world.receiver)
    assert done.closed == (MARCH,) and _closed(world) == [MARCH]
    assert months_signed_by_one(world.pairing_id)["assisting"] == (APRIL, MAY)


def test_no_month_is_closed_before_the_one_before_it(three_months: dict[date, str], world: World):
    sign_months(world.pairing_id, three_months, by=world.giver)
    an_entry(stage="allocated", happened_on=MARCH)
    # What the giver signed for March holds no more; April and May are signed by both sides now, and wait for it.
    done = sign_months(world.pairing_id, _statements(world), by=world.receiver)
    assert len(done.signed) == 3 and done.closed == ()
    done = sign_months(world.pairing_id, _statements(world, MARCH), by=world.giver)
    assert (done.signed, done.closed) == ((MARCH,), (MARCH, APRIL, MAY))


def test_a_month_both_sides_signed_ahead_is_not_closed_when_it_changed_since(
    three_months: dict[date, str], world: World
):
    sign_months(world.pairing_id, three_months, by=world.giver)
    an_entry(stage="allocated", happened_on=MARCH)
    sign_months(world.pairing_id, _statements(world), by=world.receiver)
    an_entry(stage="allocated", happened_on=APRIL)
    done = sign_months(world.pairing_id, _statements(world, MARCH), by=world.giver)
    assert done.closed == (MARCH,)


def test_a_correction_in_between_lapses_the_signature_of_the_month_it_counts_in(
    three_months: dict[date, str], world: World
):
    sign_months(world.pairing_id, three_months, by=world.giver)
    sign_months(world.pairing_id, {MARCH: three_months[MARCH]}, by=world.receiver)
    _corrected(Entry.objects.earliest("id").pk, world, money=Money.of(900))
    assert months_signed_by_one(world.pairing_id)["assisting"] == (MAY,)


def test_months_signed_already_stay_signed_and_the_others_are_added(
    three_months: dict[date, str], world: World
):
    sign_months(world.pairing_id, {MARCH: three_months[MARCH]}, by=world.giver)
    assert sign_months(world.pairing_id, three_months, by=world.giver).signed == (APRIL, MAY)


def test_nobody_signs_a_month_for_both_sides(three_months: dict[date, str], world: World):
    sign_months(world.pairing_id, {MARCH: three_months[MARCH]}, by=world.giver)
    # Somebody whose post has moved to the other side since.
    moved = replace(world.receiver, user_id=world.giver.user_id)
    with pytest.raises(Rejected) as rejected:
        sign_months(world.pairing_id, three_months, by=moved)
    found = [(problem.code, problem.value) for problem in rejected.value.problems]
    assert found == [("closing.own_signature", "2020-03")]


def test_what_is_told_before_signing_adds_up_month_by_month(three_months: dict[date, str], world: World):
    disputed = an_entry(stage="allocated", happened_on=APRIL)
    dispute_entry(disputed, reason="少收", own_money=Money(1), by=world.receiver)
    due = months_to_sign(world.pairing_id, MAY)
    assert due is not None and (due.entries, due.one_sided, due.disputed) == (4, 3, 1)
    assert [(one.entries, one.disputed) for one in due.months] == [(1, 0), (2, 1), (1, 0)]


def test_the_questions_do_not_grow_with_the_months(three_months: dict[date, str], world: World):
    with CaptureQueriesContext(connection) as one:
        months_to_sign(world.pairing_id, MARCH)
    with CaptureQueriesContext(connection) as three:
        months_to_sign(world.pairing_id, MAY)
    assert len(one) == len(three)
