"""What the kind `visits` offers."""

from datetime import date

from pairbook.assistance.visits.facts import INDICATORS
from pairbook.assistance.visits.reads import (
    meetings_by_body,
    no_joint_conference,
    rank_unclear,
    without_minutes,
)
from pairbook.exchange.rules import Sheet
from pairbook.indicators.rules import Breakdown, Breakdowns, Indicators
from pairbook.kernel.kinds import Kind
from pairbook.kernel.parameters import Parameter, Parameters
from pairbook.kernel.texts import Text
from pairbook.portal.rules import Phrase, Phrases, Told
from pairbook.register.shapes import Detail, PaperKind, Record, Stage
from pairbook.workspace.rules import Check, Checks

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
                        PaperKind("notice", Text("通知", "notice")),
                        PaperKind("agenda", Text("日程或议程", "agenda")),
                        PaperKind("sign_in", Text("签到表", "sign-in sheet")),
                        PaperKind("minutes", Text("会议纪要", "minutes")),
                        PaperKind("photos", Text("现场照片", "photos")),
                        PaperKind("news", Text("新闻报道", "news item")),
                    ),
                    said=Text("{giver}面向{receiver}开展的", "from {giver} to {receiver}"),
                ),
            ),
            headline="held",
            # The people who travelled. An entry without their number is a visit all the same.
            quantity="optional",
            units=("person-time",),
            counts="visit",
            details=(
                Detail(
                    "category",
                    Text("类型", "Type"),
                    sort="choice",
                    choices=(
                        ("visit", Text("互访", "visit")),
                        ("joint_conference", Text("联席会议", "joint conference")),
                        ("topical_meeting", Text("专题会议", "topical meeting")),
                    ),
                    facet="category",
                ),
                Detail(
                    "rank",
                    Text("带队级别", "Rank"),
                    sort="choice",
                    choices=(
                        ("leaders", Text("党政主要负责同志", "leaders")),
                        ("department", Text("部门负责同志", "department heads")),
                        ("working", Text("工作人员", "working staff")),
                    ),
                    required=True,
                    facet="field",
                ),
                Detail(
                    "leader_post",
                    Text("带队领导职务", "Post of the leader"),
                    sort="choice",
                    choices=(
                        ("party_head", Text("党委主要负责同志", "head of the Party committee")),
                        ("government_head", Text("政府主要负责同志", "head of government")),
                        ("deputy", Text("其他班子成员", "another member of the leadership")),
                    ),
                ),
                Detail(
                    "body",
                    Text("召开会议的机构", "Body that met"),
                    sort="choice",
                    choices=(
                        ("standing_committee", Text("党委常委会", "standing committee of the Party")),
                        ("executive_meeting", Text("政府常务会议", "executive meeting of the government")),
                        ("leading_group", Text("协作领导小组", "leading group")),
                        ("dispatch_meeting", Text("工作调度会", "progress dispatch meeting")),
                    ),
                ),
                Detail("purpose", Text("主题", "Purpose"), required=True),
            ),
        ),
        Indicators(INDICATORS),
        Breakdowns(
            (
                Breakdown(
                    Text("专题会议，按召开的一方和机构", "Topical meetings by side and body"),
                    "event",
                    meetings_by_body,
                ),
            )
        ),
        Parameters(
            (
                Parameter(
                    "visits.joint_conferences_min",
                    Text("每年至少召开联席会议", "Joint conferences a year, at least"),
                    1,
                    Text("场", "events"),
                    date(2017, 1, 1),
                    Text(
                        "业务常识（每级每年至少一次），未见文件",
                        "Background knowledge (at least one a year at each level); no document seen",
                    ),
                ),
            )
        ),
        Checks(
            (
                Check(
                    "visits.no_joint_conference",
                    Text("全年没有召开联席会议", "A year without a joint conference"),
                    "serious",
                    Text("业务常识，次数见参数表", "Background knowledge; the number is a parameter"),
                    no_joint_conference,
                ),
                Check(
                    "visits.rank_unclear",
                    Text("计入主要负责同志互访，但带队级别不清", "Counted as a leaders' visit, rank unclear"),
                    "attention",
                    Text(
                        "《东西部扶贫协作考核办法（试行）》（2017）组织领导类指标：只计党政主要负责同志带队的",
                        "Assessment measures of 2017 (trial), area of organisation and leadership: only trips led by "
                        "the head of Party or government count",
                    ),
                    rank_unclear,
                ),
                Check(
                    "visits.without_minutes",
                    Text("没有会议纪要", "No minutes"),
                    "attention",
                    Text("互访、会议的通行佐证材料", "Usual evidence of visits and meetings"),
                    without_minutes,
                ),
            )
        ),
        Sheet(
            name=Text("互访", "Visits"),
            synonyms=(
                ("category", ("活动类型", "互访类型", "会议类型", "category")),
                ("rank", ("级别", "带队领导级别", "led by")),
                ("leader_post", ("领导职务", "职务", "post")),
                ("body", ("会议名称", "召开单位", "body")),
                ("purpose", ("事由", "内容", "互访内容", "活动内容", "会议主题", "subject")),
                (
                    "quantity",
                    ("随访人数", "人次", "人数", "参加人数", "delegation size", "size of the delegation"),
                ),
            ),
        ),
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
