"""The sentences about two texts: what each of them told, and whether both can be so."""

from decimal import Decimal

from pairbook.bulletins.reasons import change_words
from pairbook.kernel.texts import Text

Asked = tuple[Text, Text]
"""The question a figure answers, and the number told."""


def told_differently(asked: Text, before: Text, now: Text) -> Text:
    """One figure, two numbers."""
    return Text(
        f"同一个数说法不一：{asked.zh}，先前的文章说是{before.zh}，这篇说是{now.zh}。",
        f"The same figure is told differently: {asked.en} was {before.en} in the earlier text "
        f"and is {now.en} in this one.",
    )


def rounded(asked: Text, before: Text, now: Text) -> Text:
    """One figure, rounded in two ways."""
    return Text(
        f"{asked.zh}，先前的文章说是{before.zh}，这篇说是{now.zh}：取整不同，并不矛盾。",
        f"Of {asked.en} the earlier text tells {before.en} and this one {now.en}: "
        "rounded in two ways, no contradiction.",
    )


def fell(sooner: Asked, later: Asked) -> Text:
    """A running total that grew smaller."""
    return Text(
        f"{sooner[0].zh}已是{sooner[1].zh}，{later[0].zh}却是{later[1].zh}：累计的数不会减少。",
        f"{_cap(sooner[0].en)}: {sooner[1].en}; {later[0].en}: {later[1].en}. A running total does not fall.",
    )


def grew(sooner: Asked, later: Asked, more: Text) -> Text:
    """A running total that grew, and by how much."""
    return Text(
        f"{sooner[0].zh}是{sooner[1].zh}，{later[0].zh}是{later[1].zh}：其间应增加{more.zh}。",
        f"{_cap(sooner[0].en)}: {sooner[1].en}; {later[0].en}: {later[1].en}, so {more.en} came in between.",
    )


def may_have_grown(sooner: Asked, later: Asked) -> Text:
    """A running total told so roughly that nothing follows."""
    return Text(
        f"{sooner[0].zh}是{sooner[1].zh}，{later[0].zh}是{later[1].zh}：都是概数，并不矛盾。",
        f"{_cap(sooner[0].en)}: {sooner[1].en}; {later[0].en}: {later[1].en}. Both are rough, and both may be so.",
    )


def other_stage(before: Asked, now: Asked) -> Text:
    """Two stages of one figure."""
    return Text(
        f"先前说的是{before[0].zh}（{before[1].zh}），这篇说的是{now[0].zh}（{now[1].zh}）：环节不同，不能相比。",
        f"The earlier text tells {before[0].en} ({before[1].en}), this one {now[0].en} ({now[1].en}): "
        "different stages, not to be compared.",
    )


def other_place(told: Text, before: Text | None, now: Text | None, *, own: Text) -> Text:
    """A number of a city that became the pairing's, or the other way round."""
    first, second = (place or own for place in (before, now))
    return Text(
        f"{told.zh}先前说的是{first.zh}的数，这篇说成{second.zh}的数。",
        f"The earlier text tells {told.en} of {first.en}, this one of {second.en}.",
    )


def other_place_within(told: Text, first: Text | None, second: Text | None) -> Text:
    """The same in one text."""
    assert first is not None and second is not None
    return Text(
        f"同是{told.zh}，前面说是{first.zh}的数，后面说是{second.zh}的数。",
        f"The same {told.en} is told first of {first.en} and then of {second.en}.",
    )


def other_figure(told: Text, before: Text, now: Text) -> Text:
    """A number that changed what it counts."""
    return Text(
        f"{told.zh}先前说的是{before.zh}，这篇说成{now.zh}。",
        f"The earlier text tells {told.en} as {before.en}, this one as {now.en}.",
    )


def growth(told: Decimal, computed: Decimal, before: Asked, now: Asked, *, holds: bool) -> Text:
    """The growth that the numbers of both texts make."""
    made, said = change_words(computed), change_words(told)
    zh = f"先前的文章说{before[0].zh}是{before[1].zh}，这篇说{now[0].zh}是{now[1].zh}"
    en = f"{before[0].en} was {before[1].en} in the earlier text and {now[0].en} is {now[1].en} in this one"
    if holds:
        return Text(f"{zh}，确是{made.zh}。", f"{_cap(en)}, which is {made.en} indeed.")
    return Text(f"{zh}，应是{made.zh}，不是{said.zh}。", f"{_cap(en)}, which is {made.en} and not {said.en}.")


def _cap(text: str) -> str:
    return text[:1].upper() + text[1:]
