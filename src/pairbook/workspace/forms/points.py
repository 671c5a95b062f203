"""The forms of points to follow up: noting one, and closing it."""

from typing import Any

from django import forms

from pairbook.kernel.reading import read_day
from pairbook.kernel.texts import Text
from pairbook.register.actions import POINT_CHARACTERS_MAX
from pairbook.web.languages import current_lang
from pairbook.workspace.forms.fields import Choices, PlainForm, line, needed, read_line

_DAY_HINT = Text("如 2020-09-18 或 2020年9月18日", "such as 2020-09-18")
_NO_DAY = Text("请填写日期。", "Give the day.")


class PointForm(PlainForm):
    """What is to be done, whose task it is, and by when."""

    def __init__(self, *args: Any, parties: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lang = current_lang()
        self.fields["text"] = needed(Text("待办事项", "To be done"), length=POINT_CHARACTERS_MAX)
        self.fields["owner"] = forms.ChoiceField(
            label=Text("责任单位", "Whose task").in_(lang),
            choices=[("", Text("请选择", "Choose").in_(lang)), *parties],
            error_messages={"required": Text("请选择责任单位。", "Choose whose task it is.").in_(lang)},
        )
        self.fields["due_on"] = read_line(Text("期限", "Due on"), read_day, required=True, hint=_DAY_HINT)

    def clean(self) -> dict[str, Any]:
        """A day must be there: the register's rules compare it."""
        return _with_day(self, "due_on")


class ClosingPointForm(PlainForm):
    """The day a point was done, and a word on how."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["done_on"] = read_line(
            Text("办结日期", "Done on"), read_day, required=True, hint=_DAY_HINT
        )
        self.fields["note"] = line(Text("办理结果", "What was done"), length=POINT_CHARACTERS_MAX)

    def clean(self) -> dict[str, Any]:
        """A day must be there."""
        return _with_day(self, "done_on")


def _with_day(form: PlainForm, name: str) -> dict[str, Any]:
    if form.cleaned_data.get(name) is None and name not in form.errors:
        form.add_error(name, _NO_DAY.in_(current_lang()))
    return form.cleaned_data
