"""What the kind `funds` offers."""

from pairbook.assistance.funds.checks import ANSWER_DAYS, CHECKS, money_to_move
from pairbook.assistance.funds.facts import INDICATORS, RATES
from pairbook.assistance.funds.stages import RECORD
from pairbook.exchange.rules import Sheet
from pairbook.kernel.kinds import Kind
from pairbook.kernel.parameters import Parameters
from pairbook.kernel.texts import Text
from pairbook.portal.rules import Course, Phrase, Phrases, Told
from pairbook.workspace.rules import Checks, Dues

KIND = Kind(
    code="funds",
    label=Text("资金", "Funds"),
    place=10,
    offers=(
        RECORD,
        INDICATORS,
        RATES,
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
