"""Questions of the exchange: the workbook of a pairing, and what the names and row numbers in a workbook stand for."""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.db import connection, transaction
from django.db.models import Q

from pairbook.exchange.backups import (
    MANIFEST,
    Manifest,
    OnProgress,
    Part,
    book_models,
    manifest_text,
    migrations_applied,
    row_lines,
    write_part,
)
from pairbook.exchange.library import library_contents
from pairbook.exchange.library_sheets import LIBRARY
from pairbook.exchange.markup import Value
from pairbook.exchange.names import ASKED_AT_ONCE, batches, parts_asked, party_ids_by_name
from pairbook.exchange.rows import Catalogue, cell_text
from pairbook.exchange.rules import ROWS_MAX, Column, Sheet, columns_of
from pairbook.exchange.writing import Meta, SheetContent, write_workbook
from pairbook.kernel import clock
from pairbook.kernel.evidence import evidence_path
from pairbook.kernel.kinds import Kind, kind_of, kinds_offering
from pairbook.kernel.models import Evidence
from pairbook.kernel.money import sum_money
from pairbook.kernel.periods import day_of
from pairbook.kernel.problems import Problem, Rejected
from pairbook.kernel.quantities import UNITS, Quantity
from pairbook.kernel.texts import Lang, Text
from pairbook.pairings.reads import PairingRow, family_of, pairing_of_code, parties_by_side
from pairbook.parties.models import Party
from pairbook.projects.reads import LibraryFilter, projects_of
from pairbook.register.models import Entry
from pairbook.register.reads import EntryFilter, EntryRow, campaigns, entry_rows, funds_of, items
from pairbook.register.shapes import STATES, Record

_LISTED_MAX = 300


@dataclass(frozen=True, slots=True)
class KindSheet:
    """A kind with how it is recorded and the columns of its sheet."""

    kind: Kind
    record: Record
    sheet_name: Text
    columns: tuple[Column, ...]


def kind_sheet(code: str, *, has_children: bool) -> KindSheet:
    """The sheet of a kind; Rejected when there is no kind of this code that records entries."""
    kind = kind_of(code)
    record = kind.offer(Record) if kind else None
    if kind is None or record is None:
        known = ", ".join(one.code for one, _ in kinds_offering(Record))
        cure = Text(f"没有“{code}”；可用：{known}。", f"There is no '{code}'; known here: {known}.")
        raise Rejected([Problem("exchange.kind", Text("种类", "Kind"), cure, value=code)])
    sheet = kind.offer(Sheet)
    name = sheet.name if sheet else kind.label
    return KindSheet(kind, record, name, columns_of(record, sheet, has_children=has_children))


def pairing_named(code: str) -> PairingRow:
    """The pairing of this code; Rejected when there is none."""
    pairing = pairing_of_code(code)
    if pairing is None:
        cure = Text(f"没有代码为“{code}”的结对。", f"There is no pairing with the code '{code}'.")
        raise Rejected([Problem("exchange.pairing", Text("结对", "Pairing"), cure, value=code)])
    return pairing


def workbook(kinds: Sequence[str] | None, wanted: EntryFilter | None, pairing_code: str, lang: Lang) -> bytes:
    """A workbook with a sheet for each kind of the entries wanted (None: all), oldest first.

    `projects` among the kinds stands for the sheets of the project library; None for all kinds and the library.
    """
    pairing = pairing_named(pairing_code)
    family = family_of(pairing.id)
    base = wanted or EntryFilter(pairing_ids=tuple(row.id for row in family))
    codes = list(kinds) if kinds else [*(kind.code for kind, _ in kinds_offering(Record)), LIBRARY]
    has_library = LIBRARY in codes and wanted is None
    entry_codes = [code for code in dict.fromkeys(codes) if code != LIBRARY]
    held = [kind_sheet(code, has_children=len(family) > 1) for code in entry_codes]
    if base.kind is not None:
        held = [one for one in held if one.kind.code == base.kind]
    sheets = [_sheet_content(one, base, pairing, family, lang) for one in held]
    if has_library:
        sheets += library_contents(pairing, family, lang)
    return _written(sheets, pairing, lang)


def _written(sheets: Sequence[SheetContent], pairing: PairingRow, lang: Lang) -> bytes:
    return write_workbook(
        sheets, Meta(pairing.code, lang, {content.kind: content.name for content in sheets})
    )


def library_workbook(
    pairing_code: str, lang: Lang, *, wanted: LibraryFilter | None = None, is_template: bool = False
) -> bytes:
    """The project library as a workbook, of the projects wanted (None: all); or the empty sheets for proposals."""
    pairing = pairing_named(pairing_code)
    family = family_of(pairing.id)
    sheets = library_contents(pairing, family, lang, wanted=wanted, is_template=is_template)
    return _written(sheets, pairing, lang)


def _sheet_content(
    held: KindSheet, base: EntryFilter, pairing: PairingRow, family: Sequence[PairingRow], lang: Lang
) -> SheetContent:
    rows = entry_rows(replace(base, kind=held.kind.code), limit=ROWS_MAX, oldest_first=True)
    names = _Names(rows, family)
    label = held.kind.label
    assisting, assisted = pairing.assisting.in_(lang), pairing.assisted.in_(lang)
    title = Text(
        f"{assisting}—{assisted} {label.zh}登记表",
        f"{assisting} – {assisted}: register of {label.en.lower()}",
    )
    today = clock.today()
    note = Text(
        f"结对：{pairing.code}　单位：元　截至：{today}　"
        "带 * 的列必填；灰色的列由账本填写，改动不读入；改动已有记录须写更正原因",
        f"Pairing: {pairing.code}.  Unit: yuan.  As of {today}.  Columns with * are required; grey ones are "
        "filled in by the book and not read; a change to an entry needs its reason.",
    )
    return SheetContent(
        kind=held.kind.code,
        name=held.sheet_name.in_(lang),
        title=title.in_(lang),
        note=note.in_(lang),
        columns=held.columns,
        rows=[_cells(held, row, names, lang) for row in rows],
        totals=_totals(held, rows, lang),
        lists=_lists(held, names, pairing, family, lang),
    )


def _totals(held: KindSheet, rows: Sequence[EntryRow], lang: Lang) -> list[tuple[str, dict[str, Decimal]]]:
    """For each stage that has rows the sums that may be formed: of one currency; of one item in one unit."""
    totals = []
    codes = {column.code for column in held.columns}
    for stage in held.record.stages:
        of_stage = [row for row in rows if row.stage == stage.code]
        amounts = [row.money for row in of_stage if row.money is not None]
        quantities = [(row.item, quantity) for row in of_stage if (quantity := _typed(held, row))]
        sums: dict[str, Decimal] = {}
        if "money" in codes and len({amount.currency for amount in amounts}) == 1:
            sums["money"] = sum_money(amounts).amount
        if "quantity" in codes and len({(item, quantity.unit) for item, quantity in quantities}) == 1:
            sums["quantity"] = sum((quantity.amount for _, quantity in quantities), Decimal(0))
        if sums:
            totals.append((stage.label.in_(lang), sums))
    return totals


class _Names:
    """Names as cells hold them: alone where they tell one thing, else with the code behind."""

    def __init__(self, rows: Sequence[EntryRow], family: Sequence[PairingRow]) -> None:
        words = {row.giver for row in rows} | {row.receiver for row in rows}
        self._party_ids = party_ids_by_name([name for text in words for name in (text.zh, text.en) if name])
        self._codes = _codes_of(
            row.id for row in rows if any(self.is_shared(text) for text in (row.giver, row.receiver))
        )
        funds = funds_of([row.id for row in family])
        self._shared_funds = _repeated(one.name.zh for one in funds) | _repeated(one.name.en for one in funds)
        self._row_funds = _fund_codes_of(row.id for row in rows if self._is_shared_fund(row))

    def is_shared(self, text: Text) -> bool:
        """Whether several parties bear this name."""
        return any(len(self._party_ids.get(name, [])) != 1 for name in (text.zh, text.en) if name)

    def party(self, text: Text, row: EntryRow, lang: Lang, *, is_giver: bool) -> str:
        """A giver or receiver."""
        if not self.is_shared(text) or row.id not in self._codes:
            return text.in_(lang)
        return f"{text.in_(lang)} [{self._codes[row.id][0 if is_giver else 1]}]"

    def _is_shared_fund(self, row: EntryRow) -> bool:
        return row.fund is not None and (
            row.fund.zh in self._shared_funds or row.fund.en in self._shared_funds
        )

    def fund(self, row: EntryRow, lang: Lang) -> str | None:
        """A fund."""
        if row.fund is None:
            return None
        code = self._row_funds.get(row.id)
        return f"{row.fund.in_(lang)} [{code}]" if code else row.fund.in_(lang)

    def listed_fund(self, code: str, name: Text, lang: Lang) -> str:
        """A fund as the list offers it."""
        shared = name.zh in self._shared_funds or name.en in self._shared_funds
        return f"{name.in_(lang)} [{code}]" if shared else name.in_(lang)


def _repeated(words: Iterable[str]) -> set[str]:
    seen: set[str] = set()
    return {word for word in words if word in seen or seen.add(word)}  # type: ignore[func-returns-value]


def _codes_of(ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    asked = Entry.objects.order_by().values_list("id", "giver__code", "receiver__code")
    return {
        entry_id: (giver, receiver)
        for some in batches(list(ids))
        for entry_id, giver, receiver in asked.filter(pk__in=some)
    }


def _fund_codes_of(ids: Iterable[int]) -> dict[int, str]:
    asked = Entry.objects.order_by().values_list("id", "fund__code")
    return {
        entry_id: code for some in batches(list(ids)) for entry_id, code in asked.filter(pk__in=some) if code
    }


def _typed(held: KindSheet, row: EntryRow) -> Quantity | None:
    """The quantity somebody typed; what an entry counts as one of an import would refuse."""
    stage = held.record.stage(row.stage)
    return row.quantity if stage and row.quantity and held.record.is_typed(stage, row.quantity.unit) else None


def _cells(held: KindSheet, row: EntryRow, names: _Names, lang: Lang) -> list[Value]:
    details = dict(row.details)
    typed = _typed(held, row)
    cells: list[Value] = []
    for column in held.columns:
        match column.sort:
            case "entry":
                cells.append(f"E{row.id}")
            case "stage":
                cells.append(row.stage_label.in_(lang))
            case "day" if column.detail is not None:
                written = details.get(column.detail.label)
                cells.append(None if written is None else date.fromisoformat(written.zh))
            case "day":
                cells.append(row.happened_on)
            case "party":
                is_giver = column.code == "giver"
                cells.append(
                    names.party(row.giver if is_giver else row.receiver, row, lang, is_giver=is_giver)
                )
            case "fund":
                cells.append(names.fund(row, lang))
            case "item" | "campaign" | "project":
                named: Text | None = getattr(row, column.sort)
                cells.append(None if named is None else named.in_(lang))
            case "quantity" | "money" if column.code == "of_which":
                cells.append(None if row.of_which is None else row.of_which.amount)
            case "quantity":
                cells.append(None if typed is None else typed.amount)
            case "unit":
                cells.append(None if typed is None else UNITS[typed.unit].label.in_(lang))
            case "money":
                cells.append(None if row.money is None else row.money.amount)
            case "pairing":
                cells.append(row.pairing_code)
            case "follows":
                cells.append(None if row.follows_id is None else f"E{row.follows_id}")
            case "choice" | "whole" | "number" | "text" if column.detail is not None:
                told = details.get(column.detail.label)
                whole = column.sort == "whole" and told is not None and told.zh.isdigit()
                cells.append(None if told is None else int(told.zh) if whole else told.in_(lang))
            case _:
                cells.append(_shown(column.code, row, lang))
    return cells


def _shown(code: str, row: EntryRow, lang: Lang) -> Value:
    match code:
        case "state":
            return STATES[row.state].in_(lang)
        case "papers":
            return row.papers
        case "recorded_for":
            return row.recorded_for.in_(lang)
        case "recorded_at":
            return day_of(row.recorded_at)
        case "document_no":
            return row.document_no or None
        case "note":
            return row.note or None
    return None


def _lists(
    held: KindSheet, names: _Names, pairing: PairingRow, family: Sequence[PairingRow], lang: Lang
) -> dict[str, list[str]]:
    lists: dict[str, list[str]] = {
        "stage": [stage.label.in_(lang) for stage in held.record.stages],
        "campaign": [one.name.in_(lang) for one in campaigns()],
    }
    codes = {column.code for column in held.columns}
    if "fund" in codes:
        funds = funds_of([row.id for row in family])
        lists["fund"] = [names.listed_fund(one.code, one.name, lang) for one in funds]
    if "item" in codes:
        lists["item"] = [one.name.in_(lang) for one in items()]
    if "unit" in codes:
        lists["unit"] = [UNITS[code].label.in_(lang) for code in held.record.all_units]
    if "project" in codes:
        lists["project"] = [one.name.in_(lang) for row in family for one in projects_of(row.id)]
    if "pairing" in codes:
        lists["pairing"] = [row.code for row in family]
    for column in held.columns:
        if column.detail is not None and column.detail.choices:
            lists[column.code] = [label.in_(lang) for _, label in column.detail.choices]
    parties = [party.name.in_(lang) for side in parties_by_side(pairing.id).values() for party in side]
    lists["giver"] = lists["receiver"] = list(dict.fromkeys(parties))[:_LISTED_MAX]
    return {code: choices for code, choices in lists.items() if choices}


def catalogue_of(held: KindSheet, family: Sequence[PairingRow], party_texts: Iterable[str]) -> Catalogue:
    """What the names in a workbook may stand for, gathered in a few queries."""
    catalogue = Catalogue()
    for fund in funds_of([row.id for row in family]):
        catalogue.add("fund", (fund.code, fund.name.zh, fund.name.en), fund.id)
        catalogue.currencies[fund.id] = fund.currency
    for item in items():
        catalogue.add("item", (item.code, item.name.zh, item.name.en), item.code)
    for campaign in campaigns():
        catalogue.add("campaign", (campaign.code, campaign.name.zh, campaign.name.en), campaign.code)
    for row in family:
        catalogue.add("pairing", (row.code,), row.id)
        if any(column.code == "project" for column in held.columns):
            for project in projects_of(row.id):
                catalogue.add("project", (project.code, project.name.zh, project.name.en), project.id)
    found = [one for ids in party_ids_by_name(parts_asked(party_texts)).values() for one in ids]
    for some in batches(sorted(set(found))):
        for party in Party.objects.filter(pk__in=some):
            catalogue.add("party", (party.code, party.name_zh, party.name_en), party.pk)
    return catalogue


def held_rows(
    held: KindSheet, family: Sequence[PairingRow], ids: Sequence[int], lang: Lang
) -> dict[int, dict[str, str]]:
    """Current entries of the kind by number: the text a workbook in `lang` would show in each column that is read."""
    shown: dict[int, dict[str, str]] = {}
    base = EntryFilter(pairing_ids=tuple(row.id for row in family), kind=held.kind.code)
    for some in batches(sorted(set(ids))):
        rows = entry_rows(replace(base, ids=tuple(some)), limit=ASKED_AT_ONCE)
        names = _Names(rows, family)
        for row in rows:
            told = zip(held.columns, _cells(held, row, names, lang), strict=True)
            shown[row.id] = {
                column.code: text for column, cell in told if column.is_read and (text := cell_text(cell))
            }
    return shown


def entries_of_document(
    held: KindSheet, family: Sequence[PairingRow], numbers: Iterable[str]
) -> dict[str, list[tuple[int, str]]]:
    """Current entries of the kind by document number, each with its stage."""
    found: dict[str, list[tuple[int, str]]] = {}
    entries = Entry.objects.filter(pairing_id__in=[row.id for row in family], kind=held.kind.code).current()
    for some in batches(sorted(set(numbers))):
        rows = entries.filter(Q(document_no__in=some)).order_by("id")
        for entry_id, number, stage in rows.values_list("id", "document_no", "stage"):
            found.setdefault(number, []).append((entry_id, stage))
    return found


def recorded_keys(keys: Iterable[str]) -> set[str]:
    """Which of these source keys are recorded already."""
    return {
        key
        for some in batches(sorted(set(keys)))
        for key in Entry.objects.filter(source_key__in=some).values_list("source_key", flat=True)
        if key is not None
    }


def write_backup(path: Path, *, on_progress: OnProgress = lambda done: None) -> Manifest:
    """What the backup now at `path` holds: the whole book as it stood at one moment, papers included.

    Written beside under another name and moved into place, so a stop in the middle leaves an older backup as it was.
    """
    beside = path.with_name(f".{path.name}.part")
    try:
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as book, _snapshot():
            # As confidential as the book: for nobody but the person who made it.
            beside.chmod(0o600)
            manifest = _write_parts(book, on_progress)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return manifest


def _write_parts(book: zipfile.ZipFile, on_progress: OnProgress) -> Manifest:
    parts: list[Part] = []
    missing: list[str] = []
    done = 0
    for model in book_models():
        count = 0

        def counted(lines: Iterator[bytes]) -> Iterator[bytes]:
            nonlocal count, done
            for line in lines:
                count += 1
                done += 1
                on_progress(done)
                yield line

        name = f"tables/{model._meta.db_table}.jsonl"
        digest = write_part(book, name, counted(row_lines(model)))
        parts.append(Part(name, digest, count))
    for sha in Evidence.objects.order_by("sha256").values_list("sha256", flat=True):
        path = evidence_path(sha)
        if not path.is_file():
            missing.append(sha)
            continue
        name = f"evidence/{sha}"
        digest = write_part(book, name, [path.read_bytes()])
        if digest != sha:
            missing.append(sha)
        parts.append(Part(name, digest))
        done += 1
        on_progress(done)
    manifest = Manifest(clock.now().isoformat(), migrations_applied(), tuple(parts), tuple(missing))
    book.writestr(MANIFEST, manifest_text(manifest))
    return manifest


@contextmanager
def _snapshot() -> Iterator[None]:
    """Within, every question sees the book as it stood at the first one; writers need not wait."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:
            # Not `atomic`, which takes SQLite's write lock at once: a reader in WAL mode has its snapshot without.
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
