"""What can be chosen in the form of an entry: the parties of both sides, the catalogues, the entries to continue."""

from collections.abc import Iterable, Sequence

from pairbook.kernel.access import SIDE_LABELS
from pairbook.kernel.texts import Text
from pairbook.pairings.reads import PairingRow, parties_by_side
from pairbook.parties.reads import parties_known
from pairbook.projects.reads import projects_of
from pairbook.register.reads import OTHER_PAPER, EntryRow, campaigns, funds_of, items
from pairbook.register.rules import Draft
from pairbook.register.shapes import COLUMNS, PaperKind, Record, Stage
from pairbook.web.languages import current_lang
from pairbook.web.numbers import money_full
from pairbook.workspace.forms.entries import EntryChoices
from pairbook.workspace.forms.fields import Choices, labelled
from pairbook.workspace.reads import followable_entries


def entry_choices(
    pairing: PairingRow,
    kind: str,
    record: Record,
    *,
    stage: Stage | None,
    draft: Draft,
    followed: EntryRow | None,
) -> EntryChoices:
    """What can be chosen; what the draft holds already can always be kept."""
    scope = [pairing.id] if pairing.parent_id is None else [pairing.id, pairing.parent_id]
    funds, things = funds_of(scope), items()
    return EntryChoices(
        parties=party_choices(pairing.id, {draft.giver_id, draft.receiver_id}),
        funds=labelled((str(fund.id), fund.name) for fund in funds),
        items=labelled((item.code, item.name) for item in things),
        campaigns=labelled((campaign.code, campaign.name) for campaign in campaigns()),
        projects=labelled((str(project.id), project.name) for project in projects_of(pairing.id)),
        follows=_follows(pairing.id, kind, record, stage, draft, followed),
        currency_of_fund={str(fund.id): fund.currency for fund in funds},
        unit_of_item={item.code: item.unit for item in things},
        must_follow=stage is not None and stage.must_follow,
        papers=_papers(record, stage),
    )


def party_choices(pairing_id: int, also: Iterable[int | None] = ()) -> Choices:
    """The parties of both sides, grouped; those named in `also` are on the list wherever they stand."""
    lang = current_lang()
    groups: Choices = []
    listed: set[int] = set()
    for side, parties in parties_by_side(pairing_id).items():
        groups.append(
            (SIDE_LABELS[side].in_(lang), [(str(party.id), party.name.in_(lang)) for party in parties])
        )
        listed |= {party.id for party in parties}
    others = parties_known({party for party in also if party} - listed)
    if others:
        names = [(str(party.id), party.name.in_(lang)) for party in others.values()]
        groups.append((Text("其他", "others").in_(lang), names))
    return groups


def what_choices(pairing_id: int, record: Record) -> Choices:
    """What entries of a kind are told apart by: fund, item, the facet of the kind, campaign, project."""
    lang = current_lang()
    funds = (
        [(f"fund:{fund.id}", fund.name) for fund in funds_of([pairing_id])] if record.fund != "none" else []
    )
    things = [(f"item:{item.code}", item.name) for item in items()] if record.item_asked != "none" else []
    facet = record.facet
    facets = [(f"field:{code}", label) for code, label in facet.choices] if facet else []
    projects = (
        [(f"project:{one.id}", one.name) for one in projects_of(pairing_id)]
        if record.project_asked != "none"
        else []
    )
    groups = (
        (COLUMNS["fund"], funds),
        (COLUMNS["item"], things),
        (facet.label if facet else COLUMNS["note"], facets),
        (COLUMNS["campaign"], [(f"campaign:{one.code}", one.name) for one in campaigns()]),
        (COLUMNS["project"], projects),
    )
    return [
        (label.in_(lang), [(code, name.in_(lang)) for code, name in options])
        for label, options in groups
        if options
    ]


def _follows(
    pairing_id: int, kind: str, record: Record, stage: Stage | None, draft: Draft, followed: EntryRow | None
) -> Choices:
    """The entries that can be continued; of one stage when the page is for one, else of all."""
    stages: Sequence[Stage] = record.stages if stage is None else [stage]
    found = {
        one.row.id: _followed_in_words(one.row)
        for one in followable_entries(pairing_id, kind, record, stages)
    }
    if followed is not None and draft.follows_id is not None:
        # The draft may name an earlier version, or one received in full since: it stays on the list.
        found.pop(followed.id, None)
        found = {draft.follows_id: _followed_in_words(followed)} | found
    return [(str(number), words) for number, words in found.items()]


def _followed_in_words(row: EntryRow) -> str:
    lang = current_lang()
    amount = row.quantity.words.in_(lang) if row.quantity else ""
    if not amount and row.money:
        amount = money_full(row.money.amount, lang, currency=row.money.currency)
    what = row.item or row.fund
    parts = [
        Text(f"第{row.id}号", f"No. {row.id}").in_(lang),
        row.happened_on.isoformat(),
        row.stage_label.in_(lang),
        what.in_(lang) if what else "",
        amount,
    ]
    return " · ".join(part for part in parts if part)


def _papers(record: Record, stage: Stage | None) -> tuple[PaperKind, ...]:
    """Every sort some stage expects, those of the page's own stage first: its stage may be changed on the page."""
    stages = record.stages if stage is None else (stage, *record.stages)
    return tuple(dict.fromkeys([*(paper for one in stages for paper in one.papers), OTHER_PAPER]))
