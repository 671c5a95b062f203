"""What a number of people measures, in the finer cases: who was trained or sent, and where they found work."""

import re

from pairbook.analysis.claims.cues import Surroundings
from pairbook.analysis.claims.measured import Measured
from pairbook.analysis.claims.shapes import Lang
from pairbook.analysis.claims.terms import rows, tree_pattern
from pairbook.analysis.claims.tokens import Number


def training_of(around: Surroundings, *, least: float = 30) -> str:
    """Whose training a number of people is, by the words that are said more strongly than the least."""
    kinds = _audience(around, least)
    if "farmer" in kinds and not kinds & {"cadre", "prof"}:
        return "training.farmers"
    if kinds == {"cadre"}:
        return "training.cadres"
    if kinds == {"prof"}:
        return "training.professionals"
    return "training.total"


def _audience(around: Surroundings, least: float) -> set[str]:
    """Whom a sentence speaks of near a number; those named much farther away than the nearest do not count."""
    said = {kind: around.weights.get(kind, 0.0) for kind in ("cadre", "prof", "farmer")}
    top = max(said.values())
    if top <= least:
        # Weights up to 30 are those of words that belong to a later number.
        return set()
    margin = 50 if top > 50 else 8
    return {kind for kind, weight in said.items() if weight > least and weight >= top - margin}


_LISTED_MARGIN = 45


def talent_of(around: Surroundings, *, is_list: bool) -> str:
    """Which people were sent; in a list the later sorts count as much as the first."""
    said = {kind: around.weights.get(kind, 0.0) for kind in ("cadre", "prof", "talent_both")}
    top = max(said.values())
    kinds = {
        kind
        for kind, weight in said.items()
        if weight > 0 and weight >= top - (_LISTED_MARGIN if is_list else 12)
    }
    if kinds == {"cadre"}:
        return "talent.cadres"
    if kinds == {"prof"}:
        return "talent.professionals"
    return "talent.total"


def sort_of_part(best: Measured | None, before: Measured, around: Surroundings) -> Measured | None:
    """The measure of a part of people sent or trained whose own words say which sort they are: 其中教师15名."""
    if best is None or best.measure not in ("talent", "training"):
        return None
    if before.measure.startswith("training."):
        measure = training_of(around)
    elif before.measure.startswith("talent.") and best.measure == "talent":
        measure = talent_of(around, is_list=False)
    else:
        return None
    return None if measure.endswith(".total") else Measured(measure, 70)


_TO_ASSISTING = re.compile(
    r"(?:赴|到|来|在|前往|去)(?!年|当地|本地|本|这|县|省|村|乡|镇|家|车间|园|岗|企业|公司|工厂|厂|基地|合作社|大棚"
    r"|附近|周边|其[他它]|外)(?P<place>[\u3400-\u9fff]{2,6}?)(?:市|区|省)?(?:籍)?(?:稳定|实现)?(?:务工|就业|打工|上岗|工作)"
    r"|向[\u3400-\u9fff]{2,6}?(?:市|区|省)?(?:有组织)?(?:输送|输转|转移|输出)(?:了|劳务|劳动力|务工|脱贫|贫困)"
    r"|(?:赴|到|来|在)[我该]?区里?(?:稳定|实现)?(?:务工|就业|打工|上岗|工作)"
)
_ALL_TOGETHER = re.compile(
    r"(?:合计|总计|共计|共|总共|累计)(?:实现|帮助|转移|有序|组织)?[\u3400-\u9fff]{0,8}$"
)
_IN_ASSISTING_EN = re.compile(
    rf"(?<![a-z])(?:in|to|into|for) (?:the )?(?:{tree_pattern([row['name'] for row in rows('places')])})(?![a-z])"
)
# 新建帮扶车间10个，输转劳动力3万人: these do not work in the workshops.
_MOVED_AWAY = re.compile("输转|外出务工|劳务输出")
_WORK_IN = re.compile("returned to work in|work in|jobs in")
_SAID_FOR_ITSELF, _SAID_FOR_ALL = 50.0, 30.0


def jobs_of(text: str, number: Number, around: Surroundings, lang: Lang, sides: tuple[str, str]) -> str:
    """Where a number of people found work: in the assisting place, nearby, elsewhere, or not said."""
    elsewhere, nearby, east = (
        around.weights.get(place, 0.0) for place in ("elsewhere", "nearby", "in_assisting")
    )
    # A destination told for another number of the list is not this one's; where work is done may be told once.
    elsewhere, east = (weight if weight > _SAID_FOR_ITSELF else 0.0 for weight in (elsewhere, east))
    nearby = nearby if nearby > _SAID_FOR_ALL else 0.0
    if nearby < 70 and _MOVED_AWAY.search(text, *around.own):
        nearby = 0.0
    if nearby < 70 and not east and _ALL_TOGETHER.search(text, around.own[0], number.start):
        nearby = 0.0
    if not elsewhere and _is_in_assisting(text, around, lang, sides[0].lower()):
        east = max(east, 90.0)
    top = max(elsewhere, nearby, east)
    if top <= 0 and around.says("create", least=_SAID_FOR_ITSELF):
        # Jobs that are made are made where the money goes.
        return "jobs.placed_nearby"
    if top <= 0:
        return "jobs.placed"
    if elsewhere == top:
        return "jobs.placed_elsewhere"
    return "jobs.placed_in_assisting" if east == top else "jobs.placed_nearby"


def _is_in_assisting(text: str, around: Surroundings, lang: Lang, giver: str) -> bool:
    """Whether the words name the assisting place as the one where the work is."""
    if lang == "zh":
        # 其中赴闽江3860人次: the place by its name, though the work is told elsewhere in the sentence.
        name = giver.rstrip("省市区县州")
        is_named = len(name) > 1 and re.search(
            f"(?:赴|到|去|前往){re.escape(name)}", text[slice(*around.own)]
        )
        return bool(is_named) or _TO_ASSISTING.search(text, *around.own) is not None
    if _IN_ASSISTING_EN.search(text, *around.own):
        return True
    if not giver:
        return False
    if re.search(rf"(?<![a-z])(?:in|to) {re.escape(giver)}(?![a-z])", text[around.own[0] : around.own[1]]):
        return True
    return giver in text[around.sentence[0] : around.sentence[1]] and bool(_WORK_IN.search(text, *around.own))
