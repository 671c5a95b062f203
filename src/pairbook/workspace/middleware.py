"""Refuses an upload over the limit by its announced length, before anything of it is read."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pairbook.kernel.rules import EVIDENCE_BYTES_MAX, too_large

# Beside the file a form carries its fields and the seams between them.
_BODY_BYTES_MAX = EVIDENCE_BYTES_MAX + 1024 * 1024


def early_size_limit(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that answers 413 to a body longer than a paper may be.

    It must stand before the check against forged forms, which would read the whole body to find its token.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if announced.isdigit() and int(announced) > _BODY_BYTES_MAX:
            return render(request, "workspace/too_large.html", {"cure": too_large().cure}, status=413)
        return get_response(request)

    return answer
