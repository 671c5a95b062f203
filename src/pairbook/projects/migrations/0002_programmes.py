"""A project may be part of a programme, and says when work on it began."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Both are empty for the projects there are."""

    dependencies = [("projects", "0001_initial")]
    operations = [
        migrations.AddField(
            "project",
            "parent",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="projects.project"
            ),
        ),
        migrations.AddField("project", "started_on", models.DateField(null=True)),
    ]
