"""Closed months: when a month may be closed, what it lets in, and where a correction of it counts.

Plain values in, answers or problems out. A closed month keeps reading as it was closed: a correction of one of its
entries counts from the first day of the first open month (decision 13).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pairbook.kernel.access import Side
from pairbook.kernel.periods import Period, next_month
from pairbook.kernel.problems import Problem
from pairbook.kernel.texts import Text
from pairbook.register.shapes import COLUMNS

MONTH = Text("月份", "Month")


def month_text(month: date) -> str:
    """A month as it is written: 2020-03."""
    return f"{month.year}-{month.month:02}"


def period_of(month: date) -> Period:
    """All days of a month."""
    return Period(month, next_month(month))


def check_day_open(
    day: date | None, *, open_from: date | None, replaced_on: date | None = None
) -> list[Problem]:
    """What keeps an entry from being dated on a day: a closed month takes none.

    `open_from` is the first open day, None where no month was closed. An entry of a closed month may be corrected
    (`replaced_on` is its day) and keeps its day: what follows it stays in order, and only the difference counts anew.
    """
    if day is None or open_from is None:
        return []
    if replaced_on is not None and replaced_on < open_from:
        if day == replaced_on:
            return []
        cure = Text(
            f"这条记录所在的 {month_text(replaced_on)} 已结账，日期不能更改。日期确实有误的，"
            f"请撤回，再记入未结账的月份（{open_from} 起）。",
            f"Its month {month_text(replaced_on)} is closed, so its day stays. If the day is wrong, withdraw it and "
            f"record it anew in an open month (from {open_from} on).",
        )
        return [Problem("entry.closed_day", COLUMNS["happened_on"], cure, value=str(day))]
    if day >= open_from:
        return []
    cure = Text(
        f"{month_text(day)} 已结账，不再记入。请记在未结账的月份（{open_from} 起），在备注里写明实际日期；"
        "更正已结账月份的记录，请打开那条记录办理更正。",
        f"{month_text(day)} is closed and takes no more entries. Date it in an open month (from {open_from} on) and "
        "give the real day in the note; to correct an entry of the closed month, open that entry and correct it.",
    )
    return [Problem("entry.closed", COLUMNS["happened_on"], cure, value=str(day))]


def counting_day(replaced_on: date, *, open_from: date | None) -> date | None:
    """The day on which a correction counts, where that is not its own: the first open day, for a closed month.

    It is the first open day and not the day of the correction: whatever can still be recorded is dated on it or
    later, so on no day more is taken from an entry than it counted that day.
    """
    return open_from if open_from is not None and replaced_on < open_from else None


@dataclass(frozen=True, slots=True)
class SignedBy:
    """A signature under a month: the side, the person, and the statement signed."""

    side: Side
    user_id: int
    statement_sha256: str


def check_closing(
    month: date, *, due: date | None, open_from: date | None, today: date, is_programme: bool = True
) -> list[Problem]:
    """What keeps a month from being signed; empty means that each side may.

    Months with entries are closed in their order: `due` is the one whose turn it is, None in an empty book.
    """
    said = month_text(month)
    if not is_programme:
        cure = Text(
            "下级结对随上级结对一起结账，请在上级结对办理。",
            "It is closed together with the pairing above it; sign there.",
        )
        return [Problem("closing.programme", MONTH, cure, value=said)]
    if open_from is not None and month < open_from:
        cure = Text("这个月已经结账。", "This month is closed already.")
        return [Problem("closing.closed", MONTH, cure, value=said)]
    problems = []
    if due is None or month < due:
        cure = Text("账上还没有可结的记录。", "There is nothing in the book to close yet.")
        problems.append(Problem("closing.nothing", MONTH, cure, value=said))
    elif month > due:
        cure = Text(f"请先结 {month_text(due)}。", f"Close {month_text(due)} first.")
        problems.append(Problem("closing.earlier_open", MONTH, cure, value=said))
    if today < next_month(month):
        cure = Text("这个月还没有过完。", "This month is not over yet.")
        problems.append(Problem("closing.not_over", MONTH, cure, value=said))
    return problems


def check_closings(
    months: Sequence[date],
    *,
    due: date | None,
    open_from: date | None,
    today: date,
    is_programme: bool = True,
) -> list[Problem]:
    """What keeps these months, oldest first, from being signed at once; each may come after the one before it."""
    # A pairing below another is told so once.
    told = months if is_programme else months[:1]
    return [
        problem
        for place, month in enumerate(told)
        for problem in check_closing(
            month,
            due=due if place == 0 else month,
            open_from=open_from,
            today=today,
            is_programme=is_programme,
        )
    ]


def list_of_months(statements: Mapping[date, str]) -> str:
    """What is signed when several months are signed at once: a line for each, with the digest of its statement."""
    return "".join(f"{month_text(month)} {statements[month]}\n" for month in sorted(statements))


def month_due(*, first: date | None, open_from: date | None) -> date | None:
    """The month whose turn it is: the first open one with entries (`first`), else the first open one; None of neither.

    Months without an entry are closed along with the next that has some, so nobody signs for nothing.
    """
    return first or open_from


def is_complete(signed: Iterable[SignedBy], statement_sha256: str) -> bool:
    """Whether both sides signed this statement, by two people."""
    holding = [one for one in signed if one.statement_sha256 == statement_sha256]
    return any(
        one.side != other.side and one.user_id != other.user_id for one in holding for other in holding
    )
