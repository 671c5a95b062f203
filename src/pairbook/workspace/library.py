"""What the workspace asks of the project library and the register together: the money of projects, what is theirs.

Knows no kind by name: what was spent on a project the register answers, whatever kind of entry spent it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pairbook.kernel.money import Money, sum_money
from pairbook.kernel.texts import Text
from pairbook.projects.reads import LibraryFilter, LibraryRow, library
from pairbook.projects.shapes import STEPS
from pairbook.register.tracing import spent_by_project


@dataclass(frozen=True, slots=True)
class ListedProject:
    """A project of the list with what was spent on it."""

    row: LibraryRow
    spent: Money | None


@dataclass(frozen=True, slots=True)
class LibraryPage:
    """The projects that match, how many stand where, and what they come to."""

    projects: tuple[ListedProject, ...]
    counts: tuple[tuple[str, Text, int], ...]
    """By state: its code, its words, how many."""

    @property
    def planned(self) -> Money:
        """The planned money of the projects listed."""
        return sum_money(one.row.planned for one in self.projects if one.row.planned)

    @property
    def spent(self) -> Money:
        """What was spent on the projects listed."""
        return sum_money(one.spent for one in self.projects if one.spent)


def library_page(wanted: LibraryFilter) -> LibraryPage:
    """The library as its page shows it; the counts are of all projects, whatever step is filtered."""
    spent = spent_by_project(wanted.pairing_ids)
    rows = [row for row in library(wanted) if not row.is_programme]
    return LibraryPage(
        projects=tuple(ListedProject(row, spent.get(row.id)) for row in rows),
        counts=_counts(wanted),
    )


def _counts(wanted: LibraryFilter) -> tuple[tuple[str, Text, int], ...]:
    every = library(LibraryFilter(pairing_ids=wanted.pairing_ids, own_of=wanted.own_of))
    found = Counter(row.state for row in every if not row.is_programme)
    known = [(code, step.label, found[code]) for code, step in STEPS.items() if found[code]]
    listed = Text("仅列名", "listed only")
    return (*known, *([("listed", listed, found[""])] if found[""] else []))


def years_of(pairing_ids: Sequence[int]) -> list[int]:
    """The years projects are planned for, newest first."""
    rows = library(LibraryFilter(pairing_ids=tuple(pairing_ids)))
    return sorted({row.year for row in rows if row.year}, reverse=True)


def awaiting(pairing_ids: Sequence[int], side: str | None) -> list[LibraryRow]:
    """The projects whose next step is this side's to decide: consent of the assisting, everything else to the library.

    What is in the library waits for its work and not for an office, so it is not listed.
    """
    rows = library(LibraryFilter(pairing_ids=tuple(pairing_ids)))
    if side == "assisting":
        return [row for row in rows if row.state == "checked" and row.needs_consent]
    return [
        row
        for row in rows
        if row.state in ("proposed", "consented", "approved")
        or (row.state == "checked" and not row.needs_consent)
    ]
