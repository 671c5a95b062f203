"""What became of the money of one entry, for its public page: how much came, went where, and is left.

Of a promise (planned, agreed, issued) the page says how much of it has come; of a receipt, which projects and payees
have it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse

from pairbook.kernel.money import Money
from pairbook.kernel.texts import Text
from pairbook.pairings.reads import PairingRow, family_ids
from pairbook.projects.reads import LibraryFilter, library
from pairbook.register.tracing import EntryTrace, MoneyStep, Names, money_steps, names_in, trace_entry
from pairbook.web.numbers import percent

# A county's yearly batch goes to some dozens of payees; what is beyond is in the list of entries.
USES_MAX = 60


@dataclass(frozen=True, slots=True)
class StepTold:
    """What of the money stands at one step, and which share of the entry that is."""

    label: Text
    money: Money
    share: Text


@dataclass(frozen=True, slots=True)
class UseTold:
    """What one payee got for one project, and by which entries."""

    project: Text
    project_url: str
    payee: Text
    money: Money
    entries: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Became:
    """The money of one entry: its steps, where it came from, where it went."""

    steps: tuple[StepTold, ...]
    sources: tuple[tuple[Text, Text, Money], ...]
    """Giver, fund, amount."""
    uses: tuple[UseTold, ...]
    uses_count: int


def became_of(pairing: PairingRow, entry_id: int) -> Became | None:
    """What became of the money of an entry; None where it carries none."""
    found = trace_entry(entry_id)
    if found is None:
        return None
    names, money = names_in(found.money), found.money
    uses = [one for one in money.uses if one.minor]
    urls = _project_urls(family_ids(pairing.id)) if uses else {}
    return Became(
        steps=tuple(_steps(found)),
        sources=tuple(_sources(found, names)),
        uses=tuple(
            UseTold(
                names.projects[one.project_id].name,
                urls.get(one.project_id, ""),
                names.parties[one.payee_id].name,
                Money(one.minor, money.currency),
                tuple(one.entries),
            )
            for one in uses[:USES_MAX]
        ),
        uses_count=len(uses),
    )


def _steps(found: EntryTrace) -> Iterator[StepTold]:
    whole = found.entry.minor
    steps: list[MoneyStep] = money_steps(found)
    for step in steps:
        share = Text(percent(step.minor, whole, "zh"), percent(step.minor, whole, "en"))
        yield StepTold(step.label, Money(step.minor, found.money.currency), share)


def _sources(found: EntryTrace, names: Names) -> Iterator[tuple[Text, Text, Money]]:
    for one in found.money.sources:
        amount = Money(one.minor, found.money.currency)
        yield names.parties[one.giver_id].name, names.funds[one.fund_id].name, amount


def _project_urls(pairing_ids: Sequence[int]) -> dict[int, str]:
    """The public pages of the projects that everybody may see, by id."""
    rows = library(LibraryFilter(pairing_ids=tuple(pairing_ids), is_open=True))
    return {row.id: reverse("portal:project", args=[row.pairing_code, row.code]) for row in rows}
