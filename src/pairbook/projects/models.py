"""Tables of the project library. All but `Project` only ever grow: triggers refuse to change or remove their rows."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from pairbook.kernel.access import SIDE_LABELS
from pairbook.kernel.models import Evidence
from pairbook.pairings.models import Pairing
from pairbook.parties.models import Party
from pairbook.projects.shapes import (
    ASSET_SORTS,
    GOAL_SORTS,
    INCOME_USES,
    NATURES,
    NOTICE_SORTS,
    OWNERSHIPS,
    SOURCES,
    STATUSES,
    STEPS,
)

_SIDES = [(code, label.en) for code, label in SIDE_LABELS.items()]
_SOURCES = [(code, source.label.en) for code, source in SOURCES.items()]


class Project(models.Model):
    """A piece of work that a pairing's money or goods go to."""

    pairing = models.ForeignKey(Pairing, on_delete=models.PROTECT, related_name="projects")
    code = models.CharField(max_length=40)
    # The name of the newest version, kept here for the lists of every other room.
    name_zh = models.CharField(max_length=160)
    name_en = models.CharField(max_length=200)
    # The programme it is a part of, such as a chain of breeding, forage and processing; a programme is a project too.
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")
    # The day of the step `started`; null while it is only planned.
    started_on = models.DateField(null=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pairing", "code"], name="project_code_once")]


class Recorded(models.Model):
    """Who wrote a row, for which organisation, and when."""

    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    recorded_for = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True


class ProjectVersion(Recorded):
    """What a project says of itself, as of one version; the newest counts and the older can be read."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    name_zh = models.CharField(max_length=160)
    name_en = models.CharField(max_length=200)
    # A code of `uses.USES`. No choices here: the list is data, and a line more is no new table.
    use = models.CharField(max_length=24, blank=True)
    nature = models.CharField(
        max_length=12, blank=True, choices=[(code, label.en) for code, label in NATURES.items()]
    )
    year = models.PositiveSmallIntegerField(null=True)
    place = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    responsible = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    tasks = models.TextField(blank=True)
    participation = models.TextField(blank=True)
    mechanism = models.TextField(blank=True)
    households = models.PositiveIntegerField(null=True)
    persons = models.PositiveIntegerField(null=True)
    poor_persons = models.PositiveIntegerField(null=True)
    # Why it differs from the version before; empty for the first.
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="project_version_once"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(reason=""), name="project_change_says_why"),
            models.CheckConstraint(
                condition=Q(poor_persons=None) | Q(persons__gte=models.F("poor_persons")),
                name="project_poor_within_persons",
            ),
        ]


class PlannedFunding(models.Model):
    """A part of the planned money of one version, by source. Funds stand in the register above: here is their code."""

    version = models.ForeignKey(ProjectVersion, on_delete=models.PROTECT, related_name="funding")
    source = models.CharField(max_length=24, choices=_SOURCES)
    fund_code = models.CharField(max_length=40, blank=True)
    asks_consent = models.BooleanField(default=False)
    money_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3, default="CNY")

    class Meta:
        verbose_name_plural = "planned funding"
        constraints = [
            models.UniqueConstraint(fields=["version", "source", "fund_code"], name="planned_funding_once"),
            models.CheckConstraint(condition=Q(money_minor__gt=0), name="planned_funding_positive"),
        ]


class ConsentWish(models.Model):
    """Whether a fund's giver asks to be asked before a project that takes from it is approved; the newest counts.

    Funds stand in the register above: here is their code.
    """

    pairing = models.ForeignKey(Pairing, on_delete=models.PROTECT, related_name="+")
    fund_code = models.CharField(max_length=40)
    asks = models.BooleanField()
    noted_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "consent wishes"


class ProjectStep(Recorded):
    """A step of a project's life, or the taking back of one. The state follows from the last step that counts."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="steps")
    # Its place in the project's history: of two people who record a step at once, the second is refused.
    number = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=16, choices=[(code, step.label.en) for code, step in STEPS.items()])
    happened_on = models.DateField()
    document_no = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    # An approval names the consent it rests on, where the planned money asks for one.
    consent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    takes_back = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="taken_back_by"
    )
    recorded_side = models.CharField(max_length=12, choices=_SIDES)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="project_step_once"),
            models.CheckConstraint(
                condition=Q(takes_back=None) | ~Q(reason=""), name="project_taken_back_says_why"
            ),
        ]


class StepPaper(models.Model):
    """A piece of evidence attached to a step, as one sort of paper."""

    step = models.ForeignKey(ProjectStep, on_delete=models.PROTECT, related_name="papers")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="step_papers")
    sort = models.CharField(max_length=40)
    attached_at = models.DateTimeField()
    attached_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["step", "evidence", "sort"], name="step_paper_attached_once")
        ]


class Goal(Recorded):
    """A performance goal: what is measured, and the value to reach."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="goals")
    sort = models.CharField(
        max_length=16, choices=[(code, sort.label.en) for code, sort in GOAL_SORTS.items()]
    )
    text_zh = models.CharField(max_length=160)
    text_en = models.CharField(max_length=200)
    target_thousandths = models.BigIntegerField()
    unit = models.CharField(max_length=40)


class GoalResult(Recorded):
    """What became of a goal by a day, with the unit's own evaluation; the newest row counts."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="results")
    result_thousandths = models.BigIntegerField()
    as_of = models.DateField()
    evaluation = models.CharField(max_length=500, blank=True)


class Notice(Recorded):
    """What hung where, from when to when; with the project's money as it was published then."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="notices")
    sort = models.CharField(max_length=8, choices=[(code, label.en) for code, label in NOTICE_SORTS.items()])
    text = models.TextField()
    # Codes of `shapes.BOARDS`, with commas between.
    boards = models.CharField(max_length=60)
    where = models.CharField(max_length=200, blank=True)
    first_on = models.DateField()
    last_on = models.DateField()
    reason = models.CharField(max_length=300, blank=True)
    planned_minor = models.BigIntegerField()
    spent_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3, default="CNY")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=models.F("first_on")), name="notice_days_in_order"
            )
        ]


class Asset(Recorded):
    """Something a project left behind: what, how much, since when, at what cost."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="assets")
    sort = models.CharField(max_length=12, choices=[(code, label.en) for code, label in ASSET_SORTS.items()])
    name_zh = models.CharField(max_length=160)
    name_en = models.CharField(max_length=200)
    size_thousandths = models.BigIntegerField()
    unit = models.CharField(max_length=40)
    acquired_on = models.DateField()
    value_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3, default="CNY")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(value_minor__gt=0), name="asset_value_positive")]


class AssetSource(models.Model):
    """The part of an asset's value that one source paid; typed, and summing to the value to the last fen."""

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="sources")
    source = models.CharField(max_length=24, choices=_SOURCES)
    fund_code = models.CharField(max_length=40, blank=True)
    money_minor = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["asset", "source", "fund_code"], name="asset_source_once"),
            models.CheckConstraint(condition=Q(money_minor__gt=0), name="asset_source_positive"),
        ]


class Holding(Recorded):
    """Who owns, runs and looks after an asset from a day on; the newest row counts."""

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="holdings")
    since = models.DateField()
    ownership = models.CharField(
        max_length=12, choices=[(code, label.en) for code, label in OWNERSHIPS.items()]
    )
    # Null where the households themselves own it: no person stands in the library.
    owner = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    operator = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    carer = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    certificate_no = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=300, blank=True)


class AssetStatus(Recorded):
    """How an asset stands from a day on; the newest row counts."""

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="statuses")
    since = models.DateField()
    status = models.CharField(max_length=12, choices=[(code, label.en) for code, label in STATUSES.items()])
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name_plural = "asset statuses"


class AssetIncome(Recorded):
    """What an asset brought in during a year; the newest row of a year counts."""

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="incomes")
    year = models.PositiveSmallIntegerField()
    money_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3, default="CNY")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(money_minor__gte=0), name="asset_income_not_negative")
        ]


class IncomeShare(models.Model):
    """What a part of an asset's income was used for."""

    income = models.ForeignKey(AssetIncome, on_delete=models.PROTECT, related_name="shares")
    use = models.CharField(max_length=16, choices=[(code, label.en) for code, label in INCOME_USES.items()])
    money_minor = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["income", "use"], name="income_share_once"),
            models.CheckConstraint(condition=Q(money_minor__gt=0), name="income_share_positive"),
        ]
