"""`reconcile`: a bank statement held against the book, without writing anything."""

from argparse import Namespace
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pairbook.config.commands.answers import json_number, problem_json, table, tell_json, tell_problems
from pairbook.exchange.statements import ReadStatement, read_statement
from pairbook.kernel.actions import read_upload
from pairbook.kernel.money import MINOR_UNITS, Money
from pairbook.kernel.periods import Period
from pairbook.kernel.problems import Problem, Rejected
from pairbook.kernel.texts import Lang, Text
from pairbook.pairings.reads import PairingRow, family_ids, pairing_of_code, programmes
from pairbook.parties.reads import parties_known, party_ids_named, party_of_code
from pairbook.parties.rules import PartyFacts
from pairbook.register.reads import funds_of
from pairbook.register.shapes import COLUMNS
from pairbook.register.statements.reads import (
    Alone,
    LineRow,
    OnAccount,
    Proposed,
    held_against,
    lines_read,
    matched_already,
)
from pairbook.web.numbers import money_digits

_FILE = Text("对账单文件", "Statement file")
_PARTY = Text("账户单位", "Whose account")


@dataclass(frozen=True, slots=True)
class Held:
    """A statement held against the book: whose, and the four groups."""

    party: PartyFacts
    read: ReadStatement
    matched: tuple[tuple[LineRow, tuple[int, ...]], ...]
    proposed: tuple[Proposed, ...]
    only_in_statement: tuple[Alone, ...]
    only_in_book: tuple[Alone, ...]


def reconcile(arguments: Namespace) -> int:
    """What of a statement may be which entry, and what stands in one of the two only."""
    held = _held(arguments, _pairing(arguments.pairing))
    if arguments.json:
        tell_json(held_json(held))
    else:
        print(_told(held, arguments.lang))
        tell_problems(held.read.notes, arguments)
    return 0


def _pairing(code: str | None) -> PairingRow:
    """The pairing named; where none is, the only one there is."""
    known = programmes()
    found = known[0] if code is None and len(known) == 1 else pairing_of_code(code or "")
    if found is None:
        shown = ", ".join(row.code for row in known[:8]) or "—"
        cure = Text(
            f"请用 --pairing 指明结对；可用：{shown}。",
            f"Name a pairing with --pairing; known here: {shown}.",
        )
        raise Rejected([Problem("usage.unknown", COLUMNS["pairing"], cure, value=code or "")])
    return found


def _held(arguments: Namespace, pairing: PairingRow) -> Held:
    read = read_statement(_content(arguments.file))
    if read.problems:
        raise Rejected(read.problems)
    assert read.days is not None, "a statement without problems has lines"
    family = family_ids(pairing.id)
    party, (fund_id, currency) = _party(arguments.party, read), _fund(arguments.fund, family)
    lines = lines_read(read.lines, currency)
    matched = matched_already(lines, party_id=party.id, pairing_ids=family)
    proposed, lines_alone, entries_alone = held_against(
        [line for line in lines if line.id not in matched],
        pairing_ids=family,
        party_id=party.id,
        period=Period.inclusive(*read.days),
        currency=currency,
        fund_id=fund_id,
    )
    done = tuple((line, matched[line.id]) for line in lines if line.id in matched)
    return Held(party, read, done, proposed, lines_alone, entries_alone)


def _content(file: str) -> bytes:
    path = Path(file)
    if not path.is_file():
        cure = Text("没有这个文件。", "There is no such file.")
        raise Rejected([Problem("usage.file", _FILE, cure, value=file)])
    try:
        with path.open("rb") as stream:
            return read_upload(stream)
    except OSError as error:
        cure = Text(f"读不了这个文件：{error.strerror}。", f"This file cannot be read: {error.strerror}.")
        raise Rejected([Problem("usage.unreadable", _FILE, cure, value=file)]) from error


def _party(asked: str | None, read: ReadStatement) -> PartyFacts:
    """Whose account it is: the party of this code or name, else the one the file names above its head."""
    found = party_of_code(asked) if asked else None
    if found is not None:
        return found
    # Codes are shown to administrators only; a name stands on every page.
    name = asked or read.owner
    named = party_ids_named([name])[name] if name else []
    if len(named) == 1:
        return parties_known(named)[named[0]]
    if asked is not None:
        cure = Text("没有唯一一个单位用这个代码或全称。", "No single party has this code or full name.")
        raise Rejected([Problem("usage.unknown", _PARTY, cure, value=asked)])
    cure = Text(
        "请用 --party 指明是哪个单位的账户，写全称或代码。",
        "Say with --party whose account it is, by its full name or its code.",
    )
    raise Rejected([Problem("usage.party", _PARTY, cure, value=read.owner)])


def _fund(code: str | None, family: list[int]) -> tuple[int | None, str]:
    """The fund named, or None for any, and the currency of what it is held against."""
    if code is None:
        return None, "CNY"
    # Statements are read to two decimals; money without decimals is not held against them.
    known = {
        fund.code: (fund.id, fund.currency)
        for fund in funds_of(family)
        if MINOR_UNITS[fund.currency] == MINOR_UNITS["CNY"]
    }
    if code not in known:
        shown = ", ".join(list(known)[:8]) or "—"
        cure = Text(f"可用：{shown}。", f"Known here: {shown}.")
        raise Rejected([Problem("usage.unknown", COLUMNS["fund"], cure, value=code)])
    return known[code]


def held_json(held: Held) -> dict[str, Any]:
    """The four groups with their sums; amounts in yuan, below zero where money went out."""
    lines = {
        "matched": [line for line, _ in held.matched],
        "proposed": [line for one in held.proposed for line in one.lines],
        "only_in_statement": [one.line for one in held.only_in_statement if one.line],
    }
    first, last = held.read.days or (None, None)
    return {
        "party": held.party.code,
        "from": first.isoformat() if first else None,
        "to": last.isoformat() if last else None,
        "lines": len(held.read.lines),
        "came_in": json_number(held.read.came_in.amount),
        "went_out": json_number(held.read.went_out.amount),
        "sums": {name: _sums_json(line.money for line in rows) for name, rows in lines.items()},
        "matched": [{"lines": [_line_json(line)], "entries": list(ids)} for line, ids in held.matched],
        "proposed": [
            {
                "lines": [_line_json(line) for line in one.lines],
                "entries": [_entry_json(entry) for entry in one.entries],
                "strength": one.strength,
                "reasons": list(one.reason_codes),
            }
            for one in held.proposed
        ],
        "only_in_statement": [
            {
                "line": _line_json(one.line),
                "nearest": one.near.row.id if one.near else None,
                **_said_json(one),
            }
            for one in held.only_in_statement
            if one.line
        ],
        "only_in_book": [
            {"entry": _entry_json(one.entry), **_said_json(one)} for one in held.only_in_book if one.entry
        ],
        "notes": [problem_json(note) for note in held.read.notes],
    }


def _sums_json(amounts: Iterable[Money]) -> dict[str, Any]:
    minors = [amount.minor for amount in amounts]
    came_in = Money(sum(max(minor, 0) for minor in minors))
    went_out = Money(sum(max(-minor, 0) for minor in minors))
    return {
        "lines": len(minors),
        "came_in": json_number(came_in.amount),
        "went_out": json_number(went_out.amount),
    }


def _line_json(line: LineRow) -> dict[str, Any]:
    return {
        "row": line.row,
        "day": line.on.isoformat(),
        "amount": json_number(line.money.amount),
        "number": line.number,
        "counterparty": line.counterparty,
        "text": line.text,
    }


def _entry_json(one: OnAccount) -> dict[str, Any]:
    return {
        "entry": one.row.id,
        "stage": one.row.stage,
        "day": one.row.happened_on.isoformat(),
        "amount": json_number(one.money.amount),
        "number": one.row.document_no,
    }


def _said_json(one: Alone) -> dict[str, Any]:
    return {
        "differs_zh": one.said.zh if one.said else None,
        "differs_en": one.said.en if one.said else None,
    }


def _told(held: Held, lang: Lang) -> str:
    """The groups as tables, one line a line of the bank."""
    heads = [
        Text("银行日期", "Bank: day").in_(lang),
        Text("金额（元）", "Amount (yuan)").in_(lang),
        Text("账本", "Book").in_(lang),
        Text("说明", "What is said of it").in_(lang),
    ]
    parts = [f"{held.party.name.in_(lang)}  {_days(held)}"]
    groups: list[tuple[Text, list[list[str]]]] = [
        (Text("已对上", "Matched"), [_row(line, ids, "") for line, ids in held.matched]),
        (Text("待确认", "Proposed"), [row for one in held.proposed for row in _proposed_rows(one, lang)]),
        (
            Text("只在对账单", "Only in the statement"),
            [
                _row(one.line, [one.near.row.id] if one.near else [], one.said.in_(lang) if one.said else "")
                for one in held.only_in_statement
                if one.line
            ],
        ),
        (
            Text("只在账本", "Only in the book"),
            [
                [
                    one.entry.row.happened_on.isoformat(),
                    money_digits(one.entry.money.amount),
                    str(one.entry.row.id),
                    one.said.in_(lang) if one.said else "",
                ]
                for one in held.only_in_book
                if one.entry
            ],
        ),
    ]
    for label, rows in groups:
        parts.append(f"{label.in_(lang)}: {len(rows)}" if lang == "en" else f"{label.zh}：{len(rows)}")
        if rows:
            parts.append(table(heads, rows, numbers=(1,)))
    return "\n\n".join(parts)


def _days(held: Held) -> str:
    first, last = held.read.days or ("", "")
    return f"{first} – {last}"


def _row(line: LineRow, entries: Iterable[int], said: str) -> list[str]:
    ids = " + ".join(map(str, entries))
    return [line.on.isoformat(), money_digits(line.money.amount), ids, said]


def _proposed_rows(one: Proposed, lang: Lang) -> list[list[str]]:
    joint = "、" if lang == "zh" else ", "
    said = f"{one.label.in_(lang)} ({joint.join(reason.in_(lang) for reason in one.reasons)})"
    return [_row(line, [entry.row.id for entry in one.entries], said) for line in one.lines]
