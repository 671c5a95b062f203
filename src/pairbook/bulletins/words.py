"""What the words beside a number make of its address: stage, tier, campaign, item, field, whether all years count."""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from pairbook.analysis.claims.patterns import any_of
from pairbook.analysis.claims.shapes import Figure as Claim
from pairbook.bulletins.shapes import Measurable, Named
from pairbook.bulletins.surroundings import Surroundings

# How texts say that an amount is not yet, or no longer, at the headline stage. Words that are used loosely (选派,
# "sent", 投入, 落实) are not here: they would turn a headline figure into another.
_STAGES: dict[str, tuple[str, ...]] = {
    "planned": ("计划", "拟安排", "预算安排", "plan", "plans", "planned", "budgeted", "earmarked"),
    "allocated": ("拨付", "下拨", "disbursed", "disburse", "allocated"),
    "issued": ("下达", "issued"),
    "received": ("到账", "到位", "received"),
    "spent": ("支出", "spent"),
    "pledged": ("认捐", "pledged"),
    "sent": ("发出", "发运", "shipped"),
    "distributed": ("发放", "分发", "distributed"),
    "contracted": ("签约", "contracted"),
}
_MODALITIES = {"planned": ("planned",), "signed": ("signed", "contracted", "pledged")}


def stage_told(around: Surroundings, modality: str, measurable: Measurable) -> str | None:
    """The stage that the words name, if the indicator has it; None for the headline."""
    if measurable.is_stock:
        return None
    found = [
        (_distance(around, word), stage)
        for stage in measurable.stages
        for word in _STAGES.get(stage, ())
        if _distance(around, word) < _NOWHERE
    ]
    if found:
        return min(found)[1]
    return next((stage for stage in _MODALITIES.get(modality, ()) if stage in measurable.stages), None)


_NOWHERE = 10_000


def _distance(around: Surroundings, word: str) -> int:
    """How far a word stands from the number among the number's own words; English words stand alone."""
    pattern = _word(word)
    behind = pattern.search(around.after)
    before = [found.end() for found in pattern.finditer(around.before)]
    return min(
        behind.start() if behind else _NOWHERE,
        len(around.before) - before[-1] if before else _NOWHERE,
    )


@lru_cache(maxsize=1024)
def _word(word: str) -> re.Pattern[str]:
    plain = re.escape(word)
    return re.compile(rf"(?<![a-z]){plain}(?![a-z])" if word.isascii() else plain)


_BUDGET_STAGES = ("planned", "allocated", "issued")


def is_told_as_a_budget(around: Surroundings) -> bool:
    """Whether the words name a stage that government money goes through: what was disbursed, by the plan."""
    stages = (word for stage in _BUDGET_STAGES for word in _STAGES[stage])
    return not sums_up(around) and any(_distance(around, word) < _NOWHERE for word in stages)


_TIERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("district_and_town", re.compile("区、?镇|区级(?:和|与|及|、)镇级|district and (?:its )?town")),
    ("municipal", re.compile("市级|municipal|the city's")),
    ("district", re.compile("区级|district-level|district funds|from the district's own")),
    ("township", re.compile("镇级|township-level|town-level")),
)


def tier_told(around: Surroundings, measurable: Measurable) -> str | None:
    """The tier of government whose money it is, where the words name one."""
    # 其中市级5150万元、区镇两级256.5万元: Chinese says it before the number, English behind it.
    is_zh = re.search("[\u4e00-\u9fff]", around.clause) is not None
    for near in (around.before, around.after) if is_zh else (around.after, around.before):
        for code, pattern in _TIERS if measurable.tiers else ():
            if code in measurable.tiers and pattern.search(near):
                return code
    return None


_COVID = (
    "covid",
    "coronavirus",
    "epidemic",
    "pandemic",
    "疫情",
    "抗疫",
    "防疫",
    "战疫",
    "新冠",
    "anti-virus",
)
# The epidemic as a date or an obstacle is no purpose.
_NO_PURPOSE = re.compile(
    "(?:新冠)?(?:肺炎)?疫情(?:发生|暴发|爆发|开始)?以来|(?:克服|受|面对|应对|不顾|统筹)[^，。]{0,6}疫情[^，。]{0,4}(?:影响|冲击|形势)?"
    r"|(?:since|despite|after) (?:the )?(?:outbreak|start|beginning)?(?: ?of )?(?:the )?"
    r"(?:covid-?19|epidemic|pandemic|coronavirus)?(?: epidemic| pandemic| outbreak)?"
)


def campaign_told(around: Surroundings, campaigns: Sequence[Named]) -> str | None:
    """The campaign that the sentence, up to and just after the number, says the help was for."""
    told = _NO_PURPOSE.sub("", around.told_before + around.after)
    for campaign in campaigns:
        if any(word in told for word in _campaign_words(campaign)):
            return campaign.code
    return None


_GIVES = re.compile("捐|援助|支援|送|\\b(?:donat|provid|offer|sent|gave|giv)")


def campaign_near(around: Surroundings, campaigns: Sequence[Named]) -> str | None:
    """The campaign that the sentence names as an occasion at least: 面对疫情，静海区捐赠180万元."""
    if not _GIVES.search(around.clause):
        return None
    for campaign in campaigns:
        if any(word in around.sentence for word in _campaign_words(campaign)):
            return campaign.code
    return None


def _campaign_words(campaign: Named) -> tuple[str, ...]:
    own = tuple(word.lower() for word in (campaign.code, campaign.name.zh, campaign.name.en) if word)
    is_epidemic = "covid" in campaign.code.lower() or "疫" in campaign.name.zh
    return (*own, *_COVID) if is_epidemic else own


def item_told(around: Surroundings, items: Sequence[Named], unit: str | None = None) -> Named | None:
    """The item whose name stands nearest to the number, one that is counted in its unit before others."""
    found = [
        (bool(unit and item.unit and unit != item.unit), distance, -len(word), place, item)
        for place, item in enumerate(items)
        for word in _item_words(item)
        if (distance := _distance(around, word)) < _NOWHERE
    ]
    return min(found)[4] if found else None


def _item_words(item: Named) -> set[str]:
    zh, en = item.name.zh, item.name.en.lower()
    last = en.rsplit(" ", 1)[-1]
    words = {zh, en, en.removesuffix("s"), item.code.lower(), item.code.lower().replace("-", " ")}
    if len(last) > 3:
        words |= {last.removesuffix("s"), f"{last.removesuffix('s')}s"}
    return {word for word in words if len(word) > 1}


def field_told(around: Surroundings, measurable: Measurable) -> str | None:
    """The one field that the number's own words name; None where they list several."""
    own_label = f"{measurable.label.zh} {measurable.label.en.lower()}"
    told = [
        code
        for code, label in measurable.fields
        for word in (label.zh, label.en.lower())
        if word and word not in own_label and re.search(re.escape(word) + _NO_LIST, around.near)
    ]
    if len(told) != 1 or (measurable.code.startswith("sales.") and not _APART.search(around.sentence)):
        return None
    return told[0]


# 帮助销售 is said of all sales together, unless what was bought is told apart.
_APART = re.compile("采购|购买|bought|purchas|procur")
# "In medical care, education and farming" begins a list, of which the first is not the whole.
_NO_LIST = r"(?!、|和|等|及|与|以及| and |,|$)"


_ANOTHER_LIST = re.compile(
    "个?(?:深度贫困|省级贫困|重点帮扶|重点)县|个?(?:国家)?乡村振兴重点"
    "|(?: of the)? ?(?:deeply|severely|extremely) (?:poor|impoverished)"
)
_STILL_ON_IT = re.compile("未|最后|剩|still|remaining|last|yet")


def counts_another_list(around: Surroundings) -> bool:
    """Whether counties are counted that another list holds: the deeply poor ones, of which all may be off this one."""
    is_another = _ANOTHER_LIST.match(around.sentence, around.end)
    return bool(is_another) and not _STILL_ON_IT.search(around.clause)


_CUMULATIVE = re.compile("累计|总共|历年|几年来|cumulative|altogether|in all\\b|over the years")
_ONCE = re.compile(
    "近日|日前|当天|当日|同日|今天|今日|昨天|昨日|前天|此次|这次|本次|这一次|一次性|这批|此批|首批|又一批|第[一二三四五六七八九十\\d]+批"
    "|仪式上|活动中|活动现场|现场[^，。]{0,4}捐"
    r"|\b(?:recently|yesterday|today|the other day|(?:on )?(?:the )?(?:same|that) day|(?:last|this) week"
    r"|at (?:the|a) (?:[a-z]+ )?ceremony|this time|in one go|(?:the|a) (?:first|second|third|new|latest) batch"
    r"|on (?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
)


def names_day(around: Surroundings, day: date) -> bool:
    """Whether the sentence prints this day, so that it is not the day of the text alone: 截至7月8日."""
    month = f"{day:%B}".lower()
    printed = (
        f"{day.month}月{day.day}日",
        f"{day.day} {month}",
        f"{month} {day.day}",
        f"{month[:3]} {day.day}",
    )
    return any(words in around.sentence for words in printed)


# "The other day our reporter learned" dates the news and not what was given.
_NEWS = re.compile(
    "获悉|了解到|记者|发布会|通气会|介绍|通报|公布|据悉"
    r"|\b(?:learn(?:ed|t)|report(?:ed|er|ers|s)?|announc\w+|conference|said|says|told|according)\b"
)
_IN_ALL = re.compile("共|累计|总计|合计|全年|总额|总量|\\b(?:total|altogether|in all|overall|so far)\\b")


def tells_one_occasion(around: Surroundings, claim: Claim) -> bool:
    """Whether the words tell of one occasion: they say so, or name a single day on which it happened."""
    if sums_up(around) or _NEWS.search(around.sentence):
        return False
    period = claim.period
    is_a_day = period is not None and period.first is not None and period.first == period.last
    return is_a_day or bool(_ONCE.search(around.told_before))


def sums_up(around: Surroundings) -> bool:
    """Whether the clause says that its number is a sum."""
    return bool(_IN_ALL.search(around.clause))


_ARE_TRAINED = re.compile(
    r"\b(?:were|was|been|are|being) trained\b|\battended (?:\w+ ){0,3}(?:courses?|training)"
)
_TRAINS = re.compile("培训|轮训|train(?:ed|ing|s)?\\b")


def is_cumulative(around: Surroundings) -> bool:
    """Whether the words count since the beginning."""
    return bool(_CUMULATIVE.search(around.clause))


def speaks_of_training(around: Surroundings) -> bool:
    """Whether the clause is about courses, so that people named in it may be trainees and not people sent.

    In English the list of those trained comes before the verb: 360 officials, teachers and farmers were trained.
    """
    behind = re.split(r"[.;\d。；，]", around.sentence[around.end :], maxsplit=1)[0]
    return bool(_TRAINS.search(around.clause) or _ARE_TRAINED.search(behind))


_TWINS = re.compile("结对|覆盖|对接|\\b(?:pair|twin|match|cover|reach)")


def speaks_of_twinning(around: Surroundings) -> bool:
    """Whether the sentence is about places paired or reached by pairs."""
    return bool(_TWINS.search(around.sentence))


_AUDIENCES = {
    "cadres": re.compile("(?<!技术)干部(?!群众)|cadres|officials"),
    "professionals": re.compile(
        "专业技术|技术干部|技术人员|专技|农技|人才|教师|医生|专家"
        "|professionals|teachers|doctors|specialists|experts|nurses|technicians"
        "|(?:technical|medical|professional) (?:personnel|staff)"
    ),
    "farmers": re.compile("农民|劳动力|farmers|labourers"),
}


def audience_told(around: Surroundings) -> str | None:
    """The one sort of people right beside a number: 其中党政干部6名; None where several or none are named."""
    named = audiences_beside(around)
    return named[0] if len(named) == 1 else None


def audiences_beside(around: Surroundings) -> list[str]:
    """The sorts of people right beside a number: before it, or else behind it."""
    behind = re.split(r"\d", around.sentence[around.end : around.end + 80], maxsplit=1)[0]
    is_before = any(pattern.search(around.before) for pattern in _AUDIENCES.values())
    told = around.before if is_before else behind
    return [sort for sort, pattern in _AUDIENCES.items() if pattern.search(told)]


_STAFF = re.compile("挂职|派驻|选派|派出|\\b(?:staff|seconded|dispatched|posted|sent)\\b")


def speaks_of_staff(around: Surroundings) -> bool:
    """Whether the number's own words are of people sent, though its sentence goes on to courses."""
    return bool(_STAFF.search(around.near)) and not _TRAINS.search(around.near)


_WORK = re.compile("就业|务工|上岗|打工|\\b(?:work|jobs?|employ\\w*)\\b")


def speaks_of_work(around: Surroundings) -> bool:
    """Whether the number's own words are of people who took up work, and of no sort of people sent."""
    return bool(_WORK.search(around.near)) and not audiences_beside(around)


_LEADERS = re.compile("领导|主要负责|书记|区长|县长|leader|mayor|head|secretary")


def names_leaders(around: Surroundings) -> bool:
    """Whether the sentence tells of those who lead a side."""
    return bool(_LEADERS.search(around.sentence))


_POVERTY_LIST = re.compile("(?:[a-z]+ )*?on the (?:national )?poverty list")


def counts_the_list(around: Surroundings) -> bool:
    """Whether a number without a noun counts what is on the poverty list: the last 52 to remain on it."""
    return bool(_POVERTY_LIST.match(around.sentence[around.end :].lstrip()))


_FELL_TO = re.compile(
    r"(?:减少至|减少到|降至|降到|下降至|下降到|减至|剩|余)[^，。]{0,12}$|(?:fell|down|reduced|cut|dropped) to[^,.]*$"
)


def is_what_remained(around: Surroundings) -> bool:
    """Whether the number is what something fell to and not by how much: 贫困人口减少到8570人."""
    clause = around.told_before[-40:]
    return bool(_FELL_TO.search(clause))


_BY = re.compile(
    "(?:减少|下降|降低|减贫|净减)了?(?:贫困人口|人口)?$|(?:fell|down|reduced|cut|dropped|decreased) by $"
)


def is_by_how_much(around: Surroundings) -> bool:
    """Whether the number is by how much something fell and not what was left: 贫困人口减少59162人."""
    return bool(_BY.search(around.told_before))


_PART = re.compile(
    "(?P<part>(?:全|该|本|我)[村乡镇]|村里|[县乡镇][\u4e00-\u9fff]{1,3}村(?![庄企委民级干结])"
    r"|(?:the|[a-z'-]+) (?:village|township)(?:'s)?\b(?!-| pair)(?: (?:of|in)(?: [a-z'-]+){1,4})?)"
    "|(?P<whole>(?:全|我|该|本)县|[\u4e00-\u9fff]县(?![\u4e00-\u9fff]{1,4}[乡镇村])|county)"
)


def tells_of_one_village(around: Surroundings) -> bool:
    """Whether the village or town that the words name last is what the number is of, and not the whole county."""
    for words in (around.told_before, *around.earlier):
        named = [found.lastgroup for found in _PART.finditer(words)]
        if named:
            return named[-1] == "part"
    return False


_COMPANY = re.compile(
    any_of("公司 集团 企业家 商会 协会 基金会 爱心企业 银行 医院 学校 个人 先生 女士")
    + r"[^，。,]{0,16}?(?:捐|赠|资助)"
    r"|(?:company|group|foundation|association|chamber|bank|firm)\b[^.,]{0,24}?(?:donat|gave|given)"
)


def names_one_giver(around: Surroundings) -> bool:
    """Whether the clause tells of one company or body that gave, and not of a side of the pairing."""
    return bool(_COMPANY.search(around.clause))


_HOUSEHOLDS = re.compile(
    r"(?:贫困户|农户|低保户)(?:共有?|总计|共计|还有|尚有|仅剩|剩余|为|达|有)?$|poor households(?: \w+){0,2}:? $"
)


def calls_households(around: Surroundings) -> bool:
    """Whether the word right before a number of persons says households: 贫困户8570人."""
    return bool(_HOUSEHOLDS.search(around.before)) and "人口" not in around.after
