"""A person is never removed; when recorded stays, and so does the token once it stands on an identity number."""

from django.db import migrations

from pairbook.kernel.triggers import fixed_columns, never_removed


class Migration(migrations.Migration):
    """After this only the sealed columns, household, place and poverty may change; the token once, for a better one."""

    dependencies = [("households", "0001_initial")]
    operations = [
        never_removed("households_person", unique_columns=("id", "token")),
        fixed_columns("households_person", ("id", "recorded_at", "is_sample", "token_key_id"), name="origin"),
        fixed_columns(
            "households_person",
            ("token", "token_basis"),
            name="token",
            once="OLD.token_basis = 'identity_number'",
        ),
    ]
