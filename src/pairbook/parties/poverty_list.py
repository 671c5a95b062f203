"""The project's own table of the 832 poor counties of 2014, row by row, and what it does not say: days and committees.

Its origin and its caution stand in `data/NOTICE`.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib import resources

from pairbook.kernel.texts import Text
from pairbook.parties.rules import PLACE_LISTS

LIST_CODE = "national-2014"
# Of the table only years are known: counted from the last day of the year (CONTRACT section 9). Zhenyuan's exit has
# its announcement.
LISTED_ON = date(2014, 12, 31)
# What is said of the others describes the announcement; its own words are not in the table.
_ANNOUNCED = {
    "621027": (
        date(2020, 11, 21),
        Text(
            "甘肃省宣布镇原县等8个县退出贫困县",
            "Gansu announced that Zhenyuan and seven other counties leave the list",
        ),
        "甘肃省 / Gansu Province",
        "中国日报网，2020年11月21日 / China Daily website, 21 November 2020",
    )
}
_LISTING = Text("全国832个贫困县名单公布", "The national list of 832 poor counties announced")
_SOURCE = "项目自带的832县对照表 / the project's own table of the 832 counties"
_ONLY_YEAR = Text("只知道年份，按当年12月31日计", "only the year is known: counted from 31 December")
# No register of divisions has these; the names in English are ours.
_COMMITTEES = {
    "632800-dachaidan": Text("大柴旦行政委员会", "Dachaidan Administrative Committee"),
    "632800-lenghu": Text("冷湖行政委员会", "Lenghu Administrative Committee"),
    "632800-mangya": Text("茫崖行政委员会", "Mangya Administrative Committee"),
}


@dataclass(frozen=True, slots=True)
class ListedCounty:
    """A county of the table with what had been announced of it by a day."""

    place_code: str
    delisted_on: date | None
    announcement: Text
    publisher: str
    source: str
    note: str
    committee: Text | None
    """The name of an administrative committee, which the table of divisions does not have."""


def listed_counties(today: date) -> list[ListedCounty]:
    """All 832 with what had been announced by `today`; nothing before the list was there."""
    if today < LISTED_ON:
        return []
    with (
        resources.files("pairbook.parties")
        .joinpath("data/poverty_counties.csv")
        .open(encoding="utf-8") as lines
    ):
        return [_county(row, today) for row in csv.DictReader(lines)]


def _county(row: dict[str, str], today: date) -> ListedCounty:
    code, year = row["place_code"], row["delisted_year"]
    year_end = date(int(year), 12, 31)
    exit_title = Text(
        f"{year}年退出贫困县的公告", f"Announcement of the counties that left the list in {year}"
    )
    publisher = PLACE_LISTS[LIST_CODE].publisher
    known = _ANNOUNCED.get(code, (year_end, exit_title, publisher, _SOURCE))
    has_left = known[0] <= today
    left_on, announcement, publisher, source = known if has_left else (None, _LISTING, publisher, _SOURCE)
    notes = [] if has_left and code in _ANNOUNCED else [_ONLY_YEAR]
    return ListedCounty(
        place_code=code,
        delisted_on=left_on,
        announcement=announcement,
        publisher=publisher,
        source=source,
        note=" / ".join(filter(None, _joined(notes, row["note"]))),
        committee=_COMMITTEES.get(code),
    )


def _joined(notes: list[Text], typed: str) -> Iterator[str]:
    zh, _, en = typed.partition(" / ")
    yield "；".join([*(note.zh for note in notes), *([zh] if zh else [])])
    yield "; ".join([*(note.en for note in notes), *([en] if en else [])])
