"""The same promises, kept by every kind: whoever copies a folder and renames it learns here what is missing."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from pairbook.exchange.actions import import_workbook
from pairbook.exchange.reads import workbook
from pairbook.exchange.rules import Sheet
from pairbook.indicators.opening import open_figure
from pairbook.indicators.reads import address_of, figure_rows
from pairbook.indicators.rules import Indicators
from pairbook.kernel.kinds import Kind, kinds, kinds_offering
from pairbook.kernel.periods import Period
from pairbook.kernel.quantities import UNITS
from pairbook.kernel.texts import LANGS, Lang, Text
from pairbook.portal.rules import Course, Phrases
from pairbook.register.reads import EntryFilter, entry_count, entry_rows
from pairbook.register.shapes import Record, Stage
from tests.counting import Case, all_cases, counted
from tests.world import PROGRAMME, World, a_confirmed_entry, an_entry, an_entry_with_a_paper, sign_in

CASES = list(all_cases())
RECORDS = list(kinds_offering(Record))
STAGES = [(kind, record, stage) for kind, record in RECORDS for stage in record.stages]
STAGE_NAMES = [f"{kind.code}-{stage.code}" for kind, _, stage in STAGES]
INDICATORS = [(kind, one) for kind, offered in kinds_offering(Indicators) for one in offered.indicators]


def is_said(text: Text) -> bool:
    """Whether a text is there in both languages, each in its own."""
    return bool(text.zh and text.en) and any("一" <= sign <= "鿿" for sign in text.zh) and text.en.isascii()


def each_kind(test: Any) -> Any:
    """Run a test for every kind."""
    return pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.code)(test)


each_stage = pytest.mark.parametrize(("kind", "record", "stage"), STAGES, ids=STAGE_NAMES)


@each_kind
def test_a_kind_records_entries(kind: Kind):
    assert kind.offer(Record) is not None and is_said(kind.label)


@each_stage
def test_a_stage_is_labelled_and_said_in_both_languages(kind: Kind, record: Record, stage: Stage):
    assert is_said(stage.label) and is_said(stage.said)
    stage.said.zh.format(giver="甲", receiver="乙"), stage.said.en.format(giver="A", receiver="B")


@each_stage
def test_a_stage_follows_only_earlier_stages(kind: Kind, record: Record, stage: Stage):
    # Money a payee paid back may be spent again: the one way round.
    back = {one.code for one in record.stages if one.move == "refund"}
    assert all(
        record.stage_place(earlier) < record.stage_place(stage.code) for earlier in {*stage.follows} - back
    )


@each_stage
def test_what_is_taken_out_was_put_in_at_an_earlier_stage(kind: Kind, record: Record, stage: Stage):
    needs = {"receive": "send", "assign": "receive", "use": "receive", "refund": "use", "return": "receive"}
    needed = needs.get(stage.move)
    moves = [one.move for one in record.stages[: record.stage_place(stage.code)]]
    assert needed is None or needed in moves


@each_stage
def test_the_receiver_records_what_it_received(kind: Kind, record: Record, stage: Stage):
    assert stage.recorded_by == "receiver" or stage.move in ("none", "send")


@each_stage
def test_the_papers_of_a_stage_are_named_in_both_languages(kind: Kind, record: Record, stage: Stage):
    assert all(is_said(paper.label) for paper in stage.papers)
    assert len({paper.code for paper in stage.papers}) == len(stage.papers)


@each_kind
def test_a_kind_expects_papers_at_its_headline_stage(kind: Kind):
    record = kind.offer(Record)
    assert record is not None
    headline = record.stage(record.headline)
    assert headline is not None and headline.papers


@each_kind
def test_stages_and_details_have_codes_of_their_own(kind: Kind):
    record = kind.offer(Record)
    assert record is not None
    for codes in ([stage.code for stage in record.stages], [detail.code for detail in record.details]):
        assert len(set(codes)) == len(codes) and all(code.isidentifier() for code in codes)


@each_kind
def test_the_details_of_a_kind_are_labelled_in_both_languages(kind: Kind):
    record = kind.offer(Record)
    assert record is not None
    labels = [detail.label for detail in record.details]
    labels += [label for detail in record.details for _, label in detail.choices]
    assert all(is_said(label) for label in labels)


@each_kind
def test_a_choice_has_choices_and_a_kind_at_most_one_of_each_facet(kind: Kind):
    record = kind.offer(Record)
    assert record is not None
    assert all(bool(detail.choices) == (detail.sort == "choice") for detail in record.details)
    facets = [detail.facet for detail in record.details if detail.facet]
    assert len(set(facets)) == len(facets)


@each_kind
def test_what_a_kind_carries_is_required_of_its_entries(kind: Kind):
    record = kind.offer(Record)
    assert record is not None
    needed = {"money": record.money_asked, "quantity": record.quantity_asked}.get(record.carries, "required")
    counted = {record.counts_at(stage) for stage in record.stages} - {""}
    assert needed == "required" and {*record.all_units, *counted} <= set(UNITS)


@each_kind
def test_a_kind_is_measured_by_at_least_one_indicator(kind: Kind):
    offered = kind.offer(Indicators)
    assert offered is not None and offered.indicators


@pytest.mark.parametrize(("kind", "indicator"), INDICATORS, ids=[one.code for _, one in INDICATORS])
def test_an_indicator_has_a_label_a_rule_and_a_reference(kind: Kind, indicator: Any):
    assert is_said(indicator.label) and indicator.version >= 1
    for text in (indicator.rule, indicator.reference):
        assert text.zh and text.en and text.zh != text.en


@pytest.mark.parametrize(("kind", "indicator"), INDICATORS, ids=[one.code for _, one in INDICATORS])
def test_an_indicator_counts_in_a_known_unit(kind: Kind, indicator: Any):
    known = {"CNY"} if indicator.measure == "money" else set(UNITS)
    assert indicator.unit in known or (indicator.unit == "" and indicator.apart_by == "item")


def test_no_two_indicators_share_a_code():
    codes = [indicator.code for _, indicator in INDICATORS]
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize(("kind", "indicator"), INDICATORS, ids=[one.code for _, one in INDICATORS])
def test_a_defined_sum_is_one_of_alike_parts(kind: Kind, indicator: Any):
    parts = [one for _, one in INDICATORS if one.code in indicator.parts]
    assert len(parts) == len(indicator.parts) and {one.unit for one in parts} <= {indicator.unit}


@each_stage
def test_an_entry_of_every_stage_can_be_recorded_and_signed(
    world: World, kind: Kind, record: Record, stage: Stage
):
    assert a_confirmed_entry(kind.code, stage.code)


@each_stage
def test_the_facts_of_a_stage_add_up_to_the_register(world: World, kind: Kind, record: Record, stage: Stage):
    for build in (an_entry, a_confirmed_entry, an_entry_with_a_paper):
        build(kind.code, stage.code)
    stages = EntryFilter(pairing_ids=(world.pairing_id,), kind=kind.code, stages=(stage.code,))
    whole = [
        one
        for one in figure_rows(PROGRAMME)
        if one.address.stage == stage.code and not (one.address.campaign or one.address.tier)
    ]
    assert max(one.entries for one in whole) == entry_count(stages) == 3
    for one in whole:
        opened = open_figure(one.address)
        assert len(opened.entries) == one.entries and (one.confirmed_entries, one.with_papers) == (1, 1)


@each_kind
def test_a_figure_left_without_a_stage_means_the_headline_stage(world: World, kind: Kind):
    record, offered = kind.offer(Record), kind.offer(Indicators)
    assert record is not None and offered is not None
    for indicator in offered.indicators:
        address = address_of(
            f"{PROGRAMME}/{indicator.code}?item=mask" if indicator.apart_by else f"CN/{indicator.code}"
        )
        assert address.stage == (indicator.stage or record.headline)


@each_kind
def test_entries_of_a_kind_are_listed_by_day(world: World, kind: Kind):
    an_entry(kind.code, happened_on=date(2020, 6, 30))
    july = EntryFilter(
        pairing_ids=(world.pairing_id,), kind=kind.code, period=Period(date(2020, 7, 1), date(2020, 8, 1))
    )
    assert entry_count(july) == 0


@pytest.mark.parametrize("lang", LANGS)
@each_kind
def test_a_kind_has_its_pages(world: World, client: Client, kind: Kind, lang: Lang):
    entry = an_entry_with_a_paper(kind.code)
    sign_in(client, world.giver)
    start = f"/{'zh-hans' if lang == 'zh' else 'en'}/"
    for rest in (
        f"work/{PROGRAMME}/{kind.code}/",
        f"work/{PROGRAMME}/{kind.code}/new/",
        f"work/{PROGRAMME}/entries/{entry}/",
        f"p/{PROGRAMME}/entries/{entry}/",
        f"p/{PROGRAMME}/entries/?kind={kind.code}",
    ):
        page = client.get(start + rest)
        assert (rest, page.status_code) == (rest, 200) and kind.label.in_(lang) in page.content.decode()


@each_kind
def test_a_kind_names_its_sheet(kind: Kind):
    sheet = kind.offer(Sheet)
    assert sheet is not None and is_said(sheet.name) and len(sheet.name.en) <= 31


@pytest.mark.parametrize("lang", LANGS)
@each_kind
def test_a_sheet_survives_export_and_import(world: World, kind: Kind, lang: Lang):
    record = kind.offer(Record)
    assert record is not None
    for stage in record.stages:
        an_entry(kind.code, stage.code)
    before = entry_rows(EntryFilter(pairing_ids=(world.pairing_id,)))
    content = workbook([kind.code], None, PROGRAMME, lang)
    result = import_workbook(content, kind=kind.code, pairing_code=PROGRAMME, by=world.giver)
    assert (result.problems, result.new, result.corrected, result.unchanged) == ((), 0, 0, len(before))
    assert entry_rows(EntryFilter(pairing_ids=(world.pairing_id,))) == before


def _told(kind: Kind) -> list[str]:
    """The indicators a kind's prose and charts speak of."""
    phrases, course = kind.offer(Phrases), kind.offer(Course)
    told = [part.figure for phrase in phrases.phrases for part in phrase.parts] if phrases else []
    return [figure.partition("?")[0] for figure in told + ([course.indicator] if course else [])]


@each_kind
def test_the_prose_of_a_kind_speaks_of_figures_that_exist(kind: Kind):
    assert _told(kind) and set(_told(kind)) <= {
        indicator.code for own, indicator in INDICATORS if own == kind
    }


@each_kind
def test_the_chart_of_a_kind_draws_stages_it_has(kind: Kind):
    record, course = kind.offer(Record), kind.offer(Course)
    assert record is not None
    assert course is None or (is_said(course.title) and all(record.stage(stage) for stage in course.stages))


@pytest.mark.parametrize("case", CASES, ids=[f"{case.kind}: {case.name}" for case in CASES])
def test_each_case_is_counted_as_a_clerk_would(world: World, case: Case):
    assert counted(case) == case.expected


@each_kind
def test_a_kind_has_cases_and_one_of_them_was_published(kind: Kind):
    own = [case for case in CASES if case.kind == kind.code]
    assert own and all(case.source for case in own)
    assert any(str(year) in case.source for case in own for year in range(2015, 2030))
