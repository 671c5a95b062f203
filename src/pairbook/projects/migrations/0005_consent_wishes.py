"""Whether a fund's giver asks to be asked before a project that takes from it is approved."""

import django.db.models.deletion
from django.db import migrations, models

from pairbook.kernel.triggers import append_only


class Migration(migrations.Migration):
    """Rows that only grow; the newest of a fund counts."""

    dependencies = [
        ("pairings", "0003_moments_from_the_trail"),
        ("projects", "0004_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="ConsentWish",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fund_code", models.CharField(max_length=40)),
                ("asks", models.BooleanField()),
                ("noted_at", models.DateTimeField()),
                (
                    "pairing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="pairings.pairing"
                    ),
                ),
            ],
            options={"verbose_name_plural": "consent wishes"},
        ),
        append_only("projects_consentwish"),
    ]
