"""Chinese amounts: what a match of the grammar's number patterns says, with its unit, range and noun."""

import re
from decimal import Decimal

from pairbook.analysis.claims import numerals
from pairbook.analysis.claims.exclusions_zh import SIGNS
from pairbook.analysis.claims.nouns_zh import counted_noun
from pairbook.analysis.claims.patterns import any_of
from pairbook.analysis.claims.shapes import Qualifier
from pairbook.analysis.claims.tokens import Number
from pairbook.analysis.claims.units import (
    CURRENCY_SIGNS,
    Unit,
    decided,
    noun_pattern_zh,
    sort_of,
    spelled,
    unit_pattern,
    units_of,
)

# 12 460.5万元: a blank parts thousands only where a unit follows.
DIGITS = (
    r"(?:\d{1,3}(?:[,，]\d{3})++(?!\d)|\d{1,3}(?: \d{3})++(?=(?:\.\d+)?[万亿]?[元人户亩吨])|\d++)(?:\.\d++)?"
)
CURRENCY = r"us ?\$|hk\$|nt\$|\$|¥|€|£|rmb ?¥?|usd|cny|eur"
MAGNITUDE = r"万亿|[十百千]?[万亿]|[十百](?!分)|千(?![米克瓦卡伏])"
MORE = r"[余多](?=[十百千万亿元名人户个家吨亩])|来(?=[个名户家万元亩人])|几(?=[个名户家万元十百千])"

_RANGE = re.compile(
    rf"\s?(?:[-—~～]{{1,2}}|至|到"
    rf"|、(?=\d[万亿元]))\s?(?P<whole>{DIGITS})\s?(?P<times>{MAGNITUDE})?(?P<more>[余多])?"
)
_FALLS = re.compile(r"(?:从|由)[^,，。;；\n]{0,12}$")
_ABSTRACT = re.compile(
    "大?"
    + any_of(
        "方面 环节 阶段 层面 维度 坚持 意识 自信 维护 到位 一批 必须 关键词? 重点 原则 要求 特点 优势 步骤 抓手 "
        "目标 任务 关系",
        "转变 结合 问题 领域 举措 梯次 亮点 着力 强化 聚焦 精准 统筹 重大 体系 机制 平台 层次 角度 字 梦 样 劲 "
        "时期 小时 月 新 更 不 事(?!故|业|务) 实事 好事",
    )
)
_ONE_MADE = re.compile(
    "(?:[建修捐派打盖][成设起了立通赠出建]{0,2}|"
    + any_of("引进 成立 设立 新增 购置 开办 举办了? 援建 共建 选派 派出 捐赠 投资")
    + ")$"
)
_COUNTED = re.compile("(?:企业|公司|医院|学校|单位|合作社|建|设|引进|落地|增)[^,，。;；]{0,3}$")
"""What is counted may stand before its number: 引进企业两家."""


def no_claim(found: re.Match[str], why: str) -> Number | None:
    """A numeral that is part of something else."""
    low, unit = None, ""
    begin, close = found.span()
    if why == "duration":
        low, unit = _duration(found[0])
    elif why == "list_mark":
        begin += len(found[0]) - len(found[0].lstrip())
    return Number(begin, close, low, None, "exact", unit, "", "", why)


_DURATION = re.compile(rf"(\d+(?:\.\d+)?|[{SIGNS}]+)[余多来几]?(个?)[余多半]?(年|月|天|日|周|小时|分钟)?")


def _duration(written: str) -> tuple[Decimal | None, str]:
    parts = _DURATION.match(written)
    if parts is None:
        return None, ""
    low = numerals.of_digits(parts[1]) if parts[1][0].isdigit() else numerals.of_chinese(parts[1])
    unit = {"年": "year", "月": "month", "天": "other:day", "日": "other:day", "周": "other:week"}.get(
        parts[3] or ""
    )
    return low, unit or "other:time"


def _of_hundred(text: str, found: re.Match[str], end: int) -> Number | None:
    written = found["hundredths"]
    low = numerals.of_digits(written) if written[0].isdigit() else numerals.of_chinese(written)
    if low is None:
        return None
    return _rate(found, low, "more_than" if found["hundred_more"] else "exact")


def _fraction(text: str, found: re.Match[str], end: int) -> Number | None:
    above, below = (
        numerals.of_digits(part) if part[0].isdigit() else numerals.of_chinese(part)
        for part in (found["above"], found["below"])
    )
    if not above or not below or above > below:
        return None
    return _rate(found, (above * 100 / below).quantize(Decimal("0.01")), "exact")


def _tenths(text: str, found: re.Match[str], end: int) -> Number | None:
    head, _, tail = found[0].rstrip("余多").partition("成")
    low = (numerals.of_chinese(head) or Decimal(0)) * 10
    low += 5 if tail == "半" else numerals.of_chinese(tail) or 0 if tail else 0
    return _rate(found, low, "more_than" if found["tenths_more"] else "exact")


def _half(text: str, found: re.Match[str], end: int) -> Number | None:
    if found[0].startswith("翻"):
        times = 2 ** int(numerals.of_chinese(found[0].rstrip("多")[-2]) or 1)
        more: Qualifier = "more_than" if found["half_turn"] else "exact"
        if "近" in found[0] or "约" in found[0]:
            more = "nearly" if "近" in found[0] else "about"
        return Number(
            found.start(),
            found.end(),
            Decimal(times),
            None,
            more,
            "other:times",
            "times",
            "",
            "",
        )
    is_more = found["half_more"] or found[0] == "过半" or text[max(0, found.start() - 1)] in "过超"
    return _rate(found, Decimal(50), "more_than" if is_more else "exact")


def _rate(found: re.Match[str], low: Decimal, qualifier: Qualifier) -> Number:
    return Number(found.start(), found.end(), low.normalize(), None, qualifier, "percent", "rate", "", "")


def _digits(text: str, found: re.Match[str], end: int) -> Number | None:
    raw = numerals.of_digits(found["whole"])
    times = numerals.of_magnitude_zh(found["times"] or "")
    low = raw * times
    for part in _MIXED.findall(found["mixed"]) if found["mixed"] else ():
        low += int(part[0]) * numerals.of_magnitude_zh(part[1])
    if found["sign"] == "-":
        low = -low
    more = (found["more"] or "") + (found["more2"] or "")
    close = found.end()
    if found["more2"] and not _is_more(text, close):
        close, more = close - 1, found["more"] or ""
    while text[close - 1].isspace():
        close -= 1
    unit, unit_end = _unit_at(text, close)
    if times > 1 and text[close:unit_end] == "起":
        # 年薪9万起: from so much on.
        unit, unit_end = None, close
    high = None
    span = _range_end(text, found, close, unit, unit_end, raw, times)
    if span is not None:
        low, high, unit, close, more = span
    elif unit is not None:
        if _is_money(text, found.start(), close, unit_end, ""):
            unit = units_of("zh")["元"]
        close = unit_end
        if times == 1 and unit.sort in _HALVED and _HALF_MORE.match(text, close):
            low, close = low + Decimal("0.5"), close + 1
    return _number(text, found.start(), close, end, low, high, unit, more, found["currency"])


_MIXED = re.compile(r"(\d+)([千百万])")
_HALVED = ("money", "weight", "area", "length")
# 3吨半 is half a ton more; 3吨半成品 is not.
_HALF_MORE = re.compile("半(?![年月天日成价数个])")
_SMALL_CHANGE = re.compile("[一二三四五六七八九](?=[,，。;；、！？!?”]|$)")
_SPOKEN_END = re.compile("[,，。;；、！？!?”]|$")


def _is_money(text: str, start: int, close: int, unit_end: int, core: str) -> bool:
    """Whether a number without 元 is one of yuan all the same: 花了七百多万, 月收入三千五, 能挣四五千块."""
    if text[close:unit_end] == "块" and text[close - 1] in "百千万" and _SPOKEN_END.match(text, unit_end):
        # 少说也有三万块。
        return True
    if not MONEY_VERB.search(text, max(0, start - 8), start):
        return False
    if unit_end > close:
        return text[close:unit_end] == "块"
    return core[-1:] in ("万", "亿") or (
        len(core) > 1 and any(sign in "百千" for sign in core) and _SPOKEN_END.match(text, close) is not None
    )


def _is_more(text: str, close: int) -> bool:
    """Whether the 余, 多, 来 or 几 before `close` belongs to the number: something that is counted must follow."""
    sign, following = text[close - 1], text[close : close + 1]
    if sign in "余多":
        return (
            bool(following)
            and ("\u3400" <= following <= "\u9fff" or following in "%k㎡")
            and following not in "次年"
        )
    return following in tuple("个名户家万元亩人所位")


def _unit_at(text: str, place: int) -> tuple[Unit | None, int]:
    at = place + 1 if text[place : place + 1] == " " else place
    found = unit_pattern("zh").match(text, at)
    return (units_of("zh")[spelled(found[0])], found.end()) if found else (None, place)


def _range_end(
    text: str,
    found: re.Match[str],
    close: int,
    unit: Unit | None,
    unit_end: int,
    raw: Decimal,
    times: Decimal,
) -> tuple[Decimal, Decimal, Unit | None, int, str] | None:
    """The rest of a range such as 3000—5000元, 1.2-1.5万元, 3000元至5000元; None where there is none."""
    second = _RANGE.match(text, unit_end if unit else close)
    if second is None:
        return None
    high_raw = numerals.of_digits(second["whole"])
    high_times = numerals.of_magnitude_zh(second["times"] or "")
    high_unit, high_end = _unit_at(text, second.end())
    if unit is not None and (high_unit is None or high_unit.unit != unit.unit):
        return None
    low = raw * (high_times if times == 1 and high_times > 1 and unit is None and raw <= high_raw else times)
    high = high_raw * high_times
    if high <= low or (high_unit is None and unit is None and "-" not in second[0] and "~" not in second[0]):
        return None
    is_change = _FALLS.search(text, max(0, found.start() - 16), found.start()) and not text.startswith(
        ("不等", "之间"), high_end
    )
    if is_change:
        return None
    return low, high, high_unit or unit, high_end if high_unit else second.end(), second["more"] or ""


def _chinese(text: str, found: re.Match[str], end: int) -> Number | None:
    written = found["chinese"]
    more, times = found["cn_more"] or "", found["cn_times"] or ""
    close = found.end()
    if more and not times and not _is_more(text, found.end("cn_more")):
        close, more = close - 1, ""
    core = written[: len(written) - len(times) - len(found["cn_more"] or "")] if found["cn_more"] else written
    # 三、四百人 is 三四百人.
    core = core.replace("、", "")
    read = _chinese_value(core, times)
    if read is None:
        return None
    low, high, qualifier = read
    unit, unit_end = _unit_at(text, close)
    if text[close : close + 1] == " ":
        unit = None
    if _is_money(text, found.start(), close, unit_end, core + times):
        unit = units_of("zh")["元"]
    if unit is None and not _is_counted(text, core, close, end):
        return None
    small = _SMALL_CHANGE.match(text, unit_end) if text[close:unit_end] == "块" else None
    if small is not None:
        # 每斤八块五
        tenths = numerals.of_chinese(small[0]) or Decimal(0)
        return _number(
            text, found.start(), small.end(), end, low + tenths / 10, high, units_of("zh")["元"], more, None
        )
    if _is_idiom(text, core, found.start(), unit, unit_end):
        return None
    number = _number(text, found.start(), unit_end if unit else close, end, low, high, unit, more, None)
    if qualifier != "exact":
        number.qualifier = qualifier
    if (
        unit is not None
        and unit.sort not in ("money", "weight", "area", "rate")
        and _ABSTRACT.match(text, number.end)
    ):
        number.why_not = "abstract"
    return number


def _chinese_value(core: str, times: str) -> tuple[Decimal, Decimal | None, Qualifier] | None:
    """The value of a Chinese numeral: 数百 is 200 and 上千 1000, at least; 七八 runs from 7 to 8."""
    factor = numerals.of_magnitude_zh(times)
    if core[0] in "数几上":
        low = numerals.of_chinese(core[1:])
        return None if low is None else (low * (1 if core[0] == "上" else 2) * factor, None, "at_least")
    pair = re.fullmatch(
        rf"([十百千万零]*[{SIGNS}]*?)([一二两三四五六七八])([二三四五六七八九])([十百千万亿]*)", core
    )
    if pair and numerals.of_chinese(pair[3]) == (numerals.of_chinese(pair[2]) or 0) + 1:
        ends = [numerals.of_chinese(pair[1] + digit + pair[4]) for digit in (pair[2], pair[3])]
        if ends[0] is not None and ends[1] is not None:
            return ends[0] * factor, ends[1] * factor, "range"
    low = numerals.of_chinese(core)
    return None if low is None else (low * factor, None, "exact")


_BOTH_SIDES = frozenset(("区县", "县区", "省市", "省区", "县市", "市县", "市州", "地市"))

# 一年能挣六七万: what is earned or paid in 万 is money.
MONEY_VERB = re.compile("(?:挣|赚|收入|卖|花|投资|投入|资金|捐|领到|贷款|赔|存)[了到过款]?[^,，。;；]{0,2}$")
"""What is done with money: a large number behind it is yuan though nobody says so (去年挣了5.8万)."""


def _is_counted(text: str, core: str, close: int, end: int) -> bool:
    """Whether a Chinese numeral without a classifier counts the noun that follows (1.2万贫困人口, 三千农户)."""
    if core[-1] not in "百千万亿":
        return False
    found = noun_pattern_zh().search(text, close, min(close + 6, end))
    return found is not None and not re.search(r"[，,。;；、\s]", text[close : found.start()])


def _is_idiom(text: str, core: str, start: int, unit: Unit | None, unit_end: int) -> bool:
    """Whether 一 or 两 with its classifier counts nothing worth a claim: 一批, 两地, 一个."""
    if (
        unit is not None
        and core[0] in "百千万亿"
        and not text.startswith(("余", "多", "几"), start + len(core))
    ):
        # 百家, 万户 and the 万元 of a heading count nothing; 近百名 and 超亿元 do.
        return not text.endswith(("近", "超", "逾", "约", "达", "过", "破"), max(0, start - 1), start)
    if unit is None or unit.sort in ("money", "weight", "area", "rate", "times", "length"):
        return False
    if text[unit_end - 1] == "区":
        # 浦东、静安、宝山四区: they are named.
        return True
    if core == "二":
        # 二期, 二组: two of a thing is 两; 二 tells which one.
        return True
    if core == "一":
        return not _ONE_MADE.search(text, max(0, start - 5), start)
    if core == "两":
        # 两县, 两校, and 两家 where no noun says of what: both sides, and no number of anything.
        is_short = unit_end - start == 2
        if text[start + 1] in "家校院口":
            return (
                is_short
                and noun_pattern_zh().match(text, unit_end) is None
                and not _COUNTED.search(text, max(0, start - 8), start)
            )
        is_of_places = unit.sort in ("place", "village", "county", "township")
        return is_of_places and (is_short or text[start + 1 : unit_end] in _BOTH_SIDES)
    return False


def _number(
    text: str,
    start: int,
    close: int,
    end: int,
    low: Decimal,
    high: Decimal | None,
    unit: Unit | None,
    more: str,
    currency: str | None,
) -> Number:
    """A number with its unit, its noun and the qualifier inside it."""
    qualifier: Qualifier = "range" if high is not None else "exact"
    if high is None and more:
        qualifier = "about" if more[-1] == "来" else "more_than"
    if currency and (unit is None or unit.sort != "money"):
        code = CURRENCY_SIGNS.get(currency.replace(" ", ""), "CNY")
        if unit is None:
            return Number(start, close, low, high, qualifier, code, "money", "", "")
    if currency and unit is not None and unit.unit == "CNY" and CURRENCY_SIGNS.get(currency, "CNY") != "CNY":
        unit = Unit(CURRENCY_SIGNS[currency], Decimal(1), "money")
    noun, noun_unit = counted_noun(text, start, close, end, unit)
    if unit is None:
        sort = sort_of(noun_unit or "")
        return Number(start, close, low, high, qualifier, noun_unit or "", sort, noun, "")
    if unit.sort == "event" and noun_unit is not None and noun_unit not in _EVENT_NOUNS:
        noun, noun_unit = "", None
    code = decided(unit, noun_unit)
    sort = unit.sort if code == unit.unit else sort_of(code)
    if unit.factor != 1:
        low, high = low * unit.factor, None if high is None else high * unit.factor
    return Number(start, close, low, high, qualifier, code, sort, noun, "")


_EVENT_NOUNS = frozenset(("other:event", "other:course", "other:meeting", "other:team", "project"))
READERS = {
    "of_hundred": _of_hundred,
    "fraction": _fraction,
    "tenths": _tenths,
    "half": _half,
    "digits": _digits,
    "chinese": _chinese,
}
