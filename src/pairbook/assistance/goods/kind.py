"""What the kind `goods` offers."""

from datetime import date

from pairbook.assistance.goods import households, papers, reads
from pairbook.assistance.goods.facts import INDICATORS
from pairbook.exchange.rules import Sheet
from pairbook.indicators.rules import Breakdown, Breakdowns, Indicators
from pairbook.kernel.kinds import Kind
from pairbook.kernel.parameters import Parameter, Parameters
from pairbook.kernel.texts import Text
from pairbook.portal.rules import Phrase, Phrases, Told
from pairbook.register.shapes import Detail, Record, Stage
from pairbook.workspace.rules import Check, Checks, Dues

_UNVERIFIED = Text("业务常识，未见文件", "Background knowledge; no document seen")
_LEDGER = Text(
    "捐赠佐证材料的通行要求：物资清单、单价、交接单",
    "Usual evidence of a gift: goods list, unit price, hand-over note",
)

KIND = Kind(
    code="goods",
    label=Text("物资", "Goods"),
    place=20,
    offers=(
        Record(
            stages=(
                Stage(
                    "pledged",
                    Text("认捐", "Pledged"),
                    papers=(papers.PLEDGE,),
                    said=Text("{giver}认捐的", "pledged by {giver}"),
                ),
                Stage(
                    "sent",
                    Text("发出", "Sent"),
                    move="send",
                    follows=("pledged",),
                    is_bounded=True,
                    papers=(papers.LIST,),
                    said=Text("{giver}发出的", "sent by {giver}"),
                ),
                Stage(
                    "received",
                    Text("收到", "Received"),
                    move="receive",
                    follows=("sent",),
                    must_follow=True,
                    papers=(papers.HANDOVER,),
                    said=Text("{receiver}收到的", "received by {receiver}"),
                    recorded_by="receiver",
                ),
                Stage(
                    "distributed",
                    Text("发放", "Distributed"),
                    move="use",
                    follows=("received",),
                    papers=(papers.DISTRIBUTION,),
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
                Detail(
                    "unit_price", Text("单价（元，按物资计量单位）", "Unit price (yuan per unit of the item)")
                ),
                Detail("valued_by", Text("估价单位", "Valued by")),
                Detail("valued_on_basis", Text("估价依据", "Basis of the value")),
                Detail("expires_on", Text("有效期至", "Expires on"), sort="day"),
                Detail("lot", Text("批号", "Lot")),
                Detail(
                    "loss_cause",
                    Text("短损原因", "Cause of loss"),
                    sort="choice",
                    choices=(
                        ("short", Text("少装、少发", "fewer packed than listed")),
                        ("lost", Text("途中丢失", "lost on the way")),
                        ("broken", Text("破损", "broken")),
                        ("spoiled", Text("变质、死亡", "spoiled or died")),
                        ("unfit", Text("不合格拒收", "refused as unfit")),
                    ),
                    stages=("received",),
                ),
                Detail("households", Text("发放户数", "Households"), sort="whole", stages=("distributed",)),
            ),
            names_people=("distributed",),
        ),
        Indicators(INDICATORS),
        Breakdowns(
            (
                Breakdown(
                    Text("发放到户，按物资", "Distributed to households, by item"),
                    "household-time",
                    households.households_by_item,
                    is_private=True,
                ),
            )
        ),
        Parameters(
            (
                Parameter(
                    "goods.days_held_max",
                    Text("收到后多少天内应发放", "Days from receipt to distribution, at most"),
                    90,
                    Text("天", "days"),
                    date(2017, 1, 1),
                    _UNVERIFIED,
                ),
                Parameter(
                    "goods.days_in_transit_max",
                    Text("发出后多少天内应收到", "Days from dispatch to receipt, at most"),
                    30,
                    Text("天", "days"),
                    date(2017, 1, 1),
                    _UNVERIFIED,
                ),
            )
        ),
        Checks(
            (
                Check(
                    "goods.value_unfounded",
                    Text("有折价，但未写明由谁估价或依据", "Valued, without saying by whom or on what basis"),
                    "attention",
                    _LEDGER,
                    reads.value_unfounded,
                ),
                Check(
                    "goods.price_disagrees",
                    Text("单价与折价金额不符", "Unit price and value disagree"),
                    "serious",
                    _LEDGER,
                    reads.price_disagrees,
                ),
                Check(
                    "goods.not_arrived",
                    Text("发出后没有收齐，也没有说明原因", "Sent, not received in full, and nobody says why"),
                    "serious",
                    Text("业务常识，天数见参数表", "Background knowledge; the days are a parameter"),
                    reads.not_arrived,
                ),
                Check(
                    "goods.not_distributed",
                    Text("收到后久未发放", "Received long ago and not distributed"),
                    "attention",
                    Text(
                        "审计通报的资金物资闲置；天数见参数表",
                        "What audits report as idle; the days are a parameter",
                    ),
                    reads.not_distributed,
                ),
                Check(
                    "goods.expired",
                    Text(
                        "过期后才发放，或过期仍未发放",
                        "Distributed after its last day, or expired undistributed",
                    ),
                    "serious",
                    Text(
                        "物资批号、效期登记的通行做法",
                        "Usual practice of registering lots and their last day",
                    ),
                    reads.expired,
                ),
                Check(
                    "goods.more_than_listed",
                    Text("发放户数多于名单", "Distributed to more households than are listed"),
                    "serious",
                    Text(
                        "审计通报的虚报人数（2018 年 12 个市县；2021 年 11 个县）",
                        "Numbers padded, as audits reported (12 places in 2018, 11 counties in 2021)",
                    ),
                    households.more_than_listed,
                ),
                Check(
                    "goods.household_twice",
                    Text("同一批物资同一户领了两次", "One household listed twice for one lot"),
                    "attention",
                    Text("审计通报的重复享受", "Double benefit, as audits report it"),
                    households.household_twice,
                ),
            )
        ),
        Dues(reads.lots_to_distribute),
        Sheet(
            name=Text("物资", "Goods"),
            synonyms=(
                ("unit_price", ("单价", "price", "unit price")),
                ("valued_by", ("估价人", "评估单位", "作价单位")),
                ("valued_on_basis", ("估价方式", "作价依据", "折价依据")),
                ("expires_on", ("效期", "有效期", "保质期至", "失效日期", "expiry", "expiry date")),
                ("lot", ("批次", "批号/效期", "lot and expiry", "batch")),
                ("loss_cause", ("短少原因", "破损原因", "差异原因")),
                ("households", ("户数", "受益户数", "领取户数", "number of households")),
            ),
        ),
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
