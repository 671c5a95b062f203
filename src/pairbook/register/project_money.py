"""The money of one project by fund: what its plan says, what was assigned, spent, given back, and what is left."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Sum

from pairbook.kernel.money import Money
from pairbook.kernel.texts import Text
from pairbook.projects.shapes import SOURCES, FundingLine
from pairbook.register.known import money_kinds, moves_of_money
from pairbook.register.models import Entry, Fund
from pairbook.register.shapes import Move


@dataclass(frozen=True, slots=True)
class FundMoney:
    """What a project plans of one fund, and what became of it; money no fund is named for is only planned."""

    fund: Text
    planned: Money | None
    """None where the plan names no such fund."""
    assigned: Money
    spent: Money
    returned: Money
    is_named: bool
    """Whether it is a fund of the book; money raised elsewhere passes through no account here."""

    @property
    def left(self) -> Money:
        """What is assigned and neither spent nor given back."""
        return self.assigned - self.spent - self.returned

    @property
    def above_plan(self) -> Money | None:
        """How much more was assigned than the plan says; None where it is not more."""
        planned = self.planned or Money(0, self.assigned.currency)
        is_more = planned.currency == self.assigned.currency and planned < self.assigned
        return self.assigned - planned if is_more else None


_SIGNS: dict[Move, tuple[str, int]] = {
    "assign": ("assigned", 1),
    "use": ("spent", 1),
    "refund": ("spent", -1),
    "return": ("returned", 1),
}


def money_by_fund(
    project_id: int, pairing_ids: Sequence[int], planned: Iterable[FundingLine]
) -> list[FundMoney]:
    """The money of a project, fund by fund: those of the plan first, in its order, then those it does not name."""
    funds = {
        row.code: row for row in Fund.objects.filter(pairing_id__in=pairing_ids).order_by("year", "code")
    }
    moved = _moved(project_id, pairing_ids)
    plan: dict[str, list[FundingLine]] = {}
    for line in planned:
        plan.setdefault(line.fund_code if line.fund_code in funds else f"source:{line.source}", []).append(
            line
        )
    told = []
    codes = [*plan, *(code for code, row in funds.items() if row.pk in moved and code not in plan)]
    for code in codes:
        lines = plan.get(code, [])
        fund = funds.get(code)
        currency = fund.currency if fund else lines[0].money.currency
        amounts = moved.get(fund.pk, {}) if fund else {}
        told.append(
            FundMoney(
                fund=Text(fund.name_zh, fund.name_en) if fund else SOURCES[lines[0].source].label,
                planned=_sum([line.money for line in lines]),
                assigned=Money(amounts.get("assigned", 0), currency),
                spent=Money(amounts.get("spent", 0), currency),
                returned=Money(amounts.get("returned", 0), currency),
                is_named=fund is not None,
            )
        )
    return told


def _sum(amounts: Sequence[Money]) -> Money | None:
    """What a plan says of one source; its lines are of one currency."""
    return Money(sum(one.minor for one in amounts), amounts[0].currency) if amounts else None


def _moved(project_id: int, pairing_ids: Sequence[int]) -> dict[int, dict[str, int]]:
    """By fund what was assigned, spent and given back: one question."""
    moves = moves_of_money()
    rows = (
        Entry.objects.filter(pairing_id__in=pairing_ids, project_id=project_id, kind__in=money_kinds())
        .current()
        .order_by()
        .values_list("fund_id", "kind", "stage")
        .annotate(Sum("money_minor"))
    )
    found: dict[int, dict[str, int]] = {}
    for fund_id, kind, stage, minor in rows:
        name, sign = _SIGNS.get(moves[kind, stage], ("", 0))
        if sign and fund_id is not None:
            held = found.setdefault(fund_id, {})
            held[name] = held.get(name, 0) + sign * (minor or 0)
    return found
