"""How numbers of an English sentence stand to each other: in one list, one saying where the other is, one described.

In "102 hospitals and 389 schools in nine counties were twinned" the verb is of hospitals and schools, and the counties
only say where they are.
"""

import re

from pairbook.analysis.claims.patterns import words_of
from pairbook.analysis.claims.tokens import Number

LINK = (
    r"(?: the| these| nearby| local| those| its| their| all| some| about| around| over| more than| nearly|"
    r" at least| another| other| a total of"
    r"| almost| up to)*\s?$"
)
"""What may stand between a preposition and the number it leads."""
PLACES = words_of("village county township")
HOUSES = words_of("school hospital")
_PURPOSE = re.compile(
    r" (?:[a-z]+ )?(?:to (?:study|work|teach|train|learn|serve|help)|for (?:training|study))(?![a-z])"
)
"""What a list of people was sent for, which is of all its members."""
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
_LIST_GAP = 60
_OF_WHOLE = re.compile(
    r" of (?:the |its |th(?:is|at) year's |last year's |planned |total |promised |budgeted )*"
)
"""What leads from a part of a sum to the sum: 38 million of this year's 42 million yuan."""
_OF_THEM = re.compile(r" of (?:them|whom) [^.;,\d]{2,60}, ")
"""A part set between commas, before the verb of the whole: 1,870 people, 1,120 of them poor, work in them."""
_REST_OF_LIST = re.compile(r"(?: and [a-z -]{2,40}?(?= (?:were|was|have|has|had|are) ))?(?: -)?")
_OF_POOR = re.compile(
    r" (?:from|of|in) (?:[a-z-]+ )?(?:poor|impoverished|poverty-stricken|registered|needy)[a-z -]{0,24}"
    r"(?:households|families|homes|areas|counties|villages|regions)"
)
_DESCRIBING = re.compile(
    r" (?:(?:who|that|which) (?:had |have |has |were |was |are )?|[a-z]+ing )[^.;:]{2,90}?(?= (?:have|has"
    r"|were|was|are|will|had) )"
)
_TELLS_WHERE = re.compile(rf"(?<![a-z])(?:in|across|from|at|throughout|of){LINK}")


def has_own_verb(text: str, number: Number) -> bool:
    """Whether a number is the subject of a verb of its own, so that verbs before it say nothing of it."""
    return _OWN_VERB.match(text, number.phrase_end or number.end) is not None


def is_joined(text: str, number: Number, following: Number) -> bool:
    """Whether the next number only goes on with a list, so that a verb behind the list is of both."""
    place = number.phrase_end or number.end
    gap = text[place : following.start]
    if number.sort == following.sort == "money" and _OF_WHOLE.fullmatch(gap):
        return True
    if len(gap) >= _LIST_GAP or not _JOINED.fullmatch(gap) or _OWN_VERB.match(text, place):
        return False
    # A list does not end without "and": of 460,000 people, some 80,000 live below the line.
    return (
        " and " in gap
        or " as well" in gap
        or _OF_THEM.match(text, following.end) is not None
        or _LIST_GOES_ON.match(text, following.phrase_end or following.end) is not None
    )


def list_end(text: str, numbers: list[Number], joined: list[bool], place: int) -> tuple[int, int]:
    """Where the list ends that a number begins or goes on with, and its last member; 0 where no verb follows there."""
    last = place
    while last < len(joined) and joined[last]:
        last += 1
    if last == place:
        return 0, place
    end = numbers[last].phrase_end or numbers[last].end
    rest = _REST_OF_LIST.match(text, end)
    end = rest.end() if rest else end
    return (end, last) if _OWN_VERB.match(text, end) or _PURPOSE.match(text, end) else (0, place)


def described_in(text: str, number: Number, end: int) -> tuple[int, int]:
    """Where a clause behind people or things only describes them, before their verb: people living there have moved."""
    if not number.phrase_end:
        return 0, 0
    found = _DESCRIBING.match(text, number.phrase_end, end) or _OF_POOR.match(text, number.phrase_end, end)
    return found.span() if found else (0, 0)


def tells_where(text: str, number: Number) -> bool:
    """Whether a number stands in a phrase that says where something is: in around 120 villages."""
    if text.endswith(" (", 0, number.start) and number.unit == "person":
        return True
    is_place = number.sort in PLACES or number.sort in HOUSES or number.unit.startswith("other:")
    if not is_place and number.unit != "household":
        return False
    return _TELLS_WHERE.search(text, max(0, number.start - 40), number.start) is not None
