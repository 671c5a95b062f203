"""What commands print: JSON in the shapes of CONTRACT.md, tables for people, problems, and thin progress."""

import json
import sys
import time
from argparse import Namespace
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from unicodedata import east_asian_width

from pairbook.kernel.periods import is_in_calendar
from pairbook.kernel.problems import Problem, Refusal, Rejected
from pairbook.kernel.texts import Text


def tell_json(answer: object) -> None:
    """One JSON document on standard output."""
    print(json.dumps(answer, ensure_ascii=False, indent=2))


def json_number(value: Decimal) -> int | float:
    """A number as JSON holds it: whole ones as integers, which no reader rounds."""
    return int(value) if value == value.to_integral_value() else float(value)


def problem_json(problem: Problem) -> dict[str, Any]:
    """A problem in both languages; `row` is the row of the sheet, or null."""
    return {
        "code": problem.code,
        "place_zh": problem.place.zh,
        "place_en": problem.place.en,
        "cure_zh": problem.cure.zh,
        "cure_en": problem.cure.en,
        "row": problem.row,
        "value": problem.value,
    }


def rejected_json(rejected: Rejected) -> dict[str, Any]:
    """What is printed for wrong usage."""
    return {"problems": [problem_json(problem) for problem in rejected.problems]}


def refusal_json(refusal: Refusal) -> dict[str, Any]:
    """What is printed when the answer is no."""
    reason = refusal.reason
    return {"refused": {"code": refusal.code, "reason_zh": reason.zh, "reason_en": reason.en}}


def read_day_given(written: str | None, option: str, problems: list[Problem]) -> date | None:
    """The day an option names; what is no day is added to the problems."""
    if written is None:
        return None
    try:
        day = date.fromisoformat(written)
        if not is_in_calendar(day):
            raise ValueError(written)
        return day
    except ValueError:
        cure = Text("日期写成 2020-09-18。", "Write a day as 2020-09-18.")
        problems.append(Problem("usage.day", Text(option, option), cure, value=written))
        return None


def tell_problems(problems: Iterable[Problem], arguments: Namespace) -> None:
    """Problems on standard error, one line each, with the value that stood there."""
    for problem in problems:
        value = f"  [{problem.value}]" if problem.value else ""
        print(problem.told(arguments.lang) + value, file=sys.stderr)


def say(text: Text, arguments: Namespace) -> None:
    """A line for a person on standard error, so that it never mixes with an answer."""
    print(text.in_(arguments.lang), file=sys.stderr)


class Progress:
    """One thin line on standard error: rewritten in place on a terminal, else a line every few seconds."""

    def __init__(self, what: Text, arguments: Namespace) -> None:
        self._what = what.in_(arguments.lang)
        self._said_at = time.monotonic()
        self._is_open = False

    def __call__(self, done: int, total: int | None = None) -> None:
        """So much is done."""
        is_terminal = sys.stderr.isatty()
        if time.monotonic() - self._said_at < (0.1 if is_terminal else 5):
            return
        self._said_at = time.monotonic()
        line = f"{self._what} {done:,}" + (f" / {total:,}" if total else "")
        print(
            f"\r\033[K{line}" if is_terminal else line,
            end="" if is_terminal else "\n",
            file=sys.stderr,
            flush=True,
        )
        self._is_open = is_terminal

    def close(self) -> None:
        """Take the line away."""
        if self._is_open:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
            self._is_open = False


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: Sequence[int] = ()) -> str:
    """A table in plain text; a Chinese character takes two columns. Columns named in `numbers` stand right."""
    lines = [list(headings), *[list(row) for row in rows]]
    widths = [max(_width(line[column]) for line in lines) for column in range(len(headings))]

    def told(line: Sequence[str]) -> str:
        cells = []
        for column, (cell, width) in enumerate(zip(line, widths, strict=True)):
            blank = " " * (width - _width(cell))
            cells.append(blank + cell if column in numbers else cell + blank)
        return "  ".join(cells).rstrip()

    rule = "  ".join("─" * width for width in widths)
    return "\n".join([told(lines[0]), rule, *[told(line) for line in lines[1:]]])


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
