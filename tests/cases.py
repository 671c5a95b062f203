"""Cases and annotated texts in YAML files, read once a process: tests are named after them when they are collected."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def cases_in(path: Path) -> list[dict[str, Any]]:
    """The list a YAML file holds; it is shared and not to be changed.

    The loader written in C reads the corpora ten times as fast.
    """
    cases: list[dict[str, Any]] = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return cases
