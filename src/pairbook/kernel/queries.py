"""Plain SQL for the few questions asked with every entry.

Measured on SQLite, one row by key: the ORM spends four times as long compiling such a question as the database
spends answering it. Everything not asked with every entry goes through the ORM.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection


def rows_in(
    columns: str, table: str, key: str, wanted: Iterable[Any], *, ends: str = ""
) -> list[tuple[Any, ...]]:
    """The named columns of the rows whose `key` is one of `wanted`; nothing is asked where nothing is named.

    Names are ours, never a user's; `ends` is what follows the condition, such as an order or a lock.
    """
    keys = list(dict.fromkeys(wanted))
    found: list[tuple[Any, ...]] = []
    if not keys:
        return found
    if connection.vendor == "postgresql":
        # One parameter, whatever the number: ten thousand marks cost more to read than the rows to find.
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {columns} FROM {table} WHERE {key} = ANY(%s) {ends}", [keys])
            found += cursor.fetchall()
        return found
    with connection.cursor() as cursor:
        # SQLite takes 32,766 parameters in one statement.
        for start in range(0, len(keys), 30_000):
            part = keys[start : start + 30_000]
            cursor.execute(f"SELECT {columns} FROM {table} WHERE {key} IN ({marks_for(part)}) {ends}", part)
            found += cursor.fetchall()
    return found


def rows_of(sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    """What a question in plain SQL gives; `parameters` fill its marks."""
    with connection.cursor() as cursor:
        cursor.execute(sql, list(parameters))
        return list(cursor.fetchall())


def marks_for(values: Sequence[object]) -> str:
    """A mark for each value, for a list of them in plain SQL; an empty list is an IN of NULL, which finds nothing."""
    return ", ".join(["%s"] * len(values)) or "NULL"


def day_given(day: date) -> Any:
    """A day as this database takes it for a parameter."""
    return connection.ops.adapt_datefield_value(day)


def moment_given(moment: datetime) -> Any:
    """A moment as this database takes it for a parameter."""
    return connection.ops.adapt_datetimefield_value(moment)


def as_day(value: date | str | None) -> date | None:
    """A day as plain SQL gives it: SQLite keeps days as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value
