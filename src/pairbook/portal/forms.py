"""What a reader of the public pages may ask for: a day, a list of entries, another known day."""

from collections.abc import Mapping
from datetime import date

from django import forms

from pairbook.analysis.documents.shapes import BOUND_BYTES_MAX, SORTS
from pairbook.bulletins.files import text_of_file
from pairbook.bulletins.reads import Against
from pairbook.indicators.currencies import HOME, RateAsked
from pairbook.indicators.rules import Address
from pairbook.kernel.kinds import kinds_offering
from pairbook.kernel.money import MINOR_UNITS
from pairbook.kernel.periods import Period
from pairbook.kernel.reading import read_day
from pairbook.kernel.texts import Lang, Text
from pairbook.parties.reads import party_of_code
from pairbook.parties.rules import PartyFacts
from pairbook.register.reads import EntryFilter, campaigns
from pairbook.register.shapes import COLUMNS, DIRECTIONS, STATES, Record
from pairbook.web.numbers import currency_word

_ANY = Text("全部", "all")
_STAGE_CURE = Text("这个阶段不属于所选类别，已略去。", "This stage belongs to another kind; it was left out.")
_ORDER_CURE = Text("结束日期早于开始日期。", "The last day is before the first.")


class DayField(forms.CharField):
    """A day in any of the ways people write one, shown as 2020-09-18 whatever the browser's language."""

    def __init__(self, label: Text, lang: Lang) -> None:
        super().__init__(
            label=label.in_(lang),
            required=False,
            widget=forms.TextInput(attrs={"placeholder": "2020-09-18", "size": 10, "autocomplete": "off"}),
        )
        self._lang = lang

    def clean(self, value: object) -> date | None:
        """The day; None where nothing is written."""
        written = super().clean(value)
        if not written:
            return None
        day = read_day(written)
        if isinstance(day, Text):
            raise forms.ValidationError(day.in_(self._lang))
        return day


class DayForm(forms.Form):
    """The day whose year is told."""

    def __init__(self, data: object, *, lang: Lang) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["as_of"] = DayField(Text("看到哪一天", "Up to"), lang)

    @property
    def day(self) -> date | None:
        """The day asked for; None when none or no real day was given."""
        return self.cleaned_data.get("as_of") if self.is_valid() else None


class EntriesForm(forms.Form):
    """Filters of the list of entries. What cannot be read is told and left out, the rest still holds."""

    def __init__(
        self, data: object, *, lang: Lang, projects: Mapping[str, Text], funds: Mapping[str, Text]
    ) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        records = list(kinds_offering(Record))
        stages = {
            f"{kind.code}.{stage.code}": Text(
                f"{kind.label.zh} · {stage.label.zh}", f"{kind.label.en} · {stage.label.en}"
            )
            for kind, record in records
            for stage in record.stages
        }
        papers = {"with": Text("有材料", "with papers"), "without": Text("无材料", "without papers")}
        for name, label, choices in (
            ("kind", Text("类别", "Kind"), {kind.code: kind.label for kind, _ in records}),
            ("stage", COLUMNS["stage"], stages),
            ("direction", Text("方向", "Direction"), DIRECTIONS),
            ("campaign", COLUMNS["campaign"], {row.code: row.name for row in campaigns()}),
            ("fund", COLUMNS["fund"], funds),
            ("project", COLUMNS["project"], projects),
            ("state", Text("双方", "Signed by"), STATES),
            ("papers", Text("材料", "Papers"), papers),
        ):
            self.fields[name] = _choice(label, choices, lang)
        self.fields["from"] = DayField(Text("从", "From"), lang)
        self.fields["to"] = DayField(Text("到", "To"), lang)
        # Named by a link from a page about this party, so it is no choice but a condition that can be dropped.
        self.fields["party"] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.order_fields(
            ["kind", "stage", "direction", "from", "to", "campaign", "fund", "project", "state", "papers"]
        )
        self._lang = lang

    @property
    def party(self) -> PartyFacts | None:
        """The party whose entries alone are asked for, or None."""
        code = self.cleaned_data.get("party") if self.is_valid() or hasattr(self, "cleaned_data") else ""
        return party_of_code(code) if code else None

    def clean(self) -> dict[str, object]:
        """Refuses days in the wrong order and a stage of another kind."""
        kind, stage = self.cleaned_data.get("kind"), self.cleaned_data.get("stage")
        if kind and stage and not stage.startswith(f"{kind}."):
            self.add_error("stage", _STAGE_CURE.in_(self._lang))
        first, last = self.cleaned_data.get("from"), self.cleaned_data.get("to")
        if first and last and last < first:
            self.add_error("to", _ORDER_CURE.in_(self._lang))
        return self.cleaned_data

    def wanted(self, pairing_ids: tuple[int, ...]) -> EntryFilter:
        """What is asked for, as far as it can be read."""
        self.is_valid()
        asked = self.cleaned_data
        kind, _, stage = (asked.get("stage") or "").partition(".")
        first, last = asked.get("from"), asked.get("to")
        return EntryFilter(
            pairing_ids=pairing_ids,
            kind=kind or asked.get("kind") or None,
            stages=(stage,) if stage else (),
            direction=asked.get("direction") or None,
            period=Period.inclusive(first or date.min, last or date(9999, 12, 30)) if first or last else None,
            campaign_code=asked.get("campaign") or None,
            fund_id=int(asked["fund"]) if asked.get("fund") else None,
            project_id=int(asked["project"]) if asked.get("project") else None,
            party_id=self.party.id if self.party else None,
            state=asked.get("state") or None,
            with_papers=asked.get("papers") == "with",
            without_papers=asked.get("papers") == "without",
        )


def _choice(label: Text, choices: Mapping[str, Text], lang: Lang) -> forms.ChoiceField:
    unknown = Text("没有这个选项，已略去。", "There is no such choice; it was left out.")
    return forms.ChoiceField(
        label=label.in_(lang),
        required=False,
        choices=[("", _ANY.in_(lang)), *((code, text.in_(lang)) for code, text in choices.items())],
        error_messages={"invalid_choice": unknown.in_(lang)},
    )


TEXT_MAX = 60_000


class CheckForm(forms.Form):
    """A text to be held against the book, pasted or as a file, with its day; and perhaps an earlier one beside it."""

    is_too_often = False
    """Whether it was sent once too often, and nothing of it was looked at."""

    def __init__(self, data: object = None, files: object = None, *, lang: Lang) -> None:
        super().__init__(data, files)  # type: ignore[arg-type]
        self._lang = lang
        self.fields["text"] = self._box(Text("文章", "Article"), rows=10)
        self.fields["file"] = self._upload()
        self.fields["as_of"] = DayField(Text("发表日期", "Published on"), lang)
        self.fields["earlier"] = self._box(Text("先前的文章", "An earlier article"), rows=6)
        self.fields["earlier_file"] = self._upload()
        self.fields["earlier_on"] = DayField(Text("先前文章的发表日期", "The earlier one published on"), lang)

    def _box(self, label: Text, *, rows: int) -> forms.CharField:
        too_long = Text(
            f"最多 {TEXT_MAX:,} 字；请分开核对。", f"At most {TEXT_MAX:,} characters; check it in parts."
        )
        return forms.CharField(
            label=label.in_(self._lang),
            required=False,
            max_length=TEXT_MAX,
            strip=False,
            widget=forms.Textarea(attrs={"rows": rows}),
            error_messages={"max_length": too_long.in_(self._lang)},
        )

    def _upload(self) -> forms.FileField:
        label = Text("或上传文件（.docx、.pdf、.html、.txt）", "Or a file (.docx, .pdf, .html, .txt)")
        return forms.FileField(
            label=label.in_(self._lang),
            required=False,
            widget=forms.FileInput(attrs={"accept": ",".join(SORTS)}),
        )

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """The fields of the text itself."""
        return [self[name] for name in ("text", "file", "as_of")]

    @property
    def earlier_fields(self) -> list[forms.BoundField]:
        """The fields of an earlier text to compare with."""
        return [self[name] for name in ("earlier", "earlier_file", "earlier_on")]

    @property
    def has_earlier(self) -> bool:
        """Whether anything was filled in or is wrong there, so that it is shown open."""
        return any(field.value() or field.errors for field in self.earlier_fields)

    @property
    def against(self) -> Against | None:
        """The earlier text to compare with, once the form is valid."""
        text = self.cleaned_data["earlier"]
        return Against(text, self.cleaned_data["earlier_on"]) if text.strip() else None

    def clean(self) -> dict[str, object]:
        """The texts from whichever was given; a file counts before the box."""
        self._take("text", "file")
        self._take("earlier", "earlier_file")
        has_error = {"text", "file"} & self.errors.keys()
        if not has_error and not self.cleaned_data["text"].strip():
            empty = Text("请粘贴文章，或选一个文件。", "Paste an article, or choose a file.")
            self.add_error("text", empty.in_(self._lang))
        return self.cleaned_data

    def _take(self, box: str, upload: str) -> None:
        """The words of the file into the box; what is wrong with it beside the file."""
        file = self.cleaned_data.get(upload)
        text = str(self.cleaned_data.get(box) or "")
        if file is not None:
            read = text_of_file(file.name or "", file.read(BOUND_BYTES_MAX + 1))
            if isinstance(read, Text):
                self.add_error(upload, read.in_(self._lang))
            elif len(read) > TEXT_MAX:
                cure = Text(
                    f"文字超过 {TEXT_MAX:,} 字；请分开核对。",
                    f"More than {TEXT_MAX:,} characters; check it in parts.",
                )
                self.add_error(upload, cure.in_(self._lang))
            else:
                text = read
        # Browsers send line breaks as two characters.
        self.cleaned_data[box] = text.replace("\r\n", "\n")


class AskAgainForm(forms.Form):
    """Other days for an opened figure: from, to, and the day as known on which it is asked."""

    def __init__(self, data: object, *, lang: Lang) -> None:
        # Several figures may be open on one page, so no field has an id: its label is around it.
        super().__init__(data, auto_id=False)  # type: ignore[arg-type]
        self.fields["from"] = DayField(Text("从", "From"), lang)
        self.fields["to"] = DayField(Text("到", "To"), lang)
        self.fields["known_on"] = DayField(Text("以何时所知", "As known on"), lang)

    def address(self, address: Address) -> Address | None:
        """The address with the days asked for; None when a day cannot be read or the order is wrong."""
        if not self.is_valid():
            return None
        first, last = self.cleaned_data["from"], self.cleaned_data["to"]
        if first and last and last < first:
            self.add_error("to", "")
            return None
        return address.changed(start=first, end=last, known=self.cleaned_data["known_on"], is_day=False)


class CurrencyForm(forms.Form):
    """Another currency for an amount: which, and a rate with its source and day; without one the reference rate."""

    def __init__(self, data: object, *, unit: str, lang: Lang) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        others = [code for code in MINOR_UNITS if code != unit and HOME in (code, unit)]
        named = [(code, f"{currency_word(code, lang)} {code}") for code in others]
        self.fields["in"] = forms.ChoiceField(
            label=Text("看成", "Show in").in_(lang), choices=named, required=True
        )
        lines = (
            ("rate", Text("汇率（1单位外币合人民币）", "Rate (yuan for one unit)"), "6.8"),
            ("rate_source", Text("汇率出处", "Source of the rate"), ""),
            ("rate_on", Text("汇率日期", "Day of the rate"), "2020-09-18"),
        )
        for name, label, example in lines:
            self.fields[name] = forms.CharField(
                label=label.in_(lang),
                required=False,
                widget=forms.TextInput(attrs={"placeholder": example, "autocomplete": "off"}),
            )

    @property
    def asked(self) -> RateAsked | None:
        """What was asked for; None where nothing was."""
        if not self.is_valid():
            return None
        held = self.cleaned_data
        return RateAsked(held["in"], held["rate"], held["rate_source"], held["rate_on"])
