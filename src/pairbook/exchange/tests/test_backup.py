"""A backup holds the whole book and fills an empty one; anything else about it is refused."""

import json
import zipfile
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from pairbook.exchange.backups import book_models, row_lines
from pairbook.exchange.reads import write_backup
from pairbook.exchange.restoring import restore_book
from pairbook.households.actions import read_people, register_people
from pairbook.households.keys import key_path
from pairbook.households.models import Person
from pairbook.households.reads import is_roster_readable
from pairbook.households.tests.people import LI, ZHANG, errand_of
from pairbook.kernel.models import AuditEvent
from pairbook.kernel.money import Money
from pairbook.kernel.problems import Refusal, Rejected
from pairbook.kernel.reads import evidence_content
from pairbook.pairings.actions import close_pairing
from pairbook.register.actions import correct_entry, rebuild_totals
from pairbook.register.models import Entry, Paper
from tests.books import Book, copied_book
from tests.world import a_closed_month, a_draft, an_entry, an_entry_with_a_paper, the_world

pytestmark = pytest.mark.slow


def _fill() -> None:
    world = the_world()
    for kind in ("funds", "goods", "visits"):
        an_entry_with_a_paper(kind)
    first = an_entry("funds", "allocated", note="第一行\n第二行 “引号”")
    second = correct_entry(first, a_draft("funds", "allocated", note="改"), reason="笔误", by=world.giver)
    a_closed_month(date(2020, 3, 1))
    closed = a_draft("funds", "allocated", note="改", money=Money.of(900))
    correct_entry(second, closed, reason="结账后更正", by=world.giver)
    register_people([ZHANG, LI], errand=errand_of(world))
    # A pairing handed over to a later one refers forward; the order of rows must not matter there.
    close_pairing(
        world.child_id,
        end_on=date(2021, 5, 1),
        reason="区划调整",
        by=None,
        successor_id=world.other_pairing_id,
    )


def _digests() -> dict[str, str]:
    return {
        model._meta.label_lower: sha256(b"".join(row_lines(model))).hexdigest()
        for model in book_models()
        if model is not AuditEvent
    }


def _other_home(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir()
    monkeypatch.setattr(settings, "PAIRBOOK_HOME", folder)


@pytest.fixture
def backup(
    django_db_setup: dict[str, Book],
    django_db_blocker: DjangoDbBlocker,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> tuple[Path, dict[str, str], list[bytes]]:
    """A backup of a filled book, the digests of its tables and its audit trail."""
    path = tmp_path / "book.zip"
    with django_db_blocker.unblock(), copied_book(django_db_setup["world"], tmp_path):
        _other_home(tmp_path / "old-home", monkeypatch)
        _fill()
        write_backup(path)
        assert [one.name for one in tmp_path.glob(".*")] == []
        return path, _digests(), list(row_lines(AuditEvent))


def test_what_comes_out_is_what_went_in(
    backup: tuple[Path, dict[str, str], list[bytes]],
    empty_book: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    path, digests, trail = backup
    _other_home(tmp_path / "new-home", monkeypatch)
    manifest = restore_book(path)
    assert _digests() == digests
    restored = list(row_lines(AuditEvent))
    assert restored[:-1] == trail and b"book.restore" in restored[-1]
    assert rebuild_totals() == []
    assert manifest.tables["register_entry"].rows == Entry.objects.count() > 5
    for sha in Paper.objects.values_list("evidence_id", flat=True):
        assert evidence_content(sha)[0]
    # Numbers go on after those restored, and the triggers stand.
    last = Entry.objects.latest("id").pk
    assert an_entry("visits", happened_on=date(2020, 4, 2)) > last
    with pytest.raises(Rejected):
        an_entry("visits", happened_on=date(2020, 3, 2))
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM register_entry")
    with pytest.raises(Refusal):
        restore_book(path)


def test_no_name_is_in_a_backup_and_a_book_without_its_key_file_waits_for_it(
    backup: tuple[Path, dict[str, str], list[bytes]],
    empty_book: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    path, _, _ = backup
    with zipfile.ZipFile(path) as book:
        held = b"".join(book.read(name) for name in book.namelist())
        assert b"tables/households_person.jsonl" in held and not any(
            "person-key" in one for one in book.namelist()
        )
    for told in (ZHANG.name, ZHANG.id_number, ZHANG.phone, ZHANG.household):
        assert told.encode() not in held
    _other_home(tmp_path / "new-home", monkeypatch)
    restore_book(path)
    ids = list(Person.objects.order_by("id").values_list("id", flat=True))
    assert not is_roster_readable() and an_entry("visits", happened_on=date(2020, 4, 2))
    with pytest.raises(Refusal) as refused:
        read_people(ids, errand=errand_of(the_world()), purpose="核对")
    assert refused.value.code == "person.key_missing"
    key_path().write_bytes((tmp_path / "old-home" / "person-key").read_bytes())
    assert is_roster_readable()
    shown = read_people(ids, errand=errand_of(the_world()), purpose="核对")
    assert [one.name for one in shown] == [ZHANG.name, LI.name]


def _changed(path: Path, name: str, content: bytes | None) -> Path:
    other = path.with_name("changed.zip")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(other, "w") as target:
        for part in source.namelist():
            if part != name:
                target.writestr(part, source.read(part))
        if content is not None:
            target.writestr(name, content)
    return other


def _manifest_with(path: Path, **changes: object) -> bytes:
    with zipfile.ZipFile(path) as book:
        return json.dumps(json.loads(book.read("manifest.json")) | changes).encode()


def test_a_damaged_or_strange_file_is_refused_before_anything_is_written(
    backup: tuple[Path, dict[str, str], list[bytes]], empty_book: None
):
    path, _, _ = backup
    entries = "tables/register_entry.jsonl"
    assert _rejected(_changed(path, entries, b"{}\n")) == "backup.damaged"
    assert _rejected(_changed(path, entries, None)) == "backup.damaged"
    assert _rejected(_changed(path, "evil/../../x", b"")) == "backup.damaged"
    assert _rejected(_changed(path, "manifest.json", b"{}")) == "backup.not_one"
    newer = _changed(path, "manifest.json", _manifest_with(path, version=99))
    assert _rejected(newer) == "backup.version"
    other = _changed(path, "manifest.json", _manifest_with(path, migrations=["register.0999_later"]))
    assert _rejected(other) == "backup.migrations"
    text = path.with_name("text.zip")
    text.write_text("no zip")
    assert _rejected(text) == "backup.not_one"
    assert _rejected(path.with_name("absent.zip")) == "backup.file"
    assert Entry.objects.count() == 0


def _rejected(path: Path) -> str:
    with pytest.raises(Rejected) as caught:
        restore_book(path)
    return caught.value.problems[0].code


def test_a_book_that_holds_something_is_never_written_over(
    backup: tuple[Path, dict[str, str], list[bytes]], committed_book: object
):
    with pytest.raises(Refusal):
        restore_book(backup[0])


def test_a_stop_in_the_middle_leaves_the_older_backup(committed_book: object, tmp_path: Path):
    path = tmp_path / "book.zip"
    path.write_bytes(b"the older one")

    def stop(done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_backup(path, on_progress=stop)
    assert path.read_bytes() == b"the older one"
    assert list(tmp_path.glob(".*")) == []
