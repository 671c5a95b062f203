"""The figures a check asks for, each asked once and many at a time; what the book refuses is kept with its reason."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from pairbook.bulletins.rules import Limits
from pairbook.bulletins.shapes import Known
from pairbook.bulletins.whereabouts import Whereabouts
from pairbook.indicators.discretion import Discretion
from pairbook.indicators.measuring import (
    Figure,
    Readings,
    Scope,
    figure_at,
    filters_of,
    indicators,
    outside_figure,
    unit_at,
)
from pairbook.indicators.outside import OUTSIDE, Pairs
from pairbook.indicators.rules import Address
from pairbook.indicators.sentences import sentence_of
from pairbook.kernel.money import Money
from pairbook.kernel.problems import Refusal
from pairbook.kernel.quantities import Quantity
from pairbook.kernel.texts import Text
from pairbook.parties.reads import measure_on, party_of_code
from pairbook.parties.rules import PLACE_MEASURES
from pairbook.register.reads import days_of_amount


class Answers:
    """Figures by address. With `is_public` those of few people come back withheld, as on every public page."""

    def __init__(self, scope: Scope, *, is_public: bool = False) -> None:
        self._scope = scope
        self._readings = Readings({scope.code: scope})
        self._pairs = Pairs()
        self._figures: dict[Address, Figure | Refusal] = {}
        self._eye = Discretion(scope) if is_public else None

    @property
    def scope(self) -> Scope:
        """The scope whose book is asked."""
        return self._scope

    def at(self, address: Address) -> Figure | None:
        """The figure at an address; None where the book refuses to answer."""
        found = self._asked(address)
        return None if isinstance(found, Refusal) else found

    def why_not(self, address: Address) -> Text | None:
        """Why the book gives no figure at an address."""
        found = self._asked(address)
        return found.reason if isinstance(found, Refusal) else None

    def shown(self, address: Address) -> Figure | None:
        """The figure as the reader may see it: withheld where it would tell of a few people."""
        found = self.at(address)
        return self._eye.figure(found) if found is not None and self._eye is not None else found

    def sentence(self, address: Address) -> Text:
        """The question the address answers, in words."""
        return sentence_of(address, self._scope_of(address.scope))

    def published_as_of(self, address: Address) -> date | None:
        """Of which day the number published of a place is that an address gives; None for other figures."""
        party = party_of_code(address.scope)
        if address.indicator not in PLACE_MEASURES or address.end is None or party is None:
            return None
        row = measure_on(party.id, address.indicator, address.end)
        return row.as_of if row is not None else None

    def place_name(self, code: str) -> Text:
        """What a place is called."""
        return self._scope_of(code).name

    def single(self, address: Address, value: Decimal) -> Iterator[Address]:
        """The same address narrowed to each day on which one entry has exactly this value, the newest first.

        None of what no entry holds, of stocks and of numbers of entries: there a day's entry is no such number.
        """
        if address.indicator in OUTSIDE or address.is_day:
            return
        kind, indicator = indicators()[address.indicator]
        if indicator.measure == "entries" or indicator.is_latest:
            return
        unit = unit_at(address, indicator, self._scope)
        try:
            amount = Money.of(value, unit) if indicator.measure == "money" else Quantity.of(value, unit)
        except ValueError:
            return
        days = {
            day
            for wanted in filters_of(address, kind, indicator, self._scope)
            for day in days_of_amount(wanted, amount)
        }
        for day in sorted(days, reverse=True):
            yield address.changed(start=day, end=day)

    def _scope_of(self, code: str) -> Scope:
        """The pairing's own scope, or as much of a place's as a sentence needs: its name."""
        if code == self._scope.code:
            return self._scope
        party = party_of_code(code)
        assert party is not None, "claims are put at places of this book"
        return replace(self._scope, code=code, name=party.name, pairing=None)

    def _asked(self, address: Address) -> Figure | Refusal:
        if address not in self._figures:
            try:
                self._figures[address] = self._figure(address)
            except Refusal as refusal:
                self._figures[address] = refusal
        return self._figures[address]

    def _figure(self, address: Address) -> Figure:
        if address.indicator in OUTSIDE:
            assert address.end is not None, "a claim is read up to a day"
            pairs = self._pairs.at(address.indicator, address.scope, address.end, address.known_at)
            return outside_figure(address, pairs)
        kind, indicator = indicators()[address.indicator]
        return figure_at(address, self._scope, self._readings.rows(address, kind, indicator))


@dataclass(frozen=True, slots=True)
class Bench:
    """What every claim of a text is judged with."""

    answers: Answers
    known: Known
    limits: Limits
    whereabouts: Whereabouts
