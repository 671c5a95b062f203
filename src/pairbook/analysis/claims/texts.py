"""A text made plain for the grammar, with the way back to the text as given.

Plain means: full-width digits, letters and signs as their usual ones, traditional characters as simplified
ones, small letters, one kind of blank and dash, and no line break that only wraps a line or cuts
a number in two. Each character is replaced by one character, so that only the wraps that were taken out have
to be remembered to find every place in the text as given again.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from pairbook.analysis.claims.shapes import Lang
from pairbook.analysis.claims.terms import rows

_FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) not in "，！？"}
_SIGNS = dict.fromkeys("\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000\v\f", " ")
_SIGNS |= dict.fromkeys("‐‑‒–−﹣", "-") | dict.fromkeys("〜∼∽", "~") | dict.fromkeys("•‧∙⋅・", "·")
_SIGNS |= {"￥": "¥", "﹪": "%", "﹩": "$", "〇": "零", "○": "零", "’": "'", "‘": "'", "﹐": "，", "―": "—"}
_TRADITIONAL = {row["traditional"]: row["simplified"] for row in rows("traditional")}
_PLAIN = {chr(code): to for code, to in _FULL_WIDTH.items()} | _SIGNS | _TRADITIONAL

# Patterns that run over a whole text begin with a letter or a set of letters: Python goes straight to these.
_FULL_WIDTH_GROUP = re.compile(r"，(?<=[０-９]，)(?=[０-９]{3}(?![０-９]))")
_CJK = re.compile(r"[\u3400-\u9fff]")
_CJK_RUN = re.compile(r"[\u3400-\u9fff]+")
_LETTER = re.compile(r"[a-z]")
# What may stand left and right of a break inside a number, or between a number and its magnitude or unit.
_COUNTED = "[余多]?[万亿元人户名个家吨亩%]"
_CUT_PAIRS = tuple(
    (re.compile(f"(?:{left})$"), re.compile(right))
    for left, right in (
        (r"\d", r"[余多]?[十百千万亿]|[余多][人名户元个家]|%|[.,，]\d{3}(?!\d)|\.\d|元|人次|人民币"),
        (r"\d[,，]", r"\d{3}(?!\d)"),
        (r"\d\.", r"\d+ ?(?:[万亿%]|[mb]il|percent|per cent|trill)"),
        (r"[\u3400-\u9fff]\d{1,3}", rf"\d+(?:\.\d+)?{_COUNTED}"),
        ("[余多万亿]", "[万亿元人名户亩吨个家美]"),
    )
)
_LINE_END = re.compile(r"[。！？!?：:;；]['\"”」）)]*[ ]*$")
_LIST_START = re.compile(
    r"[ ]*(?:[-*•·●○■□◆▪①-⑳]|[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）、.．]"
    r"|第[一二三四五六七八九十\d]+[章节条])"
)
# 社会帮扶资金：3215万元 under a short line begins a line of its own.
_LABELLED = re.compile(r"[ ]*[\u3400-\u9fff]{2,10}[:：][^\n]{0,10}?\d")
_SHORT_ZH = 30
_COLUMNS = re.compile(r"\S(?: {2,}|\t| ?\| ?)\S")
_LABELLED_EN = re.compile(r"[A-Z][A-Za-z' -]{2,60}: ")
_COMMA_CELLS = re.compile(r",(?:(?<=[^\d\s],)\S|(?<=\d,)[^\d\s])")
_WRAP_ZH_MIN, _WRAP_EN_MIN = 16, 38
_PAGE_WIDTH = 132
_TITLE_ZH_MARGIN = 20

_SENTENCE_END_ZH = re.compile(
    r"[。！？!?.\n](?:(?<=[。！？!?])[。！？!?]*[”\"'」）)]*|(?<=[\u3400-\u9fff\"”)）%]\.)(?=\s|$)|(?<=\n)\n*)"
)
_SENTENCE_END_EN = re.compile(r"[.!?\n。](?:(?<=[.!?])[.!?]*['\")”]*(?=\s|$)|(?<=\n)\n*|(?<=。))")
_ABBREVIATION = re.compile(
    r"(?:\b(?:no|mr|mrs|ms|dr|st|tel|vs|approx|e\.g|i\.e|etc|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|u\.s"
    r"|u\.n"
    r"|prof|gov|gen|col|fig|art|inc|ltd|co|rmb|a\.m|p\.m)|\b[a-z])$"
)


@dataclass(frozen=True, slots=True)
class PlainText:
    """A text as the grammar reads it."""

    given: str
    plain: str
    """Small letters, plain signs, no wraps."""
    _cuts: tuple[int, ...]
    _lengths: tuple[int, ...]

    def place(self, position: int, *, is_end: bool = False) -> int:
        """Where a place of the plain text is in the text as given; an end stays before a wrap that follows it."""
        cut = bisect_right(self._cuts, position - 1 if is_end else position)
        return position + self._lengths[cut]


def plain_text(given: str) -> PlainText:
    """The text made plain."""
    text = _FULL_WIDTH_GROUP.sub(",", given)
    for sign in _PLAIN.keys() & set(text):
        # Of some two hundred signs a text holds a few: taking each of these out is quicker than asking of every letter.
        text = text.replace(sign, _PLAIN[sign])
    small = text.lower()
    if len(small) != len(text):
        # A few letters of other alphabets grow when made small; they stay as they are.
        small = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    if "\r" in small:
        small = small.replace("\r\n", " \n").replace("\r", "\n")
    if "\n" not in small:
        return PlainText(given, small, (), (0,))
    return _unwrapped(given, small)


def _unwrapped(given: str, text: str) -> PlainText:
    """Wraps taken out: those that cut a number, and in Chinese those that only end a long line."""
    cuts: dict[int, int] = {}
    spaces: set[int] = set()
    for place, before, after in _line_pairs(text):
        if _cuts_a_number(before, after):
            cuts[place - len(before) + len(before.rstrip(" "))] = (
                place + 1 + len(after) - len(after.lstrip(" "))
            )
        elif _is_wrap(before, after, goes_on_small=given[place + 1 : place + 2].islower()):
            follows_chinese = _CJK.match(after.lstrip()[:1]) is not None
            if follows_chinese or _CJK.match(before[-1:]):
                cuts[place] = place + 1 + (len(after) - len(after.lstrip()) if follows_chinese else 0)
            else:
                spaces.add(place)
    pieces, positions, lengths, at, gone = [], [], [0], 0, 0
    if spaces:
        letters = list(text)
        for place in spaces:
            letters[place] = " "
        text = "".join(letters)
    for start, end in sorted(cuts.items()):
        if start < at:
            continue
        pieces.append(text[at:start])
        positions.append(start - gone)
        gone += end - start
        lengths.append(gone)
        at = end
    pieces.append(text[at:])
    return PlainText(given, "".join(pieces), tuple(positions), tuple(lengths))


def _cuts_a_number(before: str, after: str) -> bool:
    """Whether a line break stands inside a number or before its magnitude or unit."""
    left, right = before[-12:].rstrip(" "), after[:16].lstrip(" ")
    if not left or not (left[-1].isdigit() or left[-1] in ",，.余多万亿"):
        return False
    return any(one.search(left) and other.match(right) for one, other in _CUT_PAIRS)


def _line_pairs(text: str) -> Iterator[tuple[int, str, str]]:
    """Each line break with the line before and the line after it."""
    lines = text.split("\n")
    place = -1
    for before, after in pairwise(lines):
        place += len(before) + 1
        yield place, before, after


def _has_columns(line: str) -> bool:
    """Whether wide gaps or bars part a line; most lines show at one look that they have none."""
    return ("  " in line or "\t" in line or "|" in line) and _COLUMNS.search(line.strip()) is not None


def _is_wrap(before: str, after: str, *, goes_on_small: bool) -> bool:
    """Whether a line break only wraps a sentence that goes on."""
    if not before.strip() or not after.strip() or _LINE_END.search(before) or _LIST_START.match(after):
        return False
    if _LABELLED_EN.match(after) and ": " in before:
        return False
    if _has_columns(before) or _has_columns(after):
        return False
    if _COMMA_CELLS.search(before) and _COMMA_CELLS.search(after):
        return False
    if _CJK.search(before):
        if len(before) < _SHORT_ZH and _LABELLED.match(after):
            return False
        # A line that is much longer than the one before was not cut to its width: that one is a title.
        if len(after) > len(before) + _TITLE_ZH_MARGIN:
            return False
        return len(before) >= _WRAP_ZH_MIN and not before.rstrip().endswith(".")
    # Lines wider than a page were not cut to its width: each is a paragraph, unless it begins with a small letter.
    return len(before) >= _WRAP_EN_MIN and (goes_on_small or max(len(before), len(after)) <= _PAGE_WIDTH)


def language_of(text: str) -> Lang:
    """Chinese when a sixth of the letters or more are Chinese characters."""
    chinese = sum(len(run) for run in _CJK_RUN.findall(text))
    return "zh" if chinese and chinese * 5 >= len(_LETTER.findall(text)) else "en"


def stretches(text: str, *, otherwise: Lang) -> list[tuple[int, int, Lang]]:
    """Runs of lines in one language as (start, end, language); a line of figures goes with the one before it."""
    marked, at, spoken = [], 0, None
    for line in text.split("\n"):
        if _CJK.search(line):
            spoken = language_of(line)
        elif _LETTER.search(line):
            spoken = "en"
        spoken = spoken or otherwise
        marked.append((at, min(at + len(line) + 1, len(text)), spoken))
        at += len(line) + 1
    runs = []
    for lang, lines in groupby(marked, key=lambda line: line[2]):
        run = list(lines)
        runs.append((run[0][0], run[-1][1], lang))
    return runs


def sentence_ends(text: str, start: int, end: int, lang: Lang) -> list[int]:
    """The ends of the sentences between two places; the last is the end itself."""
    ends = []
    if lang == "zh":
        ends = [found.end() for found in _SENTENCE_END_ZH.finditer(text, start, end)]
    else:
        for found in _SENTENCE_END_EN.finditer(text, start, end):
            is_point = text[found.start()] == "." and found.end() - found.start() == 1
            if is_point and _ABBREVIATION.search(text, max(start, found.start() - 8), found.start()):
                continue
            ends.append(found.end())
    if not ends or ends[-1] < end:
        ends.append(end)
    return _kept_short(text, start, ends, lang)


_SENTENCE_MAX = 800
_CUT_AT: dict[Lang, tuple[re.Pattern[str], ...]] = {
    "zh": (re.compile(r"[,，;；、\s](?!\d)"),),
    "en": (re.compile(r"[;；]"), re.compile(r"[,，、](?!\d)"), re.compile(r"\s(?!\d)")),
}
"""Where an overlong sentence is cut, the best place first."""


def _kept_short(text: str, start: int, ends: list[int], lang: Lang) -> list[int]:
    """The same ends with overlong sentences cut: work on a sentence grows with the square of its length."""
    kept = []
    for end in ends:
        while end - start > _SENTENCE_MAX:
            half, whole = start + _SENTENCE_MAX // 2, start + _SENTENCE_MAX
            cuts = ([found.end() for found in mark.finditer(text, half, whole)] for mark in _CUT_AT[lang])
            start = next((places[-1] for places in cuts if places), whole)
            kept.append(start)
        kept.append(end)
        start = end
    return kept
