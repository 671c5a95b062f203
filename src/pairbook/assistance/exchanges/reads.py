"""What auditors ask about exchanges, and which planned ones are to be held."""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from pairbook.kernel import clock
from pairbook.kernel.access import Side
from pairbook.kernel.quantities import Quantity
from pairbook.kernel.reading import plain
from pairbook.kernel.reads import threshold
from pairbook.kernel.texts import Text
from pairbook.register.known import record_of
from pairbook.register.models import EntryQuerySet
from pairbook.register.reads import EntryFilter, matching_entries
from pairbook.web.languages import typed_in_both
from pairbook.web.numbers import day_in_words
from pairbook.workspace.rules import Due, Finding

_KIND = "exchanges"
_DUE_WITHIN = timedelta(days=31)


def _exchanges(pairing_ids: Sequence[int], stage: str) -> EntryQuerySet:
    wanted = EntryFilter(pairing_ids=tuple(pairing_ids), kind=_KIND, stages=(stage,))
    return matching_entries(wanted).order_by("happened_on", "id")


def without_papers(pairing_ids: Sequence[int]) -> list[Finding]:
    """Events held that no paper proves."""
    wanted = EntryFilter(pairing_ids=tuple(pairing_ids), kind=_KIND, stages=("held",), without_papers=True)
    bare = matching_entries(wanted).order_by("happened_on", "id")
    said = Text("活动没有任何佐证材料", "no paper proves this event")
    return [Finding(entry_id, said) for entry_id in bare.values_list("id", flat=True)]


def held_twice(pairing_ids: Sequence[int]) -> list[Finding]:
    """Events that an earlier entry tells already: the same day, the same two parties either way round, one subject.

    Each side may have recorded the event as its own, hence either way round.
    """
    first: dict[tuple[date, frozenset[int], str], int] = {}
    found = []
    columns = ("id", "happened_on", "giver_id", "receiver_id", "details")
    for entry_id, day, giver_id, receiver_id, details in _exchanges(pairing_ids, "held").values_list(
        *columns
    ):
        subject = "".join(plain(json.loads(details)["subject"]).casefold().split())
        event = (day, frozenset({giver_id, receiver_id}), subject)
        if event in first:
            said = Text(
                f"与第 {first[event]} 号记录同日、同单位、同主题",
                f"same day, parties and subject as entry {first[event]}",
            )
            found.append(Finding(entry_id, said))
        first.setdefault(event, entry_id)
    return found


def too_many_participants(pairing_ids: Sequence[int]) -> list[Finding]:
    """Events with more people than one event plausibly has."""
    most = threshold("exchanges.participants_max", clock.today())
    crowded = _exchanges(pairing_ids, "held").filter(unit="person-time", quantity_steps__gt=most)
    return [
        Finding(entry_id, _too_many(Quantity(steps, "person-time"), most))
        for entry_id, steps in crowded.values_list("id", "quantity_steps")
        if steps is not None
    ]


def _too_many(people: Quantity, most: int) -> Text:
    return Text(
        f"单场 {people.words.zh}，超过 {most:,}，请核对签到表",
        f"{people.words.en} at one event, above {most:,}: compare with the sign-in sheet",
    )


def planned_events(pairing_ids: Sequence[int], day: date) -> list[Due]:
    """Planned events that nothing held follows yet, planned for a day within 31 days or past; the sharer's task."""
    held = set(_exchanges(pairing_ids, "held").values_list("follows_id", flat=True))
    dues = []
    for entry in _exchanges(pairing_ids, "planned").select_related("giver"):
        details = json.loads(entry.details)
        planned_for = details.get("planned_for")
        if not planned_for or (entry.root_id or entry.pk) in held:
            continue
        due_on = date.fromisoformat(planned_for)
        if due_on <= day + _DUE_WITHIN:
            subject = Text(*typed_in_both(details["subject"]))
            said = Text(
                f"开展“{subject.zh}”，计划于{day_in_words(due_on, 'zh')}",
                f"Hold '{subject.en}', planned for {day_in_words(due_on, 'en')}",
            )
            side: Side = "assisting" if entry.direction == "assisting_to_assisted" else "assisted"
            dues.append(Due(entry.pk, due_on, said, side, Text(entry.giver.name_zh, entry.giver.name_en)))
    return dues


def events_by_category(pairing_ids: Sequence[int], day: date) -> list[tuple[Text, Decimal]]:
    """How many events of each type were held up to a day, in the order of the types; none left out."""
    held = _exchanges(pairing_ids, "held").filter(happened_on__lte=day)
    counted = Counter(held.values_list("category", flat=True))
    category = record_of(_KIND).category
    assert category is not None, "exchanges tell types apart"
    return [(label, Decimal(counted[code])) for code, label in category.choices if counted[code]]
