"""Tags, filters and parts of pages, rendered the way every page renders them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Engine, RequestContext, Template, loader
from django.template.backends.django import get_installed_libraries
from django.test import RequestFactory
from django.utils import translation

from pairbook.web.charts import Bar, bar_chart


@dataclass(frozen=True)
class Words:
    zh: str
    en: str

    def in_(self, lang):
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True)
class Amount:
    amount: Decimal
    currency: str = "CNY"


@dataclass(frozen=True)
class Fault:
    place: Words
    cure: Words
    value: str = ""


class Questions(forms.Form):
    what = forms.CharField(label="What", help_text="for instance masks")
    unit = forms.ChoiceField(label="Unit", choices=[("kg", "kg")], widget=forms.RadioSelect)
    note = forms.CharField(label="Note", required=False)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def shown(source, lang="en", path="/en/list/?q=a&page=2", **context):
    # An engine of our own: what the site adds to every page, maybe from its database, is not tried here.
    engine = Engine(
        app_dirs=True,
        libraries=get_installed_libraries(),
        context_processors=["django.template.context_processors.request"],
    )
    template = Template("{% load pairbook %}" + source, engine=engine)
    with translation.override({"zh": "zh-hans"}.get(lang, lang)):
        return template.render(RequestContext(RequestFactory().get(path), context)).strip()


class Inventory(HTMLParser):
    """What a page holds that the policy or a reader would stumble over."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.attributes, self.ids = [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, *pair) for pair in attrs]
        self.ids += [value for name, value in attrs if name == "id"]


@pytest.mark.parametrize(("lang", "words"), [("zh", "共1,234条"), ("en", "1,234 entries")])
def test_say_speaks_the_pages_language_and_writes_numbers(lang, words):
    assert shown('{% say "共{n}条" "{n} entries" one="{n} entry" n=n %}', lang, n=1234) == words


def test_say_has_a_singular_in_english():
    assert shown('{% say "共{n}条" "{n} entries" one="{n} entry" n=n %}', n=1) == "1 entry"


@pytest.mark.parametrize(
    "source", ["{% say bad bad %}", '{% say "{x}" "{x}" x=bad %}', "{% say bad bad as x %}{{ x }}"]
)
def test_say_escapes_what_is_not_the_templates_own(source):
    assert "<b>" not in shown(source, bad="<b>")


def test_say_leaves_braces_of_foreign_text_alone():
    assert shown("{% say words words %}", words="{0.__class__}") == "{0.__class__}"


@pytest.mark.parametrize(("lang", "word"), [("zh", "到账"), ("en", "received")])
def test_a_two_language_text_shows_the_pages_language(lang, word):
    assert shown("{{ text|in_lang }}", lang, text=Words("到账", "received")) == word


def test_a_two_language_text_is_escaped():
    assert shown("{{ text|in_lang }}", text=Words("<i>", "<i>")) == "&lt;i&gt;"


@pytest.mark.parametrize(
    ("source", "zh", "en"),
    [
        ("{{ m|money }}", "5416万元", "54.16 million yuan"),
        ("{{ m|money_full }}", "54,160,000.00 元", "54,160,000.00 yuan"),
        ("{{ m|money_digits }}", "54,160,000.00", "54,160,000.00"),
        ("{{ m|number }}", "54,160,000", "54,160,000"),
        ("{{ m|compact }}", "5416万", "54.16 million"),
        ("{{ d|day }}", "2020年9月18日", "18 September 2020"),
        ("{{ d|iso_day }}", "2020-09-18", "2020-09-18"),
        ("{% percent 1 4 %}", "25%", "25%"),
    ],
)
def test_amounts_and_days_are_written_as_people_write_them(source, zh, en):
    context = {"m": Amount(Decimal(54_160_000)), "d": date(2020, 9, 18)}
    assert (shown(source, "zh", **context), shown(source, "en", **context)) == (zh, en)


@pytest.mark.parametrize(
    "name", ["money", "money_full", "money_digits", "number", "compact", "day", "iso_day", "moment", "period"]
)
def test_nothing_shows_as_nothing(name):
    assert shown("{{ nothing|" + name + " }}", nothing=None) == ""


def test_a_moment_is_told_in_the_sites_zone(settings):
    settings.TIME_ZONE = "Asia/Shanghai"
    assert shown("{{ at|moment }}", at=datetime(2020, 9, 18, 20, 0, tzinfo=UTC)) == "19 September 2020, 04:00"


def test_the_language_switch_is_a_link_to_the_same_page():
    page = shown("{% language_switch %}")
    assert 'href="/zh-hans/list/?q=a&amp;page=2"' in page
    assert 'lang="zh-Hans"' in page


@pytest.mark.parametrize(("url", "marked"), [("/en/list/", True), ("/en/", False), ("/en/other/", False)])
def test_the_navigation_marks_the_current_page(url, marked):
    assert ("aria-current" in shown("{% nav_item url '列' 'List' exact=True %}", url=url)) is marked


def test_a_state_is_told_in_words():
    assert "both sides" in shown("{% state 'full' '双方' 'both sides' %}")


def test_a_wrong_field_is_tied_to_its_error_and_its_hint():
    page = shown("{% field form.what %}", form=Questions({}))
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="id_what_helptext id_what_error"' in page
    assert {"id_what", "id_what_helptext", "id_what_error"} <= set(Inventory(page).ids)


def test_choices_stand_in_a_fieldset_with_a_legend():
    assert {"fieldset", "legend"} <= set(Inventory(shown("{% field form.unit %}", form=Questions({}))).tags)


def test_an_optional_field_says_so():
    assert "optional" in shown("{% field form.note %}", form=Questions({}))


def test_problems_say_place_value_and_cure_and_lead_to_the_fields():
    fault = Fault(Words("第14行", "row 14"), Words("写公斤", "Write kg"), "<bag>")
    page = shown("{% problems form found %}", form=Questions({}), found=[fault])
    for words in ("row 14", "&lt;bag&gt;", "Write kg", 'href="#id_what"', 'href="#id_unit"'):
        assert words in page


def test_without_problems_there_is_no_list_of_problems():
    assert shown("{% problems form found %}", form=Questions(), found=[]) == ""


def test_page_links_keep_the_filters():
    page = shown("{% pagination page %}", page=Paginator(range(100), 10).get_page(2))
    assert 'href="?q=a&amp;page=3"' in page
    assert 'aria-current="page">2<' in page


def test_a_single_page_needs_no_page_links():
    assert shown("{% pagination page %}", page=Paginator(range(5), 10).get_page(1)) == ""


def test_a_chart_stands_with_the_same_numbers_as_a_table():
    chart = bar_chart((Bar("a", 12_345_678),), title="T", description="D", unit="yuan", lang="en", key="k")
    page = shown("{% chart chart %}", chart=chart)
    assert {"svg", "details", "table"} <= set(Inventory(page).tags)
    assert "12,345,678" in page


ERRORS = ["400", "403", "403_csrf", "404", "409", "429"]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", [f"{code}.html" for code in ERRORS])
def test_an_error_page_says_what_to_do_without_any_context(name, lang):
    with translation.override({"zh": "zh-hans"}.get(lang, lang)):
        page = loader.get_template(name).render()
    assert ("请" if lang == "zh" else " again" if name != "403.html" else "sign in") in page


def test_a_fault_of_ours_is_told_in_both_languages_without_any_context():
    page = loader.get_template("500.html").render()
    assert "是我们的问题" in page
    assert "it is our fault" in page


def test_a_refusal_gives_its_reason():
    page = loader.get_template("409.html").render({"reason": Words("已确认", "It is confirmed already.")})
    assert "It is confirmed already." in page


@pytest.mark.parametrize("name", ["web/base.html", "500.html", *[f"{code}.html" for code in ERRORS]])
def test_a_page_has_nothing_inline(name):
    page = Inventory(loader.get_template(name).render())
    assert "style" not in page.tags
    assert all(src for tag, name, src in page.attributes if (tag, name) == ("script", "src"))
    assert page.tags.count("script") == sum(
        (tag, name) == ("script", "src") for tag, name, _ in page.attributes
    )
    assert not [name for _, name, _ in page.attributes if name == "style" or name.startswith(("on", "hx-on"))]


def test_a_page_can_be_skipped_to_its_content():
    page = loader.get_template("web/base.html").render()
    assert page.index('href="#main"') < page.index("<header")
    assert "main" in Inventory(page).ids


def test_the_mark_on_every_page_is_shown_where_given():
    page = loader.get_template("web/base.html").render({"ribbon": Words("示例", "Sample data")})
    assert 'class="ribbon"' in page
    assert "Sample data" in page
