"""Writes of the kernel: users, the evidence store, and the audit trail that nothing changes."""

import json
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from django.db import DatabaseError, connection, transaction

from pairbook.kernel import clock
from pairbook.kernel.actions import add_user, canonical, store_evidence
from pairbook.kernel.evidence import evidence_path
from pairbook.kernel.models import AuditEvent, Evidence, User
from pairbook.kernel.problems import Refusal, Rejected
from pairbook.kernel.reads import audit_lines, evidence_content
from tests.world import A_PAPER, World

DIGEST = sha256(A_PAPER).hexdigest()


def _user(world: World) -> int:
    assert world.giver.user_id is not None
    return world.giver.user_id


def test_a_password_is_kept_only_as_its_hash(world: World):
    user_id = add_user("newcomer", password="one long phrase")
    user = User.objects.get(pk=user_id)
    assert user.check_password("one long phrase") and "one long phrase" not in user.password


def test_the_password_is_not_in_the_audit_trail(world: World):
    user_id = add_user("newcomer", password="one long phrase")
    (line,) = audit_lines(f"user:{user_id}")
    assert json.loads(line.body) == {"username": "newcomer"}


def test_a_paper_is_found_again_by_its_digest(world: World):
    digest = store_evidence(A_PAPER, by=_user(world))
    assert digest == DIGEST and evidence_content(digest) == (A_PAPER, "application/pdf")


def test_the_same_paper_is_kept_once(world: World):
    store_evidence(A_PAPER, by=_user(world))
    store_evidence(A_PAPER, by=_user(world))
    assert Evidence.objects.filter(pk=DIGEST).count() == 1
    assert [line.verb for line in audit_lines(f"evidence:{DIGEST}")] == ["evidence.store"]


def test_a_refused_paper_leaves_nothing_behind(world: World):
    with pytest.raises(Rejected):
        store_evidence(b"MZ a program", by=_user(world))
    digest = sha256(b"MZ a program").hexdigest()
    assert not Evidence.objects.exists() and not evidence_path(digest).exists()


def test_a_paper_changed_on_the_disk_is_not_shown(world: World):
    digest = store_evidence(A_PAPER + b"of one test", by=_user(world))
    evidence_path(digest).write_bytes(A_PAPER + b"altered")
    with pytest.raises(Refusal) as refused:
        evidence_content(digest)
    assert refused.value.code == "evidence.changed"


@pytest.mark.parametrize("digest", ["../../etc/passwd", "A" * 64, "abc", "0" * 63 + "/"])
def test_nothing_but_a_digest_becomes_a_path(digest: str):
    with pytest.raises(AssertionError):
        evidence_path(digest)


def test_one_json_object_has_one_text():
    assert canonical({"b": 1, "a": "静海"}) == canonical({"a": "静海", "b": 1}) == '{"a":"静海","b":1}'


def test_what_is_written_under_the_sample_clock_is_marked_as_sample(world: World):
    moment = datetime(2020, 3, 1, 9, 0, tzinfo=UTC)
    with clock.sample_clock(moment):
        user_id = add_user("sample-user", password="one long phrase")
    (line,) = audit_lines(f"user:{user_id}")
    assert line.is_sample and line.at == moment and User.objects.get(pk=user_id).is_sample


def test_outside_the_sample_clock_nothing_is_sample(world: World):
    with clock.sample_clock(datetime(2020, 3, 1, tzinfo=UTC)):
        pass
    assert not clock.is_sample()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE kernel_auditevent SET verb = 'x'",
        "DELETE FROM kernel_auditevent",
        "UPDATE kernel_evidence SET bytes_count = 1",
        "DELETE FROM kernel_evidence",
    ],
)
def test_the_database_refuses_to_change_the_trail_and_the_list_of_papers(world: World, statement: str):
    store_evidence(A_PAPER, by=_user(world))
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize("table", ["kernel_auditevent", "kernel_evidence"])
def test_the_database_refuses_to_empty_or_replace_rows(world: World, table: str):
    store_evidence(A_PAPER, by=_user(world))
    statement = {
        "sqlite": f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
        "postgresql": f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {table} CASCADE",
    }[connection.vendor]
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_audit_trail_still_grows(world: World):
    before = AuditEvent.objects.count()
    add_user("newcomer", password="one long phrase")
    assert AuditEvent.objects.count() == before + 1
