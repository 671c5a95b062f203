"""Lists of entries, what waits for whom, and one entry opened."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from pairbook.kernel import clock
from pairbook.kernel.money import Money
from pairbook.kernel.periods import Period
from pairbook.kernel.quantities import Quantity
from pairbook.register.actions import correct_entry, dispute_entry, withdraw_entry
from pairbook.register.reads import (
    Activity,
    EntryFilter,
    activity_of,
    disputed_of,
    entries_with_paper,
    entry_count,
    entry_rows,
    entry_sums,
    open_entry,
    waiting_for,
    without_papers,
)
from tests.world import SENT_ON, World, a_confirmed_entry, an_entry, an_entry_with_a_paper, many_entries


@pytest.fixture
def mixed(world: World) -> World:
    """One dispatch of each state, a signed receipt of goods with a campaign, and a visit."""
    an_entry(stage="allocated", document_no="津财〔2020〕1号")
    a_confirmed_entry(stage="allocated", fund_id=world.social, project_id=world.project)
    disputed = an_entry_with_a_paper(stage="allocated", happened_on=date(2020, 4, 1))
    dispute_entry(disputed, reason="少收", own_money=Money.of(1), by=world.receiver)
    an_entry("goods", campaign_code="covid-19", quantity=Quantity.of(14_000, "piece"), money=Money.of(500))
    an_entry("visits", receiver_id=world.health_bureau)
    return world


FILTERS: list[tuple[dict[str, Any], int]] = [
    ({}, 6),
    ({"kind": "funds"}, 3),
    ({"kind": "goods", "stages": ("received",)}, 1),
    ({"direction": "assisted_to_assisting"}, 0),
    ({"period": Period(date(2020, 4, 1), date(2020, 5, 1))}, 1),
    ({"nature": "fiscal"}, 2),
    ({"nature": "social"}, 3),
    ({"tier": "municipal"}, 2),
    ({"field": "leaders"}, 1),
    ({"item_code": "mask"}, 2),
    ({"campaign_code": "covid-19"}, 2),
    ({"year": 2019}, 0),
    ({"state": "both_sides"}, 1),
    ({"state": "disputed"}, 1),
    ({"state": "one_side"}, 4),
    ({"without_papers": True}, 5),
    ({"words": "〔2020〕1号"}, 1),
    ({"kind": "visits", "state": "disputed"}, 0),
]


def test_each_filter_keeps_the_entries_it_names(mixed: World):
    for asked, count in FILTERS:
        wanted = EntryFilter(pairing_ids=(mixed.pairing_id,), **asked)
        assert (asked, len(entry_rows(wanted)), entry_count(wanted)) == (asked, count, count)


def test_entries_are_found_by_the_fund_project_and_parties_they_name(mixed: World):
    everything = EntryFilter(pairing_ids=(mixed.pairing_id,))
    asked: dict[str, Any] = {
        "fund_id": mixed.social,
        "project_id": mixed.project,
        "party_id": mixed.health_bureau,
        "own_of": mixed.health_bureau,
    }
    assert [entry_count(replace(everything, **{part: number})) for part, number in asked.items()] == [
        1,
        1,
        1,
        1,
    ]


def test_another_pairs_entries_are_not_listed(mixed: World):
    assert entry_count(EntryFilter(pairing_ids=(mixed.other_pairing_id,))) == 0


def test_unlike_units_are_never_added(mixed: World):
    money, goods = entry_sums(
        EntryFilter(pairing_ids=(mixed.pairing_id,), kind="goods", stages=("received",))
    )
    assert money == {"CNY": Money.of(500)} and goods == {"piece": Quantity.of(14_000, "piece")}


def test_pages_of_a_list_do_not_overlap(world: World):
    ids = many_entries(5, stage="allocated")
    wanted = EntryFilter(pairing_ids=(world.pairing_id,))
    pages = [row.id for offset in (0, 2, 4) for row in entry_rows(wanted, limit=2, offset=offset)]
    assert pages == sorted(ids, reverse=True)


def test_the_oldest_may_come_first(mixed: World):
    rows = entry_rows(EntryFilter(pairing_ids=(mixed.pairing_id,)), oldest_first=True)
    assert [row.happened_on for row in rows] == sorted(row.happened_on for row in rows)


def test_a_list_as_known_before_a_correction_shows_the_first_version(world: World):
    with clock.sample_clock(datetime(2020, 3, 10, tzinfo=UTC)):
        first = an_entry(stage="allocated")
        opened = open_entry(first)
    assert opened is not None
    correct_entry(first, replace(opened.state.draft, money=Money.of(1)), reason="录入有误", by=world.giver)
    then = EntryFilter(pairing_ids=(world.pairing_id,), known_at=datetime(2020, 3, 11, tzinfo=UTC))
    assert [row.money for row in entry_rows(then)] == [Money.of(1000)]
    assert [row.money for row in entry_rows(replace(then, known_at=None))] == [Money.of(1)]


def test_what_the_other_side_recorded_waits_for_an_answer(mixed: World):
    rows, count = waiting_for("assisted", [mixed.pairing_id])
    assert {row.recorded_side for row in rows} == {"assisting"} and count == len(rows) == 3


def test_a_disputed_entry_waits_with_the_side_that_recorded_it(mixed: World):
    assert (
        disputed_of("assisting", [mixed.pairing_id])[1],
        disputed_of("assisted", [mixed.pairing_id])[1],
    ) == (1, 0)


def test_entries_without_expected_papers_are_listed_by_side(mixed: World):
    both = without_papers(None, [mixed.pairing_id])[1]
    sides = [without_papers(side, [mixed.pairing_id])[1] for side in ("assisting", "assisted")]
    assert (both, sides) == (5, [4, 1])


def test_a_list_of_what_waits_is_cut_but_counted(world: World):
    many_entries(3, stage="allocated")
    rows, count = waiting_for("assisted", [world.pairing_id], limit=2)
    assert (len(rows), count) == (2, 3)


def test_an_entry_nobody_recorded_does_not_open(world: World):
    assert open_entry(999_999) is None


def test_an_opened_entry_tells_its_chain(world: World):
    spent = an_entry(stage="spent")
    opened = open_entry(spent)
    assert opened is not None and [row.stage for row in opened.before] == [
        "allocated",
        "received",
        "assigned",
    ]
    first = open_entry(opened.before[0].id)
    assert first is not None and [row.stage for row in first.after] == ["received"]


def test_an_opened_entry_tells_what_follows_further_on(world: World):
    assigned = an_entry(stage="assigned")
    paid = [
        an_entry(stage="spent", money=Money.of(100), follows_id=assigned, project_id=world.project)
        for _ in range(7)
    ]
    withdraw_entry(paid[0], reason="重复录入", by=world.receiver)
    opened = open_entry(assigned)
    assert opened is not None
    first = open_entry(opened.before[0].id)
    assert first is not None
    spent = next(mark for mark in first.stage_line if mark.label.en == "Spent")
    assert (spent.standing, spent.count) == ("done", 6)
    assert [row.id for row in spent.rows] == paid[1:6]


def test_an_opened_visit_tells_its_details_in_both_languages(world: World):
    opened = open_entry(an_entry("visits"))
    assert opened is not None
    labels = {label.en: value.en for label, value in opened.row.details}
    assert labels["Rank"] == "leaders" and opened.row.happened_on == SENT_ON


def test_who_may_see_an_entry_is_found_from_its_paper(world: World):
    entry = an_entry_with_a_paper(stage="allocated")
    opened = open_entry(entry)
    assert opened is not None and entries_with_paper(opened.papers[0].sha256) == [entry]


def test_a_row_tells_which_papers_are_missing(world: World):
    opened = open_entry(an_entry(stage="allocated"))
    assert opened is not None and [paper.code for paper in opened.row.papers_missing] == ["allocation"]


YEAR_TO_SEPTEMBER = Period.inclusive(date(2020, 1, 1), date(2020, 9, 18))


def test_activity_counts_the_year_and_remembers_the_last_day(world: World):
    for day in (date(2019, 6, 1), date(2020, 3, 2), date(2020, 9, 18), date(2020, 10, 1)):
        an_entry("visits", happened_on=day, pairing_id=world.child_id)
    found = activity_of([world.child_id, world.pairing_id], YEAR_TO_SEPTEMBER)
    assert found == {world.child_id: Activity(entries=2, last_on=date(2020, 9, 18))}


def test_activity_of_an_earlier_year_leaves_a_last_day_and_no_entry(world: World):
    an_entry("visits", happened_on=date(2019, 6, 1), pairing_id=world.child_id)
    found = activity_of([world.child_id], YEAR_TO_SEPTEMBER)
    assert found[world.child_id] == Activity(entries=0, last_on=date(2019, 6, 1))


def test_what_was_withdrawn_was_no_activity(world: World):
    entry = an_entry("visits", pairing_id=world.child_id)
    withdraw_entry(entry, reason="记错", by=world.giver)
    assert activity_of([world.child_id], YEAR_TO_SEPTEMBER) == {}
