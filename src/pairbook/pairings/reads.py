"""Questions on pairings: one by code, its children, who stands where in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Q

from pairbook.kernel.access import SIDES, Actor, Side, Standing
from pairbook.kernel.queries import as_day, rows_in
from pairbook.kernel.texts import Text
from pairbook.pairings.models import Pairing
from pairbook.pairings.rules import (
    PAIRING_LEVELS,
    PairingFacts,
    TwinningCounts,
    TwinningFacts,
    count_twinnings,
    home_side_of,
    side_of,
    strongest_standing,
)
from pairbook.parties.models import Party, Place
from pairbook.parties.reads import parties_known
from pairbook.parties.rules import PartyFacts


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
    assisted_code: str
    assisted_is_place: bool
    start_on: date
    end_on: date | None
    end_reason: str
    successor_code: str
    agreement: Text
    signed_on: date | None
    covers_households: int | None
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
            assisted_code=row.assisted.code,
            assisted_is_place=row.assisted.sort == "place",
            start_on=row.start_on,
            end_on=row.end_on,
            end_reason=row.end_reason,
            successor_code=row.successor.code if row.successor else "",
            agreement=Text(row.agreement_zh, row.agreement_en),
            signed_on=row.agreement_signed_on,
            covers_households=row.covers_households,
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


def family_of(pairing_id: int) -> list[PairingRow]:
    """The pairing and all pairings below it, each after the one above it; one query a level."""
    rows = _rows(Pairing.objects.filter(pk=pairing_id))
    fresh = rows
    while fresh:
        above = [row.id for row in fresh]
        fresh = _rows(Pairing.objects.filter(parent_id__in=above).order_by("start_on", "id"))
        rows = rows + fresh
    return rows


def family_ids(pairing_id: int) -> list[int]:
    """The pairing and all pairings below it: the scope a pairing's figures are counted over."""
    ids, fresh = [pairing_id], [pairing_id]
    while fresh:
        fresh = list(Pairing.objects.filter(parent_id__in=fresh).values_list("id", flat=True))
        ids += fresh
    return ids


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A place a pair reaches."""

    code: str
    name: Text


@dataclass(frozen=True, slots=True)
class TwinningRow:
    """A pairing below another, alive on a day, with the townships and villages its assisted side is or lies in."""

    pairing: PairingRow
    townships: tuple[PlaceName, ...]
    villages: tuple[PlaceName, ...]

    @property
    def facts(self) -> TwinningFacts:
        """What counting needs to know."""
        return TwinningFacts(
            level=self.pairing.level,
            assisting_id=self.pairing.assisting_id,
            assisted_id=self.pairing.assisted_id,
            townships=frozenset(place.code for place in self.townships),
            villages=frozenset(place.code for place in self.villages),
            covers_households=self.pairing.covers_households or 0,
        )


def twinnings_on(pairing_id: int, day: date, *, known_at: datetime | None = None) -> tuple[TwinningRow, ...]:
    """The pairings below this one that were alive on the day, by level, start and code.

    `known_at` leaves out what the book was told later, ends included.
    """
    below = family_of(pairing_id)[1:]
    ends_told = _ends_told([row.id for row in below], known_at)
    levels = list(PAIRING_LEVELS)
    living = [
        row
        for row in below
        if row.id in ends_told
        and row.start_on <= day
        and (row.end_on is None or row.end_on >= day or not ends_told[row.id])
    ]
    living.sort(key=lambda row: (levels.index(row.level), row.start_on, row.code))
    known = parties_known({row.assisted_id for row in living})
    reached = _places_below_county({code for party in known.values() for code in party.lineage})
    return tuple(
        TwinningRow(
            pairing=row if ends_told[row.id] else replace(row, end_on=None, end_reason="", successor_code=""),
            townships=_reached(reached["township"], known[row.assisted_id]),
            villages=_reached(reached["village"], known[row.assisted_id]),
        )
        for row in living
    )


def _ends_told(pairing_ids: Sequence[int], known_at: datetime | None) -> dict[int, bool]:
    """Which of these pairings the book knew at a moment, each with whether it knew of its end."""
    rows = Pairing.objects.filter(pk__in=pairing_ids).values_list("pk", "opened_at", "closed_at")
    return {
        pairing_id: known_at is None or closed_at is None or closed_at <= known_at
        for pairing_id, opened_at, closed_at in rows
        if known_at is None or opened_at is None or opened_at <= known_at
    }


def _places_below_county(codes: Iterable[str]) -> dict[str, dict[str, Text]]:
    """The names of the townships and of the villages among these codes, by level and code."""
    found: dict[str, dict[str, Text]] = {"township": {}, "village": {}}
    rows = Place.objects.filter(party__code__in=set(codes), level__in=found, valid_to_year=None)
    for level, code, zh, en in rows.values_list("level", "party__code", "party__name_zh", "party__name_en"):
        found[level][code] = Text(zh, en)
    return found


def _reached(places: Mapping[str, Text], party: PartyFacts) -> tuple[PlaceName, ...]:
    return tuple(PlaceName(code, places[code]) for code in sorted(party.lineage) if code in places)


def twinning_counts(pairing_id: int, day: date, *, known_at: datetime | None = None) -> TwinningCounts:
    """How many pairs were alive below a pairing on a day, by level, and how many different places they reached."""
    return count_twinnings([row.facts for row in twinnings_on(pairing_id, day, known_at=known_at)])


def pairings_of_place(place_code: str) -> list[PairingRow]:
    """The pairings in which the place itself is one of the two, and the programmes of places inside it."""
    own = Q(assisting__code=place_code) | Q(assisted__code=place_code)
    inside = Q(pk__in=programme_ids_of_place(place_code))
    return _rows(Pairing.objects.filter(own | inside).order_by("start_on", "id"))


def first_start(pairing_ids: Sequence[int]) -> date | None:
    """The day on which the first of these pairings began; None for none."""
    days = Pairing.objects.filter(pk__in=pairing_ids).order_by("start_on").values_list("start_on", flat=True)
    return days.first()


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
    return pairings_known([pairing_id])[0][pairing_id]


def pairings_known(
    ids: Iterable[int], *, party_ids: Iterable[int] = ()
) -> tuple[dict[int, PairingFacts], dict[int, PartyFacts]]:
    """What rules need to know of these pairings and of their parties and `party_ids`, by id, in two queries."""
    columns = "id, code, assisting_id, assisted_id, start_on, end_on"
    rows = rows_in(columns, "pairings_pairing", "id", ids)
    parties = parties_known({*party_ids, *(party for row in rows for party in row[2:4])})
    return (
        {
            pairing_id: PairingFacts(
                id=pairing_id,
                code=code,
                assisting=parties[assisting],
                assisted=parties[assisted],
                start_on=as_day(start_on) or date.min,
                end_on=as_day(end_on),
            )
            for pairing_id, code, assisting, assisted, start_on, end_on in rows
        },
        parties,
    )


def organisation_ids(actor: Actor) -> set[int]:
    """The organisations in which the actor holds posts."""
    return {post.organisation_id for post in actor.posts if post.organisation_id}


def standing_of(actor: Actor, pairing: PairingFacts, parties: Mapping[int, PartyFacts]) -> Standing | None:
    """What the actor is in a pairing; None for strangers and the public. `parties` holds the actor's organisations."""
    sides = {one: home_side_of(parties[one], pairing) for one in organisation_ids(actor) if one in parties}
    return strongest_standing(actor, sides)


def standing_in(pairing_id: int, actor: Actor) -> Standing | None:
    """What the actor is in this pairing; None for the public and for people of other pairs."""
    if not actor.posts:
        return None
    pairings, parties = pairings_known([pairing_id], party_ids=organisation_ids(actor))
    return standing_of(actor, pairings[pairing_id], parties)


def programmes_of(actor: Actor) -> list[PairingRow]:
    """The programmes in which the actor stands somewhere."""
    return [row for row in programmes() if standing_in(row.id, actor) is not None]


def parties_by_side(pairing_id: int) -> dict[Side, list[PartyFacts]]:
    """Who can give or receive on each side: its places, those above only it, and every organisation in them."""
    facts = pairing_facts(pairing_id)
    shared = facts.assisting.lineage & facts.assisted.lineage
    found: dict[Side, list[PartyFacts]] = {}
    for side in SIDES:
        main = facts.assisting if side == "assisting" else facts.assisted
        own = sorted(main.lineage - shared)
        inside = Q(lineage__contains=f"/{main.code}/")
        for code in own:
            inside |= Q(lineage__contains=f"/{code}/", sort="organisation") | Q(code=code, sort="place")
        known = parties_known(
            Party.objects.filter(inside)
            .filter(Q(place=None) | Q(place__valid_to_year=None))
            .values_list("id", flat=True)
        )
        ordered = sorted(known.values(), key=lambda party: (party.sort != "organisation", party.code))
        found[side] = [party for party in ordered if side_of(party, facts) == side]
    return found
