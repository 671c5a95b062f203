"""The check character of a unified social credit code, and where a party lies."""

import pytest

from pairbook.kernel.texts import same
from pairbook.parties.rules import PartyFacts, credit_code_problems, is_within

# The first two are real and published: Baidu Online and Tencent Computer, as their own imprints give them.
GOOD = ["91110000802100433B", "91440300708461136T", ""]
BAD = {
    "one digit changed": "91110000802100434B",
    "two digits swapped": "91110000802104033B",
    "another check character": "91110000802100433C",
    "one short": "9111000080210043B",
    "a letter the code does not use": "9111000080210O433B",
    "small letters": "91110000802100433b",
    "a number turned into a float by a spreadsheet": "9.1110000802E+17",
}


@pytest.mark.parametrize("code", GOOD)
def test_a_good_credit_code_has_no_problem(code: str):
    assert credit_code_problems(code) == []


@pytest.mark.parametrize("code", BAD.values(), ids=BAD)
def test_a_wrong_credit_code_is_told_with_what_stood_there(code: str):
    (problem,) = credit_code_problems(code)
    assert (problem.code, problem.value) == ("organisation.credit_code", code)


def _facts(code: str, *lineage: str) -> PartyFacts:
    return PartyFacts(1, code, same(code), "place", frozenset(lineage))


@pytest.mark.parametrize(
    ("party", "place", "expected"),
    [
        (_facts("120118", "CN", "120000", "120118"), _facts("120000", "CN", "120000"), True),
        (_facts("120118", "CN", "120000", "120118"), _facts("120118", "CN", "120000", "120118"), True),
        (_facts("120000", "CN", "120000"), _facts("120118", "CN", "120000", "120118"), False),
        (_facts("621027", "CN", "620000", "621000", "621027"), _facts("120000", "CN", "120000"), False),
    ],
)
def test_a_party_is_within_its_own_place_and_those_above(
    party: PartyFacts, place: PartyFacts, expected: bool
):
    assert is_within(party, place) is expected
