"""What the kind `industry` offers."""

from pairbook.assistance.industry.checks import CHECKS, DUES
from pairbook.assistance.industry.facts import BREAKDOWNS, INDICATORS, PARAMETERS
from pairbook.exchange.rules import Sheet
from pairbook.kernel.kinds import Kind
from pairbook.kernel.texts import Text
from pairbook.portal.rules import Phrase, Phrases, Told
from pairbook.register.shapes import Detail, PaperKind, Record, Stage, Subset

_AGREEMENT = PaperKind("agreement", Text("合作协议", "cooperation agreement"))
_LEAVING = PaperKind("leaving_note", Text("退出说明", "note on leaving"))
_PLAN = PaperKind("base_plan", Text("建设方案", "plan of the base"))
_ACCEPTANCE = PaperKind("acceptance", Text("验收报告", "acceptance report"))
_PHOTOS = PaperKind("photos", Text("照片", "photos"))
_STOCK_LIST = PaperKind("stock_list", Text("存栏（面积）盘点表", "stock-taking list"))
_OUTPUT_LIST = PaperKind("output_list", Text("出栏、产量登记表", "list of output"))
_BENEFIT_LIST = PaperKind("benefit_list", Text("带动人员花名册", "list of people who gain"))
_CLOSING = PaperKind("closing_note", Text("停产说明", "note on closing"))

_RECORD = Record(
    stages=(
        Stage(
            "partnered",
            Text("合作单位加入", "Partner joined"),
            papers=(_AGREEMENT,),
            said=Text("与{receiver}协作的", "working with {receiver}"),
            is_across=False,
            item="none",
            counts="organisation",
        ),
        Stage(
            "left",
            Text("合作单位退出", "Partner left"),
            follows=("partnered",),
            must_follow=True,
            papers=(_LEAVING,),
            said=Text("不再与{receiver}协作的", "that left the programmes of {receiver}"),
            is_bounded=True,
            is_across=False,
            item="none",
            counts="organisation",
        ),
        Stage(
            "built",
            Text("建成", "Built"),
            papers=(_ACCEPTANCE, _PHOTOS),
            said=Text("在{receiver}建成的", "built in {receiver}"),
            recorded_by="receiver",
            is_across=False,
            item="none",
            quantity="required",
            units=("piece", "mu", "m2"),
        ),
        Stage(
            "started",
            Text("基地投产", "Base started"),
            papers=(_PLAN,),
            said=Text("{receiver}投产的", "at work in {receiver}"),
            recorded_by="receiver",
            is_across=False,
            counts="base",
        ),
        Stage(
            "stocked",
            Text("现有规模", "Stock taken"),
            follows=("started",),
            must_follow=True,
            papers=(_STOCK_LIST,),
            said=Text("{receiver}现有的", "kept or grown in {receiver}"),
            recorded_by="receiver",
            is_across=False,
            quantity="required",
            units=("head", "mu", "ha", "piece"),
        ),
        Stage(
            "produced",
            Text("产出", "Produced"),
            papers=(_OUTPUT_LIST,),
            said=Text("{receiver}产出的", "produced in {receiver}"),
            recorded_by="receiver",
            is_across=False,
            quantity="required",
            units=("kg", "t", "jin", "head", "piece"),
        ),
        Stage(
            "benefited",
            Text("带动", "People gained"),
            papers=(_BENEFIT_LIST,),
            said=Text("{receiver}产业项目带动的", "by the programmes of {receiver}"),
            recorded_by="receiver",
            is_across=False,
            item="none",
            quantity="required",
            units=("person",),
        ),
        Stage(
            "ended",
            Text("基地停产", "Base closed"),
            follows=("started",),
            must_follow=True,
            papers=(_CLOSING,),
            said=Text("{receiver}停产的", "closed in {receiver}"),
            recorded_by="receiver",
            is_bounded=True,
            is_across=False,
            counts="base",
        ),
    ),
    headline="produced",
    # Unless a stage says otherwise: a herd, a field and what they yield are always of one item.
    item="required",
    project="required",
    details=(
        Detail(
            "field",
            Text("产业类别", "Industry"),
            sort="choice",
            choices=(
                ("breeding", Text("养殖", "breeding")),
                ("planting", Text("种植", "planting")),
                ("medicinal_plants", Text("中药材", "medicinal plants")),
                ("processing", Text("加工", "processing")),
                ("tourism", Text("旅游", "tourism")),
                ("other", Text("其他产业", "other industry")),
            ),
            required=True,
            facet="field",
        ),
        Detail(
            "role",
            Text("合作角色", "Role"),
            sort="choice",
            choices=(
                ("breeding_stock", Text("供种", "breeding stock")),
                ("technique", Text("技术指导", "technique")),
                ("research", Text("科研", "research")),
                ("purchase", Text("收购", "purchase")),
                ("processing", Text("加工", "processing")),
                ("finance", Text("金融", "finance")),
                ("growing", Text("种养", "growing")),
            ),
            required=True,
            facet="category",
            stages=("partnered", "left"),
        ),
        Detail("asset", Text("资产名称", "Asset"), required=True, stages=("built",)),
        Detail(
            "asset_class",
            Text("资产类别", "Class of asset"),
            sort="choice",
            choices=(
                ("operating", Text("经营性资产", "operating asset")),
                ("public_welfare", Text("公益性资产", "public-welfare asset")),
                ("household", Text("到户类资产", "household asset")),
            ),
            required=True,
            stages=("built",),
        ),
        Detail(
            "benefit_by",
            Text("带动方式", "How they gain"),
            sort="choice",
            choices=(
                ("wage", Text("务工", "wage")),
                ("order", Text("订单收购", "order")),
                ("dividend", Text("分红", "dividend")),
                ("share", Text("入股", "share")),
                ("lease", Text("土地流转", "lease")),
            ),
            required=True,
            stages=("benefited",),
        ),
    ),
    subset=Subset("registered_poor", Text("建档立卡（脱贫）人口", "registered poor"), stages=("benefited",)),
    names_people=("benefited",),
)

KIND = Kind(
    code="industry",
    label=Text("产业协作", "Industry"),
    place=90,
    offers=(
        _RECORD,
        INDICATORS,
        PARAMETERS,
        BREAKDOWNS,
        CHECKS,
        DUES,
        Sheet(
            name=Text("产业协作", "Industry"),
            synonyms=(
                ("giver", ("合作单位", "援建单位", "支持单位", "partner")),
                ("receiver", ("实施单位", "经营主体", "养殖（种植）主体", "operator")),
                ("item", ("品种", "产业品种", "畜种", "product")),
                ("quantity", ("存栏", "出栏", "面积", "产量", "带动人数", "规模")),
                ("project", ("产业项目", "产业链", "programme")),
                ("document_no", ("协议编号", "验收编号")),
                ("field", ("产业", "行业")),
                ("role", ("角色", "合作内容")),
                ("asset", ("设施名称", "建设内容")),
                ("benefit_by", ("带贫方式", "联农方式", "利益联结方式")),
            ),
        ),
        Phrases(
            (
                Phrase(
                    Text(
                        "{parts}参与{receiver}的产业链",
                        "{parts} had a part in the industry chains of {receiver}",
                    ),
                    (Told("industry.partners", Text("{0}", "{0}")),),
                ),
                Phrase(
                    Text("{receiver}现有{parts}", "{receiver} kept or grew {parts}"),
                    (Told("industry.stock?item=*", Text("{item}{0}", "{0} {item}")),),
                ),
                Phrase(
                    Text("{receiver}各产业项目产出{parts}", "the programmes of {receiver} produced {parts}"),
                    (Told("industry.output?item=*", Text("{item}{0}", "{0} {item}")),),
                ),
            )
        ),
    ),
)
