"""What a number measures: its unit and the words around it against the table `data/measures.csv`, then finer cases."""

import re
from dataclasses import dataclass
from functools import cache

from pairbook.analysis.claims.cues import Surroundings
from pairbook.analysis.claims.measured import GROWTH_BEFORE, Measured
from pairbook.analysis.claims.measures_en import told_by_phrase, weigh_recipients
from pairbook.analysis.claims.measures_zh import MADE_JOBS, mended
from pairbook.analysis.claims.patterns import Phrases, words_between
from pairbook.analysis.claims.people import jobs_of, sort_of_part, talent_of, training_of
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
    "other:agreement": "other:agreements",
    "other:province": "other:provinces",
    "other:city": "other:cities",
    "other:region": "other:regions",
    "other:country": "other:countries",
    "other:indicator": "other:indicators",
    "other:unit": "other:units",
    "other:kind": "other:kinds",
    "other:field": "other:fields",
    "other:team": "other:teams",
    "other:market-entity": "other:market-entities",
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
    "volume": "other:volume",
    "power": "other:power",
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


_OF_ITS_OWN_NUMBER = frozenset(("monitored", "population"))
"""Things that a later number is of say nothing of the one before: 236户，其中监测户6户."""


@cache
def _rules() -> dict[str, dict[str, tuple[Rule, ...]]]:
    """The rules by the sort of the unit and the word that they are about."""
    table: dict[str, dict[str, list[Rule]]] = {}
    for row in rows("measures"):
        rule = Rule(
            row["head"],
            row["measure"],
            float(row["weight"]),
            tuple(row["needs"].split()),
            tuple(row["unless"].split()),
        )
        table.setdefault(row["sort"], {}).setdefault(rule.head, []).append(rule)
    return {sort: {head: tuple(listed) for head, listed in heads.items()} for sort, heads in table.items()}


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
    if (
        before is not None
        and "growth" in around.weights
        and GROWTH_BEFORE.search(text, max(0, number.start - 30), number.start)
    ):
        return Measured(
            "other:growth", 80, before.measure if not before.measure.startswith("other:growth") else before.of
        )
    if before is not None and _MORE_THAN_THEN.match(text, number.end):
        return Measured("other:growth", 70, before.measure)
    if number.noun in ("jobs", "posts") and around.says("offer", "vacancy", "fair", least=40):
        number.unit = number.sort = "vacancy"
    # Of parks an English verb beside them says whether they were built.
    is_open = number.unit == "other:social-org" and not around.says("twin")
    if number.unit == "other:park" and lang == "en":
        is_open = " built " not in text[number.end : number.phrase_end]
    if number.unit in FIXED and not is_open:
        return Measured(_fixed(number, around, text), 85)
    if number.unit == "other:social-org":
        return Measured("other:givers", 60)
    if sort == "event":
        return events_of(text, number, around)
    if sort == "money" and _THRESHOLD.match(text, number.end):
        return Measured("other:threshold", 60)
    if lang == "en" and number.cell is None and (told := told_by_phrase(text, number, around, before)):
        return told
    if sort == "person" and number.low is not None and number.low % 1:
        # Parts of a person are a ratio: 0.9 persons of working age per dependant.
        return Measured("other:ratio", 60)
    if lang == "en" and number.unit in ("person", "household"):
        weigh_recipients(text, number, around)
    said_least = _SHARED_LEAST if lang == "en" and sort not in ("money", "person") else 0.0
    best = _best(sort, around, said_least)
    if lang == "zh" and best is not None and sort == "thing" and best.measure == "goods.quantity":
        # Things that can be no goods are so only where their own words say that they were given.
        best = best if best.strength > _NEEDED - 10 else None
    is_place_built = (
        lang == "en" and sort in ("village", "county", "township") and best and best.measure == "assets.built"
    )
    if lang == "en" and best is not None and (best.strength < 0 or is_place_built):
        best = None
    near = text, max(0, number.start - 16), number.start
    is_out_of = _AMONG.match(text, number.end) or (
        text.find(" of ", *near[1:]) >= 0 and _OUT_OF.search(*near)
    )
    if is_out_of and not around.says("listed", least=60):
        return Measured(_default(number, around), 40)
    is_part = (
        around.is_part
        or _begins_part(text, around, number)
        or _PART_AFTER.match(text, number.end) is not None
    )
    around.is_part = is_part
    if before is not None and is_part and _may_inherit(best, before):
        own = sort_of_part(best, before, around)
        if own is not None:
            return own
        if before.measure.startswith("jobs.placed") and lang == "zh":
            # 其中天津192人、省内121人: each part has a place of its own.
            place = jobs_of(text, number, around, lang, sides)
            return Measured(before.measure if place == "jobs.placed" else place, 70)
        if lang == "en" and before.measure.startswith("jobs.") and number.sort == "person":
            # Work outside the province, for 860 of them in Ningbo: a part may have a place of its own.
            place = jobs_of(text, number, around, lang, sides)
            return Measured(before.measure if place == "jobs.placed" else place, 70, before.of)
        return Measured(before.measure, 70, before.of)
    # What is said of a later sum of money alone does not outweigh the account before it.
    is_others = (
        sort == "money"
        and before is not None
        and best is not None
        and best.measure not in _WEAK
        and best.strength < _NEEDED
    )
    if best is None or is_others or best.strength < 8:
        if before is not None and (is_part or is_others or around.says("total_word") or best is None):
            return Measured(before.measure, 40, before.of)
        if best is None:
            return Measured(_default(number, around), 20)
        if lang == "zh" and sort != "money" and best.measure not in _UNFINISHED:
            return mended(best, text, number, around, before)
    found = _finer(best, text, number, around, before, lang, sides)
    return mended(found, text, number, around, before) if lang == "zh" else found


# 50万元以上的应当公开招标: from which sum on a rule holds.
_THRESHOLD = re.compile(
    "(?:[(（]含[)）])?及?以[上下内](?:的[,，]?)?(?:项目)?[,，]?(?:应|须|必须|由|一律|不得)"
)
_MORE_THAN_THEN = re.compile(
    r" (?:more|less|fewer|higher|lower) than (?:in |at |last |the |a year|that |those "
    r"|[a-z]+ (?:months?|years?) (?:before|earlier|ago))"
)
_PART_ZH = re.compile("其中|其余|其它")
_PART_EN = Phrases(
    "of_whom of_which including among_them among_whom among_which of_these of_those of_this",
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
        "other:persons-relocated",
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


def _parts_begin(text: str, around: Surroundings, number: Number) -> int:
    """From where on a word for parts speaks of the number: a semicolon ends the parts before it."""
    begin = max(around.own[0] - 12, 0)
    return max(begin, text.rfind(";", begin, number.start), text.rfind("。", begin, number.start))


def _begins_part(text: str, around: Surroundings, number: Number) -> bool:
    """Whether a word before a number says that parts are told (其中, of whom)."""
    begin = _parts_begin(text, around, number)
    if _PART_ZH.search(text, begin, number.start):
        return True
    return _PART_EN.search(text, begin, number.start, words_between(text, *around.sentence)) is not None


_UNFINISHED = frozenset(("training", "talent", "jobs"))
"""Measures of the table that are none until the finer cases have told whose training or where the job is."""


def _may_inherit(best: Measured | None, before: Measured) -> bool:
    if best is not None and before.measure == "other:project-investment" and best.measure.startswith("funds"):
        # 总投资1500万元，其中协作资金1200万元: the part has a giver of its own.
        return False
    is_of_all = before.strength <= _BY_DEFAULT or before.measure in ("other:households", "other:population")
    if best is not None and best.measure.startswith("poverty.") and is_of_all:
        # Of 214 households 130 were poor: the whole says nothing of its own.
        return False
    if best is not None and best.measure == "persons.lifted" and before.measure == "poverty.persons":
        # Of the poor 13 million have left poverty behind.
        return best.strength < _SAID_ALOUD
    return best is None or best.measure in _WEAK or best.strength < 45


_BY_DEFAULT, _SAID_ALOUD = 20, 85
_PAIRS_OF = {
    "乡": "twinning.townships",
    "township": "twinning.townships",
    "学校": "twinning.schools",
    "school": "twinning.schools",
    "医": "twinning.hospitals",
    "hospital": "twinning.hospitals",
    "企": "twinning.enterprises",
    "社会组织": "twinning.social_orgs",
    "村": "twinning.villages",
    "village": "twinning.villages",
    "县": "other:counties-twinned",
    "count": "other:counties-twinned",
}


def _own_words(text: str, around: Surroundings, number: Number) -> str:
    """The words right before a number up to a mark or another number: 共有结对乡镇21对."""
    begin = max(around.sentence[0], number.start - 10)
    return re.split("[\\d、,，。;；:]", text[begin : number.start])[-1]


_UP_TO_NEXT = re.compile(r"[^\d、,，。;；.]{1,24}(?=[\d、,，。;；.]|$)")


def _fixed(number: Number, around: Surroundings, text: str) -> str:
    """What a unit says by itself; of pairs the word nearest says whose they are."""
    if number.unit == "vacancy" and not around.says("fair"):
        # 创造88751个就业岗位: no vacancies on offer but jobs where the money goes.
        made = MADE_JOBS.search(text, max(around.sentence[0], number.start - 8), number.start)
        return "jobs.placed_nearby" if made else FIXED[number.unit]
    if number.unit != "other:pair":
        return FIXED[number.unit]
    if number.noun == "townships":
        return "twinning.townships"
    # 18对乡镇、36对村: what follows at once is the pairs' own; else what stands before, then what comes later.
    behind = text[number.end : number.end + 24]
    at_once = _UP_TO_NEXT.match(behind)
    for window, is_first in (
        (at_once[0] if at_once else "", True),
        (_own_words(text, around, number), False),
        (behind, False),
    ):
        said = [(window.find(word) if is_first else window.rfind(word), of) for word, of in _PAIRS_OF.items()]
        said = [(place, of) for place, of in said if place >= 0]
        if said:
            return min(said)[1] if is_first else max(said)[1]
    is_of_goods = around.says("give", "goods", least=_NEEDED) and not around.says("twin")
    return "goods.quantity" if is_of_goods else FIXED[number.unit]


def _default(number: Number, around: Surroundings) -> str:
    if number.unit in _BUILT_UNITS and around.says("built", least=30):
        return "assets.built"
    if number.sort in DEFAULTS:
        return DEFAULTS[number.sort]
    return f"other:{_many(number.unit.removeprefix('other:'))}" if number.unit else "other:number"


def _many(word: str) -> str:
    if word.endswith(("s", "x", "ch", "sh")):
        return f"{word}es"
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"


_SHARED_LEAST = 20.0
"""In English a word of another clause says nothing of things that are counted."""


def _best(sort: str, around: Surroundings, said_least: float) -> Measured | None:
    """The measure of the word that counts most; of equals the one that stands first."""
    best, best_strength = "", -1000.0
    weights, heads = around.weights, _rules().get(sort, {})
    # Money is an enterprise's only if its own words or those before it say so; a verb may close a list of people.
    least = _NEEDED if sort == "money" else 0.0
    for head, said in weights.items():
        if said < said_least:
            continue
        for rule in heads.get(head, ()):
            # A word far away is worth its weight only in part.
            strength = said + (rule.weight * said / 100 if rule.weight > 0 else rule.weight)
            if strength <= best_strength or (head in _OF_ITS_OWN_NUMBER and said < _NEEDED):
                continue
            if rule.needs and not any(weights.get(need, 0.0) > least for need in rule.needs):
                continue
            if rule.unless and any(weights.get(thing, 0.0) > said for thing in rule.unless):
                continue
            best, best_strength = rule.measure, strength
    return Measured(best, best_strength) if best else None


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
    if number.sort == "money":
        return Measured(_finer_money(best.measure, number, around, before, lang), best.strength)
    is_sent = around.says("cadre", "prof", "talent_both", least=60) and around.says("send", least=50)
    if best.measure == "jobs" and is_sent and not around.says("farmer", "vacancy", least=60):
        # 在岗 and 到岗 are said of people sent as well as of workers.
        return Measured(_finer_people("talent", text, number, around), best.strength)
    if best.measure in ("poverty.persons", "persons.lifted") and _FIND_WORK.match(text, number.end):
        return Measured(jobs_of(text, number, around, lang, sides), best.strength)
    if best.measure == "jobs":
        return Measured(jobs_of(text, number, around, lang, sides), best.strength)
    if number.sort == "person":
        return Measured(_finer_people(best.measure, text, number, around), best.strength)
    if _JOINS_IN.match(text, number.end) and not _WITH.search(text, max(0, number.start - 30), number.start):
        # 12个镇街、46家企业与48个村结对: the towns take part like the firms and are not what these reach.
        return best
    return Measured(_finer_twins(best.measure, around, lang), best.strength)


# 实现1642名建档立卡贫困人口就近就地就业: what they found counts, and not what they are called.
_FIND_WORK = re.compile("[\u3400-\u9fff]{2,14}?(?:就业|务工|上岗|返岗)(?!技能|培训|意愿|岗位|创业|困难)")
_OF_FIRMS = ("enterprise", "landed", "park", "project", "workshop", "agreed", "invested")


_INCOME_MAX = 1_000_000
"""Nobody's income per head is more."""


def _finer_money(
    measure: str, number: Number, around: Surroundings, before: Measured | None, lang: Lang
) -> str:
    weights = around.weights
    if measure == "enterprises.invested" and around.says("completion") and not around.says(*_OF_FIRMS):
        # What arrived of what was agreed for a year is the other side's, where no firm is spoken of.
        return before.measure if before is not None and before.measure.startswith("funds") else "funds.fiscal"
    if measure in ("other:subsidy", "other:fund-size") and around.says("social", least=70):
        # 认捐助学金100万元: given, not yet handed out.
        return "funds.social"
    if measure in ("funds.goods_value", "other:price"):
        if before is not None and around.says("cash", "social") and around.says("together", least=85):
            # Cash and goods added up are the social funds.
            return "funds.social"
        is_sale = around.says("sales", least=50) and not around.says("social", least=60)
        return "sales.amount" if is_sale else measure
    is_promised = around.says("agreed", least=25) and not around.says("paid_in", least=50)
    if measure == "enterprises.invested" and is_promised:
        return "enterprises.agreed_investment"
    if measure == "funds.social" and not around.says("cash", "both"):
        is_of_goods = weights.get("goods_value", 0.0) > weights.get("social", 0.0)
        if is_of_goods and around.says("goods_value", "goods", least=60):
            return "funds.goods_value"
    if measure == "income.per_capita" and number.low is not None and number.low > _INCOME_MAX:
        return "other:income"
    if measure in ("other:wage", "other:income-gain") and number.low is not None and number.low > _INCOME_MAX:
        # Farmers sold 3,800 tonnes of potatoes, earning 9.1 million yuan.
        return "sales.amount" if around.says("sales") else "other:income"
    is_line = lang == "en" and around.says("line", least=weights.get("income_head", 0.0))
    if measure == "income.per_capita" and is_line:
        return "other:threshold"
    return _paid_in(measure, around, before) if around.says("paid_in", least=60) else measure


_ANYBODY = frozenset(("people", "persons"))
# 214 cadres, teachers and doctors: one number of people of several sorts.
_LIST_OF_PEOPLE = re.compile(
    r" (?:[a-z]+ ){0,2}[a-z]+s(?:, (?:[a-z]+ )?[a-z]+s)*,? and (?:[a-z]+ )?[a-z]+(?:s|nel|ff)(?![a-z])"
)


def _finer_people(measure: str, text: str, number: Number, around: Surroundings) -> str:
    weights = around.weights
    is_training = measure == "training" or (measure == "other:attendance" and around.says("train"))
    is_trained = weights.get("train", 0.0) > max(40.0, weights.get("send", 0.0))
    if measure == "talent" and (is_trained or around.says("go_train", least=40)):
        # Officials, doctors and farmers may be sent or trained: the verb that stands nearer decides, or why they went.
        is_training = True
    if is_training:
        return training_of(around)
    if (
        measure == "talent"
        and number.noun in _ANYBODY
        and not around.says("cadre", "prof", least=_NEEDED + 15)
    ):
        # 55 people have been sent: what the people of another number are says nothing of these.
        return "talent.total"
    if measure == "talent":
        return talent_of(around, is_list=_LIST_OF_PEOPLE.match(text, number.end) is not None)
    if (
        measure == "persons.benefited"
        and around.says("cadre", "prof", least=90)
        and _GO_THERE.match(text, number.end)
    ):
        return talent_of(around, is_list=False)
    if measure in ("poverty.persons", "other:students") and around.says("benefit", least=75):
        return "persons.benefited"
    if measure == "poverty.persons" and around.says("lift", "exit", least=60):
        return "persons.lifted"
    return measure


# 17名医生到县医院帮扶: they are not those who benefit.
_GO_THERE = re.compile("[\u3400-\u9fff、]{0,14}?(?:到(?![岗位达账场])|赴|来到|前往)")
_JOINS_IN = re.compile(r"[\u3400-\u9fff]{0,4}、[^。;；]{0,30}[与和同]")
_WITH = re.compile("[与和同][^。;；]*$")


def _finer_twins(measure: str, around: Surroundings, lang: Lang) -> str:
    if measure in ("twinning.villages", "other:villages-covered"):
        # Where enterprises take part, the villages are those that they reach.
        reaches = around.says("enterprise") and around.says("twin")
        return "twinning.villages_covered" if reaches else measure
    if measure == "twinning.townships" and around.says("enterprise", least=45 if lang == "en" else _NEEDED):
        return "twinning.townships_covered"
    if measure == "poverty.households" and around.says("twin", least=20):
        return "twinning.households"
    return measure


def _paid_in(measure: str, around: Surroundings, before: Measured | None) -> str:
    """Money paid in is of the kind that was promised: aid that arrived, or an enterprise's investment."""
    if measure in ("funds.fiscal", "funds.social", "sales.amount"):
        return measure
    if around.says("enterprise", "agreed", "landed", "park", least=_NEEDED) or (
        before and before.measure.startswith("enterprises")
    ):
        return "enterprises.invested"
    if before is not None and before.measure.startswith("funds") and not around.says("aid", least=80):
        return before.measure
    return measure
