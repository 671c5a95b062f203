"""Where the evidence store keeps a paper: under its SHA-256 and nothing else."""

from pathlib import Path

from django.conf import settings


def evidence_path(digest: str) -> Path:
    """Where content of this digest lies; made of the digest alone, so no name from outside reaches the disk."""
    assert len(digest) == 64 and set(digest) <= set("0123456789abcdef"), "not a SHA-256"
    return Path(settings.PAIRBOOK_HOME) / "evidence" / digest[:2] / digest
