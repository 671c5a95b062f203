"""What can go wrong, as values: a Problem with somebody's data, or a Refusal of an act."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pairbook.kernel.texts import Lang, Text


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with data somebody gave: a stable code, the place, and the cure."""

    code: str
    place: Text
    cure: Text
    row: int | None = None
    """Which row of a batch, from 0; None where the data were not a batch."""
    value: str = ""
    """What stood there, as it was given."""

    def at_row(self, row: int) -> "Problem":
        """The same problem, said of one row of a batch."""
        return replace(self, row=row)

    def told(self, lang: Lang) -> str:
        """One line for a person: place, then cure."""
        colon = "：" if lang == "zh" else ": "
        return f"{self.place.in_(lang)}{colon}{self.cure.in_(lang)}"


class Rejected(Exception):
    """The data of an act have problems; all of them are listed and nothing was written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("; ".join(problem.told("en") for problem in self.problems))


class Refusal(Exception):
    """The act itself is not allowed, or not in this state. Pages answer 403 or 409."""

    def __init__(self, code: str, reason: Text, *, forbidden: bool = False) -> None:
        self.code = code
        self.reason = reason
        self.forbidden = forbidden
        super().__init__(reason.en)
