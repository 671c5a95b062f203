"""Entries tell the sort of thing they count and the part told apart; totals follow. The triggers come back at the end."""

from django.db import migrations, models
from django.db.models import F, Q

from pairbook.kernel.triggers import append_only, opened_for_change

_ENTRY_UNIQUE = ("id", "replaces_id", "source_key")


class Migration(migrations.Migration):
    """New columns hold nothing for what was recorded before, so no total changes."""

    dependencies = [("register", "0003_corrections_of_a_pairing")]
    operations = [
        opened_for_change("register_entry", unique_columns=_ENTRY_UNIQUE),
        migrations.AddField("entry", "category", models.CharField(max_length=24, blank=True, default=""), False),
        migrations.AddField("entry", "subset_amount", models.BigIntegerField(null=True)),
        migrations.AlterField("entry", "unit", models.CharField(max_length=24, blank=True)),
        migrations.AddConstraint(
            "entry",
            models.CheckConstraint(
                condition=Q(subset_amount=None)
                | Q(subset_amount__gte=0, subset_amount__lte=F("quantity_steps"))
                | Q(subset_amount__gte=0, subset_amount__lte=F("money_minor")),
                name="entry_part_within_whole",
            ),
        ),
        append_only("register_entry", unique_columns=_ENTRY_UNIQUE),
        migrations.RemoveConstraint("total", "total_once"),
        migrations.AddField("total", "category", models.CharField(max_length=24, default=""), False),
        migrations.AddField("total", "subset_amount", models.BigIntegerField(default=0)),
        migrations.AddField("total", "confirmed_subset", models.BigIntegerField(default=0)),
        migrations.AlterField("total", "unit", models.CharField(max_length=24)),
        migrations.AddConstraint(
            "total",
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
            ),
        ),
    ]
