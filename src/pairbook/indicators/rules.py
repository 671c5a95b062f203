"""The figure address as a value with one text form, what an indicator is, and when figures may be added up.

A number alone means nothing; two numbers are comparable only when their addresses are (DESIGN section 2.5). Every
part left out means its stated default (CONTRACT section 3).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from typing import Literal, Protocol
from urllib.parse import parse_qsl, quote

from pairbook.kernel.periods import BOOK_ZONE, Period, end_of_day, is_in_calendar, year_to
from pairbook.kernel.problems import Problem, Refusal
from pairbook.kernel.quantities import UNITS
from pairbook.kernel.texts import Text, same
from pairbook.register.shapes import DIRECTIONS, NATURES, TIERS
from pairbook.web.numbers import compact, currency_word, day_in_words, money

Basis = Literal["period", "cumulative", "on_day"]
DEFAULT_DIRECTION = "assisting_to_assisted"


@dataclass(frozen=True)
class Indicator:
    """What one number measures: how it is counted, in what unit, by which rule."""

    code: str
    version: int
    label: Text
    unit: str
    """CNY or a base unit; empty where each item has its own."""
    measure: Literal["money", "quantity", "entries", "persons"]
    """Of persons, somebody listed by token in several entries counts once; a quantity is added up as it stands."""
    rule: Text
    reference: Text
    counted_in: str = ""
    """The unit of the entries it adds up, where it is told in another: person-times are the persons of each course."""
    where: tuple[tuple[str, str | tuple[str, ...]], ...] = ()
    """Facets an entry must have to count, such as nature fiscal; of several values any one."""
    apart_by: Literal["", "item"] = ""
    """A facet over which it is never summed."""
    parts: tuple[str, ...] = ()
    """Indicators whose defined sum this is; a sum of unlike things is refused unless it is defined."""
    stage: str = ""
    """The stage meant when none is named; empty for the kind's headline stage."""
    stages: tuple[str, ...] = ()
    """The stages it can be asked at; empty for every stage of the kind."""
    is_stock: bool = False
    """Whether a day alone asks what there was on that day (people in post) and not what came in its year."""
    leaves: tuple[str, ...] = ()
    """The stages at which a stock grows smaller again, such as returned."""
    is_latest: bool = False
    """Whether of each thing only its newest report counts, such as the workers of a workshop; none of one that left."""
    is_private: bool = False
    """Whether it counts people or households, whose small numbers the public does not see."""

    @property
    def subset_of(self) -> Literal["money", "quantity"]:
        """The amount a part of it is taken of."""
        return "money" if self.measure == "money" else "quantity"

    @property
    def entry_unit(self) -> str:
        """The unit entries must have to be added up in it; empty where each item has its own."""
        return self.counted_in or self.unit

    def counts(self, facets: object) -> bool:
        """Whether something with these facets as attributes has all that an entry must have."""
        return all(getattr(facets, name) in _several(value) for name, value in self.where)


@dataclass(frozen=True)
class Term:
    """One side of a rate: an indicator at a stage, less what other stages took back, perhaps of a year before."""

    indicator: str
    stage: str
    minus: tuple[str, ...] = ()
    """Stages of the same indicator that are taken off, such as refunds."""
    years_before: int = 0


@dataclass(frozen=True)
class Rate:
    """One figure by another, in percent: a share, or growth. Rates are never added up."""

    code: str
    version: int
    label: Text
    of: Term
    to: Term
    rule: Text
    reference: Text
    is_growth: bool = False
    """Whether it says how much more or less, rather than which part."""
    unit: str = "percent"
    is_stock: bool = False


@dataclass(frozen=True)
class Rates:
    """The rates a kind offers, made of its own indicators."""

    rates: tuple[Rate, ...]


class Definition(Protocol):
    """What every indicator says of itself, whether it is measured on entries or not."""

    @property
    def code(self) -> str:
        """The dotted name."""

    @property
    def version(self) -> int:
        """Grows when its meaning changes."""

    @property
    def label(self) -> Text:
        """What it is called."""

    @property
    def unit(self) -> str:
        """What it counts."""

    @property
    def rule(self) -> Text:
        """How it is counted."""

    @property
    def reference(self) -> Text:
        """Who says so."""

    @property
    def is_stock(self) -> bool:
        """Whether a day alone asks what there was on that day."""


def _several(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


@dataclass(frozen=True)
class Indicators:
    """The indicators a kind offers, measured on its own entries."""

    indicators: tuple[Indicator, ...]


@dataclass(frozen=True)
class Breakdown:
    """A table of one kind's numbers that no part of an address tells apart, such as people by length of term."""

    title: Text
    unit: str
    rows: Callable[[Sequence[int], date], list[tuple[Text, Decimal]]]
    """Label and number in these pairings on the day, in the order shown; none counts a person by name."""
    is_private: bool = False
    """Whether the public sees no small number of it."""


@dataclass(frozen=True)
class Breakdowns:
    """The tables a kind offers to its own page."""

    breakdowns: tuple[Breakdown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A figure's address. None means "all", except direction and stage, whose defaults are stated."""

    scope: str
    """A pairing's code, or a place's (a place such as CN is a scope too)."""
    indicator: str
    version: int
    stage: str | None
    """None only for figures that have no stages."""
    start: date | None = None
    end: date | None = None
    """Both inclusive. Start None: since the first entry. Both the same with `is_day`: on that day."""
    is_day: bool = False
    known: date | datetime | None = None
    confirmed: Literal["both"] | None = None
    direction: str = DEFAULT_DIRECTION
    item: str | None = None
    campaign: str | None = None
    tier: str | None = None
    nature: str | None = None
    field: str | None = None
    subset: str | None = None
    year: int | None = None
    goods: Literal["included"] | None = None
    currency: str | None = None

    @property
    def text(self) -> str:
        """The one text form, used in links, on the command line and in JSON."""
        return self.path + (f"?{self.query}" if self.query else "")

    @property
    def query(self) -> str:
        """What stands after the `?`; empty when every part there has its default."""
        return "&".join(f"{name}={_part_text(value)}" for name, value in self.parts.items())

    @property
    def path(self) -> str:
        """What stands before the `?`: scope, indicator, stage and days."""
        span = ""
        if self.is_day and self.end is not None:
            span = self.end.isoformat()
        elif self.start is not None or self.end is not None:
            span = f"{self.start or ''}..{self.end or ''}"
        return "/".join(filter(None, [self.scope, f"{self.indicator}@{self.version}", self.stage, span]))

    @property
    def parts(self) -> dict[str, object]:
        """The parts after the `?` that differ from their default, in their order."""
        given = {name: getattr(self, name) for name in PARTS}
        if self.direction == DEFAULT_DIRECTION:
            given["direction"] = None
        return {name: value for name, value in given.items() if value is not None}

    @property
    def basis(self) -> Basis:
        """Whether it is a sum over a period, since the first entry, or a stock on a day."""
        if self.is_day:
            return "on_day"
        return "period" if self.start is not None else "cumulative"

    @property
    def known_at(self) -> datetime | None:
        """The moment as of which the book is asked; None is now. A day means its end in Asia/Shanghai."""
        if self.known is None or isinstance(self.known, datetime):
            return self.known
        return end_of_day(self.known)

    def period(self, *, first: date, today: date) -> Period:
        """The days a flow is summed over, given the first day of the book and today."""
        return Period.inclusive(min(self.start or first, self.end or today), self.end or today)

    def changed(self, **parts: object) -> "Address":
        """The neighbouring address in which only these parts differ."""
        return replace(self, **parts)  # type: ignore[arg-type]


PARTS = (
    "known",
    "confirmed",
    "direction",
    "item",
    "campaign",
    "tier",
    "nature",
    "field",
    "subset",
    "year",
    "goods",
    "currency",
)
assert {one.name for one in fields(Address)} >= set(PARTS), "every part after the ? is a field"

# What may be asked of a rate: both of its figures have these parts.
RATE_PARTS = ("known", "confirmed", "direction", "campaign", "tier", "nature", "year", "currency")

PART_LABELS: dict[str, Text] = {
    "scope": Text("范围", "Scope"),
    "indicator": Text("指标", "Indicator"),
    "stage": Text("阶段", "Stage"),
    "span": Text("时间", "Time"),
    "known": Text("以何时所知", "As known on"),
    "confirmed": Text("确认", "Confirmed"),
    "direction": Text("方向", "Direction"),
    "item": Text("物资", "Item"),
    "campaign": Text("专项行动", "Campaign"),
    "tier": Text("资金层级", "Tier"),
    "nature": Text("性质", "Nature"),
    "field": Text("类别", "Field"),
    "subset": Text("其中", "Of which"),
    "year": Text("项目年度", "Programme year"),
    "goods": Text("捐物折款", "Goods"),
    "currency": Text("币种", "Currency"),
}


def _part_text(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z").replace("+", "%2B")
    return quote(str(value), safe="")


@dataclass(frozen=True)
class Vocabulary:
    """The words an address may use: read from the kinds and the book before one is parsed."""

    indicators: Mapping[str, Definition]
    stages: Mapping[str, tuple[str, ...]]
    """By indicator code."""
    headlines: Mapping[str, str]
    """The headline stage by indicator code."""
    is_scope: bool = True
    """Whether the scope named is a pairing or a place of this book."""
    scopes: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    campaigns: tuple[str, ...] = ()
    fields: Mapping[str, tuple[str, ...]] | None = None
    """The choices of the part `field`, by indicator code."""
    subsets: Mapping[str, tuple[str, ...]] | None = None
    """The parts that can be told apart, by indicator code."""


def split_scope(text: str) -> str:
    """The first part of an address as written, before anything is checked."""
    return text.strip().strip("/").split("?", 1)[0].split("/", 1)[0]


def parse_address(text: str, words: Vocabulary) -> Address | list[Problem]:
    """The address a text means, or every problem with it: which part, what is known, what was perhaps meant."""
    head, _, tail = text.strip().strip("/").partition("?")
    path = [part for part in head.split("/") if part]
    problems: list[Problem] = []
    if not words.is_scope and path:
        problems.append(_unknown("scope", path[0], words.scopes))
    if len(path) < 2:
        cure = Text(
            "写法：结对/指标/阶段/起..止，如 jinghai-zhenyuan/funds.social/received/2020-01-01..2020-09-18。",
            "Write pairing/indicator/stage/from..to, such as "
            "jinghai-zhenyuan/funds.social/received/2020-01-01..2020-09-18.",
        )
        return [*problems, Problem("address.short", PART_LABELS["indicator"], cure, value=text)]
    code, _, version = path[1].partition("@")
    indicator = words.indicators.get(code)
    if indicator is None:
        problems.append(_unknown("indicator", code, tuple(words.indicators)))
    elif version and version != str(indicator.version):
        problems.append(_unknown("indicator", path[1], (f"{code}@{indicator.version}",)))
    stage, span = _stage_and_span(path[2:])
    if indicator is not None and stage is not None and stage not in words.stages[code]:
        problems.append(_unknown("stage", stage, words.stages[code]))
    days = _parse_span(span, problems)
    parts = _parse_parts(tail, code, words, problems)
    if isinstance(indicator, Indicator):
        problems += _contradictions(parts, indicator)
    elif isinstance(indicator, Rate):
        problems += [
            _unknown(part, str(value), ()) for part, value in parts.items() if part not in RATE_PARTS
        ]
    elif indicator is not None:
        problems += [_unknown(part, str(value), ()) for part, value in parts.items() if part != "known"]
    if len(path) > 4:
        problems.append(_unknown("span", "/".join(path[4:]), ()))
    if problems or indicator is None:
        return problems
    address = Address(
        scope=path[0],
        indicator=code,
        version=indicator.version,
        stage=stage or words.headlines.get(code),
        **days,  # type: ignore[arg-type]
        **parts,  # type: ignore[arg-type]
    )
    return _on_its_basis(address, indicator, words.headlines.get(code))


def _contradictions(parts: Mapping[str, object], indicator: Indicator) -> Iterator[Problem]:
    """A problem for each part that no entry of the indicator has."""
    for facet, counted in indicator.where:
        # Fiscal funds of social nature are not a small figure but a contradiction.
        if parts.get(facet) not in (None, *_several(counted)):
            yield _unknown(facet, str(parts[facet]), _several(counted))


def _on_its_basis(address: Address, indicator: Definition, headline: str | None) -> Address:
    """The address read as a stock on a day or as a flow: with only a day, a flow runs from 1 January of its year.

    Source: CONTRACT section 3. A stock asked over a period is what came in it: people posted in 2020.
    """
    if indicator.is_stock and address.stage == headline:
        return replace(address, is_day=address.is_day or (address.start is None and address.end is None))
    if address.is_day and address.end is not None:
        return replace(address, start=year_to(address.end).start, is_day=False)
    return replace(address, is_day=False)


def _stage_and_span(rest: Sequence[str]) -> tuple[str | None, str]:
    stage, span = None, ""
    for part in rest[:2]:
        if ".." in part or part[:1].isdigit():
            span = part
        else:
            stage = part
    return stage, span


def _parse_span(span: str, problems: list[Problem]) -> dict[str, object]:
    if not span:
        return {}
    first, dots, last = span.partition("..")
    days: dict[str, date | None] = {}
    for name, written in (("start", first if dots else ""), ("end", last if dots else first)):
        days[name] = None
        if written:
            try:
                days[name] = date.fromisoformat(written)
                if not is_in_calendar(date.fromisoformat(written)):
                    raise ValueError(written)
            except ValueError:
                cure = Text("日期写成 2020-09-18。", "Write a day as 2020-09-18.")
                problems.append(Problem("address.span", PART_LABELS["span"], cure, value=written))
    start, end = days["start"], days["end"]
    if start is not None and end is not None and end < start:
        cure = Text("结束日期早于开始日期。", "The last day is before the first.")
        problems.append(Problem("address.span", PART_LABELS["span"], cure, value=span))
    return {**days, "is_day": not dots}


def _parse_parts(tail: str, code: str, words: Vocabulary, problems: list[Problem]) -> dict[str, object]:
    allowed: dict[str, tuple[str, ...]] = {
        "confirmed": ("both",),
        "direction": tuple(DIRECTIONS),
        "tier": tuple(TIERS),
        "nature": tuple(NATURES),
        "goods": ("included",),
        "item": words.items,
        "campaign": words.campaigns,
        "field": (words.fields or {}).get(code, ()),
        # A part that nothing holds is refused rather than ignored.
        "subset": (words.subsets or {}).get(code, ()),
    }
    parts: dict[str, object] = {}
    for name, value in parse_qsl(tail, keep_blank_values=True):
        if name not in PARTS:
            problems.append(_unknown("span", name, PARTS, code="part"))
        elif name in parts:
            cure = Text("这一部分写了两次，请只留一个。", "This part is given twice; keep one.")
            problems.append(Problem("address.twice", PART_LABELS[name], cure, value=value))
        elif name == "known":
            parts["known"] = _parse_known(value, problems)
        elif name == "year":
            if re.fullmatch(r"(19|20)\d\d", value):
                parts["year"] = int(value)
            else:
                problems.append(_unknown("year", value, ()))
        elif name == "currency":
            if re.fullmatch(r"[A-Z]{3}", value):
                parts["currency"] = value
            else:
                problems.append(_unknown("currency", value, ("CNY", "USD")))
        elif value not in allowed[name]:
            problems.append(_unknown(name, value, allowed[name]))
        else:
            parts[name] = value
    return parts


def _parse_known(value: str, problems: list[Problem]) -> date | datetime | None:
    try:
        if len(value) == 10:
            known: date | datetime = date.fromisoformat(value)
        else:
            known = datetime.fromisoformat(value.replace(" ", "+"))
        if not is_in_calendar(known):
            raise ValueError(value)
        if isinstance(known, datetime) and known.tzinfo is None:
            return known.replace(tzinfo=BOOK_ZONE)
        return known
    except ValueError:
        cure = Text("写成 2020-09-18 或 2020-09-18T17:00:00。", "Write 2020-09-18 or 2020-09-18T17:00:00.")
        problems.append(Problem("address.known", PART_LABELS["known"], cure, value=value))
        return None


def _unknown(part: str, value: str, known: Sequence[str], *, code: str = "") -> Problem:
    near = get_close_matches(value, known, n=1, cutoff=0.5)
    shown = ", ".join(list(known)[:8])
    if near:
        cure = Text(f"没有“{value}”；是否指 {near[0]}？", f"There is no '{value}'; did you mean {near[0]}?")
    elif known:
        cure = Text(f"没有“{value}”；可用：{shown}。", f"There is no '{value}'; known here: {shown}.")
    else:
        cure = Text(f"这里不能用“{value}”。", f"'{value}' has no meaning here.")
    label = Text("附加部分", "Part") if code == "part" else PART_LABELS[part]
    return Problem(f"address.{code or part}", label, cure, value=value)


# What must be the same before two figures may be added, and why.
_ALIKE: tuple[tuple[str, Text], ...] = (
    (
        "stage",
        Text(
            "阶段不同（如拨付与到账）的数不能相加",
            "stages differ: what was allocated is not what was received",
        ),
    ),
    ("direction", Text("方向相反的数不能相加", "they go in opposite directions")),
    ("known", Text("所知时点不同", "the book was asked as known at different moments")),
    (
        "confirmed",
        Text("一个只计双方确认，一个不是", "one counts only what both sides confirmed, the other all"),
    ),
    ("goods", Text("一个含捐物折款，一个不含", "one has goods valued in money inside, the other has not")),
    ("subset", Text("一个是另一个的其中数", "one is a part of the other")),
    (
        "is_day",
        Text(
            "一个是某日的存量，一个是一段时间的发生数",
            "one is a stock on a day, the other what came in a period",
        ),
    ),
    ("currency", Text("币种不同，须先按注明的汇率换算", "currencies differ; convert at a stated rate first")),
)


def check_sum(
    addresses: Sequence[Address],
    units: Sequence[str],
    indicators: Mapping[str, Indicator],
    covers: Mapping[str, frozenset[int]],
) -> None:
    """Refuses a sum over unlike or overlapping addresses, with the reason; quiet when it may be formed.

    `covers` gives the pairings each scope counts: a pairing and its child, or a place and a pairing in it, overlap.

    Unlike indicators add up only as a defined sum (fiscal and social funds are `funds.total`).
    """
    first = addresses[0]
    if len(set(units)) > 1:
        listed = same(" + ".join(dict.fromkeys(units)))
        reason = Text(f"单位不同（{listed.zh}），不能相加", f"units differ ({listed.en})")
        raise _refused_sum("unit", reason)
    for part, reason in _ALIKE:
        if len({getattr(address, part) for address in addresses}) > 1:
            raise _refused_sum(part, reason)
    if first.is_day and len({address.end for address in addresses}) > 1:
        reason = Text("不同日期的存量不能相加", "they are stocks on different days")
        raise _refused_sum("day", reason)
    codes = {address.indicator for address in addresses}
    if len(codes) > 1 and not any(codes <= set(indicator.parts) for indicator in indicators.values()):
        raise _refused_sum(
            "indicator",
            Text("指标不同，且没有定义它们之和", "the indicators differ and no sum of them is defined"),
        )
    if len({(address.item) for address in addresses}) > 1 and indicators[first.indicator].apart_by == "item":
        raise _refused_sum("item", Text("不同品种的物资不能相加", "they count different items"))
    for place, one in enumerate(addresses):
        for other in addresses[place + 1 :]:
            if one.indicator == other.indicator and _overlap(one, other, covers):
                raise _refused_sum(
                    "overlap",
                    Text("两个数有重叠，相加会重复计算", "they overlap: part would be counted twice"),
                )


def _overlap(one: Address, other: Address, covers: Mapping[str, frozenset[int]]) -> bool:
    """Whether some entry could count in both: only unequal facets, disjoint scopes or days tell them apart."""
    apart = any(
        getattr(one, part) is not None
        and getattr(other, part) is not None
        and getattr(one, part) != getattr(other, part)
        for part in ("item", "campaign", "tier", "nature", "field", "year")
    )
    if apart:
        return False
    if not covers[one.scope] & covers[other.scope]:
        return False
    starts = one.start or date.min, other.start or date.min
    ends = one.end or date.max, other.end or date.max
    return max(starts) <= min(ends)


def _refused_sum(part: str, reason: Text) -> Refusal:
    return Refusal(f"sum.{part}", Text(f"不能相加：{reason.zh}。", f"These do not add up: {reason.en}."))


QUALIFIERS: dict[str, Text] = {
    "exact": Text("", ""),
    "more_than": Text("超过", "more than"),
    "nearly": Text("近", "nearly"),
    "about": Text("约", "about"),
    "at_least": Text("不少于", "at least"),
    "at_most": Text("不超过", "at most"),
    "up_to": Text("至多", "up to"),
}
# "About" and "nearly" are judged within a twentieth; the measures give no tolerance. Ours, dated 2026-11.
_NEAR = Decimal("0.05")


def is_borne_out(published: Decimal, qualifier: str, booked: Decimal) -> bool:
    """Whether the book's value bears out a published one with its qualifier."""
    match qualifier:
        case "more_than":
            return booked > published
        case "at_least":
            return booked >= published
        case "at_most" | "up_to":
            return booked <= published
        case "nearly":
            return published * (1 - _NEAR) <= booked <= published
        case "about":
            return abs(booked - published) <= published * _NEAR
        case _:
            return booked == published


def span_words(start: date | None, end: date | None, *, is_day: bool = False) -> Text:
    """The days of an address in words: "1 January to 18 September 2020"."""
    if is_day and end is None:
        return Text("现在", "today")
    if end is None and start is None:
        return Text("开始以来", "since the beginning")
    if start is None and end is not None and not is_day:
        return Text(f"截至{_zh(end)}累计", f"up to {_en(end)}")
    if end is None and start is not None:
        return Text(f"{_zh(start)}以来", f"since {_en(start)}")
    assert end is not None
    if is_day or start is None or start == end:
        return Text(_zh(end), f"on {_en(end)}")
    zh_end = f"{end.month}月{end.day}日" if start.year == end.year else _zh(end)
    en_start = _en(start).removesuffix(f" {start.year}") if start.year == end.year else _en(start)
    return Text(f"{_zh(start)}至{zh_end}", f"from {en_start} to {_en(end)}")


def _zh(day: date) -> str:
    return day_in_words(day, "zh")


def _en(day: date) -> str:
    return day_in_words(day, "en")


def value_words(value: Decimal, unit: str) -> Text:
    """A figure's number as a sentence says it, with its unit: 5416万元, 54.16 million yuan; 7次, 7 visits."""
    known = UNITS.get(unit)
    if known is None:
        return Text(money(value, "zh", currency=unit), money(value, "en", currency=unit))
    word = known.words_for(value)
    return Text(f"{compact(value, 'zh')}{word.zh}", f"{compact(value, 'en')} {word.en}")


def unit_words(value: Decimal, unit: str) -> Text:
    """The unit or currency alone, as it stands after this number written out."""
    known = UNITS.get(unit)
    return known.words_for(value) if known else Text(currency_word(unit, "zh"), currency_word(unit, "en"))


def join_words(parts: Iterable[Text]) -> Text:
    """Clauses in a row, with each language's comma."""
    kept = [part for part in parts if part.zh]
    return Text("，".join(part.zh for part in kept), ", ".join(part.en for part in kept))
