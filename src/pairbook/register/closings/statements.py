"""What the book holds for a month, as the text that both sides sign (decision 13)."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db.models import F, Q

from pairbook.kernel.periods import Period, month_of, next_month
from pairbook.register.models import Entry
from pairbook.register.months import month_text
from pairbook.register.sums import Sums, sums_by_month

if TYPE_CHECKING:
    from hashlib import _Hash


@dataclass(frozen=True, slots=True)
class MonthStatement:
    """What stands in the book for a month: what both sides sign."""

    text: str
    entries: int

    @property
    def sha256(self) -> str:
        """Its digest."""
        return sha256(self.text.encode()).hexdigest()


_SAID = ("kind", "stage", "direction", "nature", "item_code", "currency", "unit")
_SUMMED = ("entries", "money_minor", "quantity_steps")


def month_statement(pairing_ids: Sequence[int], month: date) -> MonthStatement:
    """What these pairings hold for a month: how many entries, a digest of which, and the sums of alike ones.

    Answers and papers are no part of it: they may still come when the month is closed.
    """
    return month_statements(pairing_ids, [month])[month]


def month_statements(pairing_ids: Sequence[int], months: Iterable[date]) -> dict[date, MonthStatement]:
    """The statement of each of these months, in as many questions as for one."""
    wanted = sorted(set(months))
    if not wanted:
        return {}
    days = Period(wanted[0], next_month(wanted[-1]))
    summed, digests = sums_by_month(pairing_ids, days), _digests_of_entries(pairing_ids, days)
    return {month: _statement(month, summed.get(month, []), digests.get(month, sha256())) for month in wanted}


def _statement(month: date, rows: Sequence[Sums], digest: "_Hash") -> MonthStatement:
    groups: dict[tuple[str, ...], list[int]] = {}
    for row in rows:
        amounts = groups.setdefault(tuple(getattr(row, name) for name in _SAID), [0] * len(_SUMMED))
        for place, name in enumerate(_SUMMED):
            amounts[place] += getattr(row, name)
    body = {
        "month": month_text(month),
        "entries": sum(amounts[0] for amounts in groups.values()),
        "entries_sha256": digest.hexdigest(),
        "columns": [*_SAID, *_SUMMED],
        # Where corrections outweigh each other nothing is left but their answers, which are no part of it.
        "sums": [[*key, *amounts] for key, amounts in sorted(groups.items()) if any(amounts)],
    }
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return MonthStatement(text, sum(amounts[0] for amounts in groups.values()))


def _digests_of_entries(pairing_ids: Sequence[int], days: Period) -> "dict[date, _Hash]":
    entries = Entry.objects.filter(pairing_id__in=pairing_ids)
    counted = entries.in_days(days).standing_in_their_months().order_by("id").values_list("id", F("day"))
    out = (
        entries.taken_out()
        .filter(Q(taken_out_on__gte=days.start, taken_out_on__lt=days.end))
        .order_by("id")
        .values_list("id", F("taken_out_on"))
    )
    digests: dict[date, _Hash] = {}
    for sign, rows in (("+", counted), ("-", out)):
        for entry_id, day in rows.iterator(chunk_size=5000):
            digests.setdefault(month_of(day), sha256()).update(f"{sign}{entry_id}\n".encode())
    return digests
