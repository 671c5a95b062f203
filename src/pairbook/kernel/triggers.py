"""Triggers that make a table append-only on SQLite and PostgreSQL. Used by migrations only."""

from collections.abc import Callable
from typing import Any

from django.db import migrations

Migrate = Callable[[Any, Any], None]


def append_only(
    table: str, *, unique_columns: tuple[str | tuple[str, ...], ...] = ("id",)
) -> migrations.RunPython:
    """A migration step after which the database refuses to change or remove rows of `table`.

    SQLite's `INSERT OR REPLACE` removes the old row without telling the delete trigger, so an insert that meets an
    existing value of a unique column, or of a group of them, is refused as well. SQLite has no TRUNCATE; PostgreSQL's
    has its own trigger.
    """
    return migrations.RunPython(_protect(table, unique_columns), _release(table))


def opened_for_change(
    table: str, *, unique_columns: tuple[str | tuple[str, ...], ...] = ("id",)
) -> migrations.RunPython:
    """The migration step that takes the triggers of `append_only` away, before the shape of the table changes.

    The same migration ends with `append_only` again. (On SQLite a changed table is a new one, without the triggers.)
    """
    return migrations.RunPython(_release(table), _protect(table, unique_columns))


def _protect(table: str, unique_columns: tuple[str | tuple[str, ...], ...]) -> Migrate:
    def protect(apps: Any, schema_editor: Any) -> None:
        message = f"{table} is append-only: record a correction"
        if schema_editor.connection.vendor == "sqlite":
            for act in ("UPDATE", "DELETE"):
                schema_editor.execute(
                    f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
                )
            groups = [(one,) if isinstance(one, str) else one for one in unique_columns]
            same = [" AND ".join(f"{column} = NEW.{column}" for column in group) for group in groups]
            meets = " OR ".join(f"EXISTS (SELECT 1 FROM {table} WHERE {condition})" for condition in same)
            schema_editor.execute(
                f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {meets} "
                f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
            )
        else:
            schema_editor.execute(
                f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()"
            )

    return protect


def _release(table: str) -> Migrate:
    def release(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "sqlite":
            for name in ("no_update", "no_delete", "no_replace"):
                schema_editor.execute(f"DROP TRIGGER {table}_{name}")
        else:
            schema_editor.execute(f"DROP TRIGGER {table}_no_change ON {table}")
            schema_editor.execute(f"DROP TRIGGER {table}_no_truncate ON {table}")
            schema_editor.execute(f"DROP FUNCTION {table}_refuse()")

    return release
