"""The forms of an entry's people: what their names are read for, and the list that is sent."""

from typing import Any

from django import forms

from pairbook.households.rules import COLUMNS, PURPOSE_CHARACTERS_MAX
from pairbook.kernel.rules import EVIDENCE_BYTES_MAX
from pairbook.kernel.texts import Text
from pairbook.web.languages import current_lang
from pairbook.workspace.forms.fields import PlainForm, line

_PURPOSE_HINT = Text(
    "如：核对六月的培训补贴。用途会记入痕迹。",
    "such as: checking the training allowance of June. It is kept in the trail.",
)
_MEGABYTES = EVIDENCE_BYTES_MAX // 1024 // 1024
_LIST_HINT = Text(
    f"Excel 或 CSV，不超过 {_MEGABYTES} MB；列的次序不限，按表头认列",
    f"Excel or CSV, at most {_MEGABYTES} MB; columns may stand in any order, their headings tell",
)


class PurposeForm(PlainForm):
    """What the names are needed for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"] = line(
            COLUMNS["purpose"], required=True, hint=_PURPOSE_HINT, length=PURPOSE_CHARACTERS_MAX
        )


class PeopleForm(PlainForm):
    """A list of people to be taken in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lang = current_lang()
        self.fields["people"] = forms.FileField(
            label=Text("名单", "List of people").in_(lang),
            help_text=_LIST_HINT.in_(lang),
            allow_empty_file=True,
            error_messages={"required": Text("请选择文件。", "Choose a file.").in_(lang)},
            widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
        )
