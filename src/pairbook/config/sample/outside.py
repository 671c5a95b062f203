"""What the sample's book is told from outside its entries: the list of poor counties, what a county published.

Both are told when an office would have heard of them, so the book can be asked what it knew on any day.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial

from pairbook.config.sample.published import published_measures
from pairbook.config.sample.records import morning_of
from pairbook.parties.actions import load_poverty_list, note_place_measure

# The first morning of the book, then the working day after each announcement.
_LIST_TOLD_ON = (
    date(2017, 1, 1),
    date(2018, 1, 2),
    date(2019, 1, 2),
    date(2020, 1, 2),
    date(2020, 11, 23),
    date(2021, 1, 4),
)


def outside_acts(
    place_ids: dict[str, int], *, by: int | None
) -> Iterator[tuple[datetime, Callable[[], None]]]:
    """Each moment at which the book was told something from outside, with what is done then."""
    for day in _LIST_TOLD_ON:
        yield morning_of(day), _list_exits
    for one in published_measures():
        note = partial(
            note_place_measure,
            place_id=place_ids[one.place_code],
            code=one.code,
            as_of=one.as_of,
            value=one.value,
            source=one.source_title,
            publisher=one.publisher,
            published_on=one.published_on,
            by=by,
        )
        # Noted the morning after it was published, as every published figure of the sample.
        yield morning_of(one.published_on + timedelta(days=1)), partial(_done, note)


def _list_exits() -> None:
    load_poverty_list()


def _done(act: Callable[[], int]) -> None:
    act()
