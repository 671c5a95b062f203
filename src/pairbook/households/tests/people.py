"""Invented persons for the tests: numbers of a district that does not exist, with good check digits."""

from dataclasses import replace
from typing import Any

from pairbook.households.actions import Errand
from pairbook.households.rules import PersonDraft, id_check_character
from pairbook.kernel.access import Actor, Standing
from tests.world import World


def an_id_number(number: int = 1, *, born: str = "19900307") -> str:
    """An identity number nobody has: there is no district 999999."""
    digits = f"999999{born}{number:03}"
    return digits + id_check_character(digits)


ZHANG = PersonDraft("张秀英", an_id_number(1), "13812341234", "6210270001", is_registered_poor=True)
LI = PersonDraft("李国强", an_id_number(2), "13912345678", "6210270002")


def a_person(number: int, **changes: Any) -> PersonDraft:
    """A person of the list, each number another."""
    return replace(
        PersonDraft(f"王{chr(0x4E00 + number)}", an_id_number(number), household=f"H{number}"), **changes
    )


def errand_of(world: World, actor: Actor | None = None, **changes: Any) -> Errand:
    """The errand of the receiver's officer, or of another of the cast, in the pairing of the tests."""
    actor = actor or world.receiver
    post = actor.posts[0] if actor.posts else None
    side = {world.giver: "assisting", world.stranger: None}.get(actor, "assisted")
    standing = Standing(post.role, side, post.organisation_id) if post else None  # type: ignore[arg-type]
    return replace(Errand(by=actor, pairing_id=world.pairing_id, standing=standing), **changes)
