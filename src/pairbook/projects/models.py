"""Table of projects."""

from django.db import models

from pairbook.pairings.models import Pairing


class Project(models.Model):
    """A piece of work that a pairing's money or goods go to."""

    pairing = models.ForeignKey(Pairing, on_delete=models.PROTECT, related_name="projects")
    code = models.CharField(max_length=40)
    name_zh = models.CharField(max_length=160)
    name_en = models.CharField(max_length=200)
    # The programme it is a part of, such as a chain of breeding, forage and processing; a programme is a project too.
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")
    # The day work on it began; null while it is only planned.
    started_on = models.DateField(null=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pairing", "code"], name="project_code_once")]
