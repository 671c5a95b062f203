"""The people of an entry through its pages: a list taken in, names for a purpose only, and who read them."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from openpyxl import load_workbook

from pairbook.exchange.tests.typed import edited, typed
from pairbook.exchange.writing import HEADER_ROW
from pairbook.households.tests.people import LI, ZHANG
from pairbook.kernel.models import AuditEvent
from pairbook.kernel.quantities import Quantity
from pairbook.kernel.reads import audit_lines
from pairbook.register.actions import Attendance, list_people
from pairbook.register.people import listed_in
from tests.world import PROGRAMME, World, an_entry, sign_in

BASE = f"/en/work/{PROGRAMME}/entries"
HEADER = ("姓名", "身份证号", "电话", "户编号", "建档立卡（含脱贫）", "出勤次数")
SECRETS = ("张秀英", "李国强", ZHANG.id_number, ZHANG.phone)
PURPOSE = "checking the hand-over of April"


def text_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def row_of(person, times=None) -> list[object]:
    poor = "是" if person.is_registered_poor else ""
    return [person.name, person.id_number, person.phone, person.household, poor, times]


def sent(*rows, header=HEADER) -> dict[str, object]:
    return {"people": SimpleUploadedFile("people.xlsx", typed(header, *rows))}


def secrets_in(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text]


@pytest.fixture
def handed(world: World) -> int:
    """Masks handed out, recorded by the receiver; nobody listed yet."""
    return an_entry("goods", "distributed", quantity=Quantity.of(40, "piece"))


@pytest.fixture
def listed(world: World, handed: int) -> int:
    """The same with two people listed."""
    list_people(handed, [Attendance(ZHANG, 5), Attendance(LI)], by=world.receiver)
    return handed


@pytest.fixture
def receiver(world: World, client):
    return sign_in(client, world.receiver)


def test_a_list_is_taken_in_and_what_was_left_aside_is_said(handed, receiver):
    page = receiver.post(
        f"{BASE}/{handed}/people/",
        sent([*row_of(ZHANG, 5), "女"], [*row_of(LI), "男"], header=(*HEADER, "性别")),
        follow=True,
    )
    assert [(one.times) for one in listed_in([handed])] == [5, None]
    assert "2 people listed; the list now holds 2. These columns were left aside: 性别." in text_of(page)


def test_the_template_filled_in_is_taken_as_it_is(handed, receiver):
    template = receiver.get(f"{BASE}/{handed}/people/template/")

    def fill(book) -> None:
        for place, value in enumerate(row_of(ZHANG, 3), start=1):
            book.active.cell(HEADER_ROW + 1, place).value = value

    filled = SimpleUploadedFile("people.xlsx", edited(template.content, fill))
    assert receiver.post(f"{BASE}/{handed}/people/", {"people": filled}).status_code == 302
    assert len(listed_in([handed])) == 1


def test_with_anything_wrong_nobody_is_listed_and_each_place_is_told(handed, receiver):
    wrong = row_of(LI)
    wrong[1], wrong[5] = "6210", "many"
    page = text_of(receiver.post(f"{BASE}/{handed}/people/", sent(row_of(ZHANG), wrong)))
    assert "row 3, Identity number (B3)" in page and "row 3, Times attended (F3)" in page
    assert listed_in([handed]) == [] and not secrets_in(page)


def test_what_the_register_refuses_is_told_by_the_rows_of_the_list(listed, receiver):
    page = text_of(receiver.post(f"{BASE}/{listed}/people/", sent([None] * 6, row_of(LI))))
    assert "row 3, Name (A3)" in page and "on the entry&#x27;s list already" in page


def test_more_people_than_the_entry_counts_are_refused(world, client):
    entry_id = an_entry("training", "held", quantity=Quantity.of(1, "person"))
    sign_in(client, world.giver)
    page = text_of(client.post(f"{BASE}/{entry_id}/people/", sent(row_of(ZHANG), row_of(LI))))
    assert "the list has 2" in page and listed_in([entry_id]) == []


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (None, "Choose a file"),
        (SimpleUploadedFile("people.xlsx", b""), "The file is empty"),
        (SimpleUploadedFile("people.pdf", b"%PDF-1.4 scanned"), "This is a PDF"),
        (SimpleUploadedFile("people.csv", "姓名,年龄\n张秀英,50".encode()), "No header was found"),
    ],
)
def test_a_file_that_is_no_list_is_told_as_what_it_is(file, said, handed, receiver):
    assert said in text_of(receiver.post(f"{BASE}/{handed}/people/", {"people": file} if file else {}))


def test_no_page_shows_a_name_until_a_purpose_is_given(listed, receiver):
    pages = [receiver.get(f"{BASE}/{listed}/"), receiver.get(f"{BASE}/{listed}/people/")]
    pages += [receiver.post(f"{BASE}/{listed}/people/{act}/", {"purpose": " "}) for act in ("read", "export")]
    assert not secrets_in(" ".join(map(text_of, pages)))
    assert not AuditEvent.objects.filter(verb__in=["person.read", "person.export"]).exists()


def test_names_are_read_for_a_purpose_on_an_answer_nobody_keeps(listed, receiver):
    answer = receiver.post(f"{BASE}/{listed}/people/read/", {"purpose": PURPOSE})
    page = text_of(answer)
    assert "张秀英" in page and ZHANG.phone in page and ZHANG.id_number[-4:] in page
    assert ZHANG.id_number not in page
    assert "no-store" in answer.headers["Cache-Control"]
    assert f"This reading is kept in the trail: receiver, 2 people, for “{PURPOSE}”" in page


def test_a_reading_stands_in_the_trail_and_below_the_list(world, listed, receiver):
    receiver.post(f"{BASE}/{listed}/people/read/", {"purpose": PURPOSE})
    (line,) = [one for one in audit_lines(f"pairing:{world.pairing_id}") if one.verb == "person.read"]
    assert (line.by, PURPOSE in line.body) == ("receiver", True)
    page = text_of(receiver.get(f"{BASE}/{listed}/people/"))
    assert PURPOSE in page and "Nobody has read them yet" not in page and not secrets_in(page)


def test_a_purpose_that_is_too_long_is_told_beside_its_field(listed, receiver):
    page = text_of(receiver.post(f"{BASE}/{listed}/people/read/", {"purpose": "x" * 201}))
    assert page.count("at most 200 characters") == 2 and not secrets_in(page)


def test_an_export_leaves_with_its_purpose_and_a_line_in_the_trail(listed, receiver):
    answer = receiver.post(f"{BASE}/{listed}/people/export/", {"purpose": PURPOSE})
    rows = list(load_workbook(BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True))
    assert rows[HEADER_ROW] == ("张秀英", ZHANG.phone, ZHANG.id_number[-4:], "yes", 5)
    assert PURPOSE in str(rows[1][0]) and "no-store" in answer.headers["Cache-Control"]
    assert AuditEvent.objects.filter(verb="person.export").count() == 1


def test_the_other_side_and_auditors_read_and_do_not_send(world, listed, client):
    for actor in (world.giver, world.auditor):
        page = text_of(sign_in(client, actor).get(f"{BASE}/{listed}/people/"))
        assert "Read the names" in page and "Send a list" not in page
        assert ("Export the list" in page) == (actor == world.giver)


def test_readings_through_another_entry_are_told_with_how_many_of_these_people(world, listed, client):
    other = an_entry("goods", "distributed")
    list_people(other, [Attendance(LI)], by=world.receiver)
    sign_in(client, world.receiver).post(f"{BASE}/{other}/people/read/", {"purpose": PURPOSE})
    page = text_of(client.get(f"{BASE}/{listed}/people/"))
    assert PURPOSE in page and '<td class="number">1</td>' in page


def test_the_entry_page_says_how_many_and_the_public_sees_nothing_of_it(listed, receiver):
    page = text_of(receiver.get(f"{BASE}/{listed}/"))
    assert "2 people listed." in page and f"{listed}/people/" in page
    public = text_of(receiver.get(f"/en/p/{PROGRAMME}/entries/{listed}/"))
    assert "listed" not in public and "/people/" not in public


def test_a_stage_that_lists_nobody_has_no_such_page(world, receiver):
    entry_id = an_entry("goods", "received")
    assert receiver.get(f"{BASE}/{entry_id}/people/").status_code == 404
    assert "/people/" not in text_of(receiver.get(f"{BASE}/{entry_id}/"))


def test_no_name_or_number_stands_in_any_table_after_listing_reading_and_exporting(handed, receiver):
    receiver.post(f"{BASE}/{handed}/people/", sent(row_of(ZHANG, 5), row_of(LI)))
    for act in ("read", "export"):
        receiver.post(f"{BASE}/{handed}/people/{act}/", {"purpose": PURPOSE})
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [table for row in cursor.fetchall() if _holds_a_secret(row)]
    assert found == []


def _holds_a_secret(row) -> bool:
    cells = b" ".join(
        bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode() for cell in row
    )
    return any(secret.encode() in cells for secret in SECRETS)
