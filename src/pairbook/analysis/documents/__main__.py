"""One document from standard input, its words or its fault as JSON on standard output: the process `reading` starts.

Time and memory are limited before anything of the document is looked at.
"""

import json
import sys

from pairbook.analysis.documents.pdf import words_of_pdf
from pairbook.analysis.documents.shapes import Unreadable
from pairbook.analysis.documents.word import words_of_docx

_SECONDS = 10
_BYTES = 1_500_000_000


def _limit() -> None:
    """Let the system end this process when it asks for too much; Windows has no such limits, the parent's clock has."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 (there is none on Windows)

    for what, most in ((resource.RLIMIT_CPU, _SECONDS), (resource.RLIMIT_AS, _BYTES)):
        _, hard = resource.getrlimit(what)
        if hard == resource.RLIM_INFINITY or hard > most:
            try:
                resource.setrlimit(what, (most, most))
            except (ValueError, OSError):
                # Some systems refuse a limit on memory; that on time stays.
                continue


def main(ending: str) -> None:
    """Write the words of the document, or why there are none."""
    _limit()
    content = sys.stdin.buffer.read()
    try:
        words = words_of_docx(content) if ending == ".docx" else words_of_pdf(content)
        answer = {"words": words}
    except Unreadable as unreadable:
        answer = {"fault": unreadable.fault}
    except (MemoryError, RecursionError):
        answer = {"fault": "slow"}
    sys.stdout.buffer.write(json.dumps(answer).encode("ascii"))


if __name__ == "__main__":
    main(sys.argv[1])
