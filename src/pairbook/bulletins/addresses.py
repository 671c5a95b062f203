"""From a claim to figure addresses: what it may mean, and the neighbours a number may have been taken from, in order.

Pure: the book's words come in as `Known`. Readings are addresses of equal standing; where a narrower one (a campaign,
a tier) has entries, the wider ones are no readings any more. A neighbour is never a reading: a number found there
differs.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pairbook.analysis.claims.shapes import Figure as Claim
from pairbook.analysis.claims.shapes import Period
from pairbook.bulletins import words
from pairbook.bulletins.places import COUNTRY, is_turned, wider_place, works_in_assisting
from pairbook.bulletins.shapes import Known, Measurable, Named
from pairbook.bulletins.surroundings import Surroundings
from pairbook.indicators.rules import DEFAULT_DIRECTION, Address

BACK = "assisted_to_assisting"
ON_THE_LIST = ("poverty.counties_remaining", "poverty.counties_exited")

# What texts call by one name and the book counts in two ways; either is what the words say.
_ALSO = {
    "twinning.villages": ("twinning.villages_covered",),
    "twinning.townships": ("twinning.townships_covered",),
    "twinning.enterprises": ("twinning.enterprise_village_pairs",),
    "twinning.schools": ("twinning.school_pairs",),
    "twinning.hospitals": ("twinning.hospital_pairs",),
    "twinning.social_orgs": ("twinning.social_organisation_pairs",),
    "twinning.households": ("twinning.household_pairs",),
    "other:training-courses": ("training.courses",),
    "other:townships-covered": ("twinning.townships_covered",),
    "other:villages-covered": ("twinning.villages_covered",),
}
# 走访19个乡镇 counts what was visited; of pairs only where the words say so.
_OF_TWINNING = ("other:townships-covered", "other:villages-covered")
_UNNAMED = ("other:numbers", "other:counties", "other:number")
_SORTS = ("cadres", "professionals", "farmers")
_LEVELS = {"persons.lifted": "poverty.persons", "other:households-lifted": "poverty.households"}
_PERSON_TIMES = {"training": "training.person_times", "visits": "visits.person_times"}


@dataclass(frozen=True, slots=True)
class Reading:
    """An address a claim may mean."""

    address: Address
    is_narrow: bool = False
    """Whether the words narrow it (campaign, tier, stage, field): it then stands alone where it has entries."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A claim in the book's terms: its readings, the first of them what it most likely means."""

    measurable: Measurable
    readings: tuple[Reading, ...]
    wider: Named | None = None
    """The place around a side whose number it is by the words."""


def understood(claim: Claim, around: Surroundings, known: Known) -> Understood | None:
    """What a claim means in the book's terms; None where the book has no such indicator."""
    codes = [code for code in _codes(claim, around, known) if code in known.measurables]
    if not codes:
        return None
    wider = wider_place(around, codes[0], known)
    readings = [
        reading
        for code in codes
        for reading in _readings(claim, around, known.measurables[code], known, wider)
    ]
    if codes[0] in ON_THE_LIST:
        wider = None
    return Understood(known.measurables[codes[0]], tuple(dict.fromkeys(readings)), wider)


def _codes(claim: Claim, around: Surroundings, known: Known) -> Iterator[str]:
    """The indicators a claim may be of: the measure found, unless the words beside the number say another."""
    measure = claim.measure or ""
    family, _, rest = measure.partition(".")
    if measure in ON_THE_LIST and words.counts_another_list(around):
        return
    if measure in _OF_TWINNING and not words.speaks_of_twinning(around):
        return
    if claim.unit == "person-time" and family in _PERSON_TIMES:
        yield _PERSON_TIMES[family]
        return
    if measure == "poverty.persons" and words.calls_households(around):
        # 贫困户8570人 names households and counts persons: what is named decides.
        yield "poverty.households"
        return
    if measure in _LEVELS and (words.is_what_remained(around) or words.is_by_how_much(around)):
        yield _LEVELS[measure]
        return
    if family == "talent" and words.speaks_of_training(around):
        yield f"training.{rest}"
        yield "training.total"
    if measure in _UNNAMED and words.counts_the_list(around):
        yield ON_THE_LIST[0]
        return
    if measure == "other:visits" and claim.unit == "visit" and words.names_leaders(around):
        yield "visits.leaders"
        return
    if measure == "other:events" and words.names_leaders(around):
        yield "visits.leaders"
    goes_to_work = family == "jobs" or (family == "talent" and words.speaks_of_work(around))
    if goes_to_work and works_in_assisting(around, known):
        yield "jobs.placed_in_assisting"
    if family == "training" and words.speaks_of_staff(around):
        yield "talent.total"
        return
    if rest in _SORTS and len(words.audiences_beside(around)) > 1:
        yield f"{family}.total"
        return
    if family == "talent" and rest != "total" and not words.audiences_beside(around):
        yield measure
        yield "talent.total"
        return
    if rest == "total" and (sort := words.audience_told(around)) is not None:
        # A part told after its total is read as the total's; the people named beside it decide.
        measure = f"{family}.{sort}"
    yield measure
    yield from _ALSO.get(measure, ())
    if measure == "other:households" and words.speaks_of_twinning(around):
        yield "twinning.households"
    if measure == "funds.total" and words.is_told_as_a_budget(around):
        yield "funds.fiscal"


def _readings(
    claim: Claim, around: Surroundings, measurable: Measurable, known: Known, wider: Named | None
) -> Iterator[Reading]:
    base = Address(
        scope=_scope(measurable, known, wider),
        indicator=measurable.code,
        version=measurable.version,
        stage=words.stage_told(around, claim.modality, measurable) or measurable.headline,
    )
    if not measurable.kind:
        for span in _spans(claim.period, measurable, known, around):
            yield Reading(base.changed(**span))
        return
    if is_turned(around, measurable.code, known, (claim.giver, claim.receiver)):
        base = base.changed(direction=BACK)
    if measurable.is_by_item:
        item = words.item_told(around, known.items, claim.unit)
        base = base.changed(item=item.code if item else None)
    narrow = {
        "campaign": words.campaign_told(around, known.campaigns),
        "tier": words.tier_told(around, measurable),
        "field": words.field_told(around, measurable),
    }
    narrow = {part: value for part, value in narrow.items() if value is not None}
    if base.stage == "planned" and claim.period and claim.period.last and claim.period.last < known.as_of:
        # In May 54 million was planned: the plan as it stood then.
        yield Reading(
            base.changed(**_through(date(claim.period.last.year, 1, 1), claim.period.last), **narrow)
        )
    near = words.campaign_near(around, known.campaigns) if "campaign" not in narrow else None
    for span in _spans(claim.period, measurable, known, around):
        if narrow:
            yield Reading(base.changed(**span, **narrow), is_narrow=True)
        yield Reading(base.changed(**span))
        if near is not None:
            yield Reading(base.changed(**span, campaign=near))


def _scope(measurable: Measurable, known: Known, wider: Named | None) -> str:
    if measurable.code in ON_THE_LIST:
        return wider.code if wider else COUNTRY.code
    return known.assisted.code if measurable.code.startswith("poverty.") else known.pairing


Span = dict[str, object]


def _spans(
    period: Period | None, measurable: Measurable, known: Known, around: Surroundings
) -> Iterator[Span]:
    """The days a claim may speak of; a text cannot know what comes after the day it is read as of."""
    first, last = (period.first, period.last) if period else (None, None)
    end = min(last or known.as_of, known.as_of)
    if first is not None and first > end:
        # Said of what is still to come: a plan for the year to come.
        first, end = first, last or first
    is_told = first is not None
    is_told_day = last is not None and (last < known.as_of or words.names_day(around, last))
    others = () if is_told_day else _days_meant(end, known)
    if measurable.is_stock:
        yield _on(end)
        if not measurable.kind and (end.month, end.day) == (12, 31):
            # The end of a year and the beginning of the next are one moment for what is counted once a year.
            yield _on(end + timedelta(days=1))
        if is_told and first != end:
            yield _through(first, end)
        yield from map(_on, others)
        return
    year_to_day = _through(date(end.year, 1, 1), end)
    ever = _through(None, end)
    if not is_told:
        yield from (ever, year_to_day) if words.is_cumulative(around) else (year_to_day, ever)
        yield from (_through(date(day.year, 1, 1), day) for day in others)
    elif first == end:
        # "On 7 April 40.7 million had been allocated" and "on 7 April 2 million came in" are told alike.
        yield year_to_day
        yield _through(first, end)
    else:
        yield _through(first, end)
        assert first is not None
        yield from (_through(first, day) for day in others if first.day == 1 and first < day)


# A text that gives no day tells the figures of the month before while the new month is young.
_LAG_DAYS = 10


def _days_meant(day: date, known: Known) -> tuple[date, ...]:
    """Other days as of which a number without one may be told: those the text prints, the end of the month before."""
    month_before = (day - timedelta(days=day.day),) if day.day <= _LAG_DAYS else ()
    return tuple(dict.fromkeys((*known.told_days, *month_before)))


def _on(day: date) -> Span:
    return {"start": None, "end": day, "is_day": True}


def _through(first: date | None, last: date) -> Span:
    return {"start": first, "end": last, "is_day": False}


Neighbour = tuple[Address, str]


def neighbours(base: Address, measurable: Measurable, known: Known) -> Iterator[Neighbour]:
    """Addresses that differ in one part and share the days, with the part's name, the likeliest slip first."""
    if not measurable.kind:
        yield from _relatives(base, measurable, known)
        return
    for stage in _near_stages(base, measurable):
        yield _at_stage(base, stage, measurable), "stage"
    other = DEFAULT_DIRECTION if base.direction == BACK else BACK
    yield base.changed(direction=other), "direction"
    for campaign in (None, *(one.code for one in known.campaigns)):
        if campaign != base.campaign:
            yield base.changed(campaign=campaign), "campaign"
    for tier in (None, *measurable.tiers):
        if tier != base.tier:
            yield base.changed(tier=tier), "tier"
    if measurable.subset:
        yield base.changed(subset=measurable.subset), "subset"
    yield from _relatives(base, measurable, known)
    for field, _ in ((None, None), *measurable.fields):
        if field != base.field:
            yield base.changed(field=field), "field"
    if measurable.is_by_item and base.item:
        unit = next((item.unit for item in known.items if item.code == base.item), "")
        for item in known.items:
            if item.code != base.item and item.unit == unit:
                yield base.changed(item=item.code), "item"


def _near_stages(base: Address, measurable: Measurable) -> list[str]:
    """The other stages, those next to the claimed one first."""
    assert base.stage is not None
    at = measurable.stages.index(base.stage) if base.stage in measurable.stages else 0
    others = [(abs(place - at), stage) for place, stage in enumerate(measurable.stages)]
    return [stage for _, stage in sorted(others, key=lambda one: one[0]) if stage != base.stage]


def _at_stage(base: Address, stage: str, measurable: Measurable) -> Address:
    """The same at another stage: a stock is one at its headline stage only, elsewhere what came in the year."""
    is_day = measurable.is_stock and stage == measurable.headline
    if is_day == base.is_day or base.end is None:
        return base.changed(stage=stage, is_day=is_day)
    return base.changed(stage=stage, start=None if is_day else date(base.end.year, 1, 1), is_day=is_day)


_TOLD_FOR = {
    "jobs.placed": ("jobs.vacancies", "jobs.intentions"),
    "poverty.households": ("poverty.persons",),
    "poverty.persons": ("poverty.households",),
    "households.benefited": ("persons.benefited", "sales.households"),
    "persons.benefited": ("households.benefited",),
    "enterprises.invested": ("enterprises.agreed_investment",),
    "enterprises.agreed_investment": ("enterprises.invested",),
    "enterprises.count": ("workshops.count",),
    "workshops.count": ("enterprises.count",),
    "jobs.vacancies": ("jobs.placed", "jobs.intentions"),
    "jobs.intentions": ("jobs.placed", "jobs.vacancies"),
    "poverty.counties_remaining": ("poverty.counties_exited",),
    "poverty.counties_exited": ("poverty.counties_remaining",),
}
_UNIT_APART = (
    frozenset(("poverty.households", "poverty.persons")),
    frozenset(("households.benefited", "persons.benefited")),
)


def _relatives(base: Address, measurable: Measurable, known: Known) -> Iterator[Neighbour]:
    """The indicators that are mistaken for each other: of one family, households for persons, persons for times."""
    family = measurable.code.partition(".")[0]
    for code in _TOLD_FOR.get(measurable.code, ()):
        yield from _as_indicator(base, measurable, code, known)
    for code, other in known.measurables.items():
        if code.partition(".")[0] == family and code != measurable.code:
            is_money = other.unit == measurable.unit == "CNY"
            if other.kind == measurable.kind and (is_money or measurable.unit != "CNY"):
                yield from _as_indicator(base, measurable, code, known)


def _as_indicator(base: Address, measurable: Measurable, code: str, known: Known) -> Iterator[Neighbour]:
    other = known.measurables.get(code)
    if other is None or other.is_by_item:
        return
    is_unit = {measurable.unit, other.unit} == {"person", "person-time"} or any(
        {measurable.code, code} == pair for pair in _UNIT_APART
    )
    address = Address(
        scope=base.scope,
        indicator=code,
        version=other.version,
        stage=base.stage
        if base.stage in other.stages and base.stage != measurable.headline
        else other.headline,
        start=base.start,
        end=base.end,
        is_day=base.is_day,
        direction=base.direction if other.kind else DEFAULT_DIRECTION,
        campaign=base.campaign if other.kind else None,
    )
    if other.is_stock and address.stage == other.headline and not address.is_day:
        address = address.changed(start=None, is_day=True)
    elif not other.is_stock and address.is_day and address.end is not None:
        address = address.changed(start=date(address.end.year, 1, 1), is_day=False)
    yield address, "unit" if is_unit else "indicator"


def other_days(base: Address, measurable: Measurable, known: Known) -> Iterator[Neighbour]:
    """The same on other days: those of publication first, at every stage, then ends of months, years, all years."""
    end = base.end or known.as_of
    for address in known.published:
        if address.indicator == base.indicator and address.scope == base.scope:
            yield address, _apart(base, address)
    family = base.indicator.partition(".")[0]
    for address in known.published:
        is_near = address.end is not None and address.end.year == end.year and address.scope == base.scope
        if is_near and address.indicator != base.indicator and address.indicator.partition(".")[0] == family:
            yield address, "indicator,span"
    published = sorted((day for day in known.published_days if day != end), key=lambda day: abs(day - end))
    same_year = [day for day in published if day.year == end.year]
    for day in same_year:
        yield _moved(base, day), "span"
    if measurable.kind and not measurable.is_stock:
        for day in same_year:
            for stage in _near_stages(base, measurable):
                yield _moved(base, day).changed(stage=stage), "stage,span"
    for day in [*_month_ends(end, known), *published]:
        yield _moved(base, day), "span"
    if base.is_day:
        if measurable.kind:
            yield base.changed(start=date(end.year, 1, 1), is_day=False), "span"
        return
    yield base.changed(start=None), "span"
    for year in range(known.opened.year, known.last_day.year + 1):
        yield base.changed(start=date(year, 1, 1), end=date(year, 12, 31)), "span"


_COMPARED = ("stage", "span", "direction", "item", "campaign", "tier", "field", "subset", "goods")


def _apart(base: Address, other: Address) -> str:
    """The parts in which two addresses of one indicator differ."""
    spans = [(one.start, one.end, one.is_day) for one in (base, other)]
    differ = {"span": spans[0] != spans[1]}
    return ",".join(
        part
        for part in _COMPARED
        if (differ[part] if part in differ else getattr(base, part) != getattr(other, part))
    )


def _moved(base: Address, day: date) -> Address:
    return base.changed(end=day) if base.is_day else base.changed(start=date(day.year, 1, 1), end=day)


def _month_ends(day: date, known: Known) -> list[date]:
    """The ends of the months of the year and of the year before, the nearest first."""
    ends = [date(day.year, month, monthrange(day.year, month)[1]) for month in range(1, 13)]
    ends.append(date(day.year, 1, 1) - timedelta(days=1))
    return sorted((end for end in ends if end <= known.last_day), key=lambda end: abs(end - day))
