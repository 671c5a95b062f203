"""The list of kinds of assistance, found by folder: `assistance/*` and the folders in PAIRBOOK_KIND_FOLDERS.

A kind is a Python package with a `kind.py` that holds `KIND`. What it offers (how it is recorded, its sheet, its
indicators, its phrases) are values whose types belong to the rooms that ask for them; nobody names a kind.
"""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TypeVar

from pairbook.kernel.texts import Text

Offer = TypeVar("Offer")
_HOUSE = Path(__file__).resolve().parent.parent / "assistance"


@dataclass(frozen=True)
class Kind:
    """One kind of assistance and everything it offers."""

    code: str
    label: Text
    place: int
    """Where it stands in lists; smaller comes first."""
    offers: tuple[object, ...] = field(repr=False)

    def offer(self, sort: type[Offer]) -> Offer | None:
        """What the kind offers of this sort, or None."""
        return next((offer for offer in self.offers if isinstance(offer, sort)), None)


def kind_packages(folders: str | None = None) -> list[str]:
    """The dotted names of all packages that hold a kind; each is a Django app.

    `folders` is the setting PAIRBOOK_KIND_FOLDERS (paths joined as on PATH); None reads it from the environment.
    """
    named = os.environ.get("PAIRBOOK_KIND_FOLDERS", "") if folders is None else folders
    packages = [f"pairbook.assistance.{found}" for found in _packages_in(_HOUSE)]
    for folder in filter(None, named.split(os.pathsep)):
        if folder not in sys.path:
            sys.path.append(folder)
        packages += _packages_in(Path(folder))
    return packages


def _packages_in(folder: Path) -> list[str]:
    return sorted(path.parent.name for path in folder.glob("*/kind.py"))


@cache
def kinds() -> tuple[Kind, ...]:
    """Every kind there is, in the order of its place."""
    found = [import_module(f"{package}.kind").KIND for package in kind_packages()]
    assert len({kind.code for kind in found}) == len(found), "two kinds share one code"
    return tuple(sorted(found, key=lambda kind: (kind.place, kind.code)))


def kind_of(code: str) -> Kind | None:
    """The kind with this code, or None."""
    return next((kind for kind in kinds() if kind.code == code), None)


def kinds_offering(sort: type[Offer]) -> Iterator[tuple[Kind, Offer]]:
    """Each kind that offers something of this sort, with its offer."""
    for kind in kinds():
        offered = kind.offer(sort)
        if offered is not None:
            yield kind, offered
