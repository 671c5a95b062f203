"""What is counted of visits: trips, the people on them, conferences, meetings."""

from pairbook.indicators.rules import Indicator
from pairbook.kernel.texts import Text

# An entry that names no category is an ordinary visit.
_TRIPS = ("", "visit", "joint_conference")
_MEASURES = Text(
    "《东西部扶贫协作考核办法（试行）》（2017）组织领导类指标",
    "Assessment measures of 2017 (trial), area of organisation and leadership",
)

INDICATORS = (
    Indicator(
        code="visits.leaders",
        version=1,
        label=Text("党政主要负责同志互访", "leaders' visits"),
        unit="visit",
        measure="entries",
        where=(("field", "leaders"), ("category", _TRIPS)),
        rule=Text(
            "按次计，不按人次；由党政主要负责同志带队；赴对方出席联席会议也是一次互访，本方召开的专题会议不是；双向分别统计。",
            "Trips are counted, not people; led by a leader of Party or government; a trip to a joint conference is a "
            "visit too, a topical meeting at home is none; each direction apart.",
        ),
        reference=_MEASURES,
    ),
    Indicator(
        code="visits.person_times",
        version=1,
        label=Text("互访人次", "people travelling"),
        unit="person-time",
        measure="quantity",
        where=(("category", _TRIPS),),
        rule=Text(
            "每次随访人数相加，同一人去两次计 2 人次；各级带队的都计；没有填人数的不计入；不与互访次数相加。",
            "The people of every trip added up, somebody on two trips twice; trips of every rank; a trip whose people "
            "nobody counted adds none; never added to the number of visits.",
        ),
        reference=Text(
            "《中国扶贫开发年鉴》互访统计（次、人次分列）",
            "China poverty-relief yearbooks, statistics of visits (visits and person-times side by side)",
        ),
    ),
    Indicator(
        code="visits.joint_conferences",
        version=1,
        label=Text("联席会议", "joint conferences"),
        unit="event",
        measure="entries",
        where=(("category", "joint_conference"),),
        rule=Text(
            "双方共同召开，一场计一次，不论谁出席、由谁带队；按赴会一方分方向，双方各记一条的是重复。",
            "Held by both sides together; one conference counts once, whoever came or led; its direction is that of "
            "the side that travelled, and one recorded by each side is counted twice.",
        ),
        reference=_MEASURES,
    ),
    Indicator(
        code="visits.topical_meetings",
        version=1,
        label=Text("协作专题会议", "topical meetings on the cooperation"),
        unit="event",
        measure="entries",
        where=(("category", "topical_meeting"),),
        rule=Text(
            "一方常委会、常务会、领导小组会研究协作工作，按场计，给出单位为召开会议的一方；不是互访，人数不计入互访人次。",
            "A body of one side met on the cooperation; meetings are counted, and From is the side whose body met; no "
            "visit, and nobody there travelled.",
        ),
        reference=Text(
            "天津市公开报道按场统计市级专题会议（截至 2019 年底 40 场）",
            "Tianjin's published count of its topical meetings (40 up to the end of 2019)",
        ),
    ),
)
