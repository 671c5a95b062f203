"""Fills an empty book from a backup, on either database, and never writes over a book that holds something.

It is an action of the room, in a file of its own because it shares nothing with workbooks.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, models, transaction

from pairbook.exchange.backups import (
    MANIFEST,
    PLACE,
    Manifest,
    OnProgress,
    Part,
    book_models,
    check_parts,
    damaged,
    migrations_applied,
    not_a_backup,
    read_chunks,
    read_manifest,
    table_rows,
)
from pairbook.kernel.actions import write_audit
from pairbook.kernel.evidence import evidence_path
from pairbook.kernel.models import AuditEvent
from pairbook.kernel.problems import Problem, Refusal, Rejected
from pairbook.kernel.texts import Text
from pairbook.parties.models import Party, Place, PlaceStatus

_WRITTEN_AT_ONCE = 1_000
_SETTING_UP = ("place.load", "place_status.load")
_SHA = re.compile(r"[0-9a-f]{64}")


def restore_book(path: Path, *, on_progress: OnProgress = lambda done: None) -> Manifest:
    """What was restored. Every digest is checked before anything is written; the rows go in in one transaction.

    Refused unless the book is empty; the tables of reference that a new book begins with give way to the backup's.
    """
    with _opened(path) as book:
        manifest = read_manifest(book)
        check_parts(book, manifest, on_progress)
        _must_be_same_version(manifest)
        _must_be_empty()
        if AuditEvent.objects.exists():
            _make_bare()
        _put_evidence(book, manifest)
        with transaction.atomic():
            _put_tables(book, manifest, on_progress)
            _reset_sequences()
            body = {"made_at": manifest.made_at, "rows": sum(part.rows or 0 for part in manifest.parts)}
            write_audit("book.restore", "book", body, by=None)
    return manifest


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        book = zipfile.ZipFile(path)
    except FileNotFoundError as error:
        cure = Text("没有这个文件。", "There is no such file.")
        raise Rejected([Problem("backup.file", PLACE, cure, value=str(path))]) from error
    except (zipfile.BadZipFile, OSError) as error:
        raise Rejected([not_a_backup()]) from error
    if MANIFEST not in book.namelist():
        book.close()
        raise Rejected([not_a_backup()])
    return book


def _must_be_same_version(manifest: Manifest) -> None:
    here = set(migrations_applied())
    if here == set(manifest.migrations):
        return
    differing = ", ".join(sorted(here ^ set(manifest.migrations))[:6])
    cure = Text(
        f"备份来自另一个版本的程序（{differing}）；请用写出它的版本恢复，然后再升级。",
        f"Another version of the program wrote it ({differing}); restore with that version, then migrate.",
    )
    raise Rejected([Problem("backup.migrations", PLACE, cure)])


def _must_be_empty() -> None:
    """Only what setting a book up leaves may be there: the tables of reference, and the lines of the trail on them."""
    allowed: set[type[models.Model]] = {Party, Place, PlaceStatus, AuditEvent}
    held = [
        model._meta.label_lower
        for model in book_models()
        if model not in allowed and model._default_manager.exists()
    ]
    if Party.objects.exclude(sort="place").exists() or Party.objects.filter(is_sample=True).exists():
        held.append("parties.party")
    if AuditEvent.objects.exclude(verb__in=_SETTING_UP).exists():
        held.append("kernel.auditevent")
    if held:
        names = ", ".join(held[:6])
        raise Refusal(
            "restore.not_empty",
            Text(
                f"这本账不是空的（{names}）；恢复绝不覆盖已有内容，"
                "请用 PAIRBOOK_HOME 或 PAIRBOOK_DATABASE 另指一本空账。",
                f"This book is not empty ({names}); a restore never writes over anything. "
                "Point PAIRBOOK_HOME or PAIRBOOK_DATABASE to an empty one.",
            ),
        )


def _make_bare() -> None:
    """Make the empty tables anew: rows of the trail cannot be removed, not even those of an empty book."""
    call_command("migrate", "kernel", "zero", verbosity=0, interactive=False)
    call_command("migrate", verbosity=0, interactive=False)


def _put_evidence(book: zipfile.ZipFile, manifest: Manifest) -> None:
    # Before the rows: a paper nobody refers to does no harm, a row whose paper is not there would.
    for part in manifest.evidence:
        digest = Path(part.name).name
        if part.name != f"evidence/{digest}" or _SHA.fullmatch(digest) is None:
            raise Rejected([damaged(part.name)])
        if part.sha256 != digest:
            continue  # It was damaged in the store already; the manifest says so.
        path = evidence_path(digest)
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".part")
        with beside.open("wb") as stream:
            for chunk in read_chunks(book, part.name):
                stream.write(chunk)
        beside.replace(path)


def _put_tables(book: zipfile.ZipFile, manifest: Manifest, on_progress: OnProgress) -> None:
    tables = manifest.tables
    known = {model._meta.db_table for model in book_models()}
    if set(tables) != known:
        raise Rejected([damaged(", ".join(sorted(set(tables) ^ known)))])
    done = 0
    for model in book_models():
        part = tables[model._meta.db_table]
        count = 0
        for rows in _batches(table_rows(book, part, model)):
            model._default_manager.bulk_create(
                [_instance(model, row) for row in rows], batch_size=_batch(model)
            )
            count += len(rows)
            done += len(rows)
            on_progress(done)
        _must_count(part, count)


def _must_count(part: Part, count: int) -> None:
    if count != part.rows:
        raise Rejected([damaged(part.name)])


def _instance(model: type[models.Model], row: list[Any]) -> models.Model:
    names = [field.attname for field in model._meta.concrete_fields]
    return model(**dict(zip(names, row, strict=True)))


def _batch(model: type[models.Model]) -> int:
    """Rows a statement: SQLite takes 999 values by Django's reckoning."""
    return _WRITTEN_AT_ONCE if connection.vendor == "postgresql" else 999 // len(model._meta.concrete_fields)


def _batches(rows: Iterator[list[Any]]) -> Iterator[list[list[Any]]]:
    batch: list[list[Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _WRITTEN_AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _reset_sequences() -> None:
    """The next number of every table comes after those restored. SQLite counts on by itself."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), book_models()):
            cursor.execute(statement)
