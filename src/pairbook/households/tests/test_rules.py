"""Identity numbers, names, lists, and which counts may be shown: plain values, no database."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairbook.households.rules import (
    PersonDraft,
    check_people,
    check_purpose,
    hidden_cells,
    id_check_character,
    id_number_problem,
    is_phone,
    is_small,
    last_four,
    masked_id_number,
    masked_name,
    masked_phone,
    normal_draft,
    normal_id_number,
    normal_name,
    normal_phone,
    release_points,
)
from pairbook.households.tests.people import LI, ZHANG, a_person, an_id_number

TODAY = date(2020, 9, 18)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        # The worked examples of GB 11643-1999 itself.
        ("11010519491231002X", None),
        ("440524188001010014", "person.id_birth"),  # Well formed, and born in 1880.
        ("110105194912310021", "person.id_check"),
        ("110105194902300021", "person.id_birth"),
        ("110105202909180021", "person.id_birth"),
        ("110105491231002", "person.id_shape"),
        ("11010519491231002x", "person.id_shape"),
        ("1.10105194912310E+17", "person.id_shortened"),
        ("1.23E17", "person.id_shortened"),
        ("110105194912310000.0", "person.id_shortened"),
        ("E12345678", "person.id_shape"),
    ],
)
def test_an_identity_number_is_checked_by_the_standard(number: str, code: str | None):
    problem = id_number_problem(number, today=TODAY)
    assert (problem.code if problem else None) == code


@given(st.dates(date(1950, 1, 1), TODAY), st.integers(0, 999), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(born: date, serial: int, place: int, more: int):
    digits = f"621027{born:%Y%m%d}{serial:03}"
    number = digits + id_check_character(digits)
    wrong = number[:place] + str((int(number[place]) + more) % 10) + number[place + 1 :]
    assert id_number_problem(number, today=TODAY) is None
    assert id_number_problem(wrong, today=TODAY) is not None


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        (" １１０１０５１９４９１２３１００２ｘ ", "11010519491231002X"),
        ("110105 19491231 002x", "11010519491231002X"),
        ("'11010519491231002X", "11010519491231002X"),
        (
            "11010519491231002X43",
            "11010519491231002X",
        ),  # A disability card: kind and degree follow the number.
        ("1.23e+17", "1.23E+17"),
    ],
)
def test_an_identity_number_is_read_as_people_write_it(written: str, normal: str):
    assert normal_id_number(written) == normal


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("张 三", "张三"),
        ("张\u3000三", "张三"),
        ("买买提•艾力", "买买提·艾力"),
        ("Aili  Maimaiti ", "Aili Maimaiti"),
    ],
)
def test_names_written_alike_are_one_name(written: str, normal: str):
    assert normal_name(written) == normal


@pytest.mark.parametrize(
    ("written", "good"),
    [
        ("138 1234 1234", True),
        ("+86-13812341234", True),
        ("0934-7121234", True),
        ("12345678901", False),
        ("1.38E+10", False),
        ("7121234", False),
    ],
)
def test_a_phone_number_has_a_shape(written: str, good: bool):
    assert is_phone(normal_phone(written)) is good


def test_what_is_masked_tells_a_part_only():
    assert (masked_name("欧阳海"), masked_name("")) == ("欧*", "")
    assert (masked_phone("13812341234"), masked_phone("09347121234")) == ("138****1234", "****1234")
    assert last_four("11010519491231002X") == "002X"
    assert masked_id_number("11010519491231002X") == "*" * 14 + "002X"
    assert last_four("12345") == "" and masked_id_number("12345") == "*"


def _codes(*drafts: PersonDraft) -> list[tuple[int | None, str]]:
    problems = check_people([normal_draft(draft) for draft in drafts], today=TODAY)
    return [(problem.row, problem.code) for problem in problems]


def test_a_good_list_has_no_problems():
    assert _codes(ZHANG, LI, a_person(3, id_number=""), a_person(4, household="")) == []


def test_every_problem_of_a_list_is_told_with_its_row():
    assert _codes(
        replace(ZHANG, name=" "),
        replace(LI, phone="12"),
        a_person(3, id_number="", household=""),
        a_person(4, name="13812341234"),
        a_person(5, household="6.21E+15"),
        a_person(6, id_number="1.23E+17"),
    ) == [
        (0, "person.name"),
        (1, "person.phone"),
        (2, "person.unmarked"),
        (3, "person.name"),
        (4, "person.household_shortened"),
        (5, "person.id_shortened"),
    ]


@pytest.mark.parametrize(
    "again",
    [
        ZHANG,
        replace(ZHANG, name="张秀兰", household=""),
        replace(ZHANG, id_number=""),
        replace(ZHANG, name=" 张 秀英 ", id_number="", phone=""),
    ],
)
def test_a_person_named_twice_in_a_list_is_found(again: PersonDraft):
    assert _codes(ZHANG, LI, again) == [(2, "person.repeated")]


def test_two_of_one_name_in_a_household_are_two_where_numbers_tell_them_apart():
    assert _codes(ZHANG, replace(ZHANG, id_number=an_id_number(9))) == []


def test_no_problem_shows_an_identity_number():
    wrong = ZHANG.id_number[:-1] + ("0" if ZHANG.id_number[-1] != "0" else "1")
    (problem,) = check_people([replace(ZHANG, id_number=wrong)], today=TODAY)
    assert wrong[:14] not in repr(problem)


def test_nobody_reads_without_a_purpose():
    assert [problem.code for problem in check_purpose("  ")] == ["person.purpose"]
    assert check_purpose("核对补贴") == [] and check_purpose("长" * 201) != []


@pytest.mark.parametrize(
    ("parts", "total", "hidden"),
    [
        ({"a": 20, "b": 30}, 50, set()),
        ({"a": 20, "b": 0}, 20, set()),  # Nobody is hidden behind a zero.
        ({"a": 3, "b": 20, "c": 30}, 53, {"a", "b"}),  # The next smallest keeps 3 from being found.
        ({"a": 3, "b": 4, "c": 30}, 37, {"a", "b"}),
        ({"a": 1, "b": 1, "c": 30}, 32, {"a", "b", "c"}),  # Two hidden that are two together hide nothing.
        ({"poor": 3}, 100, {"poor"}),  # The rest is shown nowhere.
        ({"poor": 97}, 100, {"poor"}),  # 100 less 97 are 3.
        ({"a": 3}, 3, {"a", None}),
        ({"a": 1, "b": 1, "c": 1, "d": 1, "e": 1}, 5, {"a", "b", "c", "d", "e", None}),
        ({}, 4, {None}),
        ({}, 0, set()),
    ],
)
def test_small_counts_are_hidden_and_not_found_by_subtraction(
    parts: dict[str, int], total: int, hidden: set[str | None]
):
    assert hidden_cells(parts, total) == hidden


def test_the_limit_is_a_parameter():
    assert hidden_cells({"a": 3, "b": 20}, 23, limit=3) == set()
    assert hidden_cells({"a": 7, "b": 20, "c": 30}, 57, limit=10) == {"a", "b"}


COUNTS = st.lists(st.integers(0, 12), max_size=6)


@given(COUNTS, st.integers(0, 12), st.integers(2, 10))
def test_what_is_shown_leaves_every_hidden_count_open(counts: list[int], rest: int, limit: int):
    parts = {f"part {place}": count for place, count in enumerate(counts)}
    total = sum(counts) + rest
    hidden = hidden_cells(parts, total, limit=limit)
    shown = [count for key, count in parts.items() if key not in hidden]
    assert not any(is_small(count, limit=limit) for count in shown)
    assert {key for key, count in parts.items() if count == 0}.isdisjoint(hidden)
    concealed = [parts[key] for key in hidden if key is not None] + [rest] * (rest > 0)
    if None in hidden:
        # Then nothing but zeros is shown, and no sum that anything could be taken from.
        assert not any(shown)
        return
    assert total == 0 or total >= limit
    if any(is_small(count, limit=limit) for count in concealed):
        # What remains by subtraction can be shared out in more than one way, for each of them.
        assert len(concealed) >= 2 and total - sum(shown) > len(concealed)


@given(COUNTS, st.integers(2, 10))
def test_a_total_under_the_limit_is_hidden(counts: list[int], limit: int):
    parts = {str(place): count for place, count in enumerate(counts)}
    assert not is_small(sum(counts), limit=limit) or None in hidden_cells(parts, sum(counts), limit=limit)


@pytest.mark.parametrize(
    ("steps", "days"),
    [
        ([3, 1, 1, 7], [3, 4]),  # 5 and 12
        ([0, 4, 0, 1], [1, 4]),  # 0 and 5
        ([10, 2, 0, 3], [1, 4]),  # 10 and 15
        ([10, 2, -2, 1], [1, 3]),  # 10, and 10 again
        ([10, -6, -4], [1, 3]),  # 10 and 0; 4 is under the limit
        ([1, 1, 1], []),
    ],
)
def test_a_running_sum_is_shown_when_enough_has_been_added(steps: list[int], days: list[int]):
    assert release_points(enumerate(steps, start=1)) == days


@given(st.lists(st.integers(-8, 8), max_size=30), st.integers(2, 10))
def test_no_two_sums_that_are_shown_differ_by_a_few(steps: list[int], limit: int):
    sums = [sum(steps[: place + 1]) for place in range(len(steps))]
    shown = [0] + [sums[day] for day in release_points(enumerate(steps), limit=limit)]
    assert all(one == other or abs(one - other) >= limit for one in shown for other in shown)


@given(st.lists(st.integers(0, 8), max_size=30), st.integers(2, 10))
def test_of_a_sum_that_grows_less_than_the_limit_is_held_back(steps: list[int], limit: int):
    days = release_points(enumerate(steps), limit=limit)
    last = sum(steps[: days[-1] + 1]) if days else 0
    assert sum(steps) - last < limit
