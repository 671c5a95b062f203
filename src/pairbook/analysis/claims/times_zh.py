"""Times in Chinese as they are written: dates, years, months, quarters, 去年, 截至目前, 三年来, “十三五”期间.

Which days they are is told in `moments_zh.py`.
"""

import re
from datetime import date

from pairbook.analysis.claims.moments_zh import PLAN_FIRST_YEAR, YEARS, days_of, is_in_title, number_of
from pairbook.analysis.claims.times import Calendar, Kind, Time, year_span

_CN = "一二三四五六七八九十"
_YEAR = r"(?:19|20)\d{2}|[一二][零九][零一二三四五六七八九]{2}"
_MONTH = rf"1[0-2]|0?[1-9]|十[一二]?|[{_CN}]"
_DAY = rf"[12]\d|3[01]|0?[1-9]|二十[{_CN[:9]}]?|三十一?|十[{_CN[:9]}]?|[{_CN}]"
_COUNT = rf"\d+|[{_CN}两百]+"
_TO = r"(?:[-—~]{1,2}|至|到)"
_PART = (
    r"上半年|下半年|前三季度|前三个季度|前[两二]个?季度|上半叶"
    rf"|第?[一二三四1-4]季度|[前头](?:{_COUNT})个月|头[三两]个季度"
)
_TAIL = r"初|年底|月底|底|末|年末|上旬|中旬|下旬"

_REL_YEAR = "今年|去年|前年|上一?年度?|明年|后年(?![产加均处可收销吞发])|本年度?|当年|全年|同年|往年|次年"

# Groups say which words stood where; `_read` puts them together.
PATTERN = "".join(
    (
        # Digits are a time only before these.
        r"(?:(?!\d)|(?=\d{1,4}\s?[-—~至到年月日号个余多./]))(?P<time>(?:",
        # 2021年10月至2022年5月, 去年10月至今年5月
        rf"(?P<begin_year>(?:{_YEAR})(?=\s?年)|{_REL_YEAR})\s?年?(?P<begin_month>{_MONTH})月(?:份)?\s?{_TO}\s?",
        rf"(?P<end_year>(?:{_YEAR})(?=\s?年)|{_REL_YEAR})\s?年?(?P<end_month>{_MONTH})月(?:份|底|末)?",
        # 2021年至2022年9月, 2016—2020年
        rf"|(?P<from_year>{_YEAR})年?(?:度)?\s?{_TO}\s?(?P<to_year>{_YEAR})年(?:度)?",
        rf"(?:(?P<to_year_month>{_MONTH})月)?(?P<to_tail>底|末)?",
        # 2020年, 2020年9月18日, 今年1至5月, 去年上半年
        rf"|(?P<year>(?:{_YEAR})(?=\s?年)|{_REL_YEAR})\s?(?:年度?)?的?(?:",
        rf"(?P<ym_from>{_MONTH})月?(?:份)?\s?{_TO}\s?(?P<ym_to>{_MONTH})月(?:份|底|末)?",
        rf"|(?P<ym>{_MONTH})\s?月(?:份)?(?:\s?(?P<yd>{_DAY})[日号](?:\s?{_TO}\s?(?P<yd_to>{_DAY})[日号])?)?",
        rf"|(?P<y_part>{_PART}))?(?P<y_tail>{_TAIL})?",
        # 9月18日, 1-9月, 3月份
        rf"|(?P<md_month>{_MONTH})月(?P<md_day>{_DAY})[日号]",
        rf"(?:\s?{_TO}\s?(?:(?P<md_to_month>{_MONTH})月)?(?P<md_to_day>{_DAY})[日号])?",
        rf"|(?P<m_from>{_MONTH})月?(?:份)?\s?{_TO}\s?(?P<m_to>{_MONTH})月(?:份|底|末)?",
        rf"|(?P<month>{_MONTH})月(?:份)?(?P<m_tail>底|末|初|上旬|中旬|下旬)?(?!\s?[余多])",
        # 2020-09-18, 2020.9.18, 2020/9/18
        r"|(?P<iso>(?:19|20)\d{2}(?P<iso_sep>[-./])\d{1,2}(?P=iso_sep)\d{1,2})(?![\d-])",
        # 上月底, 本月, 下个月; 上周, 本周三
        r"|(?P<rel_month>上个?月|本月|下个?月)(?:份)?(?P<rm_tail>底|末|初|上旬|中旬|下旬)?",
        r"|(?P<rel_week>上|本|下)周(?P<rel_weekday>[一二三四五六日天])?(?![岁年期边围])",
        # 上半年, 年底, 目前
        rf"|(?!\d)(?:(?P<part>{_PART})|(?P<edge>年底前|年末前|年底之前|年底|年末|年初|年内|月底|月初)",
        "|(?P<thus>至此)|(?P<now>目前|(?<![出体实表展呈显再浮])现在|今天(?![上下中]午|[早晚]上?|凌晨)|如今|当前|眼下",
        "|(?<![年月日号底末初])(?:至今(?![年天日])|迄今))",
        r"|(?P<today>[今昨]\(\d{1,2}\)[日天]|今天|今日|当日|当天|昨日|昨天))",
        r"|(?<![为限共达约])(?P<day_only>3[01]|[12]\d|[1-9])日(?=[,，上下当早晚记从在召举、])",
        # 三年来, 近三年, 过去五年, 三年前
        rf"|(?P<near>近|过去|最近|今后|未来|(?<!提)前)?(?P<back>{_COUNT})(?P<back_unit>个?[多余]?年|个[多余]?月)",
        "(?:[多余半])?(?P<back_tail>以来|来|下来|间|(?<!一年)里(?![程面边])|前|之前|内|(?=累计|共(?!同|建|享)|总共|合计|减贫|脱贫|安排|投入|筹措|落实|拨付)|(?=[,，][^,，。\\d]{0,8}(?:共(?!同|建|享)|累计|先后)))",
        r"|(?:近|过去|最近)?(?P<half_year>半年)多?(?:以来|来|间)|(?:近|过去|最近)(?P<half_year2>半年)",
        rf"|(?P<near2>近|过去|最近|最近的|此前|未来|今后|连续)(?P<back2>{_COUNT})(?P<back2_unit>[多余]?年|个[多余]?月)",
        # “十三五”期间
        r"|[“\"「]?十(?P<plan>[一二三四五六])五[”\"」]?(?P<plan_tail>时期|期间|以来|末|规划期)",
        r"|(?P<bare_years>(?:19|20)\d{2}\s?[-—~]{1,2}\s?(?:19|20)\d{2})(?!\d|元|人|户)",
        ")(?P<since>以来|(?<=今年)来(?!自|的|到|源)|(?<=年初)来|至今|起|开始|之后|后)?(?P<already>,?已|,?累计)?)",
    )
)
# 截至 and 到 before a time make it "as of"; 提高到2020年 does not.
_AS_OF = re.compile(r"(?:截至|截止到?|截止至|(?<![高低加升降少增长达回翻溯])到|(?<![降增升减])至)\s?$")
_WILL = re.compile("[^,，。]{0,8}?(?:将|力争|计划|拟|要|确保)")
_AHEAD = re.compile(
    r"预计|计划|将|拟|力争|有望|定于|争取|约定|承诺|商定|(?<![解看得收接见达听感])到(?!\s?[,，:：])|前$"
)
_WILL_THEN = re.compile(
    "[^。;；\\d]{0,10}?(?:还将|也将|将(?=[投举开组召选安赴于全])|力争|计划(?!的)|拟(?=[投举开组召选安]))"
)
# 自2017年两地结对以来: the word that closes the time stands some way behind it; 以来 needs no 自 before.
_SINCE_LATER = re.compile(r"[自从](?:[^,，。;；\n]{4,40}?)(?:以来|之后|后起|至今)")
_SINCE_AT_ONCE = re.compile(r"(?![以之年])[^,，。;；\n\d]{2,16}以来")
_BEFORE = re.compile("[之以]?前(?![期后往三两半来])")
# 4月7日前，已到位…: 已 says that the day is over.
_EXPECTED = re.compile("[^。;；\\d]{0,10}?预计")
# 从2017年的2000万元到2018年的9152万元: the number is that of the year.
_OF_ITS_NUMBER = re.compile("的(?:[\\d近约超]|突破|将近)")
_IS_DONE = re.compile("[之以]?前[,，]?[^,，。;；\\d]{0,12}?(?:已(?!计划)|完成了|实现了|累计|实际)")
_NUMERAL = re.compile(rf"[\d{_CN}]")
_PLAN_BEFORE = re.compile(r"十([一二三四五六])五[^。\n]{0,60}$")


_FROM_THEN_TO = re.compile("[年月日号初底末旬]到$")


def _is_ahead(found: re.Match[str], calendar: Calendar) -> bool:
    """Whether the words around a time say that it is still to come."""
    text, start, end = found.string, found.start(), found.end()
    if _AHEAD.search(text, max(0, start - 8), start):
        # 从9月初到10月中旬 tells where a span ends.
        is_to = _FROM_THEN_TO.search(text, max(0, start - 2), start) is not None
        return not is_to or _AHEAD.search(text, max(0, start - 20), start - 1) is not None
    if found["back_tail"] == "内":
        return _WILL.match(text, end, end + 10) is not None
    if _AS_OF.search(text, max(0, start - 4), start) or not (
        found["month"] or found["md_month"] or found["m_from"]
    ):
        return False
    # 12月，将举办…; 10月底前 and 12月20日前 are days still to come.
    is_end = found["m_tail"] in ("底", "末") or found["md_day"]
    if is_end and _BEFORE.match(text, end):
        if _IS_DONE.match(text, end, end + 20):
            return False
        month = number_of(found["md_month"] or found["month"])
        return calendar.published is None or month >= calendar.published.month
    if _EXPECTED.match(text, end, end + 14) and calendar.published is not None:
        last = number_of(found["m_to"] or found["md_month"] or found["month"] or "")
        return last >= calendar.published.month
    return _WILL_THEN.match(text, end, end + 14) is not None


def read_time(found: re.Match[str], calendar: Calendar) -> Time | None:
    """The time a match of PATTERN tells; None when it is no time after all (a number of months that is not asked)."""
    parts = found.groupdict()
    if (
        parts["part"]
        and parts["part"].endswith("个月")
        and found.string[found.start() - 1 : found.start()] == "的"
    ):
        # 刚到的前两个月: the first months of something else than the year.
        return None
    kind, first, last = days_of(parts, calendar, _is_ahead(found, calendar))
    start = found.start("time")
    end = found.end("time")
    if found["back"] in ("五", "5") and found["back_tail"] in ("来", "间", "以来", "") and not found["near"]:
        plan = _PLAN_BEFORE.search(found.string, max(0, start - 70), start)
        if plan:
            # “十三五”…，五年间: the five years are those of the plan just named.
            first_year = PLAN_FIRST_YEAR + 5 * number_of(plan[1])
            kind, (first, last) = "span", year_span(first_year, first_year + 4)
    for name in ("already", "since"):
        if found[name]:
            end = found.start(name)
    text = found["time"]
    explicit = parts["year"] or parts["end_year"] or parts["from_year"] or parts["iso"] or parts["bare_years"]
    is_explicit = bool(explicit) and (explicit[0].isdigit() or explicit[0] in "一二")
    is_as_of = last is not None and bool(_AS_OF.search(found.string, max(0, start - 4), start))
    if (
        is_as_of
        and kind == "span"
        and _OF_ITS_NUMBER.match(found.string, end - (found.string[end - 1] == "的"))
    ):
        is_as_of = False
    if kind == "day" and last and calendar.published and last <= calendar.published:
        is_as_of = is_as_of or _BEFORE.match(found.string, end) is not None
    if is_as_of:
        kind, first = "as_of", None
    if (since := found["since"]) and kind in ("span", "day", "as_of") and not is_as_of:
        kind, first, last = _since(since, kind, first, last, parts, calendar)
    elif (kind in ("span", "day") or (kind == "as_of" and not is_as_of)) and (
        _SINCE_LATER.match(found.string, max(0, start - 1), found.end() + 40)
        or _SINCE_AT_ONCE.match(found.string, found.end())
    ):
        kind, first, last = "since", first or last, None
    elif found["already"] and parts["year"] in ("今年", "本年") and kind == "span" and not _has_month(parts):
        last = calendar.today
    if kind == "day" and first is not None:
        calendar.day = first
    day = last or first
    if (
        day is not None
        and kind in ("span", "day", "as_of")
        and _is_frame(found, start, end, is_explicit=is_explicit)
    ):
        calendar.year = day.year
    time_is_back = parts["back"] is not None or parts["back2"] is not None
    while end > start and found.string[end - 1] in "的 ":
        end -= 1
    after = found.string[end : end + 3]
    is_local = (parts["year"] == "全年" and after[:2] in ("目标", "任务", "计划")) or (
        after[:1] == "的" and (after[1:2].isdigit() or after[1:2] in "近约超")
    )
    while found.string[start] in ' “"「':
        start += 1
    is_number = bool(_NUMERAL.search(text))
    return Time(start, end, kind, first, last, is_number, is_back=time_is_back, is_local=is_local)


def _has_month(parts: dict[str, str]) -> bool:
    return any(parts[name] for name in ("ym", "ym_from", "y_part", "y_tail"))


def _since(
    word: str, kind: Kind, first: date | None, last: date | None, parts: dict[str, str], calendar: Calendar
) -> tuple[Kind, date | None, date | None]:
    """今年以来 ends on the day of publication; 2016年以来 stays open; 2016年后 is no period of its own."""
    begin = first or last
    if word in ("后", "之后"):
        return "since", begin, None
    if parts["edge"] == "年初" or (
        parts["year"] in ("今年", "本年") and not (_has_month(parts) and parts["y_tail"] != "初")
    ):
        return "span", begin, calendar.today
    return "since", begin, None


_COMPARED = re.compile("[比较同与由从占]$")
_OPENS = re.compile(r"(?:^|[\s,，。;；:：、(（“])$")


def _is_frame(found: re.Match[str], start: int, end: int, *, is_explicit: bool) -> bool:
    """Whether a time says which year the account is in: 2019年, or 去年 where it opens a clause.

    上半年 after 自2016年…以来, 比去年 or 占去年 is of the year the account was in before.
    """
    text = found.string
    if _COMPARED.search(text, max(0, start - 1), start) or text.startswith("的", end):
        return False
    if is_in_title(text, start):
        return False
    if is_explicit or found["year"] == "今年":
        return True
    is_relative = found["year"] in YEARS and found["year"] != "全年"
    return is_relative and _OPENS.search(text, max(0, start - 1), start) is not None
