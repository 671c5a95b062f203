"""Writes on bank statements: keep one, accept, reject or make a match, take one back. Nothing is matched unasked."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db import IntegrityError, transaction

from pairbook.kernel import clock
from pairbook.kernel.access import Actor, Standing, may_on_side, must
from pairbook.kernel.actions import canonical, store_evidence, write_audit
from pairbook.kernel.money import MINOR_MAX, MINOR_UNITS
from pairbook.kernel.problems import Problem, Refusal, Rejected
from pairbook.kernel.texts import Text
from pairbook.pairings.reads import family_ids, pairing_facts, standing_in
from pairbook.pairings.rules import side_of
from pairbook.parties.reads import parties_known
from pairbook.register.models import (
    Fund,
    Match,
    MatchedEntry,
    MatchedLine,
    MatchTakenBack,
    Statement,
    StatementLine,
)
from pairbook.register.reconciling import LineDraft, key_of
from pairbook.register.statements.reads import (
    OnAccount,
    Proposed,
    StatementRow,
    current_on_account,
    live_entries,
    reconciled,
    statement_of,
)

REASON_CHARACTERS_MAX = 300
_PARTY = Text("账户单位", "Whose account")
_FILE = Text("对账单文件", "Statement file")
_DAYS = Text("起止日期", "Days covered")


@dataclass(frozen=True, slots=True)
class StatementDraft:
    """A statement about to be kept: whose, of which days, the file and the lines read from it."""

    pairing_id: int
    party_id: int | None
    first_on: date
    last_on: date
    content: bytes
    media_type: str
    lines: tuple[LineDraft, ...]
    account: str = ""
    fund_id: int | None = None


@transaction.atomic
def keep_statement(draft: StatementDraft, *, by: Actor) -> int:
    """The id of a statement now kept with the lines no earlier one of the account holds; Rejected with what is wrong.

    The same file comes in once, and so does the same line of two files that overlap.
    """
    standing = standing_in(draft.pairing_id, by)
    side = _side_of_party(draft)
    must(may_on_side(standing, "statement.keep", side or ""), "statement.keep")
    assert standing is not None and by.user_id is not None and side is not None and draft.party_id is not None
    fund = Fund.objects.filter(pk=draft.fund_id or 0, pairing_id__in=family_ids(draft.pairing_id)).first()
    problems = list(_draft_problems(draft, fund))
    if problems:
        raise Rejected(problems)
    fingerprints = _fingerprints(draft)
    known = _kept_lines(fingerprints)
    fresh = [(line, mark) for line, mark in zip(draft.lines, fingerprints, strict=True) if mark not in known]
    earlier = sorted(set(known.values()))
    if not fresh or _is_kept(draft, sha256(draft.content).hexdigest()):
        raise Rejected([_kept_already(earlier)])
    digest = store_evidence(draft.content, by=by.user_id, read_as=draft.media_type)
    try:
        statement = _write_statement(draft, fund, digest, fresh, side, standing, by.user_id)
    except IntegrityError as error:
        # The same file was kept in the same moment by somebody else.
        raise Rejected([_kept_already(earlier)]) from error
    body = {
        "party": draft.party_id,
        "sha256": digest,
        "lines": len(fresh),
        "known": len(draft.lines) - len(fresh),
        "from": draft.first_on,
        "to": draft.last_on,
    }
    write_audit("statement.keep", f"statement:{statement.pk}", body, by=by.user_id)
    return statement.pk


def _write_statement(
    draft: StatementDraft,
    fund: Fund | None,
    digest: str,
    fresh: Sequence[tuple[LineDraft, str]],
    side: str,
    standing: Standing,
    user_id: int,
) -> Statement:
    statement = Statement.objects.create(
        pairing_id=draft.pairing_id,
        party_id=draft.party_id or 0,
        fund=fund,
        account=draft.account,
        currency=fund.currency if fund else "CNY",
        first_on=draft.first_on,
        last_on=draft.last_on,
        evidence_id=digest,
        side=side,
        lines_known=len(draft.lines) - len(fresh),
        kept_at=clock.now(),
        kept_by_id=user_id,
        kept_for_id=standing.organisation_id,
    )
    StatementLine.objects.bulk_create(
        StatementLine(
            statement=statement,
            row=line.row,
            happened_on=line.on,
            money_minor=line.minor,
            number=line.number,
            counterparty=line.counterparty,
            text=line.text,
            balance_minor=line.balance_minor,
            fingerprint=mark,
        )
        for line, mark in fresh
    )
    return statement


def _side_of_party(draft: StatementDraft) -> str | None:
    if draft.party_id is None:
        cure = Text("请选择是哪个单位的账户。", "Choose whose account it is.")
        raise Rejected([Problem("statement.party", _PARTY, cure)])
    party = parties_known([draft.party_id]).get(draft.party_id)
    return side_of(party, pairing_facts(draft.pairing_id)) if party else None


def _draft_problems(draft: StatementDraft, fund: Fund | None) -> list[Problem]:
    problems = []
    if not draft.lines:
        problems.append(Problem("statement.empty", _FILE, Text("没有一笔。", "It holds no line.")))
    if draft.fund_id is not None and fund is None:
        cure = Text("这个结对没有这笔资金。", "This pairing has no such fund.")
        problems.append(Problem("statement.fund", Text("资金", "Fund"), cure))
    if fund is not None and MINOR_UNITS[fund.currency] != MINOR_UNITS["CNY"]:
        cure = Text(
            "对账单按两位小数读取，这笔资金的币种没有小数；请不限资金。",
            "Statements are read to two decimals and this fund's currency has none; choose any fund.",
        )
        problems.append(Problem("statement.fund", Text("资金", "Fund"), cure))
    if any(line.on < draft.first_on or line.on > draft.last_on for line in draft.lines):
        cure = Text(
            "有的行不在起止日期之内；请核对起止日期。", "Some line lies outside the days covered; check them."
        )
        problems.append(Problem("statement.days", _DAYS, cure))
    if sum(abs(line.minor) for line in draft.lines) > MINOR_MAX:
        cure = Text("金额大得账本放不下，请核对单位。", "This is more than a book can hold; check the unit.")
        problems.append(Problem("statement.amount", _FILE, cure))
    return problems


def _fingerprints(draft: StatementDraft) -> list[str]:
    """What tells each line from every other of the account: what it says, and which it is of those that say the same.

    The balance is left out: a bank gives the same line with it and without.
    """
    seen = Counter[str]()
    marks = []
    for line in draft.lines:
        said = canonical(
            {
                "pairing": draft.pairing_id,
                "party": draft.party_id,
                "account": draft.account,
                "on": line.on,
                "minor": line.minor,
                "number": line.number,
                "counterparty": line.counterparty,
                "text": line.text,
            }
        )
        seen[said] += 1
        marks.append(sha256(f"{said}#{seen[said]}".encode()).hexdigest())
    return marks


def _kept_lines(fingerprints: Sequence[str]) -> dict[str, int]:
    """Of these lines the ones that are kept, with the statement that holds them."""
    rows = StatementLine.objects.filter(fingerprint__in=fingerprints)
    return dict(rows.values_list("fingerprint", "statement_id"))


def _is_kept(draft: StatementDraft, digest: str) -> bool:
    assert draft.party_id is not None, "its side was found"
    return Statement.objects.filter(
        pairing_id=draft.pairing_id, party_id=draft.party_id, account=draft.account, evidence_id=digest
    ).exists()


def _kept_already(earlier: Sequence[int]) -> Problem:
    zh, en = "、".join(f"第 {one} 份" for one in earlier), ", ".join(f"no. {one}" for one in earlier)
    cure = Text(
        f"这些行都已在账里（对账单{zh}），不再收一遍。" if earlier else "同一份文件刚刚收过。",
        f"Every line of it is kept already (statement {en}); nothing is taken twice."
        if earlier
        else "The same file was kept a moment ago.",
    )
    return Problem("statement.kept", _FILE, cure)


@transaction.atomic
def accept_matches(statement_id: int, keys: Sequence[str], *, by: Actor) -> list[int]:
    """The ids of the matches now accepted; Refusal where one of them is not proposed any more."""
    statement, standing = _statement_at_hand(statement_id, by)
    found = reconciled(statement_id)
    assert found is not None
    proposed = {one.key: one for one in found.proposed}
    wanted = list(dict.fromkeys(keys))
    if not wanted:
        raise Refusal("match.none", Text("没有选择任何一项。", "Nothing was chosen."))
    if not set(wanted) <= proposed.keys():
        raise _changed()
    return [_accept(statement, standing, proposed[key], by) for key in wanted]


def _accept(statement: StatementRow, standing: Standing, one: Proposed, by: Actor) -> int:
    codes = " ".join(one.reason_codes)
    return _write_match(
        statement,
        standing,
        [line.id for line in one.lines],
        one.entries,
        strength=one.strength,
        reasons=codes,
        by=by,
    )


@transaction.atomic
def match_by_hand(statement_id: int, line_ids: Sequence[int], entry_ids: Sequence[int], *, by: Actor) -> int:
    """The id of a match between these lines and entries; Rejected unless both are free and add up to the same."""
    statement, standing = _statement_at_hand(statement_id, by)
    lines = list(
        StatementLine.objects.filter(statement_id=statement_id, pk__in=line_ids).exclude(
            matched__match__in=Match.objects.filter(taken_back=None)
        )
    )
    roots = _roots_of(entry_ids, statement)
    held = live_entries(statement.party_id)
    entries = [roots[one] for one in dict.fromkeys(roots) if one not in held]
    place = Text("记录号", "Entry no.")
    if not lines or len(lines) != len(set(line_ids)):
        cure = Text("这一行已有对应的记录。", "This line is matched already.")
        raise Rejected([Problem("match.entries", place, cure)])
    if not entry_ids or len(roots) != len(set(entry_ids)):
        cure = Text(
            "请填写这个账户上收付的、仍有效的资金记录的编号。",
            "Give the numbers of current entries of money of this account.",
        )
        raise Rejected([Problem("match.entries", place, cure)])
    if len(entries) != len(roots):
        cure = Text("其中有的记录已对应了别的行。", "Some of these entries are matched with other lines.")
        raise Rejected([Problem("match.entries", place, cure)])
    if sum(line.money_minor for line in lines) != sum(one.money.minor for one in entries):
        cure = Text(
            "两边金额不相等；请先更正记录，或换一条记录。",
            "The amounts are not the same; correct the entry first, or name another.",
        )
        raise Rejected([Problem("match.entries", place, cure)])
    return _write_match(
        statement, standing, [line.pk for line in lines], entries, strength="by_hand", reasons="", by=by
    )


def _roots_of(entry_ids: Sequence[int], statement: StatementRow) -> dict[int, OnAccount]:
    known = current_on_account(entry_ids, statement)
    return {one.root_id: one for one in known.values() if one.money.currency == statement.currency}


def _write_match(
    statement: StatementRow,
    standing: Standing,
    line_ids: Sequence[int],
    entries: Sequence[OnAccount],
    *,
    strength: str,
    reasons: str,
    by: Actor,
) -> int:
    roots = [one.root_id for one in entries]
    match = _decide(statement, standing, "accepted", key_of(line_ids, roots), strength, reasons, by)
    # Only what was taken back makes way for a further turn: a match that stands keeps its own, and is met by it.
    before = {"match__taken_back__isnull": False}
    turns_of_lines = Counter(
        MatchedLine.objects.filter(line_id__in=line_ids, **before).values_list("line_id", flat=True)
    )
    turns_of_entries = Counter(
        MatchedEntry.objects.filter(entry_id__in=roots, party_id=statement.party_id, **before).values_list(
            "entry_id", flat=True
        )
    )
    try:
        MatchedLine.objects.bulk_create(
            MatchedLine(match=match, line_id=line, turn=turns_of_lines[line]) for line in line_ids
        )
        MatchedEntry.objects.bulk_create(
            MatchedEntry(
                match=match,
                entry_id=one.root_id,
                party_id=statement.party_id,
                turn=turns_of_entries[one.root_id],
                minor=one.money.minor,
            )
            for one in entries
        )
    except IntegrityError as error:
        # Somebody matched the same line or entry in the same moment: the database took one of the two.
        raise _changed() from error
    body = {"key": match.key, "strength": strength, "reasons": reasons}
    write_audit("match.accept", f"statement:{statement.id}", body, by=by.user_id)
    for root in roots:
        write_audit(
            "match.accept", f"entry:{root}", {"statement": statement.id, "match": match.pk}, by=by.user_id
        )
    return match.pk


def _decide(
    statement: StatementRow,
    standing: Standing,
    verdict: str,
    key: str,
    strength: str,
    reasons: str,
    by: Actor,
) -> Match:
    assert by.user_id is not None, "access was checked"
    return Match.objects.create(
        statement_id=statement.id,
        verdict=verdict,
        key=key,
        strength=strength,
        reasons=reasons,
        decided_at=clock.now(),
        decided_by_id=by.user_id,
        decided_for_id=standing.organisation_id,
    )


@transaction.atomic
def reject_match(statement_id: int, key: str, *, by: Actor) -> int:
    """The id of the rejection: these lines and entries are not proposed together again."""
    statement, standing = _statement_at_hand(statement_id, by)
    found = reconciled(statement_id)
    assert found is not None
    one = next((one for one in found.proposed if one.key == key), None)
    if one is None:
        raise _changed()
    codes = " ".join(one.reason_codes)
    match = _decide(statement, standing, "rejected", key, one.strength, codes, by)
    write_audit("match.reject", f"statement:{statement_id}", {"key": key}, by=by.user_id)
    return match.pk


@transaction.atomic
def take_back_match(match_id: int, *, reason: str, by: Actor) -> None:
    """The match (or rejection) counts no longer; its lines and entries are free again. Rejected without a reason."""
    match = Match.objects.filter(pk=match_id).first()
    if match is None:
        raise _changed()
    _statement_at_hand(match.statement_id, by)
    place = Text("原因", "Reason")
    if not reason.strip():
        raise Rejected([Problem("match.reason", place, Text("请写明原因。", "Say why."))])
    if len(reason.strip()) > REASON_CHARACTERS_MAX:
        cure = Text(f"不超过 {REASON_CHARACTERS_MAX} 个字。", f"At most {REASON_CHARACTERS_MAX} characters.")
        raise Rejected([Problem("match.reason", place, cure)])
    if MatchTakenBack.objects.filter(match=match).exists():
        raise _changed()
    assert by.user_id is not None, "access was checked"
    MatchTakenBack.objects.create(
        match=match, reason=reason.strip(), taken_back_at=clock.now(), taken_back_by_id=by.user_id
    )
    body = {"match": match_id, "key": match.key, "reason": reason.strip()}
    write_audit("match.take_back", f"statement:{match.statement_id}", body, by=by.user_id)
    for entry in match.entries.all():
        write_audit("match.take_back", f"entry:{entry.entry_id}", {"match": match_id}, by=by.user_id)


def _statement_at_hand(statement_id: int, by: Actor) -> tuple[StatementRow, Standing]:
    """The statement, held for this transaction, and what the actor is there; refused to all but its side's officers."""
    # One match after the other: what is proposed is computed from what was accepted before.
    Statement.objects.select_for_update().filter(pk=statement_id).first()
    statement = statement_of(statement_id)
    if statement is None:
        raise _changed()
    standing = standing_in(statement.pairing_id, by)
    must(may_on_side(standing, "statement.keep", statement.side), "statement.keep")
    assert standing is not None and by.user_id is not None
    return statement, standing


def _changed() -> Refusal:
    return Refusal(
        "match.changed",
        Text(
            "这一项已经变了：可能刚被别人处理，或记录有更正。请回到对账单重新看。",
            "This has changed: somebody else may have dealt with it, or an entry was corrected. "
            "Look at the statement again.",
        ),
    )
