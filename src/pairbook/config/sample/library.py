"""The project library of the sample: proposals, steps, goals, notices and assets from their sheets, each at its moment.

Everything in these sheets is invented; what is spent agrees with the sheet of funds.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import partial

from pairbook.config.sample.papers import PaperSheet, pdf_of
from pairbook.config.sample.records import Row, moment, money, morning_of, named, names_in_sheets, sheet
from pairbook.kernel.access import Actor
from pairbook.kernel.money import Money
from pairbook.kernel.texts import Text
from pairbook.projects.actions import (
    add_project,
    attach_step_paper,
    hold_asset,
    mark_asset,
    propose_project,
    record_step,
    register_asset,
    report_goal,
    report_income,
    set_goal,
)
from pairbook.projects.opening import open_project
from pairbook.projects.shapes import (
    FIELDS,
    STEPS,
    AssetDraft,
    FundingLine,
    GoalDraft,
    HoldingDraft,
    IncomeDraft,
    Measure,
    NoticeDraft,
    ProjectFields,
)
from pairbook.workspace.actions import post_project_notice

Act = tuple[datetime, int, Callable[[], None]]
# What happens in the same minute: a proposal, its goals, then whatever else.
_PROPOSED, _GOALS, _STEPS, _ASSETS, _AFTER = 1, 2, 3, 4, 5


@dataclass
class Library:
    """The ids that the sheets' codes got in this book, shared with the rest of the sample while it is being filled."""

    pairings: dict[str, int]
    parties: dict[str, int]
    projects: dict[str, int]
    actors: dict[str, Actor]
    assets: dict[str, int] = field(default_factory=dict)
    goals: dict[tuple[str, str], int] = field(default_factory=dict)

    def acts(self) -> Iterator[Act]:
        """Everything that was done in the library, as moment, place within the minute, and act."""
        fields = {row["project"]: row for row in sheet("project_fields")}
        steps = sheet("project_steps")
        proposals = {row["project"]: row for row in steps if row["step"] == "proposed"}
        for row in sheet("projects"):
            code = row["code"]
            if code in proposals:
                do = partial(self._propose, row, fields[code], proposals[code])
                yield moment(proposals[code]["recorded_at"]), _PROPOSED, do
            else:
                # A programme over projects is there before the first of them is proposed.
                yield morning_of(date(int(code[:4]) - 1, 11, 1)), 0, partial(self._list, row)
        for row in steps:
            if row["step"] != "proposed":
                yield moment(row["recorded_at"]), _STEPS, partial(self._step, row)
        for row in sheet("project_goals"):
            proposed = proposals[row["project"]]
            yield moment(proposed["recorded_at"]), _GOALS, partial(self._goal, row, proposed["recorded_by"])
            if row["result"]:
                reported = moment(f"{row['as_of']} 17:05")
                yield reported, _AFTER, partial(self._result, row, proposed["recorded_by"])
        for row in sheet("project_notices"):
            yield moment(row["posted_at"]), _GOALS, partial(self._notice, row)
        yield from self._asset_acts()

    def _asset_acts(self) -> Iterator[Act]:
        for row in sheet("assets"):
            yield moment(row["registered_at"]), _ASSETS, partial(self._asset, row)
            if row["held_at"]:
                yield moment(row["held_at"]), _AFTER, partial(self._holding, row)
        for row in sheet("asset_statuses"):
            yield moment(row["marked_at"]), _AFTER, partial(self._status, row)
        for row in sheet("asset_incomes"):
            yield moment(row["reported_at"]), _AFTER, partial(self._income, row)

    def _list(self, row: Row) -> None:
        self.projects[row["code"]] = add_project(
            pairing_id=self.pairings[row["pairing"]],
            code=row["code"],
            name=named(row),
            parent_id=self.projects.get(row["parent"]),
            by=self.actors["receiver"].user_id,
        )

    def _propose(self, row: Row, fields: Row, proposal: Row) -> None:
        by = self.actors[proposal["recorded_by"]]
        self.projects[row["code"]] = propose_project(
            pairing_id=self.pairings[row["pairing"]],
            code=row["code"],
            fields=self._fields(named(row), fields),
            on=date.fromisoformat(proposal["happened_on"]),
            document_no=proposal["document_no"],
            parent_id=self.projects.get(row["parent"]),
            by=by,
        )
        if proposal["papers"]:
            (step,) = open_project(self.projects[row["code"]]).steps
            self._attach(step.id, proposal, by)

    def _fields(self, name: Text, row: Row) -> ProjectFields:
        return ProjectFields(
            name=name,
            use=row["use"],
            nature=row["nature"],
            year=int(row["year"]),
            place_id=self.parties[row["place"]],
            starts_on=date.fromisoformat(row["starts_on"]),
            ends_on=date.fromisoformat(row["ends_on"]),
            responsible_id=self.parties[row["responsible"]],
            tasks=row["tasks"],
            participation=row["participation"],
            mechanism=row["mechanism"],
            households=_count(row["households"]),
            persons=_count(row["persons"]),
            poor_persons=_count(row["poor_persons"]),
            funding=_sources(row["funding"]),
        )

    def _step(self, row: Row) -> None:
        by = self.actors[row["recorded_by"]]
        step_id = record_step(
            self.projects[row["project"]],
            row["step"],
            on=date.fromisoformat(row["happened_on"]),
            document_no=row["document_no"],
            reason=row["reason"],
            by=by,
        )
        self._attach(step_id, row, by)

    def _attach(self, step_id: int, row: Row, by: Actor) -> None:
        for sort in row["papers"].split():
            attach_step_paper(step_id, content=pdf_of(_paper(row, sort)), sort=sort, by=by)

    def _goal(self, row: Row, by: str) -> None:
        target = Measure(int(Decimal(row["target"]) * 1000), row["unit"])
        goal = GoalDraft(row["sort"], Text(row["text_zh"], row["text_en"]), target)
        goal_id = set_goal(self.projects[row["project"]], goal, by=self.actors[by])
        self.goals[row["project"], row["text_zh"]] = goal_id

    def _result(self, row: Row, by: str) -> None:
        report_goal(
            self.goals[row["project"], row["text_zh"]],
            thousandths=int(Decimal(row["result"]) * 1000),
            as_of=date.fromisoformat(row["as_of"]),
            evaluation=row["evaluation"],
            by=self.actors[by],
        )

    def _notice(self, row: Row) -> None:
        notice = NoticeDraft(
            sort=row["sort"],
            text=row["text"],
            boards=tuple(row["boards"].split()),
            where=row["where"],
            first_on=date.fromisoformat(row["first_on"]),
            last_on=date.fromisoformat(row["last_on"]),
            reason=row["reason"],
        )
        post_project_notice(self.projects[row["project"]], notice, by=self.actors[row["posted_by"]])

    def _asset(self, row: Row) -> None:
        sources = _sources(row["sources"])
        asset = AssetDraft(
            sort=row["sort"],
            name=named(row),
            size=Measure(int(Decimal(row["size"]) * 1000), row["unit"]),
            acquired_on=date.fromisoformat(row["acquired_on"]),
            value=Money(sum(line.money.minor for line in sources)),
            sources=sources,
        )
        by = self.actors["receiver"]
        self.assets[row["no"]] = register_asset(self.projects[row["project"]], asset, by=by)

    def _holding(self, row: Row) -> None:
        holding = HoldingDraft(
            since=date.fromisoformat(row["held_since"]),
            ownership=row["ownership"],
            owner_id=self.parties.get(row["owner"]),
            operator_id=self.parties.get(row["operator"]),
            carer_id=self.parties.get(row["carer"]),
            certificate_no=row["certificate_no"],
        )
        hold_asset(self.assets[row["no"]], holding, by=self.actors["receiver"])

    def _status(self, row: Row) -> None:
        since = date.fromisoformat(row["since"])
        asset_id = self.assets[row["asset"]]
        mark_asset(asset_id, row["status"], since=since, note=row["note"], by=self.actors["receiver"])

    def _income(self, row: Row) -> None:
        shares = (part.split(":") for part in row["shares"].split())
        income = IncomeDraft(
            int(row["year"]),
            money(row["money"]),
            tuple((use, Money.of(amount)) for use, amount in shares),
        )
        report_income(self.assets[row["asset"]], income, by=self.actors["receiver"])


def _count(cell: str) -> int | None:
    return int(cell) if cell else None


def _sources(cell: str) -> tuple[FundingLine, ...]:
    """A split written `source:fund:yuan source:fund:yuan`."""
    parts = (part.split(":") for part in cell.split())
    return tuple(FundingLine(source, Money.of(amount), fund) for source, fund, amount in parts)


def _paper(row: Row, sort: str) -> PaperSheet:
    """The paper a step stands for."""
    step = STEPS[row["step"]]
    title = next(paper.label for paper in step.papers if paper.code == sort)
    lines = [
        (FIELDS["happened_on"], row["happened_on"]),
        (FIELDS["code"], row["project"]),
        (FIELDS["name"], names_in_sheets()[row["project"]]),
    ]
    return PaperSheet(title, row["document_no"], lines)
