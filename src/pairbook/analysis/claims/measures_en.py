"""What an English number measures where the build of its phrase says it, before any word is weighed.

In "jobs at 26 firms in nine villages" firms and villages only say where; a staff of 40 is nobody sent; what comes out
every day is output and no gift. Sums of money are told in `money_en.py`; words that are weighed say the rest
(`measures.py`).
"""

import re

from pairbook.analysis.claims.cues import Surroundings
from pairbook.analysis.claims.lists_en import HOUSES, LINK, PLACES
from pairbook.analysis.claims.measured import Measured
from pairbook.analysis.claims.money_en import money_of, they_plan
from pairbook.analysis.claims.people import training_of
from pairbook.analysis.claims.tokens import Number

_WHERE = re.compile(rf"(?<![a-z])(?:in|into|across|from|at|throughout|within|among|around|between){LINK}")
_WHOSE = re.compile(rf"(?<![a-z])(?:from|by|of|at|among|between){LINK}")
_OF_ALL = re.compile(
    r"(?:\d|(?<![a-z])(?:one|two|three|four|five|six|seven|eight|nine|ten)) (?:out )?of (?:its |the |their "
    r"|all )*$"
)
_ONE_OF_THE = re.compile(r"(?<![a-z])(?:is|are|remains?|and|,) (?:still )?one of (?:the |only |last )*$")
_EACH_DAY = re.compile(
    r"(?: [a-z-]+){0,4}? (?:a|per|each|every) (?:day|week|month|year|hour)(?![a-z])|(?: [a-z]+){0,3}"
    r" (?:daily|annually)"
)
_SIZE = re.compile(r" (?:long|wide|high|tall|deep|away|apart)(?![a-z])")
# A cold store that holds 2,000 tonnes.
_HOLDS = re.compile(
    r"(?<![a-z])(?:(?:that|which) (?:can )?(?:holds?|stores?|process(?:es)?)|capacity of|room for)(?: [a-z]+){0,2} $"
)
# 1,124 people in 402 households who have not shaken off poverty.
_NOT_YET_OUT = re.compile(
    r"(?: in [\d,]+ [a-z]+)?,? (?:who|that|which) (?:have|has|had|are|were|do|did)(?: still)? (?:not|yet to|never)"
    r"(?: yet| been| be)? [a-z]+(?: [a-z]+){0,3} (?:poverty|poor|line)(?![a-z])"
)
# 8,700 of the county's people were registered as poor.
_ARE_POOR = re.compile(
    r"[^.;,\d]{0,30} (?:were|was|are|is|had been|have been) (?:still )?(?:registered|classed|classified|listed)"
    r" as (?:poor|impoverished|poverty)|(?: [a-z]+){0,2} (?:are |were |was |still |who |had )*(?:live|lived|living)"
    r" (?:in|below|under) (?:extreme |absolute |the )*(?:national )?poverty"
)
# 210 families, most of them shepherds, moved here.
_HAVE_MOVED = re.compile(
    r"(?: from (?:about |some |around )?[\d,]+ households)?[^.;\d]{0,80} (?:have |had |has |were |was )?(?:been )?"
    r"(?:moved (?:here|there|out|from)|(?:relocated|resettled) (?:here|there|in|into|to|from))(?![a-z])"
)
_ENROL = re.compile(r"(?<![a-z])(?:enrol(?:l)?(?:s|ed|ing)?|admit(?:s|ted)?)" + LINK)
# Orphans have been given support.
_ARE_HELPED = re.compile(
    r"[^.;,\d]{0,60} (?:have|has|had|were|was) (?:already |since )?(?:been )?"
    r"(?:given|granted|offered|provided with|received) (?!training|jobs?|work|employment|courses?)(?:[a-z]+ ){0,3}"
    r"(?:support|aid|help|assistance|care|treatment|subsid[a-z]+|surger[a-z]+|scholarships?|loans?)(?![a-z])"
)
_COMPLETED_TRAINING = re.compile(
    r"[^.;\d]{0,40} (?:have |had |has )?(?:completed|finished|received|attended|undergone)(?: [a-z-]+){0,3}"
    r" (?:training|courses?)(?![a-z])"
)
_FOUNDED_BY = re.compile(
    r"(?<![a-z])(?:set up|founded|funded|donated|given|financed|established|paid for) by" + LINK
)
_WITH_CREW = re.compile(r"(?<![a-z])(?:with|employ(?:s|ed|ing)?|hav(?:e|ing)|has|had)(?: [a-z]+){0,3} $")
# 38 clinics and 97 schools had been handed over: what is handed over was built.
_FINISHED = re.compile(
    r"[^.;]{0,60} (?:has|have|had|was|were) (?:already |since )?(?:been )?"
    r"(?:handed over|completed|finished|rebuilt|renovated|expanded|inaugurated|put into (?:use|operation)"
    r"|opened)(?![a-z])"
)
_STAFF = re.compile(r"(?<![a-z])(?:staff|workforce|crew|faculty|membership) of(?: [a-z]+){0,2} $")
# Half the 6,900 villagers, 44 percent of its more than 3,200 residents: of whom a share is told.
_SHARE_OF = re.compile(
    r"(?<![a-z])(?:percent|per cent|half|thirds?|quarters?|most|fifths?)(?: of)?(?: the| its| their| all|"
    r" some| about| around| more than| over| nearly| total)* $"
    r"|\d (?:million )?of (?:the |its |their )?(?:[a-z]+'s )?(?:total )?$"
)
_AUDIENCE = frozenset(("participants", "attendees", "spectators", "viewers"))
_VISITORS = frozenset(("tourists", "visitors", "travelers", "travellers", "holidaymakers", "sightseers"))
_TRAINED = re.compile(
    r"(?<![a-z])(?:courses?|sessions?|classes|lectures|seminars)[^.;\d]{0,60} (?:held|organi[sz]ed|given|conducted) for"
    + LINK
    + r"|(?<![a-z])train(?:ed|ing|ings)(?: courses?| sessions?| programs?| programmes?| classes)?(?: for| of| to)?"
    + LINK
)
_BUILT_HERE = re.compile(
    r"(?<![a-z])(?:building|built|rebuilt|constructed|construction of|completed|renovated)" + LINK
)
_ALLOCATED_FOR_AID = re.compile(
    r"(?: was| were| is| are)? (?:allocated|earmarked|set aside|used|spent) (?:for|as|on) "
    r"(?:aid|assistance|support|poverty)(?![a-z])"
)
_ROOMY = re.compile(r"(?<![a-z])(?:apartment|flat|house|home|room|classroom|hall|area|site|store) of" + LINK)
_SOLD = re.compile(r"(?<![a-z])sold(?: out)?" + LINK)
_ALL_WHO_LIVE = re.compile(r"population of" + LINK)
_OF_THE_POOR = ("poor ", "impoverished ", "stricken ", "registered ", "needy ")
_MOVING = re.compile(r"(?<![a-z])(?:moving|move|relocating|relocated?|resettl(?:e|ed|ing))" + LINK)
_DELEGATION = re.compile(
    r"(?<![a-z])(?:delegation|group of visitors|visiting (?:team|group|party))(?: of)?[^,.;]{0,12}$"
)
_RECIPIENTS = re.compile(
    r"(?<![a-z])(?:reaching|covering|benefit[a-z]*|(?:help|aid|assist|support|sponsor|subsidi[sz]|financ|fund)(?:e?d|ing|s)?|enabl(?:ed|ing)|allow(?:ed|ing)"
    r"|(?:dormitor|canteen|clinic|home|hostel|provi[ds]|giv|gave|offer|deliver|distribut|bring|brought|suppl|hand|grant|assist|aid|help|support"
    r"|servic|shar|improv|upgrad"
    r"|extend|channel|subsid|allowance|water|care|treat|paid|pay|dividend)[a-z]*[^.;\d]{0,60} (?:to|for"
    r"|among|with))" + LINK
)
_POPULATION_OF = re.compile(
    r"(?<![a-z])(?:poor|impoverished|poverty-stricken|registered|needy)[a-z -]{0,40}(?:population|people)"
    r" of(?: [a-z]+){0,2} $"
)
_RECIPIENT, _NAMED = 62.0, 42.0
_GIVE = re.compile(r" (?:have |has |had |also |jointly )*(?:donat|pledg|contribut|gave|given|chipp|rais)")
_OFFER = re.compile(r" (?:have |has |had |also |jointly )*offer(?:ed|ing|s)?(?![a-z])")
_REMAIN = re.compile(
    r",? (?:that |which )?(?:have |had |has )?(?:still )?been on (?:it|the list)|,? (?:that "
    r"|which )?(?:are |were |is |was |have |has )?(?:still )?(?:remain(?:ed|s)?|left|yet to"
    r"|still (?:on|in|poor)"
    r"|not yet)(?![a-z])"
)
# Last year it was 9,870 yuan: the measure is that of the number before.
_IT_WAS = re.compile(
    r"(?<![a-z])(?:it|this|the (?:figure|number|total|amount|sum)) (?:was|is|stood at|stands at|reached"
    r"|rose to|fell to"
    r"|came to|totalled|totaled|hit|increased to|grew to|dropped to|(?:has|had) (?:reached|risen to|fallen"
    r" to|grown to)"
    r"|(?:will|could|would|may|is expected to|is set to) (?:reach|rise to|grow to|exceed|hit|top))"
    r"(?: about| around| nearly| over| more than| only| just| some)* $"
)


def told_by_phrase(
    text: str, number: Number, around: Surroundings, before: Measured | None
) -> Measured | None:
    """The measure that the build of the phrase says; None where its words have to be weighed."""
    begin = max(around.sentence[0], number.start - _REACH)
    if number.noun and text[number.end : number.end + 1] == "-" and number.sort != "event":
        # A 160-bed wing, a 30-member cooperative.
        return Measured(f"other:{number.noun}", 60)
    if before is not None and _IT_WAS.search(text, begin, number.start):
        return Measured(before.measure, 60, before.of)
    if number.sort == "money":
        if (
            before is not None
            and before.measure.startswith("enterprises.")
            and they_plan(text, begin, number)
        ):
            return Measured("enterprises.agreed_investment", 70)
        if _ALLOCATED_FOR_AID.match(text, number.end):
            return Measured("funds.total", 75)
        return _paid_of_it(text, number, around, before) or money_of(text, number, around)
    if number.sort in PLACES or number.sort in HOUSES:
        return _of_place(text, number, around, begin)
    if number.sort == "person" and _TRAINED.search(text, begin, number.start):
        return Measured(training_of(around, least=_NEAR), 75)
    if number.unit in ("person", "household") or number.sort == "enterprise":
        return _of_people(text, number, around, begin)
    return _of_things(text, number, begin)


# 51.5 million yuan had been disbursed: whose money it is was said before.
_PAID_OUT = re.compile(
    r" (?:of (?:this|these funds|the (?:money|funds|sum|total)|it|them) )?(?:has|have|had|was|were|is|are)"
    r"(?: [a-z]+ly| already| since| so far| now)?(?: been)?(?: [a-z]+ly)? "
    r"(?:disbursed|transferred|paid|remitted|received|credited|in place|spent|used|released|delivered|appropriated)"
    r"(?![a-z])(?! (?:to|by|on|for) )"
)
_WHOSE_MONEY = ("social", "sales", "loan", "enterprise", "invested", "wage", "subsidy", "cash", "goods")


def _paid_of_it(text: str, number: Number, around: Surroundings, before: Measured | None) -> Measured | None:
    """Money that was paid out without a word whose it is: of the funds told just before."""
    if before is None or not before.measure.startswith("funds.") or not _PAID_OUT.match(text, number.end):
        return None
    return None if around.says("fiscal", *_WHOSE_MONEY) else Measured(before.measure, 65)


_REACH, _NEAR = 90, 40
_WORKPLACE_OF = re.compile(
    r"(?<![a-z])(?:workshops?|factor(?:y|ies)|plants?) (?:where|in which)(?: [a-z]+){0,2} $"
)


def _of_people(text: str, number: Number, around: Surroundings, begin: int) -> Measured | None:
    """People of whom a share is told, who give or offer, who are a staff or a delegation."""
    start, place = number.start, number.phrase_end
    if (
        number.sort != "enterprise"
        and _SHARE_OF.search(text, begin, start)
        and not around.says("train", least=60)
    ):
        return Measured("other:population" if number.unit == "person" else "other:households", 60)
    if number.sort != "household" and place and _GIVE.match(text, place):
        return Measured("other:givers", 60)
    if number.noun in _AUDIENCE and not around.says("train", least=40):
        return Measured("other:attendance", 60)
    if number.noun in _VISITORS and not around.says("train", "send", least=60):
        return Measured("other:visitors", 60)
    if number.sort == "enterprise":
        is_whose = _WHOSE.search(text, begin, start) and not around.says("twin", least=70)
        is_offering = place and _OFFER.match(text, place)
        return Measured("other:enterprises", 50) if is_whose or is_offering else None
    if number.sort != "enterprise" and _ARE_POOR.match(text, place or number.end):
        return Measured(f"poverty.{number.unit}s", 75)
    if number.sort != "enterprise" and _HAVE_MOVED.match(text, place or number.end):
        return Measured(f"other:{number.unit}s-relocated", 65)
    if number.sort == "person" and _ENROL.search(text, begin, start):
        return Measured("other:students", 70)
    if number.sort == "person" and _ARE_HELPED.match(text, place or number.end):
        return Measured("persons.benefited", 65)
    if number.sort == "person" and _COMPLETED_TRAINING.match(text, place or number.end):
        return Measured(training_of(around, least=_NEAR), 75)
    if number.sort in ("person", "enterprise") and _FOUNDED_BY.search(text, begin, start):
        return Measured("other:givers", 60)
    if number.sort != "enterprise" and _NOT_YET_OUT.match(text, place or number.end):
        return Measured(f"poverty.{number.unit}s", 75)
    is_crew = number.noun in ("employees", "workers", "staff") and around.says("workshop", least=30)
    if is_crew and _WITH_CREW.search(text, begin, start):
        return Measured("jobs.placed_nearby", 70)
    if number.sort == "person" and _WORKPLACE_OF.search(text, begin, start):
        return Measured("jobs.placed_nearby", 70)
    everybody = _ALL_WHO_LIVE.search(text, begin, start) if number.sort == "person" else None
    if everybody and not text.endswith(_OF_THE_POOR, begin, everybody.start()):
        return Measured("other:population", 60)
    if (
        number.sort == "person"
        and _MOVING.search(text, begin, start)
        and not around.says("send", "job", least=90)
    ):
        return Measured("other:persons-relocated", 60)
    if number.sort == "person" and _STAFF.search(text, begin, start):
        return Measured("other:staff", 60)
    if number.sort == "person" and _DELEGATION.search(text, begin, start):
        return Measured("other:visitors", 70)
    return None


_REALMS = frozenset(
    f"other:{realm}"
    for realm in (
        "province",
        "country",
        "city",
        "prefecture",
        "region",
        "district",
        "banner",
        "variety",
        "kind",
        "type",
    )
)


def _of_things(text: str, number: Number, begin: int) -> Measured | None:
    """Things that only say where something is, and what comes out every day."""
    is_hyphenated = "-" in text[number.start : number.end]
    if number.sort == "area" and (is_hyphenated or _ROOMY.search(text, begin, number.start)):
        return Measured("other:area", 60)
    if number.unit in _REALMS:
        return Measured(f"other:{number.noun}", 60)
    if number.sort in ("thing", "built", "goods") and _WHERE.search(text, begin, number.start):
        return Measured(f"other:{number.noun or 'places'}", 40)
    if number.unit in ("other:team", "other:batch"):
        return Measured(f"other:{number.noun or 'teams'}", 40)
    if number.sort in ("weight", "volume") and _HOLDS.search(text, begin, number.start):
        return Measured("other:capacity", 60)
    if number.sort in ("goods", "thing", "weight") and _SOLD.search(text, begin, number.start):
        return Measured("other:quantity-sold", 60)
    if number.sort == "length" and _SIZE.match(text, number.end):
        return Measured("other:length", 60)
    if number.sort in ("goods", "weight") and _EACH_DAY.match(text, number.end):
        return Measured("other:output", 60)
    return None


def _of_place(text: str, number: Number, around: Surroundings, begin: int) -> Measured | None:
    """Counties on the list of poor ones or off it; villages, counties or schools that only say where something is."""
    sort, start = number.sort, number.start
    is_where = _WHERE.search(text, begin, start) is not None
    remains = _REMAIN.match(text, number.phrase_end or number.end) is not None
    listed, left = around.weights.get("listed", 0.0), around.weights.get("exit", 0.0)
    if sort == "county":
        is_known = around.says("poor") and _ONE_OF_THE.search(text, begin, start)
        if remains or is_known:
            return Measured("poverty.counties_remaining", 70 if remains else 55)
        # Whatever else is said of counties that left the list, that is what is counted.
        if left > 30 and left > listed + 3 and not is_where and not _OF_ALL.search(text, begin, start):
            return Measured("poverty.counties_exited", 75)
    if sort == "village" and _BUILT_HERE.search(text, begin, start):
        return Measured("assets.built", 70)
    if sort == "village" and (remains or listed > max(40.0, left + 3)):
        return Measured("other:villages-remaining", 60)
    if sort == "village" and left > 60 and left > listed + 3 and not is_where:
        return Measured("poverty.villages_exited", 75)
    is_built = sort in ("school", "hospital") and not is_where and not around.says("twin", least=60)
    if is_built and _FINISHED.match(text, number.phrase_end or number.end):
        return Measured("assets.built", 70)
    if not is_where or around.says("twin", least=70) or around.says("exit", "listed", least=85):
        return None
    return Measured(_COVERED.get(sort, f"other:{sort}s"), 50)


_COVERED = {
    "village": "other:villages-covered",
    "township": "other:townships-covered",
    "county": "other:counties",
}


def weigh_recipients(text: str, number: Number, around: Surroundings) -> None:
    """Weigh what stands right before people: what is given to them benefits them, a "poor population of" names them."""
    begin, weights = max(around.sentence[0], number.start - 60), around.weights
    if _RECIPIENTS.search(text, begin, number.start):
        weights["benefit"] = max(weights.get("benefit", 0.0), _RECIPIENT)
    if "poor" in weights and _POPULATION_OF.search(text, begin, number.start):
        weights["poor"] = min(weights["poor"], _NAMED)
