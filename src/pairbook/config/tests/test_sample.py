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

from pairbook.assistance.goods.reads import lots_to_distribute
from pairbook.config.sample.load import PAIRING, SIGN_INS, load_sample
from pairbook.config.sample.papers import PaperSheet, pdf_of
from pairbook.config.sample.published import published_figures
from pairbook.config.sample.records import entry_rows, facts_text, moment, sheet
from pairbook.indicators.measuring import definitions
from pairbook.indicators.outside import OUTSIDE
from pairbook.indicators.reads import address_of, figure, figure_rows, published_rows
from pairbook.kernel.kinds import kinds_offering
from pairbook.kernel.models import AuditEvent, User
from pairbook.kernel.periods import day_of, end_of_day
from pairbook.kernel.texts import Text
from pairbook.pairings.models import Pairing
from pairbook.pairings.reads import PairingRow, children_of, family_ids, pairing_of_code
from pairbook.parties.models import Party
from pairbook.projects.assets import asset_lists
from pairbook.projects.reads import LibraryFilter, library, projects_started
from pairbook.register.models import Account, Entry
from pairbook.register.reads import disputed_of, waiting_for, without_papers
from pairbook.workspace.rules import Checks
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


# People posted and trained. Each line after a published figure differs from it in one part, and so in its value.
PEOPLE_FIGURES = (
    ("talent.professionals/in_post/2020-05-18", "2020-05-31", 40),
    ("talent.professionals/in_post/2020-05-18?direction=assisted_to_assisting", "2020-05-31", 43),
    ("talent.professionals/in_post/2020-01-01..2020-05-18", "2020-05-31", 26),
    ("talent.total/in_post/2020-05-18", "2020-05-31", 48),
    ("talent.total/in_post/2020-05-18?direction=assisted_to_assisting", "2020-05-31", 55),
    ("talent.cadres/in_post/2020-05-18?direction=assisted_to_assisting", "2020-05-31", 12),
    ("talent.total/in_post/2020-09-18", "2020-09-18", 113),
    ("talent.total/in_post/2020-09-18?direction=assisted_to_assisting", "2020-09-18", 52),
    ("talent.total/in_post/2020-01-01..2020-09-18", "2020-09-18", 116),
    ("talent.total/selected/2020-01-01..2020-09-18", "2020-09-18", 112),
    ("talent.total/returned/2020-01-01..2020-09-18", "2020-09-18", 19),
    ("talent.cadres/in_post/2020-09-18", "2020-09-18", 6),
    ("talent.professionals/in_post/2020-09-18", "2020-09-18", 107),
    ("talent.professionals/in_post/2022-08-01..2022-08-31?field=education", "2022-09-15", 25),
    ("talent.professionals/in_post/2023-06-28", "2023-07-15", 36),
    ("talent.professionals/in_post/2023-06-28..2023-06-28", "2023-07-15", 11),
    ("talent.professionals/in_post/2023-06-28..2023-06-28?field=medical", "2023-07-15", 6),
    ("training.total/held/2020-01-01..2020-09-18", "2020-09-18", 360),
    ("training.total/held/2020-01-01..2020-09-18?field=in_assisting", "2020-09-18", 360),
    ("training.total/held/2020-01-01..2020-09-18?field=in_assisted", "2020-09-18", 0),
    ("training.total/held/2020-01-01..2020-09-18?direction=assisted_to_assisting", "2020-09-18", 20),
    ("training.total/planned/2020-01-01..2020-09-18", "2020-09-18", 405),
    ("training.total/held/2019-01-01..2019-12-31", "2020-09-18", 125),
    ("training.cadres/held/2020-01-01..2020-09-18", "2020-09-18", 90),
    ("training.professionals/held/2020-01-01..2020-09-18", "2020-09-18", 133),
    ("training.farmers/held/2020-01-01..2020-09-18", "2020-09-18", 137),
    ("training.farmers/held/2020-01-01..2020-09-18?subset=registered_poor", "2020-09-18", 80),
    ("training.entrepreneurs/held/2020-01-01..2020-09-18", "2020-09-18", 0),
    ("training.person_times/held/2020-01-01..2020-09-18", "2020-09-18", 360),
    ("training.courses/held/2020-01-01..2020-09-18", "2020-09-18", 8),
    ("training.certified/2020-09-18", "2020-09-18", 131),
)


@pytest.mark.parametrize(("address", "day", "value"), PEOPLE_FIGURES)
def test_people_posted_and_trained_come_out_now_and_were_known_on_the_day(
    sample: KeptSample, address: str, day: str, value: int
):
    assert [_value(address, known=known) for known in (None, date.fromisoformat(day))] == [value] * 2


def test_the_113_are_of_the_six_fields_that_were_published(sample: KeptSample):
    fields = ("medical", "education", "agriculture_forestry", "commerce", "water", "culture_tourism")
    assert [_value(f"talent.total/2020-09-18?field={field}") for field in fields] == [38, 33, 18, 11, 7, 6]


def test_the_flexible_professionals_and_the_team_of_teachers_are_told_apart(sample: KeptSample):
    details = [json.loads(text) for text in Entry.objects.values_list("details", flat=True)]
    modes = [held["mode"] for held in details if held.get("mode", "ordinary") != "ordinary"]
    assert (modes.count("team"), modes.count("flexible")) == (2, 6)


def test_audits_of_people_find_the_few_things_left_in_the_sample_for_them(sample: KeptSample):
    pairing = pairing_of_code(PAIRING)
    assert pairing is not None
    ids = family_ids(pairing.id)
    found = {
        check.code: len(check.find(ids))
        for kind, offered in kinds_offering(Checks)
        if kind.code in ("secondment", "training")
        for check in offered.checks
    }
    assert {code: count for code, count in found.items() if count} == {
        "secondment.no_letter": 1,
        "secondment.no_appraisal": 2,
        "training.no_sign_in": 2,
        "training.few_sessions": 1,
    }


# Jobs count from 1 January 2020, as the news conferences told them.
JOBS = (
    ("jobs.placed_in_assisting/placed/2020-01-01..2020-04-07", "2020-04-07", 192),
    ("jobs.placed_nearby/placed/2020-01-01..2020-04-07", "2020-04-07", 121),
    ("jobs.placed_elsewhere/placed/2020-01-01..2020-04-07", "2020-04-07", 1_195),
    ("jobs.placed/placed/2020-01-01..2020-04-07", "2020-04-07", 1_508),
    ("jobs.vacancies/offered/2025-01-01..2025-06-30", "2025-06-30", 2_475),
    ("jobs.intentions/intention/2025-01-01..2025-06-30", "2025-06-30", 205),
    ("jobs.fairs/held/2021-01-01..2023-12-31", "2023-12-31", 3),
    ("enterprises.count/landed/2020-01-01..2020-09-18?campaign=COVID-19", "2020-09-18", 1),
    ("parks.count/landed/2022-01-01..2022-12-31", "2022-12-31", 1),
)


@pytest.mark.parametrize("is_now", [True, False], ids=["now", "known then"])
@pytest.mark.parametrize(("address", "day", "value"), JOBS)
def test_jobs_and_enterprises_come_out_as_published(
    sample: KeptSample, address: str, day: str, value: int, is_now: bool
):
    assert _value(address, known=None if is_now else date.fromisoformat(day)) == value


@pytest.mark.parametrize("known", [None, date(2020, 9, 18)])
def test_more_than_400_and_at_most_440_work_in_the_assisting_place(sample: KeptSample, known: date | None):
    assert 400 < _value("jobs.placed_in_assisting/placed/2020-01-01..2020-09-18", known=known) <= 440


@pytest.mark.parametrize(
    "changed",
    [
        "jobs.placed_in_assisting/stable_3/2020-01-01..2020-09-18",
        "jobs.placed_in_assisting/left/2020-01-01..2020-09-18",
        "jobs.placed_in_assisting/placed/2019-01-01..2020-09-18",
        "jobs.placed_in_assisting/placed/2020-01-01..2020-10-31",
        "jobs.placed_in_assisting/placed/2020-01-01..2020-09-18?direction=assisted_to_assisting",
        "jobs.placed_in_assisting/placed/2020-01-01..2020-09-18?subset=registered_poor",
        "jobs.placed/placed/2020-01-01..2020-09-18",
        "jobs.intentions/intention/2020-01-01..2020-09-18",
        "jobs.vacancies/offered/2020-01-01..2020-09-18",
    ],
)
def test_another_stage_direction_unit_or_part_is_no_figure_of_400(sample: KeptSample, changed: str):
    assert not 400 < _value(changed) <= 440


@pytest.mark.parametrize("stage", ["placed", "stable_3", "stable_6", "stable_12", "left"])
def test_the_three_destinations_add_up_at_every_stage(sample: KeptSample, stage: str):
    days = "2020-01-01..2025-06-30"
    parts = [_value(f"jobs.placed_{one}/{stage}/{days}") for one in ("in_assisting", "nearby", "elsewhere")]
    assert all(parts) and sum(parts) == _value(f"jobs.placed/{stage}/{days}")


def test_the_mask_company_is_an_enterprise_of_the_campaign_and_says_what_sets_it_apart(sample: KeptSample):
    told = Entry.objects.filter(kind="enterprises", campaign="COVID-19", details__contains="eastern Gansu")
    assert {entry.stage for entry in told} == {"landed", "working"}
    assert any("news conference of Jinghai District" in entry.details for entry in told)


def test_investment_is_invented_and_none_of_the_programmes_money(sample: KeptSample):
    money = Entry.objects.filter(kind="enterprises", stage__in=("signed", "paid_in"))
    assert money.exists() and all("虚构" in entry.note and "invented" in entry.note for entry in money)
    assert _value("funds.total?campaign=COVID-19") == 1_800_000
    invested, agreed = _value("enterprises.invested"), _value("enterprises.agreed_investment")
    assert 0 < invested < agreed


# Code and scope of what no entry holds, the day asked, by whose end the book must have known it, and the value.
OUTSIDE_FIGURES = (
    ("poverty.counties_remaining", "CN", "2020-09-18", "2020-09-18", "52"),
    ("poverty.counties_remaining", "621027", "2020-09-18", "2020-09-18", "1"),
    ("poverty.counties_remaining", "621027", "2020-11-21", "2020-11-23", "0"),
    ("poverty.households", "621027", "2017-01-01", "2020-05-12", "18933"),
    ("poverty.persons", "621027", "2017-01-01", "2020-05-12", "67732"),
    ("poverty.incidence", "621027", "2017-01-01", "2020-05-12", "13.8"),
    ("poverty.households", "621027", "2019-12-31", "2020-05-16", "3195"),
    ("poverty.persons", "621027", "2019-12-31", "2020-05-16", "8570"),
    ("poverty.incidence", "621027", "2019-12-31", "2020-05-16", "1.75"),
    ("twinning.enterprises", PAIRING, "2019-12-31", "2019-12-31", "87"),
    ("twinning.villages_covered", PAIRING, "2019-12-31", "2019-12-31", "86"),
    ("twinning.townships_covered", PAIRING, "2019-12-31", "2019-12-31", "19"),
    ("twinning.households", PAIRING, "2019-12-31", "2019-12-31", "101"),
    ("twinning.enterprise_village_pairs", PAIRING, "2019-12-31", "2019-12-31", "87"),
)


@pytest.mark.parametrize(("code", "scope", "day", "known", "value"), OUTSIDE_FIGURES)
def test_a_figure_outside_the_entries_comes_out_now_and_was_known(
    sample: KeptSample, code: str, scope: str, day: str, known: str, value: str
):
    asked = date.fromisoformat(day)
    told = [
        OUTSIDE[code].read(scope, start=asked, end=asked, is_day=True, known_at=moment).value
        for moment in (None, end_of_day(date.fromisoformat(known)))
    ]
    assert told == [Decimal(value)] * 2


def test_every_fact_outside_the_entries_has_its_address_and_its_value(sample: KeptSample):
    told = list(published_figures(PAIRING, OUTSIDE))
    assert len(told) == 12
    for one in told:
        found = figure(address_of(one.address))
        assert (found.value, found.unit) == (one.value, one.unit), one.address


def test_every_child_pairing_has_an_agreement_with_its_day(sample: KeptSample):
    assert not Pairing.objects.filter(agreement_signed_on=None).exists()


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
    facts = json.loads(facts_text())["groups"].values()
    told = [fact for group in facts for fact in group["figures"] if "indicator" in fact]
    assert len(rows) == len(list(published_figures(PAIRING, definitions()))) == len(told) == 35
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


# Invented by the sample, but told by it in one way only: what trips, people, conferences and meetings come to.
GIFTS = (
    ("visits.leaders/held/2020-01-01..2020-09-18?direction=assisted_to_assisting", 2),
    ("visits.leaders/held/2019-01-01..2019-09-18", 1),
    ("visits.person_times/held/2020-01-01..2020-09-18", 115),
    ("visits.person_times/held/2020-01-01..2020-09-18?direction=assisted_to_assisting", 29),
    ("visits.joint_conferences/held/2020-01-01..2020-09-18", 1),
    ("visits.topical_meetings/held/2020-01-01..2020-09-18", 4),
    ("visits.topical_meetings/held/2020-01-01..2020-09-18?direction=assisted_to_assisting", 2),
    ("goods.quantity/pledged/2020-01-01..2020-09-18?item=disinfectant&campaign=COVID-19", 8_000),
    ("goods.quantity/sent/2020-01-01..2020-09-18?item=mask&campaign=COVID-19", 14_050),
    ("goods.quantity/distributed/2020-01-01..2020-09-18?item=mask&campaign=COVID-19", 10_600),
    ("goods.quantity/received/2020-01-01..2020-09-18?item=mask&direction=assisted_to_assisting", 0),
    ("exchanges.events/held/2020-01-01..2020-09-18", 11),
    ("exchanges.events/planned/2020-01-01..2020-09-18", 2),
    ("exchanges.events/held/2020-01-01..2020-09-18?campaign=COVID-19", 5),
    ("exchanges.events/held/2020-01-01..2020-09-18?direction=assisted_to_assisting", 2),
    ("exchanges.participants/held/2020-01-01..2020-09-18", 346),
)


@pytest.mark.parametrize("known", [None, date(2020, 9, 18)])
@pytest.mark.parametrize(("address", "value"), GIFTS)
def test_visits_gifts_and_exchanges_come_out_by_stage_direction_and_unit(
    sample: KeptSample, address: str, value: int, known: date | None
):
    assert _value(address, known=known) == value


def test_experience_in_epidemic_control_was_shared_before_the_news_conference(sample: KeptSample):
    shared = "exchanges.events/held/2020-01-01..2020-09-18?field=epidemic_control&campaign=COVID-19"
    assert _value(shared, known=date(2020, 9, 18)) == 4
    assert _value(f"{shared}&direction=assisted_to_assisting") == 0


def test_paired_hospitals_and_schools_have_their_own_exchanges(sample: KeptSample):
    for child, number in (("hospital-tongxin-huiyuan", 4), ("school-yunhe-yumiao", 1)):
        address = address_of(f"{child}/exchanges.events/held/2020-01-01..2020-09-18")
        assert figure(address).value == number


def test_one_lot_was_due_before_it_expired(sample: KeptSample):
    ids = family_ids(_programme().id)
    (due,) = lots_to_distribute(ids, date(2022, 2, 1))
    assert due.due_on == date(2022, 2, 6) and "300 kg" in due.said.en
    assert lots_to_distribute(ids, date(2020, 9, 18)) == []


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("goods.value_unfounded", 0),
        ("goods.price_disagrees", 1),
        ("goods.not_arrived", 0),
        ("goods.expired", 1),
        ("visits.no_joint_conference", 1),
        ("visits.rank_unclear", 2),
        ("exchanges.without_papers", 2),
        ("exchanges.held_twice", 0),
        ("exchanges.too_many_participants", 0),
        ("produce.no_proof", 3),
        ("produce.invoice_twice", 1),
        ("produce.not_recognised", 1),
        ("produce.listed_twice", 0),
        ("produce.odd_price", 1),
        ("produce.households", 1),
        ("industry.no_people", 1),
        ("industry.no_output", 1),
        ("industry.no_agreement", 1),
        ("industry.counted_twice", 4),
    ],
)
def test_the_checks_find_the_few_things_the_sample_has_to_show(sample: KeptSample, code: str, number: int):
    checks = {check.code: check for _, offered in kinds_offering(Checks) for check in offered.checks}
    assert len(checks[code].find(family_ids(_programme().id))) == number


def _programme() -> PairingRow:
    pairing = pairing_of_code(PAIRING)
    assert pairing is not None
    return pairing


def test_the_top_up_is_planned_after_18_may_and_says_that_it_is_invented(sample: KeptSample):
    top_up = Entry.objects.get(fund__code="2020-top-up", stage="planned")
    assert top_up.happened_on > date(2020, 5, 18)
    assert "虚构" in top_up.note and "invented" in top_up.note


def test_some_entries_are_disputed_with_the_other_sides_own_count(sample: KeptSample):
    ids = [row.id for row in Pairing.objects.all()]
    assert disputed_of("assisting", ids)[1] + disputed_of("assisted", ids)[1] == len(sheet("disputes")) >= 2


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
        sign = {"spent": 1, "refunded": -1}.get(row["stage"], 0) if kind == "funds" else 0
        if sign and row["project"]:
            key = row["project"], row["fund"]
            spent[key] = spent.get(key, Decimal(0)) + sign * Decimal(row["money"])
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


# Address, the day by whose end the book must have known it, and the value.
SALES = (
    ("sales.amount/paid/2022-01-01..2022-12-31", "2022-12-31", 221_000_000),
    ("sales.amount/paid/2023-01-01..2023-06-15", "2023-06-15", 50_560_000),
    # Published as 0.72 亿 for the first half of 2025 (Qingyang Net, 8 July 2025).
    ("sales.amount/paid/2025-01-01..2025-06-30", "2025-06-30", 72_000_000),
)


@pytest.mark.parametrize(("address", "day", "value"), SALES)
def test_published_sales_come_out_and_were_known_on_their_day(
    sample: KeptSample, address: str, day: str, value: int
):
    assert _value(address) == _value(address, known=date.fromisoformat(day)) == value


@pytest.mark.parametrize(("address", "day", "value"), SALES)
@pytest.mark.parametrize("part", ["field=bought", "field=helped", "subset=recognised", "item=apple"])
def test_a_part_of_the_sales_is_not_the_whole(
    sample: KeptSample, address: str, day: str, value: int, part: str
):
    assert 0 < _value(f"{address}?{part}") < value


@pytest.mark.parametrize("known", [None, date(2020, 9, 18)])
def test_produce_sold_in_tianjin_in_2020_by_several_channels(sample: KeptSample, known: date | None):
    sold = "sales.amount/paid/2020-01-01..2020-09-18"
    contracted = sold.replace("paid", "contracted")
    bought, helped = (_value(f"{sold}?field={how}", known=known) for how in ("bought", "helped"))
    assert 0 < bought < helped and bought + helped == _value(sold, known=known)
    assert _value(contracted, known=known) not in (0, _value(sold, known=known))
    assert _value(f"{sold}?direction=assisted_to_assisting", known=known) == 0
    entries = Entry.objects.filter(
        kind="produce", stage="paid", happened_on__range=("2020-01-01", "2020-09-18")
    )
    assert entries.values("category").distinct().count() >= 6


def test_products_stay_recognised_until_they_leave_the_list(sample: KeptSample):
    listed = "sales.recognised_products"
    assert [_value(f"{listed}/{day}") for day in ("2019-12-31", "2020-09-18", "2021-12-08")] == [3, 9, 9]
    assert _value(f"{listed}/2020-01-01..2020-09-18") == 6


@pytest.mark.parametrize("known", [None, date(2020, 9, 18)])
def test_goats_forage_and_rabbits_are_one_chain(sample: KeptSample, known: date | None):
    stock = "industry.stock/stocked/2020-09-18?item="
    kept = {item: _value(stock + item, known=known) for item in ("black-goat", "forage-field", "meat-rabbit")}
    assert kept == {"black-goat": 632, "forage-field": 2_350, "meat-rabbit": 5_200}
    assert _value("industry.output/produced/2020-09-18?item=meat-rabbit", known=known) == 4_200
    assert _value("industry.bases/2020-09-18?field=breeding", known=known) == 2
    bases = Entry.objects.filter(kind="industry", stage="started", happened_on__year=2020, item__in=kept)
    chain = set(bases.values_list("project__parent__code", flat=True))
    assert chain == {"2020-chain-livestock"}


@pytest.mark.parametrize("known", [None, date(2020, 9, 18)])
def test_a_university_a_hospital_and_a_factory_are_partners_in_medicinal_plants(
    sample: KeptSample, known: date | None
):
    assert _value("industry.partners/2020-09-18?field=medicinal_plants", known=known) == 4
    partners = Entry.objects.filter(kind="industry", stage="partnered", field="medicinal_plants")
    assert set(partners.values_list("giver__organisation__type", "category")) == {
        ("school", "research"),
        ("hospital", "technique"),
        ("enterprise", "processing"),
        ("cooperative", "growing"),
    }


def test_rabbits_of_the_closed_base_are_kept_no_more(sample: KeptSample):
    stock = "industry.stock/stocked/{}?item=meat-rabbit"
    days = ("2024-10-21", "2024-10-22", "2025-06-30")
    assert [_value(stock.format(day)) for day in days] == [4_100, 0, 2_200]
