from contextlib import contextmanager

import pytest
from django.db import transaction

from tests.walls import world as worlds


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Built once for all tests of a module, each of which undoes what it did."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield worlds.build()
        transaction.set_rollback(True)


@pytest.fixture
def for_now(world):
    with undone():
        yield


@contextmanager
def undone():
    with transaction.atomic():
        point = transaction.savepoint()
        try:
            yield
        finally:
            transaction.savepoint_rollback(point)
