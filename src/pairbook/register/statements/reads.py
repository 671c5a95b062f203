"""Questions on bank statements: which there are, what was matched, what may be, what stands on one side only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from pairbook.kernel import clock
from pairbook.kernel.access import Actor, may_on_side
from pairbook.kernel.kinds import kinds_offering
from pairbook.kernel.money import Money
from pairbook.kernel.periods import Period
from pairbook.kernel.reads import threshold
from pairbook.kernel.texts import Text
from pairbook.pairings.reads import family_ids, standing_in
from pairbook.register.known import NUMBER_MAX, stage_of
from pairbook.register.models import Entry, Match, MatchedEntry, MatchedLine, Statement, StatementLine
from pairbook.register.reads import EntryFilter, EntryRow, entry_rows, matching_entries
from pairbook.register.reconciling import (
    FAR_DAYS,
    REASONS,
    STRENGTHS,
    BankLine,
    BookEntry,
    LineDraft,
    ProposedMatch,
    difference_told,
    differences,
    propose,
    sign_for,
)
from pairbook.register.shapes import Record


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A kept statement, with what its lines add up to."""

    id: int
    pairing_id: int
    pairing_code: str
    party_id: int
    party: Text
    side: str
    fund_id: int | None
    fund: Text | None
    account: str
    currency: str
    first_on: date
    last_on: date
    sha256: str
    lines: int
    lines_known: int
    lines_matched: int
    came_in: Money
    went_out: Money
    kept_at: datetime
    kept_by: str
    kept_for: Text

    @property
    def period(self) -> Period:
        """The days it covers, both counted."""
        return Period.inclusive(self.first_on, self.last_on)


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line as pages show it."""

    id: int
    statement_id: int
    row: int
    on: date
    money: Money
    """Below zero where it went out."""
    number: str
    counterparty: str
    text: str


@dataclass(frozen=True, slots=True)
class OnAccount:
    """An entry as the account of one party sees it: in its current version, above zero where money came in."""

    row: EntryRow
    root_id: int
    money: Money


@dataclass(frozen=True, slots=True)
class MatchRow:
    """An accepted match, or one that was rejected."""

    id: int
    verdict: str
    strength: Text
    reasons: tuple[Text, ...]
    decided_at: datetime
    decided_by: str
    lines: tuple[LineRow, ...]
    entries: tuple[OnAccount, ...]
    said: Text | None = None
    """What no longer agrees, where an entry was corrected or withdrawn since."""

    @property
    def lines_sum(self) -> Money:
        """What its lines add up to."""
        return _sum(
            (line.money for line in self.lines), self.lines[0].money.currency if self.lines else "CNY"
        )


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal with its lines and entries, as a page shows it to who decides."""

    key: str
    strength: str
    label: Text
    reason_codes: tuple[str, ...]
    lines: tuple[LineRow, ...]
    entries: tuple[OnAccount, ...]
    said: Text | None = None
    """What the bank and the book have, where the day of one line and one entry is not the same."""

    @property
    def reasons(self) -> tuple[Text, ...]:
        """Why it is proposed, in words."""
        return tuple(REASONS[code] for code in self.reason_codes)


@dataclass(frozen=True, slots=True)
class Alone:
    """A line or an entry without its like, with the one that is nearly so in a sentence."""

    line: LineRow | None
    entry: OnAccount | None
    said: Text | None = None
    near: OnAccount | None = None
    """The entry a line nearly is."""


@dataclass(frozen=True, slots=True)
class GroupSum:
    """What the lines (or entries) of a group come to."""

    count: int
    came_in: Money
    went_out: Money


@dataclass(frozen=True, slots=True)
class Reconciled:
    """A statement held against the book: the first three groups together are all its lines."""

    statement: StatementRow
    matched: tuple[MatchRow, ...]
    proposed: tuple[Proposed, ...]
    only_in_statement: tuple[Alone, ...]
    only_in_book: tuple[Alone, ...]
    rejected: tuple[MatchRow, ...] = ()

    @property
    def sums(self) -> dict[str, GroupSum]:
        """Of each group, how many lines and what they add up to; of the last, entries."""
        currency = self.statement.currency
        lines = {
            "matched": [line.money for match in self.matched for line in match.lines],
            "proposed": [line.money for one in self.proposed for line in one.lines],
            "only_in_statement": [one.line.money for one in self.only_in_statement if one.line],
            "only_in_book": [one.entry.money for one in self.only_in_book if one.entry],
        }
        return {name: _group_sum(amounts, currency) for name, amounts in lines.items()}

    @property
    def certain(self) -> tuple[Proposed, ...]:
        """The proposals one button may accept together."""
        return tuple(one for one in self.proposed if one.strength == "certain")

    @property
    def adds_up(self) -> bool:
        """Whether the groups of lines come to what the statement has: never otherwise, and shown all the same."""
        sums = self.sums
        parts = [sums[name] for name in ("matched", "proposed", "only_in_statement")]
        held = self.statement
        return (
            _sum((one.came_in for one in parts), held.currency),
            _sum((one.went_out for one in parts), held.currency),
        ) == (held.came_in, held.went_out)


def _sum(amounts: Iterable[Money], currency: str) -> Money:
    return Money(sum(amount.minor for amount in amounts), currency)


def _group_sum(amounts: Sequence[Money], currency: str) -> GroupSum:
    came_in = sum(max(amount.minor, 0) for amount in amounts)
    went_out = sum(max(-amount.minor, 0) for amount in amounts)
    return GroupSum(len(amounts), Money(came_in, currency), Money(went_out, currency))


def may_read_statement(actor: Actor, pairing_id: int, side: str) -> bool:
    """Whether the actor may see the statements of this side: its officers, and auditors."""
    return may_on_side(standing_in(pairing_id, actor), "statement.read", side)


def statements_of(pairing_ids: Sequence[int], *, side: str | None = None) -> list[StatementRow]:
    """The statements of these pairings, the latest days first; of one side where it is named."""
    rows = Statement.objects.filter(pairing_id__in=pairing_ids)
    if side is not None:
        rows = rows.filter(side=side)
    return _statement_rows(rows.order_by("-last_on", "-id"))


def statement_of(statement_id: int) -> StatementRow | None:
    """One statement, or None."""
    if statement_id > NUMBER_MAX:
        return None
    return next(iter(_statement_rows(Statement.objects.filter(pk=statement_id))), None)


def _statement_rows(rows: Iterable[Statement]) -> list[StatementRow]:
    found = list(
        Statement.objects.filter(pk__in=[row.pk for row in rows]).select_related(
            "pairing", "party", "fund", "kept_by", "kept_for"
        )
    )
    order = {row.pk: place for place, row in enumerate(rows)}
    matched = set(
        MatchedLine.objects.filter(match__statement__in=found, match__taken_back=None).values_list(
            "line_id", flat=True
        )
    )
    amounts: dict[int, list[Money]] = {}
    done: dict[int, int] = {}
    currencies = {row.pk: row.currency for row in found}
    lines = StatementLine.objects.filter(statement__in=found).values_list("id", "statement_id", "money_minor")
    for line_id, statement_id, minor in lines:
        amounts.setdefault(statement_id, []).append(Money(minor, currencies[statement_id]))
        done[statement_id] = done.get(statement_id, 0) + (line_id in matched)
    shown = []
    for row in found:
        sums = _group_sum(amounts.get(row.pk, []), row.currency)
        shown.append(
            StatementRow(
                id=row.pk,
                pairing_id=row.pairing_id,
                pairing_code=row.pairing.code,
                party_id=row.party_id,
                party=Text(row.party.name_zh, row.party.name_en),
                side=row.side,
                fund_id=row.fund_id,
                fund=Text(row.fund.name_zh, row.fund.name_en) if row.fund else None,
                account=row.account,
                currency=row.currency,
                first_on=row.first_on,
                last_on=row.last_on,
                sha256=row.evidence_id,
                lines=sums.count,
                lines_known=row.lines_known,
                lines_matched=done.get(row.pk, 0),
                came_in=sums.came_in,
                went_out=sums.went_out,
                kept_at=row.kept_at,
                kept_by=row.kept_by.display_name or row.kept_by.username,
                kept_for=Text(row.kept_for.name_zh, row.kept_for.name_en),
            )
        )
    return sorted(shown, key=lambda one: order[one.id])


def _line_row(line: StatementLine, currency: str) -> LineRow:
    return LineRow(
        line.pk,
        line.statement_id,
        line.row,
        line.happened_on,
        Money(line.money_minor, currency),
        line.number,
        line.counterparty,
        line.text,
    )


def line_of(line_id: int) -> LineRow | None:
    """One line of a kept statement, or None."""
    if line_id > NUMBER_MAX:
        return None
    line = StatementLine.objects.filter(pk=line_id).select_related("statement").first()
    return _line_row(line, line.statement.currency) if line else None


def entries_on_account(
    *, pairing_ids: Sequence[int], party_id: int, period: Period, currency: str, fund_id: int | None = None
) -> list[OnAccount]:
    """The current entries of money that the bank account of a party shows in a period, oldest first."""
    found = []
    for kind, record in kinds_offering(Record):
        stages = tuple(stage.code for stage in record.stages if _signs(record, stage.code))
        if record.carries != "money" or not stages:
            continue
        wanted = EntryFilter(
            pairing_ids=tuple(pairing_ids),
            kind=kind.code,
            stages=stages,
            period=period,
            currency=currency,
            fund_id=fund_id,
            party_id=party_id,
        )
        found += _on_account(wanted, party_id)
    return found


def _signs(record: Record, stage_code: str) -> bool:
    stage = record.stage(stage_code)
    return stage is not None and any(sign_for(stage.move, is_giver=is_giver) for is_giver in (True, False))


def _on_account(wanted: EntryFilter, party_id: int) -> list[OnAccount]:
    signed = {}
    columns = ("id", "root_id", "kind", "stage", "giver_id", "money_minor", "currency")
    for entry_id, root_id, kind, stage, giver_id, minor, currency in matching_entries(wanted).values_list(
        *columns
    ):
        sign = sign_for(stage_of(kind, stage).move, is_giver=giver_id == party_id)
        if sign and minor:
            signed[entry_id] = (root_id or entry_id, Money(sign * minor, currency))
    ids = EntryFilter(pairing_ids=wanted.pairing_ids, ids=tuple(signed))
    rows = entry_rows(ids, limit=len(signed) or 1, oldest_first=True)
    return [OnAccount(row, *signed[row.id]) for row in rows]


def live_entries(party_id: int) -> set[int]:
    """The first versions of the entries that stand in an accepted match of a party's statements, of any pairing."""
    rows = MatchedEntry.objects.filter(party_id=party_id, match__taken_back=None)
    return set(rows.values_list("entry_id", flat=True))


def book_entry(one: OnAccount) -> BookEntry:
    """An entry as the rules of matching take it."""
    other = one.row.giver if one.money.minor > 0 else one.row.receiver
    return BookEntry(
        one.root_id, one.row.happened_on, one.money.minor, one.row.document_no, (other.zh, other.en)
    )


def bank_line(line: LineRow) -> BankLine:
    """A line as the rules of matching take it."""
    return BankLine(line.id, line.on, line.money.minor, line.number, line.counterparty, line.text)


def reconciled(statement_id: int) -> Reconciled | None:
    """A statement held against the book as both stand now; None where there is none of this number."""
    statement = statement_of(statement_id)
    if statement is None:
        return None
    lines = {
        line.pk: _line_row(line, statement.currency)
        for line in StatementLine.objects.filter(statement_id=statement_id).order_by("row", "id")
    }
    matched, rejected = _matches(statement, lines)
    taken = {line.id for match in matched for line in match.lines}
    free = [line for line in lines.values() if line.id not in taken]
    keys = frozenset(
        Match.objects.filter(statement_id=statement_id, verdict="rejected", taken_back=None).values_list(
            "key", flat=True
        )
    )
    proposed, lines_alone, entries_alone = held_against(
        free,
        pairing_ids=family_ids(statement.pairing_id),
        party_id=statement.party_id,
        period=statement.period,
        currency=statement.currency,
        fund_id=statement.fund_id,
        rejected=keys,
    )
    return Reconciled(statement, matched, proposed, lines_alone, entries_alone, rejected)


def held_against(
    lines: Sequence[LineRow],
    *,
    pairing_ids: Sequence[int],
    party_id: int,
    period: Period,
    currency: str = "CNY",
    fund_id: int | None = None,
    rejected: frozenset[str] = frozenset(),
) -> tuple[tuple[Proposed, ...], tuple[Alone, ...], tuple[Alone, ...]]:
    """What may be matched of these lines, then the lines and the entries of the period that stay alone."""
    days = threshold("register.statement_days", clock.today())
    around = Period(
        period.start - timedelta(days=max(FAR_DAYS, days)), period.end + timedelta(days=max(FAR_DAYS, days))
    )
    held = live_entries(party_id)
    entries = {
        one.root_id: one
        for one in entries_on_account(
            pairing_ids=pairing_ids, party_id=party_id, period=around, currency=currency, fund_id=fund_id
        )
        if one.root_id not in held
    }
    by_id = {line.id: line for line in lines}
    bank, book = [bank_line(line) for line in lines], [book_entry(one) for one in entries.values()]
    found = propose(bank, book, days=days, rejected=rejected)
    proposed = tuple(_proposed(one, by_id, entries) for one in found)
    used_lines = {line for one in found for line in one.lines}
    used_entries = {entry for one in found for entry in one.entries}
    bank = [one for one in bank if one.id not in used_lines]
    book = [one for one in book if one.id not in used_entries]
    near = differences(bank, book, days=days)
    of_line, of_entry = {one.line: one for one in near}, {one.entry: one for one in near}
    lines_alone = tuple(
        Alone(
            by_id[one.id],
            None,
            of_line[one.id].said if one.id in of_line else None,
            entries[of_line[one.id].entry] if one.id in of_line else None,
        )
        for one in bank
    )
    entries_alone = tuple(
        Alone(None, entries[one.id], of_entry[one.id].said if one.id in of_entry else None)
        for one in book
        if one.on in period
    )
    return proposed, lines_alone, entries_alone


def _proposed(one: ProposedMatch, lines: dict[int, LineRow], entries: dict[int, OnAccount]) -> Proposed:
    said = None
    if len(one.lines) == len(one.entries) == 1:
        line, entry = lines[one.lines[0]], entries[one.entries[0]]
        if line.on != entry.row.happened_on:
            said = difference_told(bank_line(line), book_entry(entry), currency=line.money.currency)
    return Proposed(
        one.key,
        one.strength,
        STRENGTHS[one.strength],
        one.reasons,
        tuple(lines[line] for line in one.lines),
        tuple(entries[entry] for entry in one.entries),
        said,
    )


def _matches(
    statement: StatementRow, lines: dict[int, LineRow]
) -> tuple[tuple[MatchRow, ...], tuple[MatchRow, ...]]:
    """What stands accepted, and what stands rejected, oldest first."""
    found = list(
        Match.objects.filter(statement_id=statement.id, taken_back=None)
        .select_related("decided_by")
        .prefetch_related("lines", "entries")
        .order_by("id")
    )
    roots: dict[int, list[int]] = {}
    line_ids: dict[int, list[int]] = {}
    for match in found:
        if match.verdict == "accepted":
            line_ids[match.pk] = [one.line_id for one in match.lines.all()]
            roots[match.pk] = [one.entry_id for one in match.entries.all()]
        else:
            told = match.key.split(":")
            line_ids[match.pk] = [int(number) for number in told[0].split("+")]
            roots[match.pk] = [int(number) for number in told[1].split("+")]
    known = current_on_account({root for some in roots.values() for root in some}, statement)
    rows = [
        MatchRow(
            match.pk,
            match.verdict,
            STRENGTHS[match.strength],
            tuple(REASONS[code] for code in match.reasons.split()),
            match.decided_at,
            match.decided_by.display_name or match.decided_by.username,
            tuple(sorted((lines[line] for line in line_ids[match.pk]), key=lambda one: one.row)),
            tuple(known[root] for root in roots[match.pk] if root in known),
        )
        for match in found
    ]
    accepted = sorted(
        (_with_difference(row, roots[row.id], known) for row in rows if row.verdict == "accepted"),
        key=lambda one: (one.lines[0].on, one.lines[0].row),
    )
    return tuple(accepted), tuple(row for row in rows if row.verdict == "rejected")


def _with_difference(row: MatchRow, roots: Sequence[int], known: dict[int, OnAccount]) -> MatchRow:
    """The match, with what changed in the book since it was accepted."""
    gone = [root for root in roots if root not in known]
    entries = _sum((one.money for one in row.entries), row.lines_sum.currency)
    said = None
    if gone:
        zh, en = "、".join(map(str, gone)), ", ".join(map(str, gone))
        said = Text(
            f"第 {zh} 号记录已撤回；请撤销这项对应。",
            f"Entry {en} was withdrawn since; take this match back.",
        )
    elif entries != row.lines_sum:
        line, entry = row.lines[0], row.entries[0]
        told = difference_told(
            BankLine(line.id, line.on, row.lines_sum.minor),
            BookEntry(0, entry.row.happened_on, entries.minor),
        )
        said = Text(f"对应之后记录有更正：{told.zh}", f"Corrected since it was matched. {told.en}")
    return MatchRow(
        row.id,
        row.verdict,
        row.strength,
        row.reasons,
        row.decided_at,
        row.decided_by,
        row.lines,
        row.entries,
        said,
    )


def current_on_account(roots: Iterable[int], statement: StatementRow) -> dict[int, OnAccount]:
    """These entries in their current version as the statement's account sees them, by first version."""
    wanted = list(roots)
    current = (
        Entry.objects.filter(Q(pk__in=wanted) | Q(root_id__in=wanted)).current().values_list("id", flat=True)
    )
    asked = EntryFilter(pairing_ids=tuple(family_ids(statement.pairing_id)), ids=tuple(current))
    return {one.root_id: one for one in _on_account(asked, statement.party_id)}


@dataclass(frozen=True, slots=True)
class BankSaid:
    """A line of a bank statement that an entry was matched with."""

    line: LineRow
    statement: StatementRow


def bank_lines_of(root_id: int, actor: Actor) -> list[BankSaid]:
    """The lines an entry (by its first version) is matched with, of the sides whose statements the actor may see."""
    statement_ids = (
        MatchedEntry.objects.filter(entry_id=root_id, match__taken_back=None)
        .values_list("match_id", "match__statement_id")
        .order_by("match_id")
    )
    found = []
    for match_id, statement_id in statement_ids:
        statement = statement_of(statement_id)
        assert statement is not None, "a match is of a statement"
        if not may_read_statement(actor, statement.pairing_id, statement.side):
            continue
        lines = StatementLine.objects.filter(matched__match_id=match_id).order_by("row")
        found += [BankSaid(_line_row(line, statement.currency), statement) for line in lines]
    return found


def unbanked(pairing_ids: Sequence[int]) -> list[tuple[int, date, Text]]:
    """Entries of money without a line although a statement covers their day: number, day, whose account."""
    found: dict[int, tuple[int, date, Text]] = {}
    statements = list(
        Statement.objects.filter(pairing_id__in=pairing_ids).select_related("party").order_by("last_on", "id")
    )
    # What was paid in the last days a bank has told of may stand in its next statement.
    days = timedelta(days=threshold("register.statement_days", clock.today()))
    told_until = {one.party_id: one.last_on - days for one in statements}
    held = {one: live_entries(one) for one in told_until}
    for statement in statements:
        entries = entries_on_account(
            pairing_ids=family_ids(statement.pairing_id),
            party_id=statement.party_id,
            period=Period.inclusive(statement.first_on, statement.last_on),
            currency=statement.currency,
            fund_id=statement.fund_id,
        )
        for one in entries:
            is_late = one.row.happened_on > told_until[statement.party_id]
            if one.root_id not in held[statement.party_id] and not is_late:
                party = Text(statement.party.name_zh, statement.party.name_en)
                found[one.row.id] = (one.row.id, one.row.happened_on, party)
    return sorted(found.values(), key=lambda one: (one[1], one[0]))


def matched_already(
    lines: Sequence[LineRow], *, party_id: int, pairing_ids: Sequence[int]
) -> dict[int, tuple[int, ...]]:
    """Of lines that are not kept, those of which the same line is kept and matched: by number, the entries."""
    kept: dict[tuple[object, ...], list[int]] = {}
    matched = MatchedLine.objects.filter(
        match__taken_back=None,
        match__statement__pairing_id__in=pairing_ids,
        match__statement__party_id=party_id,
    ).select_related("line")
    for one in matched.order_by("line_id"):
        row = one.line
        said = (row.happened_on, row.money_minor, row.number, row.counterparty, row.text)
        kept.setdefault(said, []).append(one.match_id)
    found = {}
    for line in lines:
        same = kept.get((line.on, line.money.minor, line.number, line.counterparty, line.text))
        if same:
            entries = MatchedEntry.objects.filter(match_id=same.pop(0)).order_by("entry_id")
            found[line.id] = tuple(entries.values_list("entry_id", flat=True))
    return found


def lines_read(drafts: Sequence[LineDraft], currency: str = "CNY") -> list[LineRow]:
    """Lines of a file that is not kept, to hold them against the book without writing anything."""
    return [
        LineRow(
            place,
            0,
            line.row,
            line.on,
            Money(line.minor, currency),
            line.number,
            line.counterparty,
            line.text,
        )
        for place, line in enumerate(drafts, start=1)
    ]
