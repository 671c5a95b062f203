"""What is counted of money: fiscal, social and total at every stage; and rates with their counting rules."""

from pairbook.indicators.rules import Indicator, Indicators, Rate, Rates, Term
from pairbook.kernel.texts import Text

_RULE = Text(
    "只计现金；按到账日期计入；计划、拨付与到账分别统计，不得混用。",
    "Cash only; counted on the day it arrives; planned, allocated and received are told apart and never mixed.",
)
_REFERENCE = Text(
    "《东西部扶贫协作考核办法（试行）》（2017）资金支持类指标；口径见项目术语表",
    "Assessment measures of 2017 (trial), area of funds; counting rule in the project's glossary",
)
_COUNTY = ("county", "township", "village")
_AT_COUNTY = "funds.at_county"

INDICATORS = Indicators(
    (
        Indicator(
            code="funds.fiscal",
            version=1,
            label=Text("财政帮扶资金", "fiscal funds"),
            unit="CNY",
            measure="money",
            where=(("nature", "fiscal"),),
            rule=_RULE,
            reference=_REFERENCE,
        ),
        Indicator(
            code="funds.social",
            version=1,
            label=Text("社会帮扶资金", "social funds"),
            unit="CNY",
            measure="money",
            where=(("nature", "social"),),
            rule=_RULE,
            reference=_REFERENCE,
        ),
        Indicator(
            code="funds.total",
            version=1,
            label=Text("帮扶资金合计", "funds in total"),
            unit="CNY",
            measure="money",
            parts=("funds.fiscal", "funds.social"),
            rule=Text(
                "财政帮扶资金与社会帮扶资金之和；只计现金，捐物折款另列。",
                "Fiscal and social funds together; cash only, goods valued in money stand apart.",
            ),
            reference=_REFERENCE,
        ),
        Indicator(
            code=_AT_COUNTY,
            version=1,
            label=Text("用在县及县以下的资金", "funds used at county level and below"),
            unit="CNY",
            measure="money",
            where=(("category", _COUNTY),),
            stage="spent",
            stages=("spent", "refunded"),
            rule=Text(
                "支出时写明使用层级为县级、乡级或村级的；没有写明层级的不计入。",
                "Payments that name county, township or village as the level they were used at; "
                "a payment that names none does not count.",
            ),
            reference=Text(
                "对口支援“两个 80%”中县及县以下口径；不当然适用于东西部协作",
                "As in the double-80% rule of counterpart support; not by itself a rule of East-West cooperation",
            ),
        ),
    )
)
_NET = ("refunded",)
RATES = Rates(
    (
        Rate(
            code="funds.spend_rate",
            version=1,
            label=Text("资金支出进度", "spend progress"),
            of=Term("funds.total", "spent", minus=_NET),
            to=Term("funds.total", "received"),
            rule=Text(
                "同期支出（扣除收款方退款）除以同期到账；跨年结转资金支出时可能超过 100%。",
                "Spent, less what payees paid back, by what was received in the same time; "
                "money carried over from earlier years can take it above 100%.",
            ),
            reference=Text(
                "财政扶贫资金绩效评价：支出进度", "Performance review of fiscal relief funds: spend progress"
            ),
        ),
        Rate(
            code="funds.use_rate",
            version=1,
            label=Text("资金使用率", "use rate"),
            of=Term("funds.total", "assigned"),
            to=Term("funds.total", "received"),
            rule=Text(
                "同期安排到项目的资金除以同期到账；安排了尚未支付的也算使用。",
                "Assigned to projects by received in the same time; what is assigned counts as used before it is paid.",
            ),
            reference=_REFERENCE,
        ),
        Rate(
            code="funds.county_share",
            version=1,
            label=Text("县及县以下资金占比", "share used at county level and below"),
            of=Term(_AT_COUNTY, "spent", minus=_NET),
            to=Term("funds.total", "spent", minus=_NET),
            rule=Text(
                "用在县级及以下的支出除以全部支出，都扣除退款；没有写明使用层级的只进分母。",
                "Payments used at county level and below by all payments, both less refunds; "
                "one that names no level counts in the whole only.",
            ),
            reference=Text(
                "对口支援“两个 80%”：用于县及县以下不低于 80%",
                "Counterpart support, double-80% rule: at least 80% at county level and below",
            ),
        ),
        Rate(
            code="funds.fiscal_growth",
            version=1,
            label=Text("财政资金增长率", "growth of fiscal funds"),
            of=Term("funds.fiscal", "received"),
            to=Term("funds.fiscal", "received", years_before=1),
            is_growth=True,
            rule=Text(
                "同期到账的财政资金与上一年同期相比的增减；上一年同期为 0 的不计算。",
                "Fiscal funds received, against the same days of the year before; not formed where those were 0.",
            ),
            reference=Text(
                "东西部协作框架协议：财政资金逐年增长", "Framework agreements: fiscal funds grow each year"
            ),
        ),
    )
)
