"""The English noun that a number counts: the head of the noun phrase behind it, and the unit that this head makes.

A phrase is what stands between the number and the next preposition, verb, pronoun or mark: adjectives, participles and
nouns that describe ("newly built poverty-relief workshops"). Its head is the last noun, told by its plural. The list
`data/nouns.csv` says what heads count, some together with the word that describes them (medical institutions); other
heads are persons by their ending, or things of their own.
"""

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from pairbook.analysis.claims.patterns import words_of
from pairbook.analysis.claims.units import described_nouns, nouns_of, singular, singular_nouns

WORD = re.compile(r"[ \n]?(?:[\"'“])?([a-z][a-z'-]*)")
_HYPHENATED = re.compile(r"-([a-z]+)(?:-[a-z]+)*(?: ([a-z]+))?")
# A noun phrase ends before these.
_COMPARED = words_of("less more most least")
"""Words that describe a noun by a comparison, as in: 12 less developed counties."""
_STOPS = words_of(
    "in to for from and or were was have has had by on at with who that which is are be been will would "
    "while as when "
    "where than but under into through between across after before during since over via per a an each "
    "every worth the "
    "this last not also can could may should must did do does so if because whose whom find found get got "
    "took take "
    "make made sent went came come up out off down respectively yearly annually apiece altogether its their "
    "his her our "
    "more less it they them us we you he she me himself themselves both either once twice yet then now "
    "today still "
    "already just only even here there how what until till within without against among around about near "
    "along "
    "towards onto upon like plus against per did became become began begun left gave given held kept led "
    "let met paid "
    "put ran read rose fell said saw sold spent stood taught told thought understood won wrote lost built "
    "bought "
    "brought grew knew lay meant set sat per versus though although unless below above beyond behind beside "
    "inside outside despite whether itself two three four "
    "five six "
    "seven eight nine ten",
)
_SKIPPED = words_of(
    "of the such these those its their more other different new some additional further extra our all"
)
_OF_OURS = words_of("our my your his her")
_PARTICIPLES = words_of("built held made run kept sold bought grown")
_ELLIPTIC = words_of("ones them whom which these those us")
# These end in s and are no plurals, or only describe the noun behind them.
_NO_PLURALS = words_of(
    "this has was is its us as thus various previous works plus less always across news times series means "
    "besides "
    "towards needs ones business overseas goods arts sports glass process access grass mass class religious "
    "serious "
    "famous precious ambitious numerous indigenous prosperous hers yours ours theirs always perhaps sometimes "
    "upwards downwards afterwards nowadays yes gas bus plus campus virus crisis basis status"
)
# Verbs in -s behind a number that has lost its noun: of the two, one employs 40 people.
_VERBS = words_of(
    "employs makes produces covers offers provides includes comprises supplies earns receives sells runs "
    "serves lives "
    "grows takes gives brings helps keeps remains attends exceeds represents contains belongs comes goes "
    "teaches joins "
    "depends relies gets carries feeds treats costs stands hosts boasts accounts supports allows aims plans "
    "hopes "
    "expects says shows requires becomes seeks wants involves enables"
)
_IRREGULAR = words_of(
    "people men women children cattle sheep personnel staff livestock poultry geese calves yaks"
)
# The poor, the Chinese: adjectives that stand for people where no noun follows.
_PEOPLE_BY_TRAIT = words_of(
    "poor needy unemployed jobless disabled elderly sick chinese destitute impoverished displaced "
    "underprivileged "
    "young old illiterate homeless underemployed"
)
_ASIDE = re.compile(" or (?:more|so|over|less|fewer)(?= )")
_MEMBERS = words_of("member person strong man people seat student family household pupil")
# What a hyphenated number describes and counts nevertheless: a 30-member cooperative.
_MEMBERS_OF = {"family": "household", "household": "household"}
_PEOPLE_ENDINGS = re.compile("(?:ers|ists|ors|ees|ants|icians|men|women|folk|mates|esses|goers|ians)$")
_PREFIXED = re.compile("^(?:sub|mini|micro|mega|co|semi|agri|bio|eco)-?(?=[a-z]{4})")
# A lecture attended 22,000 times had so many listeners.
_ATTENDED = re.compile(
    r"(?<![a-z])(?:attended|followed|joined|watched|viewed|taken|used|trained [a-z ]{1,30} on)"
    r"(?: about| some| around| over| nearly"
    r"| more than)?"
    r" [^ ]+$"
)
_LABEL_NEXT = re.compile(r"\n[a-z][a-z' -]{2,60}: ")
_ANOTHER = re.compile(r"(?<![a-z])(?:another|a further|the other) [a-z\d,.-]+$")
_TIMES = re.compile(" (?:times|occasions)(?![a-z])")
# Seven of its eight counties: the noun stands behind the second number.
_OUT_OF = re.compile(
    r" (?:out )?of (?:the |its |their |all |all the |these |those |our )?(?:[a-z]+'s )?"
    r"(?:\d[\d,.]*(?: (?:million|billion|thousand))?"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?= [a-z])"
)
_FAMILY_OF = re.compile(r"(?<![a-z])family of [a-z\d-]+$")
_OF_YOU = re.compile(" of (?:you|us)(?![a-z])")
_NOUNS_AHEAD = 9


class Counted(NamedTuple):
    """The counted noun as it stands there, the unit it makes, and where its phrase ends."""

    noun: str
    unit: str
    end: int


def noun_after(text: str, close: int, end: int, low: Decimal) -> Counted:
    """The noun that a number counts, by the phrase behind it; an empty noun where none is told."""
    if text.startswith("\n", close) and _LABEL_NEXT.match(text, close):
        return Counted("", "", close)
    aside = _ASIDE.match(text, close)
    place = aside.end() if aside else close
    if _OF_YOU.match(text, place) or _FAMILY_OF.search(text, max(0, close - 24), close):
        return Counted("people", "person", place)
    if low != 1 and (out_of := _OUT_OF.match(text, place)):
        place = out_of.end()
    if (times := _TIMES.match(text, close)) and _ATTENDED.search(text, max(0, close - 48), close):
        return Counted("person-times", "person-time", times.end())
    if text[close : close + 1] == "-":
        return _hyphenated(text, close)
    nouns = nouns_of("en")
    described: list[str] = []
    is_first, of_ours = True, False
    for _ in range(_NOUNS_AHEAD):
        found = WORD.match(text, place, end)
        if found is None:
            break
        raw = found[1]
        word = raw.rstrip("'")
        place = found.end()
        if is_first:
            if word in ("times", "occasions"):
                return Counted("times", "visit", place)
            if word in _ELLIPTIC:
                break
            if word in _SKIPPED or (of_ours and word in _OF_OURS):
                of_ours = word == "of"
                continue
        if word == "person" and text.startswith((" times", "-times"), place):
            return Counted("person-times", "person-time", place + 6)
        if is_first and word.endswith("ed") and _ANOTHER.search(text, max(0, close - 40), close):
            # Another five signed letters of intent: they did so.
            break
        if word in nouns and word not in _STOPS:
            if not word.endswith("s") and word not in _IRREGULAR and _goes_on(text, place, end):
                # Labor training sessions: a collective noun in front of another noun describes it.
                described.append(word)
                is_first = False
                continue
            return _head(text, word, described, _compounded(text, place, end, word, described))
        if word in ("and", "or") and described and _goes_on(text, place, end):
            continue
        if word in _PARTICIPLES and described and described[-1].endswith(("ly", "newly", "well", "self")):
            described.append(word)
            continue
        if word in _COMPARED and not text.startswith(" than", place):
            described.append(word)
            is_first = False
            continue
        if (
            word in _STOPS
            or word in _VERBS
            or (word.endswith("ing") and described[-1:] and described[-1] in _PEOPLE_BY_TRAIT)
        ):
            break
        if low == 1 and word in singular_nouns() and not _is_adjunct(text, place):
            return Counted(word, described_unit(_plural(word), described) or singular_nouns()[word], place)
        if _is_plural(raw, word, low):
            return _head(text, word, described, _compounded(text, place, end, word, described))
        described.append(word)
        is_first = False
        if text[place : place + 1] not in (" ", "\n"):
            break
    while described and described[-1].endswith(("ed", "ing")):
        described.pop()
    if described and described[-1] in _PEOPLE_BY_TRAIT:
        return Counted("people", "person", place)
    return Counted("", "", close)


def _is_plural(raw: str, word: str, low: Decimal) -> bool:
    """Whether a word is the plural of a noun that no list knows."""
    if word in _IRREGULAR:
        return True
    if raw.endswith(("s'", "'s")) or low == 1:
        return False
    if "-" in word:
        return _is_plural(word.rpartition("-")[2], word.rpartition("-")[2], low)
    return (
        len(word) > 3
        and word.endswith("s")
        and not word.endswith(("ss", "ous", "us", "is"))
        and word not in _NO_PLURALS
    )


def _goes_on(text: str, place: int, end: int) -> bool:
    """Whether "and" joins two words that describe one noun: 3,680 professional and technical personnel."""
    for _ in range(6):
        found = WORD.match(text, place, end)
        if found is None or (found[1] in _STOPS and found[1] not in ("and", "or")):
            return False
        if found[1] in nouns_of("en") or _is_plural(found[1], found[1], Decimal(2)):
            return True
        place = found.end()
    return False


def _compounded(text: str, place: int, end: int, word: str, described: list[str]) -> tuple[str, int]:
    """The last noun of a compound whose first noun is a plural too: sales outlets, sports grounds."""
    following = WORD.match(text, place, end) if text[place : place + 1] == " " else None
    if following is None or following[1] not in nouns_of("en") or following[1] in _STOPS:
        return word, place
    described.append(word)
    return following[1], following.end()


# 5,000 pairs of gloves, 300 sets of desks: what is counted are the things.
_CONTAINED = words_of(
    "pairs sets pieces boxes bags items copies packs bottles tins cartons crates sacks bundles"
)
_OF_THING = re.compile(r" of (?:[a-z-]+ ){0,2}?([a-z-]+s|clothing|furniture|equipment|stationery)(?![a-z'-])")


def _head(text: str, word: str, described: list[str], compound: tuple[str, int]) -> Counted:
    noun, place = compound
    thing = _OF_THING.match(text, place) if noun in _CONTAINED else None
    if thing is not None and nouns_of("en").get(thing[1], "piece") == "piece":
        return Counted(thing[1], "piece", thing.end())
    return Counted(noun, unit_of_noun(noun, described), place)


def unit_of_noun(noun: str, described: list[str]) -> str:
    """What a noun in the plural counts, with the words that describe it."""
    nouns = nouns_of("en")
    plain = noun.rpartition("-")[2]
    for form in (noun, plain, _PREFIXED.sub("", noun)):
        unit = described_unit(form, [*described, *noun.split("-")[:-1]]) or nouns.get(form)
        if unit:
            return unit
    return "person" if _PEOPLE_ENDINGS.search(noun) else f"other:{singular(noun)}"


def described_unit(noun: str, described: list[str]) -> str | None:
    """What a noun counts by the word that describes it: medical institutions are hospitals."""
    known = _described().get(noun)
    if known is None:
        return None
    for word in reversed(described):
        for part in (word, *word.split("-")):
            if part in known:
                return known[part]
    return None


@cache
def _described() -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = {}
    for (word, noun), unit in described_nouns().items():
        table.setdefault(noun, {})[word] = unit
    return table


def _plural(word: str) -> str:
    return f"{word[:-1]}ies" if word.endswith("y") and word[-2:-1] not in "aeou" else f"{word}s"


def _is_adjunct(text: str, place: int) -> bool:
    """Whether a singular noun only describes the next one: village in "one village clinic"."""
    following = WORD.match(text, place)
    return following is not None and following[1] in singular_nouns() and following[1] not in _STOPS


def _hyphenated(text: str, close: int) -> Counted:
    found = _HYPHENATED.match(text, close)
    if found is None:
        return Counted("", "", close)
    word = found[1]
    if word in _MEMBERS:
        return Counted("members", _MEMBERS_OF.get(word, "person"), found.end(1))
    return Counted(word, singular_nouns().get(word, nouns_of("en").get(word, "name")), found.end(1))
