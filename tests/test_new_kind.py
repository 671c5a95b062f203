"""A kind is one folder: copied, renamed, put into a folder outside the house, and no other line is changed."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
MODELS = '''"""The houses an entry is about: a table only this kind has."""

from django.db import models

from pairbook.register.models import Entry


class House(models.Model):
    """One house built or repaired."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=200)
'''
MIGRATION = '''"""The houses."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The table of houses."""

    dependencies = [("register", "0001_initial")]
    operations = [
        migrations.CreateModel(
            "House",
            [
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("address", models.CharField(max_length=200)),
                (
                    "entry",
                    models.ForeignKey("register.Entry", django.db.models.deletion.PROTECT, related_name="+"),
                ),
            ],
        )
    ]
'''


def _copy_goods_as_housing(folder: Path) -> None:
    """What ARCHITECTURE tells a newcomer to do: copy a folder, rename, edit."""
    housing = folder / "housing"
    shutil.copytree(
        ROOT / "src/pairbook/assistance/goods", housing, ignore=shutil.ignore_patterns("tests", "__pycache__")
    )
    for path in housing.glob("*.py"):
        text = path.read_text(encoding="utf-8").replace("pairbook.assistance.goods", "housing")
        text = text.replace("goods", "housing").replace("Goods", "Housing").replace("物资", "住房")
        path.write_text(text, encoding="utf-8")
    (housing / "models.py").write_text(MODELS, encoding="utf-8")
    (housing / "migrations").mkdir()
    (housing / "migrations/__init__.py").touch()
    (housing / "migrations/0001_initial.py").write_text(MIGRATION, encoding="utf-8")


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What `walk_new_kind.py` found in a book with housing."""
    folder, home = tmp_path_factory.mktemp("kinds"), tmp_path_factory.mktemp("home")
    _copy_goods_as_housing(folder)
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "pairbook.config.settings",
        "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
        "PYTHONIOENCODING": "utf-8",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PAIRBOOK_HOME": str(home),
        "PAIRBOOK_DATABASE": "",
        "PAIRBOOK_KIND_FOLDERS": str(folder),
        "PAIRBOOK_TEST_HASHER": "django.contrib.auth.hashers.MD5PasswordHasher",
    }
    command = [sys.executable, str(ROOT / "tests/walk_new_kind.py"), "housing"]
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", timeout=110)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_its_own_tables_are_made_with_the_others(walked: dict[str, Any]):
    assert walked["migrated"] == 0 and "housing_house" in walked["tables"]


def test_its_figures_are_listed_by_the_command_line(walked: dict[str, Any]):
    status, rows = walked["figures"]
    found = {
        (row["stage"], row["item"]): row["value"]
        for row in rows
        if row["indicator"].startswith("housing.quantity")
    }
    assert status == 0 and found == {("sent", "mask"): 12, ("received", "mask"): 12}


def test_its_figure_opens_to_its_entry(walked: dict[str, Any]):
    status, opened = walked["opened"]
    assert status == 0 and "housing" in json.dumps(opened)


def test_its_entries_go_into_a_workbook_and_come_back(walked: dict[str, Any]):
    assert walked["exported"] == [0, "PK"]
    status, taken = walked["imported"]
    assert (status, taken["new"], taken["corrected"], taken["unchanged"], taken["problems"]) == (
        0,
        0,
        0,
        2,
        [],
    )


def test_it_has_its_pages_in_both_languages(walked: dict[str, Any]):
    assert {page: seen for page, seen in walked["pages"].items() if seen != [200, True]} == {}
