"""What the kind `secondment` offers."""

from pairbook.assistance.secondment.checks import CHECKS
from pairbook.assistance.secondment.facts import BREAKDOWNS, INDICATORS, PARAMETERS
from pairbook.assistance.secondment.reads import dues
from pairbook.exchange.rules import Sheet
from pairbook.kernel.kinds import Kind
from pairbook.kernel.texts import Text
from pairbook.portal.rules import Phrase, Phrases, Told
from pairbook.register.shapes import Detail, PaperKind, Record, Stage
from pairbook.workspace.rules import Dues

_SELECTED = Stage(
    "selected",
    Text("选派", "Selected"),
    papers=(PaperKind("posting_letter", Text("选派文件", "posting letter")),),
    said=Text("{giver}选派到{receiver}的", "selected by {giver} for {receiver}"),
)
_IN_POST = Stage(
    "in_post",
    Text("到岗", "In post"),
    follows=("selected",),
    papers=(
        PaperKind("arrival_record", Text("到岗报到记录", "arrival record")),
        PaperKind("role_decision", Text("任职或分工文件", "role decision")),
    ),
    said=Text("{giver}派驻{receiver}在岗的", "from {giver} in post in {receiver}"),
    recorded_by="receiver",
    # Who takes the place of somebody selected earlier is selected anew.
    is_bounded=True,
)
_EXTENDED = Stage(
    "extended",
    Text("延期", "Extended"),
    follows=("in_post",),
    must_follow=True,
    papers=(PaperKind("extension_letter", Text("延期文件", "extension letter")),),
    said=Text("{giver}派驻{receiver}延期的", "from {giver} with a longer term in {receiver}"),
)
_RETURNED = Stage(
    "returned",
    Text("返回", "Returned"),
    follows=("in_post",),
    must_follow=True,
    papers=(PaperKind("appraisal", Text("期满考核鉴定", "appraisal on return")),),
    said=Text("从{receiver}返回{giver}的", "back in {giver} from {receiver}"),
    is_bounded=True,
)
_UNTIL_IN_POST = ("selected", "in_post")

KIND = Kind(
    code="secondment",
    label=Text("挂职与人才", "Secondment"),
    place=50,
    offers=(
        Record(
            stages=(_SELECTED, _IN_POST, _EXTENDED, _RETURNED),
            headline="in_post",
            quantity="required",
            units=("person",),
            names_people=("selected", "in_post", "extended", "returned"),
            details=(
                Detail(
                    "category",
                    Text("人员类别", "Category"),
                    sort="choice",
                    choices=(
                        ("cadre", Text("党政干部", "cadre")),
                        ("professional", Text("专业技术人才", "professional")),
                    ),
                    required=True,
                    facet="category",
                ),
                Detail(
                    "field",
                    Text("行业领域", "Field"),
                    sort="choice",
                    choices=(
                        ("party_government", Text("党政综合", "Party and government")),
                        ("medical", Text("医疗卫生", "medical care")),
                        ("education", Text("教育", "education")),
                        ("agriculture_forestry", Text("农林", "agriculture and forestry")),
                        ("commerce", Text("商务", "commerce")),
                        ("water", Text("水务", "water affairs")),
                        ("culture_tourism", Text("文化旅游", "culture and tourism")),
                        ("science", Text("科技", "science")),
                        ("other", Text("其他", "other")),
                    ),
                    required=True,
                    facet="field",
                ),
                Detail("post_held", Text("岗位或职务", "Post held"), stages=_UNTIL_IN_POST),
                Detail("term_months", Text("期限（月）", "Term (months)"), "whole", stages=_UNTIL_IN_POST),
                Detail("ends_on", Text("期满日期", "Planned end"), "day", stages=_UNTIL_IN_POST),
                Detail(
                    "extended_to",
                    Text("延至", "Extended to"),
                    sort="day",
                    required=True,
                    stages=("extended",),
                ),
                Detail(
                    "mode",
                    Text("选派方式", "Mode"),
                    sort="choice",
                    choices=(
                        ("ordinary", Text("一般选派", "ordinary")),
                        ("flexible", Text("柔性", "flexible")),
                        ("team", Text("组团式", "group-style team")),
                    ),
                    stages=_UNTIL_IN_POST,
                ),
                Detail("team", Text("队名", "Team"), stages=_UNTIL_IN_POST),
                Detail("batch", Text("批次", "Batch"), stages=_UNTIL_IN_POST),
                Detail("relieves", Text("接替批次", "Relieves batch"), stages=_UNTIL_IN_POST),
            ),
        ),
        INDICATORS,
        BREAKDOWNS,
        PARAMETERS,
        CHECKS,
        Dues(dues),
        Sheet(
            name=Text("挂职与人才", "Secondment"),
            synonyms=(
                ("happened_on", ("到岗日期", "到岗时间", "选派日期", "选派时间", "返回日期", "报到时间")),
                ("giver", ("派出单位", "选派单位", "派员单位", "原单位", "home organisation")),
                ("receiver", ("挂职单位", "派驻单位", "服务单位", "所在单位", "host organisation")),
                ("quantity", ("人数", "选派人数", "到岗人数", "persons", "number of people")),
                ("category", ("类别", "人才类别", "干部或人才")),
                ("field", ("领域", "行业", "专业", "专业类别")),
                ("post_held", ("挂职职务", "职务", "岗位", "挂任职务", "post", "role")),
                ("term_months", ("挂职期限", "服务期限", "期限", "派驻期限", "term")),
                ("ends_on", ("期满时间", "截止日期", "结束日期", "end of term", "until")),
                ("extended_to", ("延期至", "延长至")),
                ("mode", ("方式", "选派形式")),
                ("team", ("团队", "团队名称", "组团名称", "team name")),
                ("batch", ("批次名称", "第几批")),
                ("relieves", ("轮换批次", "接替")),
            ),
        ),
        Phrases(
            (
                Phrase(
                    Text(
                        "{giver}派驻{receiver}的干部和专业技术人才在岗{parts}",
                        "{parts} from {giver}, cadres and professionals, were in post in {receiver}",
                    ),
                    (Told("talent.total?direction=*", Text("{0}", "{0}")),),
                ),
            )
        ),
    ),
)
