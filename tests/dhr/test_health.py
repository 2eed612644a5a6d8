from datetime import timedelta

import pytest
from django.db import OperationalError, connections
from django.utils import timezone

from dhr import health
from foundations.post.models import Heartbeat

pytestmark = pytest.mark.django_db


@pytest.fixture
def _worker_lives():
    Heartbeat.objects.create(pk=1, at=timezone.now())


@pytest.fixture
def _database_is_away(monkeypatch):
    def refuse(*_):
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(connections["default"], "cursor", refuse)


@pytest.mark.usefixtures("_database_is_away")
def test_live_answers_without_the_database(client):
    response = client.get("/live")

    assert (response.status_code, response.content) == (200, b"live")


def test_ready_when_every_table_is_there(client):
    response = client.get("/ready")

    assert (response.status_code, response.content) == (200, b"ready")


def test_not_ready_while_a_migration_is_left(client, monkeypatch):
    health._has_no_migration_left.cache_clear()
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda *_: ["one left"])

    response = client.get("/ready")

    assert (response.status_code, response.content) == (503, b"not ready")


@pytest.mark.usefixtures("_database_is_away")
def test_not_ready_while_the_database_is_away(client):
    response = client.get("/ready")

    assert response.status_code == 503


@pytest.mark.usefixtures("_worker_lives")
def test_health_names_every_part(client):
    response = client.get("/health")

    assert response.status_code == 200
    assert response.json() == {
        "web": "ok",
        "database": "ok",
        "broker": "ok",
        "worker": "ok",
        "scanner": "not configured",
    }


def test_health_misses_a_worker_that_is_silent(client):
    Heartbeat.objects.create(pk=1, at=timezone.now() - timedelta(minutes=4))

    response = client.get("/health")

    assert response.status_code == 503
    assert response.json()["worker"] == "down"


@pytest.mark.usefixtures("_worker_lives")
def test_health_says_that_the_broker_is_away(client, settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"

    response = client.get("/health")

    assert response.status_code == 503
    assert response.json() == {
        "web": "ok",
        "database": "ok",
        "broker": "down",
        "worker": "ok",
        "scanner": "not configured",
    }


@pytest.mark.usefixtures("_worker_lives")
def test_health_misses_a_scanner_that_is_away(client, settings):
    settings.CLAMD_ADDRESS = "127.0.0.1:1"

    response = client.get("/health")

    assert (response.status_code, response.json()["scanner"]) == (503, "down")


@pytest.mark.parametrize("path", ["/live", "/ready", "/health"])
def test_health_pages_only_read(client, path):
    assert client.post(path).status_code == 405
