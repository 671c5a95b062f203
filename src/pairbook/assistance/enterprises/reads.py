"""Questions on enterprises: what auditors ask, which reports are due, workshops by sort. No household is named."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from pairbook.assistance.enterprises.rules import (
    SORTS,
    Step,
    after_closing,
    empty_shells,
    linked_twice,
    reports_soon,
    sorts_changed,
    unbelievable_shares,
    unpaid_agreements,
    without_paper,
    workshops_open,
)
from pairbook.households.reads import person_facts
from pairbook.kernel import clock
from pairbook.kernel.reads import threshold
from pairbook.kernel.texts import Text
from pairbook.register.models import Entry, Paper
from pairbook.register.people import listed_in
from pairbook.register.reads import EntryFilter, matching_entries
from pairbook.web.numbers import day_in_words, percent
from pairbook.workspace.rules import Due, Finding


def steps_of(pairing_ids: Sequence[int], *stages: str) -> list[Step]:
    """The current entries of these stages, by day."""
    wanted = matching_entries(EntryFilter(pairing_ids=tuple(pairing_ids), kind="enterprises", stages=stages))
    papers: dict[int, set[str]] = defaultdict(set)
    attached = Paper.objects.filter(entry_id__in=wanted.order_by().values("id"))
    for entry_id, sort in attached.values_list("entry_id", "sort"):
        papers[entry_id].add(sort)
    columns = ("root_id", "stage", "happened_on", "category", "quantity_steps", "subset_amount", "follows_id")
    return [
        Step(
            id=entry_id,
            root_id=root_id or entry_id,
            stage=stage,
            day=day,
            sort=sort,
            number=number or 0,
            poor=poor or 0,
            follows_id=follows_id,
            papers=frozenset(papers[entry_id]),
        )
        for entry_id, root_id, stage, day, sort, number, poor, follows_id in (
            wanted.order_by("happened_on", "id").values_list("id", *columns)
        )
    ]


def without_licence(pairing_ids: Sequence[int]) -> list[Finding]:
    """What landed without a licence or a recognition."""
    return [
        Finding(
            step.id,
            Text(
                f"落地（{SORTS[step.sort].zh}），没有营业执照或认定文件。",
                f"Landed ({SORTS[step.sort].en}) without a licence or recognition.",
            ),
        )
        for step in without_paper(steps_of(pairing_ids, "landed"), "landed", "licence")
    ]


def nothing_paid_in(pairing_ids: Sequence[int]) -> list[Finding]:
    """Agreements signed long ago of which nothing was paid in."""
    today = clock.today()
    months = threshold("enterprises.paid_in_months_max", today)
    steps = steps_of(pairing_ids, "signed", "landed", "paid_in")
    return [
        Finding(
            step.id,
            Text(
                f"{day_in_words(step.day, 'zh')}签约，超过{months}个月没有资金到位。",
                f"Signed on {day_in_words(step.day, 'en')}; nothing paid in for more than {months} months.",
            ),
        )
        for step in unpaid_agreements(steps, today=today, months_max=months)
    ]


def paid_in_unproven(pairing_ids: Sequence[int]) -> list[Finding]:
    """Paid-in money without bank proof."""
    return [
        Finding(
            step.id,
            Text(
                "记为到位投资，没有验资报告或银行进账单。",
                "Recorded as paid in, without bank proof.",
            ),
        )
        for step in without_paper(steps_of(pairing_ids, "paid_in"), "paid_in", "bank_proof")
    ]


def workshops_without_workers(pairing_ids: Sequence[int]) -> list[Finding]:
    """Workshops that stand open and report no worker."""
    today = clock.today()
    months = threshold("enterprises.report_months_max", today)
    steps = steps_of(pairing_ids, "landed", "working", "closed")
    return [
        Finding(
            one.landed.id,
            Text(
                f"车间开着，{_last_zh(one.last_on)}，超过{months}个月。",
                f"Open, {_last_en(one.last_on)}: more than {months} months.",
            ),
        )
        for one in empty_shells(steps, today=today, months_max=months)
    ]


def _last_zh(day: date | None) -> str:
    return f"最近一次用工报告是{day_in_words(day, 'zh')}" if day else "从未报告用工"


def _last_en(day: date | None) -> str:
    return (
        f"its last report of workers is of {day_in_words(day, 'en')}" if day else "it never reported a worker"
    )


def poor_shares(pairing_ids: Sequence[int]) -> list[Finding]:
    """Reports with a share of poor workers that nobody would believe unseen."""
    today = clock.today()
    steps = unbelievable_shares(
        steps_of(pairing_ids, "working"),
        share_percent_max=threshold("enterprises.poor_share_percent_max", today),
        workers_min=threshold("enterprises.poor_share_workers_min", today),
    )
    return [
        Finding(
            step.id,
            Text(
                f"用工{step.number}人，其中建档立卡{step.poor}人，占{percent(step.poor, step.number, 'zh')}。",
                f"{step.number} workers, {step.poor} of them registered poor: "
                f"{percent(step.poor, step.number, 'en')}.",
            ),
        )
        for step in steps
    ]


def links_without_contract(pairing_ids: Sequence[int]) -> list[Finding]:
    """Benefit links without a contract."""
    return [
        Finding(
            step.id,
            Text(
                f"联结{step.number}户，没有利益联结协议。",
                f"{step.number} households linked, without a contract.",
            ),
        )
        for step in without_paper(steps_of(pairing_ids, "linked"), "linked", "link_contract")
    ]


def households_twice(pairing_ids: Sequence[int]) -> list[Finding]:
    """Households listed under two links."""
    steps = steps_of(pairing_ids, "linked")
    listed = listed_in(step.id for step in steps)
    people = person_facts({one.person_id for one in listed})
    households: dict[int, list[str]] = defaultdict(list)
    for one in listed:
        person = people.get(one.person_id)
        if person is not None and person.household_token is not None:
            households[one.entry_id].append(person.household_token)
    return [
        Finding(
            step.id,
            Text(
                f"名单中{number}户在第{', '.join(map(str, earlier))}号记录里已经算过。",
                f"{number} of the households listed are counted in entry {', '.join(map(str, earlier))} already.",
            ),
        )
        for step, number, earlier in linked_twice(steps, households)
    ]


def sorts_differ(pairing_ids: Sequence[int]) -> list[Finding]:
    """Entries of another sort than the one they follow."""
    return [
        Finding(
            step.id,
            Text(
                f"这里记为“{SORTS[step.sort].zh}”，所承接的记录是“{SORTS[before].zh}”。",
                f"Told as '{SORTS[step.sort].en}' here, and as '{SORTS[before].en}' in the entry it follows.",
            ),
        )
        for step, before in sorts_changed(steps_of(pairing_ids))
    ]


def working_after_closing(pairing_ids: Sequence[int]) -> list[Finding]:
    """Workers of an enterprise that had closed."""
    return [
        Finding(
            step.id,
            Text(
                f"{day_in_words(closed, 'zh')}已停业，之后又报用工{step.number}人。",
                f"Closed on {day_in_words(closed, 'en')}, yet {step.number} workers were reported afterwards.",
            ),
        )
        for step, closed in after_closing(steps_of(pairing_ids, "working", "closed"))
    ]


def reports_of_workers(pairing_ids: Sequence[int], day: date) -> list[Due]:
    """Reports of workers of open workshops that are overdue or due within 31 days."""
    months = threshold("enterprises.report_months_max", day)
    due = reports_soon(steps_of(pairing_ids, "landed", "working", "closed"), today=day, months_max=months)
    owners = _receivers([one.landed.id for one in due])
    return [
        Due(
            entry_id=one.landed.id,
            due_on=one.due_on,
            said=Text(
                f"报告帮扶车间现在的用工人数（{_last_zh(one.last_on)}）；停业的记“停业”",
                f"Report the workers of this workshop now ({_last_en(one.last_on)}), or that it closed",
            ),
            side="assisted",
            owner=owners[one.landed.id],
        )
        for one in due
    ]


def _receivers(entry_ids: Sequence[int]) -> dict[int, Text]:
    """Who received, by entry: the workshop or the office that answers for it."""
    entries = Entry.objects.filter(pk__in=list(entry_ids))
    return {
        entry_id: Text(zh, en)
        for entry_id, zh, en in entries.values_list("id", "receiver__name_zh", "receiver__name_en")
    }


def workshops_by_sort(pairing_ids: Sequence[int], day: date) -> list[tuple[Text, Decimal]]:
    """Workshops open on the day, aided and recognised ones apart."""
    counts = workshops_open(steps_of(pairing_ids, "landed", "closed"), day)
    return [(SORTS[sort], Decimal(count)) for sort, count in counts.items() if count]
