"""What auditors ask about sales of produce, and what runs out by a day."""

from pairbook.assistance.produce.reads import (
    invoices_used_twice,
    products_listed_twice,
    recognitions_that_end,
    sales_at_odd_prices,
    sales_without_proof,
    sales_without_recognition,
    too_many_households,
)
from pairbook.kernel.texts import Text
from pairbook.workspace.rules import Check, Checks, Dues

_RECOGNITION = Text(
    "扶贫产品认定三项条件：质量、不高于市场均价、带动增收（2020年8月28日报道）",
    "Three tests of recognition: quality, a price at the market average, a link to households (28 August 2020)",
)
_FICTITIOUS = Text(
    "审计发现：虚列支出、票据不实（2017年6月审计结果公告）",
    "Found by auditors: fictitious spending and papers (audit results of June 2017)",
)

CHECKS = Checks(
    (
        Check(
            code="produce.no_proof",
            label=Text("计入付款而无票据", "Paid without papers"),
            severity="serious",
            source=_FICTITIOUS,
            find=sales_without_proof,
        ),
        Check(
            code="produce.invoice_twice",
            label=Text("票据号重复", "The same invoice number twice"),
            severity="serious",
            source=_FICTITIOUS,
            find=invoices_used_twice,
        ),
        Check(
            code="produce.not_recognised",
            label=Text("列为认定产品而无认定", "Told as recognised without a recognition"),
            severity="serious",
            source=Text(
                "专柜销售额中认定产品只占62%（2020年10月18日报道）：认定产品须与其他产品分列",
                "Of sales at counters only 62 percent were recognised products (18 October 2020): they stand apart",
            ),
            find=sales_without_recognition,
        ),
        Check(
            code="produce.listed_twice",
            label=Text("同一产品列入两次", "A product listed twice"),
            severity="attention",
            source=_RECOGNITION,
            find=products_listed_twice,
        ),
        Check(
            code="produce.odd_price",
            label=Text("单价偏离", "A price far from the usual"),
            severity="attention",
            source=_RECOGNITION,
            find=sales_at_odd_prices,
        ),
        Check(
            code="produce.households",
            label=Text("带动户数偏多", "Too many households for what was sold"),
            severity="attention",
            source=_RECOGNITION,
            find=too_many_households,
        ),
    )
)
DUES = Dues(find=recognitions_that_end)
