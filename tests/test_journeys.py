"""What people come to do, done in a real browser on the served sample: read, sign, dispute, record, correct, import."""

from io import BytesIO

import pytest
from playwright.sync_api import FilePayload

from tests.browsing import follow, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

HOME = "p/jinghai-zhenyuan/"
SOCIAL = "f/jinghai-zhenyuan/funds.social@1/received/2020-01-01..2020-09-18"
PROGRAM: FilePayload = {
    "name": "slip.pdf",
    "mimeType": "application/pdf",
    "buffer": b"MZ\x90\x00 not a paper",
}


@pytest.fixture
def visit(browser):
    """Opens contexts of the browser and closes them after the test."""
    contexts = []

    def open_context(**options):
        context = browser.new_context(viewport={"width": 1280, "height": 900}, **options)
        contexts.append(context)
        return context

    yield open_context
    for context in contexts:
        context.close()


def test_a_reader_opens_a_figure_in_place_by_keyboard_and_closes_it_again(site, visit):
    page = visit().new_page()
    page.goto(site.url(HOME))
    figure = page.locator("a.figure", has_text="16.82 million yuan").first
    figure.focus()
    page.keyboard.press("Enter")
    opening = page.locator(".opening")
    page.locator(".opening-number").wait_for()
    assert "16,820,000" in opening.inner_text() and "32 entries behind it" in opening.inner_text()
    page.keyboard.press("Escape")
    opening.wait_for(state="detached")
    assert figure.evaluate("link => link === document.activeElement")


def test_a_reader_without_javascript_opens_a_figure_down_to_an_entry_and_its_papers(site, visit):
    page = visit(java_script_enabled=False).new_page()
    page.goto(site.url(HOME))
    follow(page.locator("a.figure", has_text="16.82 million yuan").first)
    assert "16,820,000" in page.locator(".opening").inner_text()
    follow(page.locator(".opening-entries tbody a").last)
    assert "SHA-256" in page.locator(".voucher").inner_text()


def test_the_language_switch_keeps_the_page_and_its_question(site, visit):
    page = visit().new_page()
    page.goto(site.url(f"{SOCIAL}?confirmed=both"))
    follow(page.get_by_role("link", name="中文"))
    assert page.url == site.url(f"{SOCIAL}?confirmed=both", "zh")
    assert "镇原县收到的社会帮扶资金" in page.locator(".opening").inner_text()


def test_changing_one_part_of_an_address_moves_the_number(site, visit):
    page = visit().new_page()
    page.goto(site.url(SOCIAL))
    follow(page.locator(".chips a", has_text="COVID-19"))
    page.locator(".opening-number", has_text="1,800,000").wait_for()


def test_a_misspelt_address_says_what_was_perhaps_meant(site, visit):
    page = visit().new_page()
    answer = page.goto(site.url("f/jinghai-zhenyuan/funds.sociall/received"))
    assert answer.status in (400, 404)
    assert "did you mean funds.social?" in page.locator("main").inner_text()


def test_unlike_figures_ticked_together_are_refused_with_the_reason(site, visit):
    page = visit().new_page()
    page.goto(site.url(HOME))
    page.locator("tr", has_text="Fiscal funds").locator("input[type=checkbox]").first.check()
    page.locator("tr", has_text="Leaders' visits").locator("input[type=checkbox]").first.check()
    follow(page.get_by_role("button", name="Add up the ticked"))
    assert "units differ" in page.locator("main").inner_text()


def _record_spending(site, page, amount: str) -> None:
    """The receiver's officer records a payment of the first assignment that may be paid from."""
    page.goto(site.url("work/jinghai-zhenyuan/funds/new/?stage=spent"))
    follow(page.locator("main a[href*='follows=']").first)
    page.select_option("select[name=receiver]", index=1)
    page.fill("input[name=money]", amount)
    follow(page.get_by_role("button", name="Record and sign"))


def test_a_payment_beyond_what_was_assigned_is_refused_and_nothing_typed_is_lost(site, visit):
    page = sign_in(visit(), site, "receiver")
    _record_spending(site, page, "900,000,000")
    assert "what is taken from it is 898500000 more" in page.locator("main").inner_text()
    assert page.input_value("input[name=money]") == "900,000,000"


def test_money_with_three_decimals_is_told_beside_its_field(site, visit):
    page = sign_in(visit(), site, "receiver", "zh")
    page.goto(site.url("work/jinghai-zhenyuan/funds/new/?stage=spent", "zh"))
    page.fill("input[name=money]", "12.345")
    follow(page.get_by_role("button", name="记录并签认"))
    assert page.locator("input[name=money]").get_attribute("aria-invalid") == "true"


def test_what_one_side_confirms_the_other_side_sees_signed(site, visit):
    giver = sign_in(visit(), site, "giver")
    follow(giver.locator("main a", has_text="Confirm").first)
    number = giver.url.rstrip("/").rsplit("/", 1)[-1]
    follow(giver.get_by_role("button", name="Confirm", exact=True))
    public = visit().new_page()
    public.goto(site.url(f"p/jinghai-zhenyuan/entries/{number}/"))
    assert "both sides" in public.locator(".voucher").inner_text()


def test_a_dispute_waits_with_the_side_that_recorded(site, visit):
    giver = sign_in(visit(), site, "giver")
    follow(giver.locator("main a", has_text="Confirm").last)
    number = giver.url.rstrip("/").rsplit("/", 1)[-1]
    follow(giver.get_by_role("link", name="Dispute"))
    for name in ("money", "quantity"):
        field = giver.locator(f"input[name={name}]")
        if field.count():
            field.fill("1")
    giver.fill("[name=reason]", "Counted again on arrival")
    follow(giver.locator("main button[type=submit]", has_text="Dispute"))
    receiver = sign_in(visit(), site, "receiver")
    receiver.goto(site.url(f"work/jinghai-zhenyuan/entries/{number}/"))
    assert "Counted again on arrival" in receiver.locator("main").inner_text()


def _open_received(site, page) -> None:
    """An entry of the receiver's own on the desk."""
    page.goto(site.url("work/jinghai-zhenyuan/funds/?stage=received"))
    follow(page.locator("main a[href*='/entries/']").first)


def test_a_correction_leaves_the_old_version_struck_through(site, visit):
    page = sign_in(visit(), site, "receiver")
    _open_received(site, page)
    follow(page.get_by_role("link", name="Correct", exact=True))
    page.fill("input[name=document_no]", "SLIP-CORRECTED-1")
    page.fill("[name=reason]", "The slip's number was misread")
    follow(page.locator("main form button[type=submit]").first)
    history = page.locator(".history")
    assert "The slip's number was misread" in history.inner_text()
    assert history.locator("del").count() >= 1


def test_a_disguised_file_is_refused_in_the_readers_language(site, visit):
    page = sign_in(visit(), site, "receiver", "zh")
    page.goto(site.url("work/jinghai-zhenyuan/entries/280/attach/", "zh"))
    page.set_input_files("input[name=paper]", PROGRAM)
    follow(page.locator("main form button[type=submit]").first)
    assert "按内容看，这不是 PDF" in page.locator("main").inner_text()


def test_a_bad_row_of_a_workbook_is_shown_with_its_cell_and_cure_before_anything_is_written(site, visit):
    from openpyxl import load_workbook
    from openpyxl.utils.cell import coordinate_from_string

    page = sign_in(visit(accept_downloads=True), site, "receiver")
    page.goto(site.url("work/jinghai-zhenyuan/goods/import/"))
    with page.expect_download() as downloaded:
        page.get_by_role("link", name="Export the register").click()
    workbook = load_workbook(BytesIO(downloaded.value.path().read_bytes()))
    sheet = workbook.worksheets[0]
    head = next(
        row for row in sheet.iter_rows(max_row=10) if any("Quantity" in str(cell.value) for cell in row)
    )
    quantity = next(cell.coordinate for cell in head if "Quantity" in str(cell.value))
    column, row = coordinate_from_string(quantity)
    sheet[f"{column}{row + 1}"] = "twelve bags"
    changed = BytesIO()
    workbook.save(changed)
    page.set_input_files(
        "input[name=workbook]",
        {
            "name": "goods.xlsx",
            "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "buffer": changed.getvalue(),
        },
    )
    follow(page.get_by_role("button", name="Preview"))
    assert "twelve bags" in page.locator("main table").first.inner_text()
