"""Table of pairings."""

from django.db import models
from django.db.models import F, Q

from pairbook.pairings.rules import COVERING_HOUSEHOLDS, PAIRING_LEVELS
from pairbook.parties.models import Party


class Pairing(models.Model):
    """One party helps another from a day on, under an agreement, perhaps as the child of a larger pairing."""

    code = models.SlugField(max_length=60, unique=True)
    level = models.CharField(
        max_length=24, choices=[(code, label.en) for code, label in PAIRING_LEVELS.items()]
    )
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    assisting = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    assisted = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    start_on = models.DateField()
    # The last day, inclusive; null while the pairing lives.
    end_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=300, blank=True)
    # The pairing that takes over the work: a closed pairing is handed over, never rewritten.
    successor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="predecessors")
    agreement_zh = models.CharField(max_length=200, blank=True)
    agreement_en = models.CharField(max_length=240, blank=True)
    agreement_signed_on = models.DateField(null=True)
    # Only for pairs of officials with households: how many, and never who.
    covers_households = models.PositiveIntegerField(null=True)
    # The day whose figures the portal shows when nobody asks for another; null means today.
    shown_on = models.DateField(null=True)
    # When the book was told of its start and of its end, for questions as known at a moment.
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(end_on=None) | Q(end_on__gte=F("start_on")), name="pairing_days_in_order"
            ),
            models.CheckConstraint(condition=~Q(assisting=F("assisted")), name="pairing_has_two_parties"),
            models.CheckConstraint(
                condition=Q(agreement_signed_on=None) | ~Q(agreement_zh=""),
                name="pairing_signed_has_agreement",
            ),
            models.CheckConstraint(
                condition=Q(level=COVERING_HOUSEHOLDS, covers_households__gte=1)
                | (~Q(level=COVERING_HOUSEHOLDS) & Q(covers_households=None)),
                name="pairing_covers_households",
            ),
        ]
