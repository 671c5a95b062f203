"""What is counted of goods: quantities item by item, and what both sides agree they are worth."""

from pairbook.indicators.rules import Indicator
from pairbook.kernel.texts import Text

INDICATORS = (
    Indicator(
        code="goods.quantity",
        version=1,
        label=Text("捐赠物资", "goods"),
        unit="",
        measure="quantity",
        apart_by="item",
        rule=Text(
            "按物资品种分别计数，不同品种不相加；以接收方签收数量为准，认捐、发出的另列。",
            "Counted item by item, unlike items never added; the quantity signed for on arrival counts, what was "
            "pledged or sent stands apart.",
        ),
        reference=Text("捐物登记与交接通行做法", "Usual practice of goods registers and hand-over notes"),
    ),
    Indicator(
        code="funds.goods_value",
        version=1,
        label=Text("捐物折款", "goods valued in money"),
        unit="CNY",
        measure="money",
        rule=Text(
            "双方认可的折价，与现金分开统计；未估价的物资不计入。",
            "The agreed value, kept apart from cash; goods without a value are not in it.",
        ),
        reference=Text("捐物折款通行口径", "Usual counting rule for gifts in kind"),
    ),
)
