"""Whose number a text tells: the pairing's own, or that of a place around one of its sides. Names come from the book.

A city's total told beside a county's figures is the commonest slip of press texts, so a number that the words give to a
city or province is never held against the pairing.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from pairbook.analysis.claims.patterns import any_of
from pairbook.bulletins.shapes import Known, Named
from pairbook.bulletins.surroundings import Surroundings
from pairbook.kernel.texts import Text

COUNTRY = Named("CN", Text("全国", "the whole country"))
_SUFFIX_ZH = re.compile("(?:自治区|自治州|自治县|新区|地区|省|市|区|县|旗|州)$")
_SUFFIX_EN = re.compile(
    " (?:district|county|city|province|prefecture|autonomous region|municipality)$", re.IGNORECASE
)
_COUNTRY = "全国|nationwide|(?:across|throughout) the country|in all of china|across china|china's"
_LEVEL = "[全我本该](?P<level>[省市州区县])"
# A newspaper or an office that bears a place's name says nothing of whose the number is, nor does where a report was
# sent from: 兰州9月18日电, lanzhou, sept. 18.
_NOT_THE_PLACE = (
    r"(?!日报|晚报|新闻|网|电视|广播|大学|\d+月\d+日[电讯]|[电讯][（(]| daily| news| university"
    r"|,? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?:\.? \d|\.?$))"
)
_KINDS_EN = "(?: city| province| municipality)?"
# Zhenyuan, a once poor county in northwest china's gansu: tells where it lies, and the number stays its own.
_APPOSED = (
    r"(?:,? (?:a|an|the|one of|home|situated|located|lying|which|on)\b[^.;\d，。；]{0,90}?)?"
    r",? (?:in|of|from|within) (?:[a-z'’-]+ ){0,4}?"
)
# 镇原县是甘肃省庆阳市唯一…: the same in Chinese.
_LIES_IN_ZH = "(?:县|区|市)?，?(?:是|位于|地处|隶属于?|属于?)"
# Of these the place named is where people or goods go.
_GOES_TO = re.compile(r"(?:jobs|sales|training|enterprises|households|persons)\.")


def short_names(named: Named) -> tuple[str, ...]:
    """How a place is called in running text, in small letters: 镇原, zhenyuan."""
    zh = _SUFFIX_ZH.sub("", named.name.zh)
    en = _SUFFIX_EN.sub("", named.name.en).lower()
    return tuple(dict.fromkeys(word for word in (zh if len(zh) > 1 else named.name.zh, en) if word))


def _any_name(places: Sequence[Named]) -> str:
    words = [re.escape(word) for place in places for word in short_names(place)]
    return "|".join(sorted(words, key=len, reverse=True)) or r"(?!)"


@lru_cache(maxsize=64)
def _mentions(own: Named, above: tuple[Named, ...]) -> re.Pattern[str]:
    """Own name with the places around it that follow it in English; else a place around it; else 全市 or 我市."""
    wide = _any_name(above)
    directly = rf"(?:,? (?:in |of )?(?:[a-z]+ china's )?(?:{wide}){_KINDS_EN})*"
    return re.compile(
        rf"(?P<own>(?:{_any_name([own])})(?: district| county| city)?(?:{_APPOSED}(?:{wide}){_KINDS_EN})?{directly}"
        rf"(?:{_LIES_IN_ZH}(?:(?:{wide})[省市州]?)+)?)"
        rf"|(?P<wide>(?:{wide}){_NOT_THE_PLACE})|(?P<country>{_COUNTRY})|{_LEVEL}"
    )


def wider_place(around: Surroundings, measure: str, known: Known) -> Named | None:
    """The place around a side of the pairing whose number this is by the words; None for the pairing's own."""
    assisted = _told_of(
        around, known.assisted, known.above_assisted, is_named=_names(around.sentence, known.assisting)
    )
    if assisted is not None or _names(around.sentence, known.assisted):
        return assisted
    if _GOES_TO.match(measure) or _names(around.sentence, known.assisting):
        return None
    return _giving(around, known)


def _names(text: str, place: Named) -> bool:
    return any(word in text for word in short_names(place))


# 退出的8个县分别是…: the places named behind are each one of them.
_LISTS = re.compile("分别|包括|[、，]|: |namely|including|[^.]{120}")


def _told_of(around: Surroundings, own: Named, above: tuple[Named, ...], *, is_named: bool) -> Named | None:
    """The last place named before the number, else the first after it in its clause, else of the sentence before."""
    pattern = _mentions(own, above)
    before = list(pattern.finditer(around.told_before))
    if before:
        return _place_meant(before[-1], own, above)
    behind = pattern.search(around.sentence, around.end)
    if behind is not None and not _LISTS.search(around.sentence, around.end, behind.start()):
        return _place_meant(behind, own, above)
    # A sentence without any place goes on about the place of the one before it.
    for sentence in () if is_named else around.earlier:
        told = [found for found in pattern.finditer(sentence) if not found["country"]]
        if told:
            return _place_meant(told[-1], own, above)
    return None


def _place_meant(found: re.Match[str], own: Named, above: tuple[Named, ...]) -> Named | None:
    if found["own"]:
        return None
    if found["country"]:
        return COUNTRY
    if found["level"]:
        return next((place for place in reversed(above) if place.name.zh.endswith(found["level"])), None)
    return next((place for place in above if found["wide"] in short_names(place)), None)


_ACTS = (
    "(?:市|省)?[^，。,]{0,6}?(?:向|为|给|在|派|选派|投入|安排|落实|拨付|援助|支援|捐|共|累计|对口)"
    "|(?: city| province| municipality)? (?:has |have |had )?(?:sent|invested|provided|allocated|gave|given|donated"
    "|arranged|helped|dispatched|put)"
)


def _giving(around: Surroundings, known: Known) -> Named | None:
    """The place around the assisting side that the sentence names as the one who gave."""
    for place in known.above_assisting:
        for word in short_names(place):
            if re.search(rf"{re.escape(word)}(?:{_ACTS})", around.told_before):
                return place
    return None


def works_in_assisting(around: Surroundings, known: Known) -> bool:
    """Whether the number's own words say that people work on the assisting side: 400 locals took jobs in Tianjin."""
    names = _any_name([known.assisting, *known.above_assisting])
    return re.search(rf"(?:[到赴来在往至]|\b(?:in|to) )(?:{names})", around.near) is not None


_SENDS = any_of("选派 派出 派遣 选送 派 赴 到 前往 向 给 捐赠 捐助 支援 援助 拨付")
_TO = any_of("到 赴 向 至 前往 在 给 对 来 去")
_CLAUSE_ENDS = re.compile("[，。；;]|,(?!\\d)| while | whereas | and (?=[a-z]+ (?:sent|has|have|had)\\b)")
_SENDS_EN = (
    r"(?:sent|sends|send|dispatched|seconded|donated|gave|visited|posted|provided|delivered|(?:went|came) to)"
)
_SENT_EN = r"(?:sent|dispatched|seconded|posted|donated|given|provided|delivered|allocated|shipped|paid)"
_TURNABLE = re.compile(r"(?:talent|visits|exchanges|funds|goods)\.")


def is_turned(around: Surroundings, measure: str, known: Known, sides: tuple[str | None, str | None]) -> bool:
    """Whether the words let the help go back: the assisted side sends, visits or gives to the assisting one."""
    if not _TURNABLE.match(measure):
        return False
    giver, receiver = ((side or "").lower() for side in sides)
    if giver and receiver:
        told = _side(giver, known), _side(receiver, known)
        if None not in told:
            return told == ("assisted", "assisting")
    if "the other way" in around.near:
        return True
    return _sends(around, known.assisted, known.assisting) and not _sends(
        around, known.assisting, known.assisted
    )


def _side(name: str, known: Known) -> str | None:
    if any(word in name for word in short_names(known.assisted)):
        return "assisted"
    return "assisting" if any(word in name for word in short_names(known.assisting)) else None


def _sends(around: Surroundings, giver: Named, receiver: Named) -> bool:
    # 我县选派55名到静海区: a side that reports on itself says "our county".
    levels = {side.name.zh[-1:] for side in (giver, receiver)}
    ours = f"|[我本全]{giver.name.zh[-1:]}" if len(levels) == 2 else ""
    return any(
        _is_about(around, found.span())
        for pattern in _sending(giver, receiver, ours)
        for found in pattern.finditer(around.sentence)
    )


def _is_about(around: Surroundings, told: tuple[int, int]) -> bool:
    """Whether the number stands inside these words, or beside them in the same clause.

    One sentence often tells both directions: 静海选派40名来镇原，镇原选派55名赴静海.
    """
    first, last = told
    between = around.sentence[around.end : last] if around.end <= first else around.sentence[last : around.at]
    return not _CLAUSE_ENDS.search(between)


@lru_cache(maxsize=64)
def _sending(giver: Named, receiver: Named, ours: str) -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, _sending_words(_any_name([giver]) + ours, _any_name([receiver]))))


def _sending_words(giver: str, receiver: str) -> Iterator[str]:
    yield rf"(?:{giver})[^。；]{{0,30}}?{_SENDS}[^。；]{{0,40}}?{_TO}[^。；，]{{0,8}}?(?:{receiver})"
    yield rf"(?:{giver})[县区市]?[^。；，]{{0,14}}?{_TO}(?:[^。；，]{{0,6}})(?:{receiver})"
    yield rf"(?:{giver})[^.;]{{0,60}}?{_SENDS_EN}[^.;]{{0,80}}?(?:{receiver})"
    yield rf"{_SENT_EN}[^.;]{{0,60}}? (?:by|from) (?:{giver})[^.;]{{0,40}}? (?:to|in|for) (?:{receiver})"
    yield rf"{_SENT_EN}[^.;]{{0,60}}? (?:to|in|for) (?:{receiver})[^.;]{{0,20}}? by (?:{giver})"
    yield rf"from (?:{giver})[^.;]{{0,60}}?{_SENDS_EN}? ?(?:to|in) (?:{receiver})"
