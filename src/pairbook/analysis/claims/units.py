"""Units, classifiers and counted nouns: what a number is a number of, as far as the words next to it say."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from pairbook.analysis.claims.shapes import Lang
from pairbook.analysis.claims.terms import rows, tree_pattern


@dataclass(frozen=True, slots=True)
class Unit:
    """A word that stands after a number, the unit it makes, and the factor that leads to the base unit."""

    unit: str
    """Empty where the counted noun alone says it (个)."""
    factor: Decimal
    sort: str


_RE_DECIDED = frozenset(("count", "school", "enterprise", "project", "event", "built", "thing", "place"))
"""Sorts of classifier that count whatever the noun says."""
_GOODS_NOUNS = frozenset(
    (
        "other:head",
        "other:team",
        "other:agreement",
        "other:plant",
        "other:bed",
        "other:outlet",
        "other:order",
        "other:resume",
        "other:operation",
        "other:home",
    )
)
CURRENCY_SIGNS = {
    "$": "USD",
    "us$": "USD",
    "us $": "USD",
    "usd": "USD",
    "美元": "USD",
    "¥": "CNY",
    "rmb": "CNY",
    "rmb¥": "CNY",
    "cny": "CNY",
    "人民币": "CNY",
    "€": "other:eur",
    "eur": "other:eur",
    "£": "other:gbp",
    "gbp": "other:gbp",
    "hk$": "other:hkd",
    "hkd": "other:hkd",
    "a$": "other:aud",
    "c$": "other:cad",
    "nt$": "other:twd",
    "s$": "other:sgd",
    "sgd": "other:sgd",
    "mop": "other:mop",
    "mop$": "other:mop",
    "jpy": "other:jpy",
    "aud": "other:aud",
    "cad": "other:cad",
}


def spelled(word: str) -> str:
    """A unit as the table is asked for it: square-meter and square meter are one."""
    return word.replace("-", " ").replace("\n", " ")


@cache
def units_of(lang: Lang) -> dict[str, Unit]:
    """The units of a language by the word they are written with."""
    known = {
        spelled(row["word"]): Unit(row["unit"], Decimal(row["factor"]), row["sort"])
        for row in rows("units")
        if row["lang"] == lang
    }
    if lang == "en":
        known["t"] = known["ton"]
    return known


@cache
def unit_pattern(lang: Lang) -> re.Pattern[str]:
    """Matches the longest unit at a place."""
    listed = [row for row in rows("units") if row["lang"] == lang]
    if lang == "en":
        words = tree_pattern([row["word"] for row in listed])
        # A ton is written t only where nothing follows that makes it part of a word (T-shirts).
        return re.compile(f"(?:{words})(?![a-z])|(?<=\\d)t(?![a-z'-])")
    guarded: dict[str, list[str]] = {}
    for row in listed:
        guarded.setdefault(row["unless"], []).append(row["word"])
    free = tree_pattern(guarded.pop(""))
    # Longest first over both halves: 人次 and 村(社区) are free and must win over the guarded 人 and 村.
    return re.compile(
        "|".join(
            [
                f"(?:{free})",
                *(f"(?:{tree_pattern(words)})(?![{unless}])" for unless, words in guarded.items()),
            ]
        )
    )


@cache
def nouns_of(lang: Lang) -> dict[str, str]:
    """The unit that each counted noun makes; English nouns in the plural."""
    return {
        row["noun"]: row["unit"] for row in rows("nouns") if row["lang"] == lang and " " not in row["noun"]
    }


@cache
def described_nouns() -> dict[tuple[str, str], str]:
    """The unit that an English noun makes together with the word that describes it."""
    return {
        (row["noun"].split()[0], row["noun"].split()[1]): row["unit"]
        for row in rows("nouns")
        if row["lang"] == "en" and " " in row["noun"]
    }


@cache
def singular_nouns() -> dict[str, str]:
    """The same for English nouns in the singular, as they stand in "a 30-member team" or after "one"."""
    return {singular(noun): unit for noun, unit in nouns_of("en").items()}


@cache
def _plurals() -> dict[str, str]:
    return {singular(noun): noun for noun in nouns_of("en")}


def plural_of(noun: str) -> str:
    """The plural of a counted noun of the list."""
    return _plurals()[noun]


def singular(noun: str) -> str:
    """The singular of an English plural."""
    irregular = {
        "people": "person",
        "men": "man",
        "women": "woman",
        "children": "child",
        "businesses": "business",
        "buses": "bus",
    }
    if noun in irregular:
        return irregular[noun]
    if noun.endswith("ies") and len(noun) > 5:
        return noun[:-3] + "y"
    if noun.endswith(("ches", "shes", "sses", "xes")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun


@cache
def noun_pattern_zh() -> re.Pattern[str]:
    """Matches a counted noun; a place of which only the inside or the level is spoken of (县内, 省级) is none."""
    return re.compile(
        rf"{tree_pattern(list(nouns_of('zh')))}(?<![县村镇乡市省](?=[内外级域里]))(?<!班(?=[子次组主车期]))"
        "(?<!国家(?=[扶级重乡数标专地农现林电园森]))(?<!工作(?=[重经量人地]))(?<!农村)(?<!组(?=[织建成长装团合]))(?<!人(?=[畜大民才均力工格]))"
    )


def decided(unit: Unit, noun_unit: str | None) -> str:
    """The unit of a classifier together with the noun that was found, if one was."""
    if noun_unit is None:
        return unit.unit
    if unit.sort == "goods" or unit.sort == "animals":
        return noun_unit if noun_unit in _GOODS_NOUNS else unit.unit
    if unit.sort == "household":
        return noun_unit if noun_unit in ("enterprise", "other:market-entity") else unit.unit
    return noun_unit if unit.sort in _RE_DECIDED else unit.unit


_SORTS = {
    "person": "person",
    "person-time": "person",
    "household": "household",
    "village": "village",
    "county": "county",
    "township": "township",
    "school": "school",
    "hospital": "hospital",
    "enterprise": "enterprise",
    "project": "project",
    "vacancy": "vacancy",
    "visit": "event",
    "piece": "goods",
    "other:head": "animals",
    "other:course": "event",
    "other:event": "event",
    "other:fair": "event",
    "other:meeting": "event",
    "other:batch": "event",
    "other:pair": "pair",
    "other:job": "person",
}


def sort_of(unit: str) -> str:
    """What kind of figure a counted unit makes."""
    return _SORTS.get(unit, "thing" if unit else "")
