"""Questions on sales: what auditors would ask about, which recognitions run out, how much each channel sold."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from pairbook.assistance.produce.rules import (
    Sale,
    document_key,
    is_thin,
    lacks_invoice,
    lacks_payment,
    odd_prices,
    repeated_invoices,
)
from pairbook.kernel import clock
from pairbook.kernel.money import Money
from pairbook.kernel.periods import year_to
from pairbook.kernel.quantities import Quantity
from pairbook.kernel.reads import threshold
from pairbook.kernel.texts import Text
from pairbook.register.known import record_of
from pairbook.register.models import Entry, EntryQuerySet, Paper
from pairbook.register.sums import sums
from pairbook.web.languages import typed_in_both
from pairbook.web.numbers import plain
from pairbook.workspace.rules import Due, Finding

_AHEAD = timedelta(days=31)


def _entries(pairing_ids: Sequence[int], *stages: str) -> EntryQuerySet:
    """The current entries of these stages, oldest first."""
    found = Entry.objects.filter(pairing_id__in=pairing_ids, kind="produce", stage__in=stages)
    return found.current().order_by("happened_on", "id")


def _papers_of(entry_ids: Iterable[int]) -> dict[int, frozenset[str]]:
    sorts: dict[int, set[str]] = defaultdict(set)
    for entry_id, sort in Paper.objects.filter(entry_id__in=list(entry_ids)).values_list("entry_id", "sort"):
        sorts[entry_id].add(sort)
    return {entry_id: frozenset(found) for entry_id, found in sorts.items()}


def _sales(pairing_ids: Sequence[int]) -> list[Sale]:
    """The sales paid, oldest first."""
    entries = list(_entries(pairing_ids, "paid"))
    papers = _papers_of(entry.pk for entry in entries)
    return [_sale(entry, papers.get(entry.pk, frozenset())) for entry in entries]


def _sale(entry: Entry, papers: frozenset[str]) -> Sale:
    assert entry.money_minor is not None, "what is paid has an amount"
    return Sale(
        entry_id=entry.pk,
        paid_on=entry.happened_on,
        producer_id=entry.receiver_id,
        yuan=Money(entry.money_minor, entry.currency).amount,
        recognised_yuan=Money(entry.subset_amount or 0, entry.currency).amount,
        item=entry.item_id or "",
        quantity=Quantity(entry.quantity_steps, entry.unit).amount if entry.quantity_steps else None,
        document_no=entry.document_no,
        papers=papers,
    )


def sales_without_proof(pairing_ids: Sequence[int]) -> list[Finding]:
    """Sales counted as paid that no invoice (or platform order) or no proof of payment stands behind."""
    invoice = Text("发票或平台订单", "an invoice or a platform order")
    payment = Text("付款凭证", "a proof of payment")
    found = []
    for sale in _sales(pairing_ids):
        missing = [invoice] * lacks_invoice(sale) + [payment] * lacks_payment(sale)
        if missing:
            zh, en = "、".join(one.zh for one in missing), " and without ".join(one.en for one in missing)
            found.append(
                Finding(sale.entry_id, Text(f"计入已付款，但缺{zh}。", f"Counted as paid, without {en}."))
            )
    return found


@dataclass(frozen=True, slots=True)
class _Listing:
    """A product's days on the list of recognised ones."""

    entry_id: int
    producer_id: int
    product: Text
    from_day: date
    valid_until: date | None
    taken_off_on: date | None

    def is_on(self, day: date) -> bool:
        """Whether it stood on the list on the day."""
        is_over = self.taken_off_on is not None and self.taken_off_on <= day
        return self.from_day <= day and not is_over and (self.valid_until is None or day <= self.valid_until)


def _listings(pairing_ids: Sequence[int]) -> list[_Listing]:
    taken_off = dict(_entries(pairing_ids, "expired").values_list("follows_id", "happened_on"))
    found = []
    for entry in _entries(pairing_ids, "recognised"):
        details = json.loads(entry.details)
        until = details.get("valid_until")
        found.append(
            _Listing(
                entry_id=entry.pk,
                producer_id=entry.receiver_id,
                product=Text(*typed_in_both(str(details.get("product", "")))),
                from_day=entry.happened_on,
                valid_until=date.fromisoformat(until) if until else None,
                taken_off_on=taken_off.get(entry.root_id or entry.pk),
            )
        )
    return found


def sales_without_recognition(pairing_ids: Sequence[int]) -> list[Finding]:
    """Sales told as of recognised products, of a producer that had none on the list on the day."""
    listed: dict[int, list[_Listing]] = defaultdict(list)
    for listing in _listings(pairing_ids):
        listed[listing.producer_id].append(listing)
    said = Text(
        "其中列有认定产品，但当日这家单位没有在目录内的产品。",
        "A part is told as recognised, but this producer had no product on the list on the day.",
    )
    return [
        Finding(sale.entry_id, said)
        for sale in _sales(pairing_ids)
        if sale.recognised_yuan and not any(one.is_on(sale.paid_on) for one in listed[sale.producer_id])
    ]


def products_listed_twice(pairing_ids: Sequence[int]) -> list[Finding]:
    """Recognitions of a product that its producer has on the list already, so that it counts twice."""
    first: dict[tuple[int, str], _Listing] = {}
    found = []
    for listing in _listings(pairing_ids):
        if listing.taken_off_on is None:
            before = first.setdefault((listing.producer_id, document_key(listing.product.zh)), listing)
            if before is not listing:
                said = Text(
                    f"这家单位的“{listing.product.zh}”已按第 {before.entry_id} 号记录列入目录，会计两次。",
                    f"'{listing.product.en}' of this producer is on the list by entry {before.entry_id} already.",
                )
                found.append(Finding(listing.entry_id, said))
    return found


def sales_at_odd_prices(pairing_ids: Sequence[int]) -> list[Finding]:
    """Sales whose price for a unit is far from the usual one of the item in its year."""
    percent_max = threshold("produce.price_percent_max", clock.today())
    return [
        Finding(
            odd.sale.entry_id,
            Text(
                f"每单位{odd.price:.2f}元，当年同产品中位价{odd.usual:.2f}元，相差{odd.percent:+d}%。",
                f"{odd.price:.2f} yuan a unit; the usual price of the year is {odd.usual:.2f}, "
                f"{odd.percent:+d} percent.",
            ),
        )
        for odd in odd_prices(_sales(pairing_ids), percent_max=percent_max)
    ]


def invoices_used_twice(pairing_ids: Sequence[int]) -> list[Finding]:
    """Sales with an invoice number that an earlier sale has too."""
    return [
        Finding(
            sale.entry_id,
            Text(
                f"票据号“{sale.document_no}”与第 {first.entry_id} 号记录相同；分次付款的请在备注里写明。",
                f"The number '{sale.document_no}' is that of entry {first.entry_id} too; if it was paid in parts, "
                "say so in the note.",
            ),
        )
        for sale, first in repeated_invoices(_sales(pairing_ids))
    ]


def too_many_households(pairing_ids: Sequence[int]) -> list[Finding]:
    """Counts of households with hardly any sales of that producer in the year behind each."""
    sold: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
    for sale in _sales(pairing_ids):
        sold[sale.producer_id, sale.paid_on.year] += sale.yuan
    yuan_min = threshold("produce.sales_per_household_min", clock.today())
    found = []
    for entry in _entries(pairing_ids, "gained"):
        households = Quantity(entry.quantity_steps or 0, entry.unit).amount
        yuan = sold[entry.receiver_id, entry.happened_on.year]
        if is_thin(sold_yuan=yuan, households=households, yuan_min=yuan_min):
            said = Text(
                f"报带动 {plain(households)} 户，当年已付款销售 {plain(yuan)} 元，户均不到 {yuan_min} 元。",
                f"{plain(households)} households told; sales paid in the year are {plain(yuan)} yuan, "
                f"under {yuan_min} for each.",
            )
            found.append(Finding(entry.pk, said))
    return found


def recognitions_that_end(pairing_ids: Sequence[int], day: date) -> list[Due]:
    """Products whose recognition ran out, or will within a month, and that nobody took off the list."""
    ending = [
        listing
        for listing in _listings(pairing_ids)
        if listing.taken_off_on is None
        and listing.valid_until is not None
        and listing.valid_until <= day + _AHEAD
    ]
    owners = {
        entry.pk: Text(entry.receiver.name_zh, entry.receiver.name_en)
        for entry in Entry.objects.filter(pk__in=[one.entry_id for one in ending]).select_related("receiver")
    }
    return [
        Due(
            entry_id=one.entry_id,
            due_on=one.valid_until,
            said=Text(
                f"“{one.product.zh}”的认定到期：登记移出目录；已续期的再登记新的认定。",
                f"The recognition of '{one.product.en}' runs out: record that it leaves the list, and the new "
                "recognition where it was renewed.",
            ),
            side="assisted",
            owner=owners[one.entry_id],
        )
        for one in ending
        if one.valid_until is not None
    ]


def sales_by_channel(pairing_ids: Sequence[int], day: date) -> list[tuple[Text, Decimal]]:
    """What each channel sold and was paid for in the day's year up to the day, in yuan, the largest first."""
    category = record_of("produce").category
    assert category is not None, "sales are told apart by channel"
    sold: dict[str, int] = defaultdict(int)
    for row in sums(pairing_ids, year_to(day), kinds=("produce",)):
        if row.stage == "paid" and row.currency == "CNY" and row.direction == "assisting_to_assisted":
            sold[row.category] += row.money_minor
    rows = [(label, Money(sold[code]).amount) for code, label in category.choices if sold[code]]
    return sorted(rows, key=lambda row: -row[1])
