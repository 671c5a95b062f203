"""What the kind `training` offers."""

from pairbook.assistance.training.checks import CHECKS
from pairbook.assistance.training.facts import INDICATORS, PARAMETERS
from pairbook.assistance.training.reads import OUTCOMES, dues
from pairbook.exchange.rules import Sheet
from pairbook.kernel.kinds import Kind
from pairbook.kernel.texts import Text
from pairbook.portal.rules import Phrase, Phrases, Told
from pairbook.register.shapes import Detail, PaperKind, Record, Stage, Subset
from pairbook.workspace.rules import Dues

_COURSE = ("planned", "held")
_AFTERWARDS = Text("{receiver}参加{giver}培训后", "after training by {giver} for {receiver}")


def _outcome(code: str, label: Text, paper: PaperKind) -> Stage:
    """A stage that follows a course and never counts more than attended it."""
    return Stage(
        code,
        label,
        follows=("held",),
        must_follow=True,
        papers=(paper,),
        said=_AFTERWARDS,
        recorded_by="receiver",
        is_bounded=True,
    )


KIND = Kind(
    code="training",
    label=Text("培训", "Training"),
    place=60,
    offers=(
        Record(
            stages=(
                Stage(
                    "planned",
                    Text("计划", "Planned"),
                    papers=(PaperKind("plan", Text("培训方案", "training plan")),),
                    said=Text("{giver}计划为{receiver}举办的", "planned by {giver} for {receiver}"),
                ),
                Stage(
                    "held",
                    Text("举办", "Held"),
                    follows=("planned",),
                    papers=(
                        PaperKind("sign_in", Text("分日签到表", "sign-in sheet by day")),
                        PaperKind("syllabus", Text("课程表", "syllabus")),
                        PaperKind("photos", Text("照片", "photos")),
                        PaperKind("payment", Text("经费支付凭证", "payment voucher")),
                    ),
                    said=Text("{giver}为{receiver}举办的", "held by {giver} for {receiver}"),
                ),
                _outcome(
                    "certified",
                    Text("取得证书", "Certified"),
                    PaperKind("certificates", Text("证书或发证名册", "certificates or their list")),
                ),
                _outcome(
                    "employed",
                    Text("就业", "Employed"),
                    PaperKind("contract", Text("劳动合同或用工证明", "contract or employer's certificate")),
                ),
                _outcome(
                    "started_business",
                    Text("创业", "Started a business"),
                    PaperKind("licence", Text("营业执照或村委会证明", "licence or village certificate")),
                ),
            ),
            headline="held",
            quantity="required",
            units=("person",),
            subset=Subset(
                "registered_poor", Text("建档立卡（脱贫）人口", "registered poor"), stages=("held", *OUTCOMES)
            ),
            names_people=("held", *OUTCOMES),
            details=(
                Detail(
                    "audience",
                    Text("培训对象", "Audience"),
                    sort="choice",
                    choices=(
                        ("cadre", Text("党政干部", "cadres")),
                        ("professional", Text("专业技术人才", "professionals")),
                        ("farmer", Text("农民", "farmers")),
                        ("entrepreneur", Text("致富带头人", "rural entrepreneurs")),
                    ),
                    required=True,
                    facet="category",
                ),
                Detail(
                    "place",
                    Text("培训地点", "Place"),
                    sort="choice",
                    choices=(
                        ("in_assisting", Text("帮扶方", "on the assisting side")),
                        ("in_assisted", Text("受援方", "on the assisted side")),
                        ("online", Text("线上", "online")),
                    ),
                    required=True,
                    facet="field",
                ),
                Detail("subject", Text("培训内容", "Subject"), required=True, stages=_COURSE),
                Detail("starts_on", Text("计划开班日期", "Planned to begin"), "day", stages=("planned",)),
                Detail("days", Text("天数", "Days"), "whole", stages=_COURSE),
                Detail("sessions", Text("课次（节）", "Sessions"), "whole", stages=_COURSE),
                Detail("organiser", Text("承办单位", "Held at"), stages=_COURSE),
            ),
        ),
        INDICATORS,
        PARAMETERS,
        CHECKS,
        Dues(dues),
        Sheet(
            name=Text("培训", "Training"),
            synonyms=(
                ("happened_on", ("开班日期", "开班时间", "培训时间", "培训日期", "first day", "began on")),
                ("giver", ("主办单位", "举办单位", "培训单位", "organised by")),
                ("receiver", ("参训单位", "派员单位", "学员单位", "trainees of", "attended by")),
                ("quantity", ("人数", "参训人数", "培训人数", "people", "attendance")),
                ("of_which", ("其中贫困人口", "其中建档立卡", "其中脱贫人口", "of which poor")),
                ("audience", ("对象", "培训类别", "学员类别")),
                ("place", ("地点", "培训方式", "where")),
                ("subject", ("班次名称", "培训班名称", "培训主题", "主题", "course", "topic")),
                ("days", ("培训天数", "期限", "天")),
                ("sessions", ("节数", "课时", "课次")),
                ("organiser", ("承办", "培训机构", "venue")),
            ),
        ),
        Phrases(
            (
                Phrase(
                    Text("{giver}为{receiver}培训{parts}", "{giver} trained {parts} from {receiver}"),
                    (
                        Told("training.cadres?direction=*", Text("党政干部{0}", "{0} (cadres)")),
                        Told(
                            "training.professionals?direction=*",
                            Text("专业技术人才{0}", "{0} (professionals)"),
                        ),
                        Told("training.farmers?direction=*", Text("农民{0}", "{0} (farmers)")),
                        Told(
                            "training.entrepreneurs?direction=*",
                            Text("致富带头人{0}", "{0} (rural entrepreneurs)"),
                        ),
                    ),
                ),
            )
        ),
    ),
)
