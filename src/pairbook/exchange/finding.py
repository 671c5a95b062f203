"""Finds in an opened workbook whose it is, and the sheet and table that hold what is asked for."""

from collections.abc import Mapping, Sequence

from pairbook.exchange.grids import Grid, OpenedWorkbook
from pairbook.exchange.reads import pairing_named
from pairbook.exchange.rows import Table, cell_text, find_table, word_key
from pairbook.exchange.rules import ROWS_MAX, Column
from pairbook.exchange.writing import META_SHEET
from pairbook.kernel.problems import Problem, Rejected
from pairbook.kernel.texts import Text
from pairbook.pairings.reads import PairingRow, programmes


def meta_of(opened: OpenedWorkbook) -> dict[str, str]:
    """What the hidden sheet says; empty for a workbook a person typed."""
    if META_SHEET not in opened.names:
        return {}
    rows = opened.grid(META_SHEET).rows[:200]
    return {cell_text(row[0]): cell_text(row[1]) for row in rows if len(row) > 1}


def pairing_asked(asked: str | None, named: str | None) -> PairingRow:
    """The pairing asked for, or the one the workbook names, or the only one; Rejected where these differ."""
    if asked and named and asked != named:
        cure = Text(
            f"工作簿是结对 {named} 的，不是 {asked} 的；请核对。",
            f"The workbook belongs to the pairing {named}, not to {asked}; check which one is meant.",
        )
        raise Rejected([Problem("workbook.pairing", Text("结对", "Pairing"), cure, value=named)])
    code = asked or named
    if code:
        return pairing_named(code)
    only = programmes()
    if len(only) != 1:
        codes = ", ".join(row.code for row in only)
        cure = Text(f"请指明结对：{codes}。", f"Say which pairing: {codes}.")
        raise Rejected([Problem("workbook.pairing", Text("结对", "Pairing"), cure)])
    return only[0]


def sheet_table(
    opened: OpenedWorkbook,
    columns: Sequence[Column],
    *,
    code: str,
    label: Text,
    words: Sequence[str] = (),
    meta: Mapping[str, str],
) -> tuple[Grid, Table]:
    """The sheet of a kind, with its table: as the hidden sheet says, else by its name, else the only one with a header.

    Rejected where none or several can be meant, or where there are more rows than one import takes.
    """
    others = [name for name in opened.names if name != META_SHEET]
    chosen = sheets_called(opened, code=code, label=label, words=words, meta=meta)
    if meta.get("template") and not chosen:
        cure = Text(f"这本工作簿里没有“{label.zh}”表。", f"This workbook has no sheet '{label.en}'.")
        raise Rejected([Problem("workbook.sheet", Text("工作表", "Sheet"), cure, value=", ".join(others))])
    found = tables_in(opened, chosen or others, columns)
    if len(found) == 1:
        return found[0]
    names = [grid.name for grid, _ in found] or others
    required = [column.label for column in columns if column.is_required]
    zh, en = "、".join(one.zh for one in required), ", ".join(one.en for one in required)
    cure = (
        Text(
            f"有几张表都像登记表；请只留一张，或把它命名为“{label.zh}”。",
            f"Several sheets look like a register; keep one, or name it '{label.en}'.",
        )
        if found
        else Text(
            f"前 10 行里找不到表头；表头应有：{zh}。",
            f"No header was found in the first 10 rows; it should name: {en}.",
        )
    )
    raise Rejected([Problem("workbook.header", Text("表头", "Header"), cure, value=", ".join(names))])


def sheets_called(
    opened: OpenedWorkbook, *, code: str, label: Text, words: Sequence[str], meta: Mapping[str, str]
) -> list[str]:
    """The names of the sheets that the hidden sheet, or their own name, says are of this kind."""
    named = meta.get(f"kind:{code}")
    known = {word_key(word) for word in (label.zh, label.en, *words)}
    others = [name for name in opened.names if name != META_SHEET]
    return [name for name in others if name == named] or [name for name in others if word_key(name) in known]


def tables_in(
    opened: OpenedWorkbook, names: Sequence[str], columns: Sequence[Column]
) -> list[tuple[Grid, Table]]:
    """The sheets of these that hold a table with such columns; Rejected where one has too many rows."""
    found = []
    for name in names:
        grid = opened.grid(name)
        table = find_table(grid, columns)
        if table is not None and len(table.rows) > ROWS_MAX:
            cure = Text(
                f"超过 {ROWS_MAX} 行，请分成几个工作簿。", f"Over {ROWS_MAX} rows; split the workbook."
            )
            raise Rejected([Problem("workbook.rows", Text("工作簿", "Workbook"), cure)])
        if table is not None:
            found.append((grid, table))
    return found
