"""A generated book: N entries over 50 pairings and 5 years, the same every time, written directly and fast.

Recording a million entries through the actions would take longer than all measures together, so the rows are made
here and written by COPY or executemany. They still pass every constraint, index and trigger of the tables, and
balances, totals and rests are counted by the product's own rules (`ledger.differences_from` finds nothing, and
`check_draft` has nothing against an entry). Papers are rows only: no file lies behind their digests, and no measure
opens one.

The last entries of the book are the *source*: one allocation in a fund of its own, received, assigned in thousands of
parts and each part paid. It comes after the day shown, so figures, pages and ageing are what they are without it.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from hashlib import sha256
from itertools import accumulate
from json import JSONEncoder
from typing import Any

from django.db import connection, transaction

from pairbook.kernel.actions import add_user
from pairbook.kernel.texts import Text
from pairbook.pairings.actions import open_pairing, show_day
from pairbook.parties.actions import add_organisation, add_post, load_divisions
from pairbook.parties.models import Party, Place
from pairbook.parties.reads import party_of_code
from pairbook.projects.actions import add_project
from pairbook.register.accounts import AMOUNTS, AccountKey, Amounts, Rests, TotalKey, movements, total_key
from pairbook.register.actions import add_campaign, add_fund, add_item
from pairbook.register.known import record_of
from pairbook.register.ledger import REST_COLUMNS, rest_values
from pairbook.register.rules import EntryFacts

PAIRINGS = 50
FIRST_DAY, DAYS = date(2020, 1, 1), 1827
LAST_DAY = FIRST_DAY + timedelta(days=DAYS - 1)
# The day whose figures pages show: the middle of a month, and not the end of the book.
SHOWN_ON = date(LAST_DAY.year, 9, 18)
SEED = 20200918
# Shandong assists Gansu: two provinces with more than fifty counties between them that are in force.
ASSISTING, ASSISTED = "370000", "620000"
CAMPAIGN = "bench-campaign"
ITEMS = {"bench-mask": "piece", "bench-disinfectant": "kg", "bench-coat": "piece", "bench-desk": "set"}
_CAMPAIGN_ITEMS = ("bench-mask", "bench-disinfectant")
SOURCE_FUND = "source"
SOURCE_DESCENDANTS = 10_000
_FUNDS = (("municipal", "fiscal", "municipal"), ("district", "fiscal", "district"), ("social", "social", ""))
_CHUNK = 20_000
# What is done how often, in hundredths; what takes from a pile where nothing lies becomes a dispatch.
_ACTS = {
    ("funds", "planned"): 4,
    ("funds", "allocated"): 12,
    ("funds", "received"): 13,
    ("funds", "assigned"): 12,
    ("funds", "spent"): 13,
    ("funds", "refunded"): 1,
    ("funds", "reimbursed"): 1,
    ("funds", "returned"): 1,
    ("goods", "sent"): 8,
    ("goods", "received"): 10,
    ("goods", "distributed"): 9,
    ("visits", "held"): 15,
    ("correction", ""): 1,
}
# From which pile each stage takes. What a payee paid back lies with what is assigned and can be spent again.
_TAKES_FROM = {
    ("funds", "received"): "sent",
    ("funds", "assigned"): "held",
    ("funds", "spent"): "assigned",
    ("funds", "refunded"): "spent",
    ("funds", "reimbursed"): "spent",
    ("funds", "returned"): "assigned",
    ("goods", "received"): "sent",
    ("goods", "distributed"): "held",
}
_PUTS_ON = {"received": "held", "assigned": "assigned", "refunded": "assigned", "spent": "spent"}
# This share of dispatches is still on its way: the load and the single entries of the measures receive them.
_ON_THE_WAY = 0.14
# And this share of assignments is not spent from: the load pays out of them.
_UNSPENT = 0.2
_CONFIRMED, _DISPUTED, _WITH_PAPER = 0.5, 0.01, 0.6
# One bank slip or list stands for a batch of entries.
_ENTRIES_PER_PAPER = 20

_TABLES: dict[str, tuple[str, ...]] = {
    "kernel_evidence": ("sha256", "bytes_count", "media_type", "stored_at", "stored_by_id"),
    "register_entry": (
        *("id", "pairing_id", "kind", "stage", "direction", "giver_id", "receiver_id", "happened_on", "year"),
        *("money_minor", "currency", "quantity_steps", "unit", "subset_amount"),
        *("nature", "tier", "category", "field"),
        *("fund_id", "item_id", "campaign_id", "project_id", "document_no", "note", "details"),
        *("follows_id", "root_id", "replaces_id", "is_withdrawal", "reason", "source_key"),
        *("recorded_at", "recorded_by_id", "recorded_for_id", "recorded_side"),
    ),
    "register_answer": (
        *("entry_id", "side", "verdict", "own_money_minor", "own_quantity_steps", "reason"),
        *("answered_at", "answered_by_id", "answered_for_id"),
    ),
    "register_paper": ("entry_id", "evidence_id", "sort", "attached_at", "attached_by_id"),
    "kernel_auditevent": ("at", "by_id", "verb", "subject", "body", "is_sample"),
    "register_account": (
        *("key", "pairing_id", "party_id", "standing", "fund_id", "item_id", "project_id", "measure"),
        "balance",
    ),
    "register_rest": REST_COLUMNS,
    "register_total": (
        *("pairing_id", "kind", "stage", "direction", "month", "year", "nature", "tier", "category"),
        *("field", "item_code", "campaign_code", "currency", "unit"),
        *AMOUNTS,
    ),
}


_ENTRY = _TABLES["register_entry"]
_BY_NAME = sorted(range(len(_ENTRY)), key=lambda place: _ENTRY[place])
_encode = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Office:
    """A provincial office, on its province's side in every pairing, and the user who records for it."""

    side: str
    organisation_id: int
    user_id: int


@dataclass(frozen=True, slots=True)
class Pair:
    """One pairing with its parties, and its funds by name and year."""

    id: int
    assisting_id: int
    assisted_id: int
    giver_id: int
    receiver_id: int
    payee_ids: tuple[int, ...]
    funds: dict[tuple[str, int], int]
    project_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody and everything entries name."""

    offices: dict[str, Office]
    pairs: tuple[Pair, ...]


@dataclass(slots=True)
class _Left:
    """What is left of an entry for others to take."""

    entry_id: int
    facts: EntryFacts
    left: int


@dataclass(slots=True)
class _Purse:
    """What one pairing has under way, so that nothing is received or used before it is there."""

    piles: dict[tuple[str, str], list[_Left]] = field(default_factory=lambda: defaultdict(list))
    """By kind and by where it lies: sent, held, assigned, spent."""
    correctable: list[tuple[tuple[Any, ...], EntryFacts, bool]] = field(default_factory=list)


def build(entries: int, *, on_progress: Callable[[int], None] = lambda done: None) -> None:
    """Fill an empty, migrated book. `on_progress` hears how many entries are written."""
    with transaction.atomic():
        cast = _set_up()
    writer = _Writer(cast)
    parts = source_parts(entries)
    others = entries - _SOURCE_BEGINS - 2 * parts
    with _without_indexes(entries):
        for number in range(others):
            writer.next(FIRST_DAY + timedelta(days=number * DAYS // others))
            if len(writer.rows["register_entry"]) >= _CHUNK:
                writer.flush()
                on_progress(number + 1)
        writer.source(parts)
        writer.finish()


# Its allocation and its receipt.
_SOURCE_BEGINS = 2


def source_parts(entries: int) -> int:
    """In how many parts the source of a book of this size is assigned and paid: less in a small book."""
    return min(SOURCE_DESCENDANTS, entries // 10) // 2


def _set_up() -> Cast:
    load_divisions()
    for code, unit in ITEMS.items():
        add_item(code=code, name=Text(code, code), unit=unit, by=None)
    add_campaign(code=CAMPAIGN, name=Text("新冠肺炎疫情防控", "COVID-19 response"), by=None)
    offices = {"assisting": _office("assisting", ASSISTING), "assisted": _office("assisted", ASSISTED)}
    counties = zip(_counties(ASSISTING), _counties(ASSISTED), strict=False)
    pairs = [_pair(number, *both) for number, both in enumerate(counties, start=1) if number <= PAIRINGS]
    assert len(pairs) == PAIRINGS, "the table of divisions has fifty counties in each province"
    first, year = pairs[0], LAST_DAY.year
    first.funds[SOURCE_FUND, year] = _fund(first.id, SOURCE_FUND, "fiscal", "municipal", year)
    return Cast(offices, tuple(pairs))


def _office(side: str, province: str) -> Office:
    place = party_of_code(province)
    assert place is not None
    organisation = _organisation(f"office-{side}", "协作办公室", "cooperation office", "office", place.id)
    user = add_user(f"bench-{side}", password="a bench signs nobody in")
    add_post(user_id=user, role="officer", organisation_id=organisation, by=None, since=FIRST_DAY)
    return Office(side, organisation, user)


def _counties(province: str) -> list[Party]:
    found = Place.objects.filter(level="county", valid_to_year=None, party__code__startswith=province[:2])
    return [place.party for place in found.select_related("party").order_by("party__code")[:PAIRINGS]]


def _organisation(code: str, zh: str, en: str, type: str, place_id: int) -> int:
    return add_organisation(code=code, name=Text(zh, en), type=type, place_id=place_id, by=None)


def _pair(number: int, assisting: Party, assisted: Party) -> Pair:
    pairing = open_pairing(
        code=f"bench-{number:02}",
        level="county",
        assisting_id=assisting.pk,
        assisted_id=assisted.pk,
        start_on=FIRST_DAY,
        by=None,
    )
    show_day(pairing, day=SHOWN_ON, by=None)
    payees = [
        _organisation(
            f"payee-{number:02}-{payee}",
            f"{assisted.name_zh}合作社{payee}",
            f"{assisted.name_en} cooperative {payee}",
            "enterprise",
            assisted.pk,
        )
        for payee in range(1, 4)
    ]
    funds = {
        (name, year): _fund(pairing, name, nature, tier, year)
        for year in range(FIRST_DAY.year, LAST_DAY.year + 1)
        for name, nature, tier in _FUNDS
    }
    projects = [
        add_project(
            pairing_id=pairing,
            code=f"P{project}",
            name=Text(f"产业项目{project}", f"industry project {project}"),
            by=None,
        )
        for project in range(1, 4)
    ]
    return Pair(
        id=pairing,
        assisting_id=assisting.pk,
        assisted_id=assisted.pk,
        giver_id=_organisation(
            f"giver-{number:02}",
            f"{assisting.name_zh}协作办",
            f"{assisting.name_en} office",
            "office",
            assisting.pk,
        ),
        receiver_id=_organisation(
            f"receiver-{number:02}",
            f"{assisted.name_zh}乡村振兴局",
            f"{assisted.name_en} bureau",
            "office",
            assisted.pk,
        ),
        payee_ids=tuple(payees),
        funds=funds,
        project_ids=tuple(projects),
    )


def _fund(pairing: int, name: str, nature: str, tier: str, year: int) -> int:
    return add_fund(
        pairing_id=pairing,
        code=f"{name}-{year}",
        name=Text(f"{year}年{name}资金", f"{name} {year}"),
        nature=nature,
        tier=tier,
        year=year,
        by=None,
    )


class _Writer:
    """Makes entry after entry, with its answer, papers and audit, and writes them in batches."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.chance = random.Random(SEED)
        self.purses = {pair.id: _Purse() for pair in cast.pairs}
        self.rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in _TABLES}
        self.balances: dict[AccountKey, int] = {}
        self.totals: dict[TotalKey, Amounts] = {}
        self.rests = Rests()
        self.last_id = 0
        self.second = 0
        self.paper = ("", 0)
        # SQLite keeps moments in UTC without saying so, as Django writes them.
        self.zone = "+00" if connection.vendor == "postgresql" else ""
        self._acts = list(_ACTS)
        self._weights = list(accumulate(_ACTS.values()))
        self._moves = {
            kind: {stage.code: (stage.move, record_of(kind).carries) for stage in record_of(kind).stages}
            for kind in ("funds", "goods", "visits")
        }
        self._sorts = {
            (kind, stage.code): stage.papers[0].code
            for kind in ("funds", "goods", "visits")
            for stage in record_of(kind).stages
            if stage.papers
        }

    def next(self, day: date) -> None:
        """One more entry on this day, in some pairing."""
        pair = self.chance.choice(self.cast.pairs)
        purse = self.purses[pair.id]
        (act,) = self.chance.choices(self._acts, cum_weights=self._weights)
        kind, stage = act
        if kind == "correction" and not purse.correctable:
            kind, stage = "visits", "held"
        if kind == "correction":
            self._correct(purse, day)
        elif kind == "visits":
            self._visit(pair, day)
        elif (kind, stage) in _TAKES_FROM:
            self._continue(pair, purse, kind, stage, day)
        else:
            self._send(pair, purse, kind, stage, day)

    def _facts(self, pair: Pair, kind: str, stage: str, day: date, **parts: Any) -> EntryFacts:
        given: dict[str, Any] = {
            "direction": "assisting_to_assisted",
            "year": day.year,
            "giver_id": pair.giver_id,
            "receiver_id": pair.receiver_id,
            "nature": "",
            "tier": "",
            "category": "",
            "field": "",
            "fund_id": None,
            "item_code": "",
            "campaign_code": "",
            "project_id": None,
            "money_minor": None,
            "currency": "",
            "quantity_steps": None,
            "unit": "",
            "subset_amount": None,
            **parts,
        }
        return EntryFacts(pairing_id=pair.id, kind=kind, stage=stage, happened_on=day, **given)

    def _visit(self, pair: Pair, day: date) -> None:
        rank = self.chance.choice(("leaders", "department", "working"))
        parties = [pair.assisting_id, pair.assisted_id]
        direction = "assisting_to_assisted"
        if self.chance.random() < 0.35:
            parties.reverse()
            direction = "assisted_to_assisting"
        facts = self._facts(
            pair,
            "visits",
            "held",
            day,
            giver_id=parties[0],
            receiver_id=parties[1],
            direction=direction,
            field=rank,
            quantity_steps=self.chance.randint(3, 20),
            unit="person-time",
        )
        side = direction.split("_", 1)[0]
        self._write(
            facts,
            side,
            details={"purpose": "对接", "rank": rank},
        )

    def _send(self, pair: Pair, purse: _Purse, kind: str, stage: str, day: date) -> None:
        if kind == "funds":
            name, nature, tier = self.chance.choice(_FUNDS)
            fen = self.chance.randint(100_00, 9_000_000_00)
            campaign = CAMPAIGN if name == "social" and fen % 4 == 0 else ""
            facts = self._facts(
                pair,
                kind,
                stage,
                day,
                nature=nature,
                tier=tier,
                fund_id=pair.funds[name, day.year],
                campaign_code=campaign,
                money_minor=fen,
                currency="CNY",
            )
        else:
            item, unit = self.chance.choice(list(ITEMS.items()))
            pieces = self.chance.randint(20, 20_000)
            facts = self._facts(
                pair,
                kind,
                stage,
                day,
                nature="social",
                item_code=item,
                campaign_code=CAMPAIGN if item in _CAMPAIGN_ITEMS else "",
                money_minor=pieces * 350,
                currency="CNY",
                quantity_steps=pieces * (1000 if unit == "kg" else 1),
                unit=unit,
            )
        entry_id = self._write(facts, "assisting")
        if stage != "planned" and self.chance.random() > _ON_THE_WAY:
            purse.piles[kind, "sent"].append(_Left(entry_id, facts, _amount(facts)))

    def _continue(self, pair: Pair, purse: _Purse, kind: str, stage: str, day: date) -> None:
        """Take from what lies where this stage takes from: all of it or half."""
        source = purse.piles[kind, _TAKES_FROM[kind, stage]]
        if not source:
            self._send(pair, purse, kind, "allocated" if kind == "funds" else "sent", day)
            return
        place = self.chance.randrange(len(source))
        before = source[place]
        amount = before.left if before.left < 4 or self.chance.random() < 0.6 else before.left // 2
        before.left -= amount
        if not before.left:
            source[place] = source[-1]
            source.pop()
        project = self.chance.choice(pair.project_ids) if stage == "assigned" else before.facts.project_id
        facts = self._taken(pair, before.facts, stage, day, amount, project)
        entry_id = self._write(facts, "assisted", follows_id=before.entry_id)
        if stage in _PUTS_ON and (stage != "assigned" or self.chance.random() > _UNSPENT):
            purse.piles[kind, _PUTS_ON[stage]].append(_Left(entry_id, facts, amount))

    def _taken(
        self, pair: Pair, before: EntryFacts, stage: str, day: date, amount: int, project: int | None
    ) -> EntryFacts:
        """What a stage takes from an entry, between the parties it goes between."""
        is_money = before.kind == "funds"
        giver, receiver = pair.receiver_id, pair.receiver_id
        if stage == "received":
            giver = pair.giver_id
        elif stage in ("spent", "distributed"):
            receiver = self.chance.choice(pair.payee_ids)
        elif stage == "refunded":
            giver = before.receiver_id
        elif stage == "reimbursed":
            receiver = before.receiver_id
        elif stage == "returned":
            receiver = pair.giver_id
        return replace(
            before,
            stage=stage,
            happened_on=day,
            giver_id=giver,
            receiver_id=receiver,
            project_id=project,
            money_minor=amount if is_money else max(1, amount // 10),
            quantity_steps=None if is_money else amount,
            year=before.year if is_money else day.year,
        )

    def source(self, parts: int) -> None:
        """One allocation of the last day, received, assigned in so many parts of 100 yuan, and every part paid."""
        pair, part = self.cast.pairs[0], 100_00
        allocated = self._facts(
            pair,
            "funds",
            "allocated",
            LAST_DAY,
            nature="fiscal",
            tier="municipal",
            fund_id=pair.funds[SOURCE_FUND, LAST_DAY.year],
            money_minor=parts * part,
            currency="CNY",
        )
        whole = (LAST_DAY, parts * part, None)
        received = self._taken(pair, allocated, "received", *whole)
        receipt = self._write(received, "assisted", follows_id=self._write(allocated, "assisting"))
        for number in range(parts):
            project = pair.project_ids[number % len(pair.project_ids)]
            assigned = self._taken(pair, received, "assigned", LAST_DAY, part, project)
            entry_id = self._write(assigned, "assisted", follows_id=receipt)
            spent = self._taken(pair, assigned, "spent", LAST_DAY, part, project)
            self._write(spent, "assisted", follows_id=entry_id)

    def _correct(self, purse: _Purse, day: date) -> None:
        """A version with another document number; a visit is sometimes withdrawn."""
        row, facts, has_papers = purse.correctable.pop(self.chance.randrange(len(purse.correctable)))
        self._total(facts).add(facts, sign=-1, has_papers=has_papers)
        old = dict(zip(_ENTRY, row, strict=True))
        is_withdrawal = facts.kind == "visits" and self.chance.random() < 0.2
        self.last_id += 1
        new = {
            **old,
            "id": self.last_id,
            "document_no": f"{old['document_no']}更",
            "root_id": old["root_id"] or old["id"],
            "replaces_id": old["id"],
            "is_withdrawal": is_withdrawal,
            "reason": "重复登记" if is_withdrawal else "文号有误",
            "recorded_at": self._moment(day),
        }
        verb = "entry.withdraw" if is_withdrawal else "entry.correct"
        row = tuple(new.values())
        self.rows["register_entry"].append(row)
        self._audit(verb, self.last_id, row[-4], row[-3], _body(row))
        if not is_withdrawal:
            self._total(facts).add(facts)
            self._rest(facts, thing_id=new["root_id"], follows_id=new["follows_id"], is_again=True)

    def _write(
        self,
        facts: EntryFacts,
        side: str,
        *,
        follows_id: int | None = None,
        details: dict[str, Any] | None = None,
    ) -> int:
        self.last_id += 1
        office = self.cast.offices[side]
        row = (
            self.last_id,
            facts.pairing_id,
            facts.kind,
            facts.stage,
            facts.direction,
            facts.giver_id,
            facts.receiver_id,
            str(facts.happened_on),
            facts.year,
            facts.money_minor,
            facts.currency,
            facts.quantity_steps,
            facts.unit,
            facts.subset_amount,
            facts.nature,
            facts.tier,
            facts.category,
            facts.field,
            facts.fund_id,
            facts.item_code or None,
            facts.campaign_code or None,
            facts.project_id,
            f"{facts.kind[0].upper()}-{self.last_id:07}",
            "",
            _encode(details) if details else "{}",
            follows_id,
            None,
            None,
            False,
            "",
            None,
            self._moment(facts.happened_on),
            office.user_id,
            office.organisation_id,
            side,
        )
        self.rows["register_entry"].append(row)
        self._audit("entry.record", self.last_id, row[-4], row[-3], _body(row))
        move, carries = self._moves[facts.kind][facts.stage]
        for key, amount in movements(facts, move=move, carries=carries):
            self.balances[key] = self.balances.get(key, 0) + amount
        self._rest(facts, thing_id=self.last_id, follows_id=follows_id)
        has_papers = self._attach(facts, side)
        is_confirmed, is_answered = self._answer(facts, side)
        self._total(facts).add(facts, is_confirmed=is_confirmed, has_papers=has_papers)
        if not is_answered and self.chance.random() < 0.05:
            self.purses[facts.pairing_id].correctable.append((row, facts, has_papers))
        return self.last_id

    def _rest(
        self, facts: EntryFacts, *, thing_id: int, follows_id: int | None, is_again: bool = False
    ) -> None:
        move, carries = self._moves[facts.kind][facts.stage]
        if carries == "money":
            # Another version of the thing is what rests; what it takes it took before.
            taken_from = None if is_again else follows_id
            self.rests.add(facts, entry_id=self.last_id, thing_id=thing_id, follows_id=taken_from, move=move)

    def _answer(self, facts: EntryFacts, recorded_side: str) -> tuple[bool, bool]:
        drawn = self.chance.random()
        if drawn > _CONFIRMED + _DISPUTED:
            return False, False
        is_confirmed = drawn < _CONFIRMED
        side = "assisted" if recorded_side == "assisting" else "assisting"
        office = self.cast.offices[side]
        at = self._moment(facts.happened_on + timedelta(days=self.chance.randint(1, 30)))
        own = (
            (None, None, "")
            if is_confirmed
            else (facts.money_minor and facts.money_minor // 2, facts.quantity_steps, "数量不符")
        )
        verdict = "confirmed" if is_confirmed else "disputed"
        self.rows["register_answer"].append(
            (self.last_id, side, verdict, *own, at, office.user_id, office.organisation_id)
        )
        verb = "entry.confirm" if is_confirmed else "entry.dispute"
        self._audit(verb, self.last_id, at, office.user_id, f'{{"side":"{side}"}}')
        return is_confirmed, True

    def _attach(self, facts: EntryFacts, side: str) -> bool:
        sort = self._sorts.get((facts.kind, facts.stage))
        if sort is None or self.chance.random() > _WITH_PAPER:
            return False
        user_id = self.cast.offices[side].user_id
        at = self._moment(facts.happened_on + timedelta(days=1))
        digest, uses = self.paper
        if uses % _ENTRIES_PER_PAPER == 0:
            digest, uses = sha256(f"paper {self.last_id}".encode()).hexdigest(), 0
            self.rows["kernel_evidence"].append((digest, 40_000, "application/pdf", at, user_id))
        self.paper = (digest, uses + 1)
        self.rows["register_paper"].append((self.last_id, digest, sort, at, user_id))
        body = f'{{"evidence":"{digest}","sort":"{sort}"}}'
        self._audit("entry.attach", self.last_id, at, user_id, body)
        return True

    def _audit(self, verb: str, entry_id: int, at: str, user_id: int, body: str) -> None:
        self.rows["kernel_auditevent"].append((at, user_id, verb, f"entry:{entry_id}", body, False))

    def _moment(self, day: date) -> str:
        """A moment of this day in office hours, as text: both databases read it, and a million cost little."""
        self.second = (self.second + 7) % 28_800
        minute, second = divmod(self.second, 60)
        return f"{day} {1 + minute // 60:02}:{minute % 60:02}:{second:02}{self.zone}"

    def _total(self, facts: EntryFacts) -> Amounts:
        return self.totals.setdefault(total_key(facts), Amounts())

    def flush(self) -> None:
        """Write what has gathered, all or nothing."""
        with transaction.atomic():
            for table, rows in self.rows.items():
                insert(table, _TABLES[table], rows)
                rows.clear()

    def finish(self) -> None:
        """Write the rest, the balances and the totals."""
        self.rows["register_account"] = [
            (
                key.text,
                key.pairing_id,
                key.party_id,
                key.standing,
                key.fund_id or None,
                key.item_code or None,
                key.project_id or None,
                key.measure,
                balance,
            )
            for key, balance in self.balances.items()
        ]
        self.rows["register_rest"] = [rest_values(row) for row in self.rests.held()]
        self.rows["register_total"] = [
            (
                *(str(part) if isinstance(part, date) else part for part in key),
                *_held(amounts),
            )
            for key, amounts in self.totals.items()
        ]
        self.flush()
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence('register_entry', 'id'), %s)", [self.last_id]
                )


def _body(row: tuple[Any, ...]) -> str:
    """An entry as the audit trail holds it: canonical JSON of what was written."""
    return _encode({_ENTRY[place]: row[place] for place in _BY_NAME if row[place] not in (None, "")})


def _amount(facts: EntryFacts) -> int:
    amount = facts.money_minor if facts.kind == "funds" else facts.quantity_steps
    assert amount is not None
    return amount


def _held(amounts: Amounts) -> Iterator[int]:
    for name in AMOUNTS:
        yield getattr(amounts, name)


def insert(table: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    """Write rows the barest way Django's connection allows: COPY on PostgreSQL, executemany on SQLite."""
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        elif rows:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)


@contextmanager
def _without_indexes(entries: int) -> Iterator[None]:
    """Within, a large book grows without the indexes that only serve reading; they are the same afterwards.

    A million rows put into an index in their order of arrival take four times as long as the index made at the end.
    """
    dropped: dict[str, str] = {}
    if entries > _CHUNK:
        with connection.cursor() as cursor:
            cursor.execute(_INDEXES[connection.vendor])
            dropped = dict(cursor.fetchall())
            for name in dropped:
                cursor.execute(f'DROP INDEX "{name}"')
    yield
    with connection.cursor() as cursor:
        for statement in dropped.values():
            cursor.execute(statement)


_GROWING = "'register_entry', 'register_answer', 'register_paper', 'kernel_auditevent'"
# Indexes of the growing tables that no constraint stands on, with the statement that makes each.
_INDEXES = {
    "sqlite": f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name IN ({_GROWING}) "
    "AND sql LIKE 'CREATE INDEX%'",
    "postgresql": f"SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN ({_GROWING}) "
    "AND indexdef LIKE 'CREATE INDEX%'",
}


def settle() -> None:
    """Give the planner its statistics, as an hour of ordinary running would."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")
            cursor.execute("CHECKPOINT")
        else:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
