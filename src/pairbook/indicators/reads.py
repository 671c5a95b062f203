"""Questions on figures: one by its address, all of a programme's, one opened, published ones held against the book."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from pairbook.indicators.models import PublishedFigure
from pairbook.indicators.rules import (
    DEFAULT_DIRECTION,
    PART_LABELS,
    Address,
    Basis,
    Indicator,
    Indicators,
    Vocabulary,
    check_sum,
    is_borne_out,
    join_words,
    parse_address,
    span_words,
    split_scope,
    unit_words,
    value_words,
)
from pairbook.kernel import clock
from pairbook.kernel.kinds import Kind, kinds_offering
from pairbook.kernel.money import MINOR_UNITS
from pairbook.kernel.periods import Period, year_to
from pairbook.kernel.problems import Refusal, Rejected
from pairbook.kernel.quantities import UNITS
from pairbook.kernel.texts import Text, same
from pairbook.pairings.reads import (
    PairingRow,
    family_ids,
    first_start,
    pairing_of_code,
    programme_ids_of_place,
    programmes,
)
from pairbook.parties.reads import party_of_code
from pairbook.register.known import record_of, stage_of
from pairbook.register.reads import (
    Correction,
    EntryFilter,
    EntryRow,
    NamedRow,
    PaperRow,
    campaigns,
    corrections_among,
    day_sums,
    entry_rows,
    items,
    papers_of_many,
)
from pairbook.register.shapes import DIRECTIONS, NATURES, TIERS, Record
from pairbook.register.sums import Sums, first_and_last_day, sums


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
    confirmed_value: Decimal
    confirmed_entries: int
    goods_value: Decimal | None = None
    """Of the value, agreed valuations of goods; None where only cash is asked for."""

    @property
    def words(self) -> Text:
        """The number as a sentence says it, with its unit."""
        return value_words(self.value, self.unit)

    @property
    def unit_words(self) -> Text:
        """The unit as it stands after the number written out."""
        return unit_words(self.value, self.unit)

    @property
    def confirmed_share(self) -> Decimal | None:
        """The share of the value both sides confirmed, 0 to 1; None of nothing."""
        return self.confirmed_value / self.value if self.value else None


@cache
def indicators() -> dict[str, tuple[Kind, Indicator]]:
    """Every indicator by code, with the kind that measures it, in the kinds' order."""
    return {
        indicator.code: (kind, indicator)
        for kind, offered in kinds_offering(Indicators)
        for indicator in offered.indicators
    }


def vocabulary(code: str, *, scope: "Scope | None" = None) -> Vocabulary:
    """The words an address with this scope may use; a scope already read is not read again."""
    known_items = scope.items if scope else tuple(items())
    known_campaigns = scope.campaigns if scope else tuple(campaigns())
    is_scope = scope is not None or pairing_of_code(code) is not None or party_of_code(code) is not None
    found = indicators()
    facets = {code: record_of(kind.code).facet for code, (kind, _) in found.items()}
    return Vocabulary(
        indicators={code: indicator for code, (_, indicator) in found.items()},
        stages={
            code: tuple(stage.code for stage in record_of(kind.code).stages)
            for code, (kind, _) in found.items()
        },
        headlines={code: record_of(kind.code).headline for code, (kind, _) in found.items()},
        is_scope=is_scope,
        scopes=() if is_scope else tuple(row.code for row in programmes()),
        items=tuple(item.code for item in known_items),
        campaigns=tuple(campaign.code for campaign in known_campaigns),
        fields={
            code: tuple(choice for choice, _ in facet.choices) for code, facet in facets.items() if facet
        },
    )


def address_of(text: str) -> Address:
    """The address a text means; Rejected with every problem of a text that means none."""
    parsed = parse_address(text, vocabulary(split_scope(text)))
    if isinstance(parsed, list):
        raise Rejected(parsed)
    return parsed


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


def scope_of(code: str) -> Scope:
    """The pairing or place with this code; a pairing covers its children, a place every pairing it has a part in."""
    pairing = pairing_of_code(code)
    if pairing is not None:
        name = Text(
            f"{pairing.assisting.zh}—{pairing.assisted.zh}", f"{pairing.assisting.en} – {pairing.assisted.en}"
        )
        return _scope(code, name, pairing, family_ids(pairing.id))
    party = party_of_code(code)
    assert party is not None, "an address was parsed with this scope"
    ids = [one for pairing_id in programme_ids_of_place(code) for one in family_ids(pairing_id)]
    return _scope(code, party.name, None, ids)


def _scope(code: str, name: Text, pairing: PairingRow | None, pairing_ids: Sequence[int]) -> Scope:
    return Scope(
        code=code,
        name=name,
        pairing=pairing,
        pairing_ids=tuple(pairing_ids),
        edges=first_and_last_day(pairing_ids),
        opened=first_start(pairing_ids) or clock.today(),
        items=tuple(items()),
        campaigns=tuple(campaigns()),
    )


def figure(address: Address) -> Figure:
    """The figure at an address; zero with no entries where the book holds none."""
    return figures([address])[0]


def figures(addresses: Sequence[Address], *, scope: Scope | None = None) -> list[Figure]:
    """The figures at several addresses; each scope and each set of days is read only once."""
    scopes = {} if scope is None else {scope.code: scope}
    read: dict[tuple[str, Period, datetime | None, str | None], list[Sums]] = {}
    found = []
    for address in addresses:
        where = scopes.get(address.scope) or scopes.setdefault(address.scope, scope_of(address.scope))
        _must_name_item(address, where)
        kind, _ = indicators()[address.indicator]
        # Alone, only its own kind need be read; among others all kinds of its days serve the next one too.
        only = kind.code if len(addresses) == 1 and not address.goods else None
        key = (address.scope, where.days(address), address.known_at, only)
        if key not in read:
            read[key] = sums(where.pairing_ids, key[1], known_at=address.known_at, kind=only)
        found.append(_figure(address, where, read[key]))
    return found


def _must_name_item(address: Address, scope: Scope) -> None:
    _, indicator = indicators()[address.indicator]
    if indicator.apart_by == "item" and address.item is None:
        codes = ", ".join(item.code for item in scope.items)
        raise Refusal(
            "figure.item",
            Text(
                f"不同物资不相加：请在地址里指明 item=（{codes}）。",
                f"Unlike items are not summed: name one, item= ({codes}).",
            ),
        )


def _figure(address: Address, scope: Scope, rows: Sequence[Sums]) -> Figure:
    days = scope.days(address)
    kind, indicator = indicators()[address.indicator]
    record = record_of(kind.code)
    counted = [row for row in rows if _counts(row, address, kind.code, indicator)]
    goods = list(_valuations(rows, address, record)) if address.goods else []
    both = address.confirmed == "both"
    currency = address.currency or "CNY"
    unit = currency if indicator.measure == "money" else indicator.unit or scope.item_unit(address.item)
    value, confirmed = _measured(counted, indicator, unit)
    goods_value, goods_confirmed = _measured(goods, indicator, unit)
    behind = [*counted, *goods]
    return Figure(
        address=address,
        label=indicator.label,
        unit=unit,
        value=(confirmed + goods_confirmed) if both else (value + goods_value),
        basis=address.basis,
        first=days.start,
        last=days.last,
        is_headline_stage=address.stage == record.headline,
        entries=sum(row.confirmed_entries if both else row.entries for row in behind),
        with_papers=sum(row.confirmed_with_papers if both else row.with_papers for row in behind),
        confirmed_value=confirmed + goods_confirmed,
        confirmed_entries=sum(row.confirmed_entries for row in behind),
        goods_value=(goods_confirmed if both else goods_value) if address.goods else None,
    )


def _counts(row: Sums, address: Address, kind_code: str, indicator: Indicator) -> bool:
    if row.kind != kind_code or row.stage != address.stage or row.direction != address.direction:
        return False
    if indicator.measure == "money" and row.currency != (address.currency or "CNY"):
        return False
    wheres = (
        [indicator.where]
        if not indicator.parts
        else [indicators()[code][1].where for code in indicator.parts]
    )
    if not any(all(getattr(row, facet) == value for facet, value in where) for where in wheres):
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
        for one in other.stages:
            if one.move == move:
                like = replace(address, stage=one.code)
                yield from (row for row in rows if _counts(row, like, kind.code, indicator))


def _measured(rows: Iterable[Sums], indicator: Indicator, unit: str) -> tuple[Decimal, Decimal]:
    held = list(rows)
    if indicator.measure == "entries":
        return Decimal(sum(row.entries for row in held)), Decimal(sum(row.confirmed_entries for row in held))
    if indicator.measure == "money":
        share = MINOR_UNITS.get(unit, 100)
        return (
            Decimal(sum(row.money_minor for row in held)) / share,
            Decimal(sum(row.confirmed_minor for row in held)) / share,
        )
    step = UNITS[unit].steps if unit in UNITS else 1
    return (
        Decimal(sum(row.quantity_steps for row in held)) / step,
        Decimal(sum(row.confirmed_steps for row in held)) / step,
    )


def figure_rows(
    pairing_code: str,
    *,
    as_of: date | None = None,
    known: date | datetime | None = None,
    indicator: str | None = None,
    scope: Scope | None = None,
) -> list[Figure]:
    """Every figure of a programme that has entries: by indicator, stage and direction, then by item, campaign and tier.

    With `as_of` from 1 January of its year to that day, else since the first entry (CONTRACT sections 3 and 4).
    """
    scope = scope or scope_of(pairing_code)
    if scope.edges is None and known is None:
        return []
    start = year_to(as_of).start if as_of else None
    any_address = Address(
        scope=pairing_code, indicator="", version=0, stage=None, start=start, end=as_of, known=known
    )
    days = scope.days(any_address)
    rows = sums(scope.pairing_ids, days, known_at=any_address.known_at)
    units = {item.code: item.unit for item in scope.items}
    figures: list[Figure] = []
    for code, (kind, definition) in indicators().items():
        if indicator in (None, code):
            base = any_address.changed(indicator=code, version=definition.version)
            figures += _figures_of(kind, definition, base, days, rows, units)
    return figures


Group = tuple[str, str, str | None, str | None, str | None, str | None]


def _figures_of(
    kind: Kind, indicator: Indicator, base: Address, days: Period, rows: Sequence[Sums], units: dict[str, str]
) -> list[Figure]:
    """The figures of one indicator, each group of facets summed in one pass over the rows."""
    record = record_of(kind.code)
    groups: dict[Group, list[Sums]] = {}
    # One address for each stage, direction and currency: a book's year has hundreds of rows and a dozen of these.
    likes: dict[tuple[str, str, str | None], Address] = {}
    for row in rows:
        if row.kind != kind.code or (indicator.measure == "money" and not row.currency):
            continue
        currency = row.currency if indicator.measure == "money" and row.currency != "CNY" else None
        apart = (row.stage, row.direction, currency)
        if apart not in likes:
            likes[apart] = base.changed(stage=row.stage, direction=row.direction, currency=currency)
        if not _counts(row, likes[apart], kind.code, indicator):
            continue
        for item, campaign, tier in _facet_groups(row, indicator):
            groups.setdefault((row.stage, row.direction, item, campaign, tier, currency), []).append(row)
    order = [stage.code for stage in record.stages]
    figures = []
    for group in sorted(groups, key=lambda key: (order.index(key[0]), *(part or "" for part in key[1:]))):
        stage, direction, item, campaign, tier, currency = group
        address = base.changed(
            stage=stage, direction=direction, item=item, campaign=campaign, tier=tier, currency=currency
        )
        unit = (
            currency or "CNY"
            if indicator.measure == "money"
            else indicator.unit or units.get(item or "", "piece")
        )
        behind = groups[group]
        value, confirmed = _measured(behind, indicator, unit)
        figures.append(
            Figure(
                address=address,
                label=indicator.label,
                unit=unit,
                value=value,
                basis=address.basis,
                first=days.start,
                last=days.last,
                is_headline_stage=stage == record.headline,
                entries=sum(row.entries for row in behind),
                with_papers=sum(row.with_papers for row in behind),
                confirmed_value=confirmed,
                confirmed_entries=sum(row.confirmed_entries for row in behind),
            )
        )
    return figures


def _facet_groups(row: Sums, indicator: Indicator) -> Iterator[tuple[str | None, str | None, str | None]]:
    """Which groups a row counts in: all, its item, its campaign, its item in its campaign, its tier."""
    item, campaign, tier = row.item_code or None, row.campaign_code or None, row.tier or None
    if indicator.apart_by != "item":
        yield (None, None, None)
        if campaign:
            yield (None, campaign, None)
    if item:
        yield (item, None, None)
        if campaign:
            yield (item, campaign, None)
    if tier:
        yield (None, None, tier)


def sum_of(addresses: Sequence[Address]) -> tuple[Decimal, str, list[Figure]]:
    """The sum of alike figures with its unit and the figures; Refusal, with the reason, for unlike ones."""
    figures = [figure(address) for address in addresses]
    known = {code: indicator for code, (_, indicator) in indicators().items()}
    covers = {address.scope: frozenset(scope_of(address.scope).pairing_ids) for address in addresses}
    check_sum(addresses, [one.unit for one in figures], known, covers)
    return sum((one.value for one in figures), Decimal(0)), figures[0].unit, figures


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
    corrections: tuple[Correction, ...]
    published: tuple["PublishedRow", ...]
    """Where this number was published, and whether the book bears it out."""


def open_figure(address: Address, *, limit: int = 50, offset: int = 0) -> OpenedFigure:
    """A figure with the entries behind it, newest first, `limit` of them after `offset`."""
    scope = scope_of(address.scope)
    _must_name_item(address, scope)
    kind, indicator = indicators()[address.indicator]
    only = None if address.goods else kind.code
    rows = sums(scope.pairing_ids, scope.days(address), known_at=address.known_at, kind=only)
    opened = _figure(address, scope, rows)
    filters = _filters(address, scope)
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
        choices=tuple(_choices(opened, scope, kind, rows)),
        entries=tuple(entries),
        offset=offset,
        papers=tuple(papers_of_many(entries, known_at=address.known_at)),
        corrections=tuple(one for wanted in filters for one in corrections_among(wanted)),
        published=tuple(published_at(address, scope=scope)),
    )


def _choices(opened: Figure, scope: Scope, kind: Kind, rows: Sequence[Sums]) -> Iterator[Choices]:
    parts: dict[str, list[Neighbour]] = {}
    for one in _neighbours(opened.address, scope, kind, rows):
        step = one.figure.value - opened.value
        sign = "+" if step > 0 else "−"
        words = value_words(abs(step), opened.unit)
        parts.setdefault(one.part, []).append(
            replace(one, step=Text(f"{sign}{words.zh}", f"{sign}{words.en}") if step else Text("", ""))
        )
    for part, neighbours in parts.items():
        yield Choices(PART_LABELS[part], tuple(neighbours))


def _filters(address: Address, scope: Scope) -> list[EntryFilter]:
    kind, indicator = indicators()[address.indicator]
    where = dict(indicator.where)
    base = EntryFilter(
        pairing_ids=scope.pairing_ids,
        kind=kind.code,
        stages=(address.stage,) if address.stage else (),
        direction=address.direction,
        period=scope.days(address),
        known_at=address.known_at,
        nature=address.nature or where.get("nature"),
        tier=address.tier or where.get("tier"),
        field=address.field or where.get("field"),
        item_code=address.item or where.get("item_code"),
        campaign_code=address.campaign,
        year=address.year,
        currency=(address.currency or "CNY") if indicator.measure == "money" else None,
        state="both_sides" if address.confirmed else None,
    )
    filters = [base]
    if address.goods:
        move = stage_of(kind.code, address.stage or "").move
        for other, record in kinds_offering(Record):
            stages = tuple(stage.code for stage in record.stages if stage.move == move)
            if record.money_is == "valuation" and stages and move != "none":
                filters.append(replace(base, kind=other.code, stages=stages))
    return filters


def _neighbours(address: Address, scope: Scope, kind: Kind, rows: Sequence[Sums]) -> Iterator[Neighbour]:
    """Addresses one part away that give a number, so a reader sees how each part moves it."""

    def neighbour(part: str, label: Text, value: str | None) -> Neighbour:
        there = address.changed(**{part: value})
        return Neighbour(part, label, _figure(there, scope, rows), there == address, Text("", ""))

    held = [row for row in rows if row.kind == kind.code]
    for stage in record_of(kind.code).stages:
        if any(row.stage == stage.code for row in held):
            yield neighbour("stage", stage.label, stage.code)
    yield neighbour("confirmed", Text("不论是否确认", "confirmed or not"), None)
    yield neighbour("confirmed", Text("双方已确认", "confirmed by both sides"), "both")
    directions = {row.direction for row in held} | {address.direction}
    if len(directions) > 1:
        for direction in sorted(directions):
            yield neighbour("direction", DIRECTIONS[direction], direction)
    campaign_names = {one.code: one.name for one in scope.campaigns}
    for part, values, labels in (
        ("campaign", {row.campaign_code for row in held}, campaign_names),
        ("tier", {row.tier for row in held}, TIERS),
    ):
        found = [
            neighbour(part, labels.get(value, same(value)), value) for value in sorted(filter(None, values))
        ]
        found = [one for one in found if one.figure.entries or one.is_here]
        if found or getattr(address, part) is not None:
            yield neighbour(part, Text("全部", "all"), None)
            yield from found


def sentence_of(address: Address, scope: Scope) -> Text:
    """The question a figure answers, in words: "social funds received by Zhenyuan from 1 January to 18 May 2020"."""
    kind, indicator = indicators()[address.indicator]
    pairing = scope.pairing
    said = stage_of(kind.code, address.stage).said if address.stage else Text("", "")
    if pairing is not None:
        giver, receiver = pairing.assisting, pairing.assisted
    else:
        giver, receiver = Text("帮扶方", "the assisting side"), Text("受援方", "the assisted side")
    if address.direction != DEFAULT_DIRECTION:
        giver, receiver = receiver, giver
    said_zh = said.zh.format(giver=giver.zh, receiver=receiver.zh)
    said_en = said.en.format(giver=giver.en, receiver=receiver.en)
    span = span_words(address.start, address.end, is_day=address.is_day)
    of_campaign = scope.campaign_name(address.campaign)
    of_item = scope.item_name(address.item)
    what_zh = of_item.zh if of_item else indicator.label.zh
    what_en = of_item.en if of_item else indicator.label.en
    if address.tier:
        what_zh, what_en = f"{TIERS[address.tier].zh}{what_zh}", f"{TIERS[address.tier].en} {what_en}"
    if of_campaign:
        what_zh, what_en = f"{of_campaign.zh}{what_zh}", f"{what_en} for {of_campaign.en}"
    main = Text(f"{span.zh}{said_zh}{what_zh}", f"{what_en} {said_en} {span.en}")
    return join_words([main, *_sentence_ends(address)])


def _sentence_ends(address: Address) -> Iterator[Text]:
    if address.nature:
        yield Text(f"{NATURES[address.nature].zh}性质", f"of {NATURES[address.nature].en} nature")
    kind, _ = indicators()[address.indicator]
    facet = record_of(kind.code).facet
    if address.field and facet:
        label = dict(facet.choices)[address.field]
        yield Text(f"{facet.label.zh}：{label.zh}", f"{facet.label.en.lower()} {label.en}")
    if address.goods:
        yield Text("含捐物折款", "goods valued in money included")
    if address.year:
        yield Text(f"{address.year}年度项目资金", f"of programme year {address.year}")
    if address.currency:
        yield Text(f"以{address.currency}计", f"in {address.currency}")
    if address.confirmed:
        yield Text("双方均已确认", "confirmed by both sides")
    if address.known is not None:
        if isinstance(address.known, datetime):
            stamp = address.known.strftime("%Y-%m-%d %H:%M")
            yield Text(f"以 {stamp} 所知", f"as the book knew it at {stamp}")
        else:
            words = span_words(address.known, address.known)
            yield Text(f"以{words.zh}所知", f"as the book knew it {words.en}")


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """A published figure held against the book as it is now."""

    value: Decimal
    unit: str
    qualifier: str
    source_title: str
    publisher: str
    published_on: date | None
    figure: Figure
    sentence: Text
    holds: bool


def published_rows(pairing_id: int, *, scope: Scope | None = None) -> list[PublishedRow]:
    """The published figures of a programme, oldest first, each with what the book says at its address."""
    rows = PublishedFigure.objects.filter(pairing_id=pairing_id)
    return _held_against_book(list(rows.order_by("published_on", "id")), scope)


def published_at(address: Address, *, scope: Scope | None = None) -> list[PublishedRow]:
    """Where the number at this address was published, whatever the day as known on which it is asked."""
    asked = address.changed(known=None, confirmed=None)
    rows = PublishedFigure.objects.filter(address=asked.text)
    return _held_against_book(list(rows.order_by("published_on", "id")), scope)


def _held_against_book(rows: Sequence[PublishedFigure], scope: Scope | None) -> list[PublishedRow]:
    scopes = {} if scope is None else {scope.code: scope}
    addresses = []
    for row in rows:
        code = split_scope(row.address)
        where = scopes.get(code) or scopes.setdefault(code, scope_of(code))
        address = parse_address(row.address, vocabulary(code, scope=where))
        assert not isinstance(address, list), f"{row.address} was checked when it was noted"
        addresses.append(address)
    return [
        PublishedRow(
            value=(value := Decimal(row.value)),
            unit=row.unit,
            qualifier=row.qualifier,
            source_title=row.source_title,
            publisher=row.publisher,
            published_on=row.published_on,
            figure=booked,
            sentence=sentence_of(booked.address, scopes[booked.address.scope]),
            holds=is_borne_out(value, row.qualifier, booked.value),
        )
        for row, booked in zip(rows, figures(addresses, scope=scope), strict=True)
    ]


@dataclass(frozen=True, slots=True)
class CoursePoint:
    """What a figure had come to at the end of a day, and what that day added."""

    day: date
    figure_address: Address
    value: Decimal
    step: Decimal
    entries: int


def course_of(scope: Scope, address: Address, stages: Sequence[str]) -> dict[str, list[CoursePoint]]:
    """For each stage the running total through the days of the address, one point for each day with entries.

    Of money and quantities in the indicator's own unit; direction, facets and `known` are the address's.
    """
    kind, indicator = indicators()[address.indicator]
    (wanted,) = _filters(address.changed(goods=None), scope)
    course: dict[str, list[CoursePoint]] = {stage: [] for stage in stages}
    unit = address.currency or "CNY" if indicator.measure == "money" else indicator.unit
    share = MINOR_UNITS.get(unit, 1) if indicator.measure == "money" else UNITS[unit].steps
    for row in day_sums(replace(wanted, kind=kind.code, stages=tuple(stages))):
        step = Decimal(row.money_minor if indicator.measure == "money" else row.quantity_steps) / share
        line = course[row.stage]
        value = (line[-1].value if line else Decimal(0)) + step
        there = address.changed(stage=row.stage, end=row.day)
        line.append(CoursePoint(row.day, there, value, step, row.entries))
    return course
