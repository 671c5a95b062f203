"""The published figures of the facts file as addresses in the book, with their sources."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pairbook.config.sample.records import facts_text, sheet
from pairbook.indicators.rules import Definition
from pairbook.parties.rules import PLACE_MEASURES

# What a source does not tell about itself (CONTRACT section 9).
NOT_KNOWN = "见事实文件 / as given in the facts file"
_TIERS = {"municipal plan": "municipal", "district and town": "district_and_town"}
_ASSISTED = "621027"
_SCOPES = {"China": "CN"}
_PARTS = ("direction", "item", "campaign")


@dataclass(frozen=True, slots=True)
class Published:
    """One published figure: where the book must show it, and who said so."""

    address: str
    as_of: date
    value: Decimal
    unit: str
    qualifier: str
    source_title: str
    publisher: str
    published_on: date


def published_figures(pairing_code: str, indicators: Mapping[str, Definition]) -> Iterator[Published]:
    """The facts that these indicators can hold, each at the address where the book must show it."""
    for fact, as_of, source in _facts():
        if fact.get("indicator") in indicators:
            yield Published(
                address=_address(pairing_code, fact, as_of, indicators[fact["indicator"]]),
                as_of=as_of,
                value=Decimal(str(fact["value"])),
                unit=fact["unit"],
                qualifier=fact.get("qualifier", "exact"),
                source_title=source.title,
                publisher=source.publisher,
                published_on=source.published_on or as_of,
            )


@dataclass(frozen=True, slots=True)
class Measured:
    """What was published of a place as of a day."""

    place_code: str
    code: str
    as_of: date
    value: Decimal
    source_title: str
    publisher: str
    published_on: date


def published_measures() -> Iterator[Measured]:
    """What the facts tell of the assisted county itself: its poor households, persons and incidence by year."""
    for fact, as_of, source in _facts():
        if fact.get("indicator") in PLACE_MEASURES:
            yield Measured(
                place_code=_ASSISTED,
                code=fact["indicator"],
                as_of=as_of,
                value=Decimal(str(fact["value"])),
                source_title=source.title,
                publisher=source.publisher,
                published_on=source.published_on or as_of,
            )


@dataclass(frozen=True, slots=True)
class _Source:
    """Where a fact was published, as far as known."""

    title: str
    publisher: str
    published_on: date | None


def _facts() -> Iterator[tuple[dict[str, Any], date, _Source]]:
    """Every figure of the facts file with the day it was true and its source."""
    facts = json.loads(facts_text())
    sources = {row["source"]: row for row in sheet("sources")}
    for group in facts["groups"].values():
        for fact in group["figures"]:
            told = sources.get(fact["source"])
            source = _Source(
                title=told["title"] if told else fact["source"],
                publisher=told["publisher"] if told else NOT_KNOWN,
                published_on=date.fromisoformat(told["published_on"]) if told else None,
            )
            yield fact, date.fromisoformat(fact.get("as_of") or group["as_of"]), source


def _address(pairing_code: str, fact: dict[str, Any], as_of: date, indicator: Definition) -> str:
    # Every flow the facts tell is of its year up to the day; "first half of 2025" is 1 January to 30 June too, and
    # so are jobs "since the outbreak" (CONTRACT section 9).
    days = f"{as_of}" if indicator.is_stock else f"{as_of.year}-01-01..{as_of}"
    scope = (
        _ASSISTED if fact["indicator"] in PLACE_MEASURES else _SCOPES.get(fact.get("scope", ""), pairing_code)
    )
    path = [scope, fact["indicator"], fact.get("stage"), days]
    parts = {name: fact[name] for name in _PARTS if name in fact}
    if "tier" in fact:
        parts["tier"] = _TIERS[fact["tier"]]
    tail = "&".join(f"{name}={value}" for name, value in parts.items())
    return "/".join(filter(None, path)) + (f"?{tail}" if tail else "")
