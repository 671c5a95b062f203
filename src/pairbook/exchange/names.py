"""What names in a workbook may stand for, asked in batches."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from pairbook.exchange.rows import Catalogue, Table, cell_text
from pairbook.exchange.rules import NO, YES
from pairbook.pairings.reads import PairingRow
from pairbook.parties.reads import parties_known, party_ids_named
from pairbook.projects.shapes import GOAL_SORTS, NATURES, SOURCES
from pairbook.projects.uses import USES
from pairbook.register.reads import funds_of

Thing = TypeVar("Thing")

# One query names at most so many things: SQLite takes 32,766 parameters, three for each name.
ASKED_AT_ONCE = 5_000


def party_ids_by_name(names: Iterable[str]) -> dict[str, list[int]]:
    """For each name or code the parties it may mean, asked in batches."""
    found: dict[str, list[int]] = {}
    for some in batches(sorted(set(names))):
        found |= party_ids_named(some)
    return found


def batches(things: Sequence[Thing]) -> Iterator[Sequence[Thing]]:
    """The things in runs that one query may name."""
    for start in range(0, len(things), ASKED_AT_ONCE):
        yield things[start : start + ASKED_AT_ONCE]


def parts_asked(texts: Iterable[str]) -> set[str]:
    """What to ask for: each text, and of "name [code]" and of a code written with blanks its parts too."""
    return {part for text in texts if text for part in (text, *text.rstrip("]").split(" [", 1))}


def library_catalogue(
    pairing: PairingRow, family: Sequence[PairingRow], tables: Iterable[Table]
) -> Catalogue:
    """What the names in the sheets may stand for, gathered in a few queries."""
    catalogue = Catalogue()
    for use in USES.values():
        catalogue.add("use", (use.code, use.label.zh, use.label.en), use.code)
    for code, label in NATURES.items():
        catalogue.add("nature", (code, label.zh, label.en, label.zh.split("（")[0]), code)
    for code, source in SOURCES.items():
        catalogue.add("source", (code, source.label.zh, source.label.en), code)
    for code, sort in GOAL_SORTS.items():
        catalogue.add("goal_sort", (code, sort.label.zh, sort.label.en), code)
    for words, is_so in (((YES.zh, YES.en, "√"), True), ((NO.zh, NO.en), False)):
        catalogue.add("yes_no", words, is_so)
    for row in family:
        catalogue.add("pairing", (row.code,), row.id)
    for fund in funds_of([row.id for row in family]):
        catalogue.add("fund", (fund.code, fund.name.zh, fund.name.en), fund.code)
    written = (
        cell_text(cells.get(code))
        for table in tables
        for _, cells in table.rows
        for code in ("place", "responsible")
    )
    _add_parties(catalogue, pairing, written)
    return catalogue


def _add_parties(catalogue: Catalogue, pairing: PairingRow, written: Iterable[str]) -> None:
    """The parties these texts may name; of several of one name those of the assisted side are meant."""
    meant = party_ids_by_name(parts_asked(written))
    known = parties_known(one for ids in meant.values() for one in ids)
    for word, ids in meant.items():
        inside = [one for one in ids if pairing.assisted_code in known[one].lineage]
        for one in inside or ids:
            party = known[one]
            catalogue.add("party", (word, party.code), one)
