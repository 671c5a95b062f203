"""Which column of a bank statement or treasury list is which: found by the words banks use, or named by a person."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal
from unicodedata import normalize

from pairbook.exchange.rules import amount_unit_noted
from pairbook.kernel.texts import Text

Direction = Literal["signed", "in", "out", "unknown"]
ROLES: dict[str, Text] = {
    "day": Text("日期", "Date"),
    "amount_in": Text("收入（贷方）", "Money in (credit)"),
    "amount_out": Text("支出（借方）", "Money out (debit)"),
    "amount": Text("金额", "Amount"),
    "sign": Text("借贷标志", "In or out"),
    "number": Text("凭证号/文号", "Number"),
    "counterparty": Text("对方户名", "Counterparty"),
    "payee": Text("收款人", "Payee"),
    "payer": Text("付款人", "Payer"),
    "text": Text("摘要", "Description"),
    "balance": Text("余额", "Balance"),
}
MONEY_ROLES = ("amount_in", "amount_out", "amount", "balance")
# Of each role the words of heads; where a list has several of one role, the first word that is there counts.
_WORDS: dict[str, tuple[str, ...]] = {
    "day": (
        "交易日期", "记账日期", "入账日期", "日期", "业务日期", "到账日期", "支付日期", "拨付日期", "下达日期",
        "交易日", "记账日", "凭证日期", "起息日", "交易时间", "记账时间", "时间", "date", "transaction date",
        "booking date", "posting date", "value date", "payment date",
    ),
    "amount_out": (
        "借方", "借方金额", "借方发生额", "支出", "支出金额", "支出额", "付出", "转出", "转出金额", "付款金额", "取出",
        "debit", "debits", "debit amount", "withdrawal", "withdrawals", "paid out", "money out", "out",
    ),
    "amount_in": (
        "贷方", "贷方金额", "贷方发生额", "收入", "收入金额", "收入额", "存入", "转入", "转入金额", "收款金额",
        "credit", "credits", "credit amount", "deposit", "deposits", "paid in", "money in", "in",
    ),
    "amount": (
        "金额", "交易金额", "发生额", "发生金额", "支付金额", "拨付金额", "下达金额", "指标金额", "到账金额",
        "amount", "transaction amount",
    ),
    "sign": (
        "借贷标志", "借贷", "借/贷", "借贷方向", "收支", "收/支", "收支标志", "收支方向", "方向", "dr/cr",
        "debit/credit", "direction", "in or out",
    ),
    "number": (
        "凭证号", "凭证号码", "指标文号", "文号", "回单编号", "回单号", "回单号码", "业务编号", "支付令号", "票据号",
        "凭证号/文号", "流水号", "交易流水号", "交易流水", "业务流水号", "number", "no", "voucher", "voucher no",
        "document no", "reference", "ref", "transaction id",
    ),
    "counterparty": (
        "对方户名", "对方名称", "对方账户名称", "对方账户名", "对方单位", "对方单位名称", "对手户名", "对手名称",
        "交易对手", "交易对方", "往来单位", "对方", "counterparty", "counterparty name", "other party",
    ),
    "payee": (
        "收款人", "收款人名称", "收款人户名", "收款人全称", "收款单位", "收款单位名称", "收款方", "payee", "payee name",
    ),
    "payer": (
        "付款人", "付款人名称", "付款人户名", "付款人全称", "付款单位", "付款单位名称", "付款方", "payer", "payer name",
    ),
    "text": (
        "摘要", "用途", "附言", "备注", "交易摘要", "资金用途", "交易说明", "description", "memo", "purpose", "details",
        "remarks", "note",
    ),
    "balance": ("余额", "账户余额", "本次余额", "当前余额", "交易后余额", "balance", "running balance"),
}  # fmt: skip
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^】]*】")
_WAN = re.compile(r"万元|10,?000yuan")
HEAD_ROWS_SEARCHED = 40


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the head of a list stands and which of its columns is which."""

    first_row: int
    """The row, from 0, below the head."""
    columns: Mapping[str, tuple[int, ...]]
    """The columns of each role, from 0."""
    unit: str = "yuan"
    """What amounts are in where they do not say: a key of AMOUNT_UNITS."""
    direction: Direction = "signed"
    """Of an amount without columns of its own for in and out: by its sign, all in, all out, or nobody said."""

    @property
    def has_amounts(self) -> bool:
        """Whether some column says how much."""
        return any(role in self.columns for role in ("amount_in", "amount_out", "amount"))

    def column(self, role: str) -> int | None:
        """The column of a role, or None."""
        return next(iter(self.columns.get(role, ())), None)


def _key(written: str) -> str:
    plain = normalize("NFKC", written).lower()
    return re.sub(r"[\s*:.·]+", "", _BRACKETS.sub("", plain))


_ROLE_OF = {_key(word): role for role, words in _WORDS.items() for word in words}
_RANK = {_key(word): rank for words in _WORDS.values() for rank, word in enumerate(words)}


def role_of(head: str) -> str:
    """The role a head's words name, or nothing."""
    return _ROLE_OF.get(_key(head), "")


def find_layout(rows: Sequence[Sequence[str]]) -> Layout | None:
    """The layout of the head found by its words; None where no row names a day and an amount.

    Banks put titles above the head, and some make the head of two rows ("发生额" above "借方" and "贷方").
    """
    best: tuple[int, Layout] | None = None
    for first, heads in _head_rows(rows):
        layout = _layout_of(first, heads, rows)
        if "day" in layout.columns and layout.has_amounts:
            score = sum(map(len, layout.columns.values()))
            # An earlier head wins where two are as good: lists repeat theirs on each page.
            if best is None or score > best[0]:
                best = (score, layout)
    return best[1] if best else None


def _head_rows(rows: Sequence[Sequence[str]]) -> Iterator[tuple[int, list[str]]]:
    searched = rows[:HEAD_ROWS_SEARCHED]
    for place, row in enumerate(searched):
        yield place + 1, list(row)
    for place, (upper, lower) in enumerate(pairwise(searched)):
        if any(map(role_of, upper)) and any(map(role_of, lower)):
            width = max(len(upper), len(lower))
            pairs = [(_at(upper, column), _at(lower, column)) for column in range(width)]
            yield place + 2, [under if role_of(under) else over for over, under in pairs]


def is_head(cells: Sequence[str]) -> bool:
    """Whether a row below the head is one again, as on each page of a print."""
    return sum(bool(role_of(cell)) for cell in cells) > 1


def _at(row: Sequence[str], place: int) -> str:
    return row[place] if place < len(row) else ""


def _layout_of(first_row: int, heads: list[str], rows: Sequence[Sequence[str]]) -> Layout:
    found: dict[str, list[int]] = {}
    for place, head in enumerate(heads):
        if role := role_of(head):
            found.setdefault(role, []).append(place)
    columns: dict[str, tuple[int, ...]] = {}
    for role, places in found.items():
        ranked = sorted(places, key=lambda place: (_RANK[_key(heads[place])], place))
        columns[role] = tuple(places) if role == "text" else (ranked[0],)
    # A second number is kept with the words of the line: it may be the one the book knows.
    more = [place for place in found.get("number", ()) if place not in columns["number"]]
    if more:
        columns["text"] = (*columns.get("text", ()), *more)
    above = [cell for row in rows[: max(first_row - 1, 0)] for cell in row]
    money = [
        normalize("NFKC", heads[place]).replace(" ", "")
        for role in MONEY_ROLES
        for place in found.get(role, ())
    ]
    unit = "wan" if any(map(_WAN.search, money)) else amount_unit_noted(above) or "yuan"
    return Layout(first_row, columns, unit, _direction(columns))


def _direction(columns: Mapping[str, tuple[int, ...]]) -> Direction:
    if "amount" not in columns or "sign" in columns or "amount_in" in columns or "amount_out" in columns:
        return "signed"
    if "payee" in columns and "payer" not in columns:
        return "out"
    if "payer" in columns and "payee" not in columns:
        return "in"
    return "unknown"
