"""What kinds say of the book: patterns auditors look for, and what is to be done by a day. Knows no kind by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pairbook.kernel.access import Side
from pairbook.kernel.kinds import Kind, kinds_offering
from pairbook.kernel.texts import Text
from pairbook.pairings.reads import pairings_known
from pairbook.pairings.rules import side_of
from pairbook.register.people import open_points
from pairbook.register.reads import EntryFilter, EntryRow, entry_rows
from pairbook.workspace.rules import Check, Checks, Dues

AHEAD = timedelta(days=31)
FINDINGS_SHOWN = 50
_SEVERITIES = ("serious", "attention")


@dataclass(frozen=True, slots=True)
class Found:
    """What one check found: how many entries, and the first of them with what is strange in each."""

    kind: Kind
    check: Check
    count: int
    shown: tuple[tuple[EntryRow, Text], ...]


@dataclass(frozen=True, slots=True)
class Quality:
    """Everything the checks found, the serious first, and the checks that found nothing."""

    found: tuple[Found, ...]
    quiet: tuple[tuple[Kind, Check], ...]

    @property
    def serious(self) -> int:
        """How many serious findings there are."""
        return sum(one.count for one in self.found if one.check.severity == "serious")

    @property
    def attention(self) -> int:
        """How many findings want a look."""
        return sum(one.count for one in self.found if one.check.severity == "attention")


def quality_of(pairing_ids: Sequence[int]) -> Quality:
    """What the checks of every kind find among the entries of these pairings."""
    found, quiet = list[Found](), list[tuple[Kind, Check]]()
    for kind, offered in kinds_offering(Checks):
        for check in offered.checks:
            findings = check.find(pairing_ids)
            if not findings:
                quiet.append((kind, check))
                continue
            said = {one.entry_id: one.said for one in findings[:FINDINGS_SHOWN]}
            rows = entry_rows(
                EntryFilter(pairing_ids=tuple(pairing_ids), ids=tuple(said)), limit=FINDINGS_SHOWN
            )
            found.append(Found(kind, check, len(findings), tuple((row, said[row.id]) for row in rows)))
    found.sort(key=lambda one: _SEVERITIES.index(one.check.severity))
    return Quality(tuple(found), tuple(quiet))


@dataclass(frozen=True, slots=True)
class ToDo:
    """Something to be done by a day: what, whose task, and about which entry."""

    due_on: date
    said: Text
    owner: Text
    side: Side | None
    pairing_code: str
    entry_id: int
    is_overdue: bool


def to_do(
    pairing_ids: Sequence[int], today: date, *, side: str | None = None, own_of: int | None = None
) -> list[ToDo]:
    """What is overdue or due within a month, the oldest first: what kinds say, and points of meetings.

    Of one side, where `side` names it; of one organisation only its own points, where `own_of` does.
    """
    found: list[tuple[date, Text, Text, Side | None, int]] = []
    if own_of is None:
        for _, offered in kinds_offering(Dues):
            found += [
                (due.due_on, due.said, due.owner, due.side, due.entry_id)
                for due in offered.find(pairing_ids, today)
            ]
    for point in open_points(pairing_ids, until=today + AHEAD):
        if own_of in (None, point.owner_id):
            owner_side = _side_of_owner(pairing_ids[0], point.owner_id)
            said = Text(point.text, point.text)
            found.append((point.due_on, said, point.owner, owner_side, point.entry_id))
    wanted = [one for one in found if side is None or one[3] in (None, side)]
    rows = _rows_of({entry_id for *_, entry_id in wanted}, pairing_ids)
    return sorted(
        (
            ToDo(
                due_on=due_on,
                said=said,
                owner=owner,
                side=owner_side,
                pairing_code=rows[entry_id].pairing_code,
                entry_id=entry_id,
                is_overdue=due_on < today,
            )
            for due_on, said, owner, owner_side, entry_id in wanted
            if entry_id in rows
        ),
        key=lambda one: (one.due_on, one.entry_id),
    )


def _rows_of(entry_ids: set[int], pairing_ids: Sequence[int]) -> dict[int, EntryRow]:
    wanted = EntryFilter(pairing_ids=tuple(pairing_ids), ids=tuple(entry_ids))
    return {row.id: row for row in entry_rows(wanted, limit=len(entry_ids) or 1)}


def _side_of_owner(pairing_id: int, owner_id: int) -> Side | None:
    pairings, parties = pairings_known([pairing_id], party_ids=[owner_id])
    return side_of(parties[owner_id], pairings[pairing_id])
