"""Decisions on uploaded evidence: its size, and what sort of file its content says it is."""

from dataclasses import dataclass

from pairbook.kernel.problems import Problem
from pairbook.kernel.texts import Text

EVIDENCE_BYTES_MAX = 20 * 1024 * 1024

_PLACE = Text("佐证材料", "Paper")
# The first bytes decide, never the name: a renamed program is still a program.
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)
_OFFICE_PARTS: tuple[tuple[bytes, str], ...] = (
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
)
MEDIA_LABELS: dict[str, Text] = {
    "application/pdf": Text("PDF 文件", "PDF"),
    "image/png": Text("图片", "picture"),
    "image/jpeg": Text("图片", "picture"),
    _OFFICE_PARTS[0][1]: Text("Word 文档", "Word document"),
    _OFFICE_PARTS[1][1]: Text("Excel 工作簿", "Excel workbook"),
    "application/vnd.ms-excel": Text("Excel 97 工作簿", "Excel 97 workbook"),
    "text/csv": Text("CSV 表格", "CSV table"),
}
MEDIA_SUFFIXES: dict[str, str] = {
    "application/pdf": "pdf",
    "image/png": "png",
    "image/jpeg": "jpg",
    _OFFICE_PARTS[0][1]: "docx",
    _OFFICE_PARTS[1][1]: "xlsx",
    "application/vnd.ms-excel": "xls",
    "text/csv": "csv",
}


@dataclass(frozen=True, slots=True)
class Judged:
    """What an upload turned out to be; `problems` empty means it may be stored as `media_type`."""

    media_type: str
    problems: tuple[Problem, ...] = ()


def media_type_of(content: bytes) -> str | None:
    """The media type the content itself shows, or None when it is none of those a book keeps."""
    for signature, media_type in _SIGNATURES:
        if content.startswith(signature):
            return media_type
    if content.startswith(b"PK\x03\x04") and b"[Content_Types].xml" in content:
        # Macros make an office file a program; the part's name stands in the zip's directory in clear.
        if b"vbaProject.bin" in content:
            return None
        for part, media_type in _OFFICE_PARTS:
            if part in content:
                return media_type
    return None


def judge_evidence(content: bytes, *, read_as: str = "") -> Judged:
    """What the upload is, or why it cannot be kept as evidence; `read_as` where a reader of ours vouches for it."""
    if not content:
        cure = Text("文件是空的，请重新选择。", "The file is empty; choose it again.")
        return Judged("", (Problem("evidence.empty", _PLACE, cure),))
    if len(content) > EVIDENCE_BYTES_MAX:
        return Judged("", (too_large(),))
    media_type = read_as or media_type_of(content)
    if media_type is None:
        cure = Text(
            "按内容看，这不是 PDF、PNG、JPEG、Word（docx）或 Excel（xlsx）文件；请扫描或另存为其中一种。",
            "By its content this is no PDF, PNG, JPEG, Word (docx) or Excel (xlsx) file; scan or save it as one.",
        )
        return Judged("", (Problem("evidence.type", _PLACE, cure),))
    return Judged(media_type)


def too_large() -> Problem:
    """The problem of a file over the limit."""
    size = EVIDENCE_BYTES_MAX // 1024 // 1024
    cure = Text(
        f"文件超过 {size} MB，请压缩或分开上传。", f"The file is over {size} MB; make it smaller or split it."
    )
    return Problem("evidence.size", _PLACE, cure)
