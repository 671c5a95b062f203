"""The two calculations of the privacy wall: AES-256-GCM over a text, and the keyed token of a text.

The only file that knows `cryptography`, so that another library, or a device that keeps its keys to itself, can take
its place.
"""

import hmac
import os
from base64 import b64decode, b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
_NONCE_BYTES = 12


class Broken(Exception):
    """A sealed text is not what this key sealed, for this place: changed, moved or damaged."""


def new_key() -> bytes:
    """A random key of 256 bits."""
    return os.urandom(KEY_BYTES)


def seal(text: str, *, key: bytes, place: str) -> str:
    """The text under AES-256-GCM with a random nonce, in Base64. An empty text too: nobody sees what is not known.

    `place` (row and column) is sealed with it, so that a value moved to another row or column does not open. Random
    nonces of 96 bits are safe for 2^32 texts a key (NIST SP 800-38D, 8.3).
    """
    nonce = os.urandom(_NONCE_BYTES)
    return b64encode(nonce + AESGCM(key).encrypt(nonce, text.encode(), place.encode())).decode("ascii")


def open_sealed(sealed: str, *, key: bytes, place: str) -> str:
    """The text that was sealed for this place, or Broken."""
    try:
        held = b64decode(sealed, validate=True)
        return AESGCM(key).decrypt(held[:_NONCE_BYTES], held[_NONCE_BYTES:], place.encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise Broken(place) from error


def token_of(text: str, *, key: bytes, sort: str) -> str:
    """HMAC-SHA256 of the text, in hexadecimal; `sort` keeps tokens of different things apart.

    A plain hash of an identity number can be found by trying all of them; without the key this one cannot.
    """
    return hmac.new(key, f"{sort}\0{text}".encode(), "sha256").hexdigest()


def key_id_of(key: bytes) -> str:
    """By what rows name the key they were sealed with: it tells keys apart and gives nothing of them away."""
    return hmac.new(key, b"pairbook key id", "sha256").hexdigest()[:16]
