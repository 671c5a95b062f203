"""What the desk is told of enterprises: patterns auditors look for, thresholds with their source, reports due."""

from datetime import date

from pairbook.assistance.enterprises import reads
from pairbook.kernel.parameters import Parameter, Parameters
from pairbook.kernel.texts import Text
from pairbook.workspace.rules import Check, Checks, Dues

_NO_DOCUMENT = Text("无文件依据，系统默认值", "No document known; the product's own default")
_MONTHS = Text("个月", "months")
_FROM = date(2017, 1, 1)
_FIRM_PAPERS = Text(
    "企业佐证材料：营业执照、投资协议、到位资金银行凭证、贫困人口工资表",
    "Papers usual for firms: licence, investment contract, bank proof of paid-in money, wage roll of poor workers",
)
_AGREED_PAID = Text(
    "协议投资额不等于到位投资额：2024年津甘签约超过393亿元，落地企业171家",
    "Agreed is not paid in: more than 39.3 billion yuan signed between Tianjin and Gansu in 2024, 171 firms landed",
)
_SHELLS = Text(
    "帮扶车间“空壳”：2022年扶贫车间研究；甘肃2020年4月：2007个车间用工5.5万人，其中贫困人口2万多人",
    "Empty workshops: a study of 2022; Gansu in April 2020: 2,007 workshops, 55,000 workers, over 20,000 of them poor",
)
_NO_LINK = Text(
    "审计：37个县10.92亿元投给企业而没有利益联结（2018年）；35个县771个项目27.69亿元（2021年）",
    "Audit: 1.092 billion yuan to firms without a benefit link in 37 counties (2018); 771 projects, 2.769 billion "
    "yuan in 35 counties (2021)",
)
_COUNTED_TWICE = Text(
    "同一人、同一户在几处重复统计，一县累计“84000人次”（每日甘肃网2020年11月9日）",
    "One person or household counted in several places: 84,000 person-times in one county (Gansu Daily Net, 9 November "
    "2020)",
)

PARAMETERS = Parameters(
    (
        Parameter(
            code="enterprises.paid_in_months_max",
            label=Text("签约后最迟到位时间", "Longest time from signing to the first money paid in"),
            value=12,
            unit=_MONTHS,
            valid_from=_FROM,
            source=_NO_DOCUMENT,
        ),
        Parameter(
            code="enterprises.report_months_max",
            label=Text("帮扶车间用工报告的间隔", "Longest time between two reports of a workshop's workers"),
            value=6,
            unit=_MONTHS,
            valid_from=_FROM,
            source=_NO_DOCUMENT,
        ),
        Parameter(
            code="enterprises.poor_share_percent_max",
            label=Text("用工中贫困人口的可信上限", "Largest believable share of poor workers"),
            value=90,
            unit=Text("%", "%"),
            valid_from=_FROM,
            source=_NO_DOCUMENT,
        ),
        Parameter(
            code="enterprises.poor_share_workers_min",
            label=Text(
                "用工满多少人才看贫困人口占比", "Workers from whom on the share of poor workers is looked at"
            ),
            value=10,
            unit=Text("人", "persons"),
            valid_from=_FROM,
            source=_NO_DOCUMENT,
        ),
    )
)

CHECKS = Checks(
    (
        Check(
            "enterprises.no_licence",
            Text("落地没有执照或认定文件", "Landed without licence or recognition"),
            "serious",
            _FIRM_PAPERS,
            reads.without_licence,
        ),
        Check(
            "enterprises.paid_in_unproven",
            Text("到位投资没有银行凭证", "Paid-in money without bank proof"),
            "serious",
            _FIRM_PAPERS,
            reads.paid_in_unproven,
        ),
        Check(
            "enterprises.nothing_paid_in",
            Text("签约已久而没有资金到位", "Signed long ago, nothing paid in"),
            "attention",
            _AGREED_PAID,
            reads.nothing_paid_in,
        ),
        Check(
            "enterprises.empty_shell",
            Text("帮扶车间长期没有用工", "Workshop open without workers"),
            "serious",
            _SHELLS,
            reads.workshops_without_workers,
        ),
        Check(
            "enterprises.poor_share",
            Text("贫困人口占比高得难以置信", "Share of poor workers hard to believe"),
            "attention",
            _SHELLS,
            reads.poor_shares,
        ),
        Check(
            "enterprises.link_without_contract",
            Text("利益联结没有协议", "Benefit link without a contract"),
            "serious",
            _NO_LINK,
            reads.links_without_contract,
        ),
        Check(
            "enterprises.household_twice",
            Text("同一户在两处联结中重复计算", "The same household under two links"),
            "serious",
            _COUNTED_TWICE,
            reads.households_twice,
        ),
        Check(
            "enterprises.working_after_closing",
            Text("停业之后仍报用工", "Workers reported after closing"),
            "serious",
            _SHELLS,
            reads.working_after_closing,
        ),
        Check(
            "enterprises.sort_differs",
            Text("前后类别不一致", "Sort changes from stage to stage"),
            "attention",
            _COUNTED_TWICE,
            reads.sorts_differ,
        ),
    )
)

DUES = Dues(reads.reports_of_workers)
