"""Decisions on persons: is a number an identity number, are two names one, what may be shown of a person or a count."""

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar
from unicodedata import normalize

from pairbook.kernel.parameters import Parameter
from pairbook.kernel.problems import Problem
from pairbook.kernel.texts import Text

COLUMNS: dict[str, Text] = {
    "name": Text("姓名", "Name"),
    "id_number": Text("身份证号", "Identity number"),
    "phone": Text("电话", "Phone"),
    "household": Text("户编号", "Household number"),
    "is_registered_poor": Text("建档立卡（含脱贫）", "Registered poor, now or formerly"),
    "place": Text("所在地区", "Place"),
    "purpose": Text("用途", "Purpose"),
}
TOKEN_BASES: dict[str, Text] = {
    "identity_number": Text("身份证号", "identity number"),
    "name_and_household": Text("姓名和户编号", "name and household"),
}
NAME_CHARACTERS_MAX = 80
HOUSEHOLD_CHARACTERS_MAX = 40
PURPOSE_CHARACTERS_MAX = 200
# A public count of fewer persons than this is hidden, unless an office set another limit from a document.
CELL_LIMIT = 5
PARAMETERS = (
    Parameter(
        code="households.cell_limit",
        label=Text("公开人数的下限", "smallest number of people shown to the public"),
        value=CELL_LIMIT,
        unit=Text("人", "people"),
        valid_from=date(2020, 1, 1),
        source=Text(
            "账本的默认值；各地另有规定的，按规定重新设定",
            "the book's default; set it anew where a rule says otherwise",
        ),
    ),
)
TOTAL = None
"""What stands for the total itself among the keys of hidden cells."""

Day = TypeVar("Day")

# GB 11643-1999: weights of the first 17 places, and the check character for each remainder of the sum by 11.
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_ID_SHAPE = re.compile(r"\d{17}[\dX]")
_DISABILITY_CARD = re.compile(r"\d{17}[\dX]\d{2}")
_BORN_FIRST = date(1900, 1, 1)

_SHORTENED = re.compile(r"\d(\.\d+)?E\+?\d+|\d+\.0+", re.IGNORECASE)
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"0\d{9,11}")
_CHINESE = re.compile(r"[\u3007\u3400-\u9fff\U00020000-\U000323af·]+")
# People write the dot of a name (买买提·艾力) in many ways.
_DOTS = str.maketrans(dict.fromkeys("•・‧∙⋅●", "·"))


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """A person as a list gives one; nothing looked up or checked yet."""

    name: str
    id_number: str = ""
    phone: str = ""
    household: str = ""
    """The number of the household (户编号), or whatever the county tells its households apart by."""
    is_registered_poor: bool = False
    """On the register of poor households, or formerly on it."""
    place_id: int | None = None


def normal_name(written: str) -> str:
    """A name as it is compared: plain characters, one sort of dot, no blanks inside a Chinese name."""
    name = " ".join(normalize("NFKC", written).translate(_DOTS).split())
    closed = name.replace(" ", "")
    # 张 三 is spaced for the look of a column; Aili Maimaiti is two words.
    return closed if _CHINESE.fullmatch(closed) else name


def normal_id_number(written: str) -> str:
    """An identity number without blanks and marks. A disability card's 20 characters begin with it, and give it."""
    number = _joined(written).upper()
    return number[:18] if _DISABILITY_CARD.fullmatch(number) else number


def normal_phone(written: str) -> str:
    """A phone number in digits alone, without the country's code."""
    digits = _joined(written)
    for code in ("+86", "0086"):
        digits = digits.removeprefix(code)
    return digits


def normal_household(written: str) -> str:
    """A household's number without blanks, in capitals."""
    return _joined(written).upper()


def normal_draft(draft: PersonDraft) -> PersonDraft:
    """The draft with everything written the one way by which persons are compared."""
    return replace(
        draft,
        name=normal_name(draft.name),
        id_number=normal_id_number(draft.id_number),
        phone=normal_phone(draft.phone),
        household=normal_household(draft.household),
    )


def _joined(written: str) -> str:
    """Without blanks, hyphens, brackets, and the apostrophe by which spreadsheets mark a text."""
    return re.sub(r"[\s'‘’`()\-‐-―−]", "", normalize("NFKC", written))


def id_number_problem(number: str, *, today: date) -> Problem | None:
    """What is wrong with a normalised identity number, or None.

    Rule: GB 11643-1999: 17 digits, of which 8 are a day of birth, and a check character by ISO 7064, MOD 11-2.
    """
    place, shown = COLUMNS["id_number"], masked_id_number(number)
    if _SHORTENED.fullmatch(number):
        # Excel keeps 15 digits: the last three are lost, and writing them out again cannot bring them back.
        cure = Text(
            "表格软件把号码变成了数字，末三位已丢失；请把该列设为文本，按证件重新填写。",
            "A spreadsheet made a number of it and lost its last three digits; format the column as text and copy "
            "it anew from the card.",
        )
        return Problem("person.id_shortened", place, cure, value=number)
    if not _ID_SHAPE.fullmatch(number):
        cure = Text(
            "应为 18 位（末位可为 X），请核对证件。",
            "It has 18 characters, the last may be X; check the card.",
        )
        return Problem("person.id_shape", place, cure, value=shown)
    if not _is_born_by(number[6:14], today):
        cure = Text("号码中的出生日期不存在，请核对证件。", "Its day of birth cannot be; check the card.")
        return Problem("person.id_birth", place, cure, value=shown)
    if number[17] != id_check_character(number[:17]):
        cure = Text("校验码不符，请核对证件。", "Its check digit does not match; check the card.")
        return Problem("person.id_check", place, cure, value=shown)
    return None


def id_check_character(digits: str) -> str:
    """The last character of an identity number whose first 17 digits are these (GB 11643-1999)."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, _ID_WEIGHTS, strict=True))
    return _ID_CHECKS[total % 11]


def _is_born_by(digits: str, today: date) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return _BORN_FIRST <= born <= today


def is_phone(number: str) -> bool:
    """Whether a normalised number has the shape of a mobile or a land line of the mainland."""
    return bool(_MOBILE.fullmatch(number) or _LANDLINE.fullmatch(number))


def masked_name(name: str) -> str:
    """A name as lists show it: 张*. One star whatever the length, which would tell something too."""
    return f"{name[0]}*" if name else ""


def masked_phone(number: str) -> str:
    """A phone number as lists show it: 138****1234; of a land line the last four."""
    if not number:
        return ""
    return f"{number[:3]}****{number[-4:]}" if _MOBILE.fullmatch(number) else f"****{number[-4:]}"


def last_four(number: str) -> str:
    """The last four characters of an identity number; more of it is never shown."""
    return number[-4:] if len(number) >= 18 else ""


def masked_id_number(number: str) -> str:
    """An identity number as a problem names it: stars and the last four at most."""
    return f"{'*' * max(len(number) - 4, 0)}{last_four(number)}"


def check_people(drafts: Sequence[PersonDraft], *, today: date) -> list[Problem]:
    """Everything that keeps a list of persons from being registered, by row; `drafts` are normalised."""
    problems: list[Problem] = []
    for row, draft in enumerate(drafts):
        problems += [problem.at_row(row) for problem in _draft_problems(draft, today)]
    return problems + _repeated(drafts)


def _draft_problems(draft: PersonDraft, today: date) -> list[Problem]:
    problems = check_name(draft.name) + _household_problems(draft)
    if draft.id_number:
        problems += filter(None, [id_number_problem(draft.id_number, today=today)])
    if draft.phone and not is_phone(draft.phone):
        cure = Text(
            "应为 11 位手机号，或带区号的固定电话。",
            "Write a mobile number of 11 digits, or a land line with its area code.",
        )
        problems.append(Problem("person.phone", COLUMNS["phone"], cure, value=masked_phone(draft.phone)))
    return problems


def check_name(name: str) -> list[Problem]:
    """What is wrong with a normalised name."""
    if not name:
        return [Problem("person.name", COLUMNS["name"], Text("请填写姓名。", "Write the name."))]
    if len(name) > NAME_CHARACTERS_MAX or any(character.isdigit() for character in name):
        cure = Text(
            "姓名里有数字或过长，请核对是否填错了列。",
            "It is too long or holds digits; is it another column's?",
        )
        return [Problem("person.name", COLUMNS["name"], cure)]
    return []


def _household_problems(draft: PersonDraft) -> list[Problem]:
    place = COLUMNS["household"]
    if not draft.household and not draft.id_number:
        cure = Text(
            "没有身份证号时须填户编号，否则同名的人分不开。",
            "Without an identity number give the household's number, or people of one name cannot be told apart.",
        )
        return [Problem("person.unmarked", place, cure)]
    if _SHORTENED.fullmatch(draft.household):
        cure = Text(
            "表格软件把编号变成了数字；请把该列设为文本后重新填写。",
            "A spreadsheet made a number of it; format the column as text and copy it anew.",
        )
        return [Problem("person.household_shortened", place, cure, value=draft.household)]
    if len(draft.household) > HOUSEHOLD_CHARACTERS_MAX:
        cure = Text(
            f"户编号最多 {HOUSEHOLD_CHARACTERS_MAX} 个字符。",
            f"Write at most {HOUSEHOLD_CHARACTERS_MAX} characters.",
        )
        return [Problem("person.household", place, cure)]
    return []


def _repeated(drafts: Sequence[PersonDraft]) -> list[Problem]:
    """A problem for each row that names a person the list has named before (padded lists: DOMAIN 3.6)."""
    by_number: dict[str, int] = {}
    by_name: dict[tuple[str, str], list[int]] = {}
    problems = []
    for row, draft in enumerate(drafts):
        first = by_number.get(draft.id_number) if draft.id_number else None
        if first is None and draft.household:
            alike = by_name.get(name_and_household(draft), [])
            # Two of one name in a household are two persons only where two numbers tell them apart.
            first = next((one for one in alike if not (draft.id_number and drafts[one].id_number)), None)
        if first is not None:
            problems.append(_repeats(first).at_row(row))
            continue
        if draft.id_number:
            by_number[draft.id_number] = row
        if draft.household:
            by_name.setdefault(name_and_household(draft), []).append(row)
    return problems


def name_and_household(draft: PersonDraft) -> tuple[str, str]:
    """By what a person without an identity number is told from others; the name's case does not matter."""
    return draft.name.casefold(), draft.household


def _repeats(first: int) -> Problem:
    cure = Text(
        f"与名单中第 {first + 1} 人是同一人；每人只列一次。",
        f"This is the same person as number {first + 1} of the list; name each person once.",
    )
    return Problem("person.repeated", COLUMNS["name"], cure)


def check_purpose(purpose: str) -> list[Problem]:
    """What is wrong with the purpose of a reading; nobody reads names without one."""
    if not purpose.strip():
        cure = Text("请写明为何需要查看或导出。", "Say what the names are needed for.")
        return [Problem("person.purpose", COLUMNS["purpose"], cure)]
    if len(purpose.strip()) > PURPOSE_CHARACTERS_MAX:
        cure = Text(
            f"最多 {PURPOSE_CHARACTERS_MAX} 个字。", f"Write at most {PURPOSE_CHARACTERS_MAX} characters."
        )
        return [Problem("person.purpose", COLUMNS["purpose"], cure)]
    return []


def is_small(count: int, *, limit: int = CELL_LIMIT) -> bool:
    """Whether a count is so small that it may tell who the persons are; nobody is hidden behind a zero."""
    return 0 < count < limit


def hidden_cells(parts: Mapping[str, int], total: int, *, limit: int = CELL_LIMIT) -> frozenset[str | None]:
    """The keys of the parts that may not be shown beside their total; `TOTAL` among them when it may not be either.

    Parts are disjoint; what the total holds beyond them is taken for one more part that nobody shows. Small counts are
    hidden, and as many of the next smallest as keep them from being found by subtraction. A reader is taken to know
    that a hidden count is not zero, for zeros are shown. Rule: primary and complementary suppression, as in Hundepool
    et al., Statistical Disclosure Control (2012).
    """
    rest = total - sum(parts.values())
    assert rest >= 0 and min(parts.values(), default=0) >= 0, (
        "parts of a total are disjoint and no less than 0"
    )
    hidden = {key for key, count in parts.items() if is_small(count, limit=limit)}
    if not hidden and not is_small(rest, limit=limit):
        return frozenset()
    others = sorted((count, key) for key, count in parts.items() if count >= limit)
    while not _is_open(hidden, parts, rest, limit=limit):
        if not others:
            return frozenset({*hidden, TOTAL})
        hidden.add(others.pop(0)[1])
    return frozenset(hidden)


def _is_open(hidden: set[str], parts: Mapping[str, int], rest: int, *, limit: int) -> bool:
    """Whether what a reader gets by subtraction, the sum of all that is hidden, leaves open every count in it."""
    counts = [parts[key] for key in hidden] + [rest] * (rest > 0)
    # With none of them zero, a sum equal to their number says that each is one. One more than that would do for what
    # is shown; it takes two, so that a total hidden for being below this leaves its counts open as well.
    return len(counts) > 1 and sum(counts) >= max(limit, len(counts) + 2)


def release_points(steps: Iterable[tuple[Day, int]], *, limit: int = CELL_LIMIT) -> list[Day]:
    """The days on which the running sum of a count may be shown; in between, the one of the day before stands.

    `steps` are the changes by day, in the order of the days. Any two sums shown differ by nothing or by the limit at
    least, so no subtraction finds a few persons; smaller steps add up until they do. The sum starts at a shown zero.
    """
    shown, now, days = [0], 0, list[Day]()
    for day, step in steps:
        now += step
        place = bisect_left(shown, now)
        # Corrections take away too, so a sum must keep away from all that were shown, not only from the last.
        if all(abs(now - one) >= limit or now == one for one in shown[max(place - 1, 0) : place + 1]):
            days.append(day)
            if now not in shown[place : place + 1]:
                insort(shown, now)
    return days
