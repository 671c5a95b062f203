"""What stands behind a number that no entry holds: counties on a list, publications, pairs, places reached."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from pairbook.kernel.texts import Text, same
from pairbook.pairings.reads import PairingRow, PlaceName, TwinningRow
from pairbook.pairings.rules import PAIRING_LEVELS
from pairbook.parties.reads import MeasureRow, StatusRow, parties_known
from pairbook.parties.rules import PLACE_MEASURES
from pairbook.web.languages import typed_in_both


@dataclass(frozen=True, slots=True)
class Thing:
    """One of the things behind a number: a county on the list, a publication, a pair."""

    name: Text
    since: date | None
    until: date | None
    """The last day it counted; None while it does."""
    note: Text
    source: Text
    link_code: str
    """The code of the place or pairing that has a page; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Outside:
    """A number that no entry holds, with the things behind it."""

    value: Decimal
    things: tuple[Thing, ...]


Things = Callable[[Sequence[TwinningRow]], tuple[Thing, ...]]


def listed_thing(row: StatusRow) -> Thing:
    """A county on the list, with the announcement."""
    return Thing(
        name=Text(f"{row.province.zh}{row.name.zh}", f"{row.name.en}, {row.province.en}"),
        since=row.listed_on,
        until=row.delisted_on - timedelta(days=1) if row.delisted_on else None,
        note=_joined(row.announcement, _typed(row.note)),
        source=_joined(_typed(row.publisher), _typed(row.source)),
        link_code=row.place_code,
    )


def published_thing(row: MeasureRow, place_code: str) -> Thing:
    """A publication, with the day its number is of."""
    day = same(str(row.published_on)) if row.published_on else same("")
    return Thing(
        name=PLACE_MEASURES[row.code].label,
        since=row.as_of,
        until=None,
        note=Text(f"{row.words.zh}，{row.as_of}的数", f"{row.words.en} as of {row.as_of}"),
        source=_joined(_typed(row.source), _typed(row.publisher), day),
        link_code=place_code,
    )


def pairs_of(level: str) -> Things:
    """The pairs of a level, one by one."""

    def things(rows: Sequence[TwinningRow]) -> tuple[Thing, ...]:
        return tuple(_pair_thing(row.pairing) for row in rows if row.pairing.level == level)

    return things


def helped_by(level: str) -> Things:
    """The different parties helped by pairs of a level, each with who helps it."""
    return _parties(level, lambda row: (row.assisted_id, row.assisted, row.assisting))


def helping_in(level: str) -> Things:
    """The different parties that help in pairs of a level, each with whom it helps."""
    return _parties(level, lambda row: (row.assisting_id, row.assisting, row.assisted))


def _parties(level: str, ends: Callable[[PairingRow], tuple[int, Text, Text]]) -> Things:
    def things(rows: Sequence[TwinningRow]) -> tuple[Thing, ...]:
        pairs: dict[int, list[PairingRow]] = {}
        for row in rows:
            if row.pairing.level == level:
                pairs.setdefault(ends(row.pairing)[0], []).append(row.pairing)
        known = parties_known(pairs)
        found = []
        for party_id, held in pairs.items():
            _, name, _ = ends(held[0])
            code = known[party_id].code if known[party_id].sort == "place" else ""
            found.append(_reached_thing(name, held, [ends(row)[2] for row in held], code))
        return tuple(found)

    return things


def places_reached(of: Callable[[TwinningRow], tuple[PlaceName, ...]]) -> Things:
    """The different places reached, by code, each with who helps there."""

    def things(rows: Sequence[TwinningRow]) -> tuple[Thing, ...]:
        pairs: dict[PlaceName, list[PairingRow]] = {}
        for row in rows:
            for place in of(row):
                pairs.setdefault(place, []).append(row.pairing)
        ordered = sorted(pairs.items(), key=lambda item: item[0].code)
        return tuple(
            _reached_thing(place.name, held, [row.assisting for row in held], place.code)
            for place, held in ordered
        )

    return things


def _pair_thing(row: PairingRow) -> Thing:
    households = row.covers_households
    covered = Text(f"{households}户", f"{households} households") if households else same("")
    return Thing(
        name=Text(f"{row.assisting.zh}—{row.assisted.zh}", f"{row.assisting.en} – {row.assisted.en}"),
        since=row.start_on,
        until=row.end_on,
        note=_joined(PAIRING_LEVELS[row.level], covered),
        source=_agreement(row),
        link_code=row.code,
    )


def _reached_thing(name: Text, pairs: Sequence[PairingRow], others: Sequence[Text], code: str) -> Thing:
    first = min(pairs, key=lambda row: row.start_on)
    return Thing(
        name=name,
        since=first.start_on,
        until=None,
        note=Text("、".join(other.zh for other in others), ", ".join(other.en for other in others)),
        source=_agreement(first),
        link_code=code,
    )


def _agreement(row: PairingRow) -> Text:
    signed = Text(f"{row.signed_on}签订", f"signed {row.signed_on}") if row.signed_on else same("")
    return _joined(row.agreement, signed)


def _joined(*parts: Text) -> Text:
    kept: Iterable[Text] = [part for part in parts if part.zh]
    return Text("，".join(part.zh for part in kept), ", ".join(part.en for part in kept))


def _typed(words: str) -> Text:
    return Text(*typed_in_both(words))
