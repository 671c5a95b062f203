"""Decisions on pairings: levels, days, agreements, which side a party is on, and what twinnings come to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pairbook.kernel.access import Actor, Side, Standing
from pairbook.kernel.problems import Problem
from pairbook.kernel.texts import Text
from pairbook.parties.rules import PartyFacts, is_within

PAIRING_LEVELS: dict[str, Text] = {
    "province": Text("省际结对", "province pair"),
    "prefecture": Text("市州结对", "prefecture pair"),
    "county": Text("县区结对", "county pair"),
    "township": Text("乡镇结对", "township pair"),
    "village": Text("村村结对", "village pair"),
    "school": Text("学校结对", "school pair"),
    "hospital": Text("医院结对", "hospital pair"),
    "enterprise_village": Text("村企结对", "enterprise-village pair"),
    "social_organisation": Text("社会组织结对", "social-organisation pair"),
    "household": Text("结对认亲", "household pair"),
}
# A pair of officials with households names no household; it says only how many it covers.
COVERING_HOUSEHOLDS = "household"
_HOUSEHOLDS_MAX = 100_000
# A pair is asleep when nothing was recorded in it for a year. No measure gives a limit; ours, dated 2026-11.
ASLEEP_AFTER = timedelta(days=365)

# A person with several posts acts in a pairing by the strongest of them.
_ROLE_ORDER = ("officer", "department", "auditor", "administrator")


@dataclass(frozen=True, slots=True)
class PairingFacts:
    """What rules need to know of a pairing."""

    id: int
    code: str
    assisting: PartyFacts
    assisted: PartyFacts
    start_on: date
    end_on: date | None


def home_side_of(party: PartyFacts, pairing: PairingFacts) -> Side | None:
    """The side of the pairing whose place the party lies in or stands above; None for everybody else.

    People act by this side: Tianjin's office may act for Jinghai, the office of another Tianjin district, with a
    pair of its own, may not. A place above both sides, such as the country, is on neither.
    """
    if is_within(party, pairing.assisting) or party.id == pairing.assisting.id:
        return "assisting"
    if is_within(party, pairing.assisted) or party.id == pairing.assisted.id:
        return "assisted"
    own = _own_lineage(party, pairing)
    above_assisting = bool(own) and own <= pairing.assisting.lineage
    above_assisted = bool(own) and own <= pairing.assisted.lineage
    if above_assisting != above_assisted:
        return "assisting" if above_assisting else "assisted"
    return None


def side_of(party: PartyFacts, pairing: PairingFacts) -> Side | None:
    """Which side of the pairing a giver or receiver is on, or None when its place tells nothing.

    Beyond its home side, a donor or payee elsewhere in a side's province belongs to the side of that province.
    """
    home = home_side_of(party, pairing)
    if home is not None:
        return home
    own = _own_lineage(party, pairing)
    to_assisting = bool(own & pairing.assisting.lineage)
    to_assisted = bool(own & pairing.assisted.lineage)
    if to_assisting != to_assisted:
        return "assisting" if to_assisting else "assisted"
    return None


def _own_lineage(party: PartyFacts, pairing: PairingFacts) -> frozenset[str]:
    """The party's lineage without the places both sides lie in, which tell nothing."""
    return party.lineage - (pairing.assisting.lineage & pairing.assisted.lineage)


def strongest_standing(actor: Actor, sides: dict[int, Side | None]) -> Standing | None:
    """The actor's standing in one pairing, given the side of each organisation of the actor's posts.

    An officer of some other pair, on neither side here, has no standing here; an auditor reads wherever
    the audit office's place has a part, so needs a side too.
    """
    found = [
        Standing(post.role, sides.get(post.organisation_id), post.organisation_id)
        for post in actor.posts
        if post.role == "administrator" or sides.get(post.organisation_id) is not None
    ]
    return min(found, key=lambda standing: _ROLE_ORDER.index(standing.role), default=None)


def check_dates(*, start_on: date, end_on: date | None, parent: PairingFacts | None) -> list[Problem]:
    """What is wrong with the days of a pairing; a child lives inside its parent's years."""
    problems = []
    if end_on is not None and end_on < start_on:
        cure = Text("结束日期不能早于开始日期。", "The end cannot be before the start.")
        problems.append(Problem("pairing.end", Text("结束日期", "End"), cure, value=str(end_on)))
    if parent is not None and start_on < parent.start_on:
        cure = Text(
            f"上级结对从 {parent.start_on} 开始，下级结对不能更早。",
            f"The pairing above starts on {parent.start_on}; a child cannot start earlier.",
        )
        problems.append(Problem("pairing.start", Text("开始日期", "Start"), cure, value=str(start_on)))
    return problems


def check_households(level: str, covers_households: int | None) -> list[Problem]:
    """What is wrong with the households a pair covers: a pair with households has some, every other pair none."""
    is_right = (
        1 <= (covers_households or 0) <= _HOUSEHOLDS_MAX
        if level == COVERING_HOUSEHOLDS
        else covers_households is None
    )
    if is_right:
        return []
    place = Text("结对户数", "Households covered")
    cure = Text(
        "结对认亲请填写户数（1至100000）；其他结对不填。",
        "Give the households of a household pair, 1 to 100,000; leave it empty for every other pair.",
    )
    value = "" if covers_households is None else str(covers_households)
    return [Problem("pairing.households", place, cure, value=value)]


def check_signed(*, signed_on: date | None, has_agreement: bool) -> list[Problem]:
    """What is wrong with the day an agreement was signed: an agreement that has a day has a title too."""
    if signed_on is None or has_agreement:
        return []
    cure = Text("请写明协议名称。", "Give the title of the agreement.")
    place = Text("协议签订日期", "Agreement signed on")
    return [Problem("pairing.agreement", place, cure, value=str(signed_on))]


@dataclass(frozen=True, slots=True)
class TwinningFacts:
    """What counting needs to know of a living child pairing."""

    level: str
    assisting_id: int
    assisted_id: int
    townships: frozenset[str] = frozenset()
    """Codes of the townships its assisted side is or lies in: a pair with a village reaches the village's township."""
    villages: frozenset[str] = frozenset()
    covers_households: int = 0


@dataclass(frozen=True, slots=True)
class TwinningCounts:
    """What twinnings come to: pairs, and apart from them the different parties and places they reach."""

    pairs: Mapping[str, int]
    """By level, in the order of the levels; levels without a pair are left out."""
    townships: int
    villages: int
    schools: int
    hospitals: int
    enterprises: int
    social_organisations: int
    households: int
    townships_covered: int
    villages_covered: int


def count_twinnings(twinnings: Sequence[TwinningFacts]) -> TwinningCounts:
    """What these pairs come to.

    Two firms for one village are two pairs, two firms and one village; one firm for two villages is two pairs, one
    firm and two villages (issue "Every way the places help each other": pairs apart from places covered).
    """
    held = [one.level for one in twinnings]
    return TwinningCounts(
        pairs={level: held.count(level) for level in PAIRING_LEVELS if level in held},
        townships=_helped(twinnings, "township"),
        villages=_helped(twinnings, "village"),
        schools=_helped(twinnings, "school"),
        hospitals=_helped(twinnings, "hospital"),
        enterprises=_helping(twinnings, "enterprise_village"),
        social_organisations=_helping(twinnings, "social_organisation"),
        households=sum(one.covers_households for one in twinnings),
        townships_covered=len({code for one in twinnings for code in one.townships}),
        villages_covered=len({code for one in twinnings for code in one.villages}),
    )


def _helped(twinnings: Iterable[TwinningFacts], level: str) -> int:
    return len({one.assisted_id for one in twinnings if one.level == level})


def _helping(twinnings: Iterable[TwinningFacts], level: str) -> int:
    return len({one.assisting_id for one in twinnings if one.level == level})


def asleep_since(*, start_on: date, last_on: date | None, day: date) -> date | None:
    """Since when a pair has been asleep on a day: its last entry, or its start where there is none; None if awake."""
    since = max(last_on, start_on) if last_on is not None else start_on
    return since if day - since > ASLEEP_AFTER else None
