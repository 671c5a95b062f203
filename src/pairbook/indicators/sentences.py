"""The question a figure answers, in words."""

from collections.abc import Iterator
from datetime import datetime

from pairbook.indicators.measuring import Scope, indicators, rates
from pairbook.indicators.outside import OUTSIDE
from pairbook.indicators.rules import DEFAULT_DIRECTION, Address, join_words, span_words
from pairbook.kernel.texts import Text
from pairbook.register.known import record_of, stage_of
from pairbook.register.shapes import NATURES, TIERS


def sentence_of(address: Address, scope: Scope) -> Text:
    """The question a figure answers, in words: "social funds received by Zhenyuan from 1 January to 18 May 2020"."""
    if address.indicator in OUTSIDE:
        return join_words([_outside_words(address, scope), *_known_words(address)])
    if address.indicator in rates():
        return join_words([_rate_words(address, scope), *_known_words(address)])
    kind, indicator = indicators()[address.indicator]
    pairing = scope.pairing
    said = stage_of(kind.code, address.stage).said if address.stage else Text("", "")
    if pairing is not None:
        giver, receiver = pairing.assisting, pairing.assisted
    else:
        giver, receiver = Text("帮扶方", "the assisting side"), Text("受援方", "the assisted side")
    if address.direction != DEFAULT_DIRECTION:
        giver, receiver = receiver, giver
    said_zh = said.zh.format(giver=giver.zh, receiver=receiver.zh)
    said_en = said.en.format(giver=giver.en, receiver=receiver.en)
    span = span_words(address.start, address.end, is_day=address.is_day)
    of_campaign = scope.campaign_name(address.campaign)
    of_item = scope.item_name(address.item)
    what_zh = of_item.zh if of_item else indicator.label.zh
    what_en = of_item.en if of_item else indicator.label.en
    if address.tier:
        what_zh, what_en = f"{TIERS[address.tier].zh}{what_zh}", f"{TIERS[address.tier].en} {what_en}"
    if of_campaign:
        what_zh, what_en = f"{of_campaign.zh}{what_zh}", f"{what_en} for {of_campaign.en}"
    main = Text(f"{span.zh}{said_zh}{what_zh}", f"{what_en} {said_en} {span.en}")
    return join_words([main, *_sentence_ends(address)])


def _outside_words(address: Address, scope: Scope) -> Text:
    label = OUTSIDE[address.indicator].label
    span = span_words(address.start, address.end, is_day=address.is_day)
    return Text(f"{span.zh}{scope.name.zh}{label.zh}", f"{label.en} in {scope.name.en} {span.en}")


def _rate_words(address: Address, scope: Scope) -> Text:
    label = rates()[address.indicator].label
    span = span_words(address.start, address.end)
    parts = [TIERS[address.tier]] if address.tier else []
    parts += [NATURES[address.nature]] if address.nature else []
    if campaign := scope.campaign_name(address.campaign):
        parts.append(campaign)
    if address.confirmed:
        parts.append(Text("双方均已确认", "confirmed by both sides"))
    zh = "".join(f"（{part.zh}）" for part in parts)
    en = "".join(f" ({part.en})" for part in parts)
    return Text(f"{span.zh}{label.zh}{zh}", f"{label.en}{en} {span.en}")


def _sentence_ends(address: Address) -> Iterator[Text]:
    if address.nature:
        yield Text(f"{NATURES[address.nature].zh}性质", f"of {NATURES[address.nature].en} nature")
    kind, _ = indicators()[address.indicator]
    facet = record_of(kind.code).facet
    if address.field and facet:
        label = dict(facet.choices)[address.field]
        yield Text(f"{facet.label.zh}：{label.zh}", f"{facet.label.en.lower()} {label.en}")
    subset = record_of(kind.code).subset
    if address.subset and subset:
        yield Text(f"其中{subset.label.zh}", f"of which {subset.label.en}")
    if address.goods:
        yield Text("含捐物折款", "goods valued in money included")
    if address.year:
        yield Text(f"{address.year}年度项目资金", f"of programme year {address.year}")
    if address.currency:
        yield Text(f"以{address.currency}计", f"in {address.currency}")
    if address.confirmed:
        yield Text("双方均已确认", "confirmed by both sides")
    yield from _known_words(address)


def _known_words(address: Address) -> Iterator[Text]:
    if address.known is not None:
        if isinstance(address.known, datetime):
            stamp = address.known.strftime("%Y-%m-%d %H:%M")
            yield Text(f"以 {stamp} 所知", f"as the book knew it at {stamp}")
        else:
            words = span_words(address.known, address.known)
            yield Text(f"以{words.zh}所知", f"as the book knew it {words.en}")
