"""The home page, the registers, the lists, workbooks, setting up, signing in."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from pairbook.kernel.models import User
from pairbook.kernel.money import Money
from pairbook.pairings.reads import pairing_of_code
from pairbook.parties.reads import actor_of, measures_of, organisations, statuses_of, users_with_posts
from pairbook.register.actions import dispute_entry
from pairbook.register.reads import EntryFilter, entry_count, funds_of
from tests.world import PASSWORD, PROGRAMME, World, a_confirmed_entry, an_entry, many_entries, sign_in

BASE = f"/en/work/{PROGRAMME}"


def text_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_the_home_page_says_what_waits_as_verbs(world, client):
    an_entry("funds", "allocated")
    page = text_of(sign_in(client, world.receiver).get("/en/work/"))
    assert "Confirm 1 entry of the other side" in page


def test_the_side_in_dispute_is_asked_to_answer(world, client):
    entry_id = an_entry("funds", "allocated")
    dispute_entry(entry_id, reason="short", own_money=Money(0), by=world.receiver)
    page = text_of(sign_in(client, world.giver).get("/en/work/"))
    assert "Answer 1 dispute" in page


def test_an_empty_desk_says_what_to_do_first(world, client):
    assert "Nothing is recorded in this pairing yet" in text_of(sign_in(client, world.giver).get("/en/work/"))


def test_the_home_page_speaks_the_language_of_its_address(world, client):
    an_entry("funds", "allocated")
    page = text_of(sign_in(client, world.receiver).get("/zh-hans/work/"))
    assert "确认1条对方的记录" in page


def test_the_register_totals_what_is_filtered(world, client):
    many_entries(2, "funds", "planned", money=Money.of(500))
    an_entry("funds", "allocated", money=Money.of(70))
    page = text_of(sign_in(client, world.giver).get(f"{BASE}/funds/?stage=planned"))
    assert "Totals of what is filtered" in page and "1,000.00" in page and "70.00" not in page


def test_the_register_never_adds_up_what_is_unlike(world, client):
    an_entry("funds", "planned", money=Money.of(500))
    an_entry("funds", "allocated", money=Money.of(70))
    page = text_of(sign_in(client, world.giver).get(f"{BASE}/funds/"))
    assert "500.00" in page and "70.00" in page and "570.00" not in page


def test_a_filter_that_cannot_be_read_is_told_and_left_out(world, client):
    an_entry("funds", "allocated")
    page = text_of(sign_in(client, world.giver).get(f"{BASE}/funds/?from=yesterday"))
    assert "Write the date like 2020-09-18" in page and "1 entry" in page


def test_a_department_sees_its_own_entries_only(world, client):
    an_entry("funds", "allocated")
    own = an_entry("funds", "allocated", receiver_id=world.health_bureau)
    page = text_of(sign_in(client, world.department).get(f"{BASE}/funds/"))
    assert re.findall(r"/entries/(\d+)/", page) == [str(own)]


def test_the_export_holds_exactly_what_is_seen(world, client):
    an_entry("funds", "planned")
    a_confirmed_entry("funds", "allocated")
    answer = sign_in(client, world.giver).get(f"{BASE}/funds/export/?state=both_sides")
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]
    assert "Allocated" in cells and "Planned" not in cells


def test_a_workbook_is_previewed_before_it_is_imported(world, client):
    an_entry("funds", "planned")
    giver = sign_in(client, world.giver)
    content = giver.get(f"{BASE}/funds/export/").content
    upload = SimpleUploadedFile("funds.xlsx", content)
    page = text_of(giver.post(f"{BASE}/funds/import/", {"workbook": upload}))
    assert "The book already says all this" in page
    assert entry_count(EntryFilter(pairing_ids=(world.pairing_id,))) == 1


def test_a_previewed_workbook_is_imported_by_its_ticket(world, client):
    giver = sign_in(client, world.giver)
    upload = SimpleUploadedFile("funds.xlsx", _typed_workbook())
    page = giver.post(f"{BASE}/funds/import/", {"workbook": upload})
    assert entry_count(EntryFilter(pairing_ids=(world.pairing_id,))) == 0
    answer = giver.post(f"{BASE}/funds/import/", {"ticket": page.context["ticket"]})
    assert answer["Location"] == f"{BASE}/funds/"
    assert entry_count(EntryFilter(pairing_ids=(world.pairing_id,))) == 1


def test_nobody_imports_with_the_ticket_of_somebody_else(world, client):
    upload = SimpleUploadedFile("funds.xlsx", _typed_workbook())
    page = sign_in(client, world.giver).post(f"{BASE}/funds/import/", {"workbook": upload})
    answer = sign_in(client, world.receiver).post(f"{BASE}/funds/import/", {"ticket": page.context["ticket"]})
    assert answer["Location"] == f"{BASE}/funds/import/"
    assert entry_count(EntryFilter(pairing_ids=(world.pairing_id,))) == 0


def _typed_workbook() -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Funds"
    sheet.append(["Stage", "Date", "From", "To", "Fund", "Amount (yuan)"])
    sheet.append(["Planned", "2020.3.2", "jinghai-office", "zhenyuan-office", "fiscal-2020", "1,234.56"])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_what_is_no_workbook_is_told_so(world, client):
    upload = SimpleUploadedFile("funds.xlsx", b"not a workbook at all")
    answer = sign_in(client, world.giver).post(f"{BASE}/funds/import/", {"workbook": upload})
    assert answer.status_code == 200 and answer.context["problems"]


def test_an_officer_adds_a_fund(world: World, client):
    form = {
        "list": "fund",
        "code": "town-2021",
        "name_zh": "镇级资金",
        "name_en": "Town fund",
        "nature": "fiscal",
        "tier": "township",
        "year": "2021",
    }
    sign_in(client, world.giver).post(f"{BASE}/lists/", form)
    assert "town-2021" in {fund.code for fund in funds_of([world.pairing_id])}


@pytest.mark.parametrize(("lang", "shown"), [("en", "Li Ming"), ("zh-hans", "李明")])
def test_a_person_named_in_both_languages_is_shown_in_that_of_the_page(
    world: World, client, lang: str, shown: str
):
    User.objects.filter(username="giver").update(display_name="李明 / Li Ming")
    page = text_of(sign_in(client, world.giver).get(f"/{lang}/work/"))
    assert shown in page and "李明 / Li Ming" not in page


def test_a_fund_is_added_with_what_its_giver_asks(world: World, client):
    form = {"list": "fund", "code": "gifts-2021", "name_zh": "捐款", "name_en": "Gifts", "nature": "social"}
    sign_in(client, world.receiver).post(f"{BASE}/lists/", form | {"year": "2021", "asks_consent": "on"})
    assert [one.code for one in funds_of([world.pairing_id]) if one.asks_consent] == ["gifts-2021"]
    assert "its giver consents first" in text_of(client.get(f"{BASE}/lists/"))
    assert "Gifts (its giver consents first)" in text_of(client.get(f"{BASE}/projects/new/"))


def test_the_assisting_side_asks_to_be_asked_and_no_longer(world: World, client):
    sign_in(client, world.giver)
    for asks, expected in (("yes", True), ("no", False)):
        client.post(f"{BASE}/lists/", {"list": "wish", "fund": world.social, "asks": asks})
        (fund,) = [one for one in funds_of([world.pairing_id]) if one.id == world.social]
        assert fund.asks_consent is expected


def test_the_assisted_side_does_not_speak_for_the_giver(world: World, client):
    wish = {"list": "wish", "fund": world.social, "asks": "no"}
    assert sign_in(client, world.receiver).post(f"{BASE}/lists/", wish).status_code == 403
    assert "Ask from now on" not in text_of(client.get(f"{BASE}/lists/"))


@pytest.mark.parametrize("wish", [{"fund": "999999", "asks": "yes"}, {"fund": "x"}, {}])
def test_a_wish_for_no_fund_of_the_pairing_is_not_found(world: World, client, wish: dict[str, str]):
    assert sign_in(client, world.giver).post(f"{BASE}/lists/", {"list": "wish"} | wish).status_code == 404


def test_a_code_that_is_taken_is_told_beside_it(world, client):
    form = {"list": "campaign", "code": "covid-19", "name_zh": "疫情", "name_en": "COVID"}
    assert "This code is taken" in text_of(sign_in(client, world.giver).post(f"{BASE}/lists/", form))


def test_the_administrator_adds_an_organisation_and_a_post(world, client):
    administrator = sign_in(client, world.administrator)
    form = {
        "code": "zy-school",
        "name_zh": "镇原某中学",
        "name_en": "A school",
        "type": "school",
        "place": "621027",
    }
    administrator.post("/en/work/set-up/organisations/", form)
    school = next(row for row in organisations() if row.code == "zy-school")
    form = {
        "username": "teacher",
        "display_name": "Teacher",
        "password": PASSWORD,
        "role": "department",
        "organisation": str(school.id),
        "since": "2020-01-01",
    }
    administrator.post("/en/work/set-up/users/", form)
    user = next(row for row in users_with_posts() if row.username == "teacher")
    assert actor_of(user.user_id).posts[0].role == "department"


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("621O27", "No place or organisation"),
        ("鼓楼区", "write the code"),
        ("jinghai-steel", "an organisation"),
    ],
)
def test_a_place_that_is_not_sure_is_asked_back(place, said, world, client):
    form = {"code": "x1", "name_zh": "某", "name_en": "X", "type": "school", "place": place}
    page = sign_in(client, world.administrator).post("/en/work/set-up/organisations/", form)
    assert said in text_of(page)


PUBLISHED = {
    "list": "measure",
    "code": "poverty.incidence",
    "as_of": "2019-12-31",
    "value": "1.75",
    "source": "县公布 / As the county published",
    "published": "2020-05-15",
}


def test_the_administrator_finds_a_place_by_name(world, client):
    answer = sign_in(client, world.administrator).get("/en/work/set-up/places/find/", {"place": "镇原县"})
    assert answer["Location"] == "/en/work/set-up/places/621027/"


def test_the_administrator_notes_a_published_number_and_corrects_it(world, client):
    address, administrator = "/en/work/set-up/places/621027/", sign_in(client, world.administrator)
    administrator.post(address, PUBLISHED | {"value": "1.57"})
    (first,) = measures_of(world.zhenyuan)
    administrator.post(address, PUBLISHED | {"replaces": str(first.id)})
    assert [row.words.en for row in measures_of(world.zhenyuan)] == ["1.75 percent"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"value": "175"}, "no share above 100%"),
        ({"value": "1.755"}, "at most two decimals"),
        ({"value": ""}, "Give the number"),
        ({"as_of": ""}, "Give the day"),
        ({"source": ""}, "Say where it was published"),
        ({"as_of": "2019-13-31"}, "no such day"),
    ],
)
def test_a_published_number_with_a_problem_is_asked_back(changes, said, world, client):
    page = sign_in(client, world.administrator).post("/en/work/set-up/places/621027/", PUBLISHED | changes)
    assert said in text_of(page) and measures_of(world.zhenyuan) == []


def test_the_administrator_notes_that_a_county_left_the_list(world, client):
    form = {
        "list": "status",
        "list_code": "national-2014",
        "listed": "2014-12-31",
        "delisted": "2020-11-21",
        "announcement_zh": "退出公告",
        "source": "政府网",
    }
    sign_in(client, world.administrator).post("/en/work/set-up/places/621027/", form)
    assert [str(row.delisted_on) for row in statuses_of(world.zhenyuan)] == ["2020-11-21"]


def test_the_administrator_opens_a_household_pair_with_its_number(world, client):
    form = {
        "code": "officials",
        "level": "household",
        "parent": str(world.pairing_id),
        "assisting": "jinghai-office",
        "assisted": "621027101",
        "start": "2019-03-20",
        "agreement_zh": "结对认亲名册",
        "signed": "2019-03-18",
    }
    address, administrator = "/en/work/set-up/pairings/", sign_in(client, world.administrator)
    assert "Give the households" in text_of(administrator.post(address, form))
    administrator.post(address, form | {"households": "12"})
    row = pairing_of_code("officials")
    assert row is not None and (row.covers_households, str(row.signed_on)) == (12, "2019-03-18")


def test_the_administrator_closes_a_pairing_with_its_reason(world, client):
    address = f"/en/work/set-up/pairings/{PROGRAMME}/"
    administrator = sign_in(client, world.administrator)
    assert "Say why it ends" in text_of(administrator.post(address, {"act": "close", "end": "2021-06-01"}))
    administrator.post(address, {"act": "close", "end": "2021-06-01", "reason": "a new round"})
    pairing = pairing_of_code(PROGRAMME)
    assert pairing is not None and str(pairing.end_on) == "2021-06-01"


def test_signing_in_leads_to_ones_work_and_out_of_it(world, client):
    answer = client.post("/en/sign-in/", {"username": "giver", "password": PASSWORD})
    assert answer["Location"] == "/en/work/"
    client.post("/en/sign-out/")
    assert client.get("/en/work/").status_code == 302


def test_a_wrong_password_is_told_without_saying_which(world, client):
    page = client.post("/zh-hans/sign-in/", {"username": "giver", "password": "wrong"})
    assert "用户名或密码不对" in text_of(page)


def test_too_many_tries_are_stopped_with_words(world, client):
    for _ in range(8):
        page = client.post("/en/sign-in/", {"username": "giver", "password": "wrong"})
    assert page.status_code == 429 and "Too many tries" in text_of(page)
