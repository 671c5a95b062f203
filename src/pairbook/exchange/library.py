"""The project library as sheets of a workbook: projects, their money by source, goals, steps, notices and assets."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pairbook.exchange.library_sheets import FILLED_IN, MONEY, SHEET_NAMES, Part, library_columns
from pairbook.exchange.markup import Value
from pairbook.exchange.names import party_ids_by_name
from pairbook.exchange.rules import NO, YES, Column
from pairbook.exchange.writing import SheetContent
from pairbook.kernel import clock
from pairbook.kernel.money import Money, sum_money
from pairbook.kernel.periods import day_of
from pairbook.kernel.texts import Lang, Text
from pairbook.pairings.reads import PairingRow, parties_by_side
from pairbook.parties.reads import parties_known
from pairbook.projects.assets import AssetRow
from pairbook.projects.opening import ProjectOpened, open_projects
from pairbook.projects.reads import LibraryFilter, library, projects_of
from pairbook.projects.shapes import GOAL_SORTS, INCOME_USES, NATURES, SOURCES, FundingLine
from pairbook.projects.uses import USES
from pairbook.register.reads import funds_of

_LISTED_MAX = 300
_NOTES: dict[bool, Text] = {
    True: Text(
        "带 * 的列必填；灰色的列由账本填写，改动不读入",
        "Columns with * are required; grey ones are filled in by the book and not read",
    ),
    False: Text("本表只供查看，不读入", "This sheet is for reading and is not imported"),
}


@dataclass(frozen=True, slots=True)
class _Told:
    """What the rows are made from: the projects opened, and the words their cells need."""

    projects: Sequence[ProjectOpened]
    lang: Lang
    party_words: dict[int, str]
    fund_words: dict[str, str]

    def word(self, text: Text | None) -> str | None:
        """A text in the workbook's language."""
        return text.in_(self.lang) if text else None

    def yes(self, is_so: bool) -> str:
        """Yes or no."""
        return (YES if is_so else NO).in_(self.lang)

    def fund(self, code: str) -> str | None:
        """A fund as its list offers it; its code where it is not registered."""
        return self.fund_words.get(code, code) or None


def library_contents(
    pairing: PairingRow,
    family: Sequence[PairingRow],
    lang: Lang,
    *,
    wanted: LibraryFilter | None = None,
    is_template: bool = False,
) -> list[SheetContent]:
    """The sheets of the library: of the projects wanted (None: all); a template has the sheets to fill in, empty."""
    wanted = wanted or LibraryFilter(pairing_ids=tuple(row.id for row in family))
    rows = [] if is_template else library(wanted)
    funds = {one.code: one.name.in_(lang) for one in funds_of([row.id for row in family])}
    by_id = open_projects([row.id for row in rows])
    opened = [by_id[row.id] for row in rows]
    told = _Told(opened, lang, _party_words(opened, lang), _told_apart(funds))
    lists = _lists(pairing, family, told)
    parts = FILLED_IN if is_template else tuple(SHEET_NAMES)
    return [_content(part, pairing, told, lists, has_children=len(family) > 1) for part in parts]


def _content(
    part: Part, pairing: PairingRow, told: _Told, lists: dict[str, list[str]], *, has_children: bool
) -> SheetContent:
    columns = library_columns(part, has_children=has_children)
    lang, name = told.lang, SHEET_NAMES[part]
    assisting, assisted = pairing.assisting.in_(lang), pairing.assisted.in_(lang)
    title = Text(f"{assisting}—{assisted} 项目库：{name.zh}", f"{assisting} – {assisted}: {name.en}")
    hint = _NOTES[part in FILLED_IN]
    today = clock.today()
    note = Text(
        f"结对：{pairing.code}　单位：元　截至：{today}　{hint.zh}",
        f"Pairing: {pairing.code}.  Unit: yuan.  As of {today}.  {hint.en}.",
    )
    cells = [row for project in told.projects for row in _ROWS[part](project, told)]
    codes = [column.code for column in columns]
    offered = {code: choices for code, choices in lists.items() if code in codes and part in FILLED_IN}
    return SheetContent(
        kind=part,
        name=name.in_(lang),
        title=title.in_(lang),
        note=note.in_(lang),
        columns=columns,
        rows=[[row.get(code) for code in codes] for row in cells],
        totals=_totals(columns, cells),
        lists=offered,
        has_both_heads=True,
    )


_Row = dict[str, Value]


def _totals(columns: Iterable[Column], rows: Sequence[_Row]) -> list[tuple[str, dict[str, Decimal]]]:
    """The sums of the columns of money; none where a cell says another currency."""
    sums = {}
    for column in columns:
        cells = [row.get(column.code) for row in rows]
        amounts = [cell for cell in cells if isinstance(cell, Decimal)]
        if column.sort == "money" and amounts and not any(isinstance(cell, str) for cell in cells):
            sums[column.code] = sum(amounts, Decimal(0))
    return [("", sums)] if sums else []


def _amount(money: Money | None) -> Value:
    """An amount in yuan; in another currency its words, which nobody adds up by mistake."""
    if money is None:
        return None
    return money.amount if money.currency == "CNY" else f"{money.amount} {money.currency}"


def _by_source(lines: Iterable[FundingLine]) -> _Row:
    held: dict[str, list[Money]] = {}
    for line in lines:
        held.setdefault(f"{MONEY}{line.source}", []).append(line.money)
    return {code: _amount(sum_money(amounts, amounts[0].currency)) for code, amounts in held.items()}


def _project_rows(project: ProjectOpened, told: _Told) -> list[_Row]:
    proposals = [row for row in project.steps if row.counts and row.step.code == "proposed"]
    last = [row for row in project.steps if row.counts][-1:]
    row: _Row = {
        "code": project.code,
        "name_zh": project.name.zh,
        "name_en": project.name.en,
        "state": told.word(project.step.label if project.step else Text("仅列名", "listed only")),
        "state_on": last[0].on if last else None,
        "happened_on": proposals[-1].on if proposals else None,
        "document_no": proposals[-1].document_no if proposals else None,
        "parent": project.parent[0] if project.parent else None,
        "pairing": project.pairing_code,
    }
    if project.version is None:
        return [row]
    fields = project.version.fields
    row |= {
        "year": fields.year,
        "use": told.word(USES[fields.use].label) if fields.use else None,
        "nature": told.word(NATURES.get(fields.nature)),
        "place": told.party_words.get(fields.place_id or 0),
        "responsible": told.party_words.get(fields.responsible_id or 0),
        "starts_on": fields.starts_on,
        "ends_on": fields.ends_on,
        "tasks": fields.tasks,
        "participation": fields.participation,
        "mechanism": fields.mechanism,
        "households": fields.households,
        "persons": fields.persons,
        "poor_persons": fields.poor_persons,
        "planned": _amount(project.planned),
    }
    return [row | _by_source(fields.funding)]


def _of(project: ProjectOpened, told: _Told) -> _Row:
    return {"code": project.code, "name": told.word(project.name), "pairing": project.pairing_code}


def _funding_rows(project: ProjectOpened, told: _Told) -> list[_Row]:
    lines = project.version.fields.funding if project.version else ()
    return [
        _of(project, told)
        | {
            "source": told.word(line.label),
            "fund": told.fund(line.fund_code),
            "money": _amount(line.money),
            "asks_consent": told.yes(True) if line.asks_consent else None,
        }
        for line in lines
    ]


def _goal_rows(project: ProjectOpened, told: _Told) -> list[_Row]:
    return [
        _of(project, told)
        | {
            "sort": told.word(goal.label),
            "text_zh": goal.text.zh,
            "text_en": goal.text.en,
            "target": goal.target.amount,
            "unit": goal.target.unit,
            "result": goal.result.result.amount if goal.result else None,
            "as_of": goal.result.as_of if goal.result else None,
            "reached": told.yes(goal.result.is_reached) if goal.result else None,
            "evaluation": goal.result.evaluation if goal.result else None,
        }
        for goal in project.goals
    ]


def _step_rows(project: ProjectOpened, told: _Told) -> list[_Row]:
    counting = Text("有效", "counts")
    back, taken = Text("撤回上一步", "takes a step back"), Text("已撤回", "taken back")
    return [
        _of(project, told)
        | {
            "number": step.number,
            "step": told.word(step.step.label),
            "happened_on": step.on,
            "document_no": step.document_no,
            "reason": step.reason,
            "counts": told.word(back if step.takes_back else taken if step.is_taken_back else counting),
            "papers": len(step.papers),
            "recorded_for": told.word(step.recorded_for),
            "recorded_at": day_of(step.recorded_at),
        }
        for step in project.steps
    ]


def _notice_rows(project: ProjectOpened, told: _Told) -> list[_Row]:
    comma = "、" if told.lang == "zh" else ", "
    return [
        _of(project, told)
        | {
            "sort": told.word(notice.label),
            "first_on": notice.first_on,
            "last_on": notice.last_on,
            "days": notice.days,
            "boards": comma.join(label.in_(told.lang) for label in notice.board_labels),
            "where": notice.where,
            "text": notice.text,
            "planned": _amount(notice.planned),
            "spent": _amount(notice.spent),
            "reason": notice.reason,
            "posted_for": told.word(notice.posted_for),
        }
        for notice in project.notices
    ]


def _asset_rows(project: ProjectOpened, told: _Told) -> list[_Row]:
    return [_of(project, told) | _asset_row(asset, told) for asset in project.assets]


def _asset_row(asset: AssetRow, told: _Told) -> _Row:
    row: _Row = {
        "asset": f"A{asset.id}",
        "sort": told.word(asset.label),
        "name_zh": asset.name.zh,
        "name_en": asset.name.en,
        "size": asset.size.amount,
        "unit": asset.size.unit,
        "acquired_on": asset.acquired_on,
        "value": _amount(asset.value),
        "status": told.word(asset.status.label),
        "statuses": "\n".join(
            f"{one.since} {one.label.in_(told.lang)}" + (f" ({one.note})" if one.note else "")
            for one in asset.statuses
        ),
        "income": _amount(sum_money((one.money for one in asset.incomes), asset.value.currency)),
    }
    if held := asset.holding:
        row |= {
            "ownership": told.word(held.ownership),
            "owner": told.word(held.owner),
            "operator": told.word(held.operator),
            "carer": told.word(held.carer),
            "held_since": held.since,
            "certificate_no": held.certificate_no,
        }
    return row | _by_source(asset.sources)


def _income_rows(project: ProjectOpened, told: _Told) -> list[_Row]:
    uses = {label: code for code, label in INCOME_USES.items()}
    return [
        _of(project, told)
        | {
            "asset": f"A{asset.id}",
            "name_zh": told.word(asset.name),
            "year": income.year,
            "income": _amount(income.money),
            **{uses[label]: _amount(part) for label, part in income.shares},
        }
        for asset in project.assets
        if asset.counts
        for income in asset.incomes
    ]


_ROWS: dict[Part, Callable[[ProjectOpened, _Told], list[_Row]]] = {
    "projects": _project_rows,
    "funding": _funding_rows,
    "goals": _goal_rows,
    "steps": _step_rows,
    "notices": _notice_rows,
    "assets": _asset_rows,
    "income": _income_rows,
}


def _party_words(opened: Iterable[ProjectOpened], lang: Lang) -> dict[int, str]:
    """Places and responsible units by id: the name alone where it tells one party, else with its code behind."""
    fields = [project.version.fields for project in opened if project.version]
    asked = {one for held in fields for one in (held.place_id, held.responsible_id) if one is not None}
    known = parties_known(asked)
    meant = party_ids_by_name(party.name.in_(lang) for party in known.values())

    def told(name: Text, code: str) -> str:
        word = name.in_(lang)
        return word if len(meant.get(word, [])) == 1 else f"{word} [{code}]"

    return {party_id: told(party.name, party.code) for party_id, party in known.items()}


def _told_apart(funds: dict[str, str]) -> dict[str, str]:
    """The name of each fund by its code, with the code behind where several bear the name."""
    names = list(funds.values())
    return {code: f"{name} [{code}]" if names.count(name) > 1 else name for code, name in funds.items()}


def _lists(pairing: PairingRow, family: Sequence[PairingRow], told: _Told) -> dict[str, list[str]]:
    """What may be chosen, by column; uses that the negative list refuses today are not offered."""
    today, lang = clock.today(), told.lang
    parties = parties_by_side(pairing.id)["assisted"]
    places, organisations = (
        [party.name.in_(lang) for party in parties if (party.sort == "place") == is_place]
        for is_place in (True, False)
    )
    lists = {
        "use": [use.label.in_(lang) for use in USES.values() if use.refused_on(today) is None],
        "nature": [label.in_(lang) for label in NATURES.values()],
        "place": list(dict.fromkeys(places))[:_LISTED_MAX],
        "responsible": list(dict.fromkeys([*organisations, *places]))[:_LISTED_MAX],
        "source": [source.label.in_(lang) for source in SOURCES.values()],
        "fund": list(told.fund_words.values()),
        "asks_consent": [told.yes(True), told.yes(False)],
        "sort": [sort.label.in_(lang) for sort in GOAL_SORTS.values()],
        "pairing": [row.code for row in family] if len(family) > 1 else [],
        "parent": [one.code for row in family for one in projects_of(row.id) if one.parent_id is None],
    }
    return {code: choices for code, choices in lists.items() if choices}
