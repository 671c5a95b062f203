"""Tables of parties: places and organisations share one row in `Party`, so an entry has one sort of giver."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from pairbook.kernel.access import ROLE_LABELS
from pairbook.parties.rules import ORGANISATION_TYPES, PLACE_LEVELS, PLACE_LISTS, PLACE_MEASURES


class Party(models.Model):
    """A place or an organisation: whoever can give or receive."""

    sort = models.CharField(max_length=12, choices=[("place", "place"), ("organisation", "organisation")])
    code = models.CharField(max_length=40)
    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160)
    # Codes of the place it is or lies in and of every place above, as `/CN/120000/120118/`: one column read
    # instead of one query a level, each time an entry asks which side somebody is on.
    lineage = models.CharField(max_length=80)
    is_sample = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "parties"
        indexes = [
            models.Index(fields=["code"], name="party_code"),
            models.Index(fields=["name_zh"], name="party_zh"),
        ]


class Place(models.Model):
    """A division: its code in force from one year to another, its level, and the division above it.

    A code may be used again and a division may change its code, so a code names a place only in a year.
    """

    party = models.OneToOneField(Party, on_delete=models.PROTECT, primary_key=True, related_name="place")
    level = models.CharField(
        max_length=12, choices=[(code, label.en) for code, label in PLACE_LEVELS.items()]
    )
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    valid_from_year = models.PositiveSmallIntegerField()
    # Exclusive, as in the source; null while in force.
    valid_to_year = models.PositiveSmallIntegerField(null=True)
    successor_codes = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to_year=None) | Q(valid_to_year__gt=models.F("valid_from_year")),
                name="place_years_in_order",
            )
        ]


class Organisation(models.Model):
    """An office, department, enterprise, school, hospital or association, and the place it belongs to."""

    party = models.OneToOneField(
        Party, on_delete=models.PROTECT, primary_key=True, related_name="organisation"
    )
    type = models.CharField(
        max_length=24, choices=[(code, label.en) for code, label in ORGANISATION_TYPES.items()]
    )
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="organisations")
    credit_code = models.CharField(max_length=18, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["credit_code"], condition=~Q(credit_code=""), name="credit_code_once"
            )
        ]


class Post(models.Model):
    """A post a user holds in an organisation: a role from a day on, perhaps until a day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="posts")
    # Null for an administrator, who belongs to the book and to no office.
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="posts", null=True)
    role = models.CharField(max_length=16, choices=[(code, label.en) for code, label in ROLE_LABELS.items()])
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role="administrator") | Q(organisation__isnull=False),
                name="post_has_an_organisation",
            )
        ]


class Noted(models.Model):
    """What was noted of a place from something published. A row is never changed: a newer one takes its place."""

    # The title, publisher and place of a source, in both languages where both are known: 中文 / English.
    publisher = models.CharField(max_length=160, blank=True)
    source = models.CharField(max_length=300)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    # The row this one takes the place of; one row is replaced once.
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        abstract = True


class PlaceStatus(Noted):
    """A place on a list, such as the 832 poor counties of 2014, from a day on and perhaps up to another."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="statuses")
    list_code = models.CharField(
        max_length=24, choices=[(code, one.name.en) for code, one in PLACE_LISTS.items()]
    )
    listed_on = models.DateField()
    # The first day on which it is off the list; null while it is on it.
    delisted_on = models.DateField(null=True)
    announcement_zh = models.CharField(max_length=200)
    announcement_en = models.CharField(max_length=240)
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        verbose_name_plural = "place statuses"
        constraints = [
            models.CheckConstraint(
                condition=Q(delisted_on=None) | Q(delisted_on__gt=models.F("listed_on")),
                name="place_status_days_in_order",
            ),
            models.UniqueConstraint(
                fields=["place", "list_code", "listed_on"],
                condition=Q(replaces=None),
                name="place_listed_once",
            ),
        ]


class PlaceMeasure(Noted):
    """A number published of a place as of a day, such as its poor households, in whole steps of its unit."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="measures")
    code = models.CharField(
        max_length=40, choices=[(code, sort.label.en) for code, sort in PLACE_MEASURES.items()]
    )
    as_of = models.DateField()
    # Households, persons; hundredths of a percent for a share.
    steps = models.BigIntegerField()
    published_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(steps__gte=0), name="place_measure_not_negative"),
            models.CheckConstraint(
                condition=~Q(code="poverty.incidence") | Q(steps__lte=10_000), name="place_share_within_whole"
            ),
            models.UniqueConstraint(
                fields=["place", "code", "as_of", "source"],
                condition=Q(replaces=None),
                name="place_measure_noted_once",
            ),
        ]
