"""The sheets of the sample, read row by row; an empty cell is an empty text."""

import csv
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from importlib import resources

from pairbook.kernel.kinds import kinds_offering
from pairbook.kernel.money import Money
from pairbook.kernel.periods import BOOK_ZONE
from pairbook.kernel.quantities import Quantity
from pairbook.kernel.texts import Text
from pairbook.register.rules import Draft
from pairbook.register.shapes import Record

Row = dict[str, str]
_FOLDER = resources.files("pairbook.config.sample")


def sheet(name: str) -> list[Row]:
    """The rows of one sheet, by column."""
    with _FOLDER.joinpath(f"data/{name}.csv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def facts_text() -> str:
    """The project's own copy of the published facts."""
    return _FOLDER.joinpath("facts.json").read_text(encoding="utf-8")


def entry_rows() -> Iterator[tuple[str, Record, Row]]:
    """Every row of every kind's sheet of entries, with the kind's code; a kind without a sheet has no sample yet."""
    for kind, record in kinds_offering(Record):
        if _FOLDER.joinpath(f"data/entries/{kind.code}.csv").is_file():
            for row in sheet(f"entries/{kind.code}"):
                yield kind.code, record, row


def named(row: Row) -> Text:
    """The name of a row in both languages."""
    return Text(row["name_zh"], row["name_en"])


@cache
def names_in_sheets() -> dict[str, str]:
    """The Chinese name behind every code in the sheets, as a paper would print it."""
    named_sheets = ("places", "organisations", "funds", "items", "campaigns", "projects")
    names = {row["code"]: row["name_zh"] for name in named_sheets for row in sheet(name)}
    return {"120118": "天津市静海区", "621027": "甘肃省镇原县", **names}


def moment(cell: str) -> datetime:
    """A moment as a clerk writes it, "2020-03-04 09:40", where the book is kept."""
    return datetime.fromisoformat(cell).replace(tzinfo=BOOK_ZONE)


def morning_of(day: date) -> datetime:
    """The hour an office opens."""
    return datetime(day.year, day.month, day.day, 9, tzinfo=BOOK_ZONE)


def money(cell: str) -> Money | None:
    """An amount in yuan, or nothing."""
    return Money.of(Decimal(cell)) if cell else None


def quantity(cell: str, unit: str) -> Quantity | None:
    """A quantity in the unit written beside it, or nothing."""
    return Quantity.of(Decimal(cell), unit) if cell else None


def part(row: Row, record: Record) -> Money | Quantity | None:
    """The part of the amount that the kind tells apart, in money or in the unit of the whole, or nothing."""
    cell = row.get("of_which", "")
    is_money = record.subset is not None and record.subset.of == "money"
    return money(cell) if is_money else quantity(cell, row.get("unit", ""))


def details(row: Row, record: Record) -> dict[str, str | int]:
    """What only the row's kind has, from the columns named like its details."""
    held = {detail: row[detail.code] for detail in record.details if row.get(detail.code)}
    return {detail.code: int(cell) if detail.sort == "whole" else cell for detail, cell in held.items()}


def draft_of(
    kind: str,
    record: Record,
    row: Row,
    *,
    pairings: dict[str, int],
    parties: dict[str, int],
    funds: dict[str, int],
    projects: dict[str, int],
    entries: dict[str, int],
) -> Draft:
    """The draft a row stands for, given the ids that its codes and its number of an earlier row got in the book."""
    return Draft(
        pairing_id=pairings[row["pairing"]],
        kind=kind,
        stage=row["stage"],
        giver_id=parties[row["giver"]],
        receiver_id=parties[row["receiver"]],
        happened_on=date.fromisoformat(row["happened_on"]),
        money=money(row.get("money", "")),
        quantity=quantity(row.get("quantity", ""), row.get("unit", "")),
        of_which=part(row, record),
        fund_id=funds[row["fund"]] if row.get("fund") else None,
        item_code=row.get("item") or None,
        campaign_code=row.get("campaign") or None,
        project_id=projects[row["project"]] if row.get("project") else None,
        document_no=row["document_no"],
        note=row["note"],
        details=details(row, record),
        follows_id=entries[row["follows"]] if row.get("follows") else None,
    )
