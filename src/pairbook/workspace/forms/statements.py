"""The forms of bank statements: the file and whose account it is, and which of its columns is which."""

from collections.abc import Mapping
from typing import Any

from django import forms

from pairbook.exchange.grids import column_letters
from pairbook.exchange.statement_layouts import ROLES, Direction, Layout
from pairbook.exchange.statements import ReadStatement
from pairbook.kernel.access import Side
from pairbook.kernel.reading import AMOUNT_UNITS, read_day
from pairbook.kernel.rules import EVIDENCE_BYTES_MAX, too_large
from pairbook.kernel.texts import Text
from pairbook.pairings.reads import parties_by_side
from pairbook.register.reads import funds_of
from pairbook.web.languages import current_lang
from pairbook.workspace.forms.fields import Choices, PlainForm, choice, labelled, line, read_line

_DIRECTIONS: dict[Direction, Text] = {
    "signed": Text("按正负号或借贷标志", "by its sign or its mark"),
    "in": Text("都是收入", "all of it came in"),
    "out": Text("都是支出", "all of it went out"),
}
_NONE = Text("没有这一列", "no such column")


class StatementForm(PlainForm):
    """The file of a statement, whose account it is, and the days it covers."""

    def __init__(
        self, *args: Any, pairing_id: int, side: Side, is_chosen: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        lang = current_lang()
        hint = Text(
            "银行导出的 CSV 或 Excel（.xlsx、.xls），不超过 20 MB",
            "CSV or Excel (.xlsx, .xls) as the bank gives it, at most 20 MB",
        )
        self.fields["file"] = forms.FileField(
            label=Text("对账单文件", "Statement file").in_(lang),
            help_text=hint.in_(lang),
            required=not is_chosen,
            allow_empty_file=True,
            error_messages={"required": Text("请选择文件。", "Choose a file.").in_(lang)},
            widget=forms.FileInput(
                attrs={
                    "accept": ".csv,.txt,.xlsx,.xls",
                    "data-bytes-max": EVIDENCE_BYTES_MAX,
                    "data-too-large": too_large().cure.in_(lang),
                }
            ),
        )
        self.fields["party"] = choice(
            Text("账户单位", "Whose account"), party_choices_of_side(pairing_id, side), required=True
        )
        self.fields["account"] = line(
            Text("账号", "Account"),
            hint=Text(
                "同一单位有几个账户时写明，可只写后四位", "where one party has several; its last digits do"
            ),
            length=60,
        )
        self.fields["fund"] = choice(
            Text("只管一项资金", "Of one fund only"),
            labelled((str(fund.id), fund.name) for fund in funds_of([pairing_id])),
            empty=Text("不限", "any"),
        )
        if is_chosen:
            day_hint = Text(
                "对账单自己写明的起止，如 2020-01-01", "as the statement says, such as 2020-01-01"
            )
            self.fields["first_on"] = read_line(Text("起", "From"), read_day, required=True, hint=day_hint)
            self.fields["last_on"] = read_line(Text("止", "To"), read_day, required=True, hint=day_hint)


def party_choices_of_side(pairing_id: int, side: Side) -> Choices:
    """The parties of one side, for whose accounts its officers answer."""
    lang = current_lang()
    return [(str(party.id), party.name.in_(lang)) for party in parties_by_side(pairing_id)[side]]


def party_named(pairing_id: int, side: Side, name: str) -> int | None:
    """The one party of a side that bears a name, or None: then a person says whose account it is."""
    found = [
        party.id
        for party in parties_by_side(pairing_id)[side]
        if name and name in (party.name.zh, party.name.en)
    ]
    return found[0] if len(found) == 1 else None


class LayoutForm(PlainForm):
    """Which column is which, where the head does not say so or says it wrongly."""

    def __init__(self, *args: Any, read: ReadStatement, **kwargs: Any) -> None:
        super().__init__(*args, initial=layout_initial(read.layout), **kwargs)
        heads = _heads(read)
        columns = [
            (
                str(place),
                " · ".join(filter(None, (column_letters(place), heads[place] if place < len(heads) else ""))),
            )
            for place in range(max(read.width, len(heads)))
        ]
        self.fields["first_row"] = choice(
            Text("第一笔在第几行", "The first line is in row"),
            [(str(row), str(row + 1)) for row in range(41)],
            required=True,
        )
        for role, label in ROLES.items():
            self.fields[f"column_{role}"] = choice(label, list(columns), required=True, empty=_NONE)
        units = labelled((code, AMOUNT_UNITS[code]) for code in ("yuan", "wan"))
        self.fields["unit"] = choice(Text("金额单位", "Unit of the amount"), units, required=True)
        self.fields["direction"] = choice(
            Text("只有一列金额时", "Where there is one column of amounts"),
            labelled(_DIRECTIONS.items()),
            required=True,
        )

    def layout(self, found: Layout | None) -> Layout | None:
        """What a person said; None where nobody changed what was found."""
        sent = {name: self.cleaned_data.get(name) or "" for name in self.fields}
        if sent == layout_initial(found):
            return None
        columns = {role: (int(sent[f"column_{role}"]),) for role in ROLES if sent[f"column_{role}"]}
        direction: Direction = next((one for one in _DIRECTIONS if one == sent["direction"]), "signed")
        return Layout(int(sent["first_row"] or 0), columns, sent["unit"] or "yuan", direction)


def _heads(read: ReadStatement) -> tuple[str, ...]:
    """The cells by which a person knows the columns: the head, or the fullest of the first rows."""
    if read.layout is not None and 0 < read.layout.first_row <= len(read.top):
        return read.top[read.layout.first_row - 1]
    return max(read.top, key=lambda row: sum(map(bool, row)), default=())


def layout_initial(found: Layout | None) -> Mapping[str, str]:
    """What the form shows of the layout that was found."""
    columns = {role: found.column(role) if found else None for role in ROLES}
    return {
        "first_row": str(found.first_row) if found else "1",
        **{f"column_{role}": "" if place is None else str(place) for role, place in columns.items()},
        "unit": found.unit if found else "yuan",
        "direction": "signed" if found is None or found.direction == "unknown" else found.direction,
    }


class ByHandForm(PlainForm):
    """The numbers of the entries that a line is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = Text("几条时用空格隔开", "several are parted by blanks")
        self.fields["entries"] = line(Text("记录号", "Entry no."), required=True, hint=hint, length=200)
