"""Exact quantities: an integer of small steps in a base unit, so that 亩 and 斤 convert without loss.

Steps are chosen so that every customary unit is a whole number of them: a gram for weight (1 斤 = 500 g,
State Council order of 1959 and 1984), a ten-thousandth of a mu for land (1 ha = 15 mu, 1 m² = 15 steps).
"""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from pairbook.kernel.texts import Text
from pairbook.web.numbers import plain

STEPS_MAX = 9_000_000_000_000_000


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as people write it: which base unit it belongs to, and how many steps one of it is."""

    code: str
    base: str
    steps: int
    label: Text
    aliases: tuple[str, ...] = ()
    plural: str = ""
    """The English for several, where it differs from the label."""

    def words_for(self, amount: Decimal | int) -> Text:
        """The unit as it stands after an amount: 1 visit, 7 visits."""
        return Text(self.label.zh, self.label.en if amount == 1 or not self.plural else self.plural)


def _count(code: str, zh: str, en: str, plural: str, *aliases: str) -> Unit:
    return Unit(code, code, 1, Text(zh, en), (plural, *aliases), plural)


UNITS: dict[str, Unit] = {
    unit.code: unit
    for unit in (
        Unit("kg", "kg", 1_000, Text("公斤", "kg"), ("千克", "kilogram", "kilograms", "kilo")),
        Unit("g", "kg", 1, Text("克", "g"), ("gram", "grams")),
        Unit("t", "kg", 1_000_000, Text("吨", "t"), ("tonne", "tonnes", "ton", "tons")),
        Unit("jin", "kg", 500, Text("斤", "jin"), ("市斤",)),
        Unit("liang", "kg", 50, Text("两", "liang"), ("市两",)),
        Unit("mu", "mu", 10_000, Text("亩", "mu"), ("市亩",)),
        Unit("ha", "mu", 150_000, Text("公顷", "ha"), ("hectare", "hectares")),
        Unit("m2", "mu", 15, Text("平方米", "m²"), ("㎡", "sqm", "m²")),
        # Rates are published to a hundredth: 1.75%.
        Unit("percent", "percent", 100, Text("%", "percent"), ("％", "per cent")),
        Unit("l", "l", 1_000, Text("升", "l"), ("公升", "litre", "litres", "liter")),
        Unit("ml", "l", 1, Text("毫升", "ml"), ("millilitre",)),
        _count("piece", "件", "piece", "pieces", "只", "个", "片", "枚", "pcs"),
        _count("set", "套", "set", "sets", "台"),
        _count("head", "头", "head", "head", "匹"),
        _count("person", "人", "person", "persons", "名", "people"),
        _count("person-time", "人次", "person-time", "person-times"),
        _count("household", "户", "household", "households"),
        _count("household-time", "户次", "household-time", "household-times"),
        _count("visit", "次", "visit", "visits"),
        _count("event", "场", "event", "events"),
        _count("village", "村", "village", "villages"),
        _count("township", "乡镇", "township", "townships"),
        _count("county", "县", "county", "counties"),
        _count("school", "所学校", "school", "schools"),
        _count("hospital", "家医院", "hospital", "hospitals"),
        _count("enterprise", "家企业", "enterprise", "enterprises"),
        _count("social_organisation", "家社会组织", "social organisation", "social organisations"),
        _count("pair", "对", "pair", "pairs"),
        _count("workshop", "个帮扶车间", "workshop", "workshops", "个扶贫车间", "个车间"),
        _count("park", "个园区", "park", "parks"),
        _count("project", "个项目", "project", "projects"),
        _count("vacancy", "个岗位", "vacancy", "vacancies"),
        _count("year", "年", "year", "years"),
        _count("month", "个月", "month", "months"),
        _count("organisation", "家单位", "organisation", "organisations"),
        _count("product", "个产品", "product", "products"),
        _count("base", "个基地", "base", "bases"),
    )
}

_BY_NAME: dict[str, Unit] = {}
for _unit in UNITS.values():
    for _name in (_unit.code, _unit.label.zh, _unit.label.en, *_unit.aliases):
        _BY_NAME.setdefault(_name.lower(), _unit)


def unit_named(name: str) -> Unit | None:
    """The unit somebody wrote as `name` (code, Chinese, English or a customary word), or None."""
    return _BY_NAME.get(name.strip().lower())


@dataclass(frozen=True, slots=True)
class Quantity:
    """An exact amount of a base unit: `Quantity(10_500_000, "kg")` is 10.5 tonnes."""

    steps: int
    unit: str

    def __post_init__(self) -> None:
        assert type(self.steps) is int, "a quantity is an integer of steps"
        assert self.unit in UNITS and UNITS[self.unit].base == self.unit, f"{self.unit} is not a base unit"

    @classmethod
    def of(cls, amount: Decimal | int | str, unit: str) -> "Quantity":
        """A quantity from an amount in any unit; ValueError when it does not come out in whole steps."""
        known = UNITS[unit]
        try:
            exact = Decimal(amount)
        except InvalidOperation as error:
            raise ValueError(f"{amount!r} is not a quantity") from error
        steps = exact * known.steps if exact.is_finite() else exact
        if not steps.is_finite() or steps != steps.to_integral_value():
            raise ValueError(f"{amount} {unit} is finer than the book can hold exactly")
        if abs(steps) > STEPS_MAX:
            raise ValueError(f"{amount} {unit} is more than a book can hold")
        return cls(int(steps), known.base)

    @property
    def amount(self) -> Decimal:
        """The amount in the base unit (kg, mu, pieces), exact."""
        return Decimal(self.steps) / UNITS[self.unit].steps

    @property
    def words(self) -> Text:
        """The amount with its unit as a person reads it: 14,000 件, 14,000 pieces."""
        unit = UNITS[self.unit].words_for(self.amount)
        return Text(f"{plain(self.amount)} {unit.zh}", f"{plain(self.amount)} {unit.en}")

    def amount_in(self, unit: str) -> Decimal:
        """The amount in another unit of the same sort; ValueError where the sorts differ."""
        other = UNITS[unit]
        if other.base != self.unit:
            raise ValueError(f"{self.unit} cannot be told in {unit}")
        return Decimal(self.steps) / other.steps

    def __add__(self, other: "Quantity") -> "Quantity":
        self._must_share_unit(other)
        return Quantity(self.steps + other.steps, self.unit)

    def __sub__(self, other: "Quantity") -> "Quantity":
        self._must_share_unit(other)
        return Quantity(self.steps - other.steps, self.unit)

    def __lt__(self, other: "Quantity") -> bool:
        self._must_share_unit(other)
        return self.steps < other.steps

    def _must_share_unit(self, other: "Quantity") -> None:
        if self.unit != other.unit:
            raise ValueError(f"{self.unit} and {other.unit} are different things and do not add up")
