"""From sums of entries to the number at an address: which rows count, by what sign, and what is told beside the number.

Under `reads`, which asks whole pages of figures. Three readings of the entries serve every indicator: a flow is the sum
of a period; a stock is what came up to a day less what left; of reports, only each thing's newest counts.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from pairbook.indicators.behind import Outside
from pairbook.indicators.outside import OUTSIDE
from pairbook.indicators.rules import (
    Address,
    Basis,
    Definition,
    Indicator,
    Indicators,
    Rate,
    Rates,
    unit_words,
    value_words,
)
from pairbook.kernel import clock
from pairbook.kernel.kinds import Kind, kinds_offering
from pairbook.kernel.money import MINOR_UNITS
from pairbook.kernel.periods import Period
from pairbook.kernel.problems import Refusal
from pairbook.kernel.quantities import UNITS
from pairbook.kernel.texts import Text
from pairbook.pairings.reads import PairingRow
from pairbook.register.known import record_of, stage_of
from pairbook.register.people import NOBODY, People
from pairbook.register.reads import EntryFilter, NamedRow
from pairbook.register.shapes import Record
from pairbook.register.sums import Sums, latest_ids, sums, sums_of_entries


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its address and what stands behind it. Values are in base units: yuan, kg, persons."""

    address: Address
    label: Text
    unit: str
    value: Decimal
    basis: Basis
    first: date
    """The first day counted; for a cumulative figure the day of the first entry."""
    last: date
    is_headline_stage: bool
    entries: int
    with_papers: int
    confirmed_value: Decimal | None
    """None where nobody confirms, such as a county's place on a list."""
    confirmed_entries: int
    goods_value: Decimal | None = None
    """Of the value, agreed valuations of goods; None where only cash is asked for."""
    part_value: Decimal | None = None
    """Of the value, the part its kind tells apart (registered poor); None where it tells none."""
    unlisted: Decimal | None = None
    """Of a number of persons, those only counted and not listed by token: some of them may be the same people."""
    is_private: bool = False
    """Whether it counts people whose small numbers the public does not see."""
    withheld: Text | None = None
    """Why the number is not shown; its value is then nothing and means nothing."""

    @property
    def words(self) -> Text:
        """The number as a sentence says it, with its unit."""
        return self.withheld or value_words(self.value, self.unit)

    @property
    def unit_words(self) -> Text:
        """The unit as it stands after the number written out."""
        return unit_words(self.value, self.unit)

    @property
    def confirmed_share(self) -> Decimal | None:
        """The share of the value both sides confirmed, 0 to 1; None of nothing."""
        return self.confirmed_value / self.value if self.value and self.confirmed_value is not None else None


@cache
def indicators() -> dict[str, tuple[Kind, Indicator]]:
    """Every indicator measured on entries by code, with the kind that measures it, in the kinds' order."""
    return {
        indicator.code: (kind, indicator)
        for kind, offered in kinds_offering(Indicators)
        for indicator in offered.indicators
    }


@cache
def definitions() -> dict[str, Definition]:
    """Every indicator there is by code: those measured on entries, the rates made of them, then those outside."""
    return {**{code: indicator for code, (_, indicator) in indicators().items()}, **rates(), **OUTSIDE}


@cache
def rates() -> dict[str, Rate]:
    """Every rate the kinds offer, by code."""
    return {rate.code: rate for _, offered in kinds_offering(Rates) for rate in offered.rates}


@cache
def _kinds_with_stocks() -> tuple[str, ...]:
    found = (kind.code for kind, indicator in indicators().values() if indicator.is_stock)
    return tuple(dict.fromkeys(found))


def headline_of(kind: Kind, indicator: Indicator) -> str:
    """The stage an address means when it names none."""
    return indicator.stage or record_of(kind.code).headline


def stages_of(kind: Kind, indicator: Indicator) -> tuple[str, ...]:
    """The stages an indicator can be asked at, in their order."""
    return indicator.stages or tuple(stage.code for stage in record_of(kind.code).stages)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a scope covers, read once for all figures of a page: the pairings counted, their days, the catalogue."""

    code: str
    name: Text
    pairing: PairingRow | None
    pairing_ids: tuple[int, ...]
    edges: tuple[date, date] | None
    """The first and last day with an entry, as the book is now."""
    opened: date
    """The day the first of its pairings began: no entry was ever earlier."""
    items: tuple[NamedRow, ...]
    campaigns: tuple[NamedRow, ...]
    people: People
    """Who is listed in their entries, asked when the first figure of persons is."""

    def days(self, address: Address) -> Period:
        """The days an address counts here."""
        # What was known once may have been withdrawn or moved since, so today's first entry does not bound it.
        first = self.edges[0] if self.edges and address.known is None else self.opened
        return address.period(first=first, today=clock.today())

    def item_name(self, code: str | None) -> Text | None:
        """What an item is called, or None."""
        return next((item.name for item in self.items if item.code == code), None)

    def campaign_name(self, code: str | None) -> Text | None:
        """What a campaign is called, or None."""
        return next((campaign.name for campaign in self.campaigns if campaign.code == code), None)

    def item_unit(self, code: str | None) -> str:
        """The unit an item is counted in."""
        return next((item.unit for item in self.items if item.code == code), "piece")


class Reading(NamedTuple):
    """One set of sums asked of the register: of which days, as known when, of one kind or all, newest reports only."""

    scope: str
    days: Period
    known_at: datetime | None
    kinds: tuple[str, ...] | None
    latest_at: str = ""
    leaves: tuple[str, ...] = ()


class Readings:
    """The sums of a page, each asked of the register once."""

    def __init__(self, scopes: dict[str, Scope]) -> None:
        self._scopes = scopes
        self._read: dict[Reading, list[Sums]] = {}

    def rows(self, address: Address, kind: Kind, indicator: Indicator, *, alone: bool = False) -> list[Sums]:
        """The sums an address is measured on; `alone` reads its own kind only."""
        scope = self._scopes[address.scope]
        # Reports of one thing never add up, so over a period too only its newest counts.
        latest_at = address.stage or "" if indicator.is_latest else ""
        # Among others all kinds of its days serve the next figure too. The days of a stock begin with the book: so far
        # back only kinds that have stocks are asked.
        only: tuple[str, ...] | None = None
        if latest_at or (alone and not address.goods):
            only = (kind.code,)
        elif address.is_day and not address.goods and kind.code in _kinds_with_stocks():
            only = _kinds_with_stocks()
        leaves = indicator.leaves if latest_at else ()
        reading = Reading(address.scope, scope.days(address), address.known_at, only, latest_at, leaves)
        if reading not in self._read:
            self._read[reading] = self._asked(reading, scope)
        return self._read[reading]

    def _asked(self, reading: Reading, scope: Scope) -> list[Sums]:
        if not reading.latest_at:
            return sums(scope.pairing_ids, reading.days, known_at=reading.known_at, kinds=reading.kinds)
        assert reading.kinds is not None
        newest = latest_ids(
            scope.pairing_ids,
            reading.days,
            reading.kinds[0],
            reading.latest_at,
            leaves=reading.leaves,
            known_at=reading.known_at,
        )
        return sums_of_entries(newest, known_at=reading.known_at) if newest else []


def must_name_item(address: Address, indicator: Indicator, scope: Scope) -> None:
    """Refuse a number over unlike items, naming those there are."""
    if indicator.apart_by == "item" and address.item is None:
        codes = ", ".join(item.code for item in scope.items)
        raise Refusal(
            "figure.item",
            Text(
                f"不同物资不相加：请在地址里指明 item=（{codes}）。",
                f"Unlike items are not summed: name one, item= ({codes}).",
            ),
        )


def outside_figure(address: Address, found: Outside | None = None) -> Figure:
    """The figure at an address that no entry holds; Refusal where its scope is wrong or nothing is known."""
    found, one = found or outside_at(address), OUTSIDE[address.indicator]
    last = address.end or clock.today()
    return Figure(
        address=address,
        label=one.label,
        unit=one.unit,
        value=found.value,
        basis=address.basis,
        first=address.start or last,
        last=last,
        is_headline_stage=True,
        entries=len(found.things),
        with_papers=sum(bool(thing.source.zh) for thing in found.things),
        confirmed_value=None,
        confirmed_entries=0,
    )


def outside_at(address: Address) -> Outside:
    """The number at an address that no entry holds, with the things behind it."""
    one = OUTSIDE[address.indicator]
    return one.read(
        address.scope,
        start=address.start,
        end=address.end,
        is_day=address.is_day,
        known_at=address.known_at,
    )


Signed = tuple[int, Sums]


def figure_at(address: Address, scope: Scope, rows: Sequence[Sums]) -> Figure:
    """The figure at an address, given the sums of its days (`Readings.rows`)."""
    kind, indicator = indicators()[address.indicator]
    record = record_of(kind.code)
    counted = list(_counted(rows, address, kind, indicator))
    goods = [(1, row) for row in _valuations(rows, address, record)] if address.goods else []
    unit = unit_at(address, indicator, scope)
    found = figure_of(counted, address, scope, kind, indicator, unit)
    if not goods:
        return replace(found, goods_value=Decimal(0)) if address.goods else found
    value, confirmed = measured(goods, indicator, unit)
    shown = confirmed if address.confirmed == "both" else value
    both = address.confirmed == "both"
    return replace(
        found,
        value=found.value + shown,
        entries=found.entries + sum(row.confirmed_entries if both else row.entries for _, row in goods),
        with_papers=found.with_papers
        + sum(row.confirmed_with_papers if both else row.with_papers for _, row in goods),
        confirmed_value=(found.confirmed_value or Decimal(0)) + confirmed,
        confirmed_entries=found.confirmed_entries + sum(row.confirmed_entries for _, row in goods),
        goods_value=shown,
    )


def unit_at(address: Address, indicator: Indicator, scope: Scope) -> str:
    """The unit or currency of the figure at an address."""
    if indicator.measure == "money":
        return address.currency or "CNY"
    return indicator.unit or scope.item_unit(address.item)


def figure_of(
    counted: Sequence[Signed], address: Address, scope: Scope, kind: Kind, indicator: Indicator, unit: str
) -> Figure:
    """The figure that these sums come to, each with its sign."""
    record, days = record_of(kind.code), scope.days(address)
    is_part = address.subset is not None
    value, confirmed = measured(counted, indicator, unit, is_part=is_part)
    unlisted = None
    if indicator.measure == "persons" and not is_part:
        listed = NOBODY
        if scope.people.has_any(kind.code, address.known_at):
            wanted = people_filter(address, kind, indicator, scope)
            listed = scope.people.listed(wanted, leaves=indicator.leaves)
        value, confirmed = value - listed.repeats, confirmed - listed.confirmed_repeats
        # Who left without being listed as leaving would make this fall below nothing.
        unlisted = max(value - listed.persons, Decimal(0))
    both = address.confirmed == "both"
    part = None
    if record.subset is not None and not is_part and record.subset.of == indicator.subset_of:
        part = measured(counted, indicator, unit, is_part=True)[int(both)]
    return Figure(
        address=address,
        label=indicator.label,
        unit=unit,
        value=confirmed if both else value,
        basis=address.basis,
        first=days.start,
        last=days.last,
        is_headline_stage=address.stage == headline_of(kind, indicator),
        entries=sum(row.confirmed_entries if both else row.entries for _, row in counted),
        with_papers=sum(row.confirmed_with_papers if both else row.with_papers for _, row in counted),
        confirmed_value=confirmed,
        confirmed_entries=sum(row.confirmed_entries for _, row in counted),
        part_value=part,
        unlisted=unlisted,
        is_private=indicator.is_private,
    )


def sign_of(stage: str, address: Address, indicator: Indicator) -> int:
    """How sums of a stage count at an address: 1, -1 where a stock grows smaller by them, 0 not at all."""
    if stage == address.stage:
        return 1
    return -1 if address.is_day and stage in indicator.leaves else 0


def _counted(rows: Iterable[Sums], address: Address, kind: Kind, indicator: Indicator) -> Iterator[Signed]:
    for row in rows:
        sign = sign_of(row.stage, address, indicator) if row.kind == kind.code else 0
        if sign and counts(row, address, indicator):
            yield sign, row


def counts(row: Sums, address: Address, indicator: Indicator) -> bool:
    """Whether sums of an indicator's own kind have every facet that its definition and the address ask for."""
    if row.direction != address.direction:
        return False
    if indicator.measure == "money" and row.currency != (address.currency or "CNY"):
        return False
    is_counted = indicator.measure in ("quantity", "persons")
    if is_counted and indicator.entry_unit and row.unit != indicator.entry_unit:
        return False
    wanted = [indicator, *(indicators()[code][1] for code in indicator.parts)]
    if not (any(one.counts(row) for one in wanted[1:]) if indicator.parts else indicator.counts(row)):
        return False
    asked = (
        (address.item, row.item_code),
        (address.campaign, row.campaign_code),
        (address.tier, row.tier),
        (address.nature, row.nature),
        (address.field, row.field),
        (address.year, row.year),
    )
    return all(wanted is None or wanted == held for wanted, held in asked)


def _valuations(rows: Iterable[Sums], address: Address, record: Record) -> Iterator[Sums]:
    """What goods are worth at the stage that moves them as the address's stage moves money."""
    _, indicator = indicators()[address.indicator]
    if indicator.measure != "money" or record.money_is != "cash":
        raise Refusal(
            "figure.goods", Text("这个指标不涉及捐物折款。", "This indicator has no goods to include.")
        )
    stage = record.stage(address.stage or "")
    move = stage.move if stage else "none"
    for kind, other in kinds_offering(Record):
        if other.money_is != "valuation" or move == "none":
            continue
        stages = {one.code for one in other.stages if one.move == move}
        for row in rows:
            if row.kind == kind.code and row.stage in stages and counts(row, address, indicator):
                yield row


def measured(
    rows: Iterable[Signed], indicator: Indicator, unit: str, *, is_part: bool = False
) -> tuple[Decimal, Decimal]:
    """What sums come to in the indicator's unit, and of it what both sides confirmed; or the same of the part."""
    held = list(rows)
    if indicator.measure == "entries":
        names, step = ("entries", "confirmed_entries"), 1
    elif indicator.measure == "money":
        names, step = ("money_minor", "confirmed_minor"), MINOR_UNITS.get(unit, 100)
    else:
        names, step = ("quantity_steps", "confirmed_steps"), UNITS[unit].steps if unit in UNITS else 1
    if is_part:
        names = ("subset_amount", "confirmed_subset")
    whole, confirmed = (sum(sign * getattr(row, name) for sign, row in held) for name in names)
    return Decimal(whole) / step, Decimal(confirmed) / step


def people_filter(address: Address, kind: Kind, indicator: Indicator, scope: Scope) -> EntryFilter:
    """The entries whose listed people a figure of persons is about; those that leave a stock among them."""
    return filters_of(address, kind, indicator, scope)[0]


def filters_of(address: Address, kind: Kind, indicator: Indicator, scope: Scope) -> list[EntryFilter]:
    """The entries behind the figure at an address: those of its kind, and where asked for the valued goods too."""
    leaves = indicator.leaves if address.is_day else ()
    base = EntryFilter(
        pairing_ids=scope.pairing_ids,
        kind=kind.code,
        stages=(address.stage, *leaves) if address.stage else (),
        direction=address.direction,
        period=scope.days(address),
        known_at=address.known_at,
        nature=address.nature or _one_of(indicator, "nature"),
        tier=address.tier or _one_of(indicator, "tier"),
        category=_any_of(indicator, "category"),
        field=address.field or _one_of(indicator, "field"),
        item_code=address.item or _one_of(indicator, "item_code"),
        campaign_code=address.campaign,
        year=address.year,
        currency=(address.currency or "CNY") if indicator.measure == "money" else None,
        unit=indicator.entry_unit or None if indicator.measure in ("quantity", "persons") else None,
        state="both_sides" if address.confirmed else None,
    )
    if indicator.is_latest:
        days = scope.days(address)
        stage = address.stage or ""
        newest = latest_ids(
            scope.pairing_ids, days, kind.code, stage, leaves=indicator.leaves, known_at=address.known_at
        )
        base = replace(base, ids=tuple(newest))
    filters = [base]
    if address.goods:
        move = stage_of(kind.code, address.stage or "").move
        for other, record in kinds_offering(Record):
            stages = tuple(stage.code for stage in record.stages if stage.move == move)
            if record.money_is == "valuation" and stages and move != "none":
                filters.append(replace(base, kind=other.code, stages=stages, category=()))
    return filters


def _one_of(indicator: Indicator, facet: str) -> str | None:
    """The one value entries must have of a facet, or None."""
    found = _any_of(indicator, facet)
    return found[0] if len(found) == 1 else None


def _any_of(indicator: Indicator, facet: str) -> tuple[str, ...]:
    """The values of a facet that count, of a defined sum those of any of its parts; empty for all."""
    wanted = [indicators()[code][1] for code in indicator.parts] or [indicator]
    values: list[str] = []
    for one in wanted:
        value = dict(one.where).get(facet)
        if value is None:
            return ()
        values += [value] if isinstance(value, str) else value
    return tuple(values)
