"""Entries, answers and papers only grow: both databases refuse to change or remove them."""

from django.db import migrations

from pairbook.kernel.triggers import append_only


class Migration(migrations.Migration):
    """After this no UPDATE, DELETE or TRUNCATE reaches the three tables."""

    dependencies = [("register", "0001_initial")]
    operations = [
        append_only("register_entry", unique_columns=("id", "replaces_id", "source_key")),
        append_only("register_answer"),
        append_only("register_paper", unique_columns=("id", ("entry_id", "evidence_id", "sort"))),
    ]
