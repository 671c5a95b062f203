"""Decisions on sales: which papers prove one, which prices are unusual, which invoices and counts want a look."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median
from unicodedata import normalize

# Of fewer sales of an item in a year no usual price can be told.
PRICED_SALES_MIN = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Sale:
    """A paid sale as checks need it. Amounts are in yuan and in the item's unit."""

    entry_id: int
    paid_on: date
    producer_id: int
    yuan: Decimal
    recognised_yuan: Decimal
    item: str = ""
    quantity: Decimal | None = None
    document_no: str = ""
    papers: frozenset[str] = frozenset()

    @property
    def price(self) -> Decimal | None:
        """Yuan for one unit; None where no quantity or no item was told."""
        return self.yuan / self.quantity if self.quantity and self.item else None


def lacks_invoice(sale: Sale) -> bool:
    """Whether nothing proves the sale itself: no invoice and no order export of a platform."""
    return "invoice" not in sale.papers


def lacks_payment(sale: Sale) -> bool:
    """Whether nothing proves that it was paid."""
    return "payment" not in sale.papers


@dataclass(frozen=True, slots=True)
class OddPrice:
    """A sale whose price is far from the usual one: the median of the item in its year."""

    sale: Sale
    price: Decimal
    usual: Decimal

    @property
    def percent(self) -> int:
        """How far it is off, of the usual price; below it with a minus."""
        return round((self.price - self.usual) / self.usual * 100)


def odd_prices(sales: Iterable[Sale], *, percent_max: int) -> list[OddPrice]:
    """The sales whose price is further from the usual one than so many percent.

    Rule: recognition of products, test of price ("at the market average"), reported 28 August 2020.
    """
    alike: dict[tuple[str, int], list[tuple[Decimal, Sale]]] = defaultdict(list)
    for sale in sales:
        if sale.price is not None:
            alike[sale.item, sale.paid_on.year].append((sale.price, sale))
    found = []
    for priced in alike.values():
        if len(priced) >= PRICED_SALES_MIN:
            usual = median(price for price, _ in priced)
            odd = [OddPrice(sale, price, usual) for price, sale in priced]
            found += [one for one in odd if abs(one.price - usual) * 100 > usual * percent_max]
    return found


def document_key(written: str) -> str:
    """An invoice number, or a product's name, as it is compared: plain characters, no blanks, small letters."""
    return "".join(normalize("NFKC", written).split()).casefold()


def repeated_invoices(sales: Sequence[Sale]) -> list[tuple[Sale, Sale]]:
    """Each sale whose invoice number was used before, with the first sale of that number."""
    first: dict[str, Sale] = {}
    found = []
    for sale in sales:
        key = document_key(sale.document_no)
        if key and first.setdefault(key, sale) is not sale:
            found.append((sale, first[key]))
    return found


def is_thin(*, sold_yuan: Decimal, households: Decimal, yuan_min: int) -> bool:
    """Whether so little was sold for each household told to gain that the count wants a look."""
    return sold_yuan < households * yuan_min
