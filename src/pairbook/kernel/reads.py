"""Questions to the kernel: a paper's bytes, the audit trail of one thing."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from pairbook.kernel.evidence import evidence_path
from pairbook.kernel.models import AuditEvent, Evidence
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
