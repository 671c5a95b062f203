"""Projects the tests of the library play with: fields that may enter, and the way to any step."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from pairbook.kernel.access import Actor
from pairbook.kernel.money import Money
from pairbook.kernel.texts import Text
from pairbook.projects.actions import propose_project, record_step, set_goal
from pairbook.projects.shapes import FundingLine, GoalDraft, Measure, ProjectFields
from tests.world import the_world

PROPOSED_ON = date(2020, 1, 6)
ONE_DAY = timedelta(days=1)
A_GOAL = GoalDraft("quantity", Text("存栏", "Rabbits kept"), Measure(5_000_000, "只 / head"))


def some_fields(**changes: Any) -> ProjectFields:
    """The fields of a project that may enter the library."""
    world = the_world()
    fields = ProjectFields(
        name=Text("肉兔养殖基地", "Rabbit farm"),
        use="breeding",
        nature="new",
        year=2020,
        place_id=world.zhenyuan,
        starts_on=date(2020, 3, 1),
        ends_on=date(2020, 10, 31),
        responsible_id=world.receiver_office,
        tasks="修缮窑洞 20 孔 / Twenty cave dwellings repaired",
        participation="农户入社 / Households join the cooperative",
        mechanism="土地流转、务工、分红 / Rent, wages, dividends",
        households=120,
        persons=400,
        poor_persons=260,
        funding=(
            FundingLine("assisting_fiscal", Money.of(900_000), "fiscal-2020"),
            FundingLine("self_raised", Money.of(100_000)),
        ),
    )
    return replace(fields, **changes)


def a_proposal(
    code: str = "library-01", *, by: Actor | None = None, goal: bool = True, **changes: Any
) -> int:
    """The id of a project proposed by the receiver's officer, with a goal unless none is wanted."""
    by = by or the_world().receiver
    project_id = propose_project(
        pairing_id=the_world().pairing_id, code=code, fields=some_fields(**changes), on=PROPOSED_ON, by=by
    )
    if goal:
        set_goal(project_id, A_GOAL, by=by)
    return project_id


def a_project_at(step_code: str, *, code: str = "library-01", second: Actor, **changes: Any) -> int:
    """The id of a project that has come as far as this step; `second` is the other pair of eyes."""
    world = the_world()
    project_id = a_proposal(code, **changes)
    day = PROPOSED_ON
    for step in WAY[1 : WAY.index(step_code) + 1]:
        day += ONE_DAY
        by = world.giver if step == "consented" else second
        record_step(project_id, step, on=day, by=by, reason="按程序办理")
    return project_id


WAY = (
    "proposed",
    "checked",
    "consented",
    "approved",
    "library_in",
    "planned",
    "tendered",
    "contracted",
    "started",
    "finished",
    "accepted",
    "settled",
    "handed_over",
    "reviewed",
)
