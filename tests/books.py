"""Books copied for tests that commit: a file on SQLite, a database made from a template on PostgreSQL.

Triggers refuse DELETE and TRUNCATE on entries, so a test that commits is not cleaned up after; it gets its own copy.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from django.db import connection

_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Book:
    """A database kept aside: a file's path on SQLite, a database's name on PostgreSQL."""

    name: str

    def copy_to(self, folder: Path) -> "Book":
        """A new book that starts as this one."""
        if connection.vendor == "sqlite":
            there = folder / f"book-{next(_numbers)}.sqlite3"
            shutil.copy(self.name, there)
            return Book(str(there))
        there_name = f"{self.name}_{next(_numbers)}"
        _maintain(
            f'DROP DATABASE IF EXISTS "{there_name}"',
            f'CREATE DATABASE "{there_name}" TEMPLATE "{self.name}"',
        )
        return Book(there_name)

    def drop(self) -> None:
        """The book is gone."""
        if connection.vendor == "sqlite":
            Path(self.name).unlink(missing_ok=True)
        else:
            _maintain(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')


@dataclass(frozen=True, slots=True)
class KeptSample:
    """A book with the sample programme, how many entries loading it wrote, and the progress heard on the way."""

    book: Book
    entries: int | None
    heard: list[tuple[int, int]]


def keep_book(label: str, folder: Path) -> Book:
    """The test database as it is now, kept aside under a label."""
    name = str(connection.settings_dict["NAME"])
    connection.close()
    if connection.vendor == "sqlite":
        kept = folder / f"{label}.sqlite3"
        # The backup takes what still stands in the write-ahead log along; a copy of the file would not.
        with closing(sqlite3.connect(name)) as source, closing(sqlite3.connect(kept)) as target:
            source.backup(target)
        return Book(str(kept))
    book = Book(f"{name}_{label}")
    _maintain(f'DROP DATABASE IF EXISTS "{book.name}"', f'CREATE DATABASE "{book.name}" TEMPLATE "{name}"')
    return book


@contextmanager
def copied_book(book: Book, folder: Path) -> Iterator[Book]:
    """Within, the default connection, and those of new threads, speak to a fresh copy of the book."""
    before = connection.settings_dict["NAME"]
    copy = book.copy_to(folder)
    connection.close()
    connection.settings_dict["NAME"] = copy.name
    try:
        yield copy
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
        copy.drop()


def _maintain(*statements: str) -> None:
    """Statements on whole databases, from a connection that belongs to none of them."""
    import psycopg

    settings: dict[str, Any] = connection.settings_dict
    with psycopg.connect(
        host=settings["HOST"] or None,
        port=settings["PORT"] or None,
        user=settings["USER"] or None,
        password=settings["PASSWORD"] or None,
        dbname="postgres",
        autocommit=True,
    ) as maintenance:
        for statement in statements:
            maintenance.execute(statement.encode())
