"""The Chinese grammar of numbers: one pattern finds times, numerals that count nothing, and numbers with units."""

import re
from collections.abc import Iterator
from functools import cache

from pairbook.analysis.claims import exclusions_zh, times_zh
from pairbook.analysis.claims.amounts_zh import CURRENCY, DIGITS, MAGNITUDE, MORE, READERS, no_claim
from pairbook.analysis.claims.exclusions_zh import SIGNS
from pairbook.analysis.claims.patterns import named
from pairbook.analysis.claims.terms import rows, tree_pattern
from pairbook.analysis.claims.times import Calendar, Time
from pairbook.analysis.claims.tokens import Number

_FRACTION = "|".join(
    (
        named("of_hundred", rf"百分之(?P<hundredths>[{SIGNS}点]+|\d+(?:\.\d+)?)(?P<hundred_more>[余多几])?"),
        named("fraction", rf"(?P<below>[{SIGNS}\d]++)分之(?P<above>[{SIGNS}\d]+)"),
    )
)
_NUMBER = "|".join(
    (
        named(
            "tenths",
            r"[一二三四五六七八九]成[一二三四五六七八九半]?(?![为立功员果效本长绩都就熟年交人])(?P<tenths_more>[多余])?",
        ),
        named(
            "half",
            r"一半(?P<half_more>多)?",
            "半数",
            "(?<!超)过半(?!数)",
            "翻了?(?:近|将近|约)?[一两三]番(?P<half_turn>多)?",
        ),
        named(
            "digits",
            rf"(?:(?P<currency>{CURRENCY})\s?)?(?P<sign>(?<![\w)%])[+-])?(?P<whole>{DIGITS}) ?(?P<more>{MORE})?"
            rf" ?(?:个(?=亿))?(?P<times>{MAGNITUDE})?(?P<mixed>(?:\d+[千百万])*)(?P<more2>[余多来几])?",
        ),
        named(
            "chinese",
            r"(?:[一二两三四五六七八]、(?=[二三四五六七八九][十百千万]))?"
            rf"(?:[数几](?=[十百千万亿])|上(?=[百千万亿][名人户家个余亩元多万亿]))?[{SIGNS}]+"
            r"(?:点[零一二三四五六七八九]+)?[万亿]*(?P<cn_more>[余多来几](?=[十百千万亿\u3400-\u9fff]))?(?P<cn_times>[万亿]+)?",
        ),
    )
)
# Where a time, an exclusion or a number may begin; the long pattern is tried at these places alone.
_STARTS = "|".join(
    (
        r"(?<!\d)\d",
        rf"[{SIGNS}数几过近翻第其〔【\[($¥€£①-⑳]|上(?=[百千万亿])",
        # Only the first letter is taken: what follows it may be a place to begin as well (12批次156人次).
        (
            "今(?=[年天后日(])|[去前明后上本当全同次往](?=[一年天日月周两二三四五六七八九\\d半个])|年(?=[底末初内])"
            "|月(?=[底初])"
        ),
        (
            "目(?=前)|现(?=在)|如(?=今)|眼(?=下)|至(?=[此今])|迄(?=今)|昨(?=[日天(])|最(?=近)|未(?=来)|此(?=前)|半(?=数)"
            "|下(?=半年|个?月|周)"
        ),
        r"(?<![a-z])[a-z]",
        r"[+-](?=\d)",
    )
)
# One look at a letter spares the trying of all of them at most places; what is quoted may begin with any.
_FIRST = rf"[\d{SIGNS}数几过近翻第其〔【\[($¥€£①-⑳上今去前明后本当全同次往年月目现如眼至迄昨最未此半下a-z+-]"
_BEGINS = f'(?={_FIRST})(?:{_STARTS})|(?<=[“"「『《])[^\\s]'


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Where something may begin; times, and names; what counts something and what does not."""
    names = tree_pattern([row["name"] for row in rows("names") if row["lang"] == "zh"])
    # A fraction may begin like a name (十分之一), a time like a duration (三年来).
    # Times have many groups, and every match pays for all groups of its pattern: other numerals need not.
    times = f"{_FRACTION}|{times_zh.PATTERN}|(?P<name>{names})"
    return re.compile(_BEGINS), re.compile(times), re.compile(f"{exclusions_zh.PATTERN}|{_NUMBER}")


def tokens(text: str, start: int, end: int, calendar: Calendar) -> Iterator[Time | Number]:
    """Times and numbers of a stretch of Chinese, in order."""
    starts, times, numbers = _patterns()
    place = start
    for begin in starts.finditer(text, start, end):
        at = begin.start()
        if at < place:
            continue
        found = times.match(text, at, end) or numbers.match(text, at, end)
        if found is None:
            continue
        # lastgroup is the group that closed last: the outer one of each alternative.
        name = found.lastgroup or ""
        token: Time | Number | None
        if name == "time":
            token = times_zh.read_time(found, calendar)
        elif name in READERS:
            token = READERS[name](text, found, end)
        else:
            token = no_claim(found, name)
        if token is None:
            place = found.end()
        else:
            yield token
            place = token.end
