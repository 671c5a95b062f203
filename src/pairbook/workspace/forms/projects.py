"""The forms of the project library: what a project is, its steps, goals and notices, and the filter of the list."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from pairbook.kernel import clock
from pairbook.kernel.reading import plain, read_amount, read_day, read_thousandths, read_whole
from pairbook.kernel.rules import EVIDENCE_BYTES_MAX
from pairbook.kernel.texts import Text
from pairbook.pairings.reads import parties_by_side
from pairbook.projects.shapes import (
    BOARDS,
    FIELDS,
    GOAL_SORTS,
    NATURES,
    NOTICE_SORTS,
    OTHER_PAPER,
    PHOTO,
    SOURCES,
    STEPS,
    FundingLine,
    GoalDraft,
    Measure,
    NoticeDraft,
    ProjectFields,
    Step,
)
from pairbook.projects.uses import USES, Use
from pairbook.register.reads import FundRow, funds_of
from pairbook.web.languages import current_lang
from pairbook.workspace.forms.fields import (
    Choices,
    PlainForm,
    choice,
    code_line,
    labelled,
    line,
    read_line,
)
from pairbook.workspace.forms.set_up import read_place
from pairbook.workspace.rules import PAPER, PAPER_SORT

ASK = Text("请选择", "Choose")
NONE = Text("无", "none")
DAY_HINT = Text("如 2020-09-18", "such as 2020-09-18")
MONEY_HINT = Text("如 1,234.56；也可写 54万", "such as 1,234.56, or 54万")
_BOTH = Text("可写成：中文 / English", "may be written: 中文 / English")
SOURCE_ROWS = 5


def money_line(label: Text, *, hint: Text | None = MONEY_HINT) -> forms.Field:
    """An amount of money."""
    return read_line(label, read_amount, hint=hint, keyboard="decimal")


def day_line(label: Text) -> forms.Field:
    """A day."""
    return read_line(label, read_day, hint=DAY_HINT)


def text_area(label: Text, *, hint: Text | None = _BOTH, rows: int = 3, length: int = 4000) -> forms.Field:
    """Some lines of text; what must be said is told by the rules."""
    field = line(label, hint=hint, length=length)
    field.widget = forms.Textarea(attrs={"rows": rows})
    return field


class SourcesForm(PlainForm):
    """A form with a split of money by source: a few rows of source, fund and amount."""

    asks_consent = False
    beside: frozenset[str] = frozenset()
    """The fields that stand beside the one before them."""

    def add_sources(self, pairing_ids: Iterable[int]) -> None:
        """Put the rows of the split at the end."""
        funds: Choices = labelled((fund.code, _fund_offered(fund)) for fund in funds_of(list(pairing_ids)))
        sources = labelled((code, source.label) for code, source in SOURCES.items())
        for row in range(SOURCE_ROWS):
            number = Text(f"来源{row + 1}", f"Source {row + 1}")
            self.fields[f"source_{row}"] = choice(Text("来源", "Source"), sources, empty=NONE)
            self.fields[f"fund_{row}"] = choice(Text("资金", "Fund"), funds, empty=NONE)
            self.fields[f"money_{row}"] = money_line(Text("金额（元）", "Amount (yuan)"), hint=None)
            if self.asks_consent:
                self.fields[f"asks_{row}"] = forms.BooleanField(
                    label=Text("须经出资方同意", "Its giver wants to be asked").in_(current_lang()),
                    required=False,
                )
            for name in self._columns:
                # The inputs stand in a table whose head says what they are; a reader of one cell hears it too.
                widget = self.fields[f"{name}_{row}"].widget
                widget.attrs["aria-label"] = (
                    f"{number.in_(current_lang())}: {self.fields[f'{name}_{row}'].label}"
                )

    @property
    def _columns(self) -> tuple[str, ...]:
        return ("source", "fund", "money", "asks") if self.asks_consent else ("source", "fund", "money")

    @property
    def source_rows(self) -> list[list[forms.BoundField]]:
        """The rows of the split, each with its fields."""
        return [[self[f"{name}_{row}"] for name in self._columns] for row in range(SOURCE_ROWS)]

    @property
    def plain_rows(self) -> list[list[forms.BoundField]]:
        """The other fields as the page sets them: what belongs together stands side by side."""
        split = {bound.name for row in self.source_rows for bound in row}
        rows: list[list[forms.BoundField]] = []
        for name in self.fields:
            if name in split:
                continue
            if name in self.beside and rows:
                rows[-1].append(self[name])
            else:
                rows.append([self[name]])
        return rows

    def clean(self) -> dict[str, Any]:
        """A row with an amount names its source, and the other way round."""
        held = self.cleaned_data
        for row in range(SOURCE_ROWS):
            source, money = held.get(f"source_{row}"), held.get(f"money_{row}")
            if source and money is None and f"money_{row}" not in self.errors:
                self.add_error(f"money_{row}", Text("请填写金额。", "Give the amount.").in_(current_lang()))
            if money is not None and not source:
                cure = Text("请选择来源。", "Choose the source.")
                self.add_error(f"source_{row}", cure.in_(current_lang()))
        return held

    @property
    def sources(self) -> tuple[FundingLine, ...]:
        """The split as it was written."""
        held = self.cleaned_data
        return tuple(
            FundingLine(
                held[f"source_{row}"],
                held[f"money_{row}"],
                held.get(f"fund_{row}") or "",
                bool(held.get(f"asks_{row}")),
            )
            for row in range(SOURCE_ROWS)
            if held.get(f"source_{row}") and held.get(f"money_{row}") is not None
        )


def _fund_offered(fund: FundRow) -> Text:
    """A fund as it can be chosen; one whose giver asks to be asked says so."""
    if not fund.asks_consent:
        return fund.name
    return Text(f"{fund.name.zh}（须征得同意）", f"{fund.name.en} (its giver consents first)")


def sources_written(lines: Iterable[FundingLine]) -> dict[str, object]:
    """What the rows of a split start from."""
    initial: dict[str, object] = {}
    for row, one in enumerate(lines):
        initial |= {
            f"source_{row}": one.source,
            f"fund_{row}": one.fund_code,
            f"money_{row}": f"{one.money.amount:,.2f}",
            f"asks_{row}": one.asks_consent,
        }
    return initial


class FieldsForm(SourcesForm):
    """What a project says of itself; for a new one with its code and the day of the proposal, else with a reason."""

    asks_consent = True
    beside = frozenset({"document_no", "name_en", "nature", "place", "ends_on", "persons", "poor_persons"})

    def __init__(
        self, *args: Any, pairing_ids: tuple[int, ...], own_of: int | None, is_new: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if is_new:
            self.fields["code"] = code_line(FIELDS["code"])
            self.fields["happened_on"] = day_line(Text("申报日期", "Proposed on"))
            self.fields["document_no"] = line(FIELDS["document_no"], length=120)
        self.fields["name_zh"] = line(Text("中文名称", "Name in Chinese"), required=True, length=160)
        self.fields["name_en"] = line(Text("英文名称", "Name in English"), required=True, length=200)
        today = clock.today()
        uses = labelled((code, _offered(use, today)) for code, use in USES.items())
        self.fields["use"] = choice(FIELDS["use"], uses, empty=ASK)
        self.fields["nature"] = choice(FIELDS["nature"], labelled(NATURES.items()), empty=ASK)
        self.fields["year"] = read_line(FIELDS["year"], read_whole, keyboard="numeric")
        place_hint = Text("名称或代码，如 镇原县 或 621027", "name or code, such as 621027")
        self.fields["place"] = read_line(FIELDS["place"], read_place, hint=place_hint)
        self.fields["responsible"] = choice(
            FIELDS["responsible"], responsible_choices(pairing_ids[0], own_of), empty=ASK
        )
        self.fields["starts_on"] = day_line(FIELDS["starts_on"])
        self.fields["ends_on"] = day_line(FIELDS["ends_on"])
        for name in ("tasks", "participation", "mechanism"):
            self.fields[name] = text_area(FIELDS[name])
        for name in ("households", "persons", "poor_persons"):
            self.fields[name] = read_line(FIELDS[name], read_whole, keyboard="numeric")
        if not is_new:
            self.fields["reason"] = line(Text("修改原因", "Why it is changed"), required=True, length=300)
        for name, field in self.fields.items():
            # All but these must be there before the project enters the library, so none is called optional.
            field.required = field.required or name != "document_no"
        self.add_sources(pairing_ids)

    @property
    def project_fields(self) -> ProjectFields:
        """What was written, as far as it could be read."""
        held = self.cleaned_data
        place = held.get("place")
        return ProjectFields(
            name=Text(held.get("name_zh") or "", held.get("name_en") or ""),
            use=held.get("use") or "",
            nature=held.get("nature") or "",
            year=held.get("year"),
            place_id=place.id if place else None,
            starts_on=held.get("starts_on"),
            ends_on=held.get("ends_on"),
            responsible_id=int(held["responsible"]) if held.get("responsible") else None,
            tasks=(held.get("tasks") or "").strip(),
            participation=(held.get("participation") or "").strip(),
            mechanism=(held.get("mechanism") or "").strip(),
            households=held.get("households"),
            persons=held.get("persons"),
            poor_persons=held.get("poor_persons"),
            funding=self.sources,
        )


def _offered(use: Use, today: date) -> Text:
    """A use as the form offers it; what the negative list refuses says so before anybody fills in the rest."""
    if use.refused_on(today) is None:
        return use.label
    return Text(f"{use.label.zh}（负面清单）", f"{use.label.en} (negative list)")


def fields_written(fields: ProjectFields, place: str) -> dict[str, object]:
    """What the form of a change starts from."""
    initial: dict[str, object] = {
        "name_zh": fields.name.zh,
        "name_en": fields.name.en,
        "use": fields.use,
        "nature": fields.nature,
        "year": fields.year,
        "place": place,
        "responsible": str(fields.responsible_id or ""),
        "starts_on": fields.starts_on,
        "ends_on": fields.ends_on,
        "tasks": fields.tasks,
        "participation": fields.participation,
        "mechanism": fields.mechanism,
        "households": fields.households,
        "persons": fields.persons,
        "poor_persons": fields.poor_persons,
    }
    return initial | sources_written(fields.funding)


def responsible_choices(pairing_id: int, own_of: int | None) -> Choices:
    """Who can answer for a project: the parties of the assisted side; a department itself alone."""
    lang = current_lang()
    parties = parties_by_side(pairing_id)["assisted"]
    return [(str(party.id), party.name.in_(lang)) for party in parties if own_of in (None, party.id)]


class StepForm(PlainForm):
    """A step: its day, its document, why, and a paper."""

    def __init__(self, *args: Any, step: Step, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["happened_on"] = day_line(FIELDS["happened_on"])
        self.fields["happened_on"].required = True
        self.fields["document_no"] = line(FIELDS["document_no"], length=120)
        label = Text("原因（备案）", "Reason (filed)") if step.asks_reason else Text("说明", "Note")
        self.fields["reason"] = line(label, required=step.asks_reason, hint=_BOTH, length=300)
        add_paper(self, step, required=False)


class StepPaperForm(PlainForm):
    """A paper for a step."""

    def __init__(self, *args: Any, step: Step, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add_paper(self, step, required=True)


def add_paper(form: forms.Form, step: Step, *, required: bool) -> None:
    """A file and the sort of paper it is."""
    lang = current_lang()
    size = EVIDENCE_BYTES_MAX // 1024 // 1024
    form.fields["paper"] = forms.FileField(
        label=PAPER.in_(lang),
        required=required,
        allow_empty_file=True,
        help_text=Text(
            f"PDF、图片、Word 或 Excel，不超过 {size} MB",
            f"PDF, picture, Word or Excel, at most {size} MB",
        ).in_(lang),
        error_messages={"required": Text("请选择文件。", "Choose a file.").in_(lang)},
    )
    sorts = dict.fromkeys((*step.papers, PHOTO, OTHER_PAPER))
    form.fields["paper_sort"] = choice(PAPER_SORT, labelled((sort.code, sort.label) for sort in sorts))


class GoalForm(PlainForm):
    """A performance goal."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sorts = labelled((code, sort.label) for code, sort in GOAL_SORTS.items())
        self.fields["sort"] = choice(Text("目标类别", "Sort of goal"), sorts, empty=ASK, required=True)
        self.fields["text_zh"] = line(
            Text("指标内容（中文）", "What is measured (in Chinese)"), required=True
        )
        self.fields["text_en"] = line(
            Text("指标内容（英文）", "What is measured (in English)"), required=True
        )
        self.fields["target"] = read_line(Text("目标值", "Target"), read_thousandths, keyboard="decimal")
        unit_hint = Text("如 只 / head、%、元 / yuan", "such as 只 / head, %, 元 / yuan")
        self.fields["unit"] = line(Text("单位", "Unit"), required=True, hint=unit_hint, length=40)

    @property
    def draft(self) -> GoalDraft:
        """What was written."""
        held = self.cleaned_data
        target = held.get("target")
        return GoalDraft(
            held.get("sort") or "",
            Text(held.get("text_zh") or "", held.get("text_en") or ""),
            None if target is None else Measure(target, (held.get("unit") or "").strip()),
        )


class ResultForm(PlainForm):
    """What became of a goal."""

    def __init__(self, *args: Any, unit: Text, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = Text(f"完成值（{unit.zh}）", f"Result ({unit.en})")
        self.fields["result"] = read_line(label, read_thousandths, keyboard="decimal")
        self.fields["as_of"] = day_line(Text("截至", "As of"))
        self.fields["evaluation"] = text_area(Text("自评", "Self-evaluation"), length=500)


class NoticeForm(PlainForm):
    """A notice: what it says, where it hangs, from when to when."""

    def __init__(self, *args: Any, days_min: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lang = current_lang()
        self.fields["sort"] = choice(Text("公示或公告", "Sort of notice"), labelled(NOTICE_SORTS.items()))
        self.fields["text"] = text_area(Text("内容", "What it says"), rows=6)
        self.fields["boards"] = forms.MultipleChoiceField(
            label=Text("张贴处", "Where it hangs").in_(lang),
            choices=labelled(BOARDS.items()),
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        self.fields["where"] = line(Text("具体地点", "Which board"), hint=_BOTH)
        self.fields["first_on"] = day_line(Text("从哪天", "From"))
        self.fields["last_on"] = day_line(Text("到哪天", "To"))
        short = Text(
            f"少于 {days_min} 天时填写缩短的原因", f"if it hangs for fewer than {days_min} days, say why"
        )
        self.fields["reason"] = line(Text("缩短原因", "Why it is short"), hint=short, length=300)

    @property
    def draft(self) -> NoticeDraft:
        """What was written."""
        held = self.cleaned_data
        return NoticeDraft(
            sort=held.get("sort") or "",
            text=held.get("text") or "",
            boards=tuple(held.get("boards") or ()),
            where=held.get("where") or "",
            first_on=held.get("first_on"),
            last_on=held.get("last_on"),
            reason=held.get("reason") or "",
        )


class LibraryFilterForm(PlainForm):
    """The filter of the library: step, year, class, fund, place."""

    def __init__(self, *args: Any, pairing_ids: tuple[int, ...], years: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = Text("全部", "all")
        steps = labelled((code, step.label) for code, step in STEPS.items())
        listed = labelled([("listed", Text("仅列名", "listed only"))])
        self.fields["state"] = choice(Text("进度", "Stands at"), [*steps, *listed], empty=every)
        known = [(str(year), str(year)) for year in years]
        self.fields["year"] = choice(FIELDS["year"], [*known], empty=every)
        uses = labelled((code, use.label) for code, use in USES.items() if not use.refused)
        self.fields["use"] = choice(FIELDS["use"], uses, empty=every)
        funds = labelled((fund.code, fund.name) for fund in funds_of(pairing_ids))
        self.fields["fund"] = choice(Text("资金", "Fund"), funds, empty=every)
        self.fields["place"] = read_line(FIELDS["place"], _read_place_code)

    @property
    def asked(self) -> dict[str, Any]:
        """The parts of the filter that could be read."""
        held = self.cleaned_data if self.is_valid() or self.is_bound else {}
        return {
            "state": held.get("state") or None,
            "year": int(held["year"]) if held.get("year") else None,
            "use": held.get("use") or None,
            "fund_code": held.get("fund") or None,
            "place_code": held.get("place") or None,
        }


def _read_place_code(written: str) -> str | Text:
    place = read_place(plain(written))
    return place if isinstance(place, Text) else place.code
