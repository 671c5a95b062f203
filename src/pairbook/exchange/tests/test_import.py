"""What an import writes: new rows once, corrections with a reason, all of it or nothing, and only by who may."""

from datetime import date
from typing import Any

import pytest

from pairbook.exchange.reads import workbook
from pairbook.exchange.tests.typed import FUNDS, GOODS, edited, funds_row, imported, told, typed
from pairbook.kernel.problems import Refusal, Rejected
from pairbook.register.models import Entry
from pairbook.register.reads import balances, open_entry
from tests.world import OTHER_PROGRAMME, PROGRAMME, World, a_closed_month, an_entry

pytestmark = pytest.mark.django_db


def test_the_same_file_twice_adds_nothing_twice(world: World):
    file = typed(FUNDS, funds_row(), funds_row(), funds_row(amount=500, document="12号"))
    first = imported(file, by=world.giver)
    again = imported(file, by=world.giver)
    assert (first.new, first.unchanged, first.is_written) == (3, 0, True)
    assert (again.new, again.unchanged) == (0, 3)
    assert Entry.objects.count() == 3


def test_the_same_facts_typed_in_another_way_are_the_same(world: World):
    imported(typed(FUNDS, funds_row(amount=1234.5)), by=world.giver)
    other = typed(
        ("Note", "Amount (yuan)", "From", "To", "Date", "Stage", "Fund"),
        (
            None,
            "１，２３４．５０",
            "jinghai-office",
            "zhenyuan-office",
            "2020年3月2日",
            "Allocated",
            "资金 fiscal-2020",
        ),
    )
    result = imported(other, by=world.giver)
    assert (result.new, result.unchanged) == (0, 1)
    assert {note.code for note in result.notes} == {"note.full_width", "note.day"}


def test_what_cannot_be_read_is_a_problem_and_no_note(world: World):
    result = imported(typed(FUNDS, funds_row(amount="twenty"), funds_row(amount="1,200")), by=world.giver)
    assert [problem.value for problem in result.problems] == ["twenty"]
    assert [(note.code, note.row, note.value) for note in result.notes] == [("note.text_number", 3, "1,200")]


def test_a_receipt_may_follow_a_dispatch_of_the_same_file_by_its_document_number(world: World):
    file = typed(
        FUNDS,
        funds_row("到账", 900, day="2020-03-05", follows="津财1号"),
        funds_row("拨付", 1000, document="津财1号"),
        funds_row("到账", 100, day="2020-03-06", follows="津财1号"),
    )
    result = imported(file, by=world.giver)
    assert (result.new, told(result)) == (3, [])
    sent = Entry.objects.get(stage="allocated")
    assert {entry.follows_id for entry in Entry.objects.filter(stage="received")} == {sent.pk}


def test_a_receipt_larger_than_sent_is_told_by_its_cell(world: World):
    file = typed(
        FUNDS,
        funds_row("拨付", 1000, document="津财1号"),
        funds_row("到账", 1000.01, day="2020-03-05", follows="津财1号"),
    )
    result = imported(file, by=world.giver)
    assert not result.is_written and Entry.objects.count() == 0
    (problem,) = result.problems
    assert problem.code == "entry.more_than_sent"
    assert (problem.row, problem.value) == (3, "1000.01")
    assert problem.place.zh == "第 3 行，金额（F3）" and problem.place.en == "row 3, Amount (F3)"


def test_partial_takes_the_good_rows(world: World):
    file = typed(
        FUNDS,
        funds_row("拨付", 1000, document="津财1号"),
        funds_row("拨付", "很多", document="津财2号"),
        funds_row("到账", 800, day="2020-03-05", follows="津财1号"),
        funds_row("到账", 800, day="2020-03-05", follows="津财2号"),
        funds_row("到账", 800, day="2020-03-06", follows="津财1号"),
    )
    whole = imported(file, by=world.giver)
    assert not whole.is_written and Entry.objects.count() == 0
    result = imported(file, by=world.giver, partial=True)
    assert result.is_written and result.new == 2 and Entry.objects.count() == 2
    assert [problem.row for problem in result.problems] == [3, 5, 6]
    assert [problem.code for problem in result.problems] == [
        "workbook.money", "import.follows", "entry.more_than_sent",
    ]  # fmt: skip


def test_of_rows_that_overdraw_an_account_only_the_last_is_refused(world: World):
    assigned = an_entry("funds", "assigned")
    spend = {
        "giver": "镇原县协作办",
        "receiver": "镇原某肉兔合作社",
        "follows": f"E{assigned}",
        "day": "2020-04-01",
    }
    rows = [[*funds_row("支出", amount, **spend), "肉兔养殖"] for amount in (400, 500, 300, 100)]
    result = imported(typed([*FUNDS, "项目"], *rows), by=world.receiver, partial=True)
    assert result.new == 3
    assert [(problem.row, problem.code) for problem in result.problems] == [(4, "entry.more_than_left")]


def test_a_dry_run_checks_balances_and_writes_nothing(world: World):
    before = balances([world.pairing_id])
    result = imported(typed(FUNDS, funds_row()), by=world.giver, dry_run=True)
    assert (result.new, result.is_written) == (1, False)
    assert Entry.objects.count() == 0 and balances([world.pairing_id]) == before


def _set(value: Any, column: str, reason: str | None, *, kind: str = "资金") -> Any:
    def edit(book: Any) -> None:
        sheet = book[kind]
        headings = [str(cell.value).rstrip("*") for cell in sheet[3]]
        sheet.cell(4, headings.index(column) + 1).value = value
        sheet.cell(4, headings.index("更正原因") + 1).value = reason

    return edit


def test_a_changed_row_becomes_a_correction_with_its_reason(world: World):
    entry_id = an_entry("funds", "allocated")
    content = workbook(["funds"], None, PROGRAMME, "zh")
    silent = imported(edited(content, _set(1200, "金额（元）", None)), by=world.giver)
    assert [problem.code for problem in silent.problems] == ["import.reason"]
    result = imported(edited(content, _set(1200, "金额（元）", "漏记一笔")), by=world.giver)
    assert (result.corrected, result.new, told(result)) == (1, 0, [])
    opened = open_entry(entry_id)
    assert opened is not None and opened.state.replaced_by_id is not None
    corrected = Entry.objects.get(pk=opened.state.replaced_by_id)
    assert (corrected.money_minor, corrected.reason) == (120_000, "漏记一笔")
    # The file still names the first version: changed again it must be exported anew.
    late = imported(edited(content, _set(1300, "金额（元）", "再改")), by=world.giver)
    assert [problem.code for problem in late.problems] == ["import.entry_replaced"]


def test_the_other_side_cannot_correct_through_a_workbook(world: World):
    an_entry("funds", "allocated")
    content = edited(workbook(["funds"], None, PROGRAMME, "zh"), _set(1200, "金额（元）", "不对"))
    result = imported(content, by=world.receiver)
    assert [problem.code for problem in result.problems] == ["entry.other_side"]


def test_people_are_counted_without_a_unit_beside_them_and_a_visit_without_people(world: World):
    header = ("阶段", "日期", "给出单位", "接收单位", "带队级别", "随访人数", "主题")
    row = ("已开展", "2020-03-02", "静海区合作交流办", "镇原县协作办", "工作人员")
    result = imported(typed(header, (*row, 9, "对接"), (*row, None, "回访")), "visits", by=world.giver)
    assert told(result) == []
    assert set(Entry.objects.values_list("quantity_steps", "unit")) == {(9, "person-time"), (1, "visit")}


def test_a_visit_nobody_counted_the_people_of_is_corrected_in_its_row(world: World):
    an_entry("visits")
    content = workbook(["visits"], None, PROGRAMME, "zh")
    result = imported(
        edited(content, _set("回访", "主题", "写错了主题", kind="互访")), "visits", by=world.giver
    )
    assert (result.corrected, told(result)) == (1, [])


def test_an_entry_number_of_another_sheet_is_unknown(world: World):
    visit = an_entry("visits")
    file = typed(("记录号", *FUNDS), [f"E{visit}", *funds_row()], ["E999999", *funds_row()])
    result = imported(file, by=world.giver)
    assert [problem.code for problem in result.problems] == ["import.entry_unknown"] * 2


def test_who_may_not_import_is_refused(world: World):
    for actor in (world.department, world.auditor, world.administrator, world.stranger, world.public):
        with pytest.raises(Refusal):
            imported(typed(FUNDS, funds_row()), by=actor)


def test_a_workbook_of_another_pairing_is_not_taken(world: World):
    content = workbook(["funds"], None, PROGRAMME, "zh")
    with pytest.raises(Rejected):
        imported(content, by=world.giver, pairing=OTHER_PROGRAMME)


def test_goods_are_read_with_their_units(world: World):
    file = typed(
        GOODS,
        ("发出", "2020-03-02", "静海某钢管企业", "镇原县协作办", "消毒液", 10.5, "吨", None, "单1"),
        ("收到", "2020-03-08", "静海某钢管企业", "镇原县协作办", "消毒液", "21,000", "斤", "单1", None),
    )
    result = imported(file, "goods", by=world.giver)
    assert told(result) == []
    assert set(Entry.objects.values_list("quantity_steps", "unit")) == {(10_500_000, "kg")}


def test_a_child_pairings_rows_name_it(world: World):
    row = ("拨付", "2020-03-02", "静海区合作交流办", "镇原县协作办", "fiscal-2020", 10, "no-such-pair")
    file = typed((*FUNDS[:6], "结对"), row)
    result = imported(file, by=world.giver)
    assert [problem.code for problem in result.problems] == ["workbook.pairing_unknown"]


def test_a_row_dated_in_a_closed_month_is_told_by_its_cell(world: World):
    an_entry(stage="allocated")
    a_closed_month(date(2020, 3, 1))
    result = imported(typed(FUNDS, funds_row(day="2020-03-31"), funds_row(day="2020-04-01")), by=world.giver)
    (problem,) = result.problems
    assert (problem.code, problem.row, problem.value) == ("entry.closed", 2, "2020-03-31")
    assert not result.is_written and Entry.objects.count() == 1
