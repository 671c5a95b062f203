"""The published figures of the facts file as addresses in the book, with their sources."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pairbook.config.sample.records import facts_text, sheet

# What a source does not tell about itself (CONTRACT section 9).
NOT_KNOWN = "见事实文件 / as given in the facts file"
_TIERS = {"municipal plan": "municipal", "district and town": "district_and_town"}
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


def published_figures(pairing_code: str, indicators: Collection[str]) -> Iterator[Published]:
    """The facts that these indicators can hold; the others wait for their kinds."""
    facts = json.loads(facts_text())
    sources = {row["source"]: row for row in sheet("sources")}
    for group in facts["groups"].values():
        for fact in group["figures"]:
            if fact.get("indicator") in indicators:
                as_of = date.fromisoformat(fact.get("as_of") or group["as_of"])
                source = sources.get(fact["source"], {})
                yield Published(
                    address=_address(pairing_code, fact, as_of),
                    as_of=as_of,
                    value=Decimal(str(fact["value"])),
                    unit=fact["unit"],
                    qualifier=fact.get("qualifier", "exact"),
                    source_title=source.get("title") or fact["source"],
                    publisher=source.get("publisher") or NOT_KNOWN,
                    published_on=date.fromisoformat(source["published_on"]) if source else as_of,
                )


def _address(pairing_code: str, fact: dict[str, Any], as_of: date) -> str:
    # Every flow the facts tell is of its year up to the day; "first half of 2025" is 1 January to 30 June too.
    path = [pairing_code, fact["indicator"], fact.get("stage"), f"{as_of.year}-01-01..{as_of}"]
    parts = {name: fact[name] for name in _PARTS if name in fact}
    if "tier" in fact:
        parts["tier"] = _TIERS[fact["tier"]]
    tail = "&".join(f"{name}={value}" for name, value in parts.items())
    return "/".join(filter(None, path)) + (f"?{tail}" if tail else "")
