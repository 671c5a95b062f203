"""Questions on placements: what auditors ask, which follow-ups are due, and by which channel people were placed.

Every finding says its numbers and names nobody.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from json import loads

from pairbook.assistance.jobs.rules import (
    CHANNELS,
    DESTINATIONS,
    FOLLOW_UPS,
    Job,
    TooEarly,
    destinations_changed,
    follow_ups_due,
    intentions_above_vacancies,
    never_followed,
    placed_twice,
    posts_outside,
    stable_too_early,
    stayed_and_left,
    unpaid_posts,
    without_paper,
)
from pairbook.kernel import clock
from pairbook.kernel.periods import year_to
from pairbook.kernel.reads import threshold
from pairbook.kernel.texts import LANGS, Text
from pairbook.register.models import Entry, Paper
from pairbook.register.people import listed_in
from pairbook.register.reads import EntryFilter, matching_entries
from pairbook.web.numbers import day_in_words
from pairbook.workspace.rules import Due, Finding

_STABLE = tuple(FOLLOW_UPS.values())
_AFTER = (*_STABLE, "left")


def jobs_of(pairing_ids: Sequence[int], *stages: str) -> list[Job]:
    """The current entries of these stages, by day."""
    wanted = matching_entries(EntryFilter(pairing_ids=tuple(pairing_ids), kind="jobs", stages=stages))
    papers: dict[int, set[str]] = defaultdict(set)
    attached = Paper.objects.filter(entry_id__in=wanted.order_by().values("id"))
    for entry_id, sort in attached.values_list("entry_id", "sort"):
        papers[entry_id].add(sort)
    columns = ("id", "root_id", "stage", "happened_on", "quantity_steps", "follows_id", "field", "details")
    return [
        Job(
            id=entry_id,
            root_id=root_id or entry_id,
            stage=stage,
            day=day,
            number=number or 0,
            follows_id=follows_id,
            destination=destination,
            channel=loads(details).get("channel", ""),
            papers=frozenset(papers[entry_id]),
        )
        for entry_id, root_id, stage, day, number, follows_id, destination, details in (
            wanted.order_by("happened_on", "id").values_list(*columns)
        )
    ]


def without_contract(pairing_ids: Sequence[int]) -> list[Finding]:
    """Placements without a contract or an employer's certificate."""
    return [
        Finding(
            job.id,
            Text(
                f"{job.number}人上岗，没有劳动合同或用人单位证明。",
                f"{job.number} placed, without a contract or an employer's certificate.",
            ),
        )
        for job in without_paper(jobs_of(pairing_ids, "placed"), ["placed"], "contract")
    ]


def stable_without_wages(pairing_ids: Sequence[int]) -> list[Finding]:
    """Stable employment without bank wage records or a signed payroll."""
    return [
        Finding(
            job.id,
            Text(
                f"{job.number}人记为稳定就业，没有银行工资流水，也没有签章工资表。",
                f"{job.number} recorded as stable, with neither bank wage records nor a signed payroll.",
            ),
        )
        for job in without_paper(jobs_of(pairing_ids, *_STABLE), _STABLE, "wages")
    ]


def stable_early(pairing_ids: Sequence[int]) -> list[Finding]:
    """Stable employment dated before its months were over."""

    @cache
    def months_min(day: date) -> int:
        return threshold("jobs.stable_months_min", day)

    jobs = jobs_of(pairing_ids, "placed", *_STABLE)
    return [_early(one) for one in stable_too_early(jobs, months_min=months_min)]


def _early(one: TooEarly) -> Finding:
    days = (one.earliest - one.job.day).days
    zh, en = ((day_in_words(one.placed_on, lang), day_in_words(one.earliest, lang)) for lang in LANGS)
    return Finding(
        one.job.id,
        Text(
            f"{zh[0]}上岗，{zh[1]}才期满，早记了{days}天。",
            f"Placed on {en[0]}, so not before {en[1]}: {days} {'day' if days == 1 else 'days'} early.",
        ),
    )


def people_placed_twice(pairing_ids: Sequence[int]) -> list[Finding]:
    """People listed in a placement while they are still in another."""
    jobs = jobs_of(pairing_ids, "placed", "left")
    listed = [(one.entry_id, one.person_id) for one in listed_in(job.id for job in jobs)]
    return [
        Finding(
            one.job.id,
            Text(
                f"名单中{one.people}人同时在第{_row(one.earlier_ids)}号就业记录里，没有离岗记录。",
                f"{one.people} of the list are in the placement of entry {_row(one.earlier_ids)} too, "
                "and nobody recorded that they left it.",
            ),
        )
        for one in placed_twice(jobs, listed)
    ]


def _row(ids: Sequence[int]) -> str:
    return ", ".join(map(str, ids))


def local_posts_outside(pairing_ids: Sequence[int]) -> list[Finding]:
    """Workshops and public-welfare posts of the county, recorded as work elsewhere."""
    return [
        Finding(
            job.id,
            Text(
                f"渠道是“{CHANNELS[job.channel].zh}”，去向却是“{DESTINATIONS[job.destination].zh}”。",
                f"The channel is '{CHANNELS[job.channel].en}', the destination "
                f"'{DESTINATIONS[job.destination].en}'.",
            ),
        )
        for job in posts_outside(jobs_of(pairing_ids, "placed"))
    ]


def crowded_offers(pairing_ids: Sequence[int]) -> list[Finding]:
    """More intentions than vacancies."""
    return [
        Finding(
            one.job.id,
            Text(
                f"岗位{one.vacancies}个，意向却有{one.intentions}人。",
                f"{one.vacancies} vacancies, but {one.intentions} intentions.",
            ),
        )
        for one in intentions_above_vacancies(jobs_of(pairing_ids, "held", "offered", "intention"))
    ]


def phantom_posts(pairing_ids: Sequence[int]) -> list[Finding]:
    """Public-welfare posts that nobody can show to have been paid."""
    today = clock.today()
    months = threshold("jobs.stable_months_min", today)
    return [
        Finding(
            job.id,
            Text(
                f"公益性岗位{job.number}人，上岗已满{months}个月，没有任何工资发放记录。",
                f"{job.number} in public-welfare posts for {months} months or more, without any record of pay.",
            ),
        )
        for job in unpaid_posts(jobs_of(pairing_ids, "placed", *_AFTER), today=today, months=months)
    ]


def destinations_differ(pairing_ids: Sequence[int]) -> list[Finding]:
    """Follow-ups in another class of destination than their placement."""
    return [
        Finding(
            job.id,
            Text(
                f"这里的去向是“{DESTINATIONS[job.destination].zh}”，上岗时记的是“{DESTINATIONS[placed].zh}”。",
                f"The destination here is '{DESTINATIONS[job.destination].en}', at the placement it was "
                f"'{DESTINATIONS[placed].en}'.",
            ),
        )
        for job, placed in destinations_changed(jobs_of(pairing_ids, "placed", *_AFTER))
    ]


def more_stayed_than_placed(pairing_ids: Sequence[int]) -> list[Finding]:
    """Follow-ups by which more people stayed and left than were placed."""
    return [
        Finding(
            one.job.id,
            Text(
                f"上岗{one.placed}人，到这一天仍在岗{one.stayed}人、已离岗{one.left}人，合计多出"
                f"{one.stayed + one.left - one.placed}人。",
                f"{one.placed} placed; by this day {one.stayed} still there and {one.left} gone, "
                f"{one.stayed + one.left - one.placed} too many.",
            ),
        )
        for one in stayed_and_left(jobs_of(pairing_ids, "placed", *_AFTER))
    ]


def forgotten_placements(pairing_ids: Sequence[int]) -> list[Finding]:
    """Placements that nobody followed up in time."""
    today = clock.today()
    late = threshold("jobs.follow_up_late_months_max", today)
    jobs = jobs_of(pairing_ids, "placed", *_AFTER)
    return [
        Finding(
            one.job.id,
            Text(
                f"{one.people}人满{one.months}个月的回访应在{day_in_words(one.due_on, 'zh')}，一直没有记录。",
                f"The {one.months}-month follow-up of {one.people} was due on {day_in_words(one.due_on, 'en')} "
                "and was never recorded.",
            ),
        )
        for one in never_followed(jobs, today=today, late_months_max=late)
    ]


def follow_ups(pairing_ids: Sequence[int], day: date) -> list[Due]:
    """Follow-ups at 3, 6 and 12 months that are overdue or due within 31 days."""
    late = threshold("jobs.follow_up_late_months_max", day)
    due = follow_ups_due(jobs_of(pairing_ids, "placed", *_AFTER), today=day, late_months_max=late)
    owners = _receivers([one.job.id for one in due])
    return [
        Due(
            entry_id=one.job.id,
            due_on=one.due_on,
            said=Text(
                f"回访上岗满{one.months}个月的{one.people}人：仍在岗的记“稳定满{one.months}个月”，走了的记“离岗”",
                f"Follow up {one.people} people placed {one.months} months ago: record who is still there, "
                "and who left",
            ),
            side="assisted",
            owner=owners[one.job.id],
        )
        for one in due
    ]


def _receivers(entry_ids: Sequence[int]) -> dict[int, Text]:
    """Who received, by entry: the labour desk whose people they are."""
    entries = Entry.objects.filter(pk__in=list(entry_ids))
    return {
        entry_id: Text(zh, en)
        for entry_id, zh, en in entries.values_list("id", "receiver__name_zh", "receiver__name_en")
    }


def placed_by_channel(pairing_ids: Sequence[int], day: date) -> list[tuple[Text, Decimal]]:
    """People placed in the year up to the day, by channel, as recorded; those without one last."""
    period = year_to(day)
    people = Counter[str]()
    for job in jobs_of(pairing_ids, "placed"):
        if job.day in period:
            people[job.channel] += job.number
    named = {**CHANNELS, "": Text("未注明", "not stated")}
    return [(label, Decimal(people[code])) for code, label in named.items() if people[code]]
