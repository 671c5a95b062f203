"""Money as an integer of minor units (fen, cents) with its currency. No float ever enters."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

# Minor units per major unit. ISO 4217; only what programmes have used so far.
MINOR_UNITS: dict[str, int] = {"CNY": 100, "USD": 100, "EUR": 100, "HKD": 100, "GBP": 100, "JPY": 1}

# A signed 64-bit column holds 9.2e18; a thousandth of it leaves room for every sum.
MINOR_MAX = 9_000_000_000_000_000


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """An exact amount: `Money(5_416_000_000)` is 54,160,000 yuan."""

    minor: int
    currency: str = "CNY"

    def __post_init__(self) -> None:
        assert type(self.minor) is int, "money is an integer of minor units"
        assert self.currency in MINOR_UNITS, f"unknown currency {self.currency}"

    @classmethod
    def of(cls, amount: Decimal | int | str, currency: str = "CNY") -> "Money":
        """Money from an amount in major units; ValueError when it does not come out in whole minor units."""
        try:
            exact = Decimal(amount)
        except InvalidOperation as error:
            raise ValueError(f"{amount!r} is not an amount") from error
        minor = exact * MINOR_UNITS[currency] if exact.is_finite() else exact
        if not minor.is_finite() or minor != minor.to_integral_value():
            raise ValueError(f"{amount} {currency} has parts smaller than the currency has")
        if abs(minor) > MINOR_MAX:
            raise ValueError(f"{amount} {currency} is more than a book can hold")
        return cls(int(minor), currency)

    @property
    def amount(self) -> Decimal:
        """The amount in major units (yuan), exact."""
        return Decimal(self.minor) / MINOR_UNITS[self.currency]

    def __add__(self, other: "Money") -> "Money":
        self._must_share_currency(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._must_share_currency(other)
        return Money(self.minor - other.minor, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __lt__(self, other: "Money") -> bool:
        self._must_share_currency(other)
        return self.minor < other.minor

    def _must_share_currency(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not add up without a rate")

    def split(self, weights: list[int]) -> list["Money"]:
        """Shares in proportion to whole weights that sum to this amount to the last minor unit.

        The units left after rounding down go to the largest remainders, earlier shares first.
        """
        whole = sum(weights)
        if whole <= 0 or any(weight < 0 for weight in weights):
            raise ValueError("weights are whole numbers, not all zero")
        shares = [self.minor * weight // whole for weight in weights]
        remainders = [(self.minor * weight % whole, -place) for place, weight in enumerate(weights)]
        left = self.minor - sum(shares)
        for _, place in sorted(remainders, reverse=True)[:left]:
            shares[-place] += 1
        return [Money(share, self.currency) for share in shares]


def sum_money(values: Iterable[Money], currency: str = "CNY") -> Money:
    """The sum of values of one currency; zero of `currency` when there are none."""
    parts = list(values)
    total = Money(0, parts[0].currency if parts else currency)
    for part in parts:
        total = total + part
    return total
