"""The mark on every page of a book that holds a sample programme."""

from django.http import HttpRequest

from pairbook.kernel.texts import Text
from pairbook.pairings.reads import holds_sample

_SAMPLE = Text(
    "样例数据：单条记录均为虚构，合计与公开报道一致",
    "Sample data: single records are invented so that they add up to what was published",
)


def ribbon(request: HttpRequest) -> dict[str, object]:
    """The `ribbon` of the page kit: the sample mark, or nothing in a real book."""
    return {"ribbon": _SAMPLE} if holds_sample() else {}
