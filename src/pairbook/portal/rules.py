"""What a kind offers to the portal's prose, and how the year is composed of it. Plain values only.

A kind says its clauses; nobody here knows a kind by name. A clause whose figures are not in the book is left out,
so the paragraph never says more than the book.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pairbook.indicators.rules import DEFAULT_DIRECTION
from pairbook.kernel.texts import Lang, Text
from pairbook.web.numbers import day_in_words

# More things than this in one clause are no prose; the rest is said to be more and stands in the table.
PARTS_MAX = 4
PARTS_SHOWN = 3


@dataclass(frozen=True)
class Told:
    """A figure as a clause tells it: `{0}` is the number that can be opened, `{item}` what was given.

    Named by its indicator code. `?item=*` tells every item, `?campaign=*` makes a clause for each campaign,
    `?direction=*` one for each direction.
    """

    figure: str
    words: Text


@dataclass(frozen=True)
class Phrase:
    """A clause: `{parts}` are its figures in a row; `{giver}`, `{receiver}` and `{campaign}` are names."""

    words: Text
    parts: tuple[Told, ...]
    goes_on: bool = False
    """Whether it goes on in the sentence before it; otherwise it begins a sentence of its own."""


@dataclass(frozen=True)
class Phrases:
    """The clauses of a kind, in the order they are told."""

    phrases: tuple[Phrase, ...]


@dataclass(frozen=True)
class Course:
    """A figure whose way through the year the portal draws, one line for each stage (two at most)."""

    indicator: str
    stages: tuple[str, str]
    title: Text


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure of the year as prose needs it; `place` is where it stands in the list it came from."""

    place: int
    indicator: str
    direction: str
    number: Text
    """The number with its unit, as a sentence says it."""
    entries: int = 1
    item: str = ""
    item_name: Text = Text("", "")
    campaign: str = ""
    campaign_name: Text = Text("", "")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words, or a number that can be opened: the fact at `place`."""

    words: str
    place: int | None = None


@dataclass(frozen=True, slots=True)
class _Clause:
    pieces: tuple[Piece, ...]
    goes_on: bool


def tell_year(
    phrases: Sequence[Phrase],
    facts: Sequence[Fact],
    *,
    giver: Text,
    receiver: Text,
    day: date,
    lang: Lang,
    is_first: bool = True,
) -> list[Piece]:
    """The year up to a day as a newspaper would tell it; empty when the book holds nothing to tell.

    Only the first paragraph says of which days the numbers are.
    """
    clauses: list[_Clause] = []
    told: set[str] = set()
    for phrase in phrases:
        for place, group in enumerate(_groups(phrase, facts)):
            known = [fact for fact in group if not (fact.item and not fact.campaign and fact.item in told)]
            clause = _clause(phrase, known, giver=giver, receiver=receiver, lang=lang)
            # The same said of the other direction, or of another campaign, goes on in the same sentence.
            goes_on = phrase.goes_on or place > 0
            if clause is not None:
                clauses.append(_Clause(clause, goes_on))
                told |= {fact.item for fact in known if fact.campaign}
    return list(_merged(_sentences(clauses, _opening(day, lang) if is_first else "", lang)))


def _opening(day: date, lang: Lang) -> str:
    """How the first sentence begins; 31 December tells the whole year."""
    if (day.month, day.day) == (12, 31):
        return f"{day.year}年，" if lang == "zh" else f"In {day.year}, "
    if lang == "zh":
        return f"{day.year}年截至{day.month}月{day.day}日，"
    return f"Between 1 January and {day_in_words(day, lang)}, "


def _groups(phrase: Phrase, facts: Sequence[Fact]) -> Iterator[list[Fact]]:
    """The facts of each clause the phrase makes: one for each direction and campaign it asks for."""
    matching = [fact for told in phrase.parts for fact in facts if _is_told(fact, told)]
    seen = dict.fromkeys((fact.direction, fact.campaign) for fact in matching)
    for direction, campaign in sorted(seen, key=lambda one: one[0] != DEFAULT_DIRECTION):
        yield [fact for fact in matching if (fact.direction, fact.campaign) == (direction, campaign)]


def _is_told(fact: Fact, told: Told) -> bool:
    code, _, stars = told.figure.partition("?")
    return (
        fact.indicator == code
        and bool(fact.item) == ("item=*" in stars)
        and bool(fact.campaign) == ("campaign=*" in stars)
        and (fact.direction == DEFAULT_DIRECTION or "direction=*" in stars)
    )


def _clause(
    phrase: Phrase, group: Sequence[Fact], *, giver: Text, receiver: Text, lang: Lang
) -> tuple[Piece, ...] | None:
    if not group:
        return None
    if group[0].direction != DEFAULT_DIRECTION:
        giver, receiver = receiver, giver
    parts = [
        _filled(told.words.in_(lang), fact, lang)
        for told in phrase.parts
        # What came most often first: of unlike items that is the only order that means something.
        for fact in sorted(group, key=lambda fact: -fact.entries)
        if _is_told(fact, told)
    ]
    words = phrase.words.in_(lang)
    for name, text in (("giver", giver), ("receiver", receiver), ("campaign", group[0].campaign_name)):
        words = words.replace(f"{{{name}}}", text.in_(lang))
    before, _, after = words.partition("{parts}")
    return (Piece(before), *_row(parts, lang), Piece(after))


def _filled(words: str, fact: Fact, lang: Lang) -> tuple[Piece, ...]:
    before, _, after = words.replace("{item}", fact.item_name.in_(lang)).partition("{0}")
    return Piece(before), Piece(fact.number.in_(lang), fact.place), Piece(after)


def _row(parts: Sequence[tuple[Piece, ...]], lang: Lang) -> Iterator[Piece]:
    """Things in a row: 甲、乙等6种; one, two and three."""
    shown = parts if len(parts) <= PARTS_MAX else parts[:PARTS_SHOWN]
    more = len(parts) - len(shown)
    for place, part in enumerate(shown):
        if place and lang == "zh":
            yield Piece("、")
        elif place:
            yield Piece(" and " if place == len(parts) - 1 else ", ")
        yield from part
    if more:
        yield Piece(f"等{len(parts)}种" if lang == "zh" else f" and {more} other items")


def _sentences(clauses: Sequence[_Clause], opening: str, lang: Lang) -> Iterator[Piece]:
    stop, link = ("。", "；") if lang == "zh" else (". ", "; ")
    for place, clause in enumerate(clauses):
        if place == 0:
            yield Piece(opening)
            yield from clause.pieces if opening else _capitalised(clause.pieces)
        elif clause.goes_on:
            yield Piece(link)
            yield from clause.pieces
        else:
            yield Piece(stop)
            yield from _capitalised(clause.pieces)
    if clauses:
        yield Piece(stop.strip())


def _capitalised(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The same words with a capital at the start, unless they start with a number."""
    waits = True
    for piece in pieces:
        if waits and piece.words:
            waits = False
            yield replace(piece, words=piece.words[0].upper() + piece.words[1:])
        else:
            yield piece


def _merged(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Runs of words in one piece, and none empty."""
    words = ""
    for piece in pieces:
        if piece.place is None:
            words += piece.words
            continue
        if words:
            yield Piece(words)
        words = ""
        yield piece
    if words:
        yield Piece(words)
