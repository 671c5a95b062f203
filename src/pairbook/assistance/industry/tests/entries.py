"""A chain of two projects under one programme, and entries of it, recorded through the book's own actions."""

from datetime import date
from typing import Any

from pairbook.households.rules import PersonDraft
from pairbook.kernel.quantities import Quantity
from pairbook.kernel.texts import Text
from pairbook.projects.actions import add_project
from pairbook.register.actions import Attendance, add_item, list_people
from pairbook.register.reads import items
from tests.world import an_entry, the_world

STARTED_ON = date(2020, 3, 10)


def a_chain() -> tuple[int, int, int]:
    """A programme, and its projects of goats and of forage."""
    pairing_id = the_world().pairing_id
    chain = add_project(
        pairing_id=pairing_id, code="chain", name=Text("黑山羊—饲草", "Goats and forage"), by=None
    )
    goats = add_project(
        pairing_id=pairing_id, code="goats", name=Text("黑山羊", "Goats"), parent_id=chain, by=None
    )
    forage = add_project(
        pairing_id=pairing_id, code="forage", name=Text("饲草", "Forage"), parent_id=chain, by=None
    )
    return chain, goats, forage


def of_goats(**changes: Any) -> dict[str, Any]:
    """The columns of an entry about black goats."""
    if "black-goat" not in {item.code for item in items()}:
        add_item(code="black-goat", name=Text("黑山羊", "black goats"), unit="head", by=None)
    return {"item_code": "black-goat"} | changes


def a_base(project_id: int, **changes: Any) -> int:
    """A base of black goats that started on 10 March 2020."""
    shared = of_goats(project_id=project_id, happened_on=STARTED_ON)
    return an_entry("industry", "started", **(shared | changes))


def a_stock_taking(base: int, project_id: int, on: date, head: int = 300) -> int:
    """So many goats counted at a base on a day."""
    shared = of_goats(project_id=project_id, quantity=Quantity.of(head, "head"))
    return an_entry("industry", "stocked", follows_id=base, happened_on=on, **shared)


def an_output(project_id: int, on: date, head: int = 80) -> int:
    """So many goats sold off on a day."""
    shared = of_goats(project_id=project_id, quantity=Quantity.of(head, "head"))
    return an_entry("industry", "produced", happened_on=on, **shared)


def a_closing(base: int, project_id: int, on: date) -> int:
    """The base closed on a day."""
    return an_entry("industry", "ended", follows_id=base, happened_on=on, **of_goats(project_id=project_id))


def people(count: int, project_id: int, on: date, *, listed: tuple[str, ...] = ()) -> int:
    """So many people told to gain on a day, some of them listed by name."""
    quantity = Quantity.of(count, "person")
    entry_id = an_entry("industry", "benefited", project_id=project_id, quantity=quantity, happened_on=on)
    if listed:
        drafts = [Attendance(PersonDraft(name, household=name)) for name in listed]
        list_people(entry_id, drafts, by=the_world().receiver)
    return entry_id
