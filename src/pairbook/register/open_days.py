"""From which day on the months of a pairing are open, and up to which they are closed."""

from collections.abc import Iterable
from datetime import date

from pairbook.kernel.periods import Period, next_month
from pairbook.kernel.queries import as_day, rows_of
from pairbook.register.months import period_of

# Asked with every entry, so in plain SQL (decision 10). A pairing is closed with those above it.
_LAST_CLOSED = """
    WITH RECURSIVE above (asked, id, parent_id) AS (
        SELECT id, id, parent_id FROM pairings_pairing WHERE {which}
        UNION ALL
        SELECT above.asked, pairing.id, pairing.parent_id
        FROM above JOIN pairings_pairing pairing ON pairing.id = above.parent_id
    )
    SELECT above.asked, MAX(closing.month) FROM above
    JOIN register_closing closing ON closing.pairing_id = above.id GROUP BY above.asked
"""


def first_open_days(pairing_ids: Iterable[int]) -> dict[int, date]:
    """The first day after the last closed month, by pairing; one of which no month is closed is left out."""
    wanted = list(pairing_ids)
    if not wanted:
        return {}
    rows = rows_of(_LAST_CLOSED.format(which=f"id IN ({', '.join(['%s'] * len(wanted))})"), wanted)
    return {pairing_id: next_month(day) for pairing_id, month in rows if (day := as_day(month)) is not None}


def closed_up_to(pairing_code: str) -> Period | None:
    """The last closed month of the pairing with this code; None where there is none. One question, for every page."""
    rows = rows_of(_LAST_CLOSED.format(which="code = %s"), [pairing_code])
    return next((period_of(day) for _, month in rows if (day := as_day(month)) is not None), None)
