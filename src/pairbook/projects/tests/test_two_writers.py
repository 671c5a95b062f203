"""Two officers at once on one project, with real threads and real commits: no step is recorded twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from pairbook.kernel.problems import Refusal, Rejected
from pairbook.projects.actions import describe_project, record_step, take_back_step
from pairbook.projects.models import ProjectStep, ProjectVersion
from pairbook.projects.tests.samples import PROPOSED_ON, a_proposal, some_fields
from tests.world import World, an_officer

pytestmark = pytest.mark.slow


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each act gave, or how it was refused, when all begin in the same moment on connections of their own."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            connection.ensure_connection()
            gate.wait(timeout=10)
            return act()
        except (Rejected, Refusal) as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_a_step_two_people_record_at_once_is_recorded_once(committed_book: World):
    project_id = a_proposal()
    others = [an_officer(f"receiver-{number}", committed_book.receiver_office) for number in (2, 3)]
    results = at_once(
        *[lambda by=by: record_step(project_id, "checked", on=PROPOSED_ON, by=by) for by in others]
    )
    assert sum(isinstance(result, Refusal) for result in results) == 1
    assert ProjectStep.objects.filter(project_id=project_id, step="checked").count() == 1


def test_a_step_is_taken_back_once(committed_book: World):
    project_id = a_proposal()
    at_once(*[lambda: take_back_step(project_id, reason="记错", by=committed_book.receiver)] * 2)
    assert ProjectStep.objects.filter(project_id=project_id, takes_back__isnull=False).count() == 1


def test_versions_written_at_once_follow_one_another(committed_book: World):
    project_id = a_proposal()

    def describe(persons: int) -> Callable[[], object]:
        fields = some_fields(persons=persons)
        return lambda: describe_project(project_id, fields, reason="核实", by=committed_book.receiver)

    results = at_once(describe(401), describe(402))
    assert sorted(str(result) for result in results) == ["2", "3"]
    assert ProjectVersion.objects.filter(project_id=project_id).count() == 3
