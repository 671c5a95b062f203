"""The noun that a Chinese number counts: of a run of nouns behind it the last, else the one right before it."""

import re

from pairbook.analysis.claims.patterns import words_of
from pairbook.analysis.claims.units import Unit, noun_pattern_zh, nouns_of

_NOUN_REACH_AFTER, _NOUN_REACH_BEFORE = 16, 9
_NOUN_FREE = frozenset(("money", "weight", "area", "length", "volume", "power", "rate", "times", "person"))
_PLACES = frozenset(("place", "village", "county", "township"))
_SELF_NAMED = tuple(sorted(words_of("部门 单位 省份 省市 省区 区县 县区 县市 市县 市州 州市 地州 地市")))

_OF_THINGS = frozenset(("thing", "goods", "built"))
_WHERE = frozenset(("village", "county", "township", "other:city", "other:province", "other:region"))
_EVENT_NEAR = 8
_REGIONS = frozenset(
    words_of("village county township other:region other:province other:city school hospital enterprise")
)
_DISTRICT = re.compile("[区旗](?![域块间别分号舰])")
_BREAK = re.compile(
    r"[，,。;；:：\n!?！？】〕》]|(?<=[\u3400-\u9fff)])(?:[的和与及在到用为被由将]|对(?![象口接]))|\d"
)


def counted_noun(text: str, start: int, close: int, end: int, unit: Unit | None) -> tuple[str, str | None]:
    """The noun that a number counts and the unit that it makes; empty and None where no noun says it."""
    if unit is not None and unit.sort in _NOUN_FREE:
        return "", None
    if unit is not None and unit.sort == "count" and _DISTRICT.match(text, close):
        return "区", "county"
    reach = min(close + _NOUN_REACH_AFTER, end)
    stop = _BREAK.search(text, close, reach)
    limit = stop.start() if stop else reach
    noun, place = "", close
    if text.startswith("、", close):
        limit = close
    if text.endswith(_SELF_NAMED, start, close):
        # 八部门启动…: the unit says what is counted.
        return "", None
    is_of_things = unit is not None and unit.sort in _OF_THINGS
    for found in noun_pattern_zh().finditer(text, close, limit):
        if is_of_things and not noun and nouns_of("zh")[found[0]] in _WHERE:
            # 50余种临县特色农副产品, 114支驻村工作队: the place is where they are from.
            continue
        if unit is not None and unit.sort == "event" and found.start() - close > _EVENT_NEAR:
            break
        # 56个保洁、护绿岗位: the noun closes a list; after a noun 、 begins what is told next.
        if noun and (found.start() > place + 1 or text[place] in "、("):
            break
        if noun and nouns_of("zh")[noun] in _REGIONS and nouns_of("zh")[found[0]] in ("person", "household"):
            # 96个地区建档立卡数据: the places are counted and not those who live there.
            break
        noun, place = found[0], found.end()
    if not noun and stop is not None and stop[0] == "的" and unit is not None and unit.sort == "count":
        # 三家东部的公司: the noun stands behind the words that describe it.
        stop = _BREAK.search(text, limit + 1, reach)
        first = noun_pattern_zh().search(text, limit + 1, stop.start() if stop else reach)
        noun = first[0] if first is not None and first.start() <= limit + 3 else ""
    if noun:
        return noun, nouns_of("zh")[noun]
    if unit is None or unit.sort in _PLACES:
        # 3省8市32县 say themselves what they count.
        return "", None
    if text.endswith("在", 0, start):
        # 375口人住在10多个山头上: they are not counted again.
        return "", None
    begin = max(0, start - _NOUN_REACH_BEFORE)
    for found in noun_pattern_zh().finditer(text, begin, start):
        if unit.sort != "count" and nouns_of("zh")[found[0]] in _PLACES:
            # 为上坪乡修建蓄水池3座: the place is where they stand.
            continue
        if found.end() >= start - 5 and not re.search(r"[，,。;；\n、\d]", text[found.end() : start]):
            noun = found[0]
    return noun, nouns_of("zh").get(noun)
