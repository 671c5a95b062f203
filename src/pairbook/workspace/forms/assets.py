"""The forms of assets: registering one, who holds it, how it stands, what it brought in."""

from typing import Any

from pairbook.kernel.money import Money
from pairbook.kernel.reading import read_thousandths, read_whole
from pairbook.kernel.texts import Text
from pairbook.projects.shapes import (
    ASSET_SORTS,
    FIELDS,
    INCOME_USES,
    OWNERSHIPS,
    STATUSES,
    AssetDraft,
    HoldingDraft,
    IncomeDraft,
    Measure,
)
from pairbook.workspace.forms.fields import Choices, PlainForm, choice, labelled, line, read_line
from pairbook.workspace.forms.projects import ASK, NONE, SourcesForm, day_line, money_line, text_area


class AssetForm(SourcesForm):
    """An asset with its original value by source."""

    beside = frozenset({"name_en", "unit", "value"})

    def __init__(self, *args: Any, pairing_ids: tuple[int, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sorts = labelled(ASSET_SORTS.items())
        self.fields["sort"] = choice(Text("资产类别", "Class of asset"), sorts, empty=ASK, required=True)
        self.fields["name_zh"] = line(Text("中文名称", "Name in Chinese"), required=True, length=160)
        self.fields["name_en"] = line(Text("英文名称", "Name in English"), required=True, length=200)
        self.fields["size"] = read_line(Text("规模", "Size"), read_thousandths, keyboard="decimal")
        self.fields["unit"] = line(
            Text("单位", "Unit"), required=True, hint=Text("如 平方米 / m²", "such as 平方米 / m²"), length=40
        )
        self.fields["acquired_on"] = day_line(Text("建成（购置）日期", "Built or bought on"))
        self.fields["value"] = money_line(Text("原值（元）", "Original value (yuan)"))
        self.add_sources(pairing_ids)

    @property
    def draft(self) -> AssetDraft:
        """What was written."""
        held = self.cleaned_data
        size = held.get("size")
        return AssetDraft(
            sort=held.get("sort") or "",
            name=Text(held.get("name_zh") or "", held.get("name_en") or ""),
            size=None if size is None else Measure(size, (held.get("unit") or "").strip()),
            acquired_on=held.get("acquired_on"),
            value=held.get("value"),
            sources=self.sources,
        )


class HoldingForm(PlainForm):
    """Who owns, runs and looks after an asset."""

    def __init__(self, *args: Any, parties: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"] = day_line(Text("从哪天起", "Since"))
        self.fields["ownership"] = choice(
            Text("所有权", "Ownership"), labelled(OWNERSHIPS.items()), empty=ASK, required=True
        )
        none = Text("未定（农户所有的可不填）", "not settled (households need not be named)")
        self.fields["owner"] = choice(Text("所有者", "Owner"), parties, empty=none)
        self.fields["operator"] = choice(Text("经营者", "Run by"), parties, empty=NONE)
        self.fields["carer"] = choice(Text("管护人", "Looked after by"), parties, empty=NONE)
        self.fields["certificate_no"] = line(Text("确权证书号", "Certificate no."), length=80)
        self.fields["note"] = line(Text("说明", "Note"), length=300)

    @property
    def draft(self) -> HoldingDraft:
        """What was written."""
        held = self.cleaned_data

        def party(name: str) -> int | None:
            return int(held[name]) if held.get(name) else None

        return HoldingDraft(
            since=held.get("since"),
            ownership=held.get("ownership") or "",
            owner_id=party("owner"),
            operator_id=party("operator"),
            carer_id=party("carer"),
            certificate_no=held.get("certificate_no") or "",
            note=held.get("note") or "",
        )


class StatusForm(PlainForm):
    """How an asset stands from a day on."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"] = choice(Text("状态", "Status"), labelled(STATUSES.items()))
        self.fields["since"] = day_line(Text("从哪天起", "Since"))
        self.fields["note"] = text_area(Text("说明", "Note"), length=300)


class IncomeForm(PlainForm):
    """What an asset brought in during a year and what became of it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"] = read_line(FIELDS["year"], read_whole, keyboard="numeric")
        self.fields["money"] = money_line(Text("收益（元）", "Income (yuan)"))
        for code, label in INCOME_USES.items():
            self.fields[f"share_{code}"] = money_line(label, hint=None)

    @property
    def draft(self) -> IncomeDraft:
        """What was written."""
        held = self.cleaned_data
        shares: list[tuple[str, Money]] = [
            (code, held[f"share_{code}"]) for code in INCOME_USES if held.get(f"share_{code}")
        ]
        return IncomeDraft(held.get("year"), held.get("money"), tuple(shares))
