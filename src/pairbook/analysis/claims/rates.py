"""What a rate, a number of times or a number of events measures."""

import re

from pairbook.analysis.claims.cues import Surroundings
from pairbook.analysis.claims.measured import GROWTH_BEFORE, Measured
from pairbook.analysis.claims.shapes import Lang
from pairbook.analysis.claims.tokens import Number

_LEVEL = re.compile(
    r"(?:(?<![a-z])(?:to|from|at|reach(?:ed|es)?|was|is|of|or)(?: about| around| nearly| over| just| more than| "
    r"only)?|(?:[至到为达由从]|达到)(?:了|近|约|超过)?)\s?$"
)
_GROWTH_AFTER = re.compile(r" (?:year-on-year|increase|growth|rise|drop|fall|decline|more|higher|lower)")
_OF_PEOPLE = re.compile(
    r"\)?(?:,)? ?(?:of (?:the |its |all )?(?:rural |local |county's |total )?(?:population|residents|people"
    r"|inhabitants)|[.,;]|$|\)|,? (?:were|was|had) )"
)
_RATE_NAME = re.compile(r"([\u3400-\u9fff]{1,6}?率)[^,，。;；\u7387]{0,8}$")


def rate_of(text: str, number: Number, around: Surroundings, before: Measured | None, lang: Lang) -> Measured:
    """A share, a growth, a rate of completion, the incidence of poverty, or another rate by its name."""
    weights = around.weights
    of = (
        before.of
        if before and before.measure in ("other:share", "other:growth", "other:completion-rate") and before.of
        else before.measure
        if before
        else None
    )
    near = {
        thing: weights.get(thing, 0.0)
        for thing in ("incidence", "growth", "completion", "share", "rate_word", "ratio")
    }
    if number.unit == "other:percentage-point":
        return Measured("other:growth", 80, of)
    if number.sort == "times":
        if near["completion"] > 60:
            return Measured("other:completion-rate", near["completion"], of)
        return Measured(
            "other:growth" if near["growth"] > 60 and near["growth"] > near["ratio"] else "other:ratio",
            60,
            of,
        )
    is_level = bool(_LEVEL.search(text, max(0, number.start - 24), number.start))
    if number.sort == "rate" and GROWTH_BEFORE.search(text, max(0, number.start - 30), number.start):
        return Measured("other:growth", 80, of)
    if is_level and not _GROWTH_AFTER.match(text, number.end):
        near["growth"] = 0.0
    if (
        before
        and before.measure in ("poverty.persons", "poverty.households")
        and _OF_PEOPLE.match(text, number.end)
    ):
        return Measured("poverty.incidence", 60)
    best = max(("incidence", "growth", "completion", "share"), key=lambda thing: near[thing])
    is_told = max(near["share"], near["completion"]) >= 60
    if is_level and near["incidence"] > 0 and not is_told:
        return Measured("poverty.incidence", 60)
    is_growth = near["growth"] > near["incidence"] + 5 and bool(
        GROWTH_BEFORE.search(text, max(0, number.start - 30), number.start)
    )
    if near["incidence"] >= max(40, near[best] - 15) and not is_growth:
        return Measured("poverty.incidence", near["incidence"])
    if (
        lang == "zh"
        and near["growth"] < 85
        and near["completion"] < 60
        and near["share"] < 85
        and _RATE_NAME.search(text, around.own[0], number.start)
    ):
        return Measured("other:rate", 60, of)
    if near[best] < 20:
        return Measured("other:share", 30, of)
    names = {
        "incidence": "poverty.incidence",
        "growth": "other:growth",
        "completion": "other:completion-rate",
        "share": "other:share",
    }
    return Measured(names[best], near[best], None if best == "incidence" else of)


def events_of(text: str, number: Number, around: Surroundings) -> Measured:
    """What a number of times, meetings, courses or batches measures."""
    weights = around.weights
    said = {
        thing: weights.get(thing, 0.0) for thing in ("fair", "course", "train", "visit", "meeting", "send")
    }
    top = max(said, key=lambda thing: said[thing])
    if said[top] <= 0:
        return Measured("other:events", 20)
    if top == "fair":
        return Measured("jobs.fairs", said[top])
    if top in ("course", "train"):
        return Measured("other:training-courses", said[top])
    if top == "meeting":
        return Measured("other:meetings", said[top])
    is_leader = around.says("leader") and number.unit == "visit"
    return Measured("visits.leaders" if is_leader else "other:visits", said[top])
