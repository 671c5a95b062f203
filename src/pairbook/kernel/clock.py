"""The book's clock. The sample programme, and nothing else, may be recorded at invented moments."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime

from pairbook.kernel.periods import day_of

_sample_moment: ContextVar[datetime | None] = ContextVar("sample_moment", default=None)


def now() -> datetime:
    """This moment, with its zone."""
    return _sample_moment.get() or datetime.now(UTC)


def today() -> date:
    """This day where the book is kept (Asia/Shanghai)."""
    return day_of(now())


def is_sample() -> bool:
    """Whether what is written now belongs to the sample programme and is marked so in the audit trail."""
    return _sample_moment.get() is not None


@contextmanager
def sample_clock(moment: datetime) -> Iterator[None]:
    """Within, the clock stands at `moment` and everything written is marked as sample."""
    assert moment.tzinfo is not None, "a moment has a zone"
    token = _sample_moment.set(moment)
    try:
        yield
    finally:
        _sample_moment.reset(token)
