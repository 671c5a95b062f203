"""Questions on figures: one by its address, all of a programme's, one opened, published ones held against the book."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from pairbook.indicators.models import PublishedFigure
from pairbook.indicators.rules import (
    DEFAULT_DIRECTION,
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
)
from pairbook.kernel import clock
from pairbook.kernel.kinds import Kind, kinds_offering
from pairbook.kernel.money import MINOR_UNITS
from pairbook.kernel.periods import Period, year_to
from pairbook.kernel.problems import Refusal, Rejected
from pairbook.kernel.quantities import UNITS
from pairbook.kernel.texts import Text
from pairbook.pairings.reads import (
    PairingRow,
    family_ids,
    pairing_of_code,
    programme_ids_of_place,
    programmes,
)
from pairbook.parties.reads import party_of_code
from pairbook.register.known import record_of, stage_of
from pairbook.register.reads import EntryFilter, EntryRow, campaigns, entry_rows, items
from pairbook.register.rules import DIRECTIONS, TIERS, Record
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


# --- what can be asked ------------------------------------------------------------------------------------------


@cache
def indicators() -> dict[str, tuple[Kind, Indicator]]:
    """Every indicator by code, with the kind that measures it, in the kinds' order."""
    return {
        indicator.code: (kind, indicator)
        for kind, offered in kinds_offering(Indicators)
        for indicator in offered.indicators
    }


def vocabulary(scope: str) -> Vocabulary:
    """The words an address in this scope may use."""
    found = indicators()
    facets = {code: record_of(kind.code).facet for code, (kind, _) in found.items()}
    return Vocabulary(
        indicators={code: indicator for code, (_, indicator) in found.items()},
        stages={
            code: tuple(stage.code for stage in record_of(kind.code).stages)
            for code, (kind, _) in found.items()
        },
        headlines={code: record_of(kind.code).headline for code, (kind, _) in found.items()},
        is_scope=pairing_of_code(scope) is not None or party_of_code(scope) is not None,
        scopes=tuple(row.code for row in programmes()),
        items=tuple(item.code for item in items()),
        campaigns=tuple(campaign.code for campaign in campaigns()),
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
    """What a scope covers: its name and the pairings counted."""

    code: str
    name: Text
    pairing: PairingRow | None
    pairing_ids: tuple[int, ...]


def scope_of(code: str) -> Scope:
    """The pairing or place with this code; a pairing covers its children, a place every pairing it has a part in."""
    pairing = pairing_of_code(code)
    if pairing is not None:
        name = Text(
            f"{pairing.assisting.zh}—{pairing.assisted.zh}", f"{pairing.assisting.en} – {pairing.assisted.en}"
        )
        return Scope(code, name, pairing, tuple(family_ids(pairing.id)))
    party = party_of_code(code)
    assert party is not None, "an address was parsed with this scope"
    ids = [one for pairing_id in programme_ids_of_place(code) for one in family_ids(pairing_id)]
    return Scope(code, party.name, None, tuple(ids))


# --- computing --------------------------------------------------------------------------------------------------


def figure(address: Address) -> Figure:
    """The figure at an address; zero with no entries where the book holds none."""
    kind, _ = indicators()[address.indicator]
    _must_name_item(address)
    scope = scope_of(address.scope)
    days = _days(address, scope)
    rows = sums(scope.pairing_ids, days, known_at=address.known_at, kind=None if address.goods else kind.code)
    return _figure(address, days, rows)


def figures(addresses: Sequence[Address]) -> list[Figure]:
    """The figures at several addresses; each scope and each set of days is read only once."""
    scopes = {code: scope_of(code) for code in dict.fromkeys(one.scope for one in addresses)}
    edges = {code: first_and_last_day(scope.pairing_ids) for code, scope in scopes.items()}
    today = clock.today()
    read: dict[tuple[str, Period, datetime | None], list[Sums]] = {}
    found = []
    for address in addresses:
        _must_name_item(address)
        scope, edge = scopes[address.scope], edges[address.scope]
        days = address.period(first=edge[0] if edge else today, today=today)
        key = (address.scope, days, address.known_at)
        if key not in read:
            read[key] = sums(scope.pairing_ids, days, known_at=address.known_at)
        found.append(_figure(address, days, read[key]))
    return found


def _must_name_item(address: Address) -> None:
    _, indicator = indicators()[address.indicator]
    if indicator.apart_by == "item" and address.item is None:
        codes = ", ".join(item.code for item in items())
        raise Refusal(
            "figure.item",
            Text(
                f"不同物资不相加：请在地址里指明 item=（{codes}）。",
                f"Unlike items are not summed: name one, item= ({codes}).",
            ),
        )


def _days(address: Address, scope: Scope) -> Period:
    edges = first_and_last_day(scope.pairing_ids)
    today = clock.today()
    return address.period(first=edges[0] if edges else today, today=today)


def _figure(address: Address, days: Period, rows: Iterable[Sums]) -> Figure:
    kind, indicator = indicators()[address.indicator]
    record = record_of(kind.code)
    counted = [row for row in rows if _counts(row, address, kind.code, indicator)]
    goods = list(_valuations(rows, address, record)) if address.goods else []
    both = address.confirmed == "both"
    currency = address.currency or "CNY"
    unit = currency if indicator.measure == "money" else indicator.unit or _item_unit(address.item)
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


def _item_unit(item_code: str | None) -> str:
    return next((item.unit for item in items() if item.code == item_code), "piece")


# --- all figures of a programme -----------------------------------------------------------------------------------


def figure_rows(
    pairing_code: str,
    *,
    as_of: date | None = None,
    known: date | datetime | None = None,
    indicator: str | None = None,
) -> list[Figure]:
    """Every figure of a programme that has entries: by indicator, stage and direction, then by item, campaign and tier.

    With `as_of` from 1 January of its year to that day, else since the first entry (CONTRACT sections 3 and 4).
    """
    scope = scope_of(pairing_code)
    edges = first_and_last_day(scope.pairing_ids)
    if edges is None:
        return []
    start = year_to(as_of).start if as_of else None
    days = Period.inclusive(start or min(edges[0], as_of or edges[0]), as_of or clock.today())
    any_address = Address(
        scope=pairing_code, indicator="", version=0, stage=None, start=start, end=as_of, known=known
    )
    rows = sums(scope.pairing_ids, days, known_at=any_address.known_at)
    units = {item.code: item.unit for item in items()}
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
    for row in rows:
        currency = row.currency if indicator.measure == "money" and row.currency != "CNY" else None
        like = base.changed(stage=row.stage, direction=row.direction, currency=currency)
        if indicator.measure == "money" and not row.currency:
            continue
        if not _counts(row, like, kind.code, indicator):
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
    check_sum(addresses, [one.unit for one in figures], known)
    return sum((one.value for one in figures), Decimal(0)), figures[0].unit, figures


# --- opening ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An address in which one part differs, with the number it gives."""

    part: str
    label: Text
    figure: Figure
    is_here: bool


    @property
    def is_alike(self) -> bool:
        """Whether its number is in the same unit, so that the step to it can be said."""
        return self.step is not None


@dataclass(frozen=True, slots=True)
class Choices:
    """The choices there are for one part of an address."""

    label: Text
    neighbours: tuple[Neighbour, ...]


@dataclass(frozen=True, slots=True)
class OpenedFigure:
    """A figure opened: the sentence it answers, its rule, its neighbours, what stands behind it and what was said of it."""

    figure: Figure
    scope: Scope
    sentence: Text
    rule: Text
    reference: Text
    neighbours: tuple[Neighbour, ...]
    entries: tuple[EntryRow, ...]
    offset: int


def open_figure(address: Address, *, limit: int = 50, offset: int = 0) -> OpenedFigure:
    """A figure with the entries behind it, newest first, `limit` of them after `offset`."""
    scope = scope_of(address.scope)
    kind, indicator = indicators()[address.indicator]
    opened = figure(address)
    entries = [
        row for wanted in _filters(address, scope) for row in entry_rows(wanted, limit=limit, offset=offset)
    ]
    return OpenedFigure(
        figure=opened,
        scope=scope,
        sentence=sentence_of(address, scope),
        rule=indicator.rule,
        reference=indicator.reference,
        neighbours=tuple(_neighbours(address, scope, kind)),
        entries=tuple(entries[:limit]),
        offset=offset,
    )


def _filters(address: Address, scope: Scope) -> list[EntryFilter]:
    kind, indicator = indicators()[address.indicator]
    where = dict(indicator.where)
    base = EntryFilter(
        pairing_ids=scope.pairing_ids,
        kind=kind.code,
        stages=(address.stage,) if address.stage else (),
        direction=address.direction,
        period=_days(address, scope),
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


def _neighbours(address: Address, scope: Scope, kind: Kind) -> Iterator[Neighbour]:
    """Addresses one part away that give a number, so a reader sees how each part moves it."""
    days = _days(address, scope)
    rows = sums(scope.pairing_ids, days, known_at=address.known_at, kind=None if address.goods else kind.code)
    held = [row for row in rows if row.kind == kind.code]
    record = record_of(kind.code)
    for stage in record.stages:
        if any(row.stage == stage.code for row in held):
            yield _neighbour("stage", stage.label, address.changed(stage=stage.code), address, days, rows)
    for confirmed, label in (
        (None, Text("不论是否确认", "confirmed or not")),
        ("both", Text("双方已确认", "confirmed by both sides")),
    ):
        yield _neighbour("confirmed", label, address.changed(confirmed=confirmed), address, days, rows)
    directions = {row.direction for row in held} | {address.direction}
    if len(directions) > 1:
        for direction in sorted(directions):
            yield _neighbour(
                "direction", DIRECTIONS[direction], address.changed(direction=direction), address, days, rows
            )
    names = {one.code: one.name for one in campaigns()}
    yield from _facet_neighbours("campaign", {row.campaign_code for row in held}, names, address, days, rows)
    yield from _facet_neighbours("tier", {row.tier for row in held}, TIERS, address, days, rows)


def _facet_neighbours(
    part: str, values: set[str], labels: dict[str, Text], address: Address, days: Period, rows: Sequence[Sums]
) -> Iterator[Neighbour]:
    given = sorted(value for value in values if value)
    here = getattr(address, part)
    found = [
        _neighbour(
            part, labels.get(value, Text(value, value)), address.changed(**{part: value}), address, days, rows
        )
        for value in given
    ]
    found = [one for one in found if one.figure.entries or one.is_here]
    if found or here is not None:
        yield _neighbour(part, Text("全部", "all"), address.changed(**{part: None}), address, days, rows)
        yield from found


def _neighbour(
    part: str, label: Text, there: Address, here: Address, days: Period, rows: Sequence[Sums]
) -> Neighbour:
    return Neighbour(part, label, _figure(there, days, rows), there == here)


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
    of_campaign = next((one.name for one in campaigns() if one.code == address.campaign), None)
    of_item = next((one.name for one in items() if one.code == address.item), None)
    what_zh = of_item.zh if of_item else indicator.label.zh
    what_en = of_item.en if of_item else indicator.label.en
    if address.tier:
        what_zh, what_en = f"{TIERS[address.tier].zh}{what_zh}", f"{TIERS[address.tier].en} {what_en}"
    if of_campaign:
        what_zh, what_en = f"{of_campaign.zh}{what_zh}", f"{what_en} for {of_campaign.en}"
    main = Text(f"{span.zh}{said_zh}{what_zh}", f"{what_en} {said_en} {span.en}")
    return join_words([main, *_sentence_ends(address)])


def _sentence_ends(address: Address) -> Iterator[Text]:
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


# --- published figures ------------------------------------------------------------------------------------------


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


def published_rows(pairing_id: int) -> list[PublishedRow]:
    """The published figures of a programme, oldest first, each with what the book says at its address."""
    rows = []
    for published in PublishedFigure.objects.filter(pairing_id=pairing_id).order_by("published_on", "id"):
        address = address_of(published.address)
        booked, value = figure(address), Decimal(published.value)
        rows.append(
            PublishedRow(
                value=value,
                unit=published.unit,
                qualifier=published.qualifier,
                source_title=published.source_title,
                publisher=published.publisher,
                published_on=published.published_on,
                figure=booked,
                sentence=sentence_of(address, scope_of(address.scope)),
                holds=is_borne_out(value, published.qualifier, booked.value),
            )
        )
    return rows
