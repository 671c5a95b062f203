"""The forms that add to the lists behind a register: funds, items, campaigns, projects."""

from typing import Any

from django import forms

from pairbook.kernel.quantities import UNITS
from pairbook.kernel.texts import Text
from pairbook.register.shapes import NATURES, TIERS
from pairbook.web.languages import current_lang
from pairbook.workspace.forms.fields import PlainForm, choice, code_line, labelled, needed, needed_choice

_CODE = Text("代码", "Code")
_NAME_ZH = Text("中文名称", "Name in Chinese")
ASKS_CONSENT = Text("项目审定前须征得出资方同意", "Its giver asks to be asked before a project is approved")
_NAME_EN = Text("英文名称", "Name in English")


class NamedForm(PlainForm):
    """A code and a name in both languages."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_line(_CODE)
        self.fields["name_zh"] = needed(_NAME_ZH, length=120)
        self.fields["name_en"] = needed(_NAME_EN, length=160)

    @property
    def name(self) -> Text:
        """The name in both languages."""
        return Text(self.cleaned_data["name_zh"], self.cleaned_data["name_en"])


class FundForm(NamedForm):
    """A fund: its nature, tier and programme year."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nature"] = needed_choice(Text("性质", "Nature"), labelled(NATURES.items()))
        self.fields["tier"] = choice(
            Text("级次", "Tier"), labelled(TIERS.items()), empty=Text("不分级次", "none")
        )
        self.fields["year"] = forms.IntegerField(
            label=Text("年度", "Year").in_(current_lang()), min_value=1990, max_value=2100
        )
        self.fields["asks_consent"] = forms.BooleanField(
            label=ASKS_CONSENT.in_(current_lang()), required=False
        )


class ItemForm(NamedForm):
    """An item given in kind, with the unit it is counted in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        base = [(code, unit.label) for code, unit in UNITS.items() if unit.base == code]
        self.fields["unit"] = needed_choice(Text("计数单位", "Counted in"), labelled(base))


class WishForm(PlainForm):
    """Whether the giver of a fund asks to be asked."""

    fund = forms.IntegerField()
    asks = forms.TypedChoiceField(choices=[("yes", "yes"), ("no", "no")], coerce=lambda said: said == "yes")


FORMS: dict[str, type[NamedForm]] = {
    "fund": FundForm,
    "item": ItemForm,
    "campaign": NamedForm,
    "project": NamedForm,
}
"""The form of each list, by the word its page sends along."""
