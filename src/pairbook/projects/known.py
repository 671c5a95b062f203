"""What the rules of the library need to know of a project, gathered from the tables; asked by actions and reads."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from pairbook.kernel.money import Money
from pairbook.kernel.texts import Text
from pairbook.pairings.models import Pairing
from pairbook.projects.models import Asset, ConsentWish, Holding, Project, ProjectStep, ProjectVersion
from pairbook.projects.shapes import FundingLine, ProjectFields, StepFacts


def history_of(project_id: int) -> list[StepFacts]:
    """Every row of a project's history, oldest first."""
    return histories_of([project_id]).get(project_id, [])


def histories_of(project_ids: Iterable[int]) -> dict[int, list[StepFacts]]:
    """The histories of these projects, in one query."""
    rows = ProjectStep.objects.filter(project_id__in=list(project_ids)).order_by("project_id", "number")
    found: dict[int, list[StepFacts]] = {}
    for project_id, number, step, on, by_id, taken in rows.values_list(
        "project_id", "number", "step", "happened_on", "recorded_by_id", "takes_back__number"
    ):
        found.setdefault(project_id, []).append(StepFacts(number, step, on, by_id, taken))
    return found


def newest_versions(project_ids: Iterable[int]) -> dict[int, ProjectVersion]:
    """The newest version of each of these projects that has one, with its planned money."""
    rows = ProjectVersion.objects.filter(project_id__in=list(project_ids))
    rows = rows.select_related("place", "responsible").prefetch_related("funding").order_by("number")
    return {row.project_id: row for row in rows}


def newest_version(project_id: int) -> ProjectVersion | None:
    """The newest version of a project, or None where only its name is listed."""
    return newest_versions([project_id]).get(project_id)


def responsible_of(project_id: int) -> int | None:
    """Who answers for a project; None where nobody is named, or only its name is listed."""
    rows = ProjectVersion.objects.filter(project_id=project_id).order_by("-number")
    return rows.values_list("responsible_id", flat=True).first()


def funds_that_ask() -> set[tuple[int, str]]:
    """The funds whose givers ask to be asked before a project is approved: pairing and code."""
    wishes = ConsentWish.objects.order_by("id").values_list("pairing_id", "fund_code", "asks")
    newest = {(pairing_id, code): asks for pairing_id, code, asks in wishes}
    return {key for key, asks in newest.items() if asks}


def asked_funds(pairing_ids: Iterable[int]) -> dict[int, frozenset[str]]:
    """The codes of the funds whose givers ask to be asked, for each of these pairings that may use such a fund.

    A project may take from a fund of its pairing, of those above it and of those below it.
    """
    asked = funds_that_ask()
    if not asked:
        return {}
    parents = dict(Pairing.objects.values_list("id", "parent_id"))
    found: dict[int, frozenset[str]] = {}
    for one in pairing_ids:
        above = set(_line_of(one, parents))
        codes = (code for of, code in asked if of in above or one in _line_of(of, parents))
        found[one] = frozenset(codes)
    return found


def _line_of(pairing_id: int, parents: Mapping[int, int | None]) -> Iterator[int]:
    """A pairing and those above it."""
    at: int | None = pairing_id
    while at is not None:
        yield at
        at = parents.get(at)


def asked_funds_of(project_id: int) -> frozenset[str]:
    """The codes of the funds a project may take from whose givers ask to be asked."""
    pairing_id = Project.objects.values_list("pairing_id", flat=True).get(pk=project_id)
    return asked_funds([pairing_id]).get(pairing_id, frozenset())


def fields_of(version: ProjectVersion, asked: Collection[str]) -> ProjectFields:
    """What a version says, as plain values; `asked` are the funds whose givers ask to be asked."""
    return ProjectFields(
        name=Text(version.name_zh, version.name_en),
        use=version.use,
        nature=version.nature,
        year=version.year,
        place_id=version.place_id,
        starts_on=version.starts_on,
        ends_on=version.ends_on,
        responsible_id=version.responsible_id,
        tasks=version.tasks,
        participation=version.participation,
        mechanism=version.mechanism,
        households=version.households,
        persons=version.persons,
        poor_persons=version.poor_persons,
        funding=tuple(
            FundingLine(
                line.source,
                Money(line.money_minor, line.currency),
                line.fund_code,
                line.asks_consent,
                fund_asks=line.fund_code in asked,
            )
            for line in sorted(version.funding.all(), key=lambda line: line.pk)
        ),
    )


def newest_holdings(asset_ids: Iterable[int]) -> dict[int, Holding]:
    """Who holds each of these assets now; an asset nobody was named for is left out."""
    rows = Holding.objects.filter(asset_id__in=list(asset_ids)).order_by("id")
    return {row.asset_id: row for row in rows.select_related("owner", "operator", "carer")}


def is_unheld(holding: Holding | None) -> bool:
    """Whether an asset has no owner or nobody who looks after it; households may own without being named."""
    if holding is None or holding.carer_id is None:
        return True
    return holding.owner_id is None and holding.ownership != "household"


def unheld_count(project_id: int) -> int:
    """How many assets of a project have no owner or nobody who looks after them."""
    assets: Sequence[int] = list(
        Asset.objects.filter(project_id=project_id)
        .exclude(statuses__status="withdrawn")
        .values_list("id", flat=True)
    )
    held = newest_holdings(assets)
    return sum(is_unheld(held.get(one)) for one in assets)
