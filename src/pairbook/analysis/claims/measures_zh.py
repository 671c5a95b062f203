"""What a number measures where Chinese has a way of its own: shares dealt out in order, averages, people sent."""

import re
from bisect import bisect_left
from itertools import pairwise

from pairbook.analysis.claims.cues import Cue, Surroundings
from pairbook.analysis.claims.measured import Measured
from pairbook.analysis.claims.people import talent_of, training_of
from pairbook.analysis.claims.tokens import Number

_APIECE = re.compile("(?:[县区市乡镇村校户棚亩家店]均|每[村县镇乡户校个名人亩])[^,，。;；\\d]{0,12}$")
_APIECE_OF = ("funds.", "sales.amount", "enterprises.")
_WHOLE_COST = re.compile("(?<![划议拟同])总投资(?:额|规模)?(?:约|达|为|近|超|超过|达到)?$")
_BOTH = re.compile("财政[^,，。;；\\d]{0,8}[和与及、]社会[^,，。;；\\d]{0,8}$")
_AID_PROJECT = re.compile("(?:援[疆藏青建]|支援|帮扶|协作)项目[^,，。;；\\d]{0,4}完成投资$")
_BROUGHT_IN = re.compile("签约|签订|签署|协议|引进|招商|招引|企业|公司|集团|落户|落地|客商|意向")
_SENT = re.compile(
    "(?:[\u3400-\u9fff]{0,8}?(?:干部|教师|老师|医生|医师|医护|专家|人才|人员|骨干|队员)、?){1,4}"
    "[^,，。;；\\d]{0,10}?(?P<why>来|赴|到|前往|奔赴|进驻|支援|挂职|支教|支医|驻村)[^,，。;；]{0,16}"
)
_SENT_LEAST = 45.0
_TO_LEARN = re.compile("进修|学习|培训|跟岗|研修|跟班")
_NOT_AS_SENT = frozenset(("other:attendance", "other:persons", "persons.benefited", "other:visitors"))


def mended(
    measured: Measured, text: str, number: Number, around: Surroundings, last: Measured | None
) -> Measured:
    """The measure as the words right beside the number make it."""
    measure, before = measured.measure, (text, max(around.sentence[0], number.start - 18), number.start)
    if number.sort == "money":
        if measure.startswith(_APIECE_OF) and _APIECE.search(*before):
            return Measured("other:money-per-each", measured.strength)
        is_of_both = measure in ("funds.fiscal", "funds.social") and _BOTH.search(*before)
        if is_of_both or (measure == "enterprises.invested" and _AID_PROJECT.search(*before)):
            return Measured("funds.total", measured.strength)
        is_spent = measure == "enterprises.invested" and last is not None and last.measure.startswith("funds")
        if (
            is_spent
            and text.endswith("完成投资", 0, number.start)
            and not _BROUGHT_IN.search(text, *around.sentence)
        ):
            # 安排资金6.2亿元，…完成投资3.1亿元: of the same money, where no firm is spoken of.
            return Measured("funds.total", measured.strength)
        is_cost = measure == "enterprises.agreed_investment" and _WHOLE_COST.search(*before)
        if is_cost and not _BROUGHT_IN.search(text, *around.sentence):
            # 这个总投资6800万元的园区: what it costs, and nobody promised to invest it.
            return Measured("other:project-investment", measured.strength)
    if number.sort == "person" and measure in _NOT_AS_SENT and around.says("cadre", "prof", least=60):
        sent = _SENT.match(text, number.end, around.sentence[1])
        if sent is not None:
            is_learning = _TO_LEARN.search(sent[0]) is not None
            return Measured(training_of(around) if is_learning else talent_of(around, is_list=True), 70)
    if (
        measure == "other:visitors"
        and around.says("send", least=_SENT_LEAST)
        and around.says("cadre", "prof", least=60)
    ):
        # 选派教师、医生499人次赴重庆帮扶
        return Measured(talent_of(around, is_list=True), 70)
    is_of_jobs = measure == "talent.total" and last is not None and last.measure.startswith("jobs.placed")
    if is_of_jobs and not around.says("cadre", "prof", "talent_both"):
        # …输送务工人员4236人。今年目标任务是输送5000人: nobody else is spoken of.
        return Measured("jobs.placed" if last is None else last.measure, measured.strength)
    if measure == "assets.built" and number.sort in _PLACES and measured.strength < _BUILT_LEAST:
        # 新建水厂，并将全县46个村划片: something else was built.
        return Measured(f"other:{_PLACES[number.sort]}", 20)
    if number.sort == "county" and measure.startswith("poverty") and _PEOPLE_THERE.match(text, number.end):
        # 8个县未脱贫人口减少到10.14万人: the counties only say whose people they are.
        return Measured("other:counties", 60)
    if measure == "persons.lifted" and _LEFT_OVER.search(*before):
        return Measured("poverty.persons", measured.strength)
    if measure in _POOR and measured.strength < _OF_ANOTHER:
        # 共有117户，建档立卡贫困户20户: the poor are those of the later number.
        return Measured(_POOR[measure], 20)
    if measure in _FEWER and _FEWER_BY.search(*before):
        return Measured(_FEWER[measure], 75)
    if measure == "twinning.villages_covered" and _VILLAGE_PAIRS.search(*before):
        return Measured("twinning.villages", measured.strength)
    if measure == "poverty.households" and _SHARES.match(text, number.end):
        return Measured("households.benefited", measured.strength)
    if measure == "poverty.persons" and _BENEFITS.search(*before):
        return Measured("persons.benefited", measured.strength)
    return measured


_PEOPLE_THERE = re.compile("(?:县|县区|市县|旗)?的?(?:未脱贫|剩余|贫困|现有贫困)(?:人口|户)")
_PLACES = {"village": "villages-covered", "township": "townships-covered", "county": "counties"}
# 贫困人口减少到1.2万人 tells how many were left.
_LEFT_OVER = re.compile("(?:减少|下降|降低|减|降)[到至](?:约|近|不足)?$")
_BUILT_LEAST = 40.0
_POOR = {"poverty.persons": "other:population", "poverty.households": "other:households"}
_OF_ANOTHER = 21.0
"""Words of a later number weigh up to 30, and what the poor are called takes ten from it."""
_FEWER = {"poverty.persons": "persons.lifted", "poverty.households": "other:households-lifted"}
"""What fewer poor people or households mean: so many left poverty."""
# 贫困人口比上年末减少1386万人, 再减少农村贫困人口1000万, 年均减贫1237万人
_FEWER_BY = re.compile(
    "(?:贫困(?:人口|群众|户|家庭)?[^,，。;；\\d]{0,10}|[,，](?:累计|共|再|比[^,，。;；]{1,8}|较[^,，。;；]{1,8}|同比|净)?)"
    "(?:减少|下降)了?(?:约|近|超过|逾)?$"
    "|减贫(?:了|约|近|人口|人数)?$|减少[\u3400-\u9fff]{0,6}贫困(?:人口|群众|户|家庭)(?:约|近|超过|逾)?$"
)
MADE_JOBS = re.compile("(?:创造|解决)[^,，。;；\\d]{0,4}$")
_VILLAGE_PAIRS = re.compile("村村结?对?(?:帮扶|共建)?$")
# 48户贫困户户均分红1200元
_SHARES = re.compile("[^,，。;；\\d]{0,6}(?:户均|人均|分红|增收|受益|领到|分到)")
_BENEFITS = re.compile("(?:受益|惠及|带动|覆盖|帮助|服务)[\u3400-\u9fff]{0,8}$")
_EXCEPT = re.compile("(?:不含|不包括|不包含|不计入?|除外)[^,，。;；)]*")


def said_of_it(text: str, cues: list[Cue], start: int, end: int) -> list[Cue]:
    """The terms between two places without those of what is left out: 帮扶资金11.6亿元（不含社会捐赠）."""
    starts = [begin for begin, _, _ in cues]
    kept, at = [], 0
    for found in _EXCEPT.finditer(text, start, end):
        kept += cues[at : bisect_left(starts, found.start())]
        at = bisect_left(starts, found.end())
    return [*kept, *cues[at:]]


_IN_ORDER = re.compile("分别(?:为|达到?|有|是|完成|实现|增长|下降)?$")
_LIST_MARK = re.compile("、|[和与及]")
_LIST_START = re.compile("[,，。;；:：\\d]")


def dealt_out(text: str, numbers: list[Number], start: int) -> dict[int, tuple[int, int]]:
    """For the numbers behind 分别, by their place in the sentence, where the noun of each stands before it.

    互派干部和专业技术人员分别为13万人次和22万人次: the first number is of the first noun.
    """
    found: dict[int, tuple[int, int]] = {}
    if text.find("分别", start, numbers[-1].start) < 0:
        return found
    for place, number in enumerate(numbers):
        order = _IN_ORDER.search(text, max(start, number.start - 8), number.start)
        if order is None:
            continue
        opened = [mark.end() for mark in _LIST_START.finditer(text, start, order.start())]
        begin = opened[-1] if opened else start
        marks = [mark.span() for mark in _LIST_MARK.finditer(text, begin, order.start())]
        edges = [begin, *(end for _, end in marks)]
        closes = [*(first for first, _ in marks), order.start()]
        those = numbers[place : place + len(edges)]
        if len(edges) > 1 and len(those) == len(edges) and _are_a_list(text, those):
            found |= {place + at: span for at, span in enumerate(zip(edges, closes, strict=True))}
    return found


def cues_of_one(cues: list[Cue], nouns: dict[int, tuple[int, int]], place: int, end: int) -> list[Cue]:
    """The terms that speak of the number at a place: not the nouns of the others, but the verb before all of them."""
    spans = sorted(nouns.values())
    begin = spans[0][0]
    first, last = nouns[place]
    if not any(first <= start < last for start, _, _ in cues):
        # 城镇、农村居民人均可支配收入分别达到: the last noun says it for all.
        first, last = spans[-1]
    in_first = [start for start, _, _ in cues if spans[0][0] <= start < spans[0][1]]
    opened = max(in_first, default=begin)
    return [cue for cue in cues if cue[0] < opened or first <= cue[0] < last or cue[0] >= end]


def _are_a_list(text: str, numbers: list[Number]) -> bool:
    """Whether nothing but marks of a list stands between the numbers."""
    return all(
        re.fullmatch("[^,，。;；\\d、]{0,4}[、和与及,，]", text[one.end : two.start])
        for one, two in pairwise(numbers)
    )
