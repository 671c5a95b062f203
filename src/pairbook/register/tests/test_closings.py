"""Closed months: both sides sign, nothing dated in them comes in, and a correction counts in the open month."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from pairbook.households.tests.people import ZHANG
from pairbook.kernel.money import Money
from pairbook.kernel.periods import Period, year_of
from pairbook.kernel.problems import Refusal, Rejected
from pairbook.kernel.reads import audit_lines
from pairbook.register.actions import (
    Attendance,
    attach_paper,
    confirm_entry,
    correct_entry,
    list_people,
    rebuild_totals,
    record_entry,
    sign_month,
    withdraw_entry,
)
from pairbook.register.closings import closed_up_to, first_open_days, month_statement, months_of_book
from pairbook.register.known import entry_state
from pairbook.register.models import Closing, Entry
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

MARCH, APRIL = date(2020, 3, 1), date(2020, 4, 1)
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
    assert not sign_month(world.pairing_id, MARCH, statement_sha256=statement.sha256, by=world.giver)
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
    sign_month(
        world.pairing_id, MARCH, statement_sha256=month_statement(family, MARCH).sha256, by=world.giver
    )
    an_entry(stage="allocated")
    due = months_of_book(world.pairing_id).due
    assert due is not None and (len(due.signatures), len(due.lapsed)) == (0, 1)
    closes = sign_month(world.pairing_id, MARCH, statement_sha256=due.statement.sha256, by=world.receiver)
    assert not closes and Closing.objects.count() == 0


def test_nobody_signs_what_was_not_shown(world: World):
    an_entry(stage="allocated")
    with pytest.raises(Refusal) as refused:
        sign_month(world.pairing_id, MARCH, statement_sha256="0" * 64, by=world.giver)
    assert refused.value.code == "closing.changed"


def test_a_side_signs_the_same_once(world: World):
    an_entry(stage="allocated")
    digest = month_statement([world.pairing_id, world.child_id], MARCH).sha256
    sign_month(world.pairing_id, MARCH, statement_sha256=digest, by=world.giver)
    with pytest.raises(Refusal) as refused:
        sign_month(world.pairing_id, MARCH, statement_sha256=digest, by=world.giver)
    assert refused.value.code == "closing.signed"


@pytest.mark.parametrize("who", ["department", "auditor", "administrator", "stranger", "public"])
def test_only_officers_of_the_pairing_sign(world: World, who: str):
    an_entry(stage="allocated")
    with pytest.raises(Refusal) as refused:
        sign_month(world.pairing_id, MARCH, statement_sha256="0" * 64, by=getattr(world, who))
    assert refused.value.forbidden


def test_a_month_waits_for_the_one_before_it(world: World):
    an_entry(stage="allocated", happened_on=date(2020, 2, 3))
    with pytest.raises(Rejected) as rejected:
        sign_month(world.pairing_id, MARCH, statement_sha256="0" * 64, by=world.giver)
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
    assert (due.month, due.statement.entries, due.unsettled, due.without_papers) == (MARCH, 2, 2, 1)
    assert [one.code for one in due.kinds] == ["funds"] and due.awaited == ("assisting", "assisted")


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
