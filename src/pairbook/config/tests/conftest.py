"""The sample book for tests that only ask it."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.books import KeptSample, copied_book


@pytest.fixture(scope="module")
def sample_book(
    kept_sample: KeptSample, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[KeptSample]:
    """A book of its own with the sample in it, one for all tests of a file."""
    with django_db_blocker.unblock(), copied_book(kept_sample.book, tmp_path_factory.mktemp("asked")):
        yield kept_sample


@pytest.fixture
def sample(sample_book: KeptSample, db: None) -> KeptSample:
    """The sample, in a transaction that is rolled back after the test."""
    return sample_book
