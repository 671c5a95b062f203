"""`import` and `export`: workbooks into the book and out of it."""

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pairbook.bulletins.kept import correction_cases, corrections_kept
from pairbook.config.commands.answers import (
    Progress,
    json_number,
    problem_json,
    say,
    table,
    tell_json,
    tell_problems,
)
from pairbook.exchange.actions import ImportResult, import_workbook
from pairbook.exchange.grids import BYTES_MAX
from pairbook.exchange.library_sheets import LIBRARY
from pairbook.exchange.proposals import ProposalSeen, ProposalsResult, import_projects
from pairbook.exchange.reads import kind_sheet, pairing_named, workbook
from pairbook.kernel.access import Actor, may
from pairbook.kernel.models import User
from pairbook.kernel.problems import Problem, Rejected
from pairbook.kernel.texts import Text
from pairbook.pairings.reads import PairingRow, programmes, standing_in
from pairbook.parties.reads import actor_of
from pairbook.web.numbers import money_digits

_TOLD_MAX = 200


def import_file(arguments: Namespace) -> int:
    """Take a workbook into the register, or proposals into the project library; status 1 when rows were refused."""
    path = Path(arguments.file)
    if not path.is_file():
        cure = Text("没有这个文件。", "There is no such file.")
        raise Rejected([Problem("usage.file", Text("文件", "File"), cure, value=str(path))])
    _must_be_known(arguments.kind)
    with path.open("rb") as stream:
        # Never a 2 GB file into memory: one byte over the limit is enough to refuse it.
        content = stream.read(BYTES_MAX + 1)
    if arguments.pairing:
        pairing_named(arguments.pairing)
    if arguments.kind == LIBRARY:
        proposed = import_projects(
            content,
            pairing_code=arguments.pairing,
            by=_importer(arguments, "project.propose"),
            dry_run=arguments.dry_run,
            partial=arguments.partial,
        )
        return _answered(proposed, arguments)
    by = _importer(arguments, "register.import")
    progress = Progress(Text("行", "Rows"), arguments)
    try:
        result = import_workbook(
            content,
            kind=arguments.kind,
            pairing_code=arguments.pairing,
            by=by,
            dry_run=arguments.dry_run,
            partial=arguments.partial,
            on_progress=progress,
        )
    finally:
        progress.close()
    return _answered(result, arguments)


def _must_be_known(kind: str) -> None:
    """Reject a word that is neither a kind nor the library."""
    if kind != LIBRARY:
        kind_sheet(kind, has_children=False)


def _answered(result: ImportResult, arguments: Namespace) -> int:
    if arguments.json:
        tell_json(import_json(result, is_dry_run=arguments.dry_run))
    else:
        _tell_result(result, arguments)
    return 1 if result.problems else 0


def import_json(result: ImportResult, *, is_dry_run: bool) -> dict[str, Any]:
    """What came of a workbook."""
    return {
        "written": result.is_written,
        "dry_run": is_dry_run,
        "rows": result.rows,
        "new": result.new,
        "unchanged": result.unchanged,
        "corrected": result.corrected,
        "refused": result.refused_rows,
        "problems": [problem_json(problem) for problem in result.problems],
        "notes": [problem_json(note) for note in result.notes],
    } | (
        {"proposals": list(map(_proposal_json, result.proposals))}
        if isinstance(result, ProposalsResult)
        else {}
    )


def _proposal_json(seen: ProposalSeen) -> dict[str, Any]:
    """A row of the sheet of projects, with what would come of it."""
    return {
        "row": seen.row,
        "pairing": seen.pairing_code,
        "code": seen.code,
        "name_zh": seen.name.zh,
        "name_en": seen.name.en,
        "outcome": seen.outcome,
        "funding": [
            {
                "source": line.source,
                "fund": line.fund_code or None,
                "money": json_number(line.money.amount),
                "currency": line.money.currency,
            }
            for line in seen.funding
        ],
        "problems": [problem.code for problem in seen.problems],
    }


def _tell_result(result: ImportResult, arguments: Namespace) -> None:
    tell_problems(result.problems[:_TOLD_MAX], arguments)
    if len(result.problems) > _TOLD_MAX:
        more = len(result.problems) - _TOLD_MAX
        say(
            Text(f"……另有 {more} 个问题（--json 列出全部）", f"… and {more} more (--json lists all)"),
            arguments,
        )
    tell_problems(result.notes, arguments)
    if isinstance(result, ProposalsResult):
        _tell_proposals(result.proposals, arguments)
    counts = Text(
        f"{result.rows} 行：新增 {result.new}，未变 {result.unchanged}，更正 {result.corrected}，"
        f"有问题 {result.refused_rows}",
        f"{result.rows} rows: {result.new} new, {result.unchanged} unchanged, {result.corrected} corrected, "
        f"{result.refused_rows} with problems",
    )
    if result.is_written:
        end = Text("；已写入。", "; written.")
    elif arguments.dry_run:
        end = Text("；只是检查，没有写入。", "; only checked, nothing written.")
    else:
        end = Text(
            "；没有写入任何内容（--partial 只收下没有问题的行）。",
            "; nothing was written (--partial takes the good rows).",
        )
    print(counts.in_(arguments.lang) + end.in_(arguments.lang))


_OUTCOMES: dict[str, Text] = {
    "new": Text("申报", "proposed"),
    "unchanged": Text("库里已有", "there already"),
    "refused": Text("不接收", "refused"),
}


def _tell_proposals(proposals: Sequence[ProposalSeen], arguments: Namespace) -> None:
    """Each row with its planned money and what comes of it."""
    lang = arguments.lang
    headings = (
        Text("行 编号 名称 计划资金（元） 结果", "Row Code Name Planned_(yuan) Outcome").in_(lang).split()
    )
    rows = [
        (
            str(seen.row),
            seen.code,
            seen.name.in_(lang),
            "; ".join(
                f"{line.fund_code or line.label.in_(lang)} {money_digits(line.money.amount)}"
                for line in seen.funding
            ),
            _OUTCOMES[seen.outcome].in_(lang),
        )
        for seen in proposals[:_TOLD_MAX]
    ]
    print(table([heading.replace("_", " ") for heading in headings], rows))


def _importer(arguments: Namespace, act: str) -> Actor:
    """Who imports: the user named, else the only one who may; a dry run needs no name."""
    place = Text("以谁的名义（--by）", "Who imports (--by)")
    if arguments.by:
        user = User.objects.filter(username=arguments.by, is_active=True).first()
        if user is None:
            cure = Text("没有这个用户。", "There is no such user.")
            raise Rejected([Problem("usage.by", place, cure, value=arguments.by)])
        return actor_of(user.pk)
    found = {
        user.username: actor
        for user in User.objects.filter(is_active=True).order_by("id")
        for actor in [actor_of(user.pk)]
        if any(_may_import(pairing.id, actor, act) for pairing in _pairings_asked(arguments))
    }
    if len(found) == 1 or (found and arguments.dry_run):
        return next(iter(found.values()))
    names = ", ".join(found) or "—"
    cure = Text(
        f"请用 --by 指明用户；可以导入的有：{names}。", f"Name a user with --by; these may import: {names}."
    )
    raise Rejected([Problem("usage.by", place, cure)])


def _may_import(pairing_id: int, actor: Actor, act: str) -> bool:
    standing = standing_in(pairing_id, actor)
    # Projects are proposed by the side that carries them out.
    return may(standing, act) and (act != "project.propose" or (standing and standing.side) == "assisted")


def _pairings_asked(arguments: Namespace) -> list[PairingRow]:
    return [pairing_named(arguments.pairing)] if arguments.pairing else programmes()


def export(arguments: Namespace) -> int:
    """Write a workbook of one pairing; the file is named by --out or as a word that ends in .xlsx.

    Of corrections it writes the annotated texts, which may be laid beside those of the finder's corpus.
    """
    if arguments.format == "corrections":
        return _export_corrections(arguments)
    named = [word for word in arguments.kinds if word.lower().endswith(".xlsx")]
    kinds = [word for word in arguments.kinds if word not in named]
    for kind in kinds:
        _must_be_known(kind)
    pairing = _only_pairing(arguments)
    path = Path(arguments.out or (named[0] if named else f"{pairing.code}.xlsx"))
    must_have_folder(path)
    content = workbook(kinds or None, None, pairing.code, arguments.lang)
    _write(path, content)
    if arguments.json:
        tell_json({"file": str(path), "bytes": len(content), "pairing": pairing.code, "lang": arguments.lang})
    else:
        print(Text(f"已写入 {path}", f"Written: {path}").in_(arguments.lang))
    return 0


def _export_corrections(arguments: Namespace) -> int:
    pairing = _only_pairing(arguments)
    path = Path(arguments.out or next(iter(arguments.kinds), f"{pairing.code}-corrections.yaml"))
    must_have_folder(path)
    rows = corrections_kept(pairing.id)
    content = correction_cases(rows).encode()
    _write(path, content)
    if arguments.json:
        tell_json({"file": str(path), "bytes": len(content), "pairing": pairing.code, "lang": arguments.lang})
    else:
        count = len(rows)
        print(
            Text(f"已写入 {path}：{count} 条更正", f"Written: {path}, corrections: {count}").in_(
                arguments.lang
            )
        )
    return 0


def _write(path: Path, content: bytes) -> None:
    # Written beside and moved into place: a stop in the middle leaves no half file.
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def must_have_folder(path: Path) -> None:
    """Reject a file whose folder is not there, before the work is done and not after."""
    if not path.resolve().parent.is_dir():
        cure = Text("没有这个目录；请先建好。", "There is no such folder; make it first.")
        raise Rejected([Problem("usage.folder", Text("文件", "File"), cure, value=str(path))])


def _only_pairing(arguments: Namespace) -> PairingRow:
    if arguments.pairing:
        return pairing_named(arguments.pairing)
    found = programmes()
    if len(found) != 1:
        codes = ", ".join(row.code for row in found) or "—"
        cure = Text(f"请用 --pairing 指明：{codes}。", f"Name one with --pairing: {codes}.")
        raise Rejected([Problem("usage.pairing", Text("结对", "Pairing"), cure)])
    return found[0]
