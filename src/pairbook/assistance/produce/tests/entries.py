"""Entries the tests of this kind build upon, recorded through the book's own actions."""

from datetime import date
from typing import Any

from pairbook.kernel.money import Money
from pairbook.kernel.quantities import Quantity
from pairbook.kernel.texts import Text
from pairbook.register.actions import add_item, attach_paper
from pairbook.register.reads import items
from tests.world import A_PAPER, an_entry, the_world

_PROVED = ("invoice", "payment")


def a_sale(*, papers: tuple[str, ...] = _PROVED, **changes: Any) -> int:
    """A paid sale of 100,000 yuan with an invoice and a proof of payment."""
    entry_id = an_entry("produce", "paid", **({"money": Money.of(100_000)} | changes))
    for sort in papers:
        attach_paper(entry_id, content=A_PAPER, sort=sort, by=the_world().giver)
    return entry_id


def of_apples(*, yuan: int, kg: int, **changes: Any) -> int:
    """A paid and proved sale of so many kilograms of apples."""
    if "apple" not in {item.code for item in items()}:
        add_item(code="apple", name=Text("苹果", "apples"), unit="kg", by=None)
    return a_sale(money=Money.of(yuan), quantity=Quantity.of(kg, "kg"), item_code="apple", **changes)


def a_listing(product: str, *, valid_until: str = "", **changes: Any) -> int:
    """A product of the usual producer, put on the list on 1 January 2020."""
    details = {"product": product} | ({"valid_until": valid_until} if valid_until else {})
    return an_entry("produce", "recognised", details=details, **({"happened_on": date(2020, 1, 1)} | changes))
