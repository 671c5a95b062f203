"""The sentence that says why a claim has its verdict: what the book has, and where else the number is found."""

from decimal import Decimal

from pairbook.analysis.claims.labels import label_of
from pairbook.analysis.claims.shapes import Figure as Claim
from pairbook.bulletins.shapes import Known, Verdict
from pairbook.indicators.rules import QUALIFIERS, value_words
from pairbook.kernel.texts import Text
from pairbook.web.numbers import compact, plain

_UNIT_WORDS = {"other:event": "event", "other:workshop": "workshop", "other:park": "park"}


def told_words(claim: Claim, unit: str) -> Text:
    """The claimed number as a sentence says it, without its qualifier."""
    assert claim.value is not None
    said = _UNIT_WORDS.get(claim.unit or "", claim.unit or "")
    if said.startswith("other:") or not said:
        said = unit
    words = value_words(claim.value, said) if said else Text(plain(claim.value), plain(claim.value))
    if claim.value_high is None:
        return words
    return Text(
        f"{compact(claim.value, 'zh')}至{value_words(claim.value_high, said).zh}",
        f"{compact(claim.value, 'en')} to {value_words(claim.value_high, said).en}",
    )


def as_told(claim: Claim, unit: str) -> Text:
    """The claimed number with its qualifier: more than 400 persons."""
    told, qualifier = told_words(claim, unit), QUALIFIERS.get(claim.qualifier, Text("", ""))
    return Text(f"{qualifier.zh}{told.zh}", f"{qualifier.en} {told.en}".strip())


def measure_words(measure: str) -> tuple[str, str]:
    """What a measure is called, also one the book does not keep."""
    return label_of(measure)


def holds(claim: Claim, booked: Text, sentence: Text, known: Known, *, is_cash: bool) -> Text:
    """The book bears it out: what it has, and at which address. Of money it says that only cash is meant."""
    qualifier = QUALIFIERS.get(claim.qualifier, Text("", ""))
    note = Text("，只计现金", ", cash only") if is_cash else Text("", "")
    book = book_of(known)
    if claim.qualifier != "exact" and qualifier.zh:
        return Text(
            f"{book.zh}是{booked.zh}，与“{qualifier.zh}”相合：{sentence.zh}{note.zh}。",
            f"{book.en} has {booked.en}, which bears out '{qualifier.en}': {sentence.en}{note.en}.",
        )
    return Text(
        f"{book.zh}也是{booked.zh}：{sentence.zh}{note.zh}。",
        f"{book.en} has {booked.en} too: {sentence.en}{note.en}.",
    )


def in_dollars(told: Text, booked: Text, sentence: Text, rate: Decimal, known: Known) -> Text:
    """An amount in dollars alone, held against yuan."""
    book = book_of(known)
    return Text(
        f"{book.zh}是{booked.zh}（{sentence.zh}），合1美元兑{plain(rate)}元，汇率可能。",
        f"{book.en} has {booked.en} ({sentence.en}), {plain(rate)} yuan to the dollar, which is possible.",
    )


def unlike_units(told: Text, booked: Text, sentence: Text, known: Known) -> Text:
    """Another number in another unit: there is nothing to compare."""
    book = book_of(known)
    return Text(
        f"原文是{told.zh}，{book.zh}以另一种单位计（{booked.zh}，{sentence.zh}），无法比较。",
        f"The text tells {told.en}; {known.book.en} counts in another unit ({booked.en}, {sentence.en}).",
    )


def differs(told: Text, booked: Text | None, sentence: Text, known: Known, *, elsewhere: Text | None) -> Text:
    """Another number stands at the address; `elsewhere` says what the told one is instead, where the book has it."""
    book = book_of(known)
    if booked is None:
        assert elsewhere is not None, "where nothing is in the book, the number is told to be elsewhere"
        return Text(
            f"{told.zh}是{elsewhere.zh}；{sentence.zh}，{book.zh}没有记录。",
            f"{_cap(told.en)} is the figure for {elsewhere.en}; for {sentence.en} {known.book.en} has no entry.",
        )
    if elsewhere is None:
        return Text(
            f"{known.book.zh}是{booked.zh}，不是{told.zh}：{sentence.zh}；相近的口径里也没有{told.zh}。",
            f"{book_of(known).en} has {booked.en} and not {told.en}: {sentence.en}; no figure near it gives {told.en}.",
        )
    return Text(
        f"{told.zh}是{elsewhere.zh}；{sentence.zh}，{known.book.zh}是{booked.zh}。",
        f"{_cap(told.en)} is the figure for {elsewhere.en}; for {sentence.en} {known.book.en} has {booked.en}.",
    )


def not_borne_out(told: Text, booked: Text, sentence: Text, known: Known) -> Text:
    """A number with a qualifier that the book's own does not bear out; `told` has both."""
    return Text(
        f"{known.book.zh}是{booked.zh}，与“{told.zh}”不合：{sentence.zh}；相近的口径也都不合。",
        f"{book_of(known).en} has {booked.en}, which does not bear out '{told.en}': {sentence.en}; nor does a figure "
        "near it.",
    )


def rounded(told: Text, booked: Text, sentence: Text, known: Known) -> Text:
    """The text rounds without saying so."""
    return Text(
        f"{known.book.zh}是{booked.zh}（{sentence.zh}）；{told.zh}是它四舍五入的数，原文没有说“约”。",
        f"{book_of(known).en} has {booked.en} ({sentence.en}); {told.en} is that rounded, without the text saying so.",
    )


def slipped(told: Text, booked: Text, sentence: Text, known: Known, factor: Decimal) -> Text:
    """Only the magnitude is wrong."""
    times = plain(factor if factor >= 1 else 1 / factor)
    return Text(
        f"{known.book.zh}是{booked.zh}（{sentence.zh}）；{told.zh}差了{times}倍，应是数量单位写错。",
        f"{book_of(known).en} has {booked.en} ({sentence.en}); {told.en} is off by {times} times: a slip of magnitude.",
    )


def wrong_unit(told: Text, booked: Text, sentence: Text, known: Known) -> Text:
    """The same number in another unit."""
    return Text(
        f"数字相同而单位不同：{known.book.zh}是{booked.zh}，不是{told.zh}（{sentence.zh}）。",
        f"The number is the same and the unit is not: {known.book.en} has {booked.en}, not {told.en} ({sentence.en}).",
    )


def nothing_there(sentence: Text, known: Known) -> Text:
    """The book has the indicator and no entry at the address."""
    return Text(
        f"{known.book.zh}里没有这一口径的记录：{sentence.zh}。",
        f"{book_of(known).en} has no entry for this: {sentence.en}.",
    )


def no_indicator(name: Text, known: Known) -> Text:
    """The book does not keep such numbers at all."""
    return Text(
        f"{known.book.zh}不记这一项：{name.zh}。", f"{book_of(known).en} does not keep this: {name.en}."
    )


def no_item(known: Known) -> Text:
    """Goods without a name the book knows."""
    return Text(
        f"数字旁边没有{known.book.zh}所记的物资名称。",
        f"No goods that {known.book.en} keeps are named beside the number.",
    )


def difference(told: Text, first: Text, last: Text, known: Known) -> Text:
    """A fall that is the difference of two numbers of the book."""
    return Text(
        f"{known.book.zh}里{first.zh}与{last.zh}之差也是{told.zh}。",
        f"Between {first.en} and {last.en} {known.book.en} has a difference of {told.en} too.",
    )


def one_of_many(told: Text, sentence: Text, total: Text, known: Known) -> Text:
    """The number of one occasion, which one entry has."""
    return Text(
        f"原文说的是一次：{known.book.zh}有一笔{told.zh}（{sentence.zh}）；合计是{total.zh}。",
        f"The text tells one occasion: {known.book.en} has one entry of {told.en} ({sentence.en}), "
        f"of {total.en} in all.",
    )


def another_day(told: Text, day: Text, sentence: Text, booked: Text, known: Known) -> Text:
    """One entry has the number, on another day than the text gives."""
    return Text(
        f"{known.book.zh}有一笔{told.zh}，日子不同：{day.zh}；{sentence.zh}，合计是{booked.zh}。",
        f"{book_of(known).en} has one entry of {told.en}, on another day: {day.en}; "
        f"{sentence.en}, it is {booked.en} in all.",
    )


def one_occasion(told: Text, booked: Text, sentence: Text, known: Known) -> Text:
    """The number of one occasion, which no entry has; the total is no answer to it."""
    return Text(
        f"原文说的是一次，{known.book.zh}没有单独一笔{told.zh}，只有合计{booked.zh}（{sentence.zh}），无法据此判断。",
        f"The text tells one occasion; {known.book.en} has no single entry of {told.en}, only {booked.en} "
        f"in all ({sentence.en}).",
    )


def one_or_all(told: Text, day: Text, booked: Text, known: Known) -> Text:
    """A number told without a time, which is that of one entry and not of the whole."""
    return Text(
        f"原文没有说是一次还是合计：{known.book.zh}有一笔{told.zh}（{day.zh}），合计是{booked.zh}。",
        f"The text does not say whether it means one occasion or all: {known.book.en} has one entry of {told.en} "
        f"({day.en}), and {booked.en} in all.",
    )


def only_a_target(name: Text, known: Known) -> Text:
    """A target or forecast for which the book has no planned stage."""
    return Text(
        f"原文说的是目标或预计；{known.book.zh}对{name.zh}没有计划环节，缺少可比的计划数。",
        f"The text tells a target or a forecast; of {name.en} {known.book.en} has no planned stage to compare it with.",
    )


def no_plan_like_it(name: Text, known: Known) -> Text:
    """A target or forecast that no planned figure of the book is."""
    return Text(
        f"原文说的是目标或预计；{known.book.zh}里{name.zh}的计划数不是这个数，无法据此判断。",
        f"The text tells a target or a forecast, which is no planned figure of {name.en} in {known.book.en}.",
    )


def a_rate(known: Known) -> Text:
    """A share, rate or growth: the amounts behind it can be held against the book, it cannot."""
    return Text(
        f"这是由别的数算出的比率；{known.book.zh}记的是数额，请核对算它的两个数。",
        f"This is a rate computed from other numbers; {known.book.en} keeps amounts, so hold those two against it.",
    )


def no_base_told(known: Known) -> Text:
    """Growth without the words that say since when."""
    return Text(
        f"原文没有说与哪一年比；{known.book.zh}记的是数额，请核对算它的两个数。",
        f"The text does not say against which year; {known.book.en} keeps amounts, so hold those two against it.",
    )


def no_base(sentence: Text, known: Known) -> Text:
    """Growth of a figure that the book lacks for one of the years."""
    return Text(
        f"算增幅缺少一个数：{known.book.zh}没有{sentence.zh}。",
        f"One of the two numbers behind this growth is missing: {known.book.en} has no {sentence.en}.",
    )


def growth(
    told: Decimal,
    computed: Decimal,
    now: tuple[Text, Text],
    before: tuple[Text, Text],
    known: Known,
    *,
    holds: bool,
) -> Text:
    """The growth the book's two numbers make; each comes as the question it answers and the number."""
    book = book_of(known)
    zh = f"{now[0].zh}是{now[1].zh}，{before[0].zh}是{before[1].zh}"
    en = f"{now[0].en}: {now[1].en}; {before[0].en}: {before[1].en}"
    made, said = change_words(computed), change_words(told)
    if holds:
        return Text(f"{book.zh}也是{made.zh}：{zh}。", f"{book.en} makes it {made.en} too ({en}).")
    return Text(
        f"{book.zh}算得{made.zh}，不是{said.zh}：{zh}。",
        f"{book.en} makes it {made.en} and not {said.en} ({en}).",
    )


def change_words(percent: Decimal) -> Text:
    """A growth or a fall in percent, with two decimals at most."""
    size = plain(abs(percent).quantize(Decimal("0.01")).normalize())
    if percent < 0:
        return Text(f"下降{size}%", f"a fall of {size}%")
    return Text(f"增长{size}%", f"a rise of {size}%")


def withheld(why: Text) -> Text:
    """The public does not see the number."""
    return Text(f"{why.zh}，公开页面不作核对。", f"{_cap(why.en)}; the public page does not check it.")


_THAT = {
    "holds": Text("该数相符", "that amount holds"),
    "differs": Text("但该数不符", "but that amount differs"),
    "not_in_book": Text("该数不在账上", "that amount is not in the book"),
    "cannot_tell": Text("该数无法判断", "that amount cannot be told"),
}


def converted(first: Text, rate: Decimal, verdict: Verdict) -> Text:
    """An amount repeated in another currency at a possible rate goes with the amount it repeats."""
    that = _THAT[verdict]
    return Text(
        f"与{first.zh}相比合1美元兑{plain(rate)}元，汇率可能；{that.zh}。",
        f"Beside {first.en} this makes {plain(rate)} yuan to the dollar, which is possible; {that.en}.",
    )


def impossible_rate(told: Text, first: Text, rate: Decimal, limits: tuple[Decimal, Decimal]) -> Text:
    """An amount repeated in another currency at a rate that never was."""
    low, high = (plain(limit) for limit in limits)
    return Text(
        f"{told.zh}与{first.zh}相比合1美元兑{plain(rate)}元，不在可能的{low}至{high}元之内。",
        f"{_cap(told.en)} beside {first.en} makes {plain(rate)} yuan to the dollar, not {low} to {high}.",
    )


def book_of(known: Known) -> Text:
    """The book at the beginning of a sentence."""
    return Text(known.book.zh, _cap(known.book.en))


def _cap(text: str) -> str:
    return text[:1].upper() + text[1:]
