"""What the checks of a draft, and the acts on an entry, need to know: gathered in a fixed number of queries."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from django.db.models import Q, Sum

from pairbook.kernel import clock
from pairbook.kernel.access import Actor, Standing
from pairbook.kernel.kinds import kind_of, kinds_offering
from pairbook.kernel.money import Money
from pairbook.kernel.quantities import Quantity
from pairbook.kernel.queries import rows_in
from pairbook.pairings.reads import organisation_ids, pairings_known, standing_of
from pairbook.register.models import Entry
from pairbook.register.open_days import first_open_days
from pairbook.register.rules import Draft, EntryFacts, Followed, FundFacts, Known
from pairbook.register.shapes import Move, Record, Stage


@cache
def record_of(kind_code: str) -> Record:
    """How entries of a kind are recorded."""
    kind = kind_of(kind_code)
    record = kind.offer(Record) if kind else None
    assert record is not None, f"{kind_code} is no kind that records entries"
    return record


@cache
def stage_of(kind_code: str, stage_code: str) -> Stage:
    """A stage of a kind."""
    stage = record_of(kind_code).stage(stage_code)
    assert stage is not None, f"{kind_code} has no stage {stage_code}"
    return stage


@cache
def moves_of_money() -> dict[tuple[str, str], Move]:
    """What each stage of a kind that carries money does to it, by kind and stage."""
    return {
        (kind.code, stage.code): stage.move
        for kind, record in kinds_offering(Record)
        if record.carries == "money"
        for stage in record.stages
    }


def money_kinds() -> list[str]:
    """The kinds that carry money, in their order."""
    return list(dict.fromkeys(kind for kind, _ in moves_of_money()))


@dataclass(frozen=True, slots=True)
class EntryState:
    """One entry with everything an action needs to know of it."""

    id: int
    root_id: int
    facts: EntryFacts
    draft: Draft
    follows_id: int | None
    recorded_side: str
    recorded_for_id: int
    recorded_by_id: int
    is_withdrawal: bool
    replaced_by_id: int | None
    current_id: int
    verdict: str | None
    has_papers: bool
    counts_on: date | None

    @property
    def counted(self) -> EntryFacts:
        """Its facts on the day it counts: what running totals go by."""
        return on_its_day(self.facts, self.counts_on)

    @property
    def is_confirmed(self) -> bool:
        """Whether both sides signed."""
        return self.verdict == "confirmed"

    @property
    def organisation_ids(self) -> frozenset[int]:
        """The parties whose own entry this is."""
        return frozenset({self.facts.giver_id, self.facts.receiver_id, self.recorded_for_id})


# The largest number a 64-bit column holds.
NUMBER_MAX = 2**63 - 1
# Asked with every answer, paper and correction, so in plain SQL (decision 10).
_STATE = """
    SELECT entry.*,
        (SELECT verdict FROM register_answer WHERE entry_id = entry.id ORDER BY id DESC LIMIT 1) AS verdict,
        EXISTS (SELECT 1 FROM register_paper WHERE entry_id = entry.id) AS has_papers,
        (SELECT later.id FROM register_entry later WHERE later.replaces_id = entry.id) AS replaced_by_id
    FROM register_entry entry WHERE entry.id = %s
"""


def entry_state(entry_id: int) -> EntryState | None:
    """An entry as it stands, or None."""
    # A number no database can hold is nobody's.
    entry = next(iter(Entry.objects.raw(_STATE, [entry_id])), None) if entry_id <= NUMBER_MAX else None
    if entry is None:
        return None
    root_id = entry.root_id or entry.pk
    replaced_by: int | None = getattr(entry, "replaced_by_id", None)
    current_id = entry_id
    if replaced_by is not None:
        current_id = Entry.objects.filter(root_id=root_id).order_by("-id").values_list("id", flat=True)[0]
    return EntryState(
        id=entry.pk,
        root_id=root_id,
        facts=facts_of_row(entry),
        draft=_draft_of_row(entry),
        follows_id=entry.follows_id,
        recorded_side=entry.recorded_side,
        recorded_for_id=entry.recorded_for_id,
        recorded_by_id=entry.recorded_by_id,
        is_withdrawal=entry.is_withdrawal,
        replaced_by_id=replaced_by,
        current_id=current_id,
        verdict=entry.verdict,
        has_papers=bool(entry.has_papers),
        counts_on=entry.counts_on,
    )


def on_its_day(facts: EntryFacts, counts_on: date | None) -> EntryFacts:
    """Facts dated on the day they count, where that is not their own."""
    return facts if counts_on is None else replace(facts, happened_on=counts_on)


def facts_of_row(entry: Entry) -> EntryFacts:
    """The columns of a stored entry that totals and movements depend on."""
    return EntryFacts(
        pairing_id=entry.pairing_id,
        kind=entry.kind,
        stage=entry.stage,
        direction=entry.direction,
        happened_on=entry.happened_on,
        year=entry.year,
        giver_id=entry.giver_id,
        receiver_id=entry.receiver_id,
        nature=entry.nature,
        tier=entry.tier,
        category=entry.category,
        field=entry.field,
        fund_id=entry.fund_id,
        item_code=entry.item_id or "",
        campaign_code=entry.campaign_id or "",
        project_id=entry.project_id,
        money_minor=entry.money_minor,
        currency=entry.currency,
        quantity_steps=entry.quantity_steps,
        unit=entry.unit,
        subset_amount=entry.subset_amount,
    )


def _draft_of_row(entry: Entry) -> Draft:
    """The entry as it was typed: a visit counts as one, but nobody wrote the 1, and a correction would be refused."""
    is_typed = record_of(entry.kind).is_typed(stage_of(entry.kind, entry.stage), entry.unit)
    return Draft(
        pairing_id=entry.pairing_id,
        kind=entry.kind,
        stage=entry.stage,
        giver_id=entry.giver_id,
        receiver_id=entry.receiver_id,
        happened_on=entry.happened_on,
        money=None if entry.money_minor is None else Money(entry.money_minor, entry.currency),
        quantity=Quantity(entry.quantity_steps, entry.unit) if entry.quantity_steps and is_typed else None,
        of_which=part_of_row(entry),
        fund_id=entry.fund_id,
        item_code=entry.item_id,
        campaign_code=entry.campaign_id,
        project_id=entry.project_id,
        document_no=entry.document_no,
        note=entry.note,
        details=json.loads(entry.details),
        follows_id=entry.follows_id,
    )


def part_of_row(entry: Entry) -> Money | Quantity | None:
    """The part of a stored entry's amount that its kind tells apart, or None."""
    subset = record_of(entry.kind).subset
    if entry.subset_amount is None or subset is None:
        return None
    if subset.of == "money":
        return Money(entry.subset_amount, entry.currency)
    return Quantity(entry.subset_amount, entry.unit)


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is known of each draft, and what the actor is in each pairing."""

    known: list[Known]
    standings: dict[int, Standing | None]


def gather(drafts: Sequence[Draft], actor: Actor) -> Gathered:
    """For each draft everything its check needs to know, in a fixed number of queries."""
    named = {party for draft in drafts for party in (draft.giver_id, draft.receiver_id) if party}
    pairings, parties = pairings_known(
        {draft.pairing_id for draft in drafts}, party_ids=named | organisation_ids(actor)
    )
    fund_ids = {draft.fund_id for draft in drafts} - {None}
    funds = {
        row[0]: FundFacts(*row)
        for row in rows_in("id, pairing_id, nature, tier, year, currency", "register_fund", "id", fund_ids)
    }
    item_codes = {draft.item_code for draft in drafts} - {None, ""}
    units = dict(rows_in("code, unit", "register_item", "code", item_codes))
    campaign_codes = {draft.campaign_code for draft in drafts} - {None, ""}
    campaigns = {code for (code,) in rows_in("code", "register_campaign", "code", campaign_codes)}
    project_ids = {draft.project_id for draft in drafts} - {None}
    projects = dict(rows_in("id, pairing_id", "projects_project", "id", project_ids))
    followed = _followed({draft.follows_id for draft in drafts if draft.follows_id})
    today = clock.today()
    open_from = first_open_days(pairings)
    known = [
        Known(
            pairing=pairings[draft.pairing_id],
            record=record_of(draft.kind),
            giver=parties.get(draft.giver_id or 0),
            receiver=parties.get(draft.receiver_id or 0),
            fund=funds.get(draft.fund_id or 0),
            item_unit=units.get(draft.item_code or ""),
            campaign_exists=draft.campaign_code in campaigns,
            project_pairing_id=projects.get(draft.project_id or 0),
            followed=followed.get(draft.follows_id or 0),
            today=today,
            open_from=open_from.get(draft.pairing_id),
        )
        for draft in drafts
    ]
    standings = {one: standing_of(actor, pairing, parties) for one, pairing in pairings.items()}
    return Gathered(known, standings)


def _followed(entry_ids: set[int]) -> dict[int, Followed]:
    """The current version of the thing each of these entries is a version of, by the id that was named."""
    found: dict[int, Followed] = {}
    for part in _parts(entry_ids):
        found |= _followed_of(part)
    return found


def _parts(ids: Iterable[int]) -> Iterator[list[int]]:
    """Ids in parts small enough to be named twice in one statement: SQLite takes 32,766 parameters."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), 15_000):
        yield ordered[start : start + 15_000]


def _followed_of(entry_ids: list[int]) -> dict[int, Followed]:
    named = Entry.objects.filter(pk__in=entry_ids).values_list("id", "root_id")
    root_of = {entry_id: root_id or entry_id for entry_id, root_id in named}
    roots = set(root_of.values())
    # Plain columns: building an object for each entry followed took a fifth of loading receipts.
    versions = Entry.objects.filter(Q(pk__in=roots) | Q(root_id__in=roots)).current()
    current = {
        (root_id or entry_id): Followed(entry_id, root_id or entry_id, *columns)
        for entry_id, root_id, *columns in versions.values_list("id", "root_id", *_FOLLOWED_COLUMNS)
    }
    return {entry_id: current[root] for entry_id, root in root_of.items() if root in current}


# In the order of the fields of `Followed` after the two ids.
_FOLLOWED_COLUMNS = (
    "pairing_id",
    "kind",
    "stage",
    "direction",
    "happened_on",
    "giver_id",
    "receiver_id",
    "fund_id",
    "item_id",
    "campaign_id",
    "project_id",
    "money_minor",
    "quantity_steps",
    "unit",
)


def taken_by_limit(
    roots: Iterable[int], *, without: Sequence[int] = ()
) -> dict[tuple[int, str], tuple[int, int]]:
    """For each entry (by its first version) and each limit: the money and quantity that follow it so far.

    What takes money from an entry shares one limit, whatever it was taken for: `Stage.limit`.
    """
    limits = {
        (kind.code, stage.code): stage.limit
        for kind, record in kinds_offering(Record)
        for stage in record.stages
        if stage.is_limited
    }
    taken: dict[tuple[int, str], tuple[int, int]] = {}
    for (root_id, kind, stage), (minor, steps) in _taken(roots, without, set(limits)).items():
        key = (root_id, limits[kind, stage])
        before = taken.get(key, (0, 0))
        taken[key] = (before[0] + minor, before[1] + steps)
    return taken


def _taken(
    roots: Iterable[int], without: Sequence[int], stages: set[tuple[str, str]]
) -> dict[tuple[int, str, str], tuple[int, int]]:
    wanted = Q(pk__in=[])
    for kind, stage in sorted(stages):
        wanted |= Q(kind=kind, stage=stage)
    taken: dict[tuple[int, str, str], tuple[int, int]] = {}
    for part in _parts(roots):
        rows = (
            Entry.objects.filter(wanted, follows_id__in=part)
            .exclude(pk__in=without)
            .current()
            .values_list("follows_id", "kind", "stage")
            .annotate(Sum("money_minor"), Sum("quantity_steps"))
            .order_by()
        )
        taken |= {(root, kind, stage): (minor or 0, steps or 0) for root, kind, stage, minor, steps in rows}
    return taken
