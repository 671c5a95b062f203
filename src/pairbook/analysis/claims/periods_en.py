"""Which of the times an English text tells holds for which number.

A number takes the time told for it: right behind it, in its clause, else at the head or the end of its sentence. Times
that only say what is compared with, when something was said, or when a thing that is described began hold for nothing
else. Where a sentence tells none, the account goes on with the time of the sentences before it as far as the tense
allows: a past tense goes on with any time, the perfect only with one that reaches to the day of the text.
"""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from pairbook.analysis.claims.patterns import any_of, words_of
from pairbook.analysis.claims.periods import Timeline, Told, dealt_out, ends_of_change, period_of
from pairbook.analysis.claims.shapes import Modality, Period
from pairbook.analysis.claims.times import Time, year_span
from pairbook.analysis.claims.tokens import Number

_ROUGHLY = "(?: about| around| nearly| over| more than| just| only)?"
_CHANGE = (
    "(?:r[oi]se|risen|rising|grew|gr[oe]w|fell|fall|drop|cut|reduc|increas|declin|climb|lift|rais|shrunk|narrow"
    "|expand|soar|surg|jump|down|came|come|went|brought)[a-z]*"
)

# A time after these is the base of a comparison: from 2017, than a year earlier, over 2010.
_BASE = re.compile(
    r"(?:from|than|with|against|for|of|over|on|the figure for|compared to)(?: the| in| that in| that of| all of| about)? $"
)
_BASE_AGO = re.compile("(?:from|than|with|against|over|on|for|of|to)(?: the| in)? $")
_COMPARED = re.compile(
    "(?<![a-z])"
    + any_of(
        "up down rose increase[sd]? higher lower more less fewer compared against times growth percent % addition "
        "percentage_points grew gr[oe]w risen fell fallen decrease[sd]? decline[sd]? drop(?:ped)? surging jump(?:ed)?",
        "expand(?:ed|ing) climb(?:ed|ing) equivalent",
    )
    + r"(?![a-z])(?:[^,.;]|(?<=\d)[,.](?=\d)){0,40}$"
)
_SET_AGAINST = re.compile(
    r"(?<![a-z])(?:against|compared (?:with|to)|versus|than|down from|up from|as (?:much|many|high|large|big) "
    r"as|what (?:it|they) (?:was|were)|that of|those of)(?:[^,.;]|(?<=\d)(?:[,.](?=\d)|,(?= (?:\d|$)))){0,36}$"
)
_LEVEL_BEFORE = re.compile(
    r"(?<![a-z])(?:above|below|short of|ahead of|on a par with|up on|down on|beyond) "
    r"(?:(?:the|that of|its|their|those of) )?(?:(?:level|figure|total)s? (?:of|in|for) )?$"
)
_SAME_PERIOD = re.compile(r"(?<![a-z])same (?:period|months?|time|quarter|half)(?: of| in| a)?(?: the)? $")
# Officials said on Tuesday, figures released Monday: the day of the saying.
_SAID = re.compile(
    r"(?<![a-z])(?:"
    + any_of(
        "said says told announced reported according_to noted added released issued published statement "
        "press_conference news_conference briefing interview revealed disclosed reporters learned quoted cited"
    )
    + r")(?![a-z])[^.;\"]{0,70}$"
)
_DATELINE_BEFORE = re.compile(r"(?:^|\n)[^.\n]{0,40}, $")
_DATELINE_AFTER = re.compile(r"\.? ?(?:\((?:xinhua|cgtn|ecns|reuters|ap|afp|china daily)|-- |— |-- )")
# The scheme, launched in 2018, has reached …: the year is that of the launch alone.
_BEGAN = re.compile(
    r"(?<![a-z])(?:launched|founded|established|set up|started|opened|begun|formed|created|registered|introduced"
    r"|initiated|born|built|named|adopted|relocated|inaugurated)(?: back)? (?:in|on) (?:the )?$"
)
_SINCE_THEN = re.compile(r",?[^.;\d]{0,60}?(?<![a-z])(?:has|have|now|is|are)(?![a-z])")
# A time in a relative clause is told of the thing it describes: the fair, whose 2018 edition.
_RELATIVE = re.compile(r"(?<![a-z])whose(?![a-z])")
_ASIDE_STARTS = re.compile(
    r"[,(—]\s?(?:with|which|who|whose|where|when|also [a-z]+ed|first [a-z]+ed|then [a-z]+|[a-z]+ed|hit|struck|born|held|built"
    r"|made|begun|known|(?:its|the|their|his|her) (?:first|second|third|[a-z]+th|latest|largest|biggest|last|only))(?![a-z])"
)
_DESCRIBES = re.compile(
    r"[,(—]\s?(?:which|who|whose|where|when|with|(?:[a-z]+ed|held|built|made|set up|run|led) (?:by|in|on|at|from))(?![a-z])"
)
_TENSELESS = re.compile(
    r"[,(—]\s?(?:with|(?:[a-z]+ed|held|built|made|set up|run|led) (?:by|in|on|at|from))(?![a-z])"
)
_SEGMENT_ENDS = re.compile(r"(?<!\d),|,(?!\d)|[;)—]")
_MARKS_BACK = re.compile(r"[,(;—](?!\d)")
_STRAIGHT_ON = re.compile(r" ?(?:\(|in |by |during |over |at the |as of |since |in all of )?(?:the )?")
_LIST_THEN = re.compile(r"(?:(?:,| and|, and) \d[\d,.]*)+ (?:in|at|during|by) (?:the )?")
_BREAKS = re.compile(
    r"; |, (?:[a-z]+ly )?[a-z]{3,}ing (?!to )| -- |—|, (?:and|but|while|whereas|with) | (?:while|whereas|but) |, (?P<aside>which|who|where|when) "
    r"| and (?=(?:also |then )?(?:[a-z]+ed|sold|built|held|sent|has|have|had|was|were|is|are|gave|bought) )"
)
_PER_TIME = re.compile(
    r"(?: ?\([^)]{0,30}\)|\))?(?: [a-z$-]+){0,4}? (?:a|an|per|each|every) (?:day|week|month|year|quarter|season|person|head)(?![a-z])"
    r"|(?: [a-z]+){0,3} (?:daily|weekly|monthly|annually|yearly|apiece)(?![a-z])"
)
_ONCE = re.compile(r"(?<![a-z])(?:once|formerly|previously|used to|originally)(?![a-z])")
_ON_SAME_ACCOUNT = re.compile(
    r"[ \n]*(?:(?:it|they|these|those|this|he|she|we|together|in total|in addition|besides|meanwhile|moreover)(?![a-z])"
    r"|[^.;]{0,60} (?:also|further|another)(?![a-z]))"
)
_HEARD = re.compile(r"[^.;]{0,90}?(?<![a-z])(?:said|told|says)(?![a-z])")
_TO_NEXT = re.compile(rf"[^.;,\d]{{0,40}} to{_ROUGHLY} $")
_ATTRIBUTE = re.compile(
    r"[a-z] (?:finished|built|opened|launched|completed|signed|held|founded|established|introduced|started|issued"
    r"|released|founded|adopted|made|planted)(?: (?:in|on|at|by))?(?: the)? $"
)
_FINITE_NEXT = re.compile(
    r" (?:has|have|had|was|were|is|are|cut|let|brought|gave|made|employs|covers|helped|allows|now|[a-z]+s(?= \d)|[a-z]+ed)(?![a-z])"
)
_GROWTH_HEAD = re.compile(
    "(?<![a-z])(?:"
    + any_of(
        "up down increase rise growth drop fall decline decrease gain jump surge(?:d|ing)? surging rose grew grown "
        "increased fell dropped declined expanded climbed jumped soared by"
    )
    + r")(?: of| by)?(?: about| some| nearly| almost| more than| over| a)? ?$"
)
_GROWTH_TAIL = re.compile(
    r"(?:,| more| less| fewer| higher| lower| faster| up| down| over| above| below| year-on-year| increase| growth| rise"
    r"| drop| fall| addition)(?![a-z])"
)
_BASE_OF_CHANGE = re.compile(
    rf"{_CHANGE}[^.;]{{0,24}} from{_ROUGHLY} $|(?<![a-z])(?:down|up) from{_ROUGHLY} $"
)
_BASE_AFTER_RESULT = re.compile(r" to [^;]{2,30} from (?:about |around )?$")
_RESULT = re.compile(rf"(?:(?<![a-z]){_CHANGE}(?:[^.;]|(?<=\d)\.(?=\d)){{0,46}} to{_ROUGHLY}|, to{_ROUGHLY})\s?$")
_EPIDEMIC = re.compile(
    r"(?:during|since|after|in the wake of|amid) (?:the |this )?(?:[a-z0-9-]+ ){0,4}"
    r"(?:epidemic|outbreak|pandemic|covid|earthquake|quake|flood|floods|disaster|typhoon|drought)"
    r"|(?:during|since|after|in the wake of) the"
)
# During the visit, at the ceremony: the day of the event that was told of last.
_AT_EVENT = re.compile(
    r"(?<![a-z])(?:during|at|on|in) (?:the|this|that|its|their) (?:[a-z-]+ ){0,3}?"
    + any_of(
        "visit trip stay tour meeting ceremony conference event fair session talks forum occasion inspection "
        "expo signing day same_day"
    )
    + "(?![a-z])"
)
_STATES = re.compile(
    "(?<![a-z])"
    + any_of(
        "employs? stands?_at operates? ha(?:s|ve)_hired hold_jobs now currently are_home_to is_home_to we_are_one_of "
        "boasts? remains? ha(?:s|ve)_taken_on ha(?:s|ve)_already ha(?:s|ve)_so_far ha(?:s|ve)_since (?:is|are)_one_of "
        "(?:is|are)_among account(?:s)?_for provides?_jobs_for (?:is|are)_still still_ha(?:s|ve)"
    )
    + "(?![a-z])|, one of (?=\\d)"
)
_IRREGULAR = (
    "was were had did sent held made gave took came went sold bought built spent got found left saw led began brought "
    "paid won met rose fell grew ran set put taught kept lost drew said told became broke chose drove fed felt knew "
    "laid lay meant read sat spoke stood swept thought threw understood wore wrote cut hit shut"
)
_PARTICIPLES = words_of(
    "sent held made given taken come gone sold bought built spent got gotten found left seen led begun brought paid won "
    "met risen fallen grown run set put taught kept lost drawn become broken chosen driven fed felt known laid sprung "
    "been done shown cut hit shut shaken thrown worn written"
)
_SAYING = words_of("said told added noted announced reported explained recalled called named based according used")
_WORD = re.compile(r"[a-z'-]+|\d[\d,.]*\d|\d|,")
_SET_APART = re.compile(r",[^,;.]{3,80},|\([^)]{1,60}\)")
_PAST_FORMS = words_of(_IRREGULAR)
_PRESENT = words_of("is are has have am")
# Verbs that may also be nouns count as verbs behind a plural or a pronoun alone: schools share, but their share.
_BASES = words_of(
    "make earn receive average pay cost stand sell run employ cover serve work live comprise include produce offer "
    "provide account operate host own grow raise need take give help bring use boast enjoy hold keep remain "
    "support reach generate attend exceed represent contain house share turn belong come go teach study benefit join "
    "plant breed process export send visit depend rely manage lie get bear carry feed mean rent lease hire contribute "
    "treat train link"
)
_THIRDS = words_of(
    "makes earns receives averages pays sells employs covers serves lives comprises includes produces provides "
    "operates owns grows raises takes gives helps brings enjoys keeps remains generates attends exceeds represents "
    "contains belongs comes goes teaches joins depends relies lies gets carries feeds means contributes treats supports "
    "costs stands runs boasts accounts hosts offers"
)
_BEFORE_NOUNS = words_of(
    "the a an our their its his her my your of with for in on at from by and or more new other these those such to this "
    "that plus thus us "
    "local public social total"
)
_BEFORE_MAY = words_of("in of by since from to until and last this next during through early late")
_BEFORE_VERBS = words_of("they we you i people who which that not also now still cattle children women men")
_FUTURE = words_of("will would shall might could can should must")
_HOPING = words_of("plans plan aims aim hopes hope expects expect")
_BACK_WORDS, _BACK_LETTERS = 24, 220


@dataclass(slots=True)
class EnglishTimeline(Timeline):
    """The time in force, carried from sentence to sentence."""

    event: Time | None = None
    """The day that was told last of an event, for what happened "during the visit"."""
    frame: Time | None = None
    """The long stretch of time that the text reports on, to which a paragraph returns."""
    last: Period | None = None
    """The period of the last number, for a share of what it tells: that is 106 percent of the target."""
    behind: dict[tuple[int, int], Time | None] = field(default_factory=dict)
    """The time right behind each number of the sentence that was looked at."""
    is_past_lead: bool = False
    """Whether the first paragraph with figures is over: the time reported on is told in it or in the title."""
    has_begun: bool = False
    is_of_paragraph: bool = False
    """Whether the time in force was told in this paragraph."""

    def begin_paragraph(self) -> None:
        """A day or a month does not outlive its paragraph; the stretch of time that is reported on does."""
        self.is_of_paragraph = False
        self.is_past_lead = self.has_begun
        self.current = self.frame

    def periods(
        self,
        text: str,
        sentence: tuple[int, int],
        times: list[Time],
        numbers: list[Number],
        modalities: list[Modality],
    ) -> list[Period | None]:
        """The period of each number of a sentence, in order."""
        self.behind = {}
        _join_ends(text, times)
        for time in times:
            time.is_bound = time.is_bound or self._is_bound(text, sentence, time, numbers)
        free = [time for time in times if not time.is_bound]
        told = Told(text, *sentence, numbers, times, free)
        self._shift_same_periods(told)
        self._take_title(told)
        self.has_begun = self.has_begun or bool(numbers)
        dealt = dealt_out(told)
        if dealt is not None:
            self._carry(told)
            return dealt
        if _FROM_HERE.search(*told.before(numbers[0].start, 24)) if len(numbers) == 2 else False:
            ends = ends_of_change(told)
            if ends is not None:
                self.current = Time(0, 0, "as_of", None, free[0].last, False)
                return ends
        found = [self._period(told, number, said) for number, said in zip(numbers, modalities, strict=True)]
        for place, number in enumerate(numbers):
            if number.is_conversion and place:
                # 150,000 yuan ($22,860) this year: what converts a sum shares its time.
                found[place] = found[place - 1] = found[place - 1] or found[place]
        self._carry(told)
        self.last = found[-1] if found else self.last
        return found

    def _carry(self, told: Told) -> None:
        """Remember the time that later sentences go on with."""
        if any(number.cell for number in told.numbers) or _is_title(told):
            return
        carried = [time for time in told.free if not time.is_local and not time.is_of_thing and time.kind != "ago"]
        owned = {id(time) for number in told.numbers if (time := self._right_behind(told, number)) is not None}
        carried = [
            time for time in carried if not any(self._is_of_base(told, time, one) for one in told.numbers[:1])
        ]
        if len(owned) > 1:
            # The years of the two ends of a change are told for these ends alone.
            carried = [time for time in carried if id(time) not in owned]
        if not carried:
            if self.event is not None and _AT_EVENT.search(told.text, told.start, told.end):
                self.current = self.event
            return
        first, last = carried[0], carried[-1]
        if first is not last and first.first and first.last and last.first and last.last:
            # A month told within its year is of one number; the account goes on with the year.
            last = first if first.first <= last.first and last.last <= first.last else last
        self.current, self.is_of_paragraph = last, True
        if self.is_past_lead:
            return
        is_stretch = last.kind == "span" and not _is_short(last) and last.first and last.last
        if is_stretch or (last.kind == "as_of" and not (self.frame and _is_within(last, self.frame))):
            self.frame = last
        elif self.frame is not None and not _is_within(last, self.frame):
            self.frame = None
        if last.kind == "day":
            self.event = last

    def _take_title(self, told: Told) -> None:
        """Take the year that a title names for the time of what is reported under it."""
        if told.start > 0 or len(told.free) != 1 or not _is_title(told):
            return
        time = told.free[0]
        if time.first is None or time.last is None or (time.first, time.last) != year_span(time.last.year):
            return
        is_over = self.published is not None and time.last < self.published
        if is_over or _REPORTS.search(told.text, told.start, told.end):
            self.frame = time

    def _is_bound(self, text: str, sentence: tuple[int, int], time: Time, numbers: list[Number]) -> bool:
        """Whether a time tells only what is compared with, when it was said, or when a thing described began."""
        start = sentence[0]
        before = text[max(start, time.start - 28) : time.start]
        if _DATELINE_AFTER.match(text, time.end) and _DATELINE_BEFORE.search(text, max(0, time.start - 48), time.start):
            return True
        if _SAME_PERIOD.search(before):
            return True
        is_compared = bool(_COMPARED.search(text, max(start, time.start - 60), time.start))
        if before.endswith("the ") and text.startswith("now ", time.start):
            # The now 54-year-old Liu.
            return True
        if time.kind == "ago":
            return bool(_BASE_AGO.search(before)) or is_compared
        if time.kind == "day" and _SAID.search(text, max(start, time.start - 110), time.start):
            return True
        if time.kind == "day" and (heard := _HEARD.match(text, time.end, sentence[1])):
            return not any(time.end < number.start < heard.end() for number in numbers)
        is_since = time.kind == "since"
        if not is_since and _BEGAN.search(text, max(start, time.start - 30), time.start) and _SINCE_THEN.match(text, time.end):
            return True
        if _SET_AGAINST.search(text, max(start, time.start - 60), time.start) or _LEVEL_BEFORE.search(before):
            return True
        if _is_aside(text, sentence, time, numbers):
            return True
        if _ATTRIBUTE.search(before) and _FINITE_NEXT.match(text, time.end):
            # A road finished last year cut the trip: last year is told of the road.
            time.is_of_thing = True
        is_based = bool(_BASE.search(before)) and not before.endswith("in all of ")
        return is_based and is_compared and (time.kind != "day" or before.endswith("from "))

    def _shift_same_periods(self, told: Told) -> None:
        """Make "the same period of 2022" the months of the time in force in that year."""
        frame = next((time for time in told.free if time.kind == "span"), self.current)
        if frame is None or frame.first is None or frame.last is None:
            return
        for time in told.times:
            if time.last is None or not _SAME_PERIOD.search(*told.before(time.start, 28)):
                continue
            years = frame.last.year - time.last.year
            if years > 0:
                time.first, time.last = _years_back(frame.first, years), _years_back(frame.last, years)

    def _period(self, told: Told, number: Number, modality: Modality) -> Period | None:
        if number.cell is not None:
            return self._in_table(number.cell)
        time = self._time_told(told, number)
        is_now = time is not None and time.kind == "as_of" and time.last == self.published
        if is_now and _PER_TIME.match(told.text, number.end) and tense_of(told, number) in ("present", "future"):
            return None
        if time is None:
            return self._untold(told, number, modality)
        if _BASE_AFTER_RESULT.search(*told.before(number.start, 50)):
            return self._base_period(told, number)
        if (
            time.is_back
            and self.published
            and _RESULT.search(told.text, max(time.end, number.start - 40), number.start)
        ):
            return Period(None, self.published)
        return period_of(time)

    def _base_period(self, told: Told, number: Number) -> Period | None:
        """The time of the base of a change: as of the end of its year where the result is as of a day."""
        own = self._right_behind(told, number)
        results = [time for time in told.free if time.end <= number.start]
        if own is None or own.first is None or own.last is None or not results or results[-1].kind != "as_of":
            return period_of(own)
        return Period(None, own.last) if number.sort == "rate" else period_of(own)

    def _untold(self, told: Told, number: Number, modality: Modality) -> Period | None:
        """The period of a number whose sentence tells no time for it."""
        epidemic = _EPIDEMIC.search(told.text, told.start, number.start)
        if epidemic is not None:
            at_event = _AT_EVENT.search(told.text, told.start, told.end)
            return period_of(self.event) if at_event else None
        is_rate = _PER_TIME.match(told.text, number.end) is not None
        is_ahead = modality in ("forecast", "planned", "target")
        if self.published and not is_rate and not is_ahead and self._is_state(told, number):
            return Period(None, self.published)
        if _ONCE.search(*told.before(number.start, 60)):
            return None
        if _BASE_OF_CHANGE.search(*told.before(number.start, 60)):
            return None
        tense = tense_of(told, number)
        if self.last and _THAT_IS.match(told.text, told.start) and number.sort in ("rate", "times"):
            return self.last
        if self.published and _RESULT.search(*told.before(number.start, 60)):
            if self.current is None or tense == "perfect":
                return Period(None, self.published)
        if modality in ("required", "forecast", "target", "planned") and tense != "past":
            last = self.current.last if self.current else None
            is_of_plan = last is not None and self.published is not None and last > self.published
            return period_of(self.current) if is_of_plan and modality == "planned" else None
        if is_rate and tense != "past":
            return None
        at_event = _AT_EVENT.search(told.text, told.start, told.end)
        if at_event is not None and self.event is not None:
            return period_of(self.event)
        return period_of(self.current) if self._goes_on(told, tense) else None

    def _is_state(self, told: Told, number: Number) -> bool:
        """Whether the sentence says near the number that something is so now."""
        if number.sort == "length":
            return False
        if number.sort == "money":
            return _SO_FAR.search(told.text, max(told.start, number.start - 120), number.start) is not None
        begin = max(told.start, number.start - 120)
        begin = max(begin, told.text.rfind(";", begin, number.start))
        if _STATES.search(told.text, begin, number.start + 1):
            return True
        found = _STATES.search(told.text, number.end, min(told.end, number.end + 60))
        return found is not None and not _BREAKS.search(told.text, number.end, found.start())

    def _goes_on(self, told: Told, tense: str) -> bool:
        """Whether a sentence without a time goes on with the account before it: English shows it by its tense."""
        if self.current is None:
            return False
        if told.text[told.start : told.end].lstrip()[:1] in ('"', "“"):
            # What somebody tells of himself is another account.
            return False
        if tense in ("past", ""):
            return True
        if tense == "perfect" and self.current.kind == "as_of" and self.current.last == self.published:
            return self.is_of_paragraph or self.current.is_number
        if tense != "perfect" or not self.is_of_paragraph:
            return False
        # The perfect goes on with "since": since 2014 …; donations have exceeded ….
        if self.current.kind == "since":
            return True
        return self.current.is_back and _ON_SAME_ACCOUNT.match(told.text, told.start, told.end) is not None

    def _time_told(self, told: Told, number: Number) -> Time | None:
        """The time of a number told in its own sentence."""
        behind = self._right_behind(told, number)
        if behind is not None:
            return behind
        free = [time for time in told.free if not self._is_of_base(told, time, number)]
        is_state = _EMPLOYS.search(*told.before(number.start, 40)) or _ONE_OF_HERE.search(*told.before(number.start, 24))
        if is_state and self.published:
            return Time(0, 0, "as_of", None, self.published, False)
        before = [time for time in free if time.end <= number.start and not time.is_of_thing]
        after = [time for time in free if time.start >= number.end and self._holds_back(told, number, time)]
        while before and self._is_elsewhere(told, before, number):
            before.pop()
        if before:
            return self._between(told, before[-1], number, after)
        return after[0] if after else None

    def _is_of_base(self, told: Told, time: Time, number: Number) -> bool:
        """Whether a time is told for an end of a change alone: from 54 percent in 2021 to 72 percent in 2024."""
        for one in told.numbers:
            if one is number or one.end > time.start or self._right_behind(told, one) is not time:
                continue
            if _FROM_HERE.search(*told.before(one.start, 24)):
                return True
            is_before = number.end <= one.start
            return is_before and _FROM_TO_HERE.search(told.text, number.end, one.start) is not None
        return False

    def _holds_back(self, told: Told, number: Number, time: Time) -> bool:
        """Whether a time behind a number may be told for it: no clause with a number of its own stands between."""
        text = told.text
        if time.kind == "ago" or text.startswith("'s ", time.end) or _RELATIVE.search(text, number.end, time.start):
            return False
        if _FROM_HERE.search(*told.before(number.start, 24)):
            following = next((one for one in told.numbers if number.end < one.start < time.start), None)
            if following is not None and _TO_NEXT.search(text, number.end, following.start):
                # From 500 before the move to 14,961 last year: the time is the result's.
                return False
        between = [one for one in told.numbers if number.end <= one.start < time.start]
        if between and _SET_THEN.search(text, number.end, time.start) and "," in text[number.end : between[-1].start]:
            # Well above the 4,000-yuan line set this year: the year is told of the line.
            return False
        opening = _opening(text, told.start, number.start)
        if opening >= 0 and _DESCRIBES.match(text, opening) and _SEGMENT_ENDS.search(text, number.end, time.start):
            # ", where 412 people live, was paved last year": what is set apart has no part in it.
            return False
        last = None
        for edge in _BREAKS.finditer(text, number.end, time.start):
            is_closed = edge["aside"] and _SEGMENT_ENDS.search(text, edge.end(), time.start)
            last = last if is_closed else edge
        if last is not None and time.kind == "as_of" and time.last == self.published:
            return False
        return last is None or not any(last.start() < one.start for one in between)

    def _between(self, told: Told, last: Time, number: Number, after: list[Time]) -> Time:
        """The time before a number, unless the words between or behind speak for another."""
        between = told.text[last.end : number.start]
        is_changed = _BUT.search(between) is not None and _HAS_COME_TO.search(between) is not None
        if self.published and (is_changed or (_LOOSE.search(between) and _STATES.search(between))):
            return Time(0, 0, "as_of", None, self.published, False)
        if after and _APART.search(between):
            behind = told.text[number.end : after[0].start]
            if len(behind) < _LINE_OF_THOUGHT_MAX and not _BROKEN.search(behind):
                return after[0]
        return last

    def _is_elsewhere(self, told: Told, before: list[Time], number: Number) -> bool:
        """Whether the last time before a number was told for another number."""
        time = before[-1]
        distance = number.start - time.end
        if distance <= 3 or time.kind != "ago":
            return False
        return len(before) > 1 or (distance > 60 and time.start - told.start > 3)

    def _right_behind(self, told: Told, number: Number) -> Time | None:
        """A time that directly follows a number belongs to it: 64.5 million yuan a year earlier, a quarter in 2014."""
        if not told.times or told.times[-1].start < number.end:
            return None
        key = (number.start, number.end)
        if key not in self.behind:
            self.behind[key] = self._find_behind(told, number)
        return self.behind[key]

    def _find_behind(self, told: Told, number: Number) -> Time | None:
        following = next((time for time in told.times if time.start >= number.end), None)
        if following is None:
            return None
        if following.is_bound and _is_growth(told, number):
            return None
        between = told.text[number.end : following.start]
        if _LIST_THEN.fullmatch(between) and _SET_AGAINST.search(*told.before(number.start, 60)):
            return following
        if len(between) > _BETWEEN_MAX:
            return None
        if "(" in between:
            between = _IN_BRACKETS.sub("", between)
        if "same" in between:
            between = _OF_SAME.sub("", between)
        if len(between) <= 12 and _STRAIGHT_ON.fullmatch(between):
            return following
        if _OF_PEOPLE_THEN.fullmatch(between):
            return following
        return following if following.kind == "ago" and len(between) <= 2 else None


_OF_STATE = frozenset(
    ("poverty.incidence", "poverty.persons", "poverty.households", "poverty.counties_remaining")
)


def as_state(period: Period | None, measure: str) -> Period | None:
    """The end of a year for what is counted on a day: the poor of 2013 are those at its end."""
    if measure not in _OF_STATE or period is None or period.first is None or period.last is None:
        return period
    is_year = (period.first, period.last) == year_span(period.last.year)
    return Period(None, period.last) if is_year else period


_OF_PEOPLE_THEN = re.compile(r" [a-z]+s (?:in )?(?:the )?")
_EMPLOYS = re.compile(r"(?<![a-z])employs? (?:[a-z]+ ){0,3}$")
_FROM_HERE = re.compile(rf"(?<![a-z])from{_ROUGHLY} $")
_REPORTS = re.compile(r"(?<![a-z])(?:review|report|yearbook|almanac|summary|results|statistics|communique|bulletin)")
_SO_FAR = re.compile(r"(?<![a-z])(?:now|so far|to date|already|ha(?:s|ve) since|up to now)(?![a-z])")
_FROM_TO_HERE = re.compile(rf"(?<![a-z])from [^;]{{1,60}} to{_ROUGHLY} $")
_ONE_OF_HERE = re.compile(r"(?:,|(?<![a-z])(?:is|are)) one of (?:the |just |only |some )*$")
_BUT = re.compile(r"(?<![a-z])(?:but|and|while|since|now)(?![a-z])")
_HAS_COME_TO = re.compile(
    r"(?<![a-z])ha(?:s|ve) (?:[a-z]+ )?(?:dropped|fallen|risen|grown|declined|come down|been (?:cut|reduced|brought)"
    rf"|increased|climbed)(?: [a-z]+)* to{_ROUGHLY} $"
)
_OF_SAME = re.compile(r"(?:in )?the same (?:period|months?|time) (?:of |in )?$")
_BETWEEN_MAX = 70
_IN_BRACKETS = re.compile(r" ?\([^)]{1,40}\)")
_THAT_IS = re.compile(r"[ \"]*(?:that|this|it) (?:is|was|means|meant|represents|represented|accounts for|equals)(?![a-z])")
_SHORT_DAYS = 80
_LINE_OF_THOUGHT_MAX = 45
_APART, _LOOSE, _BROKEN = re.compile("[,;]"), re.compile("[,;]| and "), re.compile("[,;.(]")


_SET_THEN = re.compile(r" (?:set|used|adopted|issued|released|fixed|applied)(?: in| on)? $")
_TO_NOW = ("to date", "up to now", "until now", "till now", "up to the present")
_FROM_OR_BETWEEN = re.compile(r"(?<![a-z])(?:from|between)(?: the| early| late)*\s?$")


def _join_ends(text: str, times: list[Time]) -> None:
    """Make one stretch of two times with "from … to" or "between … and": from October last year to March."""
    for first, second in zip(times, times[1:], strict=False):
        link = text[first.end : second.start]
        if link not in (" ", " to ", " and ", " until ", " till ", " through ", "-", " - ", " to the ", " up to "):
            continue
        if link == " " and text.startswith(_TO_NOW, second.start):
            # From 1 April 2018 to date.
            if first.first and second.last:
                first.is_bound, second.kind, second.first = True, "span", first.first
            continue
        if "-" not in link and not _FROM_OR_BETWEEN.search(text, max(0, first.start - 14), first.start):
            continue
        if first.first is None or second.last is None or first.first > second.last:
            continue
        first.is_bound = True
        second.kind, second.first = "span", first.first


def _is_title(told: Told) -> bool:
    """Whether a line is a heading: it holds no claim and ends without a stop."""
    return not told.numbers and told.text.startswith("\n", told.end - 1) and told.text[told.end - 2] not in ".!?:"


def _is_within(time: Time, frame: Time) -> bool:
    """Whether a time ends within a longer one and does not begin before it."""
    if frame.first is None or frame.last is None or time.last is None:
        return False
    return frame.first <= (time.first or time.last) and time.last <= frame.last


def _is_short(time: Time) -> bool:
    return time.first is not None and time.last is not None and (time.last - time.first).days < _SHORT_DAYS


def _opening(text: str, start: int, place: int) -> int:
    """Where the mark stands that opens the segment of a place; -1 where none does."""
    opening = -1
    for found in _MARKS_BACK.finditer(text, start, place):
        opening = found.start()
    return opening


_APPOSED = re.compile(r"[,(—] (?:its|the|their|his|her) (?:first|second|third|[a-z]+th|latest|last|only)(?![a-z])")


def _is_aside(text: str, sentence: tuple[int, int], time: Time, numbers: list[Number]) -> bool:
    """Whether a time stands in a clause set apart that describes something and holds no number itself."""
    opening = _opening(text, sentence[0], time.start)
    if opening < 0 or not _ASIDE_STARTS.match(text, opening):
        return False
    closing = _SEGMENT_ENDS.search(text, time.end, sentence[1])
    end = sentence[1]
    if closing is not None:
        end = closing.start()
    elif not _APPOSED.match(text, opening):
        return False
    return not any(opening < number.start < end for number in numbers)


def _is_growth(told: Told, number: Number) -> bool:
    """Whether a number tells by how much something changed, so that a time behind it is the base."""
    if _GROWTH_HEAD.search(*told.before(number.start, 40)):
        return True
    return number.sort in ("rate", "times") and _GROWTH_TAIL.match(told.text, number.end) is not None


def _years_back(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day - timedelta(days=1)


def tense_of(told: Told, number: Number) -> str:
    """past, perfect, present or future of the verb nearest before a number, else behind it; empty where none is known."""
    text = told.text
    begin = max(told.start, number.start - _BACK_LETTERS)
    begin = max(begin, text.rfind(":", begin, number.start), text.rfind(";", begin, number.start))
    rest_from = number.end
    opening = _opening(text, told.start, number.start)
    if opening >= 0 and _TENSELESS.match(text, opening) and (closing := _SEGMENT_ENDS.search(text, rest_from, told.end)):
        # Of what is set apart (a fund, set up by seven firms, supports) the clause around it tells the tense.
        begin, rest_from = number.start, closing.end()
    words = _WORD.findall(text, begin, number.start)[-_BACK_WORDS:]
    for place in range(len(words) - 1, -1, -1):
        said = _tense_at(words, place)
        if said:
            return said
    # What stands between commas behind a number only describes: a fund of 3 million, set up by seven firms, supports.
    rest = _SET_APART.sub(" ", text[rest_from : min(told.end, rest_from + 160)])
    words = _WORD.findall(rest)
    for place in range(len(words)):
        said = _tense_at(words, place)
        if said:
            return said
    return ""


def _tense_at(words: list[str], place: int) -> str:
    word = words[place]
    if word in _SAYING:
        return ""
    if word in _FUTURE:
        return "future"
    if word in _HOPING:
        return "future" if words[place + 1 : place + 2] == ["to"] else ""
    if word == "may":
        following = words[place + 1] if place + 1 < len(words) else ""
        is_month = place and words[place - 1] in _BEFORE_MAY
        return "" if is_month or following[:1].isdigit() else "future"
    before = words[max(0, place - 3) : place]
    is_participle = word in _PARTICIPLES or (word.endswith("ed") and len(word) > 3)
    if is_participle and any(one in ("has", "have", "'ve", "they've") for one in before):
        return "perfect"
    if is_participle and any(one in ("is", "are", "be", "being") for one in before):
        return "future" if "be" in before else "present"
    if word in _PAST_FORMS:
        return "past"
    if word.endswith("ed") and len(word) > 3:
        # An adjective in front of a noun (registered poor families) is no verb, but it cannot be told apart here.
        return "past"
    last = words[place - 1] if place else ""
    if word in _PRESENT:
        following = words[place + 1 : place + 4]
        if word in ("has", "have") and any(one in _PARTICIPLES or one.endswith("ed") for one in following):
            return "perfect"
        return "" if last == "to" else "present"
    if word in _THIRDS:
        return "" if last in _BEFORE_NOUNS or last.endswith("s") or last[:1].isdigit() else "present"
    is_plural = last.endswith("s") and not last.endswith("'s") and last not in _BEFORE_NOUNS
    if word in _BASES and (last in _BEFORE_VERBS or is_plural):
        return "present"
    return ""
