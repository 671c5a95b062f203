"""From the cells of a sheet to values: where its header is, which rows are data, what each cell means.

No database here: what names stand for is asked of a `Catalogue` gathered before.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from unicodedata import normalize

from pairbook.exchange.grids import FORMULA_WITHOUT_VALUE, Cell, Grid, column_letters
from pairbook.exchange.rules import (
    EXACT_BELOW,
    HEADER_ROWS_SEARCHED,
    Column,
    Headings,
    amount_unit_noted,
    exact_number,
    heading_key,
    match_headings,
    total_sort,
)
from pairbook.kernel.problems import Problem
from pairbook.kernel.quantities import UNITS, unit_named
from pairbook.kernel.reading import (
    plain,
    read_amount,
    read_day,
    read_number_text,
    read_quantity,
    read_thousandths,
    read_whole,
)
from pairbook.kernel.texts import Text
from pairbook.register.shapes import Record

_MATCHES_MIN = 2
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
# 1954 to 2064: what lies outside is a number, not a day.
_SERIALS = range(20_000, 60_001)
_NAME_AND_CODE = re.compile(r"^(.*?)\s*\[([^\[\]]+)\]$", re.DOTALL)
_ENTRY_NUMBER = re.compile(r"E?(\d{1,18})", re.IGNORECASE)
# What XML cannot hold; a workbook never shows it, so nothing is compared by it.
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TEXT_MAX = 32_767


class Unread(Exception):
    """A cell cannot be read; says the cure."""

    def __init__(self, code: str, cure: Text) -> None:
        self.code = code
        self.cure = cure
        super().__init__(cure.en)


def tidy_text(text: str) -> str:
    """A text as a cell can hold it and gives it back."""
    if text.isprintable() and len(text) <= _TEXT_MAX:
        return text.strip(" ")
    kept = _NOT_IN_XML.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    return kept.strip(" \t\n\u3000\u00a0\ufeff")[:_TEXT_MAX]


def cell_text(cell: Cell | Decimal | None) -> str:
    """One text for a cell however it was stored, to compare it by and to show it in a problem."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return tidy_text(cell)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date | time | timedelta):
        return cell.isoformat() if isinstance(cell, date | time) else str(cell)
    number = cell if isinstance(cell, Decimal) else exact_number(cell)
    whole = number == number.to_integral_value()
    return str(int(number)) if whole else format(number.normalize(), "f")


def unread_hole(hole: str) -> Unread:
    """Why a cell that the reader gives as empty, and that is not, cannot be read."""
    if hole == FORMULA_WITHOUT_VALUE:
        return Unread(
            "formula",
            Text(
                "公式没有算出的值；请用 Excel 或 WPS 打开、保存一次，或直接填数。",
                "This formula has no value; open and save the file once in Excel or WPS, or type the value.",
            ),
        )
    return Unread(
        "error",
        Text(
            f"单元格是错误值 {hole}；请改正公式或直接填数。",
            f"The cell is {hole}; mend the formula or type the value.",
        ),
    )


def unbroken_text(cell: Cell) -> str:
    """The text of a cell that may hold a long code; Unread where a spreadsheet has lost some of its digits."""
    if isinstance(cell, float | int) and not isinstance(cell, bool) and abs(cell) >= EXACT_BELOW:
        raise Unread(
            "digits_lost",
            Text(
                "长号码被存成了数字，只剩前 15 位可信；请把单元格设为“文本”后重新填写全部号码。",
                "A long code was stored as a number and only its first 15 digits are left; "
                "set the cell to text and write the code again.",
            ),
        )
    return cell_text(cell).removeprefix("'")


def word_key(text: str) -> str:
    """A name as names are compared: full-width forms, case and blanks between words do not matter."""
    return re.sub(r"\s+", " ", normalize("NFKC", tidy_text(text))).casefold()


@dataclass(frozen=True, slots=True)
class Table:
    """The data of a sheet: rows by their number in the sheet (from 1), cells by column code."""

    headings: Headings
    columns: dict[str, Column]
    rows: list[tuple[int, dict[str, Cell]]]
    amount_unit: str
    problems: list[Problem]
    holes: dict[tuple[int, str], str]

    def letters(self, code: str) -> str:
        """The letters of a column in the sheet, or nothing when the sheet lacks it."""
        place = self.headings.places.get(code)
        return "" if place is None else column_letters(place)


def find_table(grid: Grid, columns: Sequence[Column]) -> Table | None:
    """The table in a sheet, found by its header among the first rows; None when no row names the columns."""
    found = [
        (row, match_headings([cell_text(cell) for cell in cells], columns))
        for row, cells in enumerate(grid.rows[:HEADER_ROWS_SEARCHED])
    ]
    found = [(row, headings) for row, headings in found if len(headings.places) >= _MATCHES_MIN]
    if not found:
        return None
    header, headings = max(found, key=lambda pair: (len(pair[1].places), -pair[0]))
    problems = list(_header_problems(grid, header, headings, columns))
    noted = amount_unit_noted(cell_text(cell) for cells in grid.rows[:header] for cell in cells)
    by_place = {place: code for code, place in headings.places.items()}
    table = Table(
        headings=headings,
        columns={column.code: column for column in columns if column.code in headings.places},
        rows=[],
        amount_unit=headings.amount_unit or noted or "yuan",
        problems=problems,
        holes={
            (row + 1, by_place[place]): hole
            for (row, place), hole in grid.holes.items()
            if place in by_place and row > header
        },
    )
    _gather_rows(grid, header, by_place, table)
    return table


def _header_problems(
    grid: Grid, header: int, headings: Headings, columns: Sequence[Column]
) -> Iterator[Problem]:
    row = header + 1
    for word, place in headings.twice:
        cure = Text(
            f"有两列都叫“{word}”；请删去一列。", f"Two columns mean '{word}'; delete or rename one of them."
        )
        yield Problem(
            "workbook.column_twice", _place(row, Text(word, word), column_letters(place)), cure, row
        )
    for column in columns:
        if column.is_required and column.code not in headings.places:
            cure = Text(
                f"缺少“{column.label.zh}”列；请在表头（第 {row} 行）补上。",
                f"The column '{column.label.en}' is missing; add it to the header in row {row}.",
            )
            yield Problem("workbook.column_missing", _place(row, column.label, ""), cure, row)
    for place, cell in enumerate(grid.rows[header]):
        named = {heading for heading, _ in headings.unknown}
        if cell_text(cell) in named and any(
            place < len(cells) and cell_text(cells[place]) for cells in grid.rows[header + 1 : header + 200]
        ):
            word = cell_text(cell)
            cure = Text(
                f"看不懂表头“{word}”；请改成模板里的列名，或删去这一列。",
                f"The heading '{word}' is not known; use a heading of the template, or delete the column.",
            )
            yield Problem(
                "workbook.column_unknown",
                _place(row, Text(word, word), column_letters(place)),
                cure,
                row,
                word,
            )


def _gather_rows(grid: Grid, header: int, by_place: dict[int, str], table: Table) -> None:
    header_keys = {code: heading_key(cell_text(grid.rows[header][place])) for place, code in by_place.items()}
    known_by = ("happened_on", "giver", "stage", "receiver", "name", "id_number", "household")
    marks = [code for code in known_by if code in header_keys][:2]
    since_subtotal = 0
    for row, cells in enumerate(grid.rows[header + 1 :], start=header + 2):
        first = next((cell for cell in cells if not isinstance(cell, str) or tidy_text(cell)), "")
        if first == "":
            if any((row, code) in table.holes for code in header_keys):
                table.rows.append((row, {}))
            continue
        if isinstance(first, str) and (sort := total_sort([first])):
            start = since_subtotal if sort == "subtotal" else 0
            table.problems.extend(_total_problems(row, cells, table, start, is_grand=sort == "total"))
            since_subtotal = len(table.rows)
            continue
        held = {code: cells[place] for place, code in by_place.items() if place < len(cells)}
        if marks and all(
            isinstance(held.get(code), str) and heading_key(str(held[code])) == header_keys[code]
            for code in marks
        ):
            cure = Text(
                f"第 {header + 1} 行已有表头，这里又有一个；请删去这一行。",
                f"The header is in row {header + 1} and here again; delete this row.",
            )
            table.problems.append(
                Problem("workbook.two_headers", _place(row, Text("表头", "header"), ""), cure, row)
            )
            continue
        table.rows.append((row, held))


def _total_problems(
    row: int, cells: Sequence[Cell], table: Table, start: int, *, is_grand: bool
) -> Iterator[Problem]:
    """A total row is not taken in, but it must agree with the rows it sums."""
    summed = [held for _, held in table.rows[start:]]
    stage_place = table.headings.places.get("stage")
    stage = cell_text(cells[stage_place]) if stage_place is not None and stage_place < len(cells) else ""
    if stage and total_sort([stage]) is None:
        summed = [held for held in summed if word_key(cell_text(held.get("stage"))) == word_key(stage)]
    by_source = [code for code in table.columns if code.startswith("money:")]
    for code in ("money", "quantity", *by_source):
        place = table.headings.places.get(code)
        written = cells[place] if place is not None and place < len(cells) else ""
        if place is None or cell_text(written) == "" or (row, code) in table.holes:
            continue
        if code == "quantity" and len({cell_text(held.get("unit")) for held in summed}) > 1:
            continue
        numbers = [_number(held.get(code, "")) for held in summed]
        said = _number(written)
        if said is None or any(number is None for number in numbers):
            continue
        total = sum((number for number in numbers if number is not None), Decimal(0))
        # A spreadsheet's own sum may carry dust far behind the last digit that counts.
        if abs(total - said) >= Decimal("0.005"):
            label = table.columns[code].label
            zh = "以上各行" if is_grand else "本段各行"
            en = "The rows above" if is_grand else "Its rows"
            cure = Text(
                f"{zh}相加是 {cell_text(total)}，这里写的是 {cell_text(said)}；请核对是哪一行有误。",
                f"{en} add up to {cell_text(total)}, here stands {cell_text(said)}; find the row that is wrong.",
            )
            yield Problem(
                "workbook.total", _place(row, label, column_letters(place)), cure, row, cell_text(written)
            )


def _number(cell: Cell) -> Decimal | None:
    """The number in a cell for adding up; None when it is none. An empty cell adds nothing."""
    if isinstance(cell, bool | date | time | timedelta):
        return None
    if isinstance(cell, int | float):
        return exact_number(cell)
    text = plain(cell).replace(",", "").removeprefix("¥")
    if not text:
        return Decimal(0)
    return Decimal(text) if re.fullmatch(r"[+-]?\d+(\.\d+)?", text) else None


def _place(row: int, label: Text, letters: str) -> Text:
    zh, en = label.zh.split("（")[0], label.en.split(" (")[0]
    cell = f"（{letters}{row}）" if letters else ""
    cell_en = f" ({letters}{row})" if letters else ""
    return Text(f"第 {row} 行，{zh}{cell}", f"row {row}, {en}{cell_en}")


def place_of(table: Table, row: int, code: str, label: Text) -> Text:
    """Where a problem is: row, column by its name, and the cell as a spreadsheet names it."""
    return _place(row, label, table.letters(code))


@dataclass(slots=True)
class Catalogue:
    """What the names in a workbook may stand for, by sort of column; ids or codes by `word_key`."""

    words: dict[str, dict[str, list[Any]]] = field(default_factory=dict)
    currencies: dict[int, str] = field(default_factory=dict)
    """By fund id."""

    def add(self, sort: str, words: Sequence[str], meant: Any) -> None:
        """Each of these words may stand for `meant`."""
        named = self.words.setdefault(sort, {})
        for word in {word_key(word) for word in words if word}:
            if meant not in named.setdefault(word, []):
                named[word].append(meant)

    def meant(self, sort: str, text: str) -> list[Any]:
        """What a text may stand for; `name [code]` is told by its code."""
        named = self.words.get(sort, {})
        found = named.get(word_key(text), [])
        if len(found) != 1 and (both := _NAME_AND_CODE.match(text)):
            by_name, by_code = named.get(word_key(both[1]), []), named.get(word_key(both[2]), [])
            return [one for one in by_code if one in by_name]
        return found


@dataclass(slots=True)
class ReadRow:
    """A row read into values by column code; what could not be read is in `problems`."""

    row: int
    cells: dict[str, Cell]
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


_NAMING = {"stage", "party", "fund", "item", "campaign", "project", "pairing", "unit", "choice"}
_NO_NAME: dict[str, Text] = {
    "party": Text(
        "没有登记这个地方或单位；请写已登记的名称或代码。",
        "No place or organisation of this name is registered; write a registered name or code.",
    ),
    "fund": Text(
        "这个结对没有登记这笔资金；请从“字典”里选。",
        "This fund is not registered; choose one from the lists.",
    ),
    "item": Text(
        "物资目录里没有这一项；请从“字典”里选。",
        "This item is not in the catalogue; choose one from the lists.",
    ),
    "campaign": Text("没有登记这个专项行动。", "This campaign is not registered."),
    "project": Text("这个结对没有该项目。", "This pairing has no such project."),
    "pairing": Text("这本工作簿的结对里没有这个代码。", "This is no pairing of this workbook's programme."),
    "use": Text(
        "没有这个项目类别；请从“字典”里选。", "There is no such class of projects; choose one from the lists."
    ),
    "nature": Text("请填：新建、续建（改扩建）。", "Write: new, or extension."),
    "source": Text(
        "没有这个资金来源；请从“字典”里选。", "There is no such source of money; choose one from the lists."
    ),
    "goal_sort": Text(
        "没有这类绩效指标；请从“字典”里选。", "There is no such sort of goal; choose one from the lists."
    ),
    "yes_no": Text("请填“是”或“否”。", "Write yes or no."),
}


class RowReader:
    """Reads the rows of one table; remembers, for a note, what it read although it was written in another way."""

    def __init__(self, table: Table, record: Record | None, catalogue: Catalogue, *, is_1904: bool) -> None:
        """`record` is how a kind records its entries; None for a sheet of the project library."""
        self._table = table
        self._units = record.all_units if record else ()
        self._stage_list = record.stages if record else ()
        self._catalogue = catalogue
        self._epoch = _EPOCH_1904 if is_1904 else _EPOCH
        # The unit is read before the quantity and the fund before the money: one decides how the other reads.
        self._order = sorted(
            (column for column in table.columns.values() if column.is_read),
            key=lambda column: column.sort in ("money", "quantity"),
        )
        # A name means the same in every row; looking it up once is what makes long sheets quick.
        self._known: dict[tuple[str, str], Any] = {}
        self._lenient: Counter[tuple[str, str]] = Counter()
        self._first: dict[tuple[str, str], tuple[int, str]] = {}
        self._pending: list[str] = []
        self._stages = {
            word_key(word): stage.code
            for stage in self._stage_list
            for word in (stage.code, stage.label.zh, stage.label.en)
        }
        self._readers: dict[str, Callable[[ReadRow, Column, Cell], Any]] = {
            "entry": self._entry,
            "stage": self._stage,
            "day": self._day,
            "money": self._money,
            "quantity": self._quantity,
            "unit": self._unit,
            "choice": self._choice,
            "whole": self._whole,
            "thousandths": self._thousandths,
            "number": self._number,
            "follows": self._text,
            "text": self._text,
        }

    def read(self, row: int, cells: dict[str, Cell], codes: Sequence[str] | None = None) -> ReadRow:
        """A row's values; of `codes` only, or of every column that is read."""
        found = ReadRow(row, cells)
        for column in self._order:
            if codes is not None and column.code not in codes:
                continue
            cell = cells.get(column.code, "")
            known = self._known.get((column.code, cell)) if isinstance(cell, str) else None
            if known is not None and not self._table.holes:
                found.values[column.code] = known
                continue
            try:
                self._read_cell(found, column)
            except Unread as unread:
                found.problems.append(self.problem(row, column, unread.code, unread.cure, cells))
        return found

    def problem(self, row: int, column: Column, code: str, cure: Text, cells: Mapping[str, Cell]) -> Problem:
        """A problem with one cell: its row, column, value and cure."""
        value = cell_text(cells.get(column.code))
        hole = self._table.holes.get((row, column.code), "")
        shown = hole if hole and hole != FORMULA_WITHOUT_VALUE else value
        return Problem(
            f"workbook.{code}", place_of(self._table, row, column.code, column.label), cure, row, shown
        )

    def notes(self) -> list[Problem]:
        """What was read although it was written in another way: once a column, with the first place."""
        told: list[Problem] = []
        for (code, sort), count in self._lenient.items():
            row, value = self._first[code, sort]
            column = self._table.columns[code]
            others = Text(f"（共 {count} 处）", f" ({count} cells)") if count > 1 else Text("", "")
            cure = Text(_NOTES[sort].zh + others.zh, _NOTES[sort].en + others.en)
            told.append(
                Problem(f"note.{sort}", place_of(self._table, row, code, column.label), cure, row, value)
            )
        return told

    def _read_cell(self, found: ReadRow, column: Column) -> None:
        hole = self._table.holes.get((found.row, column.code))
        if hole is not None:
            raise unread_hole(hole)
        cell = found.cells.get(column.code, "")
        text = cell_text(cell)
        if not text:
            if column.is_required and not self._is_in_heading(column):
                cure = Text(
                    f"请填写{_bare(column.label.zh)}。", f"Fill in: {_bare(column.label.en).lower()}."
                )
                raise Unread("empty", cure)
            return
        reader = self._readers.get(column.sort, self._name)
        self._pending.clear()
        value = reader(found, column, cell)
        # What could not be read in the end is a problem of its own, and nothing was read of it.
        for sort in self._pending:
            self._lenient[column.code, sort] += 1
            self._first.setdefault((column.code, sort), (found.row, text))
        if value is not None:
            found.values[column.code] = value
            if column.sort in _NAMING and isinstance(cell, str):
                self._known[column.code, cell] = value

    def _is_in_heading(self, column: Column) -> bool:
        return column.sort == "unit" and bool(self._table.headings.quantity_unit)

    def _text(self, found: ReadRow, column: Column, cell: Cell) -> str:
        return unbroken_text(cell)

    def _entry(self, found: ReadRow, column: Column, cell: Cell) -> int:
        number = _ENTRY_NUMBER.fullmatch(plain(self._text(found, column, cell)))
        if number is None:
            raise Unread(
                "entry",
                Text(
                    "记录号应像 E123；新记录请留空。",
                    "An entry number looks like E123; leave it empty for a new entry.",
                ),
            )
        return int(number[1])

    def _stage(self, found: ReadRow, column: Column, cell: Cell) -> str:
        code = self._stages.get(word_key(self._text(found, column, cell)))
        if code is None:
            zh = "、".join(stage.label.zh for stage in self._stage_list)
            en = ", ".join(stage.label.en for stage in self._stage_list)
            raise Unread("stage", Text(f"请填：{zh}。", f"Write one of: {en}."))
        return code

    def _day(self, found: ReadRow, column: Column, cell: Cell) -> date:
        if isinstance(cell, datetime):
            return cell.date()
        if isinstance(cell, date):
            return cell
        if isinstance(cell, float | int) and not isinstance(cell, bool) and cell == int(cell):
            if int(cell) in _SERIALS:
                self._pending.append("serial")
                return self._epoch + timedelta(days=int(cell))
            cell = str(int(cell))
        text = cell_text(cell)
        day = read_day(text)
        if isinstance(day, Text):
            raise Unread("day", day)
        if day.isoformat() != text:
            self._pending.append("day")
        return day

    def _digits(self, cell: Cell) -> str:
        """A number as the readers of `kernel.reading` take it."""
        if isinstance(cell, bool | date | time | timedelta):
            raise Unread("number", Text("请填写数字，如 1234.56。", "Write a number, such as 1234.56."))
        if isinstance(cell, float | int):
            return format(exact_number(cell), "f")
        text = tidy_text(cell).removeprefix("'")
        self._pending.append("full_width" if text != plain(text) else "text_number")
        return plain(text)

    def _money(self, found: ReadRow, column: Column, cell: Cell) -> Any:
        currency = self._catalogue.currencies.get(found.values.get("fund", 0), "CNY")
        written = self._digits(cell)
        # Beside each other may stand a column in yuan and one in units of ten thousand.
        unit = self._table.headings.amount_units.get(column.code) or self._table.amount_unit
        amount = read_amount(written, unit=unit, currency=currency)
        if isinstance(amount, Text):
            raise Unread("money", amount)
        return amount

    def _quantity(self, found: ReadRow, column: Column, cell: Cell) -> Any:
        units = self._units
        # A column "people" in a sheet that counts nothing else needs no unit beside it.
        only = units[0] if len(units) == 1 else ""
        unit = found.values.get("unit") or self._table.headings.quantity_unit or only
        if not unit and any(problem.code == "workbook.unit" for problem in found.problems):
            return None
        quantity = read_quantity(self._digits(cell), unit=unit)
        if isinstance(quantity, Text):
            raise Unread("quantity", quantity)
        return quantity

    def _unit(self, found: ReadRow, column: Column, cell: Cell) -> str | None:
        text = plain(self._text(found, column, cell))
        if not text:
            return None
        unit = unit_named(text)
        allowed = {UNITS[code].base for code in self._units}
        if unit is None or unit.base not in allowed:
            zh = "、".join(UNITS[code].label.zh for code in self._units)
            en = ", ".join(UNITS[code].label.en for code in self._units)
            raise Unread("unit", Text(f"请填：{zh}。", f"Write one of: {en}."))
        return unit.code

    def _choice(self, found: ReadRow, column: Column, cell: Cell) -> str:
        assert column.detail is not None, "only details are choices"
        key = word_key(self._text(found, column, cell))
        for code, label in column.detail.choices:
            if key in (word_key(code), word_key(label.zh), word_key(label.en)):
                return code
        zh = "、".join(label.zh for _, label in column.detail.choices)
        en = ", ".join(label.en for _, label in column.detail.choices)
        raise Unread("choice", Text(f"请填：{zh}。", f"Write one of: {en}."))

    def _whole(self, found: ReadRow, column: Column, cell: Cell) -> int:
        whole = read_whole(self._digits(cell))
        if isinstance(whole, Text):
            raise Unread("whole", whole)
        return whole

    def _thousandths(self, found: ReadRow, column: Column, cell: Cell) -> int:
        number = read_thousandths(self._digits(cell))
        if isinstance(number, Text):
            raise Unread("number", number)
        return number

    def _number(self, found: ReadRow, column: Column, cell: Cell) -> str:
        number = read_number_text(self._digits(cell))
        if isinstance(number, Text):
            raise Unread("number", number)
        return number

    def _name(self, found: ReadRow, column: Column, cell: Cell) -> Any:
        text = self._text(found, column, cell)
        meant = self._catalogue.meant(column.sort, text)
        if len(meant) == 1:
            return meant[0]
        if meant:
            raise Unread(
                "ambiguous",
                Text(
                    f"“{text}”有 {len(meant)} 个；请写代码，或写成“名称 [代码]”。",
                    f"{len(meant)} are called '{text}'; write the code, or 'name [code]'.",
                ),
            )
        raise Unread(f"{column.sort}_unknown", _NO_NAME[column.sort])


_NOTES: dict[str, Text] = {
    "serial": Text(
        "日期存成了序号，已按日期读入，请核对。",
        "A day stored as a serial number was read as a date; check it.",
    ),
    "day": Text("日期写法不一，已按日期读入。", "A day written in another way was read as a date."),
    "full_width": Text("全角字符已按半角读入。", "Full-width characters were read as plain ones."),
    "text_number": Text("数字存成了文本，已按数字读入。", "A number stored as text was read as a number."),
}


def _bare(label: str) -> str:
    return label.split("（")[0].split(" (")[0]


def key_values(found: ReadRow) -> dict[str, str]:
    """What makes two rows the same row, however they were typed: the values read, as plain text."""
    key: dict[str, str] = {}
    for code, value in found.values.items():
        if code in ("entry", "reason", "unit"):
            continue
        if code == "follows":
            key[code] = plain(str(value)).upper()
        elif hasattr(value, "minor"):
            key[code] = f"{value.minor} {value.currency}"
        elif hasattr(value, "steps"):
            key[code] = f"{value.steps} {value.unit}"
        else:
            key[code] = str(value)
    return key
