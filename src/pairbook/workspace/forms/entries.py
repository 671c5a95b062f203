"""The form of an entry, made from what its kind declares; the dispute, the reason and the paper."""

from dataclasses import dataclass
from typing import Any

from django import forms

from pairbook.kernel.money import Money
from pairbook.kernel.problems import Problem
from pairbook.kernel.quantities import UNITS, Quantity
from pairbook.kernel.reading import (
    AMOUNT_UNITS,
    read_amount,
    read_day,
    read_day_text,
    read_number_text,
    read_quantity,
    read_whole,
)
from pairbook.kernel.rules import EVIDENCE_BYTES_MAX, too_large
from pairbook.kernel.texts import Text
from pairbook.register.rules import Draft
from pairbook.register.shapes import COLUMNS, Detail, PaperKind, Record, Stage
from pairbook.web.languages import current_lang
from pairbook.workspace.forms.fields import Choices, PlainForm, choice, labelled, line, read_line
from pairbook.workspace.rules import PAPER, PAPER_SORT, field_of

_ASK = Text("请选择", "Choose")
_NONE = Text("无", "none")
_DAY_HINT = Text("如 2020-09-18、2020.9.18 或 2020年9月18日", "such as 2020-09-18")
_AMOUNT_HINT = Text("如 1,234.56；也可写 5416万", "such as 1,234.56, or 5416万")
_PAPER_HINT = Text(
    f"PDF、图片、Word 或 Excel，不超过 {EVIDENCE_BYTES_MAX // 1024 // 1024} MB",
    f"PDF, picture, Word or Excel, at most {EVIDENCE_BYTES_MAX // 1024 // 1024} MB",
)
_MONEY_UNIT = Text("金额单位", "Unit of the amount")


@dataclass(frozen=True, slots=True)
class EntryChoices:
    """What can be chosen in the form of an entry."""

    parties: Choices
    funds: Choices
    items: Choices
    campaigns: Choices
    projects: Choices
    follows: Choices
    currency_of_fund: dict[str, str]
    unit_of_item: dict[str, str]
    must_follow: bool = False
    papers: tuple[PaperKind, ...] = ()


class EntryForm(PlainForm):
    """Records or corrects an entry of one kind."""

    def __init__(
        self,
        *args: Any,
        record: Record,
        stage: Stage,
        choices: EntryChoices,
        is_correction: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.record = record
        self.choices = choices
        self.fields.update(self._fields_of(record, stage, choices))
        if is_correction:
            self.fields["reason"] = line(COLUMNS["reason"], required=True, length=500)
        elif choices.papers:
            self.fields["paper"] = _paper_field()
            self.fields["paper_sort"] = choice(PAPER_SORT, _sorts(choices.papers))

    def _fields_of(self, record: Record, stage: Stage, choices: EntryChoices) -> dict[str, forms.Field]:
        """The fields of one stage; another stage chosen on the page brings its own when the page comes back."""
        stages = labelled((stage.code, stage.label) for stage in record.stages)
        fields: dict[str, forms.Field] = {
            "stage": choice(COLUMNS["stage"], stages, required=True),
            "happened_on": read_line(COLUMNS["happened_on"], read_day, required=True, hint=_DAY_HINT),
            "giver": choice(COLUMNS["giver"], choices.parties, required=True, empty=_ASK),
            "receiver": choice(COLUMNS["receiver"], choices.parties, required=True, empty=_ASK),
        }
        if choices.follows:
            must = choices.must_follow
            fields["follows"] = choice(
                COLUMNS["follows"], choices.follows, required=must, empty=_ASK if must else _NONE
            )
        for column, need, options in (
            ("fund", record.fund, choices.funds),
            ("item", record.item_at(stage), choices.items),
        ):
            if need != "none":
                is_needed = need == "required"
                fields[column] = choice(
                    COLUMNS[column], options, required=is_needed, empty=_ASK if is_needed else _NONE
                )
        if record.quantity_at(stage) != "none":
            is_needed = record.quantity_at(stage) == "required"
            fields["quantity"] = line(COLUMNS["quantity"], required=is_needed, length=40)
            units = labelled((code, UNITS[code].label) for code in record.units_at(stage))
            fields["unit"] = choice(COLUMNS["unit"], units, required=True)
        if record.money_at(stage) != "none":
            label = Text("金额", "Amount") if record.money_is == "cash" else Text("折款金额", "Agreed value")
            fields["money"] = line(
                label, required=record.money_at(stage) == "required", hint=_AMOUNT_HINT, length=40
            )
            units = labelled((code, AMOUNT_UNITS[code]) for code in ("yuan", "wan"))
            fields["money_unit"] = choice(_MONEY_UNIT, units, required=True)
        if record.subset is not None and record.subset.is_held_at(stage.code):
            label = Text(f"其中：{record.subset.label.zh}", f"Of which {record.subset.label.en}")
            fields["of_which"] = line(label, length=40)
        for detail in record.details:
            if detail.is_held_at(stage.code):
                fields[f"detail_{detail.code}"] = _detail_field(detail)
        if choices.campaigns:
            fields["campaign"] = choice(COLUMNS["campaign"], choices.campaigns, empty=_NONE)
        if record.project_asked != "none" and choices.projects:
            is_needed = record.project_asked == "required"
            fields["project"] = choice(COLUMNS["project"], choices.projects, required=is_needed, empty=_NONE)
        fields["document_no"] = line(COLUMNS["document_no"], length=120)
        fields["note"] = line(COLUMNS["note"], length=2000)
        fields["note"].widget = forms.Textarea(attrs={"rows": 3})
        return fields

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        """The fields as the page sets them: what belongs together stands side by side."""
        partner = {
            "stage": "happened_on",
            "giver": "receiver",
            "quantity": "unit",
            "money": "money_unit",
            "paper": "paper_sort",
            "campaign": "project",
        }
        first_of = {second: first for first, second in partner.items()}
        rows = []
        for name in self.fields:
            other = partner.get(name)
            if first_of.get(name) in self.fields:
                continue
            rows.append([self[name], *([self[other]] if other in self.fields else [])])
        return rows

    def clean(self) -> dict[str, Any]:
        """Amounts and quantities, which need their unit to be read."""
        held = self.cleaned_data
        if held.get("money"):
            currency = self.choices.currency_of_fund.get(held.get("fund") or "", "CNY")
            self._keep(
                "money", read_amount(held["money"], unit=held.get("money_unit") or "yuan", currency=currency)
            )
        if held.get("quantity"):
            self._keep("quantity", read_quantity(held["quantity"], unit=held.get("unit") or ""))
        if held.get("of_which") and self.record.subset is not None:
            self._keep("of_which", self._part(held, of=self.record.subset.of))
        return held

    def _part(self, held: dict[str, Any], *, of: str) -> Money | Quantity | Text:
        """The part told apart, read in the unit of its whole."""
        if of == "money":
            currency = self.choices.currency_of_fund.get(held.get("fund") or "", "CNY")
            return read_amount(held["of_which"], unit=held.get("money_unit") or "yuan", currency=currency)
        return read_quantity(held["of_which"], unit=held.get("unit") or "")

    def _keep(self, name: str, read: Money | Quantity | Text) -> None:
        if isinstance(read, Text):
            self.add_error(name, read.in_(current_lang()))
        else:
            self.cleaned_data[name] = read

    def draft(self, *, pairing_id: int, kind: str) -> Draft:
        """What was written, as far as it could be read."""
        held = self.cleaned_data

        def number(name: str) -> int | None:
            return int(held[name]) if held.get(name) else None

        details = {
            detail.code: held[f"detail_{detail.code}"]
            for detail in self.record.details
            if held.get(f"detail_{detail.code}") not in (None, "")
        }
        return Draft(
            pairing_id=pairing_id,
            kind=kind,
            stage=held.get("stage") or "",
            giver_id=number("giver"),
            receiver_id=number("receiver"),
            happened_on=held.get("happened_on"),
            money=held.get("money") or None,
            quantity=held.get("quantity") or None,
            of_which=held.get("of_which") or None,
            fund_id=number("fund"),
            item_code=held.get("item") or None,
            campaign_code=held.get("campaign") or None,
            project_id=number("project"),
            document_no=held.get("document_no") or "",
            note=held.get("note") or "",
            details=details,
            follows_id=number("follows"),
        )

    def place_entry_problems(self, problems: list[Problem]) -> list[Problem]:
        """Put each problem beside its field; returns those that belong to the whole entry.

        A field that could not be read keeps that one message: the rules would only say that it is missing.
        """
        unplaced = []
        unreadable = frozenset(self.errors)
        for problem in problems:
            name = field_of(problem, self.record)
            if name is None or name not in self.fields:
                unplaced.append(problem)
            elif name not in unreadable:
                self.add_error(name, problem.cure.in_(current_lang()))
        return unplaced


def initial_of(draft: Draft, record: Record, choices: EntryChoices) -> dict[str, Any]:
    """What the form shows of a draft."""
    initial: dict[str, Any] = {
        "stage": draft.stage,
        "happened_on": draft.happened_on.isoformat() if draft.happened_on else "",
        "giver": draft.giver_id,
        "receiver": draft.receiver_id,
        "fund": draft.fund_id,
        "item": draft.item_code,
        "campaign": draft.campaign_code,
        "project": draft.project_id,
        "follows": draft.follows_id,
        "document_no": draft.document_no,
        "note": draft.note,
        "money": f"{draft.money.amount:,.2f}" if draft.money else "",
        "money_unit": "yuan",
    }
    if draft.quantity:
        initial |= {"quantity": plain_number(draft.quantity), "unit": draft.quantity.unit}
    elif record.all_units:
        stage = record.stage(draft.stage)
        units = record.units_at(stage) if stage else record.all_units
        initial["unit"] = choices.unit_of_item.get(draft.item_code or "", (units or record.all_units)[0])
    if isinstance(draft.of_which, Money):
        initial["of_which"] = f"{draft.of_which.amount:,.2f}"
    elif draft.of_which is not None:
        initial["of_which"] = plain_number(draft.of_which)
    return initial | {f"detail_{code}": value for code, value in draft.details.items()}


def plain_number(quantity: Quantity) -> str:
    """The quantity in its base unit, with all its digits."""
    return f"{quantity.amount.normalize():,f}"


def _detail_field(detail: Detail) -> forms.Field:
    is_needed = detail.required
    if detail.sort == "choice":
        return choice(
            detail.label,
            labelled(detail.choices),
            required=is_needed,
            empty=_ASK if is_needed else _NONE,
        )
    if detail.sort == "day":
        return read_line(detail.label, read_day_text, required=is_needed, hint=_DAY_HINT)
    if detail.sort == "whole":
        return read_line(detail.label, read_whole, required=is_needed, keyboard="numeric")
    if detail.sort == "number":
        return read_line(detail.label, read_number_text, required=is_needed, keyboard="decimal")
    return line(detail.label, required=is_needed)


def _paper_field(*, required: bool = False) -> forms.FileField:
    lang = current_lang()
    return forms.FileField(
        label=PAPER.in_(lang),
        required=required,
        help_text=_PAPER_HINT.in_(lang),
        # The content decides what may be kept (kernel.rules), an empty file included.
        allow_empty_file=True,
        widget=forms.FileInput(
            attrs={"data-bytes-max": EVIDENCE_BYTES_MAX, "data-too-large": too_large().cure.in_(lang)}
        ),
    )


def _sorts(papers: tuple[PaperKind, ...]) -> Choices:
    return labelled((paper.code, paper.label) for paper in papers)


class PaperForm(PlainForm):
    """Attaches a paper."""

    def __init__(self, *args: Any, papers: tuple[PaperKind, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paper_sort"] = choice(PAPER_SORT, _sorts(papers), required=True)
        self.fields["paper"] = _paper_field(required=True)
        self.fields["paper"].error_messages["required"] = Text("请选择文件。", "Choose a file.").in_(
            current_lang()
        )


class ReasonForm(PlainForm):
    """Says why, such as for a withdrawal."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = line(Text("原因", "Reason"), required=True, length=500)


class DisputeForm(PlainForm):
    """The other side's own amount or quantity, and why it differs."""

    def __init__(self, *args: Any, record: Record, unit: str, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency or "CNY"
        lang = current_lang()
        if record.money_asked != "none":
            self.fields["money"] = line(
                Text("贵方核定的金额", "Your own amount"),
                required=record.carries == "money",
                hint=Text("一分没收到就写 0", "write 0 if nothing arrived"),
                length=40,
            )
            units = labelled((code, AMOUNT_UNITS[code]) for code in ("yuan", "wan"))
            self.fields["money_unit"] = choice(_MONEY_UNIT, units, required=True)
        if record.quantity_asked != "none" and unit:
            self.unit = unit
            self.fields["quantity"] = line(
                Text(
                    f"贵方核定的数量（{UNITS[unit].label.zh}）", f"Your own quantity ({UNITS[unit].label.en})"
                ),
                required=record.carries == "quantity",
                hint=Text("一件没收到就写 0", "write 0 if nothing arrived"),
                length=40,
            )
        self.fields["reason"] = forms.CharField(
            label=Text("理由", "Reason").in_(lang),
            max_length=1000,
            widget=forms.Textarea(attrs={"rows": 3}),
            error_messages={"required": Text("请写明理由。", "Give the reason.").in_(lang)},
        )

    def clean(self) -> dict[str, Any]:
        """The amounts, read."""
        held = self.cleaned_data
        for name, read in (
            (
                "money",
                lambda written: read_amount(
                    written, unit=held.get("money_unit") or "yuan", currency=self.currency
                ),
            ),
            ("quantity", lambda written: read_quantity(written, unit=self.unit)),
        ):
            if held.get(name):
                value = read(held[name])
                if isinstance(value, Text):
                    self.add_error(name, value.in_(current_lang()))
                else:
                    held[name] = value
        return held

    def place_entry_problems(self, problems: list[Problem]) -> list[Problem]:
        """Put each problem beside its field; returns the others."""
        fields = {COLUMNS["money"]: "money", COLUMNS["quantity"]: "quantity"}
        unplaced = []
        for problem in problems:
            name = fields.get(problem.place)
            if name in self.fields and name is not None:
                self.add_error(name, problem.cure.in_(current_lang()))
            else:
                unplaced.append(problem)
        return unplaced
