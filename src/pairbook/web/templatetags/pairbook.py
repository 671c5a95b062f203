"""Tags and filters of every page: two languages side by side, numbers and days as people write them, parts."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField, Form
from django.template.context import Context
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from pairbook.web import languages, numbers
from pairbook.web.charts import Chart

register = template.Library()


@register.simple_tag
def say(zh: str, en: str, one: str = "", **values: object) -> SafeString:
    """The words of the page's language. `{name}` in them takes a keyword; `one` is the English for n=1."""
    lang = languages.current_lang()
    words = zh if lang == "zh" else (one if one and values.get("n") == 1 else en)
    if not values:
        return conditional_escape(words)
    shown = {name: _shown(value, lang) for name, value in values.items()}
    return format_html(conditional_escape(words), **shown)


def _shown(value: object, lang: numbers.Lang) -> object:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return numbers.plain(value)
    return _words_of(value, lang)


def _words_of(thing: Any, lang: numbers.Lang) -> Any:
    return thing.in_(lang) if hasattr(thing, "in_") else thing


@register.filter
def in_lang(thing: object) -> object:
    """A two-language text in the page's language; anything else as it is."""
    return _words_of(thing, languages.current_lang())


@register.filter
def typed(words: str) -> str:
    """What somebody typed, as 中文 / English perhaps: the half in the page's language, or all of it."""
    return languages.typed_in_lang(words)


def _amount(value: Any) -> Decimal | int:
    """The number in a bare number or in an amount with a unit or currency."""
    bare: Decimal | int = getattr(value, "amount", value)
    return bare


def _currency(value: Any) -> str:
    return str(getattr(value, "currency", "CNY"))


@register.filter
def number(value: object) -> str:
    """54,160,000. Nothing for nothing."""
    return "" if value is None or value == "" else numbers.plain(_amount(value))


@register.filter
def compact(value: object) -> str:
    """5416万 or 54.16 million, where that is exact."""
    return "" if value is None or value == "" else numbers.compact(_amount(value), languages.current_lang())


@register.filter
def money(value: object) -> str:
    """5416万元 or 54.16 million yuan; a bare number counts as yuan."""
    if value is None or value == "":
        return ""
    return numbers.money(_amount(value), languages.current_lang(), currency=_currency(value))


@register.filter
def money_full(value: object) -> str:
    """54,160,000.00 元 or yuan."""
    if value is None or value == "":
        return ""
    return numbers.money_full(_amount(value), languages.current_lang(), currency=_currency(value))


@register.filter
def money_digits(value: object) -> str:
    """54,160,000.00, for a column whose heading names the currency."""
    if value is None or value == "":
        return ""
    return numbers.money_digits(_amount(value), currency=_currency(value))


@register.filter
def day(value: date | None) -> str:
    """2020年9月18日 or 18 September 2020."""
    return "" if value is None else numbers.day_in_words(value, languages.current_lang())


@register.filter(expects_localtime=True)
def iso_day(value: date | None) -> str:
    """2020-09-18, for tables and `datetime` attributes."""
    if value is None:
        return ""
    return (value.date() if isinstance(value, datetime) else value).isoformat()


@register.filter(expects_localtime=True)
def moment(value: datetime | None) -> str:
    """The day in words and the time to the minute, in the site's time zone."""
    return "" if value is None else numbers.moment_in_words(value, languages.current_lang())


@register.filter
def period(value: Any) -> str:
    """A period in words; it has a `start` and a `last` day, both counted."""
    return "" if value is None else numbers.period_in_words(value.start, value.last, languages.current_lang())


@register.simple_tag
def percent(part: Decimal | int, whole: Decimal | int) -> str:
    """How much of the whole, rounded down and then said to be about that much."""
    return numbers.percent(part, whole, languages.current_lang())


@register.inclusion_tag("web/_language_switch.html", takes_context=True)
def language_switch(context: Context) -> dict[str, object]:
    """A plain link to the same page in the other language."""
    request = context.get("request")
    other = languages.other_lang(languages.current_lang())
    return {
        "url": languages.other_language_url(request.get_full_path() if request else "/"),
        "name": languages.LANGUAGE_NAMES[other],
        "tag": languages.LANGUAGE_TAGS[other],
    }


@register.simple_tag
def page_lang() -> str:
    """The `lang` of the page for its html element."""
    return languages.LANGUAGE_TAGS[languages.current_lang()]


@register.inclusion_tag("web/_nav_item.html", takes_context=True)
def nav_item(
    context: Context, url: str, zh: str, en: str, *, exact: bool = False, holds: object = None
) -> dict[str, object]:
    """One item of the navigation; marked as current on its page and, unless `exact`, on those below it.

    `holds` is something where the page belongs to the item by what it shows and not by its address.
    """
    request = context.get("request")
    path = request.path if request else ""
    return {
        "url": url,
        "words": say(zh, en),
        "is_current": bool(holds) or path == url or (not exact and path.startswith(url)),
    }


@register.inclusion_tag("web/_state.html")
def state(kind: str, zh: object, en: str = "") -> dict[str, object]:
    """A state as a shape and words: full ●, half ◐, disputed ◇, open ○, late ▲. One may be a bilingual text."""
    assert kind in ("full", "half", "disputed", "open", "late"), f"{kind} is not a state"
    return {"kind": kind, "words": say(str(zh), en) if en else in_lang(zh)}


@register.inclusion_tag("web/_field.html")
def field(bound: BoundField) -> dict[str, object]:
    """A form field with its label, its hint and, beside it, what is wrong."""
    return {"field": bound}


@register.inclusion_tag("web/_problems.html")
def problems(form: Form | None = None, found: Iterable[Any] | None = None) -> dict[str, object]:
    """Everything that is wrong with what was sent, place and cure; form fields are linked."""
    return {"form": form, "problems": list(found or [])}


@register.inclusion_tag("web/_pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any], name: str = "page", anchor: str = "") -> dict[str, object]:
    """Links to the other pages of a list; the rest of the address, such as filters, stays.

    Of several lists on one page each has a `name` in the address and an `anchor` to come back to.
    """
    paginator = page.paginator

    def address_of(number: int) -> str:
        query = context["request"].GET.copy()
        query[name] = str(number)
        return f"?{query.urlencode()}{anchor}"

    numbers = list(paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))
    return {
        "page": page,
        "pages": [(number, address_of(number) if isinstance(number, int) else "") for number in numbers],
        "previous": address_of(page.previous_page_number()) if page.has_previous() else "",
        "next": address_of(page.next_page_number()) if page.has_next() else "",
    }


@register.inclusion_tag("web/_chart.html")
def chart(drawn: Chart) -> dict[str, object]:
    """A chart and, beside it, the same numbers as a table."""
    # Safe: charts.py escapes every text it is given, and nothing else writes a Chart.
    return {"chart": drawn, "svg": mark_safe(drawn.svg)}
