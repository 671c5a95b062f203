"""The bench's own books: one home and one database for each engine and size, made, copied back and dropped here.

Every measured load starts from the same book, so a finished book is kept as a copy and put back before each run:
a file on SQLite, a template database on PostgreSQL. Nobody else's database is ever touched. With `--keep` the copy
stays for the next run, as long as nothing that shapes the book has changed.
"""

import os
import shutil
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent
HOMES = ROOT / "var" / "bench"
# The server the tests use, unless PAIRBOOK_DATABASE names another; only its databases pairbook_bench_* are used.
SERVER = "postgresql://postgres@127.0.0.1:5432/postgres"
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def server() -> str:
    """The address of the PostgreSQL server, at its maintenance database."""
    return at_database("postgres")


def at_database(name: str) -> str:
    """The address of a database on the PostgreSQL server."""
    parts = urlsplit(os.environ.get("PAIRBOOK_DATABASE") or SERVER)
    return urlunsplit(parts._replace(path=f"/{name}"))


def why_no_server() -> str:
    """Why PostgreSQL cannot be measured here, in one line; empty when it can."""
    try:
        import psycopg
    except ImportError:
        return "psycopg is not installed"
    try:
        psycopg.connect(server(), connect_timeout=5).close()
    except psycopg.OperationalError as error:
        return str(error).splitlines()[0]
    return ""


@dataclass(frozen=True, slots=True)
class Engine:
    """One engine with a book of one size."""

    vendor: str
    entries: int

    @property
    def name(self) -> str:
        """The name of its database."""
        return f"pairbook_bench_{self.entries}"

    @property
    def home(self) -> Path:
        """The book's home."""
        return HOMES / f"{self.vendor}-{self.entries}"

    @property
    def environment(self) -> dict[str, str]:
        """What a process must find in its environment to work on this book."""
        database = at_database(self.name) if self.vendor == "postgresql" else ""
        return {
            **os.environ,
            "PAIRBOOK_HOME": str(self.home),
            "PAIRBOOK_DATABASE": database,
            "DJANGO_SETTINGS_MODULE": "pairbook.config.settings",
            "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
        }

    @property
    def file(self) -> Path:
        """The SQLite book."""
        return self.home / "book.sqlite3"

    @property
    def _start_file(self) -> Path:
        return self.home / "start.sqlite3"

    def create(self) -> None:
        """An empty home and an empty database."""
        self.drop()
        self.home.mkdir(parents=True)
        if self.vendor == "postgresql":
            administer(f'CREATE DATABASE "{self.name}"')

    @property
    def _stamp(self) -> Path:
        return self.home / "start-stamp"

    @property
    def has_start(self) -> bool:
        """Whether a start is kept that would be generated the same today."""
        return self._stamp.is_file() and self._stamp.read_text(encoding="ascii") == _shape()

    def keep_start(self) -> None:
        """Keep the book as it is now, to begin from again; one kept before is the same. Nobody may be connected."""
        if self.has_start:
            return
        if self.vendor == "sqlite":
            shutil.copyfile(self.file, self._start_file)
        else:
            administer(f'CREATE DATABASE "{self.name}_start" TEMPLATE "{self.name}" STRATEGY FILE_COPY')
        self._stamp.write_text(_shape(), encoding="ascii")

    def back_to_start(self) -> None:
        """The book as `keep_start` found it. Nobody may be connected."""
        if self.vendor == "sqlite":
            for ending in ("-wal", "-shm"):
                self.file.with_name(self.file.name + ending).unlink(missing_ok=True)
            shutil.copyfile(self._start_file, self.file)
            with self.file.open("rb+") as copied:
                # What the copy left to be written belongs to the copy, not to the run that follows.
                os.fsync(copied.fileno())
        else:
            administer(
                f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)',
                f'CREATE DATABASE "{self.name}" TEMPLATE "{self.name}_start" STRATEGY FILE_COPY',
                "CHECKPOINT",
            )

    def drop_all_but_start(self) -> None:
        """Away with the book, if its start is kept; else with everything."""
        if not self.has_start:
            self.drop()
        elif self.vendor == "sqlite":
            for path in self.home.glob("book.sqlite3*"):
                path.unlink()
        else:
            administer(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')

    def drop(self) -> None:
        """Away with the home and the databases."""
        shutil.rmtree(self.home, ignore_errors=True)
        if self.vendor == "postgresql":
            administer(
                f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)',
                f'DROP DATABASE IF EXISTS "{self.name}_start" WITH (FORCE)',
            )


def _shape() -> str:
    """A digest of what shapes a generated book: its generator and every migration."""
    files = [ROOT / "bench" / "book.py", *sorted((ROOT / "src").glob("pairbook/*/migrations/*.py"))]
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def administer(*statements: str) -> None:
    """Run statements that create or drop databases on the PostgreSQL server."""
    import psycopg

    with psycopg.connect(server(), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())
