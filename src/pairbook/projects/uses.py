"""What the money of a project may be used for, and the negative list: dated, each line with its source.

Lines known only from hearsay of the field are marked unverified until somebody shows the document (DOMAIN 3.5).
"""

from dataclasses import dataclass
from datetime import date

from pairbook.kernel.texts import Text


@dataclass(frozen=True, slots=True)
class Refused:
    """A use that is on the negative list: why, by which source, since when."""

    reason: Text
    source: Text
    valid_from: date
    valid_to: date | None = None
    """The last day it holds; None while in force."""
    is_verified: bool = False

    def holds_on(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Use:
    """A class of projects by what the money is used for."""

    code: str
    label: Text
    refused: tuple[Refused, ...] = ()

    def refused_on(self, day: date) -> Refused | None:
        """The line of the negative list that refuses it on a day, or None."""
        return next((line for line in self.refused if line.holds_on(day)), None)


# The rule named in the field, whose text nobody here has seen; its predecessors are said to read the same since 2017.
_FUND_RULE = Text(
    "衔接资金管理办法（财农〔2021〕19号）及其前身，未核实原文",
    "Measures on bridging funds (财农〔2021〕19号) and their predecessors; text not verified",
)
_AUDITS = Text(
    "2018年、2019年扶贫资金审计结果公布的问题",
    "findings published after the audits of poverty-relief funds, 2018 and 2019",
)
_SINCE = date(2017, 1, 1)


def _by_rule(code: str, zh: str, en: str, why_zh: str, why_en: str) -> Use:
    return Use(code, Text(zh, en), (Refused(Text(why_zh, why_en), _FUND_RULE, _SINCE),))


def _by_audits(code: str, zh: str, en: str, why_zh: str, why_en: str) -> Use:
    return Use(
        code, Text(zh, en), (Refused(Text(why_zh, why_en), _AUDITS, date(2018, 1, 1), is_verified=True),)
    )


_ALLOWED = (
    Use("breeding", Text("养殖", "livestock")),
    Use("planting", Text("种植", "planting")),
    Use("processing", Text("农产品加工", "processing of farm produce")),
    Use("sales", Text("产销对接", "sales of farm produce")),
    Use("cold_chain", Text("冷链仓储", "cold chain and storage")),
    Use("park", Text("产业园区配套", "works of an industrial park")),
    Use("workshop", Text("就业帮扶车间", "job workshop")),
    Use("labour", Text("劳务协作", "labour cooperation")),
    Use("training", Text("技能培训", "skills training")),
    Use("farmland", Text("农田水利", "farmland and irrigation")),
    Use("water", Text("饮水安全", "drinking water")),
    Use("roads", Text("产业道路", "roads to farms")),
    Use("schools", Text("教育", "schooling")),
    Use("health", Text("医疗卫生", "health")),
    Use("resettlement", Text("易地搬迁后续扶持", "after resettlement")),
    Use("village", Text("乡村建设", "village works")),
    Use("epidemic", Text("疫情防控", "epidemic control")),
)
_ON_THE_LIST = (
    _by_rule(
        "running_costs",
        "单位运行经费",
        "running costs of an office",
        "帮扶资金不得用于机关事业单位的运行经费；请从部门预算列支。",
        "Assistance money does not pay an office's running costs; take them from its own budget.",
    ),
    _by_rule(
        "vehicles",
        "购置交通工具、通讯设备",
        "vehicles and telephones",
        "帮扶资金不得购置交通工具和通讯设备。",
        "Assistance money buys no vehicles and no telephones.",
    ),
    _by_rule(
        "office_buildings",
        "修建楼堂馆所",
        "office buildings",
        "帮扶资金不得修建楼堂馆所。",
        "Assistance money builds no offices, halls or guest houses.",
    ),
    _by_rule(
        "bonuses",
        "发放奖金、津贴、福利",
        "bonuses and allowances",
        "帮扶资金不得发放奖金、津贴和福利补助。",
        "Assistance money pays no bonuses, allowances or welfare of staff.",
    ),
    _by_rule(
        "debts",
        "偿还债务、垫资",
        "repaying debts or advancing money",
        "帮扶资金不得偿还债务或垫资。",
        "Assistance money repays no debts and advances nothing.",
    ),
    _by_rule(
        "equity",
        "注资企业、股权投资基金",
        "equity of firms",
        "帮扶资金不得注资企业或设立股权投资基金。",
        "Assistance money is not put into firms as equity.",
    ),
    _by_rule(
        "matching",
        "其他项目配套",
        "matching money of unrelated projects",
        "帮扶资金不得用作无关项目的配套资金。",
        "Assistance money does not match the money of unrelated projects.",
    ),
    _by_rule(
        "image",
        "形象工程",
        "image projects",
        "帮扶资金不得用于形象工程、政绩工程。",
        "Assistance money pays no projects for show.",
    ),
    _by_audits(
        "fit_out",
        "办公场所装修",
        "office fit-out",
        "审计已将办公场所装修列为违规使用；请换列支渠道。",
        "Audits listed office fit-out as misuse; pay it from elsewhere.",
    ),
    _by_audits(
        "landscaping",
        "景观绿化、墙体粉刷",
        "landscaping and wall painting",
        "审计已将景观绿化、墙体粉刷列为违规使用；请换列支渠道。",
        "Audits listed landscaping and wall painting as misuse; pay it from elsewhere.",
    ),
    _by_audits(
        "hospitality",
        "公务接待",
        "hospitality",
        "审计已将公务接待列为违规使用；请换列支渠道。",
        "Audits listed hospitality as misuse; pay it from elsewhere.",
    ),
)
USES: dict[str, Use] = {use.code: use for use in (*_ALLOWED, *_ON_THE_LIST)}
"""Every class a project may be given; those of the negative list are offered too, to be refused with the reason."""
