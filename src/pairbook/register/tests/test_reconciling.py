"""Matching lines with entries: what is certain, likely and possible; batches; and what holds of any lines whatever."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairbook.register.reconciling import (
    REASONS,
    BankLine,
    BookEntry,
    ProposedMatch,
    differences,
    number_tokens,
    propose,
    shared_number,
    sign_for,
)

DAY = date(2020, 5, 3)
YUAN = 100


def a_line(id: int, yuan: float, days: int = 0, number: str = "", who: str = "", text: str = "") -> BankLine:
    return BankLine(id, DAY + timedelta(days=days), round(yuan * YUAN), number, who, text)


def an_entry(id: int, yuan: float, days: int = 0, number: str = "", who: str = "") -> BookEntry:
    return BookEntry(id, DAY + timedelta(days=days), round(yuan * YUAN), number, (who,) if who else ())


def told(found: list[ProposedMatch]) -> list[tuple[str, str]]:
    return [(one.key, one.strength) for one in found]


CASES = [
    (
        "the same amount and number is certain",
        [a_line(1, 100, 2, "0017")],
        [an_entry(7, 100, 0, "17")],
        "certain",
    ),
    ("the same amount in the window, alone, is likely", [a_line(1, 100, 5)], [an_entry(7, 100)], "likely"),
    ("the same amount beyond the window is possible", [a_line(1, 100, 6)], [an_entry(7, 100)], "possible"),
    (
        "another counterparty makes it possible only",
        [a_line(1, 100, 0, who="天津市财政局")],
        [an_entry(7, 100, 0, who="静海区财政局")],
        "possible",
    ),
    (
        "a number of last year is likely only",
        [a_line(1, 100, 366, "17")],
        [an_entry(7, 100, 0, "17")],
        "likely",
    ),
    ("money out is no money in", [a_line(1, -100)], [an_entry(7, 100)], None),
    ("another amount is no match", [a_line(1, 100.01)], [an_entry(7, 100)], None),
    ("a quarter later is no match", [a_line(1, 100, 93)], [an_entry(7, 100)], None),
]


@pytest.mark.parametrize(
    ("lines", "entries", "strength"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_one_line_and_one_entry(lines, entries, strength):
    assert told(propose(lines, entries, days=5)) == ([("1:7", strength)] if strength else [])


def test_two_entries_of_one_amount_are_told_apart_by_the_counterparty():
    entries = [an_entry(7, 100, 0, who="卫健局"), an_entry(8, 100, 1, who="慈善协会")]
    found = propose([a_line(1, 100, 0, who="慈善协会")], entries, days=5)
    assert told(found) == [("1:8", "possible")] and "one_of_several" in found[0].reasons


def test_the_number_decides_between_equal_amounts():
    lines = [a_line(1, 100, 0, "A-2"), a_line(2, 100, 0, "A-1")]
    entries = [an_entry(7, 100, 0, "A-1"), an_entry(8, 100, 0, "A-2")]
    assert set(told(propose(lines, entries, days=5))) == {("1:8", "certain"), ("2:7", "certain")}


def test_one_payment_by_one_voucher_is_two_entries():
    entries = [an_entry(7, -200, 0, "记字第 2020-0549 号"), an_entry(8, -10, 0, "记字第 2020-0549 号")]
    found = propose([a_line(1, -210, 1, "记2020-549")], entries, days=5)
    assert told(found) == [("1:7+8", "likely")]


def test_two_lines_add_up_to_one_entry():
    lines = [a_line(1, 300, 0), a_line(2, 223, 2)]
    assert told(propose(lines, [an_entry(7, 523, 1)], days=5)) == [("1+2:7", "possible")]


def test_a_sum_that_comes_out_in_two_ways_says_so():
    lines = [a_line(1, 100), a_line(2, 200, 1), a_line(3, 150), a_line(4, 150, 1)]
    assert "other_sums" in propose(lines, [an_entry(7, 300)], days=5)[0].reasons


def test_a_batch_beyond_the_bounds_is_left_to_a_person():
    lines = [a_line(number, 1) for number in range(1, 40)]
    assert propose(lines, [an_entry(7, 39)], days=5) == []


def test_what_was_rejected_is_not_proposed_again():
    lines, entries = [a_line(1, 100)], [an_entry(7, 100), an_entry(8, 100, 3)]
    assert told(propose(lines, entries, days=5, rejected=frozenset({"1:7"}))) == [("1:8", "likely")]


NUMBERS = [
    ("样财预〔2020〕7号", "样财预[2020]7号", True),
    ("回单 20200110-0017", "20200110-17", True),
    ("记字第 2020-0543 号", "记2020-543", True),
    ("样财预〔2020〕7号", "样财预〔2020〕71号", False),
    ("２０２０-７", "2020-7", True),
]


@pytest.mark.parametrize(("one", "other", "is_same"), NUMBERS)
def test_numbers_are_compared_without_how_they_are_written(one, other, is_same):
    assert (number_tokens(one) == number_tokens(other)) == is_same


def test_a_number_in_the_text_of_the_line_counts():
    line = a_line(1, 100, text="拨付 样财预〔2020〕7号 第一笔")
    assert shared_number(line, an_entry(7, 100, 0, "样财预〔2020〕7号")) == "number_in_text"


def test_a_bare_counter_in_a_text_does_not_count():
    assert shared_number(a_line(1, 100, text="第 7 批"), an_entry(7, 100, 0, "7")) == ""


SIGNS = [
    ("send", True, -1), ("send", False, 0), ("receive", True, 0), ("receive", False, 1), ("assign", True, 0),
    ("use", True, -1), ("use", False, 1), ("refund", False, 1), ("return", True, -1), ("none", True, 0),
]  # fmt: skip


@pytest.mark.parametrize(("move", "is_giver", "sign"), SIGNS)
def test_which_account_shows_a_move(move, is_giver, sign):
    assert sign_for(move, is_giver=is_giver) == sign


def test_a_small_difference_is_told_in_a_sentence():
    found = differences([a_line(1, 1200.00)], [an_entry(7, 1200.50)], days=5)
    assert [one.said.en for one in found] == [
        "The bank has 1,200.00 on 3 May 2020, the book 1,200.50 on 3 May 2020."
    ]


def test_a_large_difference_without_a_number_is_none():
    assert differences([a_line(1, 1200)], [an_entry(7, 1500)], days=5) == []


_WHO = st.sampled_from(["", "天津市财政局", "静海慈善协会"])
_NUMBERS = st.sampled_from(["", "17", "样财预〔2020〕7号", "记字第 2020-0543 号"])
_YUAN = st.sampled_from([-300, -200, -100, 100, 200, 300, 500])
_LINES = st.lists(st.tuples(_YUAN, st.integers(0, 12), _NUMBERS, _WHO), max_size=9)


@given(_LINES, _LINES, st.randoms(use_true_random=False))
def test_whatever_the_rows_no_row_is_used_twice_and_amounts_agree(lines, entries, shuffling: random.Random):
    bank = [a_line(number, *row) for number, row in enumerate(lines, start=1)]
    book = [an_entry(number, *row) for number, row in enumerate(entries, start=101)]
    found = propose(bank, book, days=5)
    used_lines = [line for one in found for line in one.lines]
    used_entries = [entry for one in found for entry in one.entries]
    assert len(set(used_lines)) == len(used_lines) and len(set(used_entries)) == len(used_entries)
    by_line, by_entry = {one.id: one.minor for one in bank}, {one.id: one.minor for one in book}
    for one in found:
        assert sum(by_line[line] for line in one.lines) == sum(by_entry[entry] for entry in one.entries)
        assert set(one.reasons) <= REASONS.keys()
    shuffling.shuffle(bank)
    shuffling.shuffle(book)
    assert propose(bank, book, days=5) == found


@given(_LINES, _LINES)
def test_a_rejected_proposal_never_comes_back(lines, entries):
    bank = [a_line(number, *row) for number, row in enumerate(lines, start=1)]
    book = [an_entry(number, *row) for number, row in enumerate(entries, start=101)]
    rejected = frozenset(one.key for one in propose(bank, book, days=5))
    assert rejected.isdisjoint(one.key for one in propose(bank, book, days=5, rejected=rejected))
