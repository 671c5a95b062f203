"""Gathers what the book knows that claims are understood by: indicators, items, campaigns, the places of both sides."""

from datetime import date
from functools import cache

from pairbook.bulletins.exchange_rates import yuan_per_dollar
from pairbook.bulletins.gazetteer import Gazetteer
from pairbook.bulletins.rules import Limits, limits_of
from pairbook.bulletins.shapes import Known, Measurable, Named
from pairbook.indicators.measuring import Scope, headline_of, indicators, stages_of
from pairbook.indicators.outside import OUTSIDE
from pairbook.indicators.reads import published_addresses
from pairbook.indicators.rules import Indicator
from pairbook.kernel.kinds import Kind
from pairbook.kernel.reads import thresholds
from pairbook.parties.divisions import divisions
from pairbook.parties.reads import open_place, parties_known
from pairbook.parties.rules import PartyFacts
from pairbook.register.known import record_of
from pairbook.register.shapes import TIERS


def known_of(scope: Scope, as_of: date) -> Known:
    """What must be known of a pairing before the claims of a text can be put in its terms."""
    pairing = scope.pairing
    assert pairing is not None, "a text is held against a pairing"
    sides = parties_known([pairing.assisting_id, pairing.assisted_id])
    assisting, assisted = sides[pairing.assisting_id], sides[pairing.assisted_id]
    return Known(
        pairing=pairing.code,
        assisting=Named(assisting.code, assisting.name),
        assisted=Named(assisted.code, assisted.name),
        above_assisting=_above(assisting),
        above_assisted=_above(assisted),
        items=tuple(Named(row.code, row.name, row.unit) for row in scope.items),
        campaigns=tuple(Named(row.code, row.name) for row in scope.campaigns),
        measurables=_measurables(),
        is_sample=pairing.is_sample,
        as_of=as_of,
        opened=scope.edges[0] if scope.edges else scope.opened,
        last_day=max(scope.edges[1], as_of) if scope.edges else as_of,
        published=tuple(published_addresses(pairing.id, scope=scope)),
    )


@cache
def gazetteer() -> Gazetteer:
    """The names of all divisions."""
    return Gazetteer.of([(one.level, Named(one.code, one.name)) for one in divisions()])


def limits_on(day: date) -> Limits:
    """The thresholds in force on a day, and the rates that were possible in its year."""
    values = {one.parameter.code: one.value for one in thresholds(day)}
    return limits_of(values, yuan_per_dollar=yuan_per_dollar(day.year))


def _above(party: PartyFacts) -> tuple[Named, ...]:
    place = open_place(party.code)
    return tuple(Named(code, name) for code, name in place.above if code != "CN") if place else ()


def _measurables() -> dict[str, Measurable]:
    found = {code: _measurable(kind, indicator) for code, (kind, indicator) in indicators().items()}
    for code, one in OUTSIDE.items():
        found[code] = Measurable(
            code=code,
            version=one.version,
            unit=one.unit,
            label=one.label,
            kind="",
            is_stock=one.is_stock,
            headline=None,
        )
    return found


def _measurable(kind: Kind, indicator: Indicator) -> Measurable:
    record = record_of(kind.code)
    natures = _natures(indicator)
    return Measurable(
        code=indicator.code,
        version=indicator.version,
        unit=indicator.unit,
        label=indicator.label,
        kind=kind.code,
        is_stock=indicator.is_stock,
        headline=headline_of(kind, indicator),
        stages=stages_of(kind, indicator),
        fields=record.facet.choices if record.facet else (),
        tiers=tuple(TIERS) if "fiscal" in natures else (),
        subset=record.subset.code if record.subset and record.subset.of == indicator.subset_of else None,
        parts=indicator.parts,
        is_by_item=indicator.apart_by == "item",
        takes_goods=bool(natures) and record.money_is == "cash",
        is_persons=indicator.measure == "persons",
    )


def _natures(indicator: Indicator) -> set[str]:
    """The natures of money it counts; none for what is no grant (sales, investment)."""
    asked = [indicator, *(indicators()[code][1] for code in indicator.parts)]
    return {str(value) for one in asked for name, value in one.where if name == "nature"}
