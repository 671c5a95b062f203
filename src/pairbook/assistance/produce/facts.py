"""How sales of produce are counted: the indicators, the thresholds of checks, the table of channels."""

from datetime import date

from pairbook.assistance.produce.reads import sales_by_channel
from pairbook.indicators.rules import Breakdown, Breakdowns, Indicator, Indicators
from pairbook.kernel.parameters import Parameter, Parameters
from pairbook.kernel.texts import Text

INDICATORS = Indicators(
    (
        Indicator(
            code="sales.amount",
            version=1,
            label=Text("农特产品销售额", "sales of farm produce"),
            unit="CNY",
            measure="money",
            stages=("contracted", "paid"),
            rule=Text(
                "采购额加帮助销售额，按付款计入，签约不算。认定产品是其中数，不另加。"
                "这是帮扶方的口径；受援方统计的认定产品全部销售额是另一个数，两者不能互相核对。",
                "What the assisting side bought and what it helped to sell, on the day it is paid; a contract is no "
                "sale. Recognised products are a part of it, never added. The assisted side's total of all sales of "
                "its recognised products measures something else: the two are never reconciled.",
            ),
            reference=Text(
                "消费扶贫口径：采购额与帮助销售额之和（2024年1月1日公布的全国数据）；"
                "东西两部口径不同（2020年10月19日报道）",
                "Consumption assistance is what was bought and helped to sell (national figures of 1 January 2024); "
                "East and West count differently (report of 19 October 2020)",
            ),
        ),
        Indicator(
            code="sales.recognised_products",
            version=1,
            label=Text("认定产品", "recognised products"),
            unit="product",
            measure="quantity",
            stage="recognised",
            stages=("recognised", "expired"),
            is_stock=True,
            leaves=("expired",),
            rule=Text(
                "按产品计，不按企业计；某日在目录内的产品数，移出目录的减去。",
                "Products are counted, not producers; those on the list on the day, less those taken off it.",
            ),
            reference=Text(
                "扶贫产品认定办法：企业申报、县级认定、全国公告（2020年8月28日报道）",
                "Recognition of products: the firm applies, the county recognises, a national notice follows "
                "(report of 28 August 2020)",
            ),
        ),
        Indicator(
            code="sales.households",
            version=1,
            label=Text("增收农户", "households that gain from sales"),
            unit="household",
            measure="persons",
            stage="gained",
            stages=("gained",),
            is_private=True,
            rule=Text(
                "按户计，不按户次；每个生产单位每年报一次。按户主列入名单的，同一户卖给几家也只计一次；"
                "只报数的照加，其中可能有同一户。",
                "Households, not household-times; each producer tells them once a year. One listed by its head counts "
                "once, however many producers it sells through; those only counted are added up and may be the same.",
            ),
            reference=Text(
                "联农带农机制要求；人次与人数不得混用（口径见项目术语表）",
                "Requirement of benefit linkage; times and heads are never mixed (glossary of the project)",
            ),
        ),
    )
)

PARAMETERS = Parameters(
    (
        Parameter(
            code="produce.price_percent_max",
            label=Text(
                "单价偏离同年同产品中位价的上限", "How far a price may be from the usual one of its year"
            ),
            value=50,
            unit=Text("%", "percent"),
            valid_from=date(2017, 1, 1),
            source=Text(
                "认定要求价格不高于市场均价，未定幅度；此为本系统的提示线",
                "Recognition asks for a price at the market average and names no margin; a prompt of this program",
            ),
        ),
        Parameter(
            code="produce.sales_per_household_min",
            label=Text("每户对应的年销售额下限", "Least yearly sales behind each household told"),
            value=200,
            unit=Text("元", "yuan"),
            valid_from=date(2017, 1, 1),
            source=Text(
                "没有见到规定；此为本系统的提示线", "No document names one; a prompt of this program"
            ),
        ),
    )
)

BREAKDOWNS = Breakdowns(
    (
        Breakdown(
            title=Text("本年各渠道销售额", "Sales of the year by channel"),
            unit="CNY",
            rows=sales_by_channel,
        ),
    )
)
