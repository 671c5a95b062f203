"""The word lists as files: no row stands twice, so whoever changes one changes all there is of it."""

from collections import Counter
from pathlib import Path

import pytest

from pairbook.analysis.claims.terms import rows

FILES = sorted((Path(__file__).parents[1] / "data").glob("*.csv"))


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_no_row_of_a_word_list_stands_twice(file: Path):
    rows = Counter(line for line in file.read_text(encoding="utf-8").splitlines() if line.strip())
    assert [row for row, times in rows.items() if times > 1] == []


def test_a_star_stands_only_at_the_end_of_a_term():
    terms = [row["term"] for row in rows("terms") if " .. " not in row["term"]]
    assert [term for term in terms if "*" in term[:-1]] == []
