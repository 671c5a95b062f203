"""What the public is not shown: counts of so few people that they may tell who they are, also by subtraction.

Rule: CONTRACT section 10 and DESIGN section 7: small cells are hidden in public figures. Where every entry of a stage
counts at least the limit, everything made of them does too, and all is shown. Where some entry counts fewer, single
entries of that stage show no number, and a figure is shown only if no neighbouring figure gives a small count away:
its parts, what is left of the whole, and what the same figure was a few days before.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from pairbook.households.rules import TOTAL, hidden_cells, is_small, release_points
from pairbook.indicators.measuring import (
    Figure,
    Readings,
    Scope,
    figure_at,
    filters_of,
    indicators,
    sign_of,
    stages_of,
)
from pairbook.indicators.opening import Neighbour, OpenedFigure
from pairbook.indicators.rules import Address, Indicator
from pairbook.kernel import clock
from pairbook.kernel.kinds import Kind
from pairbook.kernel.reads import threshold
from pairbook.kernel.texts import Text
from pairbook.register.known import record_of
from pairbook.register.reads import AlikeSum, Correction, EntryOpened, EntryRow, day_sums
from pairbook.register.shapes import COLUMNS, DIRECTIONS
from pairbook.register.sums import small_groups

WITHHELD = Text("不足公开的人数", "too few people to show")
_CUTS = ("field", "campaign", "item", "tier")


class Discretion:
    """The public's eye on one scope: gives back figures and entries with what may not be seen taken out."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._limit = limit = threshold("households.cell_limit", clock.today())
        self._readings = Readings({scope.code: scope})
        stages = {
            (kind.code, stage)
            for kind, indicator in indicators().values()
            if indicator.is_private
            for stage in stages_of(kind, indicator)
        }
        self._private = stages
        self._small = small_groups(scope.pairing_ids, sorted({kind for kind, _ in stages}), limit) & {
            (kind, stage, direction) for kind, stage in stages for direction in DIRECTIONS
        }

    @property
    def limit(self) -> int:
        """The smallest number of people shown."""
        return self._limit

    def row(self, row: EntryRow) -> EntryRow:
        """The entry as the public sees it: without its number of people where such numbers may be small."""
        if (row.kind, row.stage, row.direction) not in self._small:
            return row
        difference = row.difference and replace(row.difference, old_quantity=None, new_quantity=None)
        return replace(
            row, quantity=None, of_which=None, subset_label=None, difference=difference, withheld=WITHHELD
        )

    def sum(self, row: AlikeSum) -> AlikeSum:
        """A sum of filtered entries as the public sees it."""
        if (row.kind, row.stage, row.direction) not in self._small:
            return row
        return replace(row, quantity=None, withheld=WITHHELD)

    def figure(self, figure: Figure) -> Figure:
        """The figure as the public sees it; withheld where it, or what it gives away, is small."""
        if not figure.is_private or not self._is_touched(figure):
            return figure
        if self._is_hidden(figure.address):
            return replace(
                figure,
                value=Decimal(0),
                confirmed_value=None,
                part_value=None,
                unlisted=None,
                withheld=WITHHELD,
            )
        return self._without_small_parts(figure)

    def rows(self, rows: Iterable[EntryRow]) -> tuple[EntryRow, ...]:
        """Entries as the public sees them."""
        return tuple(self.row(row) for row in rows)

    def correction(self, correction: Correction) -> Correction:
        """A correction as the public sees it: what it changed of a withheld number is not told."""
        row = self.row(correction.row)
        if row.withheld is None:
            return correction
        secret = {COLUMNS["quantity"], COLUMNS["of_which"]}
        changes = tuple(change for change in correction.changes if change.label not in secret)
        return replace(correction, row=row, changes=changes)

    def entry(self, opened: EntryOpened) -> EntryOpened:
        """An opened entry as the public sees it, with its chain and its versions."""
        return replace(
            opened,
            row=self.row(opened.row),
            before=self.rows(opened.before),
            after=self.rows(opened.after),
            further=self.rows(opened.further),
            versions=tuple((self.row(row), reason) for row, reason in opened.versions),
            answers=() if self.row(opened.row).withheld else opened.answers,
        )

    def opened(self, opened: OpenedFigure) -> OpenedFigure:
        """An opened figure as the public sees it: itself, its neighbours, its entries, what corrections changed."""
        figure = self.figure(opened.figure)
        return replace(
            opened,
            figure=figure,
            choices=tuple(
                replace(
                    choice,
                    neighbours=tuple(self._neighbour(one, figure) for one in choice.neighbours),
                )
                for choice in opened.choices
            ),
            entries=self.rows(opened.entries),
            differences=self.rows(opened.differences),
            corrections=tuple(self.correction(one) for one in opened.corrections),
            published=tuple(replace(one, figure=self.figure(one.figure)) for one in opened.published),
        )

    def _neighbour(self, one: Neighbour, here: Figure) -> Neighbour:
        figure = self.figure(one.figure)
        is_told = figure.withheld is None and here.withheld is None
        return replace(one, figure=figure, step=one.step if is_told else figure.withheld or Text("—", "—"))

    def cells(self, cells: Mapping[str, Decimal]) -> set[str]:
        """The keys of a table of disjoint counts that the public does not see."""
        counts = {key: int(value) for key, value in cells.items()}
        hidden = hidden_cells(counts, sum(counts.values()), limit=self._limit)
        return set(counts) if TOTAL in hidden else {key for key in hidden if key is not None}

    def _is_touched(self, figure: Figure) -> bool:
        kind, indicator = indicators()[figure.address.indicator]
        stages = (figure.address.stage or "", *(indicator.leaves if figure.address.is_day else ()))
        return any((kind.code, stage, figure.address.direction) in self._small for stage in stages)

    def _without_small_parts(self, figure: Figure) -> Figure:
        """A figure that is shown, without the shares beside it that would tell a small count."""
        value = int(figure.value)
        kept = figure
        if figure.part_value is not None:
            subset = record_of(indicators()[figure.address.indicator][0].code).subset
            if subset is None or self._is_hidden(figure.address.changed(subset=subset.code)):
                kept = replace(kept, part_value=None)
        if figure.confirmed_value is not None:
            signed = int(figure.confirmed_value)
            if is_small(signed, limit=self._limit) or is_small(value - signed, limit=self._limit):
                kept = replace(kept, confirmed_value=None)
        if figure.unlisted is not None and is_small(int(figure.unlisted), limit=self._limit):
            kept = replace(kept, unlisted=None)
        return kept

    def _is_hidden(self, address: Address) -> bool:
        value = self._value(address)
        # A correction of a closed month may take a few away: that tells them as well as having them.
        if is_small(abs(value), limit=self._limit):
            return True
        return (
            any(self._gives_away(address, *cut) for cut in self._cuts(address))
            or any(self._leaves_few(address, part) for part in ("subset", "confirmed", "year"))
            or not self._is_released(address)
        )

    def _value(self, address: Address) -> int:
        kind, indicator = indicators()[address.indicator]
        rows = self._readings.rows(address, kind, indicator, alone=True)
        return int(figure_at(address, self._scope, rows).value)

    def _cuts(self, address: Address) -> Iterator[tuple[str | None, dict[str, Address], Address]]:
        """Each table this figure stands in: its own key (None for the total), the cells, the total."""
        kind, indicator = indicators()[address.indicator]
        for code, (other, whole) in indicators().items():
            if other == kind and address.indicator in (code, *whole.parts) and whole.parts:
                cells = {
                    part: address.changed(indicator=part, version=indicators()[part][1].version)
                    for part in whole.parts
                }
                total = address.changed(indicator=code, version=whole.version)
                yield (None if code == address.indicator else address.indicator), cells, total
        for facet in _CUTS:
            held = self._choices(address, facet, kind, indicator)
            if len(held) > 1 or getattr(address, facet) is not None:
                cells = {one: address.changed(**{facet: one}) for one in held}
                yield getattr(address, facet), cells, address.changed(**{facet: None})

    def _choices(self, address: Address, facet: str, kind: Kind, indicator: Indicator) -> set[str]:
        column = {"campaign": "campaign_code", "item": "item_code"}.get(facet, facet)
        rows = self._readings.rows(address, kind, indicator, alone=True)
        return {
            getattr(row, column)
            for row in rows
            if row.kind == kind.code and getattr(row, column) and sign_of(row.stage, address, indicator)
        }

    def _gives_away(
        self, address: Address, key: str | None, cells: dict[str, Address], whole: Address
    ) -> bool:
        """Whether hiding the small cells of a table means that this one is hidden too."""
        counts = {name: self._value(cell) for name, cell in cells.items()}
        total = self._value(whole)
        if sum(counts.values()) > total:
            # Persons in two cells count once in the whole: the table does not add up, so nothing can be subtracted.
            return False
        return key in hidden_cells(counts, total, limit=self._limit)

    def _leaves_few(self, address: Address, part: str) -> bool:
        """Whether what is left of the whole without this part is small."""
        if getattr(address, part) is None:
            return False
        rest = self._value(address.changed(**{part: None})) - self._value(address)
        return is_small(rest, limit=self._limit)

    def _is_released(self, address: Address) -> bool:
        """Whether no few people came between the days of this figure and other days that are shown."""
        steps = self._steps(address)
        released = {None, *release_points(steps, limit=self._limit)}
        days = [self._scope.days(address).last]
        if address.start is not None:
            days.append(address.start - timedelta(days=1))
        return all(_last_until(day, steps) in released for day in days)

    def _steps(self, address: Address) -> list[tuple[date, int]]:
        """What the running number of an address changed by on each day, from the first day of the book."""
        kind, indicator = indicators()[address.indicator]
        since_ever = address.changed(start=None)
        (wanted, *_) = filters_of(since_ever, kind, indicator, self._scope)
        steps: dict[date, int] = {}
        for row in day_sums(wanted):
            sign = sign_of(row.stage, since_ever, indicator)
            amount = row.subset_amount if address.subset else row.quantity_steps
            steps[row.day] = steps.get(row.day, 0) + sign * amount
        return sorted(steps.items())


def _last_until(day: date, steps: list[tuple[date, int]]) -> date | None:
    """The last day up to `day` on which something changed; None before the first."""
    return max((one for one, _ in steps if one <= day), default=None)
