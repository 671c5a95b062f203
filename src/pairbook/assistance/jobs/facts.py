"""What is counted of jobs: intentions and vacancies are no placements; three destinations add up to the total."""

from pairbook.indicators.rules import Indicator, Indicators
from pairbook.kernel.texts import Text

# Where people may be counted: placed, still there, gone again; never an intention.
PLACED = ("placed", "stable_3", "stable_6", "stable_12", "left")

_PLACED_RULE = Text(
    "按人计，有名单的同一人只计一次；以上岗为准，岗位和意向都不算；三类去向互斥，不得重复。",
    "Persons, somebody listed twice counts once; taken up, so neither vacancies nor intentions; "
    "each person has one of three destinations.",
)
_REFERENCE = Text(
    "《东西部扶贫协作考核办法（试行）》（2017）劳务协作类指标；三类去向见2020年4月7日天津市新闻发布会（第113场）",
    "Assessment measures of 2017 (trial), area of labour; the three destinations as told by the Tianjin news "
    "conference no. 113 of 7 April 2020",
)


def _placed(code: str, label: Text, destination: str) -> Indicator:
    return Indicator(
        code=code,
        version=1,
        label=label,
        unit="person",
        measure="persons",
        where=(("field", destination),),
        stage="placed",
        stages=PLACED,
        is_private=True,
        rule=_PLACED_RULE,
        reference=_REFERENCE,
    )


INDICATORS = Indicators(
    (
        Indicator(
            code="jobs.fairs",
            version=1,
            label=Text("招聘会", "job fairs"),
            unit="event",
            measure="entries",
            stage="held",
            stages=("held",),
            rule=Text(
                "按场计，线上和现场都算；参会企业数、岗位数和进场人次不是场数。",
                "Fairs held, on site or online; employers, vacancies and people who came are not fairs.",
            ),
            reference=_REFERENCE,
        ),
        Indicator(
            code="jobs.vacancies",
            version=1,
            label=Text("就业岗位", "vacancies"),
            unit="vacancy",
            measure="quantity",
            stage="offered",
            stages=("offered",),
            rule=Text(
                "按提供的岗位数计；岗位不等于意向，更不等于就业。",
                "Vacancies offered; a vacancy is neither an intention nor a job taken up.",
            ),
            reference=_REFERENCE,
        ),
        Indicator(
            code="jobs.intentions",
            version=1,
            label=Text("就业意向", "job intentions"),
            unit="person",
            measure="persons",
            stage="intention",
            stages=("intention",),
            is_private=True,
            rule=Text(
                "按登记意向的人计；意向不算就业（2025年上半年推送岗位2475个、意向205人）。",
                "People who stated an intention; an intention is no placement (first half of 2025: 2,475 vacancies, "
                "205 intentions).",
            ),
            reference=Text(
                "庆阳网2025年7月8日县半年报道", "Qingyang Net, 8 July 2025, county half-year report"
            ),
        ),
        _placed(
            "jobs.placed_in_assisting",
            Text("到帮扶地就业人员", "jobs in the assisting place"),
            "in_assisting",
        ),
        _placed("jobs.placed_nearby", Text("省内就近就业人员", "jobs near home"), "nearby"),
        _placed("jobs.placed_elsewhere", Text("到其他地区就业人员", "jobs elsewhere"), "elsewhere"),
        Indicator(
            code="jobs.placed",
            version=1,
            label=Text("就业人员总数", "jobs in all three destinations"),
            unit="person",
            measure="persons",
            parts=("jobs.placed_in_assisting", "jobs.placed_nearby", "jobs.placed_elsewhere"),
            stage="placed",
            stages=PLACED,
            is_private=True,
            rule=Text(
                "到帮扶地、省内就近、其他地区三类之和；其中建档立卡劳动力是其中数，不另加。",
                "The three destinations together; registered poor workers are a part of it and never added.",
            ),
            reference=_REFERENCE,
        ),
    )
)
