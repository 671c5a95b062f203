"""Bank statements as offices see them: a preview before anything is kept, proposals, and what persons say of them."""

import re
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pairbook.register.models import Match, Statement
from pairbook.register.statements.reads import reconciled
from tests.world import PROGRAMME, World, an_entry, sign_in

BASE = f"/en/work/{PROGRAMME}"
HEAD = "交易日期,凭证号,摘要,借方,贷方,对方户名\n"
LIST = HEAD + "2020-03-06,17,捐款,,1000.00,\n2020-03-07,,手续费,25.00,,\n"


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def office(world: World, client: Client) -> Client:
    return sign_in(client, world.receiver)


@pytest.fixture
def received(world: World) -> int:
    return an_entry("funds", "received", document_no="回单 0017")


def uploaded(content: str, encoding: str = "gb18030") -> SimpleUploadedFile:
    return SimpleUploadedFile("list.csv", content.encode(encoding))


def previewed(office: Client, world: World, content: str = LIST):
    return office.post(
        f"{BASE}/statements/new/",
        {"file": uploaded(content), "party": world.receiver_office, "act": "preview"},
    )


def sent_again(response, **changes: object) -> dict[str, object]:
    """What the preview's form would send, with changes."""
    page = response.content.decode()
    form = page[page.index('name="ticket"') - 200 :]
    values: dict[str, object] = dict(
        re.findall(r'<input type="(?:hidden|text)" name="(\w+)" value="([^"]*)"', form)
    )
    for name, options in re.findall(r'<select name="(\w+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        values[name] = chosen[1] if chosen else ""
    values.pop("csrfmiddlewaretoken", None)
    return values | changes


def kept(office: Client, world: World, content: str = LIST) -> int:
    office.post(f"{BASE}/statements/new/", sent_again(previewed(office, world, content), act="keep"))
    return Statement.objects.latest("id").pk


def test_a_preview_shows_what_was_read_and_keeps_nothing(office, world):
    page = text_of(previewed(office, world))
    assert "Lines read 2 lines" in page and "Money in 1,000.00 yuan" in page
    assert not Statement.objects.exists()


def test_what_was_previewed_is_kept(office, world, received):
    statement = kept(office, world)
    page = text_of(office.get(f"{BASE}/statements/{statement}/"))
    assert "Accept the one listed here" in page and "手续费" in page
    assert "The whole statement 2 1,000.00 25.00" in page


def test_the_days_a_person_gives_are_kept(office, world):
    data = sent_again(previewed(office, world), act="keep", first_on="2020-03-01", last_on="2020-03-31")
    office.post(f"{BASE}/statements/new/", data)
    row = Statement.objects.get()
    assert (row.first_on.isoformat(), row.last_on.isoformat()) == ("2020-03-01", "2020-03-31")


def test_a_file_kept_before_is_told(office, world):
    kept(office, world)
    page = text_of(office.post(f"{BASE}/statements/new/", sent_again(previewed(office, world), act="keep")))
    assert "nothing is taken twice" in page and Statement.objects.count() == 1


def test_a_row_that_cannot_be_read_is_told_and_nothing_can_be_kept(office, world):
    response = previewed(office, world, HEAD + "2020-02-30,,,,5,\n")
    assert "no such day" in text_of(response) and 'value="keep"' not in response.content.decode()
    office.post(f"{BASE}/statements/new/", sent_again(response, act="keep"))
    assert not Statement.objects.exists()


def test_a_person_says_which_column_is_which(office, world):
    response = previewed(office, world, "when,what,how much\n2020-03-05,A,100\n")
    assert "No head was found" in text_of(response)
    said = {"first_row": "1", "column_day": "0", "column_amount": "2", "column_text": "1", "direction": "out"}
    again = office.post(f"{BASE}/statements/new/", sent_again(response, act="preview", **said))
    assert "Money out 100.00 yuan" in text_of(again)


def test_a_file_that_is_no_list_is_told(office, world):
    page = text_of(previewed(office, world, "%PDF-1.4"))
    assert "Statement file This is a PDF; export Excel or CSV" in page


def test_all_that_is_certain_is_accepted_with_one_button(office, world, received):
    statement = kept(office, world)
    page = office.get(f"{BASE}/statements/{statement}/").content.decode()
    key = re.findall(r'name="key" value="([^"]+)"', page)[0]
    answer = office.post(
        f"{BASE}/statements/{statement}/decide/", {"key": [key], "act": "accept"}, follow=True
    )
    assert "1 match accepted" in text_of(answer)
    assert "In the bank statement" in text_of(office.get(f"{BASE}/entries/{received}/"))


def test_a_rejected_proposal_is_listed_as_such(office, world, received):
    statement = kept(office, world)
    found = reconciled(statement)
    assert found is not None
    answer = office.post(
        f"{BASE}/statements/{statement}/decide/", {"key": found.proposed[0].key, "act": "reject"}, follow=True
    )
    assert "Marked as not the same (1)" in text_of(answer)


def test_a_match_is_taken_back_with_a_reason(office, world, received):
    statement = kept(office, world)
    found = reconciled(statement)
    assert found is not None
    office.post(f"{BASE}/statements/{statement}/decide/", {"key": found.proposed[0].key})
    match = Match.objects.get()
    address = f"{BASE}/statements/{statement}/matches/{match.pk}/"
    assert "Say why" in text_of(office.post(address, {"reason": ""}))
    assert "Taken back" in text_of(office.post(address, {"reason": "Another donor"}, follow=True))


def test_a_line_alone_leads_to_the_entrys_form_filled_in(office, world, received):
    statement = kept(office, world)
    page = office.get(f"{BASE}/statements/{statement}/").content.decode()
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]+line=\d+)"', page)]
    (spent,) = [link for link in links if parse_qs(urlsplit(link).query)["stage"] == ["spent"]]
    form = office.get(spent).content.decode()
    assert 'value="25.00"' in form and 'value="2020-03-07"' in form
    assert "Filled in from a line of a bank statement" in form


def test_the_other_side_cannot_fill_in_from_a_line(office, world, client, received):
    statement = kept(office, world)
    line = Statement.objects.get(pk=statement).lines.latest("id").pk
    page = sign_in(client, world.giver).get(f"{BASE}/funds/new/?stage=allocated&line={line}").content.decode()
    assert "25.00" not in page


def test_a_line_is_matched_by_hand_only_with_what_is_the_same(office, world, received):
    statement = kept(office, world)
    line = Statement.objects.get(pk=statement).lines.earliest("id").pk
    address = f"{BASE}/statements/{statement}/match/"
    assert "digits, such as 12" in text_of(office.post(address, {"line": line, "entries": "x"}))
    assert "current entries of money" in text_of(office.post(address, {"line": line, "entries": "99999"}))
    assert "Matched." in text_of(office.post(address, {"line": line, "entries": received}, follow=True))


def test_the_file_comes_back_as_it_was_kept(office, world):
    response = office.get(f"{BASE}/statements/{kept(office, world)}/file/")
    assert response.content == LIST.encode("gb18030") and response["Content-Type"] == "text/csv"


def test_money_without_a_bank_line_stands_on_the_page_of_quality(office, world, received):
    kept(office, world, HEAD + "2020-03-01,,,,5,\n2020-03-31,,,,7,\n")
    assert "Money the bank statement does not show" in text_of(office.get(f"{BASE}/quality/"))


def test_the_page_reads_in_chinese(office, world, received):
    page = text_of(office.get(f"/zh-hans/work/{PROGRAMME}/statements/{kept(office, world)}/"))
    assert "下列1项都是，一并确认" in page and "只在对账单" in page


def test_a_group_longer_than_a_page_goes_on_on_the_next_and_a_decision_stays_there(
    office, world, monkeypatch
):
    monkeypatch.setattr("pairbook.workspace.views.statements.ROWS_SHOWN", 2)
    for day in (4, 5, 6):
        an_entry("funds", "received", happened_on=date(2020, 3, day), document_no=f"回单 {day}")
    rows = "".join(f"2020-03-0{day},{day},捐款,,1000.00,\n" for day in (4, 5, 6))
    address = f"{BASE}/statements/{kept(office, world, HEAD + rows)}/"
    first, second = (office.get(address, {"certain": number}).content.decode() for number in (1, 2))
    keys = [re.findall(r'name="key" value="([^"]+)"', page) for page in (first, second)]
    # Each proposal stands once with the button for all of the page and once with its own.
    assert [len(set(found)) for found in keys] == [2, 1] and not set(keys[0]) & set(keys[1])
    assert 'href="?certain=2#proposed"' in first
    back = re.findall(r'name="back" value="([^"]+)"', second)[0]
    answer = office.post(f"{address}decide/", {"key": keys[1][:1], "act": "accept", "back": back})
    assert answer.headers["Location"] == f"{address}?certain=2"
