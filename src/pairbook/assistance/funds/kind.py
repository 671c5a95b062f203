"""What the kind `funds` offers."""

from pairbook.assistance.funds.checks import ANSWER_DAYS, CHECKS, money_to_move
from pairbook.assistance.funds.stages import RECORD
from pairbook.exchange.rules import Sheet
from pairbook.indicators.rules import Indicator, Indicators
from pairbook.kernel.kinds import Kind
from pairbook.kernel.parameters import Parameters
from pairbook.kernel.texts import Text
from pairbook.portal.rules import Course, Phrase, Phrases, Told
from pairbook.workspace.rules import Checks, Dues

_RULE = Text(
    "只计现金；按到账日期计入；计划、拨付与到账分别统计，不得混用。",
    "Cash only; counted on the day it arrives; planned, allocated and received are told apart and never mixed.",
)
_REFERENCE = Text(
    "《东西部扶贫协作考核办法（试行）》（2017）资金支持类指标；口径见项目术语表",
    "Assessment measures of 2017 (trial), area of funds; counting rule in the project's glossary",
)

KIND = Kind(
    code="funds",
    label=Text("资金", "Funds"),
    place=10,
    offers=(
        RECORD,
        Indicators(
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
            )
        ),
        Parameters((ANSWER_DAYS,)),
        Checks(CHECKS),
        Dues(money_to_move),
        Sheet(name=Text("资金", "Funds")),
        Phrases(
            (
                Phrase(
                    Text("{receiver}收到{giver}{parts}", "{parts} reached {receiver} from {giver}"),
                    (
                        Told("funds.fiscal", Text("财政帮扶资金{0}", "{0} of fiscal funds")),
                        Told("funds.social", Text("社会帮扶资金{0}", "{0} of social funds")),
                    ),
                ),
                Phrase(
                    Text("其中{parts}用于{campaign}", "of this, {parts} was for the {campaign}"),
                    (Told("funds.total?campaign=*", Text("{0}", "{0}")),),
                    goes_on=True,
                ),
            )
        ),
        Course(
            "funds.total",
            ("allocated", "received"),
            Text("资金从拨付到到账", "From allocation to arrival"),
        ),
    ),
)
