"""How English sentences fall into clauses: what is set apart, what only describes, where one statement ends."""

import re

from pairbook.analysis.claims.times import Time
from pairbook.analysis.claims.tokens import Number

_ASIDE_STARTS = re.compile(
    r"[,(—]\s?(?:with|which|who|whose|where|when|also [a-z]+ed|first [a-z]+ed|then [a-z]+|[a-z]+ed|hit"
    r"|struck|born|held|built"
    r"|made|begun|known|(?:its|the|their|his|her) (?:first|second|third|[a-z]+th|latest|largest|biggest"
    r"|last|only))(?![a-z])"
)
_APPOSED = re.compile(
    r"[,(—] (?:its|the|their|his|her) (?:first|second|third|[a-z]+th|latest|last|only)(?![a-z])"
)
DESCRIBES = re.compile(
    r"[,(—]\s?(?:which|who|whose|where|when|with|(?:[a-z]+ed|held|built|made|set up|run|led) (?:by|in|on|at"
    r"|from))(?![a-z])"
)
TENSELESS = re.compile(
    r"[,(—]\s?(?:with|(?:[a-z]+ed|held|built|made|set up|run|led) (?:by|in|on|at|from))(?![a-z])"
)
SEGMENT_ENDS = re.compile(r"(?<!\d),|,(?!\d)|[;)—]")
_MARKS_BACK = re.compile(r"[,(;—](?!\d)")
BREAKS = re.compile(
    r"; |, (?:[a-z]+ly )?[a-z]{3,}ing (?!to )| -- |—|, (?:and|but|while|whereas|with) | (?:while|whereas"
    r"|but) |, (?P<aside>which|who|where|when) "
    r"| and (?=(?:also |then )?(?:[a-z]+ed|sold|built|held|sent|has|have|had|was|were|is|are|gave|bought) )"
)


def opening(text: str, start: int, place: int) -> int:
    """Where the mark stands that opens the segment of a place; -1 where none does."""
    mark = -1
    for found in _MARKS_BACK.finditer(text, start, place):
        mark = found.start()
    return mark


def is_aside(text: str, sentence: tuple[int, int], time: Time, numbers: list[Number]) -> bool:
    """Whether a time stands in a clause set apart that describes something and holds no number itself."""
    mark = opening(text, sentence[0], time.start)
    if mark < 0 or not _ASIDE_STARTS.match(text, mark):
        return False
    closing = SEGMENT_ENDS.search(text, time.end, sentence[1])
    end = sentence[1]
    if closing is not None:
        end = closing.start()
    elif not _APPOSED.match(text, mark):
        return False
    return not any(mark < number.start < end for number in numbers)
