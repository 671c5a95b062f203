"""Decisions on places and organisations: code shapes, lineage, what may be noted of a place from a publication."""

from dataclasses import dataclass
from datetime import date

from pairbook.kernel.problems import Problem
from pairbook.kernel.texts import Text

PLACE_LEVELS: dict[str, Text] = {
    "country": Text("国家", "country"),
    "province": Text("省级", "province"),
    "prefecture": Text("地级", "prefecture"),
    "county": Text("县级", "county"),
    "township": Text("乡级", "township"),
    "village": Text("村级", "village"),
}
ORGANISATION_TYPES: dict[str, Text] = {
    "office": Text("协作（合作交流）机构", "cooperation office"),
    "government": Text("政府部门", "government department"),
    "enterprise": Text("企业", "enterprise"),
    "cooperative": Text("合作社", "cooperative"),
    "school": Text("学校", "school"),
    "hospital": Text("医院", "hospital"),
    "social_organisation": Text("社会组织", "social organisation"),
    "audit": Text("审计机关", "audit office"),
}

# GB 32100-2015: the 31 characters of a unified social credit code and the weights of its first 17 places.
_CREDIT_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def credit_code_problems(code: str) -> list[Problem]:
    """What is wrong with a unified social credit code; empty for a good one and for none at all.

    Rule: GB 32100-2015, check character C18 = 31 - (sum of value x weight mod 31), modulo 31.
    """
    place = Text("统一社会信用代码", "Social credit code")
    if not code:
        return []
    if len(code) != 18 or any(character not in _CREDIT_CHARACTERS for character in code):
        cure = Text(
            "应为 18 位数字或大写字母（不含 I O S V Z）。", "Write 18 digits or capitals (no I, O, S, V, Z)."
        )
        return [Problem("organisation.credit_code", place, cure, value=code)]
    values = [_CREDIT_CHARACTERS.index(character) for character in code[:17]]
    check = (
        31 - sum(value * weight for value, weight in zip(values, _CREDIT_WEIGHTS, strict=True)) % 31
    ) % 31
    if _CREDIT_CHARACTERS[check] != code[17]:
        cure = Text(
            "校验码不符，请核对营业执照。", "The check character does not match; compare with the licence."
        )
        return [Problem("organisation.credit_code", place, cure, value=code)]
    return []


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """What rules elsewhere need to know of a party."""

    id: int
    code: str
    name: Text
    sort: str
    lineage: frozenset[str]
    """Codes of the place it is or lies in, and of every place above that."""


def is_within(party: PartyFacts, place: PartyFacts) -> bool:
    """Whether the party is the place, or lies in it."""
    return place.code in party.lineage


@dataclass(frozen=True, slots=True)
class PlaceList:
    """A list of places that somebody drew up and announced."""

    name: Text
    publisher: str
    caution: Text
    """What a reader must know before quoting a number from it."""


PLACE_LISTS: dict[str, PlaceList] = {
    "national-2014": PlaceList(
        Text("全国832个贫困县名单", "National list of 832 poor counties"),
        "国务院扶贫开发领导小组办公室 / Leading Group Office of Poverty Alleviation and Development",
        Text(
            "各县的退出年份合计为 28、125、282、345、52（2016至2020年），通常引用的是 28、125、283、344、52："
            "有一个县差了一年。只知道年份的，按当年12月31日计。公布前请核对。",
            "The years of exit add up to 28, 125, 282, 345 and 52 for 2016 to 2020; commonly quoted are 28, 125, 283, "
            "344 and 52, so one county is off by a year. Where only the year is known, 31 December counts. "
            "Check before publishing.",
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class PlaceMeasureSort:
    """Something that is published of a place by year: what it is called, its unit, the most it can be."""

    label: Text
    unit: str
    steps_max: int | None = None
    """In steps of the unit; None where nothing bounds it."""


PLACE_MEASURES: dict[str, PlaceMeasureSort] = {
    "poverty.households": PlaceMeasureSort(Text("贫困户", "poor households"), "household"),
    "poverty.persons": PlaceMeasureSort(Text("贫困人口", "poor persons"), "person"),
    # A share is at most the whole: 10,000 hundredths of a percent.
    "poverty.incidence": PlaceMeasureSort(Text("贫困发生率", "poverty incidence"), "percent", 10_000),
}


def check_status(
    *, list_code: str, listed_on: date, delisted_on: date | None, announcement: Text, source: str
) -> list[Problem]:
    """What keeps a place's standing on a list from being noted; empty means it may be."""
    problems = []
    if list_code not in PLACE_LISTS:
        known = "、".join(PLACE_LISTS), ", ".join(PLACE_LISTS)
        cure = Text(f"名单请写：{known[0]}。", f"Name a list: {known[1]}.")
        problems.append(Problem("place_status.list", Text("名单", "List"), cure, value=list_code))
    if delisted_on is not None and delisted_on <= listed_on:
        cure = Text(
            "退出日期应晚于列入日期。", "The day it leaves the list comes after the day it is listed."
        )
        problems.append(
            Problem("place_status.delisted", Text("退出日期", "Delisted"), cure, value=str(delisted_on))
        )
    if not announcement.zh.strip() or not source.strip():
        cure = Text("请写明公告名称和出处。", "Give the announcement and where it was read.")
        problems.append(Problem("place_status.source", Text("出处", "Source"), cure))
    return problems


def check_measure(*, code: str, steps: int, source: str) -> list[Problem]:
    """What keeps a published measure of a place from being noted; `steps` are whole steps of its unit."""
    place = Text("指标", "Indicator")
    sort = PLACE_MEASURES.get(code)
    if sort is None:
        cure = Text(f"可用：{'、'.join(PLACE_MEASURES)}。", f"Known: {', '.join(PLACE_MEASURES)}.")
        return [Problem("place_measure.code", place, cure, value=code)]
    problems = []
    if steps < 0 or (sort.steps_max is not None and steps > sort.steps_max):
        cure = Text(
            "数值不能小于零，比率不能超过百分之百。", "No number is below zero and no share above 100%."
        )
        problems.append(Problem("place_measure.value", Text("数值", "Value"), cure, value=str(steps)))
    if not source.strip():
        cure = Text("请写明出处。", "Say where it was published.")
        problems.append(Problem("place_measure.source", Text("出处", "Source"), cure))
    return problems
