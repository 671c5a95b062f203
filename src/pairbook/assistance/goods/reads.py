"""What auditors ask about goods on their way, and which lots must be handed out before they expire."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pairbook.assistance.goods.rules import is_borne_out, is_expired, read_price
from pairbook.kernel import clock
from pairbook.kernel.access import Side
from pairbook.kernel.money import Money
from pairbook.kernel.quantities import Quantity
from pairbook.kernel.reads import threshold
from pairbook.kernel.texts import Text
from pairbook.register.models import Entry, EntryQuerySet
from pairbook.register.reads import EntryFilter, matching_entries
from pairbook.web.numbers import day_in_words, money_full
from pairbook.workspace.rules import Due, Finding

_KIND = "goods"
_DUE_WITHIN = timedelta(days=31)
# Who hands on what it gets. A school or a cooperative may well keep it: it is the one that was meant.
_HANDS_ON = ("office", "government", "social_organisation")


def goods_at(pairing_ids: Sequence[int], *stages: str) -> EntryQuerySet:
    """The current entries of goods at these stages, in the order of their days, with item and receiver."""
    wanted = EntryFilter(pairing_ids=tuple(pairing_ids), kind=_KIND, stages=stages)
    return matching_entries(wanted).order_by("happened_on", "id").select_related("item", "receiver")


def quantity_of(entry: Entry) -> Quantity:
    """How much of its item an entry of goods is about."""
    assert entry.quantity_steps is not None, "goods are never without a quantity"
    return Quantity(entry.quantity_steps, entry.unit)


def item_of(entry: Entry) -> Text:
    """What the item is called."""
    assert entry.item is not None, "goods are never without an item"
    return Text(entry.item.name_zh, entry.item.name_en)


def details_of(entry: Entry) -> dict[str, Any]:
    """What only goods have."""
    details: dict[str, Any] = json.loads(entry.details)
    return details


def value_unfounded(pairing_ids: Sequence[int]) -> list[Finding]:
    """Goods with a value that nobody, or nothing, stands for."""
    labels = (
        ("valued_by", Text("由谁估价", "who valued it")),
        ("valued_on_basis", Text("估价依据", "on what basis")),
    )
    found = []
    for entry in goods_at(pairing_ids).filter(money_minor__isnull=False):
        lacking = [label for code, label in labels if not details_of(entry).get(code)]
        if lacking:
            said = Text(
                f"折价 {_value(entry).zh}，没有写明{'和'.join(one.zh for one in lacking)}",
                f"valued at {_value(entry).en} without saying {' or '.join(one.en for one in lacking)}",
            )
            found.append(Finding(entry.pk, said))
    return found


def _value(entry: Entry) -> Text:
    value = Money(entry.money_minor or 0, entry.currency)
    amounts = (money_full(value.amount, lang, currency=value.currency) for lang in ("zh", "en"))
    return Text(*amounts)


def price_disagrees(pairing_ids: Sequence[int]) -> list[Finding]:
    """Goods whose unit price cannot be read, or times the quantity is not the value."""
    found = []
    for entry in goods_at(pairing_ids).filter(details__contains='"unit_price"'):
        written = str(details_of(entry)["unit_price"])
        price = read_price(written)
        if price is None:
            said = Text(f"单价“{written}”不是数字", f"the unit price '{written}' is no number")
            found.append(Finding(entry.pk, said))
        elif entry.money_minor and not is_borne_out(
            price, quantity_of(entry), Money(entry.money_minor, entry.currency)
        ):
            much = quantity_of(entry).words
            said = Text(
                f"{much.zh}，单价 {written} 元，折价却是 {_value(entry).zh}",
                f"{much.en} at {written} yuan each, yet valued at {_value(entry).en}",
            )
            found.append(Finding(entry.pk, said))
    return found


def taken_of(entries: Iterable[Entry], *, stage: str) -> dict[int, list[Entry]]:
    """The entries of a stage that follow each of these, by the id of the followed one's first version."""
    roots = [entry.root_id or entry.pk for entry in entries]
    pairings = {entry.pairing_id for entry in entries}
    taken: dict[int, list[Entry]] = {root: [] for root in roots}
    for one in goods_at(tuple(pairings), stage).filter(follows_id__isnull=False):
        if one.follows_id in taken:
            taken[one.follows_id].append(one)
    return taken


def _left(entry: Entry, taken: Sequence[Entry]) -> Quantity:
    return Quantity(quantity_of(entry).steps - sum(quantity_of(one).steps for one in taken), entry.unit)


def not_arrived(pairing_ids: Sequence[int]) -> list[Finding]:
    """Dispatches received short, or not at all, that nobody disputes and no receipt explains."""
    today = clock.today()
    before = today - timedelta(days=threshold("goods.days_in_transit_max", today))
    sent = list(goods_at(pairing_ids, "sent").filter(happened_on__lt=before))
    receipts = taken_of(sent, stage="received")
    found = []
    for entry in sent:
        taken = receipts[entry.root_id or entry.pk]
        left = _left(entry, taken)
        is_explained = any(details_of(one).get("loss_cause") for one in taken)
        is_disputed = any(one.verdict == "disputed" for one in (entry, *taken))
        if left.steps > 0 and not is_explained and not is_disputed:
            said = Text(
                f"发出{item_of(entry).zh} {quantity_of(entry).words.zh}，{left.words.zh}至今没有收到，也没有说明原因",
                f"of {quantity_of(entry).words.en} ({item_of(entry).en}) sent, {left.words.en} never arrived, "
                "and nobody says why",
            )
            found.append(Finding(entry.pk, said))
    return found


@dataclass(frozen=True, slots=True)
class Lot:
    """What was received at once: how much of it nobody has been given yet, and its last day."""

    entry: Entry
    left: Quantity
    expires_on: date | None
    distributed: tuple[Entry, ...]


def lots(received: EntryQuerySet) -> Iterator[Lot]:
    """The lots received; a lot whose receipt tells no last day has that of its dispatch."""
    entries = list(received)
    handed_out = taken_of(entries, stage="distributed")
    sent_ids = {entry.follows_id for entry in entries}
    pairings = {entry.pairing_id for entry in entries}
    told = {
        one.root_id or one.pk: _last_day(one)
        for one in goods_at(tuple(pairings), "sent").filter(details__contains='"expires_on"')
        if (one.root_id or one.pk) in sent_ids
    }
    for entry in entries:
        taken = handed_out[entry.root_id or entry.pk]
        last_day = _last_day(entry) or told.get(entry.follows_id or 0)
        yield Lot(entry, _left(entry, taken), last_day, tuple(taken))


def _last_day(entry: Entry) -> date | None:
    written = details_of(entry).get("expires_on")
    return date.fromisoformat(written) if written else None


def not_distributed(pairing_ids: Sequence[int]) -> list[Finding]:
    """Receipts by an office or an association of which something lies there longer than it should."""
    today = clock.today()
    days_max = threshold("goods.days_held_max", today)
    received = goods_at(pairing_ids, "received").filter(
        happened_on__lt=today - timedelta(days=days_max), receiver__organisation__type__in=_HANDS_ON
    )
    return [
        Finding(
            lot.entry.pk,
            Text(
                f"{item_of(lot.entry).zh}收到 {quantity_of(lot.entry).words.zh}，{days_max} 天后还有 "
                f"{lot.left.words.zh}没有发放",
                f"of {quantity_of(lot.entry).words.en} ({item_of(lot.entry).en}) received, {lot.left.words.en} "
                f"were not distributed within {days_max} days",
            ),
        )
        for lot in lots(received)
        if lot.left.steps > 0
    ]


def expired(pairing_ids: Sequence[int]) -> list[Finding]:
    """Goods handed out after their last day, and lots that expired before they were handed out."""
    today = clock.today()
    found = []
    for lot in lots(goods_at(pairing_ids, "received")):
        for one in lot.distributed:
            if is_expired(lot.expires_on, one.happened_on):
                found.append(Finding(one.pk, _expired(one, quantity_of(one), lot, is_handed_out=True)))
        if lot.left.steps > 0 and is_expired(lot.expires_on, today):
            found.append(Finding(lot.entry.pk, _expired(lot.entry, lot.left, lot, is_handed_out=False)))
    return found


def _expired(entry: Entry, much: Quantity, lot: Lot, *, is_handed_out: bool) -> Text:
    assert lot.expires_on is not None, "it expired"
    zh, en = day_in_words(lot.expires_on, "zh"), day_in_words(lot.expires_on, "en")
    if is_handed_out:
        return Text(
            f"{item_of(entry).zh} {much.words.zh}在有效期（{zh}）过后才发放",
            f"{much.words.en} ({item_of(entry).en}) were handed out after their last day, {en}",
        )
    return Text(
        f"{item_of(entry).zh} {much.words.zh}到有效期（{zh}）仍未发放",
        f"{much.words.en} ({item_of(entry).en}) were not distributed by their last day, {en}",
    )


def lots_to_distribute(pairing_ids: Sequence[int], day: date) -> list[Due]:
    """Lots not handed out that expire within 31 days of a day, or have expired; the receiver's task."""
    dues = []
    for lot in lots(goods_at(pairing_ids, "received")):
        if lot.left.steps > 0 and lot.expires_on is not None and lot.expires_on <= day + _DUE_WITHIN:
            entry = lot.entry
            said = Text(
                f"发放{item_of(entry).zh}：余 {lot.left.words.zh}，有效期至{day_in_words(lot.expires_on, 'zh')}",
                f"Distribute {item_of(entry).en}: {lot.left.words.en} left, last day "
                f"{day_in_words(lot.expires_on, 'en')}",
            )
            owner = Text(entry.receiver.name_zh, entry.receiver.name_en)
            side: Side = "assisted" if entry.direction == "assisting_to_assisted" else "assisting"
            dues.append(Due(entry.pk, lot.expires_on, said, side, owner))
    return dues
