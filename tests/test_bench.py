"""The benchmarks run: not how fast anything is, only that the book they make holds and every measure answers."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from bench import book, run
from pairbook.register.ledger import build, differences_from
from pairbook.register.models import Account, Entry

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.django_db
def test_the_generated_book_holds_what_its_entries_say():
    book.build(2000)
    assert Entry.objects.count() == 2000
    assert differences_from(build()) == []
    assert not Account.objects.filter(balance__lt=0).exclude(standing="outside").exists()


@pytest.mark.timeout(600)
def test_every_measure_answers_on_a_small_book():
    names = [name for name in run.MEASURES if name != "peers"]
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
