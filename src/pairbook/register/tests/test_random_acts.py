"""Whatever two offices do, in whatever order: balances and totals follow from the entries, and nothing appears.

Hypothesis plays the officers. Beside the book runs a plain model, three lines a move, and both must say the same.
"""

from collections import defaultdict
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from pairbook.kernel import clock
from pairbook.kernel.money import Money
from pairbook.kernel.periods import ONE_DAY, Period, months_after, next_month, year_of
from pairbook.kernel.problems import Refusal, Rejected
from pairbook.kernel.texts import Text
from pairbook.projects.actions import add_project
from pairbook.register.accounts import Rests
from pairbook.register.actions import (
    attach_paper,
    confirm_entry,
    correct_entry,
    dispute_entry,
    rebuild_totals,
    record_entry,
    withdraw_entry,
)
from pairbook.register.ageing import ages_of, by_age, resting
from pairbook.register.closings.actions import sign_months
from pairbook.register.closings.reads import months_to_sign
from pairbook.register.known import entry_state, facts_of_row, stage_of
from pairbook.register.models import Account, Entry
from pairbook.register.months import period_of
from pairbook.register.rules import Draft
from pairbook.register.sums import sums
from pairbook.register.tracing import trace_funds
from tests.world import A_PAPER, SENT_ON, World, a_draft, answerer_of, recorder_of, the_world

pytestmark = pytest.mark.slow

# Where each stage takes from and gives to: the standing, whose account, and whether it is under the project.
Place = tuple[str, str, bool]
# Stage, nature, entries and money of a row of sums.
Held = tuple[str, str, int, int]
MOVES: dict[str, tuple[Place, Place]] = {
    "allocated": (("outside", "giver", False), ("transit", "giver", False)),
    "received": (("transit", "giver", False), ("held", "receiver", False)),
    "assigned": (("held", "giver", False), ("held", "receiver", True)),
    "spent": (("held", "giver", True), ("paid", "receiver", True)),
    "refunded": (("paid", "giver", True), ("held", "receiver", True)),
    "returned": (("held", "giver", True), ("outside", "receiver", False)),
}
TAKES_FROM = {
    "received": ("allocated",),
    "assigned": ("received",),
    "spent": ("assigned", "refunded"),
    "refunded": ("spent",),
    "reimbursed": ("spent",),
    "returned": ("received", "assigned", "refunded"),
}

LATER = SENT_ON + timedelta(days=60)
START = date(2017, 1, 1)
CLOSED_AT_MOST = date(2020, 6, 1)

amounts = st.integers(min_value=1, max_value=12).map(lambda hundreds: Money(hundreds * 100))
picks = st.integers(min_value=0, max_value=1_000)


class TwoOffices(RuleBasedStateMachine):
    """Two officers at work on one pairing; a savepoint gives each run the same empty register."""

    def __init__(self) -> None:
        super().__init__()
        self.world: World = the_world()
        self.current: dict[int, Draft] = {}
        """The drafts of the entries that count, by the number of their current version."""
        self.closed: dict[date, set[Held]] = {}
        """What each closed month held when it was closed."""
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.other_project = add_project(
            pairing_id=self.world.pairing_id, code="other", name=Text("另一项目", "another"), by=None
        )

    def teardown(self) -> None:
        """The register is empty again."""
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    def _pick(self, number: int, stages: tuple[str, ...] = ()) -> int | None:
        known = [one for one, draft in self.current.items() if not stages or draft.stage in stages]
        return known[number % len(known)] if known else None

    def _record(self, draft: Draft) -> None:
        assert draft.happened_on is not None
        if draft.happened_on < self.open_from:
            with pytest.raises(Rejected):
                record_entry(draft, by=recorder_of(draft))
            draft = replace(draft, happened_on=max(self.open_from, LATER))
        # More than was sent or is held: the book says no and must be as it was.
        with suppress(Rejected):
            self.current[record_entry(draft, by=recorder_of(draft))] = draft

    @property
    def open_from(self) -> date:
        """The first day of the first open month."""
        return next_month(max(self.closed)) if self.closed else START

    @precondition(lambda self: self.current and self.open_from < CLOSED_AT_MOST)
    @rule(months=st.integers(min_value=1, max_value=3))
    def close(self, months: int) -> None:
        """The months that hold something up to this many after the first open one, at once."""
        last = months_after(max(self.open_from, SENT_ON.replace(day=1)), months - 1)
        due = months_to_sign(self.world.pairing_id, last)
        # What was withdrawn counts in no month: the book may be empty again.
        if due is None:
            return
        for officer in (self.world.giver, self.world.receiver):
            sign_months(self.world.pairing_id, due.statements, by=officer)
        for one in due.months:
            self.closed[one.month] = self._held(one.month)

    def _held(self, month: date) -> set[Held]:
        rows = sums([self.world.pairing_id, self.world.child_id], period_of(month))
        # Answers and papers may come when a month is closed. Two corrections may outweigh each other: nothing is left.
        return {
            (row.stage, row.nature, row.entries, row.money_minor)
            for row in rows
            if row.entries or row.money_minor
        }

    @rule(money=amounts, is_fiscal=st.booleans())
    def send(self, money: Money, is_fiscal: bool) -> None:
        fund = self.world.fiscal if is_fiscal else self.world.social
        self._record(a_draft(stage="allocated", money=money, fund_id=fund))

    @precondition(lambda self: self.current)
    @rule(money=amounts, number=picks, stage=st.sampled_from(sorted(TAKES_FROM)), other=st.booleans())
    def go_on(self, money: Money, number: int, stage: str, other: bool) -> None:
        """Whatever may follow one of the entries there are: received, assigned, paid, paid back, given back."""
        before = self._pick(number, TAKES_FROM[stage])
        if before is None:
            return
        followed = self.current[before]
        changes: dict[str, Any] = {"fund_id": followed.fund_id, "follows_id": before, "happened_on": LATER}
        if stage == "assigned":
            changes["project_id"] = self.other_project if other else self.world.project
        elif stage != "received":
            changes["project_id"] = followed.project_id
        self._record(a_draft(stage=stage, money=money, **changes))

    @precondition(lambda self: self.current)
    @rule(money=amounts, number=picks, stage=st.sampled_from(sorted(TAKES_FROM)), of_fund=st.booleans())
    def mix(self, money: Money, number: int, stage: str, of_fund: bool) -> None:
        """To go on with the money of another fund, or of another project, is refused whatever is held."""
        before = self._pick(number, TAKES_FROM[stage])
        if before is None:
            return
        followed = self.current[before]
        fund = self.world.social if followed.fund_id == self.world.fiscal else self.world.fiscal
        project = self.other_project if followed.project_id == self.world.project else self.world.project
        changes: dict[str, Any] = {"fund_id": followed.fund_id, "project_id": followed.project_id}
        if of_fund or followed.project_id is None:
            changes["fund_id"] = fund
        else:
            changes["project_id"] = project
        if stage == "assigned":
            changes["project_id"] = self.world.project
        draft = a_draft(stage=stage, money=money, follows_id=before, happened_on=LATER, **changes)
        with pytest.raises(Rejected):
            record_entry(draft, by=recorder_of(draft))

    @precondition(lambda self: self.current)
    @rule(money=amounts, number=picks)
    def correct(self, money: Money, number: int) -> None:
        entry = self._pick(number)
        assert entry is not None
        draft = replace(self.current[entry], money=money)
        try:
            newer = correct_entry(entry, draft, reason="录入有误", by=recorder_of(draft))
        except Rejected:
            return
        del self.current[entry]
        self.current[newer] = draft

    @precondition(lambda self: self.current)
    @rule(number=picks)
    def withdraw(self, number: int) -> None:
        entry = self._pick(number)
        assert entry is not None
        try:
            withdraw_entry(entry, reason="重复录入", by=recorder_of(self.current[entry]))
        except (Rejected, Refusal):
            return
        del self.current[entry]

    @precondition(lambda self: self.current)
    @rule(number=picks, agrees=st.booleans())
    def answer(self, number: int, agrees: bool) -> None:
        entry = self._pick(number)
        assert entry is not None
        by = answerer_of(self.current[entry])
        state = entry_state(entry)
        assert state is not None
        if not agrees:
            dispute_entry(entry, reason="少收", own_money=Money(1), by=by)
        elif not state.is_confirmed:
            confirm_entry(entry, by=by)

    @precondition(lambda self: self.current)
    @rule(number=picks)
    def attach(self, number: int) -> None:
        entry = self._pick(number)
        assert entry is not None
        # The same paper a second time is refused.
        with suppress(Refusal):
            content = A_PAPER + str(entry).encode()
            attach_paper(entry, content=content, sort="other", by=recorder_of(self.current[entry]))

    @invariant()
    def balances_are_the_sum_of_movements(self) -> None:
        due: dict[tuple[Any, ...], int] = defaultdict(int)
        for draft in self.current.values():
            assert draft.money is not None
            for sign, (standing, whose, is_under) in zip((-1, 1), MOVES.get(draft.stage, ()), strict=False):
                party = draft.giver_id if whose == "giver" else draft.receiver_id
                project = draft.project_id if is_under else None
                due[draft.fund_id, standing, party, project] += sign * draft.money.minor
        held = Account.objects.values_list("fund_id", "standing", "party_id", "project_id", "balance")
        assert {row[:4]: row[4] for row in held if row[4]} == {
            key: minor for key, minor in due.items() if minor
        }

    @invariant()
    def nothing_is_negative_and_nothing_appears(self) -> None:
        for fund in (self.world.fiscal, self.world.social):
            held = list(Account.objects.filter(fund_id=fund).values_list("standing", "balance"))
            assert all(balance >= 0 for standing, balance in held if standing != "outside")
            assert sum(balance for _, balance in held) == 0

    @invariant()
    def nothing_takes_more_than_there_was(self) -> None:
        taken: dict[int, int] = defaultdict(int)
        root_of = dict(Entry.objects.values_list("id", "root_id"))
        for draft in self.current.values():
            if draft.follows_id and draft.stage != "reimbursed":
                assert draft.money is not None
                taken[root_of[draft.follows_id] or draft.follows_id] += draft.money.minor
        for entry, draft in self.current.items():
            assert draft.money is not None
            assert taken[root_of[entry] or entry] <= draft.money.minor

    @invariant()
    def every_fund_can_be_followed_to_the_last_fen(self) -> None:
        for fund in (self.world.fiscal, self.world.social):
            held = Account.objects.filter(fund_id=fund)
            left = sum(row.balance for row in held if row.standing == "held")
            found = trace_funds([fund])
            assert found.received == found.spent + found.returned + found.left
            assert (found.left, found.in_transit) == (
                left,
                sum(row.balance for row in held if row.standing == "transit"),
            )
            assert sum(source.minor for source in found.sources) == found.received
            assert sum(use.minor for use in found.uses) == found.spent

    @invariant()
    def what_rested_on_a_day_is_what_the_entries_up_to_it_leave(self) -> None:
        days = sorted({draft.happened_on for draft in self.current.values() if draft.happened_on})
        for day in {*days[:1], *days[len(days) // 2 :][:1], *days[-1:]}:
            rests = Rests()
            until = Period(START, day + ONE_DAY)
            for entry in Entry.objects.in_days(until).standing_before(until.end):
                move = stage_of(entry.kind, entry.stage).move
                thing = entry.root_id or entry.pk
                rests.add(
                    facts_of_row(entry),
                    entry_id=entry.pk,
                    thing_id=thing,
                    follows_id=entry.follows_id,
                    move=move,
                )
            found = resting([self.world.pairing_id], day)
            assert {(one.entry_id, one.where, one.fund_id, one.since, one.minor) for one in found} == {
                (row.entry_id, row.place, row.fund_id, row.since, row.minor) for row in rests.left()
            }
            assert ages_of([self.world.pairing_id], day) == by_age(found)

    @invariant()
    def a_closed_month_keeps_what_it_held(self) -> None:
        assert {month: self._held(month) for month in self.closed} == self.closed

    @invariant()
    def the_months_add_up_to_the_year_by_totals_and_by_entries(self) -> None:
        scope = [self.world.pairing_id]
        for month in (date(2020, number, 1) for number in range(1, 13)):
            by_totals, by_entries = (
                sums(scope, period_of(month), known_at=known_at) for known_at in (None, clock.now())
            )
            # Of an entry and what takes it out again on one day nothing is left in either.
            assert [row for row in sorted(by_totals, key=repr) if row.entries or row.money_minor] == [
                row for row in sorted(by_entries, key=repr) if row.entries or row.money_minor
            ]

    @invariant()
    def at_the_end_of_every_month_what_rests_is_what_is_left(self) -> None:
        for month in (*self.closed, max(self.open_from, LATER.replace(day=1))):
            days = Period(START, next_month(month))
            resting_then = resting([self.world.pairing_id], days.last)
            for fund in (self.world.fiscal, self.world.social):
                found = trace_funds([fund], period=days)
                held = sum(one.minor for one in resting_then if one.fund_id == fund)
                assert held == found.left + found.in_transit

    @invariant()
    def totals_are_those_built_from_the_entries(self) -> None:
        assert rebuild_totals() == []

    @invariant()
    def each_figure_is_the_sum_of_its_entries(self) -> None:
        due: dict[tuple[str, str], int] = defaultdict(int)
        for draft in self.current.values():
            assert draft.money is not None
            nature = "fiscal" if draft.fund_id == self.world.fiscal else "social"
            due[draft.stage, nature] += draft.money.minor
        rows = sums([self.world.pairing_id], year_of(2020))
        assert {(row.stage, row.nature): row.money_minor for row in rows} == due


def test_whatever_two_offices_do_the_book_adds_up(world: World):
    run_state_machine_as_test(TwoOffices, settings=settings(max_examples=10, stateful_step_count=24))
