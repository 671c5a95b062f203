"""A text in the book's two languages, kept side by side so that neither is ever forgotten."""

from dataclasses import dataclass
from typing import Literal

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, Lang] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One meaning in Chinese and in English."""

    zh: str
    en: str

    def in_(self, lang: str) -> str:
        """The words in `lang`; anything that is not Chinese reads English."""
        return self.zh if lang.startswith("zh") else self.en

    def __str__(self) -> str:
        return self.en


def same(word: str) -> Text:
    """A text that reads the same in both languages, such as a code or a number."""
    return Text(word, word)
