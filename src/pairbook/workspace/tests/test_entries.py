"""Recording, answering, correcting and withdrawing through the pages."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pairbook.kernel.kinds import kinds_offering
from pairbook.kernel.money import Money
from pairbook.kernel.rules import EVIDENCE_BYTES_MAX
from pairbook.register.known import entry_state
from pairbook.register.reads import EntryFilter, entry_count, open_entry
from pairbook.register.shapes import Record
from tests.world import A_PAPER, PROGRAMME, World, an_entry, many_entries, sign_in

BASE = f"/en/work/{PROGRAMME}"


@pytest.fixture
def giver(world: World, client):
    return sign_in(client, world.giver)


@pytest.fixture
def receiver(world: World, client):
    return sign_in(client, world.receiver)


def funds_form(world: World, **changes: object) -> dict[str, object]:
    return {
        "stage": "allocated",
        "happened_on": "2020年3月2日",
        "giver": world.giver_office,
        "receiver": world.receiver_office,
        "fund": world.fiscal,
        "money": "5416",
        "money_unit": "wan",
        "document_no": "津静〔2020〕3号",
    } | changes


def text_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def number_in(response) -> int:
    return int(response.url.rstrip("/").split("/")[-1])


def test_an_entry_is_recorded_from_what_people_write(world, giver):
    answer = giver.post(f"{BASE}/funds/new/", funds_form(world))
    state = entry_state(number_in(answer))
    assert state is not None
    assert (state.facts.money_minor, str(state.facts.happened_on)) == (5_416_000_000, "2020-03-02")


def test_all_problems_stand_on_the_page_and_nothing_typed_is_lost(world, giver):
    sent = funds_form(
        world, money="12.345", money_unit="yuan", happened_on="2031-01-01", receiver="", document_no="no. 9"
    )
    page = text_of(giver.post(f"{BASE}/funds/new/", sent))
    for said in ("at most two decimals", "This day has not come yet", "Name a registered place"):
        assert page.count(said) == 2, f"{said}: in the list on top and beside its field"
    assert 'value="12.345"' in page and 'value="no. 9"' in page
    assert entry_count(EntryFilter(pairing_ids=(world.pairing_id,))) == 0


def test_a_form_is_read_in_the_language_of_its_page(world, giver):
    page = giver.post(f"/zh-hans/work/{PROGRAMME}/funds/new/", funds_form(world, money="12,34"))
    assert "数字写法有歧义" in text_of(page)


def test_the_next_stage_is_filled_in(world, receiver):
    sent = an_entry("funds", "allocated", money=Money.of(1000))
    page = text_of(receiver.get(f"{BASE}/funds/new/?stage=received&follows={sent}"))
    assert 'value="1,000.00"' in page and f'<option value="{sent}" selected>' in page


def test_a_paper_that_cannot_be_kept_leaves_no_entry(world, giver):
    program = SimpleUploadedFile("receipt.pdf", b"MZ\x90\x00 a program")
    sent = funds_form(world, paper=program, paper_sort="allocation")
    assert "By its content this is no PDF" in text_of(giver.post(f"{BASE}/funds/new/", sent))
    assert entry_count(EntryFilter(pairing_ids=(world.pairing_id,))) == 0


def test_the_other_side_confirms_on_the_entry_page(world, receiver):
    entry_id = an_entry("funds", "allocated")
    receiver.post(f"{BASE}/entries/{entry_id}/confirm/")
    state = entry_state(entry_id)
    assert state is not None and state.is_confirmed


def test_confirming_twice_is_refused_with_the_reason(world, receiver):
    entry_id = an_entry("funds", "allocated")
    receiver.post(f"{BASE}/entries/{entry_id}/confirm/")
    answer = receiver.post(f"{BASE}/entries/{entry_id}/confirm/")
    assert answer.status_code == 409 and "confirmed already" in text_of(answer)


def test_ticked_entries_are_confirmed_at_once(world, receiver):
    ids = many_entries(3, "funds", "allocated")
    receiver.post(f"{BASE}/funds/confirm/", {"entry": ids, "back": f"{BASE}/funds/?state=one_side"})
    states = [entry_state(number) for number in ids]
    assert all(state and state.is_confirmed for state in states)


def test_the_way_back_leads_nowhere_else(world, receiver):
    answer = receiver.post(f"{BASE}/funds/confirm/", {"back": "//elsewhere.example/"})
    assert answer.url == f"{BASE}/funds/"


def test_a_dispute_needs_the_own_amount_and_a_reason(world, receiver):
    entry_id = an_entry("funds", "allocated")
    page = text_of(receiver.post(f"{BASE}/entries/{entry_id}/dispute/", {"reason": "short"}))
    assert "Give your own amount" in page
    receiver.post(f"{BASE}/entries/{entry_id}/dispute/", {"reason": "short", "money": "0"})
    opened = open_entry(entry_id)
    assert opened is not None and opened.answers[-1].own_money == Money(0)


def test_a_correction_shows_what_was_struck_through(world, giver):
    entry_id = an_entry("funds", "allocated")
    sent = funds_form(world, money="2000", money_unit="yuan", reason="a slip of the finger")
    answer = giver.post(f"{BASE}/entries/{entry_id}/correct/", sent, follow=True)
    page = text_of(answer)
    assert "<del>1,000.00 yuan</del> <ins>2,000.00 yuan</ins>" in page and "a slip of the finger" in page


def test_an_entry_that_was_corrected_is_not_corrected_again(world, giver):
    entry_id = an_entry("funds", "allocated")
    sent = funds_form(world, reason="again")
    giver.post(f"{BASE}/entries/{entry_id}/correct/", sent)
    assert giver.post(f"{BASE}/entries/{entry_id}/correct/", sent).status_code == 409


def test_a_withdrawn_entry_can_still_be_read(world, giver):
    entry_id = an_entry("funds", "allocated")
    answer = giver.post(f"{BASE}/entries/{entry_id}/withdraw/", {"reason": "twice"}, follow=True)
    assert "Withdrawn" in text_of(answer)
    assert entry_count(EntryFilter(pairing_ids=(world.pairing_id,))) == 0


def test_a_paper_is_handed_out_under_a_name_of_ours(world, giver):
    entry_id = an_entry("funds", "allocated")
    paper = SimpleUploadedFile("../../etc/passwd", A_PAPER)
    giver.post(f"{BASE}/entries/{entry_id}/attach/", {"paper": paper, "paper_sort": "allocation"})
    opened = open_entry(entry_id)
    assert opened is not None
    answer = giver.get(f"/en/work/papers/{opened.papers[0].sha256}/")
    assert answer.content == A_PAPER
    assert answer["Content-Disposition"].startswith(f'attachment; filename="pairbook-{entry_id}-')
    assert answer["X-Content-Type-Options"] == "nosniff" and "sandbox" in answer["Content-Security-Policy"]


def test_a_body_of_two_gigabytes_is_refused_before_it_is_read(world, giver):
    entry_id = an_entry("funds", "allocated")
    address = f"{BASE}/entries/{entry_id}/attach/"
    answer = giver.post(address, {"paper_sort": "other"}, CONTENT_LENGTH=str(2 * 1024**3))
    assert answer.status_code == 413 and "over 20 MB" in text_of(answer)


def test_a_file_a_little_over_the_limit_is_told_beside_its_field(world, giver):
    entry_id = an_entry("funds", "allocated")
    paper = SimpleUploadedFile("scan.pdf", A_PAPER + b" " * EVIDENCE_BYTES_MAX)
    page = giver.post(f"{BASE}/entries/{entry_id}/attach/", {"paper": paper, "paper_sort": "other"})
    assert "over 20 MB" in text_of(page)


def test_a_receipt_larger_than_what_was_sent_is_told_in_words(world, receiver):
    sent = an_entry("funds", "allocated", money=Money.of(1000))
    form = funds_form(world, stage="received", follows=sent, money="1001", money_unit="yuan")
    form["happened_on"] = "2020-03-09"
    assert "more than was sent" in text_of(receiver.post(f"{BASE}/funds/new/", form))


def test_every_kind_has_a_form_that_opens(world, giver):
    for kind, record in kinds_offering(Record):
        for stage in record.stages:
            page = giver.get(f"{BASE}/{kind.code}/new/?stage={stage.code}")
            assert page.status_code == 200 and stage.label.en in text_of(page)
