"""Whether a unit price bears out an agreed value, and what a lot's last day means."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from pairbook.kernel.money import Money
from pairbook.kernel.quantities import Quantity
from pairbook.kernel.reading import plain

_CENT = Decimal("0.01")


def read_price(written: str) -> Decimal | None:
    """The price of one unit as somebody wrote it ("3.50", "¥3.5"), exact; None where it is no positive number."""
    digits = plain(written).replace(",", "").removeprefix("¥").removesuffix("元").strip()
    if not digits.replace(".", "", 1).isdecimal():
        return None
    price = Decimal(digits)
    return price if price > 0 else None


def is_borne_out(price: Decimal, quantity: Quantity, value: Money) -> bool:
    """Whether a value is this price times the quantity.

    Invoices round the price of one: a value agrees when it gives the price again, to the places the price is written
    with and at least to the cent. The price is that of the item's own unit: a kilogram, not the tonne typed.
    """
    places = min(Decimal(1).scaleb(int(price.as_tuple().exponent)), _CENT)
    return (value.amount / quantity.amount).quantize(places, ROUND_HALF_UP) == price


def is_expired(expires_on: date | None, day: date) -> bool:
    """Whether a lot was past its last day; on the last day it may still be used."""
    return expires_on is not None and day > expires_on
