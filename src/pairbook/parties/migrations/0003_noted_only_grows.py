"""What was noted of places from published sources only grows: a correction is a newer row."""

from django.db import migrations

from pairbook.kernel.triggers import append_only


class Migration(migrations.Migration):
    """After this no UPDATE, DELETE or TRUNCATE reaches the two tables."""

    dependencies = [("parties", "0002_places_on_lists")]
    operations = [
        append_only("parties_placestatus", unique_columns=("id", "replaces_id")),
        append_only("parties_placemeasure", unique_columns=("id", "replaces_id")),
    ]
