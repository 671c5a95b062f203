"""Writes on parties: load the tables of reference, add places, organisations and posts, note what was published."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from pairbook.kernel import clock
from pairbook.kernel.actions import write_audit
from pairbook.kernel.problems import Problem, Rejected
from pairbook.kernel.quantities import Quantity
from pairbook.kernel.texts import Text
from pairbook.parties.divisions import table_rows
from pairbook.parties.models import Organisation, Party, Place, PlaceMeasure, PlaceStatus, Post
from pairbook.parties.poverty_list import LIST_CODE, LISTED_ON, ListedCounty, listed_counties
from pairbook.parties.rules import PLACE_MEASURES, check_measure, check_status, credit_code_problems

_BATCH = 1000
# SQLite takes 999 values in one statement by Django's reckoning.
_STATUS_BATCH = 80


@transaction.atomic
def load_divisions() -> int:
    """How many divisions were added from the project's own table (1981 to 2026); 0 when they are there already."""
    if Place.objects.exists():
        return 0
    rows = table_rows("divisions")
    above = {row["code"]: row["parent_code"] for row in rows if not row["valid_to_year"]}
    parties = [
        Party(
            id=number,
            sort="place",
            code=row["code"],
            name_zh=row["name_zh"],
            name_en=row["name_en"],
            lineage=_lineage(row["code"], row["parent_code"], above),
        )
        for number, row in enumerate(rows, start=1)
    ]
    # The party ids are given here so that the 6,800 places need no look-up; the sequence follows by itself
    # on SQLite and is set on PostgreSQL below.
    in_force = {row["code"]: number for number, row in enumerate(rows, start=1) if not row["valid_to_year"]}
    places = [
        Place(
            party_id=number,
            level=row["level"],
            parent_id=in_force.get(row["parent_code"]),
            valid_from_year=int(row["valid_from_year"]),
            valid_to_year=int(row["valid_to_year"]) if row["valid_to_year"] else None,
            successor_codes=row["successor_codes"],
        )
        for number, row in enumerate(rows, start=1)
    ]
    Party.objects.bulk_create(parties, batch_size=_BATCH)
    Place.objects.bulk_create(places, batch_size=_BATCH)
    _reset_sequence()
    write_audit("place.load", "places", {"rows": len(rows)}, by=None)
    return len(rows)


def _lineage(code: str, parent_code: str, above: dict[str, str]) -> str:
    codes = [code]
    while parent_code:
        codes.append(parent_code)
        parent_code = above[parent_code]
    return "/" + "/".join(reversed(codes)) + "/"


def _reset_sequence() -> None:
    connection = transaction.get_connection()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence('parties_party', 'id'), (SELECT max(id) FROM parties_party))"
            )


@transaction.atomic
def add_place(*, code: str, name: Text, level: str, parent_id: int, by: int | None) -> int:
    """The party id of a new place below a known one, such as a township or a village."""
    if Party.objects.filter(code=code).exists():
        raise Rejected([_code_taken(code)])
    above = Party.objects.get(pk=parent_id)
    party = Party.objects.create(
        sort="place",
        code=code,
        name_zh=name.zh,
        name_en=name.en,
        lineage=f"{above.lineage}{code}/",
        is_sample=clock.is_sample(),
    )
    Place.objects.create(party=party, level=level, parent_id=parent_id, valid_from_year=clock.today().year)
    write_audit("place.add", f"party:{party.pk}", {"code": code, "zh": name.zh, "level": level}, by=by)
    return party.pk


@transaction.atomic
def add_organisation(
    *, code: str, name: Text, type: str, place_id: int, by: int | None, credit_code: str = ""
) -> int:
    """The party id of a new organisation in a place."""
    problems = credit_code_problems(credit_code)
    if Party.objects.filter(code=code).exists():
        problems.append(_code_taken(code))
    if problems:
        raise Rejected(problems)
    party = Party.objects.create(
        sort="organisation",
        code=code,
        name_zh=name.zh,
        name_en=name.en,
        lineage=Party.objects.get(pk=place_id).lineage,
        is_sample=clock.is_sample(),
    )
    Organisation.objects.create(party=party, type=type, place_id=place_id, credit_code=credit_code)
    write_audit("organisation.add", f"party:{party.pk}", {"code": code, "zh": name.zh, "type": type}, by=by)
    return party.pk


@transaction.atomic
def add_post(
    *, user_id: int, role: str, organisation_id: int | None, by: int | None, since: date | None = None
) -> int:
    """The id of a new post of a user."""
    if role != "administrator" and organisation_id is None:
        cure = Text("请选择任职单位。", "Choose the organisation of the post.")
        raise Rejected([Problem("post.organisation", Text("单位", "Organisation"), cure)])
    post = Post.objects.create(
        user_id=user_id, role=role, organisation_id=organisation_id, since=since or clock.today()
    )
    write_audit("post.add", f"user:{user_id}", {"role": role, "organisation": organisation_id}, by=by)
    return post.pk


@transaction.atomic
def note_place_status(
    *,
    place_id: int,
    list_code: str,
    listed_on: date,
    announcement: Text,
    source: str,
    by: int | None,
    delisted_on: date | None = None,
    publisher: str = "",
    note: str = "",
    replaces_id: int | None = None,
) -> int:
    """The id of a place's standing on a list as announced; `replaces_id` names the row it takes the place of.

    A county that leaves a list gets a newer row with the day it left, so the book still knows what it knew before.
    """
    problems = check_status(
        list_code=list_code,
        listed_on=listed_on,
        delisted_on=delisted_on,
        announcement=announcement,
        source=source,
    )
    held = PlaceStatus.objects.filter(place_id=place_id, list_code=list_code)
    problems += _check_replaced(held, replaces_id, is_same=Q(listed_on=listed_on))
    if problems:
        raise Rejected(problems)
    row = PlaceStatus.objects.create(
        place_id=place_id,
        list_code=list_code,
        listed_on=listed_on,
        delisted_on=delisted_on,
        announcement_zh=announcement.zh,
        announcement_en=announcement.en,
        publisher=publisher,
        source=source,
        note=note,
        replaces_id=replaces_id,
        noted_at=clock.now(),
        noted_by_id=by,
    )
    body = {"list": list_code, "listed": listed_on, "delisted": delisted_on, "replaces": replaces_id}
    write_audit("place_status.note", f"party:{place_id}", body, by=by)
    return row.pk


@transaction.atomic
def note_place_measure(
    *,
    place_id: int,
    code: str,
    as_of: date,
    value: Decimal,
    source: str,
    by: int | None,
    publisher: str = "",
    published_on: date | None = None,
    replaces_id: int | None = None,
) -> int:
    """The id of a number published of a place as of a day; `replaces_id` names the row it corrects."""
    problems = check_measure(code=code, steps=0, source=source)
    steps = 0
    if code in PLACE_MEASURES:
        try:
            steps = Quantity.of(value, PLACE_MEASURES[code].unit).steps
        except ValueError:
            problems.append(_too_fine(value))
        else:
            problems = check_measure(code=code, steps=steps, source=source)
    held = PlaceMeasure.objects.filter(place_id=place_id, code=code)
    problems += _check_replaced(held, replaces_id, is_same=Q(as_of=as_of, source=source))
    if problems:
        raise Rejected(problems)
    row = PlaceMeasure.objects.create(
        place_id=place_id,
        code=code,
        as_of=as_of,
        steps=steps,
        publisher=publisher,
        source=source,
        published_on=published_on,
        replaces_id=replaces_id,
        noted_at=clock.now(),
        noted_by_id=by,
    )
    body = {"code": code, "as_of": as_of, "value": value, "source": source, "replaces": replaces_id}
    write_audit("place_measure.note", f"party:{place_id}", body, by=by)
    return row.pk


def _too_fine(value: Decimal) -> Problem:
    cure = Text("请写整数；比率最多两位小数。", "Write a whole number; a rate has at most two decimals.")
    return Problem("place_measure.value", Text("数值", "Value"), cure, value=str(value))


def _check_replaced(held: QuerySet[Any], replaces_id: int | None, *, is_same: Q) -> list[Problem]:
    """A first row is noted once; a newer one takes the place of a row of the same place and sort, and only once."""
    where = Text("替换哪一条", "Replaces")
    if replaces_id is None:
        if not held.filter(is_same, replaces=None).exists():
            return []
        cure = Text(
            "已经登记过；如有变动，请指明替换哪一条。", "It is noted already; name the row to replace."
        )
    else:
        if held.filter(pk=replaces_id, replaced_by=None).exists():
            return []
        cure = Text(
            "请指明同一地方、同一项目的现行一条。",
            "Name the row in force of the same place and the same sort.",
        )
    return [Problem("noted.replaces", where, cure, value=str(replaces_id or ""))]


@transaction.atomic
def load_poverty_list() -> int:
    """How many rows were noted from the project's own table of the 832 counties; 0 when the book knows them all.

    Noted is what had been announced by today, so a book that asks again later notes the exits since. What somebody
    noted by hand stays as it is.
    """
    counties = listed_counties(clock.today())
    ids = _place_ids(counties)
    held = {row.place_id: row for row in PlaceStatus.objects.filter(list_code=LIST_CODE, replaced_by=None)}
    fresh = []
    for county in counties:
        known = held.get(ids[county.place_code])
        if known is None or (known.delisted_on is None and county.delisted_on is not None):
            fresh.append(_status_of(county, ids[county.place_code], known))
    PlaceStatus.objects.bulk_create(fresh, batch_size=_STATUS_BATCH)
    if fresh:
        write_audit("place_status.load", LIST_CODE, {"rows": len(fresh)}, by=None)
    return len(fresh)


def _place_ids(counties: list[ListedCounty]) -> dict[str, int]:
    """The places in force by code; a committee without a civil code is added when first met."""
    codes = [county.place_code for county in counties]
    in_force = Place.objects.filter(party__code__in=codes, valid_to_year=None)
    found = dict(in_force.values_list("party__code", "pk"))
    for county in counties:
        if county.committee is not None and county.place_code not in found:
            found[county.place_code] = _add_committee(county.place_code, county.committee)
    return found


def _add_committee(code: str, name: Text) -> int:
    above = Place.objects.select_related("party").get(party__code=code.split("-")[0], valid_to_year=None)
    party = Party.objects.create(
        sort="place", code=code, name_zh=name.zh, name_en=name.en, lineage=f"{above.party.lineage}{code}/"
    )
    Place.objects.create(party=party, level="county", parent=above, valid_from_year=LISTED_ON.year)
    return party.pk


def _status_of(county: ListedCounty, place_id: int, known: PlaceStatus | None) -> PlaceStatus:
    return PlaceStatus(
        place_id=place_id,
        list_code=LIST_CODE,
        listed_on=known.listed_on if known else LISTED_ON,
        delisted_on=county.delisted_on,
        announcement_zh=county.announcement.zh,
        announcement_en=county.announcement.en,
        publisher=county.publisher,
        source=county.source,
        note=county.note,
        replaces=known,
        noted_at=clock.now(),
    )


def _code_taken(code: str) -> Problem:
    cure = Text("这个代码已被使用，请换一个。", "This code is taken; choose another.")
    return Problem("party.code", Text("代码", "Code"), cure, value=code)
