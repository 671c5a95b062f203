"""A corrected reading is never changed: a newer one counts, also one that takes it back."""

from django.db import migrations

from pairbook.kernel.triggers import append_only


class Migration(migrations.Migration):
    """After this no UPDATE, DELETE or TRUNCATE reaches the table."""

    dependencies = [("bulletins", "0001_initial")]
    operations = [append_only("bulletins_readingcorrection")]
