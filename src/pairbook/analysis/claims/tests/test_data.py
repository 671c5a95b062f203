"""The word lists as files: no row stands twice, and every entry can be met in a text."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from pairbook.analysis.claims.finding import find_figures
from pairbook.analysis.claims.terms import rows

FOLDER = Path(__file__).parents[1] / "data"
NAMES = sorted(file.stem for file in FOLDER.glob("*.csv"))


@pytest.mark.parametrize("name", NAMES)
def test_no_row_of_a_word_list_stands_twice(name: str):
    written = (FOLDER / f"{name}.csv").read_text(encoding="utf-8")
    counted = Counter(line for line in written.splitlines() if line.strip())
    assert [row for row, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_stem_ends_its_entry(name: str):
    """A star inside an entry is matched by the pattern and then not found in the list."""
    assert [cell for row in rows(name) for cell in row.values() if re.search(r"\*(?!$| \.\. )", cell)] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_entry_of_a_word_list_can_be_met_in_a_text(name: str):
    entries = [
        cell.replace("*", "s").replace(" .. ", " them ") for row in rows(name) for cell in row.values()
    ]
    met = "\n".join(f"12 {entry} 34 {entry}." for entry in entries)
    assert find_figures(met, published=date(2020, 9, 18)).figures
