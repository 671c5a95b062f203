"""What is told of the months of a programme: those to close, those that wait for their turn, the closed ones."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from pairbook.kernel import clock
from pairbook.kernel.access import SIDES, Side
from pairbook.kernel.periods import Period, next_month
from pairbook.kernel.problems import Problem
from pairbook.kernel.texts import Text
from pairbook.register.closings.statements import MonthStatement
from pairbook.register.months import list_of_months, period_of


@dataclass(frozen=True, slots=True)
class MonthStanding:
    """How far a programme is closed."""

    is_programme: bool
    """False for a pairing below another, which is closed with that one."""
    due: date | None
    """The month whose turn it is; None where nothing is recorded."""
    open_from: date | None
    """The first open day; None where no month is closed."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A side's signature under a month."""

    side: Side
    at: datetime
    by: str
    signed_for: Text


@dataclass(frozen=True, slots=True)
class OpenKind:
    """The entries of one kind in an open month, and what of them is not settled."""

    code: str
    label: Text
    entries: int
    one_sided: int
    disputed: int
    without_papers: int
    """Of those whose stage expects papers."""


@dataclass(frozen=True, slots=True)
class WaitingMonth:
    """A month whose turn comes later: how many entries it has, and how many of them are not signed by both sides."""

    days: Period
    entries: int
    unsigned: int


@dataclass(frozen=True, slots=True)
class OpenMonth:
    """A month to close: what stands in it, what is not settled, who signed it as it stands now."""

    month: date
    statement: MonthStatement
    signatures: tuple[Signature, ...]
    lapsed: tuple[Signature, ...]
    """Signatures under what stood there before something was recorded; they hold no more."""
    kinds: tuple["OpenKind", ...]
    """What each kind has in it, and what of that is not settled. It may be closed all the same: it is only told."""
    entries: int
    """How many entries are of its own days; the statement counts with the differences of corrections."""
    corrections: int
    """How many entries of closed months were corrected or withdrawn in it."""

    @property
    def days(self) -> Period:
        """Its days."""
        return period_of(self.month)

    @property
    def one_sided(self) -> int:
        """How many entries are signed by one side only."""
        return sum(one.one_sided for one in self.kinds)

    @property
    def disputed(self) -> int:
        """How many entries are disputed."""
        return sum(one.disputed for one in self.kinds)

    @property
    def without_papers(self) -> int:
        """How many entries lack papers their stage expects."""
        return sum(one.without_papers for one in self.kinds)

    @property
    def awaited(self) -> tuple[Side, ...]:
        """The sides that have not signed what stands there now."""
        return tuple(side for side in SIDES if side not in {one.side for one in self.signatures})


@dataclass(frozen=True, slots=True)
class MonthsToSign:
    """Months that one act signs, oldest first: the one whose turn it is and perhaps those after it."""

    months: tuple[OpenMonth, ...]
    reasons: tuple[Problem, ...]
    """What keeps them from being signed now, month by month; one that may not keeps all from it."""

    @property
    def first(self) -> OpenMonth:
        """The month whose turn it is."""
        return self.months[0]

    @property
    def last(self) -> OpenMonth:
        """The month up to which is signed."""
        return self.months[-1]

    @property
    def statements(self) -> dict[date, str]:
        """The digest of the statement of each month."""
        return {one.month: one.statement.sha256 for one in self.months}

    @property
    def sha256(self) -> str:
        """The digest of what is signed: of the one statement, or of the list of them."""
        if len(self.months) == 1:
            return self.first.statement.sha256
        return sha256(list_of_months(self.statements).encode()).hexdigest()

    @property
    def entries(self) -> int:
        """How many entries are of their own days."""
        return sum(one.entries for one in self.months)

    @property
    def corrections(self) -> int:
        """How many entries of closed months were corrected or withdrawn in them."""
        return sum(one.corrections for one in self.months)

    @property
    def one_sided(self) -> int:
        """How many entries are signed by one side only."""
        return sum(one.one_sided for one in self.months)

    @property
    def disputed(self) -> int:
        """How many entries are disputed."""
        return sum(one.disputed for one in self.months)

    @property
    def without_papers(self) -> int:
        """How many entries lack papers their stage expects."""
        return sum(one.without_papers for one in self.months)

    def await_side(self, side: Side | None) -> bool:
        """Whether a side has not signed one of them as it stands now."""
        return any(side in one.awaited for one in self.months)


@dataclass(frozen=True, slots=True)
class ClosedMonth:
    """A closed month: when, what stood in it, who signed, and what was corrected since."""

    month: date
    entries: int
    closed_at: datetime
    statement_sha256: str
    signatures: tuple[Signature, ...]
    corrected: int
    """How many of its entries were corrected or withdrawn since; that counts in later months."""

    @property
    def both_signatures(self) -> list[Signature]:
        """The signatures that closed it, the assisting side's first."""
        return [next(one for one in self.signatures if one.side == side) for side in SIDES]

    @property
    def days(self) -> Period:
        """Its days."""
        return period_of(self.month)


@dataclass(frozen=True, slots=True)
class MonthsOfBook:
    """The months of a programme: closed ones newest first, the one whose turn it is, and what comes after it."""

    standing: MonthStanding
    due: MonthsToSign | None
    """The month whose turn it is, alone."""
    waiting: tuple[WaitingMonth, ...]
    """The months after it that have entries, oldest first."""
    closed: tuple[ClosedMonth, ...]

    @property
    def signable(self) -> tuple[date, ...]:
        """The months up to which may be signed at once: those that are over."""
        if self.due is None:
            return ()
        months = (self.due.first.month, *(one.days.start for one in self.waiting))
        return tuple(month for month in months if next_month(month) <= clock.today())
