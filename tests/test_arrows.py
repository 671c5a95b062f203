"""Foreign keys obey the order of the house: import-linter does not see a key that is named by a string.

The order is the one in `pyproject.toml`, so there is one list and not two.
"""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.db.models import Field, Model

from pairbook.kernel.kinds import kind_packages

ROOT = Path(__file__).resolve().parent.parent


def _floors() -> dict[str, int]:
    """Each room with the floor it is on, 0 at the top."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    (layers,) = [contract["layers"] for contract in contracts if contract["id"] == "arrows"]
    return {
        room.strip(" ()"): floor
        for floor, rooms in enumerate(layers)
        for room in rooms.replace(":", "|").split("|")
    }


FLOORS = _floors()


def room_of(model: type[Model]) -> str:
    """The room a model belongs to; a kind from a folder outside stands in `assistance`, another app is no room."""
    package = model.__module__.split(".models")[0]
    if package in kind_packages():
        return "assistance"
    parts = package.split(".")
    return parts[1] if parts[0] == "pairbook" else ""


OWN = [model for model in apps.get_models(include_auto_created=True) if room_of(model)]
KEYS = [
    field
    for model in OWN
    for field in model._meta.get_fields()
    if field.is_relation and not field.auto_created
]


def _name(field: "Field[Any, Any]") -> str:
    return f"{field.model._meta.label}.{field.name}"


@pytest.mark.parametrize("field", KEYS, ids=_name)
def test_a_key_points_to_the_same_floor_or_one_below(field: "Field[Any, Any]"):
    source, target = room_of(field.model), room_of(field.related_model)  # type: ignore[arg-type]
    assert source == target or not target or FLOORS[source] < FLOORS[target]


def test_no_key_points_to_anything_at_all():
    assert not [
        field for model in OWN for field in vars(model).values() if isinstance(field, GenericForeignKey)
    ]


def test_every_folder_of_the_package_has_its_floor():
    rooms = {path.parent.name for path in (ROOT / "src/pairbook").glob("*/__init__.py")}
    assert rooms <= set(FLOORS)
