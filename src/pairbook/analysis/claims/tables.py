"""Tables pasted as text: what stands in the head of a column or in the label of a row belongs to every number there.

A table is two lines or more that fall into cells by tabs, bars, two blanks or, as in a CSV file, commas. Units such
as (万元) or (10,000 yuan) are read from labels, years and 目标 / target from heads.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Protocol

from pairbook.analysis.claims.shapes import Lang, Modality
from pairbook.analysis.claims.times import Time
from pairbook.analysis.claims.tokens import Cell, Number
from pairbook.analysis.claims.units import Unit, nouns_of, sort_of, spelled, unit_pattern, units_of

_GAP = re.compile(r"\t+| {2,}| ?\| ?")
_COMMA = re.compile(r",(?!\d{3}(?!\d))")
_LABEL = re.compile(
    r"\((?:单位[:：] ?|unit: ?|in )?(?P<unit>[^()\d]{1,14}|(?:10,000|1,000|10000|1000|100 million|million"
    r"|billion|thousand) [a-z-]+)\)"
)
_UNIT_LINE = re.compile(r"(?:单位|unit)[:：] ?(?P<unit>万元|亿元|元|万人|人|[a-z ,0-9]{2,16})")
_TIMES_EN = {
    "10,000": 10_000,
    "10000": 10_000,
    "1,000": 1_000,
    "1000": 1_000,
    "100 million": 100_000_000,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
}
_UNIT_COLUMN = re.compile(r"(?:计量)?单位|units?(?: of measure(?:ment)?)?")
_TARGET = re.compile(r"目标|任务|计划|协议数|target|plan|goal")
_SUM_LINE = re.compile(r"合计|总计|小计|total|sum")
_CELL_MAX, _LINE_MAX, _TITLE_MAX = 44, 400, 60


class Line(Protocol):
    """What a table needs of a sentence: lines of a table are sentences of their own."""

    start: int
    end: int
    lang: Lang
    times: list[Time]
    numbers: list[Number]
    in_table: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table with the places of its cells."""

    line: Line
    cells: tuple[tuple[int, int], ...]


def lay_out_tables(text: str, lines: Sequence[Line]) -> None:
    """Give the numbers of tables the units, times and words of their rows and columns."""
    for rows in _tables(text, lines):
        _lay_out(text, rows)


def _tables(text: str, lines: Sequence[Line]) -> Iterator[list[Row]]:
    """Neighbouring lines that fall into as many cells."""
    whole = [line for line in lines if _is_whole_line(text, line)]
    rows = [(number, _row(text, line)) for number, line in enumerate(whole)]
    for is_row, run in groupby(rows, key=lambda pair: pair[1] is not None):
        found: list[Row] = []
        if not is_row:
            continue
        for _, row in run:
            if row is None:
                continue
            if found and text[found[-1].line.end : row.line.start].strip():
                if len(found) > 1:
                    yield found
                found = []
            found.append(row)
        if len(found) > 1:
            yield found


def _is_whole_line(text: str, line: Line) -> bool:
    return (
        (line.start == 0 or text[line.start - 1] == "\n") and text[line.end - 1 : line.end] in ("\n", "")
    ) or line.end == len(text)


def _row(text: str, line: Line) -> Row | None:
    """The cells of a line, or None where it is no row."""
    if line.end - line.start > _LINE_MAX:
        return None
    written = text[line.start : line.end].rstrip()
    for separator in (_GAP, _COMMA):
        edges, cells = [0], []
        for found in separator.finditer(written):
            cells.append((edges[-1], found.start()))
            edges.append(found.end())
        cells.append((edges[-1], len(written)))
        cells = [cell for cell in cells if separator is _COMMA or written[cell[0] : cell[1]].strip()]
        if len(cells) >= 2 and all(end - start <= _CELL_MAX for start, end in cells):
            if separator is _COMMA and (
                "。" in written
                or (" " in written.strip() and not re.search(r",\S", written))
                or re.search(r"[.!?]$", written)
            ):
                return None
            return Row(line, tuple((line.start + start, line.start + end) for start, end in cells))
    return None


def _lay_out(text: str, rows: list[Row]) -> None:
    for row in rows:
        row.line.in_table = True
    heads = rows[0] if _is_head(text, rows[0]) else None
    default, unit_column = _unit_above(text, rows[0].line), _unit_column(text, heads)
    title = _title_above(text, rows[0].line)
    last_times: list[Time] = []
    for row in rows if heads is None else rows[1:]:
        label = row.cells[0]
        row_times = [time for time in row.line.times if label[0] <= time.start < label[1]]
        is_sum = bool(_SUM_LINE.search(text, *label))
        own = _unit_in(text, row, unit_column)
        for number in row.line.numbers:
            column = next(
                (place for place, (start, end) in enumerate(row.cells) if start <= number.start < end), None
            )
            if column is None:
                continue
            if column == 0 or _in_label(text, number):
                number.why_not = number.why_not or "label"
                continue
            head = (
                heads.cells[column + len(heads.cells) - len(row.cells)]
                if heads and 0 <= column + len(heads.cells) - len(row.cells) < len(heads.cells)
                else None
            )
            times = row_times or (
                []
                if heads is None or head is None
                else [time for time in heads.line.times if head[0] <= time.start < head[1]]
            )
            spans = (label, head) if head else (label,)
            if is_sum and not times and last_times:
                times = [_together(last_times)]
            _fill(text, number, row.line.lang, spans, times, head, own, default, title)
        if row_times:
            last_times = [*last_times, *row_times]
    for number in rows[0].line.numbers if heads else []:
        number.why_not = number.why_not or "label"


def _unit_column(text: str, heads: Row | None) -> int | None:
    """The column whose head says that it holds the units: 指标 | 单位 | 完成."""
    cells = heads.cells if heads else ()
    return next(
        (place for place, cell in enumerate(cells) if _UNIT_COLUMN.fullmatch(text[slice(*cell)].strip())),
        None,
    )


def _unit_in(text: str, row: Row, column: int | None) -> tuple[Unit, Decimal] | None:
    if column is None or column >= len(row.cells):
        return None
    return unit_said(text[slice(*row.cells[column])].strip(), row.line.lang)


def _together(times: list[Time]) -> Time:
    """From the first day of several times to the last."""
    firsts = [time.first for time in times if time.first]
    lasts = [time.last for time in times if time.last]
    return Time(0, 0, "span", min(firsts, default=None), max(lasts, default=None), False)


def _is_head(text: str, row: Row) -> bool:
    """Whether a line names columns: nothing in it but words, times and units."""
    return all(number.why_not or _in_label(text, number) for number in row.line.numbers) or not any(
        character.isdigit() for character in text[row.line.start : row.line.end]
    )


def _in_label(text: str, number: Number) -> bool:
    """Whether a number stands in a unit such as (10,000 yuan)."""
    before, after = text[max(0, number.start - 4) : number.start], text[number.end : number.end + 12]
    return "(" in before and re.match(r"[^()\d]{0,10}\)", after) is not None and number.low in _ROUND


_ROUND = frozenset(Decimal(value) for value in (1_000, 10_000, 100_000_000, 1_000_000, 100))


def _unit_above(text: str, line: Line) -> tuple[Unit, Decimal] | None:
    found = list(_UNIT_LINE.finditer(text, max(0, line.start - 120), line.start))
    return unit_said(found[-1]["unit"].strip(), line.lang) if found else None


def _title_above(text: str, line: Line) -> tuple[int, int] | None:
    """The short line right above a table."""
    end = line.start - 1
    start = text.rfind("\n", 0, max(end, 0)) + 1
    is_title = 0 < end - start <= _TITLE_MAX and not text[start:end].endswith(("。", ".", "；", ";"))
    return (start, end) if is_title else None


def unit_said(written: str, lang: Lang) -> tuple[Unit, Decimal] | None:
    """The unit of a label and what its numbers are multiplied by: 万元, 10,000 yuan, person-times."""
    factor = Decimal(1)
    for word, times in _TIMES_EN.items():
        if written.startswith(word + " "):
            written, factor = written[len(word) + 1 :], Decimal(times)
    if written[:1] in "万亿千百" and len(written) > 1:
        factor = Decimal({"万": 10_000, "亿": 100_000_000, "千": 1_000, "百": 100}[written[0]])
        written = written[1:]
    for language in (lang, "zh", "en"):
        spoken: Lang = "zh" if language == "zh" else "en"
        found = unit_pattern(spoken).fullmatch(written)
        if found:
            return units_of(spoken)[spelled(found[0])], factor
        noun = nouns_of(spoken).get(written)
        if noun:
            return Unit(noun, Decimal(1), sort_of(noun)), factor
    return None


def label_unit(text: str, start: int, end: int, lang: Lang) -> tuple[Unit, Decimal] | None:
    """The unit in brackets between two places, if one stands there."""
    said = None
    for found in _LABEL.finditer(text, start, end):
        said = unit_said(found["unit"].strip(), lang) or said
    return said


def _fill(
    text: str,
    number: Number,
    lang: Lang,
    spans: tuple[tuple[int, int], ...],
    times: list[Time],
    head: tuple[int, int] | None,
    own: tuple[Unit, Decimal] | None,
    default: tuple[Unit, Decimal] | None,
    title: tuple[int, int] | None,
) -> None:
    """Give one number what its row and its column say."""
    modality: Modality = (
        "target" if head and _TARGET.search(text, *head) and "率" not in text[head[0] : head[1]] else "done"
    )
    number.cell = Cell(spans, times[-1] if times else None, modality, title)
    if number.sort in ("rate", "money"):
        return
    said = next((unit_there for span in spans if (unit_there := label_unit(text, *span, lang))), None)
    if said is None and not number.unit:
        said = own or _noun_said(text, spans, lang) or default
    if said is None or number.low is None:
        return
    unit, factor = said
    number.low *= factor * unit.factor
    number.high = None if number.high is None else number.high * factor * unit.factor
    number.unit, number.sort, number.noun = unit.unit, unit.sort, ""
    number.why_not = "" if number.why_not in ("bare", "") else number.why_not


def _noun_said(text: str, spans: tuple[tuple[int, int], ...], lang: Lang) -> tuple[Unit, Decimal] | None:
    nouns = nouns_of(lang)
    # The head of a column says what is counted there, before the label of the row: 去向 海门市, 人数 213.
    for start, end in reversed(spans):
        words = (
            re.findall(r"[a-z-]+", text[start:end])
            if lang == "en"
            else [noun for noun in nouns if noun in text[start:end]]
        )
        for word in reversed(words):
            if word in nouns:
                return Unit(nouns[word], Decimal(1), sort_of(nouns[word])), Decimal(1)
    return None
