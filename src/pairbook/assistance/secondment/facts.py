"""What is counted of postings, by which rule, and the thresholds of terms."""

from datetime import date
from functools import partial

from pairbook.assistance.secondment.reads import people_by_team, people_by_term
from pairbook.indicators.rules import Breakdown, Breakdowns, Indicator, Indicators
from pairbook.kernel.parameters import Parameter, Parameters
from pairbook.kernel.texts import Text

_RULE = Text(
    "按人计，不按岗位计：一岗先后两人轮换计两人，任一日只计在岗者；以实际到岗之日为准，不以任命或选派之日为准；"
    "延期不重复计人；双向分别统计。",
    "Persons are counted, not posts: two who hold a post one after the other are two persons, and on a day only "
    "who is in post counts; from the day of arrival, not of appointment or selection; an extension counts nobody "
    "anew; each direction apart.",
)
_REFERENCE = Text(
    "《东西部扶贫协作考核办法（试行）》（2017）人才支援类指标；2020年3月全国进展通报中选派数与到岗数分列",
    "Assessment measures of 2017 (trial), area of talent; the national progress report of March 2020 tells those "
    "selected and those in post apart",
)


def _talent(code: str, label: Text, *, category: str = "", parts: tuple[str, ...] = ()) -> Indicator:
    return Indicator(
        code=code,
        version=1,
        label=label,
        unit="person",
        measure="persons",
        rule=_RULE,
        reference=_REFERENCE,
        where=(("category", category),) if category else (),
        parts=parts,
        is_stock=True,
        leaves=("returned",),
    )


INDICATORS = Indicators(
    (
        _talent("talent.cadres", Text("挂职党政干部", "seconded cadres"), category="cadre"),
        _talent(
            "talent.professionals", Text("专业技术人才", "seconded professionals"), category="professional"
        ),
        _talent(
            "talent.total",
            Text("干部和专业技术人才合计", "seconded cadres and professionals"),
            parts=("talent.cadres", "talent.professionals"),
        ),
    )
)

BREAKDOWNS = Breakdowns(
    (
        Breakdown(
            title=Text("派往受援方、在岗人员的派驻期限", "Terms of those in post on the assisted side"),
            unit="person",
            rows=partial(people_by_term, direction="assisting_to_assisted"),
        ),
        Breakdown(
            title=Text("派往帮扶方、在岗人员的派驻期限", "Terms of those in post on the assisting side"),
            unit="person",
            rows=partial(people_by_term, direction="assisted_to_assisting"),
        ),
        Breakdown(
            title=Text(
                "组团式帮扶队伍的在岗人数（一行一队）", "Group-style teams, people in post, a team a row"
            ),
            unit="person",
            rows=people_by_team,
        ),
    )
)

_MONTHS = Text("个月", "months")
_SINCE = date(2017, 1, 1)
_UNSEEN = Text(
    "各地通行口径，各处说法不一；尚未见到文件，待核",
    "Customary, and told differently everywhere; no document seen yet, to be verified",
)


def _months(code: str, label: Text, value: int) -> Parameter:
    return Parameter(code, label, value, _MONTHS, _SINCE, _UNSEEN)


PARAMETERS = Parameters(
    (
        _months(
            "secondment.cadre_months_min",
            Text("挂职干部计入统计的最短期限", "Shortest term of a cadre that counts"),
            6,
        ),
        _months(
            "secondment.professional_months_min",
            Text("专业技术人才计入统计的最短期限", "Shortest term of a professional that counts"),
            1,
        ),
        _months(
            "secondment.band_short_months",
            Text("期限分档：第一档起点", "Bands of terms: where the first begins"),
            1,
        ),
        _months(
            "secondment.band_medium_months",
            Text("期限分档：第二档起点", "Bands of terms: where the second begins"),
            6,
        ),
        _months(
            "secondment.band_long_months",
            Text("期限分档：第三档起点", "Bands of terms: where the third begins"),
            12,
        ),
    )
)
