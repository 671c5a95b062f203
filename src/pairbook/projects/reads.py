"""Questions on projects: lists, the library with where each project stands, who answers for one, a notice."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from pairbook.kernel.money import Money
from pairbook.kernel.texts import Text
from pairbook.projects.known import asked_funds, fields_of, histories_of, newest_versions
from pairbook.projects.models import Notice, Project, ProjectVersion, StepPaper
from pairbook.projects.rules import is_open_to_public, standing_steps
from pairbook.projects.shapes import BOARDS, NOTICE_SORTS, STEPS, Step, StepFacts
from pairbook.projects.uses import USES, Refused, Use


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A project as lists show it."""

    id: int
    code: str
    name: Text
    parent_id: int | None = None
    started_on: date | None = None


@dataclass(frozen=True, slots=True)
class RefusedUse:
    """A use the negative list refuses on a day, with the line that refuses it."""

    use: Use
    line: Refused


def negative_list(day: date) -> list[RefusedUse]:
    """The uses that are refused on a day, in the order of the list."""
    lines = ((use, use.refused_on(day)) for use in USES.values())
    return [RefusedUse(use, line) for use, line in lines if line is not None]


def projects_of(pairing_id: int) -> list[ProjectRow]:
    """The projects of a pairing, by code."""
    return _rows(Project.objects.filter(pairing_id=pairing_id))


def projects_started(pairing_ids: Sequence[int], start: date | None, end: date) -> list[ProjectRow]:
    """The projects on which work began in these days, both inclusive; a programme over others is none itself."""
    rows = Project.objects.filter(pairing_id__in=pairing_ids, started_on__lte=end, parts=None)
    return _rows(rows if start is None else rows.filter(started_on__gte=start))


def _rows(rows: QuerySet[Project]) -> list[ProjectRow]:
    return [
        ProjectRow(row.pk, row.code, Text(row.name_zh, row.name_en), row.parent_id, row.started_on)
        for row in rows.order_by("code")
    ]


@dataclass(frozen=True, slots=True)
class LibraryRow:
    """A project as the library lists it: what it is, where it stands, and how much is planned."""

    id: int
    pairing_code: str
    code: str
    name: Text
    state: str
    """The code of its last step that counts; empty where the project is only listed by name."""
    state_on: date | None
    state_place: int
    """Where the state stands in the order of steps; -1 for none."""
    year: int | None
    use: Use | None
    place: Text | None
    place_lineage: str
    responsible: Text | None
    responsible_id: int | None
    planned: Money | None
    fund_codes: tuple[str, ...]
    needs_consent: bool
    """Whether some part of the planned money asks for the giver's consent."""
    parent: Text | None
    is_programme: bool
    """Whether it is over other projects and no work of its own."""

    @property
    def step(self) -> Step | None:
        """The last step, or None."""
        return STEPS.get(self.state)

    @property
    def is_open(self) -> bool:
        """Whether everybody may see it."""
        return is_open_to_public(self.state)


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryFilter:
    """Which projects are asked for; a part left out means all."""

    pairing_ids: tuple[int, ...]
    state: str | None = None
    """A code of STEPS; `listed` for projects that were never proposed."""
    year: int | None = None
    use: str | None = None
    fund_code: str | None = None
    place_code: str | None = None
    """The place or one inside it."""
    own_of: int | None = None
    """Only projects this organisation is responsible for."""
    is_open: bool = False
    """Only what everybody may see."""


def library(wanted: LibraryFilter) -> list[LibraryRow]:
    """The projects that match, by code, in a fixed number of queries."""
    found = Project.objects.filter(pairing_id__in=wanted.pairing_ids).select_related("pairing", "parent")
    projects = list(found.order_by("code", "pairing__code"))
    ids = [project.pk for project in projects]
    versions, histories = newest_versions(ids), histories_of(ids)
    parents = {project.parent_id for project in projects}
    asked = asked_funds({project.pairing_id for project in projects})
    rows = (
        _library_row(
            one,
            versions.get(one.pk),
            histories.get(one.pk, []),
            is_programme=one.pk in parents,
            asked=asked.get(one.pairing_id, frozenset()),
        )
        for one in projects
    )
    return [row for row in rows if _is_wanted(row, wanted)]


def _library_row(
    project: Project,
    version: ProjectVersion | None,
    history: Sequence[StepFacts],
    *,
    is_programme: bool,
    asked: Collection[str],
) -> LibraryRow:
    steps = standing_steps(history)
    state = steps[-1].step if steps else ""
    fields = fields_of(version, asked) if version else None
    place, responsible = (version.place, version.responsible) if version else (None, None)
    return LibraryRow(
        id=project.pk,
        pairing_code=project.pairing.code,
        code=project.code,
        name=Text(project.name_zh, project.name_en),
        state=state,
        state_on=steps[-1].on if steps else None,
        state_place=list(STEPS).index(state) if state else -1,
        year=fields.year if fields else None,
        use=USES.get(fields.use) if fields else None,
        place=Text(place.name_zh, place.name_en) if place else None,
        place_lineage=place.lineage if place else "",
        responsible=Text(responsible.name_zh, responsible.name_en) if responsible else None,
        responsible_id=version.responsible_id if version else None,
        planned=fields.planned if fields and fields.funding else None,
        fund_codes=tuple(line.fund_code for line in fields.funding if line.fund_code) if fields else (),
        needs_consent=fields.needs_consent if fields else False,
        parent=Text(project.parent.name_zh, project.parent.name_en) if project.parent else None,
        is_programme=is_programme,
    )


def _is_wanted(row: LibraryRow, wanted: LibraryFilter) -> bool:
    state = None if wanted.state is None else "" if wanted.state == "listed" else wanted.state
    return (
        state in (None, row.state)
        and wanted.year in (None, row.year)
        and (wanted.use is None or (row.use is not None and row.use.code == wanted.use))
        and (wanted.fund_code is None or wanted.fund_code in row.fund_codes)
        and (wanted.place_code is None or f"/{wanted.place_code}/" in row.place_lineage)
        and wanted.own_of in (None, row.responsible_id)
        and (row.is_open or not wanted.is_open)
    )


@dataclass(frozen=True, slots=True)
class ProjectKey:
    """How a project is found: its id and its pairing, and who answers for it."""

    id: int
    pairing_id: int
    pairing_code: str
    code: str
    name: Text
    responsible_id: int | None

    @property
    def organisation_ids(self) -> frozenset[int]:
        """The organisations that have a part in it."""
        return frozenset() if self.responsible_id is None else frozenset({self.responsible_id})


def project_of_code(pairing_id: int, code: str) -> ProjectKey | None:
    """The project of a pairing with this code, or None."""
    return next(iter(_keys(Project.objects.filter(pairing_id=pairing_id, code=code))), None)


def project_of_id(project_id: int) -> ProjectKey | None:
    """The project with this id, or None."""
    return next(iter(_keys(Project.objects.filter(pk=project_id))), None)


def _keys(projects: QuerySet[Project]) -> list[ProjectKey]:
    found = list(projects.select_related("pairing"))
    versions = newest_versions(project.pk for project in found)
    return [
        ProjectKey(
            id=project.pk,
            pairing_id=project.pairing_id,
            pairing_code=project.pairing.code,
            code=project.code,
            name=Text(project.name_zh, project.name_en),
            responsible_id=versions[project.pk].responsible_id if project.pk in versions else None,
        )
        for project in found
    ]


def projects_with_paper(digest: str) -> list[ProjectKey]:
    """The projects a paper is attached to by one of their steps; who may see one of them may see the paper."""
    ids = StepPaper.objects.filter(evidence_id=digest).values_list("step__project_id", flat=True)
    return _keys(Project.objects.filter(pk__in=list(ids)))


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice: what hung where, from when to when, with the money as it was published."""

    id: int
    project_id: int
    sort: str
    text: str
    boards: tuple[str, ...]
    where: str
    first_on: date
    last_on: date
    reason: str
    planned: Money
    spent: Money
    posted_for: Text

    @property
    def label(self) -> Text:
        """Prior notice or announcement."""
        return NOTICE_SORTS[self.sort]

    @property
    def board_labels(self) -> list[Text]:
        """The boards it hangs on, in words."""
        return [BOARDS[board] for board in self.boards]

    @property
    def days(self) -> int:
        """How many days it hangs, both counted."""
        return (self.last_on - self.first_on).days + 1


def notice_of(notice_id: int) -> NoticeRow | None:
    """The notice with this id, or None."""
    return next(iter(_notices(Notice.objects.filter(pk=notice_id))), None)


def notices_of(project_ids: Iterable[int]) -> list[NoticeRow]:
    """The notices of these projects, oldest first."""
    return _notices(Notice.objects.filter(project_id__in=list(project_ids)))


def _notices(rows: QuerySet[Notice]) -> list[NoticeRow]:
    return [
        NoticeRow(
            id=row.pk,
            project_id=row.project_id,
            sort=row.sort,
            text=row.text,
            boards=tuple(filter(None, row.boards.split(","))),
            where=row.where,
            first_on=row.first_on,
            last_on=row.last_on,
            reason=row.reason,
            planned=Money(row.planned_minor, row.currency),
            spent=Money(row.spent_minor, row.currency),
            posted_for=Text(row.recorded_for.name_zh, row.recorded_for.name_en),
        )
        for row in rows.select_related("recorded_for").order_by("first_on", "id")
    ]
