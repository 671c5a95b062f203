"""Decisions on places and organisations: code shapes, the check digit of an organisation's code, lineage."""

from dataclasses import dataclass

from pairbook.kernel.problems import Problem
from pairbook.kernel.texts import Text

PLACE_LEVELS: dict[str, Text] = {
    "country": Text("国家", "country"),
    "province": Text("省级", "province"),
    "prefecture": Text("地级", "prefecture"),
    "county": Text("县级", "county"),
    "township": Text("乡级", "township"),
    "village": Text("村级", "village"),
}
ORGANISATION_TYPES: dict[str, Text] = {
    "office": Text("协作（合作交流）机构", "cooperation office"),
    "government": Text("政府部门", "government department"),
    "enterprise": Text("企业", "enterprise"),
    "cooperative": Text("合作社", "cooperative"),
    "school": Text("学校", "school"),
    "hospital": Text("医院", "hospital"),
    "social_organisation": Text("社会组织", "social organisation"),
    "audit": Text("审计机关", "audit office"),
}

# GB 32100-2015: the 31 characters of a unified social credit code and the weights of its first 17 places.
_CREDIT_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def credit_code_problems(code: str) -> list[Problem]:
    """What is wrong with a unified social credit code; empty for a good one and for none at all.

    Rule: GB 32100-2015, check character C18 = 31 - (sum of value x weight mod 31), modulo 31.
    """
    place = Text("统一社会信用代码", "Social credit code")
    if not code:
        return []
    if len(code) != 18 or any(character not in _CREDIT_CHARACTERS for character in code):
        cure = Text(
            "应为 18 位数字或大写字母（不含 I O S V Z）。", "Write 18 digits or capitals (no I, O, S, V, Z)."
        )
        return [Problem("organisation.credit_code", place, cure, value=code)]
    values = [_CREDIT_CHARACTERS.index(character) for character in code[:17]]
    check = (
        31 - sum(value * weight for value, weight in zip(values, _CREDIT_WEIGHTS, strict=True)) % 31
    ) % 31
    if _CREDIT_CHARACTERS[check] != code[17]:
        cure = Text(
            "校验码不符，请核对营业执照。", "The check character does not match; compare with the licence."
        )
        return [Problem("organisation.credit_code", place, cure, value=code)]
    return []


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """What rules elsewhere need to know of a party."""

    id: int
    code: str
    name: Text
    sort: str
    lineage: frozenset[str]
    """Codes of the place it is or lies in, and of every place above that."""


def is_within(party: PartyFacts, place: PartyFacts) -> bool:
    """Whether the party is the place, or lies in it."""
    return place.code in party.lineage
