"""The list of kinds is found by folder."""

import os
from pathlib import Path

import pytest

from pairbook.kernel.kinds import kind_of, kind_packages, kinds, kinds_offering
from pairbook.kernel.texts import Text


def test_the_house_holds_the_first_three_kinds_in_their_order():
    assert [kind.code for kind in kinds()][:3] == ["funds", "goods", "visits"]


@pytest.fixture
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Two folders, of which only the first holds a kind; the search path is put back after."""
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in ("housing", "no_kind"):
        (tmp_path / "first" / name).mkdir(parents=True)
    (tmp_path / "first" / "housing" / "kind.py").touch()
    (tmp_path / "second").mkdir()
    return [tmp_path / "first", tmp_path / "second"]


def test_a_folder_with_a_kind_py_is_a_kind(own_folders: list[Path]):
    found = kind_packages(os.pathsep.join(map(str, own_folders)))
    assert found[-1] == "housing" and "no_kind" not in found


def test_no_folder_named_means_the_house_only():
    assert all(package.startswith("pairbook.assistance.") for package in kind_packages(""))


def test_a_kind_nobody_has_is_none():
    assert kind_of("moonshine") is None


def test_a_kind_that_offers_nothing_of_a_sort_is_left_out():
    assert list(kinds_offering(bytes)) == []


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.code)
def test_every_kind_has_a_label_in_each_language(kind):
    assert isinstance(kind.label, Text) and kind.label.zh and kind.label.en and kind.label.zh != kind.label.en
