"""Writes of the kernel: users, evidence, the audit trail."""

import json
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO
from uuid import uuid4

from django.db import connection, transaction

from pairbook.kernel import clock
from pairbook.kernel.evidence import evidence_path
from pairbook.kernel.models import Evidence, ParameterValue, User
from pairbook.kernel.parameters import PARAMETER_MAX
from pairbook.kernel.problems import Problem, Rejected
from pairbook.kernel.reads import offered_parameters
from pairbook.kernel.rules import EVIDENCE_BYTES_MAX, judge_evidence, too_large
from pairbook.kernel.texts import Text


def canonical(body: dict[str, Any]) -> str:
    """The one text of a JSON object: sorted keys, no blanks, dates as ISO text."""
    return _ENCODER.encode(body)


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def write_audit(verb: str, subject: str, body: dict[str, Any], *, by: int | None) -> None:
    """One line in the audit trail, inside the caller's transaction."""
    at = connection.ops.adapt_datetimefield_value(clock.now())
    row = [at, by, verb, subject, canonical(body), clock.is_sample()]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_auditevent (at, by_id, verb, subject, body, is_sample) VALUES (%s, %s, %s, %s, %s, %s)",
            row,
        )


@transaction.atomic
def add_user(username: str, *, password: str, display_name: str = "", by: int | None = None) -> int:
    """A new user's id; the password is kept only as its hash."""
    if User.objects.filter(username=username).exists():
        cure = Text("这个用户名已被使用，请换一个。", "This user name is taken; choose another.")
        raise Rejected([Problem("user.name", Text("用户名", "User name"), cure, value=username)])
    user = User(username=username, display_name=display_name or username, is_sample=clock.is_sample())
    user.set_password(password)
    user.save(force_insert=True)
    write_audit("user.add", f"user:{user.pk}", {"username": username}, by=by)
    return user.pk


@transaction.atomic
def set_parameter(code: str, *, value: int, valid_from: date, source: str, by: int | None) -> None:
    """The threshold is `value` from a day on, as the source named says; Rejected for an unknown code or no source."""
    problems = []
    if code not in {parameter.code for parameter in offered_parameters()}:
        cure = Text("没有这个参数。", "There is no such parameter.")
        problems.append(Problem("parameter.code", Text("参数", "Parameter"), cure, value=code))
    if not 0 <= value <= PARAMETER_MAX:
        cure = Text("请填写 0 到 1,000,000 之间的整数。", "Write a whole number from 0 to 1,000,000.")
        problems.append(Problem("parameter.value", Text("数值", "Value"), cure, value=str(value)))
    if not source.strip():
        cure = Text("请写明依据的文件。", "Name the document that says so.")
        problems.append(Problem("parameter.source", Text("依据", "Source"), cure))
    if problems:
        raise Rejected(problems)
    ParameterValue.objects.create(
        code=code, value=value, valid_from=valid_from, source=source.strip(), set_at=clock.now(), set_by_id=by
    )
    body = {"value": value, "valid_from": valid_from, "source": source.strip()}
    write_audit("parameter.set", f"parameter:{code}", body, by=by)


def read_upload(stream: BinaryIO) -> bytes:
    """The bytes of an upload, never more than the limit: a 2 GB file is refused after one byte too many."""
    content = stream.read(EVIDENCE_BYTES_MAX + 1)
    if len(content) > EVIDENCE_BYTES_MAX:
        raise Rejected([too_large()])
    return content


@transaction.atomic
def store_evidence(content: bytes, *, by: int, read_as: str = "") -> str:
    """The SHA-256 under which the content is now kept; the same content is kept once.

    `read_as` is the media type of a file that was read to its last row before: text shows no signature of its own.
    """
    judged = judge_evidence(content, read_as=read_as)
    if judged.problems:
        raise Rejected(judged.problems)
    digest = sha256(content).hexdigest()
    if not Evidence.objects.filter(pk=digest).exists():
        _write_once(evidence_path(digest), content)
        kept = Evidence(
            sha256=digest,
            bytes_count=len(content),
            media_type=judged.media_type,
            stored_at=clock.now(),
            stored_by_id=by,
        )
        # Two offices may attach the same paper in the same moment; the second finds it kept already.
        Evidence.objects.bulk_create([kept], ignore_conflicts=True)
        write_audit(
            "evidence.store", f"evidence:{digest}", {"bytes": len(content), "type": judged.media_type}, by=by
        )
    return digest


def _write_once(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Written beside and moved into place: a stop in the middle leaves no half paper under a digest.
    beside = path.with_suffix(f".{uuid4().hex}.part")
    beside.write_bytes(content)
    beside.replace(path)
