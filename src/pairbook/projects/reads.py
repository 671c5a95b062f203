"""Questions on projects."""

from dataclasses import dataclass

from pairbook.kernel.texts import Text
from pairbook.projects.models import Project


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A project as lists show it."""

    id: int
    code: str
    name: Text


def projects_of(pairing_id: int) -> list[ProjectRow]:
    """The projects of a pairing, by code."""
    rows = Project.objects.filter(pairing_id=pairing_id).order_by("code")
    return [ProjectRow(row.pk, row.code, Text(row.name_zh, row.name_en)) for row in rows]
