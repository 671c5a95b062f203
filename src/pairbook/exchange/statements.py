"""A bank statement or treasury list that an office has: CSV or workbook, read into lines and checked against itself.

Nothing is guessed: what can be read in two ways is a problem with its row, column and cure. What was left aside, and
where a running balance or a total does not come out, is told beside the lines.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from unicodedata import normalize

from pairbook.exchange.delimited import is_text, text_grids
from pairbook.exchange.grids import Grid, column_letters, open_workbook
from pairbook.exchange.rows import Unread, cell_text, unbroken_text, unread_hole
from pairbook.exchange.rules import exact_number
from pairbook.exchange.statement_layouts import ROLES, Layout, find_layout, is_head
from pairbook.kernel.money import Money
from pairbook.kernel.problems import Problem, Rejected
from pairbook.kernel.reading import read_amount, read_day
from pairbook.kernel.texts import Text
from pairbook.register.reconciling import LineDraft
from pairbook.web.numbers import money_digits

STATEMENT_LINES_MAX = 5_000
_CELL_MAX = 200
_TOP_ROWS = 12
_FILE = Text("对账单文件", "Statement file")
CSV_TYPE = "text/csv"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLS_TYPE = "application/vnd.ms-excel"

_MOMENT = re.compile(r"(.*?\d日?)[ T]+\d{1,2}[:：.]?\d{2}([:：.]?\d{2})?(\.\d+)?")
_SERIALS = range(20_000, 60_001)
_GUARDED = re.compile(r'="([^"]*)"')
_TOTAL = re.compile(
    r"(本页|本日|本月|本期|本年)?(合计|总计|共计|小计|累计)(金额|笔数|数)?|(sub|grand)?\s*totals?",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"期初|承前|上期结转|上年结转|上页余额|opening balance|brought forward|b/f|期末余额|过次页|closing balance|"
    r"carried forward",
    re.IGNORECASE,
)
_IN_WORDS = {"贷", "贷方", "收", "收入", "存入", "转入", "in", "cr", "c", "credit", "+"}
_OUT_WORDS = {"借", "借方", "支", "支出", "付", "付出", "转出", "out", "dr", "d", "debit", "-"}
_NOTHING = {"", "-", "--", "—", "——", "/", "0", "0.0", "0.00"}
_ACCOUNT = re.compile(
    r"(?:账号|帐号|账户号|account(?: no| number)?)\.?\s*[:：]?\s*(\d[\d\s*-]{4,34}\d)", re.IGNORECASE
)
_OWNER = re.compile(
    r"(?:户名|账户名称|单位名称|account name|account holder)\s*[:：]?\s*([^\s:：,，][^:：,，]{1,79})",
    re.IGNORECASE,
)
_DAYS = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|(?<!\d)20\d{6}(?!\d)")


@dataclass(frozen=True, slots=True)
class ReadStatement:
    """What a file holds: its lines, or what keeps it from being kept, and what its reader should know."""

    media_type: str
    layout: Layout | None
    lines: tuple[LineDraft, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    """Rows left aside, balances and totals that do not come out: worth a look, and no reason to refuse."""
    top: tuple[tuple[str, ...], ...] = ()
    """The first rows of the file, for a person who says which column is which."""
    account: str = ""
    """The number of the account, where a line above the head names it."""
    owner: str = ""
    """Whose account a line above the head says it is."""
    days: tuple[date, date] | None = None
    """The period the file says it covers, else the first and the last day of its lines."""

    @property
    def width(self) -> int:
        """How many columns its first rows have."""
        return max(map(len, self.top), default=0)

    @property
    def came_in(self) -> Money:
        """What its lines say came in."""
        return Money(sum(max(line.minor, 0) for line in self.lines))

    @property
    def went_out(self) -> Money:
        """What its lines say went out."""
        return Money(sum(max(-line.minor, 0) for line in self.lines))


def read_statement(content: bytes, layout: Layout | None = None) -> ReadStatement:
    """What a file holds, by the layout given or the one found; Rejected when it is no CSV and no workbook at all."""
    media_type, grid, texts = _grid_of(content)
    found = layout or find_layout(texts)
    top = tuple(tuple(row) for row in texts[:_TOP_ROWS])
    if found is None or "day" not in found.columns or not found.has_amounts:
        return ReadStatement(media_type, found, problems=(_no_head(),), top=top)
    read = _Reading(grid, texts, found)
    read.run()
    if not read.lines and not read.problems:
        cure = Text(
            "表头下面没有读到一笔；请核对列的选择。", "No line was read below the head; check the columns."
        )
        read.problems.append(Problem("statement.empty", _FILE, cure))
    if len(read.lines) > STATEMENT_LINES_MAX:
        cure = Text(
            f"超过 {STATEMENT_LINES_MAX} 笔；请按月分成几个文件。",
            f"More than {STATEMENT_LINES_MAX} lines; split the file by months.",
        )
        read.problems.append(Problem("statement.lines", _FILE, cure, value=str(len(read.lines))))
    above = [cell for row in texts[: found.first_row] for cell in row]
    return ReadStatement(
        media_type,
        found,
        tuple(read.lines),
        tuple(read.problems),
        (*read.notes, *balance_breaks(read.lines)),
        top,
        _named(_ACCOUNT, above).replace(" ", ""),
        _named(_OWNER, above),
        _days_named(above, read.lines),
    )


def _grid_of(content: bytes) -> tuple[str, Grid, list[list[str]]]:
    """The sheet with the best head, or the fullest one, and the text of its cells."""
    if content.startswith(b"%PDF-"):
        cure = Text(
            "这是 PDF；请从网上银行导出 Excel 或 CSV。",
            "This is a PDF; export Excel or CSV from the bank's system.",
        )
        raise Rejected([Problem("statement.pdf", _FILE, cure)])
    if is_text(content):
        media_type, grids = CSV_TYPE, list(text_grids(content, sort="statement", place=_FILE))
    else:
        book = open_workbook(content)
        media_type = XLSX_TYPE if content.startswith(b"PK") else XLS_TYPE
        grids = [book.grid(name) for name in book.names]
    if not any(map(len, (grid.rows for grid in grids))):
        raise Rejected(
            [Problem("statement.empty", _FILE, Text("文件里没有内容。", "The file holds nothing."))]
        )
    read = [(grid, [[_shown(cell) for cell in row] for row in grid.rows]) for grid in grids]

    def score(one: tuple[Grid, list[list[str]]]) -> tuple[int, int]:
        layout = find_layout(one[1])
        width = max((sum(map(bool, row)) for row in one[1][:_TOP_ROWS]), default=0)
        return (len(layout.columns) if layout else 0, width)

    grid, texts = max(read, key=score)
    return media_type, grid, texts


def _shown(cell: object) -> str:
    text = cell_text(cell).strip() if cell is not None else ""  # type: ignore[arg-type]
    guarded = _GUARDED.fullmatch(text)
    return (guarded[1] if guarded else text).strip("\t '")


@dataclass
class _Reading:
    """The rows below the head while they are read one after the other."""

    grid: Grid
    texts: list[list[str]]
    layout: Layout
    lines: list[LineDraft] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    since: int = 0
    """The first line that the next total row may sum."""

    def run(self) -> None:
        if self.layout.direction == "unknown" and not self._is_any_below_zero():
            self.problems.append(_no_direction(self._place(self.layout.first_row - 1, "amount")))
            return
        for row in range(self.layout.first_row, len(self.texts)):
            filled = [text for text in self.texts[row] if text]
            if filled and not is_head(filled):
                self._read(row, filled)

    def _read(self, row: int, filled: Sequence[str]) -> None:
        before = len(self.problems)
        day, minor = self._day(row), None
        if not isinstance(day, date) and any(_TOTAL.fullmatch(_bare(text)) for text in filled[:3]):
            self._check_total(row, filled)
            return
        if any(_OPENING.search(text) for text in filled) and not self._has_amount(row):
            return
        if not isinstance(day, date) and not self._has_amount(row):
            # Feet of pages, stamps and signatures.
            self._note(
                "not_a_line", row, "", Text("不是一笔，未读。", "No line; left aside."), " ".join(filled)
            )
            return
        if isinstance(day, Text):
            self._problem("day", row, "day", day)
        minor = self._amount(row)
        if minor == 0 and len(self.problems) == before:
            cure = Text("没有金额，未读。", "No amount; left aside.")
            self._note("no_amount", row, "", cure, " ".join(filled))
            return
        balance = self._money(row, "balance")
        words = {role: self._words(row, role) for role in ("number", "counterparty", "text")}
        if len(self.problems) == before and isinstance(day, date) and minor is not None:
            if not words["counterparty"]:
                words["counterparty"] = self._words(row, "payer" if minor > 0 else "payee")
            if len(self.problems) == before:
                self.lines.append(LineDraft(row + 1, day, minor, balance_minor=balance, **words))

    def _is_any_below_zero(self) -> bool:
        """Whether some amount is below zero: then its sign says whether it came in or went out."""
        column = self.layout.column("amount")
        cells = [
            (cells[column], self.texts[row][column])
            for row, cells in enumerate(self.grid.rows)
            if row >= self.layout.first_row and column is not None and column < len(self.texts[row])
        ]
        read = (_minor_of(cell, text, self.layout.unit) for cell, text in cells)
        return any(isinstance(minor, int) and minor < 0 for minor in read)

    def _cell(self, row: int, role: str) -> str:
        column = self.layout.column(role)
        return self.texts[row][column] if column is not None and column < len(self.texts[row]) else ""

    def _day(self, row: int) -> date | Text:
        """The day of a row, or what is wrong with it."""
        column = self.layout.column("day")
        cell = self.grid.rows[row][column] if column is not None and column < len(self.grid.rows[row]) else ""
        if isinstance(cell, datetime):
            return cell.date()
        if isinstance(cell, date):
            return cell
        if isinstance(cell, float) and cell in _SERIALS:
            return (date(1904, 1, 1) if self.grid.is_1904 else date(1899, 12, 30)) + timedelta(days=int(cell))
        text = normalize("NFKC", self._cell(row, "day")).strip()
        found = _MOMENT.fullmatch(text)
        return read_day(found[1] if found else text)

    def _has_amount(self, row: int) -> bool:
        return any(self._cell(row, role) not in _NOTHING for role in ("amount_in", "amount_out", "amount"))

    def _amount(self, row: int) -> int | None:
        """What came in less what went out, or None where it cannot be read."""
        before = len(self.problems)
        came_in, went_out = self._money(row, "amount_in"), self._money(row, "amount_out")
        if came_in and went_out:
            cure = Text(
                "同一行既有收入又有支出；请分成两行。", "One row has money in and money out; make two of it."
            )
            self._problem("both", row, "amount_in", cure)
        amount = 0
        if "amount" in self.layout.columns and not came_in and not went_out:
            amount = self._signed(row)
        return None if len(self.problems) > before else (came_in or 0) - (went_out or 0) + amount

    def _signed(self, row: int) -> int:
        minor = self._money(row, "amount") or 0
        if "sign" not in self.layout.columns:
            return -minor if self.layout.direction == "out" else minor
        word = normalize("NFKC", self._cell(row, "sign")).strip().lower()
        if word not in _IN_WORDS | _OUT_WORDS:
            cure = Text("请写“收”或“支”（贷或借）。", "Write in or out (credit or debit).")
            self._problem("sign", row, "sign", cure)
        return -minor if word in _OUT_WORDS else minor

    def _money(self, row: int, role: str) -> int | None:
        """The amount of a cell in minor units, None for an empty one; what is wrong with it becomes a problem."""
        column = self.layout.column(role)
        if column is None or column >= len(self.texts[row]):
            return None
        hole, cell = self.grid.holes.get((row, column)), self.grid.rows[row][column]
        if hole is not None:
            self._problem("formula", row, role, unread_hole(hole).cure)
            return None
        if isinstance(cell, bool | date | time | timedelta):
            self._problem(
                "amount", row, role, Text("请填写数字，如 1234.56。", "Write a number, such as 1234.56.")
            )
            return None
        read = _minor_of(cell, self.texts[row][column], self.layout.unit)
        if isinstance(read, Text):
            self._problem("amount", row, role, read)
            return None
        return read

    def _words(self, row: int, role: str) -> str:
        """The words of a role's cells; a number whose digits a spreadsheet lost becomes a problem."""
        found = []
        for column in self.layout.columns.get(role, ()):
            if column >= len(self.texts[row]):
                continue
            try:
                unbroken_text(self.grid.rows[row][column])
            except Unread as unread:
                self._problem(unread.code, row, role, unread.cure)
            found.append(self.texts[row][column])
        words = " ".join(filter(None, found))
        if role != "text" and len(words) > _CELL_MAX:
            cure = Text(
                f"超过 {_CELL_MAX} 个字；请核对列的选择。", f"Over {_CELL_MAX} letters; check the columns."
            )
            self._problem("long", row, role, cure)
        return words

    def _check_total(self, row: int, filled: Sequence[str]) -> None:
        """Hold a row of sums against the lines above it: all of them, or those since the last such row."""
        if any("累计" in text for text in filled[:3]):
            return
        whole, part = self.lines, self.lines[self.since :]
        self.since = len(self.lines)
        for role, sign in (("amount_in", 1), ("amount_out", -1), ("amount", 0)):
            column = self.layout.column(role)
            if column is None or self._cell(row, role) in ("", "-", "—"):
                continue
            told = _minor_of(self.grid.rows[row][column], self._cell(row, role), self.layout.unit)
            right = {abs(_sum(whole, sign)), abs(_sum(part, sign)), sum(abs(one.minor) for one in whole)}
            if isinstance(told, int) and abs(told) not in right:
                cure = Text(
                    f"合计行写 {_digits(told)}，以上各行相加是 {_digits(_sum(whole, sign))}。",
                    f"The row of totals says {_digits(told)}, "
                    f"the rows above add up to {_digits(_sum(whole, sign))}.",
                )
                self._note("total", row, role, cure, self._cell(row, role))

    def _place(self, row: int, role: str) -> Text:
        return place_at(row + 1, role, self.layout)

    def _problem(self, code: str, row: int, role: str, cure: Text) -> None:
        shown = self._cell(row, role)[:80]
        self.problems.append(
            Problem(f"statement.{code}", self._place(row, role), cure, row=row + 1, value=shown)
        )

    def _note(self, code: str, row: int, role: str, cure: Text, value: str) -> None:
        self.notes.append(Problem(f"statement.{code}", self._place(row, role), cure, row + 1, value[:80]))


def place_at(row: int, role: str, layout: Layout | None = None) -> Text:
    """A row of the file, and the column of a role in it, as people call them."""
    if not role:
        return Text(f"第 {row} 行", f"row {row}")
    column = layout.column(role) if layout else None
    letters = f" {column_letters(column)}" if column is not None else ""
    return Text(f"第 {row} 行，{ROLES[role].zh}{letters}", f"row {row}, {ROLES[role].en}{letters}")


def _bare(text: str) -> str:
    return re.sub(r"[\s:：]", "", normalize("NFKC", text))


def _minor_of(cell: object, written: str, unit: str) -> int | Text | None:
    """An amount in minor units: `(1,200.00)` and `1,200.00-` are below zero; None for nothing."""
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        written = format(exact_number(cell), "f")
    text = normalize("NFKC", written).replace("\u2212", "-").strip()
    if text in _NOTHING:
        return None
    is_below = (text.startswith("(") and text.endswith(")")) or (text.endswith("-") and len(text) > 1)
    text = text.strip("()").removesuffix("-").removeprefix("¥").removeprefix("CNY").strip()
    read = read_amount(text, unit=unit)
    if isinstance(read, Text):
        return read
    return -read.minor if is_below else read.minor


def balance_breaks(lines: Sequence[LineDraft]) -> list[Problem]:
    """Where a running balance does not follow from the one before, with the row; oldest or newest line first alike."""
    told = [line for line in lines if line.balance_minor is not None]
    forwards = list(_breaks(told, is_backwards=False))
    backwards = list(_breaks(told, is_backwards=True))
    return forwards if len(forwards) <= len(backwards) else backwards


def _breaks(lines: Sequence[LineDraft], *, is_backwards: bool) -> Iterator[Problem]:
    for one, other in pairwise(lines):
        earlier, later = (other, one) if is_backwards else (one, other)
        assert earlier.balance_minor is not None and later.balance_minor is not None, (
            "only lines with a balance"
        )
        due = earlier.balance_minor + later.minor
        if due != later.balance_minor:
            cure = Text(
                f"余额应为 {_digits(due)}，写的是 {_digits(later.balance_minor)}；可能缺行或有改动。",
                f"The balance should be {_digits(due)} and says {_digits(later.balance_minor)}; "
                "rows may be missing or changed.",
            )
            yield Problem("statement.balance", place_at(later.row, "balance"), cure, row=later.row)


def _sum(lines: Iterable[LineDraft], sign: int) -> int:
    """What came in (sign 1), what went out (-1), or the difference of both (0)."""
    return sum(max(sign * one.minor, 0) if sign else one.minor for one in lines)


def _digits(minor: int) -> str:
    return money_digits(Money(minor).amount)


def _named(pattern: re.Pattern[str], above: Sequence[str]) -> str:
    """What the cells above the head say of the account; the value may stand in the cell after its name."""
    for place, cell in enumerate(above):
        joined = f"{cell} {above[place + 1]}" if place + 1 < len(above) else cell
        if found := pattern.search(joined):
            return found[1].strip()
    return ""


def _days_named(above: Iterable[str], lines: Sequence[LineDraft]) -> tuple[date, date] | None:
    if not lines:
        return None
    first, last = min(line.on for line in lines), max(line.on for line in lines)
    for cell in above:
        days = [
            day
            for found in _DAYS.findall(normalize("NFKC", cell))
            if isinstance(day := read_day(found), date)
        ]
        # A day of printing is no period, and a period that leaves out some line is not this one.
        if len(days) == 2 and days[0] <= first and last <= days[1]:
            return days[0], days[1]
    return first, last


def _no_head() -> Problem:
    cure = Text(
        "没有找到表头：要有日期，和收入、支出或金额；请在下面指明哪一列是什么。",
        "No head was found: it names a date, and money in, money out or an amount; say below which column is which.",
    )
    return Problem("statement.head", Text("表头", "Head"), cure)


def _no_direction(place: Text) -> Problem:
    cure = Text(
        "只有一列金额，又都没有正负号；请指明都是收入还是支出。",
        "There is one column of amounts, none with a sign; say whether all of it came in or went out.",
    )
    return Problem("statement.direction", place, cure)
