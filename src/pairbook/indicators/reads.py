"""Questions on figures: one by its address, all of a programme's, published ones held against the book."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from pairbook.indicators.measuring import (
    Figure,
    Readings,
    Scope,
    counts,
    definitions,
    figure_at,
    figure_of,
    filters_of,
    headline_of,
    indicators,
    must_name_item,
    outside_figure,
    rates,
    sign_of,
    stages_of,
    unit_at,
)
from pairbook.indicators.models import PublishedFigure
from pairbook.indicators.outside import OUTSIDE, Pairs, shown_beside
from pairbook.indicators.rates import Rated, rated
from pairbook.indicators.rules import (
    DEFAULT_DIRECTION,
    Address,
    Indicator,
    Rate,
    Vocabulary,
    check_sum,
    is_borne_out,
    parse_address,
    split_scope,
)
from pairbook.indicators.sentences import sentence_of
from pairbook.kernel import clock
from pairbook.kernel.kinds import Kind
from pairbook.kernel.money import MINOR_UNITS
from pairbook.kernel.periods import year_to
from pairbook.kernel.problems import Refusal, Rejected
from pairbook.kernel.quantities import UNITS
from pairbook.kernel.texts import Text
from pairbook.pairings.reads import (
    PairingRow,
    family_ids,
    first_start,
    pairing_of_code,
    programme_ids_of_place,
    programmes,
    twinnings_on,
)
from pairbook.parties.reads import party_of_code
from pairbook.register.known import record_of
from pairbook.register.people import People
from pairbook.register.reads import campaigns, day_sums, items
from pairbook.register.sums import Sums, first_and_last_day


def vocabulary(code: str, *, scope: Scope | None = None) -> Vocabulary:
    """The words an address with this scope may use; a scope already read is not read again."""
    known_items = scope.items if scope else tuple(items())
    known_campaigns = scope.campaigns if scope else tuple(campaigns())
    is_scope = scope is not None or pairing_of_code(code) is not None or party_of_code(code) is not None
    found = indicators()
    facets = {code: record_of(kind.code).facet for code, (kind, _) in found.items()}
    return Vocabulary(
        indicators=definitions(),
        stages={
            **dict.fromkeys((*OUTSIDE, *rates()), ()),
            **{code: stages_of(kind, indicator) for code, (kind, indicator) in found.items()},
        },
        headlines={code: headline_of(kind, indicator) for code, (kind, indicator) in found.items()},
        is_scope=is_scope,
        scopes=() if is_scope else tuple(row.code for row in programmes()),
        items=tuple(item.code for item in known_items),
        campaigns=tuple(campaign.code for campaign in known_campaigns),
        fields={
            code: tuple(choice for choice, _ in facet.choices) for code, facet in facets.items() if facet
        },
        subsets={
            code: (subset.code,)
            for code, (kind, indicator) in found.items()
            if (subset := record_of(kind.code).subset) and subset.of == indicator.subset_of
        },
    )


def address_of(text: str) -> Address:
    """The address a text means; Rejected with every problem of a text that means none."""
    parsed = parse_address(text, vocabulary(split_scope(text)))
    if isinstance(parsed, list):
        raise Rejected(parsed)
    return parsed


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
        people=People(pairing_ids),
    )


def figure(address: Address) -> Figure:
    """The figure at an address; zero with no entries where the book holds none."""
    return figures([address])[0]


def figures(addresses: Sequence[Address], *, scope: Scope | None = None) -> list[Figure]:
    """The figures at several addresses; each scope and each set of days is read only once."""
    return _figures(addresses, {} if scope is None else {scope.code: scope})


def _figures(addresses: Sequence[Address], scopes: dict[str, Scope]) -> list[Figure]:
    readings, pairs = Readings(scopes), Pairs()
    found = []
    for address in addresses:
        where = scopes.get(address.scope) or scopes.setdefault(address.scope, scope_of(address.scope))
        if address.indicator in OUTSIDE:
            day = address.end or clock.today()
            known = pairs.at(address.indicator, address.scope, day, address.known_at)
            found.append(outside_figure(address, known))
            continue
        if address.indicator in rates():
            found.append(_rated(address, where, readings).figure)
            continue
        kind, indicator = indicators()[address.indicator]
        must_name_item(address, indicator, where)
        rows = readings.rows(address, kind, indicator, alone=len(addresses) == 1)
        found.append(figure_at(address, where, rows))
    return found


def rate(address: Address, *, scope: Scope | None = None) -> Rated:
    """The rate at an address with the figures it is made of."""
    scope = scope or scope_of(address.scope)
    return _rated(address, scope, Readings({scope.code: scope}))


def _rated(address: Address, scope: Scope, readings: Readings) -> Rated:
    def read(term: Address) -> Figure:
        kind, indicator = indicators()[term.indicator]
        return figure_at(term, scope, readings.rows(term, kind, indicator))

    return rated(address, read)


def figure_rows(
    pairing_code: str,
    *,
    as_of: date | None = None,
    known: date | datetime | None = None,
    indicator: str | None = None,
    scope: Scope | None = None,
) -> list[Figure]:
    """Every figure of a programme that has entries: by indicator, stage and direction, then by item, campaign and tier.

    With `as_of` flows run from 1 January of its year to that day and stocks are read on it; else flows run since the
    first entry and stocks are today's (CONTRACT sections 3 and 4).
    """
    scope = scope or scope_of(pairing_code)
    start = year_to(as_of).start if as_of else None
    any_flow = Address(
        scope=pairing_code, indicator="", version=0, stage=None, start=start, end=as_of, known=known
    )
    readings = Readings({scope.code: scope})
    found: list[Figure] = []
    has_entries = scope.edges is not None or known is not None
    for code, (kind, definition) in indicators().items() if has_entries else ():
        if indicator in (None, code):
            flow = any_flow.changed(indicator=code, version=definition.version)
            found += _rows_of(kind, definition, flow, scope, readings)
    if indicator in rates():
        found += _rate_rows(any_flow, rates()[indicator or ""], scope, readings)
    return found + list(_rows_outside(any_flow, scope, indicator))


def _rate_rows(flow: Address, one: Rate, scope: Scope, readings: Readings) -> Iterator[Figure]:
    """A rate as a row, where there is something to divide by; only asked for by name, as rates add up with nothing."""
    with suppress(Refusal):
        yield _rated(flow.changed(indicator=one.code, version=one.version), scope, readings).figure


def _rows_of(
    kind: Kind, indicator: Indicator, flow: Address, scope: Scope, readings: Readings
) -> Iterator[Figure]:
    """The figures of one indicator in the order of its stages: a stock on the day, flows of its other stages."""
    for stage in stages_of(kind, indicator):
        like = flow.changed(stage=stage)
        if indicator.is_stock and stage == headline_of(kind, indicator):
            like = like.changed(start=None, is_day=True)
        yield from _rows_at(kind, indicator, like, scope, readings.rows(like, kind, indicator))


def _rows_outside(any_flow: Address, scope: Scope, only: str | None) -> Iterator[Figure]:
    """The figures no entry holds: the pairs of a programme and its projects, and those its portal shows beside it."""
    if scope.pairing is None:
        return
    day = any_flow.end or clock.today()
    beside = shown_beside(scope.pairing, day=day, known_at=any_flow.known_at)
    own = [(scope.code, code) for code in OUTSIDE if code.startswith(_OF_A_PAIRING)]
    pairs = twinnings_on(scope.pairing.id, day, known_at=any_flow.known_at)
    for code, indicator in [*own, *beside]:
        if only in (None, indicator):
            one = OUTSIDE[indicator]
            address = any_flow.changed(scope=code, indicator=indicator, version=one.version)
            if one.is_stock:
                address = address.changed(start=None, is_day=True)
            found = outside_figure(address, one.of_pairs(pairs) if one.of_pairs else None)
            if found.entries:
                yield found


# What the codes of numbers begin with that are counted in a pairing and not in a place.
_OF_A_PAIRING = ("twinning.", "projects.")
Group = tuple[str, str | None, str | None, str | None, str | None]


def _rows_at(
    kind: Kind, indicator: Indicator, like: Address, scope: Scope, rows: Sequence[Sums]
) -> Iterator[Figure]:
    """The figures of one stage, each group of facets summed in one pass over the rows."""
    groups: dict[Group, list[tuple[int, Sums]]] = {}
    # One address for each direction and currency: a book's year has hundreds of rows and a dozen of these.
    likes: dict[tuple[str, str | None], Address] = {}
    for row in rows:
        sign = sign_of(row.stage, like, indicator) if row.kind == kind.code else 0
        if not sign or (indicator.measure == "money" and not row.currency):
            continue
        currency = row.currency if indicator.measure == "money" and row.currency != "CNY" else None
        apart = (row.direction, currency)
        if apart not in likes:
            likes[apart] = like.changed(direction=row.direction, currency=currency)
        if not counts(row, likes[apart], indicator):
            continue
        for item, campaign, tier in _facet_groups(row, indicator):
            groups.setdefault((row.direction, item, campaign, tier, currency), []).append((sign, row))
    for group in sorted(groups, key=_group_order):
        direction, item, campaign, tier, currency = group
        address = like.changed(
            direction=direction, item=item, campaign=campaign, tier=tier, currency=currency
        )
        unit = unit_at(address, indicator, scope)
        yield figure_of(groups[group], address, scope, kind, indicator, unit)


def _group_order(group: Group) -> tuple[bool, str, str, str, str]:
    """The way help goes first, then the way back; what is not split before what is."""
    direction, *facets = group
    item, campaign, tier, currency = (part or "" for part in facets)
    return direction != DEFAULT_DIRECTION, item, campaign, tier, currency


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
    if rated_ones := [address for address in addresses if address.indicator in rates()]:
        label = rates()[rated_ones[0].indicator].label
        raise Refusal(
            "sum.rate",
            Text(f"“{label.zh}”是比率，不能相加。", f"'{label.en}' is a rate; rates do not add up."),
        )
    if outside := [address for address in addresses if address.indicator in OUTSIDE]:
        label = OUTSIDE[outside[0].indicator].label
        raise Refusal(
            "sum.outside",
            Text(f"“{label.zh}”不与别的数相加。", f"'{label.en}' is not added to other numbers."),
        )
    known = {code: indicator for code, (_, indicator) in indicators().items()}
    covers = {address.scope: frozenset(scope_of(address.scope).pairing_ids) for address in addresses}
    check_sum(addresses, [one.unit for one in figures], known, covers)
    return sum((one.value for one in figures), Decimal(0)), figures[0].unit, figures


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


def published_addresses(pairing_id: int, *, scope: Scope) -> list[Address]:
    """Where figures of a programme were published: its own numbers only, without those of places around it."""
    words = vocabulary(scope.code, scope=scope)
    texts = PublishedFigure.objects.filter(pairing_id=pairing_id).values_list("address", flat=True)
    found = [parse_address(text, words) for text in texts.order_by("id") if split_scope(text) == scope.code]
    return [address for address in found if isinstance(address, Address)]


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
        for row, booked in zip(rows, _figures(addresses, scopes), strict=True)
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
    (wanted,) = filters_of(address.changed(goods=None), kind, indicator, scope)
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
