"""The columns of the project library's workbook: three sheets that can be filled in and imported, four that only show.

Villages and departments send their proposals as one row a project, with an amount for each source of money. Which
fund the money comes from, and the goals, have sheets of their own, joined by the project's code.
"""

from typing import Literal

from pairbook.exchange.rules import Column, ColumnSort
from pairbook.kernel.texts import Text
from pairbook.projects.shapes import FIELDS, INCOME_USES, SOURCES

Part = Literal["projects", "funding", "goals", "steps", "notices", "assets", "income"]
LIBRARY = "projects"
"""What `import` and `export` call the library, beside the kinds."""

SHEET_NAMES: dict[Part, Text] = {
    "projects": Text("项目", "Projects"),
    "funding": Text("项目资金来源", "Project funding"),
    "goals": Text("绩效目标", "Performance goals"),
    "steps": Text("项目步骤", "Project steps"),
    "notices": Text("公示公告", "Notices"),
    "assets": Text("项目资产", "Project assets"),
    "income": Text("资产收益", "Asset income"),
}
FILLED_IN: tuple[Part, ...] = ("projects", "funding", "goals")
SHEET_WORDS: dict[Part, tuple[str, ...]] = {
    "projects": ("项目库", "项目申报表", "项目申报", "项目库申报表", "project library", "proposals"),
    "funding": ("资金来源", "funding", "sources of money"),
    "goals": ("绩效指标", "绩效", "goals"),
}
"""Other names offices give these sheets."""

MONEY = "money:"
"""Before the code of a source: the column of what is planned from it."""


def _shown(code: str, label: Text, width: int, sort: ColumnSort = "text") -> Column:
    return Column(code, label, sort, width=width, is_for_show=True)


_CODE_WORDS = ("编号", "序号", "项目代码", "code", "no")
_NAME = _shown("name", Text("项目名称", "Project"), 26)
_CODE = Column("code", FIELDS["code"], "text", is_required=True, width=14, words=_CODE_WORDS)
_PAIRING = Column(
    "pairing", Text("所属结对", "Pairing"), "pairing", width=24, words=("结对代码", "pairing code")
)


def _source_columns(*, is_for_show: bool) -> tuple[Column, ...]:
    """A column of money for each source."""
    words = {
        "assisting_fiscal": ("财政帮扶资金", "东部财政资金", "帮扶资金", "东西部协作资金"),
        "assisting_social": ("社会捐赠资金", "社会资金", "捐赠资金"),
        "own_fiscal": ("本级财政资金", "县级财政资金", "地方财政资金"),
        "self_raised": ("自筹资金", "自筹", "其他资金"),
    }
    return tuple(
        Column(
            f"{MONEY}{code}",
            Text(f"{source.label.zh}（元）", f"{source.label.en[0].upper()}{source.label.en[1:]} (yuan)"),
            "money",
            width=18,
            words=words.get(code, ()),
            is_for_show=is_for_show,
        )
        for code, source in SOURCES.items()
    )


def _field(
    code: str, sort: ColumnSort, width: int, *words: str, name: str = "", is_required: bool = False
) -> Column:
    return Column(code, FIELDS[name or code], sort, is_required=is_required, width=width, words=words)


_PROJECTS: tuple[Column, ...] = (
    _CODE,
    Column(
        "name_zh", Text("项目名称（中文）", "Name in Chinese"), "text", is_required=True, width=28,
        words=("名称", "name", "project", "project name"),
    ),
    Column("name_en", Text("英文名称", "Name in English"), "text", width=28),
    _shown("state", Text("当前步骤", "Stands at"), 13),
    _shown("state_on", Text("步骤日期", "Since"), 12, "day"),
    Column(
        "happened_on", Text("申报日期", "Proposed on"), "day", width=13, words=("申报时间", "日期", "date"),
    ),
    Column("document_no", Text("申报文号", "Document no. of the proposal"), "text", width=20, words=("文号",)),
    _field("year", "whole", 8, "项目年度", "计划年度"),
    _field("use", "use", 16, "类别", "项目类型", "产业类别", "type"),
    _field("nature", "nature", 12, "性质", "项目性质"),
    _field("place", "party", 18, "地点", "建设地点", "项目地点", "实施地"),
    _field("responsible", "party", 24, "项目单位", "申报单位", "实施单位", "责任部门"),
    _field("starts_on", "day", 13, "开工时间", "计划开工时间", "计划开工日期", "start"),
    _field("ends_on", "day", 13, "完工时间", "计划完工时间", "计划完工日期", "end"),
    _field("tasks", "text", 38, "建设内容", "建设内容及规模", "主要建设内容"),
    _field("participation", "text", 30, "群众参与方式"),
    _field("mechanism", "text", 34, "带贫机制", "联农带农机制", "利益联结机制", "联农带农"),
    _field("households", "whole", 10, "受益户", "户数"),
    _field("persons", "whole", 10, "受益人口", "人数"),
    _field("poor_persons", "whole", 14, "其中脱贫人口", "脱贫人口", "建档立卡人口", "其中脱贫人数"),
    *_source_columns(is_for_show=False),
    _shown("planned", Text("计划总额（元）", "Planned in all (yuan)"), 18, "money"),
    Column("parent", Text("所属项目（编号）", "Part of (code)"), "text", width=18, words=("上级项目", "所属项目")),
)  # fmt: skip

_FUNDING: tuple[Column, ...] = (
    _CODE,
    _NAME,
    Column("source", Text("资金来源", "Source of money"), "source", is_required=True, width=26, words=("来源",)),
    Column("fund", Text("资金", "Fund"), "fund", width=34, words=("资金名称", "资金批次")),
    Column("money", Text("金额（元）", "Amount (yuan)"), "money", is_required=True, width=18, words=("金额", "amount")),
    Column(
        "asks_consent", Text("须经出资方同意", "Its giver wants to be asked"), "yes_no", width=14,
        words=("是否须同意",),
    ),
)  # fmt: skip

_GOALS: tuple[Column, ...] = (
    _CODE,
    _NAME,
    Column(
        "sort", Text("指标类别", "Sort of goal"), "goal_sort", is_required=True, width=16, words=("类别",)
    ),
    Column(
        "text_zh",
        Text("指标内容（中文）", "What is measured, in Chinese"),
        "text",
        is_required=True,
        width=28,
    ),
    Column("text_en", Text("指标内容（英文）", "What is measured, in English"), "text", width=30),
    Column("target", Text("目标值", "Target"), "thousandths", is_required=True, width=13, words=("指标值",)),
    Column("unit", Text("计量单位", "Unit"), "text", is_required=True, width=14, words=("单位",)),
    _shown("result", Text("完成值", "Result"), 13, "thousandths"),
    _shown("as_of", Text("截至", "As of"), 13, "day"),
    _shown("reached", Text("是否达到", "Reached"), 11),
    _shown("evaluation", Text("自评说明", "Evaluation"), 34),
)

_STEPS: tuple[Column, ...] = (
    _shown("code", FIELDS["code"], 14),
    _NAME,
    _shown("number", Text("序号", "No."), 7, "whole"),
    _shown("step", Text("步骤", "Step"), 18),
    _shown("happened_on", FIELDS["happened_on"], 13, "day"),
    _shown("document_no", FIELDS["document_no"], 26),
    _shown("reason", FIELDS["reason"], 40),
    _shown("counts", Text("效力", "Standing"), 16),
    _shown("papers", Text("材料份数", "Papers"), 10, "whole"),
    _shown("recorded_for", Text("登记单位", "Recorded by"), 26),
    _shown("recorded_at", Text("登记日期", "Recorded on"), 13, "day"),
)

_NOTICES: tuple[Column, ...] = (
    _shown("code", FIELDS["code"], 14),
    _NAME,
    _shown("sort", Text("公示或公告", "Sort of notice"), 18),
    _shown("first_on", Text("张贴自", "From"), 13, "day"),
    _shown("last_on", Text("至", "To"), 13, "day"),
    _shown("days", Text("天数", "Days"), 8, "whole"),
    _shown("boards", Text("张贴处", "Where"), 24),
    _shown("where", Text("具体位置", "Exactly where"), 26),
    _shown("text", Text("内容", "What it says"), 44),
    _shown("planned", Text("所公布计划资金（元）", "Planned, as published (yuan)"), 18, "money"),
    _shown("spent", Text("所公布支出（元）", "Spent, as published (yuan)"), 18, "money"),
    _shown("reason", Text("不足天数的原因", "Why fewer days"), 26),
    _shown("posted_for", Text("张贴单位", "Posted by"), 26),
)

_ASSETS: tuple[Column, ...] = (
    _shown("code", FIELDS["code"], 14),
    _NAME,
    _shown("asset", Text("资产编号", "Asset no."), 10),
    _shown("sort", Text("资产类别", "Class of asset"), 18),
    _shown("name_zh", Text("资产名称（中文）", "Asset, in Chinese"), 26),
    _shown("name_en", Text("资产名称（英文）", "Asset, in English"), 28),
    _shown("size", Text("规模", "Size"), 12, "thousandths"),
    _shown("unit", Text("单位", "Unit"), 12),
    _shown("acquired_on", Text("建成（购置）日期", "Built or bought on"), 13, "day"),
    _shown("value", Text("原值（元）", "Original value (yuan)"), 18, "money"),
    *_source_columns(is_for_show=True),
    _shown("ownership", Text("所有权", "Ownership"), 18),
    _shown("owner", Text("所有者", "Owner"), 22),
    _shown("operator", Text("经营者", "Operator"), 22),
    _shown("carer", Text("管护人", "Carer"), 22),
    _shown("held_since", Text("权属自", "Held since"), 13, "day"),
    _shown("certificate_no", Text("权证号", "Certificate no."), 18),
    _shown("status", Text("现状", "Status"), 12),
    _shown("statuses", Text("历年状况", "Status over the years"), 40),
    _shown("income", Text("历年收益合计（元）", "Income of all years (yuan)"), 18, "money"),
)

_INCOME: tuple[Column, ...] = (
    _shown("code", FIELDS["code"], 14),
    _NAME,
    _shown("asset", Text("资产编号", "Asset no."), 10),
    _shown("name_zh", Text("资产名称", "Asset"), 28),
    _shown("year", FIELDS["year"], 8, "whole"),
    _shown("income", Text("收益（元）", "Income (yuan)"), 18, "money"),
    *(
        _shown(use, Text(f"{label.zh}（元）", f"{label.en[0].upper()}{label.en[1:]} (yuan)"), 18, "money")
        for use, label in INCOME_USES.items()
    ),
)

_COLUMNS: dict[Part, tuple[Column, ...]] = {
    "projects": _PROJECTS,
    "funding": _FUNDING,
    "goals": _GOALS,
    "steps": _STEPS,
    "notices": _NOTICES,
    "assets": _ASSETS,
    "income": _INCOME,
}


def library_columns(part: Part, *, has_children: bool) -> tuple[Column, ...]:
    """The columns of a sheet of the library; `has_children` adds which pairing a row belongs to."""
    columns = _COLUMNS[part]
    if not has_children:
        return columns
    pairing = _PAIRING if part in FILLED_IN else _shown("pairing", _PAIRING.label, _PAIRING.width)
    return (*columns, pairing)
