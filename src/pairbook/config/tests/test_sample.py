"""The sample adds up to what was published, looks like an office's year, and is marked as what it is."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from pairbook.config.sample.load import PAIRING, SIGN_INS, load_sample
from pairbook.config.sample.papers import PaperSheet, pdf_of
from pairbook.config.sample.records import entry_rows, facts_text, moment, sheet
from pairbook.indicators.reads import address_of, figure, figure_rows, published_rows
from pairbook.kernel.models import AuditEvent, User
from pairbook.kernel.periods import day_of
from pairbook.kernel.texts import Text
from pairbook.pairings.models import Pairing
from pairbook.pairings.reads import children_of, family_ids, pairing_of_code
from pairbook.parties.models import Party
from pairbook.projects.assets import asset_lists
from pairbook.projects.reads import LibraryFilter, library, projects_started
from pairbook.register.models import Account, Entry
from pairbook.register.reads import disputed_of, waiting_for, without_papers
from tests.books import KeptSample, copied_book

pytestmark = pytest.mark.slow

_SHARED_FACTS = Path(__file__).parents[5] / "shared" / "facts" / "jinghai-zhenyuan.json"


@pytest.fixture(scope="module")
def sample_book(
    kept_sample: KeptSample, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[KeptSample]:
    """A book of its own with the sample in it, one for all tests of this file."""
    with django_db_blocker.unblock(), copied_book(kept_sample.book, tmp_path_factory.mktemp("sample")):
        yield kept_sample


@pytest.fixture
def sample(sample_book: KeptSample, db: None) -> KeptSample:
    """The sample, in a transaction that is rolled back after the test."""
    return sample_book


def _value(address: str, *, known: date | None = None) -> Decimal:
    return figure(address_of(f"{PAIRING}/{address}").changed(known=known)).value


# Address, the day by whose end the book must have known it, and the value.
FIGURES = (
    ("visits.leaders/held/2020-01-01..2020-09-18", "2020-09-18", 7),
    ("funds.fiscal/received/2020-01-01..2020-09-18", "2020-09-18", 54_160_000),
    ("funds.fiscal/received/2020-01-01..2020-09-18?tier=municipal", "2020-09-18", 51_500_000),
    ("funds.fiscal/received/2020-01-01..2020-09-18?tier=district_and_town", "2020-09-18", 2_565_000),
    ("funds.fiscal/received/2020-01-01..2020-09-18?tier=district", "2020-09-18", 95_000),
    ("funds.social/received/2020-01-01..2020-09-18", "2020-09-18", 16_820_000),
    ("funds.social/received/2020-01-01..2020-09-18?campaign=COVID-19", "2020-09-18", 1_800_000),
    ("funds.total/received/2020-01-01..2020-09-18?campaign=COVID-19", "2020-09-18", 1_800_000),
    (
        "goods.quantity/received/2020-01-01..2020-09-18?item=mask&campaign=COVID-19",
        "2020-09-18",
        14_000,
    ),
    ("funds.fiscal/allocated/2020-01-01..2020-04-07", "2020-04-07", 40_705_000),
    ("funds.social/received/2020-01-01..2020-04-07", "2020-04-07", 6_423_000),
    ("funds.fiscal/planned/2020-01-01..2020-05-18", "2020-05-18", 54_065_000),
    ("funds.fiscal/planned/2020-01-01..2020-05-18?tier=municipal", "2020-05-18", 51_500_000),
    ("funds.fiscal/planned/2020-01-01..2020-05-18?tier=district_and_town", "2020-05-18", 2_565_000),
    ("funds.fiscal/received/2025-01-01..2025-06-30", "2025-06-30", 50_200_000),
    ("funds.total/received/2017-01-01..2019-12-31", "2019-12-31", 0),
    ("funds.total/received/2017-01-01..2019-12-31?goods=included", "2019-12-31", 0),
)


@pytest.mark.parametrize(("address", "day", "value"), FIGURES)
def test_a_published_figure_comes_out(sample: KeptSample, address: str, day: str, value: int):
    assert _value(address) == value


@pytest.mark.parametrize(("address", "day", "value"), FIGURES)
def test_a_published_figure_was_known_on_its_day(sample: KeptSample, address: str, day: str, value: int):
    assert _value(address, known=date.fromisoformat(day)) == value


@pytest.mark.parametrize("known", [None, date(2020, 9, 18)])
def test_disinfectant_is_more_than_ten_tonnes_and_at_most_eleven(sample: KeptSample, known: date | None):
    address = "goods.quantity/received/2020-01-01..2020-09-18?item=disinfectant&campaign=COVID-19"
    assert 10_000 < _value(address, known=known) <= 11_000


def test_every_figure_of_the_press_day_was_known_on_that_day(sample: KeptSample):
    day = date(2020, 9, 18)

    def told(known: date | None) -> dict[str, tuple[Decimal, Decimal | None]]:
        return {
            row.address.changed(known=None).text: (row.value, row.confirmed_value)
            for row in figure_rows(PAIRING, as_of=day, known=known)
        }

    assert told(None) == told(day)


def test_every_published_figure_the_kinds_cover_holds(sample: KeptSample):
    pairing = pairing_of_code(PAIRING)
    assert pairing is not None
    rows = published_rows(pairing.id)
    assert len(rows) == 11
    assert [row.sentence.en for row in rows if not row.holds] == []


def test_every_published_figure_says_where_and_when_it_was_published(sample: KeptSample):
    pairing = pairing_of_code(PAIRING)
    assert pairing is not None
    assert all(row.source_title and row.publisher and row.published_on for row in published_rows(pairing.id))


def test_visits_the_other_way_and_working_visits_do_not_count(sample: KeptSample):
    back = "visits.leaders/held/2020-01-01..2020-09-18?direction=assisted_to_assisting"
    assert _value(back) > 0
    held = Entry.objects.filter(kind="visits", happened_on__range=("2020-01-01", "2020-09-18"))
    assert held.exclude(field="leaders").count() > 3


def test_the_top_up_is_planned_after_18_may_and_says_that_it_is_invented(sample: KeptSample):
    top_up = Entry.objects.get(fund__code="2020-top-up", stage="planned")
    assert top_up.happened_on > date(2020, 5, 18)
    assert "虚构" in top_up.note and "invented" in top_up.note


def test_one_entry_is_disputed_with_the_other_sides_own_count(sample: KeptSample):
    ids = [row.id for row in Pairing.objects.all()]
    assert disputed_of("assisting", ids)[1] + disputed_of("assisted", ids)[1] == 1


def test_one_entry_is_corrected_with_its_reason_and_confirmed_again(sample: KeptSample):
    (correction,) = Entry.objects.exclude(replaces=None).select_related("replaces")
    assert correction.reason and correction.replaces is not None
    assert (correction.replaces.money_minor, correction.money_minor) == (16_800_000, 18_600_000)
    assert [answer.verdict for answer in correction.answers.all()] == ["confirmed"]


def test_both_sides_have_something_waiting(sample: KeptSample):
    pairing = pairing_of_code(PAIRING)
    assert pairing is not None
    ids = family_ids(pairing.id)
    assert all(waiting_for(side, ids)[1] >= 3 for side in ("assisting", "assisted"))


def test_no_balance_is_negative_but_outside(sample: KeptSample):
    accounts = Account.objects.exclude(standing="outside")
    assert accounts.filter(balance__gt=0).exists() and not accounts.filter(balance__lt=0).exists()


def test_what_was_sent_has_its_paper_and_some_other_papers_are_missing(sample: KeptSample):
    pairing = pairing_of_code(PAIRING)
    assert pairing is not None
    bare, count = without_papers(None, family_ids(pairing.id), limit=500)
    assert not {row.stage for row in bare} & {"allocated", "sent"}
    assert sample.entries is not None and 0.03 < count / sample.entries < 0.2


def test_every_line_of_the_trail_but_the_table_of_divisions_is_marked_sample(sample: KeptSample):
    verbs = set(AuditEvent.objects.filter(is_sample=False).values_list("verb", flat=True))
    assert verbs <= {"place.load"}


def test_parties_pairings_and_people_of_the_sample_are_marked(sample: KeptSample):
    assert not Pairing.objects.filter(is_sample=False).exists()
    assert not User.objects.filter(is_sample=False).exists()
    assert Party.objects.filter(is_sample=True).count() == len(sheet("places")) + len(sheet("organisations"))


def test_loading_again_changes_nothing(sample: KeptSample):
    before = AuditEvent.objects.count()
    assert load_sample() is None
    assert AuditEvent.objects.count() == before


def test_everybody_told_can_sign_in(sample: KeptSample):
    for _, username, password in SIGN_INS:
        assert len(password) >= 10
        assert User.objects.get(username=username).check_password(password)


def test_one_child_pairing_is_closed_and_one_is_handed_over(sample: KeptSample):
    pairing = pairing_of_code(PAIRING)
    assert pairing is not None
    ended = [row for row in children_of(pairing.id) if row.end_on]
    assert sorted(bool(row.successor_code) for row in ended) == [False, True]
    assert all(row.end_reason for row in ended)


def test_progress_ends_at_the_whole(sample: KeptSample):
    assert sample.heard[-1][0] == sample.heard[-1][1] == len(sample.heard)


def test_as_many_entries_are_loaded_as_the_sheets_have(sample: KeptSample):
    assert sample.entries == sum(1 for _ in entry_rows())


def test_entries_are_recorded_in_office_hours_after_they_happened():
    for _, _, row in entry_rows():
        at = moment(row["recorded_at"])
        assert day_of(at).isoformat() >= row["happened_on"], row["no"]
        assert at.weekday() < 5 and 9 <= at.hour < 18, row["no"]
        assert not row["confirmed_at"] or moment(row["confirmed_at"]) > at, row["no"]


def test_the_library_is_kept_in_office_hours_too():
    columns = ("recorded_at", "posted_at", "registered_at", "held_at", "marked_at", "reported_at")
    cells = [
        row[column] for name in LIBRARY_SHEETS for row in sheet(name) for column in columns if row.get(column)
    ]
    assert len(cells) > 300
    assert [cell for cell in cells if moment(cell).weekday() > 4 or not 9 <= moment(cell).hour < 18] == []


def _spent_in_sheets() -> dict[tuple[str, str], Decimal]:
    spent: dict[tuple[str, str], Decimal] = {}
    for kind, _, row in entry_rows():
        if kind == "funds" and row["stage"] == "spent" and row["project"]:
            key = row["project"], row["fund"]
            spent[key] = spent.get(key, Decimal(0)) + Decimal(row["money"])
    return spent


def test_projects_plan_at_least_what_is_spent_on_them_fund_by_fund():
    planned = {
        (row["project"], fund): Decimal(amount)
        for row in sheet("project_fields")
        for _, fund, amount in (part.split(":") for part in row["funding"].split())
    }
    assert {key: money for key, money in _spent_in_sheets().items() if planned.get(key, 0) < money} == {}


def test_no_asset_cost_more_than_was_spent_of_a_fund():
    spent = _spent_in_sheets()
    cost: dict[tuple[str, str], Decimal] = {}
    for row in sheet("assets"):
        for _, fund, amount in (part.split(":") for part in row["sources"].split()):
            if fund:
                key = row["project"], fund
                cost[key] = cost.get(key, Decimal(0)) + Decimal(amount)
    assert {key: money for key, money in cost.items() if spent.get(key, 0) < money} == {}


def test_twenty_projects_began_in_the_first_half_of_2025(sample: KeptSample):
    pairing = pairing_of_code(PAIRING)
    assert pairing is not None
    assert len(projects_started(family_ids(pairing.id), date(2025, 1, 1), date(2025, 6, 30))) == 20


def test_projects_of_the_sample_stand_at_many_steps(sample: KeptSample):
    pairing = pairing_of_code(PAIRING)
    assert pairing is not None
    rows = library(LibraryFilter(pairing_ids=tuple(family_ids(pairing.id))))
    states = {row.state for row in rows if not row.is_programme}
    assert {"checked", "turned_down", "library_out", "started", "settled", "reviewed"} <= states
    lists = asset_lists([row.id for row in rows])
    assert lists.idle.rows and lists.unheld.rows


def test_only_organisations_and_places_give_and_receive():
    known = {row["code"] for name in ("organisations", "places") for row in sheet(name)} | {
        "120118",
        "621027",
    }
    assert {row[side] for _, _, row in entry_rows() for side in ("giver", "receiver")} <= known


def test_invented_parties_say_that_they_are_sample():
    public = {"government", "office", "audit"}
    invented = [row for row in sheet("organisations") if row["type"] not in public] + sheet("places")
    assert all(
        row["name_zh"].endswith("（样例）") and row["name_en"].endswith("(sample)") for row in invented
    )


LIBRARY_SHEETS = (
    "project_fields",
    "project_steps",
    "project_goals",
    "project_notices",
    "assets",
    "asset_statuses",
    "asset_incomes",
)


def test_the_sheets_hold_no_telephone_or_identity_number():
    names = (
        "organisations",
        "places",
        "children",
        "funds",
        "projects",
        "corrections",
        "disputes",
        *LIBRARY_SHEETS,
    )
    cells = [
        cell
        for row in [*(row for name in names for row in sheet(name)), *(row for _, _, row in entry_rows())]
        for column, cell in row.items()
        if column not in {"code", "place", "parent", "giver", "receiver", "assisting", "assisted"}
        and column not in {"owner", "operator", "carer", "responsible"}
    ]
    # A bank slip's number is 8 digits of a day and 4 more; a telephone has 11 in a row, an identity number 18.
    assert not [cell for cell in cells if re.search(r"\d{11}", cell)]


def test_the_projects_own_facts_are_the_shared_ones():
    if not _SHARED_FACTS.is_file():
        pytest.skip("../shared is not here, so the facts have nothing to be compared with")
    assert json.loads(facts_text()) == json.loads(_SHARED_FACTS.read_text(encoding="utf-8"))


_SLIP = PaperSheet(
    Text("银行回单", "bank slip"),
    "20200225-0013 (1)",
    [(Text("金额（元）", "Amount (yuan)"), "12,000,000.00"), (Text("接收单位", "To"), "镇原县财政局")],
)


def test_a_paper_is_small_and_the_same_every_time():
    assert pdf_of(_SLIP) == pdf_of(_SLIP)
    assert pdf_of(_SLIP).startswith(b"%PDF-") and len(pdf_of(_SLIP)) < 4_000


def test_a_paper_can_be_read_by_a_program(tmp_path: Path):
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not here, so papers are not read back")
    path = tmp_path / "slip.pdf"
    path.write_bytes(pdf_of(_SLIP))
    read = subprocess.run(
        ["pdftotext", str(path), "-"], capture_output=True, text=True, check=True, timeout=30
    ).stdout
    assert "12,000,000.00" in read and "SAMPLE" in read and "20200225-0013 (1)" in read
