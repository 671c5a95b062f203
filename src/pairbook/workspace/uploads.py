"""Keeps an uploaded workbook between its preview and its import, so that it need not be chosen twice.

It lies under its digest in the book's home, never under a name from outside. The page gets a signed ticket that
names the digest, the kind, the pairing and the user: nobody can apply what somebody else uploaded, or elsewhere.
"""

import time
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.core import signing

_SALT = "pairbook.workspace.uploads"
KEPT_SECONDS = 3600


def _folder() -> Path:
    return Path(settings.PAIRBOOK_HOME) / "uploads"


def keep_upload(content: bytes, *, user_id: int, scope: str) -> str:
    """The ticket of an upload now kept for an hour; `scope` says what it is for. Older uploads are cleared away."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        if time.time() - old.stat().st_mtime > KEPT_SECONDS:
            old.unlink(missing_ok=True)
    digest = sha256(content).hexdigest()
    beside = folder / f"{digest}.{user_id}.part"
    beside.write_bytes(content)
    beside.replace(folder / digest)
    return signing.dumps({"digest": digest, "user": user_id, "scope": scope}, salt=_SALT)


def kept_upload(ticket: str, *, user_id: int, scope: str) -> bytes | None:
    """The upload a ticket stands for, or None when it is not this user's, is too old or was cleared away."""
    try:
        named = signing.loads(ticket, salt=_SALT, max_age=KEPT_SECONDS)
    except signing.BadSignature:
        return None
    if named["user"] != user_id or named["scope"] != scope:
        return None
    path = _folder() / named["digest"]
    return path.read_bytes() if path.is_file() else None
