"""Writes of the exchange: a workbook taken into the register, all of it or, when asked, its good rows.

Filling an empty book from a backup is in `restoring`.

A row with an entry number is that entry: unchanged, or corrected with a reason. A row without one is new, and
carries a digest of itself, so that the same file taken twice adds nothing twice. Rows are recorded stage by stage,
so a receipt may stand in the same file as the dispatch it follows. What the register refuses is told by row and column.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction

from pairbook.exchange.finding import meta_of, pairing_asked, sheet_table
from pairbook.exchange.grids import Cell, Grid, open_workbook
from pairbook.exchange.reads import (
    KindSheet,
    catalogue_of,
    entries_of_document,
    held_rows,
    kind_sheet,
    recorded_keys,
)
from pairbook.exchange.rows import (
    ReadRow,
    RowReader,
    Table,
    cell_text,
    key_values,
    place_of,
    tidy_text,
)
from pairbook.kernel.access import Actor, may, must
from pairbook.kernel.actions import canonical, write_audit
from pairbook.kernel.problems import Problem, Refusal, Rejected
from pairbook.kernel.reading import plain
from pairbook.kernel.texts import Lang, Text
from pairbook.pairings.reads import PairingRow, family_of, standing_in
from pairbook.register.actions import correct_entry, hold_the_book, record_entries
from pairbook.register.known import entry_state
from pairbook.register.rules import Draft
from pairbook.register.shapes import COLUMNS

OnProgress = Callable[[int, int], None]
# Rows that fall short of one account are tried one by one up to here; more are refused together.
_TRIED_ALONE_MAX = 500
_HEARD_EVERY = 1_000
_SHORT = "entry.balance"


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What came of a workbook; with problems and without `partial` nothing was written."""

    new: int
    unchanged: int
    corrected: int
    problems: tuple[Problem, ...]
    rows: int
    """Rows with data, total rows not counted."""
    notes: tuple[Problem, ...] = ()
    """What was read although it was written in another way than the book would."""
    is_written: bool = False

    @property
    def refused_rows(self) -> int:
        """How many rows have problems."""
        return len({problem.row for problem in self.problems if problem.row is not None})


def import_workbook(
    content: bytes,
    *,
    kind: str,
    pairing_code: str | None,
    by: Actor,
    dry_run: bool = False,
    partial: bool = False,
    on_progress: OnProgress = lambda done, total: None,
) -> ImportResult:
    """What came of a workbook: counts and every problem by row, column, value and cure.

    `dry_run` checks everything, balances too, and writes nothing; `partial` takes the rows without problems.
    `on_progress` hears how many rows of how many are read, and then how many are recorded.
    Rejected when the file cannot be read as a whole; Refusal when the actor may not import here.
    """
    opened = open_workbook(content)
    meta = meta_of(opened)
    pairing = pairing_asked(pairing_code, meta.get("pairing"))
    must(may(standing_in(pairing.id, by), "register.import"), "register.import")
    family = family_of(pairing.id)
    held = kind_sheet(kind, has_children=len(family) > 1)
    grid, table = sheet_table(
        opened, held.columns, code=kind, label=held.sheet_name, words=_names_of(held), meta=meta
    )
    lang: Lang = "en" if meta.get("lang") == "en" else "zh"
    taking = _Taking(held, pairing, family, table, grid, lang, by, on_progress)
    is_written = False
    try:
        with transaction.atomic():
            hold_the_book()
            taking.run()
            is_written = not dry_run and (partial or not taking.problems)
            if is_written and (taking.new or taking.corrected):
                body = {"kind": kind, "sha256": sha256(content).hexdigest(), **taking.counts()}
                write_audit("register.import", f"pairing:{pairing.id}", body, by=by.user_id)
            if not is_written:
                raise _WriteNothing
    except _WriteNothing:
        pass
    except IntegrityError as error:
        raise Refusal(
            "import.meanwhile",
            Text(
                "有人同时在导入或更正同样的记录，这次什么也没有写入；请再试一次。",
                "Somebody imported or corrected the same entries at this moment; nothing was written. Try again.",
            ),
        ) from error
    problems = sorted(taking.problems, key=lambda problem: (problem.row or 0, problem.code))
    return ImportResult(
        new=taking.new,
        unchanged=taking.unchanged,
        corrected=taking.corrected,
        problems=tuple(problems),
        rows=len(table.rows),
        notes=tuple(taking.notes),
        is_written=is_written,
    )


class _WriteNothing(Exception):
    """Rolls the import back: a dry run, or a file with problems."""


def _names_of(held: KindSheet) -> tuple[str, ...]:
    return (held.kind.label.zh, held.kind.label.en)


@dataclass(slots=True)
class _New:
    """A new row on its way into the register."""

    row: int
    draft: Draft
    follows: str


@dataclass(slots=True)
class _Change:
    """A row that changes an entry."""

    row: int
    entry_id: int
    draft: Draft
    follows: str
    reason: str


@dataclass(slots=True)
class _Taking:
    """One import: what is known, what was found, what was written."""

    held: KindSheet
    pairing: PairingRow
    family: list[PairingRow]
    table: Table
    grid: Grid
    lang: Lang
    by: Actor
    on_progress: OnProgress
    new: int = 0
    unchanged: int = 0
    corrected: int = 0
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    _bad_rows: set[int] = field(default_factory=set)
    _cells: dict[int, dict[str, Cell]] = field(default_factory=dict)
    _reader: RowReader = field(init=False)
    # Document numbers of rows of this file: (stage, entry id once recorded, or None while refused).
    _of_file: dict[str, list[tuple[str, int | None]]] = field(default_factory=dict)
    _of_book: dict[str, list[tuple[int, str]]] = field(default_factory=dict)

    def counts(self) -> dict[str, int]:
        """For the audit trail."""
        return {"new": self.new, "unchanged": self.unchanged, "corrected": self.corrected}

    def run(self) -> None:
        """Read every row, then record stage by stage; problems are gathered, never raised."""
        self.problems += self.table.problems
        self._bad_rows |= {problem.row for problem in self.table.problems if problem.row is not None}
        texts = [
            tidy_text(str(cells[code]))
            for _, cells in self.table.rows
            for code in ("giver", "receiver")
            if isinstance(cells.get(code), str)
        ]
        numbers = [
            cell_text(cells.get(code))
            for _, cells in self.table.rows
            for code in ("giver", "receiver")
            if code in cells and not isinstance(cells[code], str)
        ]
        catalogue = catalogue_of(self.held, self.family, [*texts, *numbers])
        self._reader = RowReader(self.table, self.held.record, catalogue, is_1904=self.grid.is_1904)
        self._cells = dict(self.table.rows)
        named, unnamed = self._split()
        fresh = self._read_new(unnamed)
        changes = self._read_named(named)
        self._find_followed([*fresh, *changes])
        total = len(self.table.rows)
        for stage in self.held.record.stages:
            self._correct([change for change in changes if change.draft.stage == stage.code])
            self._record([one for one in fresh if one.draft.stage == stage.code])
            self.on_progress(self.new + self.corrected + self.unchanged, total)
        self.notes += self._reader.notes()

    def _refuse(self, row: int, problems: Iterable[Problem]) -> None:
        """Keep a row out. Problems of the register are told by the sheet's row, column and value."""
        self._bad_rows.add(row)
        for problem in problems:
            column = next(
                (one for one in self.table.columns.values() if one.label == problem.place and one.is_read),
                None,
            )
            if problem.code.startswith("workbook."):
                self.problems.append(problem)
            elif column is None:
                place = Text(f"第 {row} 行，{problem.place.zh}", f"row {row}, {problem.place.en}")
                self.problems.append(replace(problem, place=place, row=row))
            else:
                place = place_of(self.table, row, column.code, column.label)
                value = cell_text(self._cells[row].get(column.code))
                self.problems.append(replace(problem, place=place, row=row, value=value))

    def _one(self, row: int, code: str, column: str, zh: str, en: str) -> None:
        self._refuse(
            row, [Problem(f"import.{code}", COLUMNS.get(column, Text("记录号", "Entry no.")), Text(zh, en))]
        )

    def _split(self) -> tuple[dict[int, tuple[int, dict[str, Cell]]], list[tuple[int, dict[str, Cell]]]]:
        """Rows that name an entry, by its number, and the others."""
        named: dict[int, tuple[int, dict[str, Cell]]] = {}
        unnamed = []
        for row, cells in self.table.rows:
            if not cell_text(cells.get("entry")):
                unnamed.append((row, cells))
                continue
            found = self._reader.read(row, cells, ["entry"])
            number = found.values.get("entry")
            if number is None:
                self._refuse(row, found.problems)
            elif number in named:
                first = named[number][0]
                self._one(
                    row, "entry_twice", "entry", f"第 {first} 行已是这条记录；请删去一行。",
                    f"Row {first} is this entry already; delete one of them.",
                )  # fmt: skip
            else:
                named[number] = (row, cells)
        return named, unnamed

    def _read_new(self, rows: Sequence[tuple[int, dict[str, Cell]]]) -> list[_New]:
        read: list[tuple[ReadRow, str]] = []
        counted: Counter[str] = Counter()
        for done, (row, cells) in enumerate(rows):
            if done % _HEARD_EVERY == 0:
                self.on_progress(done, len(self.table.rows))
            found = self._reader.read(row, cells)
            if found.problems:
                self._refuse(row, found.problems)
                self._remember_document(found, None)
                continue
            body = canonical(
                {"pairing": self.pairing.code, "kind": self.held.kind.code, "row": key_values(found)}
            )
            counted[body] += 1
            # Two equal rows in one file are two facts; the second carries its count.
            read.append((found, sha256(f"{body}#{counted[body]}".encode()).hexdigest()))
        known = recorded_keys(key for _, key in read)
        fresh = []
        for found, key in read:
            if key in known:
                self.unchanged += 1
            else:
                fresh.append(_New(found.row, self._draft(found, key), str(found.values.get("follows", ""))))
        return fresh

    def _draft(self, found: ReadRow, key: str | None) -> Draft:
        values = found.values
        return Draft(
            pairing_id=values.get("pairing", self.pairing.id),
            kind=self.held.kind.code,
            stage=values.get("stage", ""),
            giver_id=values.get("giver"),
            receiver_id=values.get("receiver"),
            happened_on=values.get("happened_on"),
            money=values.get("money"),
            quantity=values.get("quantity"),
            of_which=values.get("of_which"),
            fund_id=values.get("fund"),
            item_code=values.get("item"),
            campaign_code=values.get("campaign"),
            project_id=values.get("project"),
            document_no=values.get("document_no", ""),
            note=values.get("note", ""),
            details=_details(values),
            source_key=key,
        )

    def _remember_document(self, found: ReadRow, entry_id: int | None) -> None:
        number = plain(str(found.values.get("document_no", "")))
        if number:
            stage = str(found.values.get("stage", ""))
            self._of_file.setdefault(number, []).append((stage, entry_id))

    def _record(self, fresh: Sequence[_New]) -> None:
        """Record the rows of one stage; rows the register refuses are put aside and the others tried again."""
        waiting = [one for one in fresh if self._resolve(one)]
        while waiting:
            try:
                with transaction.atomic():
                    drafts = [one.draft for one in waiting]
                    ids = record_entries(drafts, by=self.by, on_progress=self._heard)
            except Rejected as rejected:
                waiting = self._without_refused(waiting, rejected.problems)
                continue
            for one, entry_id in zip(waiting, ids, strict=True):
                self._recorded(one, entry_id)
            return

    def _heard(self, done: int) -> None:
        self.on_progress(self.new + self.unchanged + done, len(self.table.rows))

    def _recorded(self, one: _New, entry_id: int) -> None:
        self.new += 1
        number = plain(one.draft.document_no)
        if number:
            self._of_file.setdefault(number, []).append((one.draft.stage, entry_id))

    def _without_refused(self, waiting: Sequence[_New], problems: Sequence[Problem]) -> list[_New]:
        by_row: dict[int, list[Problem]] = {}
        for problem in problems:
            assert problem.row is not None, "the register says which draft a problem is about"
            by_row.setdefault(problem.row, []).append(problem)
        surely = {place: found for place, found in by_row.items() if any(one.code != _SHORT for one in found)}
        if surely:
            # That an account falls short may follow from a row refused for itself; the next try tells.
            by_row = {place: [one for one in found if one.code != _SHORT] for place, found in surely.items()}
        # Many rows may draw on an account that only the last overdraws: those are tried alone, in file order.
        is_alone = not surely and 1 < len(by_row) <= _TRIED_ALONE_MAX
        kept = [one for place, one in enumerate(waiting) if place not in by_row]
        if not is_alone:
            for place, found in by_row.items():
                self._refuse_new(waiting[place], found)
            return kept
        for place in sorted(by_row):
            one = waiting[place]
            try:
                with transaction.atomic():
                    (entry_id,) = record_entries([one.draft], by=self.by)
                self._recorded(one, entry_id)
            except Rejected as rejected:
                self._refuse_new(one, rejected.problems)
        return kept

    def _refuse_new(self, one: _New, problems: Sequence[Problem]) -> None:
        self._refuse(one.row, problems)
        number = plain(one.draft.document_no)
        if number:
            self._of_file.setdefault(number, []).append((one.draft.stage, None))

    def _read_named(self, named: dict[int, tuple[int, dict[str, Cell]]]) -> list[_Change]:
        shown = held_rows(self.held, self.family, list(named), self.lang)
        changes = []
        for number, (row, cells) in named.items():
            if number not in shown:
                self._refuse_number(row, number)
                continue
            changed = self._changed_columns(cells, shown[number])
            if not changed and not any((row, code) in self.table.holes for code in self.table.columns):
                self.unchanged += 1
            elif change := self._read_change(row, number, cells, changed):
                changes.append(change)
        return changes

    def _refuse_number(self, row: int, number: int) -> None:
        state = entry_state(number)
        family = {one.id for one in self.family}
        if state is None or state.facts.pairing_id not in family or state.facts.kind != self.held.kind.code:
            self._one(
                row, "entry_unknown", "entry", "本结对的这张表里没有这个记录号；新记录请留空。",
                "This pairing's sheet has no entry of this number; leave it empty for a new entry.",
            )  # fmt: skip
        elif state.replaced_by_id is not None:
            current = state.current_id
            self._one(
                row, "entry_replaced", "entry", f"这条记录已更正为 E{current}；请重新导出后再改。",
                f"This entry was corrected meanwhile, it is E{current} now; export again and change that.",
            )  # fmt: skip
        else:
            self._one(
                row, "entry_withdrawn", "entry", "这条记录已撤回；请删去这一行。",
                "This entry was withdrawn; delete the row.",
            )  # fmt: skip

    def _changed_columns(self, cells: dict[str, Cell], shown: dict[str, str]) -> list[str]:
        """The columns whose text is not what the book would show; the reason and the number are no change.

        A text that only says the same in another way is found out when it is read.
        """
        changed = []
        for code, column in self.table.columns.items():
            if not column.is_read or code in ("entry", "reason"):
                continue
            if cell_text(cells.get(code)) != shown.get(code, ""):
                changed.append(code)
        return changed

    def _read_change(
        self, row: int, number: int, cells: dict[str, Cell], changed: list[str]
    ) -> _Change | None:
        holes = [code for code in self.table.columns if (row, code) in self.table.holes]
        asked = {*changed, *holes, "reason"}
        if asked & {"money", "fund"}:
            asked |= {"money", "fund"}
        if asked & {"quantity", "unit", "of_which"}:
            asked |= {"quantity", "unit", "money", "of_which"} & {*self.table.columns}
        found = self._reader.read(row, cells, list(asked))
        if found.problems:
            self._refuse(row, found.problems)
            return None
        state = entry_state(number)
        assert state is not None, "it was shown"
        draft = _with_changes(state.draft, found, asked - {"reason", "entry"})
        follows = str(found.values.get("follows", "")) if "follows" in asked else ""
        if draft == state.draft and not follows:
            self.unchanged += 1
            return None
        reason = str(found.values.get("reason", ""))
        if not reason:
            names = [self.table.columns[code].label for code in changed if code in self.table.columns]
            zh, en = "、".join(one.zh for one in names), ", ".join(one.en for one in names)
            self._one(
                row, "reason", "reason", f"改了{zh}；请在“更正原因”列写明原因，或改回原值。",
                f"{en} changed; give the reason in its column, or put the old value back.",
            )  # fmt: skip
            return None
        return _Change(row, number, draft, follows, reason)

    def _correct(self, changes: Sequence[_Change]) -> None:
        for change in changes:
            if not self._resolve(change):
                continue
            try:
                with transaction.atomic():
                    correct_entry(change.entry_id, change.draft, reason=change.reason, by=self.by)
                self.corrected += 1
            except Rejected as rejected:
                self._refuse(change.row, rejected.problems)
            except Refusal as refusal:
                self._refuse(change.row, [Problem(refusal.code, Text("记录号", "Entry no."), refusal.reason)])

    def _find_followed(self, rows: Sequence[_New | _Change]) -> None:
        self._of_book = entries_of_document(
            self.held, self.family, {one.follows for one in rows if one.follows}
        )

    def _resolve(self, one: _New | _Change) -> bool:
        """Whether what the row follows is known: an entry number, or the document number of an earlier stage."""
        if not one.follows:
            return True
        stage = self.held.record.stage(one.draft.stage)
        before = stage.follows if stage else ()
        number = plain(one.follows)
        in_file = [entry_id for code, entry_id in self._of_file.get(number, []) if code in before]
        in_book = [entry_id for entry_id, code in self._of_book.get(one.follows, []) if code in before]
        found = list(dict.fromkeys([*in_book, *in_file]))
        if len(found) == 1 and found[0] is not None:
            one.draft = replace(one.draft, follows_id=found[0])
            return True
        if found == [None]:
            zh, en = "它承接的那一行有问题，没有记入。", "The row it follows was refused."
        elif found:
            listed = ", ".join(f"E{entry_id}" for entry_id in found if entry_id is not None)
            zh = f"有几条记录的文号都是它（{listed}）；请写记录号。"
            en = f"Several entries have this document number ({listed}); write the entry number."
        elif digits := _entry_number(number):
            one.draft = replace(one.draft, follows_id=digits)
            return True
        else:
            zh = "前一阶段没有这个记录号或文号；请写 E123 这样的记录号，或前一阶段的文号。"
            en = (
                "No entry of an earlier stage has this number; write an entry number such as E123, "
                "or the document number of the earlier stage."
            )
        self._one(one.row, "follows", "follows", zh, en)
        if isinstance(one, _New) and one.draft.document_no:
            self._of_file.setdefault(plain(one.draft.document_no), []).append((one.draft.stage, None))
        return False


def _entry_number(text: str) -> int | None:
    digits = text.upper().removeprefix("E")
    return int(digits) if digits.isdecimal() and len(digits) <= 18 else None


def _details(values: dict[str, Any]) -> dict[str, str | int]:
    prefix = "detail:"
    return {
        code.removeprefix(prefix): _as_detail(value)
        for code, value in values.items()
        if code.startswith(prefix)
    }


def _as_detail(value: Any) -> str | int:
    """A value as an entry keeps it among its details: a day as its ISO text."""
    return value.isoformat() if isinstance(value, date) else value


_FIELDS = {
    "stage": "stage",
    "giver": "giver_id",
    "receiver": "receiver_id",
    "happened_on": "happened_on",
    "money": "money",
    "quantity": "quantity",
    "of_which": "of_which",
    "fund": "fund_id",
    "item": "item_code",
    "campaign": "campaign_code",
    "project": "project_id",
    "document_no": "document_no",
    "note": "note",
}


def _with_changes(draft: Draft, found: ReadRow, codes: Iterable[str]) -> Draft:
    """The entry as the row says it should be; columns the row does not change keep what the book holds."""
    changes: dict[str, Any] = {}
    details = dict(draft.details)
    for code in codes:
        value = found.values.get(code)
        if code in _FIELDS and code in {*found.cells, *found.values}:
            empty = "" if code in ("stage", "document_no", "note") else None
            changes[_FIELDS[code]] = empty if value is None else value
        elif code.startswith("detail:"):
            name = code.removeprefix("detail:")
            details.pop(name, None)
            if value is not None:
                details[name] = _as_detail(value)
    return replace(draft, **changes, details=details)
