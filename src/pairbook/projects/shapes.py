"""The words of the project library: steps of a project's life with their papers, sources of money, sorts of goals,
notices and assets; and the plain values the rules decide over.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from pairbook.kernel.access import Side
from pairbook.kernel.money import Money, sum_money
from pairbook.kernel.texts import Text

Act = Literal["project.propose", "project.decide", "project.consent", "project.carry_out"]


@dataclass(frozen=True, slots=True)
class PaperSort:
    """A sort of paper: its code and what people call it."""

    code: str
    label: Text


OTHER_PAPER = PaperSort("other", Text("其他材料", "Other paper"))
PHOTO = PaperSort("photo", Text("现场照片", "Photographs of the site"))


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a project's life: what it may follow, whose task it is, which papers prove it."""

    code: str
    label: Text
    follows: tuple[str, ...]
    """The steps it may come after; an empty code is the beginning."""
    act: Act
    papers: tuple[PaperSort, ...] = ()
    asks_reason: bool = False
    side: Side = "assisted"


def _paper(code: str, zh: str, en: str) -> tuple[PaperSort, ...]:
    return (PaperSort(code, Text(zh, en)),)


# Source: DOMAIN 3.1 (proposal to archive), 4 (papers of a project). Tendering covers purchase without tender as well.
STEPS: dict[str, Step] = {
    step.code: step
    for step in (
        Step(
            "proposed",
            Text("申报", "Proposed"),
            ("", "turned_down", "library_out"),
            "project.propose",
            _paper("application", "项目申报书", "Application"),
        ),
        Step(
            "checked",
            Text("审核", "Checked"),
            ("proposed",),
            "project.decide",
            _paper("check", "审核意见", "Opinion of the check"),
        ),
        Step(
            "turned_down",
            Text("退回", "Turned down"),
            ("proposed", "checked", "consented"),
            "project.decide",
            asks_reason=True,
        ),
        Step(
            "consented",
            Text("帮扶方同意", "Consent given"),
            ("checked",),
            "project.consent",
            _paper("consent", "同意函", "Letter of consent"),
            side="assisting",
        ),
        Step(
            "approved",
            Text("审定", "Approved"),
            ("checked", "consented"),
            "project.decide",
            _paper("approval", "审定文件", "Approval"),
        ),
        Step(
            "library_in",
            Text("入库", "Entered the library"),
            ("approved",),
            "project.decide",
            _paper("library_in", "入库备案表", "Filing of the entry"),
            asks_reason=True,
        ),
        Step(
            "library_out",
            Text("出库", "Left the library"),
            ("library_in", "planned", "tendered"),
            "project.decide",
            _paper("library_out", "出库备案表", "Filing of the exit"),
            asks_reason=True,
        ),
        Step(
            "planned",
            Text("列入年度计划", "In the yearly plan"),
            ("library_in",),
            "project.decide",
            _paper("plan", "年度计划文件", "Yearly plan"),
        ),
        Step(
            "tendered",
            Text("招标采购", "Tendered"),
            ("planned",),
            "project.carry_out",
            _paper("tender", "招标采购文件", "Papers of the tender"),
        ),
        Step(
            "contracted",
            Text("签订合同", "Contracted"),
            ("tendered",),
            "project.carry_out",
            _paper("contract", "合同", "Contract"),
        ),
        Step("started", Text("开工", "Started"), ("contracted",), "project.carry_out", (PHOTO,)),
        Step("finished", Text("完工", "Finished"), ("started",), "project.carry_out", (PHOTO,)),
        Step(
            "accepted",
            Text("竣工验收", "Accepted"),
            ("finished",),
            "project.decide",
            _paper("acceptance", "验收报告", "Acceptance report"),
        ),
        Step(
            "settled",
            Text("结算", "Settled"),
            ("accepted",),
            "project.carry_out",
            _paper("settlement", "结算审核书", "Settlement"),
        ),
        Step(
            "handed_over",
            Text("移交管护", "Handed over"),
            ("settled",),
            "project.carry_out",
            _paper("handover", "资产移交表", "Hand-over list"),
        ),
        Step(
            "reviewed",
            Text("绩效评价", "Reviewed"),
            ("handed_over",),
            "project.decide",
            _paper("review", "绩效自评报告", "Self-evaluation report"),
        ),
    )
}
MAIN_LINE = tuple(code for code in STEPS if code not in ("turned_down", "consented", "library_out"))
"""The way of a project that nothing stops."""

NATURES: dict[str, Text] = {"new": Text("新建", "new"), "extension": Text("续建（改扩建）", "extension")}


@dataclass(frozen=True, slots=True)
class Source:
    """Where planned money comes from, and whether spending it always needs the giver's consent."""

    label: Text
    asks_consent: bool = False


# East-West money in Gansu: the county approves, with the eastern partner's consent (DOMAIN 3.1, S18).
SOURCES: dict[str, Source] = {
    "assisting_fiscal": Source(Text("帮扶方财政资金", "fiscal money of the assisting side"), True),
    "assisting_social": Source(Text("社会帮扶资金", "social money of the assisting side")),
    "own_fiscal": Source(Text("受援方财政资金", "fiscal money of the assisted side")),
    "self_raised": Source(Text("自筹及其他", "raised locally, and others")),
}


@dataclass(frozen=True, slots=True)
class FundingLine:
    """A part of the planned money: its source and, where known, the code of the fund it will come from."""

    source: str
    money: Money
    fund_code: str = ""
    asks_consent: bool = False
    """Whether the giver wants to be asked about this line, also where neither its source nor its fund asks."""
    fund_asks: bool = field(default=False, compare=False)
    """Whether the fund's giver asks it of every project; known of the fund, and nothing the line says."""

    @property
    def needs_consent(self) -> bool:
        """Whether the giver must consent before the project is approved."""
        always = self.source in SOURCES and SOURCES[self.source].asks_consent
        return self.asks_consent or self.fund_asks or always

    @property
    def label(self) -> Text:
        """The source in words."""
        return SOURCES[self.source].label


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFields:
    """What a project says of itself in the library (DOMAIN 3.1). Long texts may read 中文 / English."""

    name: Text
    use: str = ""
    nature: str = ""
    year: int | None = None
    place_id: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    responsible_id: int | None = None
    tasks: str = ""
    participation: str = ""
    mechanism: str = ""
    households: int | None = None
    persons: int | None = None
    poor_persons: int | None = None
    """Of the persons, the registered poor (out of poverty since, from 2021)."""
    funding: tuple[FundingLine, ...] = ()

    @property
    def planned(self) -> Money:
        """The planned amount: the sum of its sources, never typed beside them."""
        return sum_money(line.money for line in self.funding)

    @property
    def needs_consent(self) -> bool:
        """Whether some part of the money asks for the giver's consent."""
        return any(line.needs_consent for line in self.funding)


# The words of the fields, the same in forms, problems and pages.
FIELDS: dict[str, Text] = {
    "code": Text("项目编号", "Project code"),
    "name": Text("项目名称", "Name"),
    "use": Text("项目类别", "Class"),
    "nature": Text("建设性质", "Nature"),
    "year": Text("年度", "Year"),
    "place": Text("实施地点", "Place"),
    "starts_on": Text("计划开工", "Planned start"),
    "ends_on": Text("计划完工", "Planned end"),
    "responsible": Text("责任单位", "Responsible unit"),
    "tasks": Text("建设任务", "Tasks"),
    "participation": Text("群众参与", "Participation"),
    "mechanism": Text("带贫减贫机制", "Poverty-reducing mechanism"),
    "households": Text("受益户数", "Households that benefit"),
    "persons": Text("受益人数", "Persons who benefit"),
    "poor_persons": Text("其中脱贫（建档立卡）人数", "Of whom registered poor"),
    "funding": Text("资金来源", "Sources of money"),
    "goals": Text("绩效目标", "Performance goals"),
    "happened_on": Text("日期", "Day"),
    "reason": Text("原因", "Reason"),
    "document_no": Text("文号", "Document no."),
}


@dataclass(frozen=True, slots=True)
class StepFacts:
    """A recorded step as rules see it."""

    number: int
    step: str
    on: date
    by_id: int
    takes_back: int | None = None
    """The number of the step it takes back; such a row is no step of its own."""


@dataclass(frozen=True, slots=True)
class Measure:
    """An amount to a thousandth with its unit as typed, which may read 中文 / English: 85 %, 12.5 公里 / km."""

    thousandths: int
    unit: str

    @property
    def amount(self) -> Decimal:
        """The amount."""
        return Decimal(self.thousandths) / 1000


@dataclass(frozen=True, slots=True)
class GoalSort:
    """A sort of goal: its words, and whether a result should be at least or at most the target."""

    label: Text
    bound: Literal["at_least", "at_most"] = "at_least"


# DOMAIN 3.3: quantity, quality, time, cost; economic, social, ecological, lasting effect; satisfaction.
GOAL_SORTS: dict[str, GoalSort] = {
    "quantity": GoalSort(Text("数量指标", "quantity")),
    "quality": GoalSort(Text("质量指标", "quality")),
    "time": GoalSort(Text("时效指标", "time"), "at_most"),
    "cost": GoalSort(Text("成本指标", "cost"), "at_most"),
    "economic": GoalSort(Text("经济效益", "economic effect")),
    "social": GoalSort(Text("社会效益", "social effect")),
    "ecological": GoalSort(Text("生态效益", "ecological effect")),
    "lasting": GoalSort(Text("可持续影响", "lasting effect")),
    "satisfaction": GoalSort(Text("满意度", "satisfaction")),
}


@dataclass(frozen=True, slots=True)
class GoalDraft:
    """A goal somebody sets: what is measured, and the value to reach."""

    sort: str
    text: Text
    target: Measure | None


NOTICE_SORTS: dict[str, Text] = {
    "before": Text("公示", "Prior notice"),
    "after": Text("公告", "Announcement of results"),
}
BOARDS: dict[str, Text] = {
    "portal": Text("门户网站", "portal"),
    "township": Text("乡镇公告栏", "township board"),
    "village": Text("村务公开栏", "village board"),
}


@dataclass(frozen=True, slots=True)
class NoticeDraft:
    """A notice somebody posts: what it says, on which boards, from when to when (both days counted)."""

    sort: str
    text: str
    boards: tuple[str, ...]
    where: str = ""
    first_on: date | None = None
    last_on: date | None = None
    reason: str = ""
    """Why it hung for fewer days than the rule asks."""


# State Council office letter 〔2021〕51号 (DOMAIN 3.4): three classes.
ASSET_SORTS: dict[str, Text] = {
    "operating": Text("经营性资产", "operating asset"),
    "public": Text("公益性资产", "public-welfare asset"),
    "household": Text("到户类资产", "household asset"),
}
OWNERSHIPS: dict[str, Text] = {
    "state": Text("国家所有", "the state"),
    "township": Text("乡镇所有", "the township"),
    "village": Text("村集体所有", "the village collective"),
    "household": Text("农户所有", "the households"),
    "enterprise": Text("企业或合作社所有", "an enterprise or cooperative"),
}
STATUSES: dict[str, Text] = {
    "in_use": Text("在用", "in use"),
    "idle": Text("闲置", "idle"),
    "lost": Text("灭失", "lost"),
    "written_off": Text("报废核销", "written off"),
    # Rows are never removed: an asset recorded by mistake stays readable and counts nowhere.
    "withdrawn": Text("登记有误，撤销", "recorded in error"),
}
INCOME_USES: dict[str, Text] = {
    "households": Text("分配到户", "to households"),
    "poor_households": Text("分配到脱贫（监测）户", "to households once poor or monitored"),
    "public_posts": Text("公益岗位补助", "to public-welfare posts"),
    "village_works": Text("村内公益事业", "to works of the village"),
    "upkeep": Text("管护维修", "to upkeep"),
    "kept": Text("留存", "kept"),
}


@dataclass(frozen=True, slots=True)
class AssetDraft:
    """An asset somebody registers; its sources sum to its value to the last fen."""

    sort: str
    name: Text
    size: Measure | None
    acquired_on: date | None
    value: Money | None
    sources: tuple[FundingLine, ...] = ()


@dataclass(frozen=True, slots=True)
class HoldingDraft:
    """Who owns, runs and looks after an asset from a day on."""

    since: date | None
    ownership: str
    owner_id: int | None = None
    operator_id: int | None = None
    carer_id: int | None = None
    certificate_no: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class IncomeDraft:
    """What an asset brought in during a year, and what became of it."""

    year: int | None
    money: Money | None
    shares: tuple[tuple[str, Money], ...] = ()


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """What rules need to know of a project when a step is recorded."""

    fields: ProjectFields | None
    goals: int
    assets_unheld: int
    """Assets without an owner or a carer."""


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """A posted notice as rules see it."""

    sort: str
    first_on: date
    last_on: date
