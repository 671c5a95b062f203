"""The days a text prints, as of which its numbers may be told."""

from datetime import date

import pytest

from pairbook.bulletins.told_days import days_told


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("截至9月18日，到位资金。", [date(2020, 9, 18)]),
        ("截至2020年9月18日，4月7日拨付。", [date(2020, 9, 18)]),
        ("As of 18 September and by Sept. 20, 2020", [date(2020, 9, 20), date(2020, 9, 18)]),
        ("9月31日与9月25日，以及2019年9月18日。", []),
        ("Nothing happened.", []),
    ],
)
def test_days_of_the_last_quarter_are_found_the_newest_first(text: str, days: list[date]):
    assert days_told(text, date(2020, 9, 25)) == tuple(days)
