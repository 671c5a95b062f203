"""Which lines of a bank statement may be which entries of money: proposals with reasons, never a decision.

Plain values in, plain values out. Every proposal waits for a person; a line and an entry stand in one proposal at most,
the amounts of both sides are the same to the fen, and the order in which rows come in changes nothing.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, TypeVar
from unicodedata import normalize

from pairbook.kernel.money import Money
from pairbook.kernel.texts import Text
from pairbook.register.shapes import Move
from pairbook.web.numbers import day_in_words, money_digits

Strength = Literal["certain", "likely", "possible"]
STRENGTHS: dict[str, Text] = {
    "certain": Text("确定", "certain"),
    "likely": Text("很可能", "likely"),
    "possible": Text("可能", "possible"),
    "by_hand": Text("人工指定", "by hand"),
}
REASONS: dict[str, Text] = {
    "amount": Text("金额相同", "same amount"),
    "number_exact": Text("号码完全相同", "same number"),
    "number": Text("号码相同（写法不同）", "same number, written differently"),
    "number_in_text": Text("摘要里写有这个号码", "the text of the line names the number"),
    "same_day": Text("同一天", "same day"),
    "day_near": Text("日期相近", "days close to each other"),
    "day_far": Text("日期相隔较远", "days far apart"),
    "counterparty": Text("对方户名相同", "same counterparty"),
    "counterparty_differs": Text("对方户名不同", "another counterparty"),
    "only_one": Text("两边都只有这一笔", "the only one on either side"),
    "one_of_several": Text("同样金额不止一笔", "one of several of this amount"),
    "sum_of_entries": Text("几条记录之和等于这一行", "several entries add up to the line"),
    "sum_of_lines": Text("几行之和等于这条记录", "several lines add up to the entry"),
    "other_sums": Text("也有别的凑法", "other sums come out as well"),
}

# How far from its day a line is still looked for where amount and number, or amount alone, fit nothing nearer.
FAR_DAYS = 92
# A batch is looked for among so many rows, of so many at most, in so many steps; beyond that a person matches by hand.
BATCH_ROWS_MAX, BATCH_SIZE_MAX, BATCH_STEPS_MAX = 24, 8, 20_000
# Where thousands of lines have one amount, only a person can tell them apart.
_PAIRS_MAX = 200_000
# A difference that is told as one: 1% of the amount, or one hundred yuan.
_NEAR_PERCENT, _NEAR_MINOR = 1, 10_000


@dataclass(frozen=True, slots=True)
class LineDraft:
    """A line as it was read from a file; `minor` is above zero where money came in, below where it went out."""

    row: int
    """The row of the file, from 1."""
    on: date
    minor: int
    number: str = ""
    counterparty: str = ""
    text: str = ""
    balance_minor: int | None = None

    @property
    def size(self) -> Money:
        """How much it is, whether it came in or went out."""
        return Money(abs(self.minor))


@dataclass(frozen=True, slots=True)
class BankLine:
    """A line of a kept statement."""

    id: int
    on: date
    minor: int
    number: str = ""
    counterparty: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class BookEntry:
    """An entry of money as the account sees it: `minor` above zero where it came in. `id` is its first version's."""

    id: int
    on: date
    minor: int
    number: str = ""
    counterparties: tuple[str, ...] = ()
    """What the other party is called, in each language."""


@dataclass(frozen=True, slots=True)
class ProposedMatch:
    """Lines and entries that may be the same money: one to one, one to several or several to one."""

    lines: tuple[int, ...]
    entries: tuple[int, ...]
    strength: Strength
    reasons: tuple[str, ...]

    @property
    def key(self) -> str:
        """What names it in a form, and in what was rejected: `12:4+5`."""
        return key_of(self.lines, self.entries)


@dataclass(frozen=True, slots=True)
class Near:
    """A line and an entry that differ in amount, and are otherwise so alike that one of them may be wrong."""

    line: int
    entry: int
    said: Text


def key_of(lines: Iterable[int], entries: Iterable[int]) -> str:
    """Lines and entries in one word, whatever their order."""
    return f"{'+'.join(map(str, sorted(lines)))}:{'+'.join(map(str, sorted(entries)))}"


def sign_for(move: Move, *, is_giver: bool) -> int:
    """Whether an entry of this move shows on the account of its giver or receiver: 1 came in, -1 went out, 0 not.

    What was sent leaves the giver's account, what was received reaches the receiver's; in between nobody's shows it.
    """
    if is_giver:
        return -1 if move in ("send", "use", "refund", "return") else 0
    return 1 if move in ("receive", "use", "refund", "return") else 0


# Words around a number that say only that it is one.
_NOISE = re.compile(r"回单|凭证号?|文号|编号|流水号|号码|NO|[第号字]")
_TOKENS = re.compile(r"\d+|[A-Z]+|[\u4e00-\u9fff]+")


@lru_cache(maxsize=20_000)
def number_tokens(written: str) -> tuple[str, ...]:
    """What tells a number from others: of 样财预〔2020〕7号 it is (样财预, 2020, 7); brackets and leading zeros go."""
    plain = _NOISE.sub(" ", normalize("NFKC", written).upper())
    return tuple(token.lstrip("0") or "0" if token.isdigit() else token for token in _TOKENS.findall(plain))


def _is_telling(tokens: Sequence[str]) -> bool:
    """Whether a number is more than a counter that begins anew each day."""
    digits = [token for token in tokens if token.isdigit()]
    return len(digits) > 1 or any(len(token) > 3 for token in digits) or (len(tokens) > 1 and bool(digits))


@lru_cache(maxsize=20_000)
def _number_sought(written: str) -> tuple[str, ...]:
    """The parts of an entry's number; none where it has no digit."""
    tokens = number_tokens(written)
    return tokens if any(token.isdigit() for token in tokens) else ()


def shared_number(line: BankLine, entry: BookEntry) -> str:
    """How a line names an entry's number: a key of REASONS, or empty where it does not."""
    wanted = _number_sought(entry.number)
    if not wanted:
        return ""
    if line.number and number_tokens(line.number) == wanted:
        return "number_exact" if line.number.strip() == entry.number.strip() else "number"
    words = number_tokens(line.text) if line.text else ()
    # Asked of each line with each entry near it: most are answered by their last part.
    if wanted[-1] not in words or not _is_telling(wanted):
        return ""
    spans = (words[start : start + len(wanted)] for start in range(len(words) - len(wanted) + 1))
    return "number_in_text" if wanted in spans else ""


def counterparty_standing(line: BankLine, entry: BookEntry) -> str:
    """Whether the names of the other party agree, differ, or (empty) one of them is not told."""
    if not line.counterparty:
        return ""
    told = _name(line.counterparty)
    names = [name for name in map(_name, entry.counterparties) if name]
    if not told or not names:
        return ""
    alike = any(
        name == told or (min(len(name), len(told)) > 3 and (name in told or told in name)) for name in names
    )
    return "counterparty" if alike else "counterparty_differs"


@lru_cache(maxsize=20_000)
def _name(written: str) -> str:
    return re.sub(r"[\W_]", "", normalize("NFKC", written)).casefold()


def propose(
    lines: Iterable[BankLine],
    entries: Iterable[BookEntry],
    *,
    days: int,
    rejected: frozenset[str] = frozenset(),
) -> list[ProposedMatch]:
    """What may be matched, the strong before the weak: each line and each entry at most once.

    `days` is the window in which a line and an entry of the same amount are taken for the same money; `rejected` holds
    the keys a person has said no to.
    """
    return _Matching(lines, entries, days, rejected).run()


class _Matching:
    """The lines and entries not yet in a proposal, while the rules are tried one after the other."""

    def __init__(
        self, lines: Iterable[BankLine], entries: Iterable[BookEntry], days: int, rejected: frozenset[str]
    ) -> None:
        # Sorted by content first, so that the order and the numbers of the rows decide only between equals.
        self.lines = {one.id: one for one in sorted(lines, key=_line_order)}
        self.entries = {one.id: one for one in sorted(entries, key=_entry_order)}
        self.days, self.rejected = days, rejected
        self.found: list[ProposedMatch] = []

    def run(self) -> list[ProposedMatch]:
        self._by_number()
        self._alone(self.days, "likely")
        self._among_equals()
        self._batches()
        self._alone(FAR_DAYS, "possible")
        return self.found

    def _pairs(self, days: int) -> list[tuple[BankLine, BookEntry]]:
        """Lines and entries of the same amount within so many days of each other, not rejected."""
        entries, lines = _by(self.entries.values(), _amount), _by(self.lines.values(), _amount)
        return [
            (line, entry)
            for minor, some in lines.items()
            if len(some) * len(entries.get(minor, [])) <= _PAIRS_MAX
            for line in some
            for entry in entries.get(minor, [])
            if abs((line.on - entry.on).days) <= days and key_of([line.id], [entry.id]) not in self.rejected
        ]

    def _by_number(self) -> None:
        pairs = [(line, entry) for line, entry in self._pairs(10**6) if shared_number(line, entry)]
        for line, entry in _unique(pairs):
            apart = abs((line.on - entry.on).days)
            # A counter that begins anew each year fits an old entry too: then it is only likely.
            strength: Strength = "certain" if apart <= FAR_DAYS else "likely"
            self._take([line], [entry], strength, self._reasons(line, entry))

    def _alone(self, days: int, strength: Strength) -> None:
        for line, entry in _unique(self._pairs(days)):
            differs = counterparty_standing(line, entry) == "counterparty_differs"
            reasons = (*self._reasons(line, entry), "only_one")
            self._take([line], [entry], "possible" if differs else strength, reasons)

    def _among_equals(self) -> None:
        def order(pair: tuple[BankLine, BookEntry]) -> tuple[object, ...]:
            line, entry = pair
            standing = counterparty_standing(line, entry)
            return (
                not shared_number(line, entry),
                ("counterparty", "", "counterparty_differs").index(standing),
                abs((line.on - entry.on).days),
                _line_order(line),
                _entry_order(entry),
            )

        for line, entry in sorted(self._pairs(self.days), key=order):
            if line.id in self.lines and entry.id in self.entries:
                self._take([line], [entry], "possible", (*self._reasons(line, entry), "one_of_several"))

    def _batches(self) -> None:
        entries_of, lines_of = _by(self.entries.values(), _day), _by(self.lines.values(), _day)
        for line in list(self.lines.values()):
            near = [
                one
                for one in _around(line.on, entries_of, self.days)
                if one.id in self.entries and _may_be_part(one, line)
            ]
            named = [one for one in near if shared_number(line, one)]
            for among in (named, near):
                sums = [
                    some
                    for some in _summing(line.minor, among, [one.minor for one in among])
                    if key_of([line.id], [one.id for one in some]) not in self.rejected
                ]
                if sums:
                    reasons = (*(["number"] if among is named else []), "sum_of_entries")
                    self._take_sum(
                        [line], sums[0], is_only=len(sums) == 1, is_named=among is named, reasons=reasons
                    )
                    break
        for entry in list(self.entries.values()):
            parts = [
                one
                for one in _around(entry.on, lines_of, self.days)
                if one.id in self.lines and _may_be_part(one, entry)
            ]
            alike = [one for one in parts if counterparty_standing(one, entry) == "counterparty"]
            for some_lines in (alike, parts):
                found = [
                    some
                    for some in _summing(entry.minor, some_lines, [one.minor for one in some_lines])
                    if key_of([one.id for one in some], [entry.id]) not in self.rejected
                ]
                if found:
                    is_alike = some_lines is alike
                    reasons = (*(["counterparty"] if is_alike else []), "sum_of_lines")
                    self._take_sum(
                        found[0], [entry], is_only=len(found) == 1, is_named=is_alike, reasons=reasons
                    )
                    break

    def _take_sum(
        self,
        lines: Sequence[BankLine],
        entries: Sequence[BookEntry],
        *,
        is_only: bool,
        is_named: bool,
        reasons: tuple[str, ...],
    ) -> None:
        strength: Strength = "likely" if is_only and is_named else "possible"
        self._take(lines, entries, strength, reasons if is_only else (*reasons, "other_sums"))

    def _reasons(self, line: BankLine, entry: BookEntry) -> tuple[str, ...]:
        apart = abs((line.on - entry.on).days)
        day = "same_day" if not apart else "day_near" if apart <= self.days else "day_far"
        found = ("amount", shared_number(line, entry), day, counterparty_standing(line, entry))
        return tuple(filter(None, found))

    def _take(
        self,
        lines: Sequence[BankLine],
        entries: Sequence[BookEntry],
        strength: Strength,
        reasons: tuple[str, ...],
    ) -> None:
        line_ids, entry_ids = sorted(one.id for one in lines), sorted(one.id for one in entries)
        for line_id in line_ids:
            del self.lines[line_id]
        for entry_id in entry_ids:
            del self.entries[entry_id]
        self.found.append(ProposedMatch(tuple(line_ids), tuple(entry_ids), strength, reasons))


_Dated = TypeVar("_Dated", BankLine, BookEntry)
_Key = TypeVar("_Key")


def _amount(row: BankLine | BookEntry) -> int:
    return row.minor


def _day(row: BankLine | BookEntry) -> date:
    return row.on


def _by(rows: Iterable[_Dated], key: Callable[[_Dated], _Key]) -> dict[_Key, list[_Dated]]:
    found: dict[_Key, list[_Dated]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return dict(found)


def _around(day: date, rows: dict[date, list[_Dated]], days: int) -> Iterator[_Dated]:
    """The rows within so many days of a day, the earlier first."""
    for apart in range(-days, days + 1):
        yield from rows.get(day + timedelta(days=apart), [])


def _may_be_part(part: BankLine | BookEntry, whole: BankLine | BookEntry) -> bool:
    return 0 < part.minor < whole.minor or whole.minor < part.minor < 0


def _line_order(line: BankLine) -> tuple[object, ...]:
    return (line.on, line.minor, line.number, line.counterparty, line.text, line.id)


def _entry_order(entry: BookEntry) -> tuple[object, ...]:
    return (entry.on, entry.minor, entry.number, entry.id)


def _unique(pairs: Sequence[tuple[BankLine, BookEntry]]) -> list[tuple[BankLine, BookEntry]]:
    """The pairs whose line and whose entry stand in no other pair."""
    of_line, of_entry = defaultdict[int, int](int), defaultdict[int, int](int)
    for line, entry in pairs:
        of_line[line.id] += 1
        of_entry[entry.id] += 1
    return [(line, entry) for line, entry in pairs if of_line[line.id] == 1 == of_entry[entry.id]]


_Row = TypeVar("_Row")


def _summing(target: int, rows: Sequence[_Row], amounts: Sequence[int]) -> list[list[_Row]]:
    """The first two choices of two rows or more that add up to the target exactly, within the bounds of the search."""
    if len(rows) > BATCH_ROWS_MAX or len(rows) < 2:
        return []
    steps, found = 0, list[list[_Row]]()
    wanted, sizes = abs(target), [abs(amount) for amount in amounts]

    def search(start: int, left: int, chosen: list[int]) -> Iterator[list[int]]:
        nonlocal steps
        if left == 0 and len(chosen) > 1:
            yield chosen
            return
        if len(chosen) == BATCH_SIZE_MAX:
            return
        for place in range(start, len(sizes)):
            steps += 1
            if steps > BATCH_STEPS_MAX:
                return
            if sizes[place] <= left:
                yield from search(place + 1, left - sizes[place], [*chosen, place])

    for places in search(0, wanted, []):
        found.append([rows[place] for place in places])
        if len(found) == 2:
            break
    return found


def differences(lines: Iterable[BankLine], entries: Iterable[BookEntry], *, days: int) -> list[Near]:
    """Of what found no match: lines and entries alike but for the amount, each told in a sentence, each once."""
    entries = list(entries)
    by_day, by_number = _by(entries, _day), _by(entries, lambda one: number_tokens(one.number))
    pairs = []
    for line in lines:
        alike = {one.id: one for one in _around(line.on, by_day, days)}
        alike |= {one.id: one for one in by_number.get(number_tokens(line.number), [])}
        for entry in alike.values():
            rank = _nearness(line, entry, days)
            if rank is not None:
                pairs.append((rank, line, entry))
    pairs.sort(key=lambda one: (one[0], _line_order(one[1]), _entry_order(one[2])))
    seen_lines, seen_entries, found = set[int](), set[int](), list[Near]()
    for _, line, entry in pairs:
        if line.id not in seen_lines and entry.id not in seen_entries:
            seen_lines.add(line.id)
            seen_entries.add(entry.id)
            found.append(Near(line.id, entry.id, difference_told(line, entry)))
    return found


def _nearness(line: BankLine, entry: BookEntry, days: int) -> tuple[int, int, int] | None:
    gap, apart = abs(line.minor - entry.minor), abs((line.on - entry.on).days)
    if (line.minor > 0) != (entry.minor > 0) or not gap or apart > FAR_DAYS:
        return None
    if shared_number(line, entry):
        return (0, gap, apart)
    is_small = gap <= max(abs(entry.minor) * _NEAR_PERCENT // 100, _NEAR_MINOR) and gap * 2 < abs(entry.minor)
    if apart <= days and is_small and counterparty_standing(line, entry) != "counterparty_differs":
        return (1, gap, apart)
    return None


def difference_told(line: BankLine, entry: BookEntry, *, currency: str = "CNY") -> Text:
    """What the bank has and what the book has, as one sentence."""

    def amount(minor: int) -> str:
        return money_digits(Money(abs(minor), currency).amount, currency=currency)

    return Text(
        f"银行记 {day_in_words(line.on, 'zh')} {amount(line.minor)}，"
        f"账本记 {day_in_words(entry.on, 'zh')} {amount(entry.minor)}。",
        f"The bank has {amount(line.minor)} on {day_in_words(line.on, 'en')}, "
        f"the book {amount(entry.minor)} on {day_in_words(entry.on, 'en')}.",
    )
