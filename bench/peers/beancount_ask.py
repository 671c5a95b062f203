"""beancount on the same movements: loaded once, then asked for all balances, one fund, one allocation.

Runs in its own environment: `python bench/peers/beancount_ask.py JOURNAL`. Balances are made the way its own reports
make them, by realizing the accounts; a fund is chosen by its part of the account's name, an allocation by the link
that everything which descends from it carries.
"""

import sys
from pathlib import Path
from typing import Any

# Run as a script in another environment: the bench's own package is found from the project root.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from beancount import loader  # type: ignore[import-not-found]
from beancount.core import data, inventory, realization  # type: ignore[import-not-found]

from bench.processes import answer_questions, timed

_held: dict[str, Any] = {}


def load() -> dict[str, float]:
    """Seconds to load the journal."""

    def read() -> None:
        entries, errors, _ = loader.load_file(sys.argv[1])
        assert not errors, errors[:1]
        _held["entries"] = entries

    return timed(read)


def balances() -> dict[str, float]:
    """Seconds for the balances of all accounts."""
    return timed(lambda: realization.realize(_held["entries"]))


def fund(number: int) -> dict[str, float]:
    """Seconds for what moved between the accounts of one fund."""
    part = f":F{number}:"

    def ask() -> None:
        sums: dict[str, Any] = {}
        for entry in data.filter_txns(_held["entries"]):
            for posting in entry.postings:
                if part in posting.account:
                    sums.setdefault(posting.account, inventory.Inventory()).add_position(posting)

    return timed(ask)


def chain(number: int) -> dict[str, float]:
    """Seconds for everything that descends from one allocation."""
    link = f"a{number}"

    def ask() -> None:
        found = [entry for entry in data.filter_txns(_held["entries"]) if link in entry.links]
        assert found, link

    return timed(ask)


if __name__ == "__main__":
    answer_questions({"load": load, "balances": balances, "fund": fund, "chain": chain})
