"""A text held against an earlier one: the same figure told differently, totals that fall, growth not borne out.

Two claims are compared where they mean the same address but for its days; a number that changed its place, its side
or its sort of money from one text to the other is told too. What one company gave or one occasion brought is no
figure of the whole, and is left out.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pairbook.bulletins import comparisons
from pairbook.bulletins.addresses import understood
from pairbook.bulletins.growth import base_year, is_growth, partner_of, same_days_in, signed
from pairbook.bulletins.reasons import as_told
from pairbook.bulletins.rules import bears_growth, may_be_same, surely_below, unit_fits
from pairbook.bulletins.shapes import CheckedClaim, Finding, Known, Measurable, Named
from pairbook.bulletins.surroundings import Surroundings
from pairbook.bulletins.words import names_one_giver, tells_one_occasion
from pairbook.indicators.rules import Address, value_words
from pairbook.kernel.texts import Text

Sentence = Callable[[Address], Text]
# A small number recurs by chance: 7 visits and 7 villages.
_TELLING_MIN = 10
_SLIPS = ("direction", "campaign", "tier", "field")


@dataclass(frozen=True, slots=True)
class Told:
    """One claim of a text as comparing sees it."""

    checked: CheckedClaim
    around: Surroundings
    address: Address
    unit: str
    place: Named | None
    """The place around a side whose number it is; None for the pairing's own."""

    @property
    def base(self) -> Address:
        """Its address without days."""
        return self.address.changed(start=None, end=None, is_day=False)

    @property
    def days(self) -> tuple[object, ...]:
        """Its days."""
        return self.address.start, self.address.end, self.address.is_day

    @property
    def words(self) -> Text:
        """Its number with its qualifier."""
        return as_told(self.checked.claim, self.unit)


@dataclass(frozen=True, slots=True)
class Read:
    """One text as it was checked, with what is needed to compare it."""

    rows: Sequence[CheckedClaim]
    arounds: Mapping[str, Surroundings]
    known: Known

    @property
    def tolds(self) -> list[Told]:
        """Its claims that can be compared, in order; of several numbers for one address the one that holds."""
        kept: dict[tuple[object, ...], list[Told]] = defaultdict(list)
        for told in map(self._told, self.rows):
            if told is not None:
                kept[told.base, told.place, told.days].append(told)
        chosen = [one for group in kept.values() if (one := _only(group)) is not None]
        return sorted(chosen, key=lambda told: told.checked.claim.start)

    def _told(self, row: CheckedClaim) -> Told | None:
        claim, around = row.claim, self.arounds[row.claim.id]
        if row.verdict == "not_in_book" and row.address is None:
            # Told of another place, or of what the book does not keep.
            return None
        if claim.value is None or claim.unit in ("percent", "USD") or names_one_giver(around):
            return None
        if tells_one_occasion(around, claim):
            return None
        meant = understood(claim, around, self.known)
        if meant is None or (meant.measurable.is_by_item and meant.readings[0].address.item is None):
            return None
        address = row.address if row.verdict == "holds" and row.address else meant.readings[0].address
        if claim.modality != "done" and not _is_before_headline(address, meant.measurable):
            # A target beside what was reached is no total that fell.
            return None
        measurable = self.known.measurables.get(address.indicator, meant.measurable)
        return Told(row, around, address, measurable.unit or claim.unit or "", meant.wider)


def _is_before_headline(address: Address, measurable: Measurable) -> bool:
    """Whether an address is at a stage of intention, such as planned or agreed."""
    stages = measurable.stages
    if address.stage not in stages or measurable.headline not in stages:
        return False
    return stages.index(address.stage) < stages.index(measurable.headline)


def _only(group: list[Told]) -> Told | None:
    if len({told.checked.claim.value for told in group}) == 1:
        return group[0]
    holding = [told for told in group if told.checked.verdict == "holds"]
    return holding[0] if holding else None


def findings_against(text: Read, earlier: Read, sentence: Sentence) -> tuple[Finding, ...]:
    """What the claims of a text say about those of an earlier one; `sentence` puts an address in words."""
    before = earlier.tolds
    found: list[Finding] = []
    for now in text.tolds:
        pair = next(
            filter(None, (_compared(one, now, sentence) for one in _nearest_first(before, now))), None
        )
        shift = next(filter(None, (_told_of_another(one, now, sentence) for one in before)), None)
        found += [one for one in (pair, shift) if one is not None]
    # Two claims of a text may each be set against the same one of the other, with the same sentence.
    said = {finding.reason: finding for finding in (*found, *_growths(text, before, sentence))}
    return tuple(said.values())


def shifts_within(text: Read) -> Iterator[Finding]:
    """Where one text gives one number to a city or province in one sentence and to the pairing in another."""
    tolds = text.tolds
    for place, first in enumerate(tolds):
        for second in tolds[place + 1 :]:
            if first.around.sentence == second.around.sentence or not _is_same_number(first, second):
                continue
            if first.base == second.base and first.place != second.place:
                names = tuple(_place(told, text.known) for told in (first, second))
                reason = comparisons.other_place_within(second.words, *names)
                claims = (first.checked.claim.id, second.checked.claim.id)
                yield Finding("told_of_another", claims, False, reason)


def _nearest_first(before: Sequence[Told], now: Told) -> list[Told]:
    """The claims of the earlier text that may be compared, those of the same days first."""
    alike = [one for one in before if one.place == now.place]
    return sorted(alike, key=lambda one: (one.base != now.base, one.days != now.days))


def _finding(kind: str, before: Told, now: Told, holds: bool, reason: Text) -> Finding:
    return Finding(kind, (now.checked.claim.id,), holds, reason, (before.checked.claim.id,))


def _compared(before: Told, now: Told, sentence: Sentence) -> Finding | None:
    first, second = before.checked.claim, now.checked.claim
    if before.base != now.base:
        return _at_another_stage(before, now, sentence)
    if before.days == now.days:
        return _same_days(before, now, sentence)
    is_running = not now.address.is_day and before.address.start == now.address.start
    if not is_running or before.address.end is None or now.address.end is None:
        return None
    sooner, later = (before, now) if before.address.end < now.address.end else (now, before)
    fell = surely_below(later.checked.claim, sooner.checked.claim)
    if not all(unit_fits(claim.unit, now.unit) for claim in (first, second)):
        return None
    first_told, last_told = ((sentence(one.address), one.words) for one in (sooner, later))
    if fell and None in (first.period, second.period) and _is_a_part(sooner, later):
        return None
    if fell:
        return _finding("running_total", before, now, False, comparisons.fell(first_told, last_told))
    assert sooner.checked.claim.value is not None and later.checked.claim.value is not None
    more = later.checked.claim.value - sooner.checked.claim.value
    if more < 0 or {first.qualifier, second.qualifier} != {"exact"}:
        return _finding("running_total", before, now, True, comparisons.may_have_grown(first_told, last_told))
    reason = comparisons.grew(first_told, last_told, value_words(more, now.unit))
    return _finding("running_total", before, now, True, reason)


def _is_a_part(sooner: Told, later: Told) -> bool:
    """Whether a later number is so much smaller that, told without a time, it is a part rather than a total."""
    assert sooner.checked.claim.value is not None and later.checked.claim.value is not None
    return later.checked.claim.value * 2 < sooner.checked.claim.value


def _same_days(before: Told, now: Told, sentence: Sentence) -> Finding | None:
    first, second = before.checked.claim, now.checked.claim
    if first.value == second.value and first.unit == second.unit:
        return None
    asked = sentence(now.address)
    if may_be_same(first, second) and first.unit == second.unit:
        return _finding(
            "told_differently", before, now, True, comparisons.rounded(asked, before.words, now.words)
        )
    reason = comparisons.told_differently(asked, before.words, now.words)
    return _finding("told_differently", before, now, False, reason)


def _at_another_stage(before: Told, now: Told, sentence: Sentence) -> Finding | None:
    """Two numbers of one figure at two stages: planned is not received, so they contradict nothing."""
    is_stage = before.base.changed(stage=now.base.stage) == now.base
    if not is_stage or before.address.start != now.address.start or _is_same_number(before, now):
        return None
    told = [(sentence(one.address), one.words) for one in (before, now)]
    return _finding("not_comparable", before, now, True, comparisons.other_stage(*told))


def _told_of_another(before: Told, now: Told, sentence: Sentence) -> Finding | None:
    """The same number told of another place, stage, side or sort of money than before."""
    if not _is_same_number(before, now):
        return None
    if before.base == now.base and before.place != now.place:
        names = [_place(told, None) for told in (before, now)]
        told = before if before.place is None else now
        reason = comparisons.other_place(now.words, *names, own=sentence(told.address))
        return _finding("told_of_another", before, now, False, reason)
    if before.place != now.place or before.unit != now.unit or not _is_slip_apart(before.base, now.base):
        return None
    reason = comparisons.other_figure(now.words, sentence(before.address), sentence(now.address))
    return _finding("told_of_another", before, now, False, reason)


def _is_slip_apart(before: Address, now: Address) -> bool:
    """Whether two addresses lie a slip apart: one part differs. At two stages one amount may well be the same."""
    if any(before.changed(**{part: getattr(now, part)}) == now != before for part in _SLIPS):
        return True
    family = before.indicator.partition(".")[0]
    return family == now.indicator.partition(".")[0] and before.indicator != now.indicator


def _is_same_number(first: Told, second: Told) -> bool:
    one, other = first.checked.claim, second.checked.claim
    if one.value is None or one.value < _TELLING_MIN or one.value_high is not None:
        return False
    return (one.value, one.unit, one.qualifier) == (other.value, other.unit, other.qualifier)


def _place(told: Told, known: Known | None) -> Text | None:
    """The place a number is told of; None for the pairing itself where it is not named."""
    if told.place is not None:
        return told.place.name
    return known.assisted.name if known is not None else None


def _growths(text: Read, before: Sequence[Told], sentence: Sentence) -> Iterator[Finding]:
    """Growth told beside an amount, where the earlier text tells the amount of the year it is counted from."""
    tolds = {told.checked.claim.id: told for told in text.tolds}
    claims = [row.claim for row in text.rows]
    for claim in filter(is_growth, claims):
        partner = partner_of(claim, claims, text.arounds)
        now = tolds.get(partner.id) if partner is not None else None
        if now is None or now.address.end is None or now.checked.claim.value is None:
            continue
        year = base_year(claim, text.arounds[claim.id], now.address.end.year)
        if year is None:
            continue
        wanted = same_days_in(now.address, year)
        base = next((one for one in before if one.address == wanted and one.place == now.place), None)
        if base is None or not base.checked.claim.value:
            continue
        computed = (now.checked.claim.value / base.checked.claim.value - 1) * 100
        told = signed(claim, text.arounds[claim.id])
        holds = bears_growth(claim, told, computed)
        reason = comparisons.growth(
            told,
            computed,
            (sentence(base.address), base.words),
            (sentence(now.address), now.words),
            holds=holds,
        )
        ids = (claim.id, now.checked.claim.id)
        yield Finding("growth", ids, holds, reason, (base.checked.claim.id,))
