"""The keys of the privacy wall: a file in PAIRBOOK_HOME or the setting PAIRBOOK_PERSON_KEY, never the database.

The file, `person-key`, has a line for each key: `token` and `encryption`, and 64 hexadecimal digits; the first
`encryption` seals, the others only open what was sealed before a rotation. The setting holds the same words, on one
line. Whoever has the file and the database can read every name, so the two are copied and kept apart.
"""

import os
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from pairbook.households.sealing import KEY_BYTES, key_id_of, new_key
from pairbook.kernel.problems import Refusal
from pairbook.kernel.texts import Text

_HEADING = """\
# 结对账个人信息密钥：请另存一份，与备份分开保管；丢失后姓名、电话、证件号无法读出。
# Keys of Pairbook's privacy wall: keep a copy apart from the backups; without it no name can be read.
"""


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The key tokens are made with, and the keys persons are sealed with, the present one first."""

    token: bytes
    encryption: tuple[bytes, ...]

    @property
    def token_key_id(self) -> str:
        """The id of the key tokens are made with."""
        return key_id_of(self.token)

    @property
    def key_id(self) -> str:
        """The id of the key that seals now."""
        return key_id_of(self.encryption[0])

    @property
    def by_id(self) -> dict[str, bytes]:
        """Every key that opens, by its id."""
        return {key_id_of(key): key for key in self.encryption}

    def with_new_key(self) -> "KeyRing":
        """The same ring with a new key that seals from now on."""
        return replace(self, encryption=(new_key(), *self.encryption))


def key_path() -> Path:
    """Where the keys lie unless the setting holds them."""
    return Path(settings.PAIRBOOK_HOME) / "person-key"


def is_in_setting() -> bool:
    """Whether the keys come from PAIRBOOK_PERSON_KEY, which this program cannot write."""
    return bool(settings.PAIRBOOK_PERSON_KEY)


def key_ring() -> KeyRing | None:
    """The keys at hand, read anew each time; None where there are none, Refusal where they cannot be read as keys."""
    if is_in_setting():
        return _parsed(settings.PAIRBOOK_PERSON_KEY)
    path = key_path()
    try:
        return _parsed(path.read_text(encoding="utf-8")) if path.is_file() else None
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable() from error


def new_ring() -> KeyRing:
    """A ring of new keys, stored in the file."""
    ring = KeyRing(new_key(), (new_key(),))
    store_ring(ring)
    return ring


def store_ring(ring: KeyRing) -> None:
    """The file holds this ring, readable by its owner alone; a stop in the middle leaves the older one."""
    assert not is_in_setting(), "keys of the setting are not ours to write"
    lines = [f"token {ring.token.hex()}", *(f"encryption {key.hex()}" for key in ring.encryption)]
    path = key_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(f".{uuid4().hex}.part")
    # Made with its rights, not given them afterwards: in between somebody could open it.
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(_HEADING + "\n".join(lines) + "\n")
        stream.flush()
        # The rows sealed with a new key are on the disk soon; the key has to be there first.
        os.fsync(stream.fileno())
    beside.replace(path)


def _parsed(text: str) -> KeyRing:
    words = [word for line in text.splitlines() if not line.startswith("#") for word in line.split()]
    keys: dict[str, list[bytes]] = {"token": [], "encryption": []}
    try:
        for name, digits in zip(words[::2], words[1::2], strict=True):
            keys[name].append(bytes.fromhex(digits))
    except (KeyError, ValueError) as error:
        raise _unreadable() from error
    found = [*keys["token"], *keys["encryption"]]
    if len(keys["token"]) != 1 or not keys["encryption"] or any(len(key) != KEY_BYTES for key in found):
        raise _unreadable()
    return KeyRing(keys["token"][0], tuple(keys["encryption"]))


def _unreadable() -> Refusal:
    return Refusal(
        "person.key_unreadable",
        Text(
            "个人信息密钥读不出来：应有一个 token 和至少一个 encryption，各为 64 位十六进制数；"
            "请放回原来的 person-key 文件或 PAIRBOOK_PERSON_KEY。",
            "The keys of the privacy wall cannot be read: there must be one token and at least one encryption, each of "
            "64 hexadecimal digits. Put the file person-key, or PAIRBOOK_PERSON_KEY, back as it was.",
        ),
    )


def missing_key() -> Refusal:
    """The refusal where persons were sealed, or tokens made, with keys that are not at hand."""
    return Refusal(
        "person.key_missing",
        Text(
            "名单是用另一把密钥加密的，现在的密钥打不开；请把原来的 person-key 文件放回 PAIRBOOK_HOME"
            "（或设回 PAIRBOOK_PERSON_KEY）。账本其余部分不受影响。",
            "The persons were sealed with keys that are not at hand. Put the file person-key back into PAIRBOOK_HOME, "
            "or set PAIRBOOK_PERSON_KEY as it was. The rest of the book is not affected.",
        ),
    )


def broken_seal() -> Refusal:
    """The refusal where the key is the right one and a sealed value does not open."""
    return Refusal(
        "person.seal_broken",
        Text(
            "有个人信息在数据库里被改动或损坏，无法读出；请从备份恢复并查明原因。",
            "Something of a person was changed or damaged in the database and cannot be read; restore a backup and "
            "find out why.",
        ),
    )
