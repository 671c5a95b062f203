"""django-hordak loading the same movements: its bulk way and one at a time, on PostgreSQL, its triggers active.

Runs in the peers' environment: `python bench/peers/hordak_load.py DATABASE MOVEMENTS`. The bulk way is that of its
own benchmark command: `bulk_create` of Transaction and Leg, 25,000 transactions a call, here all in one database
transaction because the load it is compared with is all or nothing too. It starts from an empty book, which can
only help it.
"""

import csv
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import django
from django.conf import settings

# Run as a script in another environment: the bench's own package is found from the project root.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
_address = urlsplit(sys.argv[1])
settings.configure(
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "mptt", "hordak"],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": _address.path.lstrip("/"),
            "USER": unquote(_address.username or ""),
            "PASSWORD": unquote(_address.password or ""),
            "HOST": _address.hostname or "",
            "PORT": str(_address.port or ""),
        }
    },
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
    CURRENCIES=["CNY"],
    HORDAK_CURRENCIES=["CNY"],
    HORDAK_INTERNAL_CURRENCY="CNY",
)
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from hordak.models import Account, AccountType, Leg, Transaction  # type: ignore[import-not-found]  # noqa: E402
from moneyed import Money  # type: ignore[import-not-found]  # noqa: E402

from bench.processes import answer_questions, timed  # noqa: E402

_BATCH = 25_000
_movements: list[tuple[Any, Any, Decimal, str]] = []


def prepare() -> int:
    """How many movements were read; their accounts exist from now on."""
    call_command("migrate", verbosity=0)
    with Path(sys.argv[2]).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))
    names = sorted({name for source, target, *_ in rows for name in (source, target)})
    made = [
        # Each a tree of its own, laid out by hand: only the accounts are made fast here, nothing that is timed.
        Account(name=name, type=AccountType.asset, currencies=["CNY"], lft=1, rght=2, tree_id=number, level=0)
        for number, name in enumerate(names, start=1)
    ]
    accounts = {account.name: account for account in Account.objects.bulk_create(made)}
    _movements.extend(
        (accounts[source], accounts[target], Decimal(amount), day) for source, target, amount, day in rows
    )
    return len(_movements)


def bulk(count: int) -> dict[str, float]:
    """Seconds for the first `count` movements in bulk."""
    _empty()
    return timed(lambda: _bulk(_movements[:count]))


def _bulk(movements: list[tuple[Any, Any, Decimal, str]]) -> None:
    with transaction.atomic():
        for start in range(0, len(movements), _BATCH):
            transactions, legs = [], []
            for source, target, amount, day in movements[start : start + _BATCH]:
                made = Transaction(date=day)
                money = Money(amount, "CNY")
                transactions.append(made)
                legs.append(Leg(transaction=made, account=source, credit=money))
                legs.append(Leg(transaction=made, account=target, debit=money))
            Transaction.objects.bulk_create(transactions)
            Leg.objects.bulk_create(legs)


def one_at_a_time(count: int) -> dict[str, float]:
    """Seconds for the first `count` movements, each with `transfer_to` in its own transaction."""
    _empty()
    return timed(lambda: _one_at_a_time(count))


def _one_at_a_time(count: int) -> None:
    for source, target, amount, day in _movements[:count]:
        source.transfer_to(target, Money(amount, "CNY"), date=day)


def _empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE hordak_transaction, hordak_leg CASCADE")


if __name__ == "__main__":
    answer_questions({"prepare": prepare, "bulk": bulk, "one_at_a_time": one_at_a_time})
