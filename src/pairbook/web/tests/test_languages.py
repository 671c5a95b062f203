"""The page's language and the same page in the other one."""

import pytest
from django.utils import translation

from pairbook.web.languages import current_lang, lang_of, other_language_url, typed_in_both


@pytest.mark.parametrize(
    ("code", "lang"),
    [("zh-hans", "zh"), ("zh", "zh"), ("en", "en"), ("en-gb", "en"), ("fr", "en"), (None, "en")],
)
def test_every_code_stands_for_one_of_two_languages(code, lang):
    assert lang_of(code) == lang


@pytest.mark.parametrize(
    ("path", "other"),
    [
        ("/en/a/b/", "/zh-hans/a/b/"),
        ("/zh-hans/a/?page=2&q=%E5%8F%A3", "/en/a/?page=2&q=%E5%8F%A3"),
        ("/en/", "/zh-hans/"),
    ],
)
def test_the_other_language_has_the_same_address_behind_its_prefix(path, other):
    assert other_language_url(path) == other


@pytest.mark.parametrize("path", ["/nowhere/", "//elsewhere.example/", "/english/", "/"])
def test_a_path_without_language_leads_to_the_other_front_page(path):
    with translation.override("en"):
        assert other_language_url(path) == "/zh-hans/"


def test_the_page_speaks_the_active_language():
    with translation.override("zh-hans"):
        assert current_lang() == "zh"


@pytest.mark.parametrize(
    ("typed", "both"),
    [
        ("第一批口罩 / First masks", ("第一批口罩", "First masks")),
        ("第一批口罩", ("第一批口罩", "第一批口罩")),
        ("First masks", ("First masks", "First masks")),
        ("口罩/手套", ("口罩/手套", "口罩/手套")),
    ],
)
def test_what_is_typed_in_both_languages_is_told_apart(typed, both):
    assert typed_in_both(typed) == both
