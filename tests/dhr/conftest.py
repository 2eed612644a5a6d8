import os

import pytest

from tests.embedded import servers


@pytest.fixture(scope="session")
def empty_database():
    """A database with the two roles and nothing in it."""
    name = f"dhr_test_empty_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    yield servers().create_database(name)
    servers().drop_database(name)
