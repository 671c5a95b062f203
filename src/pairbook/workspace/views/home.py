"""The first page after signing in: what waits for me, can the book be trusted, and the way to the registers."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from pairbook.kernel.access import OTHER_SIDE, Actor, may
from pairbook.kernel.kinds import Kind, kinds_offering
from pairbook.kernel.periods import Period
from pairbook.pairings.reads import PairingRow, children_of, family_ids, programmes_of, standing_in
from pairbook.projects.reads import LibraryRow
from pairbook.register.closings.reads import months_signed_by_one
from pairbook.register.months import period_of
from pairbook.register.shapes import Record
from pairbook.workspace.library import awaiting
from pairbook.workspace.reads import (
    Desktop,
    desktop_of_department,
    desktop_of_reader,
    desktop_of_side,
)
from pairbook.workspace.views.acting import Desk, acting, page


@dataclass(frozen=True, slots=True)
class ProgrammeAtHand:
    """One programme on the home page."""

    desk: Desk
    desktop: Desktop
    projects: list[LibraryRow]
    """The projects whose next step is this side's to decide."""
    months: tuple[Period, ...]
    """The months the other side has signed and this side has not, oldest first."""
    children: list[PairingRow]
    kinds: list[Kind]

    @property
    def pairing(self) -> PairingRow:
        """The programme's own pairing."""
        return self.desk.pairing

    @property
    def answering(self) -> str:
        """The side whose entries this side answers."""
        return "assisted" if self.desk.standing.side == "assisting" else "assisting"


@acting
def home(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What waits for the actor, programme by programme; an administrator sees the way to the lists of the book."""
    at_hand = []
    for pairing in programmes_of(actor):
        standing = standing_in(pairing.id, actor)
        if standing is not None and may(standing, "register.read"):
            at_hand.append(_at_hand(Desk(pairing, standing)))
    only = at_hand[0].desk if len(at_hand) == 1 else None
    return page(request, actor, "home", {"programmes": at_hand}, desk=only)


def _at_hand(desk: Desk) -> ProgrammeAtHand:
    family, standing = tuple(family_ids(desk.pairing.id)), desk.standing
    if standing.role == "auditor":
        desktop = desktop_of_reader(family)
    elif standing.sees_own_only:
        desktop = desktop_of_department(standing.organisation_id, standing.side or "", family)
    else:
        desktop = desktop_of_side(standing.side or "", family)
    return ProgrammeAtHand(
        desk=desk,
        desktop=desktop,
        projects=awaiting(family, standing.side) if standing.role == "officer" else [],
        months=tuple(
            map(period_of, months_signed_by_one(desk.pairing.id)[OTHER_SIDE[standing.side]])
            if standing.side and may(standing, "month.sign")
            else ()
        ),
        children=children_of(desk.pairing.id),
        kinds=[kind for kind, _ in kinds_offering(Record)],
    )
