"""What the public sees of the project library, with the money of projects as the register knows it.

Knows no kind by name: what was spent on a project the register answers, whatever kind of entry spent it.
"""

from dataclasses import dataclass

from pairbook.indicators.discretion import Discretion
from pairbook.indicators.reads import scope_of
from pairbook.kernel import clock
from pairbook.kernel.money import Money, sum_money
from pairbook.pairings.reads import PairingRow, family_ids
from pairbook.projects.opening import ProjectOpened, open_project
from pairbook.projects.reads import (
    LibraryFilter,
    LibraryRow,
    NoticeRow,
    library,
    notice_of,
    project_of_code,
    project_of_id,
)
from pairbook.projects.rules import is_open_to_public
from pairbook.register.project_money import FundMoney, money_by_fund
from pairbook.register.reads import AlikeSum, EntryFilter, alike_sums
from pairbook.register.tracing import spent_by_project


@dataclass(frozen=True, slots=True)
class PublicProject:
    """A project of the list with what was spent on it."""

    row: LibraryRow
    spent: Money | None


@dataclass(frozen=True, slots=True)
class PublicLibrary:
    """The projects everybody may see, of one year or of all."""

    projects: tuple[PublicProject, ...]
    years: tuple[int, ...]

    @property
    def planned(self) -> Money:
        """The planned money of the projects listed."""
        return sum_money(one.row.planned for one in self.projects if one.row.planned)

    @property
    def spent(self) -> Money:
        """What was spent on the projects listed."""
        return sum_money(one.spent for one in self.projects if one.spent)


def public_library(pairing: PairingRow, year: int | None) -> PublicLibrary:
    """The projects of a programme, programmes over others left out."""
    family = tuple(family_ids(pairing.id))
    rows = [row for row in library(LibraryFilter(pairing_ids=family, is_open=True)) if not row.is_programme]
    spent = spent_by_project(family)
    return PublicLibrary(
        projects=tuple(PublicProject(row, spent.get(row.id)) for row in rows if year in (None, row.year)),
        years=tuple(sorted({row.year for row in rows if row.year}, reverse=True)),
    )


@dataclass(frozen=True, slots=True)
class PublicPage:
    """A project as the public sees it, with its money by kind and stage."""

    opened: ProjectOpened
    sums: tuple[AlikeSum, ...]
    spent: Money | None
    funds: tuple[FundMoney, ...]
    """Its money fund by fund, plan beside book."""


def public_project(pairing: PairingRow, code: str) -> PublicPage | None:
    """A project of a pairing, or None where there is none or it is not open to everybody yet."""
    key = project_of_code(pairing.id, code)
    if key is None:
        return None
    opened = open_project(key.id)
    if not is_open_to_public(opened.state):
        return None
    family = tuple(family_ids(pairing.id))
    # Entries of people may stand on a project too: what the public may not see of them is taken out.
    eye = Discretion(scope_of(pairing.code))
    sums = tuple(eye.sum(one) for one in alike_sums(EntryFilter(pairing_ids=family, project_id=key.id)))
    planned = opened.version.fields.funding if opened.version else ()
    funds = tuple(money_by_fund(key.id, family, planned))
    return PublicPage(opened, sums, spent_by_project(family).get(key.id), funds)


@dataclass(frozen=True, slots=True)
class PublicNotice:
    """A notice with its project, and the project's money as the book has it now."""

    notice: NoticeRow
    opened: ProjectOpened
    spent_now: Money
    is_project_open: bool

    @property
    def has_moved_on(self) -> bool:
        """Whether the book says something else today than the notice did."""
        planned = self.opened.planned or Money(0)
        return (planned, self.spent_now) != (self.notice.planned, self.notice.spent)


def public_notice(pairing: PairingRow, notice_id: int) -> PublicNotice | None:
    """A notice of a pairing that hangs on the portal, or whose project is open to everybody; else None."""
    notice = notice_of(notice_id)
    key = project_of_id(notice.project_id) if notice else None
    if notice is None or key is None or key.pairing_id != pairing.id or notice.first_on > clock.today():
        return None
    opened = open_project(key.id)
    is_open = is_open_to_public(opened.state)
    if "portal" not in notice.boards and not is_open:
        return None
    spent = spent_by_project(family_ids(pairing.id)).get(key.id, Money(0))
    return PublicNotice(notice, opened, spent, is_open)
