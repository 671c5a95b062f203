"""Table of published figures: what was said where, and the address it is held against."""

from django.db import models

from pairbook.indicators.rules import QUALIFIERS
from pairbook.pairings.models import Pairing


class PublishedFigure(models.Model):
    """A number somebody published about a programme, with its source."""

    pairing = models.ForeignKey(Pairing, on_delete=models.PROTECT, related_name="published_figures")
    address = models.CharField(max_length=300)
    # A decimal as text, in the unit's base: SQLite would make a float of a decimal column.
    value = models.CharField(max_length=40)
    unit = models.CharField(max_length=24)
    qualifier = models.CharField(max_length=12, choices=[(code, code) for code in QUALIFIERS])
    source_title = models.CharField(max_length=300)
    publisher = models.CharField(max_length=160, blank=True)
    published_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pairing", "address", "source_title"], name="published_once")
        ]
