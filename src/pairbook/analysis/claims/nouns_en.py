"""The English noun that a number counts: the first plural behind it, before the phrase ends."""

import re
from decimal import Decimal

from pairbook.analysis.claims.patterns import words_of
from pairbook.analysis.claims.units import nouns_of, singular, singular_nouns

WORD = re.compile(r"[ \n]?(?:[\"'])?([a-z][a-z'-]*)")
_HYPHENATED = re.compile(r"-([a-z]+)")
# A noun phrase ends before these.
_STOPS = words_of(
    "in to for from and or were was have has had by on at with who that which is are be been will would while "
    "as when where",
    "than but under into through between across after before during since over via per a an each every worth "
    "the this last",
    "not also can could may should must did do does so if because whose find found get got took take make made "
    "sent went",
    "came come up out off down respectively yearly annually apiece altogether its their his her our more less "
    "it they",
)
_SKIPPED = words_of("of the such these those its their more other different new some")
# These end in s and are no plurals, or only describe the noun behind them.
_NO_PLURALS = words_of(
    "this has was is its us as thus various previous works plus less always across news times series means "
    "besides towards",
    "needs ones business overseas sales goods arts sports glass process access grass mass class religious "
    "serious famous",
    "precious ambitious numerous indigenous prosperous",
)
_ASIDE = re.compile(" or (?:more|so|over|less|fewer)(?= )")
_LENGTHS = words_of("years months weeks days hours minutes decades")
_MEMBERS = words_of("member person strong man people seat")
_PEOPLE_ENDINGS = re.compile("(?:ers|ists|ors|ees|ants|icians|men|women)$")
# A lecture attended 22,000 times had so many listeners.
_ATTENDED = re.compile(
    r"(?<![a-z])(?:attended|followed|joined|watched|viewed|taken|used)(?: about| some| over| nearly| more than)? [^ ]+$"
)
_NOUNS_AHEAD = 7


def noun_after(text: str, close: int, end: int, low: Decimal) -> tuple[str, str]:
    """The noun a number counts and its unit: the first plural behind it, before the phrase ends."""
    nouns = nouns_of("en")
    aside = _ASIDE.match(text, close)
    place, first = aside.end() if aside else close, True
    guess = ""
    if text.startswith(" times", close) and _ATTENDED.search(text, max(0, close - 48), close):
        return "person-times", "person-time"
    if text[close : close + 1] == "-":
        return _hyphenated(text, close)
    for _ in range(_NOUNS_AHEAD):
        found = WORD.match(text, place, end)
        if found is None:
            if not first or text[place : place + 2] != ", ":
                break
            break
        word = found[1].rstrip("'")
        if word == "times" and first:
            return "times", "visit"
        if word == "person" and text.startswith((" times", "-times"), found.end()):
            return "person-times", "person-time"
        if word in nouns:
            return word, nouns[word]
        if first and word in _SKIPPED:
            place = found.end()
            continue
        if word in _STOPS or (guess and word.endswith("ed")):
            break
        if low == 1 and (word in singular_nouns()) and not _is_adjunct(text, found.end()):
            return word, singular_nouns()[word]
        if "-" in word and word.rpartition("-")[2] in nouns and word.endswith("s"):
            return word, nouns[word.rpartition("-")[2]]
        if (
            not guess
            and low != 1
            and word.endswith("s")
            and not word.endswith(("ss", "'s", "ous", "us", "is"))
            and word not in _NO_PLURALS
        ):
            guess = word
            if not WORD.match(text, found.end(), end):
                break
        place, first = found.end(), False
        if text[place : place + 1] not in (" ", "\n"):
            break
    if guess:
        return guess, "person" if _PEOPLE_ENDINGS.search(guess) else f"other:{singular(guess)}"
    return "", ""


def _is_adjunct(text: str, place: int) -> bool:
    """Whether a singular noun only describes the next one: village in "one village clinic"."""
    following = WORD.match(text, place)
    return following is not None and following[1] in singular_nouns() and following[1] not in _STOPS


def _hyphenated(text: str, close: int) -> tuple[str, str]:
    found = _HYPHENATED.match(text, close)
    if found is None:
        return "", ""
    word = found[1]
    if word in _MEMBERS:
        return "members", "person"
    return word, singular_nouns().get(word, nouns_of("en").get(word, "name"))
