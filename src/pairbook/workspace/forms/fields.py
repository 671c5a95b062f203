"""Form fields that read with `kernel.reading`, and say by our own words what is missing.

The register's rules decide what must be filled in, so that forms, workbooks and the command line tell the same
problem in the same words; a field here only shows whether it is asked for.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from pairbook.kernel.problems import Problem
from pairbook.kernel.texts import Text
from pairbook.web.languages import current_lang

Choice = tuple[str, str]
Choices = list[Choice | tuple[str, list[Choice]]]


class Asked(forms.CharField):
    """A line of text; when it is asked for and left empty, the rules behind the form say so."""

    def validate(self, value: Any) -> None:
        """Nothing here: an empty line is told by the rules, in their own words."""


class Chosen(forms.ChoiceField):
    """One of a list; an empty choice is told by the rules."""

    def validate(self, value: Any) -> None:
        """Only that what was chosen is on the list."""
        if value:
            super().validate(value)


class Read(Asked):
    """A line read into a value by one of `kernel.reading`; the cure stands beside it when it cannot be."""

    def __init__(self, reader: Callable[[str], Any], **kwargs: Any) -> None:
        self.reader = reader
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        """The value, or None for an empty line."""
        written = super().clean(value)
        if not written:
            return None
        read = self.reader(written)
        if isinstance(read, Text):
            raise ValidationError(read.in_(current_lang()))
        return read


def line(label: Text, *, required: bool = False, hint: Text | None = None, length: int = 200) -> Asked:
    """A line of text."""
    lang = current_lang()
    return Asked(
        label=label.in_(lang),
        required=required,
        help_text=hint.in_(lang) if hint else "",
        max_length=length,
    )


def needed(label: Text, *, hint: Text | None = None, length: int = 200) -> forms.CharField:
    """A line that must be filled in, where no rule behind the form would say so."""
    lang = current_lang()
    empty = Text(f"请填写{label.zh}。", f"Give: {label.en.lower()}.")
    return forms.CharField(
        label=label.in_(lang),
        help_text=hint.in_(lang) if hint else "",
        max_length=length,
        error_messages={"required": empty.in_(lang)},
    )


def needed_choice(label: Text, choices: Choices) -> forms.ChoiceField:
    """One of a list that has no empty line."""
    return forms.ChoiceField(label=label.in_(current_lang()), choices=choices)


def code_line(label: Text) -> forms.CharField:
    """A short code of letters, digits, dots, dashes and underscores."""
    hint = Text(
        "字母、数字、点、短横线，如 fiscal-2020", "letters, digits, dots and dashes, such as fiscal-2020"
    )
    field = needed(label, hint=hint, length=40)
    field.validators.append(RegexValidator(r"^[A-Za-z0-9][A-Za-z0-9._-]*$", hint.in_(current_lang())))
    return field


def read_line(
    label: Text,
    reader: Callable[[str], Any],
    *,
    required: bool = False,
    hint: Text | None = None,
    keyboard: str = "text",
) -> Read:
    """A line read into a value; `keyboard` is what a phone shows."""
    lang = current_lang()
    return Read(
        reader,
        label=label.in_(lang),
        required=required,
        help_text=hint.in_(lang) if hint else "",
        max_length=60,
        widget=forms.TextInput(attrs={"inputmode": keyboard, "autocomplete": "off"}),
    )


def choice(label: Text, choices: Choices, *, required: bool = False, empty: Text | None = None) -> Chosen:
    """One of a list, with an empty line first when `empty` says what that means."""
    lang = current_lang()
    first: Choices = [("", empty.in_(lang))] if empty else []
    return Chosen(label=label.in_(lang), choices=[*first, *choices], required=required)


def labelled(pairs: Iterable[tuple[str, Text]]) -> Choices:
    """Choices from codes and their words, in the page's language."""
    lang = current_lang()
    return [(code, label.in_(lang)) for code, label in pairs]


class PlainForm(forms.Form):
    """A form of ours: no colon after labels, no checks by the browser in the browser's language."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def place_problems(
        self, problems: Iterable[Problem], names: Mapping[str, str] | None = None
    ) -> list[Problem]:
        """Put each problem beside the field that `names` gives for its code; returns the others."""
        unplaced = []
        for problem in problems:
            name = (names or {}).get(problem.code, problem.code.rpartition(".")[2])
            if name in self.fields:
                self.add_error(name, problem.cure.in_(current_lang()))
            else:
                unplaced.append(problem)
        return unplaced
