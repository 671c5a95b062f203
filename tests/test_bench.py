"""The benchmarks run: not how fast anything is, only that the book they make holds and every measure answers."""

import json
import os
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection

from bench import book, ledgers, loads, run
from pairbook.register.known import entry_state, gather, taken_by_limit
from pairbook.register.ledger import build, differences_from
from pairbook.register.models import Account, Entry
from pairbook.register.rules import check_draft, facts_of
from pairbook.register.tracing import trace_entry

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.django_db
def test_the_generated_book_holds_what_its_entries_say():
    book.build(2000)
    assert Entry.objects.count() == 2000
    assert differences_from(build()) == []
    assert not Account.objects.filter(balance__lt=0).exclude(standing="outside").exists()


@pytest.mark.django_db
def test_the_book_would_take_every_generated_entry():
    book.build(2000)
    states = [entry_state(one) for one in Entry.objects.current().values_list("id", flat=True)]
    drafts = [state.draft for state in states if state]
    known = gather(drafts, loads.officer("assisted")).known
    assert [check_draft(*one) for one in zip(drafts, known, strict=True) if check_draft(*one)] == []
    assert [facts_of(*one) for one in zip(drafts, known, strict=True)] == [one.facts for one in states if one]


@pytest.mark.django_db
def test_nothing_takes_more_money_from_a_generated_entry_than_it_brought():
    book.build(2000)
    current = Entry.objects.filter(kind="funds").current()
    brought = {entry.root_id or entry.pk: entry.money_minor for entry in current}
    taken = taken_by_limit(brought)
    assert {limit for _, limit in taken} == {"taken", "reimbursed"}
    assert [root for (root, _), (minor, _) in taken.items() if minor > (brought[root] or 0)] == []


@pytest.mark.django_db
def test_the_source_has_the_descendants_it_is_asked_for():
    book.build(2000)
    (allocation,) = Entry.objects.filter(fund__code__startswith=book.SOURCE_FUND, stage="allocated")
    found = trace_entry(allocation.pk)
    assert found and len(found.after) == 1 + 2 * book.source_parts(2000) == 201


@pytest.mark.django_db
def test_the_journals_for_the_peers_hold_every_balance_of_money():
    book.build(2000)
    held: Counter[str] = Counter()
    for one in ledgers.money_movements():
        minor = int(Decimal(one.yuan) * 100)
        held.update({one.target: minor, one.source: -minor})
    balances = Account.objects.filter(item=None).exclude(balance=0).values_list("balance", flat=True)
    assert sorted(minor for minor in held.values() if minor) == sorted(balances)


@pytest.mark.django_db
def test_the_journals_name_all_that_came_of_an_allocation():
    book.build(2000)
    (allocation,) = Entry.objects.filter(fund__code__startswith=book.SOURCE_FUND, stage="allocated")
    marked = {one.entry for one in ledgers.money_movements() if one.allocation == allocation.pk}
    found = trace_entry(allocation.pk)
    assert found and marked == {allocation.pk, *(step.id for step in found.after)}


@pytest.mark.timeout(600)
def test_every_measure_answers_on_a_small_book():
    names = [name for name in run.MEASURES if name not in ("peers", "ledgers")]
    # Its databases are named after its size: two suites at once on one server must not meet.
    size = str(2000 + os.getpid() % 500)
    command = [sys.executable, "-m", "bench.run", *names, "--entries", size, "--runs", "1", "--json"]
    done = subprocess.run(
        [*command, "--engine", connection.vendor], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert {line["measure"] for line in report["lines"]} == set(names)


def test_an_unknown_measure_is_named_with_those_there_are(capsys):
    assert run.main(["lod"]) == 2
    assert "load, peers" in capsys.readouterr().err
