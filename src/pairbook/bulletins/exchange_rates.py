"""What a US dollar cost on average in each year; the file beside it says how far its rows can be trusted."""

import csv
from decimal import Decimal
from functools import cache
from importlib.resources import files


def yuan_per_dollar(year: int) -> Decimal:
    """The average of a year; of years before and after the table its first and its last."""
    table = _table()
    return table[min(max(year, min(table)), max(table))]


@cache
def _table() -> dict[int, Decimal]:
    text = files(__package__).joinpath("data", "exchange_rates.csv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return {int(row["year"]): Decimal(row["yuan"]) for row in csv.DictReader(lines)}
