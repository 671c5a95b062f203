"""Which of the times an English text tells holds for which number.

A number takes the time told for it: right behind it, in its clause, else at the head or the end of its sentence. Times
that hold for no number (`bases_en.py`) are left out. Where a sentence tells none, the account goes on with the time of
the sentences before it as far as the tense allows (`tenses_en.py`): a past tense goes on with any time, the perfect
only with one that reaches to the day of the text.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from pairbook.analysis.claims.bases_en import (
    SAME_PERIOD,
    SET_AGAINST,
    is_bound,
    is_growth,
    join_ends,
)
from pairbook.analysis.claims.clauses_en import BREAKS, DESCRIBES, SEGMENT_ENDS, opening
from pairbook.analysis.claims.patterns import Phrases, any_of, words_of
from pairbook.analysis.claims.periods import Timeline, Told, dealt_out, ends_of_change, period_of
from pairbook.analysis.claims.shapes import Modality, Period
from pairbook.analysis.claims.tenses_en import tense_of
from pairbook.analysis.claims.times import Time, year_span
from pairbook.analysis.claims.tokens import Number

ROUGHLY = "(?: about| around| nearly| over| more than| just| only)?"
_CHANGE = (
    "(?:r[oi]se|risen|rising|grew|gr[oe]w|fell|fall|drop|cut|reduc|increas|declin|climb|lift|rais|shrunk|narrow"
    "|expand|soar|surg|jump|down|came|come|went|brought)[a-z]*"
)
# A time in a relative clause is told of the thing it describes: the fair, whose 2018 edition.
_RELATIVE = re.compile(r"(?<![a-z])whose(?![a-z])")
_STRAIGHT_ON = re.compile(
    r"(?: (?:per|a) (?:person|head|mu|household))? ?"
    r"(?:\(|in |by |during |over |at the |as of |since |in all of )?(?:the )?"
)
_LIST_THEN = re.compile(r"(?:(?:,| and|, and) \d[\d,.]*)+ (?:in|at|during|by) (?:the )?")
_PER_TIME = re.compile(
    r"(?: ?\([^)]{0,30}\)|\))?(?: [a-z$-]+){0,4}? (?:a|an|per|each|every) (?:day|week|month|year|quarter"
    r"|season|person|head)(?![a-z])"
    r"|(?: ?\([^)]{0,30}\)|\))?(?: [a-z]+){0,3} (?:daily|weekly|monthly|annually|yearly|apiece)(?![a-z])"
)
_ONCE = Phrases("once formerly previously used_to originally")
_TO_NEXT = re.compile(rf"[^.;,\d]{{0,40}} to{ROUGHLY} $")
_BASE_OF_CHANGE = re.compile(rf"{_CHANGE}[^.;]{{0,24}} from{ROUGHLY} $|(?<![a-z])(?:down|up) from{ROUGHLY} $")
_BASE_AFTER_RESULT = re.compile(r" to [^;]{2,30} from (?:about |around )?$")
_RESULT = re.compile(
    rf"(?:(?<![a-z]){_CHANGE}(?:[^.;]|(?<=\d)\.(?=\d)){{0,46}} to{ROUGHLY}|, to{ROUGHLY})\s?$"
)
_EPIDEMIC = re.compile(
    r"(?:during|since|after|in the wake of|amid) (?:the |this )?(?:[a-z0-9-]+ ){0,4}"
    r"(?:epidemic|outbreak|pandemic|covid|earthquake|quake|flood|floods|disaster|typhoon|drought)"
    r"|(?:during|since|after|in the wake of) the"
)
_EPIDEMIC_BEGINS = words_of("during since after wake amid")
# During the visit, at the ceremony: the day of the event that was told of last.
_AT_EVENT = re.compile(
    r"(?<![a-z])(?:during|at|on|in) (?:the|this|that|its|their) (?:[a-z-]+ ){0,3}?"
    + any_of(
        "visit trip stay tour meeting ceremony conference event fair session talks forum occasion inspection "
        "expo signing day same_day"
    )
    + "(?![a-z])"
)
_STATES = Phrases(
    "employ employs stand_at stands_at operate operates ha(?:s|ve)_hired hold_jobs now currently are_home_to",
    "is_home_to we_are_one_of boast boasts on_its_books on_the_payroll remain remains ha(?:s|ve)_taken_on",
    "ha(?:s|ve)_already ha(?:s|ve)_so_far ha(?:s|ve)_since (?:is|are)_one_of (?:is|are)_among account_for",
    "accounts_for provides?_jobs_for (?:is|are)_still still_ha(?:s|ve) (?<=,_)one_of(?=_\\d)",
)
_OF_STATE = frozenset(
    ("poverty.incidence", "poverty.persons", "poverty.households", "poverty.counties_remaining")
)
_OF_PEOPLE = frozenset(("person", "household", "enterprise"))
_OF_PEOPLE_THEN = re.compile(r" [a-z]+s (?:in )?(?:the )?")
_EMPLOYS = Phrases("employ employs", behind=" (?:[a-z]+ ){0,3}$")
_FROM_HERE = re.compile(rf"(?<![a-z])from{ROUGHLY} $")
_REPORTS = re.compile(
    r"(?<![a-z])(?:review|report|yearbook|almanac|summary|results|statistics|communique|bulletin)"
)
_SO_FAR = re.compile(r"(?<![a-z])(?:now|so far|to date|already|ha(?:s|ve) since|up to now)(?![a-z])")
_FROM_TO_HERE = re.compile(rf"(?<![a-z])from [^;]{{1,60}} to{ROUGHLY} $")
_ONE_OF_HERE = re.compile(r"(?:,|(?<![a-z])(?:is|are)) one of (?:the |just |only |some )*$")
_BUT = re.compile(r"(?<![a-z])(?:but|and|while|since|now)(?![a-z])")
_HAS_COME_TO = re.compile(
    r"(?<![a-z])ha(?:s|ve) (?:[a-z]+ )?(?:dropped|fallen|risen|grown|declined|come down|been (?:cut|reduced"
    r"|brought)"
    rf"|increased|climbed)(?: [a-z]+)* to{ROUGHLY} $"
)
_OF_SAME = re.compile(r"(?:in )?the same (?:period|months?|time|quarter|half) (?:of |in )?$")
_AND_TO = re.compile(rf"(?: [a-z-]+){{0,4}} to{ROUGHLY} \d")
_SINCE_THAT = re.compile(r"(?: [a-z-]+){0,4} since(?:[.,;]|$)")
_MEASURES = re.compile(r" (?:long|wide|high|tall|deep|away|apart|east|west|north|south|above sea)(?![a-z])")
_LINE_OF = re.compile(r"(?<![a-z])(?:line|threshold|standard) (?:of|at)(?: [a-z]+){0,2} $")
_HEIGHT = re.compile(
    r"(?<![a-z])(?:elevation|altitude|height|depth|width|radius|distance) of (?:[a-z]+ ){0,3}$"
)
_REMAINING = re.compile(r"(?<![a-z])remaining $")
_BETWEEN_MAX = 70
_IN_BRACKETS = re.compile(r" ?\([^)]{1,40}\)")
_THAT_IS = re.compile(
    r"[ \"]*(?:that|this|it) (?:is|was|means|meant|represents|represented|accounts for|equals)(?![a-z])"
)
# The district also sent 58 cadres: one account more.
_GOES_ON = re.compile(
    r"[ \n]*(?:also|in addition|additionally|moreover|besides|further|it|they|these|those|this|he|she|together"
    r"|in total)(?![a-z])|[^.;,\d]{0,40} also (?![a-z]+ing)"
)
_SUBJECT = re.compile(
    r"[ \n]*(?:the )?([a-z]{4,})(?: (?:city|district|county|province)(?:'s)?)?,? (?:has|have|also)(?![a-z])"
)
_SAID_THERE = re.compile(r"(?<![a-z])(?:said|told|announced|noted)(?: [a-z.]+){0,6} $")
_HABIT = re.compile(r"(?<![a-z])(?:usually|normally|typically|generally|on average)(?![a-z])")
_EARNING = re.compile(r"(?<![a-z])(?:earning|making|paying)(?: [a-z]+){0,3} $")
_AFTER_THAT = re.compile(r"[ \n]*(?:subsequently|later|afterwards?|thereafter|after that)(?![a-z])")
_HAS_SINCE = re.compile(r"(?<![a-z])ha(?:s|ve) since(?![a-z])")
_SINCE_THE_OCCASION = re.compile(
    r"(?<![a-z])(?:now|since|ha(?:s|ve) (?:[a-z]+ )?[a-z]+(?:ed|en|nd|t))(?![a-z])"
)
_OPENS_WITHIN = 3
_SHORT_DAYS = 80
_LINE_OF_THOUGHT_MAX = 60
_APART, _LOOSE, _BROKEN = re.compile("[,;]"), re.compile("[,;]| and "), re.compile("[,;.(]")
_SET_THEN = re.compile(r" (?:set|used|adopted|issued|released|fixed|applied)(?: in| on)? $")


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
    is_of_today: bool = False
    """Whether the sentence before told in this paragraph what is so now: the present goes on with it."""
    told_at: tuple[int, int] = (0, 0)
    """The sentence that told the time in force last."""
    reaching: Time | None = None
    """The time of the paragraphs before where it reaches to the day of the text: the perfect goes on with it."""
    stretch: Time | None = None
    """The years of the paragraphs before, where it was told so: the past goes on with them."""

    def begin_paragraph(self) -> None:
        """A day or a month does not outlive its paragraph; the stretch of time that is reported on does."""
        if self.is_of_paragraph:
            is_account = self._reaches_here(self.current) or self._is_day_of_account(self.current)
            self.reaching = self.current if is_account else None
            self.stretch = self.current if _is_stretch(self.current) else None
        self.is_of_paragraph = self.is_of_today = False
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
        join_ends(text, times)
        for time in times:
            time.is_bound = time.is_bound or is_bound(text, sentence, time, numbers)
        free = [time for time in times if not time.is_bound]
        told = Told(text, *sentence, numbers, times, free)
        self._shift_same_periods(told)
        self._take_title(told)
        self.has_begun = self.has_begun or bool(numbers)
        dealt = dealt_out(told)
        if dealt is not None:
            self._carry(told)
            return dealt
        ends = _ends_of_changes(told)
        if ends is not None:
            self.current = Time(0, 0, "as_of", None, free[0].last, False)
            return ends
        found = [self._period(told, number, said) for number, said in zip(numbers, modalities, strict=True)]
        for place, number in enumerate(numbers):
            is_line = place and _LINE_OF.search(*told.before(numbers[place - 1].start, 40))
            if number.is_conversion and is_line:
                found[place] = None
            elif number.is_conversion and place:
                # 150,000 yuan ($22,860) this year: what converts a sum shares its time.
                found[place] = found[place - 1] = found[place - 1] or found[place]
        self._carry(told)
        self.last = found[-1] if found else self.last
        return found

    def _carry(self, told: Told) -> None:
        """Remember the time that later sentences go on with."""
        if any(number.cell for number in told.numbers) or _is_title(told):
            return
        if not told.free:
            if self._is_at_event(told):
                self.current = self.event
            return
        self.is_of_today = told.free[-1].is_local and told.free[-1].last == self.published
        carried = [
            time
            for time in told.free
            if not (time.is_local or time.is_of_thing or told.text.startswith("'s ", time.end))
            # Three years ago is the time of an account where it opens one.
            and (time.kind != "ago" or time.start - told.start <= _OPENS_WITHIN)
        ]
        owned = {
            id(time) for number in told.numbers if (time := self._right_behind(told, number)) is not None
        }
        carried = [
            time for time in carried if not any(self._is_of_base(told, time, one) for one in told.numbers[:1])
        ]
        if len(owned) > 1:
            # The years of the two ends of a change are told for these ends alone.
            carried = [time for time in carried if id(time) not in owned]
        if not carried:
            if self._is_at_event(told):
                self.current = self.event
            return
        first, last = carried[0], carried[-1]
        if told.numbers and _is_of_brackets(told, last, told.numbers[0]):
            # 28.4 million yuan (in 2023: 25.1 million): what is in brackets is aside.
            return
        if first is not last and first.first and first.last and last.first and last.last:
            # A month told within its year is of one number; the account goes on with the year, and with a year that
            # opens the sentence rather than with the plan of five years that is named in it.
            is_opening = first.start - told.start <= _OPENS_WITHIN and first.kind == "span"
            is_wider = is_opening and last.first <= first.first and first.last <= last.last
            is_narrower = first.first <= last.first and last.last <= first.last
            last = first if is_narrower or is_wider else last
        is_aside = last.kind == "span" and _is_short(last) and last.start - told.start > _OPENS_WITHIN
        if is_aside and self.current is self.frame and self.frame and _is_within(last, self.frame):
            # The dormitory was finished in May: the account goes on with the year that it reports on.
            last = self.frame
        self.current, self.is_of_paragraph, self.told_at = last, True, (told.start, told.end)
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
        if time.first is None or time.last is None or _is_short(time) or time.is_back:
            return
        is_over = self.published is not None and time.last < self.published
        if is_over or _REPORTS.search(told.text, told.start, told.end):
            self.frame = time

    def _shift_same_periods(self, told: Told) -> None:
        """Make "the same period of 2022" the months of the time in force in that year."""
        frame = next((time for time in told.free if time.kind == "span"), self.current)
        if frame is None or frame.first is None or frame.last is None:
            return
        for time in told.times:
            is_same = "same" in told.words and SAME_PERIOD.search(*told.before(time.start, 28))
            if time.last is None or not is_same:
                continue
            years = frame.last.year - time.last.year
            if years > 0:
                time.first, time.last = _years_back(frame.first, years), _years_back(frame.last, years)

    def _period(self, told: Told, number: Number, modality: Modality) -> Period | None:
        if number.cell is not None:
            return self._in_table(number.cell)
        is_length = number.sort == "length"
        if is_length and (
            _MEASURES.match(told.text, number.end) or _HEIGHT.search(*told.before(number.start, 40))
        ):
            # A bridge, 180 meters long: a size is of no time.
            return None
        if number.sort == "money" and _LINE_OF.search(*told.before(number.start, 40)):
            # The poverty line of 2,300 yuan is one in every year.
            return None
        time = self._time_told(told, number)
        if time is not None and _is_of_occasion(told, time, number):
            time = None
        is_now = time is not None and time.last is not None and self.published and time.last <= self.published
        if (
            is_now
            and _PER_TIME.match(told.text, number.end)
            and (tense_of(told, number) in ("present", "future") or _is_earned(told, number))
        ):
            return None
        is_to_come = time is not None and time.last and self.published and time.last > self.published
        if is_to_come and _REMAINING.search(*told.before(number.start, 20)):
            # The remaining 1,904 households will be visited by then: they remain now.
            return Period(None, self.published)
        if time is None:
            return self._untold(told, number, modality)
        if _BASE_AFTER_RESULT.search(*told.before(number.start, 50)):
            return self._base_period(told, number)
        if time.is_back and self.published and time.kind == "span":
            # In four years it dropped from 31,400 to 2,150: the ends are of the first and the last day.
            if _FROM_TO_HERE.search(*told.before(number.start, 70)):
                return Period(None, self.published)
            if _FROM_HERE.search(*told.before(number.start, 24)) and _AND_TO.match(told.text, number.end):
                return Period(None, time.first)
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
        is_after = not _EPIDEMIC_BEGINS.isdisjoint(told.words)
        if is_after and _EPIDEMIC.search(told.text, told.start, number.start):
            return period_of(self.event) if self._is_at_event(told) else None
        is_rate = _PER_TIME.match(told.text, number.end) is not None
        is_ahead = modality in ("forecast", "planned", "target")
        is_open = self.current is not None and self.current.kind == "since"
        is_since_then = is_open and _HAS_SINCE.search(*told.before(number.start, 60)) is not None
        if self.published and not (is_rate or is_ahead or is_since_then) and self._is_state(told, number):
            return Period(None, self.published)
        if _ONCE.search(*told.before(number.start, 60), told.words):
            return None
        has_base = told.text.find(" from ", max(told.start, number.start - 60) - 1, number.start) >= 0
        if has_base and _BASE_OF_CHANGE.search(*told.before(number.start, 60)):
            return None
        tense = tense_of(told, number)
        if self.last and _THAT_IS.match(told.text, told.start) and number.sort in ("rate", "times"):
            return self.last
        is_now = self.published and (self.current is None or tense == "perfect")
        if is_now and _RESULT.search(*told.before(number.start, 60)):
            return Period(None, self.published)
        if modality in ("required", "forecast", "target", "planned") and tense != "past":
            last = self.current.last if self.current else None
            is_of_plan = last is not None and self.published is not None and last > self.published
            return period_of(self.current) if is_of_plan and modality == "planned" else None
        if is_rate and (tense != "past" or _is_earned(told, number)):
            return None
        if self.is_of_today and tense == "present" and number.sort in _OF_PEOPLE:
            return Period(None, self.published)
        if _AFTER_THAT.match(told.text, told.start):
            return None
        if tense in ("present", "") and _HABIT.search(told.text, told.start, number.start):
            return None
        if self._is_at_event(told):
            return period_of(self.event)
        if tense == "perfect" and self.is_of_paragraph and self.current and self.current.kind == "day":
            # At the meeting on July 21: 43 million yuan has been transferred (by then).
            return Period(None, self.current.last)
        if self.stretch is not None and tense == "past" and not self.is_of_paragraph and not _is_speech(told):
            return period_of(self.stretch)
        if tense == "perfect" and self.current and self.current.is_back and is_growth(told, number):
            # Over four years the herd has doubled; feed costs have dropped by a fifth: since when is not said.
            return None
        if self._carries_on(told, tense):
            return period_of(self.current)
        if self.is_of_paragraph or _is_speech(told):
            return None
        return period_of(self.reaching) if self._goes_on_from_before(told, tense) else None

    def _goes_on_from_before(self, told: Told, tense: str) -> bool:
        """Whether a sentence of a new paragraph goes on with the account of the paragraphs before."""
        if self.reaching is None:
            return False
        if _GOES_ON.match(told.text, told.start, told.end):
            return tense in ("perfect", "past")
        if tense != "perfect":
            return False
        # Over the past five years Haiyan has …; Haiyan has …: of the same giver.
        subject = _SUBJECT.match(told.text, told.start, told.end)
        is_same = subject is not None and told.text.find(subject[1], *self.told_at) >= 0
        return is_same or not self.reaching.is_back

    def _reaches_here(self, time: Time | None) -> bool:
        """Whether a time began on a day that is told and goes on to the day of the text."""
        if time is None or time.first is None:
            return False
        return time.kind == "since" or (time.is_back and time.last == self.published)

    def _is_day_of_account(self, time: Time | None) -> bool:
        """Whether a time is a day, told in numerals, up to which an account goes."""
        if time is None or time.kind != "as_of" or not time.is_number or time.last is None:
            return False
        return self.published is None or time.last <= self.published

    def _is_at_event(self, told: Told) -> bool:
        found = _AT_EVENT.search(told.text, told.start, told.end) if self.event is not None else None
        # "…, said officials at the ceremony" is when they said it.
        return found is not None and not _SAID_THERE.search(*told.before(found.start(), 60))

    def _is_state(self, told: Told, number: Number) -> bool:
        """Whether the sentence says near the number that something is so now."""
        if number.sort == "length" or _HABIT.search(told.text, told.start, number.start):
            return False
        if number.sort == "money":
            return _SO_FAR.search(told.text, max(told.start, number.start - 120), number.start) is not None
        begin = max(told.start, number.start - 120)
        begin = max(begin, told.text.rfind(";", begin, number.start))
        if _STATES.search(told.text, begin, number.start + 1, told.words):
            return True
        found = _STATES.search(told.text, number.end, min(told.end, number.end + 60), told.words)
        return found is not None and not BREAKS.search(told.text, number.end, found.start())

    def _carries_on(self, told: Told, tense: str) -> bool:
        """Whether a sentence without a time goes on with the account before it: English shows it by its tense."""
        if self.current is None:
            return False
        if _is_speech(told):
            return False
        if tense in ("past", ""):
            # A day still to come, of a plan, is no time of what was done.
            is_to_come = self.published and self.current.last and self.current.last > self.published
            if self.published and self.current.first and self.current.first > self.published:
                return False
            return not (is_to_come and tense == "past" and self.current.kind == "as_of")
        if tense == "perfect" and self.current.kind == "as_of" and self.current.last == self.published:
            return self.is_of_paragraph or self.current.is_number
        if tense != "perfect" or not self.is_of_paragraph:
            return False
        # The perfect goes on with "since": since 2014 …; donations have exceeded ….
        return self._reaches_here(self.current) or self._is_day_of_account(self.current)

    def _time_told(self, told: Told, number: Number) -> Time | None:
        """The time of a number told in its own sentence."""
        behind = self._right_behind(told, number)
        if behind is not None:
            return behind
        free = [time for time in told.free if not self._is_of_base(told, time, number)]
        is_state = _EMPLOYS.search(*told.before(number.start, 40), told.words) or (
            "one" in told.words and _ONE_OF_HERE.search(*told.before(number.start, 24))
        )
        if is_state and self.published:
            return Time(0, 0, "as_of", None, self.published, False)
        free = [time for time in free if not _is_of_brackets(told, time, number)]
        before = [time for time in free if time.end <= number.start and not time.is_of_thing]
        after = [time for time in free if time.start >= number.end and self._holds_back(told, number, time)]
        while before and self._is_elsewhere(told, before, number):
            before.pop()
        has_since = told.text.find(" since", number.end, number.end + 60) >= 0
        if has_since and _SINCE_THAT.match(told.text, number.end):
            # A room opened in March has handled 417 cases since.
            begun = [time for time in told.times if time.end <= number.start and time.first]
            if begun:
                return Time(0, 0, "since", begun[-1].first, None, False)
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
        if (
            time.kind == "ago"
            or text.startswith("'s ", time.end)
            or _RELATIVE.search(text, number.end, time.start)
        ):
            return False
        if _FROM_HERE.search(*told.before(number.start, 24)):
            following = next((one for one in told.numbers if number.end < one.start < time.start), None)
            if following is not None and _TO_NEXT.search(text, number.end, following.start):
                # From 500 before the move to 14,961 last year: the time is the result's.
                return False
        between = [one for one in told.numbers if number.end <= one.start < time.start]
        if (
            between
            and _SET_THEN.search(text, number.end, time.start)
            and "," in text[number.end : between[-1].start]
        ):
            # Well above the 4,000-yuan line set this year: the year is told of the line.
            return False
        mark = opening(text, told.start, number.start)
        if mark >= 0 and DESCRIBES.match(text, mark) and SEGMENT_ENDS.search(text, number.end, time.start):
            # ", where 412 people live, was paved last year": what is set apart has no part in it.
            return False
        last = None
        for edge in BREAKS.finditer(text, number.end, time.start):
            is_closed = edge["aside"] and SEGMENT_ENDS.search(text, edge.end(), time.start)
            last = last if is_closed else edge
        if last is not None and time.kind == "as_of" and time.last == self.published:
            return False
        if last is None or not any(last.start() < one.start for one in between):
            return True
        # It has given 96 million and sent in 58 cadres over the past six years: one account of two verbs.
        is_account = time.is_back or time.kind == "since"
        return is_account and last[0] == " and " and tense_of(told, number) == "perfect"

    def _between(self, told: Told, last: Time, number: Number, after: list[Time]) -> Time:
        """The time before a number, unless the words between or behind speak for another."""
        between = told.text[last.end : number.start]
        is_changed = _BUT.search(between) is not None and _HAS_COME_TO.search(between) is not None
        is_loose = _LOOSE.search(between) is not None
        is_now = is_loose and _STATES.search(told.text, last.end, number.start, told.words) is not None
        if self.published and (is_changed or is_now):
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
        if len(before) > 1 and told.text.startswith("'s ", time.end):
            # By September 38 of this year's 42 million were paid, and 19 projects are finished: the year is of the 42.
            return any(time.end < one.start < number.start for one in told.numbers)
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
        if (following.is_bound and is_growth(told, number)) or _is_of_brackets(told, following, number):
            return None
        between = told.text[number.end : following.start]
        if _LIST_THEN.fullmatch(between) and SET_AGAINST.search(*told.before(number.start, 60)):
            return following
        if len(between) > _BETWEEN_MAX:
            return None
        if "(" in between:
            between = _IN_BRACKETS.sub("", between)
        if "same" in between:
            between = _OF_SAME.sub("", between)
        if len(between) <= 24 and _STRAIGHT_ON.fullmatch(between):
            return following
        if _OF_PEOPLE_THEN.fullmatch(between):
            return following
        return following if following.kind == "ago" and len(between) <= 2 else None


def _is_of_occasion(told: Told, time: Time, number: Number) -> bool:
    """Whether a time names an occasion, this spring's job fairs, and the number tells what came of it since."""
    text = told.text
    if not text.startswith("'s ", time.end) or time.end > number.start:
        return False
    return ";" in text[time.end : number.start] or bool(
        _SINCE_THE_OCCASION.search(text, time.end, min(told.end, number.end + 40))
    )


def _is_of_brackets(told: Told, time: Time, number: Number) -> bool:
    """Whether a time stands with a number of its own in brackets that this number is outside of."""
    text = told.text
    begin = text.rfind("(", max(told.start, time.start - 40), time.start)
    if begin < 0 or text.find(")", begin, time.start) >= 0:
        return False
    close = text.find(")", time.end, told.end)
    if close < 0 or begin < number.start < close:
        return False
    return any(time.end < one.start < close for one in told.numbers)


def as_state(period: Period | None, measure: str) -> Period | None:
    """The end of a year for what is counted on a day: the poor of 2013 are those at its end."""
    if measure not in _OF_STATE or period is None or period.first is None or period.last is None:
        return period
    is_year = (period.first, period.last) == year_span(period.last.year)
    return Period(None, period.last) if is_year else period


def _is_stretch(time: Time | None) -> bool:
    """Whether a time is a stretch of several years."""
    if time is None or time.kind != "span" or time.first is None or time.last is None:
        return False
    return time.first.year < time.last.year


def _is_earned(told: Told, number: Number) -> bool:
    """Whether a sum is what somebody earns: was given a job, earning 2,100 yuan a month."""
    return _EARNING.search(*told.before(number.start, 30)) is not None


def _is_speech(told: Told) -> bool:
    """Whether a sentence begins as what somebody says: what he tells of himself is another account."""
    return told.text[told.start : told.end].lstrip()[:1] in ('"', "“")


def _ends_of_changes(told: Told) -> list[Period | None] | None:
    """The ends of one or two changes over the same years: the number fell from … to …, the share from … to …."""
    numbers = told.numbers
    if len(numbers) not in (2, 4) or not all(
        _FROM_HERE.search(*told.before(number.start, 24)) for number in numbers[::2]
    ):
        return None
    if len(numbers) == 2:
        return ends_of_change(told)
    both: list[Period | None] = []
    for pair in (numbers[:2], numbers[2:]):
        ends = ends_of_change(replace(told, numbers=pair))
        if ends is None:
            return None
        both += ends
    return both


def _is_title(told: Told) -> bool:
    """Whether a line is a heading: it holds no claim and ends without a stop."""
    return (
        not told.numbers
        and told.text.startswith("\n", told.end - 1)
        and told.text[told.end - 2] not in ".!?:"
    )


def _is_within(time: Time, frame: Time) -> bool:
    """Whether a time ends within a longer one and does not begin before it."""
    if frame.first is None or frame.last is None or time.last is None:
        return False
    return frame.first <= (time.first or time.last) and time.last <= frame.last


def _is_short(time: Time) -> bool:
    return time.first is not None and time.last is not None and (time.last - time.first).days < _SHORT_DAYS


def _years_back(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day - timedelta(days=1)
