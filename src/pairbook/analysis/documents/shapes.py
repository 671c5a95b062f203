"""Which documents are read, how large they may be, and why one was not read."""

from typing import Literal

Fault = Literal["sort", "size", "encoding", "damaged", "locked", "pages", "scanned", "garbled", "slow"]
PLAIN = (".txt", ".md")
PAGES = (".html", ".htm")
BOUND = (".docx", ".pdf")
"""Read in a process of their own, since their formats let a small file ask for much time and memory."""
SORTS = (*PLAIN, *PAGES, *BOUND)

PLAIN_BYTES_MAX = 300_000
BOUND_BYTES_MAX = 5_000_000
PAGES_MAX = 100
UNPACKED_BYTES_MAX = 40_000_000
"""What all parts of a Word document may come to when unpacked."""


class Unreadable(Exception):
    """A document that was not read; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        self.fault: Fault = fault
        super().__init__(fault)


def ending_of(name: str) -> str:
    """The ending of a file's name in small letters, with its point; empty where it has none."""
    return name.lower()[name.rfind(".") :] if "." in name else ""
