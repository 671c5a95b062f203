"""What the claims of one text say about each other: sums, shares, repeats, households beside persons, rates."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from pairbook.analysis.claims.shapes import Figure as Claim
from pairbook.analysis.claims.shapes import Found, Relation
from pairbook.bulletins import reasons
from pairbook.bulletins.rules import Limits, is_misleading, rates_possible
from pairbook.bulletins.shapes import CheckedClaim, Finding
from pairbook.bulletins.surroundings import Surroundings
from pairbook.indicators.rules import QUALIFIERS, value_words
from pairbook.kernel.texts import Text
from pairbook.web.numbers import plain

Around = Mapping[str, Surroundings]


def findings_of(
    found: Found, checked: Sequence[CheckedClaim], arounds: Around, limits: Limits
) -> tuple[Finding, ...]:
    """Everything about the claims of a text that is told of no single one, in the order of the checks."""
    claims = {figure.id: figure for figure in found.figures if figure.is_claim}
    return (
        *_relations(found.relations, claims),
        *_rates(found.relations, claims, limits),
        *_misleading(checked, limits),
        *_told_differently(found.relations, checked, arounds),
        *_households(list(claims.values()), arounds, limits),
        *_person_times(list(claims.values())),
    )


def names_neither_side(checked: Sequence[CheckedClaim], notice: Text) -> Finding:
    """That a text names neither side, which is about all of its claims and speaks against none."""
    return Finding("names_neither_side", tuple(one.claim.id for one in checked), True, notice)


_RELATIONS = {
    "sum": (
        Text("{whole}与各部分之和{computed}相符", "{whole} is the sum of its parts"),
        Text("各部分之和是{computed}，不是{whole}", "the parts add up to {computed}, not to {whole}"),
    ),
    "part_sum": (
        Text("各部分都不大于{whole}", "no part is above {whole}"),
        Text("其中一部分大于总数{whole}", "a part is above its total, {whole}"),
    ),
    "share": (
        Text("{whole}与两数之比{computed}%相符", "{whole} is the share the two numbers make"),
        Text("两数之比是{computed}%，不是{whole}", "the two numbers make {computed}%, not {whole}"),
    ),
    "growth": (
        Text("{whole}与两数算出的增幅{computed}%相符", "{whole} is the growth between the two numbers"),
        Text(
            "两数算出的增幅是{computed}%，不是{whole}",
            "the two numbers make a growth of {computed}%, not {whole}",
        ),
    ),
}


def _relations(relations: Sequence[Relation], claims: Mapping[str, Claim]) -> Iterator[Finding]:
    for relation in relations:
        words = _RELATIONS.get(relation.type)
        if words is None or any(name not in claims for name in relation.figures):
            continue
        whole = claims[relation.figures[0]]
        computed = relation.computed
        is_rate = relation.type in ("share", "growth") or whole.value is None
        counted = Text(plain(computed), plain(computed)) if is_rate else value_words(computed, _unit(whole))
        told = " ".join(whole.text.split())
        said = words[0] if relation.holds else words[1]
        reason = Text(
            said.zh.format(whole=told, computed=counted.zh) + "。",
            _cap(said.en.format(whole=told, computed=counted.en)) + ".",
        )
        yield Finding(relation.type, relation.figures, relation.holds, reason)


def _unit(claim: Claim) -> str:
    unit = claim.unit or ""
    return unit.removeprefix("other:")


def conversions(relations: Sequence[Relation], claims: Mapping[str, Claim]) -> dict[str, str]:
    """The claims that repeat another one in a second currency, with the one they repeat."""
    found = {}
    for relation in relations:
        if relation.type == "ratio" and len(relation.figures) == 2:
            first, second = relation.figures
            units = {claims[name].unit for name in relation.figures if name in claims}
            if units == {"CNY", "USD"}:
                found[second] = first
    return found


def _rates(relations: Sequence[Relation], claims: Mapping[str, Claim], limits: Limits) -> Iterator[Finding]:
    for second, first in conversions(relations, claims).items():
        yuan, dollars = sorted((claims[first], claims[second]), key=lambda claim: claim.unit != "CNY")
        if not yuan.value or not dollars.value:
            continue
        is_possible, rate = rates_possible(yuan, dollars, limits)
        if not is_possible:
            told = [reasons.told_words(claim, claim.unit or "") for claim in (dollars, yuan)]
            reason = reasons.impossible_rate(told[0], told[1], rate, limits.rate)
            yield Finding("impossible_rate", (first, second), False, reason)


def _misleading(checked: Sequence[CheckedClaim], limits: Limits) -> Iterator[Finding]:
    for one in checked:
        if one.verdict != "holds" or one.book_value is None or one.claim.value is None:
            continue
        if is_misleading(one.claim, one.book_value, limits):
            qualifier = QUALIFIERS[one.claim.qualifier]
            told, booked = reasons.told_words(one.claim, one.unit), value_words(one.book_value, one.unit)
            reason = Text(
                f"“{qualifier.zh}{told.zh}”虽然不错，但实际是{booked.zh}，相差太远，容易误导。",
                f"'{_cap(qualifier.en)} {told.en}' is true, but it is {booked.en}: so far off that it misleads.",
            )
            yield Finding("misleading_qualifier", (one.claim.id,), False, reason)


def _told_differently(
    relations: Sequence[Relation], checked: Sequence[CheckedClaim], arounds: Around
) -> Iterator[Finding]:
    """Two exact numbers for one address. Amounts of single gifts are no such pair, so one of them must hold."""
    together = [set(relation.figures) for relation in relations]
    exact = [
        one
        for one in checked
        if one.address is not None and one.claim.qualifier == "exact" and one.verdict in ("holds", "differs")
    ]
    for place, one in enumerate(exact):
        for other in exact[place + 1 :]:
            pair = {one.claim.id, other.claim.id}
            if one.address != other.address or one.claim.value == other.claim.value:
                continue
            if one.claim.unit != other.claim.unit or any(pair <= names for names in together):
                continue
            if (
                "holds" not in (one.verdict, other.verdict)
                or arounds[one.claim.id].sentence == arounds[other.claim.id].sentence
            ):
                continue
            told = [" ".join(each.claim.text.split()) for each in (one, other)]
            reason = Text(
                f"同一个数前后不一：先说{told[0]}，后说{told[1]}。",
                f"The same figure is told differently: first {told[0]}, then {told[1]}.",
            )
            yield Finding("told_differently", (one.claim.id, other.claim.id), False, reason)


_OF_HOUSEHOLDS = {"poverty.households": "poverty.persons", "households.benefited": "persons.benefited"}


def _households(claims: Sequence[Claim], arounds: Around, limits: Limits) -> Iterator[Finding]:
    """Households and persons told side by side whose ratio no household has."""
    for one, other in pairwise(claims):
        pair = sorted((one, other), key=lambda claim: claim.unit != "household")
        households, persons = pair
        if (households.unit, persons.unit) != ("household", "person") or not households.value:
            continue
        if persons.value is None or _OF_HOUSEHOLDS.get(households.measure or "") != persons.measure:
            continue
        if arounds[one.id].sentence != arounds[other.id].sentence:
            continue
        low, high = limits.household
        ratio = persons.value / households.value
        if not low <= ratio <= high:
            rounded = plain(ratio.quantize(Decimal("0.01")))
            reason = Text(
                f"{households.text}与{persons.text}合每户{rounded}人，不在{plain(low)}至{plain(high)}人之间，户与人可能写混。",
                f"{households.text} and {persons.text} make {rounded} persons a household, outside {plain(low)} to "
                f"{plain(high)}: households and persons may be mixed up.",
            )
            yield Finding("household_person_ratio", (one.id, other.id), False, reason)


def _person_times(claims: Sequence[Claim]) -> Iterator[Finding]:
    """More people than times they took part, of one measure."""
    for one in claims:
        for other in claims:
            if (one.unit, other.unit) != ("person", "person-time") or one.measure != other.measure:
                continue
            if one.period != other.period or one.value is None or other.value is None:
                continue
            if one.value > other.value:
                reason = Text(
                    f"{one.text}多于{other.text}：人数不会多于人次。",
                    f"{one.text} is more than {other.text}: there are never more persons than person-times.",
                )
                yield Finding("person_time_mixed", (one.id, other.id), False, reason)


def _cap(text: str) -> str:
    return text[:1].upper() + text[1:]
