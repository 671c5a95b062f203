"""A rest keeps its row when all of it was taken; counted anew here for the entries the book holds already."""

import django.db.models.deletion
from django.db import migrations, models

_PROTECT = django.db.models.deletion.PROTECT
_KEY = {"db_index": False, "db_constraint": False, "on_delete": _PROTECT, "related_name": "+"}
# The stages of money as they are with this version. A kind of another folder that carries money: `pairbook rebuild`.
_COUNTED = """
    INSERT INTO register_rest (thing_id, entry_id, pairing_id, fund_id, place, since, minor, currency)
    SELECT * FROM (
        SELECT COALESCE(entry.root_id, entry.id), entry.id, entry.pairing_id, entry.fund_id,
            CASE entry.stage WHEN 'allocated' THEN 'on_the_way' WHEN 'received' THEN 'unassigned' ELSE 'unspent' END,
            entry.happened_on,
            entry.money_minor - COALESCE((
                SELECT SUM(taker.money_minor) FROM register_entry taker
                WHERE taker.follows_id = COALESCE(entry.root_id, entry.id) AND NOT taker.is_withdrawal
                    AND taker.stage IN ('received', 'assigned', 'spent', 'returned')
                    AND NOT EXISTS (SELECT 1 FROM register_entry later WHERE later.replaces_id = taker.id)
            ), 0) AS minor, entry.currency
        FROM register_entry entry
        WHERE entry.kind = 'funds' AND entry.stage IN ('allocated', 'received', 'assigned', 'refunded')
            AND NOT entry.is_withdrawal
            AND NOT EXISTS (SELECT 1 FROM register_entry later WHERE later.replaces_id = entry.id)
    ) AS rests WHERE minor >= 0
"""


class Migration(migrations.Migration):
    """What rested on an earlier day is told by these rows; the index holds those of which something is left."""

    dependencies = [("pairings", "0003_moments_from_the_trail"), ("register", "0008_statements")]
    operations = [
        # Its key changes, which no database does in place; all it holds follows from the entries.
        migrations.DeleteModel("Rest"),
        migrations.CreateModel(
            name="Rest",
            fields=[
                ("thing_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("place", models.CharField(max_length=12)),
                ("since", models.DateField()),
                ("minor", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                ("entry", models.ForeignKey(to="register.entry", **_KEY)),
                ("fund", models.ForeignKey(null=True, to="register.fund", **_KEY)),
                ("pairing", models.ForeignKey(to="pairings.pairing", **_KEY)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(minor__gt=0),
                        fields=["pairing", "fund", "place", "currency", "since", "minor"],
                        name="rest_of_something",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(minor__gte=0), name="rest_not_negative")
                ],
            },
        ),
        migrations.RunSQL(_COUNTED, migrations.RunSQL.noop),
    ]
