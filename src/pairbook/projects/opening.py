"""One project opened: its fields by version, its steps as a line with their papers, goals, notices, assets, and what
is missing.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise
from typing import Literal, TypeVar

from pairbook.kernel.money import Money, sum_money
from pairbook.kernel.reads import threshold
from pairbook.kernel.texts import Text, same
from pairbook.projects.assets import AssetRow, assets_of
from pairbook.projects.known import asked_funds, fields_of, histories_of
from pairbook.projects.models import Goal, Project, ProjectStep, ProjectVersion, StepPaper
from pairbook.projects.reads import NoticeRow, notices_of
from pairbook.projects.rules import (
    NOTICE_DAYS_MIN,
    is_reached,
    next_steps,
    notices_missing,
    standing_steps,
)
from pairbook.projects.shapes import (
    FIELDS,
    GOAL_SORTS,
    MAIN_LINE,
    NATURES,
    OTHER_PAPER,
    PHOTO,
    SOURCES,
    STEPS,
    FundingLine,
    Measure,
    NoticeFacts,
    PaperSort,
    ProjectFields,
    Step,
    StepFacts,
)
from pairbook.projects.uses import USES
from pairbook.web.languages import typed_in_both
from pairbook.web.numbers import money_full, plain

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class StepPaperRow:
    """A paper of a step."""

    sort: PaperSort
    sha256: str
    media_type: str
    attached_at: datetime


@dataclass(frozen=True, slots=True)
class StepRow:
    """A row of a project's history."""

    id: int
    number: int
    step: Step
    on: date
    document_no: str
    reason: str
    recorded_by: str
    recorded_by_id: int
    recorded_for: Text
    recorded_at: datetime
    consent_for: Text | None
    """Of an approval: the office whose consent it rests on."""
    is_taken_back: bool
    takes_back: bool
    papers: tuple[StepPaperRow, ...]

    @property
    def counts(self) -> bool:
        """Whether it is a step that counts."""
        return not (self.is_taken_back or self.takes_back)

    @property
    def papers_missing(self) -> tuple[PaperSort, ...]:
        """The sorts of papers this step should have and has not."""
        there = {paper.sort.code for paper in self.papers}
        return tuple(sort for sort in self.step.papers if sort.code not in there) if self.counts else ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A dot on the line of a project's life."""

    step: Step
    standing: Literal["done", "here", "todo"]
    on: date | None


@dataclass(frozen=True, slots=True)
class Change:
    """What a version changed in one field."""

    label: Text
    old: Text
    new: Text


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version of the fields: what it changed, why, by which office, when."""

    number: int
    fields: ProjectFields
    place: Text | None
    responsible: Text | None
    reason: str
    recorded_for: Text
    recorded_at: datetime
    changes: tuple[Change, ...] = ()

    @property
    def facts(self) -> list[tuple[Text, Text]]:
        """The fields that are filled in, label and words, without the money."""
        return [(FIELDS[code], value) for code, value in _words(self).items() if value and code != "funding"]

    @property
    def funding(self) -> list[tuple[Text, FundingLine]]:
        """The planned money by source, in words."""
        return [(SOURCES[line.source].label, line) for line in self.fields.funding]


@dataclass(frozen=True, slots=True)
class ResultRow:
    """What became of a goal by a day."""

    result: Measure
    as_of: date
    evaluation: str
    is_reached: bool


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A performance goal with its results, oldest first."""

    id: int
    sort: str
    text: Text
    target: Measure
    results: tuple[ResultRow, ...]

    @property
    def label(self) -> Text:
        """What sort of goal it is."""
        return GOAL_SORTS[self.sort].label

    @property
    def is_at_most(self) -> bool:
        """Whether the result should not be above the target."""
        return GOAL_SORTS[self.sort].bound == "at_most"

    @property
    def result(self) -> ResultRow | None:
        """The newest result, or None."""
        return self.results[-1] if self.results else None


@dataclass(frozen=True, slots=True)
class ProjectOpened:
    """A project with everything the library knows of it."""

    id: int
    code: str
    pairing_code: str
    name: Text
    parent: tuple[str, Text] | None
    parts: tuple[tuple[str, Text], ...]
    started_on: date | None
    versions: tuple[VersionRow, ...]
    steps: tuple[StepRow, ...]
    line: tuple[Mark, ...]
    goals: tuple[GoalRow, ...]
    notices: tuple[NoticeRow, ...]
    assets: tuple[AssetRow, ...]
    history: tuple[StepFacts, ...]
    missing: tuple[Text, ...]
    """What an audit would ask for: notices and papers that should be there, assets without owner or carer."""

    @property
    def version(self) -> VersionRow | None:
        """The version that counts."""
        return self.versions[-1] if self.versions else None

    @property
    def state(self) -> str:
        """The last step that counts; empty for none."""
        counting = [row.step.code for row in self.steps if row.counts]
        return counting[-1] if counting else ""

    @property
    def step(self) -> Step | None:
        """The last step that counts, or None."""
        return STEPS.get(self.state)

    @property
    def next_steps(self) -> list[Step]:
        """The steps that may come now."""
        return next_steps(self.state)

    @property
    def is_settled(self) -> bool:
        """Whether its accounts are closed: money it still has is surplus, and no longer carried over."""
        return self.state in ("settled", "handed_over", "reviewed")

    @property
    def planned(self) -> Money | None:
        """How much is planned; None where nothing is said yet."""
        return self.version.fields.planned if self.version and self.version.fields.funding else None

    @property
    def asset_value(self) -> Money:
        """The original value of the assets that count."""
        return sum_money(row.value for row in self.assets if row.counts)


def open_project(project_id: int) -> ProjectOpened:
    """A project opened, with what an audit would ask for; there must be one of this id."""
    opened = open_projects([project_id])[project_id]
    return replace(opened, missing=tuple(_missing(opened)))


def open_projects(project_ids: Sequence[int]) -> dict[int, ProjectOpened]:
    """These projects opened, by id, in a fixed number of queries; what is missing in them is not asked here."""
    ids = list(project_ids)
    rows = Project.objects.filter(pk__in=ids).select_related("pairing", "parent").prefetch_related("parts")
    beside = _Beside(
        histories=histories_of(ids),
        versions=_versions(ids),
        steps=_by_project(_steps(ids)),
        goals=_by_project(_goals(ids)),
        notices=_by_project((one.project_id, one) for one in notices_of(ids)),
        assets=_by_project((one.project_id, one) for one in assets_of(ids)),
    )
    return {project.pk: _opened(project, beside) for project in rows}


@dataclass(frozen=True, slots=True)
class _Beside:
    """What belongs to projects, by their id."""

    histories: dict[int, list[StepFacts]]
    versions: dict[int, tuple[VersionRow, ...]]
    steps: dict[int, list[StepRow]]
    goals: dict[int, list[GoalRow]]
    notices: dict[int, list[NoticeRow]]
    assets: dict[int, list[AssetRow]]


def _by_project(rows: Iterable[tuple[int, Row]]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for project_id, row in rows:
        found.setdefault(project_id, []).append(row)
    return found


def _opened(project: Project, beside: _Beside) -> ProjectOpened:
    history = beside.histories.get(project.pk, [])
    days = {row.step: row.on for row in standing_steps(history)}
    parts = sorted(project.parts.all(), key=lambda part: part.code)
    opened = ProjectOpened(
        id=project.pk,
        code=project.code,
        pairing_code=project.pairing.code,
        name=Text(project.name_zh, project.name_en),
        parent=(project.parent.code, Text(project.parent.name_zh, project.parent.name_en))
        if project.parent
        else None,
        parts=tuple((part.code, Text(part.name_zh, part.name_en)) for part in parts),
        started_on=project.started_on,
        versions=beside.versions.get(project.pk, ()),
        steps=tuple(beside.steps.get(project.pk, ())),
        line=(),
        goals=tuple(beside.goals.get(project.pk, ())),
        notices=tuple(beside.notices.get(project.pk, ())),
        assets=tuple(beside.assets.get(project.pk, ())),
        history=tuple(history),
        missing=(),
    )
    return replace(opened, line=tuple(_line(opened.state, days)))


def _line(state: str, days: dict[str, date]) -> Iterator[Mark]:
    """The main line, with a step aside (consent, refusal, exit) where the project took one."""
    codes = list(MAIN_LINE)
    if "consented" in days:
        codes.insert(codes.index("approved"), "consented")
    if state in ("turned_down", "library_out"):
        codes = [code for code in codes if code in days] + [state]
    for code in codes:
        standing: Literal["done", "here", "todo"] = (
            "here" if code == state else "done" if code in days else "todo"
        )
        yield Mark(STEPS[code], standing, days.get(code))


def _steps(project_ids: Sequence[int]) -> Iterator[tuple[int, StepRow]]:
    papers = _papers(project_ids)
    rows = list(
        ProjectStep.objects.filter(project_id__in=project_ids)
        .select_related("recorded_by", "recorded_for", "consent__recorded_for")
        .order_by("project_id", "number")
    )
    taken = {row.takes_back_id for row in rows}
    for row in rows:
        consent = row.consent.recorded_for if row.consent else None
        told = StepRow(
            id=row.pk,
            number=row.number,
            step=STEPS[row.step],
            on=row.happened_on,
            document_no=row.document_no,
            reason=row.reason,
            recorded_by=row.recorded_by.display_name or row.recorded_by.username,
            recorded_by_id=row.recorded_by_id,
            recorded_for=Text(row.recorded_for.name_zh, row.recorded_for.name_en),
            recorded_at=row.recorded_at,
            consent_for=Text(consent.name_zh, consent.name_en) if consent else None,
            is_taken_back=row.pk in taken,
            takes_back=row.takes_back_id is not None,
            papers=tuple(papers.get(row.pk, ())),
        )
        yield row.project_id, told


def _papers(project_ids: Sequence[int]) -> dict[int, list[StepPaperRow]]:
    """The papers of projects by the id of their step."""
    sorts = {sort.code: sort for step in STEPS.values() for sort in step.papers}
    sorts |= {OTHER_PAPER.code: OTHER_PAPER, PHOTO.code: PHOTO}
    found: dict[int, list[StepPaperRow]] = {}
    rows = (
        StepPaper.objects.filter(step__project_id__in=project_ids).select_related("evidence").order_by("id")
    )
    for row in rows:
        found.setdefault(row.step_id, []).append(
            StepPaperRow(sorts[row.sort], row.evidence_id, row.evidence.media_type, row.attached_at)
        )
    return found


def _versions(project_ids: Sequence[int]) -> dict[int, tuple[VersionRow, ...]]:
    rows = (
        ProjectVersion.objects.filter(project_id__in=project_ids)
        .select_related("place", "responsible", "recorded_for")
        .prefetch_related("funding")
        .order_by("project_id", "number")
    )
    pairings = dict(Project.objects.filter(pk__in=project_ids).values_list("id", "pairing_id"))
    asked = asked_funds(set(pairings.values()))
    found = _by_project(
        (row.project_id, _version(row, asked.get(pairings[row.project_id], frozenset()))) for row in rows
    )
    return {project_id: _with_changes(versions) for project_id, versions in found.items()}


def _version(row: ProjectVersion, asked: Collection[str]) -> VersionRow:
    return VersionRow(
        number=row.number,
        fields=fields_of(row, asked),
        place=Text(row.place.name_zh, row.place.name_en) if row.place else None,
        responsible=Text(row.responsible.name_zh, row.responsible.name_en) if row.responsible else None,
        reason=row.reason,
        recorded_for=Text(row.recorded_for.name_zh, row.recorded_for.name_en),
        recorded_at=row.recorded_at,
    )


def _with_changes(versions: Sequence[VersionRow]) -> tuple[VersionRow, ...]:
    changed = (replace(after, changes=tuple(_changes(before, after))) for before, after in pairwise(versions))
    return (*versions[:1], *changed)


def _changes(before: VersionRow, after: VersionRow) -> Iterator[Change]:
    old, new = _words(before), _words(after)
    nothing = Text("未填", "nothing")
    for code, label in FIELDS.items():
        if code in new and old[code] != new[code]:
            yield Change(label, old[code] or nothing, new[code] or nothing)


def _words(version: VersionRow) -> dict[str, Text | None]:
    """Each field in words; None where it is not filled in."""
    fields = version.fields
    return {
        "name": fields.name,
        "use": USES[fields.use].label if fields.use else None,
        "nature": NATURES.get(fields.nature),
        "year": same(str(fields.year)) if fields.year else None,
        "place": version.place,
        "starts_on": same(str(fields.starts_on)) if fields.starts_on else None,
        "ends_on": same(str(fields.ends_on)) if fields.ends_on else None,
        "responsible": version.responsible,
        "tasks": _typed(fields.tasks),
        "participation": _typed(fields.participation),
        "mechanism": _typed(fields.mechanism),
        "households": _count(fields.households),
        "persons": _count(fields.persons),
        "poor_persons": _count(fields.poor_persons),
        "funding": _funding_words(fields.funding),
    }


def _typed(words: str) -> Text | None:
    return Text(*typed_in_both(words)) if words else None


def _count(count: int | None) -> Text | None:
    return None if count is None else same(plain(count))


def _funding_words(lines: Sequence[FundingLine]) -> Text | None:
    if not lines:
        return None

    def said(lang: Literal["zh", "en"]) -> str:
        parts = [
            f"{SOURCES[line.source].label.in_(lang)} {money_full(line.money.amount, lang)}"
            + (f" ({line.fund_code})" if line.fund_code else "")
            for line in lines
        ]
        return ("；" if lang == "zh" else "; ").join(parts)

    return Text(said("zh"), said("en"))


def _goals(project_ids: Sequence[int]) -> Iterator[tuple[int, GoalRow]]:
    rows = Goal.objects.filter(project_id__in=project_ids).prefetch_related("results")
    for row in rows.order_by("project_id", "id"):
        target = Measure(row.target_thousandths, row.unit)
        results = (
            ResultRow(
                result=Measure(one.result_thousandths, row.unit),
                as_of=one.as_of,
                evaluation=one.evaluation,
                is_reached=is_reached(
                    row.sort, target=target, result=Measure(one.result_thousandths, row.unit)
                ),
            )
            for one in sorted(row.results.all(), key=lambda one: one.pk)
        )
        told = GoalRow(row.pk, row.sort, Text(row.text_zh, row.text_en), target, tuple(results))
        yield row.project_id, told


def _missing(opened: ProjectOpened) -> Iterator[Text]:
    posted = [NoticeFacts(one.sort, one.first_on, one.last_on) for one in opened.notices]
    day = max((one.first_on for one in opened.notices), default=date.max)
    yield from notices_missing(opened.state, posted, days_min=threshold(NOTICE_DAYS_MIN.code, day))
    bare = [row.step.label for row in opened.steps if row.papers_missing]
    if bare:
        yield Text(
            f"缺材料的步骤：{'、'.join(label.zh for label in bare)}",
            f"steps without their papers: {', '.join(label.en.lower() for label in bare)}",
        )
    if opened.state == "reviewed" and any(goal.result is None for goal in opened.goals):
        yield Text("有绩效目标没有填完成值", "a goal without a result after the review")
    for row in opened.assets:
        if row.counts and row.is_unheld and row.status.status in ("in_use", "idle"):
            yield Text(
                f"{row.name.zh}：没有所有者或管护人", f"{row.name.en}: no owner, or nobody looks after it"
            )
