"""What the kind `jobs` offers."""

from pairbook.assistance.jobs.checks import CHECKS, DUES, PARAMETERS
from pairbook.assistance.jobs.facts import INDICATORS, PLACED
from pairbook.assistance.jobs.papers import (
    CONTRACT,
    FAIR_NOTICE,
    FAIR_RECORD,
    INTENTION_LIST,
    LEAVING_NOTICE,
    VACANCY_LIST,
    WAGES,
)
from pairbook.assistance.jobs.reads import placed_by_channel
from pairbook.assistance.jobs.rules import CHANNELS, DESTINATIONS
from pairbook.exchange.rules import Sheet
from pairbook.indicators.rules import Breakdown, Breakdowns
from pairbook.kernel.kinds import Kind
from pairbook.kernel.texts import Text
from pairbook.portal.rules import Phrase, Phrases, Told
from pairbook.register.shapes import Detail, Record, Stage, Subset


def _stable(code: str, label: Text, said: Text) -> Stage:
    return Stage(
        code,
        label,
        follows=("placed",),
        must_follow=True,
        papers=(WAGES,),
        said=said,
        recorded_by="receiver",
        is_bounded=True,
        is_across=False,
    )


KIND = Kind(
    code="jobs",
    label=Text("就业", "Jobs"),
    place=70,
    offers=(
        Record(
            stages=(
                Stage(
                    "held",
                    Text("招聘会", "Fair held"),
                    papers=(FAIR_NOTICE, FAIR_RECORD),
                    said=Text("为{receiver}举办的", "held for {receiver}"),
                    is_across=False,
                    quantity="none",
                    counts="event",
                ),
                Stage(
                    "offered",
                    Text("提供岗位", "Offered"),
                    follows=("held",),
                    papers=(VACANCY_LIST,),
                    said=Text("向{receiver}劳动力提供的", "offered to people of {receiver}"),
                    is_across=False,
                    units=("vacancy",),
                ),
                Stage(
                    "intention",
                    Text("登记意向", "Intention"),
                    follows=("held", "offered"),
                    papers=(INTENTION_LIST,),
                    said=Text("{receiver}劳动力登记的", "stated by people of {receiver}"),
                    recorded_by="receiver",
                    is_across=False,
                ),
                Stage(
                    "placed",
                    Text("就业上岗", "Placed"),
                    follows=("intention",),
                    papers=(CONTRACT,),
                    said=Text("{receiver}新增的", "taken up by people of {receiver}"),
                    recorded_by="receiver",
                    is_across=False,
                ),
                _stable(
                    "stable_3",
                    Text("稳定满3个月", "Stable, 3 months"),
                    Text("{receiver}稳定满三个月的", "kept for three months by people of {receiver}"),
                ),
                _stable(
                    "stable_6",
                    Text("稳定满6个月", "Stable, 6 months"),
                    Text("{receiver}稳定满六个月的", "kept for six months by people of {receiver}"),
                ),
                _stable(
                    "stable_12",
                    Text("稳定满12个月", "Stable, 12 months"),
                    Text("{receiver}稳定满十二个月的", "kept for twelve months by people of {receiver}"),
                ),
                Stage(
                    "left",
                    Text("离岗", "Left"),
                    follows=("placed",),
                    must_follow=True,
                    papers=(LEAVING_NOTICE,),
                    said=Text("{receiver}又离岗的", "left again by people of {receiver}"),
                    recorded_by="receiver",
                    is_bounded=True,
                    is_across=False,
                ),
            ),
            headline="placed",
            quantity="required",
            units=("person",),
            details=(
                Detail(
                    "destination",
                    Text("就业去向", "Destination"),
                    sort="choice",
                    choices=tuple(DESTINATIONS.items()),
                    required=True,
                    facet="field",
                    stages=PLACED,
                ),
                Detail(
                    "channel",
                    Text("就业渠道", "Channel"),
                    sort="choice",
                    choices=tuple(CHANNELS.items()),
                    stages=("placed",),
                ),
                Detail("employer", Text("用人单位", "Employer"), stages=("offered", "placed")),
                Detail("occupation", Text("工种", "Occupation"), stages=("offered", "placed")),
                Detail(
                    "monthly_wage_yuan",
                    Text("月工资（元）", "Monthly wage (yuan)"),
                    sort="whole",
                    stages=("offered", "placed"),
                ),
                Detail("place", Text("地点", "Place"), stages=("held", "offered", "placed")),
                Detail(
                    "employers", Text("参会企业数", "Employers at the fair"), sort="whole", stages=("held",)
                ),
                Detail(
                    "attendance",
                    Text("进场人次", "Attendance (person-times)"),
                    sort="whole",
                    stages=("held",),
                ),
            ),
            subset=Subset(
                "registered_poor",
                Text("建档立卡（脱贫）劳动力", "registered poor"),
                stages=("intention", *PLACED),
            ),
            names_people=("intention", *PLACED),
        ),
        INDICATORS,
        Breakdowns(
            (
                Breakdown(
                    title=Text(
                        "本年就业渠道（按记录人数，同一人多次上岗分别计）",
                        "Channels of this year's placements (as recorded; one person placed twice counts twice)",
                    ),
                    unit="person",
                    rows=placed_by_channel,
                    is_private=True,
                ),
            )
        ),
        PARAMETERS,
        CHECKS,
        DUES,
        Sheet(
            name=Text("就业", "Jobs"),
            synonyms=(
                ("happened_on", ("举办时间", "登记时间", "就业时间", "上岗时间", "务工时间", "回访时间")),
                ("quantity", ("人数", "就业人数", "岗位数", "意向人数", "稳定就业人数", "people", "persons")),
                (
                    "of_which",
                    (
                        "其中贫困劳动力",
                        "其中建档立卡贫困劳动力",
                        "其中脱贫劳动力",
                        "建档立卡人数",
                        "脱贫人口",
                    ),
                ),
                ("destination", ("就业区域", "务工区域", "就业地类别", "转移去向", "where they work")),
                ("channel", ("就业途径", "输转方式", "务工途径", "组织方式", "how placed")),
                ("employer", ("用工单位", "务工企业", "企业名称", "招聘单位", "company")),
                ("occupation", ("岗位", "岗位名称", "职业", "job", "trade")),
                ("monthly_wage_yuan", ("月薪", "工资待遇", "月收入", "monthly pay", "wage")),
                ("place", ("就业地点", "务工地点", "举办地点", "工作地点", "where")),
                ("employers", ("企业家数", "参会单位数", "companies")),
                ("attendance", ("入场人数", "求职人次", "visitors")),
            ),
        ),
        Phrases(
            (
                Phrase(
                    Text("为{receiver}劳动力{parts}", "people of {receiver} were offered {parts}"),
                    (
                        Told("jobs.fairs", Text("举办{0}招聘会", "job fairs ({0})")),
                        Told("jobs.vacancies", Text("提供{0}", "{0}")),
                    ),
                ),
                Phrase(
                    Text("登记就业意向{parts}", "{parts} stated an intention"),
                    (Told("jobs.intentions", Text("{0}", "{0}")),),
                    goes_on=True,
                ),
                Phrase(
                    Text("{receiver}劳动力{parts}就业", "work was taken up by {parts}"),
                    (
                        Told("jobs.placed_in_assisting", Text("{0}到帮扶地", "{0} in the assisting place")),
                        Told("jobs.placed_nearby", Text("{0}省内就近", "{0} near home")),
                        Told("jobs.placed_elsewhere", Text("{0}到其他地区", "{0} elsewhere")),
                    ),
                ),
            )
        ),
    ),
)
