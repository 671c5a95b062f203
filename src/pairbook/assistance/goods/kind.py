"""What the kind `goods` offers."""

from pairbook.exchange.rules import Sheet
from pairbook.indicators.rules import Indicator, Indicators
from pairbook.kernel.kinds import Kind
from pairbook.kernel.texts import Text
from pairbook.portal.rules import Phrase, Phrases, Told
from pairbook.register.shapes import Detail, PaperKind, Record, Stage

_LIST = PaperKind("goods_list", Text("物资清单", "goods list"))
_HANDOVER = PaperKind("handover_note", Text("交接单", "hand-over note"))
_DISTRIBUTION = PaperKind("distribution_list", Text("发放登记表", "distribution list"))

KIND = Kind(
    code="goods",
    label=Text("物资", "Goods"),
    place=20,
    offers=(
        Record(
            stages=(
                Stage(
                    "sent",
                    Text("发出", "Sent"),
                    move="send",
                    papers=(_LIST,),
                    said=Text("{giver}发出的", "sent by {giver}"),
                ),
                Stage(
                    "received",
                    Text("收到", "Received"),
                    move="receive",
                    follows=("sent",),
                    must_follow=True,
                    papers=(_HANDOVER,),
                    said=Text("{receiver}收到的", "received by {receiver}"),
                    recorded_by="receiver",
                ),
                Stage(
                    "distributed",
                    Text("发放", "Distributed"),
                    move="use",
                    follows=("received",),
                    papers=(_DISTRIBUTION,),
                    said=Text("{receiver}发放的", "distributed by {receiver}"),
                    recorded_by="receiver",
                ),
            ),
            headline="received",
            carries="quantity",
            money="optional",
            money_is="valuation",
            quantity="required",
            units=("piece", "set", "head", "kg", "t", "jin", "g", "l", "ml"),
            item="required",
            # Goods come from enterprises, associations and people; what the treasury buys is money first.
            nature="social",
            details=(
                Detail("valued_by", Text("估价单位", "Valued by")),
                Detail("valued_on_basis", Text("估价依据", "Basis of the value")),
                Detail("lot", Text("批号/效期", "Lot and expiry")),
            ),
        ),
        Indicators(
            (
                Indicator(
                    code="goods.quantity",
                    version=1,
                    label=Text("捐赠物资", "goods"),
                    unit="",
                    measure="quantity",
                    apart_by="item",
                    rule=Text(
                        "按物资品种分别计数，不同品种不相加；以接收方签收数量为准。",
                        "Counted item by item, unlike items never added; the quantity signed for on arrival counts.",
                    ),
                    reference=Text(
                        "捐物登记与交接通行做法", "Usual practice of goods registers and hand-over notes"
                    ),
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
        ),
        Sheet(name=Text("物资", "Goods")),
        Phrases(
            (
                Phrase(
                    Text("为{campaign}运抵{parts}", "{parts} arrived for the {campaign}"),
                    (Told("goods.quantity?item=*&campaign=*", Text("{item}{0}", "{0} {item}")),),
                ),
                Phrase(
                    Text("收到捐赠的{parts}", "gifts in kind brought {parts}"),
                    (Told("goods.quantity?item=*", Text("{item}{0}", "{0} {item}")),),
                ),
            )
        ),
    ),
)
