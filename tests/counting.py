"""Counting cases that a clerk can read: what was recorded, and what each figure then is.

They stand in `<kind>/tests/cases/*.yaml`, each with its name, input, expected value and source.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

from pairbook.households.rules import PersonDraft
from pairbook.indicators.reads import address_of, figure
from pairbook.kernel.access import Actor
from pairbook.kernel.kinds import kind_packages
from pairbook.kernel.money import Money
from pairbook.kernel.problems import Refusal
from pairbook.kernel.quantities import Quantity
from pairbook.kernel.texts import Text
from pairbook.register.actions import (
    Attendance,
    add_item,
    confirm_entry,
    correct_entry,
    dispute_entry,
    list_people,
    record_entry,
    withdraw_entry,
)
from pairbook.register.reads import funds_of, items
from pairbook.register.rules import Draft
from tests.cases import cases_in
from tests.world import PROGRAMME, World, a_draft_with_its_chain, a_fund, answerer_of, recorder_of, the_world


@dataclass(frozen=True, slots=True)
class Case:
    """One counting case of a kind."""

    kind: str
    name: str
    input: tuple[dict[str, Any], ...]
    expected: dict[str, int | str]
    """By address without the pairing: a value in base units, or `refused` and the code of the refusal."""
    source: str


def cases_of(folder: Path, kind: str) -> list[Case]:
    """The counting cases a kind's folder holds."""
    return [
        Case(kind, one["name"], tuple(one["input"]), one["expected"], one["source"])
        for path in sorted(folder.glob("tests/cases/*.yaml"))
        for one in cases_in(path)
    ]


def all_cases() -> Iterator[Case]:
    """The counting cases of every kind."""
    for package in kind_packages():
        module = import_module(f"{package}.kind")
        yield from cases_of(Path(str(module.__file__)).parent, module.KIND.code)


def counted(case: Case) -> dict[str, int | str]:
    """What each figure of a case is, once its input is recorded."""
    world, ids = the_world(), list[int]()
    for line in case.input:
        ids.append(_record(world, case.kind, line, ids))
    return {rest: _counted(rest) for rest in case.expected}


def _counted(rest: str) -> int | str:
    try:
        value = figure(address_of(f"{PROGRAMME}/{rest}")).value
    except Refusal as refusal:
        return f"refused {refusal.code}"
    assert value == int(value)
    return int(value)


def _record(world: World, kind: str, line: dict[str, Any], ids: list[int]) -> int:
    draft = a_draft_with_its_chain(
        line.get("kind", kind), line.get("stage"), **dict(_changes(world, line, ids))
    )
    by: Actor = world.cast[line["by"]] if "by" in line else recorder_of(draft)
    entry = record_entry(draft, by=by)
    _afterwards(entry, draft, line, by)
    return entry


def _changes(world: World, line: dict[str, Any], ids: list[int]) -> Iterator[tuple[str, Any]]:
    """The columns of a draft that a line of a case gives."""
    yield "happened_on", line["day"]
    if "yuan" in line:
        yield "money", Money.of(line["yuan"])
    if "quantity" in line:
        amount, unit = line["quantity"].split()
        yield "quantity", Quantity.of(amount, unit)
    if "part" in line:
        amount, unit = line["part"].split()
        yield "of_which", Money.of(amount) if unit == "yuan" else Quantity.of(amount, unit)
    if "item" in line:
        unit = line["quantity"].split()[1] if "quantity" in line else line["unit"]
        yield "item_code", _item(line["item"], unit)
    if "nature" in line:
        yield "fund_id", _fund(world, line["nature"], line.get("tier", ""), line.get("year", 2020))
    if "campaign" in line:
        yield "campaign_code", line["campaign"]
    if "follows" in line:
        yield "follows_id", ids[line["follows"] - 1]
    for column, name in (("giver_id", "from"), ("receiver_id", "to")):
        if name in line:
            yield column, getattr(world, line[name])
    if "details" in line:
        yield "details", line["details"]


def _item(code: str, unit: str) -> str:
    if code not in {item.code for item in items()}:
        add_item(code=code, name=Text(code, code), unit=Quantity.of(0, unit).unit, by=None)
    return code


def _fund(world: World, nature: str, tier: str, year: int) -> int:
    code = f"{nature}-{tier}-{year}"
    known = {row.code: row.id for row in funds_of([world.pairing_id])}
    return known.get(code) or a_fund(world.pairing_id, code, nature=nature, tier=tier, year=year)


def _afterwards(entry: int, draft: Draft, line: dict[str, Any], by: Actor) -> None:
    if "people" in line:
        people = [Attendance(PersonDraft(name, household=name)) for name in line["people"]]
        list_people(entry, people, by=by)
    if line.get("signed"):
        confirm_entry(entry, by=answerer_of(draft))
    if line.get("disputed"):
        dispute_entry(entry, reason="少收", own_money=Money(1), by=answerer_of(draft))
    if "corrected" in line:
        correct_entry(entry, replace(draft, money=Money.of(line["corrected"])), reason="录入有误", by=by)
    if line.get("withdrawn"):
        withdraw_entry(entry, reason="重复录入", by=by)
