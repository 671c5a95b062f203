"""How the figures of a text hang together: sums, parts, shares, growth, and the same thing said twice.

A sum holds to half a percent of its total; a share or a growth to the last digit that is printed. A relation that does
not hold is told only where the words leave no doubt which figures are meant.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Protocol

from pairbook.analysis.claims.shapes import Relation
from pairbook.analysis.claims.tokens import Number

_SUM_WITHIN = Decimal("0.005")
_RATE_PER_DOLLAR = (Decimal("5.5"), Decimal("9"))
"""Yuan for a dollar since 2005; a conversion outside it is a slip."""
_MU_PER_HECTARE = Decimal(15)
_TOTAL_BEFORE_ZH = re.compile(r"(?:合计|共计|总计|累计|总共|共|合共|总额)(?:[\u3400-\u9fff]{0,8})$")
_TOTALS = tuple(
    f"{total}{of}" for total in ("total", "totals", "totalled", "totalling") for of in ("", " of")
)
_TOTALS += ("that made", "bringing the total to", "in all", "altogether", "sum of", "combined")
_TOTAL_BEFORE_EN = re.compile(rf"(?<![a-z])(?:{'|'.join(_TOTALS)})[ ,|\t]*$")
_TOTAL_AFTER = re.compile(r"(?: [a-z-]+){0,3} (?:in all|in total|altogether|combined)(?![a-z])")
_OF_WHICH = re.compile(
    r"其中|含|包括|中[,，]?有|(?<![a-z])(?:of wh(?:om|ich)|including|among (?:them|whom|which)|at least|of this(?: "
    r"sum)?)(?![a-z])"
)
_OF_THEM = re.compile(r" of (?:them|whom|which|these|those)(?![a-z])")
_NEXT_SENTENCE = re.compile(r"[。；;\n]|\. ")
_LAST_ASCII = "\x7f"
_REACH = 8
_REPEAT_MIN = 100


class Read(Protocol):
    """What relations need of a figure that was read."""

    number: Number

    @property
    def measure(self) -> str:
        """What it measures."""
        ...


def relations_between(text: str, figures: Sequence[tuple[str, Read]]) -> list[Relation]:
    """The relations among the claims of a text, given with their ids in order."""
    found: list[Relation] = []
    told: dict[tuple[Decimal | None, str, str], str] = {}
    for place, (name, read) in enumerate(figures):
        number = read.number
        if number.low is None:
            continue
        if number.is_conversion or number.sort == "rate" or _may_add_up(text, read):
            found.extend(_of_figure(text, figures, place))
        key = (number.low, number.unit, read.measure)
        if key in told and number.low >= _REPEAT_MIN and number.sort != "rate":
            found.append(Relation("ratio", (told[key], name), True, Decimal(1)))
        told.setdefault(key, name)
    return [*found, *_parts(text, figures)]


def _of_figure(text: str, figures: Sequence[tuple[str, Read]], place: int) -> Iterator[Relation]:
    """The relations of one figure with those around it."""
    name, read = figures[place]
    number = read.number
    before = [
        pair for pair in figures[max(0, place - _REACH) : place] if _is_near(text, pair[1].number, number)
    ]
    if number.is_conversion:
        if before:
            yield _conversion(before[-1], (name, read))
    elif number.sort == "rate":
        after = [
            pair for pair in figures[place + 1 : place + 3] if _is_same_sentence(text, number, pair[1].number)
        ]
        yield from _of_rate(text, name, read, before, after)
    elif number.high is None:
        yield from _of_amount(text, name, read, before)


def _may_add_up(text: str, read: Read) -> bool:
    """Whether the words make an amount a total, or what was taken away."""
    number = read.number
    return (
        "lifted" in read.measure
        or "减" in text[max(0, number.start - 6) : number.start]
        or _is_total(text, number)
    )


def _is_total(text: str, number: Number) -> bool:
    """Whether the words say that a number is a total of others."""
    begin = max(0, number.start - 26)
    before = text[begin : number.start]
    if before[-1:] > _LAST_ASCII:
        return _TOTAL_BEFORE_ZH.search(before) is not None or _TOTAL_AFTER.match(text, number.end) is not None
    if before.rstrip(" ,|\t").endswith(_TOTALS) and _TOTAL_BEFORE_EN.search(text, begin, number.start):
        return True
    return _TOTAL_AFTER.match(text, number.end) is not None


def _is_near(text: str, first: Number, second: Number) -> bool:
    return second.start - first.end < 400 and "\n\n" not in text[first.end : second.start]


def _is_same_sentence(text: str, first: Number, second: Number) -> bool:
    return _NEXT_SENTENCE.search(text, first.end, second.start) is None


def _conversion(first: tuple[str, Read], second: tuple[str, Read]) -> Relation:
    one, other = first[1].number, second[1].number
    assert one.low is not None and other.low is not None
    ratio = one.low / other.low if other.low else Decimal(0)
    units = {one.unit, other.unit}
    holds = True
    if units == {"CNY", "USD"}:
        rate = ratio if one.unit == "CNY" else (1 / ratio if ratio else Decimal(0))
        holds = _RATE_PER_DOLLAR[0] <= rate <= _RATE_PER_DOLLAR[1]
    elif units == {"mu", "other:hectare"}:
        rate = ratio if one.unit == "mu" else (1 / ratio if ratio else Decimal(0))
        holds = abs(rate - _MU_PER_HECTARE) <= Decimal("0.3")
    return Relation("ratio", (first[0], second[0]), holds, _rounded(ratio))


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.0001")).normalize() if abs(value) < 10**12 else value


def _last_digit(number: Number, text: str) -> Decimal:
    """Half a unit, and a little more, of the last digit printed."""
    written = text[number.start : number.end]
    decimals = re.search(r"\.(\d+)", written)
    return Decimal("0.51").scaleb(-len(decimals[1])) if decimals else Decimal("0.51")


def _of_rate(
    text: str,
    name: str,
    read: Read,
    before: list[tuple[str, Read]],
    after: list[tuple[str, Read]],
) -> Iterator[Relation]:
    """The figures that a share or a growth was counted from."""
    number, measure = read.number, read.measure
    assert number.low is not None
    near = _last_digit(number, text)
    amounts = [(key, one) for key, one in before if one.number.high is None and one.number.low]
    if measure == "other:growth":
        behind = [(key, one) for key, one in after if one.number.high is None and one.number.low]
        yield from _growth(text, name, number, near, [*amounts, *behind])
    elif measure in ("other:share", "other:completion-rate"):
        yield from _share(
            text, name, number, near, measure, [pair for pair in amounts if pair[1].number.sort != "rate"]
        )


def _growth(
    text: str, name: str, number: Number, near: Decimal, amounts: list[tuple[str, Read]]
) -> Iterator[Relation]:
    assert number.low is not None
    is_points = number.unit == "other:percentage-point"
    pairs = [
        (later, earlier)
        for later in amounts
        for earlier in amounts
        if later[0] != earlier[0]
        and later[1].number.unit == earlier[1].number.unit
        and "other:growth" not in (later[1].measure, earlier[1].measure)
        and (is_points or later[1].measure == earlier[1].measure)
        and (later[1].number.sort == "rate") == is_points
    ]
    for later, earlier in reversed(pairs):
        one, other = later[1].number.low, earlier[1].number.low
        assert one is not None and other is not None
        computed = one - other if is_points else (one - other) * 100 / other
        if abs(abs(computed) - abs(number.low)) <= near:
            yield Relation("growth", (name, later[0], earlier[0]), True, _rounded(computed))
            return


def _share(
    text: str, name: str, number: Number, near: Decimal, measure: str, amounts: list[tuple[str, Read]]
) -> Iterator[Relation]:
    assert number.low is not None
    pairs = [
        (part, whole)
        for part in amounts
        for whole in amounts
        if part[0] != whole[0] and part[1].number.unit == whole[1].number.unit
    ]
    for part, whole in reversed(pairs):
        assert part[1].number.low is not None and whole[1].number.low is not None
        computed = part[1].number.low * 100 / whole[1].number.low
        if abs(computed - number.low) <= near:
            yield Relation("share", (name, part[0], whole[0]), True, _rounded(computed))
            return
    if len(amounts) >= 2 and number.qualifier == "exact":
        last, first = amounts[-1], amounts[-2]
        gap = text[first[1].number.end : last[1].number.start]
        if last[1].number.unit != first[1].number.unit:
            return
        if (
            measure == "other:share"
            and _OF_WHICH.search(gap)
            and re.search(
                r"占$|占[^,，。\d]{0,8}$|or $|accounting for $", text[last[1].number.end : number.start]
            )
        ):
            yield _wrong_share(name, last, first)
        elif (
            measure == "other:completion-rate"
            and re.search(r"目标|任务|target|plan", gap)
            and text[last[1].number.end : number.start] in ("的", "元的")
        ):
            yield _wrong_share(name, first, last)


def _wrong_share(name: str, part: tuple[str, Read], whole: tuple[str, Read]) -> Relation:
    assert part[1].number.low is not None and whole[1].number.low is not None
    return Relation(
        "share", (name, part[0], whole[0]), False, _rounded(part[1].number.low * 100 / whole[1].number.low)
    )


def _of_amount(text: str, name: str, read: Read, before: list[tuple[str, Read]]) -> Iterator[Relation]:
    """A total told after its parts, and what is left when a part was taken away."""
    number = read.number
    assert number.low is not None
    alike = [(key, one) for key, one in before if _adds(one.number, number)]
    if len(alike) >= 2 and _is_total(text, number):
        yield from _total(text, name, number, alike)
    if "lifted" in read.measure or "减" in text[max(0, number.start - 6) : number.start]:
        for later in range(len(alike) - 1, 0, -1):
            for earlier in range(later - 1, -1, -1):
                first, second = alike[earlier][1].number.low, alike[later][1].number.low
                assert first is not None and second is not None
                if first - second == number.low:
                    yield Relation(
                        "sum", (alike[earlier][0], alike[later][0], name), True, second + number.low
                    )
                    return


def _adds(one: Number, other: Number) -> bool:
    return one.unit == other.unit and one.high is None and one.low is not None and not one.is_conversion


def _total(text: str, name: str, number: Number, alike: list[tuple[str, Read]]) -> Iterator[Relation]:
    assert number.low is not None
    begin = max(text.rfind(mark, 0, number.start) for mark in ("。", ". ", "\n", "；"))
    values = [one.number.low or Decimal(0) for _, one in alike]
    for start in range(len(values) - 1):
        parts = sum(values[start:], Decimal(0))
        # Heads of other sentences that nearly make the total do so by chance.
        is_loose = number.unit == "CNY" or alike[start][1].number.start > begin
        if abs(parts - number.low) <= (number.low * _SUM_WITHIN if is_loose else 0):
            yield Relation("sum", (name, *(key for key, _ in alike[start:])), True, parts)
            return
    if text[max(0, number.start - 6) : number.start].rstrip("达有为共").endswith("累计"):
        # 累计 adds up over time and not over the figures before it.
        return
    # The words make it a total; the parts are those of its own sentence and measure.
    own = [
        (key, one)
        for key, one in alike
        if one.number.start > begin and one.number.low is not None and one.number.low < number.low * 2
    ]
    if len(own) >= 2 and number.qualifier == "exact":
        parts = sum((one.number.low or Decimal(0) for _, one in own), Decimal(0))
        yield Relation("sum", (name, *(key for key, _ in own)), False, parts)


def _parts(text: str, figures: Sequence[tuple[str, Read]]) -> Iterator[Relation]:
    """Totals followed by 其中 or "of which" with their parts."""
    for place in range(len(figures) - 1):
        _, whole = figures[place]
        if not _adds(whole.number, whole.number) or whole.number.sort in ("rate", "times"):
            continue
        parts: list[tuple[str, Read]] = []
        at = whole.number
        for key, one in figures[place + 1 : place + 1 + _REACH]:
            gap = text[at.end : one.number.start]
            if one.number.sort in ("rate", "times") and not parts:
                if len(gap) > 30:
                    break
                at = one.number
                continue
            if parts and _NEXT_SENTENCE.search(gap):
                break
            if len(gap) < 60 and _adds(one.number, whole.number):
                if not (parts or _OF_WHICH.search(gap) or _OF_THEM.match(text, one.number.end)):
                    break
                parts.append((key, one))
            elif not parts or one.number.sort not in ("rate", "times"):
                break
            at = one.number
        if parts:
            earlier = [figures[at] for at in range(max(0, place - 3), place + 1)]
            yield from _parted([one for one in earlier if _adds(one[1].number, whole.number)], parts)


def _parted(wholes: list[tuple[str, Read]], parts: list[tuple[str, Read]]) -> Iterator[Relation]:
    """The parts of the last total before them, or of the one among the last few that they add up to."""
    values = [one.number.low or Decimal(0) for _, one in parts]
    computed = sum(values, Decimal(0))
    keys = tuple(key for key, _ in parts)
    for name, whole in reversed(wholes):
        total = whole.number.low or Decimal(0)
        if len(values) > 1 and abs(computed - total) <= total * _SUM_WITHIN:
            yield Relation("sum", (name, *keys), True, computed)
            return
    name, whole = wholes[-1]
    holds = all(value <= (whole.number.low or Decimal(0)) for value in values)
    yield Relation("part_sum", (name, *keys), holds, computed)
