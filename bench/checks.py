"""A page of text about a pairing of the generated book: figures that hold, and as many that do not, which ask for most.

A claim that holds is answered by its first reading; one that does not is looked for at every neighbouring address.
"""

from datetime import date

from pairbook.indicators.reads import address_of, figures
from pairbook.pairings.reads import pairing_of_code

_TOLD = (
    ("funds.fiscal/received", "{giver}安排{receiver}财政帮扶资金{value}元。"),
    ("funds.social/received", "{receiver}到账社会帮扶资金{value}元。"),
    ("funds.fiscal/allocated", "{giver}向{receiver}拨付财政帮扶资金{value}元。"),
    ("visits.leaders/held", "{giver}主要领导赴{receiver}调研对接{value}次。"),
    ("goods.quantity/received?item=bench-mask", "{giver}共向{receiver}捐赠口罩{value}只。"),
)


def page_of_text(code: str, day: date) -> str:
    """About a thousand characters with thirty figures: each of five told as it is, and wrongly, for three spans."""
    pairing = pairing_of_code(code)
    assert pairing is not None, "the generated book has this pairing"
    sides = {"giver": pairing.assisting.zh, "receiver": pairing.assisted.zh}
    lines = []
    for last in (day, date(day.year, 6, 30), date(day.year - 1, 12, 31)):
        when = f"{last.year}年1月1日至{last.month}月{last.day}日，"
        for question, words in _TOLD:
            path, _, query = question.partition("?")
            rest = f"{path}/{last.year}-01-01..{last}" + (f"?{query}" if query else "")
            (figure,) = figures([address_of(f"{code}/{rest}")])
            for value in (figure.value, figure.value * 3 + 7):
                lines.append(when + words.format(value=f"{value:f}", **sides))
    return "\n".join(lines)
