"""Loads the sample programme: every record through the public actions, at its own moment, in one transaction.

The sheets say when each thing was recorded, confirmed, disputed or corrected; all of it is done in that order with
the book's clock set to that moment, so the book can be asked what it knew on any day of its sample years.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial

from django.db import transaction

from pairbook.config.sample.library import Library
from pairbook.config.sample.outside import outside_acts
from pairbook.config.sample.papers import PaperSheet, pdf_of
from pairbook.config.sample.people import attendances
from pairbook.config.sample.published import published_figures
from pairbook.config.sample.records import (
    Row,
    draft_of,
    entry_rows,
    moment,
    money,
    morning_of,
    named,
    names_in_sheets,
    quantity,
    sheet,
)
from pairbook.config.sample.statements import KEPT_AT, PARTY, keep_sample_statement
from pairbook.indicators.actions import note_published
from pairbook.indicators.measuring import definitions
from pairbook.kernel.access import Actor
from pairbook.kernel.actions import add_user
from pairbook.kernel.clock import sample_clock
from pairbook.kernel.texts import Text
from pairbook.pairings.actions import close_pairing, open_pairing, show_day
from pairbook.pairings.reads import pairing_of_code
from pairbook.parties.actions import add_organisation, add_place, add_post, load_divisions
from pairbook.parties.reads import actor_of, party_ids_named
from pairbook.register.actions import (
    add_campaign,
    add_fund,
    add_item,
    attach_paper,
    confirm_entries,
    correct_entry,
    dispute_entry,
    list_people,
    record_entries,
)
from pairbook.register.rules import Draft
from pairbook.register.shapes import COLUMNS, Record

PAIRING = "jinghai-zhenyuan"
_START = date(2017, 1, 1)
_SHOWN_ON = date(2020, 9, 18)
_AGREEMENT = Text(
    "东西部扶贫协作框架协议（样例）", "Framework agreement on east-west poverty-relief cooperation (sample)"
)


@dataclass(frozen=True, slots=True)
class _Person:
    """Somebody who signs in to the sample; a post, never a person's name."""

    username: str
    password: str
    role: str
    organisation: str
    label: Text


_PEOPLE = (
    _Person("giver", "sample-jinghai", "officer", "jh-coop", Text("帮扶方工作人员", "Giver's officer")),
    _Person(
        "receiver", "sample-zhenyuan", "officer", "zy-coop", Text("受援方工作人员", "Receiver's officer")
    ),
    # A second pair of eyes: who proposes a project neither checks nor approves it.
    _Person(
        "leader",
        "sample-leader",
        "officer",
        "zy-coop",
        Text("受援方项目审定人员", "Receiver's approving officer"),
    ),
    _Person("auditor", "sample-auditor", "auditor", "jh-audit", Text("审计人员", "Auditor")),
    _Person(
        "health", "sample-health", "department", "zy-health", Text("受援方卫健部门", "Health department")
    ),
    _Person("admin", "sample-admin", "administrator", "", Text("系统管理员", "Administrator")),
)
SIGN_INS: list[tuple[Text, str, str]] = [
    (person.label, person.username, person.password) for person in _PEOPLE
]
"""Who may sign in to the sample: what they are, user name, password."""


def load_sample(on_progress: Callable[[int, int], None] = lambda done, total: None) -> int | None:
    """How many entries the sample has, once loaded; None when it is in the book already.

    `on_progress` hears how many of the sample's acts are done, and of how many.
    """
    if pairing_of_code(PAIRING) is not None:
        return None
    with transaction.atomic():
        load_divisions()
        return _Loading(on_progress).run()


@dataclass(frozen=True, slots=True)
class _Act:
    """Something somebody did at a moment; `place` orders what happened in the same minute."""

    at: datetime
    place: int
    do: Callable[[], None]


@dataclass
class _Loading:
    """The ids that the sheets' codes got in this book while it is being filled."""

    on_progress: Callable[[int, int], None]
    pairings: dict[str, int] = field(default_factory=dict)
    parties: dict[str, int] = field(default_factory=dict)
    funds: dict[str, int] = field(default_factory=dict)
    projects: dict[str, int] = field(default_factory=dict)
    entries: dict[str, int] = field(default_factory=dict)
    drafts: dict[str, Draft] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)

    def run(self) -> int:
        with sample_clock(morning_of(_START)):
            self._add_parties()
            self._add_people()
            self._open_programme()
            self._add_catalogues()
        acts = sorted(self._acts(), key=lambda act: (act.at, act.place))
        for done, act in enumerate(acts, start=1):
            with sample_clock(act.at):
                act.do()
            self.on_progress(done, len(acts))
        self._note_published()
        return len(self.entries)

    def _add_parties(self) -> None:
        places, organisations = sheet("places"), sheet("organisations")
        codes = {row["place"] for row in organisations} | {row["parent"] for row in places}
        for code, found in party_ids_named(codes).items():
            if found:
                self.parties[code] = found[0]
        for row in places:
            self.parties[row["code"]] = add_place(
                code=row["code"],
                name=named(row),
                level=row["level"],
                parent_id=self.parties[row["parent"]],
                by=None,
            )
        for row in organisations:
            self.parties[row["code"]] = add_organisation(
                code=row["code"],
                name=named(row),
                type=row["type"],
                place_id=self.parties[row["place"]],
                by=None,
            )

    def _add_people(self) -> None:
        for person in _PEOPLE:
            user_id = add_user(
                person.username,
                password=person.password,
                display_name=f"{person.label.zh}（样例） / {person.label.en} (sample)",
            )
            add_post(
                user_id=user_id,
                role=person.role,
                organisation_id=self.parties.get(person.organisation),
                by=None,
                since=_START,
            )
            self.actors[person.username] = actor_of(user_id)

    def _open_programme(self) -> None:
        self.pairings[PAIRING] = open_pairing(
            code=PAIRING,
            level="county",
            assisting_id=self.parties["120118"],
            assisted_id=self.parties["621027"],
            start_on=_START,
            agreement=_AGREEMENT,
            signed_on=_START,
            by=None,
        )
        show_day(self.pairings[PAIRING], day=_SHOWN_ON, by=None)

    def _add_catalogues(self) -> None:
        for row in sheet("items"):
            add_item(code=row["code"], name=named(row), unit=row["unit"], by=None)
        for row in sheet("campaigns"):
            add_campaign(code=row["code"], name=named(row), by=None)

    def _add_fund(self, row: Row) -> None:
        self.funds[row["code"]] = add_fund(
            pairing_id=self.pairings[row["pairing"]],
            code=row["code"],
            name=named(row),
            nature=row["nature"],
            tier=row["tier"],
            year=int(row["year"]),
            by=self.actors["giver"].user_id,
        )

    def _acts(self) -> Iterator[_Act]:
        for at, do in outside_acts(self.parties, by=self.actors["giver"].user_id):
            yield _Act(at, 0, do)
        for row in sheet("children"):
            yield _Act(moment(row["opened_at"]), 0, partial(self._open_child, row))
            if row["closed_at"]:
                yield _Act(moment(row["closed_at"]), 9, partial(self._close_child, row))
        for row in sheet("funds"):
            yield _Act(morning_of(date(int(row["year"]), 1, 2)), 1, partial(self._add_fund, row))
        library = Library(self.pairings, self.parties, self.projects, self.actors)
        for at, place, do in library.acts():
            yield _Act(at, place, do)
        yield from self._entry_acts()
        for row in sheet("corrections"):
            yield _Act(moment(row["corrected_at"]), 4, partial(self._correct, row))
            yield _Act(moment(row["confirmed_at"]), 5, partial(self._confirm, [row["no"]], by="giver"))
        for row in sheet("people"):
            yield _Act(moment(row["listed_at"]), 4, partial(self._list_people, row))
        for row in sheet("disputes"):
            yield _Act(moment(row["disputed_at"]), 4, partial(self._dispute, row))
        yield _Act(moment(KEPT_AT), 6, self._keep_statement)

    def _entry_acts(self) -> Iterator[_Act]:
        # What one person entered or confirmed at one sitting is one act, as it is at a desk.
        recorded: dict[tuple[str, str], list[_Sheeted]] = defaultdict(list)
        confirmed: dict[tuple[str, str], list[str]] = defaultdict(list)
        for kind, record, row in entry_rows():
            recorded[row["recorded_at"], row["recorded_by"]].append(_Sheeted(kind, record, row))
            if row["confirmed_at"]:
                other = "receiver" if row["recorded_by"] == "giver" else "giver"
                confirmed[row["confirmed_at"], other].append(row["no"])
        for (at, by), sheeted in recorded.items():
            yield _Act(moment(at), 2, partial(self._record, sheeted, by=by))
        for (at, by), numbers in confirmed.items():
            yield _Act(moment(at), 3, partial(self._confirm, numbers, by=by))

    def _open_child(self, row: Row) -> None:
        self.pairings[row["code"]] = open_pairing(
            code=row["code"],
            level=row["level"],
            assisting_id=self.parties[row["assisting"]],
            assisted_id=self.parties[row["assisted"]],
            start_on=date.fromisoformat(row["start_on"]),
            agreement=Text(row["agreement_zh"], row["agreement_en"]),
            signed_on=date.fromisoformat(row["signed_on"]),
            covers_households=int(row["households"]) if row["households"] else None,
            parent_id=self.pairings[PAIRING],
            by=None,
        )

    def _close_child(self, row: Row) -> None:
        close_pairing(
            self.pairings[row["code"]],
            end_on=date.fromisoformat(row["end_on"]),
            reason=row["reason"],
            successor_id=self.pairings.get(row["successor"]),
            by=None,
        )

    def _record(self, sheeted: list["_Sheeted"], *, by: str) -> None:
        drafts = [
            draft_of(
                one.kind,
                one.record,
                one.row,
                pairings=self.pairings,
                parties=self.parties,
                funds=self.funds,
                projects=self.projects,
                entries=self.entries,
            )
            for one in sheeted
        ]
        ids = record_entries(drafts, by=self.actors[by])
        for one, draft, entry_id in zip(sheeted, drafts, ids, strict=True):
            number = one.row["no"]
            self.entries[number], self.drafts[number] = entry_id, draft
            for sort in one.row["papers"].split():
                attach_paper(entry_id, content=pdf_of(_paper(one, sort)), sort=sort, by=self.actors[by])

    def _confirm(self, numbers: list[str], *, by: str) -> None:
        confirm_entries([self.entries[number] for number in numbers], by=self.actors[by])

    def _correct(self, row: Row) -> None:
        number = row["no"]
        draft = replace(self.drafts[number], money=money(row["money"]))
        self.entries[number] = correct_entry(
            self.entries[number], draft, reason=row["reason"], by=self.actors["receiver"]
        )

    def _list_people(self, row: Row) -> None:
        list_people(self.entries[row["no"]], attendances(row), by=self.actors[row["listed_by"]])

    def _dispute(self, row: Row) -> None:
        own = self.drafts[row["no"]].quantity
        dispute_entry(
            self.entries[row["no"]],
            reason=row["reason"],
            own_money=money(row["own_money"]),
            own_quantity=quantity(row["own_quantity"], own.unit) if own else None,
            by=self.actors["receiver"],
        )

    def _keep_statement(self) -> None:
        keep_sample_statement(self.pairings[PAIRING], self.parties[PARTY], by=self.actors["receiver"])

    def _note_published(self) -> None:
        for one in published_figures(PAIRING, definitions()):
            # Noted the morning after it was published, when the office reads the papers.
            with sample_clock(morning_of(one.published_on + timedelta(days=1))):
                note_published(
                    pairing_id=self.pairings[PAIRING],
                    address=one.address,
                    value=one.value,
                    unit=one.unit,
                    qualifier=one.qualifier,
                    source_title=one.source_title,
                    publisher=one.publisher,
                    published_on=one.published_on,
                    by=self.actors["giver"].user_id,
                )


@dataclass(frozen=True, slots=True)
class _Sheeted:
    """A row of a sheet of entries, with the kind whose sheet it is."""

    kind: str
    record: Record
    row: Row


# The columns a paper repeats, where the row has them.
_ON_PAPER = ("fund", "item", "campaign", "project")


def _paper(one: _Sheeted, sort: str) -> PaperSheet:
    """The paper a row of the sheets stands for: what a bank slip or a hand-over note would say of it."""
    row, names = one.row, names_in_sheets()
    stage = one.record.stage(row["stage"])
    assert stage is not None, "record_entries refused it otherwise"
    title = next(paper.label for paper in stage.papers if paper.code == sort)
    lines = [
        (COLUMNS["happened_on"], row["happened_on"]),
        (COLUMNS["giver"], names[row["giver"]]),
        (COLUMNS["receiver"], names[row["receiver"]]),
    ]
    lines += [(COLUMNS[column], names[row[column]]) for column in _ON_PAPER if row.get(column)]
    if row.get("quantity"):
        lines.append((COLUMNS["quantity"], f"{Decimal(row['quantity']):,} {row['unit']}"))
    if row.get("money"):
        lines.append((COLUMNS["money"], f"{Decimal(row['money']):,}"))
    if row.get("purpose"):
        lines.append((COLUMNS["note"], row["purpose"].split(" / ")[0]))
    return PaperSheet(title, row["document_no"], lines)
