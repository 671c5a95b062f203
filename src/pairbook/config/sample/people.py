"""The people the sample's lists hold: invented, and so named that nobody can take them for real."""

from datetime import date, timedelta

from pairbook.config.sample.records import Row
from pairbook.households.rules import PersonDraft, id_check_character
from pairbook.register.actions import Attendance

_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
# No division has this code, so no identity number of the sample is anybody's.
_NOWHERE = "990000"
_FEW = 2


def attendances(row: Row) -> list[Attendance]:
    """The people of one row of the sheet; its last `few` attended hardly at all."""
    first, last, few = int(row["first"]), int(row["last"]), int(row["few"])
    times = int(row["times"]) if row["times"] else None
    return [
        Attendance(_person(number), _FEW if times and number > last - few else times)
        for number in range(first, last + 1)
    ]


def _person(number: int) -> PersonDraft:
    """The sample's person of this number: always the same one."""
    born = date(1970, 1, 1) + timedelta(days=97 * number)
    digits = f"{_NOWHERE}{born:%Y%m%d}{number:03d}"
    return PersonDraft(
        # Stems and branches meet again after sixty.
        name=f"样例{'二' if number >= 60 else ''}{_STEMS[number % 10]}{_BRANCHES[number % 12]}",
        id_number=digits + id_check_character(digits),
        phone=f"1990000{number:04d}",
        household=f"样例户{number}",
        # The first forty are cadres.
        is_registered_poor=number > 40 and number % 3 == 0,
    )
