"""People listed in entries by token, and points to follow up."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from pairbook.kernel.triggers import append_only

_PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    """The list of people only grows, like the entries it belongs to."""

    dependencies = [
        ("register", "0004_categories_and_parts"),
        ("households", "0002_person_stays"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="Participant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("times", models.PositiveSmallIntegerField(null=True)),
                ("listed_at", models.DateTimeField()),
                (
                    "entry",
                    models.ForeignKey(
                        db_index=False, on_delete=_PROTECT, related_name="participants", to="register.entry"
                    ),
                ),
                ("person", models.ForeignKey(on_delete=_PROTECT, related_name="+", to="households.person")),
                (
                    "listed_by",
                    models.ForeignKey(
                        db_index=False, on_delete=_PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["entry", "person"], name="participant_once"),
                ]
            },
        ),
        append_only("register_participant", unique_columns=("id", ("entry_id", "person_id"))),
        migrations.CreateModel(
            name="Point",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=300)),
                ("due_on", models.DateField()),
                ("noted_at", models.DateTimeField()),
                ("done_on", models.DateField(null=True)),
                ("done_note", models.CharField(blank=True, max_length=300)),
                ("entry", models.ForeignKey(on_delete=_PROTECT, related_name="points", to="register.entry")),
                (
                    "owner",
                    models.ForeignKey(db_index=False, on_delete=_PROTECT, related_name="+", to="parties.party"),
                ),
            ],
            options={"indexes": [models.Index(condition=Q(done_on=None), fields=["due_on"], name="point_open")]},
        ),
    ]
