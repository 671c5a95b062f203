"""Writes on projects."""

from django.db import transaction

from pairbook.kernel import clock
from pairbook.kernel.actions import write_audit
from pairbook.kernel.problems import Problem, Rejected
from pairbook.kernel.texts import Text
from pairbook.projects.models import Project


@transaction.atomic
def add_project(*, pairing_id: int, code: str, name: Text, by: int | None) -> int:
    """The id of a new project of a pairing."""
    if Project.objects.filter(pairing_id=pairing_id, code=code).exists():
        cure = Text("这个项目编号已被使用，请换一个。", "This project code is taken; choose another.")
        raise Rejected([Problem("project.code", Text("项目编号", "Project code"), cure, value=code)])
    project = Project.objects.create(
        pairing_id=pairing_id, code=code, name_zh=name.zh, name_en=name.en, is_sample=clock.is_sample()
    )
    write_audit("project.add", f"project:{project.pk}", {"code": code, "zh": name.zh}, by=by)
    return project.pk
