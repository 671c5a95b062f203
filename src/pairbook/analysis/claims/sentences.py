"""Sentences with the times, numbers and terms that were found in them."""

from dataclasses import dataclass

from pairbook.analysis.claims import grammar_en, grammar_zh
from pairbook.analysis.claims.cues import Cue, cues_in
from pairbook.analysis.claims.measures_zh import said_of_it
from pairbook.analysis.claims.shapes import Lang
from pairbook.analysis.claims.texts import PlainText, sentence_ends, stretches
from pairbook.analysis.claims.times import Calendar, Time
from pairbook.analysis.claims.tokens import Number


@dataclass(slots=True)
class Sentence:
    """A sentence with what was found in it."""

    start: int
    end: int
    lang: Lang
    times: list[Time]
    numbers: list[Number]
    cues: list[Cue]
    cue_starts: list[int]
    sides: tuple[str, str] | None = None
    in_table: bool = False


def sentences_of(plain: PlainText, lang: Lang, calendar: Calendar) -> list[Sentence]:
    """The sentences of a text, each read by the grammar of its own language."""
    text = plain.plain
    found = []
    for start, end, part_lang in stretches(text, otherwise=lang):
        grammar = grammar_zh if part_lang == "zh" else grammar_en
        tokens = list(grammar.tokens(text, start, end, calendar))
        cues = cues_in(text, start, end, part_lang)
        if part_lang == "zh":
            cues = said_of_it(text, cues, start, end)
        starts = [begin for begin, _, _ in cues]
        at, place = start, 0
        for close in sentence_ends(text, start, end, part_lang):
            first = place
            while place < len(tokens) and tokens[place].start < close:
                place += 1
            times = [token for token in tokens[first:place] if isinstance(token, Time)]
            numbers = [token for token in tokens[first:place] if isinstance(token, Number)]
            found.append(Sentence(at, close, part_lang, times, numbers, cues, starts))
            at = close
    return found
