"""What every answer tells the browser so that a page can run nothing and show nothing but our own files."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)

SAFE_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def page_safety(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that adds the safe headers; a view may set a stricter one itself, and keeps it."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for header, value in SAFE_HEADERS.items():
            response.headers.setdefault(header, value)
        # One address answers with a page or with a part of it: a cache must not mix the two.
        patch_vary_headers(response, ["HX-Request"])
        return response

    return answer
