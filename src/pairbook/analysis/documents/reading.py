"""A document file to its words, whatever its sort; Word and PDF are read by a process of their own."""

import json
import subprocess
import sys

from pairbook.analysis.claims.decoding import decoded
from pairbook.analysis.documents.shapes import (
    BOUND,
    BOUND_BYTES_MAX,
    PAGES,
    PLAIN_BYTES_MAX,
    SORTS,
    Unreadable,
    ending_of,
)
from pairbook.analysis.documents.web_page import words_of_page

_SECONDS_MAX = 20


def words_of_document(name: str, content: bytes) -> str:
    """The words of a file by the ending of its name; Unreadable says why there are none."""
    ending = ending_of(name)
    if ending not in SORTS:
        raise Unreadable("sort")
    if len(content) > (BOUND_BYTES_MAX if ending in BOUND else PLAIN_BYTES_MAX):
        raise Unreadable("size")
    if ending in BOUND:
        return _read_apart(ending, content)
    text = decoded(content)
    if text is None:
        raise Unreadable("encoding")
    return words_of_page(text) if ending in PAGES else text


def _read_apart(ending: str, content: bytes) -> str:
    command = [sys.executable, "-m", "pairbook.analysis.documents", ending]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=_SECONDS_MAX, check=False)
    except subprocess.TimeoutExpired as error:
        raise Unreadable("slow") from error
    if done.returncode or not done.stdout:
        # Ended by the system for what it asked, or by a fault of the library that no document should bring about.
        raise Unreadable("slow" if done.returncode < 0 else "damaged")
    answer = json.loads(done.stdout)
    if "fault" in answer:
        raise Unreadable(answer["fault"])
    return str(answer["words"])
