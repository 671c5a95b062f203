"""What an English number measures where the build of its phrase says it, before any word is weighed.

In "jobs at 26 firms in nine villages" firms and villages only say where; 2,000 yuan each is an amount for one; a gift
is social unless a government makes it; what comes out every day is output and no gift. Words that are weighed say the
rest (`measures.py`).
"""

import re

from pairbook.analysis.claims.cues import Surroundings
from pairbook.analysis.claims.measured import Measured
from pairbook.analysis.claims.patterns import any_of, words_of
from pairbook.analysis.claims.terms import rows, tree_pattern
from pairbook.analysis.claims.tokens import Number

_LINK = (
    r"(?: the| these| nearby| local| those| its| their| all| some| about| around| over| more than| nearly|"
    r" at least| another| other"
    r"| almost| up to)*\s?$"
)
_WHERE = re.compile(rf"(?<![a-z])(?:in|into|across|from|at|throughout|within|among|around|between){_LINK}")
_WHOSE = re.compile(rf"(?<![a-z])(?:from|by|of|at|among|between){_LINK}")
_OF_ALL = re.compile(
    r"(?:\d|(?<![a-z])(?:one|two|three|four|five|six|seven|eight|nine|ten)) (?:out )?of (?:its |the |their "
    r"|all )*$"
)
_ONE_OF_THE = re.compile(r"(?<![a-z])(?:is|are|remains?|and|,) (?:still )?one of (?:the |only |last )*$")
_PLACES = words_of("village county township")
_HOUSES = words_of("school hospital")
_FOR_ONE = re.compile(
    r"\)?(?: [a-z$'-]+){0,3}? (?:each(?! other)|apiece|per [a-z-]+|a head|(?:for|to|in) (?:each|every)"
    r" [a-z]+)(?![a-z])"
)
_OF_ONE = re.compile(
    r"(?<![a-z])(?:each|every) (?!year|month|day|week)[a-z-]+(?: [a-z-]+)? (?:[a-z]+ ){0,7}$"
    r"|(?<![a-z])average of (?:about |some |over |more than |nearly )?$"
)
_EACH_DAY = re.compile(
    r"(?: [a-z-]+){0,4}? (?:a|per|each|every) (?:day|week|month|year|hour)(?![a-z])|(?: [a-z]+){0,3}"
    r" (?:daily|annually)"
)
_GOVERNMENTS = any_of(
    "district city county province prefecture municipality governments? region area bureau commission "
    "committee "
    "ministry authorities town township state sides? parties"
)
_ASSISTING = tree_pattern([row["name"] for row in rows("places")])
_GIVING = any_of(
    "donat[a-z]+ contribut[a-z]+ gave give[sn]? pledg[a-z]+ invest[a-z]* input put pour[a-z]* inject[a-z]*"
)
_GOVERNMENT_GIVES = re.compile(
    rf"(?<![a-z])(?:{_GOVERNMENTS}|{_ASSISTING}),? (?:has |have |had |also |then |jointly |together "
    rf"|[a-z]+ed [^.;]{{0,80}} and )*"
    rf"{_GIVING}(?![a-z])[^.;]{{0,50}}$"
)
_CITIZENS = any_of(
    "enterprises? compan(?:y|ies) firms? business(?:es)? public residents citizens individuals society donors "
    "charit[a-z]+ foundations? associations? entrepreneurs employees volunteers philanthropists "
    "social_[a-z]+ members "
    "churches unions schools students parents readers"
)
_CITIZENS_GIVE = re.compile(
    rf"(?<![a-z]){_CITIZENS},? (?:has |have |had |also |then |there |in [a-z]+ )*"
    r"(?:donat|contribut|gave|given|pledg|rais|chipp|collect)[a-z]*(?: in)?(?! invest)[^.;]{0,40}$"
)
_FROM_CITIZENS = re.compile(
    rf"[^.;,\d]{{0,20}} (?:from|by) (?:[a-z'-]+ ){{0,3}}{_CITIZENS}(?! purse| fund| money| sector| budget"
    rf"|[a-z])"
)
_NO_GIFT = re.compile(r"(?<![a-z])(?:invest|contract|deal|agreement|loan|bought|purchas|sold|sales)[a-z]*")
_APPEAL = re.compile(
    r"(?<![a-z])(?:appeal|fundrais|collection|charity|raffle|sponsored)[a-z]*(?: [a-z]+){0,2} (?:brought in"
    r"|raised|made)"
)
_INVESTMENT_OF = re.compile(
    r"(?<![a-z])(?:with|involving|for|the|at|an?|attracting|bringing|made) (?:an? )?(?:[a-z]+ ){0,2}"
    r"investments? (?:of|totall?ing|worth|amounting to)(?: [a-z]+){0,2} $"
)
_OF_INVESTMENT = re.compile(
    r"(?: ?\([^)]{0,40}\))?[- ](?:of |in )?(?:[a-z]+ ){0,2}investments?(?! agree| contract| deal)(?![a-z])"
)
_SIGNED = re.compile(r"(?<![a-z])(?:sign|ink|deals?|agree|contract|pledg|plan|intend|promis)[a-z]*")
_ENTERPRISE_INVESTS = re.compile(
    r"(?<![a-z])(?:company|companies|firms?|enterprises?|group|corporation|investors?|conglomerate"
    r"|business(?:es)?"
    r"|manufacturers?|entrepreneurs?|co|ltd)(?: (?:from|in|of|based in) [a-z' -]{2,50}?)?,?"
    r" (?:has |have |had |also |jointly |donated or |will )*(?:(?:promised|agreed|pledged|plan|planned"
    r"|intend|vowed|signed) to )?"
    r"(?:invest|pour|put|plough)[a-z]*(?: [a-z]+){0,5} $"
)
_FROM_GOVERNMENT = re.compile(
    r" (?:was |were |came |is )?from (?:the )?(?:[a-z()-]+ ){0,5}governments?(?![a-z])"
)
_LED_BY_ENTERPRISE = re.compile(
    r"(?<![a-z])(?:guid|encourag|organi[sz]|introduc|attract|mobili[sz]|lur|help)[a-z]* [^.;]{0,40}"
    r"(?:enterprises?|compan(?:y|ies)|firms?|business(?:es)?|investors?|entrepreneurs)"
)
_STAFF = re.compile(r"(?<![a-z])(?:staff|workforce|crew|faculty|membership) of(?: [a-z]+){0,2} $")
# Half the 6,900 villagers, 44 percent of its more than 3,200 residents: of whom a share is told.
_SHARE_OF = re.compile(
    r"(?<![a-z])(?:percent|per cent|half|thirds?|quarters?|most|fifths?)(?: of)?(?: the| its| their| all|"
    r" some| about| around"
    r"| more than| over| nearly| total)* $"
)
_DELEGATION = re.compile(
    r"(?<![a-z])(?:delegation|group of visitors|visiting (?:team|group|party))(?: of)?[^,.;]{0,12}$"
)


_RECIPIENTS = re.compile(
    r"(?<![a-z])(?:reaching|covering|benefit[a-z]*|help(?:ed|ing|s)?|enabl(?:ed|ing)|allow(?:ed|ing)"
    r"|(?:provi[ds]|giv|gave|offer|deliver|distribut|bring|brought|suppl|hand|grant|assist|aid|help|support"
    r"|servic|shar"
    r"|extend|channel|subsid|allowance|water|care|treat|paid|pay|dividend)[a-z]*[^.;\d]{0,60} (?:to|for"
    r"|among|with))" + _LINK
)
_POPULATION_OF = re.compile(
    r"(?<![a-z])(?:poor|impoverished|poverty-stricken|registered|needy)[a-z -]{0,40}(?:population|people)"
    r" of(?: [a-z]+){0,2} $"
)
_RECIPIENT, _NAMED = 62.0, 42.0


def weigh_recipients(text: str, number: Number, around: Surroundings) -> None:
    """Weigh what stands right before people: what is given to them benefits them, a "poor population of" names them."""
    begin, weights = max(around.sentence[0], number.start - 60), around.weights
    if _RECIPIENTS.search(text, max(begin, number.start - 40), number.start):
        weights["benefit"] = max(weights.get("benefit", 0.0), _RECIPIENT)
    if "poor" in weights and _POPULATION_OF.search(text, begin, number.start):
        weights["poor"] = min(weights["poor"], _NAMED)


_OWN_VERB = re.compile(
    r"(?: (?:of|in|from|at|across|under|with) [a-z' -]{1,40}?)?,? (?:who |which |that )?"
    r"(?:was|were|has|have|had|is|are|will|spent|took|went|came|found|got|gave|sent|held|won|met|said|saw"
    r"|sold|bought|built"
    r"|made|rose|fell|grew|became|left|paid|joined|attended|visited|worked|served|lived|received|moved"
    r"|arrived|returned"
    r"|employ|provide|offer|live|work)(?![a-z])"
)
_JOINED = re.compile(
    r"[^.;:]{0,60}?(?:,| -|,? and|,? as well as)"
    r"(?: about| around| some| nearly| over| more than| another| up to| at least| almost| roughly|"
    r" approximately"
    r"| as many as| a further| an additional| the| its| their| with)* $"
)
_LIST_GOES_ON = re.compile(r"[^.;\d]{0,24}(?:,|,? and|,? as well as) ")
_TELLS_WHERE = re.compile(rf"(?<![a-z])(?:in|across|from|at|throughout|of){_LINK}")
_GIVE = re.compile(r" (?:have |has |had |also |jointly )*(?:donat|pledg|contribut|gave|given|chipp|rais)")
_OFFER = re.compile(r" (?:have |has |had |also |jointly )*offer(?:ed|ing|s)?(?![a-z])")


def has_own_verb(text: str, number: Number) -> bool:
    """Whether a number is the subject of a verb of its own, so that verbs before it say nothing of it."""
    return _OWN_VERB.match(text, number.phrase_end or number.end) is not None


def is_joined(text: str, number: Number, following: Number) -> bool:
    """Whether the next number only goes on with a list, so that a verb behind the list is of both."""
    place = number.phrase_end or number.end
    gap = text[place : following.start]
    if len(gap) >= _LIST_GAP or not _JOINED.fullmatch(gap) or _OWN_VERB.match(text, place):
        return False
    # A list does not end without "and": of 460,000 people, some 80,000 live below the line.
    return (
        " and " in gap
        or " as well" in gap
        or _LIST_GOES_ON.match(text, following.phrase_end or following.end) is not None
    )


_LIST_GAP = 60


def list_end(text: str, numbers: list[Number], place: int) -> tuple[int, int]:
    """Where the list ends that a number begins or goes on with, and its last member; 0 where no verb follows there."""
    last = place
    while last + 1 < len(numbers) and is_joined(text, numbers[last], numbers[last + 1]):
        last += 1
    end = numbers[last].phrase_end or numbers[last].end
    if last == place:
        return 0, place
    rest = _REST_OF_LIST.match(text, end)
    end = rest.end() if rest else end
    return (end, last) if _OWN_VERB.match(text, end) else (0, place)


_REST_OF_LIST = re.compile(r"(?: and [a-z -]{2,40}?(?= (?:were|was|have|has|had|are) ))?(?: -)?")
_DESCRIBING = re.compile(
    r" (?:(?:who|that|which) (?:had |have |has |were |was |are )?|[a-z]+ing )[^.;:]{2,90}?(?= (?:have|has"
    r"|were|was|are|will|had) )"
)


def described_in(text: str, number: Number, end: int) -> tuple[int, int]:
    """Where a clause behind people or things only describes them, before their verb: people living there have moved."""
    if not number.phrase_end:
        return 0, 0
    found = _DESCRIBING.match(text, number.phrase_end, end)
    return found.span() if found else (0, 0)


def tells_where(text: str, number: Number) -> bool:
    """Whether a number stands in a phrase that says where something is: in around 120 villages."""
    if text.endswith(" (", 0, number.start) and number.unit == "person":
        return True
    is_place = number.sort in _PLACES or number.sort in _HOUSES or number.unit.startswith("other:")
    if not is_place and number.unit != "household":
        return False
    return _TELLS_WHERE.search(text, max(0, number.start - 40), number.start) is not None


_REMAIN = re.compile(
    r",? (?:that |which )?(?:are |were |is |was |have |has )?(?:still )?(?:remain(?:ed|s)?|left|yet to"
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
    sort, start = number.sort, number.start
    begin = max(around.sentence[0], start - 90)
    if number.noun and text[number.end : number.end + 1] == "-" and sort != "event":
        # A 160-bed wing, a 30-member cooperative.
        return Measured(f"other:{number.noun}", 60)
    if sort == "county" and _REMAIN.match(text, number.phrase_end or number.end):
        return Measured("poverty.counties_remaining", 70)
    if sort == "county" and around.says("poor") and _ONE_OF_THE.search(text, begin, start):
        return Measured("poverty.counties_remaining", 55)
    if sort == "county" and _is_off_the_list(text, around, begin, start):
        return Measured("poverty.counties_exited", 75)
    if sort == "village" and _REMAIN.match(text, number.phrase_end or number.end):
        return Measured("other:villages-remaining", 60)
    if before is not None and _IT_WAS.search(text, begin, number.start):
        return Measured(before.measure, 60, before.of)
    if sort in _PLACES or sort in _HOUSES:
        return _of_place(text, number, around, begin)
    if sort in ("thing", "built", "goods") and _WHERE.search(text, begin, number.start):
        return Measured(f"other:{number.noun or 'places'}", 40)
    if sort == "enterprise" and _WHOSE.search(text, begin, start) and not _is_twinned(text, number, around):
        return Measured("other:enterprises", 50)
    is_base = number.unit in ("person", "household") and _SHARE_OF.search(text, begin, start)
    if is_base and not around.says("train", least=60):
        return Measured("other:population" if number.unit == "person" else "other:households", 60)
    if sort in ("enterprise", "person") and number.phrase_end and _GIVE.match(text, number.phrase_end):
        return Measured("other:givers", 60)
    if sort == "enterprise" and number.phrase_end and _OFFER.match(text, number.phrase_end):
        return Measured("other:employers", 50)
    if sort in ("goods", "weight") and _EACH_DAY.match(text, number.end):
        return Measured("other:output", 60)
    if sort == "person" and _STAFF.search(text, begin, start):
        return Measured("other:staff", 60)
    if sort == "person" and _DELEGATION.search(text, begin, start):
        return Measured("other:visitors", 70)
    if sort == "money":
        return _of_money(text, number, around, begin)
    return None


def _is_off_the_list(text: str, around: Surroundings, begin: int, start: int) -> bool:
    """Whether counties left the list of poor ones: whatever else is said of them, that is what is counted."""
    listed, left = around.weights.get("listed", 0.0), around.weights.get("exit", 0.0)
    return (
        left > 30
        and left > listed + 3
        and not (_WHERE.search(text, begin, start) or _OF_ALL.search(text, begin, start))
    )


def _of_place(text: str, number: Number, around: Surroundings, begin: int) -> Measured | None:
    """Villages, counties or schools that only say where something is."""
    if not _WHERE.search(text, begin, number.start) or _is_twinned(text, number, around):
        return None
    if around.says("exit", "listed", least=85):
        return None
    covered = {
        "village": "other:villages-covered",
        "township": "other:townships-covered",
        "county": "other:counties",
    }
    return Measured(covered.get(number.sort, f"other:{number.sort}s"), 50)


def _is_twinned(text: str, number: Number, around: Surroundings) -> bool:
    """Whether the phrase itself or what stands close by speaks of pairs."""
    return around.says("twin", least=70)


def _of_money(text: str, number: Number, around: Surroundings, begin: int) -> Measured | None:
    """Money for one person or household, and gifts by who gives them."""
    is_income = around.says("income_head", "wage", "price", "rent", "dividend", "household_income", least=60)
    if not is_income and (_FOR_ONE.match(text, number.end) or _OF_ONE.search(text, begin, number.start)):
        return Measured("other:amount-for-one", 60)
    if _INVESTMENT_OF.search(text, begin, number.start) and not around.says("fiscal", "government", least=60):
        is_whole = around.says("project", least=40) and "total investment" in text[begin : number.start]
        is_promised = is_whole or _SIGNED.search(text, *around.sentence) is not None
        return Measured("enterprises.agreed_investment" if is_promised else "enterprises.invested", 70)
    if _FROM_GOVERNMENT.match(text, number.end):
        return Measured("funds.fiscal", 75)
    if around.says("fiscal", "goods_value", "sales", "loan", least=75):
        return None
    if _APPEAL.search(text, begin, number.start):
        return Measured("funds.total", 60)
    own = text[around.own[0] : around.own[1]]
    invests = _ENTERPRISE_INVESTS.search(text, begin, number.start)
    if invests is not None:
        return Measured(
            "enterprises.agreed_investment" if " to " in invests[0] else "enterprises.invested", 75
        )
    if _OF_INVESTMENT.match(text, number.end) and not around.says("fiscal", "government", least=60):
        is_promised = _SIGNED.search(text, *around.sentence) is not None
        return Measured("enterprises.agreed_investment" if is_promised else "enterprises.invested", 65)
    if _CITIZENS_GIVE.search(text, begin, number.start) and not _NO_GIFT.search(own):
        return Measured("funds.social", 80)
    if _FROM_CITIZENS.match(text, number.end) and not _NO_GIFT.search(own):
        return Measured("funds.social", 80)
    wider = max(around.sentence[0], number.start - 120)
    if _GOVERNMENT_GIVES.search(text, begin, number.start) and not _LED_BY_ENTERPRISE.search(
        text, wider, number.start
    ):
        return Measured("funds.total", 75)
    return None
