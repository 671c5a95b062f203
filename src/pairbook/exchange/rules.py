"""What a kind offers to workbooks, and decisions on them: their columns, their headings, their limits.

Columns follow from how a kind records its entries, so a new kind has its sheet without a line here.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal
from unicodedata import normalize

from pairbook.kernel.quantities import unit_named
from pairbook.kernel.texts import Text
from pairbook.register.shapes import COLUMNS, Detail, Need, Record, Subset

TEMPLATE = "entries"
TEMPLATE_VERSION = 1

YES, NO = Text("是", "yes"), Text("否", "no")

# A county's busiest year is some thousand entries; what is beyond these limits is a mistake or an attack.
ROWS_MAX = 100_000
COLUMNS_MAX = 200
HEADER_ROWS_SEARCHED = 10
# Excel keeps 15 digits: a longer number in a cell has already lost some of them.
EXACT_BELOW = 10**15

ColumnSort = Literal[
    "entry",
    "stage",
    "day",
    "party",
    "fund",
    "item",
    "quantity",
    "unit",
    "money",
    "campaign",
    "project",
    "pairing",
    "follows",
    "text",
    "whole",
    "number",
    "choice",
    "shown",
    # Of the project library; see `library_sheets`.
    "use",
    "nature",
    "source",
    "goal_sort",
    "yes_no",
    "thousandths",
]


@dataclass(frozen=True)
class Sheet:
    """A kind's sheet: its name, and other words people use for its columns (column code to words)."""

    name: Text
    synonyms: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a kind's sheet."""

    code: str
    label: Text
    sort: ColumnSort
    is_required: bool = False
    width: int = 14
    words: tuple[str, ...] = ()
    """Other headings that mean this column."""
    detail: Detail | None = None
    is_for_show: bool = False
    """Whether it only shows what the book knows, although its cells are days or amounts."""

    @property
    def is_read(self) -> bool:
        """Whether an import reads it; the others only show what the book knows."""
        return self.sort != "shown" and not self.is_for_show


# Headings met in offices' own tables, besides the labels and the words a kind adds.
_WORDS: dict[str, tuple[str, ...]] = {
    "entry": ("记录编号", "编号", "entry", "entry number", "entry no"),
    "stage": ("环节", "办理阶段", "步骤"),
    "happened_on": ("时间", "发生日期", "发生时间", "办理日期", "到账日期", "拨付日期", "day", "happened on"),
    "giver": (
        "给出方", "拨付单位", "发出单位", "捐赠单位", "捐赠方", "支援单位", "来访单位", "付款单位",
        "giver", "sender", "donor", "payer",
    ),
    "receiver": (
        "接收方", "收款单位", "受赠单位", "受援单位", "接收地", "到访单位", "receiver", "recipient", "payee",
    ),
    "fund": ("资金来源", "资金名称", "款项"),
    "item": ("物资名称", "品名", "名称", "goods"),
    "quantity": ("数目", "件数", "qty"),
    "unit": ("计量单位", "units"),
    "money": ("金额", "款额", "折款", "折价", "价值", "amount", "value", "sum"),
    "campaign": ("专项", "行动"),
    "project": ("项目名称",),
    "follows": ("承接", "前一阶段", "上一环节", "对应记录", "follows", "previous entry"),
    "document_no": ("凭证", "文件号", "document number", "voucher", "reference"),
    "note": ("说明", "附注", "notes", "remark", "remarks"),
    "pairing": ("结对代码", "pairing code"),
    "reason": ("更正理由", "修改原因", "原因", "reason"),
}  # fmt: skip

ENTRY_COLUMN = Column("entry", Text("记录号", "Entry no."), "entry", width=10, words=_WORDS["entry"])
_SHOWN = (
    Column("state", Text("确认情况", "Confirmation"), "shown", width=14),
    Column("papers", Text("材料份数", "Papers"), "shown", width=10),
    Column("recorded_for", Text("登记单位", "Recorded by"), "shown", width=26),
    Column("recorded_at", Text("登记日期", "Recorded on"), "shown", width=13),
)
_SORTS: tuple[tuple[str, ColumnSort, int], ...] = (
    ("fund", "fund", 26),
    ("item", "item", 18),
    ("quantity", "quantity", 13),
    ("unit", "unit", 9),
    ("money", "money", 18),
)


def columns_of(record: Record, sheet: Sheet | None, *, has_children: bool) -> tuple[Column, ...]:
    """The columns of a kind's sheet, in their order; `has_children` adds which pairing a row belongs to."""
    own = dict(sheet.synonyms) if sheet else {}

    def column(code: str, sort: ColumnSort, width: int, need: Need = "optional") -> Column:
        words = (*_WORDS.get(code, ()), *own.get(code, ()))
        return Column(code, COLUMNS[code], sort, need == "required", width, words)

    needs: dict[str, Need] = {
        "fund": record.fund,
        "item": record.item_asked,
        "quantity": record.quantity_asked,
        "unit": record.quantity_asked,
        "money": record.money_asked,
    }
    columns = [
        ENTRY_COLUMN,
        column("stage", "stage", 11, "required"),
        column("happened_on", "day", 13, "required"),
        column("giver", "party", 26, "required"),
        column("receiver", "party", 26, "required"),
        *[column(code, sort, width, needs[code]) for code, sort, width in _SORTS if needs[code] != "none"],
        *([_subset_column(record.subset, own)] if record.subset else []),
        *[_detail_column(detail, own) for detail in record.details],
        column("campaign", "campaign", 18),
    ]
    if record.project_asked != "none":
        columns.append(column("project", "project", 22, record.project_asked))
    if any(stage.follows for stage in record.stages):
        columns.append(column("follows", "follows", 13))
    columns += [column("document_no", "text", 20), column("note", "text", 30)]
    if has_children:
        columns.append(column("pairing", "pairing", 26))
    columns.append(column("reason", "text", 22))
    return (*columns, *_SHOWN)


def _subset_column(subset: Subset, own: dict[str, tuple[str, ...]]) -> Column:
    label = Text(f"其中：{subset.label.zh}", f"Of which {subset.label.en}")
    words = ("其中", subset.label.zh, subset.label.en, *own.get("of_which", ()))
    return Column("of_which", label, subset.of, width=13, words=words)


def _detail_column(detail: Detail, own: dict[str, tuple[str, ...]]) -> Column:
    return Column(
        code=f"detail:{detail.code}",
        label=detail.label,
        sort=detail.sort,
        is_required=detail.required and not detail.stages,
        width=18,
        words=own.get(detail.code, ()),
        detail=detail,
    )


_BRACKET = re.compile(r"\(([^()]*)\)$")
AMOUNT_UNIT_WORDS: dict[str, str] = {
    "元": "yuan",
    "人民币元": "yuan",
    "yuan": "yuan",
    "cny": "yuan",
    "rmb": "yuan",
    "万元": "wan",
    "10,000yuan": "wan",
    "亿元": "yi",
    "100millionyuan": "yi",
}
_UNIT_NOTE = re.compile(r"单位[:：]\s*(人民币元|万元|亿元|元)")


@dataclass(frozen=True, slots=True)
class Headings:
    """Which column stands where in a header row, and what else was found there."""

    places: dict[str, int]
    amount_unit: str = ""
    quantity_unit: str = ""
    twice: tuple[tuple[str, int], ...] = ()
    unknown: tuple[tuple[str, int], ...] = field(default=())
    amount_units: dict[str, str] = field(default_factory=dict)
    """The unit a heading of a column of money names, by the code of the column."""


def heading_key(written: str) -> str:
    """A heading without what people add to it: the star of required columns, blanks, full-width forms."""
    return re.sub(r"[\s*:.]+", "", normalize("NFKC", written)).lower()


def match_headings(cells: Sequence[str], columns: Iterable[Column]) -> Headings:
    """The columns a row of cells names, by their labels in either language or any word known for them."""
    known: dict[str, str] = {}
    by_code = {column.code: column for column in columns}
    for column in by_code.values():
        for word in _column_words(column):
            known.setdefault(word, column.code)
    places: dict[str, int] = {}
    twice: list[tuple[str, int]] = []
    unknown: list[tuple[str, int]] = []
    units = {"money": "", "quantity": ""}
    amount_units: dict[str, str] = {}
    for place, cell in enumerate(cells):
        key = heading_key(cell)
        if not key:
            continue
        bracket = _BRACKET.search(key)
        code = known.get(key) or (known.get(key[: bracket.start()]) if bracket else None)
        if code is None:
            unknown.append((cell.strip(), place))
        elif code in places:
            twice.append((cell.strip(), place))
        else:
            places[code] = place
            if bracket and code == "money":
                units["money"] = AMOUNT_UNIT_WORDS.get(bracket[1], "")
            elif bracket and by_code[code].sort == "money" and bracket[1] in AMOUNT_UNIT_WORDS:
                amount_units[code] = AMOUNT_UNIT_WORDS[bracket[1]]
            elif bracket and code == "quantity":
                unit = unit_named(bracket[1])
                units["quantity"] = unit.code if unit else ""
    return Headings(places, units["money"], units["quantity"], tuple(twice), tuple(unknown), amount_units)


def _column_words(column: Column) -> Iterable[str]:
    # A heading may be written in both languages, one below the other.
    for word in (column.label.zh, column.label.en, column.label.zh + column.label.en, *column.words):
        key = heading_key(word)
        yield key
        yield _BRACKET.sub("", key)
        if "/" in key:
            yield from filter(None, key.split("/"))


def amount_unit_noted(cells: Iterable[str]) -> str:
    """The unit of money a line above the header names ("单位：万元"), as a key of AMOUNT_UNITS, or nothing."""
    for cell in cells:
        found = _UNIT_NOTE.search(normalize("NFKC", cell))
        if found:
            return AMOUNT_UNIT_WORDS[found[1]]
    return ""


_TOTALS = {"合计", "总计", "共计", "累计", "total", "grandtotal", "sum"}
_SUBTOTALS = {"小计", "subtotal"}


def total_sort(cells: Iterable[str]) -> Literal["total", "subtotal"] | None:
    """Whether a row sums the rows above it: all of them, or those since the last subtotal."""
    for cell in cells:
        key = heading_key(cell)
        if not key:
            continue
        return "total" if key in _TOTALS else "subtotal" if key in _SUBTOTALS else None
    return None


def exact_number(value: float | int) -> Decimal:
    """A number of a cell as it was typed.

    The shortest decimal that gives the same number; where a formula left dust in the last places (12.340000000000002)
    the 15 digits that spreadsheets keep.
    """
    if isinstance(value, int):
        return Decimal(value)
    exact = Decimal(repr(value))
    exponent = exact.as_tuple().exponent
    assert isinstance(exponent, int), "a cell holds no infinity"
    return exact if exponent >= -2 else Decimal(format(value, ".15g"))
