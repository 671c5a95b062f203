"""Dated thresholds of rules and checks: offered by kinds and rooms with their source, set anew by the office in charge.

A threshold nobody has shown a document for is marked unverified and never a constant (DOMAIN, "How to read the marks").
"""

from dataclasses import dataclass
from datetime import date

from pairbook.kernel.texts import Text

PARAMETER_MAX = 1_000_000


@dataclass(frozen=True, slots=True)
class Parameter:
    """A threshold as the product ships it: a whole number of a unit, from when it holds, and who says so."""

    code: str
    """Dotted, beginning with the kind or the room: `secondment.term_months_min`."""
    label: Text
    value: int
    unit: Text
    valid_from: date
    source: Text
    is_verified: bool = False


@dataclass(frozen=True)
class Parameters:
    """The thresholds a kind offers."""

    parameters: tuple[Parameter, ...]
