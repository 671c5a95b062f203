"""What an administrator notes of a place from a publication: its standing on a list, a number of a day."""

from collections.abc import Sequence
from typing import Any

from pairbook.kernel.reading import read_day, read_number
from pairbook.kernel.texts import Text
from pairbook.parties.reads import MeasureRow, StatusRow
from pairbook.parties.rules import PLACE_LISTS, PLACE_MEASURES
from pairbook.web.languages import current_lang
from pairbook.workspace.forms.fields import PlainForm, choice, labelled, line, needed_choice, read_line
from pairbook.workspace.forms.set_up import NeededParty

_IN_BOTH = Text("中文 / 英文，两种都写最好", "Chinese / English, both if you can")
_NEW = Text("不替换，新的一条", "none, a new row")
_REPLACES = Text("替换哪一条", "Takes the place of")


class FindPlaceForm(PlainForm):
    """A place by name or code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"] = NeededParty(Text("地点", "Place"), places_only=True)


class StatusForm(PlainForm):
    """A place on a list, as announced."""

    def __init__(self, *args: Any, held: Sequence[StatusRow], **kwargs: Any) -> None:
        # Two forms stand on one page, and an id names one field.
        super().__init__(*args, auto_id="status_%s", **kwargs)
        names = labelled((code, one.name) for code, one in PLACE_LISTS.items())
        self.fields["list_code"] = needed_choice(Text("名单", "List"), names)
        self.fields["listed"] = read_line(Text("列入日期", "Listed on"), read_day, required=True)
        self.fields["delisted"] = read_line(Text("退出日期", "Off the list from"), read_day)
        self.fields["announcement_zh"] = line(
            Text("公告名称（中文）", "Announcement (in Chinese)"), required=True
        )
        self.fields["announcement_en"] = line(Text("公告名称（英文）", "Announcement (in English)"))
        self.fields["publisher"] = line(Text("发布单位", "Publisher"), hint=_IN_BOTH, length=160)
        self.fields["source"] = line(Text("出处", "Source"), required=True, hint=_IN_BOTH, length=300)
        self.fields["note"] = line(Text("说明", "Note"), hint=_IN_BOTH, length=400)
        rows = [(str(row.id), _status_words(row)) for row in held]
        self.fields["replaces"] = choice(_REPLACES, list(rows), empty=_NEW)

    def clean(self) -> dict[str, Any]:
        """A standing has a first day."""
        return _with_day(self, "listed")


class MeasureForm(PlainForm):
    """A number published of a place as of a day."""

    def __init__(self, *args: Any, held: Sequence[MeasureRow], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="measure_%s", **kwargs)
        labels = labelled((code, sort.label) for code, sort in PLACE_MEASURES.items())
        self.fields["code"] = needed_choice(Text("指标", "Indicator"), labels)
        self.fields["as_of"] = read_line(Text("哪一天的数", "As of"), read_day, required=True)
        hint = Text(
            "户数、人数写整数；发生率写百分数，如 1.75", "whole households and persons; a rate as 1.75"
        )
        self.fields["value"] = read_line(Text("数值", "Value"), read_number, required=True, hint=hint)
        self.fields["source"] = line(Text("出处", "Source"), required=True, hint=_IN_BOTH, length=300)
        self.fields["publisher"] = line(Text("发布单位", "Publisher"), hint=_IN_BOTH, length=160)
        self.fields["published"] = read_line(Text("公布日期", "Published on"), read_day)
        rows = [(str(row.id), _measure_words(row)) for row in held]
        self.fields["replaces"] = choice(_REPLACES, list(rows), empty=_NEW)

    def clean(self) -> dict[str, Any]:
        """A number has a day and a value."""
        _with_day(self, "as_of")
        if self.cleaned_data.get("value") is None and "value" not in self.errors:
            self.add_error("value", Text("请填写数值。", "Give the number.").in_(current_lang()))
        return self.cleaned_data


def _with_day(form: PlainForm, name: str) -> dict[str, Any]:
    if form.cleaned_data.get(name) is None and name not in form.errors:
        form.add_error(name, Text("请填写日期。", "Give the day.").in_(current_lang()))
    return form.cleaned_data


def _status_words(row: StatusRow) -> str:
    days = " – ".join(str(day) for day in (row.listed_on, row.delisted_on) if day)
    return f"{days} {PLACE_LISTS[row.list_code].name.in_(current_lang())}"


def _measure_words(row: MeasureRow) -> str:
    lang = current_lang()
    return f"{row.as_of} {PLACE_MEASURES[row.code].label.in_(lang)} {row.words.in_(lang)}"
