"""Goods handed to households: how many households, and whether the lists bear that out. Tokens only, never a name."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from pairbook.assistance.goods.reads import details_of, goods_at, item_of
from pairbook.households.reads import person_facts
from pairbook.kernel.texts import Text
from pairbook.register.models import Entry
from pairbook.register.people import listed_in
from pairbook.workspace.rules import Finding


def _listed_households(entries: Sequence[Entry]) -> dict[int, Counter[str]]:
    """For each entry the households on its list, with how many of their people stand there.

    Somebody whose household is not known counts as a household.
    """
    listed = listed_in(entry.pk for entry in entries)
    known = person_facts(one.person_id for one in listed)
    households: dict[int, Counter[str]] = defaultdict(Counter)
    for one in listed:
        token = known[one.person_id].household_token
        households[one.entry_id][token or f"person {one.person_id}"] += 1
    return households


def more_than_listed(pairing_ids: Sequence[int]) -> list[Finding]:
    """Distributions that say they reached more households than their list has; without any list nothing is said."""
    entries = list(goods_at(pairing_ids, "distributed"))
    listed = _listed_households(entries)
    found = []
    for entry in entries:
        told, held = details_of(entry).get("households") or 0, len(listed.get(entry.pk, ()))
        if 0 < held < told:
            said = Text(
                f"写明发放 {told} 户，名单上只有 {held} 户",
                f"{told} households are said to have got it, {held} are listed",
            )
            found.append(Finding(entry.pk, said))
    return found


def household_twice(pairing_ids: Sequence[int]) -> list[Finding]:
    """Distributions that list a household twice, or one an earlier distribution of the same lot lists already."""
    entries = list(goods_at(pairing_ids, "distributed"))
    listed = _listed_households(entries)
    of_lot: dict[object, set[str]] = defaultdict(set)
    found = []
    for entry in entries:
        here = listed.get(entry.pk, Counter())
        before = of_lot[_lot_of(entry)]
        repeated = sum(times > 1 or household in before for household, times in here.items())
        if repeated:
            said = Text(
                f"名单上有 {repeated} 户重复领取同一批{item_of(entry).zh}",
                f"{repeated} of the households listed stand twice for the same lot of {item_of(entry).en}",
            )
            found.append(Finding(entry.pk, said))
        before |= set(here)
    return found


def _lot_of(entry: Entry) -> object:
    """What tells lots apart: the receipt it came with, or item and lot number, else the entry alone."""
    number = details_of(entry).get("lot")
    return entry.follows_id or ((entry.item_id, number) if number else f"entry {entry.pk}")


def households_by_item(pairing_ids: Sequence[int], day: date) -> list[tuple[Text, Decimal]]:
    """How many times households were given each item up to a day, the most often given first."""
    reached: Counter[Text] = Counter()
    for entry in goods_at(pairing_ids, "distributed").filter(happened_on__lte=day):
        reached[item_of(entry)] += int(details_of(entry).get("households") or 0)
    return [(item, Decimal(number)) for item, number in reached.most_common() if number]
