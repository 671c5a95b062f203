"""Questions on industry programmes: what auditors would ask about, which stock-takings are due, a chain at a glance."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from pairbook.assistance.industry.rules import (
    Base,
    is_report_old,
    is_without_output,
    is_without_people,
    months_after,
)
from pairbook.kernel import clock
from pairbook.kernel.periods import YEAR_FIRST, Period, year_to
from pairbook.kernel.quantities import Quantity
from pairbook.kernel.reads import threshold
from pairbook.kernel.texts import Text
from pairbook.projects.models import Project
from pairbook.register.known import record_of
from pairbook.register.models import Entry, EntryQuerySet, Paper
from pairbook.register.people import listed_in
from pairbook.register.sums import latest_ids
from pairbook.web.numbers import plain
from pairbook.workspace.rules import Due, Finding

_AHEAD = timedelta(days=31)
Rows = list[tuple[Text, Decimal]]


def _entries(pairing_ids: Sequence[int], *stages: str) -> EntryQuerySet:
    """The current entries of these stages, oldest first."""
    found = Entry.objects.filter(pairing_id__in=pairing_ids, kind="industry", stage__in=stages)
    return found.current().order_by("happened_on", "id")


@dataclass(frozen=True, slots=True)
class _Programmes:
    """The projects of some pairings: what each is a part of, and what each is called."""

    parents: dict[int, int | None]
    names: dict[int, Text]

    def above(self, project_id: int | None) -> list[int]:
        """A project and what it is a part of, the programme last."""
        assert project_id is not None, "every entry of industry names its project"
        parent = self.parents[project_id]
        return [project_id] if parent is None else [project_id, *self.above(parent)]

    def of(self, project_id: int | None) -> int:
        """The programme a project belongs to; one that is part of nothing is a programme itself."""
        return self.above(project_id)[-1]


def _programmes(pairing_ids: Sequence[int]) -> _Programmes:
    rows = Project.objects.filter(pairing_id__in=pairing_ids).values_list(
        "id", "parent_id", "name_zh", "name_en"
    )
    parents, names = dict[int, int | None](), dict[int, Text]()
    for project_id, parent_id, name_zh, name_en in rows:
        parents[project_id], names[project_id] = parent_id, Text(name_zh, name_en)
    return _Programmes(parents, names)


def _newest(pairing_ids: Sequence[int], stage: str, key: str) -> dict[int | None, date]:
    """The last day an entry of a stage has, by what it follows or by its project."""
    return dict(_entries(pairing_ids, stage).values_list(key, "happened_on"))


def _bases(pairing_ids: Sequence[int]) -> list[Base]:
    """The bases ever started, oldest first."""
    programmes = _programmes(pairing_ids)
    reported = _newest(pairing_ids, "stocked", "follows_id")
    ended = _newest(pairing_ids, "ended", "follows_id")
    output = _newest(pairing_ids, "produced", "project_id")
    peopled = {programmes.of(project_id) for project_id in _newest(pairing_ids, "benefited", "project_id")}
    found = []
    for entry in _entries(pairing_ids, "started"):
        root_id, programme_id = entry.root_id or entry.pk, programmes.of(entry.project_id)
        told = [
            output[project_id] for project_id in programmes.above(entry.project_id) if project_id in output
        ]
        base = Base(
            entry_id=entry.pk,
            programme_id=programme_id,
            started_on=entry.happened_on,
            ended_on=ended.get(root_id),
            last_report_on=reported.get(root_id),
            has_output=any(day >= entry.happened_on for day in told),
            has_people=programme_id in peopled,
        )
        found.append(base)
    return found


def bases_without_output(pairing_ids: Sequence[int]) -> list[Finding]:
    """Bases that have been at work for long and of whose project no output was told."""
    today = clock.today()
    months = threshold("industry.output_months_max", today)
    return [
        Finding(
            base.entry_id,
            Text(
                f"{base.started_on} 投产，已过 {months} 个月，没有登记产出。",
                f"At work since {base.started_on}, over {months} months, and no output recorded.",
            ),
        )
        for base in _bases(pairing_ids)
        if is_without_output(base, today=today, months_max=months)
    ]


def bases_with_old_reports(pairing_ids: Sequence[int]) -> list[Finding]:
    """Bases at work whose newest stock-taking is old, so that the figure shows a herd nobody counted lately."""
    today = clock.today()
    months = threshold("industry.stock_months_max", today)
    return [
        Finding(
            base.entry_id,
            Text(
                f"最近一次盘点：{base.last_report_on or '没有'}；超过 {months} 个月。",
                f"Last stock-taking: {base.last_report_on or 'none'}; over {months} months ago.",
            ),
        )
        for base in _bases(pairing_ids)
        if is_report_old(base, today=today, months_max=months)
    ]


def programmes_without_people(pairing_ids: Sequence[int]) -> list[Finding]:
    """Programmes of which nobody is told to gain, each by the base it began with."""
    today = clock.today()
    months = threshold("industry.benefit_months_max", today)
    said = Text(
        f"投产已过 {months} 个月，整条产业链没有登记带动任何人。",
        f"At work for over {months} months, and nobody is told to gain by the whole programme.",
    )
    first: dict[int, Finding] = {}
    for base in _bases(pairing_ids):
        if is_without_people(base, today=today, months_max=months):
            first.setdefault(base.programme_id, Finding(base.entry_id, said))
    return list(first.values())


def partners_without_agreement(pairing_ids: Sequence[int]) -> list[Finding]:
    """Partners counted as such without the agreement attached."""
    partners = list(_entries(pairing_ids, "partnered").values_list("id", flat=True))
    agreed = set(
        Paper.objects.filter(entry_id__in=partners, sort="agreement").values_list("entry_id", flat=True)
    )
    said = Text("计为合作单位，但没有附协议。", "Counted as a partner, without the agreement.")
    return [Finding(entry_id, said) for entry_id in partners if entry_id not in agreed]


def people_perhaps_counted_twice(pairing_ids: Sequence[int]) -> list[Finding]:
    """Counts of people without a full list, in a year in which people are told more than once.

    Rule: DOMAIN 1.2 D: "84,000 person-times" of one county were people counted once for each project.
    """
    entries = list(_entries(pairing_ids, "benefited"))
    times = Counter(entry.happened_on.year for entry in entries)
    listed = Counter(one.entry_id for one in listed_in(entry.pk for entry in entries))
    found = []
    for entry in entries:
        people = Quantity(entry.quantity_steps or 0, entry.unit).amount
        others = times[entry.happened_on.year] - 1
        if others and listed[entry.pk] < people:
            said = Text(
                f"报 {plain(people)} 人，名单 {listed[entry.pk]} 人；同年另有 {others} 条带动记录，可能是同一些人。",
                f"{plain(people)} people told, {listed[entry.pk]} listed; {others} more entries of that year tell "
                "people, perhaps the same.",
            )
            found.append(Finding(entry.pk, said))
    return found


def stock_to_take(pairing_ids: Sequence[int], day: date) -> list[Due]:
    """The bases at work whose next stock-taking is overdue or due within a month."""
    months = threshold("industry.stock_months_max", day)
    due = {
        base.entry_id: months_after(base.report_due_from, months)
        for base in _bases(pairing_ids)
        if base.is_at_work(day)
    }
    due = {entry_id: due_on for entry_id, due_on in due.items() if due_on <= day + _AHEAD}
    entries = Entry.objects.filter(pk__in=due).select_related("receiver", "project").order_by("id")
    return [
        Due(
            entry_id=entry.pk,
            due_on=due[entry.pk],
            said=Text(
                f"盘点“{entry.project.name_zh}”并登记现有规模。",
                f"Take stock of '{entry.project.name_en}' and record it.",
            ),
            side="assisted",
            owner=Text(entry.receiver.name_zh, entry.receiver.name_en),
        )
        for entry in entries
        if entry.project is not None
    ]


def partners_by_role(pairing_ids: Sequence[int], day: date) -> Rows:
    """How many partners each programme has on the day in each role, with their names."""
    category = record_of("industry").category
    assert category is not None, "partners are told apart by role"
    programmes = _programmes(pairing_ids)
    gone = set(
        _entries(pairing_ids, "left").filter(happened_on__lte=day).values_list("follows_id", flat=True)
    )
    names: dict[tuple[int, str], list[Text]] = defaultdict(list)
    joined = _entries(pairing_ids, "partnered").filter(happened_on__lte=day).select_related("giver")
    for entry in joined:
        if (entry.root_id or entry.pk) not in gone:
            name = Text(entry.giver.name_zh, entry.giver.name_en)
            names[programmes.of(entry.project_id), entry.category].append(name)
    roles = [code for code, _ in category.choices]
    return [
        (_partners(programmes.names[programme_id], dict(category.choices)[role], found), Decimal(len(found)))
        for (programme_id, role), found in sorted(
            names.items(), key=lambda one: (programmes.names[one[0][0]].en, roles.index(one[0][1]))
        )
    ]


def _partners(programme: Text, role: Text, names: Sequence[Text]) -> Text:
    listed = Text("、".join(name.zh for name in names), ", ".join(name.en for name in names))
    return Text(f"{programme.zh} · {role.zh}：{listed.zh}", f"{programme.en} · {role.en}: {listed.en}")


def in_stock(unit: str) -> Callable[[Sequence[int], date], Rows]:
    """The table of what each programme keeps or grows on a day, of the items counted in this unit."""

    def rows(pairing_ids: Sequence[int], day: date) -> Rows:
        # The newest report of each base, however old: the same as the figure `industry.stock` counts.
        days = Period.inclusive(date(YEAR_FIRST, 1, 1), day)
        newest = latest_ids(pairing_ids, days, "industry", "stocked", leaves=("ended",))
        return _by_programme(pairing_ids, Entry.objects.filter(pk__in=newest, unit=unit))

    return rows


def produced_in_year(unit: str) -> Callable[[Sequence[int], date], Rows]:
    """The table of what each programme produced in the day's year up to the day, counted in this unit."""

    def rows(pairing_ids: Sequence[int], day: date) -> Rows:
        days = year_to(day)
        produced = _entries(pairing_ids, "produced").filter(
            happened_on__gte=days.start, happened_on__lt=days.end, unit=unit
        )
        return _by_programme(pairing_ids, produced)

    return rows


def _by_programme(pairing_ids: Sequence[int], entries: EntryQuerySet) -> Rows:
    """What entries come to by programme and item; unlike items are never added."""
    programmes = _programmes(pairing_ids)
    sums: dict[Text, Decimal] = defaultdict(Decimal)
    for entry in entries.select_related("item"):
        assert entry.item is not None and entry.quantity_steps is not None, (
            "an item and a quantity are required"
        )
        programme = programmes.names[programmes.of(entry.project_id)]
        label = Text(f"{programme.zh} · {entry.item.name_zh}", f"{programme.en} · {entry.item.name_en}")
        sums[label] += Quantity(entry.quantity_steps, entry.unit).amount
    return sorted(sums.items(), key=lambda row: row[0].en)
