"""The one table of this room: readings that clerks corrected and asked to keep, each with its sentence alone."""

from django.conf import settings
from django.db import models

from pairbook.pairings.models import Pairing


class ReadingCorrection(models.Model):
    """How a clerk reads one number of one sentence. Never changed: the newest of a number counts."""

    pairing = models.ForeignKey(Pairing, on_delete=models.PROTECT, related_name="reading_corrections")
    # The sentence as given, found again by the digest of its words.
    sentence = models.TextField()
    digest = models.CharField(max_length=64)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    lang = models.CharField(max_length=2)
    # The day words such as "this year" were read as of.
    published_on = models.DateField()
    # Canonical JSON of both readings; `now` is empty where a correction was taken back.
    was = models.TextField()
    now = models.TextField(blank=True)
    note = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="reading_has_length")
        ]
