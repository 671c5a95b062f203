"""The words of an uploaded or named document, or in both languages what is wrong with it and what to do."""

from pairbook.analysis.documents.reading import words_of_document
from pairbook.analysis.documents.shapes import PAGES_MAX, Fault, Unreadable
from pairbook.kernel.texts import Text

_CURES: dict[Fault, Text] = {
    "sort": Text(
        "只收 .txt、.md、.html、.docx 和 .pdf 文件；其他格式（如 .doc、.wps）请另存为 .docx，或把文字粘贴到框里。",
        "Only .txt, .md, .html, .docx and .pdf files are read; save others (.doc) as .docx, or paste the words.",
    ),
    "size": Text(
        "文件太大：文本和网页不超过 300 KB，.docx 和 .pdf 不超过 5 MB；请只传正文。",
        "The file is larger than 300 KB for text and pages, or 5 MB for .docx and .pdf; send the article alone.",
    ),
    "encoding": Text(
        "不是 UTF-8 或 GB18030 编码的文本；请另存为 UTF-8 再试。",
        "This is no text in UTF-8 or GB18030; save it as UTF-8 and try again.",
    ),
    "damaged": Text(
        "这个文件读不了，可能损坏或不是所写的格式；请重新保存，或粘贴文字。",
        "This file cannot be read: it is damaged, or not what its name says. Save it anew, or paste the words.",
    ),
    "locked": Text(
        "文件有密码，或是旧版 Word 文档；请去掉密码、另存为 .docx，或粘贴文字。",
        "The file has a password, or is of an old Word; save it without one as .docx, or paste the words.",
    ),
    "pages": Text(
        f"超过 {PAGES_MAX} 页；请只传文章所在的几页。",
        f"More than {PAGES_MAX} pages; send those with the article only.",
    ),
    "scanned": Text(
        "文件里只有图像，没有文字（可能是扫描件）；请先做文字识别，或粘贴文字。",
        "There are only pictures and no words in it (a scan, perhaps); have its text recognised, or paste the words.",
    ),
    "garbled": Text(
        "这个 PDF 的字体没有说明哪个字形是哪个字，读出来会是乱码；请用原文，或粘贴文字。",
        "The fonts of this PDF do not say which shape is which letter; use the original, or paste the words.",
    ),
    "slow": Text(
        "读这个文件用的时间或内存过多，已停止；请另存一份简单的，或粘贴文字。",
        "Reading this file took too much time or memory and was stopped; save a plainer copy, or paste the words.",
    ),
}


def text_of_file(name: str, content: bytes) -> str | Text:
    """The words of a file, or what is wrong with it."""
    try:
        return words_of_document(name, content)
    except Unreadable as unreadable:
        return _CURES[unreadable.fault]
