"""`figures` and `open`: the numbers of the book, and what stands behind them."""

from argparse import Namespace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pairbook.config.commands.answers import json_number, read_day_given, table, tell_json
from pairbook.indicators.behind import Thing
from pairbook.indicators.conversion import conversion_of
from pairbook.indicators.currencies import Converted, RateAsked
from pairbook.indicators.measuring import Figure, definitions, indicators
from pairbook.indicators.opening import OpenedFigure, open_figure
from pairbook.indicators.reads import address_of, figure_rows, sum_of
from pairbook.indicators.rules import Address
from pairbook.kernel.periods import BOOK_ZONE, is_in_calendar
from pairbook.kernel.problems import Problem, Rejected
from pairbook.kernel.quantities import UNITS
from pairbook.kernel.texts import Lang, Text
from pairbook.pairings.reads import pairing_of_code, programmes
from pairbook.parties.reads import party_of_code
from pairbook.register.known import stage_of
from pairbook.register.reads import EntryRow, campaigns, items, papers_of
from pairbook.register.shapes import DIRECTIONS, STATES, TIERS
from pairbook.web.numbers import currency_word, plain

_LISTED = 50


def figures(arguments: Namespace) -> int:
    """All figures of a pairing, one row each (CONTRACT section 4)."""
    problems: list[Problem] = []
    if pairing_of_code(arguments.pairing) is None and party_of_code(arguments.pairing) is None:
        problems.append(
            _unknown(Text("结对", "Pairing"), arguments.pairing, [row.code for row in programmes()])
        )
    if arguments.indicator is not None and arguments.indicator not in definitions():
        problems.append(_unknown(Text("指标", "Indicator"), arguments.indicator, list(definitions())))
    as_of = read_day_given(arguments.as_of, "--as-of", problems)
    known = _read_known(arguments.known_at, problems)
    if problems:
        raise Rejected(problems)
    rows = figure_rows(arguments.pairing, as_of=as_of, known=known, indicator=arguments.indicator)
    if arguments.json:
        tell_json([figure_json(row) for row in rows])
    else:
        print(_figures_table(rows, arguments.lang))
    return 0


def figure_json(figure: Figure) -> dict[str, Any]:
    """A figure in the shape of CONTRACT section 4; values in base units, days inclusive."""
    address = figure.address
    return {
        "address": address.text,
        "indicator": address.indicator,
        "label_zh": figure.label.zh,
        "label_en": figure.label.en,
        "value": json_number(figure.value),
        "unit": figure.unit,
        "stage": address.stage,
        "is_headline_stage": figure.is_headline_stage,
        "basis": figure.basis,
        "from": None if figure.basis == "on_day" else figure.first.isoformat(),
        "to": None if figure.basis == "on_day" else figure.last.isoformat(),
        "as_of": figure.last.isoformat(),
        "known_at": None if address.known is None else address.known.isoformat(),
        # What no entry holds goes from nobody to nobody.
        "direction": address.direction if address.indicator in indicators() else None,
        "item": address.item,
        "campaign": address.campaign,
        "tier": address.tier,
        "confirmed_value": _json_or_null(figure.confirmed_value),
        "entries": figure.entries,
        "with_papers": figure.with_papers,
    }


def _json_or_null(value: Decimal | None) -> int | float | None:
    return None if value is None else json_number(value)


def _figures_table(rows: list[Figure], lang: Lang) -> str:
    if not rows:
        return Text("没有数据。", "There are no figures.").in_(lang)
    item_names = {one.code: one.name for one in items()}
    campaign_names = {one.code: one.name for one in campaigns()}
    first = rows[0]
    days = Text(f"{first.first} 至 {first.last}", f"{first.first} to {first.last}").in_(lang)
    headings = (
        Text("指标", "Indicator"),
        Text("阶段", "Stage"),
        Text("范围", "Of"),
        Text("数值", "Value"),
        Text("单位", "Unit"),
        Text("双方确认", "Both sides"),
        Text("记录", "Entries"),
        Text("有材料", "With papers"),
    )
    told = []
    for row in rows:
        measured = indicators().get(row.address.indicator)
        stage = stage_of(measured[0].code, row.address.stage or "").label if measured else Text("", "")
        facets = [
            DIRECTIONS[row.address.direction] if row.address.direction != "assisting_to_assisted" else None,
            item_names.get(row.address.item or ""),
            campaign_names.get(row.address.campaign or ""),
            TIERS.get(row.address.tier or ""),
        ]
        told.append(
            [
                row.label.in_(lang),
                stage.in_(lang),
                ("、" if lang == "zh" else ", ").join(facet.in_(lang) for facet in facets if facet),
                plain(row.value),
                _unit_word(row.unit, lang),
                "" if row.confirmed_value is None else plain(row.confirmed_value),
                plain(row.entries),
                plain(row.with_papers),
            ]
        )
    return f"{days}\n\n" + table([one.in_(lang) for one in headings], told, numbers=(3, 5, 6, 7))


def _unit_word(unit: str, lang: Lang) -> str:
    return UNITS[unit].label.in_(lang) if unit in UNITS else currency_word(unit, lang)


def open_addresses(arguments: Namespace) -> int:
    """One figure with all that is behind it; of several figures their sum, or a refusal that says why."""
    addresses = [address_of(text) for text in arguments.addresses]
    if len(addresses) > 1:
        return _tell_sum(addresses, arguments)
    (address,) = addresses
    limit = arguments.limit if arguments.limit is not None else 10**9 if arguments.json else _LISTED
    opened = open_figure(address, limit=max(limit, 0))
    figure = opened.figure
    other = _in_currency(figure.value, figure.unit, figure.last, arguments)
    if arguments.json:
        tell_json(opened_json(opened) | {"converted": converted_json(other)})
    else:
        print(_opened_text(opened, arguments.lang, other))
    return 0


def _in_currency(value: Decimal, unit: str, day: date, arguments: Namespace) -> Converted | None:
    """The amount in the currency asked for; None where none was."""
    asked = RateAsked(
        (arguments.currency or "").upper(), arguments.rate, arguments.rate_source, arguments.rate_on
    )
    if not asked.currency and not (asked.rate or asked.source or asked.on):
        return None
    return conversion_of(value, unit=unit, day=day, asked=asked)


def converted_json(other: Converted | None) -> dict[str, Any] | None:
    """An amount in another currency with the rate it was computed at; None where none was asked for."""
    if other is None:
        return None
    rate = other.rate
    return {
        "value": json_number(other.value),
        "currency": other.currency,
        "rate": {
            "currency": rate.currency,
            "yuan": json_number(rate.yuan),
            "on": rate.on.isoformat(),
            "source": _two(rate.source),
            "verified": rate.is_verified,
        },
    }


def opened_json(opened: OpenedFigure) -> dict[str, Any]:
    """A figure opened: the sentence it answers, its rule, and the entries with their papers' fingerprints."""
    figure = opened.figure
    return {
        "address": figure.address.text,
        "sentence_zh": opened.sentence.zh,
        "sentence_en": opened.sentence.en,
        "value": json_number(figure.value),
        "unit": figure.unit,
        "confirmed_value": _json_or_null(figure.confirmed_value),
        "count": figure.entries,
        "entries": [_entry_json(row) for row in opened.entries],
        "things": [_thing_json(thing) for thing in opened.things],
        "rule": {"zh": opened.rule.zh, "en": opened.rule.en},
        "reference": {"zh": opened.reference.zh, "en": opened.reference.en},
    }


def _entry_json(row: EntryRow) -> dict[str, Any]:
    papers = papers_of(row.id) if row.papers else []
    return {
        "id": row.id,
        "date": row.happened_on.isoformat(),
        "kind": row.kind,
        "stage": row.stage,
        "direction": row.direction,
        "giver": _two(row.giver),
        "receiver": _two(row.receiver),
        "money": None if row.money is None else json_number(row.money.amount),
        "currency": None if row.money is None else row.money.currency,
        "quantity": None if row.quantity is None else json_number(row.quantity.amount),
        "unit": None if row.quantity is None else row.quantity.unit,
        "item": _two(row.item),
        "fund": _two(row.fund),
        "campaign": _two(row.campaign),
        "document_no": row.document_no,
        "state": row.state,
        "papers": [{"kind": paper.sort.code, "sha256": paper.sha256} for paper in papers],
    }


def _two(text: Text | None) -> dict[str, str] | None:
    return None if text is None else {"zh": text.zh, "en": text.en}


def _opened_text(opened: OpenedFigure, lang: Lang, other: Converted | None) -> str:
    figure = opened.figure
    unit = _unit_word(figure.unit, lang)
    signed, value = plain(figure.confirmed_value or Decimal(0)), plain(figure.value)
    if opened.things:
        return _things_text(opened, f"{value} {unit}", lang)
    lines = [
        opened.sentence.in_(lang),
        Text(
            f"{value} {unit}；双方确认 {signed}；{figure.entries} 条记录，{figure.with_papers} 条有材料",
            f"{value} {unit}; confirmed by both sides {signed}; {figure.entries} entries, "
            f"{figure.with_papers} with papers",
        ).in_(lang),
        *([f"{other.words.in_(lang)} ({other.rate.words.in_(lang)})"] if other else []),
        opened.rule.in_(lang),
        opened.reference.in_(lang),
        "",
    ]
    headings = (
        Text("记录", "Entry"),
        Text("日期", "Date"),
        Text("给出", "From"),
        Text("接收", "To"),
        Text("数额", "Amount"),
        Text("阶段", "Stage"),
        Text("确认", "State"),
        Text("材料", "Papers"),
    )
    rows = [
        [
            f"E{row.id}",
            row.happened_on.isoformat(),
            row.giver.in_(lang),
            row.receiver.in_(lang),
            _amounts(row, lang),
            row.stage_label.in_(lang),
            STATES[row.state].in_(lang),
            str(row.papers),
        ]
        for row in opened.entries
    ]
    lines.append(table([one.in_(lang) for one in headings], rows, numbers=(4, 7)))
    if len(rows) < figure.entries:
        shown = len(rows)
        lines.append(
            Text(
                f"只列出 {shown} 条；用 --limit 多列。", f"The first {shown} are listed; --limit lists more."
            ).in_(lang)
        )
    return "\n".join(lines)


def _things_text(opened: OpenedFigure, number: str, lang: Lang) -> str:
    """A number no entry holds, with what stands behind it."""
    headings = (Text("名称", "Name"), Text("从", "From"), Text("说明", "Note"), Text("出处", "Source"))
    rows = [
        [
            thing.name.in_(lang),
            thing.since.isoformat() if thing.since else "",
            thing.note.in_(lang),
            thing.source.in_(lang),
        ]
        for thing in opened.things
    ]
    told = [opened.sentence, opened.rule, opened.reference]
    lines = [told[0].in_(lang), number, *[one.in_(lang) for one in told[1:]], ""]
    return "\n".join([*lines, table([one.in_(lang) for one in headings], rows)])


def _thing_json(thing: Thing) -> dict[str, Any]:
    return {
        "name": _two(thing.name),
        "since": thing.since.isoformat() if thing.since else None,
        "until": thing.until.isoformat() if thing.until else None,
        "note": _two(thing.note),
        "source": _two(thing.source),
    }


def _amounts(row: EntryRow, lang: Lang) -> str:
    told = []
    if row.quantity is not None:
        told.append(f"{plain(row.quantity.amount)} {_unit_word(row.quantity.unit, lang)}")
    if row.money is not None:
        told.append(f"{plain(row.money.amount)} {currency_word(row.money.currency, lang)}")
    return " / ".join(told)


def _tell_sum(addresses: list[Address], arguments: Namespace) -> int:
    value, unit, summed = sum_of(addresses)
    other = _in_currency(value, unit, max(one.last for one in summed), arguments)
    if arguments.json:
        tell_json(sum_json(value, unit, summed) | {"converted": converted_json(other)})
    else:
        for one in summed:
            print(f"{one.address.text}\n    {plain(one.value)} {_unit_word(one.unit, arguments.lang)}")
        word = Text("合计", "Sum").in_(arguments.lang)
        print(f"{word}  {plain(value)} {_unit_word(unit, arguments.lang)}")
        if other:
            print(f"{other.words.in_(arguments.lang)} ({other.rate.words.in_(arguments.lang)})")
    return 0


def sum_json(value: Decimal, unit: str, summed: list[Figure]) -> dict[str, Any]:
    """The sum of alike figures, with each of them."""
    return {
        "addresses": [one.address.text for one in summed],
        "value": json_number(value),
        "unit": unit,
        "confirmed_value": json_number(
            sum((one.confirmed_value or Decimal(0) for one in summed), Decimal(0))
        ),
        "count": sum(one.entries for one in summed),
        "figures": [figure_json(one) for one in summed],
    }


def _unknown(place: Text, value: str, known: list[str]) -> Problem:
    shown = ", ".join(known[:8]) or "—"
    cure = Text(f"没有“{value}”；可用：{shown}。", f"There is no '{value}'; known here: {shown}.")
    return Problem("usage.unknown", place, cure, value=value)


def _read_known(written: str | None, problems: list[Problem]) -> date | datetime | None:
    if written is None or len(written) <= 10:
        return read_day_given(written, "--known-at", problems)
    try:
        moment = datetime.fromisoformat(written)
        if not is_in_calendar(moment):
            raise ValueError(written)
    except ValueError:
        cure = Text("写成 2020-09-18 或 2020-09-18T17:00:00。", "Write 2020-09-18 or 2020-09-18T17:00:00.")
        problems.append(Problem("usage.moment", Text("--known-at", "--known-at"), cure, value=written))
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=BOOK_ZONE)
