"""Questions on parties: a party by code or name, its lineage, the posts of a user, what was published of a place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, QuerySet

from pairbook.kernel import clock
from pairbook.kernel.access import PUBLIC, Actor
from pairbook.kernel.access import Post as HeldPost
from pairbook.kernel.models import User
from pairbook.kernel.quantities import Quantity
from pairbook.kernel.texts import Text, same
from pairbook.parties.models import Organisation, Party, Place, PlaceMeasure, PlaceStatus, Post
from pairbook.parties.rules import PLACE_MEASURES, PartyFacts


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
class PlaceOpened:
    """A place in force with the places above it, the country first."""

    id: int
    code: str
    name: Text
    level: str
    above: tuple[tuple[str, Text], ...]


def open_place(code: str) -> PlaceOpened | None:
    """The place in force with this code, or None."""
    rows = Place.objects.filter(party__code=code, valid_to_year=None).select_related("party")
    for place in rows.order_by("-pk")[:1]:
        codes = [one for one in place.party.lineage.strip("/").split("/") if one != code]
        named = Party.objects.filter(code__in=codes, place__valid_to_year=None)
        names = {one: Text(zh, en) for one, zh, en in named.values_list("code", "name_zh", "name_en")}
        above = tuple((one, names[one]) for one in codes if one in names)
        name = Text(place.party.name_zh, place.party.name_en)
        return PlaceOpened(place.pk, code, name, place.level, above)
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


def post_on(user_id: int, day: date) -> tuple[Text, str] | None:
    """The organisation and the role of the first post somebody held in an organisation on a day; None for none."""
    held = Post.objects.filter(user_id=user_id, since__lte=day).exclude(until__lt=day)
    held = held.exclude(organisation=None).select_related("organisation__party").order_by("id")
    for post in held[:1]:
        assert post.organisation is not None
        return Text(post.organisation.party.name_zh, post.organisation.party.name_en), post.role
    return None


@dataclass(frozen=True, slots=True)
class StatusRow:
    """A place on a list, as announced."""

    id: int
    place_code: str
    name: Text
    province: Text
    list_code: str
    listed_on: date
    delisted_on: date | None
    """The first day off the list; None while it is on it."""
    announcement: Text
    publisher: str
    source: str
    note: str


def _as_known(rows: "QuerySet[Any]", known_at: datetime | None) -> "QuerySet[Any]":
    """The rows that no newer one had replaced, now or as the book knew them at a moment."""
    if known_at is None:
        return rows.filter(replaced_by=None)
    replaced = rows.model._default_manager.filter(replaces__isnull=False, noted_at__lte=known_at)
    return rows.filter(noted_at__lte=known_at).exclude(pk__in=replaced.values("replaces_id"))


def holds_list(list_code: str, *, known_at: datetime | None = None) -> bool:
    """Whether the book knows, or knew, any place on this list: without it none is no answer."""
    return _as_known(PlaceStatus.objects.filter(list_code=list_code), known_at).exists()


def places_on_list(
    list_code: str, scope_code: str, day: date, *, known_at: datetime | None = None
) -> list[StatusRow]:
    """The places inside `scope_code`, itself included, that were on the list on the day, by code."""
    rows = _listed_in(list_code, scope_code, known_at)
    return _status_rows(rows.filter(listed_on__lte=day).filter(Q(delisted_on=None) | Q(delisted_on__gt=day)))


def places_taken_off(
    list_code: str, scope_code: str, first: date, last: date, *, known_at: datetime | None = None
) -> list[StatusRow]:
    """The places inside `scope_code` that left the list from `first` to `last`, both days counted, by code."""
    return _status_rows(_listed_in(list_code, scope_code, known_at).filter(delisted_on__range=(first, last)))


def statuses_of(place_id: int) -> list[StatusRow]:
    """The lists a place is or was on, oldest first."""
    return _status_rows(_as_known(PlaceStatus.objects.filter(place_id=place_id), None).order_by("listed_on"))


def _listed_in(list_code: str, scope_code: str, known_at: datetime | None) -> "QuerySet[Any]":
    rows = PlaceStatus.objects.filter(list_code=list_code, place__party__lineage__contains=f"/{scope_code}/")
    return _as_known(rows, known_at).order_by("place__party__lineage")


def _status_rows(rows: "QuerySet[Any]") -> list[StatusRow]:
    found = list(rows.select_related("place__party"))
    provinces = {row.pk: _province_code(row.place.party.lineage) for row in found}
    named = Party.objects.filter(code__in=set(provinces.values()), place__valid_to_year=None)
    names = {code: Text(zh, en) for code, zh, en in named.values_list("code", "name_zh", "name_en")}
    return [
        StatusRow(
            id=row.pk,
            place_code=row.place.party.code,
            name=Text(row.place.party.name_zh, row.place.party.name_en),
            province=names.get(provinces[row.pk], same("")),
            list_code=row.list_code,
            listed_on=row.listed_on,
            delisted_on=row.delisted_on,
            announcement=Text(row.announcement_zh, row.announcement_en),
            publisher=row.publisher,
            source=row.source,
            note=row.note,
        )
        for row in found
    ]


def _province_code(lineage: str) -> str:
    codes = lineage.strip("/").split("/")
    return codes[1] if len(codes) > 1 else codes[0]


@dataclass(frozen=True, slots=True)
class ListDay:
    """A day on which places left a list, how many, and how many were left on it afterwards."""

    day: date
    left: int
    remaining: int


def list_days(list_code: str, scope_code: str) -> list[ListDay]:
    """The days on which the list changed inside `scope_code`, oldest first; the first is when places were listed."""
    rows = list(_listed_in(list_code, scope_code, None).values_list("listed_on", "delisted_on"))
    days = sorted({day for row in rows for day in row if day is not None})
    return [
        ListDay(
            day=day,
            left=sum(left_on == day for _, left_on in rows),
            remaining=sum(on <= day and (left_on is None or left_on > day) for on, left_on in rows),
        )
        for day in days
    ]


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A number published of a place, and the day it is of."""

    id: int
    code: str
    as_of: date
    value: Decimal
    unit: str
    source: str
    publisher: str
    published_on: date | None

    @property
    def words(self) -> Text:
        """The number with its unit."""
        return Quantity.of(self.value, self.unit).words


def measures_of(place_id: int, *, known_at: datetime | None = None) -> list[MeasureRow]:
    """Everything published of a place, by indicator and then by day, of one day the last published last."""
    rows = _as_known(PlaceMeasure.objects.filter(place_id=place_id), known_at)
    found = [
        _measure_row(row) for row in rows.order_by("as_of", F("published_on").asc(nulls_first=True), "pk")
    ]
    order = list(PLACE_MEASURES)
    return sorted(found, key=lambda row: order.index(row.code))


def measure_on(place_id: int, code: str, day: date, *, known_at: datetime | None = None) -> MeasureRow | None:
    """The last value published as of a day up to `day`; it says of which day it is. None where there is none."""
    rows = [row for row in measures_of(place_id, known_at=known_at) if row.code == code and row.as_of <= day]
    return rows[-1] if rows else None


def _measure_row(row: PlaceMeasure) -> MeasureRow:
    unit = PLACE_MEASURES[row.code].unit
    return MeasureRow(
        id=row.pk,
        code=row.code,
        as_of=row.as_of,
        value=Quantity(row.steps, unit).amount,
        unit=unit,
        source=row.source,
        publisher=row.publisher,
        published_on=row.published_on,
    )
