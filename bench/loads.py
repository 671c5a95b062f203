"""What the loading measures load: drafts an office could bring, the bare rows they become, and their movements.

Every draft moves something between two accounts, so that a peer which knows only movements can load the same.
"""

import csv
import random
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from bench.book import LAST_DAY, SEED
from pairbook.kernel.access import Actor
from pairbook.kernel.models import User
from pairbook.kernel.money import Money
from pairbook.kernel.quantities import Quantity
from pairbook.parties.models import Party
from pairbook.parties.reads import actor_of
from pairbook.register.known import stage_of
from pairbook.register.models import Account, Entry, Item
from pairbook.register.rules import Draft

_SENT, _RECEIVED = 0.45, 0.40
_FIRST_DAY = date(LAST_DAY.year, 7, 1)
_SENDING = ("allocated", "sent")


@dataclass(frozen=True, slots=True)
class Load:
    """Drafts as plain values: what the giving office records, and what the receiving office records after it."""

    sent: list[dict[str, Any]]
    taken: list[dict[str, Any]]

    @property
    def rows(self) -> int:
        """How many entries it is."""
        return len(self.sent) + len(self.taken)


def officer(side: str) -> Actor:
    """The officer who records for a side in every pairing of the bench."""
    return actor_of(User.objects.get(username=f"bench-{side}").pk)


def load_of(count: int) -> Load:
    """`count` drafts of half a year: dispatches, receipts of what is on its way, uses of what is held."""
    chance = random.Random(SEED)
    sent_count, received_count = int(count * _SENT), int(count * _RECEIVED)
    on_the_way = list(_on_the_way())
    assert on_the_way, "the book has something on its way"
    sent = [_dispatch_like(chance.choice(on_the_way), chance) for _ in range(sent_count)]
    # Parts of each dispatch: all of them together take no more than was sent.
    parts = received_count // len(on_the_way) + 1
    chosen = [one for one in on_the_way for _ in range(parts)][:received_count]
    taken = [_receipt_of(one, parts, chance) for one in chosen]
    uses = count - sent_count - received_count
    payments = uses // 2
    assigned, held = list(_assigned()), list(_held())
    shares = payments // len(assigned) + 1
    chosen = [one for one in assigned for _ in range(shares)][:payments]
    taken += [_payment_of(one, shares, chance) for one in chosen]
    uses -= payments
    shares = uses // len(held) + 1
    taken += [_use_of(one, shares, chance) for one in [one for one in held for _ in range(shares)][:uses]]
    chance.shuffle(taken)
    return Load(sent, taken)


def _on_the_way() -> Iterable[Entry]:
    """Dispatches of which nothing has been received, in the order of their numbers."""
    followers = Entry.objects.filter(follows_id=OuterRef("pk"))
    return (
        Entry.objects.filter(stage__in=_SENDING, root=None)
        .filter(Q(money_minor__gte=1000))
        .exclude(Exists(followers))
        .current()
        .order_by("id")
    )


def _assigned() -> Iterable[Entry]:
    """Assignments of which nothing has been paid, in the order of their numbers."""
    followers = Entry.objects.filter(follows_id=OuterRef("pk"))
    assigned = Entry.objects.filter(stage="assigned", root=None).filter(Q(money_minor__gte=1000))
    return assigned.exclude(Exists(followers)).current().order_by("id")


def _held() -> Iterable[Account]:
    """The goods the receiving offices hold."""
    return (
        Account.objects.filter(standing="held", project=None, balance__gte=1000, fund=None)
        .filter(party__code__startswith="receiver-")
        .order_by("key")
    )


def _day(chance: random.Random, *, after: date = _FIRST_DAY) -> date:
    return max(after, _FIRST_DAY + timedelta(days=chance.randrange((LAST_DAY - _FIRST_DAY).days + 1)))


def _dispatch_like(entry: Entry, chance: random.Random) -> dict[str, Any]:
    return _draft(entry, stage=entry.stage, day=_day(chance), share=1, number=chance.randrange(10**8))


def _receipt_of(entry: Entry, parts: int, chance: random.Random) -> dict[str, Any]:
    day = _day(chance, after=entry.happened_on)
    number = chance.randrange(10**8)
    return {**_draft(entry, stage="received", day=day, share=parts, number=number), "follows_id": entry.pk}


def _payment_of(entry: Entry, shares: int, chance: random.Random) -> dict[str, Any]:
    day = _day(chance, after=entry.happened_on)
    number = chance.randrange(10**8)
    paid = _draft(entry, stage="spent", day=day, share=shares, number=number)
    return {
        **paid,
        "receiver_id": _payee(entry.receiver_id, chance),
        "project_id": entry.project_id,
        "follows_id": entry.pk,
    }


def _draft(entry: Entry, *, stage: str, day: date, share: int, number: int) -> dict[str, Any]:
    assert entry.money_minor is not None
    steps = entry.quantity_steps
    return {
        "pairing_id": entry.pairing_id,
        "kind": entry.kind,
        "stage": stage,
        "giver_id": entry.giver_id,
        "receiver_id": entry.receiver_id,
        "happened_on": day,
        "money": Money(entry.money_minor // share),
        "quantity": None if steps is None else Quantity(steps // share, entry.unit),
        "fund_id": entry.fund_id,
        "item_code": entry.item_id,
        "campaign_code": entry.campaign_id,
        "document_no": f"L-{number:08}",
    }


_payees: dict[str, int] = {}
_units: dict[str, str] = {}


def _payee(receiver_id: int, chance: random.Random) -> int:
    if not _payees:
        _payees.update(Party.objects.filter(code__startswith="payee-").values_list("code", "id"))
        _codes.update(Party.objects.filter(code__startswith="receiver-").values_list("id", "code"))
    number = _codes[receiver_id].removeprefix("receiver-")
    return _payees[f"payee-{number}-{chance.randint(1, 3)}"]


def _use_of(account: Account, shares: int, chance: random.Random) -> dict[str, Any]:
    if not _units:
        _units.update(Item.objects.values_list("code", "unit"))
    assert account.item_id is not None
    return {
        "pairing_id": account.pairing_id,
        "kind": "goods",
        "stage": "distributed",
        "giver_id": account.party_id,
        "receiver_id": _payee(account.party_id, chance),
        "happened_on": _day(chance),
        "money": None,
        "quantity": Quantity(account.balance // shares, _units[account.item_id]),
        "item_code": account.item_id,
        "document_no": f"L-{chance.randrange(10**8):08}",
    }


_codes: dict[int, str] = {}


def drafts(parts: Sequence[dict[str, Any]]) -> list[Draft]:
    """Drafts of plain values."""
    return [Draft(**part) for part in parts]


def write_movements(load: Load, path: Path) -> int:
    """How many movements were written as lines of source account, target account, amount and day."""
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines)
        for part in (*load.sent, *load.taken):
            writer.writerow(_movement(part))
    return load.rows


def _movement(part: dict[str, Any]) -> tuple[str, str, str, str]:
    ends = {"send": ("outside", "transit"), "receive": ("transit", "held"), "use": ("held", "held")}
    move = stage_of(part["kind"], part["stage"]).move
    source, target = ends[move]
    giver, receiver = part["giver_id"], part["receiver_id"]
    owner = giver if move == "send" else receiver
    thing = part.get("fund_id") or part["item_code"]
    # A peer that holds money only takes a thousandth of a quantity for a yuan: the rows are as many and as wide.
    amount = part["money"].amount if part["kind"] == "funds" else part["quantity"].steps / 1000
    pairing = part["pairing_id"]
    return (
        f"{pairing}/{giver}/{source}/{thing}",
        f"{pairing}/{owner}/{target}/{thing}",
        f"{max(amount, 1):.2f}",
        str(part["happened_on"]),
    )


_GROWING = ("register_entry", "kernel_auditevent")
_KEPT = {
    "register_account": ("key",),
    "register_rest": ("thing_id",),
    "register_total": (
        *("pairing_id", "month", "kind", "stage", "direction", "year", "nature", "tier", "category"),
        *("field", "item_code", "campaign_code", "currency", "unit"),
    ),
}


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one table, exactly as a load left them."""

    name: str
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    key: tuple[str, ...] = ()
    """What decides whether the row is there already; empty where rows are only added."""


def rows_before() -> dict[str, Any]:
    """What `rows_since` needs to know of the book before a load."""
    before: dict[str, Any] = {}
    with bare_connection() as bare:
        for table in _GROWING:
            before[table] = bare.execute(f"SELECT max(id) FROM {table}").fetchone()[0]
        for table in _KEPT:
            before[table] = set(bare.execute(f"SELECT * FROM {table}").fetchall())
    return before


def rows_since(before: dict[str, Any]) -> list[Table]:
    """Every row a load added or changed."""
    found: list[Table] = []
    with bare_connection() as bare:
        for table in _GROWING:
            cursor = bare.execute(f"SELECT * FROM {table} WHERE id > {before[table]} ORDER BY id")
            found.append(Table(table, _names(cursor), cursor.fetchall()))
        for table, key in _KEPT.items():
            cursor = bare.execute(f"SELECT * FROM {table}")
            # A number the table gives itself is not written.
            first = 1 if _names(cursor)[0] == "id" else 0
            rows = [row[first:] for row in cursor.fetchall() if row not in before[table]]
            found.append(Table(table, _names(cursor)[first:], sorted(rows, key=str), key))
    return found


def _names(cursor: Any) -> tuple[str, ...]:
    return tuple(column[0] for column in cursor.description)


@contextmanager
def bare_connection() -> Iterator[Any]:
    """A connection of the database's own driver, set as the product sets its own; committed and closed at the end."""
    options = connection.settings_dict
    if connection.vendor == "sqlite":
        import sqlite3

        with closing(sqlite3.connect(str(options["NAME"]), isolation_level="IMMEDIATE")) as bare:
            bare.executescript(options["OPTIONS"]["init_command"])
            with bare:
                yield bare
        return
    import psycopg

    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    with psycopg.connect(**{names[key]: options[key] for key in names if options[key]}) as bare:
        yield bare


def write_bare(tables: Sequence[Table]) -> None:
    """Write the rows in one transaction: COPY on PostgreSQL, executemany on SQLite, changed rows by upsert on both."""
    with bare_connection() as bare:
        for table in tables:
            names = ", ".join(table.columns)
            if connection.vendor == "postgresql" and not table.key:
                with bare.cursor().copy(f"COPY {table.name} ({names}) FROM STDIN") as copy:
                    for row in table.rows:
                        copy.write_row(row)
                continue
            mark = "?" if connection.vendor == "sqlite" else "%s"
            marks = ", ".join([mark] * len(table.columns))
            statement = f"INSERT INTO {table.name} ({names}) VALUES ({marks})"
            if table.key:
                changed = ", ".join(
                    f"{name} = excluded.{name}" for name in table.columns if name not in table.key
                )
                statement += f" ON CONFLICT ({', '.join(table.key)}) DO UPDATE SET {changed}"
            bare.cursor().executemany(statement, table.rows)
