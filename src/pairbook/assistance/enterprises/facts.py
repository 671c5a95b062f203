"""What is counted of enterprises: agreed is not paid in, landed is not open, workers are those last reported."""

from pairbook.assistance.enterprises.rules import WORKSHOPS
from pairbook.indicators.rules import Indicator, Indicators
from pairbook.kernel.texts import Text

_REFERENCE = Text(
    "《东西部扶贫协作考核办法（试行）》（2017）产业合作类指标；2021年苏陕协作：落地企业186家、实际投资69.7亿元",
    "Assessment measures of 2017 (trial), area of industry; Jiangsu-Shaanxi cooperation 2021: 186 firms, 6.97 billion "
    "yuan paid in",
)
_WORKSHOPS_REFERENCE = Text(
    "2020年4月15日甘肃省数据：扶贫车间2007个，用工5.5万人，其中贫困人口2万多人；认定标准各省不同，未见文件",
    "Gansu, 15 April 2020: 2,007 workshops, 55,000 workers, over 20,000 of them poor; each province recognises by a "
    "standard of its own, which was not found",
)
_WORKERS_RULE = Text(
    "当日在岗的人，每家只取最近一次用工报告，停业的不计；其中建档立卡人口是其中数，不另加。",
    "People at work on the day: of each the newest report alone, none of one that closed; the registered poor are "
    "a part and never added.",
)

INDICATORS = Indicators(
    (
        Indicator(
            code="enterprises.count",
            version=1,
            label=Text("落地企业", "enterprises landed"),
            unit="enterprise",
            measure="entries",
            where=(("category", "firm"),),
            stage="landed",
            stages=("landed", "closed"),
            rule=Text(
                "期内新落地的企业，以营业执照为准；签约未落地的、园区和帮扶车间都不计；注册与投产分开注明。",
                "Firms that landed in the period, by their licence; neither those only signed nor parks and workshops; "
                "registered and operating are told apart.",
            ),
            reference=_REFERENCE,
        ),
        Indicator(
            code="enterprises.agreed_investment",
            version=1,
            label=Text("协议投资额", "agreed investment"),
            unit="CNY",
            measure="money",
            stage="signed",
            stages=("signed",),
            rule=Text(
                "签约金额；不是到位金额，两者不相加；不属于帮扶资金。",
                "What was signed; it is not what was paid in, and the two are never added; no assistance funds.",
            ),
            reference=_REFERENCE,
        ),
        Indicator(
            code="enterprises.invested",
            version=1,
            label=Text("实际到位投资额", "paid-in investment"),
            unit="CNY",
            measure="money",
            stage="paid_in",
            stages=("paid_in",),
            rule=Text(
                "企业实际到位的资金，以验资或银行进账为准；是企业自己的钱，不属于帮扶资金。",
                "What firms paid in, by bank proof; it is their own money and no assistance funds.",
            ),
            reference=_REFERENCE,
        ),
        Indicator(
            code="enterprises.workers",
            version=1,
            label=Text("落地企业和园区用工", "workers of enterprises landed and parks"),
            unit="person",
            measure="persons",
            where=(("category", ("firm", "park")),),
            stage="working",
            stages=("working",),
            is_stock=True,
            leaves=("closed",),
            is_latest=True,
            is_private=True,
            rule=_WORKERS_RULE,
            reference=_REFERENCE,
        ),
        Indicator(
            code="parks.count",
            version=1,
            label=Text("共建园区", "co-built parks open"),
            unit="park",
            measure="entries",
            where=(("category", "park"),),
            stage="landed",
            stages=("landed", "closed"),
            is_stock=True,
            leaves=("closed",),
            rule=Text(
                "当日在建成使用的共建园区；园区内的企业另计。",
                "Co-built parks in use on the day; the firms inside are counted apart.",
            ),
            reference=_REFERENCE,
        ),
        Indicator(
            code="workshops.count",
            version=1,
            label=Text("帮扶车间", "assistance workshops open"),
            unit="workshop",
            measure="entries",
            where=(("category", WORKSHOPS),),
            stage="landed",
            stages=("landed", "closed"),
            is_stock=True,
            leaves=("closed",),
            rule=Text(
                "当日开着的帮扶车间（2020年前称扶贫车间），援建的和认定的都算，停业的不计；有没有人上班另看用工报告。",
                "Workshops open on the day, aided and recognised ones together, without those that closed; whether "
                "anybody works there is told by the reports of workers.",
            ),
            reference=_WORKSHOPS_REFERENCE,
        ),
        Indicator(
            code="workshops.workers",
            version=1,
            label=Text("帮扶车间用工", "workers of assistance workshops"),
            unit="person",
            measure="persons",
            where=(("category", WORKSHOPS),),
            stage="working",
            stages=("working",),
            is_stock=True,
            leaves=("closed",),
            is_latest=True,
            is_private=True,
            rule=_WORKERS_RULE,
            reference=_WORKSHOPS_REFERENCE,
        ),
        Indicator(
            code="households.benefited",
            version=1,
            label=Text("利益联结户", "households linked by benefit"),
            unit="household",
            measure="quantity",
            stage="linked",
            stages=("linked",),
            is_private=True,
            rule=Text(
                "有协议、有务工、订单、分红、入股或租赁关系的户；各条记录相加，同一户在两处联结的，按名单查出后更正；户不折算成人。",
                "Households with a contract for wages, orders, dividends, shares or leases; entries add up, a "
                "household linked twice is found by the lists and corrected; households are never turned into persons.",
            ),
            reference=Text(
                "审计要求：项目和企业须有利益联结机制（审计署2018年、2021年审计报告）",
                "Asked for by audit: projects and firms have a benefit link (audit reports of 2018 and 2021)",
            ),
        ),
    )
)
