"""What the kind `visits` offers."""

from pairbook.exchange.rules import Sheet
from pairbook.indicators.rules import Indicator, Indicators
from pairbook.kernel.kinds import Kind
from pairbook.kernel.texts import Text
from pairbook.portal.rules import Phrase, Phrases, Told
from pairbook.register.shapes import Detail, PaperKind, Record, Stage

KIND = Kind(
    code="visits",
    label=Text("互访", "Visits"),
    place=30,
    offers=(
        Record(
            stages=(
                Stage(
                    "held",
                    Text("已开展", "Held"),
                    papers=(
                        PaperKind("notice", Text("通知或日程", "notice or agenda")),
                        PaperKind("minutes", Text("会议纪要", "minutes")),
                    ),
                    said=Text("{giver}到{receiver}的", "from {giver} to {receiver}"),
                ),
            ),
            headline="held",
            counts="visit",
            details=(
                Detail(
                    "rank",
                    Text("带队级别", "Led by"),
                    sort="choice",
                    choices=(
                        ("leaders", Text("党政主要负责同志", "leaders")),
                        ("department", Text("部门负责同志", "department heads")),
                        ("working", Text("工作人员", "working staff")),
                    ),
                    required=True,
                    facet="field",
                ),
                Detail("delegation_size", Text("随访人数", "Size of the delegation"), sort="whole"),
                Detail("purpose", Text("主题", "Purpose"), required=True),
            ),
        ),
        Indicators(
            (
                Indicator(
                    code="visits.leaders",
                    version=1,
                    label=Text("党政主要负责同志互访", "leaders' visits"),
                    unit="visit",
                    measure="quantity",
                    where=(("field", "leaders"),),
                    rule=Text(
                        "按次计，不按人次；由党政主要负责同志带队；双向分别统计。",
                        "Trips are counted, not people; led by a leader of Party or government; each direction apart.",
                    ),
                    reference=Text(
                        "《东西部扶贫协作考核办法（试行）》（2017）组织领导类指标",
                        "Assessment measures of 2017 (trial), area of organisation and leadership",
                    ),
                ),
            )
        ),
        Sheet(name=Text("互访", "Visits")),
        Phrases(
            (
                Phrase(
                    Text(
                        "{giver}主要负责同志{parts}赴{receiver}",
                        "leaders of {giver} made {parts} to {receiver}",
                    ),
                    (Told("visits.leaders?direction=*", Text("{0}", "{0}")),),
                ),
            )
        ),
    ),
)
