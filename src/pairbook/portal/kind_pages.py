"""Questions of two public pages: one kind of assistance with all its numbers, and a campaign across kinds.

They know no kind by name: tables follow from what a kind declares.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pairbook.indicators.discretion import WITHHELD, Discretion
from pairbook.indicators.measuring import Figure, Scope, headline_of, indicators, stages_of
from pairbook.indicators.reads import figure_rows, figures, scope_of
from pairbook.indicators.rules import (
    DEFAULT_DIRECTION,
    Breakdown,
    Breakdowns,
    Indicator,
    Rates,
    value_words,
)
from pairbook.kernel.kinds import Kind, kinds_offering
from pairbook.kernel.periods import Period
from pairbook.kernel.texts import Text
from pairbook.pairings.reads import PairingRow
from pairbook.register.known import record_of, stage_of
from pairbook.register.reads import EntryFilter, EntryRow, entry_count, entry_rows
from pairbook.register.shapes import Record

_ENTRIES_SHOWN = 12


@dataclass(frozen=True, slots=True)
class NumberLine:
    """One line of a kind's table: what is counted, how far it has come, the number."""

    label: Text
    stage: Text
    figure: Figure
    part_label: Text | None


@dataclass(frozen=True, slots=True)
class Split:
    """A figure told apart by the field of its kind; the cells add up to the whole unless somebody is in two."""

    title: Text
    whole: Figure
    cells: tuple[tuple[Text, Figure], ...]

    @property
    def is_drawn(self) -> bool:
        """Whether a picture says more than the table: several cells, none withheld."""
        return len(self.cells) > 1 and not any(figure.withheld for _, figure in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """A table no part of an address tells apart: label, number in words."""

    title: Text
    rows: tuple[tuple[Text, Text], ...]


@dataclass(frozen=True, slots=True)
class KindPage:
    """One kind of assistance in a programme, up to a day."""

    kind: Kind
    lines: tuple[NumberLine, ...]
    splits: tuple[Split, ...]
    tables: tuple[Table, ...]
    rules: tuple[Indicator, ...]
    """The indicators told, for their counting rules."""
    entries: tuple[EntryRow, ...]
    entry_count: int
    rates: tuple[Figure, ...] = ()
    """Its rates of the year, where there is something to divide by."""


def kind_page(pairing: PairingRow, kind: Kind, day: date) -> KindPage:
    """Everything the book says of one kind from 1 January to `day`, stocks on the day, as the public sees it."""
    scope = scope_of(pairing.code)
    eye = Discretion(scope)
    own = [(code, one) for code, (other, one) in indicators().items() if other == kind]
    codes = {code for code, _ in own}
    # All figures at once: their sums are read together, whichever kind they are of.
    rows = figure_rows(pairing.code, as_of=day, scope=scope)
    found = [eye.figure(row) for row in rows if row.address.indicator in codes]
    so_far = Period.inclusive(date.min, day)
    wanted = EntryFilter(pairing_ids=scope.pairing_ids, kind=kind.code, period=so_far)
    told = {row.address.indicator for row in found}
    return KindPage(
        kind=kind,
        lines=tuple(_lines(found, kind, scope)),
        splits=tuple(_splits(found, kind, scope, eye)),
        tables=tuple(_tables(kind, scope, day, eye)),
        rules=tuple(one for code, one in own if code in told),
        entries=eye.rows(entry_rows(wanted, limit=_ENTRIES_SHOWN)),
        entry_count=entry_count(wanted),
        rates=tuple(_rates(kind, pairing.code, scope, day)),
    )


def _rates(kind: Kind, pairing_code: str, scope: Scope, day: date) -> Iterator[Figure]:
    offered = kind.offer(Rates)
    for rate in offered.rates if offered else ():
        yield from figure_rows(pairing_code, as_of=day, indicator=rate.code, scope=scope)


def _lines(found: Sequence[Figure], kind: Kind, scope: Scope) -> Iterator[NumberLine]:
    subset = record_of(kind.code).subset
    for figure in found:
        address = figure.address
        if address.campaign or address.tier:
            continue
        item = scope.item_name(address.item)
        if address.item and indicators()[address.indicator][1].apart_by != "item":
            continue
        stage = stage_of(kind.code, address.stage or "").label
        yield NumberLine(
            label=item or figure.label,
            stage=stage,
            figure=figure,
            part_label=subset.label if subset and figure.part_value is not None else None,
        )


def _splits(found: Sequence[Figure], kind: Kind, scope: Scope, eye: Discretion) -> Iterator[Split]:
    facet = record_of(kind.code).facet
    if facet is None:
        return
    # Where a sum of parts is defined, it alone is split: the parts would tell the same again.
    sums = [row for row in found if indicators()[row.address.indicator][1].parts]
    for whole in sums or found:
        address = whole.address
        _, indicator = indicators()[address.indicator]
        if (
            not whole.is_headline_stage
            or address.campaign
            or address.tier
            or address.item
            or dict(indicator.where).get("field")
        ):
            continue
        cells = [
            (label, eye.figure(cell))
            for (code, label), cell in zip(
                facet.choices,
                figures([address.changed(field=code) for code, _ in facet.choices], scope=scope),
                strict=True,
            )
            if cell.entries
        ]
        if len(cells) > 1:
            way = (
                Text("（反方向）", " (the other way)")
                if address.direction != DEFAULT_DIRECTION
                else Text("", "")
            )
            title = Text(
                f"{whole.label.zh}{way.zh}：按{facet.label.zh}",
                f"{whole.label.en}{way.en}, by {facet.label.en.lower()}",
            )
            yield Split(title, whole, tuple(cells))


def _tables(kind: Kind, scope: Scope, day: date, eye: Discretion) -> Iterator[Table]:
    offered = kind.offer(Breakdowns)
    for breakdown in offered.breakdowns if offered else ():
        rows = breakdown.rows(scope.pairing_ids, day)
        if rows:
            yield Table(breakdown.title, tuple(_told(breakdown, rows, eye)))


def _told(
    breakdown: Breakdown, rows: Sequence[tuple[Text, Decimal]], eye: Discretion
) -> Iterator[tuple[Text, Text]]:
    hidden = (
        eye.cells({str(place): value for place, (_, value) in enumerate(rows)})
        if breakdown.is_private
        else set()
    )
    for place, (label, value) in enumerate(rows):
        yield label, WITHHELD if str(place) in hidden else value_words(value, breakdown.unit)


@dataclass(frozen=True, slots=True)
class CampaignPage:
    """A campaign across kinds: its numbers by kind, and what was done."""

    code: str
    name: Text
    by_kind: tuple[tuple[Kind, tuple[NumberLine, ...]], ...]
    entries: tuple[EntryRow, ...]
    entry_count: int
    first: date | None
    last: date | None

    @property
    def later(self) -> int:
        """How many entries come after the first dozen."""
        return max(len(self.entries) - _ENTRIES_SHOWN, 0)


def campaign_page(pairing: PairingRow, code: str) -> CampaignPage | None:
    """A campaign from its first entry to now, as the public sees it; None when the book knows no such campaign."""
    scope = scope_of(pairing.code)
    name = scope.campaign_name(code)
    if name is None:
        return None
    eye = Discretion(scope)
    by_kind = []
    rows = [row for row in figure_rows(pairing.code, scope=scope) if row.address.campaign == code]
    for kind, record in kinds_offering(Record):
        lines = tuple(_campaign_lines(rows, kind, record, scope, eye))
        if lines:
            by_kind.append((kind, lines))
    wanted = EntryFilter(pairing_ids=scope.pairing_ids, campaign_code=code)
    entries = eye.rows(entry_rows(wanted, limit=200, oldest_first=True))
    return CampaignPage(
        code=code,
        name=name,
        by_kind=tuple(by_kind),
        entries=entries,
        entry_count=entry_count(wanted),
        first=entries[0].happened_on if entries else None,
        last=entries[-1].happened_on if entries else None,
    )


def _campaign_lines(
    rows: Sequence[Figure], kind: Kind, record: Record, scope: Scope, eye: Discretion
) -> Iterator[NumberLine]:
    for row in rows:
        other, indicator = indicators()[row.address.indicator]
        if other != kind or row.address.stage != headline_of(kind, indicator) or row.address.tier:
            continue
        item = scope.item_name(row.address.item)
        if row.address.item and indicator.apart_by != "item":
            continue
        assert row.address.stage in stages_of(kind, indicator)
        yield NumberLine(
            label=item or row.label,
            stage=stage_of(kind.code, row.address.stage or "").label,
            figure=eye.figure(row),
            part_label=record.subset.label if record.subset and row.part_value is not None else None,
        )
