"""Acts of the workspace that join two writes of the rooms below: an entry with its paper, a user with a post."""

from datetime import date

from django.db import transaction

from pairbook.kernel.access import Actor
from pairbook.kernel.actions import add_user
from pairbook.parties.actions import add_post
from pairbook.register.actions import attach_paper, record_entry
from pairbook.register.rules import Draft


@transaction.atomic
def record_entry_with_paper(draft: Draft, *, content: bytes | None, sort: str, by: Actor) -> int:
    """The id of a new entry, with its paper when one was given; a paper that cannot be kept leaves no entry."""
    entry_id = record_entry(draft, by=by)
    if content is not None:
        attach_paper(entry_id, content=content, sort=sort, by=by)
    return entry_id


@transaction.atomic
def add_user_with_post(
    *,
    username: str,
    password: str,
    display_name: str,
    role: str,
    organisation_id: int | None,
    since: date | None,
    by: int | None,
) -> int:
    """The id of a new user who holds a post from the first day."""
    user_id = add_user(username, password=password, display_name=display_name, by=by)
    add_post(user_id=user_id, role=role, organisation_id=organisation_id, since=since, by=by)
    return user_id
