"""Tables of the register. Entries, answers and papers only ever grow; accounts and totals follow from them."""

from datetime import date, datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from pairbook.households.models import Person
from pairbook.kernel.access import SIDE_LABELS
from pairbook.kernel.models import Evidence
from pairbook.kernel.periods import Period
from pairbook.pairings.models import Pairing
from pairbook.parties.models import Party
from pairbook.projects.models import Project
from pairbook.register.shapes import DIRECTIONS, NATURES, TIERS

_SIDES = [(code, label.en) for code, label in SIDE_LABELS.items()]


class Fund(models.Model):
    """Money that keeps its name from the giver's purse to the last payee."""

    pairing = models.ForeignKey(Pairing, on_delete=models.PROTECT, related_name="funds")
    code = models.CharField(max_length=40)
    name_zh = models.CharField(max_length=160)
    name_en = models.CharField(max_length=200)
    nature = models.CharField(max_length=12, choices=[(code, label.en) for code, label in NATURES.items()])
    tier = models.CharField(
        max_length=24, blank=True, choices=[(code, label.en) for code, label in TIERS.items()]
    )
    year = models.PositiveSmallIntegerField()
    currency = models.CharField(max_length=3, default="CNY")
    is_sample = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pairing", "code"], name="fund_code_once")]


class Item(models.Model):
    """A thing that is given in kind, with the base unit it is counted in."""

    code = models.CharField(max_length=40, primary_key=True)
    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160)
    unit = models.CharField(max_length=16)


class Campaign(models.Model):
    """Something that runs across kinds for a time, such as a COVID-19 response."""

    code = models.CharField(max_length=40, primary_key=True)
    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160)


class EntryQuerySet(models.QuerySet["Entry"]):
    """Entries as the book knows them now, or knew them at a moment."""

    def current(self, known_at: datetime | None = None) -> Self:
        """Those not replaced and not withdrawn; with `known_at`, as they stood at that moment."""
        later = Entry.objects.filter(replaces=OuterRef("pk"))
        entries = self.filter(is_withdrawal=False)
        if known_at is not None:
            later, entries = (
                later.filter(recorded_at__lte=known_at),
                entries.filter(recorded_at__lte=known_at),
            )
        return entries.exclude(Exists(later))

    def in_days(self, period: Period) -> Self:
        """Those that count on a day of a period: their own, or for corrections of closed months the one they name."""
        start, end = period.start, period.end
        return self.filter(
            Q(counts_on=None, happened_on__gte=start, happened_on__lt=end)
            | Q(counts_on__gte=start, counts_on__lt=end)
        )

    def standing_before(self, day: date, known_at: datetime | None = None) -> Self:
        """Those not replaced and not withdrawn, as far as that counts before a day."""
        later = Entry.objects.filter(replaces=OuterRef("pk")).filter(Q(counts_on=None) | Q(counts_on__lt=day))
        entries = self.filter(is_withdrawal=False)
        if known_at is not None:
            later, entries = (
                later.filter(recorded_at__lte=known_at),
                entries.filter(recorded_at__lte=known_at),
            )
        return entries.exclude(Exists(later))

    def standing_in_their_months(self) -> Self:
        """Those not replaced and not withdrawn, as far as that counts up to their month; adds `day`, when they count.

        What replaces an entry of a closed month counts from a first of a month, which is in its own month or later.
        """
        later = Entry.objects.filter(replaces=OuterRef("pk"))
        replaced = later.filter(Q(counts_on=None) | Q(counts_on__lte=OuterRef("day")))
        counting = self.annotate(day=Coalesce("counts_on", "happened_on"))
        return counting.filter(is_withdrawal=False).exclude(Exists(replaced))

    def taken_out(self, known_at: datetime | None = None) -> Self:
        """Those a correction took out of a closed month since; adds `taken_out_on`, from when they count no more."""
        return self.with_taken_out(known_at).filter(Q(taken_out_on__isnull=False))

    def with_taken_out(self, known_at: datetime | None = None) -> Self:
        """Adds `taken_out_on`, the day from which a correction takes a version out of a closed month, or null."""
        later = Entry.objects.filter(replaces=OuterRef("pk"), counts_on__isnull=False)
        if known_at is not None:
            later = later.filter(recorded_at__lte=known_at)
        return self.annotate(taken_out_on=Subquery(later.values("counts_on")[:1]))

    def with_state(self, known_at: datetime | None = None) -> Self:
        """Adds `verdict` (the other side's last answer, or null) and `has_papers`."""
        answers, papers = (
            Answer.objects.filter(entry=OuterRef("pk")),
            Paper.objects.filter(entry=OuterRef("pk")),
        )
        if known_at is not None:
            answers, papers = (
                answers.filter(answered_at__lte=known_at),
                papers.filter(attached_at__lte=known_at),
            )
        return self.annotate(
            verdict=Subquery(answers.order_by("-id").values("verdict")[:1]), has_papers=Exists(papers)
        )


class Entry(models.Model):
    """One recorded fact: what went from whom to whom, when. Never changed; a correction is a new entry.

    Foreign keys carry no index of their own: each index costs more than the row (PERFORMANCE, "Writing").
    """

    pairing = models.ForeignKey(Pairing, on_delete=models.PROTECT, related_name="entries", db_index=False)
    kind = models.CharField(max_length=24)
    stage = models.CharField(max_length=24)
    direction = models.CharField(
        max_length=24, choices=[(code, label.en) for code, label in DIRECTIONS.items()]
    )
    giver = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+", db_index=False)
    receiver = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+", db_index=False)
    happened_on = models.DateField()
    # The day it counts where that is not its own: a correction of a closed month counts in the open one. From that
    # day on, and not before, it stands in the place of the version it replaces.
    counts_on = models.DateField(null=True)
    # The programme year it is accounted to: the fund's, or the day's.
    year = models.PositiveSmallIntegerField()
    money_minor = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    quantity_steps = models.BigIntegerField(null=True)
    unit = models.CharField(max_length=24, blank=True)
    # Of the amount: what the kind tells apart, such as the registered poor; in minor units or steps.
    subset_amount = models.BigIntegerField(null=True)
    nature = models.CharField(max_length=12, blank=True)
    tier = models.CharField(max_length=24, blank=True)
    # Which sort of thing it counts (cadre or professional), where its kind tells sorts apart.
    category = models.CharField(max_length=24, blank=True)
    field = models.CharField(max_length=40, blank=True)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    document_no = models.CharField(max_length=120, blank=True)
    note = models.TextField(blank=True)
    # What only its kind has, as canonical JSON text.
    details = models.TextField(default="{}")
    # The thing it continues, named by that thing's first version, so a correction of it needs no re-linking.
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    # The first version of the thing this one is a version of; null for a first version.
    root = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    is_withdrawal = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    source_key = models.CharField(max_length=64, null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    recorded_for = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+", db_index=False)
    recorded_side = models.CharField(max_length=12, choices=_SIDES)

    # Set by `with_state` only.
    verdict: str | None
    has_papers: bool
    # Set by `with_taken_out` only.
    taken_out_on: date | None

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["pairing", "kind", "happened_on"], name="entry_register"),
            models.Index(fields=["follows"], condition=Q(follows__isnull=False), name="entry_follows"),
            models.Index(fields=["root"], condition=Q(root__isnull=False), name="entry_root"),
            # Corrections are one entry in a hundred; an opened figure asks for those of its pairing.
            models.Index(
                fields=["pairing", "kind"], condition=Q(replaces__isnull=False), name="entry_corrections"
            ),
            # Corrections of closed months are fewer still; every sum of a period asks for them.
            models.Index(
                fields=["pairing", "kind", "counts_on"],
                condition=Q(counts_on__isnull=False),
                name="entry_counting_later",
            ),
        ]
        constraints = [
            # Two people correcting the same entry at once: the second is refused by the database.
            models.UniqueConstraint(
                fields=["replaces"], condition=Q(replaces__isnull=False), name="entry_corrected_once"
            ),
            models.UniqueConstraint(
                fields=["source_key"], condition=Q(source_key__isnull=False), name="entry_source_once"
            ),
            models.CheckConstraint(
                condition=Q(money_minor=None) | Q(money_minor__gt=0), name="entry_money_positive"
            ),
            models.CheckConstraint(
                condition=Q(quantity_steps=None) | Q(quantity_steps__gt=0), name="entry_quantity_positive"
            ),
            # A part is never above its whole, whichever of the two amounts the kind takes it of.
            models.CheckConstraint(
                condition=Q(subset_amount=None)
                | Q(subset_amount__gte=0, subset_amount__lte=F("quantity_steps"))
                | Q(subset_amount__gte=0, subset_amount__lte=F("money_minor")),
                name="entry_part_within_whole",
            ),
            models.CheckConstraint(
                condition=Q(replaces=None) | (Q(root__isnull=False) & ~Q(reason="")),
                name="entry_correction_says_why",
            ),
            models.CheckConstraint(
                condition=Q(counts_on=None) | Q(counts_on__gt=F("happened_on"), replaces__isnull=False),
                name="entry_counts_later_only_as_correction",
            ),
        ]


class Answer(models.Model):
    """What the other side says of an entry: confirmed, or disputed with its own amount and reason. The last counts."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="answers")
    side = models.CharField(max_length=12, choices=_SIDES)
    verdict = models.CharField(max_length=12, choices=[("confirmed", "confirmed"), ("disputed", "disputed")])
    own_money_minor = models.BigIntegerField(null=True)
    own_quantity_steps = models.BigIntegerField(null=True)
    reason = models.TextField(blank=True)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    answered_for = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+", db_index=False)


class Paper(models.Model):
    """A piece of evidence attached to an entry, as one sort of paper."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="papers")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="papers")
    sort = models.CharField(max_length=40)
    attached_at = models.DateTimeField()
    attached_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "evidence", "sort"], name="paper_attached_once")
        ]


class Participant(models.Model):
    """A person an entry counts, listed by token: the row behind "persons, not person-times". Never a name.

    Rows only grow; a corrected entry takes its people along to its new version.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="participants", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    # Sessions attended, days worked: how often within the entry. Null where nobody counted.
    times = models.PositiveSmallIntegerField(null=True)
    listed_at = models.DateTimeField()
    listed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "person"], name="participant_once"),
        ]


class Point(models.Model):
    """A point to follow up, from the minutes of an entry: what, whose task, by when; and, once done, when and how.

    The entry is named by its first version, so a correction takes no point away.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="points")
    text = models.CharField(max_length=300)
    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+", db_index=False)
    due_on = models.DateField()
    noted_at = models.DateTimeField()
    done_on = models.DateField(null=True)
    done_note = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["due_on"], condition=Q(done_on=None), name="point_open")]


class Statement(models.Model):
    """A bank statement or treasury list as it was kept: whose account, of which days, and the file itself."""

    pairing = models.ForeignKey(Pairing, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+", db_index=False)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    # The number of the account as the office writes it, which may be its last digits; empty for a party's only one.
    account = models.CharField(max_length=60, blank=True)
    currency = models.CharField(max_length=3, default="CNY")
    first_on = models.DateField()
    last_on = models.DateField()
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="+", db_index=False)
    side = models.CharField(max_length=12, choices=_SIDES)
    # Lines of the file that an earlier statement of the account holds already.
    lines_known = models.PositiveIntegerField(default=0)
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    kept_for = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pairing", "party", "account", "evidence"], name="statement_kept_once"
            ),
            models.CheckConstraint(condition=Q(first_on__lte=F("last_on")), name="statement_days_in_order"),
        ]


class StatementLine(models.Model):
    """One line of a statement: money that came in (above zero) or went out (below)."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="lines")
    row = models.PositiveIntegerField()
    happened_on = models.DateField()
    money_minor = models.BigIntegerField()
    number = models.CharField(max_length=200, blank=True)
    counterparty = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    balance_minor = models.BigIntegerField(null=True)
    # What tells it from every other line of the account: the same line of a later file is known by it.
    fingerprint = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(money_minor=0), name="statement_line_moves_money")]


class Match(models.Model):
    """What a person said of lines and entries: that they are the same money, or that they are not."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="matches")
    verdict = models.CharField(max_length=12, choices=[("accepted", "accepted"), ("rejected", "rejected")])
    # The lines and entries in one word, as `reconciling.key_of` writes it.
    key = models.TextField()
    strength = models.CharField(max_length=12)
    # The codes of the reasons that were shown, parted by blanks.
    reasons = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    decided_for = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name_plural = "matches"


class MatchedLine(models.Model):
    """A line in an accepted match. `turn` counts the matches taken back before: a line is matched once at a time."""

    match = models.ForeignKey(Match, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey(StatementLine, on_delete=models.PROTECT, related_name="matched", db_index=False)
    turn = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["line", "turn"], name="line_matched_once")]


class MatchedEntry(models.Model):
    """An entry in an accepted match, by its first version; each party's bank shows it once.

    `minor` is what it came to when it was matched: a later correction is told as a difference.
    """

    match = models.ForeignKey(Match, on_delete=models.PROTECT, related_name="entries")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+", db_index=False)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+", db_index=False)
    turn = models.PositiveIntegerField(default=0)
    minor = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "party", "turn"], name="entry_matched_once")]


class MatchTakenBack(models.Model):
    """An accepted match, or a rejection, was wrong: when, by whom and why."""

    match = models.OneToOneField(Match, on_delete=models.PROTECT, related_name="taken_back")
    reason = models.TextField()
    taken_back_at = models.DateTimeField()
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        verbose_name_plural = "matches taken back"


class Account(models.Model):
    """A balance by party, fund and project. It follows from entries and is never typed.

    The one constraint that keeps the promise "nothing appears": only an outside account may be below zero.
    """

    key = models.CharField(max_length=160, unique=True)
    pairing = models.ForeignKey(Pairing, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+", db_index=False)
    standing = models.CharField(max_length=8)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    # A currency or a base unit: what the balance counts.
    measure = models.CharField(max_length=16)
    balance = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(standing="outside") | Q(balance__gte=0), name="account_not_negative"
            )
        ]


class Rest(models.Model):
    """What is left of one entry of money for others to take, or 0; kept in the transaction of each entry.

    Where nothing is left the row stays: an earlier day asks where it rested and since when what was taken since.
    It follows from entries, whose keys are checked, so its own are not checked again.
    """

    # The entry's first version: what takes from it names that one. No key of another table, since only a number of its
    # own is where SQLite keeps the row: every other key is an index more to look through.
    thing_id = models.BigAutoField(primary_key=True)
    # Its current version.
    entry = models.ForeignKey(
        Entry, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    pairing = models.ForeignKey(
        Pairing, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    fund = models.ForeignKey(
        Fund, on_delete=models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    # On the way, not assigned or not spent: a key of `accounts.RESTS_AFTER`'s values.
    place = models.CharField(max_length=12)
    since = models.DateField()
    minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)

    class Meta:
        indexes = [
            # Holds all that ages are summed from: a book's hundred thousand rests are read from here alone.
            models.Index(
                fields=["pairing", "fund", "place", "currency", "since", "minor"],
                condition=Q(minor__gt=0),
                name="rest_of_something",
            )
        ]
        constraints = [models.CheckConstraint(condition=Q(minor__gte=0), name="rest_not_negative")]


class Total(models.Model):
    """A running total of one month and one set of facets, kept in the transaction of each entry."""

    pairing = models.ForeignKey(Pairing, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=24)
    stage = models.CharField(max_length=24)
    direction = models.CharField(max_length=24)
    month = models.DateField()
    year = models.PositiveSmallIntegerField()
    nature = models.CharField(max_length=12)
    tier = models.CharField(max_length=24)
    category = models.CharField(max_length=24)
    field = models.CharField(max_length=40)
    item_code = models.CharField(max_length=40)
    campaign_code = models.CharField(max_length=40)
    currency = models.CharField(max_length=3)
    unit = models.CharField(max_length=24)
    entries = models.IntegerField()
    money_minor = models.BigIntegerField()
    quantity_steps = models.BigIntegerField()
    subset_amount = models.BigIntegerField(default=0)
    with_papers = models.IntegerField()
    confirmed_entries = models.IntegerField()
    confirmed_minor = models.BigIntegerField()
    confirmed_steps = models.BigIntegerField()
    confirmed_subset = models.BigIntegerField(default=0)
    confirmed_with_papers = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "pairing",
                    "month",
                    "kind",
                    "stage",
                    "direction",
                    "year",
                    "nature",
                    "tier",
                    "category",
                    "field",
                    "item_code",
                    "campaign_code",
                    "currency",
                    "unit",
                ],
                name="total_once",
            )
        ]


class MonthSignature(models.Model):
    """A side's signature under what stood in the book for a month. It holds for that statement and no other."""

    pairing = models.ForeignKey(Pairing, on_delete=models.PROTECT, related_name="+", db_index=False)
    month = models.DateField()
    side = models.CharField(max_length=12, choices=_SIDES)
    # What stood there, as canonical JSON text, and its digest.
    statement = models.TextField()
    statement_sha256 = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    signed_for = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pairing", "month", "side", "statement_sha256"], name="month_signed_once"
            )
        ]


class Closing(models.Model):
    """A month both sides signed for: it takes no entry dated in it, and keeps reading as it did then."""

    pairing = models.ForeignKey(Pairing, on_delete=models.PROTECT, related_name="+", db_index=False)
    month = models.DateField()
    entries = models.IntegerField()
    statement = models.TextField()
    statement_sha256 = models.CharField(max_length=64)
    closed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pairing", "month"], name="month_closed_once")]
