"""Safe headers are on every answer."""

from django.http import HttpResponse
from django.test import RequestFactory

from pairbook.web.middleware import SAFE_HEADERS, page_safety


def answered(response):
    return page_safety(lambda request: response)(RequestFactory().get("/en/"))


def test_every_answer_carries_every_safe_header():
    assert SAFE_HEADERS.items() <= dict(answered(HttpResponse()).headers).items()


def test_nothing_inline_is_allowed():
    policy = answered(HttpResponse()).headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_a_stricter_policy_of_a_view_stays():
    strict = HttpResponse(headers={"Content-Security-Policy": "sandbox"})
    assert answered(strict).headers["Content-Security-Policy"] == "sandbox"


def test_a_cache_keeps_parts_and_pages_apart():
    assert "HX-Request" in answered(HttpResponse()).headers["Vary"]
