"""What every test starts from: a quick password hasher, a home of its own, a database with the cast in it.

The database is made once a run: the table of divisions, then the cast of `tests/world.py`. A test marked
`django_db` (or asking for the fixture `world`) runs in a transaction that is rolled back. Tests that commit, or want
an empty book, ask for `committed_book` or `empty_book` and get a copy of their own, for the triggers of the book
refuse the clean-up Django would do.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test.utils import setup_databases, teardown_databases
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django.plugin import DjangoDbBlocker

from pairbook.config.sample.load import load_sample
from pairbook.parties.actions import load_divisions
from tests.books import Book, KeptSample, copied_book, keep_book
from tests.world import World, the_world

# Argon2 is slow on purpose; signing in a hundred times in tests need not be.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# The same examples each run: a red build is red again on the next machine.
hypothesis_settings.register_profile(
    "pairbook",
    derandomize=True,
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
hypothesis_settings.load_profile("pairbook")


@pytest.fixture(scope="session", autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home for papers that the run leaves nothing in."""
    settings.PAIRBOOK_HOME = tmp_path_factory.mktemp("home")
    return Path(settings.PAIRBOOK_HOME)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    # Gives each worker of a run on several cores a database of its own.
    django_db_modify_db_settings: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[dict[str, Book]]:
    """The test database with the cast in it, and two books kept for copying: `empty` and `world`.

    pytest-django's own fixture makes the database only where some test is marked `django_db`; a run of nothing but
    tests that commit would then reach the book itself.
    """
    folder = tmp_path_factory.mktemp("books")
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases={"default": None})
        load_divisions()
        empty = keep_book("empty", folder)
        the_world()
        world = keep_book("world", folder)
    yield {"empty": empty, "world": world}
    with django_db_blocker.unblock():
        empty.drop()
        world.drop()
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session")
def kept_sample(
    django_db_setup: dict[str, Book],
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[KeptSample]:
    """The sample programme, loaded once a run and kept for copying."""
    folder, heard = tmp_path_factory.mktemp("sample"), list[tuple[int, int]]()
    with django_db_blocker.unblock():
        with copied_book(django_db_setup["empty"], folder):
            entries = load_sample(lambda done, total: heard.append((done, total)))
            book = keep_book("sample", folder)
        yield KeptSample(book, entries, heard)
        book.drop()


@pytest.fixture
def world(db: None) -> World:
    """The cast, in a transaction that is rolled back after the test."""
    return the_world()


@pytest.fixture
def committed_book(
    django_db_setup: dict[str, Book], django_db_blocker: DjangoDbBlocker, tmp_path: Path
) -> Iterator[World]:
    """The cast in a copied database in which writes are committed, for tests with several writers."""
    with django_db_blocker.unblock(), copied_book(django_db_setup["world"], tmp_path):
        yield the_world()


@pytest.fixture
def empty_book(
    django_db_setup: dict[str, Book], django_db_blocker: DjangoDbBlocker, tmp_path: Path
) -> Iterator[None]:
    """A copied database with the table of divisions and nothing else; writes are committed."""
    with django_db_blocker.unblock(), copied_book(django_db_setup["empty"], tmp_path):
        yield
