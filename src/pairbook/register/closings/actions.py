"""Signing the months of a programme, one or several at once, and closing those that both sides signed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import takewhile

from django.db import transaction

from pairbook.kernel import clock
from pairbook.kernel.access import SIDES, Actor, may, must
from pairbook.kernel.actions import write_audit
from pairbook.kernel.problems import Problem, Refusal, Rejected
from pairbook.kernel.texts import Text
from pairbook.pairings.reads import family_ids, standing_in
from pairbook.register.closings.reads import month_standing, open_months
from pairbook.register.closings.statements import MonthStatement, month_statements
from pairbook.register.ledger import hold_months
from pairbook.register.models import Closing, MonthSignature
from pairbook.register.months import (
    MONTH,
    SignedBy,
    check_closings,
    is_complete,
    list_of_months,
    month_text,
)


@dataclass(frozen=True, slots=True)
class SignedMonths:
    """What came of signing: the months this act signed, and those that are closed by it, oldest first."""

    signed: tuple[date, ...]
    closed: tuple[date, ...]


@transaction.atomic
def sign_months(pairing_id: int, shown: Mapping[date, str], *, by: Actor) -> SignedMonths:
    """Sign the month whose turn it is and those after it, each by the digest of its statement as it was shown.

    All of them or none: was something recorded in one meanwhile, or is one not over, nothing is signed and every such
    month is named. Those this side signed already stay signed. A month is closed when both sides signed what stands
    in it and all before it are closed, so a signature may close later months that both sides had signed ahead.
    """
    standing = standing_in(pairing_id, by)
    must(may(standing, "month.sign"), "month.sign")
    assert standing is not None and standing.side is not None and standing.organisation_id is not None
    assert by.user_id is not None and shown, "only officers sign, and something"
    # First the programme, so that no pairing is opened below it meanwhile; then what is below it.
    hold_months([pairing_id], closing=True)
    family = family_ids(pairing_id)
    hold_months(family, closing=True)
    held, asked = month_standing(pairing_id), sorted(shown)
    problems = check_closings(
        asked,
        due=held.due,
        open_from=held.open_from,
        today=clock.today(),
        is_programme=held.is_programme,
    )
    if problems:
        raise Rejected(problems)
    months = open_months(family, held)
    signed = _signatures_by_month(pairing_id, months)
    listed = [month for month in months if month <= asked[-1]]
    # Of those after them only what may be closed by this act: statements read the entries of their months.
    ahead = takewhile(lambda month: _is_signed_twice(signed[month]), months[len(listed) :])
    statements = month_statements(family, [*listed, *ahead])
    problems = list(_changed_months({*listed, *asked}, statements, shown))
    mine = {month: SignedBy(standing.side, by.user_id, statements[month].sha256) for month in listed}
    new = [month for month in listed if not _is_signed_by_side(mine[month], signed[month])]
    problems += [_own_signature(month) for month in new if _signed_for_other_side(mine[month], signed[month])]
    if problems:
        raise Rejected(problems)
    if not new:
        raise Refusal("closing.signed", _SIGNED)
    together = sha256(list_of_months(shown).encode()).hexdigest() if len(shown) > 1 else None
    for month in new:
        _sign(pairing_id, mine[month], month, statements[month], standing.organisation_id, together)
        signed[month].append(mine[month])
    return SignedMonths(tuple(new), _close_signed(pairing_id, statements, signed, by.user_id))


def _signatures_by_month(pairing_id: int, months: Iterable[date]) -> dict[date, list[SignedBy]]:
    signed: dict[date, list[SignedBy]] = {month: [] for month in months}
    rows = MonthSignature.objects.filter(pairing_id=pairing_id, month__in=list(signed))
    for month, side, user_id, digest in rows.values_list("month", "side", "signed_by_id", "statement_sha256"):
        signed[month].append(SignedBy("assisting" if side == "assisting" else "assisted", user_id, digest))
    return signed


def _is_signed_twice(signed: Iterable[SignedBy]) -> bool:
    return {one.side for one in signed} == set(SIDES)


def _changed_months(
    months: Iterable[date], statements: Mapping[date, MonthStatement], shown: Mapping[date, str]
) -> Iterator[Problem]:
    for month in sorted(months):
        # It may hold something now and have held nothing when the page was shown, or the other way round.
        if month not in statements or statements[month].sha256 != shown.get(month):
            yield Problem("closing.changed", MONTH, _CHANGED, value=month_text(month))


_CHANGED = Text(
    "打开页面以后，这个月的账又有变动；请重新核对后再签认。",
    "The book changed for this month since the page was opened; look at it again, then sign.",
)
_SIGNED = Text(
    "本方已经签认，等待对方签认。",
    "Your side signed already; the other side's signature is awaited.",
)


def _is_signed_by_side(mine: SignedBy, signed: Iterable[SignedBy]) -> bool:
    return any(one.side == mine.side and one.statement_sha256 == mine.statement_sha256 for one in signed)


def _signed_for_other_side(mine: SignedBy, signed: Iterable[SignedBy]) -> bool:
    """Whether the same person signed for the other side: somebody whose post has moved since."""
    return any(
        one.user_id == mine.user_id and one.statement_sha256 == mine.statement_sha256 for one in signed
    )


def _own_signature(month: date) -> Problem:
    cure = Text(
        "您已代表对方签认过这个月；本方须由他人签认。",
        "You signed this month for the other side; somebody else signs for this one.",
    )
    return Problem("closing.own_signature", MONTH, cure, value=month_text(month))


def _sign(
    pairing_id: int,
    mine: SignedBy,
    month: date,
    statement: MonthStatement,
    organisation_id: int,
    together: str | None,
) -> None:
    MonthSignature.objects.create(
        pairing_id=pairing_id,
        month=month,
        side=mine.side,
        statement=statement.text,
        statement_sha256=statement.sha256,
        signed_at=clock.now(),
        signed_by_id=mine.user_id,
        signed_for_id=organisation_id,
    )
    body = {"month": month_text(month), "side": mine.side, "statement": statement.sha256}
    if together is not None:
        body["list"] = together
    write_audit("month.sign", f"pairing:{pairing_id}", body, by=mine.user_id)


def _close_signed(
    pairing_id: int,
    statements: Mapping[date, MonthStatement],
    signed: Mapping[date, Sequence[SignedBy]],
    user_id: int,
) -> tuple[date, ...]:
    """Close the months both sides signed as they stand, oldest first, up to the first they did not."""
    closed: list[date] = []
    for month, statement in statements.items():
        if not is_complete(signed[month], statement.sha256):
            break
        Closing.objects.create(
            pairing_id=pairing_id,
            month=month,
            entries=statement.entries,
            statement=statement.text,
            statement_sha256=statement.sha256,
            closed_at=clock.now(),
        )
        body = {"month": month_text(month), "entries": statement.entries, "statement": statement.sha256}
        write_audit("month.close", f"pairing:{pairing_id}", body, by=user_id)
        closed.append(month)
    return tuple(closed)
