"""Months that both sides sign and close; corrections of closed months count in the open one."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

from pairbook.kernel.triggers import append_only, opened_for_change

_PROTECT = django.db.models.deletion.PROTECT
_ENTRY_UNIQUE = ("id", "replaces_id", "source_key")


class Migration(migrations.Migration):
    """What was recorded before counts on its own day, so no total changes. Signatures and closings only grow."""

    dependencies = [
        ("register", "0005_people_and_points"),
        ("pairings", "0003_moments_from_the_trail"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        opened_for_change("register_entry", unique_columns=_ENTRY_UNIQUE),
        migrations.AddField("entry", "counts_on", models.DateField(null=True)),
        migrations.AddConstraint(
            "entry",
            models.CheckConstraint(
                condition=Q(counts_on=None) | Q(counts_on__gt=F("happened_on"), replaces__isnull=False),
                name="entry_counts_later_only_as_correction",
            ),
        ),
        migrations.AddIndex(
            "entry",
            models.Index(
                condition=Q(counts_on__isnull=False),
                fields=["pairing", "kind", "counts_on"],
                name="entry_counting_later",
            ),
        ),
        append_only("register_entry", unique_columns=_ENTRY_UNIQUE),
        migrations.CreateModel(
            name="MonthSignature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField()),
                (
                    "side",
                    models.CharField(
                        choices=[("assisting", "assisting side"), ("assisted", "assisted side")], max_length=12
                    ),
                ),
                ("statement", models.TextField()),
                ("statement_sha256", models.CharField(max_length=64)),
                ("signed_at", models.DateTimeField()),
                (
                    "pairing",
                    models.ForeignKey(
                        db_index=False, on_delete=_PROTECT, related_name="+", to="pairings.pairing"
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        db_index=False, on_delete=_PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "signed_for",
                    models.ForeignKey(db_index=False, on_delete=_PROTECT, related_name="+", to="parties.party"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["pairing", "month", "side", "statement_sha256"], name="month_signed_once"
                    )
                ]
            },
        ),
        append_only(
            "register_monthsignature",
            unique_columns=("id", ("pairing_id", "month", "side", "statement_sha256")),
        ),
        migrations.CreateModel(
            name="Closing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField()),
                ("entries", models.IntegerField()),
                ("statement", models.TextField()),
                ("statement_sha256", models.CharField(max_length=64)),
                ("closed_at", models.DateTimeField()),
                (
                    "pairing",
                    models.ForeignKey(
                        db_index=False, on_delete=_PROTECT, related_name="+", to="pairings.pairing"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["pairing", "month"], name="month_closed_once")
                ]
            },
        ),
        append_only("register_closing", unique_columns=("id", ("pairing_id", "month"))),
    ]
