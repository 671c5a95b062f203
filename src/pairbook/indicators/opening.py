"""A figure opened: the sentence it answers, its rule, the addresses one part away, and what stands behind it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pairbook.indicators.behind import Thing
from pairbook.indicators.measuring import (
    Figure,
    Readings,
    Scope,
    figure_at,
    filters_of,
    headline_of,
    indicators,
    must_name_item,
    outside_at,
    outside_figure,
    rates,
    stages_of,
)
from pairbook.indicators.outside import OUTSIDE
from pairbook.indicators.reads import PublishedRow, published_at, rate, scope_of
from pairbook.indicators.rules import PART_LABELS, Address, value_words
from pairbook.indicators.sentences import sentence_of
from pairbook.kernel.periods import year_to
from pairbook.kernel.texts import Text, same
from pairbook.register.known import record_of, stage_of
from pairbook.register.reads import (
    Correction,
    EntryRow,
    PaperRow,
    corrections_among,
    differences_in,
    entry_rows,
    papers_of_many,
)
from pairbook.register.shapes import DIRECTIONS, TIERS


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An address in which one part differs, with the number it gives."""

    part: str
    label: Text
    figure: Figure
    is_here: bool
    step: Text
    """How far its number lies from the one opened: +120万元; empty where it is the same."""


@dataclass(frozen=True, slots=True)
class Choices:
    """The choices there are for one part of an address."""

    label: Text
    neighbours: tuple[Neighbour, ...]


@dataclass(frozen=True, slots=True)
class OpenedFigure:
    """A figure opened: the sentence it answers, its rule, its choices, what stands behind it."""

    figure: Figure
    scope: Scope
    sentence: Text
    rule: Text
    reference: Text
    choices: tuple[Choices, ...]
    entries: tuple[EntryRow, ...]
    offset: int
    papers: tuple[tuple[EntryRow, PaperRow], ...]
    """Papers of the entries shown, the first few."""
    part_label: Text | None
    """What the part beside the number is called, where its kind tells one apart."""
    corrections: tuple[Correction, ...]
    differences: tuple[EntryRow, ...]
    """Corrections of closed months that count in its days: each with what it changes; the old amount is taken off."""
    things: tuple[Thing, ...]
    """What stands behind a number that no entry holds: counties, pairs, publications."""
    published: tuple[PublishedRow, ...]
    """Where this number was published, and whether the book bears it out."""
    terms: tuple[tuple[Text, Figure], ...] = ()
    """The figures a rate is made of, each with the question it answers; empty for all others."""

    @property
    def listed(self) -> int:
        """How many entries its list has: those behind the figure, and those whose old amount is taken off."""
        return self.figure.entries + len(self.differences)


def open_figure(address: Address, *, limit: int = 50, offset: int = 0) -> OpenedFigure:
    """A figure with the entries behind it, newest first, `limit` of them after `offset`."""
    scope = scope_of(address.scope)
    if address.indicator in OUTSIDE:
        return _opened_outside(address, scope)
    if address.indicator in rates():
        return _opened_rate(address, scope)
    kind, indicator = indicators()[address.indicator]
    must_name_item(address, indicator, scope)
    readings = Readings({scope.code: scope})
    opened = figure_at(address, scope, readings.rows(address, kind, indicator, alone=True))
    filters = filters_of(address, kind, indicator, scope)
    if len(filters) == 1:
        entries = entry_rows(filters[0], limit=limit, offset=offset)
    else:
        # Cash and goods are two lists: each gives its newest, and the page is cut from both together.
        newest = [row for wanted in filters for row in entry_rows(wanted, limit=offset + limit)]
        newest.sort(key=lambda row: (row.happened_on, row.id), reverse=True)
        entries = newest[offset : offset + limit]
    return OpenedFigure(
        figure=opened,
        scope=scope,
        sentence=sentence_of(address, scope),
        rule=indicator.rule,
        reference=indicator.reference,
        choices=tuple(_choices(opened, scope, readings)),
        entries=tuple(entries),
        offset=offset,
        papers=tuple(papers_of_many(entries, known_at=address.known_at)),
        part_label=subset.label if (subset := record_of(kind.code).subset) else None,
        corrections=tuple(one for wanted in filters for one in corrections_among(wanted)),
        differences=tuple(row for wanted in filters for row in differences_in(wanted)),
        things=(),
        published=tuple(published_at(address, scope=scope)),
    )


def _opened_outside(address: Address, scope: Scope) -> OpenedFigure:
    one = OUTSIDE[address.indicator]
    return OpenedFigure(
        figure=outside_figure(address),
        scope=scope,
        sentence=sentence_of(address, scope),
        rule=one.rule,
        reference=one.reference,
        choices=(),
        entries=(),
        offset=0,
        papers=(),
        part_label=None,
        corrections=(),
        differences=(),
        things=outside_at(address).things,
        published=tuple(published_at(address, scope=scope)),
    )


def _opened_rate(address: Address, scope: Scope) -> OpenedFigure:
    one, found = rates()[address.indicator], rate(address, scope=scope)
    return OpenedFigure(
        figure=found.figure,
        scope=scope,
        sentence=sentence_of(address, scope),
        rule=one.rule,
        reference=one.reference,
        choices=(),
        entries=(),
        offset=0,
        papers=(),
        part_label=None,
        corrections=(),
        differences=(),
        things=(),
        published=tuple(published_at(address, scope=scope)),
        terms=tuple((sentence_of(term.address, scope), term) for term in found.terms),
    )


def _choices(opened: Figure, scope: Scope, readings: Readings) -> Iterator[Choices]:
    parts: dict[str, list[Neighbour]] = {}
    for one in _neighbours(opened.address, scope, readings):
        step = one.figure.value - opened.value
        sign = "+" if step > 0 else "−"
        words = value_words(abs(step), opened.unit)
        parts.setdefault(one.part, []).append(
            replace(one, step=Text(f"{sign}{words.zh}", f"{sign}{words.en}") if step else Text("", ""))
        )
    for part, neighbours in parts.items():
        yield Choices(PART_LABELS[part], tuple(neighbours))


def _neighbours(address: Address, scope: Scope, readings: Readings) -> Iterator[Neighbour]:
    """Addresses one part away that give a number, so a reader sees how each part moves it."""
    kind, indicator = indicators()[address.indicator]
    record = record_of(kind.code)

    def neighbour(part: str, label: Text, **changes: object) -> Neighbour:
        there = address.changed(**changes)
        rows = readings.rows(there, kind, indicator, alone=True)
        return Neighbour(part, label, figure_at(there, scope, rows), there == address, Text("", ""))

    held = [row for row in readings.rows(address, kind, indicator, alone=True) if row.kind == kind.code]
    for stage in stages_of(kind, indicator):
        if stage == address.stage or any(row.stage == stage and indicator.counts(row) for row in held):
            yield neighbour("stage", stage_of(kind.code, stage).label, stage=stage, **_basis(address, stage))
    yield neighbour("confirmed", Text("不论是否确认", "confirmed or not"), confirmed=None)
    yield neighbour("confirmed", Text("双方已确认", "confirmed by both sides"), confirmed="both")
    directions = {row.direction for row in held} | {address.direction}
    if len(directions) > 1:
        for direction in sorted(directions):
            yield neighbour("direction", DIRECTIONS[direction], direction=direction)
    campaign_names = {one.code: one.name for one in scope.campaigns}
    item_names = {one.code: one.name for one in scope.items}
    fields = dict(record.facet.choices) if record.facet else {}
    for part, values, labels in (
        ("item", {row.item_code for row in held}, item_names),
        ("campaign", {row.campaign_code for row in held}, campaign_names),
        ("tier", {row.tier for row in held}, TIERS),
        ("field", {row.field for row in held} if not dict(indicator.where).get("field") else set(), fields),
    ):
        found = [
            neighbour(part, labels.get(value, same(value)), **{part: value})
            for value in sorted(filter(None, values))
        ]
        found = [one for one in found if one.figure.entries or one.is_here]
        if part == "item" and indicator.apart_by == "item":
            yield from found
        elif found or getattr(address, part) is not None:
            yield neighbour(part, Text("全部", "all"), **{part: None})
            yield from found
    subset = record.subset
    if subset is not None and subset.of == indicator.subset_of and any(row.subset_amount for row in held):
        yield neighbour("subset", Text("全部", "all"), subset=None)
        yield neighbour("subset", subset.label, subset=subset.code)


def _basis(address: Address, stage: str) -> dict[str, object]:
    """The days of the same question at another stage: a stock turns into the flow of its year and back."""
    kind, indicator = indicators()[address.indicator]
    if not indicator.is_stock:
        return {}
    if stage == headline_of(kind, indicator):
        return {"is_day": True, "start": None}
    first = year_to(address.end).start if address.is_day and address.end else address.start
    return {"is_day": False, "start": first}
