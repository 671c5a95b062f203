"""The tense of the English verb that a number stands with: it says whether an account goes on."""

import re

from pairbook.analysis.claims.clauses_en import SEGMENT_ENDS, TENSELESS, opening
from pairbook.analysis.claims.patterns import words_of
from pairbook.analysis.claims.periods import Told
from pairbook.analysis.claims.tokens import Number

_IRREGULAR = (
    "was were had did sent held made gave took came went sold bought built spent got found left saw led "
    "began brought "
    "paid won met rose fell grew ran set put taught kept lost drew said told became broke chose drove fed "
    "felt knew "
    "laid lay meant read sat spoke stood swept thought threw understood wore wrote cut hit shut"
)
_PARTICIPLES = words_of(
    "sent held made given taken come gone sold bought built spent got gotten found left seen led begun "
    "brought paid won "
    "met risen fallen grown run set put taught kept lost drawn become broken chosen driven fed felt known "
    "laid sprung "
    "been done shown cut hit shut shaken thrown worn written"
)
_SAYING = words_of(
    "said told added noted announced reported explained recalled called named based according used"
)
_WORD = re.compile(r"[a-z'-]+|\d[\d,.]*\d|\d|,")
_SET_APART = re.compile(r",[^,;.]{3,80},|\([^)]{1,60}\)")
_PAST_FORMS = words_of(_IRREGULAR)
_PRESENT = words_of("is are has have am")
# Verbs that may also be nouns count as verbs behind a plural or a pronoun alone: schools share, but their share.
_BASES = words_of(
    "make earn receive average pay cost stand sell run employ cover serve work live comprise include "
    "produce offer "
    "provide account operate host own grow raise need take give help bring use boast enjoy hold keep remain "
    "support reach generate attend exceed represent contain house share turn belong come go teach study "
    "benefit join "
    "plant breed process export send visit depend rely manage lie get bear carry feed mean rent lease hire "
    "contribute "
    "treat train link"
)
_THIRDS = words_of(
    "makes earns receives averages pays sells employs covers serves lives comprises includes produces provides "
    "operates owns grows raises takes gives helps brings enjoys keeps remains generates attends exceeds "
    "represents "
    "contains belongs comes goes teaches joins depends relies lies gets carries feeds means contributes "
    "treats supports "
    "costs stands runs boasts accounts hosts offers gains attracts draws sees gets sends spends"
)
_BEFORE_NOUNS = words_of(
    "the a an our their its his her my your of with for in on at from by and or more new other these those "
    "such to this "
    "that plus thus us "
    "local public social total"
)
_BEFORE_MAY = words_of("in of by since from to until and last this next during through early late")
_BEFORE_VERBS = words_of("they we you i people who which that not also now still cattle children women men")
_FUTURE = words_of("will would shall might could can should must")
_HOPING = words_of("plans plan aims aim hopes hope expects expect")
_ACCORDING = re.compile(r"\s*(?:according to|as) [^,;.\d]{3,90},")
_BACK_WORDS, _BACK_LETTERS = 24, 220


def tense_of(told: Told, number: Number) -> str:
    """past, perfect, present or future of the verb nearest before a number, else behind it; empty for none."""
    text = told.text
    begin = max(told.start, number.start - _BACK_LETTERS)
    begin = max(begin, text.rfind(":", begin, number.start), text.rfind(";", begin, number.start))
    rest_from = number.end
    if heard := _ACCORDING.match(text, told.start, number.start):
        begin = max(begin, heard.end())
    mark = opening(text, told.start, number.start)
    if (
        mark >= 0
        and TENSELESS.match(text, mark)
        and (closing := SEGMENT_ENDS.search(text, rest_from, told.end))
    ):
        # Of what is set apart (a fund, set up by seven firms, supports) the clause around it tells the tense.
        begin, rest_from = number.start, closing.end()
    words = _WORD.findall(text, begin, number.start)[-_BACK_WORDS:]
    for place in range(len(words) - 1, -1, -1):
        said = _tense_at(words, place)
        if said:
            return said
    # What stands between commas behind a number only describes: a fund of 3 million, set up by seven firms, supports.
    rest = _SET_APART.sub(" ", text[rest_from : min(told.end, rest_from + 160)])
    words = _WORD.findall(rest)
    for place in range(len(words)):
        said = _tense_at(words, place)
        if said:
            return said
    return ""


_TELLING = _FUTURE | _HOPING | _PARTICIPLES | _PAST_FORMS | _PRESENT | _THIRDS | _BASES | {"may"}
"""Every word, but for those in -ed, that may tell a tense: most tell none."""


def _goes_on_from_have(words: list[str], place: int) -> bool:
    """Whether a participle goes on with a verb of the perfect: has trained 60 teachers and set up a school."""
    if words[max(0, place - 1) : place] not in (["and"], [","], ["also"], ["then"]):
        return False
    for back in range(place - 2, max(-1, place - 18), -1):
        if words[back] in ("has", "have"):
            following = words[back + 1 : back + 4]
            return any(one in _PARTICIPLES or one.endswith("ed") for one in following)
        if words[back] in _SUBJECTS or words[back] in ("was", "were", "had", "is", "are"):
            return False
    return False


_OF_PEOPLE = words_of("work live study run earn")
_PEOPLE_FROM = (["people", "from"], ["villagers", "from"], ["residents", "from"], ["workers", "from"])
_SUBJECTS = words_of("he she it they we who which that where")


def _tense_at(words: list[str], place: int) -> str:
    word = words[place]
    if word in _SAYING or not (word in _TELLING or word.endswith("ed")):
        return ""
    if word in _FUTURE:
        return "future"
    if word in _HOPING:
        return "future" if words[place + 1 : place + 2] == ["to"] else ""
    if word == "may":
        following = words[place + 1] if place + 1 < len(words) else ""
        is_month = place and words[place - 1] in _BEFORE_MAY
        return "" if is_month or following[:1].isdigit() else "future"
    before = words[max(0, place - 3) : place]
    is_participle = word in _PARTICIPLES or (word.endswith("ed") and len(word) > 3)
    if is_participle and any(one in ("has", "have", "'ve", "they've") for one in before):
        return "perfect"
    if is_participle and any(one in ("is", "are", "be", "being") for one in before):
        return "future" if "be" in before else "present"
    if is_participle and _goes_on_from_have(words, place):
        return "perfect"
    if word in _PAST_FORMS:
        return "past"
    if word.endswith("ed") and len(word) > 3:
        # An adjective in front of a noun (registered poor families) is no verb, but it cannot be told apart here.
        return "past"
    last = words[place - 1] if place else ""
    if word in _PRESENT:
        behind = words[place + 1 : place + 4]
        if word in ("has", "have") and any(one in _PARTICIPLES or one.endswith("ed") for one in behind):
            return "perfect"
        return "" if last == "to" else "present"
    if word in _THIRDS:
        return "" if last in _BEFORE_NOUNS or last.endswith("s") or last[:1].isdigit() else "present"
    is_plural = last.endswith("s") and not last.endswith("'s") and last not in _BEFORE_NOUNS
    if word in _BASES and (last in _BEFORE_VERBS or is_plural):
        return "present"
    if word in _OF_PEOPLE and any(
        words[back : back + 2] in _PEOPLE_FROM for back in range(max(0, place - 4), place - 2)
    ):
        # 4,000 people from Longshan work there.
        return "present"
    if word == "cost" and last and last not in _BEFORE_NOUNS and not last.endswith("'s"):
        # The market cost 12.8 million yuan.
        return "past"
    return ""
