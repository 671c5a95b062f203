"""What a kind offers to the portal's prose."""

from dataclasses import dataclass

from pairbook.kernel.texts import Text


@dataclass(frozen=True)
class Phrase:
    """A clause with figures in it: `{0}`, `{1}` are the figures named, `{campaign}` and `{each}` as they come.

    A figure is named by its indicator code; `?campaign=*` asks for one clause per campaign, `?item=*` lists items.
    A clause whose figures are not in the book is left out.
    """

    figures: tuple[str, ...]
    words: Text


@dataclass(frozen=True)
class Phrases:
    """The clauses of a kind, in the order they are told."""

    phrases: tuple[Phrase, ...]
