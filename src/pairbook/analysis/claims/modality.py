"""Whether a number tells what was done, or what was signed, planned, forecast, aimed at or required."""

import re

from pairbook.analysis.claims.patterns import named
from pairbook.analysis.claims.shapes import Lang, Modality

# The last word before a number in its sentence decides; `done` takes an earlier word back.
# One look at a letter spares the trying of all words at most places.
_FIRST_ZH = (
    "选派捐培举拨今明年工方意行应必须不务要规每预有据经可届将力争目确奋任致签计拟准打安提根按依已实累截现上前"
)
# 将3.21亿元直接发放给贫困户: 将 with a thing behind it tells what was made of it, and with a verb what is to come.
_MADE_OF_IT = (
    "(?!全[面力部年]|帮助|[投建开举组选安继进在为于到达有会再从通带新推实完引支派按以对根与向给依围持加着突深])[^,，。;；]{1,60}?"
    "(?:投向|用于|用作|发放给|作为|纳入|列为|列入|转化为|转变为|打造成|建成|建设成|联系在一起|变为|视为|认定为|落实到|分配到|分配给"
    "|拓展到|扩大到|交给|改造成|发展成|培育成|融入|送到|送往|送给|放在|摆在|挂在|变成|当成|当作|用在|用好|用到|集中到|集中在|合并|返给|返还|分给|留给|划分为|分为|分成)"
)
_NOT_MADE = f"(?!{_MADE_OF_IT})"
_ZH = re.compile(
    f"(?=[{_FIRST_ZH}])(?:"
    + "|".join(
        (
            named(
                "required",
                "应当|应(?=到位|不|达|完|安|投|有)|必须|须|不得|务必|(?<!合)要求(?![。;；、])|(?<![按项反照未])规定(?![精出时的地动和、”])",
                "每[名个位家所][^,，。;；\\d]{1,12}(?:至少|不少于)",
            ),
            named(
                "forecast",
                "预计(?:[^,，。;；\\d]{0,8}将)?|有望(?:[^,，。;；\\d]{0,4}将)?|据测算|经测算|据估算|预期(?!目标)|预测|可望|预估|届时|将达|可达到?|可(?=带动|吸纳|辐射|惠及|实现)",
            ),
            named(
                "target",
                "力争|(?<!累计)(?<!共)争取(?!到|了|[^,，。;；\\d]{0,30}(?:资金|项目|支持|贷款))|目标(?:[是为]?:)?|确保|要在|奋斗|任务(?=是|为|\\()|(?<!完成)(?<!完成.)(?<!完成..)(?<!完成...)任务(?=\\d)|致力",
                "(?:今年|明年|年内)再(?=[减脱新建完帮培转输])",
                "(?:工作报告|规划|方案|意见|行动计划)(?:明确)?提出(?=[^。;；]*\\d)",
                "(?<![需主重必首摘简只还不就])要(?=实现|达到|全部|完成|确保|脱贫|由|从|用到|用于|投向|[增扩][加大]到|提高到|降[到至])",
            ),
            # 签订合作协议8份，计划总投资16.5亿元: what is planned is what was signed.
            named("signed_plan", "(?:签订|签署|签约)(?=[^。;；:：]{0,40}计划总?投资)"),
            # 签订2022年度帮扶协议：… speaks of the whole list behind the colon; 签订帮扶协议 alone was done.
            named(
                "signed",
                "签约|签订(?=[^,，。]{0,4}年度)|签署(?=[^,，。]{0,4}年度)|(?:签订|签署)(?=[^,，。;；]{0,20}[:：])",
                # 现场签下意向订单2350万元; 签订协议，约定年内援助….
                "签下|(?:签订|签署)(?=[^。;；\\d]{0,12}(?:意向|订单|购销|采购合同))",
                "(?:签订|签署)(?=[^。;；]{0,40}[,，](?:其中)?(?:明确|约定|商定|议定))",
            ),
            named(
                "planned",
                "计划总?投资|拟总?投资|(?<!超出)(?<![超按照”])计划(?!的|外|之|中|任务|完成[率度情的进]|[,，。;；、”》])|拟(?!定|[订合])|准备|打算|(?<![强干猛良])将(?!军|来的|士|近|其|他|贫|扶|资金|产|技"
                f"|项目|{_MADE_OF_IT})"
                "|安排.{0,4}不低于",
                "(?:预算|提前|每年)安排|规划(?=建设(?!了)|投资|总投资|新建|到|至|实施|[\\d]|面积|占地|用地|种植|发展|安排|用)|(?:根据|按照|按|依照)协议|可享受",
            ),
            named("given", "选派|派出|捐赠|培训|举办|拨付"),
            named(
                "done",
                "已经|已(?!知)|实际|累计|截至|实现了|目前|现有",
                "(?<=[,，;；])(?:上半年|前三季度)(?=[^,，。;；\\d]{0,6}(?:到位|完成|拨付|落实|开工))",
            ),
        )
    )
    + ")"
)
_EN = re.compile(
    "(?<![a-z])(?:"
    + "|".join(
        (
            named(
                "required",
                "must|obliges?|obliged|required?(?! by)|requires|shall|should|ha(?:s|ve) to(?! date)",
                "need to|are to provide",
            ),
            named(
                "forecast",
                "(?:is|are|was|were) (?:expected|estimated|projected|forecast|likely|predicted|set)(?: to)?"
                "|expects?|forecasts?",
                "likely to|could|would|projected|estimates|anticipated?|by next|more to",
            ),
            named(
                "target",
                # The target for 2023 was 223 million yuan.
                "(?:target|goal|quota)s?(?: (?:for|of|in|set) [^.;,]{0,40}?)?"
                " (?:was|were|is|are|had been|stood at|came to)"
                "(?! (?:met|reached|exceeded|surpassed|achieved|missed))",
                "aims?|aiming|aimed(?= at| to)|target(?:s|ing)?(?! by)|targeted(?= to| at \\d| \\d)|goals?",
                "hopes?|hop(?:ed|ing)|strives?|seeks?",
                r"wants?(?= to| \d| another)|will not rest",
            ),
            named(
                "signed",
                "signed|signing|promised(?! to)|agreed (?:on|to)|agreements? (?:with|on|for|amounting|worth"
                "|provides?)|pledged|contracts? (?:with"
                "|worth)",
            ),
            named(
                "planned",
                "will|plans?(?= to| for| of)|planned|planning to|intends?|is to|are to|scheduled|due(?! to)|to follow",
                "(?<=is |re |as )due to|due to (?:open|be|begin|start|finish|end|arrive|come)",
                r"call(?:s|ed)? for|plans? provides? for|announced(?= [\d$€£]| rmb| a further \d| another \d)",
                "our share this year|earmarked?|proposes?",
            ),
            named(
                "done",
                "(?:reached|met|achieved|fulfilled|completed|exceeded|surpassed) (?:its|the|their|all|this year's)"
                " (?:[a-z-]+ ){0,3}?(?:goals?|targets?|quotas?)",
                "(?:and|it|they|we) (?:has|have) (?:also |already |now )?"
                "(?!sign|pledg|promis|plan|agree|vow|schedul|target|propos|contract)[a-z]+(?:ed|ent|ilt|ght|ven|ld)",
                "already|actually|so far|completed|reached|received|has been|have been|had been|was|were|came "
                "to|arrived",
                "but (?:only |in the end )?(?:[a-z]+ed|sent|built|gave|got|spent|took|found|sold|bought|made|held)",
                "totalled|of which|drew|attracted|attended",
            ),
        )
    )
    + ")(?![a-z])"
)
# What a verb behind the number says of it: 1.2万人要在年底前脱贫, 120 mu is planned.
_BEHIND_ZH = re.compile(
    r"[^,，。;；\n\d]{0,16}?(?:"
    f"(?P<target>要在|要全部|要用|要投|要达|力争|争取|确保)|(?P<required>必须|应当)|(?P<planned>计划|将{_NOT_MADE}|拟)|(?P<forecast>有望"
    "|预计))"
)
# A further 200 will leave; but 34 doctors who will stay have been sent.
_WILL_DO = re.compile(
    r"(?: that| which| who)?(?: (?!who |that |which |where |whose |and |but )[a-z]+){0,4}? will (?!and |of |each )[a-z]"
)
_BEHIND_EN = re.compile(
    r"[^.;,\n]{0,50}?(?<![a-z])(?:"
    + "|".join(
        (
            named(
                "planned",
                "(?:is|are|was|were) planned|(?:is|are) due|to follow|(?:is|are) scheduled|(?:is|are) to(?= [a-z])",
                "will (?:be|follow|open)",
            ),
            named("required", "must|should|shall"),
            named(
                "signed",
                "(?:was|were|been) (?:signed|contracted|pledged|agreed upon)|signed(?= at| to| with)",
            ),
            named("forecast", "(?:is|are) expected"),
            named("target", "(?:is|are) the (?:goal|target)|(?:agreed|set) for"),
        )
    )
    + ")(?![a-z])"
)
# 48 projects meant to bring the river towns closer to the coast were signed.
_SIGNED_THEN = re.compile(
    r" (?:[a-z]+ ){0,2}(?:projects|agreements|contracts|deals|orders)[^.;,\d\n]{0,110} (?:was|were) signed(?![a-z])"
)
# 要由20家增加到50家: from where it starts is no aim.
_BASE_ZH = re.compile("[由从](?:目前的?|现在的?|现有的?)?$")
_TO_COME = frozenset(("planned", "target", "forecast", "required"))
_PART_OF_IT = re.compile(r"of wh(?:om|ich)|of these|of those|; |, (?:and|but|while) ")
_IS_OVER = re.compile(
    r"(?: [a-z]+){0,3}? (?:has|have|had|was|were) (?!to )(?:already |since |now |so far )*(?:been )?"
    r"[a-z]+(?:ed|en|id|nt|lt|ld)(?![a-z])"
)
_OWN_ONLY = ("目标", "任务", "计划总投资", "计划投资", "拟总投资", "拟投资")
"""Words that speak of their own number only: in 完成全年目标2.23亿元的22.7% the share is no target."""
_AIMS = frozenset(("目标", "任务", "计划"))
_OF_AIM = re.compile("(?:任务|目标|计划)?(?:总[量额数]|数)?的[^,，。;；\\d]{0,3}")
# 根据组团式帮扶工作要求，选派25名教师: what was done, and why.
_BY_REQUEST = re.compile("(?:根据|按照|依照|对照|落实|围绕|(?<![天月])按)[^,，。;；]*$")
_GIVEN = frozenset(("选派", "派出", "捐赠", "培训", "举办", "拨付"))
_SIGNED = ("签订", "签署", "签约")
_ENDS_SIGNED = ("已", "已经", "实际")
_MODALITIES: dict[str, Modality] = {
    "done": "done",
    "given": "done",
    "signed_plan": "signed",
    "signed": "signed",
    "planned": "planned",
    "forecast": "forecast",
    "target": "target",
    "required": "required",
}


Said = tuple[int, int, str, Modality]
"""A word of modality: where it stands, the word, what it says."""


def said_in(text: str, start: int, end: int, lang: Lang) -> list[Said]:
    """The words of modality between two places."""
    return [
        (found.start(), found.end(), found[0], _MODALITIES[found.lastgroup or "done"])
        for found in (_ZH if lang == "zh" else _EN).finditer(text, start, end)
    ]


def modality_of(
    text: str, place: tuple[int, int], said_words: list[Said], sentence_end: int, own_start: int, lang: Lang
) -> Modality:
    """The modality of the number at a place; `own_start` is where the words that are its own begin."""
    start, end = place
    if lang == "zh" and _BASE_ZH.search(text, max(own_start, start - 8), start):
        return "done"
    said: Modality = "done"
    said_word, said_at = "", start
    for begin, close, word, name in said_words:
        if close > start:
            break
        if word in _OWN_ONLY and begin < own_start:
            continue
        if said == "signed" and word in _OWN_ONLY:
            continue
        if word in _AIMS and _OF_AIM.fullmatch(text, close, start):
            # 占年度目标任务的22.7%: what has come of the aim.
            continue
        if word == "要求" and _BY_REQUEST.search(text, max(0, begin - 60), begin):
            continue
        if word in _GIVEN:
            # 现场签约项目26个，选派农技人员45人次: only the projects were signed.
            is_of_signing = said == "signed" and said_word in ("签约", "签下")
            said = "done" if is_of_signing else said
            continue
        if word in _SIGNED and ";" in text[close:start] and ":" not in text[close:start]:
            # What is signed ends at the semicolon unless a colon opens a list of it.
            continue
        if lang == "en" and name == "signed" and ";" in text[close:start]:
            continue
        if name == "done" and said == "signed" and lang == "zh" and word not in _ENDS_SIGNED:
            continue
        said, said_word = name, word
        said_at = close
    if (
        lang == "en"
        and said in _TO_COME
        and _PART_OF_IT.search(text, said_at, start)
        and _IS_OVER.match(text, end)
    ):
        # The goal is to lift 1,200 people, of whom 300 have already been lifted.
        return "done"
    if said == "done":
        if lang == "en" and _SIGNED_THEN.match(text, end, sentence_end):
            return "signed"
        behind = (_BEHIND_ZH if lang == "zh" else _BEHIND_EN).match(text, end, sentence_end)
        is_open = lang == "en" and not any(
            own_start <= begin and close <= start for begin, close, _, _ in said_words
        )
        if behind is None and is_open and _WILL_DO.match(text, end):
            return "planned"
        if behind is not None:
            return _MODALITIES[behind.lastgroup or "done"]
    return said
