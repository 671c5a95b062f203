"""Questions of the public pages: the year of a programme told, its tree, its trustworthiness in three shares."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pairbook.indicators.discretion import Discretion
from pairbook.indicators.measuring import Figure, Scope, indicators
from pairbook.indicators.reads import (
    CoursePoint,
    PublishedRow,
    course_of,
    figure_rows,
    published_rows,
    scope_of,
)
from pairbook.indicators.rules import DEFAULT_DIRECTION, Address
from pairbook.kernel import clock
from pairbook.kernel.kinds import kinds_offering
from pairbook.kernel.periods import Period, year_to
from pairbook.kernel.texts import Lang, Text
from pairbook.pairings.reads import PairingRow, family_of
from pairbook.pairings.rules import PAIRING_LEVELS
from pairbook.portal.rules import Course, Fact, Phrase, Phrases, Piece, tell_year
from pairbook.register.known import record_of, stage_of
from pairbook.register.reads import (
    EntryFilter,
    EntryOpened,
    EntryRow,
    NamedRow,
    entry_rows,
    open_entry,
)
from pairbook.register.sums import stage_counts

# How far back the timeline looks before it looks through the whole book: a reader wants the last weeks, and a
# short stretch of days is found in the index at once.
_LATELY = timedelta(days=62)
_LATELY_ROWS = 8


@dataclass(frozen=True, slots=True)
class Trust:
    """How far the whole book of a programme can be trusted: entries, and how many are confirmed and documented."""

    entries: int
    confirmed: int
    expecting_papers: int
    with_papers: int
    last_on: date | None


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure's way through the year, one named line for each stage."""

    title: Text
    unit: str
    lines: tuple[tuple[Text, tuple[CoursePoint, ...]], ...]


@dataclass(frozen=True, slots=True)
class ToldPiece:
    """A run of words, or a figure in the words of the page's language."""

    words: str
    figure: Figure | None


@dataclass(frozen=True, slots=True)
class Year:
    """A programme's year up to a day."""

    day: date
    told: tuple[tuple[ToldPiece, ...], ...]
    """The year as paragraphs in the language asked for; empty when there is nothing to tell."""
    headline: tuple[tuple[Text, Figure], ...]
    by_item: tuple[tuple[Text, Figure], ...]
    """Of indicators that are never summed over items, each item's figure."""
    drawn: tuple[Drawn, ...]
    lately: tuple[EntryRow, ...]
    levels: tuple[tuple[Text, int], ...]
    """How many living pairings there are below this one on the day, by level."""
    beside: tuple[Figure, ...]
    """Of the assisted place and the country, what no entry holds: poor households, counties still on the list."""
    published: tuple[PublishedRow, ...]
    campaigns: tuple[NamedRow, ...]
    trust: Trust

    @property
    def holding(self) -> int:
        """How many of the published figures the book bears out."""
        return sum(row.holds for row in self.published)

    @property
    def published_of_day(self) -> tuple[PublishedRow, ...]:
        """What was published of just this day: also stages that are not told above, such as what was planned."""
        return tuple(
            row for row in self.published if (row.figure.address.end or row.published_on) == self.day
        )

    @property
    def published_days(self) -> tuple[date, ...]:
        """The days on which figures of this programme were true as published, latest first."""
        days = {row.figure.address.end or row.published_on for row in self.published}
        return tuple(sorted((day for day in days if day is not None), reverse=True))


def default_day(pairing: PairingRow) -> date:
    """The day whose year the portal tells when nobody asks for another."""
    return pairing.shown_on or clock.today()


def year_told(pairing: PairingRow, day: date, *, lang: Lang) -> Year:
    """The year of a programme from 1 January to `day`."""
    scope = scope_of(pairing.code)
    discretion = Discretion(scope)
    figures = [discretion.figure(one) for one in figure_rows(pairing.code, as_of=day, scope=scope)]
    return Year(
        day=day,
        told=tuple(_told(figures, pairing, day, scope, lang)),
        headline=tuple(_headline(figures, scope, by_item=False)),
        by_item=tuple(_headline(figures, scope, by_item=True)),
        drawn=tuple(_drawn(scope, day)),
        lately=discretion.rows(_lately(scope, day)),
        beside=tuple(one for one in figures if one.address.scope != pairing.code),
        levels=_levels(family_of(pairing.id)[1:], day),
        published=tuple(
            replace(row, figure=discretion.figure(row.figure))
            for row in published_rows(pairing.id, scope=scope)
        ),
        campaigns=scope.campaigns,
        trust=_trust(scope),
    )


def _told(
    figures: Sequence[Figure], pairing: PairingRow, day: date, scope: Scope, lang: Lang
) -> list[tuple[ToldPiece, ...]]:
    facts = [
        _fact(place, figure, scope)
        for place, figure in enumerate(figures)
        if figure.is_headline_stage
        and not figure.address.tier
        and not figure.address.currency
        and figure.withheld is None
        # Prose says what there is; a zero stands in the tables.
        and figure.value
    ]
    names = {"giver": pairing.assisting, "receiver": pairing.assisted}
    paragraphs: list[tuple[ToldPiece, ...]] = []
    for phrases in _by_paragraph():
        pieces = tell_year(phrases, facts, **names, day=day, lang=lang, is_first=not paragraphs)
        if pieces:
            paragraphs.append(tuple(_with_figure(piece, figures) for piece in pieces))
    return paragraphs


# The last place in the list of kinds that each paragraph of the year tells; what comes after them is the last one.
_PARAGRAPHS = (40, 60, 80)


def _by_paragraph() -> list[list[Phrase]]:
    """The clauses of all kinds, money and gifts first, then people, then work, then what grows and sells."""
    told: list[list[Phrase]] = [[] for _ in range(len(_PARAGRAPHS) + 1)]
    for kind, offered in kinds_offering(Phrases):
        told[bisect_left(_PARAGRAPHS, kind.place)] += offered.phrases
    return told


def _with_figure(piece: Piece, figures: Sequence[Figure]) -> ToldPiece:
    return ToldPiece(piece.words, None if piece.place is None else figures[piece.place])


def _fact(place: int, figure: Figure, scope: Scope) -> Fact:
    address, number = figure.address, figure.words
    item = scope.item_name(address.item) or Text("", "")
    if item.en.endswith("s") and figure.unit in ("piece", "set"):
        # 14,000 masks, not 14,000 pieces of masks; but 1,500 pieces of protective clothing.
        number = Text(number.zh, number.en.rsplit(" ", 1)[0])
    elif item.en:
        item = Text(item.zh, f"of {item.en}")
    return Fact(
        place=place,
        indicator=address.indicator,
        direction=address.direction,
        number=number,
        entries=figure.entries,
        item=address.item or "",
        item_name=item,
        campaign=address.campaign or "",
        campaign_name=scope.campaign_name(address.campaign) or Text("", ""),
    )


def _is_by_item(figure: Figure) -> bool:
    found = indicators().get(figure.address.indicator)
    return found is not None and found[1].apart_by == "item"


def _headline(figures: Sequence[Figure], scope: Scope, *, by_item: bool) -> list[tuple[Text, Figure]]:
    """The figures of the year's tables, with what each is called: at the headline stage, not split further."""
    chosen = [
        figure
        for figure in figures
        if figure.address.indicator in indicators()
        and figure.is_headline_stage
        and not figure.address.campaign
        and not figure.address.tier
        and _is_by_item(figure) == by_item
        and bool(figure.address.item) == by_item
    ]
    order = list(dict.fromkeys(figure.address.indicator for figure in chosen))
    chosen.sort(
        key=lambda one: (order.index(one.address.indicator), one.address.direction != DEFAULT_DIRECTION)
    )
    return [(scope.item_name(figure.address.item) or figure.label, figure) for figure in chosen]


def _drawn(scope: Scope, day: date) -> list[Drawn]:
    drawings = []
    for kind, course in kinds_offering(Course):
        _, indicator = indicators()[course.indicator]
        if indicator.is_private:
            # A line of single days would tell every small one.
            continue
        address = Address(
            scope=scope.code,
            indicator=indicator.code,
            version=indicator.version,
            stage=None,
            start=year_to(day).start,
            end=day,
        )
        lines = course_of(scope, address, course.stages)
        if any(lines.values()):
            named = tuple(
                (stage_of(kind.code, stage).label, tuple(_thinned(line))) for stage, line in lines.items()
            )
            drawings.append(Drawn(course.title, indicator.unit, named))
    return drawings


# A line with a dot for every day of a busy year can be neither read nor hit; by month it can.
_POINTS_MAX = 40


def _thinned(line: list[CoursePoint]) -> list[CoursePoint]:
    if len(line) <= _POINTS_MAX:
        return line
    months: dict[tuple[int, int], list[CoursePoint]] = {}
    for point in line:
        months.setdefault((point.day.year, point.day.month), []).append(point)
    return [
        replace(
            points[-1],
            step=sum((point.step for point in points[1:]), points[0].step),
            entries=sum(point.entries for point in points),
        )
        for points in months.values()
    ]


def _lately(scope: Scope, day: date) -> list[EntryRow]:
    """The last entries up to the day, newest first; from the last weeks if they hold enough."""
    for start in (day - _LATELY, year_to(day).start, date.min):
        wanted = EntryFilter(pairing_ids=scope.pairing_ids, period=Period.inclusive(min(start, day), day))
        found = entry_rows(wanted, limit=_LATELY_ROWS)
        if len(found) == _LATELY_ROWS:
            break
    return found


def _levels(children: Sequence[PairingRow], day: date) -> tuple[tuple[Text, int], ...]:
    living = [row for row in children if row.start_on <= day and (row.end_on is None or row.end_on >= day)]
    counts = {level: sum(row.level == level for row in living) for level in PAIRING_LEVELS}
    return tuple((PAIRING_LEVELS[level], count) for level, count in counts.items() if count)


def _trust(scope: Scope) -> Trust:
    edges = scope.edges
    if edges is None:
        return Trust(0, 0, 0, 0, None)
    rows = stage_counts(scope.pairing_ids)
    expecting = [row for row in rows if _expects_papers(row.kind, row.stage)]
    return Trust(
        entries=sum(row.entries for row in rows),
        confirmed=sum(row.confirmed_entries for row in rows),
        expecting_papers=sum(row.entries for row in expecting),
        with_papers=sum(row.with_papers for row in expecting),
        last_on=edges[1],
    )


def _expects_papers(kind: str, stage: str) -> bool:
    found = record_of(kind).stage(stage)
    return bool(found and found.papers)


def entry_of_public(pairing_code: str, entry_id: int) -> EntryOpened | None:
    """One entry of a pairing as the public may see it: without its note and without details kept for offices."""
    opened = open_entry(entry_id)
    if opened is None or opened.row.pairing_code != pairing_code:
        return None
    hidden = {detail.label for detail in record_of(opened.row.kind).details if not detail.is_public}
    opened = Discretion(scope_of(pairing_code)).entry(opened)
    return replace(
        opened,
        row=_without_office(opened.row, hidden),
        versions=tuple((_without_office(row, hidden), reason) for row, reason in opened.versions),
    )


def _without_office(row: EntryRow, hidden: set[Text]) -> EntryRow:
    return replace(row, note="", details=tuple(one for one in row.details if one[0] not in hidden))
