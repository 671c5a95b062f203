"""`backup`, `restore`, `rebuild`, `rotate-person-key`, `bench`: keeping a book, and knowing how fast it is."""

import subprocess
import sys
from argparse import Namespace
from pathlib import Path

from pairbook.config.commands.answers import Progress, say, tell_json
from pairbook.config.commands.migrating import is_migrated, must_be_migrated
from pairbook.config.commands.sheets import must_have_folder
from pairbook.exchange.backups import Manifest
from pairbook.exchange.reads import write_backup
from pairbook.exchange.restoring import restore_book
from pairbook.households.actions import rotate_person_key
from pairbook.households.keys import key_path
from pairbook.households.reads import is_roster_readable, roster_size
from pairbook.kernel.problems import Refusal
from pairbook.kernel.texts import Text
from pairbook.register.actions import rebuild_totals

_CHECKOUT = Path(__file__).resolve().parents[4]


def backup(arguments: Namespace) -> int:
    """The whole book in one file; status 1 when papers are missing from the store."""
    path = Path(arguments.file)
    must_have_folder(path)
    progress = Progress(Text("备份", "Backing up"), arguments)
    try:
        manifest = write_backup(path, on_progress=progress)
    finally:
        progress.close()
    _tell(manifest, path, Text("已备份到", "Backed up to"), arguments)
    for digest in manifest.missing:
        say(
            Text(f"材料缺失或已损坏：{digest}", f"A paper is missing from the store or damaged: {digest}"),
            arguments,
        )
    if roster_size():
        say(
            Text(
                "备份里的姓名、电话、证件号是加密的，不含密钥：请另存 person-key，与备份分开保管。",
                "Names, phones and identity numbers in it are sealed and their keys are not in it: "
                "keep a copy of person-key, apart from the backups.",
            ),
            arguments,
        )
    return 1 if manifest.missing else 0


def restore(arguments: Namespace) -> int:
    """An empty book filled from a backup; balances and totals are compared with the entries afterwards."""
    from django.core.management import call_command

    if not is_migrated():
        call_command("migrate", verbosity=0, interactive=False)
    progress = Progress(Text("恢复", "Restoring"), arguments)
    path = Path(arguments.file)
    try:
        manifest = restore_book(path, on_progress=progress)
    finally:
        progress.close()
    differences = rebuild_totals()
    if differences:
        found = len(differences)
        raise Refusal(
            "restore.differences",
            Text(
                f"已恢复，但余额或合计有 {found} 处与记录不符；请运行 pairbook rebuild。",
                f"Restored, but {found} balances or totals differ from the entries; run pairbook rebuild.",
            ),
        )
    _tell(manifest, path, Text("已恢复自", "Restored from"), arguments)
    if not is_roster_readable():
        say(
            Text(
                f"姓名暂时读不出来：请把原账本的 person-key 放到 {key_path()}（或设 PAIRBOOK_PERSON_KEY）。",
                f"Names cannot be read yet: put the old book's person-key to {key_path()}, or set PAIRBOOK_PERSON_KEY.",
            ),
            arguments,
        )
    return 0


def _tell(manifest: Manifest, path: Path, done: Text, arguments: Namespace) -> None:
    rows = {name: part.rows for name, part in manifest.tables.items()}
    if arguments.json:
        tell_json(
            {
                "file": str(path),
                "made_at": manifest.made_at,
                "rows": rows,
                "papers": len(manifest.evidence),
                "missing": list(manifest.missing),
            }
        )
        return
    entries, papers = rows.get("register_entry", 0), len(manifest.evidence)
    told = Text(f"{entries} 条记录，{papers} 份材料", f"{entries} entries, {papers} papers")
    print(f"{done.in_(arguments.lang)} {path} ({told.in_(arguments.lang)})")


def rebuild(arguments: Namespace) -> int:
    """Balances and totals computed anew; status 1 when --check finds a difference."""
    differences = rebuild_totals(write=not arguments.check)
    if arguments.json:
        tell_json(
            {
                "written": bool(differences) and not arguments.check,
                "differences": [
                    {
                        "table": one.table,
                        "key": [str(part) for part in one.key],
                        "held": list(one.held),
                        "built": list(one.built),
                    }
                    for one in differences
                ],
            }
        )
    else:
        for one in differences:
            print(one)
        found = len(differences)
        if not found:
            told = Text("余额与合计同记录一致。", "Balances and totals agree with the entries.")
        elif arguments.check:
            told = Text(f"有 {found} 处不符。", f"{found} differences.")
        else:
            told = Text(f"已改正 {found} 处。", f"{found} differences set right.")
        print(told.in_(arguments.lang))
    return 1 if differences and arguments.check else 0


def rotate_key(arguments: Namespace) -> int:
    """Everybody on the roster sealed with a new key; the file keeps the older ones for older backups."""
    must_be_migrated()
    people = rotate_person_key()
    if arguments.json:
        tell_json({"people": people})
        return 0
    told = Text(
        f"已用新密钥重新加密 {people} 人；请另存新的 person-key。",
        f"{people} persons sealed with the new key; keep a copy of the new person-key.",
    )
    print(told.in_(arguments.lang))
    return 0


def bench(arguments: Namespace) -> int:
    """The benchmarks of a checkout, run by the same Python."""
    if not (_CHECKOUT / "bench" / "run.py").is_file():
        raise Refusal(
            "bench.no_checkout",
            Text(
                "测速程序只在源代码目录里；请在克隆的仓库中运行。",
                "The benchmarks are only in the source tree; run this in a clone of the repository.",
            ),
        )
    command = [sys.executable, "-m", "bench.run", *arguments.names]
    for name in ("entries", "runs", "engine", "texts"):
        if getattr(arguments, name) is not None:
            command += [f"--{name}", getattr(arguments, name)]
    command += [f"--{name}" for name in ("list", "json") if getattr(arguments, name)]
    return subprocess.run(command, cwd=_CHECKOUT).returncode
