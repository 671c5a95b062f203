"""What the desk is told of jobs: patterns auditors look for, thresholds with their source, follow-ups due."""

from datetime import date

from pairbook.assistance.jobs import reads
from pairbook.kernel.parameters import Parameter, Parameters
from pairbook.kernel.texts import Text
from pairbook.workspace.rules import Check, Checks, Dues

_SUBSIDY_RULES = Text(
    "地方就业补贴办法：劳动合同或用人单位证明，加三个月工资流水或签章工资表（舟曲县2020年；2023年补贴规定）",
    "Local subsidy rules: contract or employer's certificate, and three months of bank wage records or signed payroll "
    "(Zhouqu County, Gansu, 2020; subsidy rule of 2023)",
)
_AUDIT_2021 = Text(
    "审计署2022年6月审计报告：公益性岗位1958个空饷或顶替",
    "Audit report of June 2022: 1,958 public-welfare posts with empty pay or stand-ins",
)
_SCRIPTS = Text(
    "县级防返贫监测数据核对规则：外出务工者的渠道不应是公益性岗位或帮扶车间",
    "Counties' rules for checking monitoring data: who works outside the county has no public-welfare post or workshop",
)
_THREE_CLASSES = Text(
    "三类去向互斥、必须相加等于总数（2020年4月7日发布会：192、121、1195，共1508人）",
    "The three destinations exclude each other and add up (news conference of 7 April 2020: 192, 121 and 1,195 make "
    "1,508)",
)
_INTENTION = Text(
    "意向不是就业：2025年上半年推送岗位2475个、意向205人（庆阳网2025年7月8日）",
    "An intention is no placement: 2,475 vacancies and 205 intentions in the first half of 2025 (Qingyang Net, 8 July "
    "2025)",
)

PARAMETERS = Parameters(
    (
        Parameter(
            code="jobs.stable_months_min",
            label=Text("稳定就业的最短时间", "Shortest time of stable employment"),
            value=3,
            unit=Text("个月", "months"),
            valid_from=date(2017, 1, 1),
            source=_SUBSIDY_RULES,
        ),
        Parameter(
            code="jobs.follow_up_late_months_max",
            label=Text("回访逾期后仍可补办的时间", "How late a follow-up can still be made"),
            value=12,
            unit=Text("个月", "months"),
            valid_from=date(2017, 1, 1),
            source=Text("无文件依据，系统默认值", "No document known; the product's own default"),
        ),
    )
)

CHECKS = Checks(
    (
        Check(
            "jobs.no_contract",
            Text("上岗没有合同或证明", "Placed without a contract"),
            "serious",
            _SUBSIDY_RULES,
            reads.without_contract,
        ),
        Check(
            "jobs.stable_without_wages",
            Text("稳定就业没有工资记录", "Stable without wage records"),
            "serious",
            _SUBSIDY_RULES,
            reads.stable_without_wages,
        ),
        Check(
            "jobs.stable_too_early",
            Text("未满期限就记为稳定就业", "Stable before its months were over"),
            "serious",
            _SUBSIDY_RULES,
            reads.stable_early,
        ),
        Check(
            "jobs.placed_twice",
            Text("同一人同时在两处就业", "The same person placed twice at once"),
            "serious",
            Text(
                "同一人在几处重复统计，一县累计“84000人次”（每日甘肃网2020年11月9日）",
                "One person counted in several places: 84,000 person-times in one county (Gansu Daily Net, 9 November "
                "2020)",
            ),
            reads.people_placed_twice,
        ),
        Check(
            "jobs.post_outside",
            Text("本地岗位记成外出就业", "A local post told as work elsewhere"),
            "serious",
            _SCRIPTS,
            reads.local_posts_outside,
        ),
        Check(
            "jobs.phantom_posts",
            Text("公益性岗位没有工资记录", "Public-welfare posts without pay records"),
            "serious",
            _AUDIT_2021,
            reads.phantom_posts,
        ),
        Check(
            "jobs.stayed_and_left",
            Text("在岗与离岗合计超过上岗人数", "More stayed and left than were placed"),
            "serious",
            Text(
                "审计发现的虚报数据：12个市县脱贫数据不实（2018年）",
                "False figures found by audit: inflated exit data in 12 cities and counties (2018)",
            ),
            reads.more_stayed_than_placed,
        ),
        Check(
            "jobs.destination_differs",
            Text("前后去向不一致", "Destination changes from stage to stage"),
            "attention",
            _THREE_CLASSES,
            reads.destinations_differ,
        ),
        Check(
            "jobs.intentions_above_vacancies",
            Text("意向人数超过岗位数", "More intentions than vacancies"),
            "attention",
            _INTENTION,
            reads.crowded_offers,
        ),
        Check(
            "jobs.never_followed",
            Text("上岗后从未按期回访", "Placed and not followed up"),
            "attention",
            _SUBSIDY_RULES,
            reads.forgotten_placements,
        ),
    )
)

DUES = Dues(reads.follow_ups)
