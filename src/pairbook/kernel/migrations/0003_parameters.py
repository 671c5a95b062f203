"""Thresholds set anew by an office, with the document that says so."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from pairbook.kernel.triggers import append_only


class Migration(migrations.Migration):
    """The table only grows: the newest row of a code that holds on a day is the one that counts."""

    dependencies = [("kernel", "0002_append_only")]
    operations = [
        migrations.CreateModel(
            name="ParameterValue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=60)),
                ("value", models.PositiveIntegerField()),
                ("valid_from", models.DateField()),
                ("source", models.CharField(max_length=300)),
                ("set_at", models.DateTimeField()),
                (
                    "set_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["code", "valid_from"], name="parameter_code")]},
        ),
        append_only("kernel_parametervalue"),
    ]
