"""What the kind `exchanges` offers."""

from datetime import date

from pairbook.assistance.exchanges.reads import (
    events_by_category,
    held_twice,
    planned_events,
    too_many_participants,
    without_papers,
)
from pairbook.exchange.rules import Sheet
from pairbook.indicators.rules import Breakdown, Breakdowns, Indicator, Indicators
from pairbook.kernel.kinds import Kind
from pairbook.kernel.parameters import Parameter, Parameters
from pairbook.kernel.texts import Text
from pairbook.portal.rules import Phrase, Phrases, Told
from pairbook.register.shapes import Detail, PaperKind, Record, Stage
from pairbook.workspace.rules import Check, Checks, Dues

_UNVERIFIED = Text("业务常识，未见文件", "Background knowledge; no document seen")
_NOTICE = PaperKind("notice", Text("通知或活动方案", "notice or programme"))

KIND = Kind(
    code="exchanges",
    label=Text("交流协作", "Exchanges"),
    place=40,
    offers=(
        Record(
            stages=(
                Stage(
                    "planned",
                    Text("计划", "Planned"),
                    papers=(_NOTICE,),
                    said=Text("{giver}计划面向{receiver}开展的", "planned by {giver} for {receiver}"),
                    # Who will come is known only afterwards.
                    quantity="none",
                ),
                Stage(
                    "held",
                    Text("已开展", "Held"),
                    follows=("planned",),
                    papers=(
                        _NOTICE,
                        PaperKind("sign_in", Text("签到表", "sign-in sheet")),
                        PaperKind("photos", Text("现场照片", "photos")),
                        PaperKind("news", Text("新闻报道", "news item")),
                    ),
                    said=Text("{giver}面向{receiver}开展的", "held by {giver} for {receiver}"),
                ),
            ),
            headline="held",
            # Those who took part. An event nobody counted is an event all the same.
            quantity="optional",
            units=("person-time",),
            counts="event",
            details=(
                Detail(
                    "category",
                    Text("类型", "Type"),
                    sort="choice",
                    choices=(
                        ("experience_sharing", Text("经验交流", "experience shared")),
                        ("remote_clinic", Text("远程会诊", "remote clinic")),
                        ("joint_activity", Text("结对共建活动", "joint activity")),
                        ("research", Text("合作研究", "joint research")),
                        ("other", Text("其他", "other")),
                    ),
                    required=True,
                    facet="category",
                ),
                Detail(
                    "field",
                    Text("领域", "Field"),
                    sort="choice",
                    choices=(
                        ("epidemic_control", Text("疫情防控", "epidemic control")),
                        ("medical", Text("医疗", "medical care")),
                        ("teaching", Text("教学", "teaching")),
                        ("farming", Text("农业技术", "farming methods")),
                        ("culture", Text("文化", "culture")),
                        ("administration", Text("行政管理", "administration")),
                    ),
                    required=True,
                    facet="field",
                ),
                Detail("subject", Text("主题", "Subject"), required=True),
                Detail(
                    "mode",
                    Text("方式", "Mode"),
                    sort="choice",
                    choices=(("on_site", Text("现场", "on site")), ("online", Text("线上", "online"))),
                    stages=("held",),
                ),
                Detail("planned_for", Text("计划开展日期", "Planned for"), sort="day", stages=("planned",)),
            ),
        ),
        Indicators(
            (
                Indicator(
                    code="exchanges.events",
                    version=1,
                    label=Text("交流协作活动", "exchanges"),
                    unit="event",
                    measure="entries",
                    rule=Text(
                        "按场计，不论参加人数；同一场活动双方各记一条的是重复；计划的不算已开展；按分享一方分方向。",
                        "Events are counted, however many took part; one event recorded by each side is counted twice; "
                        "planned is not held; the direction is that of the side that shares.",
                    ),
                    reference=Text(
                        "静海区新闻发布会，2020 年 9 月 18 日（分享疫情防控经验）；结对医院、学校的活动记录",
                        "News conference of Jinghai District, 18 September 2020 (experience in epidemic control "
                        "shared); records of activity of paired hospitals and schools",
                    ),
                ),
                Indicator(
                    code="exchanges.participants",
                    version=1,
                    label=Text("交流协作参加人次", "people taking part in exchanges"),
                    unit="person-time",
                    measure="quantity",
                    stages=("held",),
                    rule=Text(
                        "各场参加人数相加，同一人参加两场计 2 人次，不是人数；没有填人数的场次不计入；不与场次相加。",
                        "Those at every event added up, somebody at two events twice: person-times, not persons; an "
                        "event nobody counted adds none; never added to the number of events.",
                    ),
                    reference=Text(
                        "活动签到表；人次与人数分列的通行口径",
                        "Sign-in sheets; the usual rule that tells person-times from persons",
                    ),
                    # Patients of a remote clinic are among them.
                    is_private=True,
                ),
            )
        ),
        Breakdowns(
            (Breakdown(Text("已开展的活动，按类型", "Events held, by type"), "event", events_by_category),)
        ),
        Parameters(
            (
                Parameter(
                    "exchanges.participants_max",
                    Text("单场参加人数超过多少应核对", "People at one event above which it is looked into"),
                    500,
                    Text("人次", "person-times"),
                    date(2017, 1, 1),
                    _UNVERIFIED,
                ),
            )
        ),
        Checks(
            (
                Check(
                    "exchanges.without_papers",
                    Text("已开展，但没有任何材料", "Held, without any paper"),
                    "attention",
                    Text(
                        "结对关系每年要有活动记录的通行要求",
                        "The usual demand for a record of each year's activity of a pair",
                    ),
                    without_papers,
                ),
                Check(
                    "exchanges.held_twice",
                    Text(
                        "同日、同单位、同主题记了两次", "Recorded twice: same day, same parties, same subject"
                    ),
                    "serious",
                    Text(
                        "审计通报的数据虚报（2018 年 12 个市县）",
                        "Numbers padded, as audits reported (12 places in 2018)",
                    ),
                    held_twice,
                ),
                Check(
                    "exchanges.too_many_participants",
                    Text("参加人数不合常理", "More people than is plausible"),
                    "attention",
                    Text(
                        "审计通报的培训凑人数（2021 年 11 个县 41 期）；人数见参数表",
                        "Head-counts padded, as audits reported (41 courses in 2021); the number is a parameter",
                    ),
                    too_many_participants,
                ),
            )
        ),
        Dues(planned_events),
        Sheet(
            name=Text("交流协作", "Exchanges"),
            synonyms=(
                ("category", ("活动类型", "活动类别", "类别", "category")),
                ("field", ("活动领域", "条线")),
                ("subject", ("活动主题", "活动名称", "内容", "活动内容", "topic")),
                ("mode", ("形式", "活动形式", "开展方式")),
                ("planned_for", ("拟开展时间", "计划时间")),
                ("quantity", ("参加人次", "参加人数", "参与人数", "人次", "人数", "participants")),
                ("giver", ("分享单位", "主办单位", "主办方")),
                ("receiver", ("参加单位", "承接单位")),
            ),
        ),
        Phrases(
            (
                Phrase(
                    Text(
                        "{giver}面向{receiver}开展交流协作{parts}",
                        "{giver} shared what it knows with {receiver} at {parts}",
                    ),
                    (Told("exchanges.events?direction=*", Text("{0}", "{0}")),),
                ),
                Phrase(
                    Text(
                        "其中{giver}{parts}用于{campaign}",
                        "of those of {giver}, {parts} were for the {campaign}",
                    ),
                    (Told("exchanges.events?campaign=*", Text("{0}", "{0}")),),
                    goes_on=True,
                ),
            )
        ),
    ),
)
