"""Where a text names provinces, prefectures and counties: by their full names, by 江苏 for 江苏省, by Gulang County.

Pure: the names come in. A county's short name is no more than two letters that mean much else, so it counts only once
the text has named the county in full.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pairbook.analysis.claims.patterns import words_of
from pairbook.bulletins.places import short_names
from pairbook.bulletins.shapes import Named
from pairbook.kernel.texts import Text

_ENDS_ZH = re.compile("[省市区县旗州盟]")
_NAME_ZH_MAX = 11
# A firm, paper or school that bears the name of a place, and what comes from there, says nothing of whose a number is.
_NOT_THE_PLACE = re.compile(
    "[\u4e00-\u9fff]{0,6}?(?:公司|集团|大学|学院|医院|日报|晚报|电视|新闻|银行|商会|企业家)|召开|举行|举办"
    "|\\d+月\\d+日[电讯]|[电讯][（(]"
    "|,? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\\.? \\d|'?s? ?(?:University|Daily|Group|Co\\.)"
)
# Short names that are words of their own.
_WORDS_TOO = words_of("来宾 白银 大同 长治 安康 日照 三明 大庆 平安 中卫 百色 海口 东方 四平 吉安 固原")
_KIND_EN = (
    "(?:[Cc]ounty|[Dd]istrict|[Cc]ity|[Pp]rovince|[Pp]refecture|[Mm]unicipality"
    "|[Aa]utonomous (?:[Rr]egion|[Pp]refecture|[Cc]ounty))"
)
_KINDS_EN = "(?:counties|districts|cities|provinces|prefectures)"
_WORD_EN = "[A-Z][A-Za-z'’]+"
_NAMED_EN = re.compile(rf"(?P<name>{_WORD_EN}(?: {_WORD_EN}){{0,3}}) {_KIND_EN}\b")
_SEVERAL_EN = re.compile(rf"(?P<name>{_WORD_EN}(?:, {_WORD_EN})*,? and {_WORD_EN}) {_KINDS_EN}\b")
# What stands before a county or a district and is no name.
_NO_NAME_EN = words_of(
    "the this that these those each every our its their one another any both all some many no a an in of from to at by",
    "poor impoverished eastern western northern southern central east west north south northwest southwest northeast",
    "southeast china chinese national state model special new old party inner when while for and with since as",
    "tianjin's gansu's china's",
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place named in a text, and where."""

    start: int
    end: int
    place: Named


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The names of places a text may use, each with its place."""

    full_zh: Mapping[str, Named]
    short_zh: Mapping[str, Named]
    """Of provinces and prefectures."""
    short_en: Mapping[str, Named]

    @classmethod
    def of(cls, places: Sequence[tuple[str, Named]]) -> "Gazetteer":
        """The names of these places, each with its level: province, prefecture or county."""
        full = {
            place.name.zh: place
            for _, place in places
            if len(place.name.zh) > 2 or place.name.zh.endswith("县")
        }
        wide = [place for level, place in places if level in ("province", "prefecture")]
        short_zh, short_en = {}, {}
        for place in reversed(wide):
            zh, *en = short_names(place)
            if len(zh) > 1 and zh not in _WORDS_TOO:
                short_zh[zh] = place
            for word in en:
                # A shorter one is a given name as often: Li Jian.
                if len(word) > 5 or place.name.zh.endswith("省"):
                    short_en[word.split(" (")[0].title()] = place
        return cls(full, short_zh, short_en)

    def spots(self, text: str) -> list[Spot]:
        """Every place that is named, in order."""
        found = [*self._in_full(text), *self._with_kind(text)]
        learned = {
            short: spot.place
            for spot in found
            if re.match("[\u4e00-\u9fff]", text[spot.start])
            for short in short_names(spot.place)[:1]
            if len(short) > 1
        }
        taken = [(spot.start, spot.end) for spot in found]
        for name, place in {**self.short_zh, **self.short_en, **learned}.items():
            found += [
                Spot(at, at + len(name), place)
                for at in _occurrences(text, name)
                if not any(start <= at < end for start, end in taken)
            ]
        kept = [spot for spot in found if not _NOT_THE_PLACE.match(text, spot.end)]
        return sorted(kept, key=lambda spot: spot.start)

    def _in_full(self, text: str) -> Iterator[Spot]:
        done = 0
        for mark in _ENDS_ZH.finditer(text):
            for start in range(max(done, mark.end() - _NAME_ZH_MAX), mark.end() - 1):
                place = self.full_zh.get(text[start : mark.end()])
                if place is not None:
                    yield Spot(start, mark.end(), place)
                    done = mark.end()
                    break

    def _with_kind(self, text: str) -> Iterator[Spot]:
        """Gulang County, and Diebu and Ning counties, whether or not a list knows them."""
        for found in _SEVERAL_EN.finditer(text):
            yield self._named(text, found.start(), found.end("name"), found.end())
        for found in _NAMED_EN.finditer(text):
            start, words = found.start(), found["name"].split(" ")
            while words and words[0].lower() in _NO_NAME_EN:
                start += len(words.pop(0)) + 1
            if words:
                yield self._named(text, start, found.end("name"), found.end())

    def _named(self, text: str, start: int, name_end: int, end: int) -> Spot:
        name, words = text[start:name_end], text[start:end]
        return Spot(start, end, self.short_en.get(name, Named("", Text(words, words))))


def _occurrences(text: str, name: str) -> Iterator[int]:
    at = text.find(name)
    while at >= 0:
        is_word = name[0] > "z" or not (
            text[at - 1 : at].isalpha() or text[at + len(name) : at + len(name) + 1].isalpha()
        )
        if is_word:
            yield at
        at = text.find(name, at + 1)
