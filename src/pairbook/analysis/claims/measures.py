"""What a number measures: its unit and the words around it against the table `data/measures.csv`, then finer cases."""

import re
from dataclasses import dataclass
from functools import cache

from pairbook.analysis.claims.cues import Surroundings
from pairbook.analysis.claims.measured import GROWTH_BEFORE, Measured
from pairbook.analysis.claims.people import jobs_of, talent_of, training_of
from pairbook.analysis.claims.rates import events_of, rate_of
from pairbook.analysis.claims.shapes import Lang
from pairbook.analysis.claims.terms import rows
from pairbook.analysis.claims.tokens import Number


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table."""

    head: str
    measure: str
    weight: float
    needs: tuple[str, ...]
    unless: tuple[str, ...]


FIXED = {
    "other:workshop": "workshops.count",
    "other:pair": "twinning.villages",
    "vacancy": "jobs.vacancies",
    "project": "projects.count",
    "other:post": "jobs.placed_nearby",
    "other:course": "other:training-courses",
    "other:meeting": "other:meetings",
    "other:fair": "jobs.fairs",
    "other:social-org": "twinning.social_orgs",
    "other:household-time": "households.benefited",
    "other:asset": "assets.built",
    "other:operation": "other:operations",
    "other:park": "other:parks",
}
"""Units that say by themselves what is measured."""
DEFAULTS = {
    "money": "other:money",
    "person": "other:persons",
    "household": "other:households",
    "village": "other:villages-covered",
    "county": "other:counties",
    "township": "other:townships-covered",
    "school": "other:schools",
    "hospital": "other:hospitals",
    "enterprise": "enterprises.count",
    "goods": "other:quantity",
    "animals": "other:livestock",
    "weight": "other:quantity",
    "area": "other:area",
    "length": "other:length",
    "event": "other:events",
    "times": "other:ratio",
}
_BUILT_UNITS = frozenset(
    (
        "other:greenhouse",
        "other:bridge",
        "other:well",
        "other:road",
        "other:line",
        "other:home",
        "other:station",
        "other:square",
        "other:facility",
        "other:pump",
        "other:toilet",
    )
)


_NEEDED = 31.0
"""Words that belong to a later number weigh up to 30 and do not answer a need."""


@cache
def _rules() -> dict[str, tuple[Rule, ...]]:
    table: dict[str, list[Rule]] = {}
    for row in rows("measures"):
        rule = Rule(
            row["head"],
            row["measure"],
            float(row["weight"]),
            tuple(row["needs"].split()),
            tuple(row["unless"].split()),
        )
        table.setdefault(row["sort"], []).append(rule)
    return {sort: tuple(rules) for sort, rules in table.items()}


def measure_of(
    text: str,
    number: Number,
    around: Surroundings,
    before: Measured | None,
    lang: Lang,
    sides: tuple[str, str],
) -> Measured:
    """The measure of a number; `before` is that of the last one of its sort, `sides` are the names of both sides."""
    sort = number.sort
    if sort == "rate" or sort == "times":
        return rate_of(text, number, around, before, lang)
    if before is not None and GROWTH_BEFORE.search(text, max(0, number.start - 30), number.start):
        return Measured(
            "other:growth", 80, before.measure if not before.measure.startswith("other:growth") else before.of
        )
    if before is not None and _MORE_THAN_THEN.match(text, number.end):
        return Measured("other:growth", 70, before.measure)
    if number.noun in ("jobs", "posts") and around.says("offer", "vacancy", "fair", least=40):
        number.unit = number.sort = "vacancy"
    if number.unit in FIXED and not (number.unit == "other:social-org" and not around.says("twin")):
        return Measured(_fixed(number, around, text), 85)
    if sort == "event":
        return events_of(text, number, around)
    best = _best(sort, around)
    if _OUT_OF.search(text, max(0, number.start - 16), number.start) or _AMONG.match(text, number.end):
        return Measured(_default(number, around), 40)
    is_part = (
        around.is_part
        or bool(_PART.search(text, max(around.own[0] - 12, 0), number.start))
        or _PART_AFTER.match(text, number.end) is not None
    )
    around.is_part = is_part
    if before is not None and is_part and _may_inherit(best, before):
        return Measured(before.measure, 70, before.of)
    if best is None or best.strength < 8:
        if before is not None and (is_part or around.says("total_word") or best is None):
            return Measured(before.measure, 40, before.of)
        return best or Measured(_default(number, around), 20)
    return _finer(best, text, number, around, before, lang, sides)


_MORE_THAN_THEN = re.compile(r" (?:more|less|fewer|higher|lower) than (?:in |last |the |a year|that |those )")
_PART = re.compile(
    r"其中|其余|其它|(?<![a-z])(?:of wh(?:om|ich)|including|among (?:them|whom|which)|of these|of those|of "
    r"this)(?![a-z])"
)
_PART_AFTER = re.compile(r" (?:of (?:them|whom|which|these|those)|more(?! than))(?![a-z])")
_OUT_OF = re.compile(
    r"\d\S* of (?:its|the|their|all|all the) $|(?:one|two|three|four|five|six|seven|eight|nine|ten) of (?:its"
    r"|the|their|all|all the) $"
)
# 75个贫困县中有67个摘帽: the first number is only what the second is out of.
_AMONG = re.compile("[^,，。;；、]{0,8}中[,，]?(?:已?有|的)")
_WEAK = frozenset(
    (
        "poverty.persons",
        "persons.lifted",
        "persons.benefited",
        "other:population",
        "other:students",
        "poverty.households",
        "households.benefited",
        "other:monitored-persons",
        "funds.total",
        "talent",
        "other:persons",
        "other:villages-covered",
    )
)


def _may_inherit(best: Measured | None, before: Measured) -> bool:
    return best is None or best.measure in _WEAK or best.strength < 45


_PAIRS_OF = {
    "乡": "twinning.townships",
    "township": "twinning.townships",
    "学校": "twinning.schools",
    "school": "twinning.schools",
    "医": "twinning.hospitals",
    "hospital": "twinning.hospitals",
    "企": "twinning.enterprises",
    "社会组织": "twinning.social_orgs",
    "县": "other:counties-twinned",
    "count": "other:counties-twinned",
}


def _fixed(number: Number, around: Surroundings, text: str) -> str:
    """What a unit says by itself; of pairs the word nearest says whose they are."""
    if number.unit != "other:pair":
        return FIXED[number.unit]
    for window in (
        text[max(around.own[0], number.start - 10) : number.start],
        text[number.end : number.end + 24],
    ):
        said = [(window.rfind(word), measure) for word, measure in _PAIRS_OF.items() if word in window]
        if said:
            return max(said)[1]
    return FIXED[number.unit]


def _default(number: Number, around: Surroundings) -> str:
    if number.unit in _BUILT_UNITS and around.says("built", least=30):
        return "assets.built"
    if number.sort in DEFAULTS:
        return DEFAULTS[number.sort]
    return f"other:{_many(number.unit.removeprefix('other:'))}" if number.unit else "other:number"


def _many(word: str) -> str:
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"


def _best(sort: str, around: Surroundings) -> Measured | None:
    """The measure of the word that counts most."""
    best: Measured | None = None
    weights = around.weights
    # Money is an enterprise's only if its own words or those before it say so; a verb may close a list of people.
    least = _NEEDED if sort == "money" else 0.0
    for rule in _rules().get(sort, ()):
        said = weights.get(rule.head)
        if said is None:
            continue
        if rule.needs and not any(weights.get(need, 0.0) > least for need in rule.needs):
            continue
        if rule.unless and any(weights.get(thing, 0) > said for thing in rule.unless):
            continue
        # A word far away is worth its weight only in part.
        strength = said + (rule.weight * said / 100 if rule.weight > 0 else rule.weight)
        if best is None or strength > best.strength:
            best = Measured(rule.measure, strength)
    return best


def _finer(
    best: Measured,
    text: str,
    number: Number,
    around: Surroundings,
    before: Measured | None,
    lang: Lang,
    sides: tuple[str, str],
) -> Measured:
    """The cases in which one word more decides."""
    if best.measure == "training":
        return Measured(training_of(around), best.strength)
    if best.measure == "jobs":
        return Measured(jobs_of(text, number, around, lang, sides), best.strength)
    if best.measure == "other:attendance" and around.says("train"):
        return Measured(training_of(around), best.strength)
    if best.measure == "talent":
        return Measured(talent_of(around), best.strength)
    if (
        best.measure in ("funds.goods_value", "other:price")
        and around.says("sales", least=50)
        and not around.says("social", least=60)
    ):
        return Measured("sales.amount", best.strength)
    if (
        best.measure == "enterprises.invested"
        and around.says("agreed", least=25)
        and not around.says("paid_in", least=50)
    ):
        return Measured("enterprises.agreed_investment", best.strength)
    if best.measure == "poverty.persons" and around.says("lift", "exit", least=60):
        return Measured("persons.lifted", best.strength)
    if (
        best.measure == "funds.social"
        and around.says("goods_value", "goods", least=60)
        and not around.says("cash", "both")
        and around.weights.get("goods_value", 0) > around.weights.get("social", 0)
    ):
        return Measured("funds.goods_value", best.strength)
    if number.sort == "money" and around.says("paid_in", least=60):
        return Measured(_paid_in(best, around, before), best.strength)
    if (
        best.measure in ("twinning.villages", "other:villages-covered")
        and around.says("enterprise")
        and around.says("twin")
    ):
        return Measured("twinning.villages_covered", best.strength)
    if best.measure == "twinning.townships" and around.says("enterprise"):
        return Measured("twinning.townships_covered", best.strength)
    if number.sort == "household" and best.measure == "poverty.households" and around.says("twin", least=20):
        return Measured("twinning.households", best.strength)
    if (
        best.measure == "income.per_capita"
        and around.says("line", least=around.weights.get("income_head", 0))
        and lang == "en"
    ):
        return Measured("other:threshold", best.strength)
    return best


def _paid_in(best: Measured, around: Surroundings, before: Measured | None) -> str:
    """Money paid in is of the kind that was promised: aid that arrived, or an enterprise's investment."""
    if (
        best.measure.startswith("funds.f")
        or best.measure == "funds.social"
        or best.measure.startswith("sales")
    ):
        return best.measure
    if around.says("enterprise", "agreed", "landed", "park", least=20) or (
        before and before.measure.startswith("enterprises")
    ):
        return "enterprises.invested"
    if before is not None and before.measure.startswith("funds") and not around.says("aid", least=80):
        return before.measure
    return best.measure
