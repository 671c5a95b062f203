"""The form in which a clerk says how a number of a text is to be read."""

from typing import Any

from django import forms

from pairbook.analysis.claims.labels import label_of, labelled_measures
from pairbook.analysis.claims.shapes import QUALIFIERS
from pairbook.bulletins.corrections import MODALITIES, NOTE_MAX, UNITS, Reading
from pairbook.kernel.reading import read_day, read_number
from pairbook.kernel.texts import Text
from pairbook.web.languages import current_lang
from pairbook.workspace.forms.fields import Choices, PlainForm, choice, line, read_line

TEXT_MAX = 60_000
_DAY_HINT = Text(
    "如 2020-09-18；“截至某日”只填到哪天",
    "such as 2020-09-18; of a number as of a day give the last day only",
)
_NONE = Text("不知道", "not known")


class TextForm(PlainForm):
    """Which number of which text: what the page of a check sends along."""

    text = forms.CharField(widget=forms.HiddenInput, max_length=TEXT_MAX, strip=False)
    published = forms.DateField(widget=forms.HiddenInput)
    claim = forms.RegexField(r"^f\d{1,6}$", widget=forms.HiddenInput)

    def clean_text(self) -> str:
        """The text with the line breaks it was checked with; browsers send each as two characters."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")


class Box(forms.BooleanField):
    """A box that may be cleared, and is no optional matter for that."""

    def validate(self, value: object) -> None:
        """Both answers are answers."""


class ReadingForm(TextForm):
    """A reading, and a word on why."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lang = current_lang()
        self.fields["is_claim"] = Box(
            label=Text("这个数是数据", "The number is a figure").in_(lang),
            help_text=Text(
                "日期、序数、名称里的数不是数据，请取消勾选",
                "dates, ordinals and numbers in names are none: clear the box",
            ).in_(lang),
        )
        base = Text("用基本单位：元、人、公斤", "in base units: yuan, persons, kg")
        self.fields["value"] = read_line(
            Text("数值", "Value"), read_number, required=True, hint=base, keyboard="decimal"
        )
        high = Text("只有范围才填，如 300 至 500", "only of a range, such as 300 to 500")
        self.fields["value_high"] = read_line(Text("到", "Up to"), read_number, hint=high, keyboard="decimal")
        self.fields["unit"] = choice(Text("单位", "Unit"), _choices(UNITS), empty=_NONE)
        self.fields["qualifier"] = choice(Text("说法", "Qualifier"), _choices(QUALIFIERS), required=True)
        empty = Text("请选择", "Choose")
        self.fields["measure"] = choice(
            Text("说的是", "Measures"), _choices(labelled_measures()), required=True, empty=empty
        )
        self.fields["first"] = read_line(Text("从哪天", "From day"), read_day, hint=_DAY_HINT)
        self.fields["last"] = read_line(Text("到哪天", "To day"), read_day)
        self.fields["modality"] = choice(Text("性质", "Done or meant"), _choices(MODALITIES), required=True)
        self.fields["note"] = line(Text("说明", "Note"), length=NOTE_MAX)

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields a person fills in."""
        return self.visible_fields()

    @property
    def reading(self) -> Reading:
        """What was filled in, once the form is valid."""
        held = self.cleaned_data
        if not held["is_claim"]:
            return Reading(is_claim=False)
        return Reading(
            is_claim=True,
            value=held["value"],
            value_high=held["value_high"],
            unit=held["unit"] or None,
            qualifier=held["qualifier"] or "exact",
            measure=held["measure"] or None,
            first=held["first"],
            last=held["last"],
            has_period=held["first"] is not None or held["last"] is not None,
            modality=held["modality"] or "done",
        )


def initial_of(reading: Reading) -> dict[str, Any]:
    """The fields filled in with a reading."""
    return {
        "is_claim": reading.is_claim,
        "value": "" if reading.value is None else format(reading.value, "f"),
        "value_high": "" if reading.value_high is None else format(reading.value_high, "f"),
        "unit": reading.unit or "",
        "qualifier": reading.qualifier,
        "measure": reading.measure or "",
        "first": reading.first.isoformat() if reading.first else "",
        "last": reading.last.isoformat() if reading.last else "",
        "modality": reading.modality,
    }


def _choices(codes: tuple[str, ...]) -> Choices:
    lang = current_lang()
    exact = Text("就是这个数", "just this number")
    return [(code, Text(*label_of(code)).in_(lang) or exact.in_(lang)) for code in codes]
