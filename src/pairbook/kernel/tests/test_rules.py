"""What may be kept as evidence: decided by content, never by name, and never half read."""

from io import BytesIO
from typing import cast
from zipfile import ZipFile

import pytest

from pairbook.kernel.actions import read_upload
from pairbook.kernel.problems import Rejected
from pairbook.kernel.rules import EVIDENCE_BYTES_MAX, judge_evidence


def _zip(*names: str) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, "<xml/>")
    return packed.getvalue()


DOCX = _zip("[Content_Types].xml", "word/document.xml")
XLSX = _zip("[Content_Types].xml", "xl/workbook.xml")
OFFICE = "application/vnd.openxmlformats-officedocument."

MACROS = _zip("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")

KEPT = [
    (b"%PDF-1.7\n", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n....", "image/png"),
    (b"\xff\xd8\xff\xe0....", "image/jpeg"),
    (DOCX, f"{OFFICE}wordprocessingml.document"),
    (XLSX, f"{OFFICE}spreadsheetml.sheet"),
]
REFUSED = [
    ("nothing", b"", "evidence.empty"),
    ("a program", b"MZ\x90\x00\x03", "evidence.type"),
    ("a web page", b"<html><script>alert(1)</script></html>", "evidence.type"),
    ("a picture with a script", b"<svg onload='x()'/>", "evidence.type"),
    ("a document with macros", MACROS, "evidence.type"),
    ("an archive that is no document", _zip("readme.txt"), "evidence.type"),
    ("one byte over the limit", b"%PDF-" + b"0" * (EVIDENCE_BYTES_MAX - 4), "evidence.size"),
]


@pytest.mark.parametrize(("content", "media_type"), KEPT)
def test_a_paper_is_known_by_its_content(content: bytes, media_type: str):
    judged = judge_evidence(content)
    assert (judged.media_type, judged.problems) == (media_type, ())


@pytest.mark.parametrize(
    ("content", "code"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_what_is_no_paper_is_refused_with_a_cure(content: bytes, code: str):
    (problem,) = judge_evidence(content).problems
    assert problem.code == code and problem.cure.zh and problem.cure.en


def test_a_file_of_just_the_limit_is_kept():
    assert not judge_evidence(b"%PDF-" + b"0" * (EVIDENCE_BYTES_MAX - 5)).problems


class _Endless:
    """A stream like a 2 GB upload: it never ends and counts what was taken from it."""

    def __init__(self) -> None:
        self.taken = 0

    def read(self, size: int = -1) -> bytes:
        assert size >= 0, "an upload is never read to its end"
        self.taken += size
        return b"0" * size


def test_a_huge_upload_is_refused_after_one_byte_too_many():
    stream = _Endless()
    with pytest.raises(Rejected) as rejected:
        read_upload(cast(BytesIO, stream))
    assert rejected.value.problems[0].code == "evidence.size" and stream.taken == EVIDENCE_BYTES_MAX + 1
