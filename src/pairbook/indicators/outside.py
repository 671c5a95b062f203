"""Indicators that no entry holds: counties on the poverty list, what was published of a place, twinnings alive.

Each has its definition and its reading: for a scope and its days, the number and the things that stand behind it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from pairbook.indicators.behind import (
    Outside,
    Thing,
    Things,
    helped_by,
    helping_in,
    listed_thing,
    pairs_of,
    places_reached,
    published_thing,
)
from pairbook.kernel import clock
from pairbook.kernel.problems import Refusal
from pairbook.kernel.texts import Text
from pairbook.pairings.reads import (
    PairingRow,
    TwinningRow,
    family_ids,
    pairing_of_code,
    programme_ids_of_place,
    twinnings_on,
)
from pairbook.pairings.rules import PAIRING_LEVELS, TwinningCounts, count_twinnings
from pairbook.parties.reads import (
    StatusRow,
    holds_list,
    measure_on,
    party_of_code,
    places_on_list,
    places_taken_off,
)
from pairbook.parties.rules import PLACE_LISTS, PLACE_MEASURES, PartyFacts
from pairbook.projects.reads import projects_started

POVERTY_LIST = "national-2014"


class Reading(Protocol):
    """How such a number is read: `end` None is today; of a stock only the last day counts.

    Refusal where the scope is of the wrong sort, or where the book was told nothing that would answer.
    """

    def __call__(
        self,
        scope_code: str,
        *,
        start: date | None,
        end: date | None,
        is_day: bool,
        known_at: datetime | None,
    ) -> Outside: ...


@dataclass(frozen=True)
class OutsideIndicator:
    """What one such number measures: how it is counted, in what unit, by which rule."""

    code: str
    version: int
    label: Text
    unit: str
    rule: Text
    reference: Text
    is_stock: bool
    read: Reading
    of_pairs: Callable[[Sequence[TwinningRow]], Outside] | None = None
    """The same of pairs already read, for a page that asks many such numbers; None where pairs are not counted."""


def shown_beside(
    pairing: PairingRow, *, day: date | None = None, known_at: datetime | None = None
) -> list[tuple[str, str]]:
    """The figures outside a pairing that its portal shows, as scope and indicator; only those that have an answer.

    Counties still on the list in the whole country, and what was published of the assisted place.
    """
    shown = [("CN", "poverty.counties_remaining")] if holds_list(POVERTY_LIST, known_at=known_at) else []
    last = day or clock.today()
    if pairing.assisted_is_place:
        shown += [
            (pairing.assisted_code, code)
            for code in PLACE_MEASURES
            if measure_on(pairing.assisted_id, code, last, known_at=known_at) is not None
        ]
    return shown


def _place(scope_code: str) -> PartyFacts:
    found = party_of_code(scope_code)
    if found is None or found.sort != "place":
        raise Refusal(
            "figure.scope",
            Text(
                "这个指标按地区统计：请写地区代码，如 CN 或 621027。",
                "This indicator is counted by place: write a place's code, such as CN or 621027.",
            ),
        )
    return found


def _place_of(scope_code: str) -> PartyFacts:
    """The place a scope means: itself or, of a pairing, the one that is assisted."""
    pairing = pairing_of_code(scope_code)
    return _place(pairing.assisted_code if pairing else scope_code)


def _must_hold_list(known_at: datetime | None) -> None:
    if not holds_list(POVERTY_LIST, known_at=known_at):
        name = PLACE_LISTS[POVERTY_LIST].name
        raise Refusal(
            "figure.no_list",
            Text(f"当时账本里还没有{name.zh}。", f"The book did not hold this list then: {name.en}."),
        )


def _counties_remaining(
    scope_code: str, *, start: date | None, end: date | None, is_day: bool, known_at: datetime | None
) -> Outside:
    _place(scope_code)
    _must_hold_list(known_at)
    return _counted(places_on_list(POVERTY_LIST, scope_code, end or clock.today(), known_at=known_at))


def _counties_exited(
    scope_code: str, *, start: date | None, end: date | None, is_day: bool, known_at: datetime | None
) -> Outside:
    _place(scope_code)
    _must_hold_list(known_at)
    first, last = start or date.min, end or clock.today()
    return _counted(places_taken_off(POVERTY_LIST, scope_code, first, last, known_at=known_at))


def _counted(rows: list[StatusRow]) -> Outside:
    return Outside(Decimal(len(rows)), tuple(map(listed_thing, rows)))


def _measure_reading(code: str) -> Reading:
    def read(
        scope_code: str, *, start: date | None, end: date | None, is_day: bool, known_at: datetime | None
    ) -> Outside:
        place, day = _place_of(scope_code), end or clock.today()
        row = measure_on(place.id, code, day, known_at=known_at)
        if row is None:
            raise Refusal(
                "figure.not_published",
                Text(
                    f"截至这一天，账本里没有{place.name.zh}公布的数字。",
                    f"Up to this day the book holds nothing published of {place.name.en}.",
                ),
            )
        return Outside(row.value, (published_thing(row, place.code),))

    return read


def _twinning_reading(of_pairs: Callable[[Sequence[TwinningRow]], Outside]) -> Reading:
    def read(
        scope_code: str, *, start: date | None, end: date | None, is_day: bool, known_at: datetime | None
    ) -> Outside:
        return of_pairs(_pairs_on(scope_code, end or clock.today(), known_at))

    return read


def _pairs_on(scope_code: str, day: date, known_at: datetime | None) -> tuple[TwinningRow, ...]:
    return tuple(
        row
        for pairing_id in _programme_ids(scope_code)
        for row in twinnings_on(pairing_id, day, known_at=known_at)
    )


def _programme_ids(scope_code: str) -> list[int]:
    pairing = pairing_of_code(scope_code)
    return programme_ids_of_place(scope_code) if pairing is None else [pairing.id]


def _projects_started(
    scope_code: str, *, start: date | None, end: date | None, is_day: bool, known_at: datetime | None
) -> Outside:
    ids = [one for pairing_id in _programme_ids(scope_code) for one in family_ids(pairing_id)]
    rows = projects_started(ids, start, end or clock.today())
    things = tuple(
        Thing(
            name=row.name,
            since=row.started_on,
            until=None,
            note=Text(f"项目编号 {row.code}", f"project {row.code}"),
            source=Text("", ""),
            link_code="",
        )
        for row in rows
    )
    return Outside(Decimal(len(rows)), things)


_EXIT_REFERENCE = Text(
    "《关于建立贫困退出机制的意见》（2016）；2014年国家名单。" + PLACE_LISTS[POVERTY_LIST].caution.zh,
    "Opinions on the exit mechanism (2016); national list of 2014. " + PLACE_LISTS[POVERTY_LIST].caution.en,
)
_RESULTS_REFERENCE = Text(
    "《东西部扶贫协作考核办法（试行）》（2017）脱贫成效类指标；建档立卡口径",
    "Assessment measures for East-West cooperation (2017, trial), results; by the register of poor households",
)
_TWINNING_REFERENCE = Text(
    "《东西部扶贫协作考核办法（试行）》（2017）携手奔小康类指标",
    "Assessment measures for East-West cooperation (2017, trial), twinning",
)
_LAST_PUBLISHED = Text(
    "取这一天或之前最近一次公布的数，并说明是哪一天的数", "as last published up to the day, and of which day"
)


def _measure(code: str, rule: Text) -> OutsideIndicator:
    sort = PLACE_MEASURES[code]
    return OutsideIndicator(
        code=code,
        version=1,
        label=sort.label,
        unit=sort.unit,
        rule=Text(f"{rule.zh}；{_LAST_PUBLISHED.zh}。", f"{rule.en}; {_LAST_PUBLISHED.en}."),
        reference=_RESULTS_REFERENCE,
        is_stock=True,
        read=_measure_reading(code),
    )


def _twinning(
    code: str, label: Text, unit: str, rule: Text, value: Callable[[TwinningCounts], int], things: Things
) -> OutsideIndicator:
    alive = Text("只计这一天有效的结对", "Only pairs alive on the day count")

    def of_pairs(rows: Sequence[TwinningRow]) -> Outside:
        return Outside(Decimal(value(count_twinnings([row.facts for row in rows]))), things(rows))

    return OutsideIndicator(
        code=f"twinning.{code}",
        version=1,
        label=label,
        unit=unit,
        rule=Text(f"{alive.zh}；{rule.zh}。", f"{alive.en}; {rule.en}."),
        reference=_TWINNING_REFERENCE,
        is_stock=True,
        read=_twinning_reading(of_pairs),
        of_pairs=of_pairs,
    )


def _pairs(level: str) -> OutsideIndicator:
    label = PAIRING_LEVELS[level]

    def value(counts: TwinningCounts) -> int:
        return counts.pairs.get(level, 0)

    rule = Text(
        "一对计一次，一方与两家结对计两对",
        "each pair counts once, and a party with two partners is two pairs",
    )
    return _twinning(f"{level}_pairs", Text(label.zh, f"{label.en}s"), "pair", rule, value, pairs_of(level))


_PAIRED = (
    "township",
    "village",
    "school",
    "hospital",
    "enterprise_village",
    "social_organisation",
    "household",
)
_ONCE = "同一个只计一次，不论有几对"
_ONCE_EN = "each counts once, however many pairs it has"

OUTSIDE: dict[str, OutsideIndicator] = {
    one.code: one
    for one in (
        OutsideIndicator(
            code="poverty.counties_remaining",
            version=1,
            label=Text("尚未退出的贫困县", "counties still on the national poverty list"),
            unit="county",
            rule=Text(
                "2014年国家名单的832个县中，这一天还没有宣布退出的；宣布退出的当天起不再计入；"
                "三个没有民政区划代码的行政委员会计入。",
                "Of the 832 counties of the list of 2014, those not yet announced to have left; from the day of the "
                "announcement a county no longer counts. Three administrative committees without a civil code count.",
            ),
            reference=_EXIT_REFERENCE,
            is_stock=True,
            read=_counties_remaining,
        ),
        OutsideIndicator(
            code="poverty.counties_exited",
            version=1,
            label=Text("退出的贫困县", "counties that left the national poverty list"),
            unit="county",
            rule=Text(
                "按宣布退出的日期计入该时期；只知道年份的，按当年12月31日计。",
                "A county counts in the period in which its exit was announced; on 31 December where only the year is "
                "known.",
            ),
            reference=_EXIT_REFERENCE,
            is_stock=False,
            read=_counties_exited,
        ),
        _measure("poverty.households", Text("建档立卡贫困户，按户计", "Registered poor households")),
        _measure("poverty.persons", Text("建档立卡贫困人口，按人计", "Registered poor persons")),
        _measure(
            "poverty.incidence",
            Text(
                "贫困人口占农村户籍人口的百分比",
                "Poor persons as a percentage of the rural registered population",
            ),
        ),
        OutsideIndicator(
            code="projects.count",
            version=1,
            label=Text("帮扶项目", "projects"),
            unit="project",
            rule=Text(
                "按开工日期计入该时期；由若干项目组成的产业链等总项目不另计；计划未开工的不计。",
                "Counted in the period in which work began; a programme over other projects is none itself; what is "
                "only planned does not count.",
            ),
            reference=Text(
                "《东西部扶贫协作考核办法（试行）》（2017）资金使用类指标；开工率口径",
                "Assessment measures for East-West cooperation (2017, trial), use of funds; start rate",
            ),
            is_stock=False,
            read=_projects_started,
        ),
        *map(_pairs, _PAIRED),
        _twinning(
            "townships",
            Text("乡镇结对的受援乡镇", "assisted townships in township pairs"),
            "township",
            Text(f"受援一方的乡镇，{_ONCE}", f"townships of the assisted side; {_ONCE_EN}"),
            lambda counts: counts.townships,
            helped_by("township"),
        ),
        _twinning(
            "villages",
            Text("村村结对的受援村", "assisted villages in village pairs"),
            "village",
            Text(f"受援一方的村，{_ONCE}", f"villages of the assisted side; {_ONCE_EN}"),
            lambda counts: counts.villages,
            helped_by("village"),
        ),
        _twinning(
            "schools",
            Text("结对的受援学校", "assisted schools in school pairs"),
            "school",
            Text(f"受援一方的学校，{_ONCE}", f"schools of the assisted side; {_ONCE_EN}"),
            lambda counts: counts.schools,
            helped_by("school"),
        ),
        _twinning(
            "hospitals",
            Text("结对的受援医院", "assisted hospitals in hospital pairs"),
            "hospital",
            Text(f"受援一方的医院，{_ONCE}", f"hospitals of the assisted side; {_ONCE_EN}"),
            lambda counts: counts.hospitals,
            helped_by("hospital"),
        ),
        _twinning(
            "enterprises",
            Text("村企结对的企业", "enterprises in enterprise-village pairs"),
            "enterprise",
            Text(f"帮扶一方的企业，{_ONCE}", f"enterprises of the assisting side; {_ONCE_EN}"),
            lambda counts: counts.enterprises,
            helping_in("enterprise_village"),
        ),
        _twinning(
            "social_orgs",
            Text("结对的社会组织", "social organisations in pairs"),
            "social_organisation",
            Text(f"帮扶一方的社会组织，{_ONCE}", f"social organisations of the assisting side; {_ONCE_EN}"),
            lambda counts: counts.social_organisations,
            helping_in("social_organisation"),
        ),
        _twinning(
            "townships_covered",
            Text("结对覆盖的乡镇", "townships reached by pairs of any level"),
            "township",
            Text(
                f"受援一方所在的乡镇，各级结对合并，{_ONCE}；与村结对也覆盖该村的乡镇",
                f"townships in which the assisted side lies, pairs of every level together; {_ONCE_EN}; a pair with a "
                "village reaches its township",
            ),
            lambda counts: counts.townships_covered,
            places_reached(lambda row: row.townships),
        ),
        _twinning(
            "villages_covered",
            Text("结对覆盖的村", "villages reached by pairs of any level"),
            "village",
            Text(
                f"受援一方所在的村，各级结对合并，{_ONCE}；两家企业帮一个村计一个村",
                f"villages in which the assisted side lies, pairs of every level together; {_ONCE_EN}; two firms for "
                "one village are one village",
            ),
            lambda counts: counts.villages_covered,
            places_reached(lambda row: row.villages),
        ),
        _twinning(
            "households",
            Text("干部结对认亲的户", "households paired with officials"),
            "household",
            Text(
                "各对所填户数之和；账本不记户主姓名，一户有两个结对的计两次",
                "the numbers each pair gives, added up; no household is named, so one with two partners counts twice",
            ),
            lambda counts: counts.households,
            pairs_of("household"),
        ),
    )
}
"""The indicators outside the entries, by code."""


class Pairs:
    """The pairs of each scope and day, read once for a page that asks many numbers of them."""

    def __init__(self) -> None:
        self._read: dict[tuple[str, date, datetime | None], tuple[TwinningRow, ...]] = {}

    def at(self, code: str, scope_code: str, day: date, known_at: datetime | None) -> Outside | None:
        """The number where pairs are counted; None where they are not."""
        of_pairs = OUTSIDE[code].of_pairs
        if of_pairs is None:
            return None
        key = (scope_code, day, known_at)
        if key not in self._read:
            self._read[key] = _pairs_on(*key)
        return of_pairs(self._read[key])


def outside_path(code: str, scope_code: str, day: date, *, start: date | None = None) -> str:
    """The address at which such a number is opened: a stock on the day, a flow from `start` to the day."""
    one = OUTSIDE[code]
    span = f"{day}" if one.is_stock else f"{start or ''}..{day}"
    return f"{scope_code}/{code}@{one.version}/{span}"
