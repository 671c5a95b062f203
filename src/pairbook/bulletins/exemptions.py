"""The sentence that says why a number is not held against the book: whose it is, or what the book does not know."""

from collections.abc import Sequence
from datetime import date

from pairbook.bulletins.reasons import book_of
from pairbook.bulletins.shapes import Known, Named
from pairbook.kernel.texts import Text


def other_place(place: Named, known: Known) -> Text:
    """The number is told of a place, or by somebody, that this book does not hold."""
    return Text(
        f"原文说的是{place.name.zh}的数；{known.book.zh}只记{known.assisting.name.zh}与{known.assisted.name.zh}结对的数。",
        f"The text tells this of {place.name.en}; {known.book.en} holds only the pair {known.assisting.name.en} and "
        f"{known.assisted.name.en}.",
    )


def names_no_side(others: Sequence[Named], known: Known) -> Text:
    """A text that names neither side: whose its numbers are taken to be."""
    zh = f"文章没有提到{known.assisting.name.zh}或{known.assisted.name.zh}"
    en = f"The text names neither {known.assisting.name.en} nor {known.assisted.name.en}"
    if not others:
        return Text(f"{zh}，下面当作说的是两地来核对。", f"{en}; it is checked as if it told of these two.")
    told = Text("、".join(one.name.zh for one in others), ", ".join(one.name.en for one in others))
    return Text(
        f"{zh}，说的是{told.zh}等，它的数不与{known.book.zh}相比。",
        f"{en}; it tells of {told.en}, and its numbers are not held against {known.book.en}.",
    )


def names_a_namesake(others: Sequence[Named], known: Known) -> Text:
    """A text on a place that is only called like a side of the pairing."""
    told = Text("、".join(one.name.zh for one in others), ", ".join(one.name.en for one in others))
    pair = Text(
        f"{known.assisting.name.zh}与{known.assisted.name.zh}",
        f"{known.assisting.name.en} and {known.assisted.name.en}",
    )
    return Text(
        f"文章说的是{told.zh}等，应是同名的另一个地方，不是{pair.zh}，它的数不与{known.book.zh}相比。",
        f"The text tells of {told.en}, a place of the same name and not the pair {pair.en}; its numbers are not held "
        f"against {known.book.en}.",
    )


def one_employer(known: Known) -> Text:
    """The workers of one firm are no figure of the whole."""
    return Text(
        f"原文说的是一家企业的用工；{known.book.zh}的数按整个结对计，无法据此判断。",
        f"The text tells the workers of one firm; figures of {known.book.en} are told of the whole pairing.",
    )


def own_doing(known: Known) -> Text:
    """A text that names the assisted side alone and speaks of no help."""
    return Text(
        f"原文只提到{known.assisted.name.zh}，没有说是帮扶；{known.book.zh}只记帮扶的数，无法据此判断。",
        f"The text names only {known.assisted.name.en} and no help; {known.book.en} keeps the figures of the help.",
    )


def another_list(place: Text, listed: Text, known: Known) -> Text:
    """More counties than the list the book holds ever had there."""
    return Text(
        f"{known.book.zh}只有全国832个贫困县的名单，{place.zh}列入{listed.zh}；原文说的应是另一份名单，无法据此判断。",
        f"{book_of(known).en} holds the national list of 832 counties, with {listed.en} in {place.en}; the text must "
        "mean another list.",
    )


def only_years_known(place: Text, year: int, left: Text, known: Known) -> Text:
    """A count within a year in which counties left the list on days the book does not know."""
    return Text(
        f"{known.book.zh}对多数县只知道退出的年份：{place.zh}在{year}年内共退出{left.zh}，某一天的数无法据此判断。",
        f"Of most counties {known.book.en} knows only the year they left the list: {left.en} in {place.en} in {year}; "
        "a count of one day cannot be told by that.",
    )


def one_village(known: Known) -> Text:
    """What one village or town has is no figure of the county."""
    return Text(
        f"原文说的是一个村或乡镇的数；{known.book.zh}的数按整个{known.assisted.name.zh}计，无法据此判断。",
        f"The text tells this of one village or town; figures of {known.book.en} are told of the whole of "
        f"{known.assisted.name.en}.",
    )


def by_how_much(known: Known) -> Text:
    """A fall in a number of the place, of which the book keeps what there was on a day."""
    return Text(
        f"原文说的是减少了多少；{known.book.zh}记的是某一天有多少，请核对前后两个数。",
        f"The text tells by how much it fell; {known.book.en} keeps how much there was on a day, so hold both ends "
        "against it.",
    )


def not_of_that_year(sentence: Text, as_of: date, known: Known) -> Text:
    """A number of a place at the end of a year of which nothing was published."""
    return Text(
        f"{known.book.zh}没有那一年的数：{sentence.zh}，最近公布的是{as_of.isoformat()}的。",
        f"{book_of(known).en} has no number of that year: {sentence.en}; the last one published is of "
        f"{as_of.isoformat()}.",
    )


def other_scope(place: Named, known: Known, own: Text | None) -> Text:
    """The number is told of a place around a side of the pairing."""
    pair = Text(
        f"{known.assisting.name.zh}与{known.assisted.name.zh}",
        f"{known.assisting.name.en} and {known.assisted.name.en}",
    )
    has = Text(f"，这一项是{own.zh}", f", for whom it has {own.en}") if own else Text("", "")
    return Text(
        f"原文说的是{place.name.zh}的数，{known.book.zh}只记{pair.zh}{has.zh}，无法据此判断。",
        f"The text tells this of {place.name.en}, while {known.book.en} holds only {pair.en}{has.en}.",
    )


def one_giver(known: Known) -> Text:
    """What one company gave is no figure of the whole."""
    return Text(
        f"原文说的是一家单位或个人的捐助；{known.book.zh}的数按整个结对计，无法据此判断。",
        f"The text tells what one body or person gave; figures of {known.book.en} are told of the whole pairing.",
    )
