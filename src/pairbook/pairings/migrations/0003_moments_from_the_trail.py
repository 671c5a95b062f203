"""When a pairing of an earlier version was opened and closed stands in the audit trail; it is copied from there."""

from typing import Any

from django.db import migrations

_COLUMN_OF = {"pairing.open": "opened_at", "pairing.close": "closed_at", "pairing.hand_over": "closed_at"}


def copy_moments(apps: Any, schema_editor: Any) -> None:
    """Fill `opened_at` and `closed_at` of every pairing that the trail tells of."""
    told: dict[str, dict[str, Any]] = {}
    lines = apps.get_model("kernel", "AuditEvent").objects.filter(verb__in=_COLUMN_OF)
    for verb, subject, at in lines.order_by("id").values_list("verb", "subject", "at"):
        told.setdefault(subject, {})[_COLUMN_OF[verb]] = at
    pairings = apps.get_model("pairings", "Pairing").objects
    for subject, moments in told.items():
        pairings.filter(pk=int(subject.partition(":")[2])).update(**moments)


class Migration(migrations.Migration):
    """Nothing to undo: the columns themselves go with the migration before."""

    dependencies = [("kernel", "0002_append_only"), ("pairings", "0002_twinnings")]
    operations = [migrations.RunPython(copy_moments, migrations.RunPython.noop)]
