"""What the kind `enterprises` offers."""

from pairbook.assistance.enterprises.checks import CHECKS, DUES, PARAMETERS
from pairbook.assistance.enterprises.facts import INDICATORS
from pairbook.assistance.enterprises.papers import (
    AGREEMENT,
    BANK_PROOF,
    CLOSING_NOTICE,
    LICENCE,
    LINK_CONTRACT,
    WAGE_ROLL,
)
from pairbook.assistance.enterprises.reads import workshops_by_sort
from pairbook.assistance.enterprises.rules import LINKS, SORTS
from pairbook.exchange.rules import Sheet
from pairbook.indicators.rules import Breakdown, Breakdowns
from pairbook.kernel.kinds import Kind
from pairbook.kernel.texts import Text
from pairbook.portal.rules import Phrase, Phrases, Told
from pairbook.register.shapes import Detail, Record, Stage, Subset

KIND = Kind(
    code="enterprises",
    label=Text("企业与车间", "Enterprises"),
    place=80,
    offers=(
        Record(
            stages=(
                Stage(
                    "signed",
                    Text("签约", "Signed"),
                    papers=(AGREEMENT,),
                    said=Text("{giver}在{receiver}的", "of {giver} in {receiver}"),
                    money="required",
                ),
                Stage(
                    "landed",
                    Text("落地", "Landed"),
                    follows=("signed",),
                    papers=(LICENCE,),
                    said=Text("{receiver}的", "in {receiver}"),
                    recorded_by="receiver",
                    is_across=False,
                    counts="enterprise",
                ),
                Stage(
                    "paid_in",
                    Text("资金到位", "Paid in"),
                    follows=("signed", "landed"),
                    papers=(BANK_PROOF,),
                    said=Text("{giver}在{receiver}的", "of {giver} in {receiver}"),
                    recorded_by="receiver",
                    money="required",
                ),
                Stage(
                    "working",
                    Text("用工报告", "Workers reported"),
                    follows=("landed",),
                    must_follow=True,
                    papers=(WAGE_ROLL,),
                    said=Text("{receiver}在岗的", "at work in {receiver}"),
                    recorded_by="receiver",
                    is_across=False,
                    quantity="required",
                    units=("person",),
                ),
                Stage(
                    "linked",
                    Text("利益联结", "Households linked"),
                    follows=("landed",),
                    papers=(LINK_CONTRACT,),
                    said=Text("{receiver}的", "in {receiver}"),
                    recorded_by="receiver",
                    is_across=False,
                    quantity="required",
                    units=("household",),
                ),
                Stage(
                    "closed",
                    Text("停业", "Closed"),
                    follows=("landed",),
                    must_follow=True,
                    papers=(CLOSING_NOTICE,),
                    said=Text("{receiver}停业的", "then closed in {receiver}"),
                    recorded_by="receiver",
                    is_across=False,
                    counts="enterprise",
                ),
            ),
            headline="paid_in",
            project="optional",
            details=(
                Detail(
                    "category",
                    Text("类别", "Sort"),
                    sort="choice",
                    choices=tuple(SORTS.items()),
                    required=True,
                    facet="category",
                ),
                Detail("name", Text("名称", "Name"), required=True, stages=("signed", "landed")),
                Detail("trade", Text("行业", "Trade"), stages=("signed", "landed")),
                Detail(
                    "licence_no", Text("执照号或认定文号", "Licence or recognition no."), stages=("landed",)
                ),
                Detail("place", Text("所在乡镇", "Place in the county"), stages=("landed",)),
                Detail(
                    "state",
                    Text("运营状态", "State"),
                    sort="choice",
                    choices=(
                        ("registered", Text("已注册", "registered")),
                        ("operating", Text("已投产", "operating")),
                    ),
                    stages=("landed",),
                ),
                Detail("distinction", Text("特点", "What sets it apart"), stages=("landed", "working")),
                Detail(
                    "link",
                    Text("联结方式", "Benefit link"),
                    sort="choice",
                    choices=tuple(LINKS.items()),
                    required=True,
                    facet="field",
                    stages=("linked",),
                ),
            ),
            subset=Subset(
                "registered_poor",
                Text("建档立卡（脱贫）人口", "registered poor"),
                stages=("working", "linked"),
            ),
            # Of households linked, the list holds one person each, so that no household is counted in two links.
            names_people=("working", "linked"),
        ),
        INDICATORS,
        Breakdowns(
            (
                Breakdown(
                    title=Text("在营帮扶车间：援建与认定", "Workshops open: aided and recognised"),
                    unit="workshop",
                    rows=workshops_by_sort,
                ),
            )
        ),
        PARAMETERS,
        CHECKS,
        DUES,
        Sheet(
            name=Text("企业与车间", "Enterprises"),
            synonyms=(
                (
                    "happened_on",
                    ("签约时间", "落地时间", "注册时间", "建成时间", "认定时间", "到位时间", "统计日期"),
                ),
                ("giver", ("投资方", "投资单位", "援建单位", "investor")),
                ("receiver", ("落地单位", "被投资单位", "承接单位")),
                ("money", ("投资额", "协议投资额", "到位资金", "实际到位资金", "investment")),
                ("quantity", ("用工人数", "吸纳就业人数", "带动户数", "联结户数", "workers", "households")),
                (
                    "of_which",
                    ("其中贫困人口", "其中建档立卡贫困人口", "其中脱贫人口", "其中贫困户", "吸纳贫困劳动力"),
                ),
                ("category", ("类型", "主体类型", "车间类型", "type", "category")),
                ("name", ("企业名称", "车间名称", "园区名称", "单位名称", "company", "workshop")),
                ("trade", ("产业类型", "主营业务", "经营范围", "industry", "business")),
                ("licence_no", ("统一社会信用代码", "营业执照号", "认定文号", "licence no", "credit code")),
                ("place", ("所在地", "落地乡镇", "地址", "location")),
                ("state", ("经营状态", "是否投产", "status")),
                ("distinction", ("亮点", "备注特点", "remarkable")),
                ("link", ("带贫方式", "带贫机制", "联农带农方式", "利益联结机制", "benefit linkage")),
            ),
        ),
        Phrases(
            (
                Phrase(
                    Text("{receiver}落地{parts}", "{receiver} gained {parts}"),
                    (
                        Told("enterprises.count", Text("{0}", "{0}")),
                        Told("enterprises.invested", Text("实际到位投资{0}", "{0} of paid-in investment")),
                    ),
                ),
                Phrase(
                    Text("其中为{campaign}建成{parts}", "of these, {parts} for the {campaign}"),
                    (Told("enterprises.count?campaign=*", Text("{0}", "{0}")),),
                    goes_on=True,
                ),
                Phrase(
                    Text("{receiver}有{parts}在营", "{parts} stood open in {receiver}"),
                    (
                        Told("workshops.count", Text("{0}", "{0}")),
                        Told("parks.count", Text("{0}", "{0}")),
                    ),
                ),
            )
        ),
    ),
)
