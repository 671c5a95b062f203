"""What the kind `produce` offers."""

from pairbook.assistance.produce.checks import CHECKS, DUES
from pairbook.assistance.produce.facts import BREAKDOWNS, INDICATORS, PARAMETERS
from pairbook.exchange.rules import Sheet
from pairbook.kernel.kinds import Kind
from pairbook.kernel.texts import Text
from pairbook.portal.rules import Course, Phrase, Phrases, Told
from pairbook.register.shapes import Detail, PaperKind, Record, Stage, Subset

_NOTICE = PaperKind("recognition_notice", Text("产品认定公告", "recognition notice"))
_CONTRACT = PaperKind("contract", Text("购销合同", "sales contract"))
# A platform issues no invoice for each sale: its export of orders is as good.
_INVOICE = PaperKind("invoice", Text("发票或平台订单导出表", "invoice, or order export of the platform"))
_PAYMENT = PaperKind("payment", Text("付款凭证", "proof of payment"))
_HOUSEHOLD_LIST = PaperKind("household_list", Text("带动农户花名册", "list of households"))

_KINDS_OF_GOODS = ("kg", "t", "jin", "head", "piece")
_LISTED = ("recognised", "expired")
_SOLD = ("contracted", "paid")

_RECORD = Record(
    stages=(
        Stage(
            "recognised",
            Text("认定", "Recognised"),
            papers=(_NOTICE,),
            said=Text("{receiver}列入目录的", "listed for {receiver}"),
            recorded_by="receiver",
            is_across=False,
            money="none",
            quantity="none",
            counts="product",
        ),
        Stage(
            "expired",
            Text("移出目录", "Taken off the list"),
            follows=("recognised",),
            must_follow=True,
            papers=(_NOTICE,),
            said=Text("{receiver}移出目录的", "of {receiver} taken off the list"),
            recorded_by="receiver",
            is_bounded=True,
            is_across=False,
            money="none",
            quantity="none",
            counts="product",
        ),
        Stage(
            "contracted",
            Text("签约", "Contracted"),
            papers=(_CONTRACT,),
            said=Text("{giver}与{receiver}签约的", "of {receiver} contracted with {giver}"),
        ),
        Stage(
            "paid",
            Text("付款", "Paid"),
            follows=("contracted",),
            papers=(_INVOICE, _PAYMENT),
            said=Text("{giver}采购和帮助销售、{receiver}已收款的", "of {receiver} paid for through {giver}"),
            is_bounded=True,
        ),
        Stage(
            "gained",
            Text("带动农户", "Households that gain"),
            papers=(_HOUSEHOLD_LIST,),
            said=Text("{receiver}产销带动的", "in {receiver}"),
            recorded_by="receiver",
            is_across=False,
            money="none",
            quantity="required",
            item="none",
            units=("household",),
        ),
    ),
    headline="paid",
    # What is paid for goods is the buyer's own money, not the programme's: no fund is moved.
    money="required",
    quantity="optional",
    units=_KINDS_OF_GOODS,
    item="optional",
    project="optional",
    details=(
        Detail(
            "how",
            Text("销售方式", "Mode of sale"),
            sort="choice",
            choices=(
                ("bought", Text("采购", "bought")),
                ("helped", Text("帮助销售", "helped to sell")),
            ),
            required=True,
            facet="field",
            stages=_SOLD,
        ),
        Detail(
            "channel",
            Text("渠道", "Channel"),
            sort="choice",
            choices=(
                ("market_counter", Text("专柜", "market counter")),
                ("hall", Text("专馆", "hall")),
                ("zone", Text("专区", "zone")),
                ("platform", Text("电商平台", "platform")),
                ("canteen", Text("食堂", "canteen")),
                ("live_streaming", Text("直播带货", "live-streaming")),
                ("other", Text("其他渠道", "other channel")),
            ),
            required=True,
            facet="category",
            stages=_SOLD,
        ),
        Detail("product", Text("产品名称", "Product"), required=True, stages=_LISTED),
        Detail("recognition_no", Text("认定编号", "Recognition no."), stages=_LISTED),
        Detail("valid_until", Text("有效期至", "Valid until"), sort="day", stages=_LISTED),
    ),
    subset=Subset("recognised", Text("认定产品", "recognised products"), of="money", stages=_SOLD),
    names_people=("gained",),
)

KIND = Kind(
    code="produce",
    label=Text("消费帮扶", "Produce"),
    place=100,
    offers=(
        _RECORD,
        INDICATORS,
        PARAMETERS,
        BREAKDOWNS,
        CHECKS,
        DUES,
        Sheet(
            name=Text("消费帮扶", "Produce"),
            synonyms=(
                ("giver", ("采购单位", "采购方", "销售渠道单位", "认定单位", "buyer")),
                ("receiver", ("供货单位", "供应商", "生产单位", "销售单位", "producer", "supplier")),
                ("item", ("产品类别", "农产品", "农特产品", "produce")),
                ("money", ("销售额", "采购额", "采购金额", "成交额", "消费帮扶金额", "合同金额", "sales")),
                ("quantity", ("销量", "重量", "带动户数", "weight")),
                ("document_no", ("发票号", "发票号码", "合同编号", "订单号", "invoice no", "contract no")),
                ("how", ("方式", "采购或帮销", "how")),
                ("channel", ("销售渠道", "三专")),
                ("product", ("认定产品名称", "品牌", "recognised product", "扶贫产品名称", "帮扶产品名称")),
                ("recognition_no", ("产品认定编号", "扶贫产品编号")),
                ("valid_until", ("有效期", "认定有效期")),
            ),
        ),
        Phrases(
            (
                Phrase(
                    Text(
                        "{giver}采购和帮助销售{receiver}农特产品{parts}",
                        "produce of {receiver} worth {parts} was bought by {giver} or sold with its help",
                    ),
                    (Told("sales.amount", Text("{0}", "{0}")),),
                ),
                Phrase(
                    Text(
                        "{receiver}列入认定目录的有{parts}",
                        "{parts} of {receiver} stood on the list of recognised ones",
                    ),
                    (Told("sales.recognised_products", Text("{0}", "{0}")),),
                ),
            )
        ),
        Course(
            "sales.amount",
            ("contracted", "paid"),
            Text("农特产品从签约到付款", "Produce, from contract to payment"),
        ),
    ),
)
