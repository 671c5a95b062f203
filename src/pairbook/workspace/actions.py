"""Acts of the workspace that join two rooms below: an entry or a step with its paper, a user with a post, a notice
with the project's money as the register knows it.
"""

from datetime import date

from django.db import transaction

from pairbook.kernel.access import Actor
from pairbook.kernel.actions import add_user
from pairbook.kernel.money import Money
from pairbook.pairings.reads import family_ids
from pairbook.parties.actions import add_post
from pairbook.projects.actions import attach_step_paper, post_notice, record_step
from pairbook.projects.reads import project_of_id
from pairbook.projects.shapes import NoticeDraft
from pairbook.register.actions import attach_paper, record_entry
from pairbook.register.rules import Draft
from pairbook.register.tracing import spent_by_project


@transaction.atomic
def record_entry_with_paper(draft: Draft, *, content: bytes | None, sort: str, by: Actor) -> int:
    """The id of a new entry, with its paper when one was given; a paper that cannot be kept leaves no entry."""
    entry_id = record_entry(draft, by=by)
    if content is not None:
        attach_paper(entry_id, content=content, sort=sort, by=by)
    return entry_id


@transaction.atomic
def record_step_with_paper(
    project_id: int,
    step: str,
    *,
    on: date | None,
    document_no: str,
    reason: str,
    content: bytes | None,
    sort: str,
    by: Actor,
) -> None:
    """The next step of a project with its paper when one was given; a paper that cannot be kept leaves no step."""
    step_id = record_step(project_id, step, on=on, document_no=document_no, reason=reason, by=by)
    if content is not None:
        attach_step_paper(step_id, content=content, sort=sort, by=by)


@transaction.atomic
def post_project_notice(project_id: int, notice: NoticeDraft, *, by: Actor) -> int:
    """The id of a notice posted with what the project has spent by the register this moment."""
    project = project_of_id(project_id)
    assert project is not None, "a notice is of a project"
    spent = spent_by_project(family_ids(project.pairing_id)).get(project_id, Money(0))
    return post_notice(project_id, notice, spent=spent, by=by)


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
