"""How industry programmes are counted: indicators, thresholds of checks, tables that show a chain at a glance."""

from datetime import date

from pairbook.assistance.industry.reads import in_stock, partners_by_role, produced_in_year
from pairbook.indicators.rules import Breakdown, Breakdowns, Indicator, Indicators
from pairbook.kernel.parameters import Parameter, Parameters
from pairbook.kernel.texts import Text

_AREA = Text(
    "2017年《考核办法（试行）》产业合作类指标", "Assessment measures of 2017 (trial), area of industry"
)
_ASSETS = Text(
    "国办函〔2021〕51号：扶贫项目资产分经营性、公益性、到户类登记",
    "General Office letter no. 51 of 2021: assets are registered as operating, public-welfare or household ones",
)

INDICATORS = Indicators(
    (
        Indicator(
            code="industry.output",
            version=1,
            label=Text("产业产出", "output"),
            unit="",
            measure="quantity",
            stages=("produced",),
            apart_by="item",
            rule=Text(
                "按品种分别计，不同品种不相加；计这段时间里出栏、采收、加工完成的数量，现有存栏不在内。",
                "Item by item, unlike items never added; what was sold off, harvested or made in the period. A herd "
                "or a field that is there is no output.",
            ),
            reference=_AREA,
        ),
        Indicator(
            code="industry.stock",
            version=1,
            label=Text("现有规模", "herds and fields"),
            unit="",
            measure="quantity",
            stage="stocked",
            stages=("stocked",),
            apart_by="item",
            is_stock=True,
            is_latest=True,
            leaves=("ended",),
            rule=Text(
                "存栏或面积，按品种分别计。每个基地只计当日以前最近一次盘点，各次盘点不相加；停产的基地不计。",
                "Herd or area, item by item. Of each base only the newest stock-taking up to the day counts, reports "
                "are never added; a closed base has none.",
            ),
            reference=_AREA,
        ),
        Indicator(
            code="industry.bases",
            version=1,
            label=Text("产业基地", "bases"),
            unit="base",
            measure="quantity",
            stage="started",
            stages=("started", "ended"),
            is_stock=True,
            leaves=("ended",),
            rule=Text(
                "一个经营主体的一个品种为一个基地；某日在产的基地数，停产的减去。基地不是项目，也不是企业。",
                "One item of one operator is one base; those at work on the day, less those closed. A base is neither "
                "a project nor an enterprise.",
            ),
            reference=_AREA,
        ),
        Indicator(
            code="industry.partners",
            version=1,
            label=Text("产业合作单位", "partners in industry"),
            unit="organisation",
            measure="quantity",
            stage="partnered",
            stages=("partnered", "left"),
            is_stock=True,
            leaves=("left",),
            rule=Text(
                "某日合作中的单位数，退出的减去；同一单位在两条产业链里合作计两次，签了协议才算。",
                "Those taking part on the day, less those that left; one in two chains counts in each. An intention "
                "without an agreement is no partner.",
            ),
            reference=_AREA,
        ),
        Indicator(
            code="assets.built",
            version=1,
            label=Text("产业资产", "assets"),
            unit="piece",
            measure="quantity",
            stage="built",
            stages=("built",),
            rule=Text(
                "以验收为准，按座、处、台件计；按面积登记的设施另计面积，两者不相加。",
                "Counted once accepted, by the piece; what is registered by its area is counted apart and never added.",
            ),
            reference=_ASSETS,
        ),
        Indicator(
            code="assets.area",
            version=1,
            label=Text("产业设施面积", "area of facilities"),
            unit="mu",
            measure="quantity",
            stage="built",
            stages=("built",),
            rule=Text(
                "以验收为准，按亩计（1公顷为15亩）；按件登记的资产不在内。",
                "Counted once accepted, in mu (15 to the hectare); assets registered by the piece are not in it.",
            ),
            reference=_ASSETS,
        ),
        Indicator(
            code="persons.benefited",
            version=1,
            label=Text("受益人口", "people who gain"),
            unit="person",
            measure="persons",
            stage="benefited",
            stages=("benefited",),
            is_private=True,
            rule=Text(
                "按人计，不按人次：列入名单的人，参加几个项目也只计一次；只报数的照加，其中可能有同一人，"
                "页面会写明。把每个项目的人数相加，会得出“8.4万人次”那样的数，那不是人数。",
                "People, not person-times: somebody listed counts once, however many programmes reach them. Those only "
                "counted are added up, may be the same people, and the page says so. Adding up every project's count "
                "gives a figure such as '84,000 person-times', which is no number of people.",
            ),
            reference=Text(
                "联农带农要求；一人参加三个项目在多数简报里计了三次（口径见项目术语表）",
                "Requirement of benefit linkage; most bulletins count one person in three projects three times "
                "(glossary of the project)",
            ),
        ),
    )
)

_PROMPT = Text("没有见到规定；此为本系统的提示线", "No document names one; a prompt of this program")
_MONTHS = Text("个月", "months")

PARAMETERS = Parameters(
    tuple(
        Parameter(code, label, value, _MONTHS, date(2017, 1, 1), _PROMPT)
        for code, label, value in (
            (
                "industry.output_months_max",
                Text("投产后应有产出的期限", "Time from start to first output"),
                12,
            ),
            (
                "industry.stock_months_max",
                Text("两次盘点的最长间隔", "Longest time between stock-takings"),
                6,
            ),
            ("industry.benefit_months_max", Text("投产后应有带动的期限", "Time until somebody gains"), 12),
        )
    )
)

BREAKDOWNS = Breakdowns(
    (
        Breakdown(
            Text("各产业链的合作单位", "Partners of each chain, by role"), "organisation", partners_by_role
        ),
        *(
            Breakdown(title, unit, in_stock(unit))
            for title, unit in (
                (Text("各产业链现有存栏", "Herds of each chain"), "head"),
                (Text("各产业链现有面积", "Fields of each chain"), "mu"),
            )
        ),
        *(
            Breakdown(title, unit, produced_in_year(unit))
            for title, unit in (
                (Text("各产业链本年出栏", "Animals each chain sold off this year"), "head"),
                (Text("各产业链本年产量", "Output of each chain this year, by weight"), "kg"),
            )
        ),
    )
)
