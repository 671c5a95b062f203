"""What the public does not see: small counts of people, and what would give one away by subtraction."""

from datetime import date
from decimal import Decimal

import pytest

from pairbook.indicators.discretion import Discretion
from pairbook.indicators.measuring import Figure
from pairbook.indicators.opening import open_figure
from pairbook.indicators.reads import address_of, figure, scope_of
from pairbook.kernel.actions import set_parameter
from pairbook.kernel.quantities import Quantity
from pairbook.register.reads import EntryFilter, alike_sums, entry_rows, open_entry
from tests.world import PROGRAMME, World, a_confirmed_entry, an_entry

pytestmark = pytest.mark.usefixtures("world")

MARCH, APRIL, MAY = date(2020, 3, 10), date(2020, 4, 10), date(2020, 5, 10)


def placed(number: int, where: str = "nearby", day: date = MARCH, *, poor: int | None = None) -> int:
    """The id of a placement of so many people at one destination."""
    return an_entry(
        "jobs",
        "placed",
        quantity=Quantity.of(number, "person"),
        of_which=None if poor is None else Quantity.of(poor, "person"),
        happened_on=day,
        details={"destination": where},
    )


def seen(rest: str) -> Figure:
    """The figure as the public sees it."""
    return Discretion(scope_of(PROGRAMME)).figure(figure(address_of(f"{PROGRAMME}/{rest}")))


def shown(rest: str) -> int | None:
    """The number the public sees, or None where it is withheld."""
    found = seen(rest)
    return None if found.withheld else int(found.value)


def test_where_every_entry_counts_enough_everything_is_shown():
    placed(5), placed(60, "elsewhere", APRIL)
    assert (shown("jobs.placed"), shown("jobs.placed_nearby"), shown("jobs.placed/2020-03-31")) == (65, 5, 5)


def test_fewer_than_five_people_are_not_shown():
    placed(4)
    assert shown("jobs.placed") is None and shown("jobs.placed_nearby") is None


def test_nobody_is_hidden_behind_a_nought():
    placed(4)
    assert shown("jobs.placed_elsewhere") == 0


def test_a_small_part_is_not_found_by_subtracting_the_others_from_the_total():
    placed(3, "in_assisting"), placed(40, "nearby"), placed(200, "elsewhere")
    parts = [shown(f"jobs.placed_{one}") for one in ("in_assisting", "nearby", "elsewhere")]
    assert (shown("jobs.placed"), parts) == (243, [None, None, 200])


def test_a_few_more_people_are_not_found_by_comparing_two_days():
    placed(100, day=MARCH), placed(3, day=APRIL), placed(50, day=MAY)
    to = "jobs.placed_nearby/2020-01-01.."
    assert [shown(f"{to}{day}") for day in ("2020-03-31", "2020-04-30", "2020-05-31")] == [100, None, 153]


def test_a_few_people_are_not_found_by_a_period_that_begins_after_the_others():
    placed(100, day=MARCH), placed(3, day=APRIL), placed(50, day=MAY)
    assert shown("jobs.placed_nearby/2020-05-01..2020-05-31") is None


def test_a_small_part_told_apart_is_not_shown_beside_its_whole():
    placed(40, poor=2)
    whole = seen("jobs.placed_nearby")
    assert (int(whole.value), whole.part_value) == (40, None)
    assert shown("jobs.placed_nearby?subset=registered_poor") is None


def test_a_few_who_are_not_poor_are_not_found_by_subtraction():
    placed(40, poor=38)
    assert shown("jobs.placed_nearby?subset=registered_poor") is None


def test_the_share_both_sides_confirmed_gives_no_few_people_away():
    a_confirmed_entry("jobs", "placed", quantity=Quantity.of(40, "person"), details={"destination": "nearby"})
    placed(3, "nearby"), placed(60, "nearby")
    assert seen("jobs.placed_nearby").confirmed_value == 40
    assert shown("jobs.placed_nearby?confirmed=both") == 40


def test_where_some_entry_is_small_no_single_entry_shows_its_number():
    small, large = placed(3), placed(40)
    eye = Discretion(scope_of(PROGRAMME))
    wanted = EntryFilter(pairing_ids=scope_of(PROGRAMME).pairing_ids, kind="jobs", stages=("placed",))
    rows = {row.id: row for row in eye.rows(entry_rows(wanted))}
    assert [rows[one].quantity for one in (small, large)] == [None, None]
    assert [eye.sum(one).quantity for one in alike_sums(wanted)] == [None]


def test_an_opened_figure_gives_no_small_number_away():
    placed(3, "in_assisting"), placed(40, "nearby"), placed(200, "elsewhere")
    opened = open_figure(address_of(f"{PROGRAMME}/jobs.placed"))
    public = Discretion(opened.scope).opened(opened)
    told = [one.step.en for choice in public.choices for one in choice.neighbours if one.figure.withheld]
    assert all(row.quantity is None for row in public.entries)
    assert told and all("few people" in step for step in told)


def test_the_public_voucher_of_a_small_entry_shows_no_number(world: World):
    opened = open_entry(placed(3))
    assert opened is not None
    public = Discretion(scope_of(PROGRAMME)).entry(opened)
    assert public.row.quantity is None and public.row.withheld is not None


def test_money_and_visits_are_never_withheld():
    an_entry("visits", details={"rank": "leaders", "purpose": "对接"})
    placed(2)
    assert shown("visits.leaders") == 1


def test_a_table_of_small_cells_hides_enough_to_keep_them():
    eye = Discretion(scope_of(PROGRAMME))
    assert eye.cells({"a": Decimal(3), "b": Decimal(40), "c": Decimal(200)}) == {"a", "b"}


def test_an_office_sets_another_limit_from_a_document():
    placed(8)
    assert shown("jobs.placed") == 8
    set_parameter(
        "households.cell_limit", value=10, valid_from=date(2020, 1, 1), source="〔2020〕3号", by=None
    )
    assert shown("jobs.placed") is None
