"""Up to which month the book of a page's pairing is closed, for the foot of every public page and for the desk."""

from collections.abc import Callable
from functools import cache

from django.http import HttpRequest

from pairbook.kernel.periods import Period
from pairbook.register import open_days


def closed_up_to(request: HttpRequest) -> dict[str, Callable[[], Period | None]]:
    """`closed_up_to` is the last closed month of the pairing in the address, or nothing; asked only where shown."""

    @cache
    def asked() -> Period | None:
        given = request.resolver_match.kwargs if request.resolver_match else {}
        # The address of a figure begins with its pairing.
        code = str(given.get("pairing") or given.get("address", "")).partition("/")[0]
        return open_days.closed_up_to(code) if code else None

    return {"closed_up_to": asked}
