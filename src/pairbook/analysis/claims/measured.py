"""The measure of a number as it is found out, and the words before a number that make it a growth."""

import re
from dataclasses import dataclass


@dataclass(slots=True)
class Measured:
    """The measure of a number, how strongly the text says so, and for rates what they are of."""

    measure: str
    strength: float
    of: str | None = None


_MORE_ZH = "(?:增加|增长|减少|多|少)"
GROWTH_BEFORE = re.compile(
    rf"(?:净增|同比增加|同比增长|环比增加|比[^,，。]{{1,8}}{_MORE_ZH}|较[^,，。]{{1,8}}{_MORE_ZH}|多增|少增"
    "|(?<![a-z])(?:up|down|(?:increase|rise|gain|drop|decrease|fall|decline|growth|jump|reduction) of"
    "|(?:rose|risen|grew|grown|increased|fell|fallen|dropped|declined|up|down|reduced|cut) by))"
    r"(?:了|约|近|超过|逾|两| about| some| nearly| almost| more than| over| by)?\s?$"
)
"""Words right before a number that make it a growth and no level."""
