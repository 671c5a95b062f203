"""Questions on projects."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from pairbook.kernel.texts import Text
from pairbook.projects.models import Project


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A project as lists show it."""

    id: int
    code: str
    name: Text
    parent_id: int | None = None
    started_on: date | None = None


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
