"""The measure of a number as it is found out, and the words before a number that make it a growth."""

import re
from dataclasses import dataclass


@dataclass(slots=True)
class Measured:
    """The measure of a number, how strongly the text says so, and for rates what they are of."""

    measure: str
    strength: float
    of: str | None = None


GROWTH_BEFORE = re.compile(
    r"(?:净增|同比增加|同比增长|环比增加|比[^,，。]{1,8}(?:增加|增长|减少|多|少)|较[^,，。]{1,8}(?:增加|增长"
    r"|减少|多|少)|多增|少增"
    r"|(?<![a-z])(?:up|down|an? (?:increase|rise|gain|drop|decrease|fall|decline|growth|jump) of|(?:rose|risen"
    r"|grew|grown|increased|fell|fallen|dropped|declined|up|down|reduced|cut) by))"
    r"(?:了|约|近|超过|逾|两| about| some| nearly| almost| more than| over| by)?\s?$"
)
