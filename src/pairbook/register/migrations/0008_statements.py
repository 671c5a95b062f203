"""Bank statements, their lines, and what a person said of lines and entries: all of it only grows."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from pairbook.kernel.triggers import append_only


class Migration(migrations.Migration):
    """A match taken back is a row of its own, so nothing here is ever changed."""

    dependencies = [
        ('kernel', '0003_parameters'),
        ('pairings', '0003_moments_from_the_trail'),
        ('parties', '0003_noted_only_grows'),
        ('register', '0007_rests'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Match',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verdict', models.CharField(choices=[('accepted', 'accepted'), ('rejected', 'rejected')], max_length=12)),
                ('key', models.TextField()),
                ('strength', models.CharField(max_length=12)),
                ('reasons', models.CharField(blank=True, max_length=200)),
                ('decided_at', models.DateTimeField()),
                ('decided_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_for', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
            ],
            options={
                'verbose_name_plural': 'matches',
            },
        ),
        migrations.CreateModel(
            name='MatchTakenBack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField()),
                ('taken_back_at', models.DateTimeField()),
                ('match', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='taken_back', to='register.match')),
                ('taken_back_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'matches taken back',
            },
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.CharField(blank=True, max_length=60)),
                ('currency', models.CharField(default='CNY', max_length=3)),
                ('first_on', models.DateField()),
                ('last_on', models.DateField()),
                ('side', models.CharField(choices=[('assisting', 'assisting side'), ('assisted', 'assisted side')], max_length=12)),
                ('lines_known', models.PositiveIntegerField(default=0)),
                ('kept_at', models.DateTimeField()),
                ('evidence', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.evidence')),
                ('fund', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.fund')),
                ('kept_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kept_for', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
                ('pairing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pairings.pairing')),
                ('party', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
            ],
        ),
        migrations.AddField(
            model_name='match',
            name='statement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='matches', to='register.statement'),
        ),
        migrations.CreateModel(
            name='StatementLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row', models.PositiveIntegerField()),
                ('happened_on', models.DateField()),
                ('money_minor', models.BigIntegerField()),
                ('number', models.CharField(blank=True, max_length=200)),
                ('counterparty', models.CharField(blank=True, max_length=200)),
                ('text', models.TextField(blank=True)),
                ('balance_minor', models.BigIntegerField(null=True)),
                ('fingerprint', models.CharField(max_length=64, unique=True)),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='register.statement')),
            ],
        ),
        migrations.CreateModel(
            name='MatchedLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('turn', models.PositiveIntegerField(default=0)),
                ('match', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='register.match')),
                ('line', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='matched', to='register.statementline')),
            ],
        ),
        migrations.CreateModel(
            name='MatchedEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('turn', models.PositiveIntegerField(default=0)),
                ('minor', models.BigIntegerField()),
                ('entry', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.entry')),
                ('match', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='register.match')),
                ('party', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('entry', 'party', 'turn'), name='entry_matched_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.UniqueConstraint(fields=('pairing', 'party', 'account', 'evidence'), name='statement_kept_once'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(('first_on__lte', models.F('last_on'))), name='statement_days_in_order'),
        ),
        migrations.AddConstraint(
            model_name='statementline',
            constraint=models.CheckConstraint(condition=models.Q(('money_minor', 0), _negated=True), name='statement_line_moves_money'),
        ),
        migrations.AddConstraint(
            model_name='matchedline',
            constraint=models.UniqueConstraint(fields=('line', 'turn'), name='line_matched_once'),
        ),
        append_only(
            'register_statement', unique_columns=('id', ('pairing_id', 'party_id', 'account', 'evidence_id'))
        ),
        append_only('register_statementline', unique_columns=('id', 'fingerprint')),
        append_only('register_match'),
        append_only('register_matchedline', unique_columns=('id', ('line_id', 'turn'))),
        append_only('register_matchedentry', unique_columns=('id', ('entry_id', 'party_id', 'turn'))),
        append_only('register_matchtakenback', unique_columns=('id', 'match_id')),
    ]
