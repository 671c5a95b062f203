"""The stages of money, from the plan to the payee and back, and how entries of money are recorded.

Every yuan can be followed both ways: what takes money names the one entry it takes from, and nothing takes more from an
entry than it brought. A receipt names its allocation, an assignment its receipt, a payment its assignment.
"""

from pairbook.kernel.texts import Text
from pairbook.register.shapes import Conversion, Detail, PaperKind, Record, Stage

_PLAN = PaperKind("plan", Text("资金计划文件", "funding plan"))
_AGREEMENT = PaperKind("agreement", Text("资金协议", "agreement on funds"))
_ISSUE = PaperKind("issue", Text("指标下达文件", "document of issue"))
_ALLOCATION = PaperKind("allocation", Text("拨付文件", "allocation document"))
_BANK_SLIP = PaperKind("bank_slip", Text("银行回单", "bank slip"))
_ASSIGNMENT = PaperKind("assignment", Text("资金安排文件", "document of assignment"))
_VOUCHER = PaperKind("voucher", Text("支付凭证", "payment voucher"))
_CLAIM = PaperKind("claim", Text("报账单", "reimbursement claim"))
_RETURN_SLIP = PaperKind("return_slip", Text("退款回单", "bank slip of the return"))

_PROMISED = (
    Stage(
        "planned",
        Text("计划", "Planned"),
        papers=(_PLAN,),
        said=Text("{giver}计划安排的", "planned by {giver}"),
    ),
    Stage(
        "agreed",
        Text("议定", "Agreed"),
        follows=("planned",),
        papers=(_AGREEMENT,),
        said=Text("{giver}与{receiver}议定的", "agreed by {giver} and {receiver}"),
    ),
    Stage(
        "issued",
        Text("下达", "Issued"),
        follows=("planned", "agreed"),
        papers=(_ISSUE,),
        said=Text("{giver}发文下达的", "issued by {giver} in a document"),
        needs_document=True,
    ),
)
_MOVED = (
    Stage(
        "allocated",
        Text("拨付", "Allocated"),
        move="send",
        follows=("planned", "agreed", "issued"),
        papers=(_ALLOCATION,),
        said=Text("{giver}拨付的", "allocated by {giver}"),
    ),
    Stage(
        "received",
        Text("到账", "Received"),
        move="receive",
        follows=("allocated",),
        must_follow=True,
        papers=(_BANK_SLIP,),
        said=Text("{receiver}收到的", "received by {receiver}"),
        recorded_by="receiver",
    ),
    Stage(
        "assigned",
        Text("安排到项目", "Assigned"),
        move="assign",
        follows=("received",),
        must_follow=True,
        is_bounded=True,
        is_across=False,
        papers=(_ASSIGNMENT,),
        said=Text("{receiver}安排到项目的", "assigned to projects by {receiver}"),
        recorded_by="receiver",
        project="required",
    ),
    Stage(
        "spent",
        Text("支出", "Spent"),
        move="use",
        # Money a payee paid back is still its project's and may be spent again.
        follows=("refunded", "assigned"),
        must_follow=True,
        is_bounded=True,
        papers=(_VOUCHER,),
        said=Text("{receiver}支出的", "spent by {receiver}"),
        recorded_by="receiver",
        project="required",
    ),
    Stage(
        "refunded",
        Text("收款方退款", "Refunded"),
        move="refund",
        follows=("spent",),
        must_follow=True,
        is_bounded=True,
        is_across=False,
        papers=(_RETURN_SLIP,),
        said=Text("收款方退还{receiver}的", "paid back to {receiver} by payees"),
        recorded_by="receiver",
        project="required",
    ),
    Stage(
        "reimbursed",
        Text("报账", "Reimbursed"),
        follows=("spent",),
        must_follow=True,
        is_bounded=True,
        is_across=False,
        papers=(_CLAIM,),
        said=Text("{receiver}报账核销的", "settled by {receiver} against vouchers"),
        recorded_by="receiver",
        project="required",
    ),
    Stage(
        "returned",
        Text("退回", "Returned"),
        move="return",
        follows=("refunded", "assigned", "received"),
        must_follow=True,
        is_bounded=True,
        papers=(_RETURN_SLIP,),
        said=Text("{receiver}退回{giver}的", "given back to {giver} by {receiver}"),
        recorded_by="receiver",
    ),
)
_CURRENCIES = (
    ("USD", Text("美元", "US dollar")),
    ("EUR", Text("欧元", "euro")),
    ("GBP", Text("英镑", "pound sterling")),
    ("HKD", Text("港元", "Hong Kong dollar")),
    ("JPY", Text("日元", "yen")),
)
_LEVELS = (
    ("city", Text("市级及以上", "city level or above")),
    ("county", Text("县级", "county level")),
    ("township", Text("乡级", "township level")),
    ("village", Text("村级", "village level")),
)
# A gift from abroad keeps what was given; the book counts what arrived.
_FROM_ABROAD = ("agreed", "allocated", "received")

RECORD = Record(
    stages=(*_PROMISED, *_MOVED),
    headline="received",
    carries="money",
    money="required",
    fund="required",
    project="optional",
    details=(
        Detail(
            "original_currency",
            Text("原币", "Original currency"),
            "choice",
            choices=_CURRENCIES,
            stages=_FROM_ABROAD,
        ),
        Detail("original_amount", Text("原币金额", "Original amount"), "number", stages=_FROM_ABROAD),
        Detail("exchange_rate", Text("汇率", "Exchange rate"), "number", stages=_FROM_ABROAD),
        Detail("rate_source", Text("汇率来源", "Source of the rate"), stages=_FROM_ABROAD),
        Detail(
            "used_at",
            Text("使用层级", "Used at"),
            "choice",
            choices=_LEVELS,
            facet="category",
            stages=("spent", "refunded"),
        ),
    ),
    conversion=Conversion("original_currency", "original_amount", "exchange_rate", "rate_source"),
)
