"""What is counted of training, by which rule, and the thresholds of its checks."""

from datetime import date

from pairbook.indicators.rules import Indicator, Indicators
from pairbook.kernel.parameters import Parameter, Parameters
from pairbook.kernel.texts import Text

_REFERENCE = Text(
    "《东西部扶贫协作考核办法（试行）》（2017）人才支援、劳务协作类指标；中国扶贫开发年鉴中培训期数与人次分列",
    "Assessment measures of 2017 (trial), areas of talent and labour; the poverty-relief yearbooks tell courses and "
    "person-times apart",
)
_RULE = Text(
    "按人计：有名单的，同一人参加几期只计一人；没有名单的，按各期人数相加，如有重复无从剔除，单独注明；按开班日计入；"
    "计划与举办分列；其中建档立卡人数不另加。",
    "Persons: somebody listed in several courses counts once; where there is only a number, the numbers of the courses "
    "are added up and said to be unlisted, for repeats cannot be told; by the first day of the course; planned is not "
    "held; of which registered poor is inside the number, never added.",
)
_OUTCOME_RULE = Text(
    "由一期已举办的培训而来，人数不能超过该期参训人数；按取得之日计入，与培训当年不必同年。",
    "Each follows a course that was held and is never more than attended it; by the day it came about, which may be "
    "in a later year than the course.",
)


def _trained(code: str, label: Text, *, category: str = "", parts: tuple[str, ...] = ()) -> Indicator:
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
        stages=("planned", "held"),
        is_private=True,
    )


def _came_of_it(code: str, label: Text) -> Indicator:
    return Indicator(
        code=f"training.{code}",
        version=1,
        label=label,
        unit="person",
        measure="persons",
        rule=_OUTCOME_RULE,
        reference=_REFERENCE,
        stage=code,
        stages=(code,),
        is_private=True,
    )


INDICATORS = Indicators(
    (
        _trained("training.cadres", Text("党政干部培训", "training of cadres"), category="cadre"),
        _trained(
            "training.professionals",
            Text("专业技术人才培训", "training of professionals"),
            category="professional",
        ),
        _trained("training.farmers", Text("农民技能培训", "training of farmers"), category="farmer"),
        _trained(
            "training.entrepreneurs",
            Text("致富带头人培训", "training of rural entrepreneurs"),
            category="entrepreneur",
        ),
        _trained(
            "training.total",
            Text("培训合计", "training in total"),
            parts=(
                "training.cadres",
                "training.professionals",
                "training.farmers",
                "training.entrepreneurs",
            ),
        ),
        Indicator(
            code="training.person_times",
            version=1,
            label=Text("培训人次", "training in person-times"),
            unit="person-time",
            counted_in="person",
            measure="quantity",
            stages=("planned", "held"),
            rule=Text(
                "各期参训人数相加：一人参加两期计两人次。不能与按人计的数相加或相比。",
                "The people of each course added up: one person at two courses is two person-times. Never added to, or "
                "compared with, a number of persons.",
            ),
            reference=_REFERENCE,
            is_private=True,
        ),
        Indicator(
            code="training.courses",
            version=1,
            label=Text("培训班", "training courses"),
            unit="event",
            measure="entries",
            stages=("planned", "held"),
            rule=Text(
                "按期计，一期一条记录，不论天数、节数和人数。",
                "Courses are counted, one entry each, whatever their days, sessions and people.",
            ),
            reference=_REFERENCE,
        ),
        _came_of_it("certified", Text("取得证书人数", "trainees certified")),
        _came_of_it("employed", Text("就业人数", "trainees employed")),
        _came_of_it("started_business", Text("创业人数", "trainees who started a business")),
    )
)

_SINCE = date(2017, 1, 1)

PARAMETERS = Parameters(
    (
        Parameter(
            "training.people_a_day_max",
            Text(
                "同一单位一天培训人数的可信上限", "Most people one organisation can believably train in a day"
            ),
            300,
            Text("人", "persons"),
            _SINCE,
            Text(
                "本书经验值，无文件依据，待核；广西审计公告有一校以短期班套取资金（参训329人）之例",
                "A working value without a document, to be verified; an audit in Guangxi found a school drawing money "
                "through short courses (329 trainees)",
            ),
        ),
        Parameter(
            "training.attendance_percent_min",
            Text("计为参训的最低到课比例", "Least share of sessions to count as trained"),
            50,
            Text("%", "percent"),
            _SINCE,
            Text("本书经验值，无文件依据，待核", "A working value without a document, to be verified"),
        ),
    )
)
