"""Questions on assets: what there is, what each cost by source, who holds it, how it stands, what it brought in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pairbook.kernel.money import Money, sum_money
from pairbook.kernel.texts import Text
from pairbook.projects.known import is_unheld, newest_holdings
from pairbook.projects.models import Asset, AssetIncome, AssetSource, AssetStatus, Holding
from pairbook.projects.shapes import (
    ASSET_SORTS,
    INCOME_USES,
    OWNERSHIPS,
    STATUSES,
    FundingLine,
    Measure,
)


@dataclass(frozen=True, slots=True)
class HoldingRow:
    """Who owns, runs and looks after an asset from a day on."""

    since: date
    ownership: Text
    owner: Text | None
    operator: Text | None
    carer: Text | None
    certificate_no: str
    note: str


@dataclass(frozen=True, slots=True)
class StatusRow:
    """How an asset stands from a day on."""

    since: date
    status: str
    note: str

    @property
    def label(self) -> Text:
        """The status in words."""
        return STATUSES[self.status]


@dataclass(frozen=True, slots=True)
class IncomeRow:
    """What an asset brought in during a year, and what became of it."""

    year: int
    money: Money
    shares: tuple[tuple[Text, Money], ...]


@dataclass(frozen=True, slots=True)
class AssetRow:
    """An asset with what counts of it now, and its years."""

    id: int
    project_id: int
    project_code: str
    pairing_code: str
    project_name: Text
    sort: str
    name: Text
    size: Measure
    acquired_on: date
    value: Money
    sources: tuple[FundingLine, ...]
    holding: HoldingRow | None
    is_unheld: bool
    holdings: tuple[HoldingRow, ...]
    statuses: tuple[StatusRow, ...]
    incomes: tuple[IncomeRow, ...]

    @property
    def label(self) -> Text:
        """Its class in words."""
        return ASSET_SORTS[self.sort]

    @property
    def status(self) -> StatusRow:
        """How it stands now; an asset is in use from its first day."""
        return self.statuses[-1]

    @property
    def counts(self) -> bool:
        """Whether it counts: not recorded in error."""
        return self.status.status != "withdrawn"


def assets_of(project_ids: Sequence[int]) -> list[AssetRow]:
    """The assets of these projects, by project and age, in a fixed number of queries."""
    assets = list(
        Asset.objects.filter(project_id__in=project_ids)
        .select_related("project__pairing")
        .order_by("project__code", "acquired_on", "id")
    )
    ids = [asset.pk for asset in assets]
    holdings = _by_asset(
        Holding.objects.filter(asset_id__in=ids)
        .select_related("owner", "operator", "carer")
        .order_by("since", "id")
    )
    statuses = _by_asset(AssetStatus.objects.filter(asset_id__in=ids).order_by("since", "id"))
    sources = _by_asset(AssetSource.objects.filter(asset_id__in=ids).order_by("id"))
    incomes = _by_asset(
        AssetIncome.objects.filter(asset_id__in=ids).prefetch_related("shares").order_by("id")
    )
    held = newest_holdings(ids)
    return [
        _row(
            asset,
            held.get(asset.pk),
            holdings.get(asset.pk, []),
            statuses.get(asset.pk, []),
            sources.get(asset.pk, []),
            incomes.get(asset.pk, []),
        )
        for asset in assets
    ]


def _by_asset(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.asset_id, []).append(row)
    return found


def _row(
    asset: Asset,
    held: Holding | None,
    holdings: list[Holding],
    statuses: list[AssetStatus],
    sources: list[AssetSource],
    incomes: list[AssetIncome],
) -> AssetRow:
    return AssetRow(
        id=asset.pk,
        project_id=asset.project_id,
        project_code=asset.project.code,
        pairing_code=asset.project.pairing.code,
        project_name=Text(asset.project.name_zh, asset.project.name_en),
        sort=asset.sort,
        name=Text(asset.name_zh, asset.name_en),
        size=Measure(asset.size_thousandths, asset.unit),
        acquired_on=asset.acquired_on,
        value=Money(asset.value_minor, asset.currency),
        sources=tuple(
            FundingLine(one.source, Money(one.money_minor, asset.currency), one.fund_code) for one in sources
        ),
        holding=_holding(held) if held else None,
        is_unheld=is_unheld(held),
        holdings=tuple(_holding(one) for one in holdings),
        statuses=tuple(StatusRow(one.since, one.status, one.note) for one in statuses),
        incomes=_incomes(incomes),
    )


def _named(party: Any) -> Text | None:
    return Text(party.name_zh, party.name_en) if party else None


def _holding(row: Holding) -> HoldingRow:
    return HoldingRow(
        since=row.since,
        ownership=OWNERSHIPS[row.ownership],
        owner=_named(row.owner),
        operator=_named(row.operator),
        carer=_named(row.carer),
        certificate_no=row.certificate_no,
        note=row.note,
    )


def _incomes(rows: list[AssetIncome]) -> tuple[IncomeRow, ...]:
    """The newest row of each year, by year."""
    newest = {row.year: row for row in rows}
    return tuple(
        IncomeRow(
            year,
            Money(row.money_minor, row.currency),
            tuple(
                (INCOME_USES[share.use], Money(share.money_minor, row.currency)) for share in row.shares.all()
            ),
        )
        for year, row in sorted(newest.items())
    )


@dataclass(frozen=True, slots=True)
class AssetList:
    """Assets and what their original values come to."""

    rows: tuple[AssetRow, ...]

    @property
    def value(self) -> Money:
        """The original values added up."""
        return sum_money(row.value for row in self.rows)


@dataclass(frozen=True, slots=True)
class AssetLists:
    """The assets of a programme: all that count, the idle, and those nobody owns or looks after."""

    all: AssetList
    idle: AssetList
    unheld: AssetList


def asset_lists(project_ids: Sequence[int]) -> AssetLists:
    """The assets of these projects, and the two lists an audit asks for."""
    rows = tuple(row for row in assets_of(project_ids) if row.counts)
    in_hand = [row for row in rows if row.status.status in ("in_use", "idle")]
    return AssetLists(
        all=AssetList(rows),
        idle=AssetList(tuple(row for row in rows if row.status.status == "idle")),
        unheld=AssetList(tuple(row for row in in_hand if row.is_unheld)),
    )
