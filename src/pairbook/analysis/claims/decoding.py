"""Bytes to text, as every reader of claims does it: UTF-8, else GB18030; line breaks stay, a byte-order mark goes."""

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\x84\x31\x95\x33", "gb18030"))
_ENCODINGS = ("utf-8", "gb18030")


def decoded(content: bytes) -> str | None:
    """The text of a file, or None when it is in neither encoding (or is no text at all)."""
    if b"\0" in content:
        return None
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _in_encoding(content[len(mark) :], encoding)
    for encoding in _ENCODINGS:
        text = _in_encoding(content, encoding)
        if text is not None:
            return text
    return None


def _in_encoding(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None
