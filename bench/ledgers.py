"""The money movements of a book as journals that hledger and beancount load: the same accounts, days and amounts.

Neither knows what an entry takes from. So that they can be asked what came of an allocation too, each movement carries
its number: as a code in hledger, as a link in beancount.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db.models.functions import Coalesce

from pairbook.kernel.money import Money
from pairbook.register.accounts import AccountKey, movements
from pairbook.register.known import facts_of_row, money_kinds, moves_of_money
from pairbook.register.models import Entry


@dataclass(frozen=True, slots=True)
class Movement:
    """What one entry moves: from which account to which, how much, and out of which allocation."""

    entry: int
    day: str
    source: str
    target: str
    yuan: str
    allocation: int


def write_journals(hledger: Path, beancount: Path) -> int:
    """How many movements were written, in the order of their days, to a journal of each sort."""
    accounts: dict[str, None] = {}
    count = 0
    with hledger.open("w", encoding="utf-8") as plain, beancount.open("w", encoding="utf-8") as strict:
        for one in money_movements():
            accounts[one.source] = accounts[one.target] = None
            legs = f"  {one.target}  {one.yuan} CNY\n  {one.source}  -{one.yuan} CNY\n\n"
            plain.write(f"{one.day} (a{one.allocation}) e{one.entry}\n{legs}")
            strict.write(f'{one.day} * "e{one.entry}" ^a{one.allocation}\n{legs}')
            count += 1
        # Beancount sorts what it reads by day, so its accounts may be opened below.
        strict.writelines(f"2019-01-01 open {account} CNY\n" for account in accounts)
    return count


def money_movements() -> Iterator[Movement]:
    """Every movement of money the book's current entries make."""
    moves = moves_of_money()
    allocation_of: dict[int, int] = {}
    entries = Entry.objects.filter(kind__in=money_kinds()).current()
    # A corrected entry stands where its first version stood, before what follows it.
    rows = entries.order_by("happened_on", Coalesce("root_id", "id"))
    for row in rows.iterator(chunk_size=5000):
        made = movements(facts_of_row(row), move=moves[row.kind, row.stage], carries="money")
        if not made:
            continue
        # A promise moves nothing, so what comes first is the allocation.
        allocation = allocation_of.get(row.follows_id or 0, row.pk)
        allocation_of[row.root_id or row.pk] = allocation
        (source, _), (target, minor) = made
        yield Movement(
            entry=row.pk,
            day=str(row.happened_on),
            source=_account(source),
            target=_account(target),
            yuan=f"{Money(minor).amount:.2f}",
            allocation=allocation,
        )


def _account(key: AccountKey) -> str:
    """An account as both programs name one; what enters the book from outside is equity."""
    root = "Equity" if key.standing == "outside" else "Assets"
    standing = key.standing.capitalize()
    return f"{root}:P{key.pairing_id}:{standing}:G{key.party_id}:F{key.fund_id}:J{key.project_id}"
