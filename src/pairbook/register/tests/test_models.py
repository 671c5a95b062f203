"""What the database itself refuses, whoever asks: changed rows, negative balances, a second correction."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from pairbook.register.models import Account, Entry
from tests.world import World, a_confirmed_entry, an_entry, an_entry_with_a_paper

TABLES = {"register_entry": "note = 'x'", "register_answer": "reason = 'x'", "register_paper": "sort = 'x'"}


def _run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def filled(world: World) -> None:
    """A book with a row in each of the three tables that only grow."""
    a_confirmed_entry()
    an_entry_with_a_paper()


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("table", TABLES)
def test_no_row_is_changed(table: str):
    with pytest.raises(DatabaseError, match="append-only"):
        _run(f"UPDATE {table} SET {TABLES[table]}")


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("table", TABLES)
def test_no_row_is_removed(table: str):
    with pytest.raises(DatabaseError, match="append-only"):
        _run(f"DELETE FROM {table}")


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("table", TABLES)
def test_no_table_is_emptied_or_replaced(table: str):
    # SQLite has no TRUNCATE; its INSERT OR REPLACE removes rows without asking the delete trigger.
    statement = {
        "sqlite": f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
        # What is still to be checked at the end of the transaction would stop TRUNCATE before the trigger does.
        "postgresql": f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {table} CASCADE",
    }[connection.vendor]
    with pytest.raises(DatabaseError, match="append-only"):
        _run(statement)


@pytest.mark.usefixtures("filled")
def test_no_row_is_replaced_by_naming_its_number_again():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no INSERT OR REPLACE; its upsert is an UPDATE, refused above")
    entry = Entry.objects.latest("id")
    columns = ", ".join(str(field.column) for field in Entry._meta.concrete_fields)
    others = columns.replace("note", "'x'", 1)
    with pytest.raises(DatabaseError, match="append-only"):
        _run(
            f"REPLACE INTO register_entry ({columns}) SELECT {others} FROM register_entry WHERE id = {entry.pk}"
        )


@pytest.mark.usefixtures("filled")
def test_no_paper_is_replaced_by_one_of_the_same_entry_evidence_and_sort():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no INSERT OR REPLACE; its upsert is an UPDATE, refused above")
    columns = "entry_id, evidence_id, sort, attached_at, attached_by_id"
    with pytest.raises(DatabaseError, match="append-only"):
        _run(f"INSERT OR REPLACE INTO register_paper ({columns}) SELECT {columns} FROM register_paper")


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("standing", ["transit", "held"])
def test_no_balance_falls_below_nothing_even_by_plain_sql(standing: str):
    with pytest.raises(IntegrityError, match="account_not_negative"):
        _run(f"UPDATE register_account SET balance = -1 WHERE standing = '{standing}'")


@pytest.mark.usefixtures("filled")
def test_an_outside_account_may_be_below_nothing():
    assert all(
        balance < 0
        for balance in Account.objects.filter(standing="outside").values_list("balance", flat=True)
    )


def test_a_new_account_below_nothing_is_refused_too(world: World):
    with pytest.raises(IntegrityError, match="account_not_negative"), transaction.atomic():
        Account.objects.create(
            key="x",
            pairing_id=world.pairing_id,
            party_id=world.zhenyuan,
            standing="held",
            measure="CNY",
            balance=-1,
        )


@pytest.mark.parametrize(
    ("column", "value", "constraint"),
    [
        ("money_minor", "0", "entry_money_positive"),
        ("quantity_steps", "-5", "entry_quantity_positive"),
        ("replaces_id", "id", "entry_correction_says_why"),
    ],
)
def test_an_entry_written_by_plain_sql_keeps_the_rules(
    world: World, column: str, value: str, constraint: str
):
    entry = an_entry(stage="allocated")
    columns = ", ".join(str(field.column) for field in Entry._meta.concrete_fields if field.column != "id")
    values = ", ".join(value if name == column else name for name in columns.split(", "))
    with pytest.raises(IntegrityError, match=constraint):
        _run(f"INSERT INTO register_entry ({columns}) SELECT {values} FROM register_entry WHERE id = {entry}")
