"""What a kind offers to workbooks, and decisions on workbook cells."""

from dataclasses import dataclass

from pairbook.kernel.texts import Text


@dataclass(frozen=True)
class Sheet:
    """A kind's sheet: its name, and other words people use for its columns (column code to words)."""

    name: Text
    synonyms: tuple[tuple[str, tuple[str, ...]], ...] = ()
