"""What a rate, a number of times or a number of events measures."""

import re

from pairbook.analysis.claims.cues import Surroundings
from pairbook.analysis.claims.measured import GROWTH_BEFORE, Measured
from pairbook.analysis.claims.shapes import Lang
from pairbook.analysis.claims.tokens import Number

_LEVEL = re.compile(
    r"(?:(?<![a-z])(?:to|from|at|reach(?:ed|es)?|was|is|of|or)(?: about| around| nearly| over| just| more"
    r" than| "
    r"only)?|(?:[至到为达由从]|达到)(?:了|近|约|超过)?)\s?$"
)
_CHANGED_BY = re.compile(
    r"(?<![a-z])(?:rais|increas|cut|reduc|r[oi]se|grow|grew|f[ae]ll|drop|expand|boost|lift|improv|declin"
    r"|surg|soar|jump|climb)"
    r"[a-z]* [^.;,]{0,50}?by(?: [a-z]+){0,4} $"
    r"|(?<![a-z])(?:surg|soar|jump|climb|ris|grow|fall|declin|expand)ing (?:by )?(?:[a-z]+ ){0,2}$"
)
_OF_WHOLE = re.compile(r"\)? of (?!the year|last|this year|a year)")
_GROWTH_AFTER = re.compile(r" (?:year-on-year|increase|growth|rise|drop|fall|decline|more|higher|lower)")
_OF_PEOPLE = re.compile(
    r"\)?(?:,)? ?(?:of (?:the |its |all )?(?:rural |local |county's |total )?(?:population|residents|people"
    r"|inhabitants)|[.,;]|$|\)|,? (?:were|was|had) )"
)
_RATE_NAME = re.compile(r"([\u3400-\u9fff]{1,6}?率)[^,，。;；\u7387]{0,8}$")


_MORE_THAN = re.compile(r" (?:more|less|fewer|higher|lower) than(?! half)")
_OF_TARGET = re.compile(
    r" of (?:the |its |this |that |their )?(?:[a-z']+ ){0,2}(?:target|goal|quota|plan)(?![a-z])"
)
_MULTIPLIED = re.compile("(?:doubled|tripled|trebled|quadrupled)(?![a-z])")
_NAMES = {
    "incidence": "poverty.incidence",
    "growth": "other:growth",
    "completion": "other:completion-rate",
    "share": "other:share",
}
_DERIVED = frozenset(("other:share", "other:growth", "other:completion-rate"))


def rate_of(text: str, number: Number, around: Surroundings, before: Measured | None, lang: Lang) -> Measured:
    """A share, a growth, a rate of completion, the incidence of poverty, or another rate by its name."""
    of = _base_of(before)
    if number.unit == "other:percentage-point":
        return Measured("other:growth", 80, of)
    if number.sort == "times":
        if of is not None and _MULTIPLIED.match(text, number.start):
            return Measured("other:growth", 60, of)
        return _times_of(around, of)
    if GROWTH_BEFORE.search(text, max(0, number.start - 30), number.start):
        return Measured("other:growth", 80, of)
    if lang == "en" and _CHANGED_BY.search(text, max(around.sentence[0], number.start - 80), number.start):
        return Measured("other:growth", 80, of)
    if lang == "en" and _MORE_THAN.match(text, number.end):
        return Measured("other:growth", 80, of)
    if lang == "en" and _OF_TARGET.match(text, number.end):
        return Measured("other:completion-rate", 80, of)
    near = {thing: around.weights.get(thing, 0.0) for thing in _NAMES}
    if lang == "en" and _OF_WHOLE.match(text, number.end):
        near["share"] = max(near["share"], 105.0)
    is_level = bool(_LEVEL.search(text, max(0, number.start - 24), number.start))
    if is_level and not _GROWTH_AFTER.match(text, number.end):
        near["growth"] = 0.0
    best = max(near, key=lambda thing: near[thing])
    if lang == "en" and _is_incidence_en(text, number, around, before):
        return Measured("poverty.incidence", 70)
    if _is_incidence(text, number, before, near, best, is_level):
        return Measured("poverty.incidence", max(60.0, near["incidence"]))
    is_plain = near["growth"] < 85 and near["completion"] < 60 and near["share"] < 85
    if lang == "zh" and is_plain and _RATE_NAME.search(text, around.own[0], number.start):
        return Measured("other:rate", 60, of)
    if near[best] < 20:
        return Measured("other:share", 30, of)
    return Measured(_NAMES[best], near[best], of)


_POOR_AMONG = re.compile(
    r" of (?:the |its |their |all |[a-z]+'s )?(?:more than |about |nearly |over |some )?(?:[\d,]+"
    r" )?(?:total |rural |local |county's |registered )*"
    r"(?:population|residents|people|inhabitants|households|families|villagers)"
    r"(?: \([^)]{1,24}\))?[^.;,]{0,30} (?:liv|(?:was|were|is|are) (?:still )?poor|in poverty"
    r"|below the|under the|remain)"
)
_STILL_POOR = re.compile(
    r"[^.;,]{0,24}(?:remain(?:ing|s|ed)?|liv(?:e|es|ed|ing)|still) (?:under|below|in) (?:the )?poverty"
)
_FROM_THEN = re.compile(r"(?<![a-z])(?:down|up) from(?: [a-z]+){0,2} $")
_THE_POOR = re.compile(
    r"(?<![a-z])(?:poor|poverty-stricken|impoverished|needy) (?:[a-z-]+ )?(?:residents|people|population|households"
    r"|families|villagers)[^.;\d]{0,60}account[a-z]* for"
)
_ACCOUNTING = re.compile(
    r"(?<![a-z])(?:account(?:ed|ing|s)? for|or|equal to|representing|making up)(?: [a-z]+){0,2} $"
)
_OF_POPULATION = re.compile(
    r"\)?,? of (?:the |its |their |all )?(?:[a-z']+ ){0,4}(?:population|residents|people|households)(?![a-z])"
)
_THE_RATE = re.compile(
    r"(?<![a-z])(?:the|this|that|its) (?:proportion|rate|ratio|share|figure|percentage)[^.;]{0,40}$"
)


def _is_incidence_en(text: str, number: Number, around: Surroundings, before: Measured | None) -> bool:
    """Whether a share is that of the poor among the people: 12 percent of the county's residents lived in poverty."""
    if _POOR_AMONG.match(text, number.end) or _STILL_POOR.match(text, number.end):
        return True
    begin = max(around.sentence[0], number.start - 60)
    if before is not None and before.measure == "poverty.incidence" and text[number.start - 1] == "(":
        # One in seven people (13.8 percent) was poor.
        return True
    if (
        before is not None
        and before.measure == "poverty.incidence"
        and _THE_RATE.search(text, begin, number.start)
    ):
        return True
    if (
        before is not None
        and before.measure == "poverty.incidence"
        and _FROM_THEN.search(text, begin, number.start)
    ):
        return True
    is_of_people = _OF_POPULATION.match(text, number.end) is not None
    is_of_poor = before is not None and before.measure == "poverty.persons"
    is_of_poor = is_of_poor or _THE_POOR.search(text, around.sentence[0], number.start) is not None
    return is_of_people and is_of_poor and _ACCOUNTING.search(text, begin, number.start) is not None


def _base_of(before: Measured | None) -> str | None:
    """What a rate after such a figure is of: the same as that rate, or the figure itself."""
    if before is None:
        return None
    return before.of if before.measure in _DERIVED and before.of else before.measure


def _times_of(around: Surroundings, of: str | None) -> Measured:
    completion, growth, ratio = (
        around.weights.get(thing, 0.0) for thing in ("completion", "growth", "ratio")
    )
    if completion > 60:
        return Measured("other:completion-rate", completion, of)
    return Measured("other:growth" if growth > max(60.0, ratio) else "other:ratio", 60, of)


def _is_incidence(
    text: str, number: Number, before: Measured | None, near: dict[str, float], best: str, is_level: bool
) -> bool:
    """Whether a rate is the incidence of poverty: by its name, or as the share of poor people just told."""
    if (
        before
        and before.measure in ("poverty.persons", "poverty.households")
        and _OF_PEOPLE.match(text, number.end)
    ):
        return True
    if is_level and near["incidence"] > 0 and max(near["share"], near["completion"]) < 60:
        return True
    return near["incidence"] >= max(40.0, near[best] - 15)


_LEADING = "(?:leaders?|officials?|heads?|delegations?|mayors?|magistrates?|governors?|secretar(?:y|ies))"
# Leaders went there on seven occasions, came seven times.
_LEADERS_WENT = re.compile(
    rf"(?<![a-z]){_LEADING}(?![a-z])[^.;]{{0,80}}? (?:went|gone|travell?ed|c[ao]me|been|paid|flew|flown|headed"
    r"|journeyed)"
    r"(?: [a-z]+){0,2} (?:to|there|here|calls|over)(?![a-z])"
)
_LEADERS_VISIT = re.compile(rf"(?<![a-z]){_LEADING}(?![a-z])[^.;]{{0,90}}(?<![a-z])(?:visit|trip)[a-z]*")


def events_of(text: str, number: Number, around: Surroundings) -> Measured:
    """What a number of times, meetings, courses or batches measures."""
    weights = around.weights
    said = {
        thing: weights.get(thing, 0.0) for thing in ("fair", "course", "train", "visit", "meeting", "send")
    }
    top = max(said, key=lambda thing: said[thing])
    if number.unit == "visit" and number.noun == "times" and _LEADERS_WENT.search(text, *around.sentence):
        return Measured("visits.leaders", 80)
    if said[top] <= 0:
        return Measured("other:events", 20)
    if top == "fair":
        return Measured("jobs.fairs", said[top])
    if top in ("course", "train"):
        return Measured("other:training-courses", said[top])
    if top == "meeting":
        return Measured("other:meetings", said[top])
    begin, end = around.sentence
    is_leader = number.unit == "visit" and (
        around.says("leader") or _LEADERS_VISIT.search(text, begin, end) is not None
    )
    return Measured("visits.leaders" if is_leader else "other:visits", said[top])
