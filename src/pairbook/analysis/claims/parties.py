"""Who gave and who received, by name, where a sentence says so."""

import re
from collections import Counter

from pairbook.analysis.claims.patterns import any_of
from pairbook.analysis.claims.shapes import Lang

_NAME = "[\u3400-\u9fff]{2,6}?(?:自治区|自治州|新区|省|市|区|县|旗|州|镇|乡)"
_GIVES_ZH = re.compile(
    rf"(?P<giver>{_NAME})[^，,。;；\n]{{0,14}}?"
    + any_of("向 给 对口支援 对口帮扶 帮扶 支援 援助 为 资助 捐助 安排 赴 到 前往 来到")
    + rf"(?P<receiver>{_NAME})"
)
# What may stand before a name within the letters that the name's pattern takes in.
_LEADING_ZH = re.compile(
    ".*"
    + any_of(
        "年 月 日 来 获悉 组织 其中 目前 以来 截至 介绍 由 与 和 共 在 从 的 选派 动员 推动 引导 先后 累计 已 了"
    )
)
_PLACE_WORDS = "(?: (?:District|County|City|Province|Township|Prefecture))?"
_GIVES_EN = re.compile(
    rf"(?<![A-Za-z])(?P<giver>[A-Z][a-z]+){_PLACE_WORDS}(?:'s)?(?P<between>[^.;]{{0,60}}?)"
    + any_of("to for in visited helped? supported aided assisted sent from")
    + "(?: the)?(?: [a-z]+){0,4} (?P<receiver>[A-Z][a-z]+)"
)
_GIVING_EN = re.compile(
    any_of(
        "sent send provid donat invest gave posted dispatch support lent alloc trained training help built deliver "
        "shipped contribut"
    )
)
_NO_NAMES = frozenset(
    (
        *(
            "The",
            "In",
            "It",
            "At",
            "By",
            "On",
            "Over",
            "Since",
            "Under",
            "They",
            "This",
            "That",
            "So",
            "During",
            "Last",
        ),
        *(
            "For",
            "Of",
            "From",
            "Each",
            "Some",
            "More",
            "About",
            "Its",
            "Their",
            "And",
            "But",
            "When",
            "Every",
            "Up",
            "To",
        ),
        *(
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
        ),
        *(
            "December",
            "Jan",
            "Feb",
            "Aug",
            "Sept",
            "Oct",
            "Nov",
            "Dec",
            "Party",
            "Fiscal",
            "Social",
            "Chinese",
            "China",
        ),
        *(
            "Our",
            "We",
            "He",
            "She",
            "Farmers",
            "Training",
            "Sales",
            "Covid",
            "Local",
            "Officials",
            "Between",
            "Two",
        ),
    )
)


def sides_in(sentence: str, lang: Lang) -> tuple[str, str] | None:
    """The giver and the receiver a sentence names, as they stand in it; None when it does not name both."""
    if lang == "zh":
        found = _GIVES_ZH.search(sentence)
        if found is None:
            return None
        giver, receiver = (_LEADING_ZH.sub("", found[part]) for part in ("giver", "receiver"))
        return (giver, receiver) if min(len(giver), len(receiver)) > 1 and giver != receiver else None
    if _GIVING_EN.search(sentence) is None:
        return None
    for found in _GIVES_EN.finditer(sentence):
        names = (found["giver"], found["receiver"])
        if not set(names) & _NO_NAMES and names[0] != names[1] and _GIVING_EN.search(found[0]):
            return names
    return None


_HELPS_EN = re.compile(
    r"(?<![A-Za-z])(?P<giver>[A-Z][a-z]{2,})" + _PLACE_WORDS + r",? (?:has |have |had |also |will )*"
    r"(?:provided|sent|donated|given|gave|invested|helped?|dispatched|allocated|contributed|channelled|channeled)(?![a-z])"
)


def giver_in(text: str) -> str:
    """The name an English text tells most often as that of one who gives, sends or helps; empty where none is told."""
    named = Counter(found["giver"] for found in _HELPS_EN.finditer(text) if found["giver"] not in _NO_NAMES)
    return max(named, key=lambda name: named[name]) if named else ""


def main_sides(pairs: list[tuple[str, str]]) -> tuple[str, str]:
    """The text's own two sides: the pair told most often, the first of equals; empty names where none is told."""
    if not pairs:
        return "", ""
    counted = Counter(pairs)
    return max(counted, key=lambda pair: (counted[pair], -pairs.index(pair)))
