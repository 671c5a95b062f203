"""`claims`: every figure of a text, found and understood; no book is opened for it."""

import sys
from argparse import Namespace
from collections import Counter
from datetime import date
from pathlib import Path

from pairbook.analysis.claims.decoding import decoded
from pairbook.analysis.claims.finding import find_figures
from pairbook.analysis.claims.labels import label_of
from pairbook.analysis.claims.shapes import Figure, Found, Period
from pairbook.analysis.documents.shapes import BOUND, ending_of
from pairbook.bulletins.files import text_of_file
from pairbook.config.commands.answers import table, tell_json
from pairbook.kernel.periods import is_in_calendar
from pairbook.kernel.problems import Problem, Rejected
from pairbook.kernel.texts import Lang, Text
from pairbook.web.numbers import plain

BYTES_MAX = 20 * 1024 * 1024
_FILE = Text("文件", "File")


def claims(arguments: Namespace) -> int:
    """The figures of a text (CONTRACT section 5): a table, or with --json one document."""
    text, published = read_text(arguments.file), read_day(arguments.published, "--published")
    found = find_figures(text, lang=arguments.lang if arguments.lang_given else None, published=published)
    if arguments.json:
        tell_json(found.as_json())
    else:
        print(_told(found, text, arguments.lang))
    return 0


def read_text(file: str) -> str:
    """The text of a file as given, the words of a Word document or PDF, or standard input for `-`."""
    if file == "-":
        content = sys.stdin.buffer.read(BYTES_MAX + 1)
    else:
        path = Path(file)
        if not path.is_file():
            cure = Text("没有这个文件。", "There is no such file.")
            raise Rejected([Problem("usage.file", _FILE, cure, value=file)])
        try:
            with path.open("rb") as stream:
                content = stream.read(BYTES_MAX + 1)
        except OSError as error:
            cure = Text(f"读不了这个文件：{error.strerror}。", f"This file cannot be read: {error.strerror}.")
            raise Rejected([Problem("usage.unreadable", _FILE, cure, value=file)]) from error
    if len(content) > BYTES_MAX:
        cure = Text("文件超过 20 MB；请分开检查。", "The file is larger than 20 MB; check it in parts.")
        raise Rejected([Problem("claims.too_large", _FILE, cure, value=file)])
    if ending_of(file) in BOUND:
        words = text_of_file(file, content)
        if isinstance(words, Text):
            raise Rejected([Problem("claims.document", _FILE, words, value=file)])
        return words
    text = decoded(content)
    if text is None:
        cure = Text(
            "不是 UTF-8 或 GB18030 编码的文本；请另存为纯文本（UTF-8）再试。",
            "This is no text in UTF-8 or GB18030; save it as plain text (UTF-8) and try again.",
        )
        raise Rejected([Problem("claims.encoding", _FILE, cure, value=file)])
    return text


def read_day(written: str | None, option: str) -> date | None:
    """The day an option gives, or None where it was not given."""
    if written is None:
        return None
    try:
        day = date.fromisoformat(written)
        if not is_in_calendar(day):
            raise ValueError(written)
    except ValueError:
        cure = Text("日期写成 2020-09-18。", "Write a day as 2020-09-18.")
        raise Rejected([Problem("usage.day", Text(option, option), cure, value=written)]) from None
    return day


def _told(found: Found, text: str, lang: Lang) -> str:
    """A table of the claims, then how figures hang together, then how many numbers claim nothing."""
    told = [figure for figure in found.figures if figure.is_claim]
    if not told:
        return Text("没有找到数据。", "No figures were found.").in_(lang)
    headings = (
        Text("行", "Line"),
        Text("原文", "Text"),
        Text("数值", "Value"),
        Text("单位", "Unit"),
        Text("说的是", "Measures"),
        Text("时间", "When"),
        Text("性质", "Kind"),
        Text("把握", "Sure"),
    )
    lines = _lines_of(text, told)
    rows = [
        [
            str(line),
            " ".join(figure.text.split()),
            _value(figure, lang),
            _label(figure.unit or "", lang),
            _label(figure.measure or "", lang) + _of(figure, lang),
            _when(figure.period),
            _label(figure.modality, lang),
            f"{figure.confidence:.0%}",
        ]
        for line, figure in zip(lines, told, strict=True)
    ]
    parts = [table([one.in_(lang) for one in headings], rows, numbers=(0, 2, 7))]
    if found.relations:
        parts.append("\n".join(_relations(found, lang)))
    others = len(found.figures) - len(told)
    parts.append(
        Text(
            f"共 {len(told)} 个数；另有 {others} 处数字不是数据（日期、序数、名称等）。",
            f"{len(told)} figures; {others} other numbers claim nothing (dates, ordinals, names and so on).",
        ).in_(lang)
    )
    return "\n\n".join(parts)


def _lines_of(text: str, figures: list[Figure]) -> list[int]:
    """The line of each figure, counted from 1."""
    lines, line, at = [], 1, 0
    for figure in figures:
        line += text.count("\n", at, figure.start)
        at = figure.start
        lines.append(line)
    return lines


def _label(code: str, lang: Lang) -> str:
    return Text(*label_of(code)).in_(lang) if code else ""


def _value(figure: Figure, lang: Lang) -> str:
    if figure.value is None:
        return ""
    value = plain(figure.value)
    if figure.value_high is not None:
        return f"{value}–{plain(figure.value_high)}"
    return f"{_label(figure.qualifier, lang)} {value}".strip()


def _of(figure: Figure, lang: Lang) -> str:
    if figure.of is None:
        return ""
    return f"（{_label(figure.of, lang)}）" if lang == "zh" else f" ({_label(figure.of, lang)})"


def _when(period: Period | None) -> str:
    if period is None:
        return ""
    first = "" if period.first is None else period.first.isoformat()
    last = "" if period.last is None else period.last.isoformat()
    return first if first == last else f"{first}..{last}"


_RELATIONS = {
    "sum": Text("合计", "sum"),
    "part_sum": Text("其中", "part of"),
    "share": Text("占比", "share"),
    "ratio": Text("重复或换算", "repeat or conversion"),
    "growth": Text("增长", "growth"),
}


def _relations(found: Found, lang: Lang) -> list[str]:
    """A line for each relation that does not hold, and one that counts those that do."""
    texts = {figure.id: " ".join(figure.text.split()) for figure in found.figures}
    lines = []
    for relation in found.relations:
        if relation.holds:
            continue
        named = ", ".join(texts[name] for name in relation.figures)
        kind, computed = _RELATIONS[relation.type], plain(relation.computed)
        lines.append(
            Text(
                f"不符（{kind.zh}）：{named}；算得 {computed}",
                f"Does not hold ({kind.en}): {named}; computed {computed}",
            ).in_(lang)
        )
    held = Counter(relation.type for relation in found.relations if relation.holds)
    if held:
        counts = ("、" if lang == "zh" else ", ").join(
            f"{_RELATIONS[kind].in_(lang)} {count}" for kind, count in held.items()
        )
        lines.append(Text(f"相符：{counts}", f"Hold: {counts}").in_(lang))
    return lines
