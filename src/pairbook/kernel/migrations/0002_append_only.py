"""The audit trail and the list of evidence only grow."""

from django.db import migrations

from pairbook.kernel.triggers import append_only


class Migration(migrations.Migration):
    """After this no UPDATE, DELETE or TRUNCATE reaches the two tables."""

    dependencies = [("kernel", "0001_initial")]
    operations = [
        append_only("kernel_auditevent"),
        append_only("kernel_evidence", unique_columns=("sha256",)),
    ]
