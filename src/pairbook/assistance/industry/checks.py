"""What auditors ask about industry programmes, and which stock-takings are due."""

from pairbook.assistance.industry.reads import (
    bases_with_old_reports,
    bases_without_output,
    partners_without_agreement,
    people_perhaps_counted_twice,
    programmes_without_people,
    stock_to_take,
)
from pairbook.kernel.texts import Text
from pairbook.workspace.rules import Check, Checks, Dues

_IDLE = Text(
    "审计发现：扶贫项目闲置、未见效益（2018年261个；2022年审计报告206个）",
    "Found by auditors: idle projects and projects without effect (261 in 2018; 206 in the report of 2022)",
)

CHECKS = Checks(
    (
        Check(
            code="industry.no_people",
            label=Text("没有利益联结", "No benefit linkage"),
            severity="serious",
            source=Text(
                "审计发现：产业资金投向企业而未带动贫困户（2018年37个县10.92亿元；2021年35个县771个项目）",
                "Found by auditors: money for firms that linked no household (37 counties, 1.092 billion yuan in 2018; "
                "35 counties, 771 projects in 2021)",
            ),
            find=programmes_without_people,
        ),
        Check(
            code="industry.no_output",
            label=Text("投产后没有产出", "At work without output"),
            severity="serious",
            source=_IDLE,
            find=bases_without_output,
        ),
        Check(
            code="industry.no_agreement",
            label=Text("合作单位没有协议", "A partner without an agreement"),
            severity="attention",
            source=Text(
                "佐证材料通行做法：协议为合作的依据", "Usual evidence: an agreement is what makes a partner"
            ),
            find=partners_without_agreement,
        ),
        Check(
            code="industry.old_stock",
            label=Text("盘点过期", "An old stock-taking"),
            severity="attention",
            source=_IDLE,
            find=bases_with_old_reports,
        ),
        Check(
            code="industry.counted_twice",
            label=Text("受益人口可能重复", "People perhaps counted twice"),
            severity="attention",
            source=Text(
                "一人参加三个项目在多数简报里计了三次（某县“8.4万人次”）",
                "Most bulletins count one person in three projects three times ('84,000 person-times' in one county)",
            ),
            find=people_perhaps_counted_twice,
        ),
    )
)
DUES = Dues(find=stock_to_take)
