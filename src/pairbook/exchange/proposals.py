"""Proposals of projects taken into the library from a workbook: all of it or, when asked, its good rows.

One row is one project, told by its code. A project that is there already and says the same in any of its versions is
left as it is, so the same file taken twice adds nothing; one that says something else is changed on its page, with a
reason, and not by a file. Where the sheets of funds and goals are filled in, they are read with the project.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any, Literal

from django.db import IntegrityError, transaction

from pairbook.exchange.actions import ImportResult
from pairbook.exchange.finding import meta_of, pairing_asked, sheet_table, sheets_called, tables_in
from pairbook.exchange.grids import Grid, OpenedWorkbook, open_workbook
from pairbook.exchange.library_sheets import (
    LIBRARY,
    MONEY,
    SHEET_NAMES,
    SHEET_WORDS,
    Part,
    library_columns,
)
from pairbook.exchange.names import library_catalogue
from pairbook.exchange.rows import ReadRow, RowReader, Table, cell_text, place_of, tidy_text
from pairbook.kernel import clock
from pairbook.kernel.access import Actor, may, must
from pairbook.kernel.actions import write_audit
from pairbook.kernel.money import Money, sum_money
from pairbook.kernel.problems import Problem, Refusal, Rejected
from pairbook.kernel.texts import Text
from pairbook.pairings.reads import PairingRow, family_of, standing_in
from pairbook.projects.actions import propose_project, set_goal
from pairbook.projects.opening import ProjectOpened, open_projects
from pairbook.projects.reads import projects_of
from pairbook.projects.rules import DOCUMENT_NO_MAX, check_code, check_fields, check_goal
from pairbook.projects.shapes import (
    FIELDS,
    SOURCES,
    FundingLine,
    GoalDraft,
    Measure,
    ProjectFields,
)

Outcome = Literal["new", "unchanged", "refused"]


@dataclass(frozen=True, slots=True)
class ProposalSeen:
    """A row of the sheet of projects: what it names, and what would come of it."""

    row: int
    pairing_code: str
    code: str
    name: Text
    funding: tuple[FundingLine, ...]
    """The planned money as far as it was read, fund by fund."""
    outcome: Outcome
    problems: tuple[Problem, ...]
    """Why it is refused."""

    @property
    def planned(self) -> Money:
        """What the planned money comes to."""
        return sum_money(line.money for line in self.funding)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalsResult(ImportResult):
    """What came of a workbook of proposals, with each of its rows in the order of the sheet."""

    proposals: tuple[ProposalSeen, ...] = ()


def import_projects(
    content: bytes,
    *,
    pairing_code: str | None,
    by: Actor,
    dry_run: bool = False,
    partial: bool = False,
) -> ProposalsResult:
    """What came of a workbook of proposals: counts, each row, and every problem by row, column, value and cure.

    `dry_run` checks everything and writes nothing; `partial` takes the projects without problems.
    Rejected when the file cannot be read as a whole; Refusal when the actor may not propose here.
    """
    opened = open_workbook(content)
    meta = meta_of(opened)
    pairing = pairing_asked(pairing_code, meta.get("pairing"))
    standing = standing_in(pairing.id, by)
    must(may(standing, "project.propose"), "project.propose")
    assert standing is not None, "only somebody of a standing may propose"
    # Projects are proposed by the side that carries them out.
    must(standing.side == "assisted", "project.propose")
    own_of = standing.organisation_id if standing.sees_own_only else None
    taking = _Taking(opened, meta, pairing, family_of(pairing.id), by, own_of)
    is_written = False
    try:
        with transaction.atomic():
            taking.run()
            is_written = not dry_run and (partial or not taking.problems)
            if is_written and taking.new:
                body = {
                    "sha256": sha256(content).hexdigest(),
                    "new": taking.new,
                    "unchanged": taking.unchanged,
                }
                write_audit("project.import", f"pairing:{pairing.id}", body, by=by.user_id)
            if not is_written:
                raise _WriteNothing
    except _WriteNothing:
        pass
    except IntegrityError as error:
        raise Refusal(
            "import.meanwhile",
            Text(
                "有人同时在申报同样编号的项目，这次什么也没有写入；请再试一次。",
                "Somebody proposed projects of the same codes at this moment; nothing was written. Try again.",
            ),
        ) from error
    return ProposalsResult(
        new=taking.new,
        unchanged=taking.unchanged,
        corrected=0,
        problems=tuple(sorted(taking.problems, key=lambda problem: problem.row or 0)),
        rows=taking.rows,
        notes=tuple(taking.notes),
        is_written=is_written,
        proposals=tuple(sorted(taking.seen, key=lambda one: one.row)),
    )


class _WriteNothing(Exception):
    """Rolls the import back: a dry run, or a file with problems."""


_Key = tuple[int, str]
"""A project as a workbook names it: its pairing, and its code."""

# Where a problem of the library belongs whose code ends otherwise than its column is called.
_COLUMN_OF = {"name": "name_zh"}
_MONEY_PROBLEMS = ("funding", "source", "source_money", "source_twice", "source_currency")
_GOAL_COLUMNS = {"goal.sort": "sort", "goal.text": "text_zh", "goal.target": "target"}
_TEXTS = ("year", "use", "nature", "starts_on", "ends_on", "tasks", "participation", "mechanism")
_COUNTS = ("households", "persons", "poor_persons")
# A column of the sheet by the field of a project it fills; names and money are read apart.
_FIELD_OF = {code: code for code in (*_TEXTS, *_COUNTS)} | {
    "place": "place_id",
    "responsible": "responsible_id",
}


@dataclass(slots=True)
class _Sheet:
    """One sheet that is read, with its reader."""

    part: Part
    table: Table
    reader: RowReader

    def problem(self, found: ReadRow, column: str, code: str, cure: Text, *, row: int | None) -> Problem:
        """A problem with a cell, told with the sheet's name where it is not the sheet of projects."""
        known = self.table.columns.get(column)
        label = known.label if known else FIELDS.get(column, FIELDS["funding"])
        place = place_of(self.table, found.row, column, label)
        return self.placed(Problem(code, place, cure, row, cell_text(found.cells.get(column))))

    def placed(self, problem: Problem) -> Problem:
        """The problem with the name of its sheet before its place."""
        if self.part == "projects":
            return problem
        name, place = SHEET_NAMES[self.part], problem.place
        return replace(problem, place=Text(f"“{name.zh}”{place.zh}", f"{name.en}, {place.en}"))


@dataclass(slots=True)
class _Proposal:
    """A row of the sheet of projects with what belongs to it."""

    key: _Key
    found: ReadRow
    lines: list[tuple[ReadRow, FundingLine]] = field(default_factory=list)
    goals: list[tuple[ReadRow, GoalDraft]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class _Taking:
    """One import: what is known, what was found, what was written."""

    opened: OpenedWorkbook
    meta: Mapping[str, str]
    pairing: PairingRow
    family: list[PairingRow]
    by: Actor
    own_of: int | None
    """The organisation whose projects alone may be seen, or None when all may."""
    new: int = 0
    unchanged: int = 0
    rows: int = 0
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    seen: list[ProposalSeen] = field(default_factory=list)
    _sheets: dict[Part, _Sheet] = field(default_factory=dict)
    _proposals: dict[_Key, _Proposal] = field(default_factory=dict)
    _ids: dict[_Key, int] = field(default_factory=dict)
    _held: dict[int, ProjectOpened] = field(default_factory=dict)
    """Those of the file that the library holds already."""
    _undated: list[ReadRow] = field(default_factory=list)
    _one_named: list[ReadRow] = field(default_factory=list)

    def run(self) -> None:
        """Read the sheets, then propose what is new; problems are gathered, never raised."""
        self._open_sheets()
        self._ids = {(row.id, one.code): one.id for row in self.family for one in projects_of(row.id)}
        self._read_projects()
        self._read_part("funding", self._take_line)
        self._read_part("goals", self._take_goal)
        # A part of a programme that the same file proposes comes after it.
        waiting = sorted(self._proposals.values(), key=lambda one: self._parent_key(one) in self._proposals)
        self._held = open_projects([self._ids[key] for key in self._proposals if key in self._ids])
        for one in waiting:
            self._take(one)
        for sheet in self._sheets.values():
            self.notes += [sheet.placed(note) for note in sheet.reader.notes()]
        self._add_notes()

    def _open_sheets(self) -> None:
        has_children = len(self.family) > 1
        found: dict[Part, tuple[Grid, Table]] = {
            "projects": sheet_table(
                self.opened,
                library_columns("projects", has_children=has_children),
                code=LIBRARY,
                label=SHEET_NAMES["projects"],
                words=SHEET_WORDS["projects"],
                meta=self.meta,
            )
        }
        beside: tuple[Part, ...] = ("funding", "goals")
        for part in beside:
            label, words = SHEET_NAMES[part], SHEET_WORDS[part]
            names = sheets_called(self.opened, code=part, label=label, words=words, meta=self.meta)
            tables = tables_in(self.opened, names, library_columns(part, has_children=has_children))
            if tables:
                found[part] = tables[0]
        catalogue = library_catalogue(self.pairing, self.family, [table for _, table in found.values()])
        for part, (grid, table) in found.items():
            self._sheets[part] = _Sheet(part, table, RowReader(table, None, catalogue, is_1904=grid.is_1904))
            self.problems += [self._sheets[part].placed(problem) for problem in table.problems]

    def _key_of(self, found: ReadRow) -> _Key | None:
        code = found.values.get("code")
        return None if code is None else (found.values.get("pairing", self.pairing.id), str(code))

    def _read_projects(self) -> None:
        sheet = self._sheets["projects"]
        self.rows = len(sheet.table.rows)
        for row, cells in sheet.table.rows:
            found = sheet.reader.read(row, cells)
            key = self._key_of(found)
            if key is None:
                self.problems += found.problems
                self._see(found, _lines_in_columns(found), "refused", found.problems)
            elif key in self._proposals:
                first = self._proposals[key].found.row
                cure = Text(
                    f"第 {first} 行已是这个编号；请删去一行或另编一个。",
                    f"Row {first} has this code already; delete one of them or give another code.",
                )
                twice = sheet.problem(found, "code", "project.code_twice", cure, row=row)
                self.problems.append(twice)
                self._see(found, _lines_in_columns(found), "refused", [twice])
            else:
                self._proposals[key] = _Proposal(key, found, problems=list(found.problems))

    def _read_part(self, part: Part, take: Callable[[_Sheet, _Proposal, ReadRow], None]) -> None:
        sheet = self._sheets.get(part)
        for row, cells in sheet.table.rows if sheet else ():
            assert sheet is not None
            found = sheet.reader.read(row, cells)
            key = self._key_of(found)
            proposal = self._proposals.get(key) if key else None
            if proposal is None:
                self.problems += [sheet.placed(replace(one, row=None)) for one in found.problems]
                if key is not None:
                    cure = Text(
                        f"“{SHEET_NAMES['projects'].zh}”表里没有这个编号；请补上该项目，或删去这一行。",
                        f"The sheet {SHEET_NAMES['projects'].en} has no such code; add the project, or delete the row.",
                    )
                    self.problems.append(sheet.problem(found, "code", "project.code_unknown", cure, row=None))
                continue
            at_row = proposal.found.row
            proposal.problems += [sheet.placed(replace(one, row=at_row)) for one in found.problems]
            if not found.problems:
                take(sheet, proposal, found)

    def _take_line(self, sheet: _Sheet, proposal: _Proposal, found: ReadRow) -> None:
        held = found.values
        line = FundingLine(
            held["source"], held["money"], held.get("fund", ""), held.get("asks_consent", False)
        )
        proposal.lines.append((found, line))

    def _take_goal(self, sheet: _Sheet, proposal: _Proposal, found: ReadRow) -> None:
        held = found.values
        text = Text(held["text_zh"], held.get("text_en") or held["text_zh"])
        goal = GoalDraft(held["sort"], text, Measure(held["target"], held["unit"]))
        proposal.goals.append((found, goal))
        for problem in check_goal(goal):
            column = _GOAL_COLUMNS.get(problem.code, "target")
            told = sheet.problem(found, column, problem.code, problem.cure, row=proposal.found.row)
            proposal.problems.append(told)

    def _parent_key(self, one: _Proposal) -> _Key | None:
        parent = one.found.values.get("parent")
        return (one.key[0], str(parent)) if parent else None

    def _take(self, one: _Proposal) -> None:
        is_held, is_unread = one.key in self._ids, bool(one.problems)
        lines = self._lines_of(one)
        if is_unread:
            self._check_what_was_read(one, lines)
        elif is_held:
            self._compare(one, self._held[self._ids[one.key]])
        else:
            self._propose(one, lines)
        self.problems += one.problems
        came: Outcome = "refused" if one.problems else "unchanged" if is_held else "new"
        self._see(one.found, lines, came, one.problems)

    def _see(
        self, found: ReadRow, lines: Sequence[FundingLine], outcome: Outcome, problems: Sequence[Problem]
    ) -> None:
        held = found.values
        codes = {row.id: row.code for row in self.family}
        self.seen.append(
            ProposalSeen(
                row=found.row,
                pairing_code=codes.get(held.get("pairing", self.pairing.id), self.pairing.code),
                code=cell_text(found.cells.get("code")),
                name=Text(held.get("name_zh", ""), held.get("name_en") or held.get("name_zh", "")),
                funding=tuple(lines),
                outcome=outcome,
                problems=tuple(problems),
            )
        )

    def _check_what_was_read(self, one: _Proposal, lines: tuple[FundingLine, ...]) -> None:
        """What the rules say of a row with unreadable cells, so that all its problems are told at once."""
        fields = _fields_of(one.found, lines)
        for problem in check_code(one.key[1]) + check_fields(fields, on=clock.today()):
            column = self._column_of(problem, one)
            if cell_text(one.found.cells.get(column)) and column in one.found.values:
                self._refuse(one, column, problem.code, problem.cure)

    def _refuse(self, one: _Proposal, column: str, code: str, cure: Text) -> None:
        sheet = self._sheets["projects"]
        one.problems.append(sheet.problem(one.found, column, code, cure, row=one.found.row))

    def _lines_of(self, one: _Proposal) -> tuple[FundingLine, ...]:
        """The planned money: as the sheet of funds says, else as the columns of sources do; both agree."""
        sums = _sums_in_columns(one.found)
        if not one.lines:
            return _lines_in_columns(one.found)
        lines = tuple(line for _, line in one.lines)
        if sums and one.key not in self._ids:
            self._check_sums(one, sums, lines)
        return lines

    def _check_sums(self, one: _Proposal, sums: Mapping[str, Money], lines: Sequence[FundingLine]) -> None:
        for source in SOURCES:
            there = sum(line.money.minor for line in lines if line.source == source)
            here = sums[source].minor if source in sums else 0
            if here != there:
                name = SHEET_NAMES["funding"]
                cure = Text(
                    f"“{name.zh}”表里这一来源合计 {Money(there).amount:,.2f} 元，与本列不同；请核对。",
                    f"On the sheet {name.en} this source comes to {Money(there).amount:,.2f} yuan; make both agree.",
                )
                self._refuse(one, f"{MONEY}{source}", "project.funding_differs", cure)

    def _propose(self, one: _Proposal, lines: tuple[FundingLine, ...]) -> None:
        held = one.found.values
        if len(held.get("document_no", "")) > DOCUMENT_NO_MAX:
            cure = Text(f"不超过 {DOCUMENT_NO_MAX} 个字符。", f"At most {DOCUMENT_NO_MAX} characters.")
            self._refuse(one, "document_no", "project.document_no", cure)
        parent = self._parent_key(one)
        if parent and parent not in self._ids:
            cure = Text("没有这个编号的项目。", "There is no project of this code.")
            self._refuse(one, "parent", "project.parent", cure)
        if one.problems:
            return
        on = held.get("happened_on")
        try:
            with transaction.atomic():
                project_id = propose_project(
                    pairing_id=one.key[0],
                    code=one.key[1],
                    fields=_fields_of(one.found, lines),
                    on=on or clock.today(),
                    by=self.by,
                    document_no=held.get("document_no", ""),
                    parent_id=self._ids[parent] if parent else None,
                )
                for _, goal in one.goals:
                    set_goal(project_id, goal, by=self.by)
        except Rejected as rejected:
            for problem in rejected.problems:
                self._refuse(one, self._column_of(problem, one), problem.code, problem.cure)
            return
        except Refusal as refusal:
            self._refuse(one, "responsible", refusal.code, refusal.reason)
            return
        self._ids[one.key] = project_id
        self.new += 1
        if on is None:
            self._undated.append(one.found)
        if not held.get("name_en"):
            self._one_named.append(one.found)

    def _column_of(self, problem: Problem, one: _Proposal) -> str:
        word = problem.code.partition(".")[2]
        if word in _MONEY_PROBLEMS:
            filled = [code for code in one.found.values if code.startswith(MONEY)]
            return next(iter(filled), f"{MONEY}assisting_fiscal")
        return _COLUMN_OF.get(word, word)

    def _compare(self, one: _Proposal, there: ProjectOpened) -> None:
        """A project the library holds: nothing to do where some version of it says the same, else a problem."""
        versions = [version.fields for version in there.versions] or [ProjectFields(name=there.name)]
        if self.own_of is not None and versions[-1].responsible_id != self.own_of:
            # What another organisation's project says is not told to a department by comparing.
            cure = Text("这个项目编号已被使用，请换一个。", "This project code is taken; choose another.")
            self._refuse(one, "code", "project.code", cure)
            return
        differing = [self._differing(one, fields) for fields in versions]
        if all(differing):
            columns = self._sheets["projects"].table.columns
            labels = [columns[code].label if code in columns else FIELDS["funding"] for code in differing[-1]]
            zh, en = "、".join(label.zh for label in labels), ", ".join(label.en for label in labels)
            cure = Text(
                f"项目库已有这个项目，{zh}与这里不同；请到项目页修改并写明原因，或改回原值。",
                f"The library holds this project already and differs in: {en}. Change it on its page with the reason, "
                "or put the old value back.",
            )
            self._refuse(one, differing[-1][0], "project.differs", cure)
            return
        known = {_goal_key(goal.sort, goal.text, goal.target) for goal in there.goals}
        for found, goal in one.goals:
            if goal.target is not None and _goal_key(goal.sort, goal.text, goal.target) not in known:
                cure = Text(
                    "这个项目已在库里，没有这个目标；请到项目页增加。",
                    "The library holds this project already, without this goal; add it on the project's page.",
                )
                told = self._sheets["goals"].problem(
                    found, "text_zh", "goal.differs", cure, row=one.found.row
                )
                one.problems.append(told)
        if not one.problems:
            self.unchanged += 1

    def _differing(self, one: _Proposal, fields: ProjectFields) -> list[str]:
        """The columns of this row that say something else than these fields do; a column left out says nothing."""
        asked = self._sheets["projects"].table.columns
        here = _fields_of(one.found, ())
        found = [
            code
            for code, name in _FIELD_OF.items()
            if code in asked and _worded(getattr(here, name)) != _worded(getattr(fields, name))
        ]
        if _worded(here.name.zh) != _worded(fields.name.zh):
            found.insert(0, "name_zh")
        if "name_en" in one.found.values and _worded(here.name.en) != _worded(fields.name.en):
            found.append("name_en")
        for source in SOURCES:
            code = f"{MONEY}{source}"
            planned = sum(line.money.minor for line in fields.funding if line.source == source)
            written = one.found.values.get(code)
            if code in asked and (written.minor if written else 0) != planned:
                found.append(code)
        if one.lines and sorted(map(_plain, (line for _, line in one.lines))) != sorted(
            map(_plain, fields.funding)
        ):
            found.append("funding")
        return found

    def _add_notes(self) -> None:
        told = (
            (
                self._undated,
                "happened_on",
                "note.proposed_today",
                Text(
                    "没有申报日期，按导入当天记。",
                    "No day of the proposal was given; the day of the import stands.",
                ),
            ),
            (
                self._one_named,
                "name_en",
                "note.one_name",
                Text(
                    "没有英文名称，暂用中文名称。",
                    "No English name was given; the Chinese one stands in for it.",
                ),
            ),
        )
        sheet = self._sheets["projects"]
        labels = {column.code: column.label for column in library_columns("projects", has_children=False)}
        for rows, column, code, cure in told:
            if rows:
                count = len(rows)
                more = Text(f"（共 {count} 处）", f" ({count} rows)") if count > 1 else Text("", "")
                place = place_of(sheet.table, rows[0].row, column, labels[column])
                self.notes.append(
                    Problem(code, place, Text(cure.zh + more.zh, cure.en + more.en), rows[0].row)
                )


def _sums_in_columns(found: ReadRow) -> dict[str, Money]:
    """What the columns of sources hold, by source."""
    return {
        code.removeprefix(MONEY): money
        for code, money in found.values.items()
        if code.startswith(MONEY) and money.minor
    }


def _lines_in_columns(found: ReadRow) -> tuple[FundingLine, ...]:
    return tuple(FundingLine(source, money) for source, money in _sums_in_columns(found).items())


def _worded(value: Any) -> Any:
    """A value as it comes back from a cell: some white space and a leading quote are lost there."""
    return tidy_text(value).removeprefix("'") if isinstance(value, str) else value


def _goal_key(sort: str, text: Text, target: Measure) -> tuple[str, str, str, int, str]:
    return (sort, _worded(text.zh), _worded(text.en), target.thousandths, _worded(target.unit))


def _plain(line: FundingLine) -> tuple[str, str, int, bool]:
    return (line.source, line.fund_code, line.money.minor, line.asks_consent)


def _fields_of(found: ReadRow, lines: tuple[FundingLine, ...]) -> ProjectFields:
    held = found.values
    empty = dict.fromkeys(("use", "nature", "tasks", "participation", "mechanism"), "")
    values: dict[str, Any] = {name: held.get(code, empty.get(code)) for code, name in _FIELD_OF.items()}
    return ProjectFields(
        name=Text(held.get("name_zh", ""), held.get("name_en") or held.get("name_zh", "")),
        funding=lines,
        **values,
    )
