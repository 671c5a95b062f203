"""Whether a text, or a number in it, tells of other places than this pairing's; such a number is not held against it.

A book is asked about articles of every sort: of another county's pairing, of all eastern provinces, of a body that
helps the county besides. Their numbers are not false in this book; they are not in it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pairbook.analysis.claims.shapes import Figure as Claim
from pairbook.bulletins import exemptions
from pairbook.bulletins.gazetteer import Gazetteer
from pairbook.bulletins.places import short_names
from pairbook.bulletins.shapes import Known, Named
from pairbook.bulletins.surroundings import paragraph_start, sentence_bounds
from pairbook.kernel.texts import Text

Sort = Literal["side", "around", "other", "several"]
_SEVERAL = re.compile(
    "(?:[东中]?西?部)?(?:地区)?(?:[0-9]+|[一二三四五六七八九十两几]+|各)个?(?:深度贫困|贫困|协作)?"
    "(?:省区市|省市|市州|县市|县区|区县|省|市|县|区)(?!之一|级|委|政府|里|域|内)"
    "|东西部协作省份|东部(?:地区|省份|省市|各省)"
    r"|\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|both|several) (?:[a-z-]+ )?"
    r"(?:provinces|cities|counties|municipalities|prefectures|regions)\b"
    r"|\beastern (?:provinces|regions|cities|municipalities|areas)\b",
    re.IGNORECASE,
)
# "One of 52 counties" and "52 counties are still listed" say how many there are, and not whose number follows.
_ONE_OF = re.compile(
    r"(?:one of|among|out of|其中|全国|尚有|还有|仅剩|剩余|最后)(?: the)?(?: last)? ?$", re.IGNORECASE
)
_OTHER_HELPERS = re.compile(
    "定点帮扶|定点扶贫|驻村帮扶|驻村工作队|designated assistance|resident (?:village )?(?:work )?teams?",
    re.IGNORECASE,
)
_THIS_HELP = re.compile(
    "东西部(?:扶贫)?协作|对口(?:帮扶|支援|协作)|结对|east-west|paired|pairing", re.IGNORECASE
)
_HELP = re.compile(
    "协作|对口|结对|援|帮扶|携手|help|assist|\\baid|support|pair|twin|cooperat|collaborat|donat",
    re.IGNORECASE,
)
_OTHER_HELPER = Named("", Text("定点帮扶、驻村帮扶等其他帮扶", "other help, such as that of central bodies"))
# 200人到江苏、福建就业: the place named is where people or goods go.
_GOES_TO = re.compile(r"(?:jobs|sales)\.")
_GOES = re.compile("(?:[到赴往去在]|\\b(?:in|to|at))(?:[\u4e00-\u9fff]{2,8}、)* ?$", re.IGNORECASE)
_HEADING_MAX = 40
_NAMED_MAX = 3


@dataclass(frozen=True, slots=True)
class Mention:
    """A place or several, named in a text."""

    start: int
    end: int
    sort: Sort
    place: Named


@dataclass(frozen=True)
class Whereabouts:
    """The places a text names, in order, as far as they say whose its numbers are."""

    text: str
    mentions: tuple[Mention, ...]
    known: Known

    @cached_property
    def names_a_side(self) -> bool:
        """Whether it names one of the two sides of the pairing, and not a namesake in another province."""
        return bool(self._sides) and not self.is_of_a_namesake

    @cached_property
    def is_of_a_namesake(self) -> bool:
        """Whether the one side it names is told of another province alone: Zhenyuan County in Guizhou."""
        if len(self._sides) != 1 or any(one.sort == "around" for one in self.mentions):
            return False
        return any(one.sort == "other" and one.place.code.endswith("0000") for one in self.mentions)

    @cached_property
    def _sides(self) -> set[str]:
        return {one.place.code for one in self.mentions if one.sort == "side"}

    @cached_property
    def may_be_no_help(self) -> bool:
        """Whether it names the assisted side alone and no help, so that its numbers may be the place's own."""
        is_named = any(word in self.text.lower() for word in short_names(self.known.assisting))
        return self.names_a_side and not is_named and not _HELP.search(self.text)

    @cached_property
    def others(self) -> tuple[Named, ...]:
        """The other places it names, those named most first; "eight provinces" only where it names none."""
        for sorts in (("other", "around"), ("several",)):
            counted = Counter(one.place for one in self.mentions if one.sort in sorts)
            if counted:
                return tuple(place for place, _ in counted.most_common())
        return ()

    @property
    def notice(self) -> Text | None:
        """What a reader of the verdicts must know of a text that names neither side."""
        if self.names_a_side:
            return None
        told = exemptions.names_a_namesake if self.is_of_a_namesake else exemptions.names_no_side
        return told(self.others[:_NAMED_MAX], self.known)

    def place_of(self, claim: Claim) -> Named | None:
        """The other place whose number a claim is by the words; None where it may be the pairing's."""
        if self.names_a_side:
            return self._helper(claim) or self._place_beside(claim)
        sorts: tuple[Sort, ...] = ("other",) if _is_of_a_list(claim) else ("other", "several", "around")
        found = self._before(claim.start, sorts)
        if found is None and not _is_of_a_list(claim):
            found = next(self._of(sorts), None)
        return found.place if found else None

    def _of(self, sorts: Sequence[Sort]) -> Iterator[Mention]:
        return (one for one in self.mentions if one.sort in sorts)

    def _before(self, at: int, sorts: Sequence[Sort]) -> Mention | None:
        return next(reversed([one for one in self._of(sorts) if one.start <= at]), None)

    def _within(self, first: int, last: int) -> list[Mention]:
        return [one for one in self.mentions if first <= one.start < last]

    def _place_beside(self, claim: Claim) -> Named | None:
        """In a text about the pairing: the other place that the sentence, else the paragraph, last named."""
        first, last = sentence_bounds(self.text, claim.start, claim.end)
        here = [one for one in self._within(first, last) if self._may_own(one, claim)]
        if any(one.sort == "side" for one in here):
            return None
        before = [one for one in here if one.start <= claim.start]
        if here:
            is_other = bool(before) and before[-1].sort in ("other", "several")
            return before[-1].place if is_other else None
        above = self._within(self._paragraph_with_heading(first), first)
        if above:
            return above[-1].place if above[-1].sort == "other" else None
        return None if _is_of_a_list(claim) else self._prevailing

    def _may_own(self, mention: Mention, claim: Claim) -> bool:
        """Whether a number may be that of a place named, and not only of people who go there."""
        if mention.sort == "several":
            return not _is_of_a_list(claim)
        is_going = _GOES_TO.match(claim.measure or "") is not None
        before = self.text[max(0, mention.start - 30) : mention.start]
        return mention.sort == "side" or not (is_going and _GOES.search(before))

    def _paragraph_with_heading(self, at: int) -> int:
        begin = paragraph_start(self.text, at)
        lines = self.text[:begin].rstrip().rsplit("\n", 1)
        heading = lines[-1].strip()
        is_heading = 0 < len(heading) <= _HEADING_MAX and not heading.endswith(tuple("。.！!？?；;"))
        return begin if not is_heading else len(self.text[:begin].rstrip()) - len(lines[-1])

    @cached_property
    def _prevailing(self) -> Named | None:
        """The place most of the text is about, where it names the pairing's two only by the way."""
        sides = sum(one.sort == "side" for one in self.mentions)
        if len(self.mentions) < 4 * sides:
            return None
        return next(iter(self.others), None)

    def _helper(self, claim: Claim) -> Named | None:
        """Somebody else who helps the county, where the sentence, else the paragraph so far, tells of their work."""
        if (claim.measure or "").startswith("poverty."):
            return None
        first, last = sentence_bounds(self.text, claim.start, claim.end)
        begin = paragraph_start(self.text, first)
        while True:
            words = self.text[first:last]
            if self._tells_of_this_help(words):
                return None
            if _OTHER_HELPERS.search(words):
                return _OTHER_HELPER
            if first - 1 <= begin:
                return None
            first, last = sentence_bounds(self.text, first - 1, first - 1)[0], first - 1

    def _tells_of_this_help(self, words: str) -> bool:
        return bool(_THIS_HELP.search(words)) or any(
            name in words.lower() for name in short_names(self.known.assisting)
        )


def _is_of_a_list(claim: Claim) -> bool:
    """Whether it counts counties on the poverty list, which the book holds for the whole country."""
    return (claim.measure or "").startswith("poverty.counties")


def whereabouts_of(text: str, known: Known, gazetteer: Gazetteer) -> Whereabouts:
    """The places a text names."""
    sides = {name for side in (known.assisting, known.assisted) for name in _names(side)}
    around = {
        name: place for place in (*known.above_assisting, *known.above_assisted) for name in _names(place)
    }
    found = []
    for spot in gazetteer.spots(text):
        names = _names(spot.place)
        if names & sides:
            continue
        place = next((around[name] for name in names if name in around), None)
        found.append(Mention(spot.start, spot.end, "around" if place else "other", place or spot.place))
    found += _sides(text, known)
    found += [
        Mention(one.start(), one.end(), "several", Named("", Text(one[0], one[0])))
        for one in _SEVERAL.finditer(text)
        if not _ONE_OF.search(text, max(0, one.start() - 16), one.start())
    ]
    return Whereabouts(text, tuple(sorted(found, key=lambda one: one.start)), known)


def _names(place: Named) -> set[str]:
    return {*short_names(place), place.name.zh, place.name.en.lower()}


def _sides(text: str, known: Known) -> Iterator[Mention]:
    for side in (known.assisting, known.assisted):
        pattern = "|".join(sorted(map(re.escape, _names(side)), key=len, reverse=True))
        for found in re.finditer(pattern, text, re.IGNORECASE):
            yield Mention(found.start(), found.end(), "side", side)
