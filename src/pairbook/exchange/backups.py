"""The one backup format for both databases (decision 0007): a zip of JSON lines, one file a table, and a manifest.

`manifest.json` says the format, the migrations the book had, and of every other file its rows and SHA-256. Rows
stand in an order in which references point backwards, but for a successor pairing, which is checked at the end.
Values are JSON: moments and days as ISO text, the rest as it is; so a file written from SQLite fills PostgreSQL, and
the other way round.

Of persons the file holds what the table does: cipher text and tokens. Their keys (`households.keys`) are in no
backup; a book restored without them is whole but for names, which wait until the key file is put back.
"""

import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.migrations.recorder import MigrationRecorder

from pairbook.kernel.problems import Problem, Rejected
from pairbook.kernel.texts import Text

FORMAT, FORMAT_VERSION = "pairbook.backup", 1
MANIFEST = "manifest.json"
# A manifest of a book with a million papers is some hundred megabytes at most; no file is read without a limit.
MANIFEST_BYTES_MAX = 512 * 1024 * 1024
_READ_AT_ONCE = 1024 * 1024
_FETCHED_AT_ONCE = 2_000

OnProgress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a backup."""

    name: str
    sha256: str
    rows: int | None = None
    """None for evidence."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself."""

    made_at: str
    migrations: tuple[str, ...]
    parts: tuple[Part, ...]
    missing: tuple[str, ...] = ()
    """Papers whose file was not in the store any more when the backup was made."""

    @property
    def tables(self) -> dict[str, Part]:
        """The tables by name."""
        return {Path(part.name).stem: part for part in self.parts if part.rows is not None}

    @property
    def evidence(self) -> list[Part]:
        """The papers."""
        return [part for part in self.parts if part.rows is None]


def book_models() -> list[type[models.Model]]:
    """The tables of the book, each after those it refers to. Sessions, sign-in attempts and the like stay out."""
    own = [model for model in apps.get_models() if model.__module__.startswith("pairbook.")]
    # Kinds from outside folders have tables of their own; they are the book's too.
    own += [
        model
        for config in apps.get_app_configs()
        if config.name.split(".")[0] not in ("django", "pairbook", "axes", "django_htmx")
        for model in config.get_models()
    ]
    ordered: list[type[models.Model]] = []

    def place(model: type[models.Model]) -> None:
        for field in model._meta.concrete_fields:
            target = field.remote_field.model if field.remote_field else None
            if target in own and target is not model and target not in ordered:
                place(target)
        if model not in ordered:
            ordered.append(model)

    for model in own:
        place(model)
    return ordered


def migrations_applied() -> tuple[str, ...]:
    """The book's own migrations that were applied, by name."""
    rows = MigrationRecorder(connection).applied_migrations()
    own = {model._meta.app_label for model in book_models()}
    return tuple(sorted(f"{app}.{name}" for app, name in rows if app in own))


def table_columns(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    """The columns of a table in the order of the backup."""
    return list(model._meta.concrete_fields)


def row_lines(model: type[models.Model]) -> Iterator[bytes]:
    """The rows of a table, oldest first, each one line of JSON."""
    columns = table_columns(model)
    names = [field.attname for field in columns]
    rows = model._default_manager.order_by("pk").values_list(*names).iterator(chunk_size=_FETCHED_AT_ONCE)
    for row in rows:
        held = {name: _plain(value) for name, value in zip(names, row, strict=True)}
        yield json.dumps(held, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value


def write_part(book: zipfile.ZipFile, name: str, chunks: Iterable[bytes]) -> str:
    """The SHA-256 of a file now in the zip."""
    digest = sha256()
    with book.open(name, "w", force_zip64=True) as stream:
        for chunk in chunks:
            digest.update(chunk)
            stream.write(chunk)
    return digest.hexdigest()


def manifest_text(manifest: Manifest) -> str:
    """The manifest as it stands in the zip."""
    body = {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "made_at": manifest.made_at,
        "migrations": manifest.migrations,
        "missing": manifest.missing,
        "parts": [
            {"name": part.name, "sha256": part.sha256} | ({} if part.rows is None else {"rows": part.rows})
            for part in manifest.parts
        ],
    }
    return json.dumps(body, ensure_ascii=False, indent=1)


def read_manifest(book: zipfile.ZipFile) -> Manifest:
    """The manifest of a backup; Rejected when the file is none or of another format."""
    try:
        with book.open(MANIFEST) as stream:
            body = json.loads(stream.read(MANIFEST_BYTES_MAX))
        if body["format"] != FORMAT:
            raise ValueError(body["format"])
        version = body["version"]
        parts = tuple(
            Part(str(part["name"]), str(part["sha256"]), part.get("rows")) for part in body["parts"]
        )
        manifest = Manifest(
            str(body["made_at"]), tuple(body["migrations"]), parts, tuple(body.get("missing", ()))
        )
    except (KeyError, ValueError, TypeError, AttributeError, zipfile.BadZipFile) as error:
        raise Rejected([not_a_backup()]) from error
    if version != FORMAT_VERSION:
        cure = Text(
            f"备份格式是第 {version} 版，本程序能读第 {FORMAT_VERSION} 版；请用相应版本的程序。",
            f"The backup has format {version}, this program reads {FORMAT_VERSION}; use the version that wrote it.",
        )
        raise Rejected([Problem("backup.version", PLACE, cure)])
    return manifest


def check_parts(book: zipfile.ZipFile, manifest: Manifest, on_progress: OnProgress) -> None:
    """Rejected unless every file is there and is what the manifest says, and nothing else is."""
    named = {part.name for part in manifest.parts} | {MANIFEST}
    problems = [damaged(name) for name in sorted(named ^ set(book.namelist()))[:20]]
    for done, part in enumerate([] if problems else manifest.parts, start=1):
        try:
            digest = sha256()
            for chunk in read_chunks(book, part.name):
                digest.update(chunk)
            if digest.hexdigest() != part.sha256:
                problems.append(damaged(part.name))
        except (zipfile.BadZipFile, EOFError, OSError, ValueError) as error:
            raise Rejected([damaged(part.name)]) from error
        on_progress(done)
    if problems:
        raise Rejected(problems)


def read_chunks(book: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """A file of the backup, piece by piece."""
    with book.open(name) as stream:
        while chunk := stream.read(_READ_AT_ONCE):
            yield chunk


def table_rows(book: zipfile.ZipFile, part: Part, model: type[models.Model]) -> Iterator[list[Any]]:
    """The rows of a table as values of its columns; Rejected for columns this version does not have."""
    columns = table_columns(model)
    names = [field.attname for field in columns]
    with book.open(part.name) as stream:
        for line in stream:
            held = json.loads(line)
            if set(held) != set(names):
                raise Rejected([damaged(part.name)])
            yield [field.to_python(held[name]) for field, name in zip(columns, names, strict=True)]


PLACE = Text("备份文件", "Backup file")


def not_a_backup() -> Problem:
    """The problem of a file that is no backup."""
    return Problem(
        "backup.not_one",
        PLACE,
        Text("这不是 pairbook backup 写的备份文件。", "This is no file written by pairbook backup."),
    )


def damaged(name: str) -> Problem:
    """The problem of a file in a backup that is missing, added or changed."""
    return Problem(
        "backup.damaged",
        PLACE,
        Text(
            f"其中的 {name} 缺失、多余或与指纹不符；请另取一份备份。",
            f"{name} in it is missing, added or not what its digest says; use another copy.",
        ),
        value=name,
    )
