"""The forms of closing: up to which month, and the button that signs what was shown."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from pairbook.kernel.texts import Text
from pairbook.register.months import month_text, period_of
from pairbook.web.languages import current_lang
from pairbook.web.numbers import period_in_words
from pairbook.workspace.forms.fields import PlainForm

_SHOWN = re.compile(r"([12]\d{3})-(0[1-9]|1[0-2]):([0-9a-f]{64})")


class ShownMonths(forms.CharField):
    """The months a page showed with the digest of each one's statement, as `month:digest` with spaces between."""

    def clean(self, value: Any) -> dict[date, str]:
        """The digests by month."""
        found = [_SHOWN.fullmatch(one) for one in super().clean(value).split()]
        if not all(found):
            raise ValidationError("no list of months")
        return {date(int(one[1]), int(one[2]), 1): one[3] for one in found if one}


def months_shown(statements: dict[date, str]) -> str:
    """What `ShownMonths` reads."""
    return " ".join(f"{month_text(month)}:{digest}" for month, digest in statements.items())


class SignMonthsForm(PlainForm):
    """The months that were shown and are signed."""

    shown = ShownMonths(widget=forms.HiddenInput)


class UpToForm(PlainForm):
    """The last of the months that are signed at once."""

    to = forms.ChoiceField()

    def __init__(self, *args: Any, months: tuple[date, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lang = current_lang()
        to = self.fields["to"]
        assert isinstance(to, forms.ChoiceField)
        to.label = Text("结账到", "Up to").in_(lang)
        to.choices = [
            (month_text(month), period_in_words(month, period_of(month).last, lang)) for month in months
        ]
        to.initial = month_text(months[-1]) if months else ""

    def clean_to(self) -> date:
        """The first day of the month."""
        return date.fromisoformat(f"{self.cleaned_data['to']}-01")
