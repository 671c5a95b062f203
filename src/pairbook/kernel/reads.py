"""Questions to the kernel: a paper's bytes, the audit trail of one thing, a threshold on a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.apps import apps

from pairbook.kernel.evidence import evidence_path
from pairbook.kernel.kinds import kinds_offering
from pairbook.kernel.models import AuditEvent, Evidence, ParameterValue
from pairbook.kernel.parameters import Parameter, Parameters
from pairbook.kernel.problems import Refusal
from pairbook.kernel.texts import Text


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One line of the audit trail."""

    at: datetime
    by: str
    verb: str
    subject: str
    body: str
    is_sample: bool


def evidence_content(digest: str) -> tuple[bytes, str]:
    """The bytes and media type of a paper; refused when the store no longer holds what the digest says."""
    evidence = Evidence.objects.get(pk=digest)
    path = evidence_path(digest)
    content = path.read_bytes() if path.is_file() else b""
    if sha256(content).hexdigest() != digest:
        raise Refusal(
            "evidence.changed",
            Text(
                "这份材料与登记时的指纹不符或已丢失。",
                "This paper is missing or no longer matches its fingerprint.",
            ),
        )
    return content, evidence.media_type


def audit_lines(subject: str) -> list[AuditLine]:
    """The audit trail of one subject such as `entry:12`, oldest first."""
    events = AuditEvent.objects.filter(subject=subject).select_related("by").order_by("id")
    return [
        AuditLine(
            at=event.at,
            by=(event.by.display_name or event.by.username) if event.by else "",
            verb=event.verb,
            subject=event.subject,
            body=event.body,
            is_sample=event.is_sample,
        )
        for event in events
    ]


def offered_parameters() -> Iterator[Parameter]:
    """Every threshold the kinds offer, in the kinds' order, then those of the rooms.

    A room offers by `parameters` of its AppConfig: so the kernel finds them without knowing a room by name.
    """
    for _, offered in kinds_offering(Parameters):
        yield from offered.parameters
    for room in apps.get_app_configs():
        yield from getattr(room, "parameters", ())


@dataclass(frozen=True, slots=True)
class Threshold:
    """A threshold in force: its value, since when, by which document, and whether one was shown."""

    parameter: Parameter
    value: int
    valid_from: date
    source: Text
    is_verified: bool


def thresholds(day: date) -> list[Threshold]:
    """Every threshold as it is in force on a day."""
    set_anew: dict[str, ParameterValue] = {}
    for row in ParameterValue.objects.filter(valid_from__lte=day).order_by("valid_from", "id"):
        set_anew[row.code] = row
    return [_threshold(one, set_anew.get(one.code)) for one in offered_parameters()]


def _threshold(offered: Parameter, anew: ParameterValue | None) -> Threshold:
    if anew is None:
        return Threshold(offered, offered.value, offered.valid_from, offered.source, offered.is_verified)
    return Threshold(offered, anew.value, anew.valid_from, Text(anew.source, anew.source), True)


def threshold(code: str, day: date) -> int:
    """The value of one threshold on a day; its code must be one that is offered."""
    return next(one.value for one in thresholds(day) if one.parameter.code == code)
