"""Writes on projects."""

from datetime import date

from django.db import transaction

from pairbook.kernel import clock
from pairbook.kernel.actions import write_audit
from pairbook.kernel.problems import Problem, Rejected
from pairbook.kernel.texts import Text
from pairbook.projects.models import Project


@transaction.atomic
def add_project(
    *,
    pairing_id: int,
    code: str,
    name: Text,
    by: int | None,
    parent_id: int | None = None,
    started_on: date | None = None,
) -> int:
    """The id of a new project of a pairing; with `parent_id` it is a part of that programme of the same pairing."""
    problems = []
    if Project.objects.filter(pairing_id=pairing_id, code=code).exists():
        cure = Text("这个项目编号已被使用，请换一个。", "This project code is taken; choose another.")
        problems.append(Problem("project.code", Text("项目编号", "Project code"), cure, value=code))
    if parent_id is not None and not Project.objects.filter(pk=parent_id, pairing_id=pairing_id).exists():
        cure = Text("这个结对没有所选的上级项目。", "This pairing has no such programme.")
        problems.append(Problem("project.parent", Text("上级项目", "Part of"), cure))
    if problems:
        raise Rejected(problems)
    project = Project.objects.create(
        pairing_id=pairing_id,
        code=code,
        name_zh=name.zh,
        name_en=name.en,
        parent_id=parent_id,
        started_on=started_on,
        is_sample=clock.is_sample(),
    )
    body = {"code": code, "zh": name.zh, "parent": parent_id, "started": started_on}
    write_audit("project.add", f"project:{project.pk}", body, by=by)
    return project.pk
