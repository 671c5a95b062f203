"""What the words around a number say: the terms of `data/terms.csv`, weighed by how near they stand.

Between two numbers of a sentence runs one boundary: what stands before it belongs to the number on the left, what
stands after it to the one on the right. Words inside a number's own stretch weigh most, words elsewhere in its
sentence are what a list shares (培训党政干部120人次、技术人才560人次).
"""

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cache

from pairbook.analysis.claims.shapes import Lang
from pairbook.analysis.claims.terms import Stems, rows, tree_pattern
from pairbook.analysis.claims.tokens import Cell

Cue = tuple[int, int, tuple[str, ...]]
"""A term in the text: where it begins and ends, and what it says. A text holds as many as figures."""


@dataclass(slots=True)
class Surroundings:
    """The words around one number."""

    sentence: tuple[int, int]
    own: tuple[int, int]
    clause: tuple[int, int]
    weights: dict[str, float] = field(default_factory=dict)
    """How strongly each thing is said: 100 right beside the number, about 40 elsewhere in the sentence."""
    is_alone: bool = False
    """Whether it is the only claim of an English sentence."""
    is_shared: bool = True
    """Whether what stands before its own words may govern it too, as in a list; a verb of its own takes it away."""
    shares_next: bool = False
    """Whether what stands behind the next number may be said of it too: 102 hospitals and 389 schools were twinned."""
    next_end: int = 0
    """Where the noun phrase of the next number ends: its words are its own."""
    verb_of_list: tuple[int, int] = (0, 0)
    """Where the verb stands behind a list that this number is in: schools, clinics and roads were built."""
    described: tuple[int, int] = (0, 0)
    """Where a clause describes those who are counted, before the verb: people who had left poverty were helped."""
    chain: tuple[int, int] | None = None
    """Where the list begins and ends that this number goes on with: the words before it govern all of the list."""
    chain_clause: int = 0
    """Where the clause begins in which that list stands."""
    is_part: bool = False
    """Whether the number is a part of the one before it (其中, of whom)."""

    def says(self, *things: str, least: float = 0.0) -> bool:
        """Whether one of the things is said at least so strongly."""
        weights = self.weights
        return any(weights.get(thing, 0.0) > least for thing in things)


_GAP = " .. "


@cache
def _gapped() -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    """One pattern for the English terms with a gap, each a group, and what each group says."""
    said, groups, firsts = {}, [], set()
    for place, row in enumerate(row for row in rows("terms") if row["lang"] == "en" and _GAP in row["term"]):
        first, last = (part.replace("*", "[a-z]*") for part in row["term"].split(_GAP))
        said[f"g{place}"] = tuple(row["says"].split())
        # The first word stands before its group: a choice that begins with a letter is left out at one look.
        groups.append(f"{first}(?P<g{place}>(?: [a-z0-9,'-]+){{0,4}}? {last})")
        firsts.add(first.removesuffix("[a-z]*"))
    # One look at the first words spares the trying of all terms at most places.
    begins = tree_pattern(sorted(firsts))
    return re.compile(f"(?<![a-z])(?={begins})(?:{'|'.join(groups)})(?![a-z])"), said


@cache
def _said() -> dict[Lang, dict[str, tuple[str, ...]]]:
    said: dict[Lang, dict[str, tuple[str, ...]]] = {"zh": {}, "en": {}}
    for row in rows("terms"):
        if _GAP not in row["term"]:
            said["zh" if row["lang"] == "zh" else "en"][row["term"]] = tuple(row["says"].split())
    stems = {term[:-1]: says for term, says in said["en"].items() if term.endswith("*")}
    for term, says in said["en"].items():
        # A word that is listed says what its stem says too: dispatched is both sent and handed over.
        of_stems = [
            thing
            for stem, things in stems.items()
            if term != f"{stem}*" and term.startswith(stem)
            for thing in things
        ]
        if " " not in term and of_stems and "only" not in says:
            said["en"][term] = tuple(dict.fromkeys((*says, *of_stems)))
    return said


@cache
def _pattern(lang: Lang) -> re.Pattern[str]:
    tree = tree_pattern(list(_said()[lang]))
    return re.compile(tree if lang == "zh" else f"(?<![a-z]){tree}(?![a-z])")


@cache
def _stems(lang: Lang) -> Stems:
    return Stems(list(_said()[lang]))


def cues_in(text: str, start: int, end: int, lang: Lang) -> list[Cue]:
    """Every term between two places."""
    said, entry_of = _said()[lang], _stems(lang).entry_of
    if lang == "zh":
        # Chinese terms have no stems: each stands in the text as it is listed.
        return [(*found.span(), said[found[0]]) for found in _pattern(lang).finditer(text, start, end)]
    cues = [
        (found.start(), found.end(), said[entry_of(found[0])])
        for found in _pattern(lang).finditer(text, start, end)
    ]
    if lang == "en":
        pattern, gapped = _gapped()
        wide = [
            (found.start(), found.end(), gapped[found.lastgroup or ""])
            for found in pattern.finditer(text, start, end)
        ]
        if wide:
            cues = sorted([*cues, *wide])
    return cues


_LEVELS_ZH = (re.compile(r"[;；:：]"), re.compile(r"[,，]"), re.compile(r"、|[和及与以](?!上|下|内)"))
_LEVELS_EN = (
    re.compile(
        r"[;:]|, (?:(?:[a-z]+ ){1,3}of (?:which|whom)|while|but|whereas|when|where|which|who|as|after"
        r"|although)(?![a-z])|(?<![a-z])so that(?![a-z])"
    ),
    re.compile(r",(?: and| or)?"),
    re.compile(r"(?<![a-z])(?:and|while|with|as well as|plus|or)(?![a-z])"),
)
_VERBISH = re.compile(
    r",?(?: and| but| while| then)? ?(?:also |has |have |had |was |were |is |are |will |it |they |which |who "
    r"|in turn |helped? |another )*"
    r"(?:[a-z]+ed|sent|built|held|bought|gave|put|set|sold|found|brought|took|made|[a-z]+ing|of wh(?:om|ich)"
    r"|includ\w+|up|down|through|with)(?![a-z])"
)
_MARKS_ZH, _MARKS_EN = re.compile("[,，;；:：]"), re.compile("[,;:]")


def boundary(text: str, start: int, end: int, lang: Lang) -> tuple[int, bool]:
    """Where the words between two numbers change hands, and whether the second number has a verb of its own there."""
    levels = _LEVELS_ZH if lang == "zh" else _LEVELS_EN
    for level in levels:
        places = [found.start() for found in level.finditer(text, start, end)]
        if not places:
            continue
        if lang == "en" and level is not levels[0]:
            conjunctions = [found.start() for found in levels[2].finditer(text, start, end)]
            verbs = [place for place in {*places, *conjunctions} if _VERBISH.match(text, place, end)]
            if verbs:
                return max(verbs), True
        return places[-1], lang == "en" and level is levels[0]
    return end, False


def clause_of(text: str, start: int, end: int, bounds: tuple[int, int], lang: Lang) -> tuple[int, int]:
    """From the last mark before a number to the first one after it."""
    marks = _MARKS_ZH if lang == "zh" else _MARKS_EN
    begin, close = bounds
    back = max(begin, start - 60)
    for found in marks.finditer(text, back, start):
        begin = found.end()
    following = marks.search(text, end, close)
    return begin, following.start() if following else close


_REACH = 200
"""Words farther away than this say nothing of a number any more."""


_CHAINED, _ALONE = 72.0, 34.0
_DESCRIBED = frozenset(
    (
        ("poor",),
        ("farmer", "poor"),
        ("farmer",),
        ("listed", "remain", "poor"),
        ("student",),
        ("poor", "remain"),
    )
)
"""What people are called says less than what happens to them."""
_DESCRIBED_WEIGHT = 42.0


def weigh(
    around: Surroundings,
    start: int,
    end: int,
    cues: list[Cue],
    starts: list[int],
    lang: Lang,
    phrase_end: int = 0,
) -> None:
    """Fill in how strongly the sentence says each thing of the number at a place."""
    # This runs for every cue beside every number and is the innermost loop of all.
    first = bisect_left(starts, max(around.sentence[0], start - _REACH))
    last = bisect_left(starts, min(around.sentence[1], end + _REACH))
    weights, chain, chain_clause = around.weights, around.chain, around.chain_clause
    described, verb_of_list = around.described, around.verb_of_list
    (own_start, own_end), (clause_start, clause_end) = around.own, around.clause
    slope, after_bonus = (1.5, 100.0) if lang == "zh" else (0.7, 106.0)
    shared, shared_next = 45.0 if around.is_shared else 33.0, 42.0 if around.shares_next else 30.0
    # What a sentence says is said of its only number, however far away.
    least = _ALONE if around.is_alone else 3.0
    for cue_start, cue_end, says in cues[first:last]:
        if cue_end <= start:
            if cue_start >= own_start:
                weight = 100.0 - slope * (start - cue_end)
                if cue_start < clause_start:
                    weight -= 25.0
            elif chain is not None and cue_end <= chain[0]:
                weight = _CHAINED - 0.3 * (chain[0] - cue_end)
                if cue_start < chain_clause:
                    weight -= 25.0
            elif chain is not None and cue_start >= chain[0]:
                weight = 33.0 - 0.3 * (start - cue_end)
            else:
                weight = shared - 0.3 * (start - cue_end)
        elif cue_start >= end:
            if cue_end <= own_end:
                weight = after_bonus - slope * (cue_start - end)
                if cue_end > clause_end:
                    weight -= 30.0
            else:
                weight = (shared_next if cue_start >= around.next_end else 30.0) - 0.3 * (cue_start - end)
            if cue_end <= phrase_end and says in _DESCRIBED:
                weight = _DESCRIBED_WEIGHT
            elif described[0] <= cue_start < described[1]:
                weight = min(weight, _DESCRIBED_WEIGHT)
            elif verb_of_list[0] <= cue_start < verb_of_list[1]:
                weight = max(weight, _CHAINED - 0.3 * (cue_start - verb_of_list[0]))
        else:
            continue
        if weight < least:
            weight = least
        for thing in says:
            if weight > weights.get(thing, 0.0):
                weights[thing] = weight


def weigh_cell(around: Surroundings, cell: Cell, cues: list[Cue], starts: list[int]) -> None:
    """What the label of a row, the head of a column and, less, the title above say of a number in a table."""
    weighed = [(span, 90.0) for span in cell.spans]
    if cell.title is not None:
        weighed.append((cell.title, 50.0))
    for (start, end), weight in weighed:
        for _, _, says in cues[bisect_left(starts, start) : bisect_left(starts, end)]:
            for thing in says:
                around.weights[thing] = max(around.weights.get(thing, 0.0), weight)
