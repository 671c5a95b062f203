"""A flow through columns of nodes as SVG text, made on the server: how much goes from where to where.

Drawn twice like every chart. On a desk all columns stand side by side. On a phone four columns leave no room for a
name, so each step from one column to the next is a picture of its own, one below the other.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from pairbook.web.charts import Cell, Chart
from pairbook.web.numbers import Lang, compact, plain

WIDE, NARROW = 1100, 350
NODE_WIDTH = 9
FLOW_HEIGHT = 400
LINE, GAP, TOP = 16, 12, 26
_NARROW_LABEL = 112
# So many lines a name may take beside its node; what is longer is cut, and whole in the title and in the table.
_LINES_MAX = {WIDE: 2, NARROW: 3}


@dataclass(frozen=True, slots=True)
class Node:
    """Somebody or something money passes; `is_rest` is what has gone no further."""

    key: str
    label: str
    column: int
    url: str = ""
    is_rest: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """So much from one node to one in a later column."""

    source: str
    target: str
    amount: Decimal
    url: str = ""
    tone: int = 1


@dataclass(slots=True)
class _Placed:
    """A node where it stands in one drawing."""

    node: Node
    amount: Decimal
    x: float
    y: float = 0.0
    height: float = 0.0
    lines: tuple[str, ...] = ()
    out: float = 0.0
    into: float = 0.0


def sankey(
    nodes: Sequence[Node],
    bands: Sequence[Band],
    *,
    heads: Sequence[str],
    title: str,
    description: str,
    unit: str,
    lang: Lang,
    key: str,
) -> Chart:
    """The flow as a picture, with the same numbers as rows: from, to, amount. `heads` name the columns."""
    drawings: list[str] = []
    if bands:
        frame = _Frame(heads=tuple(heads), lang=lang, title=title, description=description)
        drawings.append(_drawn(nodes, bands, frame, width=WIDE, name="wide", key=key))
        steps = [_step_of(nodes, bands, column) for column in range(len(heads) - 1)]
        narrow = "".join(
            _drawn(*step, frame.step(column), width=NARROW, name=f"step-{column}", key=key)
            for column, step in enumerate(steps)
            if step[1]
        )
        drawings.append(f'<div class="flow-steps">{narrow}</div>')
    labels = {node.key: node.label for node in nodes}
    source, target, amount = ("从", "到", "金额") if lang == "zh" else ("From", "To", "Amount")
    return Chart(
        title=title,
        unit=unit,
        svg="".join(drawings),
        legend=(),
        head=(source, target, amount),
        rows=tuple(
            (Cell(labels[band.source]), Cell(labels[band.target]), Cell(plain(band.amount), band.url))
            for band in bands
        ),
        number_columns=(2,),
    )


@dataclass(frozen=True, slots=True)
class _Frame:
    """What all drawings of one flow share, and which of its columns a drawing begins with."""

    heads: tuple[str, ...]
    lang: Lang
    title: str
    description: str
    first: int = 0

    def step(self, column: int) -> "_Frame":
        arrow = f"{self.heads[column]} → {self.heads[column + 1]}"
        return _Frame(
            self.heads[column : column + 2], self.lang, f"{self.title}: {arrow}", self.description, column
        )


def _step_of(nodes: Sequence[Node], bands: Sequence[Band], column: int) -> tuple[list[Node], list[Band]]:
    """The bands that end in the column after this one, with the nodes at both of their ends."""
    there = {node.key: node.column for node in nodes}
    held = [band for band in bands if there[band.target] == column + 1]
    named = {end for band in held for end in (band.source, band.target)}
    return [node for node in nodes if node.key in named], held


def _drawn(
    nodes: Sequence[Node], bands: Sequence[Band], frame: _Frame, *, width: int, name: str, key: str
) -> str:
    placed = _placed(nodes, bands, frame, width)
    bottom = max(one.y + max(one.height, len(one.lines) * LINE) for one in placed.values())
    marks = "".join(
        [
            *_head_marks(frame, placed.values(), width),
            *_band_marks(bands, placed, frame.lang),
            *_node_marks(placed.values(), frame, width),
        ]
    )
    names = f"{escape(key)}-{name}-title", f"{escape(key)}-{name}-desc"
    kind = "flow-wide" if name == "wide" else "flow-step"
    return (
        f'<svg class="drawing flow {kind}" role="group" aria-labelledby="{names[0]} {names[1]}" '
        f'viewBox="0 0 {width} {bottom + GAP:.0f}" width="{width}" height="{bottom + GAP:.0f}" focusable="false">'
        f'<title id="{names[0]}">{escape(frame.title)}</title><desc id="{names[1]}">{escape(frame.description)}</desc>'
        f"{marks}</svg>"
    )


def _placed(nodes: Sequence[Node], bands: Sequence[Band], frame: _Frame, width: int) -> dict[str, _Placed]:
    amounts = {node.key: _amount(node, bands) for node in nodes}
    is_narrow = width == NARROW
    room = _NARROW_LABEL if is_narrow else _label_room(frame, width)
    placed = {
        node.key: _Placed(
            node,
            amounts[node.key],
            x=_x(node.column - frame.first, frame, width),
            lines=(*_wrapped(node.label, room, _LINES_MAX[width]), compact(amounts[node.key], frame.lang)),
        )
        for node in nodes
    }
    columns = [
        [one for one in placed.values() if one.node.column - frame.first == place]
        for place in range(len(frame.heads))
    ]
    tallest = max((sum(one.amount for one in column) for column in columns), default=Decimal(1))
    scale = FLOW_HEIGHT / float(tallest or 1)
    for place, column in enumerate(columns):
        column.sort(key=lambda one: _order(one, place, bands, placed))
        y = float(TOP)
        for one in column:
            one.height = max(2.0, float(one.amount) * scale)
            slot = max(one.height, float(len(one.lines) * LINE))
            # A node is never hidden behind its own name: both are centred in their slot.
            one.y = y + (slot - one.height) / 2
            y += slot + GAP
    return placed


def _amount(node: Node, bands: Iterable[Band]) -> Decimal:
    """What passes a node: what comes in or what goes out, whichever is more."""
    into = sum((band.amount for band in bands if band.target == node.key), Decimal(0))
    out = sum((band.amount for band in bands if band.source == node.key), Decimal(0))
    return max(into, out)


def _order(one: _Placed, place: int, bands: Sequence[Band], placed: dict[str, _Placed]) -> tuple[bool, float]:
    """The largest first; later columns near what flows into them, so that few bands cross; rests at the end."""
    if not place:
        return one.node.is_rest, -float(one.amount)
    into = [band for band in bands if band.target == one.node.key and band.source in placed]
    whole = float(sum(band.amount for band in into)) or 1.0
    middle = sum(
        float(band.amount) * (placed[band.source].y + placed[band.source].height / 2) for band in into
    )
    return one.node.is_rest, middle / whole


def _x(place: int, frame: _Frame, width: int) -> float:
    if width == NARROW:
        return (_NARROW_LABEL + 6.0) if place == 0 else (width - _NARROW_LABEL - 6.0 - NODE_WIDTH)
    return place * (width - NODE_WIDTH - _label_room(frame, width)) / max(len(frame.heads) - 1, 1)


def _label_room(frame: _Frame, width: int) -> int:
    """Names stand to the right of their node, over the bands; the last column keeps as much room beside it."""
    return int(width / len(frame.heads) * 0.78)


def _wrapped(label: str, room: int, lines_max: int) -> tuple[str, ...]:
    """A name in at most so many lines of so many pixels, cut where it is still longer."""
    lines: list[str] = []
    left = label
    while left:
        size = _fitting(left, room)
        if len(lines) == lines_max - 1 and size < len(left):
            lines.append(left[: max(_fitting(left, room - 14), 1)].rstrip() + "…")
            break
        if size < len(left) and left[size] != " " and " " in left[:size]:
            size = left[:size].rindex(" ")
        elif size < len(left) and left[size] in _CLOSING and size > 1:
            # No line begins with a closing bracket or a comma.
            size -= 1
        lines.append(left[:size].strip())
        left = left[size:].strip()
    return tuple(lines)


_CLOSING = "）)】」，。、"


def _fitting(text: str, room: int) -> int:
    """How many letters fit: Chinese is square, Latin about half as wide."""
    used = 0.0
    for place, letter in enumerate(text):
        used += 13.5 if ord(letter) > 0x2E7F else 6.9
        if used > room:
            return max(place, 1)
    return len(text)


def _head_marks(frame: _Frame, placed: Iterable[_Placed], width: int) -> Iterator[str]:
    held = list(placed)
    for place, head in enumerate(frame.heads):
        if not any(one.node.column - frame.first == place for one in held):
            continue
        x, anchor = _x(place, frame, width), "start"
        if width == NARROW:
            x, anchor = (x + NODE_WIDTH, "end") if place == 0 else (x, "start")
        yield f'<text class="tick" x="{x:.1f}" y="14" text-anchor="{anchor}">{escape(head)}</text>'


def _band_marks(bands: Sequence[Band], placed: dict[str, _Placed], lang: Lang) -> Iterator[str]:
    """Bands in the order of both of their ends, so that those of one node lie side by side and do not cross there."""
    arriving = sorted(bands, key=lambda band: (placed[band.target].y, placed[band.source].y))
    at_target: dict[tuple[str, str], float] = {}
    for band in arriving:
        one = placed[band.target]
        at_target[band.source, band.target] = one.y + one.into
        one.into += _thick(band, one)
    for band in sorted(bands, key=lambda band: (placed[band.source].y, placed[band.target].y)):
        source, target = placed[band.source], placed[band.target]
        size = _thick(band, source)
        start, end = source.y + source.out, at_target[band.source, band.target]
        source.out += size
        yield _band_mark(band, source, target, start, end, max(size, 0.75), lang)


def _thick(band: Band, one: _Placed) -> float:
    return one.height * float(band.amount / one.amount) if one.amount else 0.0


def _band_mark(
    band: Band, source: _Placed, target: _Placed, start: float, end: float, size: float, lang: Lang
) -> str:
    left, right = source.x + NODE_WIDTH, target.x
    bend = (left + right) / 2
    path = (
        f"M{left:.1f} {start:.1f}C{bend:.1f} {start:.1f} {bend:.1f} {end:.1f} {right:.1f} {end:.1f}"
        f"V{end + size:.1f}C{bend:.1f} {end + size:.1f} {bend:.1f} {start + size:.1f} {left:.1f} {start + size:.1f}Z"
    )
    said = escape(f"{source.node.label} → {target.node.label} {compact(band.amount, lang)}")
    tone = "rest" if target.node.is_rest else str(band.tone)
    mark = f'<title>{said}</title><path class="band band-{tone}" d="{path}"/>'
    return f'<a href="{escape(band.url)}" aria-label="{said}">{mark}</a>' if band.url else f"<g>{mark}</g>"


def _node_marks(placed: Iterable[_Placed], frame: _Frame, width: int) -> Iterator[str]:
    for one in placed:
        is_left = width == NARROW and one.node.column == frame.first
        x, anchor = (one.x - 6, "end") if is_left else (one.x + NODE_WIDTH + 6, "start")
        first = one.y + one.height / 2 - len(one.lines) * LINE / 2 + 12
        texts = "".join(
            f'<text class="{"value" if place == len(one.lines) - 1 else "label"}" x="{x:.1f}" '
            f'y="{first + place * LINE:.1f}" text-anchor="{anchor}">{escape(line)}</text>'
            for place, line in enumerate(one.lines)
        )
        tone = " node-rest" if one.node.is_rest else ""
        mark = (
            f'<rect class="node{tone}" x="{one.x:.1f}" y="{one.y:.1f}" width="{NODE_WIDTH}" '
            f'height="{one.height:.1f}"/>{texts}'
        )
        said = escape(f"{one.node.label} {compact(one.amount, frame.lang)}")
        if one.node.url:
            yield f'<a href="{escape(one.node.url)}" aria-label="{said}"><title>{said}</title>{mark}</a>'
        else:
            yield f"<g><title>{said}</title>{mark}</g>"
