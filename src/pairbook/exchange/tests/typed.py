"""Workbooks as people type them, for tests: any cells, any header, and the tricks a file can play."""

import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook

from pairbook.exchange.actions import ImportResult, import_workbook
from pairbook.kernel.access import Actor
from tests.world import PROGRAMME

FUNDS = ("阶段", "日期", "给出单位", "接收单位", "资金", "金额（元）", "承接记录", "文号/凭证号", "备注")
GOODS = ("阶段", "日期", "给出单位", "接收单位", "物资", "数量", "单位", "承接记录", "文号/凭证号")


def typed(*rows: Sequence[Any], sheet: str = "登记表") -> bytes:
    """A workbook with one sheet of these rows."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(list(row))
    return saved(book)


def saved(book: Any) -> bytes:
    """A workbook's bytes."""
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def edited(content: bytes, edit: Callable[[Any], None]) -> bytes:
    """The workbook after somebody edited it."""
    book = load_workbook(BytesIO(content))
    edit(book)
    return saved(book)


def with_part(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one of its zip parts changed, as no spreadsheet program would."""
    source, target = zipfile.ZipFile(BytesIO(content)), BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as book:
        names = source.namelist()
        for name in names:
            book.writestr(name, change(source.read(name)) if name == part else source.read(name))
        if part not in names:
            book.writestr(part, change(b""))
    return target.getvalue()


def funds_row(stage: str = "拨付", amount: Any = 1000, **changes: Any) -> list[Any]:
    """A row of FUNDS that may be recorded as it stands."""
    row: dict[str, Any] = {
        "stage": stage,
        "day": "2020-03-02",
        "giver": "静海区合作交流办",
        "receiver": "镇原县协作办",
        "fund": "fiscal-2020",
        "amount": amount,
        "follows": None,
        "document": None,
        "note": None,
    }
    return list((row | changes).values())


def imported(content: bytes, kind: str = "funds", *, by: Actor, **options: Any) -> ImportResult:
    """What came of a workbook."""
    return import_workbook(
        content, kind=kind, pairing_code=options.pop("pairing", PROGRAMME), by=by, **options
    )


def told(result: ImportResult) -> list[str]:
    """The problems as a Chinese reader sees them, with the value."""
    return [f"{problem.told('zh')} [{problem.value}]" for problem in result.problems]
