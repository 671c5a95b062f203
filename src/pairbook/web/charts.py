"""Small charts as SVG text, made on the server, always with the same numbers as rows for a table.

Colours, strokes and sizes of letters come from classes in `pairbook.css`, so the pictures obey the strict
Content-Security-Policy, follow dark mode and print. Each chart is drawn twice, for a desk and for a phone,
because letters in a shrunken picture cannot be read; the style sheet shows one of the two.

Decimals become floats only for places on the screen, never for a number that is written.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from html import escape
from itertools import pairwise

from pairbook.web.numbers import Lang, compact, day_in_words, plain

WIDTHS = {"wide": 720, "narrow": 350}


@dataclass(frozen=True, slots=True)
class Point:
    """What had been reached on a day: the running total, not the step. A labelled point may be a link."""

    day: date
    amount: Decimal | int
    label: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """A named line of points in order of their days."""

    label: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One amount beside others; `target` is where it was meant to reach."""

    label: str
    amount: Decimal | int
    url: str = ""
    target: Decimal | int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the table beside a chart."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture with its legend and the same numbers as rows."""

    title: str
    unit: str
    svg: str
    legend: tuple[str, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    number_columns: tuple[int, ...]


LINE_HEIGHT = 240
LINE_TOP, LINE_BOTTOM, LINE_RIGHT = 24, 28, 8
VALUE_HEIGHT = 13
TICKS_MAX = 5


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where days and amounts lie in one drawing."""

    width: int
    first: date
    last: date
    ceiling: Decimal
    left: int

    def x(self, day: date) -> float:
        days = max((self.last - self.first).days, 1)
        room = self.width - self.left - LINE_RIGHT
        return self.left + room * (day - self.first).days / days

    def y(self, amount: Decimal | int) -> float:
        room = LINE_HEIGHT - LINE_TOP - LINE_BOTTOM
        return LINE_HEIGHT - LINE_BOTTOM - room * float(Decimal(amount) / self.ceiling)


def cumulative_chart(
    series: tuple[Series, ...],
    *,
    title: str,
    description: str,
    unit: str,
    lang: Lang,
    key: str,
    amount_head: str = "",
) -> Chart:
    """Running totals as steps over time, one or two lines. `key` tells this chart from others on the page.

    Stocks are drawn alike; `amount_head` then heads their column in the table, which no longer holds totals.
    Steps and not slopes: between two points nothing happened, and a slope would say that something did.
    """
    assert 1 <= len(series) <= 2, "more than two lines cannot be told apart without colour"
    points = [point for one in series for point in one.points]
    if points:
        first, last = min(p.day for p in points), max(p.day for p in points)
        ticks = _ticks(max(Decimal(p.amount) for p in points))
        left = max(_breadth(compact(tick, lang)) for tick in ticks) + 4
        drawings = [
            _drawing(
                "".join(_line_marks(series, _Frame(width, first, last, ticks[-1], left), lang)),
                size=(width, LINE_HEIGHT),
                name=name,
                title=title,
                description=description,
                key=key,
            )
            for name, width in WIDTHS.items()
        ]
    else:
        drawings = []
    rows = sorted(((point, one.label) for one in series for point in one.points), key=lambda row: row[0].day)
    day, what, amount, line = (
        ("日期", "事项", "累计", "项目") if lang == "zh" else ("Day", "What", "Total so far", "Line")
    )
    several = len(series) > 1
    return Chart(
        title=title,
        unit=unit,
        svg="".join(drawings),
        legend=tuple(one.label for one in series),
        head=(day, *([line] if several else []), what, amount_head or amount),
        rows=tuple(
            (
                Cell(point.day.isoformat()),
                *([Cell(label)] if several else []),
                Cell(point.label),
                Cell(plain(point.amount), point.url),
            )
            for point, label in rows
        ),
        number_columns=(3 if several else 2,),
    )


def _line_marks(series: tuple[Series, ...], frame: _Frame, lang: Lang) -> Iterator[str]:
    yield from _amount_axis(frame, lang)
    yield from _day_axis(frame, lang)
    for place, one in enumerate(series, start=1):
        if not one.points:
            continue
        path = _steps(one, frame)
        ground = frame.y(0)
        end, start = frame.x(frame.last), frame.x(one.points[0].day)
        yield f'<path class="area area-{place}" d="{path}V{ground:.1f}H{start:.1f}Z"/>'
        yield f'<path class="line line-{place}" d="{path}"/>'
        yield from _dots(one, place, frame)
        top = one.points[-1]
        # The last total is written at the end of its line; the axis need not be read for it.
        yield (
            f'<text class="value value-{place}" x="{end:.1f}" y="{_total_y(one, series, frame):.1f}" '
            f'text-anchor="end">'
            f"{escape(compact(top.amount, lang))}</text>"
        )


def _total_y(one: Series, series: tuple[Series, ...], frame: _Frame) -> float:
    """Above its line; below it where the other line ends so close above that the two totals would overlap."""
    y = frame.y(one.points[-1].amount)
    ends = [frame.y(other.points[-1].amount) for other in series if other is not one and other.points]
    is_lower = any(above < y or (above == y and one is series[-1]) for above in ends)
    if is_lower and any(abs(above - y) < 2 * VALUE_HEIGHT for above in ends):
        return y + VALUE_HEIGHT + 4
    return y - 9


def _steps(one: Series, frame: _Frame) -> str:
    start = one.points[0]
    path = f"M{frame.x(start.day):.1f} {frame.y(0):.1f}V{frame.y(start.amount):.1f}"
    for _, point in pairwise(one.points):
        path += f"H{frame.x(point.day):.1f}V{frame.y(point.amount):.1f}"
    return f"{path}H{frame.x(frame.last):.1f}"


def _dots(one: Series, place: int, frame: _Frame) -> Iterator[str]:
    for point in one.points:
        if not (point.label or point.url):
            continue
        x, y = frame.x(point.day), frame.y(point.amount)
        said = f"{point.day.isoformat()} {point.label} {plain(point.amount)}"
        # The wide unseen circle is what a finger hits; the small one is what an eye sees.
        mark = (
            f'<circle class="reach" cx="{x:.1f}" cy="{y:.1f}" r="12"/>'
            f'<circle class="dot dot-{place}" cx="{x:.1f}" cy="{y:.1f}" r="4.5"/>'
        )
        if point.url:
            yield (
                f'<a href="{escape(point.url)}" data-panel="" aria-label="{escape(said)}">'
                f"<title>{escape(said)}</title>{mark}</a>"
            )
        else:
            yield f"<g><title>{escape(said)}</title>{mark}</g>"


def _amount_axis(frame: _Frame, lang: Lang) -> Iterator[str]:
    for tick in _ticks(frame.ceiling):
        y = frame.y(tick)
        kind = "ground" if tick == 0 else "grid-line"
        yield f'<path class="{kind}" d="M{frame.left} {y:.1f}H{frame.width}"/>'
        yield (
            f'<text class="tick" x="{frame.left - 10}" y="{y + 4:.1f}" text-anchor="end">'
            f"{escape(compact(tick, lang))}</text>"
        )


def _day_axis(frame: _Frame, lang: Lang) -> Iterator[str]:
    y = LINE_HEIGHT - 9
    ends = [(frame.first, "start")]
    if frame.last != frame.first:
        ends.append((frame.last, "end"))
    for day, anchor in ends:
        yield (
            f'<text class="tick" x="{frame.x(day):.1f}" y="{y}" text-anchor="{anchor}">'
            f"{day_in_words(day, lang)}</text>"
        )


def _ticks(top: Decimal) -> list[Decimal]:
    """From zero to at least `top` in at most five round steps (2, 2.5, 5 or 10 times a power of ten)."""
    if top <= 0:
        return [Decimal(0), Decimal(1)]
    size = Decimal(10) ** (top.adjusted() - 1)
    steps = (
        size * factor
        for factor in (Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10), Decimal(20), Decimal(25))
    )
    # Twenty-five tenths of the leading power needs at most four steps, so one is always found.
    step = next(step for step in steps if top <= step * TICKS_MAX)
    count = int(top // step) + (top % step > 0)
    return [step * place for place in range(count + 1)]


BAR_LINE, BAR_THICK, BAR_GAP = 20, 12, 16


def bar_chart(
    bars: tuple[Bar, ...], *, title: str, description: str, unit: str, lang: Lang, key: str
) -> Chart:
    """Amounts as horizontal bars from zero, each with its label above and its number beside it."""
    has_targets = any(bar.target is not None for bar in bars)
    drawings = []
    for name, width in WIDTHS.items():
        lines = _label_lines(bars, width, lang)
        size = (width, len(bars) * _bar_room(lines))
        marks = "".join(_bar_marks(bars, width, lines, lang))
        drawings.append(_drawing(marks, size=size, name=name, title=title, description=description, key=key))
    what, amount, target = ("项目", "数值", "目标") if lang == "zh" else ("What", "Amount", "Target")
    return Chart(
        title=title,
        unit=unit,
        svg="".join(drawings) if bars else "",
        legend=(),
        head=(what, amount, target) if has_targets else (what, amount),
        rows=tuple(
            (
                Cell(bar.label),
                Cell(plain(bar.amount), bar.url),
                *([Cell("" if bar.target is None else plain(bar.target))] if has_targets else []),
            )
            for bar in bars
        ),
        number_columns=(1, 2) if has_targets else (1,),
    )


def _bar_room(lines: int) -> int:
    return BAR_LINE * lines + BAR_THICK + BAR_GAP


def _bar_number(bar: Bar, lang: Lang) -> str:
    number = compact(bar.amount, lang)
    return number if bar.target is None else f"{number} / {compact(bar.target, lang)}"


def _label_lines(bars: tuple[Bar, ...], width: int, lang: Lang) -> int:
    """One line for label and number where every pair fits beside each other, else one for each."""
    return 2 if any(_breadth(f"{bar.label}  {_bar_number(bar, lang)}") > width for bar in bars) else 1


def _breadth(text: str) -> int:
    """About how many pixels a text takes at the charts' size of letters: Chinese is square, Latin half."""
    return sum(14 if ord(letter) > 0x2E7F else 8 for letter in text)


def _bar_marks(bars: tuple[Bar, ...], width: int, lines: int, lang: Lang) -> Iterator[str]:
    widest = max((max(Decimal(bar.amount), Decimal(bar.target or 0)) for bar in bars), default=Decimal(1))
    for place, bar in enumerate(bars):
        top = place * _bar_room(lines)
        track = top + BAR_LINE * lines
        number = _bar_number(bar, lang)
        length = _length(bar.amount, widest, width)
        marks = (
            f'<text class="label" x="0" y="{top + 13}">{escape(bar.label)}</text>'
            f'<text class="value" x="{width}" y="{track - 7}" text-anchor="end">{escape(number)}</text>'
            f'<rect class="track" x="0" y="{track}" width="{width}" height="{BAR_THICK}"/>'
            f'<rect class="bar" x="0" y="{track}" width="{length:.1f}" height="{BAR_THICK}"/>'
        )
        if bar.target is not None:
            x = _length(bar.target, widest, width - 2)
            marks += f'<path class="target" d="M{x:.1f} {track - 3}v{BAR_THICK + 6}"/>'
        if bar.url:
            said = escape(f"{bar.label} {number}")
            marks = f'<a href="{escape(bar.url)}" data-panel="" aria-label="{said}">{marks}</a>'
        yield marks


def _length(amount: Decimal | int, widest: Decimal, width: int) -> float:
    return max(0.0, width * float(Decimal(amount) / widest)) if widest else 0.0


def _drawing(marks: str, *, size: tuple[int, int], name: str, title: str, description: str, key: str) -> str:
    width, height = size
    names = f"{escape(key)}-{name}-title", f"{escape(key)}-{name}-desc"
    # A picture with links inside must not be role=img: its children would be hidden from screen readers.
    role = "group" if "<a " in marks else "img"
    return (
        f'<svg class="drawing drawing-{name}" role="{role}" aria-labelledby="{names[0]} {names[1]}" '
        f'viewBox="0 0 {width} {height}" width="{width}" height="{height}" focusable="false">'
        f'<title id="{names[0]}">{escape(title)}</title><desc id="{names[1]}">{escape(description)}</desc>'
        f"{marks}</svg>"
    )
