"""Triggers that make a table, or some of its columns, append-only on SQLite and PostgreSQL. Used by migrations only."""

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
            _refuse_replacing(schema_editor, table, unique_columns, message)
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


def _refuse_replacing(
    editor: Any, table: str, unique_columns: tuple[str | tuple[str, ...], ...], message: str
) -> None:
    groups = [(one,) if isinstance(one, str) else one for one in unique_columns]
    same = [" AND ".join(f"{column} = NEW.{column}" for column in group) for group in groups]
    meets = " OR ".join(f"EXISTS (SELECT 1 FROM {table} WHERE {condition})" for condition in same)
    editor.execute(
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {meets} "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


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


def never_removed(table: str, *, unique_columns: tuple[str, ...] = ("id",)) -> migrations.RunPython:
    """A migration step after which the database refuses to remove or replace rows of `table`; columns may change."""
    message = f"{table}: a row is never removed"

    def protect(apps: Any, schema_editor: Any) -> None:
        _refuse_when(schema_editor, table, f"{table}_stays", "DELETE", message)
        if schema_editor.connection.vendor == "sqlite":
            _refuse_replacing(schema_editor, table, unique_columns, message)
        else:
            schema_editor.execute(
                f"CREATE TRIGGER {table}_stays_whole BEFORE TRUNCATE ON {table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_stays()"
            )

    def release(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER {table}_no_replace")
        else:
            schema_editor.execute(f"DROP TRIGGER {table}_stays_whole ON {table}")
        _allow_again(schema_editor, table, f"{table}_stays")

    return migrations.RunPython(protect, release)


def fixed_columns(table: str, columns: tuple[str, ...], *, name: str, once: str = "") -> migrations.RunPython:
    """A migration step after which the database refuses to change these columns of `table`.

    `once`, a condition over OLD, says from when on they are fixed; always where it is empty. `name` tells this step's
    trigger from others of the table.
    """
    message = f"{table}: {', '.join(columns)} never change"

    def protect(apps: Any, schema_editor: Any) -> None:
        differs = "IS NOT" if schema_editor.connection.vendor == "sqlite" else "IS DISTINCT FROM"
        changed = " OR ".join(f"OLD.{column} {differs} NEW.{column}" for column in columns)
        when = f"({once}) AND ({changed})" if once else changed
        _refuse_when(schema_editor, table, f"{table}_{name}", "UPDATE", message, when)

    def release(apps: Any, schema_editor: Any) -> None:
        _allow_again(schema_editor, table, f"{table}_{name}")

    return migrations.RunPython(protect, release)


def _refuse_when(editor: Any, table: str, name: str, act: str, message: str, when: str = "") -> None:
    condition = f"WHEN ({when}) " if when else ""
    if editor.connection.vendor == "sqlite":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        editor.execute(f"CREATE TRIGGER {name} BEFORE {act} ON {table} {condition}{refuse}")
        return
    editor.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    editor.execute(
        f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW {condition}EXECUTE FUNCTION {name}()"
    )


def _allow_again(editor: Any, table: str, name: str) -> None:
    if editor.connection.vendor == "sqlite":
        editor.execute(f"DROP TRIGGER {name}")
        return
    editor.execute(f"DROP TRIGGER {name} ON {table}")
    editor.execute(f"DROP FUNCTION {name}()")
