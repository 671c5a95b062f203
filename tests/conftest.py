"""The site and the browser, once for all tests that open pages."""

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    """The sample programme, served by a process of its own."""
    from tests.browsing import served_sample

    with served_sample(tmp_path_factory.mktemp("site")) as served:
        yield served


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """One Chromium for all pages."""
    from tests.browsing import chromium

    with chromium() as opened:
        yield opened
