"""The portal's pictures: a figure's way through the year, and what was published of a place from year to year."""

from django.urls import reverse

from pairbook.indicators.reads import CoursePoint
from pairbook.indicators.rules import Address, unit_words, value_words
from pairbook.kernel.quantities import UNITS
from pairbook.kernel.texts import Lang
from pairbook.portal.kind_pages import Split
from pairbook.portal.places import Course
from pairbook.portal.reads import Drawn
from pairbook.web.charts import Bar, Chart, Point, Series, bar_chart, cumulative_chart


def figure_url(address: Address) -> str:
    """The page that opens a figure."""
    return reverse("portal:figure", args=[address.path]) + (f"?{address.query}" if address.query else "")


def course_chart(drawn: Drawn, *, lang: Lang, key: str) -> Chart:
    """The running totals as steps; every point opens the figure of its day."""
    series = tuple(
        Series(label.in_(lang), tuple(_point(point, drawn.unit, lang) for point in line))
        for label, line in drawn.lines
        if line
    )
    names = ("、" if lang == "zh" else ", ").join(one.label for one in series)
    described = f"累计：{names}" if lang == "zh" else f"Running totals: {names}"
    unit = unit_words(
        drawn.lines[0][1][-1].value if drawn.lines[0][1] else drawn.lines[1][1][-1].value, drawn.unit
    )
    return cumulative_chart(
        series,
        title=drawn.title.in_(lang),
        description=described,
        unit=unit.in_(lang),
        lang=lang,
        key=key,
    )


def split_chart(split: Split, *, lang: Lang, key: str) -> Chart:
    """A figure told apart by field as bars; every bar opens its figure."""
    bars = tuple(
        Bar(label.in_(lang), figure.value, url=figure_url(figure.address)) for label, figure in split.cells
    )
    title = split.title.in_(lang)
    return bar_chart(
        bars,
        title=title[:1].upper() + title[1:],
        description=title,
        unit=split.whole.unit_words.in_(lang),
        lang=lang,
        key=key,
    )


def _point(point: CoursePoint, unit: str, lang: Lang) -> Point:
    step = value_words(point.step, unit).in_(lang)
    if lang == "zh":
        label = f"+{step}（{point.entries}笔）"
    else:
        label = f"+{step} ({point.entries} {'entry' if point.entries == 1 else 'entries'})"
    return Point(point.day, point.value, label=label, url=figure_url(point.figure_address))


def published_chart(course: Course, *, lang: Lang, key: str) -> Chart:
    """What was published of a place, as steps from one publication to the next; every point opens its figure."""
    label = course.label.in_(lang)
    points = tuple(
        Point(row.as_of, row.value, label=row.words.in_(lang), url=reverse("portal:figure", args=[path]))
        for row, path in course.rows
    )
    described = (
        f"{label}：各次公布的数" if lang == "zh" else f"{label}: each published number until the next one"
    )
    return cumulative_chart(
        (Series(label, points),),
        title=label if lang == "zh" else label[0].upper() + label[1:],
        description=described,
        unit=UNITS[course.unit].words_for(2).in_(lang),
        lang=lang,
        key=key,
        amount_head="数值" if lang == "zh" else "Value",
    )
