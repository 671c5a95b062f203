"""Decisions on pairings: their levels, when one may be opened, closed or handed over, and which side a party is on."""

from dataclasses import dataclass
from datetime import date

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
}

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
