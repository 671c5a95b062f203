"""The text of an uploaded article: plain text in the usual encodings, or a web page without its tags."""

import re
from html.parser import HTMLParser

from pairbook.analysis.claims.decoding import decoded
from pairbook.kernel.texts import Text

UPLOAD_BYTES_MAX = 300_000
SORTS = (".txt", ".md", ".html", ".htm")
_CURES = {
    "sort": Text(
        "只收 .txt、.md 或 .html 文件；其他格式请把文字粘贴到上面的框里。",
        "Only .txt, .md and .html files are read; of any other paste the words into the box above.",
    ),
    "size": Text("文件超过 300 KB；请只传正文。", "The file is larger than 300 KB; send the article alone."),
    "encoding": Text(
        "不是 UTF-8 或 GB18030 编码的文本；请另存为 UTF-8 再试。",
        "This is no text in UTF-8 or GB18030; save it as UTF-8 and try again.",
    ),
}
_BLOCKS = frozenset(
    (
        "p",
        "div",
        "br",
        "li",
        "tr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "section",
        "article",
        "blockquote",
        "table",
    )
)
_SILENT = frozenset(("script", "style", "noscript", "template", "nav"))


def upload_text(name: str, content: bytes) -> str | Text:
    """The words of a file, or what is wrong with it."""
    ending = name.lower()[name.rfind(".") :] if "." in name else ""
    if ending not in SORTS:
        return _CURES["sort"]
    if len(content) > UPLOAD_BYTES_MAX:
        return _CURES["size"]
    text = decoded(content)
    if text is None:
        return _CURES["encoding"]
    return words_of_page(text) if ending in (".html", ".htm") else text


def words_of_page(html: str) -> str:
    """What a reader of a web page sees as text, one line for each block; scripts and navigation are left out."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = (re.sub(r"[ \t\r\f\v\xa0]+", " ", line).strip() for line in "".join(reader.parts).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Reader(HTMLParser):
    """Keeps the text of a page and where its blocks end."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag in _BLOCKS:
            self.parts.append("\n")
        elif tag in ("td", "th"):
            self.parts.append("\t")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            # Within a block of a page a line break is no more than a blank.
            self.parts.append(data.replace("\n", " "))
