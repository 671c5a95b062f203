"""Qualifiers: the words right before and after a number that say how it is meant (超, 左右, more than, or more)."""

import re

from pairbook.analysis.claims.patterns import any_of
from pairbook.analysis.claims.shapes import QUALIFIERS, Lang, Qualifier

_BEFORE_ZH = {
    "up_to": any_of("不超过 不高于 不多于 多达 最多 至多 最高 上限为?"),
    "at_least": any_of(
        "不少于 不低于 不小于 至少[\u3400-\u9fff]{0,2} 少说[也得]{0,2}有? 起码 最少 最低 保底"
    ),
    "at_most": any_of("不足 不到 不满 低于 少于 小于 未达"),
    "more_than": any_of("已?超出 已?超过 超额 突破 高于 多于 大于 不止 跨过 逾 超 冲破 跃上 迈上 站上"),
    "nearly": any_of("将近 接近 近 逼近 临近"),
    "about": any_of(
        "大约 大概 约合 约为 约占 约计 约达 约有 (?<![签预合契条公邀制履违])约 折合约 大致 估算 相当于",
        "平均约 差不多",
    ),
}
_AFTER_ZH = {
    "at_least": any_of("及?以上 多以上 起(?=[,，。;；])"),
    "about": any_of("左右 上下 前后 许(?![多可])"),
    "at_most": any_of("及?以下 以内 之内"),
    # 4吨多: behind a unit of measure 多 belongs to the number; 5家多元化企业 and 3次多项 it does not.
    "more_than": any_of(
        "开外 有余 余(?=[,，。;；]) (?:还|还要)多(?=[,，。;；])",
        "(?<=[元钱块吨斤克亩顷米里倍成番%])多(?![元样种次个项方数年媒少处于达])",
    ),
}
_BEFORE_EN = {
    "up_to": any_of(
        "no_more_than not_more_than as_many_as as_much_as as_high_as a_maximum_of "
        "(?<!adding_)(?<!added_)(?<!adds_)(?<!add_)up_to capped_at not_exceeding "
        "not_over"
    ),
    "at_least": any_of(
        "no_less_than no_fewer_than not_less_than not_fewer_than at_least a_minimum_of minimum no_lower_than"
    ),
    "at_most": any_of("fewer_than less_than lower_than under below not_quite short_of at_most smaller_than"),
    "more_than": any_of(
        "more_than (?<!handed_)(?<!turned_)(?<!taken_)(?<!took_)(?<!hand_)over exceed exceeds "
        "exceeded exceeding in_excess_of passed pass surpass surpasses surpassed surpassing topped top tops "
        "upward_of upwards_of",
        "greater_than above(?!_the_) higher_than larger_than beyond broke broken better_than well_over just_over",
    ),
    "nearly": any_of("nearly almost close_to approaching just_under just_short_of virtually nearing"),
    "about": any_of(
        "about around some approximately approx\\.? roughly an_estimated estimated circa ca\\.? c\\. ~ "
        "somewhere_around",
        "estimated_investment_of estimated_cost_of estimated_value_of estimated_output_of estimated_population_of",
        "estimated_total_investment_of estimated_total_cost_of estimated_total_value_of estimated_total_output_of",
        "in_the_region_of on_the_order_of of_the_order_of in_the_order_of",
        "equal_to_about equivalent_to_about average_of_about",
    ),
}
_AFTER_EN = {
    "at_least": any_of("or_more and_above and_more or_above or_over plus(?!_[a-z]+) and_up upwards"),
    "about": any_of("or_so or_thereabouts -ish"),
    "at_most": any_of("or_less or_fewer or_below or_under at_most"),
}
# Words that may stand between the qualifier and its number without taking it away.
_LINK = {
    "zh": r"(?:了|的|有|为|达到?|其中|人民币|共|共计|[:：]|\s)?",
    "en": "(?:_"
    + any_of(
        "a the another an_additional additional some total_of a_total_of just only us rmb those of its more than"
    )
    + ")?",
}
# A first sign with a question mark may be left out, so that the second is the first.
_BEGINNING = re.compile(r"(?:\(\?:|\|)(?:(.)\?)?(.)")
_BEGINNINGS = _BEGINNING.finditer("".join(_BEFORE_ZH.values()))
_FIRST_ZH = "".join({sign for found in _BEGINNINGS for sign in found.groups("")})
_BEFORE = {
    "zh": re.compile(
        f"(?=[{_FIRST_ZH}])"
        f"(?:{'|'.join(f'(?P<{said}>{words})' for said, words in _BEFORE_ZH.items())}){_LINK['zh']}\\s?$"
    ),
    "en": re.compile(
        f"(?<![a-z])(?:{'|'.join(f'(?P<{said}>{words})' for said, words in _BEFORE_EN.items())})"
        f"{_LINK['en'].replace('_', ' ')}\\s?$"
    ),
}
_AFTER = {
    lang: re.compile(
        rf"\s?的?(?:{'|'.join(f'(?P<{said}>{words})' for said, words in table.items())})(?![a-z])"
    )
    for lang, table in (("zh", _AFTER_ZH), ("en", _AFTER_EN))
}
_LOOK_AROUND = re.compile(r"\(\?<?[=!][^)]*\)")
# What the choices of the English patterns end with; Chinese runs its words together.
_LAST_WORDS = frozenset(
    re.findall(r"([a-z]+)[\\.?]*(?=[|)])", _LOOK_AROUND.sub("", "".join([*_BEFORE_EN.values(), _LINK["en"]])))
)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_REACH = {"zh": 9, "en": 34}
_NAMED: dict[str, Qualifier] = {qualifier: qualifier for qualifier in QUALIFIERS}


def outer_qualifier(text: str, start: int, end: int, lang: Lang) -> Qualifier | None:
    """What the words next to a number say of it; None when they say nothing."""
    before = None
    if lang == "zh" or _may_qualify(text[max(0, start - _REACH[lang]) : start]):
        before = _BEFORE[lang].search(text, max(0, start - _REACH[lang]), start)
    behind = _AFTER[lang].match(text, end, end + 14)
    # 近2000元以上 is a slip for which the word behind is the clearer one.
    if behind is not None and (before is None or behind.lastgroup in ("at_most", "at_least")):
        return _NAMED[behind.lastgroup or "exact"]
    return None if before is None else _NAMED[before.lastgroup or "exact"]


def _may_qualify(before: str) -> bool:
    """Whether the last English word is one that a qualifier ends with; where no word stands last a sign may be one."""
    before = before.rstrip()
    last = before[len(before.rstrip(_LETTERS)) :]
    return not last or last in _LAST_WORDS
