"""Writes on parties: load the table of divisions, add places, organisations and posts."""

import csv
from datetime import date
from importlib import resources

from django.db import transaction

from pairbook.kernel import clock
from pairbook.kernel.actions import write_audit
from pairbook.kernel.problems import Problem, Rejected
from pairbook.kernel.texts import Text
from pairbook.parties.models import Organisation, Party, Place, Post
from pairbook.parties.rules import credit_code_problems

_BATCH = 1000


@transaction.atomic
def load_divisions() -> int:
    """How many divisions were added from the project's own table (1981 to 2026); 0 when they are there already."""
    if Place.objects.exists():
        return 0
    with resources.files("pairbook.parties").joinpath("data/divisions.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
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


def _code_taken(code: str) -> Problem:
    cure = Text("这个代码已被使用，请换一个。", "This code is taken; choose another.")
    return Problem("party.code", Text("代码", "Code"), cure, value=code)
