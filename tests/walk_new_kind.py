"""A walk through a book that holds a kind from a folder outside: set-up, entry, pages, workbook, figures, commands.

`test_new_kind.py` runs it in a process of its own, with a home of its own and PAIRBOOK_KIND_FOLDERS set, for kinds
are found once, when the settings are read. What it finds it prints as one JSON object.
"""

import json
import os
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

from pairbook.config.cli import main


def run(*words: str) -> tuple[int, str]:
    """The exit status and the standard output of a command."""
    out = StringIO()
    with redirect_stdout(out), redirect_stderr(StringIO()):
        status = main([*words, "--lang", "en"])
    return status, out.getvalue()


def walk(kind: str) -> dict[str, Any]:
    """What a book says of a kind it was never told about."""
    migrated, _ = run("migrate")

    from django.db import connection

    from pairbook.kernel.quantities import Quantity
    from tests.world import PROGRAMME, an_entry, the_world

    the_world()
    entry = an_entry(kind, quantity=Quantity.of(12, "piece"))
    book = Path(os.environ["PAIRBOOK_HOME"]) / "book.xlsx"
    figures, listed = run("figures", PROGRAMME, "--json")
    opened, behind = run("open", f"{PROGRAMME}/{kind}.quantity?item=mask", "--json")
    exported, _ = run("export", "xlsx", kind, "--pairing", PROGRAMME, "--out", str(book))
    imported, taken = run("import", kind, str(book), "--pairing", PROGRAMME, "--by", "receiver", "--json")
    return {
        "migrated": migrated,
        "tables": connection.introspection.table_names(),
        "figures": [figures, json.loads(listed)],
        "opened": [opened, json.loads(behind)],
        "exported": [exported, book.read_bytes()[:2].decode()],
        "imported": [imported, json.loads(taken)],
        "pages": _pages(kind, entry),
    }


def _pages(kind: str, entry: int) -> dict[str, list[Any]]:
    """The status of each page, and whether it names the kind."""
    from django.test import Client

    from tests.world import PROGRAMME, sign_in, the_world

    client = sign_in(Client(headers={"host": "127.0.0.1"}), the_world().receiver)
    found = {}
    for prefix, label in (("en", "Housing"), ("zh-hans", "住房")):
        for rest in (
            f"work/{PROGRAMME}/{kind}/",
            f"work/{PROGRAMME}/{kind}/new/",
            f"work/{PROGRAMME}/entries/{entry}/",
            f"p/{PROGRAMME}/entries/?kind={kind}",
            f"f/{PROGRAMME}/{kind}.quantity?item=mask",
        ):
            response = client.get(f"/{prefix}/{rest}")
            found[f"{prefix}/{rest}"] = [
                response.status_code,
                label.lower() in response.content.decode().lower(),
            ]
    return found


if __name__ == "__main__":
    json.dump(walk(sys.argv[1]), sys.stdout)
