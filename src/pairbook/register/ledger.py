"""The rows under the register's actions: how entries, audit lines, balances and totals reach the tables.

Only `actions` calls this. It decides nothing: it writes by the fastest way each database has, keeps one order of
locks (things, accounts, totals), and can build balances, totals and rests anew.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from pairbook.kernel.queries import marks_for, rows_in
from pairbook.register.accounts import (
    AMOUNTS,
    RESTS_AFTER,
    TAKES,
    AccountKey,
    Amounts,
    RestRow,
    Rests,
    TotalKey,
    movements,
    total_key,
)
from pairbook.register.known import facts_of_row, moves_of_money, on_its_day, record_of, stage_of
from pairbook.register.models import Account, Entry, Rest, Total
from pairbook.register.rules import EntryFacts

# Under this many rows one multi-row statement is quicker than starting a COPY.
_COPY_FROM = 50

ENTRY_COLUMNS = (
    "id",
    "pairing_id",
    "kind",
    "stage",
    "direction",
    "giver_id",
    "receiver_id",
    "happened_on",
    "counts_on",
    "year",
    "money_minor",
    "currency",
    "quantity_steps",
    "unit",
    "subset_amount",
    "nature",
    "tier",
    "category",
    "field",
    "fund_id",
    "item_id",
    "campaign_id",
    "project_id",
    "document_no",
    "note",
    "details",
    "follows_id",
    "root_id",
    "replaces_id",
    "is_withdrawal",
    "reason",
    "source_key",
    "recorded_at",
    "recorded_by_id",
    "recorded_for_id",
    "recorded_side",
)
AUDIT_COLUMNS = ("at", "by_id", "verb", "subject", "body", "is_sample")
ANSWER_COLUMNS = (
    "entry_id",
    "side",
    "verdict",
    "own_money_minor",
    "own_quantity_steps",
    "reason",
    "answered_at",
    "answered_by_id",
    "answered_for_id",
)
PARTICIPANT_COLUMNS = ("entry_id", "person_id", "times", "listed_at", "listed_by_id")
PAPER_COLUMNS = ("entry_id", "evidence_id", "sort", "attached_at", "attached_by_id")
_TOTAL_KEYS = (
    "pairing_id",
    "kind",
    "stage",
    "direction",
    "month",
    "year",
    "nature",
    "tier",
    "category",
    "field",
    "item_code",
    "campaign_code",
    "currency",
    "unit",
)

REST_COLUMNS = RestRow._fields
_SQL_TYPES: dict[type, str] = {int: "bigint", str: "text", date: "date"}


def lock_things(entry_ids: Iterable[int]) -> None:
    """Hold the things these entries are versions of until the transaction ends, in one order.

    So a correction of a dispatch and a receipt of it, or two answers to one entry, come one after the other. The lock
    is a statement of its own: what is read with it would be as old as the wait for it. SQLite has its one writer.
    """
    if connection.vendor == "postgresql":
        things = {
            root_id or entry_id
            for entry_id, root_id in rows_in("id, root_id", "register_entry", "id", entry_ids)
        }
        rows_in("id", "register_entry", "id", sorted(things), ends="ORDER BY id FOR NO KEY UPDATE")


def hold_months(pairing_ids: Iterable[int], *, closing: bool = False) -> None:
    """Keep months of these pairings as open, or as closed, as they are until the transaction ends.

    Whoever writes entries shares the lock with other writers; whoever closes a month has it alone. SQLite has its one
    writer.
    """
    if connection.vendor == "postgresql":
        strength = "FOR UPDATE" if closing else "FOR SHARE"
        rows_in("id", "pairings_pairing", "id", sorted(pairing_ids), ends=f"ORDER BY id {strength}")


def hold_other_writers(tables: Sequence[str] = ("register_account", "register_total")) -> None:
    """Hold everybody else's writes back until the transaction ends; readers go on.

    For work that comes back to accounts and totals several times in one transaction, where no single order of locks
    can keep two such works from waiting for each other crosswise. SQLite has its one writer.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {', '.join(tables)} IN SHARE ROW EXCLUSIVE MODE")


def lock_accounts(keys: Sequence[AccountKey]) -> dict[str, int]:
    """Balances by account text, all locked in one order; missing accounts are opened at nothing.

    Missing accounts are opened before any is locked: whoever waited here for another's new account while holding a
    lock the other wants would wait for ever.
    """
    texts = [key.text for key in keys]
    balances = _balances(texts)
    missing = [key for key in keys if key.text not in balances]
    if missing:
        _open_accounts(missing)
    if connection.vendor == "postgresql":
        return _balances(texts, lock="FOR UPDATE")
    # SQLite holds the one write lock from the start of the transaction and knows no row locks.
    return balances | dict.fromkeys((key.text for key in missing), 0)


def _balances(texts: Sequence[str], *, lock: str = "") -> dict[str, int]:
    return dict(rows_in("key, balance", "register_account", "key", texts, ends=f"ORDER BY key {lock}"))


def _open_accounts(keys: Sequence[AccountKey]) -> None:
    columns = "key, pairing_id, party_id, standing, fund_id, item_id, project_id, measure, balance"
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO register_account ({columns}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, 0) "
            "ON CONFLICT (key) DO NOTHING",
            [
                (
                    key.text,
                    key.pairing_id,
                    key.party_id,
                    key.standing,
                    key.fund_id or None,
                    key.item_code or None,
                    key.project_id or None,
                    key.measure,
                )
                for key in keys
            ],
        )


def add_balances(deltas: dict[str, int]) -> None:
    """Add to the balances of accounts, by account text; IntegrityError when one would fall below nothing."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # One statement for all: measured with 10,000 entries, a statement for each account took 15 times as long.
            cursor.execute(
                "UPDATE register_account SET balance = balance + added.amount "
                "FROM unnest(%s::text[], %s::bigint[]) AS added (account, amount) WHERE key = added.account",
                [list(deltas), list(deltas.values())],
            )
            return
        cursor.executemany(
            "UPDATE register_account SET balance = balance + %s WHERE key = %s",
            [(amount, key) for key, amount in sorted(deltas.items())],
        )


def totals_row(totals: dict[TotalKey, Amounts], facts: EntryFacts) -> Amounts:
    """The row of totals an entry counts in, opened at nothing when it is new."""
    return totals.setdefault(total_key(facts), Amounts())


def add_totals(totals: dict[TotalKey, Amounts]) -> None:
    """Add to the running totals; rows that are not there yet begin."""
    columns = ", ".join((*_TOTAL_KEYS, *AMOUNTS))
    adds = ", ".join(f"{name} = register_total.{name} + excluded.{name}" for name in AMOUNTS)
    rows = [
        (
            *(connection.ops.adapt_datefield_value(part) if isinstance(part, date) else part for part in key),
            *(getattr(amounts, name) for name in AMOUNTS),
        )
        # One order for everybody, or two writers would lock each other's rows crosswise.
        for key, amounts in sorted(totals.items())
        if any(getattr(amounts, name) for name in AMOUNTS)
    ]
    if not rows:
        return
    begin, end = (
        f"INSERT INTO register_total ({columns})",
        f"ON CONFLICT ({', '.join(_TOTAL_KEYS)}) DO UPDATE SET {adds}",
    )
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # One statement for all rows, in their order.
            arrays = ", ".join(f"%s::{_SQL_TYPES[type(part)]}[]" for part in rows[0])
            cursor.execute(
                f"{begin} SELECT * FROM unnest({arrays}) {end}",
                [list(part) for part in zip(*rows, strict=True)],
            )
            return
        cursor.executemany(f"{begin} VALUES ({marks_for(rows[0])}) {end}", rows)


# What is left of things, by their newest version: its amount less what current entries took from the thing.
_REST = """
    SELECT * FROM (
        SELECT things.id AS thing_id, entry.id AS entry_id, entry.pairing_id, entry.fund_id,
            CASE {places} END AS place, entry.happened_on AS since,
            entry.money_minor - COALESCE((
                SELECT SUM(taker.money_minor) FROM register_entry taker
                WHERE taker.follows_id = things.id AND NOT taker.is_withdrawal AND ({takers})
                    AND NOT EXISTS (SELECT 1 FROM register_entry later WHERE later.replaces_id = taker.id)
            ), 0) AS minor, entry.currency
        FROM ({things}) AS things JOIN register_entry entry ON entry.id = COALESCE(
            (SELECT MAX(version.id) FROM register_entry version WHERE version.root_id = things.id), things.id
        )
        WHERE NOT entry.is_withdrawal AND ({sources})
    ) AS rests WHERE minor >= 0
"""
_THINGS = {
    "sqlite": "SELECT value AS id FROM json_each(%s)",
    "postgresql": "SELECT unnest(%s::bigint[]) AS id",
}


def keep_rests(thing_ids: Iterable[int]) -> None:
    """Say anew what is left of these things, named by their first versions, from what the entries say now.

    Whoever writes holds the account each of them moved money to, so nobody takes from them in between.
    """
    things = sorted(set(thing_ids))
    sources = [(*stage, RESTS_AFTER[move]) for stage, move in moves_of_money().items() if move in RESTS_AFTER]
    takers = [stage for stage, move in moves_of_money().items() if move in TAKES]
    if not things or not sources:
        return
    is_stage = "({0}.kind = %s AND {0}.stage = %s)"
    sql = _REST.format(
        places=" ".join([f"WHEN {is_stage.format('entry')} THEN %s"] * len(sources)),
        takers=" OR ".join([is_stage.format("taker")] * len(takers)) or "1 = 0",
        sources=" OR ".join([is_stage.format("entry")] * len(sources)),
        things=_THINGS[connection.vendor],
    )
    given = things if connection.vendor == "postgresql" else str(things)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM register_rest WHERE thing_id IN ({_THINGS[connection.vendor]})", [given])
        cursor.execute(
            f"INSERT INTO register_rest ({', '.join(REST_COLUMNS)}) {sql}",
            [
                *(part for source in sources for part in source),
                *(part for taker in takers for part in taker),
                given,
                *(part for source in sources for part in source[:2]),
            ],
        )


def new_ids(count: int) -> list[int]:
    """Numbers for new entries, taken from the table's own sequence."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence('register_entry', 'id')) FROM generate_series(1, %s)",
                [count],
            )
            return [number for (number,) in cursor.fetchall()]
        # BEGIN IMMEDIATE holds the only write lock, so nobody else can take these numbers.
        cursor.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'register_entry'")
        (last,) = cursor.fetchone()
        return list(range(last + 1, last + count + 1))


def insert(table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Write rows by the fastest way the database has: COPY on PostgreSQL, executemany on SQLite."""
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and len(rows) >= _COPY_FROM:
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks_for(columns)})", rows)


@dataclass(frozen=True, slots=True)
class Difference:
    """A balance, a rest or a row of totals that is not what the entries say."""

    table: str
    key: tuple[Any, ...]
    held: tuple[int, ...]
    """What the table holds; empty where it has no such row."""
    built: tuple[int, ...]
    """What the entries say."""


@dataclass(frozen=True, slots=True)
class Built:
    """Balances, totals and rests as the entries say."""

    balances: dict[AccountKey, int]
    totals: dict[TotalKey, Amounts]
    rests: Rests


def build() -> Built:
    """Balances, totals and rests built from nothing but the entries, their answers and papers."""
    built = Built({}, {}, Rests())
    for entry in Entry.objects.current().with_state().iterator(chunk_size=5000):
        facts = facts_of_row(entry)
        counted, is_confirmed = on_its_day(facts, entry.counts_on), entry.verdict == "confirmed"
        totals_row(built.totals, counted).add(facts, is_confirmed=is_confirmed, has_papers=entry.has_papers)
        move = stage_of(facts.kind, facts.stage).move
        for key, amount in movements(facts, move=move, carries=record_of(facts.kind).carries):
            built.balances[key] = built.balances.get(key, 0) + amount
        if (facts.kind, facts.stage) in moves_of_money():
            thing = entry.root_id or entry.pk
            built.rests.add(facts, entry_id=entry.pk, thing_id=thing, follows_id=entry.follows_id, move=move)
    # What a closed month counted it goes on counting; from the day of its correction on it is taken out again.
    for entry in Entry.objects.taken_out().with_state().iterator(chunk_size=5000):
        facts, is_confirmed = facts_of_row(entry), entry.verdict == "confirmed"
        for sign, day in ((1, entry.counts_on), (-1, entry.taken_out_on)):
            totals_row(built.totals, on_its_day(facts, day)).add(
                facts, sign=sign, is_confirmed=is_confirmed, has_papers=entry.has_papers
            )
    return built


def differences_from(built: Built) -> list[Difference]:
    """Every balance, every rest and every row of totals that is not what `built` says."""
    held_balances: dict[Any, tuple[int, ...]] = {
        (key,): (balance,) for key, balance in Account.objects.values_list("key", "balance")
    }
    held_totals: dict[Any, tuple[int, ...]] = {
        row[: len(_TOTAL_KEYS)]: row[len(_TOTAL_KEYS) :]
        for row in Total.objects.values_list(*_TOTAL_KEYS, *AMOUNTS)
    }
    balances: dict[Any, tuple[int, ...]] = {(key.text,): (amount,) for key, amount in built.balances.items()}
    totals: dict[Any, tuple[int, ...]] = {key: _amounts(amounts) for key, amounts in built.totals.items()}
    return [
        *_compared("register_account", held_balances, balances),
        *_compared("register_total", held_totals, totals),
        *_compared(
            "register_rest",
            _by_rest(Rest.objects.values_list(*REST_COLUMNS)),
            _by_rest(built.rests.held()),
            has_rows_of_nothing=True,
        ),
    ]


def _by_rest(rows: Iterable[Sequence[Any]]) -> dict[Any, tuple[int, ...]]:
    """What is left, by everything else that is said of it."""
    place = REST_COLUMNS.index("minor")
    return {(*row[:place], *row[place + 1 :]): (row[place],) for row in rows}


def _amounts(amounts: Amounts) -> tuple[int, ...]:
    return tuple(getattr(amounts, name) for name in AMOUNTS)


def _compared(
    table: str,
    held: dict[Any, tuple[int, ...]],
    built: dict[Any, tuple[int, ...]],
    *,
    has_rows_of_nothing: bool = False,
) -> Iterator[Difference]:
    for key in sorted({*held, *built}, key=str):
        there, right = held.get(key, ()), built.get(key, ())
        # A row of nothing and no row say the same, but where the row is looked for.
        if there != right and (has_rows_of_nothing or any(there) or any(right)):
            yield Difference(table, key, there, right)


def put(built: Built) -> None:
    """Replace all balances, totals and rests by those built. The tables follow from entries, so nothing is lost."""
    Account.objects.all().delete()
    Total.objects.all().delete()
    Rest.objects.all().delete()
    lock_accounts(sorted(built.balances))
    add_balances({key.text: amount for key, amount in built.balances.items()})
    add_totals(built.totals)
    insert("register_rest", REST_COLUMNS, [rest_values(row) for row in built.rests.held()])


def rest_values(row: RestRow) -> tuple[Any, ...]:
    """The row as both databases take it: SQLite keeps days as ISO text, PostgreSQL reads it."""
    return (*row[:5], row.since.isoformat(), *row[6:])
