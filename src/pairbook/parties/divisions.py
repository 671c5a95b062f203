"""The names of provinces, prefectures and counties in the project's own table of divisions, past ones included.

A text may name any of them, also in a book that has no other use for the place.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

from pairbook.kernel.texts import Text


@dataclass(frozen=True, slots=True)
class Division:
    """One row of the table."""

    code: str
    level: str
    name: Text


def table_rows(name: str) -> list[dict[str, str]]:
    """The rows of one of this room's tables of reference."""
    with resources.files("pairbook.parties").joinpath(f"data/{name}.csv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@cache
def divisions() -> tuple[Division, ...]:
    """Every province, prefecture and county, those in force first, each name of a place once."""
    rows = sorted(table_rows("divisions"), key=lambda row: bool(row["valid_to_year"]))
    named = {
        (row["level"], row["name_zh"]): Division(
            row["code"], row["level"], Text(row["name_zh"], row["name_en"])
        )
        for row in reversed(rows)
        if row["level"] != "country"
    }
    return tuple(reversed(named.values()))
