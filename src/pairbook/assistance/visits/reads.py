"""What auditors ask about visits: a year without a conference, a leader nobody can name, minutes nobody wrote."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Exists, Max, OuterRef

from pairbook.kernel import clock
from pairbook.kernel.reads import threshold
from pairbook.kernel.texts import Text
from pairbook.register.known import record_of
from pairbook.register.models import EntryQuerySet, Paper
from pairbook.register.reads import EntryFilter, matching_entries
from pairbook.web.numbers import day_in_words
from pairbook.workspace.rules import Finding

_KIND = "visits"
_SIDES = {
    "assisting_to_assisted": Text("帮扶方", "Assisting side"),
    "assisted_to_assisting": Text("受援方", "Assisted side"),
}
_NOT_TOLD = Text("未写明机构", "body not told")


def _visits(pairing_ids: Sequence[int], **parts: tuple[str, ...]) -> EntryQuerySet:
    wanted = EntryFilter(pairing_ids=tuple(pairing_ids), kind=_KIND, **parts)  # type: ignore[arg-type]
    return matching_entries(wanted).order_by("happened_on", "id")


def no_joint_conference(pairing_ids: Sequence[int]) -> list[Finding]:
    """The last entry of each finished year in which a programme held fewer joint conferences than it should.

    Only pairings at the top are asked: a school and a school hold no joint conference.
    """
    held = Counter(
        (pairing_id, day.year)
        for pairing_id, day in _visits(pairing_ids, category=("joint_conference",)).values_list(
            "pairing_id", "happened_on"
        )
    )
    return [
        Finding(entry_id, _too_few_conferences(year, held[pairing_id, year]))
        for pairing_id, year, entry_id in _last_of_years(pairing_ids)
        if held[pairing_id, year] < threshold("visits.joint_conferences_min", date(year, 12, 31))
    ]


def _too_few_conferences(year: int, held: int) -> Text:
    if not held:
        return Text(f"{year} 年没有联席会议的记录", f"no joint conference is recorded in {year}")
    return Text(f"{year} 年只有 {held} 场联席会议", f"only {held} joint conferences are recorded in {year}")


def _last_of_years(pairing_ids: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Pairing, year and last entry of any kind, for the pairings at the top and every year that is over."""
    entries = matching_entries(EntryFilter(pairing_ids=tuple(pairing_ids))).filter(
        pairing__parent=None, happened_on__lt=clock.today().replace(month=1, day=1)
    )
    last_days = entries.order_by().values_list("pairing_id", "happened_on__year").annotate(Max("happened_on"))
    for pairing_id, year, day in sorted(last_days):
        last = (
            entries.filter(pairing_id=pairing_id, happened_on=day)
            .order_by("-id")
            .values_list("id", flat=True)
        )
        yield pairing_id, year, last[0]


def rank_unclear(pairing_ids: Sequence[int]) -> list[Finding]:
    """Trips counted as the leaders' whose leader's post is not told, or is not that of a head."""
    led = _visits(pairing_ids).filter(field="leaders").exclude(category="topical_meeting")
    said = {
        "": Text("没有写明带队领导职务", "the post of who led it is not told"),
        "deputy": Text(
            "带队的是其他班子成员，不是主要负责同志", "a member of the leadership led it, not its head"
        ),
    }
    return [
        Finding(entry_id, said[post])
        for entry_id, details in led.values_list("id", "details")
        if (post := json.loads(details).get("leader_post", "")) in said
    ]


def without_minutes(pairing_ids: Sequence[int]) -> list[Finding]:
    """Visits and meetings that have no minutes among their papers."""
    minutes = Paper.objects.filter(entry=OuterRef("pk"), sort="minutes")
    bare = _visits(pairing_ids).exclude(Exists(minutes)).values_list("id", "happened_on")
    return [Finding(entry_id, _no_minutes(day)) for entry_id, day in bare]


def _no_minutes(day: date) -> Text:
    return Text(
        f"{day_in_words(day, 'zh')}的互访或会议没有纪要",
        f"the visit or meeting of {day_in_words(day, 'en')} has no minutes",
    )


def meetings_by_body(pairing_ids: Sequence[int], day: date) -> list[tuple[Text, Decimal]]:
    """How many topical meetings each body of each side held up to a day, the assisting side's first."""
    held = _visits(pairing_ids, category=("topical_meeting",)).filter(happened_on__lte=day)
    counted = Counter(
        (direction, json.loads(details).get("body", ""))
        for direction, details in held.values_list("direction", "details")
    )
    body = next(detail for detail in record_of(_KIND).details if detail.code == "body")
    bodies = {**dict(body.choices), "": _NOT_TOLD}
    return [
        (
            Text(f"{side.zh}：{label.zh}", f"{side.en}: {label.en}"),
            Decimal(counted[direction, code]),
        )
        for direction, side in _SIDES.items()
        for code, label in bodies.items()
        if counted[direction, code]
    ]
