"""Whether a book's tables are those of this version, and how they are brought there."""

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from pairbook.kernel.problems import Refusal
from pairbook.kernel.texts import Text
from pairbook.parties.actions import load_divisions, load_poverty_list


def is_migrated() -> bool:
    """Whether no migration is waiting. Asked first because running `migrate` for nothing takes a second."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def bring_up_to_date() -> bool:
    """Whether there was something to do: tables are made or changed, and the divisions are loaded."""
    waiting = not is_migrated()
    if waiting:
        call_command("migrate", verbosity=0, interactive=False)
    return load_divisions() > 0 or waiting


def load_reference() -> bool:
    """Whether rows of the list of poor counties were noted. The sample is told of it at its own moments instead."""
    return load_poverty_list() > 0


def must_be_migrated() -> None:
    """Refuse, with what to run, when the book is not set up."""
    if not is_migrated():
        raise Refusal(
            "book.not_set_up",
            Text(
                "这本账还没有建好：请先运行 pairbook demo（样例）或 pairbook migrate（自己的账）。",
                "This book is not set up yet: run pairbook demo (the sample) or pairbook migrate (a book of your own).",
            ),
        )
