"""Questions on pairings: one by code, its children, who stands where in it."""

from dataclasses import dataclass
from datetime import date

from pairbook.kernel.access import PUBLIC, Actor, Standing
from pairbook.kernel.texts import Text
from pairbook.pairings.models import Pairing
from pairbook.pairings.rules import PairingFacts, side_of, strongest_standing
from pairbook.parties.reads import parties_known


@dataclass(frozen=True, slots=True)
class PairingRow:
    """A pairing as pages show it."""

    id: int
    code: str
    level: str
    parent_id: int | None
    assisting_id: int
    assisted_id: int
    assisting: Text
    assisted: Text
    start_on: date
    end_on: date | None
    end_reason: str
    successor_code: str
    agreement: Text
    shown_on: date | None
    is_sample: bool


def _rows(queryset: "object") -> list[PairingRow]:
    return [
        PairingRow(
            id=row.pk,
            code=row.code,
            level=row.level,
            parent_id=row.parent_id,
            assisting_id=row.assisting_id,
            assisted_id=row.assisted_id,
            assisting=Text(row.assisting.name_zh, row.assisting.name_en),
            assisted=Text(row.assisted.name_zh, row.assisted.name_en),
            start_on=row.start_on,
            end_on=row.end_on,
            end_reason=row.end_reason,
            successor_code=row.successor.code if row.successor else "",
            agreement=Text(row.agreement_zh, row.agreement_en),
            shown_on=row.shown_on,
            is_sample=row.is_sample,
        )
        for row in queryset.select_related("assisting", "assisted", "successor")  # type: ignore[attr-defined]
    ]


def programmes() -> list[PairingRow]:
    """The pairings that are nobody's child, oldest first."""
    return _rows(Pairing.objects.filter(parent=None).order_by("start_on", "id"))


def holds_sample() -> bool:
    """Whether the book holds a sample programme, so that its pages are marked."""
    return Pairing.objects.filter(is_sample=True).exists()


def holds_real() -> bool:
    """Whether the book holds a programme that is no sample, so that no sample may be loaded into it."""
    return Pairing.objects.filter(is_sample=False).exists()


def pairing_of_code(code: str) -> PairingRow | None:
    """The pairing with this code, or None."""
    return next(iter(_rows(Pairing.objects.filter(code=code))), None)


def pairing_of_id(pairing_id: int) -> PairingRow:
    """The pairing with this id, which must be there."""
    return _rows(Pairing.objects.filter(pk=pairing_id))[0]


def children_of(pairing_id: int) -> list[PairingRow]:
    """The pairings directly below this one, by level and then by start."""
    return _rows(Pairing.objects.filter(parent_id=pairing_id).order_by("level", "start_on", "id"))


def family_ids(pairing_id: int) -> list[int]:
    """The pairing and all pairings below it: the scope a pairing's figures are counted over."""
    ids, fresh = [pairing_id], [pairing_id]
    while fresh:
        fresh = list(Pairing.objects.filter(parent_id__in=fresh).values_list("id", flat=True))
        ids += fresh
    return ids


def programme_ids_of_place(place_code: str) -> list[int]:
    """The pairings that are nobody's child in which the place, or one inside it, takes a part."""
    rows = Pairing.objects.filter(parent=None).values_list("id", "assisting_id", "assisted_id")
    known = parties_known({party for _, *parties in rows for party in parties})
    return [
        pairing_id
        for pairing_id, *parties in rows
        if any(place_code in known[party].lineage for party in parties)
    ]


def pairing_facts(pairing_id: int) -> PairingFacts:
    """What rules need to know of a pairing."""
    return pairings_known([pairing_id])[pairing_id]


def pairings_known(ids: list[int]) -> dict[int, PairingFacts]:
    """What rules need to know of these pairings, by id."""
    rows = list(Pairing.objects.filter(pk__in=set(ids)))
    parties = parties_known({party for row in rows for party in (row.assisting_id, row.assisted_id)})
    return {
        row.pk: PairingFacts(
            id=row.pk,
            code=row.code,
            assisting=parties[row.assisting_id],
            assisted=parties[row.assisted_id],
            start_on=row.start_on,
            end_on=row.end_on,
        )
        for row in rows
    }


def standing_in(pairing_id: int, actor: Actor) -> Standing | None:
    """What the actor is in this pairing; None for the public and for people of other pairs."""
    if actor == PUBLIC or not actor.posts:
        return None
    facts = pairing_facts(pairing_id)
    organisations = parties_known({post.organisation_id for post in actor.posts if post.organisation_id})
    sides = {organisation_id: side_of(party, facts) for organisation_id, party in organisations.items()}
    return strongest_standing(actor, sides)


def programmes_of(actor: Actor) -> list[PairingRow]:
    """The programmes in which the actor stands somewhere."""
    return [row for row in programmes() if standing_in(row.id, actor) is not None]
