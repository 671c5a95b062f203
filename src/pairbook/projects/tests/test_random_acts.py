"""Whatever two offices do, in whatever order: no project gets anywhere past a step it needs.

Hypothesis plays the officers of both sides. What the book lets through is held against the rule read from the paper:
the steps of the main line stand in a project's history once and in their order, and what an entry needs is there.
"""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from pairbook.kernel.money import Money
from pairbook.kernel.problems import Refusal, Rejected
from pairbook.projects.actions import describe_project, record_step, set_goal, take_back_step
from pairbook.projects.known import history_of
from pairbook.projects.models import Goal, Project
from pairbook.projects.rules import current_round, standing_steps, state_of
from pairbook.projects.shapes import MAIN_LINE, STEPS, FundingLine
from pairbook.projects.tests.samples import A_GOAL, PROPOSED_ON, a_proposal, some_fields
from tests.world import World, an_officer, the_world

pytestmark = pytest.mark.slow

ASKING = (FundingLine("assisting_fiscal", Money.of(1)),)
NOT_ASKING = (FundingLine("own_fiscal", Money.of(1)),)


class TwoOffices(RuleBasedStateMachine):
    """Three officers at work on one project; a savepoint gives each run the same empty library."""

    def __init__(self) -> None:
        super().__init__()
        self.world: World = the_world()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        second = an_officer("receiver-2", self.world.receiver_office)
        self.people = (self.world.receiver, second, self.world.giver)
        self.day: date = PROPOSED_ON

    def teardown(self) -> None:
        """The library is empty again."""
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    @initialize(asks=st.booleans(), goal=st.booleans())
    def propose(self, asks: bool, goal: bool) -> None:
        self.asks = asks
        self.project = a_proposal(goal=goal, funding=ASKING if asks else NOT_ASKING)

    @rule(step=st.sampled_from(list(STEPS)), who=st.integers(0, 2), days=st.integers(-1, 2))
    def try_a_step(self, step: str, who: int, days: int) -> None:
        on = self.day + timedelta(days=days)
        with suppress(Refusal, Rejected):
            record_step(self.project, step, on=on, by=self.people[who], reason="按程序办理")
            self.day = on

    @rule(who=st.integers(0, 1), days=st.integers(0, 2))
    def go_on(self, who: int, days: int) -> None:
        """The next step of the main line, so that runs get far."""
        state = state_of(history_of(self.project))
        place = MAIN_LINE.index(state) + 1 if state in MAIN_LINE else 2 if state == "consented" else 0
        if place < len(MAIN_LINE):
            self.try_a_step(MAIN_LINE[place], who, days)

    @rule()
    def consent(self) -> None:
        self.try_a_step("consented", 2, 0)

    @rule(who=st.integers(0, 2))
    def take_back(self, who: int) -> None:
        with suppress(Refusal, Rejected):
            take_back_step(self.project, reason="记错", by=self.people[who])
            left = standing_steps(history_of(self.project))
            self.day = left[-1].on if left else PROPOSED_ON

    @rule(asks=st.booleans())
    def change_the_money(self, asks: bool) -> None:
        fields = some_fields(funding=ASKING if asks else NOT_ASKING)
        with suppress(Refusal, Rejected):
            describe_project(self.project, fields, reason="调整", by=self.people[0])
            self.asks = asks

    @rule()
    def add_a_goal(self) -> None:
        set_goal(self.project, A_GOAL, by=self.people[0])

    @invariant()
    def every_step_stands_after_all_the_steps_it_needs(self) -> None:
        history = history_of(self.project) if hasattr(self, "project") else []
        codes = [row.step for row in current_round(history)]
        on_the_way = [code for code in codes if code in MAIN_LINE]
        assert on_the_way == list(MAIN_LINE[: len(on_the_way)])
        assert len(codes) - len(on_the_way) == sum(
            code in ("consented", "turned_down", "library_out") for code in codes
        )

    @invariant()
    def days_are_in_order(self) -> None:
        days = (
            [row.on for row in standing_steps(history_of(self.project))] if hasattr(self, "project") else []
        )
        assert days == sorted(days)

    @invariant()
    def what_was_approved_was_seen_by_others_and_consented_to(self) -> None:
        if not hasattr(self, "project"):
            return
        steps = {row.step: row for row in current_round(history_of(self.project))}
        if "approved" in steps:
            assert steps["approved"].by_id != steps["proposed"].by_id != steps["checked"].by_id
            assert not self.asks or "consented" in steps
            assert Goal.objects.filter(project_id=self.project).exists()

    @invariant()
    def work_began_on_the_day_of_its_step(self) -> None:
        if not hasattr(self, "project"):
            return
        started = [row.on for row in current_round(history_of(self.project)) if row.step == "started"]
        assert Project.objects.get(pk=self.project).started_on == (started[0] if started else None)


def test_whatever_two_offices_do_no_step_is_skipped(world: World):
    run_state_machine_as_test(TwoOffices, settings=settings(max_examples=25, stateful_step_count=30))
