"""The administrator's forms: organisations, places, users and posts, pairings."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from pairbook.kernel.access import ROLE_LABELS
from pairbook.kernel.reading import plain, read_day, read_whole
from pairbook.kernel.reads import offered_parameters
from pairbook.kernel.texts import Text
from pairbook.pairings.rules import PAIRING_LEVELS
from pairbook.parties.reads import organisations, parties_known, party_ids_named, users_with_posts
from pairbook.parties.rules import ORGANISATION_TYPES, PLACE_LEVELS, PartyFacts
from pairbook.web.languages import current_lang, typed_in_lang
from pairbook.workspace.forms.fields import (
    Choices,
    PlainForm,
    choice,
    code_line,
    labelled,
    line,
    needed,
    needed_choice,
    read_line,
)

_NAME_ZH = Text("中文名称", "Name in Chinese")
_NAME_EN = Text("英文名称", "Name in English")
_CODE = Text("代码", "Code")
_PARTY_HINT = Text("名称或代码，如 镇原县 或 621027", "name or code, such as 621027")
_NONE = Text("无", "none")


def read_party(written: str) -> PartyFacts | Text:
    """The place or organisation somebody named, or the cure; of several the codes are listed."""
    name = plain(written)
    found = parties_known(party_ids_named([name])[name])
    if len(found) == 1:
        return next(iter(found.values()))
    if not found:
        return Text(
            "没有登记这个名称或代码；请先登记单位或地点。",
            "No place or organisation of this name or code; add it first.",
        )
    codes = ", ".join(party.code for party in list(found.values())[:8])
    return Text(f"同名的不止一个，请写代码：{codes}。", f"Several bear this name; write the code: {codes}.")


def read_place(written: str) -> PartyFacts | Text:
    """The place somebody named, or the cure."""
    party = read_party(written)
    if isinstance(party, PartyFacts) and party.sort != "place":
        return Text("这是单位，不是地点。", "This is an organisation, not a place.")
    return party


class ThresholdForm(PlainForm):
    """Sets a threshold anew, from the document that says so."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = labelled((one.code, one.label) for one in offered_parameters())
        self.fields["code"] = needed_choice(Text("参数", "Threshold"), known)
        self.fields["value"] = NeededRead(read_whole, Text("数值", "Value"))
        self.fields["valid_from"] = NeededRead(read_day, Text("从哪天起", "From which day"))
        self.fields["source"] = needed(
            Text("依据的文件", "The document that says so"),
            hint=Text("文件名称、文号", "its title and number"),
            length=300,
        )


class NeededRead(forms.CharField):
    """A line that must be filled in, read into a value by one of `kernel.reading`."""

    def __init__(self, reader: Callable[[str], Any], label: Text) -> None:
        self.reader = reader
        lang = current_lang()
        empty = Text(f"请填写{label.zh}。", f"Give: {label.en.lower()}.")
        super().__init__(label=label.in_(lang), max_length=60, error_messages={"required": empty.in_(lang)})

    def clean(self, value: Any) -> Any:
        """The value read."""
        read = self.reader(super().clean(value))
        if isinstance(read, Text):
            raise forms.ValidationError(read.in_(current_lang()))
        return read


class NeededParty(forms.CharField):
    """A party by name or code."""

    def __init__(self, label: Text, *, places_only: bool = False) -> None:
        lang = current_lang()
        self.reader = read_place if places_only else read_party
        super().__init__(
            label=label.in_(lang),
            help_text=_PARTY_HINT.in_(lang),
            max_length=120,
            error_messages={"required": Text(f"请填写{label.zh}。", f"Give: {label.en.lower()}.").in_(lang)},
        )

    def clean(self, value: Any) -> Any:
        """The party's id."""
        party = self.reader(super().clean(value))
        if isinstance(party, Text):
            raise forms.ValidationError(party.in_(current_lang()))
        return party.id


class OrganisationForm(PlainForm):
    """A new organisation."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_line(_CODE)
        self.fields["name_zh"] = needed(_NAME_ZH, length=120)
        self.fields["name_en"] = needed(_NAME_EN, length=160)
        self.fields["type"] = needed_choice(Text("类型", "Type"), labelled(ORGANISATION_TYPES.items()))
        self.fields["place"] = NeededParty(Text("所在地", "Place"), places_only=True)
        self.fields["credit_code"] = line(Text("统一社会信用代码", "Social credit code"), length=18)


class PlaceForm(PlainForm):
    """A new place below the county."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = [(code, PLACE_LEVELS[code]) for code in ("township", "village")]
        self.fields["code"] = code_line(_CODE)
        self.fields["name_zh"] = needed(_NAME_ZH, length=120)
        self.fields["name_en"] = needed(_NAME_EN, length=160)
        self.fields["level"] = needed_choice(Text("层级", "Level"), labelled(levels))
        self.fields["parent"] = NeededParty(Text("上级地点", "Place above"), places_only=True)


class PostForm(PlainForm):
    """A post: a role in an organisation from a day on. For somebody new, with user name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lang = current_lang()
        known = {
            str(row.user_id): f"{typed_in_lang(row.name)} ({row.username})" for row in users_with_posts()
        }
        self.fields["user"] = choice(
            Text("人员", "Person"), list(known.items()), empty=Text("新用户", "somebody new")
        )
        self.fields["username"] = line(Text("用户名", "User name"), length=60)
        both = Text("可写成：中文 / English", "may be written: 中文 / English")
        self.fields["display_name"] = line(Text("显示名称", "Name shown"), hint=both, length=80)
        self.fields["password"] = forms.CharField(
            label=Text("初始密码", "First password").in_(lang),
            required=False,
            widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
            help_text=Text("至少十个字符", "ten characters or more").in_(lang),
        )
        self.fields["role"] = needed_choice(Text("职责", "Role"), labelled(ROLE_LABELS.items()))
        self.fields["organisation"] = choice(Text("单位", "Organisation"), _organisations(), empty=_NONE)
        self.fields["since"] = read_line(Text("任职起始日", "Since"), read_day)

    def clean(self) -> dict[str, Any]:
        """A new user has a name and a password that is hard to guess."""
        held = self.cleaned_data
        if not held.get("user"):
            if not held.get("username"):
                cure = Text("新用户请填写用户名。", "Give a user name for somebody new.")
                self.add_error("username", cure.in_(current_lang()))
            try:
                validate_password(held.get("password") or "")
            except forms.ValidationError as error:
                self.add_error("password", error)
        return held


def _organisations() -> Choices:
    lang = current_lang()
    return [(str(row.id), f"{row.name.in_(lang)} · {row.place.in_(lang)}") for row in organisations()]


class PairingForm(PlainForm):
    """A new pairing, or the child of one."""

    def __init__(self, *args: Any, parents: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_line(Text("结对代码", "Pairing code"))
        self.fields["level"] = needed_choice(Text("层级", "Level"), labelled(PAIRING_LEVELS.items()))
        self.fields["parent"] = choice(Text("上级结对", "Pairing above"), parents, empty=_NONE)
        self.fields["assisting"] = NeededParty(Text("帮扶方", "Assisting side"))
        self.fields["assisted"] = NeededParty(Text("受援方", "Assisted side"))
        self.fields["start"] = read_line(Text("开始日期", "Start"), read_day, required=True)
        self.fields["agreement_zh"] = line(Text("协议名称（中文）", "Agreement (in Chinese)"))
        self.fields["agreement_en"] = line(Text("协议名称（英文）", "Agreement (in English)"))
        self.fields["signed"] = read_line(Text("协议签订日期", "Agreement signed on"), read_day)
        only = Text("只用于结对认亲；不写户主姓名", "only for household pairs; no household is named")
        self.fields["households"] = read_line(
            Text("结对户数", "Households covered"), read_whole, hint=only, keyboard="numeric"
        )

    def clean(self) -> dict[str, Any]:
        """A pairing has a first day."""
        if not self.cleaned_data.get("start") and "start" not in self.errors:
            cure = Text("请填写开始日期。", "Give the day it starts.")
            self.add_error("start", cure.in_(current_lang()))
        return self.cleaned_data


class ClosingForm(PlainForm):
    """The end of a pairing: its last day, why, and to which pairing it is handed over."""

    def __init__(self, *args: Any, successors: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["end"] = read_line(Text("最后一天", "Last day"), read_day, required=True)
        self.fields["reason"] = line(Text("原因", "Reason"), required=True, length=300)
        self.fields["successor"] = choice(Text("移交给", "Handed over to"), successors, empty=_NONE)

    def clean(self) -> dict[str, Any]:
        """An end has a day."""
        if not self.cleaned_data.get("end") and "end" not in self.errors:
            cure = Text("请填写最后一天。", "Give the last day.")
            self.add_error("end", cure.in_(current_lang()))
        return self.cleaned_data


class ShownDayForm(PlainForm):
    """The day whose figures the portal shows when nobody asks for another."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = Text("留空即显示当天", "leave it empty for the current day")
        self.fields["day"] = read_line(Text("门户显示的日期", "Day the portal shows"), read_day, hint=hint)
