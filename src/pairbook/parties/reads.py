"""Questions on parties: a party by code or name, its lineage, the posts of a user."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from pairbook.kernel import clock
from pairbook.kernel.access import PUBLIC, Actor
from pairbook.kernel.access import Post as HeldPost
from pairbook.kernel.models import User
from pairbook.kernel.texts import Text
from pairbook.parties.models import Organisation, Party, Place, Post
from pairbook.parties.rules import PartyFacts


def actor_of(user_id: int | None) -> Actor:
    """Who a signed-in user is today, with the posts held today; the public for None."""
    if user_id is None:
        return PUBLIC
    user = User.objects.get(pk=user_id)
    today = clock.today()
    held = Post.objects.filter(user_id=user_id, since__lte=today).exclude(until__lt=today)
    return Actor(
        user_id=user_id,
        name=user.display_name or user.username,
        posts=tuple(HeldPost(post.organisation_id or 0, post.role) for post in held.order_by("id")),
    )


def parties_known(ids: Iterable[int]) -> dict[int, PartyFacts]:
    """What rules need to know of these parties, by id, in one query."""
    rows = Party.objects.filter(pk__in=set(ids)).values_list(
        "id", "code", "name_zh", "name_en", "sort", "lineage"
    )
    return {
        party_id: PartyFacts(party_id, code, Text(zh, en), sort, frozenset(filter(None, lineage.split("/"))))
        for party_id, code, zh, en, sort, lineage in rows
    }


def party_ids_named(names: Iterable[str]) -> dict[str, list[int]]:
    """For each name or code somebody wrote, the ids of the parties it may mean (places in force first)."""
    wanted = list(set(names))
    found = (
        Party.objects.filter(Q(code__in=wanted) | Q(name_zh__in=wanted) | Q(name_en__in=wanted))
        .filter(Q(place=None) | Q(place__valid_to_year=None))
        .values_list("id", "code", "name_zh", "name_en")
    )
    named: dict[str, list[int]] = {name: [] for name in wanted}
    for party_id, *words in found.order_by("id"):
        for word in {word for word in words if word in named}:
            named[word].append(party_id)
    return named


def party_of_code(code: str) -> PartyFacts | None:
    """The party in force with this code, or None."""
    ids = (
        Party.objects.filter(code=code).filter(Q(place=None) | Q(place__valid_to_year=None)).values_list("id")
    )
    for (party_id,) in ids.order_by("-id")[:1]:
        return parties_known([party_id])[party_id]
    return None


def place_in_year(code: str, year: int) -> PartyFacts | None:
    """The place that bore this code in that year, or None."""
    rows = Place.objects.filter(party__code=code, valid_from_year__lte=year).exclude(valid_to_year__lte=year)
    for place in rows.order_by("-valid_from_year")[:1]:
        return parties_known([place.pk])[place.pk]
    return None


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """An organisation as lists show it."""

    id: int
    code: str
    name: Text
    type: str
    place: Text


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place somebody added, with the place above it."""

    code: str
    name: Text
    level: str
    above: Text


@dataclass(frozen=True, slots=True)
class PostRow:
    """A user with one post; a user without any has an empty role."""

    user_id: int
    username: str
    name: str
    role: str
    organisation: Text | None
    since: date | None
    until: date | None


def organisations() -> list[OrganisationRow]:
    """All organisations, by place and code."""
    rows = Organisation.objects.select_related("party", "place__party").order_by(
        "party__lineage", "party__code"
    )
    return [
        OrganisationRow(
            id=row.party_id,
            code=row.party.code,
            name=Text(row.party.name_zh, row.party.name_en),
            type=row.type,
            place=Text(row.place.party.name_zh, row.place.party.name_en),
        )
        for row in rows
    ]


def places_below_county() -> list[PlaceRow]:
    """The townships and villages somebody added; the table of divisions ends at the county."""
    rows = Place.objects.filter(level__in=("township", "village")).select_related("party", "parent__party")
    return [
        PlaceRow(
            code=row.party.code,
            name=Text(row.party.name_zh, row.party.name_en),
            level=row.level,
            above=Text(row.parent.party.name_zh, row.parent.party.name_en) if row.parent else Text("", ""),
        )
        for row in rows.order_by("party__lineage")
    ]


def users_with_posts() -> list[PostRow]:
    """Every user with each of the posts held, by user name."""
    rows = []
    users = User.objects.order_by("username").prefetch_related("posts__organisation__party")
    for user in users:
        name = user.display_name or user.username
        held = sorted(user.posts.all(), key=lambda post: post.pk)
        for post in held:
            party = post.organisation.party if post.organisation else None
            organisation = Text(party.name_zh, party.name_en) if party else None
            rows.append(
                PostRow(user.pk, user.username, name, post.role, organisation, post.since, post.until)
            )
        if not held:
            rows.append(PostRow(user.pk, user.username, name, "", None, None, None))
    return rows
