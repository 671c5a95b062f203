"""What auditors ask about money, and what becomes due: idle, answered by one side only, without papers."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from pairbook.kernel import clock
from pairbook.kernel.access import Side
from pairbook.kernel.money import Money
from pairbook.kernel.parameters import Parameter
from pairbook.kernel.periods import Period, months_after
from pairbook.kernel.reads import threshold
from pairbook.kernel.texts import Text
from pairbook.pairings.reads import pairings_known
from pairbook.pairings.rules import side_of
from pairbook.register.ageing import WHERE_LABELS, Resting, limits, resting
from pairbook.register.reads import EntryFilter, matching_entries
from pairbook.register.statements.reads import unbanked
from pairbook.web.numbers import money_full
from pairbook.workspace.rules import Check, Due, Finding

_KIND = "funds"
_AHEAD = timedelta(days=31)
_AUDITS = Text(
    "审计通报的资金闲置（2017 年 84 个县 19.54 亿元；2019 年二季度 11 个县 5753 万元）",
    "Idle money as audits reported it (84 counties, 1.954 billion in 2017; 11 counties, 57.53 million in 2019)",
)
_UNVERIFIED = Text("业务常识，未见文件", "Background knowledge; no document seen")

ANSWER_DAYS = Parameter(
    "funds.answer_days",
    Text("资金记录：对方应在几天内确认", "Money: the other side answers within so many days"),
    30,
    Text("天", "days"),
    date(2016, 1, 1),
    _UNVERIFIED,
)


def idle(pairing_ids: Sequence[int]) -> list[Finding]:
    """Money past the first limit and not yet past the second."""
    return list(_idle(pairing_ids, 1))


def idle_long(pairing_ids: Sequence[int]) -> list[Finding]:
    """Money past the second limit, which treasuries take back."""
    return list(_idle(pairing_ids, 2))


def _idle(pairing_ids: Sequence[int], age: int) -> Iterator[Finding]:
    for one in resting(pairing_ids, clock.today()):
        if one.age == age:
            yield Finding(one.entry_id, _rests(one))


def _rests(one: Resting) -> Text:
    label, amount = WHERE_LABELS[one.where], Money(one.minor, one.currency)
    zh, en = (money_full(amount.amount, lang, currency=amount.currency) for lang in ("zh", "en"))
    return Text(f"{label.zh}：{zh}，自 {one.since} 起", f"{label.en.lower()}: {en}, since {one.since}")


def one_sided(pairing_ids: Sequence[int]) -> list[Finding]:
    """Entries of money the other side has not answered within the days it has."""
    today = clock.today()
    days = threshold("funds.answer_days", today)
    wanted = EntryFilter(
        pairing_ids=tuple(pairing_ids), kind=_KIND, state="one_side", period=_until(today, days)
    )
    said = Text(f"超过 {days} 天对方未答复", f"not answered by the other side in {days} days")
    return [
        Finding(entry_id, said)
        for entry_id in matching_entries(wanted).order_by("happened_on", "id").values_list("id", flat=True)
    ]


def undocumented(pairing_ids: Sequence[int]) -> list[Finding]:
    """Entries of money without any paper."""
    wanted = EntryFilter(pairing_ids=tuple(pairing_ids), kind=_KIND, without_papers=True)
    said = Text("没有任何凭证", "no paper at all")
    return [
        Finding(entry_id, said)
        for entry_id in matching_entries(wanted).order_by("happened_on", "id").values_list("id", flat=True)
    ]


def without_bank_line(pairing_ids: Sequence[int]) -> list[Finding]:
    """Entries of money that no line of a bank statement stands for, although one of the party covers their day."""
    return [
        Finding(
            entry_id,
            Text(
                f"{party.zh}的对账单覆盖这一天，没有对应的流水",
                f"a statement of {party.en} covers the day and no line is matched with it",
            ),
        )
        for entry_id, _, party in unbanked(pairing_ids)
    ]


def _until(today: date, days: int) -> Period:
    return Period(date(1900, 1, 1), today - timedelta(days=days))


CHECKS = (
    Check(
        "funds.idle_long",
        Text("资金长期闲置（超过第二个界限）", "Money idle for long (past the second limit)"),
        "serious",
        _AUDITS,
        idle_long,
    ),
    Check("funds.idle", Text("资金闲置", "Idle money"), "attention", _AUDITS, idle),
    Check(
        "funds.one_sided",
        Text("资金只有一方认", "Money only one side vouches for"),
        "attention",
        _UNVERIFIED,
        one_sided,
    ),
    Check(
        "funds.undocumented",
        Text("资金记录没有凭证", "Money without papers"),
        "serious",
        Text(
            "审计通报的虚列支出、会计核算不实",
            "Fictitious spending and unsound accounts, as audits report them",
        ),
        undocumented,
    ),
    Check(
        "funds.without_bank_line",
        Text("银行对账单里没有的资金", "Money the bank statement does not show"),
        "attention",
        Text(
            "审计通报的虚列支出、会计核算不实",
            "Fictitious spending and unsound accounts, as audits report them",
        ),
        without_bank_line,
    ),
)


def money_to_move(pairing_ids: Sequence[int], today: date) -> list[Due]:
    """Money that is idle, or will be within a month: to be received, assigned or paid by the day of the limit."""
    held = limits(today)
    resting_now = resting(pairing_ids, today)
    owners = {one.giver_id if one.where == "on_the_way" else one.holder_id for one in resting_now}
    pairings, parties = pairings_known({one.pairing_id for one in resting_now}, party_ids=owners)
    found = []
    for one in resting_now:
        due_on = months_after(one.since, held.first)
        if due_on > today + _AHEAD:
            continue
        owner = parties[one.giver_id if one.where == "on_the_way" else one.holder_id]
        # Whoever holds it moves it; money under way is the giver's to trace.
        side: Side = side_of(owner, pairings[one.pairing_id]) or "assisted"
        found.append(Due(one.entry_id, due_on, _rests(one), side, owner.name))
    return found
