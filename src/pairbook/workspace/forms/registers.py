"""The filter row of a register page: reads the query of an address into an EntryFilter."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from pairbook.kernel.access import SIDE_LABELS
from pairbook.kernel.periods import Period
from pairbook.kernel.reading import read_day
from pairbook.kernel.texts import Text
from pairbook.register.reads import EntryFilter
from pairbook.register.shapes import STATES, Record
from pairbook.web.languages import current_lang
from pairbook.workspace.forms.choosing import party_choices, what_choices
from pairbook.workspace.forms.fields import PlainForm, choice, labelled, line, read_line

_ALL = Text("全部", "all")


class FilterForm(PlainForm):
    """Which entries of a register are seen."""

    def __init__(self, *args: Any, record: Record, pairing_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stages = labelled((stage.code, stage.label) for stage in record.stages)
        self.fields["from"] = read_line(Text("从哪天", "From day"), read_day)
        self.fields["to"] = read_line(Text("到哪天", "To day"), read_day)
        self.fields["stage"] = choice(Text("阶段", "Stage"), stages, empty=_ALL)
        self.fields["party"] = choice(Text("单位", "Party"), party_choices(pairing_id), empty=_ALL)
        self.fields["what"] = choice(Text("内容", "What"), what_choices(pairing_id, record), empty=_ALL)
        self.fields["words"] = line(Text("文号或备注", "Document no. or note"), length=80)
        self.fields["state"] = choice(Text("双方", "Signed by"), labelled(STATES.items()), empty=_ALL)
        papers = labelled([("none", Text("没有材料", "without papers"))])
        self.fields["papers"] = choice(Text("材料", "Papers"), papers, empty=_ALL)
        self.fields["side"] = choice(Text("记录方", "Recorded by"), labelled(SIDE_LABELS.items()), empty=_ALL)
        for name, field in self.fields.items():
            # The inputs stand in the table's head and belong to the form before the table.
            field.widget.attrs |= {"form": "filters", "aria-label": str(field.label)}
            if name in ("from", "to"):
                field.widget.attrs["placeholder"] = "2020-01-01" if name == "from" else "2020-12-31"

    def clean(self) -> dict[str, Any]:
        """Two days in their order."""
        held = self.cleaned_data
        if held.get("from") and held.get("to") and held["to"] < held["from"]:
            cure = Text("结束日期早于开始日期。", "The last day is before the first.")
            raise ValidationError(cure.in_(current_lang()))
        return held

    @property
    def is_empty(self) -> bool:
        """Whether nothing is filtered, so that everything is seen."""
        return not any(self.data.get(name) for name in self.fields)

    def wanted(self, *, pairing_ids: tuple[int, ...], kind: str, own_of: int | None) -> EntryFilter:
        """The entries asked for; a part that could not be read asks for all."""
        held = self.cleaned_data
        sort, _, key = (held.get("what") or "").partition(":")
        return EntryFilter(
            pairing_ids=pairing_ids,
            kind=kind,
            stages=(held["stage"],) if held.get("stage") else (),
            period=_period(held),
            party_id=int(held["party"]) if held.get("party") else None,
            fund_id=int(key) if sort == "fund" else None,
            item_code=key if sort == "item" else None,
            field=key if sort == "field" else None,
            campaign_code=key if sort == "campaign" else None,
            project_id=int(key) if sort == "project" else None,
            state=held.get("state") or None,
            without_papers=held.get("papers") == "none",
            words=held.get("words") or "",
            recorded_side=held.get("side") or None,
            own_of=own_of,
        )


# An open end of a period: earlier and later than anything a book holds.
_FIRST, _LAST = date(1900, 1, 1), date(2999, 12, 31)


def _period(held: dict[str, Any]) -> Period | None:
    first, last = held.get("from"), held.get("to")
    if (not first and not last) or (first and last and last < first):
        return None
    return Period.inclusive(first or _FIRST, last or _LAST)
