"""Questions of the page of twinnings: what they come to, and each level's pairs with how lively they are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pairbook.indicators.outside import OUTSIDE, outside_path
from pairbook.indicators.rules import value_words
from pairbook.kernel.periods import year_to
from pairbook.kernel.texts import Text
from pairbook.pairings.reads import PairingRow, PlaceName, TwinningRow, family_of, twinnings_on
from pairbook.pairings.rules import PAIRING_LEVELS, TwinningCounts, asleep_since, count_twinnings
from pairbook.register.reads import Activity, activity_of

# Of each level the indicator that counts, once each, whom its pairs join, and the count it tells.
_JOINED = {
    "township": ("twinning.townships", "townships"),
    "village": ("twinning.villages", "villages"),
    "school": ("twinning.schools", "schools"),
    "hospital": ("twinning.hospitals", "hospitals"),
    "enterprise_village": ("twinning.enterprises", "enterprises"),
    "social_organisation": ("twinning.social_orgs", "social_organisations"),
    "household": ("twinning.households", "households"),
}
_COVERED = (
    ("twinning.villages_covered", "villages_covered"),
    ("twinning.townships_covered", "townships_covered"),
)


@dataclass(frozen=True, slots=True)
class LinkedNumber:
    """A number in words, with what it counts and the path of the figure it opens."""

    label: Text
    words: Text
    path: str


@dataclass(frozen=True, slots=True)
class CountRow:
    """What the pairs of a level come to: pairs, and apart from them whom they join, each once."""

    label: Text
    pairs: LinkedNumber | None
    """None for levels above townships, which no indicator counts."""
    pairs_count: int
    joined: LinkedNumber | None


@dataclass(frozen=True, slots=True)
class Leaf:
    """A pair below a programme, alive or ended."""

    pairing: PairingRow
    townships: tuple[PlaceName, ...]
    villages: tuple[PlaceName, ...]
    under: PairingRow | None
    """The pair above, where that is not the programme itself."""
    successor: PairingRow | None
    entries: int
    """Recorded in the pair itself in the year up to the day."""
    last_on: date | None
    asleep_since: date | None


# A level of so few pairs stands open on the page; more are opened by the reader.
_OPEN_ROWS = 8


@dataclass(frozen=True, slots=True)
class Level:
    """The pairs of one level, living ones first."""

    code: str
    label: Text
    living: tuple[Leaf, ...]
    ended: tuple[Leaf, ...]

    @property
    def asleep(self) -> int:
        """How many of the living are asleep."""
        return sum(leaf.asleep_since is not None for leaf in self.living)

    @property
    def is_short(self) -> bool:
        """Whether all its pairs are seen at a glance."""
        return len(self.living) + len(self.ended) <= _OPEN_ROWS


@dataclass(frozen=True, slots=True)
class Twinnings:
    """The twinnings of a programme on a day."""

    day: date
    counts: tuple[CountRow, ...]
    covered: tuple[LinkedNumber, ...]
    """The villages and townships reached by pairs of all levels together."""
    levels: tuple[Level, ...]


def twinnings_told(programme: PairingRow, day: date) -> Twinnings:
    """What the twinnings of a programme come to on a day, and every pair that had begun by then."""
    living = twinnings_on(programme.id, day)
    family = family_of(programme.id)
    begun = [row for row in family[1:] if row.start_on <= day]
    activity = activity_of([row.id for row in begun], year_to(day))
    counts = count_twinnings([row.facts for row in living])
    reached = {row.pairing.id: row for row in living}
    leaves = [_leaf(row, reached.get(row.id), family, activity.get(row.id), day) for row in begun]
    return Twinnings(
        day=day,
        counts=tuple(_count_row(level, counts, programme.code, day) for level in counts.pairs),
        covered=tuple(_number(code, getattr(counts, name), programme.code, day) for code, name in _COVERED),
        levels=tuple(_levels(leaves, set(reached))),
    )


def _leaf(
    row: PairingRow,
    reached: TwinningRow | None,
    family: Sequence[PairingRow],
    activity: Activity | None,
    day: date,
) -> Leaf:
    last_on = activity.last_on if activity else None
    programme = family[0]
    return Leaf(
        pairing=row,
        townships=reached.townships if reached else (),
        villages=reached.villages if reached else (),
        under=next((one for one in family if one.id == row.parent_id and one is not programme), None),
        successor=next((one for one in family if one.code == row.successor_code), None),
        entries=activity.entries if activity else 0,
        last_on=last_on,
        asleep_since=asleep_since(start_on=row.start_on, last_on=last_on, day=day),
    )


def _levels(leaves: Sequence[Leaf], living: set[int]) -> Iterator[Level]:
    for code, label in PAIRING_LEVELS.items():
        # By where the assisted side lies, so that a reader finds a village beside its neighbours.
        held = sorted((leaf for leaf in leaves if leaf.pairing.level == code), key=_place_order)
        if held:
            yield Level(
                code=code,
                label=label,
                living=tuple(leaf for leaf in held if leaf.pairing.id in living),
                ended=tuple(leaf for leaf in held if leaf.pairing.id not in living),
            )


def _place_order(leaf: Leaf) -> tuple[str, date, str]:
    return leaf.pairing.assisted_code, leaf.pairing.start_on, leaf.pairing.code


def _count_row(level: str, counts: TwinningCounts, scope: str, day: date) -> CountRow:
    count = counts.pairs[level]
    if level not in _JOINED:
        return CountRow(PAIRING_LEVELS[level], None, count, None)
    code, name = _JOINED[level]
    return CountRow(
        label=PAIRING_LEVELS[level],
        pairs=_number(f"twinning.{level}_pairs", count, scope, day),
        pairs_count=count,
        joined=_number(code, getattr(counts, name), scope, day),
    )


def _number(code: str, count: int, scope: str, day: date) -> LinkedNumber:
    indicator = OUTSIDE[code]
    words = value_words(Decimal(count), indicator.unit)
    return LinkedNumber(indicator.label, words, outside_path(code, scope, day))
